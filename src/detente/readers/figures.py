"""Quantities claimed: how many, of what, in which unit, and who says so.

Bounds are inclusive as far as the words tell: "more than 20" and "at least 20" give ``low=20`` and no
``high``; "up to 20" ``high=20`` and no ``low``; "nearly 100" 90–100; "tens of thousands" 20,000–99,999.
Left out on purpose: years, dates, clock times, ages, ordinals, scores, numbers inside names, "one of"
and pronominal "one", and spans of time that only place an event ("two weeks ago", "next five years").
"""

from __future__ import annotations

from detente.language.parse import ParsedArticle
from detente.readers.events.scene import Scene
from detente.readers.events.scenes import scenes
from detente.readers.events.tree import Tree
from detente.readers.figures_counted import counted, numbered
from detente.readers.figures_elliptic import is_gapped, sense_of
from detente.readers.figures_numbers import Number, is_priced, load_quantities, qualify, read_number
from detente.readers.index import ActorIndex
from detente.readers.names import FIGURES as READER
from detente.record import Figure, Reading, Span, make_id
from detente.record.types import NARRATOR

_DEFINITE = ("the", "those", "these", "both")
_CASUALTIES = ("killed", "injured", "arrested")


def read_figures(parsed: ParsedArticle, reading: Reading, actors: ActorIndex) -> None:
    """Append the quantities of an article's body, each with what is counted copied from the text."""
    for scene in scenes(parsed, reading, actors):
        done, before = -1, None
        for token in range(len(scene.tree)):
            if token <= done:
                continue
            number = read_number(scene.tree, token)
            if number is None:
                continue
            vote = _vote(scene.tree, number)
            done = number.last if vote is None else vote
            if vote is not None:
                reading.figures.append(_of_vote(scene, number, vote))
                continue
            number = qualify(scene.tree, number)
            figure = _figure(scene, number) or _elliptic(scene, number, before)
            if figure is not None:
                reading.figures.append(figure)
                before = figure


def _vote(tree: Tree, number: Number) -> int | None:
    """The last token of "20 to 0" where somebody votes."""
    last = number.last
    if last + 2 >= len(tree) or tree.lower[last + 1] not in ("to", "-", "–") or number.low != number.high:
        return None
    if tree.lower[last + 2] in load_quantities()["counting"]["nil"]:
        second: Number | None = Number(last + 2, last + 2, 0, 0, False)
    else:
        second = read_number(tree, last + 2)
    if second is None or second.high is None or number.low is None or second.high > number.low:
        return None
    words = {tree.lemma[i] for i in range(len(tree)) if tree.sent[i] == tree.sent[last]}
    return second.last if words & set(load_quantities()["counting"]["voting"]) else None


def _of_vote(scene: Scene, number: Number, last: int) -> Figure:
    span = scene.span(number.first, last)
    statement = scene.statement_at(number.first)
    return Figure(
        id=make_id("fg", scene.article.id, READER, span.start, span.end),
        span=span,
        kind="vote",
        low=number.low,
        high=number.high,
        unit=None,
        approximate=False,
        of=None,
        said_by=(statement.speakers or (NARRATOR,)) if statement else (NARRATOR,),
        date=scene.date(last),
        reader=READER,
        confidence=0.8,
    )


def _elliptic(scene: Scene, number: Number, before: Figure | None) -> Figure | None:
    """A number with no noun of its own, after a figure that has one."""
    gapped = is_gapped(scene.tree, number)
    if not gapped and _is_dating(scene, number):
        return None
    last = scene.tree.sent[number.first]
    same = before is not None and any(
        scene.tree.sent[i] == last and scene.offset(i) == before.span.start for i in range(number.first)
    )
    sense = sense_of(scene.tree, number, before, same_sentence=same, gapped=gapped)
    if sense is None:
        return None
    span = scene.span(number.first, number.last)
    statement = scene.statement_at(number.first)
    return Figure(
        id=make_id("fg", scene.article.id, READER, span.start, span.end),
        span=span,
        kind=sense.kind,
        low=number.low,
        high=number.high,
        unit=sense.unit,
        approximate=number.approximate,
        of=sense.of,
        said_by=(statement.speakers or (NARRATOR,)) if statement else (NARRATOR,),
        date=scene.date(number.last),
        of_span=sense.of_span,
        reader=READER,
        confidence=0.5,
    )


