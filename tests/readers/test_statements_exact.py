"""Reported speech in the exact forms of newspapers, whatever the parse makes of the sentence."""

from __future__ import annotations

import pytest

from tests.readers.statement_cases import read_texts

# (text, the words said, the words of the speaker)
FORMS = [
    (
        "Nine divers were saved off the cape yesterday and two drowned when a boat from the north sank, the"
        " harbour office said.",
        ["Nine divers were saved off the cape yesterday and two drowned when a boat from the north sank"],
        "the harbour office",
    ),
    (
        "The two sides are ready to talk about the reefs, the office of the Danish president said yesterday after"
        " a conference in which he spoke with the chancellor and the head of the bank, Jan Dolk.",
        ["The two sides are ready to talk about the reefs"],
        "the office of the Danish president",
    ),
    (
        "It was the peak of folly, said the vice-president, Emre Dal, to call for talks and lay mines at once.",
        ["It was the peak of folly", "to call for talks and lay mines at once"],
        "president",
    ),
    (
        "Jan Dolk, the rebel leader, told the union's special envoy, Emre Dal, in a telephone conversation that"
        " any further raid would be an act of war.",
        ["any further raid would be an act of war"],
        "Jan Dolk",
    ),
    (
        "Norway, it was stressed at the Foreign Ministry, opposes any wider patrol and would stay away.",
        ["Norway", "opposes any wider patrol and would stay away"],
        "the Foreign Ministry",
    ),
    (
        "The two ministers, officials said afterwards, had agreed that the fishing must go on.",
        ["The two ministers", "had agreed that the fishing must go on"],
        "officials",
    ),
    (
        "Arms from abroad for the islanders will be seen as a hostile act, the decision states.",
        ["Arms from abroad for the islanders will be seen as a hostile act"],
        "the decision",
    ),
]


@pytest.mark.parametrize(("text", "said", "speaker"), FORMS)
def test_an_exact_form_gives_all_of_what_is_said(text: str, said: list[str], speaker: str) -> None:
    outer = max(read_texts([text])[0].statements, key=lambda s: sum(c.end - c.start for c in s.content))
    assert outer.speaker is not None
    assert [text[c.start : c.end] for c in outer.content] == said
    assert speaker in text[outer.speaker.start : outer.speaker.end]


NO_FORMS = [
    "When the funds were cut in the spring, Norway said enough.",
    "The port was closed, a step the captain announced in May.",
]


@pytest.mark.parametrize("text", NO_FORMS)
def test_a_clause_that_hangs_on_the_saying_is_not_said(text: str) -> None:
    said = [text[c.start : c.end] for s in read_texts([text])[0].statements for c in s.content]
    assert not any(words.startswith(("When", "The port was closed")) for words in said)
