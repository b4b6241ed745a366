"""Exchange formats: one module each, named with what is lost on the way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from detente.errors import UsageError
from detente.store.protocol import RecordView

Write = Callable[[RecordView, Path], list[Path]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format's name, what it is, what it does not carry, and where its writer stands."""

    name: str
    what: str
    lost: str
    place: str

    def write(self, view: RecordView, out: Path) -> list[Path]:
        """Write the record; the files written."""
        module, _, function = self.place.partition(":")
        write: Write = getattr(import_module(module), function)
        return write(view, out)


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format(
            "jsonl", "a folder, one JSON Lines file a layer", "nothing", "detente.formats.jsonl:write_jsonl"
        ),
        Format(
            "csv",
            "a folder, one CSV file a layer, with the cited words",
            "lists are joined by '; '; spans beyond the first; the articles' texts",
            "detente.formats.csv_tables:write_csv",
        ),
        Format(
            "webannotation",
            "one JSON-LD file of W3C Web Annotations, one a citation",
            "everything but the citations and what they are evidence of",
            "detente.formats.webannotation:write_annotations",
        ),
    )
}


def format_named(name: str) -> Format:
    """The format of that name.

    Raises:
        UsageError: there is none; the hint lists them.
    """
    if name not in FORMATS:
        raise UsageError(f"There is no format {name!r}.", hint=f"Formats: {', '.join(FORMATS)}")
    return FORMATS[name]
