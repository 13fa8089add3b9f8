"""Cells as a reader of Chinese writes them, 上年同期 for `year earlier`; the tables keep theirs."""

from __future__ import annotations

import re

from ..phrases import as_noted, noted
from ..units import SHARES, Language, unit_of
from .review_words import AGAINST, REASONS_ZH

_NOT_STATED = {"not stated": AGAINST["not stated"][1]}
# field: what its cells hold, and how that is written in Chinese.
_IN_CHINESE: dict[str, dict[str, str]] = {
    "against": {key: zh for key, (_, zh) in AGAINST.items()},
    "unit": _NOT_STATED | {family.name: unit_of(family.name).zh for family in SHARES},
    "publisher": _NOT_STATED,
    "published": _NOT_STATED,
    "reason": REASONS_ZH,
}


def shown(field: str, cell: str, language: Language) -> str:
    """A cell as its field shows it.

    >>> [shown("against", base, "zh") for base in ("year earlier", "year 2016", "spring")]
    ['上年同期', '2016年', 'spring']
    """
    if language == "en":
        return cell
    if field == "note":
        return noted(cell, language)
    if field == "against":
        cell = re.sub(r"^year (\d{4})$", r"\1年", cell)
    return _IN_CHINESE.get(field, {}).get(cell, cell)


def stored(field: str, typed: str) -> str:
    """What is typed into a field, in either language, as its cell holds it.

    >>> stored("against", "2016年"), stored("unit", "%"), stored("unit", "起")
    ('year 2016', 'percent', '起')
    """
    typed = typed.strip()
    if field == "note":
        return as_noted(typed)
    if field == "against":
        typed = re.sub(r"^(\d{4})年$", r"year \1", typed)
    return {zh: key for key, zh in _IN_CHINESE.get(field, {}).items()}.get(typed, typed)
