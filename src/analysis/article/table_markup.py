"""Markdown without what only sets it: bold letters, links, what is escaped, HTML in a line."""

from __future__ import annotations

import re
from html import unescape

# Each within a cell, and none across lines: a star that closes nothing marks a footnote.
_FOOTNOTE = re.compile(r"\[\^(\w{1,8})\](?!:)|<sup>\s*(\d{1,2})\s*</sup>", re.IGNORECASE)
_LINK = re.compile(
    r"!?\[((?:[^\[\]|\n]|\[[^\[\]|\n]*\]){0,300})\]"
    r"\((?:https?:|mailto:|www\.|[/#?]|\.{1,2}/|[\w./-]+\.\w{2,5}[)#?\s])[^()\s|]{0,1000}"
    r"(?:\([^()\s|]*\)[^()\s|]*)?(?:\s+[\"'][^\"'|\n]*[\"'])?\)?"
)
_STRONG = re.compile(r"(?<!\\)(\*{2,3})(?=[^*|\n])([^*|\n]{1,500})(?<!\\)\1(?!\*)")
_SET_APART = re.compile(r"(?<![\\\w*])\*(?![\s*|])([^*|\n]{1,500})(?<![\s\\])\*(?![\w*])")
_CODE = re.compile(r"`([^`|\n]{1,500})`")
_TAG = re.compile(
    r"</?(?:b|strong|i|em|u|span|font|center|small|sub|sup|p|a|div|mark)(?:\s[^<>|\n]{0,500})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([*_#$~()\[\]+\-.'\"<>&%`!])")
_HEADING = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]+(?=[^|\n]*$)")


def without_markup(text: str) -> str:
    """A text of Markdown as it is seen, in as many lines; footnotes in brackets, as in HTML.

    >>> without_markup("| **合计** | [12](http://a.b/3) | 5[^1] | *x* | 7* | \\\\$8 | a&nbsp;b |")
    '| 合计 | 12 | 5(1) | x | 7* | $8 | a\\xa0b |'
    """
    if "[^" in text or "<sup>" in text:
        text = _FOOTNOTE.sub(lambda m: f"({m[1] or m[2]})", text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "*" in text:
        text = _SET_APART.sub(r"\1", _STRONG.sub(r"\2", text))
    if "`" in text:
        text = _CODE.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda m: unescape(m[0]), text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    return _HEADING.sub("", text) if "#" in text else text
