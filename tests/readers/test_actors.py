from __future__ import annotations

import re

import pytest

from detente.readers.actors import places, read_actors, resolve_actor_string
from detente.readers.actors.lexicon import load_lexicon, load_words
from detente.readers.index import ActorIndex, Mention
from detente.record import Actor, Reading
from tests.language.parsed import parsed

DAY = "2014-03-05"


def read(text: str, *, day: str = DAY) -> tuple[list[tuple[str, Mention]], ActorIndex, Reading]:
    article = parsed(text, day=day)
    index, reading = ActorIndex(), Reading("a-1")
    read_actors(article, reading, index)
    mentions = [
        (article.article.words(m.span), m) for paragraph in article.body for m in index.mentions(paragraph)
    ]
    return mentions, index, reading


def keys(text: str, words: str, *, day: str = DAY) -> list[str]:
    """The actors' keys that the last mention with these words refers to."""
    mentions, index, _ = read(text, day=day)
    found = [m for said, m in mentions if said == words]
    return [index.actors[a].key for a in found[-1].actors] if found else []


def actor(text: str, key: str, *, day: str = DAY) -> Actor:
    return next(a for a in read(text, day=day)[2].actors if a.key == key)


def test_a_title_before_a_name_teaches_who_the_person_is() -> None:
    text = "Ruritanian news: Polish Trade Minister Xaver Quandt met reporters."
    person = next(a for a in read(text)[2].actors if a.type == "person")
    assert (person.country, person.sector, person.roles[0].title) == ("POL", "GOV", "trade minister")
    assert text[person.roles[0].evidence[0].start : person.roles[0].evidence[0].end] == "Trade Minister"


def test_an_apposition_teaches_who_the_person_is() -> None:
    person = next(
        a
        for a in read("Xaver Quandt, the Polish trade minister, met reporters.")[2].actors
        if a.type == "person"
    )
    assert (person.country, person.roles[0].title) == ("POL", "trade minister")


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("John Kerry met reporters. Kerry left.", "Kerry", ["person:john kerry"]),
        ("Kerry spoke. John Kerry left.", "Kerry", ["person:john kerry"]),
        ("The Russian foreign minister left.", "The Russian foreign minister", ["person:sergei lavrov"]),
        ("Moscow said it would respond.", "Moscow", ["state:RUS"]),
        ("The Kremlin denied it.", "Kremlin", ["state:RUS"]),
        ("The Pentagon denied it.", "Pentagon", ["org:pentagon"]),
        ("The United Nations condemned it.", "United Nations", ["org:united nations"]),
        ("Russian troops left.", "Russian troops", ["body:RUS:MIL:armed forces"]),
        ("Kiev police arrested him.", "Kiev police", ["body:UKR:COP:police"]),
        ("Ukraine's parliament voted.", "Ukraine's parliament", ["body:UKR:LEG:parliament"]),
        ("The Ukrainian government fell.", "The Ukrainian government", ["state:UKR"]),
        ("U.S. officials said so.", "U.S. officials", ["unnamed:USA:GOV:official:several"]),
        ("Hezbollah fired rockets.", "Hezbollah", ["group:hezbollah"]),
    ],
)
def test_a_reference_means_the_actor(text: str, words: str, expected: list[str]) -> None:
    assert expected == keys(text, words)


@pytest.mark.parametrize(
    ("words", "day", "expected"),
    [
        ("Moscow", "1962-10-22", ["state:SUN"]),
        ("Moscow", "2014-03-05", ["state:RUS"]),
        ("Belgrade", "1999-04-01", ["state:YUG"]),
        ("Belgrade", "2014-03-05", ["state:SRB"]),
        ("Prague", "1985-01-01", ["state:CSK"]),
    ],
)
def test_a_capital_stands_for_the_state_of_the_day(words: str, day: str, expected: list[str]) -> None:
    assert expected == keys(f"{words} rejected the offer.", words, day=day)


def test_a_text_without_a_date_that_speaks_of_the_soviet_union_is_read_then() -> None:
    assert keys("The Soviet Union refused. Moscow rejected the offer.", "Moscow", day="") == ["state:SUN"]


@pytest.mark.parametrize(
    "text", ["The talks were held in Paris.", "He flew to Paris.", "They met near Paris."]
)
def test_a_town_as_a_place_is_no_actor(text: str) -> None:
    assert keys(text, "Paris") == []


def test_places_are_listed_with_their_country() -> None:
    paragraph = parsed("The talks were held in Paris and Donetsk.", day=DAY).body[0]
    assert [(name, code) for _, _, name, code in places(paragraph)] == [("Paris", "FRA"), ("Donetsk", "UKR")]


