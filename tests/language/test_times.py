from __future__ import annotations

import pytest

from detente.language.times import TimeExpression, date_of, find_article_times, find_times, paragraph_times
from detente.language.times.holidays import day_of
from detente.language.times.words import load_words
from tests.language.parsed import parsed

DAY = "2014-03-05"  # a Wednesday


def times(text: str, *, day: str = DAY) -> list[TimeExpression]:
    article = parsed(text, day=day)
    return find_times(article.body[0], article.article.published)


def only(text: str, *, day: str = DAY) -> TimeExpression:
    found = times(text, day=day)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "value", "precision", "basis"),
    [
        ("They met last Saturday.", "last Saturday", "2014-03-01", "day", "resolved"),
        ("They met on Tuesday.", "Tuesday", "2014-03-04", "day", "resolved"),
        ("The ministers will meet on Friday.", "Friday", "2014-03-07", "day", "resolved"),
        ("They are expected to meet on Friday.", "Friday", "2014-03-07", "day", "resolved"),
        ("The strike ended two weeks ago.", "two weeks ago", "2014-W08", "week", "resolved"),
        ("The memorandum was signed in 1994.", "1994", "1994", "year", "stated"),
        ("The vote took place on March 1, 2014.", "March 1, 2014", "2014-03-01", "day", "stated"),
        ("The vote took place on 1 March 2014.", "1 March 2014", "2014-03-01", "day", "stated"),
        ("They will vote on March 16.", "March 16", "2014-03-16", "day", "stated"),
        ("The fighting began in December.", "December", "2013-12", "month", "stated"),
        ("They signed it in early 1962.", "early 1962", "1962", "year", "stated"),
        ("It was common in the 1960s.", "the 1960s", "196", "decade", "stated"),
        ("He arrived yesterday.", "yesterday", "2014-03-04", "day", "resolved"),
        ("He spoke this week.", "this week", "2014-W10", "week", "resolved"),
        ("Talks resume next month.", "next month", "2014-04", "month", "resolved"),
        ("They fought last winter.", "last winter", "2013-WI", "season", "resolved"),
        ("He left on Friday morning.", "Friday morning", "2014-02-28TMO", "day", "resolved"),
        ("The war ended in 480 BC.", "480 BC", "BC0480", "unknown", "stated"),
    ],
)
def test_an_expression_is_resolved_with_its_own_precision_and_ground(
    text: str, words: str, value: str, precision: str, basis: str
) -> None:
    found = only(text)
    span = found.date.span
    assert span is not None
    assert text[span.start : span.end] == words
    assert (value, precision, basis) == (found.value, found.date.precision, found.date.basis)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("It lasted for the past 48 hours.", "DURATION", "PT48H"),
        ("He ruled for three years.", "DURATION", "P3Y"),
        ("They met every week.", "SET", "P1W"),
        ("It went on for 2 1/2 years.", "DURATION", "P2Y6M"),
        ("At a three-day summit they agreed.", "DURATION", "P3D"),
    ],
)
def test_lengths_and_repetitions_name_no_day(text: str, kind: str, value: str) -> None:
    found = only(text)
    assert (kind, value, False) == (found.kind, found.value, found.date.known)


def test_days_joined_look_ahead_with_the_verb() -> None:
    found = times("The ministers will meet Wednesday and Thursday in Paris.", day="2014-03-03")
    assert [t.value for t in found] == ["2014-03-05", "2014-03-06"]


def test_a_clock_time_takes_the_day_beside_it() -> None:
    found = times("The blast occurred at 10:35 a.m. Monday.")
    assert [t.value for t in found] == ["2014-03-03T10:35"]


def test_without_a_published_date_relative_expressions_stay_unknown() -> None:
    found = only("They met last Saturday.", day="")
    assert (found.date.precision, found.date.basis) == ("unknown", "resolved")


def test_without_a_published_date_full_dates_are_known() -> None:
    assert only("They met on March 5, 2014.", day="").date.from_ == "2014-03-05"


@pytest.mark.parametrize(
    "text", ["They may go.", "Troops march on.", "It cost 1900 dollars.", "He spoke a second language."]
)
def test_words_that_only_look_like_times_are_left(text: str) -> None:
    assert times(text) == []


def test_a_history_counts_from_the_date_mentioned_last() -> None:
    text = (
        "In September 1939 Germany attacked Poland. In June 1940 France fell.\n"
        "By May 1941 the Balkans were lost. On 22 June 1941 the front opened.\n"
        "In December the offensive failed. In January it began again."
    )
    article = parsed(text, day="2009-12-19")
    values = [t.value for found in find_article_times(article.body, article.article.published) for t in found]
    assert values[-2:] == ["1941-12", "1942-01"]


