"""Labels of rows that stand over several lines of a text, above their figures or below."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from .table_head_words import closed, hold_of, is_corner, leads_on
from .table_labels import divides
from .table_marks import indent_of, mark_of
from .table_numbers import plain
from .table_rounds import Row
from .table_words import CHINESE, GAP, Words, wide

_FULL = 14  # letters of a line that may break where its room ends: one in Chinese takes two
_SET_WIDE = re.compile(r"\s*(?:[\u3400-\u9fff]\s{2,}){1,3}[\u3400-\u9fff](?=\s{2,}\S)")
_BROKEN = re.compile(r"(?<=[\u3400-\u9fff、，（）]) (?=[\u3400-\u9fff、，（）])")
_FEWEST = 2  # classes that follow on the one before
_CLASS = re.compile(
    r"(\s*(?:[^\W\d]\D{0,60}?\s\s\s*)?)"
    r"((\d{1,3}) {0,3}(?:[-–—~] {0,3}(\d{1,3})|\+))(?=\s\s|$)"
)


def ages_together(rows: list[str]) -> list[str]:
    """The lines of a text, age groups and other classes that follow on one another without the
    blanks around their dash.

    >>> ages_together([" 0 -  4   7", " 5 -  9   8", "10 - 14   9", "15 +      2"])
    ['0-4       7', '5-9       8', '10-14     9', '15+       2']
    """
    matches = [(n, match) for n, row in enumerate(rows) if (match := _CLASS.match(row))]
    bounds = [(int(match[3]), int(match[4] or 0)) for _, match in matches]
    follow = sum(before[1] + 1 == after[0] for before, after in pairwise(bounds))
    if follow < _FEWEST or not any(" " in match[2] for _, match in matches):
        return rows
    alone = not any(match[1].strip() for _, match in matches)
    indent = min(len(match[1]) for _, match in matches)
    found = list(rows)
    for n, match in matches:
        text = match[2].replace(" ", "")
        size = len(match[0])
        text = (" " * indent + text).ljust(size) if alone else match[1] + text.rjust(len(match[2]))
        found[n] = text + rows[n][size:]
    return found


def letters_together(rows: list[str]) -> list[str]:
    """The lines of a text, with a label of single letters that are set wide (合   计) as one word:
    before figures, or over such labels.

    >>> letters_together(["地  区   立案", "东  市     12", "甲  乙  丙"])
    ['地区     立案', '东市       12', '甲  乙  丙']
    """
    found = list(rows)
    for n, row in enumerate(rows):
        if not (match := _SET_WIDE.match(row)):
            continue
        word = re.sub(r"\s", "", match[0])
        if row[match.end() :].lstrip()[:1].isdigit() or is_corner(word):
            indent = len(row) - len(row.lstrip())
            gap = len(match[0]) - indent - len(word)
            found[n] = row[:indent] + word + " " * gap + row[match.end() :]
    return found


def labels_joined(rows: list[Row]) -> list[Row]:
    """Rows whose label stands over several lines: lines of words before numbers without a label,
    where the other rows have theirs beside them, before the one row that stands further in, or
    before one that goes on in small letters."""
    widest = max((wide(line.label) for line, numbers in rows if numbers is not None), default=0)
    bare = sum(numbers is not None and not line.label for line, numbers in rows)
    beside = sum(numbers is not None and bool(line.label) for line, numbers in rows)
    found: list[Row] = []
    words: list[Words] = []
    for n, (line, numbers) in enumerate(rows):
        if numbers is None:
            words.append(line)
            continue
        after = _next_of_numbers(rows, n)
        back = after is None or indent_of(after.text) < indent_of(line.text)
        further = len(words) == 1 and indent_of(words[0].text) < indent_of(line.text)
        lone = line.label and further and back
        own = 0  # of the lines of words, those that the label goes on from
        if words and (lone or (not line.label and beside > bare)):
            own = len(words)
        elif words and goes_on(rows, n, widest):
            own = 1 + sum(1 for _ in takewhile(_begins_small, reversed(words[1:])))
        if own:
            label = " ".join([*(plain(each.text) for each in words[-own:]), line.label]).strip()
            label = _BROKEN.sub("", label)
            line = line._replace(label=label, text=words[-own].text, line=words[-own].line)
            words = words[:-own]
        found += [(each, None) for each in words]
        words = []
        found.append((line, numbers))
    return [*found, *((each, None) for each in words)]


def _begins_small(line: Words) -> bool:
    return line.text.lstrip()[:1].islower()


def goes_on(rows: list[Row], n: int, widest: int = 0) -> bool:
    """Whether the label of a row goes on in small letters from the line of words before it, or
    behind a word that is none's last (of), and stands as far in; several rows below a heading may
    begin so. A bracket that opens in the one closes in the other; a line in Chinese that is as wide
    as the widest label broke where its room ended."""
    line, before = rows[n][0], rows[n - 1][0] if n else None
    if before is None or not line.label or GAP.search(before.text.strip()):
        return False
    text = plain(before.text)
    if text.endswith((":", "：")) or indent_of(before.text) != indent_of(line.text):
        return False
    after = _next_of_numbers(rows, n)
    if not closed(text) and closed(text + line.label):
        return True
    if widest and wide(text) >= max(widest, _FULL) and CHINESE.search(text[-1]):
        deeper = after is not None and indent_of(after.text) > indent_of(line.text)
        if CHINESE.match(line.label) and not (deeper or mark_of(line.label) or divides(text)):
            return True
    beside = after is not None and indent_of(after.text) == indent_of(line.text)
    alone = not (beside and after and after.label[:1].islower())
    pair = text.split()[-1], line.label.split()[0]
    small = alone and pair[1][0].islower() and (text[0].isupper() or text[0].islower())
    return (small or leads_on(pair[0])) and hold_of(*pair) == 1


def translates(row: Row, after: Row) -> bool:
    """Whether the line behind a row may say its label in another tongue."""
    tongues = {bool(CHINESE.search(text)) for text in (row[0].label, after[0].text)}
    return after[1] is None and len(tongues) > 1


def before_bare_numbers(rows: list[Row], n: int) -> bool:
    """Whether numbers without a label follow: then the line is their label."""
    after = _next_of_numbers(rows, n)
    return after is not None and not after.label


def _next_of_numbers(rows: list[Row], n: int) -> Words | None:
    after = (rows[k] for k in range(n + 1, len(rows)))
    return next((line for line, numbers in after if numbers is not None), None)
