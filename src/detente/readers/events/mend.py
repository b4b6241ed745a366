"""Mends what the parse gets wrong in ways that grammar alone can tell.

Each mend looks at forms that no reading of the sentence allows as parsed: a bare infinitive beside a
finite verb, a past tense beside "could lead", a relative clause that does not touch its noun. They work
on the plain lists of :mod:`detente.readers.events.tree` and change the lists in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.readers.events.lexicon import known_verbs, load_operators, load_words, verb_forms

if TYPE_CHECKING:
    from detente.readers.events.tree import Tree

_FINITE = ("VBD", "VBZ", "VBP")
_DASHES = ("--", "—", "–", ":", "):")
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
_HELD = ("nsubj", "nsubjpass", "dobj")


def mend(tree: Tree) -> None:
    """Put right lemmas, hyphens, datelines and attachments."""
    _lemmas(tree)
    _hyphens(tree)
    _dateline(tree)
    dep, lower = tree.dep, tree.lower
    for i in range(len(tree)):
        if dep[i] in _HELD and tree.pos[i] == "NOUN":
            _title_before_name(tree, i)
        relation = dep[i]
        if relation == "conj":
            _conjunct(tree, i)
        elif relation == "amod":
            _verb_before_object(tree, i)
        elif relation == "acl":
            _verb_after_subject(tree, i)
        elif relation == "oprd":
            _called(tree, i)
        elif relation == "relcl":
            _relative(tree, i)
        elif relation == "ccomp":
            _relative_taken_for_content(tree, i)
            _before_semicolon(tree, i)
            _subject_taken_for_object(tree, i)
        elif relation == "nsubj":
            _second_subject(tree, i)
            _past_of_root(tree, i)
        elif relation == "mark" and lower[i] == "for":
            _for_whom(tree, i)
        elif relation == "agent":
            _by_means(tree, i)
        elif relation == "dobj":
            _told_at_end(tree, i)
            _day_taken_for_object(tree, i)
            _to_whom(tree, i)
        elif relation == "acomp":
            _passive_taken_for_state(tree, i)
        elif relation in ("advcl", "dep"):
            _speech_behind_comma(tree, i)
        elif relation == "npadvmod":
            _time_given(tree, i)
        elif relation == "punct" and lower[i] == ":":
            _after_colon(tree, i)


def _move(tree: Tree, token: int, head: int, relation: str) -> None:
    """Hang a token on another head; never under itself."""
    if head in tree.subtree(token):
        return
    tree.kids[tree.head[token]].remove(token)
    tree.head[token], tree.dep[token] = head, relation
    tree.kids[head] = sorted([*tree.kids[head], token])


def _conjunct(tree: Tree, token: int) -> None:
    above = tree.head[token]
    if tree.pos[token] in ("VERB", "AUX") and tree.pos[above] in ("VERB", "AUX"):
        _past_like_stem(tree, token)
        _verb_beside(tree, token, above)
    elif tree.ent[token] == "PERSON" and tree.ent[above] == "GPE":
        _person_beside(tree, token, above)
    elif tree.ent[token] == "GPE" and tree.pos[above] == "NOUN":
        _one_of_list(tree, token, above)


def _past_like_stem(tree: Tree, verb: int) -> None:
    """ "Accused it of that and shut its ports": a form like another is read as the verb before it."""
    first = verb
    while tree.dep[first] == "conj" and tree.head[first] != first:
        first = tree.head[first]
    alike = tree.lemma[verb] in load_words().tables["invariant"]["verbs"]
    if tree.deps(verb, "aux", "auxpass", "nsubj", "nsubjpass"):
        return
    helpers = tree.deps(first, "aux", "auxpass")
    if tree.tag[verb] == "VB" and tree.tag[first] == "VBD" and not helpers and alike:
        tree.tag[verb] = "VBD"
    modal = tree.tag[first] == "VB" and any(tree.tag[k] == "MD" for k in helpers)
    if modal and (tree.tag[verb] == "VBP" or (alike and tree.tag[verb] in ("VBD", "VBN"))):
        tree.tag[verb] = "VB"  # "must close the paper and pay"


def _person_beside(tree: Tree, person: int, country: int) -> None:
    """ "X of Egypt, Y of Libya and Z of Chad met": Y stands beside X, not beside his country."""
    preposition = tree.head[country]
    if tree.dep[country] != "pobj" or tree.lower[preposition] not in ("of", "from"):
        return
    first = tree.head[preposition]
    if tree.ent[first] == "PERSON" and first < person:
        _move(tree, person, first, "conj")


def _verb_before_object(tree: Tree, verb: int) -> None:
    """ "The chief withdrew troops" taken for one noun phrase: the sentence has no other verb."""
    noun = tree.head[verb]
    if tree.tag[verb] not in ("VBD", "VBN") or tree.dep[noun] != "ROOT" or tree.pos[noun] != "NOUN":
        return
    who = verb - 1
    if who < 0 or tree.head[who] != noun or tree.dep[who] not in ("nmod", "compound"):
        return
    if tree.lemma[verb] not in known_verbs() or any(tree.pos[k] == "AUX" for k in tree.subtree(noun)):
        return
    tree.kids[noun].remove(verb)
    tree.head[verb], tree.dep[verb], tree.tag[verb], tree.pos[verb] = verb, "ROOT", "VBD", "VERB"
    tree.head[noun], tree.dep[noun] = verb, "dobj"
    tree.kids[verb] = sorted([*tree.kids[verb], noun])
    _move(tree, who, verb, "nsubj")
    for kid in list(tree.kids[noun]):
        if tree.dep[kid] == "advcl" or kid < who:
            _move(tree, kid, who if kid < who else verb, tree.dep[kid])


def _verb_after_subject(tree: Tree, verb: int) -> None:
    """ "Anti-war groups called on workers to …" taken for a noun with a participle."""
    noun = tree.head[verb]
    active = tree.first(verb, "dobj", "xcomp", "ccomp") is not None and tree.first(verb, "agent") is None
    if tree.dep[noun] != "ROOT" or tree.tag[verb] not in ("VBN", "VBD") or not active:
        return
    if tree.pos[noun] not in ("NOUN", "PROPN") or tree.lemma[verb] not in known_verbs():
        return
    if any(tree.tag[k] in ("VBD", "VBZ", "VBP", "MD") and k != verb for k in tree.subtree(noun)):
        return
    tree.kids[noun].remove(verb)
    tree.head[verb], tree.dep[verb], tree.tag[verb] = verb, "ROOT", "VBD"
    tree.head[noun], tree.dep[noun] = verb, "nsubj"
    tree.kids[verb] = sorted([*tree.kids[verb], noun])


def _called(tree: Tree, name: int) -> None:
    """ "Called President X on Friday": whom one calls is no name that one gives."""
    verb = tree.head[name]
    if tree.lemma[verb] == "call" and tree.ent[name] == "PERSON" and tree.first(verb, "dobj") is None:
        tree.dep[name] = "dobj"


def _verb_beside(tree: Tree, verb: int, above: int) -> None:
    """A coordinated verb belongs beside one of its own form."""
    if tree.first(verb, "nsubj", "nsubjpass", "expl") is not None:
        return
    aided = tree.first(verb, "aux", "auxpass") is not None
    finite = tree.tag[verb] == "VBD" or (tree.tag[verb] == "VBN" and tree.deps(verb, "dobj"))
    if finite and not aided and tree.tag[above] == "VB":
        at = above  # "warned that X could lead to war and rejected …"
        while tree.head[at] != at and tree.tag[at] not in _FINITE:
            at = tree.head[at]
        if tree.tag[at] == "VBD" and at != above:
            _move(tree, verb, at, "conj")
    elif tree.tag[verb] == "VB" and tree.tag[above] in (*_FINITE, "VBG"):
        _bare_beside(tree, verb, above, aided)


def _bare_beside(tree: Tree, verb: int, above: int, aided: bool) -> None:
    """ "Is pushing for X to return …, accept …", "denied that X had sent, or would send, …"."""
    modal = any(tree.tag[kid] == "MD" for kid in tree.deps(verb, "aux"))
    wanted = ("ccomp",) if modal else ("advcl", "xcomp", "ccomp")
    if aided and not modal:
        return
    for clause in reversed(tree.deps(above, *wanted)):
        if above < clause < verb and (modal or tree.tag[clause] == "VB"):
            _move(tree, verb, clause, "conj")
            return


def _one_of_list(tree: Tree, place: int, noun: int) -> None:
    """ "The foreign ministers of A, B and C": B and C stand beside A."""
    for preposition in tree.deps(noun, "prep"):
        first = tree.first(preposition, "pobj")
        if first is not None and tree.lower[preposition] == "of" and first < place:
            if tree.ent[first] == "GPE" and tree.tag[noun] == "NNS":
                _move(tree, place, first, "conj")
            return


def _title_before_name(tree: Tree, title: int) -> None:
    """ "Gazprom chief engineer X was arrested": with no comma between, the name is who, the title what."""
    name = title
    while name + 1 < len(tree) and tree.ent[name + 1] == "PERSON" and tree.pos[name + 1] == "PROPN":
        name += 1
    beside = tree.head[name] == tree.head[title] and tree.dep[name] == tree.dep[title]
    if name == title or not (beside or (tree.dep[name] == "appos" and tree.head[name] == title)):
        return
    if not beside:
        _move(tree, name, tree.head[title], tree.dep[title])
    _move(tree, title, name, "compound")


def _second_subject(tree: Tree, noun: int) -> None:
    """ "X briefed A, and B urged him": of a verb's two subjects the one behind "and" is its own."""
    verb = tree.head[noun]
    nearer = next((k for k in tree.deps(verb, "nsubj") if noun < k < verb), None)
    if nearer is not None and any(noun < k < nearer for k in tree.deps(noun, "cc")):
        tree.dep[noun] = "dep"


