"""What a screen is made of: one :class:`Page` serves the HTML, its ``.json`` twin and its ``.csv``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from detente.web.ask import Ask
from detente.web.look import Look

FILTERS = ("actor", "type", "kind", "status", "severity", "since", "until", "fresh", "origin", "about", "q")
PAGING = ("after", "limit")


@dataclass(frozen=True)
class Page:
    """One screen as data.

    Attributes:
        template: the name of its template, without the folder.
        title: the screen's name.
        echo: the query in words.
        data: the JSON twin's own keys.
        view: what the template gets beside ``data``.
        columns: the CSV's header.
        rows: the CSV's rows; made only when asked for.
        total: how many rows the query has in all; None where the screen is no list.
        after: what to give as ``after`` for the next page.
    """

    template: str
    title: str
    echo: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    view: dict[str, Any] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    rows: Callable[[], list[list[Any]]] = list
    total: int | None = None
    after: str | None = None


@dataclass(frozen=True)
class Screen:
    """A path of the app: who makes its page and which parameters it takes.

    ``key`` is what the rail highlights and the keyboard opens; ``path`` may end in ``/{id}``.
    """

    path: str
    make: Callable[..., Page]
    params: tuple[str, ...]
    text: str
    key: str = ""
    csv: bool = True
    charts: tuple[str, ...] = ()


Maker = Callable[[Look, Ask], Page]
