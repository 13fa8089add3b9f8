"""The claims of an extract as a table: what each ties, and in words."""

from __future__ import annotations

import pandas as pd

from ..extract import Extract
from ..kinds import KINDS, ROLES
from ..phrases import PHRASES, THEN, say
from ..units import Language


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
    lines = extract.relations[["relation", "kind", "role", "figure"]].astype(object)
    figures = extract.figures[["reported", "against"]].astype(object).reindex(lines["figure"])
    lines["printed"] = figures["reported"].fillna("?").to_numpy()
    lines["against"] = figures["against"].fillna("").to_numpy()
    first = lines.drop_duplicates("relation").set_index("relation")
    keys, printed, against = (
        _of_roles(lines, first.index, column, between)
        for column, between in (("figure", ", "), ("printed", " + "), ("against", ", "))
    )
    proposed = set(extract.relations.loc[extract.relations["status"] == "proposed", "relation"])
    phrases = {kind: PHRASES[f"claim {kind}"][language == "zh"] for kind in KINDS}
    words = []
    for kind, texts, bases in zip(
        first["kind"], printed.to_dict("records"), against.to_dict("records"), strict=True
    ):
        moved = [texts[role] for role in ("change", "difference") if texts[role]]
        said = {str(role): text or "?" for role, text in texts.items()}
        said["moved"] = say("list", language).join(moved) or "?"
        every = ", ".join(text for text in texts.values() if text)
        told = phrases[kind].format(**said) if kind in phrases else f"{kind}: {every or '?'}"
        stated = {bases[role]: None for role in ("change", "difference") if bases[role]}
        words.append(told + "".join(_against(base, language) for base in stated))
    status = ["proposed" if name in proposed else "" for name in first.index]
    table = pd.DataFrame({"kind": first["kind"], "status": status}, first.index)
    return pd.concat([table, keys], axis=1).assign(claim=words).astype("str")


def _of_roles(lines: pd.DataFrame, claims: pd.Index, column: str, between: str) -> pd.DataFrame:
    """A column of the lines, a row a claim and a column a role; empty where it has no figure."""
    cell = ["relation", "role"]
    several = lines.duplicated(cell, keep=False)  # parts, and little else
    joined = lines[several].groupby(cell, sort=False)[column].agg(between.join).reset_index()
    cells = pd.concat([lines[~several], joined])
    found = {}
    for role in ROLES:
        these = cells[cells["role"] == role].set_index("relation")[column]
        found[role] = these.reindex(claims, fill_value="").astype(object)
    return pd.DataFrame(found, index=claims, columns=list(ROLES))


def _against(base: str, language: Language) -> str:
    """What a change is said to be against, in brackets."""
    if language == "en":
        return f" ({base})"
    words = {"not stated": say("not stated", "zh"), "other": say("other base", "zh")}
    words |= {key: f"比{zh}" for key, (_, zh) in THEN.items() if isinstance(key, str)}
    year = base.removeprefix("year ")
    return f"（{f'比{year}年' if year.isdecimal() else words.get(base, base)}）"
