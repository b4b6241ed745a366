"""A page as HTML: the frame and the screen's template. Everything from pages is escaped by the engine."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, Response

from detente.report.view import count_label, date_label
from detente.web.ask import Ask, day_words
from detente.web.lines import BASIS_WORDS
from detente.web.look import Look
from detente.web.page import Page, Screen
from detente.web.pages.positions import side_of
from detente.web.screens import MORE, RAIL
from detente.web.static import static_url

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """The templates; autoescape is on and an unknown name is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("detente.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        date=date_label, counted=count_label, day=day_words, many=many, side=side_of, pct=pct, truncate=cut
    )
    made.globals.update(static=static_url, rail=RAIL, more=MORE, basis_words=BASIS_WORDS)
    return made


def render(
    page: Page, look: Look, ask: Ask, screen: Screen, *, part: bool = False, review: bool = False
) -> Response:
    """The HTML of a page; ``part`` leaves the frame out (for the drawer)."""
    template = environment().get_template(f"{page.template}.html.j2")
    values: dict[str, Any] = {
        **page.view,
        "page": page,
        "look": look,
        "ask": ask,
        "screen": screen,
        "part": part,
        "review": review,
        "crisis": look.title,
        "snap": look.snap,
        "whole": look.snap.memo("whole", lambda: look.count_articles(look.snap.heads)),
        "days": page.view.get("days", ()),
        "first_day": look.snap.days[0],
        "last_day": look.snap.days[1],
    }
    return HTMLResponse(template.render(values))


def render_fault(body: dict[str, Any]) -> Response:
    """A fault as a small page of its own: it asks nothing of the store, which may be what failed."""
    template = environment().get_template("fault.html.j2")
    return HTMLResponse(template.render(fault=body), status_code=body["status"])


def many(number: int, noun: str) -> str:
    """ "1 row", "1,204 rows"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def pct(share: float) -> str:
    """ "42 %"."""
    return f"{share:.0%}".replace("%", " %")


def cut(text: str, most: int) -> str:
    """At most so many characters, cut at a space, with an ellipsis."""
    text = " ".join(str(text).split())
    if len(text) <= most:
        return text
    return (
        text[: text.rfind(" ", 0, most - 1) if " " in text[most // 2 : most - 1] else most - 1].rstrip(" ,;:")
        + " …"
    )