def _to_whom(tree: Tree, noun: int) -> None:
    """ "Gave the envoy, whose visa it revoked, two days": of two objects the first is who gets the second."""
    verb = tree.head[noun]
    if tree.lemma[verb] not in load_words().tables["ditransitive"]["verbs"] or tree.first(verb, "dative"):
        return
    second = next((k for k in tree.deps(verb, "dobj") if k > noun), None)
    if second is not None and tree.tag[noun] not in ("WDT", "WP"):
        tree.dep[noun] = "dative"


def _time_given(tree: Tree, span: int) -> None:
    """ "Gave the junta a week to free him": the week is what is given, and not when."""
    verb = tree.head[span]
    after = tree.lower[span + 1 : span + 2] == ["to"] and tree.tag[span + 2 : span + 3] == ["VB"]
    if tree.lemma[verb] not in load_words().tables["ditransitive"]["verbs"] or not after:
        return
    whom = next((k for k in tree.deps(verb, "dative", "dobj") if verb < k < span), None)
    if whom is not None:
        tree.dep[whom], tree.dep[span] = "dative", "dobj"


def _speech_behind_comma(tree: Tree, verb: int) -> None:
    """ "Gave them a week to free him, threatening to use force": who speaks is who does the main verb."""
    above, first = tree.head[verb], min(tree.subtree(verb))
    spoken = tree.lemma[verb] in load_operators() or tree.lemma[verb] in load_words().saying
    if tree.tag[verb] != "VBG" or not spoken or verb != first or tree.lower[first - 1] != ",":
        return
    if tree.tag[above] != "VB" or not any(tree.lower[k] == "to" for k in tree.deps(above, "aux")):
        return
    at = above
    while tree.head[at] != at and tree.tag[at] not in _FINITE:
        at = tree.head[at]
    if tree.tag[at] == "VBD" and tree.pos[at] == "VERB":
        _move(tree, verb, at, "advcl")


