"""Verdicts in plain words, with the quotes they rest on and the caveat that always stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.conflict.analysis import Analysis, Standing
from detente.conflict.hinges import REVERSED, Hinge
from detente.conflict.inverse import InStatements
from detente.conflict.model import Cite, Model, Support
from detente.conflict.offramps import Offramp
from detente.conflict.paths import Path, Step
from detente.conflict.readings import Verdict

CAVEAT = (
    "This is a machine for questions over the record, not a forecast. The order of what a party wants is "
    "seldom in the news; where it is open, every order is a reading, and shares count readings, not chances. "
    "The present state tends to come out stable: a model drawn from reports lists the moves that parties "
    "refuse, and a refused move is no improvement. Ask what would have to change, not whether it will."
)
CONCEPT_WORDS = {
    "nash": "no party gains by moving alone",
    "gmr": "whoever moves could be put back by the others, willing or not",
    "smr": "whoever moves could be put back by the others and could not escape",
    "seq": "whoever moves would be put back by moves that the others gain from",
    "seq-best": "whoever moves would be put back by the others' best replies",
    "sim": "whoever moves would lose it to moves the others make at the same time",
}


def state_words(model: Model, state: int) -> str:
    """A state in words: for each party what it does; "nothing" where it takes none of its options."""
    parts = []
    for party in model.parties:
        taken = [
            o.label or o.id for o in model.options if o.owner == party.id and state >> model.bits[o.id] & 1
        ]
        parts.append(f"{party.name}: {', '.join(taken) or 'nothing'}")
    return "; ".join(parts)


def formula_words(model: Model, text: str) -> str:
    """A formula with labels for option names: "not Air strike"."""
    import re

    labels = {o.id: f"“{o.label}”" if o.label else o.id for o in model.options}
    return re.sub(r"\w[\w.\-]*", lambda m: labels.get(m[0], m[0]), text)


def quote_words(cites: Iterable[Cite], *, most: int = 2) -> str:
    """Quotes with the article each stands in; copies of the same words are named together."""
    by_words: dict[str, list[str]] = {}
    for cite in cites:
        by_words.setdefault(" ".join(cite.quote.split()), []).append(cite.article)
    shown = [
        f"“{words}” [{', '.join(dict.fromkeys(where))}]" for words, where in list(by_words.items())[:most]
    ]
    more = len(by_words) - most
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")


def support_words(support: Support) -> str:
    """What an element rests on: its status and its words, or that it is the analyst's."""
    if not support.cite:
        return "the analyst's" + (f": {support.note}" if support.note else "")
    return f"{support.status}: {quote_words(support.cite)}"


def _unit(analysis: Analysis) -> str:
    return "attitude" if analysis.uncertain else "reading"


def verdict_words(verdict: Verdict, *, unit: str = "reading") -> str:
    """ "stable in all 12 readings", "stable in 5 of 12 readings (42%)", "not stable"."""
    if verdict.word == "all":
        return "stable" if verdict.total == 1 else f"stable in all {verdict.total} {unit}s"
    if verdict.word == "none":
        return "not stable" if verdict.total == 1 else f"stable in none of {verdict.total} {unit}s"
    return f"stable in {verdict.stable} of {verdict.total} {unit}s ({verdict.share:.0%})"


def tell(analysis: Analysis) -> list[str]:
    """The whole analysis as lines of plain text; the caveat is always the last."""
    lines = [f"# {analysis.model.title}" + (f" ({analysis.model.date})" if analysis.model.date else ""), ""]
    lines += [*_readings(analysis), *_present(analysis), *_holding(analysis), *_hinges(analysis)]
    lines += [*_offramps(analysis), *_exposed(analysis), "", CAVEAT]
    return lines


