"""Tightening: by hand, and no true assignment cut off, against whole numbers and fractions."""

import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from building import lines_of, several
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis import Extract, load, tighten, year_over_year
from analysis.bounds import Bounds
from analysis.kinds import EQUATIONS, FORMS

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ["relation", "role", "printed_low", "printed_high", "tightened_low", "tightened_high"]
COLUMNS += ["candidates", "by", "proved", "claims"]


def extract(figures, claims):
    """An extract of figures {key: (unit, measure, low, high)} and claims, bounds given."""
    frame = pd.DataFrame.from_dict(
        figures, orient="index", columns=["unit", "measure", "low", "high"]
    )
    frame["reported"] = frame["low"].astype(str)
    frame["value"] = (frame["low"] + frame["high"]) / 2
    frame["hedge"] = ""
    return Extract(
        frame, pd.DataFrame(lines_of(claims), columns=["relation", "kind", "role", "figure"])
    )


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
    # 1247 is 750 and 497, 1253 is 750 and 503: whole numbers that fit all claims.
    assert together.loc["all_then.prior", ["by", "proved"]].tolist() == ["propagation", True]


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


def test_what_only_all_claims_of_a_ring_tell_together():
    rows = {
        "a": ("元", "amount", 12500.0, 13500.0),
        "b": ("元", "amount", 11500.0, 12500.0),
        "both": ("元", "amount", 24550.0, 24650.0),
        "more": ("元", "amount", 1150.0, 1250.0),
    }
    claims = {
        "sum": ("sum", {"total": "both", "part": ["a", "b"]}),
        "difference": ("sum", {"total": "a", "part": ["b", "more"]}),
    }
    # a is half of both and more: 25700 / 2 to 25900 / 2; b half of 23300 to 23500. Of one claim
    # after another, no range is left any smaller: 24550 - 12500 is below 12500.
    found = tighten(extract(rows, claims))
    assert ends(found, "a") == pytest.approx((12850, 12950))
    assert ends(found, "b") == pytest.approx((11650, 11750))
    assert Fraction(ends(found, "a")[0]) <= 12850
    assert Fraction(ends(found, "a")[1]) >= 12950
    assert found["by"].to_dict() == {"a": "program", "b": "program", "both": "", "more": ""}
    assert found["proved"].all()
    assert found["claims"].tolist() == ["sum, difference", "sum, difference", "", ""]
    # Of whole things with an odd sum and an even difference there are none at the very ends.
    rows = {key: ("起", "count", *ends) for key, (_, _, *ends) in rows.items()}
    rows["both"] = ("起", "count", 24551.0, 24651.0)
    rows["more"] = ("起", "count", 1150.0, 1150.0)
    found = tighten(extract(rows, claims))
    # 24552 = 12851 + 11701.
    assert ends(found, "a") == (12851, 12900)
    assert ends(found, "both") == (24552, 24650)
    assert found.loc[["a", "b", "both"], "by"].tolist() == ["program"] * 3
    assert found["proved"].all()


def test_what_is_not_proved_is_said():
    # The same share printed in two claims may have been of another quotient in each.
    rows = {
        "n": ("起", "count", 20.0, 24.0),
        "d": ("起", "count", 40.0, 44.0),
        "m": ("起", "count", 30.0, 34.0),
        "e": ("起", "count", 60.0, 64.0),
        "share": ("percent", "rate", 49.5, 50.5),
    }
    found = tighten(
        extract(
            rows,
            {
                "one": ("ratio", {"rate": "share", "numerator": "n", "denominator": "d"}),
                "other": ("ratio", {"rate": "share", "numerator": "m", "denominator": "e"}),
            },
        )
    )
    # 22 of 44 and 32 of 64: 20 and 30 at the least, 22 and 32 at the most.
    assert ends(found, "n") == (20, 22)
    assert ends(found, "m") == (30, 32)
    assert not found["proved"].any()


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
                solved = solution.solve(*of, np.array([[100.0], [1.0]]))
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


@settings(max_examples=15)
@given(several(truths(), 10))
def test_no_true_number_is_cut_off(cases):
    """Several that share nothing, their figures and claims told apart by a number."""
    rows, claims = {}, {}
    for n, (figures, said, _) in enumerate(cases):
        rows |= {f"{key} {n}": row for key, row in figures.items()}
        for name, (kind, roles) in said.items():
            keyed = {
                role: f"{of} {n}" if isinstance(of, str) else [f"{key} {n}" for key in of]
                for role, of in roles.items()
            }
            claims[f"{name} {n}"] = (kind, keyed)
    found = tighten(extract(rows, claims))
    assert {key for key in found.index if key in rows} == set(rows)
    for name, row in found.iterrows():
        of, n = (row["relation"] or name).rsplit(" ", 1)
        key, true = name.rsplit(" ", 1)[0], cases[int(n)][2]
        if row["relation"] == "":
            exact = true[key]
            assert row["printed_low"] <= row["tightened_low"] or key in ("ra", "rn", "rb")
            assert row["tightened_high"] <= row["printed_high"]
        elif row["role"] == "rest":
            exact = true["t"] - true["n"]
        else:
            letter = {"current": "", "prior": "p", "change": "c", "difference": "d"}[row["role"]]
            exact = true[letter + of[-1]]
        if not math.isinf(row["tightened_low"]):
            assert Fraction(row["tightened_low"]) <= exact
        if not math.isinf(row["tightened_high"]):
            assert exact <= Fraction(row["tightened_high"])


