"""Words of a line over figures, and how well each holds together with the next.

Two periods, or two Chinese words, are two heads; a word in small letters, or behind `of`, goes on
in the one before. A line is cut into so many heads where its words hold together least.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .table_labels import is_period
from .table_numbers import plain
from .table_words import CHINESE, NUMBERED

LONGEST = 60  # characters of a head
_MOST_WORDS = 2_000  # of a line of heads
_PLAIN = 0.15  # how much less the words at a cut must hold together than at the next best one
_MOST_COST = 0.7  # of a line's cuts
_WIDE = 0.5  # how well letters hold together that are set wide
_OF_PERIODS = frozenset("年月季")  # that stand apart from their number
_LONGEST_PERIOD = 6  # words
_PAIRS = 4  # letters that may be words of two; more are rather one text
_PREPOSITION = re.compile(
    r"(?:.*\W)?(?:of|by|per|on|in|and|or|for|with|without|the|to|into|than|since|from|vs\.?|&)",
    re.IGNORECASE,
)
_SCALE = re.compile(r"thousand|million|billion|hundred|persons?|yuan|cases?", re.IGNORECASE)
_NUMERAL = re.compile(r"[\d.,%–—~-]*\d[\d.,%+–—~-]*")
_TITLE = re.compile(
    r".*[。;；]$|.*(?:[单單]位|unit)\s*[:：]|(?:table|[附图圖]?表)\s*\d"
    r"|[(（]\s*(?:第[^()（）]*[章节節]|[甲乙丙丁戊一二三四五六七八九十]{1,2}\s*[)）])[^()（）]*[)）]?$",
    re.IGNORECASE,
)
CORNER = re.compile(
    r"(?:region|items?|year|date|area|month|type|categor|countr|province|indicator|sector|offen[cs]e"
    r"|项目?|項目?|地区|地區|年份|年度|指标|指標|.{1,3}[别別]|单位|單位|罪案|管制站|区域|月份|国别|城市"
    r"|[区區]分|tipo|categoria|pa[ií]s|munic[ií]pio)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(（][^)）]{0,80}[)）]\S*|\S+")


def is_corner(text: str) -> bool:
    """Whether a text says what stands in the labels, perhaps in two languages.

    >>> is_corner("年 份 Year"), is_corner("地区生产总值")
    (True, False)
    """
    words = plain(re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", text)).split()
    return bool(words) and all(map(CORNER.fullmatch, words))


def is_titled(text: str) -> bool:
    """Whether a line says of itself that it is no head: a numbered title, a unit, a sentence."""
    return bool(_TITLE.match(text.strip()))


_OPEN, _CLOSE = re.compile("[(（]"), re.compile("[)）]")


class Row(NamedTuple):
    """Words, and how well each holds together with the next: below zero, they are two heads."""

    words: list[str]
    hold: list[float]

    def cut(self, count: int) -> tuple[list[str], float] | None:
        """The row as so many heads and what speaks against it; None where it is undecided."""
        places = len(self.hold)
        if not 1 <= count <= len(self.words):
            return None
        order = sorted(range(places), key=lambda n: self.hold[n])
        ranked = [self.hold[n] for n in order]
        if 1 < count <= places and ranked[count - 1] - ranked[count - 2] < _PLAIN:
            return None
        cuts = set(order[: count - 1])
        cost = sum(max(0.0, hold if n in cuts else -hold) for n, hold in enumerate(self.hold))
        heads = [self.words[0]]
        for n, word in enumerate(self.words[1:]):
            if n in cuts:
                heads.append(word)
            elif heads[-1].endswith("-") and word[0].islower():
                heads[-1] = heads[-1][:-1] + word
            else:
                heads[-1] += f" {word}"
        sound = (cost <= _MOST_COST or count == len(self.words)) and max(map(len, heads)) <= LONGEST
        sound = sound and (all(map(closed, heads)) or not closed(" ".join(heads)))
        return (heads, cost) if sound else None

    @property
    def undecided(self) -> int:
        return sum(abs(hold) < _PLAIN for hold in self.hold)

    @property
    def natural(self) -> list[str] | None:
        """The row cut wherever words do not hold together; None where some are undecided."""
        if not self.words or self.undecided:
            return None
        found = self.cut(1 + sum(hold < 0 for hold in self.hold))
        return found[0] if found else None


def closed(text: str) -> bool:
    """Whether brackets that open in a text close in it: else a cell goes on elsewhere."""
    return len(_OPEN.findall(text)) == len(_CLOSE.findall(text))


def row_of(text: str) -> Row:
    """A line as its words. A title, or one too long, holds none."""
    stripped = text.strip()
    in_brackets = stripped.startswith(("(", "（"))
    said = in_brackets and is_period(stripped.strip("()（） "))  # what all are of
    if said or is_titled(stripped) or NUMBERED.match(stripped):
        return Row([], [])
    matches = list(_BRACKETS.finditer(stripped))
    if len(matches) > _MOST_WORDS:
        return Row([], [])
    words = [plain(match[0]) for match in matches]
    wide = [b.start() - a.end() > 1 for a, b in pairwise(matches)]
    hold = [hold_of(a, b) - 0.7 * w for a, b, w in zip(words, words[1:], wide, strict=False)]
    for start, end in _letters(words):  # pairs that are set wide, or a longer text
        again = all(words[n] == words[n - 2] for n in range(start + 2, end))
        for n in range(start, end - 1):
            one = end - start > _PAIRS and not again
            if one or ((end - start) % 2 == 0 and (n - start) % 2 == 0):
                hold[n] = _WIDE
    if hold and words[0].isascii() and CORNER.fullmatch(words[0]):  # Date In prison, not Type Of …
        apart = words[1][0].isupper() and words[1].lower() != "of"
        hold[0] = min(hold[0], -0.4) if apart else hold[0]
    turn = next((n for n, word in enumerate(words) if n and not CHINESE.search(word)), 0)
    if turn and is_corner(" ".join(words[: turn + 1])):  # over the labels, in two languages
        hold[:turn] = [1.0] * turn
    if (size := _size_by_strokes(words)) > 1:  # 4º T / 2009 3º T / 2010
        hold = [-2.0 if n % size == 0 else 1.0 for n in range(1, len(words))]
    for start, end in _periods_apart(words):
        hold[start : end - 1] = [1.0] * (end - 1 - start)
    for start, end in _alike_before_years(words):  # Change Since 2014 Change Since 2019
        hold[start:end] = [0.5] * (end - start)
    for n, word in enumerate(words[1:-1], 1):
        if word in ("%", "#") and hold[n - 1] < 0:  # September 2008 % Change
            hold[n] = 0.5
    for n in range(1, groups := groups_of(words)):
        hold[n * len(words) // groups - 1] = -2.0
    return Row(words, hold)


def _size_by_strokes(words: Sequence[str]) -> int:
    """How many words each head has, where each has a stroke at the same place; else 0."""
    places = [n for n, word in enumerate(words) if word == "/"]
    steps = {b - a for a, b in pairwise(places)}
    size = steps.pop() if len(steps) == 1 else 0
    return size if size * len(places) == len(words) else 0


def _periods_apart(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The runs of words that are one period, set with blanks: 2009 年 第 4 季."""
    start = 0
    while start < len(words) and not _OF_PERIODS.isdisjoint(words):
        ends = range(min(start + _LONGEST_PERIOD, len(words)), start + 1, -1)
        end = next((n for n in ends if is_period("".join(words[start:n]))), start + 1)
        if end > start + 1 and not all(map(is_period, words[start:end])):
            yield start, end
        start = end


