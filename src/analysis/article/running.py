"""The running text of what was pasted, and where each piece of it stands there.

What is copied from a PDF or a mail has a line break wherever the page was full; what comes from a
web page or a word processor has characters that nobody sees, and blanks around its numbers. All of
these are taken out, so that a text is read a paragraph a line, as its words stand. Where a figure
stands is told by the lines as they were given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import pandas as pd

from ..extract import Extract
from ..extract.coverage import BETWEEN_LINES, QUOTED
from ..extract.schema import HIDDEN
from ..figures.english import is_english
from ..figures.script import width
from ..figures.tokens import UNIT
from .words import NUMBER_OF_ITEM, fold

_CJK = "\u3400-\u9fff"
_SIGNS = "，。；：、！？（）“”《》"
_DIGIT = "0-9０-９"
_SHARE = "%％‰"
# A blank within Chinese text beside a number or a sign. Several part the columns of a table, and
# one may part what has no unit from the next label: 小计72 无效35.
_LEFT_OUT = re.compile(
    rf"[ \xa0](?:(?<=[{_CJK}{_SIGNS}].)(?=[{_DIGIT}])|(?<=[{_SHARE}].)(?=[{_CJK}])"
    rf"|(?<=[{_DIGIT}].)(?=\.[{_DIGIT}]|[{_SHARE}年月日时分秒号至到和余多几万亿千百以、]|{UNIT})"
    rf"|(?<=[{_CJK}{_DIGIT}{_SHARE}].)(?=[{_SIGNS}])|(?<=[{_SIGNS},;:].)(?=[{_CJK}])"
    rf"|(?<=[{_CJK}].)(?=[,;:])|(?<=[{_CJK}][,;:].)(?=[{_DIGIT}]))"
)
_BLANKS = " \t\u3000\xa0"
_INDENT = re.compile(f"(?m)^[{_BLANKS}]")
_ROW = re.compile("[0-9%] [-+]?[0-9]")
_FULL = 40  # columns that a line has at least that was broken because the page was full
_RAGGED, _OVER = 8, 4  # columns by which full lines differ: a number kept whole, signs that hang
_FEWEST = 3  # full lines that show how wide the page is
_FIGURE_LAST = re.compile(r"[0-9%‰][^\s0-9,]{0,3}$")
_SENTENCE_END, _CLOSING = re.compile(r"(?:[。;!?:]|(?<![0-9])\.)$"), '"”’」』)'
_BULLETS = "\u2460-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"  # ① ● ■ ✅ and those of posts
_ITEM = re.compile(
    rf"(?![0-9]{{3}})(?:{NUMBER_OF_ITEM.pattern})|\s*(?:[-*#•·|>{_BULLETS}]|[(\[]?[0-9]{{1,2}}[)\]])"
)
_HAN = re.compile(f"[{_CJK}]")
# Words that no line of its own ends with.
_GOES_ON = re.compile(
    r"(?:[,、(]|[下上]降|上升|增[长加]|减少|提高|同比|环比|比(?:[上去]年)?(?:同期)?|较(?:[上去]年)?(?:同期)?"
    r"|分别|其中|占|(?<![行作认])为|达到?|(?<!普)及|[的和与从在将至])$"
)
_DECIMALS = re.compile(r"[0-9]{1,4}(?:[%‰]|个百分点|[万亿千]?[元人件])")
_UNIT_NEXT = re.compile(r"[%‰起件人宗名例万亿元个次年月日户公吨亩]")
_WORDS = re.compile(r"[A-Za-z]{2,}")
_ENOUGH_WORDS = 5
_ALONE = re.compile(  # a number on a line of its own, over its label: 1.8 million
    r"(?:[£$€]|US\$|HK\$)?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
    r"(?:\s?(?:%|million|billion|trillion|thousand|lakh|crore|mn?|bn|tn|k)|\sper\s?cent"
    r"|\s(?:hours|minutes|days|weeks|months|tonnes|people))*",
    re.IGNORECASE,
)
_LAST_WORD = 16  # characters: none of those with which a line goes on is longer
_TIES = re.compile(
    r"(?:,|\b(?:an?|the|of|in|to|by|with|than|and|or|from|at|for|on|per|between|was|were|is|are|had"
    r"|has|about|over|under|nearly|some|rose|fell|grew|(?:dropp|increas|decreas|declin|reach)ed"
    r"|rising|falling|up|down))$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Running:
    """A running text, and where its pieces stand in the lines that were given."""

    paragraphs: list[str]
    lines: list[str]
    first: list[int]  # the line, from 1, in which each paragraph begins
    # Of each paragraph, from 1, that is no line as given, the runs: begin, line, offset in that.
    runs: dict[int, list[tuple[int, int, int]]]
    folded: list[str]  # the paragraphs

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    def place(self, paragraph: int, start: int) -> tuple[int, int]:
        """The line, from 1, and the offset in it of what starts in a paragraph, from 1."""
        return self.spans(paragraph, start, start + 1)[0][:2]

    def spans(self, paragraph: int, start: int, end: int) -> list[tuple[int, int, int]]:
        """Of what stands in a paragraph: line, start and end, a row a line."""
        runs = self.runs.get(paragraph)
        if runs is None:
            return [(self.first[paragraph - 1], start, end)]
        at = bisect_right(runs, (start, len(self.lines) + 1)) - 1
        begin, line, offset = runs[at]
        if at + 1 == len(runs) or end <= runs[at + 1][0]:  # most stands in one run
            return [(line, offset + start - begin, offset + end - begin)]
        pieces = []
        for n in range(at, len(runs)):
            begin, line, offset = runs[n]
            if begin >= end:
                break
            last = min(end, runs[n + 1][0]) if n + 1 < len(runs) else end
            pieces.append((line, offset + max(start - begin, 0), offset + last - begin))
        rows = [[*row] for _, row in groupby(pieces, lambda piece: piece[0])]
        return [(row[0][0], row[0][1], row[-1][2]) for row in rows]

    def printed(self, paragraph: int, start: int, end: int) -> str:
        """What stands in a paragraph as it was printed: with its blanks, if it is in one line."""
        (line, first, last), *more = self.spans(paragraph, start, end)
        if more:
            return self.paragraphs[paragraph - 1][start:end]
        return self.lines[line - 1][first:last]


def running(text: str) -> Running:
    """The running text of what was pasted.

    A line goes on in the next where it ends in a comma or a word that ends no line, where a number
    is parted from its unit, and where an English line goes on in small letters. Where most lines
    that end in no sign have the width of a page, these go on as well.

    >>> running("全市全年共立刑事案件 1342 起，其中盗窃案件下降\\n5.2 %。").text
    '全市全年共立刑事案件1342起，其中盗窃案件下降5.2%。'
    >>> running("盗窃案件342起\\n诈骗案件120起").text
    '盗窃案件342起\\n诈骗案件120起'
    """
    lines = text.split("\n")
    clean, cuts = lines, {}
    leads = _quoted(lines) if ">" in text else {}
    if leads or _LEFT_OUT.search(text) or _INDENT.search(text):
        clean = lines.copy()
        for n, line in enumerate(lines):
            lead = leads.get(n) or len(line) - len(line.lstrip(_BLANKS))
            clean[n], runs = _left(line, lead)
            if runs != [(0, 0)]:
                cuts[n] = runs
    folded = fold("\n".join(clean)).split("\n")
    said = [line.strip() for line in folded]
    then = _next(said)
    joined = [to < len(said) and _line_goes_on(said[n], said[to]) for n, to in enumerate(then)]
    for n in _full(said, then, joined):
        joined[n] = True
    if not cuts and not any(joined):
        return Running(lines, lines, list(range(1, len(lines) + 1)), {}, folded)
    parts: list[list[str]] = []
    first: list[int] = []
    of: dict[int, list[tuple[int, int, int]]] = {}
    length, before, n = 0, "", 0
    while n < len(lines):
        line, runs = clean[n].rstrip() if joined[n] else clean[n], cuts.get(n, [(0, 0)])
        if before:
            # Within Chinese text stands no blank, nor within year-on-year.
            tight = before.endswith("-") or _HAN.search(before) or _HAN.search(line)
            apart = "" if tight else " "
            indent = len(line) - len(line.lstrip())
            line, runs = line[indent:], _without(indent, runs)
            parts[-1] += apart, line
            length += len(apart)
        else:
            parts.append([line])
            first.append(n + 1)
            length = 0
        if joined[n] or before or n in cuts:
            rows = of.setdefault(len(parts), [])
            rows += [(length + begin, n + 1, offset) for begin, offset in runs]
        length += len(line)
        before, n = (line, then[n]) if joined[n] else ("", n + 1)
    paragraphs = ["".join(each) for each in parts]
    folded = fold("\n".join(paragraphs)).split("\n") if any(joined) else folded
    return Running(paragraphs, lines, first, of, folded)


def _quoted(lines: list[str]) -> dict[int, int]:
    """How long what a mail sets before its lines is: > before several, of which some are full."""
    leads: dict[int, int] = {}
    for is_quoted, group in groupby(
        enumerate(map(QUOTED.match, lines)), lambda each: bool(each[1])
    ):
        block = {n: lead.end() for n, lead in group if lead} if is_quoted else {}
        if len(block) > 1 and any(width(lines[n]) >= _FULL for n in block):
            leads |= block
    return leads


def _next(said: list[str]) -> list[int]:
    """The line that is next to each, over the number of a page and what is empty around it.

    Where every line stands between empty lines, these mean nothing.
    """
    spaced = len(said) > 2 * _FEWEST and not any(a and b for a, b in pairwise(said))
    page = [bool(line and BETWEEN_LINES.fullmatch(line)) for line in said]
    then = list(range(1, len(said) + 1))
    for n in range(len(said) - 2, -1, -1):
        beside = page[n + 1] or page[n] or page[min(n + 2, len(said) - 1)]
        if page[n + 1] or (not said[n + 1] and (spaced or beside)):
            then[n] = then[n + 1]
    return then


def _left(line: str, lead: int) -> tuple[str, list[tuple[int, int]]]:
    """What is left of a line; and of each run of it where it begins, and its offset in the line."""
    pieces, runs, length, after = [], [], 0, lead
    kept = _ROW.search(line) or is_english(line)  # 41.2 GWh
    for cut in () if kept else _LEFT_OUT.finditer(line, lead):
        pieces.append(line[after : cut.start()])
        runs.append((length, after))
        length += len(pieces[-1])
        after = cut.end()
    return "".join([*pieces, line[after:]]), [*runs, (length, after)]


def _without(indent: int, runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The runs of a line without its first characters."""
    k = bisect_right(runs, (indent, len(runs) and runs[-1][1])) - 1
    moved = [(begin - indent, offset) for begin, offset in runs[k:]]
    return [(0, moved[0][1] - moved[0][0]), *moved[1:]]