def _figure(scene: Scene, number: Number) -> Figure | None:
    tree = scene.tree
    if _is_dating(scene, number):
        return None
    unit_kind, unit, last = _unit(tree, number)
    first = number.first
    first -= is_priced(tree, first)
    head = counted(tree, number, last)
    kind = _kind(scene, number, unit_kind, head)
    if (
        kind is None
        or _known_count(scene, number, kind)
        or (number.low == number.high == 1 and kind not in (*_CASUALTIES, "money", "share"))
    ):
        return None
    span = scene.span(first, max(last, number.last))
    if head is None and kind == "money":
        head = next((n for p, n in tree.preps(last) if p in ("in", "for") and tree.ent[n] == ""), None)
    of_span = _of_span(scene, head, last) if head is not None else None
    statement = scene.statement_at(number.first)
    return Figure(
        id=make_id("fg", scene.article.id, READER, span.start, span.end),
        span=span,
        kind=kind,
        low=number.low,
        high=number.high,
        unit=unit,
        approximate=number.approximate,
        of=scene.article.words(of_span) if of_span else None,
        said_by=(statement.speakers or (NARRATOR,)) if statement else (NARRATOR,),
        date=scene.date(number.last),
        of_span=of_span,
        reader=READER,
        confidence=0.8 if head is not None or unit else 0.6,
    )


def _known_count(scene: Scene, number: Number, kind: str) -> bool:
    """ "Those two ministers", "the five members": a small number that only tells which ones."""
    tree, first = scene.tree, number.first
    definite = first > 0 and (tree.tag[first - 1] == "PRP$" or tree.lower[first - 1] in _DEFINITE)
    return definite and kind in ("people", "count") and (number.high or 0) <= 12


def _is_dating(scene: Scene, number: Number) -> bool:
    """True for years, days of a month, clock times, ages, ordinals, scores and numbers in names."""
    tree, first, last = scene.tree, number.first, number.last
    skip = load_quantities()["skip"]
    before = tree.lower[first - 1] if first else ""
    after = tree.lower[last + 1] if last + 1 < len(tree) else ""
    if before in skip["months"] or after in skip["months"] or after in (":", "th", "st", "nd", "rd"):
        return True
    if before == ":":
        return tree.end[first - 1] == tree.begin[first]  # 10:30, but "Crew: 55"
    if before in ("/", "#", "no.", "number", "page") or after in ("/",):
        return before != "number" or numbered(tree, first) is None
    if before == "." and first > 1 and tree.lower[first - 2] == "no":  # "the No. 2 post"
        return True
    value = number.low if number.low is not None else number.high
    digits = tree.lower[last].isdigit() and first == last
    if (
        digits
        and value is not None
        and 1000 <= value <= 2100
        and "," not in tree.doc[last].text
        and not _counts(tree, last)
    ):
        return True
    if _is_age(tree, first, last) or _times_an_event(scene, first, last):
        return True
    if tree.ent[last] in ("DATE", "TIME") and not _has_weight(tree, last):
        return True
    return _in_name(tree, number)


def _counts(tree: Tree, token: int) -> bool:
    head = tree.head[token]
    return tree.dep[token] in ("nummod", "quantmod", "compound") and head > token and tree.pos[head] == "NOUN"


def _is_age(tree: Tree, first: int, last: int) -> bool:
    words = tree.lower[last + 1 : last + 5]
    if "old" in words[:4] and ("year" in words or "years" in words or "month" in words):
        return True
    if first and tree.lower[first - 1] in ("aged", "age"):
        return True
    apposed = (
        first and tree.lower[first - 1] == "," and last + 1 < len(tree) and tree.lower[last + 1] in (",", ".")
    )
    return bool(apposed and first > 1 and tree.pos[first - 2] == "PROPN")


