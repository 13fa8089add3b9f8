"""How deep the label of a row stands by what it begins with: a number, a dash, blanks."""

from __future__ import annotations

import re

# Marks of numbered rows, a level each in the order in which a table uses them.
_MARKS = (
    ("roman", r"[IVX]{1,4}[.、]\s*"),
    ("chinese", r"[一二三四五六七八九十]{1,3}\s*[、.．]\s*"),
    ("chinese in brackets", r"[(（][一二三四五六七八九十]{1,3}[)）]\s*"),
    ("digit", r"\d{1,2}\s*[、.．](?!\d)\s*"),
    ("digit in brackets", r"[(（]\d{1,2}[)）]\s*"),
    ("letter in brackets", r"[(（][a-h][)）]\s*(?=\S)"),
    ("circled", r"[①-⑳]\s*"),
    ("dash", r"[-–—－•·◆]+\s*(?=\S)"),
)
_MARKED = re.compile("|".join(f"({mark})" for _, mark in _MARKS))


def mark_of(label: str) -> str:
    """Which numbering a label begins with, or "".

    >>> mark_of("一、共享收入"), mark_of("1、增值税"), mark_of("- 枪击"), mark_of("盗窃")
    ('chinese', 'digit', 'dash', '')
    """
    found = _MARKED.match(label.strip())
    return _MARKS[(found.lastindex or 1) - 1][0] if found else ""


_INDENTS = " \xa0\u3000\u2003¬.›»"
_OF_WHICH_APART = re.compile(r"(?<=[ \xa0])[#＃] ")


def indent_of(label: str) -> int:
    """How far a label stands in: a full-width blank, or a mark that stands for one, for two; # in
    the room of a blank for one.

    >>> indent_of("  男"), indent_of("¬¬Theft"), indent_of("....Urban"), indent_of("盗窃")
    (2, 4, 8, 0)
    """
    if label[:1] not in _INDENTS:
        return 0
    label = _OF_WHICH_APART.sub("  ", label, count=1)
    head = label[: len(label) - len(label.lstrip(_INDENTS))]
    return sum(1 if c in " \xa0" else 2 for c in head)