def test_two_people_with_one_surname_stay_two() -> None:
    text = "Hillary Clinton spoke. Bill Clinton listened. Mrs. Clinton left."
    assert keys(text, "Mrs. Clinton") == ["person:hillary clinton"]
    assert {"person:hillary clinton", "person:bill clinton"} <= {a.key for a in read(text)[2].actors}


@pytest.mark.parametrize(
    ("one", "two"),
    [("Sergei Lavrov", "Sergey Lavrov"), ("Viktor Yanukovych", "Viktor Yanukovich")],
)
def test_spellings_of_one_name_join(one: str, two: str) -> None:
    persons = [a for a in read(f"{one} spoke. {two} left.")[2].actors if a.type == "person"]
    assert len(persons) == 1


def test_both_ministers_are_the_last_two_ministers() -> None:
    text = "Foreign Minister Sergei Lavrov met Secretary of State John Kerry. Both ministers smiled."
    assert {"person:sergei lavrov", "person:john kerry"} == set(keys(text, "Both ministers"))


def test_an_unnamed_source_is_marked() -> None:
    mentions, _, _ = read("A senior administration official said so.")
    assert [(said, m.kind) for said, m in mentions] == [("A senior administration official", "unnamed")]


def test_he_is_the_speaker_of_the_statement_before() -> None:
    text = "Sergei Lavrov said the talks failed. “We go on,” he said."
    assert keys(text, "he") == ["person:sergei lavrov"]


def test_she_is_not_a_man() -> None:
    text = "Angela Merkel met Vladimir Putin. She left early."
    assert keys(text, "She") == ["person:angela merkel"]


def test_nobody_speaks_of_himself_as_he_in_a_quotation() -> None:
    text = "John Kerry met Sergei Lavrov. “He is wrong,” Kerry said."
    assert keys(text, "He") == ["person:sergei lavrov"]


def test_a_pronoun_without_antecedent_stays_open() -> None:
    _, _, reading = read("He left early.")
    assert [a.reason for a in reading.abstentions] == ["pronoun left open"]


def test_coordinated_nationalities_are_two_actors() -> None:
    assert keys("Russian and Ukrainian soldiers clashed.", "Russian and Ukrainian soldiers") == [
        "body:RUS:MIL:armed forces",
        "body:UKR:MIL:armed forces",
    ]


def test_who_leads_or_backs_is_not_whose_it_is() -> None:
    assert not any(k.startswith("state:RUS") for k in keys("Pro-Russian rebels left.", "Pro-Russian rebels"))


def test_only_actors_with_mentions_are_kept() -> None:
    assert all(a.mentions for a in read("John Kerry met Mr. Lavrov in Paris.")[2].actors)


def test_reading_twice_gives_the_same_record() -> None:
    text = "John Kerry met Sergei Lavrov in Paris. Both ministers left. He said so."
    assert read(text)[2] == read(text)[2]


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("Saudi soldiers", "2014-03-05", ("SAU", "MIL")),
        ("Lagos police", "2014-03-05", ("NGA", "COP")),
        ("Athens", "2014-03-05", ("GRC", "GOV")),
        ("Greece", "2014-03-05", ("GRC", "")),
        ("a former minister", "2014-03-05", ("", "GOV")),
        ("the World Trade Organization", "2014-03-05", ("IGO", "BUS")),
        ("Tony Blair", "1999-01-01", ("GBR", "GOV")),
        ("Tony Blair", "2014-01-01", ("GBR", "ELI")),
        ("Abkhazia", "2014-01-01", ("GEO", "PRE")),
    ],
)
def test_a_phrase_tells_country_and_sector(text: str, day: str, expected: tuple[str, str]) -> None:
    assert expected == resolve_actor_string(text, day)


