"""Which of many labels hold a word: all are searched at once, as most hold none."""

from __future__ import annotations

import re
from collections.abc import Iterable


def found_in(pattern: re.Pattern[str], texts: Iterable[str]) -> list[int]:
    """Which of some texts, each one line, hold what a pattern looks for in small letters.

    >>> found_in(re.compile("total|计"), ["Total", "盗窃", "合计"])
    [0, 2]
    """
    text = "\n".join(texts).casefold()
    found: list[int] = []
    line = at = 0
    for match in pattern.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        if found[-1:] != [line]:
            found.append(line)
    return found
