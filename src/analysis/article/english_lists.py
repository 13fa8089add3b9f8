"""English lists by their layout: items below a total, a total's noun by kind, and notes below.

Robbery reports: 90. • in shops: 40 • in streets: 50; sales by region: A 40, B 50; ¹ Includes 9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .adding import adds_up, claim_of, counts_as, is_precise, one_slip
from .clauses import Passage
from .marks import Claim, Mark

_ITEM = re.compile(r"\s*(?:[•·‣▪●*◦–—-]|\(?[0-9a-z]{1,2}[.)])\s")
_FEWEST = 3  # items of a list that only its bullets tell
_APART = 2  # lines from the items to the paragraph of their total
_AHEAD, _FAR = 16, 60  # figures of a list, and up to its total
_BY = re.compile(  # Revenue by region: A
    r"(?:^|[。;])\s*(?:[•·–—-]\s)?(?P<of>[A-Za-z][A-Za-z' -]{2,50}?) (?:broken down |split )?"
    r"by (?:[a-z]+ ){0,3}[a-z]+(?: was| were| is| are)?(?::|\s[–—-])\s(?:[^:;。0-9]*\s)?$"
)
_NOTE = re.compile(
    r"\s*(?P<sign>[¹²³⁴⁵⁶⁷⁸⁹*†‡§#]+|\[[0-9a-z]\]|\([0-9a-z]\))\s*"
    r"(?:(?:This|The (?:figure|number|total)|Figure) )?(?:[Ii]ncludes?|[Ii]ncluding|[Oo]f (?:which"
    r"|whom|these|them),?|[Cc]omprises|[Cc]ontains)\s(?:about |some )?$"
)


def laid_out(passage: Passage) -> Iterator[Claim]:
    """The sums and parts that lists make by how they stand."""
    openings: dict[int, list[Mark]] = {}
    for mark in passage.marks:
        if mark.sort == "level" and not mark.prior and not mark.bracket:
            openings.setdefault(mark.paragraph, []).append(mark)
    yield from _items(passage, openings)
    yield from _by_kind(passage)
    yield from _notes(passage)


def _items(passage: Passage, openings: dict[int, list[Mark]]) -> Iterator[Claim]:
    """The first values of items that make a value of the paragraph above them."""
    row: list[Mark] = []
    above = 0  # the last paragraph before the items that has values
    for paragraph in [*range(1, len(passage.lines) + 1), 0]:
        item = bool(paragraph and _ITEM.match(passage.folded[paragraph - 1]))
        if item and paragraph in openings:
            row += openings[paragraph][:1]
            continue
        if paragraph and (item or not passage.folded[paragraph - 1].strip()):
            continue
        near = above and row and row[0].paragraph - above <= _APART
        totals = openings.get(above, []) if near and len(row) >= _FEWEST else []
        for total in reversed(totals):
            if (
                is_precise(total, 2)
                and all(counts_as(p, total) for p in row)
                and adds_up(total, row)
            ):
                yield claim_of(total, row, "items")
                break
        row, above = [], paragraph if paragraph in openings else 0


def _by_kind(passage: Passage) -> Iterator[Claim]:
    """The values of a list by kind of what a value above is named: revenue by region: A 9, B 4."""
    for first in passage.marks:
        of = _BY.search(first.tail) if first.sort == "level" and not first.prior else None
        if of is None:
            continue
        parts: list[Mark] = []
        for mark in passage.marks[first.n : first.n + _AHEAD]:
            if mark.sentence != first.sentence:
                break
            if mark.sort == "level" and not mark.prior and mark.counts == first.counts:
                parts.append(mark)
        words = _words(of["of"])
        for total in reversed(passage.marks[max(0, first.n - _FAR) : first.n]):
            named = total.sort == "level" and not total.prior and words <= _words(total.name)
            if not named or not counts_as(first, total) or len(parts) < 2:
                continue
            if adds_up(total, parts) or (is_precise(total) and one_slip(total, parts)):
                yield claim_of(total, parts, of[0].strip(" :"), complete=True)
                break


def _words(said: str) -> frozenset[str]:
    """The words of a noun, without an ending and those that stand before any."""
    words = (word.removesuffix("s") for word in said.lower().split())
    return frozenset(words) - {"the", "total", "group", "all", "our", "of", "number"}


def _notes(passage: Passage) -> Iterator[Claim]:
    """What a note below says that a figure with its sign includes: Fires²: 90 … ² Includes 4."""
    for part in passage.marks:
        note = _NOTE.fullmatch(part.tail) if part.sort == "level" else None
        if note is None or part.prior:
            continue
        near: dict[int, list[Mark]] = {}  # by paragraph, none of those of the note
        for mark in passage.marks[max(0, part.n - _FAR) : part.n]:
            if mark.paragraph < part.paragraph < mark.paragraph + _FAR:
                near.setdefault(mark.paragraph, []).append(mark)
        for paragraph, marks in near.items():
            at = passage.folded[paragraph - 1].find(note["sign"])
            here = [m for m in marks if m.sort == "level" and not m.prior and counts_as(part, m)]
            if at < 0 or not here:
                continue
            ahead = [mark for mark in here if mark.start >= at]
            behind = [mark for mark in here if mark.end == at]
            whole = (behind or ahead or here[-1:])[0]
            if part.high <= whole.high:
                yield claim_of(whole, [part], "note")
            break
