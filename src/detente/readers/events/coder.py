"""From one paragraph's parse to coded clauses: verbs first, from the root down, then nouns."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from detente.readers.events.coding import (
    COOPERATIVE,
    HOSTILE,
    YIELDING,
    Coding,
    refused,
    threatened,
    to_come,
)
from detente.readers.events.contents import doer
from detente.readers.events.lexicon import (
    Frame,
    NounFrame,
    known_verbs,
    load_classes,
    load_nouns,
    load_words,
)
from detente.readers.events.match import anyone_in, in_class, match_verb, phrases, resolve, tells_deed, unite
from detente.readers.events.nouns import code_noun, noun_content
from detente.readers.events.operators import code_operator
from detente.readers.events.scene import Scene
from detente.readers.events.sides import (
    is_moved,
    judged_doer,
    of_whom,
    on_third_ground,
    one_side,
    stands,
    where_arrested,
    without_own_state,
    without_place,
)
from detente.readers.events.status import is_disowned, is_future, is_negated, is_within_plan, verb_status
from detente.record.types import NARRATOR

_STATE_SECTORS = ("GOV", "MIL", "COP", "SPY", "JUD", "LEG", "PRM", "UAF")
_VOTED = ("SUPPORT", "ACCUSE", "REJECT", "SANCTION")


def code_paragraph(scene: Scene) -> list[Coding]:
    """All codings of a paragraph, in reading order, each trigger at most once."""
    found: list[Coding] = []
    covered: set[int] = set()
    for token in _candidates(scene):
        if token in covered:
            continue
        for coding in _code(scene, token):
            found.append(coding)
            covered.update(coding.covers)
    return sorted(
        (c for c in found if c.trigger not in covered or c.trigger in c.covers), key=lambda c: c.trigger
    )


def _candidates(scene: Scene) -> list[int]:
    """The tokens that may code: known verbs from the root down, then known event nouns."""
    tree, verbs, nouns = scene.tree, known_verbs(), _noun_heads()
    chosen = [
        i
        for i, pos in enumerate(tree.pos)
        if tree.lemma[i]
        in (verbs if pos in ("VERB", "AUX", "ADJ") else nouns if pos in ("NOUN", "PROPN") else ())
    ]
    return sorted(chosen, key=lambda i: (tree.pos[i] in ("NOUN", "PROPN"), _depth(scene, i), i))


@cache
def _noun_heads() -> frozenset[str]:
    return frozenset(key.split()[-1] for key in load_nouns())


def _depth(scene: Scene, token: int) -> int:
    depth, head = 0, scene.tree.head
    while head[token] != token and depth < 60:
        token, depth = head[token], depth + 1
    return depth


def _code(scene: Scene, token: int) -> list[Coding]:
    if scene.tree.pos[token] in ("NOUN", "PROPN"):
        coding = code_noun(scene, token)
        return [coding] if coding else []
    operated = code_operator(scene, token, code_content)
    if operated is not None:
        return [kept for made in operated if (kept := without_own_state(scene, made)) is not None]
    base = code_verb(scene, token)
    if base is None:
        return []
    final = without_own_state(scene, _by_tense(scene, token, base))
    if final is None or (final.type, final.status) == ("REJECT", "denied"):
        return []  # "did not rule out" is no refusal
    return [final] if stands(scene, final) else []


def code_content(scene: Scene, token: int) -> Coding | None:
    """What an operator's content would code if it had happened: type and actors, no status."""
    if scene.tree.pos[token] in ("VERB", "AUX"):
        return code_verb(scene, token)
    return noun_content(scene, token)


