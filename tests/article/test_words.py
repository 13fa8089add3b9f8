"""The cheap tests before costly patterns: none keeps a pattern from what it would find."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.article import among, bases, clauses, words

GUARDED = {
    "lists": (words.AMONG, words.among_in),
    "what holds for the rest": (
        words.FROM_HERE,
        lambda said: any(word in said for word in bases._FROM_HERE),
    ),
    "more": (clauses._MORE, lambda said: not clauses._IN_MORE.isdisjoint(said)),
    "priors": (clauses.PRIOR, lambda said: not clauses._IN_PRIOR.isdisjoint(said)),
    "times ago": (clauses.OF_TIME_AGO, lambda said: "同" in said),
    "of the one before": (among._OF_BEFORE, lambda said: "中" in said),
    "within": (among.WITHIN, lambda said: "中" in said),
}


@pytest.mark.parametrize("name", GUARDED)
@settings(max_examples=40)
@given(data=st.data())
def test_what_a_pattern_finds_passes_its_cheap_test(name, data):
    pattern, passes = GUARDED[name]
    said = data.draw(st.from_regex(pattern))
    assert isinstance(pattern, re.Pattern)
    assert passes(said), said
