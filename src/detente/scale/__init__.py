"""The same pipeline on a distributed engine: inputs to a folder of parquet, and from there into a store.

    from detente.scale import finished_run, list_stories, load_folders, make_engine, read_at_scale

    read_at_scale(["s3://news/2026-11-21/"], "day/", make_engine("daft", jobs=64, cluster="auto"))
    load_folders(["day/"], store)

Needs the extra ``scale`` (``pip install 'detente[scale]'``); nothing else in the package does.
``docs/scale.md`` has the figures.
"""

from detente.scale.engines import ENGINES, Engine, EngineFailed, LocalEngine, make_engine
from detente.scale.load import finished_run, list_stories, load_folders
from detente.scale.run import ScaleSummary, read_at_scale
from detente.scale.settings import ScaleSettings

__all__ = [
    "ENGINES",
    "Engine",
    "EngineFailed",
    "LocalEngine",
    "ScaleSettings",
    "ScaleSummary",
    "finished_run",
    "list_stories",
    "load_folders",
    "make_engine",
    "read_at_scale",
]
