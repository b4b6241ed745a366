"""What a request asks for: the state of a screen, read strictly from its URL and written back into links.

Every name is known, given once and short; anything else is a fault of the request, told with what is
allowed. The same :class:`Ask` makes the filter, its echo in words, the page's links and its JSON twin.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from detente.errors import UsageError
from detente.record.types import ACTS, DIFFERENCE_KINDS

MOST_VALUE = 200  # characters of one value; a search of more words is no search
MOST_URL = 2_000
LIMITS = (1, 500)
SHARED = ("asof", "outlet")  # the frame of every screen: kept when moving between them


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of the URL: ``form`` is text, day, choice, number, place or id."""

    name: str
    form: str
    text: str
    choices: tuple[str, ...] = ()


PARAMS: dict[str, Param] = {
    p.name: p
    for p in (
        Param("actor", "text", "an actor by any of its names, or its id"),
        Param(
            "type", "text", "kind of record: an event's PLOVER type, a statement's act, a position's stance …"
        ),
        Param("kind", "text", "the same as type"),
        Param("status", "text", "status (happened, planned, denied …) or state (open, settled)"),
        Param("severity", "choice", "weight of a difference", ("high", "medium", "low")),
        Param("since", "day", "what touches this day or later ones"),
        Param("until", "day", "what touches this day or earlier ones"),
        Param("asof", "day", "the record as it could be known on this day"),
        Param("fresh", "day", "first reported on this day or later"),
        Param("outlet", "text", "only what rests on reports of this outlet"),
        Param("origin", "id", "only what rests on reports of this origin"),
        Param("about", "id", "only what names this record (an issue, a statement …)"),
        Param("q", "text", "words; quotes make a phrase, * ends a beginning, - leaves out"),
        Param("in", "choice", "where to search", ("articles", "statements")),
        Param("lanes", "choice", "what the lanes of the timeline are", ("track", "actor")),
        Param("top", "number", "only so many entries of the timeline, those that matter most"),
        Param("at", "place", "a place in the text, START-END in code points"),
        Param("after", "text", "the id of the last row of the page before"),
        Param("limit", "number", "rows on a page, 1 to 500"),
        Param("form", "choice", "form of a citation", ("quote", "markdown", "bibtex", "annotation")),
    )
}


@dataclass(frozen=True)
class Ask:
    """A request's path (without ``.json``) and its checked parameters."""

    path: str
    values: dict[str, str]
    allowed: tuple[str, ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """A parameter, or the default where it was not given."""
        return self.values.get(name, default)

    @property
    def kind(self) -> str:
        """What ``type`` or ``kind`` asks for."""
        return self.get("type") or self.get("kind")

    @property
    def limit(self) -> int:
        """Rows on a page."""
        return int(self.get("limit", "50"))

    @property
    def narrowed(self) -> bool:
        """True when a filter of this screen is set."""
        return any(k not in ("limit", "after", "lanes", "at", "form", *SHARED) for k in self.values)

    def url(self, **changes: str | int | None) -> str:
        """This screen with parameters changed (None leaves one out); paging starts anew unless asked."""
        values: dict[str, str | int | None] = {**self.values, "after": None, **changes}
        return to_url(self.path, {k: v for k, v in values.items() if v not in (None, "")})

    def twin(self, suffix: str) -> str:
        """The same state as ``.json``, ``.csv`` or ``.svg``."""
        path = self.path if self.path != "/" else "/briefing"
        return to_url(path + suffix, self.values)

    def link(self, path: str, **more: str | int | None) -> str:
        """Another screen in the same frame (as-of day and outlet kept)."""
        kept = {k: self.values[k] for k in SHARED if k in self.values}
        return to_url(path, {**kept, **{k: v for k, v in more.items() if v not in (None, "")}})


def to_url(path: str, values: Mapping[str, str | int | None]) -> str:
    """A path with its query."""
    query = urlencode({k: str(v) for k, v in values.items()}, quote_via=quote)
    return f"{path}?{query}" if query else path


def read_ask(path: str, pairs: Sequence[tuple[str, str]], allowed: Iterable[str]) -> Ask:
    """Check the parameters of a request.

    Raises:
        UsageError: one that this page does not have, one given twice, or a value that cannot be.
    """
    names = tuple(dict.fromkeys((*allowed, *SHARED)))
    values: dict[str, str] = {}
    for name, value in pairs:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            hint = f"Did you mean {near[0]!r}? " if near else ""
            raise UsageError(
                f"This page has no parameter {name[:40]!r}.", hint=f"{hint}It has: {', '.join(names)}"
            )
        if name in values:
            raise UsageError(f"The parameter {name!r} is given twice.", hint="Give each parameter once.")
        value = value.strip()
        if value:  # an empty field of a form narrows nothing
            values[name] = _checked(PARAMS[name], value)
    if values.get("since", "") > values.get("until", "9999"):
        raise UsageError("since is later than until.", hint="Swap the two days.")
    return Ask(path, values, names)


def _checked(param: Param, value: str) -> str:
    if len(value) > MOST_VALUE:
        raise UsageError(f"{param.name!r} is longer than {MOST_VALUE} characters.", hint="Ask for less.")
    if any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in value):
        raise UsageError(f"{param.name!r} holds a control character.", hint="Type it again.")
    if not _fits(param, value):
        allowed = ", ".join(param.choices) or _FORMS[param.form]
        raise UsageError(f"{param.name!r} cannot be {value[:60]!r}.", hint=f"It is {allowed}.")
    return value


