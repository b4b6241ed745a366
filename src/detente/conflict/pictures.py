"""Pictures of a model as SVG: its states and moves, its options beside the states that hold, a way out.

Nobody keeps track of 23 states: the graph shows the present, the states that most readings hold stable, and
what improvements pass through, at most ``MOST_STATES``; the rest is counted in the caption.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from detente.conflict import svg
from detente.conflict.analysis import Analysis
from detente.conflict.explicit import explicit_of
from detente.conflict.graph import Graph, ModelError
from detente.conflict.literal import best_replies_from
from detente.conflict.model import Model
from detente.conflict.offramps import Offramp
from detente.conflict.paths import MAX_SETTINGS, improvement_paths
from detente.conflict.readings import Verdict, base_graph
from detente.conflict.words import formula_words, state_words, verdict_words

MOST_STATES, MOST_COLUMNS = 14, 8
_WIDE, _GAP, _HIGH, _ROW, _TALL = 250, 80, 92, 112, 5
NOTE = "A machine for questions, not a forecast."


def draw_states(analysis: Analysis) -> str:
    """The states and the improvements between them; columns count improvements from the present.

    Raises:
        ModelError: the model is too large for paths, or its preferences are unknown.
    """
    model = analysis.model
    _drawable(analysis)
    graph = base_graph(model)
    concept = _concept(analysis)
    shares = {s.state: s.verdict for s in analysis.standing if s.concept == concept}
    depth = _depths(graph, model.present)
    chosen = _chosen(graph, model.present, shares, depth)
    places = _places(chosen, depth)
    body = [
        svg.text(24, 26, model.title, size=16, bold=True),
        *svg.legend(24, 50, [p.name for p in model.parties]),
    ]
    body += _edges(model, graph, places)
    for state, (x, y) in places.items():
        verdict = shares.get(state)
        held = bool(verdict and verdict.stable)
        told = verdict_words(verdict) if verdict and verdict.stable else "not stable"
        lines = [graph.pattern(state) + (" – now" if state == model.present else ""), told]
        lines += _cut(svg.wrapped(_short_words(model, state), 36))
        fill = svg.NOW if state == model.present else svg.HELD if held else svg.PALE
        tip = f"{state_words(model, state)}. {told} ({concept})"
        body.append(svg.box(x, y, _WIDE, _HIGH, lines, fill=fill, tip=tip, strong=held))
    hidden = int(graph.feasible.sum()) - len(places)
    caption = f"Arrows: a party's best improvements. Order of letters: {', '.join(model.option_ids)}."
    rest = f"{hidden} states are not drawn. {NOTE}"
    width = max(24 + _WIDE + max(x for x, _ in places.values()), 24 + 6.4 * len(caption))
    height = 60 + _ROW + max(y for _, y in places.values())
    body += [svg.text(24, height - 24, caption, size=11), svg.text(24, height - 8, rest, size=11)]
    about = f"{len(places)} states of {model.title}; " + "; ".join(
        f"{graph.pattern(s)}: {state_words(model, s)}" for s in places
    )
    return svg.frame(max(width, 480), height, title=f"States of {model.title}", about=about, body=body)


def draw_options(analysis: Analysis) -> str:
    """A table: a row an option, a column the present and each state that holds, most readings first."""
    model = analysis.model
    concept = _concept(analysis)
    held = sorted(
        (
            s
            for s in analysis.standing
            if s.concept == concept and s.verdict.stable and s.state != model.present
        ),
        key=lambda s: (-s.verdict.share, s.state),
    )
    shown: list[tuple[str, int, str]] = []
    if model.present is not None:
        now = next(
            (s.verdict for s in analysis.standing if s.concept == concept and s.state == model.present), None
        )
        shown.append(("now", model.present, verdict_words(now) if now else ""))
    shown += [(f"{n}", s.state, verdict_words(s.verdict)) for n, s in enumerate(held[:MOST_COLUMNS], 1)]
    left, wide, top = 330, 62, 74
    body = [
        svg.text(24, 26, model.title, size=16, bold=True),
        svg.text(24, 46, f"● taken  ○ not taken; {concept}", size=11),
    ]
    for column, (name, _, verdict) in enumerate(shown):
        x = left + column * wide
        body.append(
            f"<g><title>{escape(verdict)}</title>"
            f"{svg.text(x + 20, top - 8, name, bold=True, anchor='middle')}</g>"
        )
    y = top + 14.0
    rows = []
    for number, party in enumerate(model.parties):
        body.append(svg.text(24, y, party.name, bold=True, fill=svg.COLOURS[number % len(svg.COLOURS)]))
        y += 20
        for option in (o for o in model.options if o.owner == party.id):
            label = option.label or option.id
            body.append(svg.text(36, y, label if len(label) < 44 else label[:42] + "…"))
            for column, (name, state, _) in enumerate(shown):
                taken = bool(state >> model.bits[option.id] & 1)
                x = left + column * wide + 20
                body.append(
                    f"<g><title>{escape(f'{name}: {label}: ' + ('taken' if taken else 'not taken'))}</title>"
                    f"{svg.text(x, y, '●' if taken else '○', size=15, anchor='middle')}</g>"
                )
                rows.append(f"{name}: {label} {'taken' if taken else 'not taken'}")
            y += 20
    for name, _, verdict in shown:
        y += 17
        body.append(svg.text(24, y, f"{name}: {verdict}", size=11))
    body.append(svg.text(24, y + 22, NOTE, size=11))
    width = max(520, left + len(shown) * wide + 24)
    about = "; ".join(rows)
    return svg.frame(width, y + 34, title=f"Options of {model.title}", about=about, body=body)


def draw_path(analysis: Analysis, *, number: int = 0) -> str:
    """The way to an off-ramp, move by move: who moves, who gains, who stands below the present in between.

    Raises:
        ModelError: the analysis was made without off-ramps, or has none that can be reached.
    """
    _drawable(analysis)
    reached = [o for o in analysis.offramps or () if o.path is not None]
    if number >= len(reached):
        raise ModelError("There is no off-ramp to draw.", hint="Run: detente solve MODEL --offramps")
    model, offramp = analysis.model, reached[number]
    graph = base_graph(model)
    assert offramp.path is not None
    states = [offramp.path.steps[0].start, *(step.end for step in offramp.path.steps)]
    wide, gap, y = 230, 190, 70.0
    contents = [_state_lines(model, graph, state, states[0]) for state in states]
    high = 12 + max(len(lines) for lines in contents) * svg.LINE + 8
    body = [
        svg.text(24, 26, f"{model.title}: a way out", size=16, bold=True),
        *svg.legend(24, 50, [p.name for p in model.parties]),
    ]
    for place, (state, lines) in enumerate(zip(states, contents, strict=True)):
        x = 24 + place * (wide + gap)
        fill = svg.NOW if place == 0 else svg.HELD if place == len(states) - 1 else svg.PALE
        body.append(
            svg.box(
                x,
                y,
                wide,
                high,
                lines,
                fill=fill,
                tip=state_words(model, state),
                strong=place == len(states) - 1,
            )
        )
    for place, step in enumerate(offramp.path.steps):
        x, middle = 24 + place * (wide + gap) + wide, y + high / 2
        words = _move_words(model, step.start, step.end)
        gain = {1: "gains", 0: "keeps", -1: "loses"}[step.gain]
        said = f"{place + 1}. {model.parties[step.party].name} {gain}"
        body.append(svg.arrow(x + 4, middle, x + gap - 4, middle, party=step.party, tip=f"{said}: {words}"))
        body += [svg.text(x + 10, middle - 10, said, bold=True, size=11)]
        body += [
            svg.text(x + 10, middle + 18 + n * 13, line, size=11)
            for n, line in enumerate(svg.wrapped(words, 28))
        ]
    below = y + high + 24
    body += [svg.text(24, below, line, size=11) for line in _holding(model, offramp)[:1]]
    body.append(svg.text(24, below + 18, NOTE, size=11))
    width = 48 + len(states) * wide + (len(states) - 1) * gap
    about = "; then ".join(_move_words(model, s.start, s.end) for s in offramp.path.steps)
    return svg.frame(max(width, 520), below + 34, title=f"A way out of {model.title}", about=about, body=body)


def _places(chosen: Sequence[int], depth: Mapping[int, int]) -> dict[int, tuple[float, float]]:
    """A column a number of improvements from the present, what none reaches last; tall columns are split."""
    last = max(depth.values(), default=0) + 1
    columns: list[list[int]] = []
    for level in range(last + 1):
        states = [s for s in chosen if depth.get(s, last) == level]
        columns += [states[i : i + _TALL] for i in range(0, len(states), _TALL)]
    return {
        state: (24 + column * (_WIDE + _GAP), 70 + row * _ROW)
        for column, states in enumerate(columns)
        for row, state in enumerate(states)
    }


def _cut(lines: list[str]) -> list[str]:
    return lines if len(lines) <= 3 else [*lines[:2], lines[2] + " …"]


def _short_words(model: Model, state: int) -> str:
    """What is taken in a state, without saying who takes nothing."""
    parts = []
    for party in model.parties:
        taken = [
            o.label or o.id for o in model.options if o.owner == party.id and state >> model.bits[o.id] & 1
        ]
        parts += [f"{party.name}: {', '.join(taken)}"] if taken else []
    return "; ".join(parts) or "nothing is done"


def _drawable(analysis: Analysis) -> None:
    if analysis.uncertain:
        raise ModelError("Unknown preferences have no arrows to draw.", hint="Draw the options instead.")
    if 1 << len(analysis.model.options) > MAX_SETTINGS:
        raise ModelError(
            f"More than {MAX_SETTINGS} settings cannot be drawn.", hint="Draw the options instead."
        )


def _concept(analysis: Analysis) -> str:
    return "seq" if "seq" in analysis.concepts else analysis.concepts[0]


def _depths(graph: Graph, present: int | None) -> dict[int, int]:
    if present is None or not graph.feasible[present]:
        return {}
    return {present: 0} | {s: len(p.steps) for s, p in improvement_paths(graph, present).items()}


def _chosen(
    graph: Graph, present: int | None, shares: dict[int, Verdict], depth: dict[int, int]
) -> list[int]:
    def key(state: int) -> tuple[bool, float, int, int]:
        share = shares[state].share if state in shares else 0.0
        return (state != present, -share, depth.get(state, 99), state)

    telling = {s for s, verdict in shares.items() if verdict.stable} | set(depth)
    if present is not None:
        telling.add(present)
    possible = [int(s) for s in graph.states if int(s) in telling or not telling]
    return sorted(possible, key=key)[:MOST_STATES]


def _edges(model: Model, graph: Graph, places: dict[int, tuple[float, float]]) -> list[str]:
    explicit = explicit_of(graph)
    shown = []
    for party in range(len(model.parties)):
        for state in places:
            for target in best_replies_from(explicit, party, state):
                if target in places:
                    shown.append(_edge(model, party, state, target, places))
    return shown


def _edge(model: Model, party: int, state: int, target: int, places: dict[int, tuple[float, float]]) -> str:
    (x1, y1), (x2, y2) = places[state], places[target]
    tip = f"{model.parties[party].name}: {_move_words(model, state, target)}"
    if x1 == x2:
        down = y2 > y1
        return svg.arrow(x1 + _WIDE, y1 + 60, x2 + _WIDE, y2 + (16 if down else 76), party=party, tip=tip,
                         bend=-(18 + abs(y2 - y1) / 6) if down else 18 + abs(y2 - y1) / 6)  # fmt: skip
    right = x2 > x1
    start = x1 + _WIDE if right else x1
    end = x2 if right else x2 + _WIDE
    return svg.arrow(
        start, y1 + 18 + 5 * party, end, y2 + 18 + 5 * party, party=party, tip=tip, bend=8 * (party + 1)
    )


def _move_words(model: Model, start: int, end: int) -> str:
    words = [
        f"{'takes' if end >> bit & 1 else 'drops'} {model.label_of(name)}"
        for name, bit in model.bits.items()
        if (start ^ end) >> bit & 1
    ]
    return ", ".join(words)


def _state_lines(model: Model, graph: Graph, state: int, now: int) -> list[str]:
    lines = [graph.pattern(state) + (" – now" if state == now else "")]
    for party in model.parties:
        taken = [
            o.label or o.id for o in model.options if o.owner == party.id and state >> model.bits[o.id] & 1
        ]
        lines += svg.wrapped(f"{party.name}: {', '.join(taken) or 'nothing'}", 34)
    if state != now:
        signs = {1: "better", 0: "as now", -1: "worse"}
        for party, rank in zip(model.parties, graph.ranks, strict=True):
            sign = (int(rank[state]) > int(rank[now])) - (int(rank[state]) < int(rank[now]))
            lines.append(f"{party.name}: {signs[sign]}")
    return lines


def _holding(model: Model, offramp: Offramp) -> Sequence[str]:
    if not offramp.leavers:
        return ["Once there, nobody would leave it."]
    names = ", ".join(map(model.name_of, offramp.leavers))
    wants = [
        f"; {model.name_of(c.party)} would stay if it ranked " + " and ".join(
            f"{formula_words(model, a)} above {formula_words(model, b)}" for a, b in c.above
        )
        for c in offramp.change if c.above
    ]  # fmt: skip
    return [f"{names} would leave it again" + "".join(wants)[:160]]
