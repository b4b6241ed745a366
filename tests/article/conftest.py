"""Pages made for the tests: invented outlets, people and events."""

from __future__ import annotations

import hashlib

import pytest

from detente.record import Page

PARAGRAPHS = (
    "PARIS — The foreign ministers of the two states met for four hours on Sunday and agreed to keep talking, "
    "officials said, while troops remained on both sides of the disputed border.",
    "“We have some ideas, and both sides made proposals,” the minister told reporters after the meeting at the "
    "embassy. “But the question is whether it is wise to mass troops at this moment.”",
    "The two governments have accused each other of breaking last month's truce, and monitors said on Friday that "
    "they had counted dozens of violations along the line since the beginning of the week.",
    "Neither side gave a date for the next round of negotiations, although diplomats expected it to be held before "
    "the end of the month in a third country that both consider neutral.",
)


@pytest.fixture
def make_page():
    """Build a page from text or markup."""

    def make(content: str, form: str = "text", **values) -> Page:
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
        return Page(values.pop("source", "page.txt"), form, content, digest, **values)

    return make


@pytest.fixture
def paragraphs():
    """Four body paragraphs of news."""
    return PARAGRAPHS


@pytest.fixture
def dump(paragraphs):
    """A page as a plain-text dump: furniture before and after four paragraphs."""
    return "\n\n".join(
        [
            "Home\nWorld\nPolitics\nSign in",
            "Ministers agree to keep talking after border meeting in Paris",
            "By Jane Roe and John Doe",
            "March 5, 2014",
            "Ministers arriving at the embassy before the meeting. (Photo by Max Roe/Getty Images)",
            *paragraphs,
            "Leave a Reply",
            "Your email address will not be published. Required fields are marked *",
            "Most Read",
            "1. Volcano stirs in the north\n2. Team wins third match in a row\n3. Ten recipes for the summer",
            "© 2014 Example Media. All rights reserved.",
        ]
    )
