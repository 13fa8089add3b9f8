"""A panel of printed figures that was never printed: for measuring, and for trying methods.

Every figure follows from seeded random counts, so what a slip did to it is known; an audit of real
figures has no such truth to be held against.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from .extract import Extract, Source

CATEGORIES = ("all cases", "theft", "fraud", "violence", "other")
PRINTED = ("current", "prior", "difference", "change", "solved", "rate")
SLIPS = ("one digit", "two digits swapped", "wrong power of ten")
# The kinds of relation that a printed column of a row stands in.
_KINDS = {
    "current": ("change", "ratio", "sum", "part"),
    "prior": ("change",),
    "difference": ("change",),
    "change": ("change",),
    "solved": ("ratio",),
    "rate": ("ratio",),
}
Ints = npt.NDArray[np.int64]


def synthetic_panel(rows: int, seed: int = 0, error_rate: float = 0.0) -> pd.DataFrame:
    """A panel of made-up counts as a bulletin would print them, with slips of a known kind.

    One row a county, month and category (see `CATEGORIES`; the first is the total of the rest), so
    `rows` is rounded up to whole counties of twelve months. Columns:

    - county, month (1 to 12), category
    - current, prior: cases this year and a year earlier; difference: current minus prior
    - change: from prior to current, percent, to one decimal
    - solved: of the current cases; rate: solved of current, percent, to one decimal
    - slip, slipped: which of `SLIPS` was made in which column; empty where none was
    - intended: what should have stood there (NaN where there is no slip)

    In a share of `error_rate` of the rows one figure is printed wrongly. The same seed gives the
    same panel. Raises `ValueError` for a share outside 0 to 1, or no rows.

    >>> synthetic_panel(60)[["month", "category", "current", "prior", "change"]].head(2)
       month   category  current  prior  change
    0      1  all cases      607    609    -0.3
    1      1      theft      207    225    -8.0
    """
    if rows < 1 or not 0 <= error_rate <= 1:
        raise ValueError(f"a panel has rows and a share of errors, not {rows} and {error_rate}")
    random = np.random.default_rng(seed)
    groups = -(-rows // (12 * len(CATEGORIES))) * 12
    size = random.lognormal(5, 1, (groups, 1)) * random.uniform(0.5, 1.5, (groups, 4))
    parts_prior = random.poisson(size) + 1
    parts_current = random.poisson(size * random.uniform(0.8, 1.25, (groups, 4))) + 1
    solved_parts = random.binomial(parts_current, random.uniform(0.3, 0.98, (groups, 4)))
    current, prior, solved = (
        np.column_stack([parts.sum(axis=1), parts]).ravel()
        for parts in (parts_current, parts_prior, solved_parts)
    )
    group = np.repeat(np.arange(groups), len(CATEGORIES))
    panel = pd.DataFrame(
        {
            "county": group // 12,
            "month": group % 12 + 1,
            "category": pd.Categorical(CATEGORIES * groups, CATEGORIES),
            "current": current,
            "prior": prior,
            "difference": current - prior,
            "change": _to_one_decimal(current - prior, prior),
            "solved": solved,
            "rate": _to_one_decimal(solved, current),
        }
    )
    return _with_slips(panel, random, error_rate)


def _to_one_decimal(numerator: Ints, denominator: Ints) -> npt.NDArray[np.float64]:
    """A percentage to one decimal, half away from zero, without a rounding error of its own."""
    tenths = (2000 * np.abs(numerator) + denominator) // (2 * denominator)
    percent: npt.NDArray[np.float64] = np.sign(numerator) * tenths / 10
    return percent


def _with_slips(panel: pd.DataFrame, random: np.random.Generator, rate: float) -> pd.DataFrame:
    """The panel with a printed figure altered in a share of its rows."""
    count = len(panel)
    chosen = np.flatnonzero(random.random(count) < rate)
    kind = random.integers(0, len(SLIPS), len(chosen))
    column = random.integers(0, len(PRINTED), len(chosen))
    slip, slipped = np.full(count, "", dtype=object), np.full(count, "", dtype=object)
    intended = np.full(count, np.nan)
    for n, name in enumerate(PRINTED):
        tenfold = 1 if panel[name].dtype.kind == "i" else 10  # the digits as one integer
        rows, kinds = chosen[column == n], kind[column == n]
        values = panel[name].to_numpy()[rows]
        digits = np.rint(np.abs(values) * tenfold).astype(np.int64)
        wrong = _misprinted(digits, kinds, random)
        made = wrong != digits
        rows, kinds = rows[made], kinds[made]
        printed = panel[name].to_numpy(copy=True)
        printed[rows] = (np.where(values < 0, -1, 1) * wrong / tenfold)[made].astype(printed.dtype)
        panel[name] = printed
        slip[rows], slipped[rows] = np.array(SLIPS, dtype=object)[kinds], name
        intended[rows] = values[made]
    return panel.assign(slip=slip, slipped=slipped, intended=intended)


def _misprinted(digits: Ints, kind: Ints, random: np.random.Generator) -> Ints:
    """Integers with one slip each; unchanged where the slip is not possible, as a swap of 33."""
    length = np.floor(np.log10(np.maximum(digits, 1))).astype(np.int64) + 1
    place = 10 ** random.integers(0, length)
    old = digits // place % 10
    first = (place * 10 > digits) & (length > 1)  # a number does not begin with 0
    new = np.where(first, random.integers(1, 10, len(digits)), random.integers(0, 10, len(digits)))
    altered = digits + (new - old) * place
    left = digits // (place * 10) % 10
    swapped = digits + (old - left) * place * 9
    swapped = np.where((old == 0) & (place * 100 > digits) | (place * 10 > digits), digits, swapped)
    return np.select([kind == 0, kind == 1], [altered, swapped], digits * 10)


def panel_extract(panel: pd.DataFrame) -> Extract:
    """A panel of `synthetic_panel` as an extract: six figures a row, and every kind of relation.

    Figures are called COLUMN-ROW (`current-17`), relations KIND-ROW by the panel's index: a
    change (with its difference) and a ratio for each row, a sum and a part (theft and fraud may not
    exceed the total) for each county and month, by the row of its total.

    >>> panel_extract(synthetic_panel(60)).figures.loc[["change-0", "rate-0"], ["reported", "low"]]
             reported    low
    figure
    change-0   下降0.3%  -0.35
    rate-0      57.5%  57.45
    """
    row = pd.Series(panel.index.astype(str), index=panel.index)
    is_total = panel["category"] == CATEGORIES[0]
    of_total = row.where(is_total).ffill()
    some = panel["category"].isin(CATEGORIES[1:3])
    kinds = {
        "change": {role: role for role in ("current", "prior", "change", "difference")},
        "ratio": {"rate": "rate", "numerator": "solved", "denominator": "current"},
    }
    claims = [
        (kind, row, role, name + "-" + row)
        for kind, roles in kinds.items()
        for role, name in roles.items()
    ]
    for kind, parts in (("sum", ~is_total), ("part", some)):
        for role, here in (("total", is_total), ("part", parts)):
            claims.append((kind, of_total[here], role, "current-" + row[here]))
    relations = [
        pd.DataFrame({"relation": kind + "-" + of, "kind": kind, "role": role, "figure": figure})
        for kind, of, role, figure in claims
    ]
    figures = pd.concat([_figures(panel, name) for name in PRINTED])
    source = Source("A synthetic panel", "made up, printed nowhere", "not stated")
    return Extract(figures, pd.concat(relations, ignore_index=True), source=source)


def slips_found(panel: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """What an audit made of the slips in a panel: one row a slip and relation that it stands in.

    `table` is `audit` of `panel_extract` of the panel. Columns: row (of the panel), slip, kind,
    relation, and outcome, one of `phrases.OUTCOMES`: whether the audit contradicts the relation,
    and where in its explanation the slip stands that was made.

    >>> from analysis import audit
    >>> panel = synthetic_panel(600, seed=3, error_rate=0.01)
    >>> slips_found(panel, audit(panel_extract(panel)))["outcome"].value_counts()
    outcome
    nearest explanation    13
    not contradicted        3
    not among them          1
    Name: count, dtype: int64
    """
    total = panel.index.to_series().where(panel["category"] == CATEGORIES[0]).ffill()
    part = panel["category"].isin(CATEGORIES[:3])
    found = []
    for name, kinds in _KINDS.items():
        rows = panel[panel["slipped"] == name]
        printed = _figures(rows, name)["reported"].set_axis(rows.index)
        values = rows["intended"].astype(panel[name].dtype)
        intended = _figures(rows.assign(**{name: values}), name)["reported"].set_axis(rows.index)
        moved = rows["slip"] == SLIPS[2]
        slip = (printed + " → " + intended).where(~moved, printed + " ÷ 10")
        slip += " (" + rows["slip"].astype("str") + ")"
        for kind in kinds:
            of = total[rows.index].astype("int64") if kind in ("sum", "part") else rows.index
            columns = {"row": rows.index, "slip": rows["slip"], "kind": kind, "true": slip}
            each = pd.DataFrame(columns).assign(
                relation=kind + "-" + pd.Series(of, rows.index).astype("str")
            )
            found.append(each[part[rows.index]] if kind == "part" else each)
    slips = pd.concat(found, ignore_index=True)
    audited = table[["verdict", "explanation"]].reindex(slips["relation"])
    listed = [str(text).split("; ") for text in audited["explanation"]]
    pairs = list(zip(slips["true"], listed, strict=True))
    missed = (audited["verdict"] != "contradicts").to_numpy()
    first, among = [true == texts[0] for true, texts in pairs], [true in of for true, of in pairs]
    named = ["not contradicted", "nearest explanation", "among the explanations"]
    outcome = np.select([missed, first, among], named, "not among them").astype(object)
    return slips.drop(columns="true").assign(outcome=outcome)


def _figures(panel: pd.DataFrame, name: str) -> pd.DataFrame:
    """One printed column of the panel as figures with their text."""
    values = panel[name]
    if name in ("change", "rate"):
        text, unit, measure = values.abs().map("{:.1f}%".format), "percent", name
    else:
        measure = "difference" if name == "difference" else "count"
        text, unit = values.abs().astype("str") + "起", "起"
    words = {"change": ("上升", "下降"), "difference": ("增加", "减少")}.get(name, ("", ""))
    sign = pd.Series(np.where(values < 0, words[1], words[0]), index=values.index, dtype="str")
    columns = {"reported": sign + text, "unit": unit, "measure": measure}
    return pd.DataFrame(columns).set_axis(name + "-" + panel.index.astype(str))
