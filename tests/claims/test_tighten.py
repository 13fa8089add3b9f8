"""Tightening: by hand, and no true assignment cut off, against whole numbers and fractions."""

import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import Extract, load, tighten, year_over_year
from analysis.bounds import Bounds
from analysis.kinds import EQUATIONS, FORMS

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ["relation", "role", "printed_low", "printed_high", "tightened_low", "tightened_high"]
COLUMNS += ["candidates", "proved", "claims"]


def extract(figures, claims):
    """An extract of figures {key: (unit, measure, low, high)} and claims, bounds given."""
    frame = pd.DataFrame.from_dict(
        figures, orient="index", columns=["unit", "measure", "low", "high"]
    )
    frame["reported"] = frame["low"].astype(str)
    frame["value"] = (frame["low"] + frame["high"]) / 2
    frame["hedge"] = ""
    lines = [
        (relation, kind, role, key)
        for relation, (kind, roles) in claims.items()
        for role, keys in roles.items()
        for key in ([keys] if isinstance(keys, str) else keys)
    ]
    return Extract(frame, pd.DataFrame(lines, columns=["relation", "kind", "role", "figure"]))


def ends(table, figure):
    return tuple(table.loc[figure, ["tightened_low", "tightened_high"]])


def test_the_article_tells_what_nobody_printed():
    found = tighten(load(ROOT / "data" / "datong-2018"))
    assert list(found.columns) == COLUMNS
    # 6623 / (1 - 0.1385) = 7687.75 and 6623 / (1 - 0.1375) = 7678.8; 342 / 447 is -23.49%.
    assert ends(found, "criminal_cases_change.prior") == (7679, 7687)
    assert ends(found, "eight_categories_change.prior") == (447, 447)
    prior = found.loc["criminal_cases_change.prior"]
    assert (prior["candidates"], prior["proved"], prior["role"]) == (9, True, "prior")
    assert prior["claims"] == prior["relation"] == "criminal_cases_change"
    assert math.isnan(prior["printed_low"])
    # 6623 - 7687 and 6623 - 7679; 139 - 38.
    assert ends(found, "criminal_cases_change.difference") == (-1064, -1056)
    assert ends(found, "townships_with_video.rest") == (101, 101)
    # From 7687 and 7679: -13.8416% and -13.7518%.
    assert ends(found, "criminal_cases_change") == pytest.approx((-13.841551, -13.751791))
    # What contradicts tells nothing of its figures.
    assert ends(found, "mediation_rate") == pytest.approx((89.85, 89.95))
    assert found.loc["mediation_rate", "claims"] == ""
    assert not found.loc["mediation_rate", "proved"]


def test_the_sum_of_a_year_before_narrows_each_prior():
    rows = {
        "all": ("起", "count", 1000.0, 1000.0),
        "a": ("起", "count", 600.0, 600.0),
        "b": ("起", "count", 400.0, 400.0),
        "all_change": ("percent", "change", -20.5, -19.5),
        "a_change": ("percent", "change", -20.05, -19.95),
        "b_change": ("percent", "change", -20.5, -19.5),
    }
    claims = {"sum": ("sum", {"total": "all", "part": ["a", "b"]})}
    alone = {
        f"{key}_then": ("change", {"current": key, "change": f"{key}_change"})
        for key in ("all", "a", "b")
    }
    # 1000 / 0.805 = 1242.2 and 1000 / 0.795 = 1257.9; 600 / 0.8005 = 749.5 to 750.5, only 750;
    # 400 / 0.805 = 496.9 to 503.1.
    found = tighten(extract(rows, alone))
    assert ends(found, "all_then.prior") == (1243, 1257)
    assert ends(found, "b_then.prior") == (497, 503)
    together = tighten(extract(rows, claims | alone))
    assert ends(together, "a_then.prior") == (750, 750)
    assert ends(together, "all_then.prior") == (1247, 1253)
    assert "sum" in together.loc["all_then.prior", "claims"]
    # 1000 of 1253 and of 1247.
    least, most = 100000 / 1253 - 100, 100000 / 1247 - 100
    assert ends(together, "all_change") == pytest.approx((least, most))
    assert not together.loc["all_then.prior", "proved"]


