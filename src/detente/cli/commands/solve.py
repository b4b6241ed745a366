"""``detente solve``: what a model says, told in words with the quotes."""

from __future__ import annotations

import json

import click

from detente.cli.main import ExamplesFirst
from detente.cli.options import format_option
from detente.cli.output import Column, Row, show_note, show_rows
from detente.conflict.model import Model
from detente.errors import UsageError

_COLUMNS = (
    Column("STATE", 24), Column("CONCEPT", 8), Column("STABLE IN", 16), Column("WOULD LEAVE", 24),
    Column("IN WORDS"),
)  # fmt: skip


@click.command(
    cls=ExamplesFirst,
    examples="detente solve october-1962 --hinges --offramps\n"
    "detente solve crisis.toml --concept nash,seq,smr\n"
    "detente solve crisis.toml --format jsonl",
    help="Which states of MODEL (a file, or a shipped name) hold, in which readings, on which sentences that "
    "hangs, and which ways out are better than now. A machine for questions, not a forecast.",
)
@click.argument("name", metavar="MODEL")
@click.option("--concept", "concepts", default="nash,seq", show_default=True, metavar="LIST",
              help="nash, seq, gmr, smr, sim, seq-best, separated by commas.")  # fmt: skip
@click.option("--readings", type=click.IntRange(min=1), default=1000, show_default=True, metavar="N",
              help="At most so many readings; beyond it an even sample.")  # fmt: skip
@click.option(
    "--hinges", is_flag=True, help="The fewest sentences on which the verdict on the present hangs."
)
@click.option("--offramps", is_flag=True, help="States better than now, the way there and who is exposed.")
@click.option(
    "--better-for", "parties", default="", metavar="LIST", help="Off-ramps: who must gain; others may lose."
)
@click.option("--as", "view", default="", metavar="PARTY", help="As this party sees it (misperception).")
@click.option("--coalition", default="", metavar="LIST", help="Parties that act as one, separated by commas.")
@format_option
def solve(
    name: str, concepts: str, readings: int, hinges: bool, offramps: bool, parties: str, view: str,
    coalition: str, form: str,
) -> None:  # fmt: skip
    """What a model says."""
    from detente.conflict.analysis import analyse
    from detente.conflict.plain import to_plain
    from detente.conflict.shipped import find_model
    from detente.conflict.words import CAVEAT, tell

    found = find_model(name)
    if view:
        if view not in found.party_ids:
            raise UsageError(f"No party {view!r}.", hint="Parties: " + ", ".join(found.party_ids))
        found = found.seen_by(view)
    wanted = _list(concepts)
    if coalition:
        _coalition(found, _list(coalition), wanted)
        return
    analysis = analyse(
        found, concepts=wanted, limit=readings, hinges=hinges, offramps=offramps, parties=_list(parties)
    )
    if form in ("table", "md"):
        click.echo("\n".join(tell(analysis)))
        return
    plain = to_plain(analysis)
    if form == "json":
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
        return
    rows = [
        Row(
            (
                s["state"],
                s["concept"],
                f"{s['stable_in']} of {s['of']}",
                ", ".join(s["would_leave"]),
                s["words"],
            ),
            s,
        )
        for s in plain["states"]
    ]
    show_rows(_COLUMNS, rows, form=form)
    show_note(CAVEAT)


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _coalition(found: Model, members: list[str], concepts: list[str]) -> None:
    """The states that hold when some parties act as one."""
    import numpy as np

    from detente.conflict.coalitions import equilibria
    from detente.conflict.literal_coalitions import CONCEPTS
    from detente.conflict.words import CAVEAT, state_words

    unknown = [m for m in members if m not in found.party_ids] + [c for c in concepts if c not in CONCEPTS]
    if unknown:
        raise UsageError(
            f"Unknown party or concept {unknown[0]!r}.",
            hint=f"Parties: {', '.join(found.party_ids)}. Concepts of coalitions: {', '.join(CONCEPTS)}.",
        )
    structure = [[found.party_ids.index(m) for m in members]]
    for concept in concepts:
        states = np.flatnonzero(equilibria(found.graph(), structure, concept))
        click.echo(f"{concept}, {' and '.join(members)} acting as one: {len(states)} states hold")
        for state in states:
            mark = "  (now)" if int(state) == found.present else ""
            click.echo(f"- {found.pattern(int(state))} {state_words(found, int(state))}{mark}")
    click.echo("\n" + CAVEAT)
