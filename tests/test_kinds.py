"""The equation of each kind solved for each role, against exact fractions; and the table of kinds.

Figures that fulfil an equation are made up, and printed as ranges that hold them: each solution
must then hold the figure that it is solved for, and be no wider than what its ranges leave open.
"""

import math
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from building import steps_between
from hypothesis import example, given
from hypothesis import strategies as st

from analysis import Bounds
from analysis.extract import TABLES
from analysis.kinds import EQUATIONS, KINDS, MEASURES, ROLES
from analysis.rounding import lower, upper

SOLUTIONS = [(kind, each) for kind, every in EQUATIONS.items() for each in every]
OF = {(kind, each.role, each.of): each.solve for kind, each in SOLUTIONS}
# The same by hand: current = prior + difference and change × prior = 100 × difference.
EXACT = {
    ("ratio", "rate", ("numerator", "denominator")): lambda n, d, f: f * n / d,
    ("ratio", "numerator", ("rate", "denominator")): lambda r, d, f: r * d / f,
    ("ratio", "denominator", ("numerator", "rate")): lambda n, r, f: f * n / r,
    ("change", "change", ("current", "prior")): lambda c, p, _: 100 * (c - p) / p,
    ("change", "change", ("current", "difference")): lambda c, d, _: 100 * d / (c - d),
    ("change", "change", ("prior", "difference")): lambda p, d, _: 100 * d / p,
    ("change", "difference", ("current", "prior")): lambda c, p, _: c - p,
    ("change", "difference", ("current", "change")): lambda c, g, _: c * g / (100 + g),
    ("change", "difference", ("prior", "change")): lambda p, g, _: p * g / 100,
    ("change", "prior", ("current", "change")): lambda c, g, _: 100 * c / (100 + g),
    ("change", "prior", ("current", "difference")): lambda c, d, _: c - d,
    ("change", "prior", ("difference", "change")): lambda d, g, _: 100 * d / g,
    ("change", "current", ("prior", "change")): lambda p, g, _: p * (100 + g) / 100,
    ("change", "current", ("prior", "difference")): lambda p, d, _: p + d,
    ("change", "current", ("difference", "change")): lambda d, g, _: 100 * d / g + d,
}
# Here a figure stands twice, and nothing is done about it.
TWICE = {("change", "current", ("difference", "change"))}
ids = [f"{kind}: {role} of {' and '.join(of)}" for kind, role, of in EXACT]
widths = st.fractions(0, 1).map(lambda x: x.limit_denominator(1000))
# Of units that differ, any fraction: 2000/3 kilograms a mu from 10,000 tonnes and 1,000 hectares.
ROUND = (1, 100, 1000, 10_000, 100_000)
factors = st.sampled_from([*map(Fraction, ROUND), Fraction(2000, 3), Fraction(1, 10_000)])


def shares(roles):
    """For each role how far its range reaches down and up."""
    return st.lists(st.tuples(widths, widths), min_size=roles, max_size=roles)


def around(number, below, above, size):
    """Bounds as floats that hold an exact number: so far below and above it, in shares of size."""
    return Bounds(lower(number - below * size), upper(number + above * size))


def corners(key, given, factor):
    """The exact result at each pair of ends."""
    ends = [[Fraction(float(end)) for end in (bounds.low, bounds.high)] for bounds in given]
    return [EXACT[key](*pair, Fraction(factor)) for pair in product(*ends)]


def test_every_role_is_solved_for_from_every_pair_of_the_others():
    assert set(EQUATIONS) == set(KINDS)
    for kind, count in (("ratio", 3), ("change", 12)):  # 3 roles by 1 pair, 4 roles by 3 pairs
        roles = KINDS[kind].roles
        pairs = {(role, frozenset(of)) for role in roles for of in combinations(roles, 2)}
        pairs = {(role, of) for role, of in pairs if role not in of}
        assert {(each.role, frozenset(each.of)) for each in EQUATIONS[kind]} == pairs
        assert len(EQUATIONS[kind]) == len(pairs) == count
    for kind in ("sum", "part"):
        assert [(each.role, each.of) for each in EQUATIONS[kind]] == [("total", ("part",))]
    assert set(EXACT) == set(OF) - {(kind, "total", ("part",)) for kind in ("sum", "part")}