def test_prior_values_are_narrowed_by_other_claims_only_where_that_is_asked_for():
    figures = {"all": "1000起", "a": "600起", "b": "400起"}
    figures |= {"all_change": "下降20%", "a_change": "下降20.0%", "b_change": "下降20%"}
    lines = [
        ("sum", "sum", role, key) for role, key in (("total", "all"), ("part", "a"), ("part", "b"))
    ]
    for key in ("all", "a", "b"):
        lines += [(f"{key}_then", "change", "current", key)]
        lines += [(f"{key}_then", "change", "change", f"{key}_change")]
    frame = pd.DataFrame({"reported": figures})
    percent = frame["reported"].str.endswith("%")
    frame["unit"] = np.where(percent, "percent", "起")
    frame["measure"] = np.where(percent, "change", "count")
    frame["against"] = np.where(percent, "year earlier", "")
    made = Extract(frame, pd.DataFrame(lines, columns=["relation", "kind", "role", "figure"]))
    # As above: each alone, and 750 more than each of 497 to 503.
    table = year_over_year(made)
    assert table.loc["all", ["prior_low", "prior_high"]].tolist() == [1243, 1257]
    table = year_over_year(made, tightened=True)
    assert table.loc["all", ["prior_low", "prior_high", "candidates"]].tolist() == [1247, 1253, 7]
    assert table.loc["all", ["difference_low", "difference_high"]].tolist() == [-253, -247]
    assert table.loc["a", "prior"] == 750


def test_a_rounded_figure_is_narrowed_by_all_its_claims():
    rows = {
        "rounded": ("件", "count", 138500.0, 139500.0),
        "a": ("件", "count", 100000.0, 100000.0),
        "b": ("件", "count", 38600.0, 38700.0),
        "rate": ("percent", "rate", 72.05, 72.15),
    }
    found = tighten(
        extract(
            rows,
            {
                "sum": ("sum", {"total": "rounded", "part": ["a", "b"]}),
                "rate": ("ratio", {"rate": "rate", "numerator": "a", "denominator": "rounded"}),
            },
        )
    )
    # 100000 / 0.7215 = 138600.1 and 100000 / 0.7205 = 138792.5; the sum: 138600 to 138700.
    assert ends(found, "rounded") == (138601, 138700)
    assert ends(found, "b") == (38601, 38700)
    assert found.loc["rounded", "claims"] == "sum, rate"


def test_what_it_takes():
    with pytest.raises(TypeError, match="takes an Extract"):
        tighten(pd.DataFrame())
    found = tighten(extract({"a": ("起", "count", 1.0, 1.0)}, {}))
    assert found.empty
    assert list(found.columns) == COLUMNS


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_the_forms_are_the_equations(kind):
    """Each form holds for numbers that the solved equations give, and has the same roles."""
    given_ = {"prior": 80.0, "change": 25.0, "current": 100.0, "difference": 20.0}
    given_ |= {"rate": 40.0, "numerator": 20.0, "denominator": 50.0}
    for form in FORMS[kind]:
        x, y, z = (given_[role] for role in form.roles)
        scale = 100 if form.scaled else 1
        terms = form.xy * x * y + form.xz * x * z + form.x * x + scale * (form.y * y + form.z * z)
        assert terms == 0
        for solution in EQUATIONS[kind]:
            if {solution.role, *solution.of} == set(form.roles):
                of = [
                    Bounds(np.array([given_[role]]), np.array([given_[role]]))
                    for role in solution.of
                ]
                solved = solution.solve(*of, np.array([100.0]))
                assert solved.low[0] <= given_[solution.role] <= solved.high[0]


# --- No true assignment is cut off ----------------------------------------------------------------