# --- Rings: as tight as every whole number tried --------------------------------------------------

MOST = {"a": 45, "b": 45, "t": 90}  # so far a prior is tried


@st.composite
def whole_rings(draw):
    """Claims of every kind that share rounded counts and unprinted priors, true of some numbers."""
    a, b, pa, pb = (draw(st.integers(1, 20)) for _ in range(4))
    n = draw(st.integers(0, a))
    true = {"a": a, "b": b, "t": a + b, "n": n, "m": abs(a - b)}
    larger, smaller = ("a", "b") if a >= b else ("b", "a")
    claims = {
        "more": ("sum", {"total": larger, "part": [smaller, "m"]}),
        "among": ("part", {"total": "a", "part": ["n"]}),
        "rate": ("ratio", {"rate": "rn", "numerator": "n", "denominator": "a"}),
        "share": ("ratio", {"rate": "ra", "numerator": "a", "denominator": "t"}),
        "then a": ("change", {"current": "a", "change": "ca"}),
        "then b": ("change", {"current": "b", "change": "cb"}),
        "then t": ("change", {"current": "t", "change": "ct"}),
    }
    kept = draw(st.sets(st.sampled_from(sorted(claims)), min_size=1))
    claims = {"sum": ("sum", {"total": "t", "part": ["a", "b"]})} | {k: claims[k] for k in kept}
    rows = {}
    for key, x in true.items():
        low = draw(st.integers(max(0, x - 3), x))
        rows[key] = ("起", "count", float(low), float(draw(st.integers(x, max(x, low + 3)))))
    quotients = {"ca": (a - pa, pa), "cb": (b - pb, pb), "ct": (a + b - pa - pb, pa + pb)}
    quotients |= {"rn": (n, a), "ra": (a, a + b)}
    for key, (part, of) in quotients.items():
        middle = round(Fraction(100 * part, of))
        rate = key[0] == "r"
        low, high = max(0.0, middle - 0.5) if rate else middle - 0.5, middle + 0.5
        high = min(100.0, high) if rate else high
        rows[key] = ("percent", "rate" if rate else "change", low, high)
    used = {key for *_, key in lines_of(claims)}
    return {key: row for key, row in rows.items() if key in used}, claims


def every_number(rows, claims):
    """The whole numbers that each figure can be, all claims together: by trying them all."""
    doubled = {key: (int(2 * low), int(2 * high)) for key, (_, _, low, high) in rows.items()}
    free = [key for key in "abnm" if key in rows]
    then = [key for key in "abt" if f"then {key}" in claims]
    ranges = [np.arange(doubled[key][0] // 2, doubled[key][1] // 2 + 1) for key in free]
    ranges += [np.arange(1, MOST[key]) for key in then if len(then) < 3 or key != "t"]
    grids = np.meshgrid(*ranges, indexing="ij", sparse=True)
    value = dict(zip(free + [f"then {key}.prior" for key in then], grids, strict=False))
    value["t"] = value["a"] + value["b"]
    if len(then) == 3:
        value["then t.prior"] = value["then a.prior"] + value["then b.prior"]
    ok = (2 * value["t"] >= doubled["t"][0]) & (2 * value["t"] <= doubled["t"][1])
    quotients = [
        (value[key] - value[p := f"then {key}.prior"], value[p], f"c{key}") for key in then
    ]
    if "more" in claims:
        total, (less, m) = claims["more"][1].values()
        ok = ok & (value[total] == value[less] + value[m])
    if "among" in claims:
        ok = ok & (value["n"] <= value["a"])
    if "rate" in claims:
        quotients.append((value["n"], value["a"], "rn"))
    if "share" in claims:
        quotients.append((value["a"], value["t"], "ra"))
    for part, of, key in quotients:
        low, high = doubled[key]
        ok = ok & (low * of <= 200 * part) & (200 * part <= high * of)
    return {key: np.unique(np.broadcast_to(x, ok.shape)[ok]) for key, x in value.items()}


@settings(max_examples=60)
@given(whole_rings())
def test_rings_are_as_tight_as_every_number_tried(made):
    rows, claims = made
    found = tighten(extract(rows, claims))
    # What could be greater than any that is tried.
    assume(all(ends(found, f"then {k}.prior")[1] < MOST[k] for k in "abt" if f"then {k}" in claims))
    for key, numbers in every_number(rows, claims).items():
        least, most = ends(found, key)
        assert least <= numbers[0]
        assert most >= numbers[-1]
        if found.loc[key, "proved"]:
            assert (least, most) == (numbers[0], numbers[-1])
