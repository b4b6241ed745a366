"""Outlets and agencies that no list knows are read from what the page calls itself."""

from __future__ import annotations

import pytest

from detente.article.masthead import find_own_name, find_unlisted_agency


def own_name(*lines: str, kind: str = "nav") -> str | None:
    text, furniture = "", []
    for line in lines:
        furniture.append((len(text), len(text) + len(line), kind))
        text += line + "\n\n"
    found = find_own_name(text, furniture)
    if found is not None:
        assert text[found.place[0] : found.place[1]].casefold() == found.value.casefold()
    return found.value if found else None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("© 1962 Skerry Bay Courier Printing Company. All rights reserved.",), "Skerry Bay Courier"),
        (("Copyright 2014, Fenmoor Ledger Co.", "THE FENMOOR LEDGER -- Front -- Farm"), "Fenmoor Ledger"),
        (("Tarn Herald | News | Sport | Letters", "Sign up for the Tarn Herald by post"), "Tarn Herald"),
    ],
)
def test_name_of_the_page_is_read_from_its_own_furniture(lines: tuple[str, ...], expected: str) -> None:
    assert own_name(*lines) == expected


@pytest.mark.parametrize(
    "lines",
    [
        ("© 2014 Alba Holdings Ltd",),
        ("World News | Sport | Letters",),
        ("Our readers like the Tarn Herald",),
    ],
)
def test_one_weak_line_names_no_outlet(lines: tuple[str, ...]) -> None:
    assert own_name(*lines) is None


def test_captions_name_no_outlet() -> None:
    assert own_name("© 1962 Skerry Bay Courier", kind="caption") is None


@pytest.mark.parametrize(
    ("body", "line", "expected"),
    [
        ("OSLO, May 3 (Nordfjord Press) – The ministers met.", "", "Nordfjord Press"),
        ("The ministers met.", "By Halden News Service", "Halden News Service"),
        ("The ministers met.", "From Nordfjord Press", "Nordfjord Press"),
        ("The ministers (of the Free Press) – all of them – met.", "", None),
        ("The ministers met.", "By Harald Press", None),
    ],
)
def test_unlisted_agency_needs_the_form_of_a_credit(body: str, line: str, expected: str | None) -> None:
    text = f"{line}\n{body}"
    start = len(line) + 1
    furniture = [(0, len(line), "byline")] if line else []
    found = find_unlisted_agency(text, [(start, len(text))], furniture)
    assert (found.value if found else None) == expected
