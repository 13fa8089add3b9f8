"""Audit: printed claims against their own parts, and the single slip that would explain each.

Every claim of a kind is judged at once, in columns; only a contradiction is looked at by itself.
A claim agrees where the printed range and the recomputed range meet: then there are numbers that
the author may have had which make it true. Where none exist, no rounding can explain it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..extract import Extract, require_extract
from ..kinds import KINDS, ROLES
from ..phrases import CHOSEN_TO_FIT, PHRASES, THEN, added, say
from ..units import Language
from .columns import AGREES, CANNOT_TELL, CONTRADICTS, VERDICTS
from .diagnose import Diagnosis, Known, diagnosed, first_slips, table_of
from .printed import Figures, Lines
from .slips import explanations, repeatable_in
from .verdicts import Verdicts

_AT_ONCE = 1024  # contradictions explained together: hundreds of candidates each, held in memory


def audit(extract: Extract) -> pd.DataFrame:
    """Judge every printed claim of an extract: one row a relation, in order of first appearance.

    Index `relation`. Columns, in the unit of the printed result:

    - kind: `sum`, `part`, `ratio` or `change`
    - printed_low, printed_high: bounds of the printed result: the total, the rate, the change or,
      where none is printed, the difference
    - recomputed_low, recomputed_high: bounds of the same from its parts. Where a part is not
      printed but was a whole number: from the whole number that comes nearest. NaN where nothing
      can be recomputed that could have failed
    - gap: how far apart the two are, 0 where they meet (for `part`: by how much the parts exceed
      the total), NaN where not known
    - verdict: `agrees`; `agrees if truncated` where the result agrees once it is taken as cut
      off after its last digit, not rounded; `contradicts`; `cannot tell`, also of what was
      proposed only because it holds, until a person has read it
    - explanation: of a contradiction, the single slips that would reconcile it: first that of
      `diagnose`, of all claims together, where it names one; then nearest first:
      no digit changed (an input cut off, the other sign, division by the current value, percent for
      points, a part left out), one digit, two digits swapped, a power of ten, a percentage repeated
      from another claim; within a kind the result comes before its parts, then the smaller relative
      change. Each is verified by recomputing this claim and every other claim of its figure that
      agrees; three at most are given. Or: why nothing can be told, or what was assumed

    Where a change has several printed companions, each is checked; the row shows the first check
    that fails.

    A claim also agrees, and the explanation says so, where it is true once a figure is taken for
    what its text may as well be: a prior for the difference, a denominator for the rest (101 of
    101 + 244), a difference without a word of direction for a distance.

    Whole numbers count: 178 cases at +44.4% contradict, since no whole number of cases a year
    earlier gives that change; 6623 at -13.8% tell nothing, since some whole number always would.
    Only counts of things are held to that; an average (488 a day) is not.

    Units are not compared: `load` reports unlike ones. Raises `TypeError` for what is no extract,
    `ValueError` where a figure's low is above its high.

    >>> from analysis import load
    >>> found = audit(load("data/datong-2018"))
    >>> found.loc["mediation_rate", ["recomputed_low", "gap"]].astype(float).round(2).tolist()
    [89.75, 0.1]
    >>> found.verdict.value_counts().to_dict()
    {'agrees': 4, 'cannot tell': 1, 'contradicts': 1}
    """
    require_extract(extract, "audit")
    verdicts = _verdicts(extract)
    found = None
    if verdicts.those(CONTRADICTS).any():
        near = verdicts.lines.only(verdicts.near)
        found = diagnosed(verdicts.figures, near, verdicts=verdicts)
    return _table(extract, verdicts, found)


def audit_and_diagnosis(
    extract: Extract, known: Known | None = None
) -> tuple[pd.DataFrame, pd.DataFrame, list[list[Any]]]:
    """What `audit` and `diagnose` give, worked out once; and which claims cannot all hold together.

    Of these each may hold by itself, and all but any one of them together. `known`, empty at
    first, keeps what is found of claims that cannot hold: those that are as they were the last time
    are not diagnosed again.
    """
    verdicts = _verdicts(extract)
    found = diagnosed(verdicts.figures, verdicts.lines, verdicts=verdicts, known=known)
    return _table(extract, verdicts, found), table_of(found), found.together if found else []


def _verdicts(extract: Extract) -> Verdicts:
    figures = Figures(extract.figures)
    return Verdicts.of(figures, Lines.of(extract.relations, figures))


def _table(extract: Extract, verdicts: Verdicts, found: Diagnosis | None) -> pd.DataFrame:
    """The table that `audit` gives; `found`: the diagnosis of all claims together."""
    names, kinds = verdicts.lines.names, verdicts.lines.kinds
    judged = np.full((5, len(names)), np.nan)
    verdict = np.full(len(names), CANNOT_TELL)
    explanation = np.full(len(names), "not a known kind of relation", dtype=object)
    for each in verdicts.every:
        judged[:, each.rows], verdict[each.rows] = each.judged, each.verdict
        explanation[each.rows] = each.note
    chosen = _chosen_to_fit(extract.relations, names) & (verdict == AGREES)
    verdict[chosen] = CANNOT_TELL
    explanation[chosen] = "proposed because it holds: to be read by a person"
    contradicts = verdict == CONTRADICTS
    if contradicts.any():
        first = first_slips(found)
        repeatable = repeatable_in(verdicts.every)
        some = [each.take(np.flatnonzero(verdicts.near[each.rows])) for each in verdicts.every]
        for each in some:
            contradicting = np.flatnonzero(each.verdict == CONTRADICTS)
            for start in range(0, len(contradicting), _AT_ONCE):
                columns = contradicting[start : start + _AT_ONCE]
                texts = [first.get(names[row], "") for row in each.rows[columns].tolist()]
                told = explanations(each, columns, verdicts.figures, repeatable, some, texts, names)
                explanation[each.rows[columns]] = told
    ranges = ["printed_low", "printed_high", "recomputed_low", "recomputed_high", "gap"]
    index = pd.Index(names, dtype=extract.relations["relation"].dtype, name="relation")
    return pd.DataFrame(
        {"kind": kinds}
        | dict(zip(ranges, judged, strict=True))
        | {"verdict": np.array(VERDICTS, dtype=object)[verdict], "explanation": explanation},
        index=index,
    )


def _chosen_to_fit(relations: pd.DataFrame, names: list[Any]) -> npt.NDArray[np.bool_]:
    """Which claims a program proposed because they hold, and nobody has read: they cannot fail."""
    unread = relations["status"] == "proposed"
    rows = unread & relations["note"].isin(CHOSEN_TO_FIT)
    chosen = set(relations["relation"][rows.to_numpy()])
    return np.array([name in chosen for name in names], dtype=bool)


def result_figures(extract: Extract) -> pd.Series:
    """The figure that each claim prints as its result: index `relation`, as in `audit`.

    The first of its kind's results that is printed; of a claim without one, its first figure.
    """
    results = [result for kind in KINDS.values() for result in kind.results]
    place = {role: n for n, role in enumerate(results)}
    first: dict[Any, tuple[int, Any]] = {}
    names = ("relation", "role", "figure")
    rows = zip(*(extract.relations[name].tolist() for name in names), strict=True)
    for relation, role, figure in rows:
        at = place.get(role, len(results))
        if relation not in first or at < first[relation][0]:
            first[relation] = at, figure
    relations, figures = extract.relations["relation"], extract.relations["figure"]
    index = pd.Index(list(first), dtype=relations.dtype, name="relation")
    found = [figure for _, figure in first.values()]
    return pd.Series(found, index=index, dtype=figures.dtype, name="figure")


def claims(extract: Extract, language: Language = "en") -> pd.DataFrame:
    """What an extract's text claims: one row a claim, in order of first appearance.

    Index `relation`. Columns:

    - kind: `sum`, `part`, `ratio` or `change`
    - status: `proposed` where a row of the claim is, until a person has read it
    - total, part, rate, numerator, denominator, current, prior, change, difference: the key of the
      figure in each role, several parts with commas between; empty where none is printed
    - claim: the claim in words, with the figures as printed and ? for one that is not; of a kind
      that is not known, its name and its figures

    >>> from analysis import load
    >>> claims(load("data/datong-2018"))["claim"].tolist()[2:4]
    ['85.7% = 13.9246万件 / 16.2473万件', '6623起 from ?: 下降13.8% (year earlier)']
    """
    require_extract(extract, "claims")
    named = ("reported", "against")
    known = dict(
        zip(
            extract.figures.index,
            zip(*(extract.figures[c] for c in named), strict=True),
            strict=True,
        )
    )
    proposed = set(extract.relations.loc[extract.relations["status"] == "proposed", "relation"])
    kinds: dict[Any, Any] = {}
    tied: dict[Any, dict[str, list[Any]]] = {}  # of each claim the figures in each role
    columns = ("relation", "kind", "role", "figure")
    for name, kind, role, key in zip(*(extract.relations[c] for c in columns), strict=True):
        kinds.setdefault(name, kind)
        tied.setdefault(name, {}).setdefault(role, []).append(key)
    rows = []
    for name, kind in kinds.items():
        of = {role: tied[name][role] for role in ROLES if role in tied[name]}
        keys = [_joined(of[role], ", ") if role in of else "" for role in ROLES]
        words = _in_words(kind, of, known, language)
        rows.append([kind, "proposed" if name in proposed else "", *keys, words])
    index = pd.Index(list(kinds), dtype=object, name="relation")
    return pd.DataFrame(
        rows, index, columns=["kind", "status", *ROLES, "claim"], dtype=object
    ).astype("str")


def _joined(cells: list[Any], between: str) -> Any:
    return cells[0] if len(cells) == 1 else between.join(cells)


def _in_words(
    kind: str, of: dict[str, list[Any]], known: dict[Any, tuple[Any, Any]], language: Language
) -> str:
    """A claim in words, from the figures in each of its roles and how they are printed."""
    cells = {role: [known.get(key, ("?", "")) for key in keys] for role, keys in of.items()}
    texts = {role: added(kind, (reported for reported, _ in each)) for role, each in cells.items()}
    moved = [role for role in ("change", "difference") if role in cells]
    said = dict.fromkeys(ROLES, "?") | texts
    said["moved"] = say("list", language).join(texts[role] for role in moved) or "?"
    if kind in KINDS:
        told = PHRASES[f"claim {kind}"][language == "zh"].format(**said)
    else:
        told = f"{kind}: {', '.join(texts.values()) or '?'}"
    stated = dict.fromkeys(", ".join(base for _, base in cells[role]) for role in moved)
    return told + "".join(_against(base, language) for base in stated if base)


def _against(base: str, language: Language) -> str:
    """What a change is said to be against, in brackets."""
    if language == "en":
        return f" ({base})"
    words = {"not stated": say("not stated", "zh"), "other": say("other base", "zh")}
    words |= {key: f"比{zh}" for key, (_, zh) in THEN.items() if isinstance(key, str)}
    year = base.removeprefix("year ")
    return f"（{f'比{year}年' if year.isdecimal() else words.get(base, base)}）"