def _day_taken_for_object(tree: Tree, noun: int) -> None:
    """ "Sets out tomorrow for X": a day is no object."""
    if tree.lower[noun] in ("today", "tomorrow", "yesterday", "tonight"):
        tree.dep[noun] = "npadvmod"


def _told_at_end(tree: Tree, verb: int) -> None:
    """ "Has landed in X, state radio in Y reports": a finite verb is no object."""
    if tree.tag[verb] not in _FINITE or tree.lemma[verb] not in load_words().saying:
        return
    comma = max((i for i in range(tree.head[verb], verb) if tree.lower[i] == ","), default=None)
    if comma is None:
        return
    inside = range(comma + 1, verb)
    who = next((i for i in inside if tree.head[i] <= comma and tree.pos[i] in _NOMINAL), None)
    root = tree.head[verb]
    while tree.head[root] != root:
        root = tree.head[root]
    if who is None or root > comma:
        return
    _move(tree, verb, root, "parataxis")
    _move(tree, who, verb, "nsubj")


def _passive_taken_for_state(tree: Tree, verb: int) -> None:
    """ "Borders were closed and assets frozen": a participle behind "was" told as an event, not a state."""
    be = tree.head[verb]
    told = tree.lower[be] in ("was", "were", "been") and tree.lemma[verb] in known_verbs()
    if tree.tag[verb] != "VBN" or not told or tree.lemma[verb] in load_words().stative or be > verb:
        return
    above, relation = tree.head[be], tree.dep[be]
    tree.kids[be].remove(verb)
    tree.head[verb], tree.dep[verb] = (verb, "ROOT") if above == be else (above, relation)
    if above != be:
        tree.kids[above] = sorted([*(k for k in tree.kids[above] if k != be), verb])
    for kid in list(tree.kids[be]):
        _move(tree, kid, verb, "nsubjpass" if tree.dep[kid] == "nsubj" else tree.dep[kid])
    tree.head[be], tree.dep[be] = verb, "auxpass"
    tree.kids[verb] = sorted([*tree.kids[verb], be])