@given(st.integers(0, 10**7), st.integers(1, 10**7), factors, shares(3))
@example(38, 139, Fraction(100), [(Fraction(0),) * 2] * 3)
@example(0, 5, Fraction(1000), [(Fraction(1, 2),) * 2] * 3)
def test_a_ratio_that_holds_is_held_by_each_solution(numerator, denominator, factor, shares):
    truth = {"numerator": Fraction(numerator), "denominator": Fraction(denominator)}
    truth["rate"] = Fraction(factor * numerator, denominator)
    printed = {
        role: around(number, *pair, number)  # at most twice as large, and no less than 0
        for (role, number), pair in zip(truth.items(), shares, strict=True)
    }
    for key in EXACT:
        if key[0] == "ratio":
            sound_and_tight(key, printed, truth, factor)


@given(st.integers(0, 10**7), st.integers(1, 10**7), shares(4))
@example(342, 447, [(Fraction(0),) * 2] * 4)
@example(447, 447, [(Fraction(1, 3),) * 2] * 4)
@example(0, 1, [(Fraction(0),) * 2] * 4)
@example(5, 10**7, [(Fraction(1, 1000),) * 2] * 4)
def test_a_change_that_holds_is_held_by_each_solution(current, prior, shares):
    truth = {"current": Fraction(current), "prior": Fraction(prior)}
    truth["change"] = Fraction(100 * (current - prior), prior)
    truth["difference"] = Fraction(current - prior)
    sizes = {"current": truth["current"], "prior": truth["prior"] / 2}
    sizes |= {"change": (100 + truth["change"]) / 2, "difference": Fraction(prior, 4)}
    printed = {
        role: around(number, *pair, sizes[role])
        for (role, number), pair in zip(truth.items(), shares, strict=True)
    }
    for key in EXACT:
        if key[0] == "change":
            sound_and_tight(key, printed, truth, Fraction(100))


def as_floats(factor):
    return np.array([factor.numerator, factor.denominator], np.float64)


def sound_and_tight(key, printed, truth, factor):
    _, role, of = key
    given = [printed[each] for each in of]
    found = OF[key](*given, as_floats(factor))
    found = Bounds(float(found.low), float(found.high))
    if math.isnan(found.low):
        assert math.isnan(found.high)
        assert not known(key, given), (key, given)
        return
    assert found.low == -math.inf or Fraction(found.low) <= truth[role], (key, given)
    assert found.high == math.inf or truth[role] <= Fraction(found.high), (key, given)
    if known(key, given):  # so that no end is open
        every = corners(key, given, factor)
        assert Fraction(found.low) <= min(every)
        assert max(every) <= Fraction(found.high)
        if key not in TWICE:
            for end, exact in ((found.low, lower(min(every))), (found.high, upper(max(every)))):
                # Growth is what is left of a quotient less 100: the larger of both has the step.
                far = 100 if key[1:] == ("change", ("current", "prior")) else 0
                steps = min(steps_between(end + shift, exact + shift) for shift in (0, far))
                assert steps <= 4, (key, given, end, exact)


def known(key, given):
    """Whether a solution can tell: no base may be none or less, no change of a base none."""
    kind, role, of = key
    base = {"ratio": {"rate": 1, "denominator": 1}, "change": {("current", "prior"): 1}}[kind]
    one, other = given
    if kind == "ratio":
        return role not in base or other.low > 0
    if of == ("prior", "difference") and role == "change":
        return one.low > 0
    if of == ("current", "difference") and role == "change":
        return (one - other).low > 0
    if of == ("current", "prior") and role == "change":
        return other.low > 0
    if of == ("difference", "change"):
        return (other.low > 0 and one.low >= 0) or (other.high < 0 and one.high <= 0)
    if of == ("current", "change"):
        return other.low > -100
    return True


money = st.integers(1, 10**6)


@given(money, money, st.integers(-99, 400))
def test_of_a_base_below_zero_a_percentage_tells_nothing(size, much, change):
    """A loss of 3.2 that fell by a fifth was one of 4, or of 2.67: usage is not one."""
    loss, profit = Bounds(-size - 0.5, -size + 0.5), Bounds(much - 0.5, much + 0.5)
    growth = Bounds(change - 0.5, change + 0.5)
    for of, ends in (
        (("current", "change"), (loss, growth)),
        (("prior", "change"), (loss, growth)),
        (("current", "prior"), (profit, loss)),
        (("current", "prior"), (loss, loss)),
        (("prior", "difference"), (loss, profit)),
        (("current", "difference"), (loss, profit)),
        (("current", "difference"), (loss, -profit)),
    ):
        for role in KINDS["change"].roles:
            if role not in of and "change" in (role, *of):
                found = OF["change", role, of](*ends, 100.0)
                assert math.isnan(found.low), (role, of)
                assert math.isnan(found.high), (role, of)