def code_verb(scene: Scene, verb: int) -> Coding | None:
    """What a verb's frame codes, before tense and modality."""
    frame = match_verb(scene, verb)
    if frame is None:
        return None
    tree = scene.tree
    objects = tree.patients(verb)
    sources = doer(scene, verb) if "subj" not in frame.recipient else ()
    sources = sources or _by_deed(scene, verb, frame) or where_arrested(scene, verb, frame)
    if tells_deed(frame) or is_moved(tree, verb, frame):
        told = [tree.subject(verb)] if tells_deed(frame) else objects
        objects = [noun for noun in told if noun is not None]
        sources = unite(of_whom(scene, scene.meaning(noun), frame) for noun in objects)
    if frame.type == "CONSULT" and frame.mode == "visit" and _no_visitor(scene, verb):
        return None
    if "both" in frame.recipient or "both!named" in frame.recipient:
        return _mutual(scene, verb, frame, sources, objects)
    judged = judged_doer(scene, verb, frame, objects)
    reached = tree.patients(verb) if tells_deed(frame) and "obj" in frame.recipient else objects
    recipients = judged if judged is not None else resolve(scene, frame.recipient, verb, reached)
    if judged is None and not set(recipients) - set(sources):
        recipients = _from_clauses(scene, verb, frame, sources)
    if not recipients and judged is None and frame.type in ("REJECT", "ACCUSE"):
        recipients = anyone_in(scene, objects, sources)
    joint = frame.type in ("CONSULT", "SUPPORT", "COOPERATE") or frame.mode == "meet"
    if joint and not sources and tree.passive(verb):  # "X's demand was rejected": not by X
        sources, recipients = _of_nominal_subject(scene, objects, recipients)
    if frame.cameo == "043" and frame.mode == "visit":
        sources, recipients = recipients, sources
    if frame.type == "CONSULT" and frame.mode == "visit" and not recipients:
        return None
    if frame.mode == "visit" and on_third_ground(scene, verb, sources, recipients):
        return replace(_meeting(scene, verb, frame, sources, objects), confidence=0.75)
    if _is_no_act(scene, verb, frame, sources) or (_is_alarm(scene, objects, frame) and not recipients):
        return None
    kind, mode, cameo = _kind(scene, verb, frame, sources, recipients)
    recipients = tuple(r for r in recipients if r not in sources)
    if kind == "CONSULT" and mode != "visit" and cameo != "045" and not _is_letter(scene, verb, recipients):
        sources, recipients = (*sources, *recipients), ()  # all who talk are actors (manual, rule 7)
    covers = _covers(scene, verb, frame, objects)
    return Coding(kind, mode, cameo, sources, recipients, verb, verb, verb, "happened",
                  tree.lemma[verb], _confidence(frame, sources, recipients), covers)  # fmt: skip


def _from_clauses(scene: Scene, verb: int, frame: Frame, sources: tuple[str, ...]) -> tuple[str, ...]:
    """The other party when only a dependent clause names it: what is complained of, or aimed at."""
    tree = scene.tree
    if frame.type == "ACCUSE":
        subjects = [tree.subject(kid) for kid in tree.deps(verb, "ccomp")]
        found = unite(scene.refer(s) for s in subjects if s is not None)
        return tuple(a for a in found if a not in sources)
    aimed = frame.type in ("PROTEST", "BLOCK", "ASSAULT", "COERCE", "RETREAT", "AID")
    if not aimed or frame.mode in ("resign", "curfew", "martial-law"):
        return ()
    for clause in tree.deps(verb, "advcl", "xcomp"):
        if tree.first(clause, "mark") is not None:
            continue  # "until", "if", "because"
        if clause > verb and tree.tag[clause] in ("VB", "VBG") and tree.lemma[clause] in known_verbs():
            for token in sorted(tree.subtree(clause)):
                mention = scene.heads.get(token)
                other = tuple(a for a in mention.actors if a not in sources) if mention else ()
                if other and (frame.type != "RETREAT" or _is_of_state(scene, other)):
                    return other
    return ()


def _is_of_state(scene: Scene, actors: tuple[str, ...]) -> bool:
    """ "Pulled out to make room for civilians": who has no state is no one whom one leaves."""
    return any(scene.actors.actors[a].country for a in actors if a in scene.actors.actors)


def _no_visitor(scene: Scene, verb: int) -> bool:
    """Soldiers, arms and goods that arrive somewhere pay no visit."""
    subject = scene.tree.subject(verb)
    if subject is None:
        return False
    classes = load_classes()
    return any(
        in_class(scene, subject, classes[name]) for name in ("troops", "weapons", "vessels", "aid", "police")
    )


def _confidence(frame: Frame, sources: tuple[str, ...], recipients: tuple[str, ...]) -> float:
    return round(0.7 + 0.05 * min(frame.weight, 2) + 0.1 * bool(sources) + 0.05 * bool(recipients), 2)