@pytest.mark.parametrize(
    ("text", "verb", "day", "basis"),
    [
        ("On Monday he left, and on Tuesday she arrived.", "left", "2014-03-03", "resolved"),
        ("On Monday he left, and on Tuesday she arrived.", "arrived", "2014-03-04", "resolved"),
        ("He left after the talks.", "left", DAY, "published"),
    ],
)
def test_a_verb_is_dated_by_what_it_governs(text: str, verb: str, day: str, basis: str) -> None:
    article = parsed(text, day=DAY)
    paragraph, published = article.body[0], article.article.published
    token = next(t.i for t in paragraph.doc if t.text == verb)
    date = date_of(paragraph, token, find_times(paragraph, published), published)
    assert (day, basis) == (date.from_, date.basis)


def test_an_undated_page_gives_no_date() -> None:
    article = parsed("He left.", day="")
    assert not date_of(article.body[0], 1, [], article.article.published).known


@pytest.mark.parametrize(
    ("text", "verb", "day"),
    [
        ("The official said the mayor, in a call last Saturday, had agreed.", "said", "2014-03-05"),
        ("Officials said the ship sank on Tuesday.", "said", "2014-03-05"),
        ("The official said on Monday that the mayor had called on Friday.", "said", "2014-03-03"),
        ("He got ideas at a March 14 meeting.", "got", "2014-03-14"),
    ],
)
def test_a_date_inside_what_is_said_does_not_date_the_saying(text: str, verb: str, day: str) -> None:
    article = parsed(text, day="2014-03-05")
    paragraph = article.body[0]
    token = next(t.i for t in paragraph.doc if t.text == verb)
    found = find_times(paragraph, article.article.published)
    assert date_of(paragraph, token, found, article.article.published).from_ == day


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The bombs fell on April 24 and 25.", ["2014-04-24", "2014-04-25"]),
        ("The army attacked on March 3. The day before, he resigned.", ["2014-03-03", "2014-03-02"]),
        ("The bombs fell on April 24 and 25 people died.", ["2014-04-24"]),
        ("He left the day before the talks.", [""]),
    ],
)
def test_days_that_lean_on_another_date(text: str, values: list[str]) -> None:
    assert [t.value for t in times(text, day="2014-03-05") if t.kind == "DATE"] == values


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Troops arrived on Thanksgiving Day.", "Thanksgiving Day", "2013-11-28"),
        ("He spoke on Christmas Eve 1962.", "Christmas Eve 1962", "1962-12-24"),
        ("They will vote on Easter Monday.", "Easter Monday", "2014-04-21"),
        ("In the 1988 third quarter it grew.", "the 1988 third quarter", "1988-Q3"),
        ("It grew in last year's third quarter.", "last year's third quarter", "2013-Q3"),
        ("It grew in the second half of 2012.", "the second half of 2012", "2012-H2"),
        ("It grew in fiscal 2012.", "fiscal 2012", "2012"),
        ("He left in nineteen ninety-six.", "nineteen ninety-six", "1996"),
        ("He left in July of last year.", "July of last year", "2013-07"),
        ("The deadline is at 9 a.m. EST, March 11.", "9 a.m. EST, March 11", "2014-03-11T09:00"),
        ("It began at 4 in the morning.", "4 in the morning", "2014-03-05T04:00"),
        ("It fell on the night of Friday, Feb. 28.", "the night of Friday, Feb. 28", "2014-02-28TNI"),
        ("The court has scheduled a hearing Friday.", "Friday", "2014-03-07"),
    ],
)
def test_holidays_periods_and_clocks_are_one_expression(text: str, words: str, value: str) -> None:
    found = only(text)
    span = found.date.span
    assert span is not None
    assert (text[span.start : span.end], found.value) == (words, value)


def test_a_year_earlier_beside_sums_is_the_quarter_spoken_of() -> None:
    found = times("Profit in the fourth quarter was $5 million, up from $4 million a year earlier.")
    assert [t.value for t in found] == ["2013-Q4", "2012-Q4"]


def test_a_year_ago_elsewhere_is_the_year() -> None:
    found = times("After the fourth quarter, he said he was elected a year ago.")
    assert [t.value for t in found] == ["2013-Q4", "2013"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The siege lasted from 26 June to 4 August 1952.", ["1952-06-26", "1952-08-04"]),
        ("Votes were held in April and June 1955.", ["1955-04", "1955-06"]),
        ("They fought on 6-7 January 1916.", ["1916-01-06", "1916-01-07"]),
        ("They fought on May 5-9, 1918.", ["1918-05-05", "1918-05-09"]),
        ("They came in the autumn of 481 BC.", ["BC0481-FA"]),
        ("It was written in the 4th century BC.", ["BC03"]),
        ("The fall of the city was feared.", []),
    ],
)
def test_joined_dates_share_their_month_and_year(text: str, values: list[str]) -> None:
    assert values == [t.value for t in times(text)]


def dated(text: str, verb: str, *, day: str = DAY) -> tuple[str, str, str]:
    article = parsed(text, day=day)
    paragraph, published = article.body[0], article.article.published
    token = next(t.i for t in paragraph.doc if t.text == verb)
    date = date_of(paragraph, token, find_times(paragraph, published), published)
    return date.from_, date.to, date.basis


