"""What is asked first as most texts say nothing: it loses nothing that the pattern behind it finds.

The texts are made from the patterns, so that a further alternative is tried without a word here.
"""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.article import bases, table_formulas, table_labels, table_measures, told_apart, when
from analysis.article.words import TIME


def holds_one(*signs):
    return lambda text: not any(each.isdisjoint(text) for each in signs)


def short(pattern):
    """The pattern with two times for all that are known, which take minutes to make."""
    return re.compile(pattern.pattern.replace(TIME.pattern, "5日|今年以来"))


GUARDED = {
    "what is measured": (
        table_measures.measures,
        [
            *(table_measures._CHANGE, table_measures._ABSOLUTE, table_measures._RATE),
            *(table_measures._AVERAGED, table_measures._SHARE),
            *(table_labels._IN_BRACKETS, table_labels._BEHIND),
        ],
    ),
    "totals": (table_labels.names_total, [table_labels._TOTAL, table_labels._TOTAL_IN]),
    "periods": (table_labels.is_dated, [table_labels._PERIOD_LABEL]),
    "balances, shares, spans": (
        lambda text: table_formulas._TELLING.search(text.casefold()),
        [
            *(table_formulas._BALANCE, table_formulas._WHOLE[0]),
            *(table_formulas._SPAN, table_formulas._SHARE_OF),
        ],
    ),
    "comparisons": (table_formulas._MAY_COMPARE.search, [table_formulas._AGAINST]),
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
