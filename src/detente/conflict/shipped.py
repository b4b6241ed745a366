"""The models that ship with detente (``data/conflict/models``), and how a command names a model."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from detente.conflict.graph import ModelError
from detente.conflict.model import Model
from detente.conflict.modelfile import load_model, parse_model


def shipped_models() -> list[str]:
    """The names of the models that ship."""
    place = files("detente") / "data" / "conflict" / "models"
    return sorted(f.name.removesuffix(".toml") for f in place.iterdir() if f.name.endswith(".toml"))


def shipped_model(name: str) -> Model:
    """One of the models that ship.

    Raises:
        ModelError: no such model.
    """
    if name not in shipped_models():
        raise ModelError(f"No model {name!r}.", hint="A file, or one of: " + ", ".join(shipped_models()))
    path = files("detente") / "data" / "conflict" / "models" / f"{name}.toml"
    return parse_model(path.read_text(encoding="utf-8"), source=f"{name}.toml")


def find_model(name: str) -> Model:
    """A model from a file, or one that ships.

    Raises:
        ModelError: neither, or the model cannot be solved.
    """
    if Path(name).is_file():
        return load_model(name)
    if "/" in name or "." in name:
        raise ModelError(f"{name}: no such file.", hint="Shipped models: " + ", ".join(shipped_models()))
    return shipped_model(name)
