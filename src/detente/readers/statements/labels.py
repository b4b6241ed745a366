"""Transcripts: a speaker's label in capitals opens the paragraph ("LAVROV: …", "MR. GIBBS: …", "Q: …").

A rule and no training: the form is exact. On PolNeAR's training part 14 of the 20 paragraphs of this
form that are annotated at all are statements of the one named, hence the confidence.
"""

from __future__ import annotations

from detente.readers.statements.contents import trim
from detente.readers.statements.view import View

CONFIDENCE = 0.7
_LONGEST = 6


def find_labels(view: View) -> list[tuple[int, tuple[int, int], tuple[int, int]]]:
    """The labelled paragraphs: the colon, the label's tokens and the content's."""
    found = []
    for number in range(len(view.paragraphs)):
        begin, stop = view.paragraph_range(number)
        colon = next((i for i in range(begin + 1, min(stop, begin + _LONGEST)) if view.text[i] == ":"), -1)
        if colon < 0 or not _in_capitals(view.text[begin:colon]):
            continue
        content = trim(view, colon + 1, stop)
        if content and content[1] - content[0] >= 3:
            found.append((colon, (begin, colon), content))
    return found


def _in_capitals(words: list[str]) -> bool:
    letters = [w for w in words if any(c.isalpha() for c in w)]
    return bool(letters) and all(w == w.upper() for w in letters)
