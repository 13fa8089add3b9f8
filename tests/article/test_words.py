"""The cheap tests before costly patterns: none keeps a pattern from what it would find."""

import re
import re._constants as ops
import re._parser as parser
from importlib import import_module
from pkgutil import iter_modules

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import article
from analysis.article import among, bases, clauses, words

GUARDED = {
    "lists": (words.AMONG, words.among_in),
    "what holds for the rest": (
        words.FROM_HERE,
        lambda said: any(word in said for word in bases._FROM_HERE),
    ),
    "more": (clauses._MORE, lambda said: clauses._IN_MORE.search(said)),
    "priors": (clauses.PRIOR, lambda said: clauses._IN_PRIOR.search(said)),
    "times ago": (clauses.OF_TIME_AGO, lambda said: "同" in said),
    "of the one before": (among._OF_BEFORE, lambda said: "中" in said),
    "within": (among.WITHIN, lambda said: any(word in said for word in words.INSIDE)),
}


@pytest.mark.parametrize("name", GUARDED)
@settings(max_examples=40)
@given(data=st.data())
def test_what_a_pattern_finds_passes_its_cheap_test(name, data):
    pattern, passes = GUARDED[name]
    said = data.draw(st.from_regex(pattern))
    assert isinstance(pattern, re.Pattern)
    assert passes(said), said


# --- The signs that a pattern may begin with ------------------------------------------------------


def signs_of(rows):
    """The signs of a class of characters, as the parser of patterns has them."""
    found = set()
    for op, value in rows:
        if op is ops.CATEGORY:
            assert value is ops.CATEGORY_SPACE
            found |= set(" \t\n\r")
        else:
            low, high = value if op is ops.RANGE else (value, value)
            found |= {chr(sign) for sign in range(low, high + 1)}
    return found


def beginnings(items):
    """What matches of a parsed pattern begin with, and whether one may be empty."""
    found = set()
    for op, value in items:
        least = 1
        if op in (ops.ASSERT, ops.ASSERT_NOT, ops.AT):
            continue
        if op is ops.LITERAL:
            return found | {chr(value)}, False
        if op is ops.IN:
            return found | signs_of(value), False
        if op is ops.BRANCH:
            each = [beginnings(branch) for branch in value[1]]
            own, empty = set().union(*(signs for signs, _ in each)), any(e for _, e in each)
        elif op is ops.SUBPATTERN:
            own, empty = beginnings(value[-1])
        else:
            least, _, body = value
            own, empty = beginnings(body)
        found |= own
        if least and not empty:
            return found, False
    return found, True


MODULES = [import_module(f"{article.__name__}.{m.name}") for m in iter_modules(article.__path__)]
TRIED_WHERE = {
    f"{module.__name__} {name}": pattern
    for module in MODULES
    for name, pattern in vars(module).items()
    if isinstance(pattern, re.Pattern) and pattern.pattern.startswith("(?=[")
}


@pytest.mark.parametrize("name", TRIED_WHERE)
def test_a_pattern_is_tried_wherever_it_can_begin(name):
    (_, (_, signs)), *rest = parser.parse(TRIED_WHERE[name].pattern)
    told, (needed, empty) = signs_of(signs[0][1]), beginnings(rest)
    assert not empty
    assert needed <= told, needed - told


def test_what_a_pattern_begins_with():
    assert beginnings(parser.parse("a?(?:[b-d]|(?<=x)e+)f")) == ({*"abcde"}, False)
    assert beginnings(parser.parse("(?:a|b*)")) == ({*"ab"}, True)
    known = {"analysis.article.words TIME", "analysis.article.noun_phrases _TAIL"}
    assert known <= set(TRIED_WHERE)
