"""The dossier as one HTML file: no script, nothing fetched, everything from pages escaped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from detente.report.lines import DaySum, Dossier

if TYPE_CHECKING:
    from jinja2 import Template

_WIDTH, _HEIGHT, _PAD = 720, 96, 18  # of the attention chart, in SVG units


def to_html(dossier: Dossier) -> str:
    """Render the dossier; the result is complete in itself and opens from a file."""
    return _template().render(
        dossier=dossier, bars=attention_bars(dossier.attention), chart=(_WIDTH, _HEIGHT)
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("detente.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("dossier.html.j2")


def attention_bars(days: tuple[DaySum, ...]) -> list[dict[str, object]]:
    """Where the bars of the chart stand: reports behind, origins in front, one pair a day."""
    if not days:
        return []
    top = max(day.reports for day in days)
    step = (_WIDTH - 2 * _PAD) / len(days)
    width = min(46.0, step * 0.7)
    space = _HEIGHT - 2 * _PAD
    labelled = max(1, len(days) // 12)
    return [
        {
            "day": day.day,
            "reports": day.reports,
            "origins": day.origins,
            "x": round(_PAD + step * i + (step - width) / 2, 1),
            "width": round(width, 1),
            "reports_height": round(space * day.reports / top, 1),
            "origins_height": round(space * day.origins / top, 1),
            "base": _HEIGHT - _PAD,
            "label": day.day[5:] if i % labelled == 0 else "",
        }
        for i, day in enumerate(days)
    ]