def _mutual(
    scene: Scene, verb: int, frame: Frame, sources: tuple[str, ...], objects: list[int]
) -> Coding | None:
    """Meetings and calls: all who take part are actors and nobody is the recipient (manual, rule 7)."""
    others = unite(scene.refer(noun) for noun in objects) if objects else ()
    if scene.tree.passive(verb):
        others = unite(scene.refer(noun) for noun in objects)
    if not others and "p:none" not in frame.recipient:
        others = resolve(scene, ("p:with", "pp:with", "p:to"), verb, objects)
    if "both!named" in frame.recipient and not (sources and others and set(others) - set(sources)):
        return None
    everyone = unite([sources or scene.two_before(verb), others])
    told_alone = scene.tree.passive(verb) and not sources  # "was briefed": by whom, nobody says
    if len(everyone) < 1 or ((frame.bare or told_alone) and len(everyone) < 2):
        return None
    return _meeting(scene, verb, frame, everyone, objects)


def _meeting(scene: Scene, verb: int, frame: Frame, everyone: tuple[str, ...], objects: list[int]) -> Coding:
    mode = frame.mode if frame.mode != "visit" else None
    cameo = frame.cameo if frame.mode != "visit" else "044"
    covers = _covers(scene, verb, frame, objects)
    return Coding(frame.type, mode, cameo, everyone, (), verb, verb, verb, "happened",
                  scene.tree.lemma[verb], 0.85, covers)  # fmt: skip


def _is_letter(scene: Scene, verb: int, recipients: tuple[str, ...]) -> bool:
    """A letter has one who writes and one who gets it; nobody meets."""
    return bool(recipients) and scene.tree.lemma[verb] in load_words().tables["letters"]["verbs"]