def _readings(analysis: Analysis) -> Iterator[str]:
    if analysis.uncertain:
        yield "Some preferences are unknown: states are compared in pairs, under four attitudes to that."
        return
    if analysis.possible > 1:
        refuted = len(analysis.refuted)
        yield (
            f"{analysis.possible} readings"
            + (
                f"; {analysis.sampled} of them were solved, evenly chosen"
                if analysis.sampled < analysis.possible
                else ""
            )
            + (f"; reported moves refute {refuted}, {analysis.readings} stand" if refuted else "")
            + "."
        )
    for fork in analysis.forks:
        words = " | ".join(formula_words(analysis.model, c) for c in fork.choices)
        yield f"- open ({fork.kind}): {formula_words(analysis.model, fork.name)}: {words}"
    moves = {id(move): move for _, move in analysis.refuted}
    for move in moves.values():
        count = sum(1 for _, m in analysis.refuted if m is move)
        did = ", ".join([f"takes {o}" for o in move.takes] + [f"drops {o}" for o in move.drops])
        name = analysis.model.name_of(move.party)
        yield (
            f"- {count} readings are refuted: {name} {did}"
            + (f" on {move.date}" if move.date else "")
            + f", which they call a loss for it ({support_words(move.support)})"
        )


def _present(analysis: Analysis) -> Iterator[str]:
    model = analysis.model
    if model.present is None:
        yield "The model names no present state."
        return
    yield ""
    yield f"Now ({model.now}): {state_words(model, model.present)}"
    for standing in analysis.of(model.present):
        yield f"- {standing.concept}: {_standing_words(model, standing, _unit(analysis))}"
    for concept, how, what, than in analysis.splits[:8]:
        above = f" above {formula_words(model, than)}" if than else ""
        verb = what.replace(" wants ", " ranks ", 1) if than else what
        yield f"  {concept}: stable {how} {formula_words(model, verb)}{above}"
    for item in analysis.uncertain:
        kept = ", ".join(a for a, s in zip("abcd", item.by_attitude, strict=True) if s) or "none"
        yield f"- {item.concept}, {model.name_of(item.party)}: stable under attitudes {kept}"
    for party in model.parties:
        for preference in model.statements_of(party.id)[:3]:
            yield (
                f"  {party.name} wants {formula_words(model, preference.holds)} "
                f"({support_words(preference.support)})"
            )


def _standing_words(model: Model, standing: Standing, unit: str = "reading") -> str:
    leave = ", ".join(model.name_of(p) for p in standing.leavers)
    words = f"{verdict_words(standing.verdict, unit=unit)} ({CONCEPT_WORDS[standing.concept]})"
    return words + (f"; in the first reading {leave} would leave it" if leave else "")


def _holding(analysis: Analysis) -> Iterator[str]:
    model = analysis.model
    for concept in analysis.concepts:
        rows = [
            s
            for s in analysis.standing
            if s.concept == concept and s.state != model.present and s.verdict.stable
        ]
        rows.sort(key=lambda s: (-s.verdict.share, s.state))
        yield ""
        yield f"Other states that hold ({concept}): {len(rows)}"
        for row in rows[:8]:
            verdict = verdict_words(row.verdict, unit=_unit(analysis))
            yield f"- {model.pattern(row.state)} {verdict}: {state_words(model, row.state)}"


def _hinges(analysis: Analysis) -> Iterator[str]:
    for concept, hinges in analysis.hinges:
        yield ""
        yield f"What the verdict on the present hangs on ({concept}):"
        if not hinges:
            yield "- no set of up to three elements changes it"
        for hinge in hinges[:6]:
            yield f"- {hinge_words(analysis.model, hinge)}"
    for want in analysis.wants:
        yield f"- {want_words(analysis.model, want, state='the present')}"


def hinge_words(model: Model, hinge: Hinge) -> str:
    """What would change if the sentences were not so."""
    after = "stable" if hinge.stable_after else "not stable"
    verb = "were the other way round" if hinge.how == REVERSED else "were not there"
    what = "; ".join(formula_words(model, name) for name in hinge.elements)
    if not hinge.sentences:
        return f"if the analyst's judgement {verb} ({what}), the present state would be {after}"
    quotes = quote_words(cite for group in hinge.sentences for cite in group)
    count = f"{len(hinge.sentences)} sentence{'s' if len(hinge.sentences) > 1 else ''}"
    also = f" and {hinge.analyst} judgements of the analyst" if hinge.analyst else ""
    return f"if {count}{also} {verb}, the present state would be {after}: {quotes} → {what}"