@st.composite
def truths(draw):
    """True numbers in claims of every kind that share figures, rings too, and their prints."""
    a, b = draw(st.integers(1, 400)), draw(st.integers(1, 400))
    pa, pb = draw(st.integers(1, 400)), draw(st.integers(1, 400))
    n = draw(st.integers(0, a))
    true = {"a": a, "b": b, "t": a + b, "pa": pa, "pb": pb, "pt": pa + pb, "n": n}
    true |= {"da": a - pa, "db": b - pb, "dt": a + b - pa - pb}
    true = {key: Fraction(value) for key, value in true.items()}
    true |= {"ca": (true["a"] - pa) * 100 / pa, "cb": (true["b"] - pb) * 100 / pb}
    true["ct"] = (true["t"] - true["pt"]) * 100 / true["pt"]
    true |= {
        "rn": 100 * true["n"] / a,
        "ra": 100 * true["a"] / true["t"],
        "rb": 100 * true["b"] / a,
    }
    changes = {
        key: {"current": key, "prior": f"p{key}", "change": f"c{key}", "difference": f"d{key}"}
        for key in "abt"
    }
    del changes["b"]["difference"]
    claims = {
        "sum": ("sum", {"total": "t", "part": ["a", "b"]}),
        "before": ("sum", {"total": "pt", "part": ["pa", "pb"]}),
        "among": ("part", {"total": "t", "part": ["n"]}),
        "rate": ("ratio", {"rate": "rn", "numerator": "n", "denominator": "a"}),
        "share": ("ratio", {"rate": "ra", "numerator": "a", "denominator": "t"}),
        "one to another": ("ratio", {"rate": "rb", "numerator": "b", "denominator": "a"}),
    }
    for key, roles in changes.items():
        kept = draw(st.sets(st.sampled_from(sorted(roles)), min_size=2))
        claims[f"change {key}"] = ("change", {role: roles[role] for role in sorted(kept)})
    kept = draw(st.sets(st.sampled_from(sorted(claims)), min_size=1))
    claims = {name: claims[name] for name in sorted(kept)}
    rows = {}
    for _, roles in claims.values():
        for keys in roles.values():
            for key in [keys] if isinstance(keys, str) else keys:
                if key in rows:
                    continue
                rate, moved = key[0] == "r", key[0] == "c"
                step = draw(
                    st.sampled_from([Fraction(1, 10), Fraction(1)])
                    if rate or moved
                    else st.sampled_from([Fraction(0), Fraction(0), Fraction(10)])
                )
                low = high = true[key]
                if step:
                    middle = round(true[key] / step) * step
                    low, high = middle - step / 2, middle + step / 2
                measure = "rate" if rate else "change" if moved else "count"
                measure = "difference" if key[0] == "d" else measure
                if measure in ("rate", "count"):
                    low = max(low, Fraction(0))
                low, high = (
                    math.nextafter(float(low), -math.inf),
                    math.nextafter(float(high), math.inf),
                )
                if not step:
                    low = high = float(true[key])
                unit = "percent" if rate or moved else "起"
                rows[key] = (unit, measure, low, high)
    return rows, claims, true


@settings(max_examples=150)
@given(truths())
def test_no_true_number_is_cut_off(made):
    rows, claims, true = made
    found = tighten(extract(rows, claims))
    for key, row in found.iterrows():
        if row["relation"] == "":
            exact = true[key]
            assert row["printed_low"] <= row["tightened_low"] or key in ("ra", "rn", "rb")
            assert row["tightened_high"] <= row["printed_high"]
        elif row["role"] == "rest":
            exact = true["t"] - true["n"]
        else:
            of = row["relation"][-1]
            letter = {"current": "", "prior": "p", "change": "c", "difference": "d"}[row["role"]]
            exact = true[letter + of]
        if not math.isinf(row["tightened_low"]):
            assert Fraction(row["tightened_low"]) <= exact
        if not math.isinf(row["tightened_high"]):
            assert exact <= Fraction(row["tightened_high"])