def test_a_loss_that_was_a_profit_is_a_fall_of_more_than_all():
    # From 5 to -3 is -160%, and 8 less: no percentage of a loss.
    found = OF["change", "change", ("current", "prior")](Bounds(-3, -3), Bounds(5, 5), 100.0)
    assert (found.low, found.high) == (-160, -160)
    # A difference needs no base: -3.2 is 0.8 more than -4.
    found = OF["change", "difference", ("current", "prior")](Bounds(-3, -3), Bounds(-4, -4), 100.0)
    assert (found.low, found.high) == (1, 1)


@given(st.lists(st.tuples(money, st.integers(0, 100)), min_size=1, max_size=5))
def test_equations_are_in_columns_a_row_as_a_scalar(rows):
    values = np.array([value for value, _ in rows], dtype=float)
    half = np.array([half / 2 for _, half in rows])
    columns = {
        "numerator": Bounds(values, values),
        "denominator": Bounds(values + 7, values + 7 + half),
        "current": Bounds(values, values + half),
        "prior": Bounds(values + 3, values + 3 + half),
        "difference": Bounds(-half, -half / 2),
        "change": Bounds(-half / 2, -half / 4),
        "rate": Bounds(half, half + 1),
    }
    for (_, _, of), solve in OF.items():
        if of == ("part",):
            continue
        together = solve(*(columns[role] for role in of), (100.0, 1.0))
        for n in range(len(rows)):
            ends = [Bounds(columns[role].low[n], columns[role].high[n]) for role in of]
            alone = solve(*ends, (100.0, 1.0))
            np.testing.assert_array_equal(
                [together.low[n], together.high[n]], [alone.low, alone.high]
            )


def test_a_total_is_its_parts_and_of_a_partial_list_no_less():
    parts = Bounds(91.5, 92.5)
    found = OF["sum", "total", ("part",)](parts, 1.0)
    assert (found.low, found.high) == (91.5, 92.5)
    found = OF["part", "total", ("part",)](parts, 1.0)
    assert (found.low, found.high) == (91.5, math.inf)


def test_what_may_be_none_leaves_a_quotient_without_end():
    # 0 to 2 of 100%: a base of 5 to 10 per 100 may have been 500 × 0 ... without end.
    found = OF["ratio", "denominator", ("numerator", "rate")](
        Bounds(5, 10), Bounds(0, 2), (100.0, 1.0)
    )
    assert (found.low, found.high) == (250, math.inf)
    # Nothing of nothing is any share.
    found = OF["ratio", "rate", ("numerator", "denominator")](
        Bounds(0, 0), Bounds(0, 0), (100.0, 1.0)
    )
    assert math.isnan(found.low)


def test_the_kinds_are_those_of_the_design():
    # A ratio's result first, and so on; a difference is a role of a change, and no kind.
    assert {kind: list(each.roles) for kind, each in KINDS.items()} == {
        "sum": ["total", "part"],
        "part": ["total", "part"],
        "ratio": ["rate", "numerator", "denominator"],
        "change": ["current", "prior", "change", "difference"],
    }
    assert KINDS["change"].least == 2
    assert all(most >= 1 >= least for each in KINDS.values() for least, most in each.roles.values())


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_speaks_of_its_own_roles(kind):
    each = KINDS[kind]
    named = [
        *each.results,
        *each.one_unit,
        *each.measure,
        *(role for pair in each.whole for role in pair),
    ]
    assert set(named) <= set(each.roles)
    assert set(each.measure.values()) <= set(MEASURES)
    for solution in EQUATIONS[kind]:
        assert {solution.role, *solution.of} <= set(each.roles)
    solved = [solution.role for solution in EQUATIONS[kind]]
    assert solved[0] == each.results[0]  # the result's solutions first
    assert set(each.results) <= set(solved)


def test_the_tables_name_the_same_kinds_roles_and_measures():
    relations, figures = (
        {field["name"]: field for field in TABLES[name]["schema"]["fields"]}
        for name in ("relations", "figures")
    )
    assert relations["kind"]["constraints"]["enum"] == list(KINDS)
    assert sorted(relations["role"]["constraints"]["enum"]) == sorted(ROLES)
    assert figures["measure"]["constraints"]["enum"] == list(MEASURES)