def _of_nominal_subject(
    scene: Scene, objects: list[int], recipients: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """ "Talks between A and B were held": the actors hang on the noun."""
    between = resolve(scene, ("op:between", "op:of", "op:by", "oposs"), 0, objects)
    return between, tuple(r for r in recipients if r not in between)


def _by_deed(scene: Scene, verb: int, frame: Frame) -> tuple[str, ...]:
    """Who did it when only the deed names them ("killed in an attack by …", "in Israeli air strikes")."""
    if frame.type not in ("ASSAULT", "COERCE") or not (scene.tree.passive(verb) or "subj" in frame.recipient):
        return ()
    deeds = load_classes()["attack"]
    for preposition, noun in scene.tree.preps(verb):
        if preposition in ("in", "during", "by", "from", "after") and in_class(scene, noun, deeds):
            found = resolve(scene, ("op:by", "op:from", "oposs"), verb, [noun])
            inner = [n for _, n in scene.tree.preps(noun)]
            found = found or resolve(scene, ("op:by",), verb, inner)  # "an attack on a patrol by …"
            if found:
                return found
    return ()


def _kind(
    scene: Scene, verb: int, frame: Frame, sources: tuple[str, ...], recipients: tuple[str, ...]
) -> tuple[str, str | None, str | None]:
    if frame.type == "EXERCISE":
        joint = len(sources) > 1 or recipients or _has_word(scene, verb, "joint")
        return ("COOPERATE", None, "062") if joint else ("MOBILIZE", "troops", "150")
    if frame.type == "BLOCK":
        return (
            ("COERCE", "restrict", "191")
            if _official(scene, verb, sources)
            else ("PROTEST", "obstruct", "144")
        )
    return frame.type, frame.mode, frame.cameo


def _is_no_act(scene: Scene, verb: int, frame: Frame, sources: tuple[str, ...]) -> bool:
    """ "A diplomat who works with X" tells who he is; a school's drill moves no troops."""
    if frame.type == "COOPERATE" and scene.tree.lemma[verb] == "work":
        return scene.tree.dep[verb] == "relcl"
    return frame.type == "EXERCISE" and bool(sources) and not _official(scene, verb, sources)


def _is_alarm(scene: Scene, objects: list[int], frame: Frame) -> bool:
    """ "Relief officials voiced alarm": worry that is laid at nobody's door accuses nobody."""
    worry = any(scene.tree.lemma[n] in ("alarm", "concern", "worry", "fear") for n in objects)
    return worry and frame.type == "ACCUSE"


def _official(scene: Scene, verb: int, sources: tuple[str, ...]) -> bool:
    subject = scene.tree.subject(verb)
    if (
        subject is not None
        and scene.tree.tag[subject] in ("NNPS", "NNS")
        and scene.tree.ent[subject] == "NORP"
    ):
        return False
    actors = [scene.actors.actors[s] for s in sources if s in scene.actors.actors]
    return any(a.sector in _STATE_SECTORS or a.type == "state" for a in actors)


def _has_word(scene: Scene, verb: int, word: str) -> bool:
    tree = scene.tree
    return any(tree.lower[kid] == word for noun in tree.patients(verb) for kid in tree.kids[noun])


def _covers(scene: Scene, verb: int, frame: Frame, objects: list[int]) -> tuple[int, ...]:
    """The trigger and the event nouns that belong to it."""
    tree = scene.tree
    found = {verb}
    subject = tree.subject(verb)
    for noun in [*objects, *([subject] if subject is not None else [])]:
        if tree.dep[verb] != "relcl" or tree.head[verb] != noun:  # "the raid that X condemned" is told too
            found.update((noun, scene.meaning(noun)))
    known = load_nouns()
    for purpose in tree.deps(verb, "advcl", "xcomp"):
        voiced = frame.type == "PROTEST" and tree.tag[purpose] == "VBG"  # demands made by demonstrating
        if (tree.tag[purpose] == "VB" or voiced) and purpose > verb:
            found.update(tree.subtree(purpose))  # what it was done for is no second event
    for result in tree.deps(verb, "advcl"):  # "attacked a camp, killing 156 people"
        if tree.tag[result] == "VBG" and frame.type == "ASSAULT" and _frame_type(scene, result) == "ASSAULT":
            found.add(result)
    if frame.type == "REJECT":
        found.update(i for noun in objects for i in tree.subtree(noun))
    if frame.type in ("ACCUSE", "SUPPORT", "REJECT", "THREATEN", "CONCEDE", "AGREE"):
        for noun in objects:
            for clause in tree.deps(noun, "acl", "relcl"):
                if tree.tag[clause] in ("VB", "VBG"):
                    found.update(tree.subtree(clause))
    if frame.type == "ACCUSE":
        for _, clause in tree.preps(verb):  # "accused X of …": a claim, kept only where a statement holds it
            if tree.pos[clause] == "VERB" and NARRATOR in scene.asserted_by(clause):
                found.update(tree.subtree(clause))
    for preposition, noun in phrases(scene, verb):
        if frame.type in ("ACCUSE", "SUPPORT", "REJECT", "THREATEN") or preposition in (
            "in",
            "for",
            "to",
            "on",
            "during",
        ):
            found.update(
                i for i in (noun, scene.meaning(noun)) if tree.pos[i] == "NOUN" and _any(scene, i, known)
            )
    return tuple(sorted(found))


def _frame_type(scene: Scene, verb: int) -> str | None:
    frame = match_verb(scene, verb)
    return frame.type if frame is not None else None


def _any(scene: Scene, noun: int, known: dict[str, NounFrame]) -> bool:
    return any(key in known for key in scene.keys(noun))


def _by_tense(scene: Scene, verb: int, coding: Coding) -> Coding:
    """Apply tense, negation and the speaker's own promise or threat."""
    tree = scene.tree
    status = verb_status(scene, verb)
    above = tree.head[verb]
    if status in ("happened", "ongoing") and (_is_aside(scene, verb, coding) or _arranges(coding)):
        status = "planned"
    if status == "ongoing" and _is_scheduled(scene, verb):
        status = "planned"
    if coding.type == "ASSAULT" and tree.dep[verb] == "xcomp" and tree.lemma[above] in ("try", "attempt"):
        status = verb_status(scene, above)  # an attempt on someone's life is an assault
    if status == "planned" and tree.lemma[above] == "vote" and coding.type in _VOTED:
        return replace(coding, status=verb_status(scene, above))  # the vote itself backs or condemns
    negated, future = is_negated(tree, verb), is_future(tree, verb)
    unable = any(tree.lower[k] in ("can", "could", "ca") for k in tree.deps(verb, "aux"))
    speech = _speech(scene, verb)
    own = speech is not None and one_side(scene, coding.sources, scene.refer(speech[1]))
    if (
        speech
        and not coding.sources
        and future
        and tree.lemma[speech[0]] in ("announce", "promise", "pledge")
    ):
        coding, own = replace(coding, sources=scene.refer(speech[1])), True
        if coding.sources and coding.type in YIELDING and not negated:
            return replace(to_come(coding), status="happened", at=speech[0])
    if own and tree.subject(verb) is not None and tree.passive(verb):
        own = False
    refuses = negated and (future or (unable and own)) and status == "denied"
    if refuses and coding.type in COOPERATIVE | YIELDING:
        refusal = _promised_by(scene, verb, refused(without_place(coding)), coding)
        return replace(refusal, status="happened", at=speech[0] if own and speech else verb)
    if status == "denied" and coding.type in COOPERATIVE | YIELDING and is_disowned(tree, verb):
        refusal = _promised_by(scene, verb, refused(without_place(coding)), coding)
        return replace(refusal, status="happened")
    if own and speech and future and coding.type == "THREATEN" and status != "denied":
        return replace(coding, status="happened", at=speech[0])
    if status == "planned" or (future and own and status == "hypothetical" and not _conditional(scene, verb)):
        if coding.type in HOSTILE and own and speech and future:
            spoken = scene.refer(speech[1]) or coding.sources  # the threat is the speaker's
            others = tuple(r for r in coding.recipients if r not in spoken)
            return replace(threatened(coding), status="happened", at=speech[0], sources=spoken,
                           recipients=others)  # fmt: skip
        made = _promised_by(scene, verb, to_come(coding), coding)
        if own and speech and future and made.type in ("AGREE", "CONCEDE") and coding.type != "CONSULT":
            return replace(made, status="happened", at=speech[0])
        return replace(made, status="planned")
    told = speech is not None and future and tree.tag[speech[0]] == "VBD" and not _conditional(scene, verb)
    if told and status == "hypothetical" and _would(scene, verb):
        return replace(coding, status="planned")  # "announced that ships would be turned back"
    if negated and own and coding.type == "ASSAULT" and speech:
        return replace(coding, status="denied")
    return replace(coding, status=status)


def _is_scheduled(scene: Scene, verb: int) -> bool:
    """ "Leaves tomorrow", "meets on Tuesday": a present with a day to come."""
    now, told = scene.article.published.last_day, scene.date(verb)
    day = told.first_day if told.span is not None else None
    return scene.tree.tag[verb] in ("VBZ", "VBP") and now is not None and day is not None and day > now


def _would(scene: Scene, verb: int) -> bool:
    """ "Would": what "will" becomes behind "said"."""
    return any(scene.tree.lower[k] in ("would", "'d") for k in scene.tree.deps(verb, "aux"))


def _is_aside(scene: Scene, verb: int, coding: Coding) -> bool:
    """ "Will speak at a conference attended by X": what is yet to be is no meeting held."""
    told = coding.type == "CONSULT" and scene.tree.dep[verb] == "acl"
    return told and is_within_plan(scene.tree, verb)


def _arranges(coding: Coding) -> bool:
    """ "Planned talks": they are to come, and nobody agreed to anything just now."""
    to_meet = (coding.type, coding.cameo) == ("AGREE", "036")
    return to_meet and coding.lemma in load_words().tables["intent"]["arranges"]


def _promised_by(scene: Scene, verb: int, made: Coding, coding: Coding) -> Coding:
    """A meeting to come is agreed by who speaks of it, with the others."""
    if coding.type != "CONSULT" or coding.recipients:
        return made
    sources = doer(scene, verb) or coding.sources
    return replace(made, sources=sources, recipients=tuple(a for a in coding.sources if a not in sources))


def _conditional(scene: Scene, verb: int) -> bool:
    """Under "if", with "could", or "only as a last resort"."""
    marks = load_words().tables["mark"]["hypothetical"]
    tree = scene.tree
    return (
        any(tree.dep[k] == "mark" and tree.lower[k] in marks for k in tree.kids[verb])
        or any(tree.lower[k] in ("could", "might", "may", "can", "should") for k in tree.deps(verb, "aux"))
        or any(tree.lower[k] == "only" for p in tree.deps(verb, "prep") for k in (p - 1, *tree.kids[p]))
    )


def _speech(scene: Scene, verb: int) -> tuple[int, int] | None:
    """The verb of saying over a clause and its subject: (verb, subject)."""
    tree, at = scene.tree, verb
    while tree.dep[at] == "conj" and tree.pos[tree.head[at]] in ("VERB", "AUX"):
        at = tree.head[at]
    above = tree.head[at]
    if tree.dep[at] not in ("ccomp", "parataxis") or tree.lemma[above] not in load_words().saying:
        return None
    subject = tree.subject(above)
    return (above, subject) if subject is not None else None
