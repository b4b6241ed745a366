"""Daft as the engine: its own processes on one machine, or its Ray runner on a cluster.

Jobs are rows of a data frame and a class of Daft's is what does them, so that each worker loads its models
once. Near-duplicate candidates come from Daft's MinHash: ``HASHES`` hashes of the body's five-word shingles
in bands of ``ROWS``; articles with one band alike are a candidate (at a Jaccard of 0.5 one pair in ten
thousand is missed). Made for and tested with Daft 0.7 and Ray 2.60.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from detente.errors import MissingPart, UsageError
from detente.scale.arrow import pa
from detente.scale.near import COMMON, GRAM
from detente.scale.pieces import make
from detente.scale.tables import articles_in

try:
    import daft
    from daft import DataType
except ImportError as error:
    raise MissingPart("Daft is not installed.", hint="Run: pip install 'detente[scale]'") from error

HASHES, ROWS = 64, 2
_MOST_PARTITIONS = 1000


class Maker:
    """Does jobs in a worker of Daft's; models stay loaded from job to job."""

    def __call__(self, job: str) -> str:
        """Do one job."""
        return make(job)


class DaftEngine:
    """Daft's native runner, or with a ``cluster`` its Ray runner. One process has one runner for good."""

    def __init__(self, jobs: int, cluster: str | None = None) -> None:
        os.environ.setdefault("DAFT_PROGRESS_BAR", "0")
        os.environ.setdefault("OMP_NUM_THREADS", "1")  # a worker has one core; Ray sees to it itself
        self.cluster, self.trouble = cluster, ""
        self.jobs = jobs
        if cluster is None:
            daft.set_runner_native()
        else:
            self.jobs = min(jobs, _join(cluster))

    def make(self, jobs: Sequence[str]) -> Iterator[str]:
        """Do jobs; ends early, with what was done told, when a worker dies."""
        workers = max(1, min(self.jobs, len(jobs)))
        frame = daft.from_pydict({"job": list(jobs)})
        if self.cluster is None:
            maker = daft.cls(Maker, use_process=True, max_concurrency=workers)()
            frame = frame.into_batches(1)
        else:
            maker = daft.cls(Maker, cpus=1, max_concurrency=workers)()
            frame = frame.into_partitions(min(len(jobs), _MOST_PARTITIONS))
        try:
            for row in frame.select(maker(frame["job"]).alias("done")).iter_rows():
                yield row["done"]
        except Exception as error:  # a worker died or could not start; the pieces say what is missing
            told = [line.strip() for line in str(error).splitlines() if line.strip()]
            self.trouble = f"{type(error).__name__}: {told[-1] if told else ''}"[:300]

    def candidates(self, shards: Sequence[Path]) -> set[tuple[str, str]] | None:
        """Pairs with a band of MinHash alike; of a crowded band, each with its first article."""
        if not shards:
            return set()
        frame = daft.read_parquet([str(path) for path in shards]).select("id", "line", "text")
        body = daft.func.batch(return_dtype=DataType.string())(bodies)
        frame = frame.select("id", body(frame["line"], frame["text"]).alias("body"))
        hashed = frame["body"].minhash(num_hashes=HASHES, ngram_size=GRAM, seed=1)
        frame = frame.where(frame["body"].length() > 0).select("id", hashed.alias("hashes"))
        cut = daft.func.batch(return_dtype=DataType.list(DataType.string()))(bands)
        frame = frame.select("id", cut(frame["hashes"]).alias("band")).explode("band")
        groups = frame.groupby("band").agg(frame["id"].list_agg().alias("ids"))
        pairs: set[tuple[str, str]] = set()
        for row in groups.where(groups["ids"].list_count() > 1).select("ids").distinct().iter_rows():
            ids = sorted(row["ids"])
            few = len(ids) <= COMMON
            pairs.update(combinations(ids, 2) if few else ((ids[0], other) for other in ids[1:]))
        return pairs


def _join(cluster: str) -> int:
    """Make Daft work on a Ray cluster; how many workers it has room for."""
    try:
        import ray
    except ImportError as error:
        raise MissingPart("Ray is not installed.", hint="Run: pip install 'detente[scale]'") from error
    try:
        ray.init(address=cluster, log_to_driver=False, logging_level="ERROR", ignore_reinit_error=True)
    except (ConnectionError, ValueError) as error:
        told = str(error).splitlines()[0][:200]
        raise UsageError(
            f"There is no Ray cluster at {cluster} ({told}).", hint="Start one: ray start"
        ) from error
    daft.set_runner_ray(cluster, noop_if_initialized=True)
    return max(1, int(ray.cluster_resources().get("CPU", 1)))


def bodies(lines: Any, texts: Any) -> Any:
    """The words of articles' bodies, in lower case, one space between: what MinHash is taken of."""
    from detente.compare.words import WORD

    batch = pa.RecordBatch.from_arrays([_arrow(lines), _arrow(texts)], names=["line", "text"])
    found = []
    for article in articles_in(batch):
        text = "\n".join(article.text[start:end] for start, end in article.body)
        words = WORD.findall(text.casefold())
        found.append(" ".join(words) if len(words) >= GRAM else "")
    return pa.array(found, pa.string())


def bands(hashes: Any) -> Any:
    """The bands of MinHash signatures, each as a word that holds its number and its hashes."""
    rows = _arrow(hashes).to_pylist()
    starts = range(0, HASHES, ROWS)
    return pa.array([[f"{i}:{row[i : i + ROWS]}" for i in starts] for row in rows], pa.list_(pa.string()))


def _arrow(series: Any) -> Any:
    array = series.to_arrow()
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
