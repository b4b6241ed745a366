"""Write the dossier: one self-contained HTML file and the same in Markdown."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from detente.report.dossier import make_dossier
from detente.report.html import to_html
from detente.report.lines import Limits
from detente.report.markdown import to_markdown
from detente.report.view import RecordView


@dataclass(frozen=True, slots=True)
class BriefSettings:
    """How much the dossier prints, and further lines for its coverage box."""

    limits: Limits = field(default_factory=Limits)
    facts: Sequence[tuple[str, str]] = ()


def write_brief(
    view: RecordView, out_dir: Path, *, settings: BriefSettings | None = None
) -> tuple[Path, Path]:
    """Write ``dossier.html`` and ``dossier.md`` into a folder, whole or not at all.

    Args:
        view: any record (a store opened for reading will do).
        out_dir: made when missing; files of the same names are replaced.
        settings: how much to print.

    Returns:
        The paths of the HTML and of the Markdown file.
    """
    settings = settings or BriefSettings()
    dossier = make_dossier(view, limits=settings.limits, facts=settings.facts)
    out_dir.mkdir(parents=True, exist_ok=True)
    html, markdown = out_dir / "dossier.html", out_dir / "dossier.md"
    _write(html, to_html(dossier))
    _write(markdown, to_markdown(dossier))
    return html, markdown


def _write(path: Path, text: str) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8", newline="\n")
    os.replace(part, path)