def _times_an_event(scene: Scene, first: int, last: int) -> bool:
    tree = scene.tree
    words = tree.lower[last + 1 : last + 5]
    if "ago" in words[:3] or "later" in words[:2] or "earlier" in words[:2] or "o'clock" in words[:1]:
        return True
    return bool({"a.m.", "p.m.", "am", "pm", "gmt"} & set(words[:1]))


def _has_weight(tree: Tree, token: int) -> bool:
    """A duration that measures something: "four hours of talks", "a 24-hour ultimatum"."""
    unit = tree.head[token]
    if tree.lemma[unit] not in load_quantities()["units"]["duration"]:
        return tree.dep[token] == "nummod" and tree.ent[unit] == ""
    if _lasts(tree, unit):
        return True
    of = any(prep == "of" and tree.pos[noun] in ("NOUN", "PROPN") for prep, noun in tree.preps(unit))
    compound = (
        tree.dep[unit] in ("compound", "amod", "nmod", "npadvmod") and tree.lower[max(unit - 1, 0)] == "-"
    )
    if tree.dep[unit] == "npadvmod" and tree.pos[tree.head[unit]] == "VERB":
        compound = False
    governed = (
        tree.dep[unit] == "pobj"
        and tree.lower[tree.head[unit]] in ("for",)
        and tree.lemma[tree.head[tree.head[unit]]]
        in ("last", "sentence", "jail", "imprison", "suspend", "extend")
    )
    return of or compound or governed


def _lasts(tree: Tree, unit: int) -> bool:
    """ "Met for two hours", "a speech of 90 minutes", "within five months"; not "for the next five years"."""
    table = load_quantities()["lasting"]
    if tree.dep[unit] == "dobj" and tree.lemma[tree.head[unit]] in table["verbs"]:
        return tree.lemma[unit] in table["units"]
    if tree.dep[unit] != "pobj" or tree.lemma[unit] not in table["units"]:
        return False
    if any(tree.lower[k] in table["placing"] for k in tree.kids[unit]):
        return False
    preposition = tree.head[unit]
    if tree.lower[preposition] == "of":
        return tree.pos[tree.head[preposition]] == "NOUN"
    return tree.lower[preposition] in table["prepositions"]


def _in_name(tree: Tree, number: Number) -> bool:
    token = number.last
    head = tree.head[token]
    if (
        tree.dep[token] in ("nummod", "appos", "compound")
        and tree.pos[head] == "PROPN"
        and tree.ent[token] in ("", "ORG", "LAW", "PRODUCT", "FAC", "EVENT", "WORK_OF_ART", "GPE", "PERSON")
    ):
        return head < token or tree.ent[token] not in ("",)
    return tree.pos[token] == "PROPN" and tree.lower[token] not in load_quantities()["scales"]


def _unit(tree: Tree, number: Number) -> tuple[str | None, str | None, int]:
    """(kind, unit, last token) from the currency sign before or the unit word after."""
    units, last = load_quantities()["units"], number.last
    priced = next((i for i in range(number.first, last + 1) if is_priced(tree, i)), None)
    if priced is not None:
        return "money", units["money"][tree.doc[priced - 1].text], last
    after = last + 1
    if after < len(tree) and tree.lower[after] == "-":
        after += 1
    if after >= len(tree):
        return None, None, last
    word = tree.lemma[after]
    if word in ("%", "percent") or (
        tree.lower[after] == "per" and after + 1 < len(tree) and tree.lower[after + 1] == "cent"
    ):
        return "share", "%", after + (tree.lower[after] == "per")
    if word in ("u.s.", "us", "american", "nautical", "canadian", "australian") and after + 1 < len(tree):
        after, word = after + 1, tree.lemma[after + 1]
    for kind in ("money", "distance", "duration", "mass"):
        if word in units[kind]:
            return ("count" if kind == "mass" else kind), units[kind][word], after
    return None, None, last