def _line_goes_on(line: str, then: str) -> bool:
    """Whether a line surely goes on in the next."""
    if not line or not then or _ITEM.match(then):
        return False
    if then[0].islower() and is_english(then) and _ALONE.fullmatch(line):
        return True
    if len(line) < _FULL and width(line) < _FULL:
        return False
    last = line[-_LAST_WORD:]
    if _HAN.search(line):
        parted = line[-1].isdigit() and _UNIT_NEXT.match(then)
        point = line[-1] == "." and line[-2].isdigit() and _DECIMALS.match(then)
        return bool(parted or point or _GOES_ON.search(last))
    if line[-1] in ".;:!?" or len(_WORDS.findall(line)) < _ENOUGH_WORDS:
        return False
    return then[0].islower() or bool(_TIES.search(last))


def _full(said: list[str], then: list[int], joined: list[bool]) -> Iterator[int]:
    """The Chinese lines that end because the page was full, if the text has lines of one width.

    Rows of a list may be of one width, too, but end in figures.
    """
    chinese = [
        n for n, to in enumerate(then) if to < len(said) and said[to] and _HAN.search(said[n])
    ]
    open_ = [n for n in chinese if not _SENTENCE_END.search(said[n].rstrip(_CLOSING)[-2:])]
    widths = {n: wide for n in open_ if (wide := width(said[n])) >= _FULL}
    if len(widths) < _FEWEST:
        return
    count = Counter(widths.values())
    page = max(count, key=lambda wide: sum(count[wide - less] for less in range(_RAGGED + 1)))

    def is_full(wide: int) -> bool:
        return page - _RAGGED <= wide <= page + _OVER

    full = [n for n, wide in widths.items() if is_full(wide)]
    broken = sum(joined[n] or not _FIGURE_LAST.search(said[n]) for n in full)
    if len(full) >= _FEWEST and 3 * len(full) >= 2 * len(widths) and 3 * broken >= len(full):
        full += [n for n in chinese if said[n][-1] == ";" and is_full(width(said[n]))]
        yield from (n for n in full if not _ITEM.match(said[then[n]]))


# --- Characters that nobody sees ------------------------------------------------------------------


def among_hidden(article: Extract, text: str) -> Extract:
    """An article that was read without the hidden characters of a text, with its places in it."""
    before: dict[int, list[int]] = {}  # of a line where hidden ones stood, among what is seen
    for n, line in enumerate(text.split("\n"), 1):
        for count, hidden in enumerate(HIDDEN.finditer(line)):
            before.setdefault(n, []).append(hidden.start() - count)

    def placed(table: pd.DataFrame) -> pd.DataFrame:
        rows = zip(table["paragraph"].tolist(), table["position"].tolist(), strict=True)
        moved = [at if pd.isna(at) else at + bisect_right(before.get(n, []), at) for n, at in rows]
        return table.assign(position=pd.array(moved, dtype="Int64"))

    return replace(
        article, figures=placed(article.figures), passed_over=placed(article.passed_over)
    )
