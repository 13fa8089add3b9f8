"""The lines of a text: a label, and the numbers behind it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from statistics import median
from typing import NamedTuple

from .table_grid import BARE_YEAR
from .table_numbers import MONEY_SIGN, is_bare, plain, read_cell

CHINESE = re.compile("[\u3400-\u9fff]")
_CELL = re.compile(r"\S+(?:\s\S+)*")
_FULL = re.compile("[\u3000-\u303f\u3400-\u9fff\uff01-\uff60]")
GAP = re.compile(r"\t+|\s{2,}")
NUMBERED = re.compile(  # a title
    r"\s*(?:table|tab\.|附?表)?\s*\d{1,3}(?:[-–.]\d{1,3})+\.?\s+\D", re.IGNORECASE
)
SIGN = re.compile(r"\(?([+\-−])\)?")
_JOINS = re.compile(r"\d{3}(?:\.\d+)?[*%a-erp]?")
_WHOLE = re.compile(r"[+\-−]?(?:\d{4,}|\d{1,3},\d{3})(?!\d)")
NO_NUMBER = re.compile(r"0\d\d")
_FIRST = re.compile(r"[+\-−]?\d{1,3}")
_APART = re.compile(  # not September 2008 % change
    r"(?<!\S)(?!(?:19|20)\d\d )([(+\-−]?\d[\d,.]*)( )([%％‰]\)?)(?=\s*$|\s+[(+\-−–—…*]?[\d\W])"
)
_MONEY_APART = re.compile(rf"(?<!\S)([(−-]?(?:{MONEY_SIGN}))(\s+)(?=[(+−-]?\s?[\d.])")
_OPEN_APART = re.compile(r"(?<!\S)([$£€¥]?\()(\s+)(?=[$£€¥]?\d)")
_CLOSED_APART = re.compile(r"(?<=\d)(\s+)(\)\s?[%％]?)(?=\s|$)")
_LIKE_A_FIGURE = re.compile(
    rf"[(\[]?[+−-]?(?:{MONEY_SIGN})?\d+(?:,\d{{3}})*(?:\.\d+)?[a-zA-Z%*)\]]{{0,4}}"
)
_PAIR = re.compile(r"(?<!\S)([+\-−]?\d[\d,.]*) / (?=[+\-−]?\d[\d.]*[%％](?!\S))")
_SHARE = re.compile(r"[(（][+\-−]?\d[\d.]*[%％]?[)）]")
_SHARED = re.compile(rf"(?<!\S)([+\-−]?\d[\d,.]*)(\s+)(?={_SHARE.pattern})")
_HEADED = re.compile(r"[^\W\d]\s*[(（][^()（）]*[%％占][^()（）]*[)）]")
_LETTER = re.compile(r"[\u3400-\u9fff]|\d{2,4}")  # or a year, which is not turned
_WEAK = re.compile(r"[/／]|n\.?p\.?|nil|\d+[:：]\d[\d.]*", re.IGNORECASE)  # beside figures alone
_MARK = re.compile(r"[-–—…*.~～]{1,4}%?|n\.?/?a\.?|\.\.", re.IGNORECASE)


Edges = Sequence[tuple[int, int]]  # where columns of figures begin and end


class Words(NamedTuple):
    """A line: its label, the pieces of its numbers, and which line of the text it is."""

    label: str
    pieces: list[str]
    line: int
    text: str

    @property
    def figures(self) -> bool:
        """Whether it holds numbers that are not all years."""
        for piece in self.pieces:  # most lines tell by their first one
            if len(piece) > len("2019") and piece.isdigit():
                return True
            if _MARK.fullmatch(piece):
                if self.label:
                    return True
            elif not BARE_YEAR.fullmatch(piece.strip("()[]")):
                return True
        return False


def line_of(raw: str, n: int) -> Words:
    """A line as its label and the numbers behind it, a percent sign that is set apart (5.2 %) put
    to its number, and that to the one it shares a cell with (50 / 5.2 %); where wide gaps part
    columns, each ends where it did.

    >>> line_of("比率 5.2 % 12 %", 1).pieces
    ['5.2%', '12%']
    """
    text = _brought_together(raw.rstrip("\r\n"))
    if _APART.search(text):
        text = _APART.sub(r"\2\1\3" if GAP.search(text.strip()) else r"\1\3", text)
        text = _PAIR.sub(r"\1/", text)
    words = plain(text).split()
    first = len(words)
    while first and (
        is_piece(words[first - 1])
        or _WEAK.fullmatch(words[first - 1])
        or _between_figures(words, first)
    ):
        first -= 1
    if all(map(_WEAK.fullmatch, words[first:])):
        first = len(words)
    return Words(" ".join(words[:first]), words[first:], n, text)


def _brought_together(text: str) -> str:
    """A line with its signs of money and its brackets beside the numbers from which blanks part
    them; a number ends where it did."""
    if "$" in text or not text.isascii():
        text = _MONEY_APART.sub(r"\2\1", text)
    if "(" in text:
        text = _CLOSED_APART.sub(r"\2\1", _OPEN_APART.sub(r"\2\1", text))
    return text


def _between_figures(words: Sequence[str], end: int) -> bool:
    """Whether the last of some words looks like a figure, though it cannot be read as one, and
    stands between two that can: it is in a column, and no part of the label."""
    if not 2 < end < len(words) or not _LIKE_A_FIGURE.fullmatch(words[end - 1]):
        return False
    before = words[end - 2]
    return is_piece(before) and bool(re.search(r"\d[.,]\d|[$£€¥]", before))


def is_piece(word: str) -> bool:
    return (
        is_bare(word)
        or bool(_MARK.fullmatch(word))
        or word in "+-−"
        or (word[-1] not in ",，、" and read_cell(word).kind == "number")
    )


def groups_by_blanks(pieces: Iterable[str]) -> bool:
    """Whether a blank may group thousands: not where numbers of so many digits stand whole, unless
    there are fewer of them than of what no number begins with (4 058)."""
    whole = grouped = 0
    for piece in pieces:
        whole += bool(_WHOLE.match(piece)) and not BARE_YEAR.fullmatch(piece)
        grouped += bool(NO_NUMBER.fullmatch(piece))
    return not whole or grouped > whole


def can_join(pieces: Sequence[str], n: int) -> bool:
    """Whether a piece may be the thousands that follow the one before it."""
    return bool(_JOINS.fullmatch(pieces[n]) and _FIRST.fullmatch(pieces[n - 1][-4:].lstrip("+-−")))


def signs_joined(pieces: Sequence[str], apart: bool = True) -> list[str]:
    """Signs in brackets, or all that stand alone, put before the number behind them.

    >>> signs_joined(["(+)", "5", "-", "3"]), signs_joined(["(+)", "5", "-", "3"], apart=False)
    (['+5', '-3'], ['+5', '-', '3'])
    """
    found: list[str] = []
    for piece in pieces:
        sign = SIGN.fullmatch(found[-1]) if found else None
        if sign and piece[0].isdigit() and (apart or len(found[-1]) > 1):
            found[-1] = sign[1] + piece
        else:
            found.append(piece)
    return found


def shares_joined(lines: list[Words]) -> list[Words]:
    """Lines, with the percentages in brackets put to the numbers that they stand behind, where
    every number of a line has one, or none, as a total: elsewhere they are a column. Without a
    sign they are percentages where a head has that in brackets.

    >>> lines = [line_of(text, 1) for text in ("Theft 50 (62.5%)", "Fraud 30 (37.5%)", "All 80")]
    >>> [line.pieces for line in shares_joined(lines)]
    [['50(62.5%)'], ['30(37.5%)'], ['80']]
    """
    shares = [[bool(_SHARE.fullmatch(piece)) for piece in line.pieces] for line in lines]
    told = [line for line, own in zip(lines, shares, strict=True) if any(own)]
    rest = [line for line, own in zip(lines, shares, strict=True) if not any(own)]
    paired = all(own == [False, True] * (len(own) // 2) for own in shares if any(own))
    signed = all("%" in piece for line in told for piece in line.pieces[1::2])
    headed = any(_HEADED.search(line.text) for line in rest if not line.figures)
    apart = any("%" in piece for line in rest for piece in line.pieces)
    if len(told) < 2 or apart or not paired or not (signed or headed):
        return lines
    return [line_of(_SHARED.sub(r"\2\1", line.text), line.line) for line in lines]


def joined_pieces(pieces: Sequence[str], joins: Collection[int]) -> list[str]:
    """Pieces as numbers, of which those at the places given go on in the one before."""
    found: list[str] = []
    for n, piece in enumerate(pieces):
        if n in joins:
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


class GapCell(NamedTuple):
    """What stands between wide gaps: from which character to which, from which place to which."""

    text: str
    start: int
    stop: int
    begin: int
    end: int


def cells_in(text: str) -> list[GapCell]:
    """The cells of a line; a Chinese character takes two places.

    >>> [(cell.text, cell.begin, cell.end) for cell in cells_in("东区   1 204  7")]
    [('东区', 0, 4), ('1 204', 7, 12), ('7', 14, 15)]
    """
    found, place, last = [], 0, 0
    for match in _CELL.finditer(text):
        begin = place + wide(text[last : match.start()])
        place, last = begin + wide(match[0]), match.end()
        found.append(GapCell(match[0], match.start(), match.end(), begin, place))
    return found


def edges_of(lines: list[Words], width: int) -> list[tuple[int, int]]:
    """Where the columns of figures begin and end: the widest figure, the end most lines have, or
    where they are set at the left the beginning of all."""
    whole = [cells_in(line.text)[1:] for line in lines if line.figures and line.label]
    columns = zip(*(cells for cells in whole if len(cells) == width), strict=True)
    found = []
    for column in columns:
        end = Counter(cell.end for cell in column).most_common(1)[0][0]
        begins = {cell.begin for cell in column}
        widest = max(cell.end - cell.begin for cell in column)
        begin = begins.pop() if len(begins) == 1 else end - widest
        found.append((begin, begin + widest))
    return found


def by_edges(line: Words, edges: Edges) -> list[str] | None:
    """The cells of a line that has fewer, each in the column that ends or begins where it does;
    None where one is under none of them."""
    placed = [""] * len(edges)
    for cell in cells_in(line.text)[1:]:
        near = [n for n, (a, b) in enumerate(edges) if abs(b - cell.end) <= 1 or a == cell.begin]
        if len(near) != 1 or placed[near[0]]:
            return None
        placed[near[0]] = cell.text
    return placed if any(placed) else None


def by_blanks(line: Words, width: int) -> list[str] | None:
    """The cells of a line in which a blank cell left two blanks; None where all do not add up to
    the columns.

    >>> by_blanks(line_of("North 12   7  ", 1), 4)
    ['12', '', '7', '']
    """
    words = list(re.finditer(r"\S+", line.text))
    figures = words[len(words) - len(line.pieces) :]
    if not 0 < len(figures) < width or not line.label or len(words) == len(figures):
        return None
    ends = [figure.start() for figure in figures[1:]] + [len(line.text) + 1]
    before = figures[0].start() - words[-len(figures) - 1].end() - 1
    cells = [""] * (before // 2)
    for figure, end in zip(figures, ends, strict=True):
        cells += [figure[0], *[""] * ((end - figure.end()) // 2)]
    even = all((end - figure.end()) % 2 for figure, end in zip(figures, ends, strict=True))
    return cells if even and len(cells) == width else None


def ends_of(whole: Sequence[Words]) -> list[float]:
    """Where the figures of each column end, asked of lines that have all; none where the figures
    of most are not nearest to those ends, or no wide gap sets them."""
    told = [figures for figures in map(_figures, whole) if figures]
    if not told or 2 * len(told) < len(whole):
        return []
    ends = [median(ends) for ends in zip(*([e for _, e in each] for each in told), strict=True)]
    off = sum(_nearest(each, ends) != list(range(len(ends))) for each in told)
    return ends if off <= 0.2 * len(told) else []


def by_ends(line: Words, ends: Sequence[float]) -> list[str] | None:
    """The cells of a line that has fewer than others, each in the column that ends nearest to it.

    >>> lines = [line_of(text, 1) for text in ("North   9,120 8,135 +3", "Bay       120   135 +4")]
    >>> by_ends(line_of("East              9 +5", 1), ends_of(lines))
    ['', '9', '+5']
    """
    own = _figures(line) if ends else []
    places = _nearest(own, ends)
    if not own or len(set(places)) < len(own) or places != sorted(places):
        return None
    cells = dict(zip(places, (text for text, _ in own), strict=True))
    return [cells.get(n, "") for n in range(len(ends))]


def _figures(line: Words) -> list[tuple[str, int]]:
    """The figures of a line that wide gaps set, and where each ends; a sign may stand apart."""
    words = list(re.finditer(r"(?:[+−-]\s+(?=\d))?\S+", line.text))[-len(line.pieces) or None :]
    texts = [re.sub(r"\s", "", word[0]) for word in words]
    set_wide = bool(words) and "  " in line.text[: words[-1].start()].strip()
    if not set_wide or texts != [plain(piece) for piece in line.pieces]:
        return []
    return [(t, wide(line.text[: word.end()])) for t, word in zip(texts, words, strict=True)]


def _nearest(figures: Sequence[tuple[str, int]], ends: Sequence[float]) -> list[int]:
    def near(end: int) -> int:
        return min(range(len(ends)), key=lambda n: abs(ends[n] - end))

    return [near(end) for _, end in figures]


def wide(text: str) -> int:
    """How far a text reaches in a line of columns: a Chinese character is two letters wide, and so
    is a mark of its script."""
    return len(text) + (0 if text.isascii() else len(_FULL.findall(text)))


def letters_joined(lines: list[Words]) -> list[Words]:
    """Lines, with labels put together that are set upright, letter by letter, beside the figures of
    one line: each row has as many of the last letters, and those before them head the rows.

    >>> lines = [line_of(text, 1) for text in ("兩 增", "年 減 7", "比 數")]
    >>> [line.text for line in letters_joined(lines)]
    ['兩年比', '增減數 7']
    """
    found: list[Words] = []
    run: list[Words] = []
    for line in [*lines, None]:
        if line and all(map(_LETTER.fullmatch, _letters(line))) and len(_letters(line)) < 3:
            run.append(line)
            continue
        found += _upright(run) or run
        run = []
        found += [line] if line else []
    return found


def _letters(line: Words) -> list[str]:
    return line.label.split() or line.pieces


def _upright(run: list[Words]) -> list[Words]:
    """The heading and the rows of lines of letters; none where they do not come out even."""
    rows = [n for n, line in enumerate(run) if line.label and line.pieces]
    over = any(len(_letters(line)) > 1 for line in run)
    letters = [(n, _letters(line)[-1]) for n, line in enumerate(run) if len(_letters(line)) > over]
    size, odd = divmod(len(letters), len(rows)) if rows else (0, 0)
    if odd or size < 2 or len(run) < 2 * len(rows) + 1:
        return []
    heading = "".join(_letters(line)[0] for line in run) if over else ""
    found = [Words(heading, [], run[0].line, heading)] if over else []
    for k, n in enumerate(rows):
        own = letters[k * size : (k + 1) * size]
        if n not in [at for at, _ in own]:
            return []
        label = "".join(letter for _, letter in own)
        found.append(run[n]._replace(label=label, text=" ".join([label, *run[n].pieces])))
    return found
