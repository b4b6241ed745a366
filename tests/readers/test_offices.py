from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import UsageError
from detente.readers.actors import built_in_offices, check_offices, load_offices
from detente.readers.actors.lexicon import load_lexicon

HISTORICAL = {
    "SUN", "YUG", "SCG", "CSK", "DDR", "VDR", "YMD", "ZAR", "BUR", "HVO", "DHY", "RHO", "XKX",
}  # fmt: skip
HEAD = "person,names,sex,office,of,from,to,source\n"


def test_the_table_has_no_bad_dates_codes_or_overlaps() -> None:
    assert check_offices(built_in_offices()) == []


def test_every_country_code_is_iso_or_a_withdrawn_one() -> None:
    pycountry = pytest.importorskip("pycountry")
    current = {country.alpha_3 for country in pycountry.countries}
    assert set() == set(load_lexicon().countries) - current - HISTORICAL


@pytest.mark.parametrize(
    ("of", "office", "day", "person"),
    [
        ("USA", "president", "1962-10-22", "John F. Kennedy"),
        ("SUN", "foreign minister", "1962-10-22", "Andrei Gromyko"),
        ("RUS", "foreign minister", "2014-03-05", "Sergei Lavrov"),
        ("GBR", "prime minister", "1982-04-02", "Margaret Thatcher"),
        ("United Nations", "secretary-general", "2003-03-20", "Kofi Annan"),
    ],
)
def test_an_office_has_its_holder_of_the_day(of: str, office: str, day: str, person: str) -> None:
    assert [person] == [h.person for h in built_in_offices().holding(of, office, day)]


def test_a_file_of_the_users_own_adds_holders(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(HEAD + "Xaver Quandt,X. Quandt,m,trade minister,POL,2014-01-01,,own\n", encoding="utf-8")
    offices = load_offices([path])
    assert [h.person for h in offices.holding("POL", "trade minister", "2014-03-05")] == ["Xaver Quandt"]


def test_a_file_without_the_columns_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("person,office\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"own\.csv"):
        load_offices([path])


def test_two_holders_of_one_seat_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    rows = "A B,,m,trade minister,POL,2014-01-01,2015-01-01,own\nC D,,m,trade minister,POL,2014-06-01,,own\n"
    path.write_text(HEAD + rows, encoding="utf-8")
    assert check_offices(load_offices([path])) == ["trade minister of POL: A B and C D overlap at 2014-06-01"]
