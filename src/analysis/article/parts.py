"""Sums and parts: 其中, X中, 按…分, lists that 其他 closes, shares that make a hundred."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

from .clauses import Claim, Mark, Passage
from .shares import governing, named, same_time
from .words import AMONG, BREAKDOWN, CLOSES, TIME, WITHIN

_STOPS = re.compile(r"[。!?…|\[\]]")
_ENDS = re.compile(r"此外|另外|另有|另查|[顺逆]差|差额|同时|与此同时|全[国省市年][^,]{0,4}共|共计|合计|总计")
_TOGETHER = re.compile(r"合计|共计|总计|总共|一共")
_OF_BEFORE = re.compile(r"[^,;。]{0,10}?(?<![其当集])中(?:[,、]|(?=[^,;。]))")


def part_claims(passage: Passage, ratios: list[Claim]) -> list[Claim]:
    """The sums and parts of a passage."""
    made: dict[tuple[int, frozenset[int]], Claim] = {}
    inside: set[int] = set()  # figures that are a part already
    for claim in _all(passage, ratios, inside):
        total, parts = claim.of("total")[0], claim.of("part")
        inside.update(part.n for part in parts)
        made.setdefault((total.n, frozenset(part.n for part in parts)), claim)
    return list(made.values())


def _all(passage: Passage, ratios: list[Claim], inside: set[int]) -> Iterator[Claim]:
    yield from _of_shares(ratios)
    carried: tuple[str, int] = "", 0  # 在X中 of the sentence before, in its paragraph
    for sentence in _lines(passage):
        carried = yield from _sentence(sentence, passage, carried)
    yield from _breakdowns(passage, inside)


def _lines(passage: Passage) -> Iterator[list[Mark]]:
    """The figures of each sentence, and of each bracket."""
    row: list[Mark] = []
    brackets: dict[int, list[Mark]] = {}
    for mark in passage.marks:
        if mark.bracket:
            brackets.setdefault((mark.paragraph, mark.bracket), []).append(mark)  # type: ignore[arg-type]
            continue
        if row and (row[-1].sentence, row[-1].paragraph) != (mark.sentence, mark.paragraph):
            yield row
            yield from brackets.values()
            row, brackets = [], {}
        row.append(mark)
    if row:
        yield row
    yield from brackets.values()


# --- One sentence -------------------------------------------------------------------------------


def _sentence(
    line: list[Mark], passage: Passage, carried: tuple[str, int]
) -> Generator[Claim, None, tuple[str, int]]:
    """The lists that open in a sentence; returns the X of an X中 with which it begins."""
    opened: list[tuple[int, str, Mark | None]] = []
    first, begins = line[0], ""
    opening = _STOPS.split(first.gap)[-1]
    if carried[0] and carried[1] == first.paragraph and TIME.match(opening.strip(" ,")):
        begins = carried[0]
        total = named(begins, first, first, passage)
        if total is not None and not AMONG.search(opening) and not WITHIN.search(opening):
            opened.append((0, f"{begins}中", total))
    for k, mark in enumerate(line):
        said = _STOPS.split(mark.gap)[-1]
        if AMONG.search(said):
            opened.append((k, "其中", None))
        elif mark.previous is not None and mark.previous.is_level and _OF_BEFORE.match(said) and mark.previous.sentence == mark.sentence:
            opened.append((k, "中", mark.previous))
        elif hit := WITHIN.search(said):
            total = named(hit[1], mark, mark, passage)
            if total is not None and total is not mark:
                opened.append((k, f"{hit[1]}中", total))
                begins = hit[1] if k == 0 else begins
    for j, (k, words, total) in enumerate(opened):
        to = opened[j + 1][0] if j + 1 < len(opened) else len(line)
        yield from _listed(line[k:to], words, total)
    return begins, first.paragraph


def _listed(marks: list[Mark], words: str, total: Mark | None) -> Iterator[Claim]:
    """A list after 其中 or X中: its parts in each unit, of the total in force in that unit."""
    groups: dict[str, list[Mark]] = {}
    for k, mark in enumerate(marks):
        if k and _ENDS.search(mark.gap):
            break
        if mark.sort == "level" and not mark.prior:
            groups.setdefault(mark.counts, []).append(mark)
    for counts, parts in groups.items():
        whole = total if total is not None and total.counts == counts else None
        if total is None:
            whole = _before(marks[0], counts)
        if whole is not None and whole not in parts:
            yield _claim(whole, parts, words)


def _before(mark: Mark, counts: str) -> Mark | None:
    """The total in force before a list: the last value in its unit, in this sentence or the last."""
    at = mark.previous or mark.holder
    while at is not None and at.paragraph == mark.paragraph and mark.sentence - at.sentence <= 1:
        if at.sort == "level" and not at.prior and at.counts == counts:
            return at
        at = at.previous or at.holder
    return None


def _claim(total: Mark, parts: list[Mark], words: str, complete: bool = False) -> Claim:
    closed = complete or any(CLOSES.match(part.before) for part in parts)
    whole = len(parts) > 1 and (adds_up(total, parts) or (closed and _one_slip(total, parts)))
    roles = [("total", total), *(("part", part) for part in parts)]
    return Claim("sum" if whole else "part", roles, words)


# --- Arithmetic, to tell sums from parts ---------------------------------------------------------


def adds_up(total: Mark, parts: list[Mark]) -> bool:
    """Whether the parts can make the total, as printed."""
    low, high = sum(p.low for p in parts), sum(p.high for p in parts)
    return low <= total.high * (1 + 1e-12) and total.low <= high * (1 + 1e-12)


def _one_slip(total: Mark, parts: list[Mark]) -> bool:
    """Whether one digit altered in one figure would make it a sum."""
    over = sum(p.value for p in parts) - total.value
    return any(
        _one_digit(mark.value, mark.value + sign * over)
        for mark, sign in [(total, 1), *((p, -1) for p in parts)]
    )


def _one_digit(a: float, b: float) -> bool:
    if b < 0 or a != a or b != b:
        return False
    printed, other = f"{a:.15g}", f"{b:.15g}"
    return len(printed) == len(other) and sum(
        x != y for x, y in zip(printed, other, strict=True)
    ) == 1


# --- Shares that make a hundred ------------------------------------------------------------------


def _of_shares(ratios: list[Claim]) -> Iterator[Claim]:
    """Parts of one total whose printed shares make a hundred."""
    group: list[Claim] = []
    for claim in ratios:
        if claim.of("rate")[0].sort != "share":
            continue
        if group and group[0].of("denominator") != claim.of("denominator"):
            group = []
        group.append(claim)
        shares = [c.of("rate")[0] for c in group]
        if len(group) > 1 and sum(s.low for s in shares) <= 100 <= sum(s.high for s in shares):
            total = claim.of("denominator")[0]
            parts = [c.of("numerator")[0] for c in group]
            roles = [("total", total), *(("part", part) for part in parts)]
            yield Claim("sum", roles, "占, shares that make 100%")
            group = []


# --- Breakdowns ---------------------------------------------------------------------------------


def _breakdowns(passage: Passage, inside: set[int]) -> Iterator[Claim]:
    """按…分: the values of a sentence, and of those after it that begin with a time."""
    sentences = list(passage.sentences())
    for k, sentence in enumerate(sentences):
        said = _STOPS.split(sentence[0].gap)[-1]
        hit = BREAKDOWN.search(said)
        if hit is None:
            continue
        follows = [sentence]
        for later in sentences[k + 1 :]:
            opening = _STOPS.split(later[0].gap)[-1].strip(" ,")
            if later[0].paragraph != sentence[0].paragraph or not TIME.match(opening):
                break
            if BREAKDOWN.search(opening):
                break
            follows.append(later)
        for row in follows:
            parts = [m for m in row if m.sort == "level" and not m.prior]
            parts = [m for m in parts if m.counts == parts[0].counts]
            if len(parts) < 2:
                continue
            total = _total_of(parts, sentence[0], passage, inside)
            if total is not None:
                yield _claim(total, parts, hit[0].strip(",:"), complete=True)


def _total_of(parts: list[Mark], opening: Mark, passage: Passage, inside: set[int]) -> Mark | None:
    """The value before a breakdown in its unit and of its time that is no part itself."""
    for n in range(opening.n - 1, max(-1, opening.n - 41), -1):
        value = passage.marks[n]
        if value.sort != "level" or value.prior or value.n in inside:
            continue
        if value.counts == parts[0].counts and same_time(value, parts[0]):
            return value
    return None
