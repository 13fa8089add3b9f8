"""The claims of an extract as a table: what each ties, and in words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..extract import Extract, require_extract
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
    texts = {
        role: " + ".join(str(reported) for reported, _ in each) for role, each in cells.items()
    }
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