def _alike_before_years(words: Sequence[str]) -> list[tuple[int, int]]:
    """The runs of two words or more, alike but for the periods that follow them: from which word
    on, and the period's."""
    years = [n for n, word in enumerate(words) if is_period(word)]
    between = [(a + 1, b) for a, b in pairwise(years) if b - a > 2]
    said = [words[a:b] for a, b in between]
    return [place for place, each in zip(between, said, strict=True) if said.count(each) > 1]


def groups_of(heads: Sequence[str]) -> int:
    """How often a row of heads comes again.

    >>> groups_of(["a", "b", "a", "b"]), groups_of(["a", "b", "a"])
    (2, 1)
    """
    count = len(heads)
    sizes = (n for n in range(2, count // 2 + 1) if count % n == 0)
    return next((count // n for n in sizes if heads[n:] == heads[:-n]), 1)


def _letters(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The runs of Chinese letters that stand alone, men and women apart; a bracket may follow the
    last one."""
    start = 0
    for n, word in enumerate([*words, ""]):
        if (len(word) == 1 and CHINESE.match(word) and word not in "男女") or (
            word == "/" and n > start
        ):
            continue
        last = bool(CHINESE.match(word)) and len(word) > 1 and word[1] in "(（"
        if n + last - start > 1:
            yield start, n + last
        start = n + 1


def leads_on(word: str) -> bool:
    """Whether no text ends with a word: of, per, with."""
    return bool(_PREPOSITION.fullmatch(word))


def hold_of(a: str, b: str) -> float:
    """How well two words hold together in one head: below zero, they are two."""
    periods = is_period(a), is_period(b)
    if "/" in (a, b):
        return 1.0
    if a == b or all(periods):
        return 0.5 if a != b and is_period(f"{a} {b}") else -2.0
    if b[0] in "(（":
        return -0.8 if a[0] in "(（" else 0.4
    chinese = bool(CHINESE.search(a)), bool(CHINESE.search(b))
    if any(chinese):
        return -0.9 if chinese[1] else -1.0 if periods[1] else 0.0
    small = a[0].islower() and b[0].isupper() and not _PREPOSITION.fullmatch(a)
    if b[0].islower() or b[0] in ")）" or (_PREPOSITION.fullmatch(b) and not small):
        return 1.0  # but a capital behind small letters begins a head: Decisions made Per cent
    if b[0] == "%":
        return -0.6 if periods[0] else 1.0
    if _PREPOSITION.fullmatch(a):
        return 1.0
    if a.endswith("-") or any(periods):
        return -0.6
    numerals = bool(_NUMERAL.fullmatch(a)), bool(_NUMERAL.fullmatch(b))
    if numerals[1]:
        return -1.0 if numerals[0] else 0.4
    if numerals[0]:
        return 0.5 if _SCALE.fullmatch(b) else -0.4
    return -0.4 if a[0].islower() else 0.0


def joined(rows: Sequence[Row]) -> Row:
    """Lines as one row: what stands at their ends may go on in the next, or not."""
    words = list(rows[0].words)
    hold = list(rows[0].hold)
    for row in rows[1:]:
        if not row.words or not words:
            return Row([], [])
        broken = words[-1].endswith("-") and row.words[0][0].islower()
        hold += [1.0 if broken else hold_of(words[-1], row.words[0]) - 0.1, *row.hold]
        words += row.words
    return Row(words, hold)