@pytest.mark.parametrize(
    ("text", "verb", "day"),
    [
        ("The president called him two days after the summit on March 1.", "called", "2014-03-03"),
        ("Two days after the March 1 summit, the president called him.", "called", "2014-03-03"),
        ("The call came 48 hours after the house voted on March 1 to go.", "came", "2014-03-03"),
        ("The call came 48 hours after the house voted on March 1 to go.", "voted", "2014-03-01"),
        ("The day after the vote on March 1, he resigned.", "resigned", "2014-03-02"),
        ("Sunday's talks were called 48 hours after the leaders spoke by phone.", "spoke", ""),
        ("The talks were called 48 hours after the leaders spoke on Monday.", "spoke", "2014-03-03"),
        ("The minister telephoned him 48 hours after the attack on the port.", "telephoned", ""),
        ("The leaders will meet on June 5; he called them 48 hours after the attack.", "called", ""),
        ("The day after the vote, he resigned.", "resigned", ""),
        ("He resigned three days before the vote.", "resigned", ""),
    ],
)
def test_days_after_something_count_from_its_date_or_stay_unresolved(text: str, verb: str, day: str) -> None:
    """Neither the day of publication nor another event's day stands in for what is not told."""
    assert (day, day) == dated(text, verb)[:2]


@pytest.mark.parametrize(
    ("text", "verb", "first", "last"),
    [
        ("The pair met last week in the capital.", "met", "2014-02-24", "2014-03-02"),
        ("He arrived last Saturday.", "arrived", "2014-03-01", "2014-03-01"),
        ("The shelling continued overnight.", "continued", "2014-03-04", "2014-03-05"),
        ("The storm will hit overnight.", "hit", "2014-03-05", "2014-03-06"),
        ("Troops crossed overnight, and he is to speak later in the day.", "speak", DAY, DAY),
        ("The council will meet on Monday. He left later in the day.", "left", DAY, DAY),
        ("He arrived on Monday and left later in the day.", "left", "2014-03-03", "2014-03-03"),
        ("They will hold talks Wednesday and Thursday.", "hold", "2014-03-05", "2014-03-06"),
        ("They met from May 3 to 5, 2013 in the capital.", "met", "2013-05-03", "2013-05-05"),
        ("It was the worst attack of the year.", "was", DAY, DAY),
    ],
)
def test_a_report_is_dated_by_the_days_its_words_cover(text: str, verb: str, first: str, last: str) -> None:
    assert (first, last) == dated(text, verb)[:2]


def test_last_week_told_on_a_sunday_may_be_the_week_that_ends_or_the_one_before() -> None:
    told = dated("The pair met last week in the capital.", "met", day="2014-03-09")
    assert told[:2] == ("2014-02-24", "2014-03-08")


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("easter", 2014, "2014-04-20"),
        ("easter", 2008, "2008-03-23"),
        ("good friday", 2014, "2014-04-18"),
        ("thanksgiving", 2013, "2013-11-28"),
        ("memorial day", 2014, "2014-05-26"),
        ("election day", 2016, "2016-11-08"),
    ],
)
def test_a_holiday_falls_on_the_day_of_its_rule(name: str, year: int, day: str) -> None:
    assert day == day_of(load_words().holidays[name], year).isoformat()


def test_every_holiday_has_a_day_in_every_year() -> None:
    holidays = load_words().holidays
    assert all(day_of(rule, year).year == year for rule in holidays.values() for year in (1962, 2024))


def test_a_report_that_recalls_years_is_no_history() -> None:
    text = (
        "In 1981 he was jailed. In 1984 he fled. In 1986 he came back.\nIn 1990 he was elected.\n"
        "He died on Monday, March 3. He was buried this week."
    )
    article = parsed(text, day=DAY)
    found = find_article_times(article.body, article.article.published)
    assert [t.value for times in found for t in times][-2:] == ["2014-03-03", "2014-W10"]


def test_a_month_in_a_history_goes_on_from_the_nearest_date_and_not_from_a_year_in_passing() -> None:
    text = (
        "In March 1961 talks began. In May 1962 a cease-fire held.\nOn 10 March 1965 the army, which "
        "had planned to win by 1976, attacked. On 20 March it entered the city.\nIt fell in June 1966."
    )
    article = parsed(text, day="2009-12-19")
    found = find_article_times(article.body, article.article.published)
    assert "1965-03-20" in [t.value for times in found for t in times]


def test_times_found_once_are_those_of_their_own_article() -> None:
    one, other = (parsed("They met on Monday.", day=day) for day in ("2021-03-03", "2021-03-10"))
    found = [paragraph_times(a.body[0], a.article.published)[0].date.from_ for a in (one, other, one)]
    assert found == ["2021-03-01", "2021-03-08", "2021-03-01"]