def names(text: str, words: str, *, day: str = DAY) -> list[str]:
    """What the actors that the last mention with these words refers to are called."""
    mentions, index, _ = read(text, day=day)
    found = [m for said, m in mentions if said == words]
    return [index.actors[a].name for a in found[-1].actors] if found else []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Peruvian delegate, Xaver Quandt, told reporters so.", "The Peruvian delegate"),
        ("The Peruvian ambassador to the United Nations, Xaver Quandt, said so.", "The Peruvian ambassador"),
        ("Peruvian delegate Xaver Quandt came. The Peruvian delegate said no.", "The Peruvian delegate"),
        ("Xaver Quandt, the Peruvian envoy, came. The envoy said no.", "The envoy"),
        ('Xaver Quandt replied at once. "No," the Peruvian delegate added.', "the Peruvian delegate"),
        ("Foreign Minister Xaver Quandt of Peru came. The Peruvian minister left.", "The Peruvian minister"),
        ("Barack Obama met Xaver Quandt, the Peruvian envoy. “No,” said the envoy.", "the envoy"),
    ],
)
def test_a_title_and_a_name_are_one_person(text: str, words: str) -> None:
    person = keys(text, "Xaver Quandt") or keys(text, "Peruvian delegate Xaver Quandt")
    person = person or keys(text, "Foreign Minister Xaver Quandt")
    assert len(person) == 1
    assert keys(text, words) == person


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "The foreign ministers of Chile, Peru and Spain met.", "The foreign ministers",
            ["office:CHL:foreign minister", "office:PER:foreign minister", "office:ESP:foreign minister"],
        ),
        (
            "The Chilean and Peruvian delegates left.", "The Chilean and Peruvian delegates",
            ["office:CHL:delegate", "office:PER:delegate"],
        ),
        (
            "Chilean Foreign Minister Xaver Quandt met his Peruvian counterpart.", "his Peruvian counterpart",
            ["office:PER:foreign minister"],
        ),
        ("The top Russian diplomat left.", "The top Russian diplomat", ["person:sergei lavrov"]),
    ],
)  # fmt: skip
def test_ministers_of_several_countries_are_one_actor_each(
    text: str, words: str, expected: list[str]
) -> None:
    assert keys(text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("NATO met. The alliance said no.", "The alliance", "org:nato"),
        ("The Chilean embassy closed. Later the embassy said no.", "the embassy", "body:CHL:GOV:embassy"),
        ("Defense Department spokesman Xaver Quandt came. The department said no.", "The department",
         "org:pentagon"),
        ("The West said no.", "West", "group:the west"),
        ("He rejected Western demands.", "Western", "group:the west"),
        ("The Arab states said no.", "The Arab states", "group:arab states"),
    ],
)  # fmt: skip
def test_a_common_noun_means_the_body_named_before(text: str, words: str, expected: str) -> None:
    assert keys(text, words) == [expected]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("A senior administration official said so.", "A senior administration official",
         "senior administration official"),
        ("A U.N. special envoy came.", "A U.N. special envoy", "U.N. special envoy"),
        ("NATO nations agreed.", "NATO nations", "NATO nations"),
        ("40,000 Chilean soldiers left.", "40,000 Chilean soldiers", "Chilean armed forces"),
        ("The Chilean ambassador left.", "The Chilean ambassador", "Chilean ambassador"),
        ("Residents of Port Vell fled.", "Residents", "residents of Port Vell"),
        ("The Obama administration agreed.", "The Obama administration", "United States"),
    ],
)  # fmt: skip
def test_an_actor_is_called_as_a_reader_would(text: str, words: str, expected: str) -> None:
    assert names(text, words) == [expected]


def test_a_plural_source_is_another_actor_than_one_of_them() -> None:
    text = "Chilean officials came. A Chilean official said no."
    assert keys(text, "Chilean officials") != keys(text, "A Chilean official")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The missiles are here.", "The missiles"),
        ("The rockets fell.", "The rockets"),
        ("He saw troop movements.", "troop movements"),
        ("NASSAU, Oct. 27 (AP) - Talks began.", "NASSAU"),
        ("They live in the West.", "West"),
    ],
)
def test_things_and_datelines_are_no_actors(text: str, words: str) -> None:
    assert keys(text, words) == []


def test_a_bare_surname_is_the_president_though_a_namesake_is_named() -> None:
    text = "President Kennedy left. Attorney General Robert Kennedy stayed. Kennedy said no."
    assert keys(text, "Kennedy", day="1962-10-27") == ["person:john f. kennedy"]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The Polish trade minister, Sheikh Omar Quandt, left.", "The Polish trade minister", "omar kuandt"),
        ("His trade minister, Xaver Quandt, will go.", "His trade minister", "ksaver kuandt"),
        ("A spokesman for the ministry, Xaver Quandt, said no.", "A spokesman", "ksaver kuandt"),
        (
            "The Prime Minister, Xaver Quandt, left. The Prime Minister slept.",
            "The Prime Minister",
            "ksaver kuandt",
        ),
        (
            "Xaver Quandt, the Polish trade minister, left. The minister slept. Ole Bakke, a minister, came.",
            "The minister",
            "ksaver kuandt",
        ),
    ],
)
def test_an_office_beside_a_name_means_that_person(text: str, words: str, name: str) -> None:
    assert keys(text, words) == [f"person:{name}"]


def test_the_names_of_one_word_are_those_that_the_trie_of_all_names_holds() -> None:
    names, words = load_lexicon().names, load_words()
    looked_up = [word for word in names._root if re.fullmatch(r"[^\W_]+", word)]
    assert [word for word in looked_up if words.get(word) != names.get(word)] == []
    assert {name.country for name in words.get("Moscow")} == {"SUN", "RUS"}
