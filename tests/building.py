"""Built for the tests: extracts, printed figures and their readings, figures as exact bounds."""

import csv
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from analysis import Extract, audit, read_figure
from analysis.kinds import KINDS
from analysis.rounding import lower, upper

_TABLE = Path(__file__).parent / "figures" / "printed_figures.csv"
with _TABLE.open(encoding="utf-8", newline="") as _file:
    PRINTED = list(csv.DictReader(_file))  # printed figures and what they read as, with the reason
# Made up, to be reviewed: 90% of 200 is 180, and 182 is printed, so the ratio contradicts.
BULLETIN = """某县2020年立案200起，同比下降20%，其中盗窃80起。破案182起，破案率90%。
表彰先进12人次，共3批。"""
COLUMNS = ["value", "low", "high", "unit", "hedge", "measure", "decimals"]

LINES = ["relation", "kind", "role", "figure"]
# What a column is of; of all other figures it stays empty.
OF = {"against": ("change", "difference"), "basis": ("change",)}


def lines_of(claims):
    """The rows of `relations.csv` of claims {relation: (kind, {role: key or several})}."""
    return [
        (relation, kind, role, key)
        for relation, (kind, roles) in claims.items()
        for role, keys in roles.items()
        for key in ([keys] if isinstance(keys, str) else keys)
    ]


def extract(figures, claims=(), name="", source=None, **columns):
    """An extract of `figures` by key and of `claims`: (kind, {role: key or several}), r0, r1, ...

    A figure is what was printed ("342起"), a number that was printed exactly, or a dict of columns
    of `figures.csv`, with its text (`reported`) or with bounds (see `ranged`). Unit and measure are
    read from the text, or else are those of a count; a role such as rate or change gives a figure
    its measure. `columns` are of all figures, `against` and `basis` of those that have one.
    """
    named = claims if isinstance(claims, dict) else {f"r{n}": c for n, c in enumerate(claims)}
    lines = lines_of(named)
    needed = {}
    for _, kind, role, key in lines:
        if kind in KINDS and role in KINDS[kind].measure:
            needed.setdefault(key, KINDS[kind].measure[role])
    bounded = any(not isinstance(x, (str, dict)) or "low" in x for x in figures.values())
    rows = {key: _row(given, needed.get(key), bounded) for key, given in figures.items()}
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=None if rows else ["reported"])
    frame = frame.reindex(columns=[*dict.fromkeys(["reported", "unit", "measure", *frame])])
    frame = frame.assign(**columns)
    for column, measures in OF.items():
        if column in columns:
            frame[column] = frame[column].where(frame["measure"].isin(measures), "")
    for column in frame.columns.intersection(["period_start", "as_of"]):
        frame[column] = pd.to_datetime(frame[column].replace("", None))
    empty = frame.columns.difference(["value", "low", "high", "period_start", "as_of"])
    frame[empty] = frame[empty].astype(object).fillna("")
    return Extract(frame, pd.DataFrame(lines, columns=LINES), source=source, name=name)


def _row(given, needed, bounded):
    """One figure's columns; the bounds of its text only where others have bounds of their own."""
    row = {"reported": given} if isinstance(given, str) else given
    if not isinstance(row, dict):
        row = {"value": float(given), "low": float(given), "high": float(given)}
    if "reported" in row:
        figure = read_figure(row["reported"])
        read = {"unit": figure.unit, "measure": needed or figure.measure}
        if bounded:
            read |= {name: getattr(figure, name) for name in ("value", "low", "high", "hedge")}
        return read | row
    measure = needed or "count"
    unit = "percent" if measure in ("rate", "change") else "起"
    # A word of direction, so that no difference is taken for a distance.
    return {"reported": f"升{row['value']:.15g}", "unit": unit, "measure": measure} | row


def claims_by_place(table):
    """Each claim of a table as its kind and its roles, figures by row and column."""
    places = {
        key: f"{row}|{column}" for key, row, column in table.figures[["row", "column"]].itertuples()
    }
    found = []
    for _, rows in table.relations.groupby("relation", sort=False):
        roles = {}
        for role, figure in zip(rows["role"], rows["figure"], strict=True):
            roles.setdefault(role, []).append(places[figure])
        found.append((rows["kind"].iloc[0], {r: sorted(f) for r, f in roles.items()}))
    return found


def roles_by_place(table, kind):
    """The roles of a table's claims of one kind, figures by row and column."""
    return [roles for k, roles in claims_by_place(table) if k == kind]


def claimed(*claims, **columns):
    """An extract of claims (kind, {role: text or several}), figures named by role and number.

    The same text in two claims of one extract is the same figure, as in an article.
    """
    figures, keyed = {}, []
    for kind, roles in claims:
        keys = {}
        for role, texts in roles.items():
            for text in [texts] if isinstance(texts, str) else texts:
                key = next((k for k, t in figures.items() if t == text), f"{role}{len(figures)}")
                figures[key] = text
                keys.setdefault(role, []).append(key)
        keyed.append((kind, keys))
    return extract(figures, keyed, **columns)


def one(kind, roles):
    """An extract of the claim `r` alone, its figures named by their roles."""
    return extract(roles, {"r": (kind, {role: role for role in roles})})


def apart(claims):
    """An extract of claims r0, r1, ... (kind, {role: figure or several}), of figures of its own."""
    figures, keyed = {}, []
    for n, (kind, roles) in enumerate(claims):
        keys = {}
        for role, of in roles.items():
            several = {
                f"{role}{n}_{k}": x for k, x in enumerate(of if isinstance(of, list) else [of])
            }
            figures |= several
            keys[role] = list(several)
        keyed.append((kind, keys))
    return extract(figures, keyed)


def ranged(low, width):
    """A rounded figure as its bounds; exact in binary, so that corners are too."""
    return {"value": low + width / 2, "low": float(low), "high": float(low + width)}


def several(cases, number):
    """A Hypothesis strategy of so many cases at once, for what is asked of them in one table."""
    return st.lists(cases, min_size=number, max_size=number)


def printed(value, decimals):
    """An exact number printed with so many decimals: the printed integer, and its bounds."""
    steps = math.floor(value * 10**decimals + Fraction(1, 2))
    return steps, *bounds_of(steps, decimals)


def bounds_of(steps, decimals):
    """Low and high of a printed integer of so many decimals, in fractions and as a figure."""
    unit = 2 * 10**decimals
    low, high = Fraction(2 * steps - 1, unit), Fraction(2 * steps + 1, unit)
    return low, high, {"value": steps / 10**decimals, "low": lower(low), "high": upper(high)}


def steps_between(a, b):
    """How many float steps from a to b: floats of one sign lie in the order of their bits."""
    a, b = (int(np.float64(abs(x)).view(np.int64)) * (1 if x > 0 else -1) for x in (a, b))
    return abs(a - b)


def judged(kind, columns=(), **roles):
    """The audit of one claim, its figures given as texts: a row."""
    return audit(claimed((kind, roles), **dict(columns))).loc["r0"]


def outward(text, towards):
    """The float next to the exact number on the outer side."""
    if "inf" in text:
        return float(text)
    exact, x = Fraction(text), float(Fraction(text))
    inside = Fraction(x) > exact if towards < 0 else Fraction(x) < exact
    return math.nextafter(x, towards) if inside else x


def bits(value):
    """A float to the bit, for comparing; "none" where there is no value."""
    return "none" if value is None or math.isnan(value) else float(value).hex()
