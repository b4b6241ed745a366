"""``detente model``: draft a conflict model from the record, look at it, compare, convert, draw."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from detente.cli.main import ExamplesFirst, GroupExamplesFirst
from detente.cli.options import db_option, format_option, opened
from detente.cli.output import Column, Row, many, show_note, show_rows
from detente.conflict.model import Model
from detente.errors import UsageError

_ELEMENTS = (Column("WHAT", 10), Column("WHO", 20), Column("NAME", 36), Column("STATUS", 11), Column("WORDS"))
_CHANGES = (Column("HOW", 8), Column("KIND", 11), Column("NAME", 44), Column("BEFORE"), Column("AFTER"))
PICTURES = ("states", "options", "path")


@click.group(
    cls=GroupExamplesFirst,
    examples="detente model draft crisis.toml\n"
    "detente model show october-1962\n"
    "detente model diff october-1962-draft october-1962",
    help="The conflict model: parties, options and preferences, each with the words it rests on.",
)
def model() -> None:
    """The conflict model."""


@model.command(
    cls=ExamplesFirst,
    examples="detente model draft crisis.toml\n"
    "detente model draft --date 2014-03-06 early.toml\n"
    "detente model draft --side Kennedy=USA --side Khrushchev=SUN",
    help="Propose a model from the record and write it as TOML to OUT (stdout without it), for you to edit. "
    "What was left out, and why, stands at the top of the file.",
)
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--options", type=click.IntRange(2, 22), default=10, show_default=True, help="At most so many.")
@click.option("--parties", type=click.IntRange(2, 8), default=4, show_default=True, help="At most so many.")
@click.option("--date", default="", metavar="DAY", help="Only what was so by this day (YYYY-MM-DD).")
@click.option("--title", default="", help="The model's title.")
@click.option(
    "--side", "sides", multiple=True, metavar="NAME=CODE", help="Whom an actor acts for, e.g. Kennedy=USA."
)
@click.option("--force", is_flag=True, help="Write over OUT.")
@db_option
def draft(
    out: Path | None,
    options: int,
    parties: int,
    date: str,
    title: str,
    sides: tuple[str, ...],
    force: bool,
    db: str,
) -> None:
    """Propose a model from the record."""
    from detente.conflict.draft import draft_model
    from detente.conflict.modelwrite import to_toml

    if out is not None and out.exists() and not force:
        raise UsageError(f"{out} is there already.", hint="Give another name, or --force to write over it.")
    with opened(db) as record:
        drafted = draft_model(
            record.view, options=options, parties=parties, date=date, title=title, told=_told(sides)
        )
        places = {a.id: a.outlet or a.host or a.source for a in record.articles()}
    head = 'Drafted from the record: edit freely. What is yours, tag status = "analyst".\n'
    head += "".join(f"left out: {line}\n" for line in drafted.left_out)
    text = to_toml(drafted.model, head=head, places=places)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        show_note(
            f"{out}: {many(len(drafted.model.parties), 'parties')}, "
            f"{many(len(drafted.model.options), 'options')}, "
            f"{len(drafted.model.preferences)} statements; {len(drafted.left_out)} left out.\n"
            f"Next: edit it, then  detente solve {out} --hinges --offramps"
        )


def _told(sides: tuple[str, ...]) -> dict[str, str]:
    told = dict(side.partition("=")[::2] for side in sides)
    for name, code in told.items():
        if not name or not code:
            raise UsageError(f"--side {name}={code}: expected NAME=CODE.", hint="E.g. --side Kennedy=USA")
    return told


@model.command("list", help="The models that ship with detente.")
@format_option
def list_(form: str) -> None:
    """The models that ship."""
    from detente.conflict.shipped import shipped_model, shipped_models

    found = [(name, shipped_model(name)) for name in shipped_models()]
    columns = (Column("NAME", 24), Column("OPTIONS", 8, right=True), Column("TITLE"))
    rows = [
        Row((n, str(len(m.options)), m.title), {"name": n, "title": m.title, "options": len(m.options)})
        for n, m in found
    ]
    show_rows(columns, rows, form=form)


@model.command(
    cls=ExamplesFirst,
    examples="detente model show october-1962\ndetente model show crisis.toml --format md",
    help="A model's elements with the words they rest on. MODEL is a file or a shipped name.",
)
@click.argument("name", metavar="MODEL")
@format_option
def show(name: str, form: str) -> None:
    """A model's elements and what they rest on."""
    from detente.conflict.words import quote_words

    found = _find(name)
    rows = [
        Row((kind, who, what, s.status, quote_words(s.cite, most=9) or s.note), _element(kind, who, what, s))
        for kind, who, what, s in _elements(found)
    ]
    show_rows(_ELEMENTS, rows, form=form)
    if form == "table" and found.now:
        show_note(
            f"\nNow ({found.now}): {', '.join(found.taken(found.state(found.now))) or 'no option taken'}"
        )


