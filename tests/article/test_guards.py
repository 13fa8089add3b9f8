"""What is asked first as most texts say nothing: it loses nothing that the pattern behind it finds.

The texts are made from the patterns, so that a further alternative is tried without a word here.
"""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.article import (
    bases,
    table_extract,
    table_formulas,
    table_labels,
    table_measures,
    told_apart,
    when,
)
from analysis.article.table_numbers import plain
from analysis.article.table_search import found_in
from analysis.article.words import TIME


def holds_one(*signs):
    return lambda text: all(each.search(text) for each in signs)


def short(pattern):
    """The pattern with two times for all that are known, which take minutes to make."""
    return re.compile(pattern.pattern.replace(TIME.pattern, "5日|今年以来"))


GUARDED = {
    "what is measured": (
        lambda text: table_measures.measuring([text]),
        [
            *(table_measures._CHANGE, table_measures._ABSOLUTE, table_measures._RATE),
            *(table_measures._AVERAGED, table_measures._SHARE),
            *(table_labels._IN_BRACKETS, table_labels._BEHIND),
        ],
    ),
    "totals": (
        lambda text: table_labels.naming_totals([text]),
        [table_labels._TOTAL, table_labels._TOTAL_IN],
    ),
    "parts": (
        lambda text: found_in(table_labels._ANY_OF_WHICH, [text]),
        [table_labels._OF_WHICH],
    ),
    "names of lines": (
        lambda text: not table_formulas._NAMELESS.fullmatch(text),
        [table_formulas._OWN],
    ),
    "periods": (table_labels.is_dated, [table_labels._PERIOD_LABEL]),
    "balances, shares, spans": (
        lambda text: table_formulas._TELLING.search(text.casefold()),
        [
            *(table_formulas._BALANCE, table_formulas._WHOLE[0]),
            *(table_formulas._SPAN, table_formulas._SHARE_OF),
        ],
    ),
    "comparisons": (
        lambda text: table_formulas._MAY_COMPARE.search(plain(text)),
        [table_formulas._AGAINST],
    ),
    "whose": (holds_one(told_apart._OCCURS), [told_apart._WHOSE]),
    "lists of bases": (holds_one(bases._IN_LIST), [bases._BOTH, bases._YEARS]),
    "times of a whole": (holds_one(when._IN_WHOLE), [short(when._OF_WHOLE)]),
    "causes": (holds_one(when._IN_CAUSED, when._IN_CAUSES), [short(when._CAUSED)]),
    "days of a list": (lambda text: "等" in text, [when._OF_DAYS]),
    "the day of print": (
        holds_one(when._IN_PRINT, when._IN_REPORTS),
        [short(when._OF_PRINT)],
    ),
}
PAIRS = [
    pytest.param(guard, pattern, id=f"{what} {n}")
    for what, (guard, patterns) in GUARDED.items()
    for n, pattern in enumerate(patterns)
]


@pytest.mark.parametrize(("guard", "pattern"), PAIRS)
@settings(max_examples=100, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_a_guard_lets_through_what_its_pattern_finds(guard, pattern, data):
    text = data.draw(st.from_regex(pattern, fullmatch=True))
    if pattern.search(text):
        assert guard(text)


@given(st.text("-–•a1:：其中包括,， ", max_size=6).map(str.strip))
def test_a_name_without_marks_is_kept_as_it_is(name):
    assert table_extract._unmarked(name) == table_extract._MARKED.sub("", name)