def _past_of_root(tree: Tree, noun: int) -> None:
    """ "X, the envoy, talked by telephone with Y": a sentence needs a finite verb, a participle is none."""
    verb = tree.head[noun]
    if tree.dep[verb] == "ROOT" and tree.tag[verb] == "VBN" and not tree.deps(verb, "aux", "auxpass"):
        tree.tag[verb] = "VBD"


def _by_means(tree: Tree, by: int) -> None:
    """ "Talked by telephone", "sent by sea": how something is done, not who does it."""
    means = tree.deps(by, "pobj")
    if means and all(_is_means(tree, noun) for noun in means):
        tree.dep[by] = "prep"


def _is_means(tree: Tree, noun: int) -> bool:
    bare = not tree.deps(noun, "det", "poss", "amod", "nummod")
    return bare and tree.lemma[noun] in load_words().tables["means"]["nouns"]


def _before_semicolon(tree: Tree, verb: int) -> None:
    """ "X is said to have urged it; a spokesman declined to comment": two sentences, no content."""
    if tree.dep[verb] == "ccomp" and ";" in tree.lower[verb : tree.head[verb]]:
        tree.dep[verb] = "dep"


def _subject_taken_for_object(tree: Tree, verb: int) -> None:
    """ "Said the premier, in his letter, had agreed": a finite clause needs a subject, saying no object."""
    above = tree.head[verb]
    if tree.lemma[above] != "say" or tree.first(verb, "nsubj", "nsubjpass", "expl") is not None:
        return
    aux = tree.deps(verb, "aux", "auxpass")
    finite = tree.tag[verb] in _FINITE or any(tree.tag[k] in (*_FINITE, "MD") for k in aux)
    who = next((k for k in tree.deps(above, "dobj") if above < k < verb), None)
    start = min(tree.subtree(verb))
    if who is None or not finite or who > start or tree.lower[start - 1] != ",":
        return
    _move(tree, who, verb, "nsubjpass" if tree.first(verb, "auxpass") is not None else "nsubj")
    for kid in list(tree.kids[above]):
        if who < kid < verb:
            _move(tree, kid, verb, tree.dep[kid])


def _that_relative(tree: Tree, verb: int) -> None:
    """ "Invade X after its annexation of Y that Z condemned": "that" tells of the common noun before it.

    A clause with "that" touches its noun, and no proper name takes one.
    """
    that = next((k for k in tree.deps(verb, "dobj", "nsubj", "nsubjpass") if tree.lower[k] == "that"), None)
    if that is None or not 0 < that < verb or that != min(tree.subtree(verb)):
        return
    noun = that - 1
    while tree.pos[noun] in ("PROPN", "ADP") and tree.dep[noun] in ("pobj", "prep"):
        noun = tree.head[noun]
    above = tree.head[verb]
    if tree.pos[noun] == "NOUN" and noun < that - 1 and above != noun and tree.pos[above] == "PROPN":
        _move(tree, verb, noun, "relcl")


def _relative(tree: Tree, verb: int) -> None:
    """ "A member of a government Moscow has recognised": a clause without "that" touches its noun."""
    _that_relative(tree, verb)
    _of_so_many(tree, verb)
    own = tree.first(verb, "nsubj")
    if own is None or tree.tag[verb] == "VBG":
        return
    inside = tree.subtree(verb)
    if any(
        tree.tag[i] in ("WDT", "WP", "WP$", "WRB", "IN") and tree.head[i] == verb and i < own for i in inside
    ):
        return
    before = min(inside) - 1
    head = tree.head[verb]
    if before > head and tree.pos[before] in ("NOUN", "PROPN") and before in tree.subtree(head):
        _move(tree, verb, before, "relcl")