@model.command(
    cls=ExamplesFirst,
    examples="detente model diff 5march.toml 31march.toml",
    help="What changed from one model to another: two dates, or a draft and what became of it.",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@format_option
def diff(old: str, new: str, form: str) -> None:
    """What changed between two models."""
    from detente.conflict.diff import diff_models

    changes = diff_models(_find(old), _find(new))
    rows = [
        Row((c.how, c.kind, c.name, c.before, c.after),
            {"how": c.how, "kind": c.kind, "name": c.name, "before": c.before, "after": c.after})
        for c in changes
    ]  # fmt: skip
    show_rows(_CHANGES, rows, form=form)
    if form == "table" and not changes:
        show_note("No difference.")


@model.command(
    "check", help="Re-read every citation of MODEL in the record; exit code 4 where one does not stand."
)
@click.argument("name", metavar="MODEL")
@db_option
@click.pass_context
def check_(ctx: click.Context, name: str, db: str) -> None:
    """Re-read every citation of a model."""
    from detente.conflict.citations import check_citations

    found = _find(name)
    with opened(db) as record:
        faults = check_citations(found, list(record.articles()))
    for fault in faults:
        click.echo(
            f"{name}:{fault.line} {fault.element}: {fault.why}: {fault.cite.quote!r} [{fault.cite.article}]"
        )
    show_note(f"{many(len(faults), 'faults')} in {name}.")
    if faults:
        ctx.exit(4)


@model.command(
    "import",
    cls=ExamplesFirst,
    examples="detente model import Elmira.gmcr elmira.toml",
    help="Read a .gmcr (GMCR+), JSON or TOML model and write it to OUT in the form its name says.",
)
@click.argument("source", type=click.Path(exists=True, dir_okay=False))
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
def import_(source: str, out: Path) -> None:
    """Convert a model from another program."""
    _write(_find(source), out)


@model.command(
    "export",
    cls=ExamplesFirst,
    examples="detente model export crisis.toml crisis.gmcr\ndetente model export crisis.toml crisis.json",
    help="Write a model as .gmcr (citations, statuses and open orders are lost), .json or .toml.",
)
@click.argument("name", metavar="MODEL")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
def export_(name: str, out: Path) -> None:
    """Write a model in another form."""
    _write(_find(name), out)


@model.command(
    cls=ExamplesFirst,
    examples="detente model picture october-1962 options options.svg\n"
    "detente model picture crisis.toml path way.svg",
    help="Draw a model as SVG: its states and moves, its options beside the states that hold, or the way to "
    "the first off-ramp.",
)
@click.argument("name", metavar="MODEL")
@click.argument("what", type=click.Choice(PICTURES))
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
def picture(name: str, what: str, out: Path) -> None:
    """Draw a model."""
    from detente.conflict.analysis import analyse
    from detente.conflict.pictures import draw_options, draw_path, draw_states

    found = analyse(_find(name), offramps=what == "path")
    drawn = {"states": draw_states, "options": draw_options, "path": draw_path}[what](found)
    out.write_text(drawn, encoding="utf-8")
    click.echo(out)


def _find(name: str) -> Model:
    from detente.conflict.shipped import find_model

    return find_model(name)


def _write(found: Model, out: Path) -> None:
    from detente.conflict.gmcr import to_gmcr
    from detente.conflict.modelwrite import to_json, to_toml

    writers: dict[str, Any] = {".gmcr": to_gmcr, ".json": to_json, ".toml": to_toml}
    if out.suffix not in writers:
        raise UsageError(f"{out}: unknown form {out.suffix!r}.", hint="Known: " + ", ".join(writers))
    out.write_text(writers[out.suffix](found), encoding="utf-8")
    click.echo(out)


def _elements(found: Model) -> list[tuple[str, str, str, Any]]:
    rows: list[tuple[str, str, str, Any]] = [("party", p.id, p.name, p.support) for p in found.parties]
    rows += [("option", o.owner, f"{o.id}: {o.label}" if o.label else o.id, o.support) for o in found.options]
    rows += [("exclusion", "", e.when, e.support) for e in found.exclusions]
    for party in found.party_ids:
        own = sorted((p for p in found.preferences if p.party == party), key=lambda p: p.rank)
        rows += [("wants", party, f"{p.rank}. {p.holds}", p.support) for p in own]
    rows += [
        ("ranking", r.party, " > ".join("=".join(t) for t in r.best_first), r.support) for r in found.rankings
    ]
    rows += [("pair", p.party, f"{p.better} over {p.worse}", p.support) for p in found.pairs]
    rows += [
        ("move", m.party, " ".join([*m.takes, *(f"not {d}" for d in m.drops)]), m.support)
        for m in found.moves
    ]
    return rows


def _element(kind: str, who: str, what: str, support: Any) -> dict[str, Any]:
    cites = [{"article": c.article, "quote": c.quote, "start": c.start, "end": c.end} for c in support.cite]
    told = {"kind": kind, "party": who, "name": what, "status": support.status, "note": support.note}
    return told | {"cite": cites}