def _of_span(scene: Scene, head: int, last: int) -> Span:
    tree = scene.tree
    if head < last:  # "soldiers now number 140,000"
        return scene.span(head, head)
    inside = [i for i in tree.subtree(head) if last < i <= head and i >= head - 7]
    first = min(inside, default=head)
    while first < head and (tree.pos[first] in ("PUNCT", "DET", "ADP") or tree.lower[first] in ("-", "of")):
        first += 1
    return scene.span(first, head)


def _kind(scene: Scene, number: Number, unit_kind: str | None, head: int | None) -> str | None:
    tree, kinds = scene.tree, load_quantities()["kinds"]
    if unit_kind in ("money", "share", "distance"):
        return unit_kind
    if unit_kind == "duration":
        return "duration" if _has_weight(tree, number.last) else None
    casualty = _casualty(tree, number, head)
    if casualty and unit_kind is None:
        return casualty
    if head is None and _who_follows(tree, number.last):
        return "people"
    if head is None:
        return "count" if unit_kind else None
    lemma = tree.lemma[head]
    if (
        head > number.last
        and tree.dep[tree.head[head]] == "prep"
        and tree.head[tree.head[head]] == number.last
    ):
        unit_kind = unit_kind or "count"  # "121 of the captives"
    if lemma in load_quantities()["skip"]["nouns"] or lemma in load_quantities()["units"]["duration"]:
        return None
    for kind in ("forces", "vehicles", "people"):
        if lemma in kinds[kind] or _compound_in(tree, head, kinds[kind], kind):
            return kind
    return (
        "count"
        if tree.dep[number.last] in ("nummod", "quantmod", "compound")
        or number.approximate
        or head < number.last
        else unit_kind
    )


def _who_follows(tree: Tree, last: int) -> bool:
    """ "Among some 550,000 who have fled": people, though no noun says so."""
    return last + 1 < len(tree) and tree.lower[last + 1] == "who" and tree.tag[last] == "CD"


def _compound_in(tree: Tree, head: int, words: list[str], kind: str) -> bool:
    return kind == "forces" and any(tree.lemma[kid] in words for kid in tree.deps(head, "compound", "nmod"))


def _casualty(tree: Tree, number: Number, head: int | None) -> str | None:
    """Killed, injured or arrested, when the clause says that of exactly this number."""
    kinds, at = load_quantities()["kinds"], number.last
    if head is not None and (head < at or tree.pos[head] == "NOUN"):
        for kind in _CASUALTIES:
            if tree.lemma[head] in kinds[kind]:
                return kind
        at = max(head, at)
    for kid in tree.deps(at, "amod") if head is None else ():  # "some 90 dead"
        if kid == number.last + 1:
            return next((kind for kind in _CASUALTIES if tree.lemma[kid] in kinds[kind]), None)
    for _ in range(4):
        relation, above = tree.dep[at], tree.head[at]
        if above == at:
            return None
        if tree.pos[above] in ("VERB", "ADJ", "AUX"):
            for kind in _CASUALTIES:
                if tree.lemma[above] in kinds[kind] and _undergoes(tree, relation, above, kind):
                    return kind
            oprd = (
                [tree.lemma[k] for k in tree.deps(above, "oprd", "acomp", "advcl", "xcomp", "conj", "amod")]
                if tree.lemma[above] in ("leave", "be", "report", "find")
                else []
            )
            return next((kind for kind in _CASUALTIES if set(oprd) & set(kinds[kind])), None)
        if relation not in (
            "nummod",
            "quantmod",
            "pobj",
            "prep",
            "conj",
            "compound",
            "advmod",
            "amod",
            "npadvmod",
        ):
            return None
        at = above
    return None


def _undergoes(tree: Tree, relation: str, verb: int, kind: str) -> bool:
    if tree.lemma[verb] in ("die", "perish", "dead"):
        return relation in ("nsubj", "nsubjpass")
    if tree.dep[verb] in ("acl", "relcl") and tree.tag[verb] == "VBN":
        return True
    return relation in ("dobj", "nsubjpass", "attr", "oprd", "npadvmod", "dep")