def want_words(model: Model, want: InStatements, *, state: str) -> str:
    """When a state is stable for a party, in its statements."""
    name = model.name_of(want.party)
    if want.always:
        return f"{state} is stable for {name} in whatever order it ranks what it wants"
    if want.never:
        return (
            f"{state} is stable for {name} in no order of what it wants: it would have to want something else"
        )
    ranks = f" {want.joined} ".join(
        f"{formula_words(model, a)} above {formula_words(model, b)}" for a, b in want.above
    )
    how = "if and only if" if want.exact else "for instance if"
    return f"{state} is stable for {name} {how} it ranks {ranks}" if ranks else (
        f"{state} is stable for {name} in {want.share:.0%} of the orders of what it wants"
    )  # fmt: skip


def _offramps(analysis: Analysis) -> Iterator[str]:
    if analysis.offramps is None:
        return
    yield ""
    if not analysis.offramps:
        yield "Off-ramps: no state is better for all those asked for."
        return
    yield "Off-ramps (better than now):"
    for offramp in analysis.offramps:
        yield from offramp_lines(analysis.model, offramp)


def offramp_lines(model: Model, offramp: Offramp) -> Iterator[str]:
    """An off-ramp told: who gains, in how many readings, the way there, its losses, what would hold it."""
    gains = ", ".join(map(model.name_of, offramp.gains)) or "nobody in the first reading"
    loses = ", ".join(map(model.name_of, offramp.loses))
    better = offramp.better
    share = f"in {better.stable} of {better.total} readings" if better.total > 1 else "in the one reading"
    yield f"- {model.pattern(offramp.state)} {state_words(model, offramp.state)}"
    yield f"  better {share}; gains: {gains}" + (f"; loses: {loses}" if loses else "")
    yield "  " + path_words(model, offramp)
    if not offramp.leavers:
        yield "  once there, nobody would leave it"
    for party in offramp.leavers:
        want = next((c for c in offramp.change if c.party == party), None)
        why = f": {want_words(model, want, state='it')}" if want else ""
        yield f"  {model.name_of(party)} would leave it again{why}"


def path_words(model: Model, offramp: Offramp) -> str:
    """The way to an off-ramp, step by step, with who gains and who is exposed."""
    path = offramp.path
    if path is None:
        return "cannot be reached by any moves from here (a step cannot be undone)"
    lost = len(path.losses)
    steps = "; then ".join(_step_words(model, step) for step in path.steps)
    exposed = [
        f"after step {n} below now: {', '.join(map(model.name_of, below))}"
        for n, below in enumerate(offramp.below, 1)
        if below and n < len(offramp.below)
    ]
    cost = "no losing move" if not lost else f"{lost} losing move{'s' if lost > 1 else ''} on the way"
    return f"{cost}: {steps}" + (f" ({'; '.join(exposed)})" if exposed else "")


def _step_words(model: Model, step: Step) -> str:
    changed = step.start ^ step.end
    did = [
        f"{'takes' if step.end >> bit & 1 else 'drops'} “{model.label_of(name)}”"
        for name, bit in model.bits.items()
        if changed >> bit & 1
    ]
    gain = {1: "gains", 0: "keeps", -1: "loses"}[step.gain]
    return f"{model.parties[step.party].name} {' and '.join(did)} ({gain})"


def _exposed(analysis: Analysis) -> Iterator[str]:
    if analysis.exposed:
        yield ""
        yield "Tempting moves that the others would turn against their mover:"
    for item in analysis.exposed[:6]:
        answer = _path_words(analysis.model, item.answer)
        yield f"- {_step_words(analysis.model, item.step)}; but then {answer}"


def _path_words(model: Model, path: Path) -> str:
    return "; then ".join(_step_words(model, step) for step in path.steps)
