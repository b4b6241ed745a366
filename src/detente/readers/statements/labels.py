"""Transcripts: a speaker's label in capitals opens the paragraph ("LAVROV: …", "MR. GIBBS: …", "Q: …").

In a transcript names in small letters are labels too ("Stoltenberg: …").

A rule and no training: the form is exact. On PolNeAR's training part 14 of the 20 paragraphs of this
form that are annotated at all are statements of the one named, hence the confidence.
"""

from __future__ import annotations

from collections import Counter

from detente.readers.statements.contents import trim
from detente.readers.statements.view import View

CONFIDENCE = 0.7
_LONGEST = 6
# In a transcript (questions, or a label that comes back) names in small letters are labels too, and may
# say who that is.
_ASKING = ("question", "q", "q.", "reporter", "journalist")
_LONGEST_ASKED = 14


def find_labels(view: View) -> list[tuple[int, tuple[int, int], tuple[int, int]]]:
    """The labelled paragraphs: the colon, the label's tokens and the content's."""
    found = []
    asked = _is_transcript(view)
    for number in range(len(view.paragraphs)):
        begin, stop = view.paragraph_range(number)
        capitals = view.text[begin].isupper() and view.text[begin + 1 : begin + 2] != [":"]
        edge = min(stop, begin + (_LONGEST_ASKED if asked or capitals else _LONGEST))
        colon = next((i for i in range(begin + 1, edge) if view.text[i] == ":"), -1)
        if colon < 0:
            continue
        named = view.text[begin:colon]
        if not (_in_capitals(named) or (asked and _is_name(named))):
            continue
        content = trim(view, colon + 1, stop)
        if content and content[1] - content[0] >= 3:
            found.append((colon, (begin, begin + len(_bare(named))), content))
    return found


def _is_transcript(view: View) -> bool:
    """True where questions are labelled, or one name is the label of two paragraphs."""
    opening = [i for i in view.first if view.text[i + 1 : i + 2] == [":"]]
    if any(view.low[i] in _ASKING for i in opening):
        return True
    names = Counter(
        view.low[i] for i in opening if view.pos[i] == "PROPN" and view.ent[i] not in ("GPE", "LOC")
    )
    return any(count > 1 for count in names.values())


def _bare(words: list[str]) -> list[str]:
    """The label without what stands behind the name in brackets or behind a comma."""
    ends = [words.index(mark) for mark in ("(", ",") if mark in words[1:]]
    return words[: min(ends)] if ends else words


def _is_name(words: list[str]) -> bool:
    """ "Jens Stoltenberg (NATO Secretary General)": two or three capitalised words, then perhaps brackets."""
    bare = _bare(words)
    return len(bare) <= 4 and all(w[:1].isupper() or not w.isalpha() for w in bare) and bare[0].isalpha()


def _in_capitals(words: list[str]) -> bool:
    letters = [w for w in words if any(c.isalpha() for c in w)]
    return bool(letters) and all(w == w.upper() for w in letters)