_FORMS = {
    "day": "a day as YYYY-MM-DD",
    "number": f"a whole number from {LIMITS[0]} to {LIMITS[1]}",
    "place": "a place as START-END",
    "id": "the id of a record",
}


def _fits(param: Param, value: str) -> bool:
    if param.form == "choice":
        return value in param.choices
    if param.form == "day":
        return _is_day(value)
    if param.form == "number":
        return re.fullmatch(r"[0-9]{1,3}", value) is not None and LIMITS[0] <= int(value) <= LIMITS[1]
    if param.form == "place":
        found = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", value)
        return found is not None and int(found[1]) < int(found[2])
    if param.form == "id":
        return re.fullmatch(r"[a-z]{1,3}-[0-9A-Za-z-]{1,60}", value) is not None
    return True


def _is_day(value: str) -> bool:
    try:
        return re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is not None and bool(
            dt.date.fromisoformat(value)
        )
    except ValueError:
        return False


# --- the filter in words

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def day_words(day: str) -> str:
    """ "30 March 2014"."""
    date = dt.date.fromisoformat(day[:10])
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def range_words(since: str, until: str) -> str:
    """ "5–30 March 2014", "from 5 March 2014", "until 30 March 2014"; empty without either."""
    if since and until:
        one, two = dt.date.fromisoformat(since), dt.date.fromisoformat(until)
        if (one.year, one.month) == (two.year, two.month):
            return f"{one.day}–{day_words(until)}" if one != two else day_words(until)
        return f"{day_words(since)} – {day_words(until)}"
    if since:
        return f"from {day_words(since)}"
    return f"until {day_words(until)}" if until else ""


def ask_words(ask: Ask, noun: str, *, names: dict[str, str]) -> str:
    """The query as a person would say it: "Statements by Russia on “Crimea”, 5–30 March 2014".

    Args:
        ask: the query.
        noun: what the rows are ("statements").
        names: names of the records that the query gives by id.
    """

    def said(name: str) -> str:
        return names.get(ask.get(name), ask.get(name))

    kind = ask.kind.replace("_", " ")
    words = " ".join(filter(None, (ask.get("severity"), ask.get("status"), _kind_words(kind), noun)))
    if ask.get("actor"):
        words += f" {'by' if noun in ('statements', 'positions') else 'with'} {said('actor')}"
    if ask.get("q"):
        words += f" on “{ask.get('q')}”"
    if ask.get("about"):
        words += f" about “{said('about')}”"
    parts = [words[:1].upper() + words[1:], range_words(ask.get("since"), ask.get("until"))]
    if ask.get("fresh"):
        parts.append(f"first reported from {day_words(ask.get('fresh'))}")
    if ask.get("outlet"):
        parts.append(f"reports of {ask.get('outlet')} only")
    if ask.get("origin"):
        parts.append(f"words of {said('origin')} only")
    if ask.get("asof"):
        parts.append(f"as known on {day_words(ask.get('asof'))}")
    return ", ".join(filter(None, parts))


def _kind_words(kind: str) -> str:
    return kind if kind in ACTS or kind in DIFFERENCE_KINDS or kind.isupper() else kind.replace("-", " ")
