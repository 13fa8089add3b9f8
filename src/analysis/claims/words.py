"""The claims of an extract as a table: what each ties, and in words."""

from __future__ import annotations

import pandas as pd

from ..extract import Extract
from ..kinds import ROLES
from ..phrases import say
from ..units import Language


def claims(extract: Extract, language: Language = "en") -> pd.DataFrame:
    """What an extract's text claims: one row a claim, in order of first appearance.

    Index `relation`. Columns:

    - kind: `sum`, `part`, `ratio` or `change`
    - status: `proposed` where a row of the claim is, until a person has read it
    - total, part, rate, numerator, denominator, current, prior, change, difference: the key of the
      figure in each role, several parts with commas between; empty where none is printed
    - claim: the claim in words, with the figures as printed and ? for one that is not

    >>> from analysis import load
    >>> claims(load("data/datong-2018"))["claim"].tolist()[2:4]
    ['85.7% = 13.9246万件 / 16.2473万件', '6623起 from ?: 下降13.8% (year earlier)']
    """
    printed = extract.figures["reported"].to_dict()
    against = extract.figures["against"].to_dict()
    found = {}
    for relation, rows in extract.relations.groupby("relation", sort=False):
        keys: dict[str, list[str]] = {role: [] for role in ROLES}
        for role, figure in rows[["role", "figure"]].astype(str).itertuples(index=False, name=None):
            keys.setdefault(role, []).append(figure)
        texts = {
            role: " + ".join(printed.get(key, "?") for key in of) or "?"
            for role, of in keys.items()
        }
        moved = [key for role in ("change", "difference") for key in keys[role]]
        texts["moved"] = say("list", language).join(printed.get(key, "?") for key in moved) or "?"
        kind = rows["kind"].iloc[0]
        words = say(f"claim {kind}", language, **texts)
        stated = ", ".join(dict.fromkeys(against.get(key, "") for key in moved))
        found[relation] = {
            "kind": kind,
            "status": rows["status"].max(),
            **{role: ", ".join(keys[role]) for role in ROLES},
            "claim": f"{words} ({stated})" if stated else words,
        }
    columns = ["kind", "status", *ROLES, "claim"]
    table = pd.DataFrame.from_dict(found, orient="index", columns=columns)
    return table.rename_axis(index="relation")
