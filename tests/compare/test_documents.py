"""A document that several outlets quote: told apart from carried text and from a speaker's words."""

from __future__ import annotations

import pytest

from detente.compare import MemoryPile, compare_pile
from tests.compare.builders import make_article

LEAD = "Ministers gathered at dawn while crowds filled the square and shops stayed shut across the capital."
OTHER = "Prices of bread rose again last week as traders waited for ships that the strike had kept in port."
WORDS = (
    "the two sides will withdraw their forces to the old lines and will open the bridges to carts and cattle"
)
LAW = (
    "Each party shall withdraw its forces behind the line drawn on the annexed map, and neither party shall build "
    "works within ten miles of it so long as this treaty stands."
)


def passages(*articles):
    comparison = compare_pile(MemoryPile(articles))
    return [p.shared for p in comparison.passages()], len(set(comparison.origin_of.values()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"“{WORDS},” the joint statement said.", f"The communique reads “{WORDS}” and no more."),
        (f"According to the declaration, “{WORDS}.”", f"“{WORDS},” the ministers said in a statement."),
        (f"Under the agreement “{WORDS}.”", f"The accord provides that “{WORDS}.”"),
        (f"The text of the accord follows:\n{WORDS.capitalize()}.", f"“{WORDS},” the agreement says."),
    ],
)
def test_a_document_both_quote_links_nobody(one, other):
    found = passages(make_article("a", f"{LEAD}\n{one}"), make_article("b", f"{OTHER}\n{other}"))
    assert found == (["document"], 2)


def test_words_of_a_speaker_are_no_document():
    one = f"“{WORDS.replace('the two sides', 'we')},” the premier told reporters."
    other = f"The premier was plain: “{WORDS.replace('the two sides', 'we')}.”"
    assert passages(make_article("a", f"{LEAD}\n{one}"), make_article("b", f"{OTHER}\n{other}"))[0] == [
        "quotation"
    ]


def test_sentences_of_law_are_a_document_without_quotation_marks():
    a, b = make_article("a", f"{LEAD * 3}\n{LAW}"), make_article("b", f"{OTHER * 3}\n{LAW}")
    assert passages(a, b) == (["document"], 2)


def test_a_document_that_is_nearly_all_of_both_articles_is_one_origin():
    a, b = make_article("a", f"Text of the treaty.\n{LAW}"), make_article("b", f"{LAW}\nIt ends here.")
    assert passages(a, b) == (["document"], 1)


def test_a_carried_report_that_names_a_statement_stays_text():
    story = (
        "The garrison left its barracks before noon and crossed the river in boats, and by evening a statement had "
        "been pinned to the doors of the town hall, where a crowd stood reading it by lamplight."
    )
    a, b = make_article("a", f"{LEAD}\n{story}"), make_article("b", f"{story}\n{OTHER}")
    assert passages(a, b) == (["text"], 1)