def _of_so_many(tree: Tree, verb: int) -> None:
    """ "A town of some 25,000 which the army gave up": what is given up is the town."""
    number = tree.head[verb]
    which = any(tree.lower[k] == "which" for k in tree.deps(verb, "dobj", "nsubj", "nsubjpass"))
    if not which or tree.tag[number] != "CD" or tree.dep[number] != "pobj":
        return
    of = tree.head[number]
    if tree.lower[of] == "of" and tree.pos[tree.head[of]] == "NOUN":
        _move(tree, verb, tree.head[of], "relcl")


def _relative_taken_for_content(tree: Tree, verb: int) -> None:
    """ "Began the annexation of X that Y has condemned": with "that" as its object it tells of a noun."""
    that = next((k for k in tree.deps(verb, "dobj") if tree.lower[k] in ("that", "which")), None)
    if that is not None and 0 < that < verb and tree.pos[that - 1] in ("NOUN", "PROPN"):
        at = noun = that - 1
        while tree.dep[at] in ("pobj", "prep") and tree.head[at] > tree.head[verb]:
            at = tree.head[at]
            noun = at if tree.pos[at] in ("NOUN", "PROPN") else noun
        _move(tree, verb, noun, "relcl")


def _for_whom(tree: Tree, mark: int) -> None:
    """ "For Mali to hold elections": Mali is who holds them."""
    verb = tree.head[mark]
    who = tree.first(mark, "pobj")
    if who is not None and tree.tag[verb] == "VB" and tree.first(verb, "nsubj", "nsubjpass") is None:
        passive = any(tree.dep[kid] == "auxpass" for kid in tree.kids[verb])
        _move(tree, who, verb, "nsubjpass" if passive else "nsubj")


def _after_colon(tree: Tree, colon: int) -> None:
    """ "Appealed for a pause: no arms, no raids": what a colon lists is no object of the verb."""
    verb = tree.head[colon]
    if tree.pos[verb] not in ("VERB", "AUX"):
        return
    for kid in tree.kids[verb]:
        if kid > colon and tree.dep[kid] == "dobj" and tree.pos[kid] in _NOMINAL:
            tree.dep[kid] = "dep"


def _dateline(tree: Tree) -> None:
    """ "MIAMI -- Cuban exiles denounced …": a dateline is nobody's subject."""
    dash = next((i for i, word in enumerate(tree.lower[:9]) if word in _DASHES), None)
    if not dash or not all(_in_dateline(tree, i) for i in range(dash)):
        return
    for place in range(dash):
        verb = tree.head[place]
        if tree.dep[place] not in ("nsubj", "nsubjpass") or verb < dash:
            continue
        renamed = next((k for k in tree.kids[place] if k > dash and tree.dep[k] == "appos"), None)
        alone = renamed is None and len(tree.deps(verb, "nsubj", "nsubjpass")) < 2
        if tree.lower[dash][-1] == ":" and alone:
            continue
        relation, tree.dep[place] = tree.dep[place], "dep"
        if renamed is not None and tree.first(verb, "nsubj", "nsubjpass") is None:
            tree.dep[renamed], tree.head[renamed] = relation, verb
            tree.kids[place].remove(renamed)
            tree.kids[verb] = sorted([*tree.kids[verb], renamed])


def _in_dateline(tree: Tree, token: int) -> bool:
    if tree.pos[token] in ("PROPN", "PUNCT", "NUM", "X", "SPACE"):
        return True
    return tree.pos[token] == "DET" and token == 0 and tree.doc[0].text.isupper()


def _lemmas(tree: Tree) -> None:
    """Give a known verb's form its own lemma where the parse made up another."""
    forms = verb_forms()
    for i, pos in enumerate(tree.pos):
        if pos == "VERB":
            lemma = forms.get(tree.lower[i])
            if lemma is not None and tree.lemma[i] != lemma and tree.lemma[i] not in known_verbs():
                tree.lemma[i] = lemma


def _hyphens(tree: Tree) -> None:
    """Give "cease - fire" the lemma "ceasefire" on its head, so that lists need one spelling."""
    joined = load_words().joined
    for i, word in enumerate(tree.lower):
        if word == "-" and 0 < i < len(tree) - 1:
            for glue in ("", "-"):
                whole = tree.lower[i - 1] + glue + tree.lemma[i + 1]
                if whole in joined:
                    tree.lemma[i + 1] = whole
