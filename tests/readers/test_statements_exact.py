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
        "Her country was merely using its right, she told reporters, and would stop as soon as the boats had left.",
        ["Her country was merely using its right", "and would stop as soon as the boats had left"],
        "she",
    ),
    (
        '"The day is chosen," Jan Dolk, the commissioner for peace of the union, told the press in Accra on Friday, at'
        " the end of a gathering of chiefs of staff from which those of the islands, all ruled by officers, were absent.",
        ["The day is chosen"],
        "Jan Dolk",
    ),
    (
        '"This week we hail a new step towards the freedom of the isle," ran a statement read on the radio.',
        ["This week we hail a new step towards the freedom of the isle"],
        "a statement",
    ),
    (
        "Norway's ministry said in a statement that the raid, launched on two fronts before dawn, had been months in"
        " the planning, and it accused the islanders of bad faith.",
        ["the raid, launched on two fronts before dawn, had been months in the planning"],
        "ministry",
    ),
    (
        "The union's envoy to the isles, Jan Dolk of Norway, urged them to go back to the talks in Accra.",
        ["them to go back to the talks in Accra"],
        "envoy",
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


def test_what_a_text_printed_in_full_reports_is_found() -> None:
    text = (
        '"The ministers met in the harbour and reaffirmed their will to keep the boats in port until the end of May.'
        ' They underlined that there can be no other way."'
    )
    said = [text[c.start : c.end] for s in read_texts([text])[0].statements for c in s.content]
    assert "there can be no other way" in said


def test_a_label_in_capitals_may_say_who_that_is() -> None:
    text = "JAN DOLK, FORMER PRESIDENTIAL ADVISER OF THE ISLES: They eat dry rice and nobody comes."
    [said] = read_texts([text])[0].statements
    assert said.speaker is not None
    assert text[said.speaker.start : said.speaker.end] == "JAN DOLK"


NO_FORMS = [
    "When the funds were cut in the spring, Norway said enough.",
    "The port was closed, a step the captain announced in May.",
]


@pytest.mark.parametrize("text", NO_FORMS)
def test_a_clause_that_hangs_on_the_saying_is_not_said(text: str) -> None:
    said = [text[c.start : c.end] for s in read_texts([text])[0].statements for c in s.content]
    assert not any(words.startswith(("When", "The port was closed")) for words in said)
