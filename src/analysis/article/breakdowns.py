"""Breakdowns: 按…分, 从…看, classes, and the total that the values after them make."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from itertools import islice

from .adding import (
    adds_up,
    claim_of,
    closed,
    counts_as,
    ends_bands,
    is_of_partition,
    is_precise,
    one_slip,
    partition,
    slipped,
    telling_slip,
)
from .by_shares import make_a_hundred
from .clauses import CLAUSE_ENDS, Passage
from .marks import Claim, Mark
from .periods import months_in, months_of, same_time
from .same_names import stem
from .totals import named
from .words import AMONG, BREAKDOWN, CLOSES, TIME, WITHIN

_NEAR = 12  # sentences of a breakdown
_NEAR_WORDS = 60  # characters in which a figure's own months stand
_BANDS = 7  # besides the last one
_REACH = 24  # figures between months and what they are of
_BELOW = re.compile(
    r"(?P<among>其中|当中|包括)?\s?:\s*$|(?P<by>[Bb]reakdown|[Bb]roken down) [^.:]{,40}:\s*$"
)
_ALL_YEAR = frozenset(range(1, 13))
_CLASS = re.compile(r"[^,;。]{1,6}?类(?P<noun>[^,;。0-9]{2})")


def breakdowns(passage: Passage, inside: Collection[int]) -> Iterator[Claim]:
    """按…分: the values of a sentence, and of those after it that begin with a time."""
    sentences = list(passage.sentences())
    for k, sentence in enumerate(sentences):
        first = sentence[0]
        said = first.gap if first.previous is None else first.tail
        hit = BREAKDOWN.search(said)
        if hit is None:
            continue
        follows = [sentence]
        for n in range(k + 1, len(sentences)):
            later = sentences[n]
            opening = later[0].tail.strip(" ,")
            if later[0].paragraph != sentence[0].paragraph or not TIME.match(opening):
                break
            if BREAKDOWN.search(opening):
                break
            follows.append(later)
        whose = CLAUSE_ENDS.split(said[: hit.start()])[-1]  # 医院按登记类型分
        own = named(whose, first, first, passage) if len(whose) > 1 else None
        for row, like in ((each, like) for each in follows for like in _kinds(each)):
            parts = list(_parts_of(row, like))
            total = _total_of(parts, sentence[0], passage, inside) if len(parts) > 1 else None
            if len(parts) > 1 and (total is None or not adds_up(total, parts)):
                known = (own, _total_of(parts, sentence[0], passage, set()))  # 本级受理68件, a part
                fits = (v for v in known if v and adds_up(v, parts) and (v is own or is_precise(v)))
                total = next(fits, total)
            if like == _kinds(row)[0] and (total is None or not adds_up(total, parts)):
                whole, heads = _heads(sentences[k : k + _NEAR], passage, inside)
                total, parts = (total, parts) if whole is None else (whole, heads)
            if total is not None and (adds_up(total, parts) or _slips(total, parts)):
                yield claim_of(total, parts, hit[0].strip(",:"), complete=True)


def _slips(total: Mark, parts: list[Mark]) -> bool:
    """Whether a total of a breakdown's noun, or one too large to be so by chance, has a slip.

    提出意见2件。从罪名看,诈骗5件,赌博3件: with numbers so small any total would. Where each part
    has its share, those make a hundred, or there are more parts.
    """
    its_own = is_precise(total) or stem(total.name) == stem(parts[0].name)
    shares = [then for part in parts if (then := part.following) and then.sort == "share"]
    some = len(shares) == len(parts) and not make_a_hundred(shares)
    return its_own and not some and slipped(total, parts)


def _heads(
    sentences: list[list[Mark]], passage: Passage, inside: Collection[int]
) -> tuple[Mark | None, list[Mark]]:
    """The first values of sentences that make a total: 按渠道看,陆运…,其中…。水运…。"""
    heads: list[Mark] = []
    whole: Mark | None = None
    for sentence in sentences:
        if sentence[0].paragraph != sentences[0][0].paragraph:
            break
        if AMONG.search(sentence[0].tail):
            continue
        more = [part for like in _kinds(sentence)[:1] for part in _parts_of(sentence, like)][:1]
        if whole is not None:
            # 火灾90起。从场所看,商场火灾60起。学校火灾30起。住宅火灾40起: more than the total has
            goes_on = any(
                part.name[-2:] == heads[-1].name[-2:] and part.counts == heads[-1].counts
                for part in more
            )
            return (whole, heads) if not goes_on or closed(whole, heads) else (None, [])
        heads += more
        total = _total_of(heads, heads[0], passage, inside) if len(heads) > 1 else None
        if total is not None and adds_up(total, heads):
            whole = total
    return whole, heads


def below(passage: Passage) -> Iterator[Claim]:
    """其中: at the end of a paragraph: the first value of each paragraph below it, in one unit."""
    openings: dict[int, list[Mark]] = {}
    for mark in passage.marks:
        if mark.sort == "level" and not mark.prior and not mark.bracket:
            openings.setdefault(mark.paragraph, []).append(mark)
    for paragraph, line in enumerate(passage.folded, 1):
        colon = paragraph in openings and line.rstrip().endswith(":")
        hit = _BELOW.search(line) if colon else None
        if hit is None:
            continue
        firsts = openings.get(paragraph + 1, [])[:1]
        wholes = [v for v in openings[paragraph] if any(counts_as(first, v) for first in firsts)]
        if not wholes:
            continue
        total, at = wholes[-1], paragraph + 1
        parts: list[Mark] = []
        end = _list_ends(paragraph, passage)
        end = end if end > at else len(passage.lines) + 1
        while at < end and at in openings and counts_as(openings[at][0], total):
            parts.append(openings[at][0])
            at = _list_ends(at, passage) if _BELOW.search(passage.folded[at - 1]) else at + 1
        ends = (k for k in range(2, len(parts) + 1) if adds_up(total, parts[:k]))
        parts = parts[: next(ends, None)]
        while len(parts) > 1 and sum(part.low for part in parts) > total.high:
            if one_slip(total, parts):
                break
            parts.pop()
        said = hit["among"] or hit["by"]
        made = len(parts) > 1 and is_precise(total) and adds_up(total, parts)
        if same_time(parts[0], total) and (said or made):
            yield claim_of(total, parts, said or ":", complete=bool(hit["by"]))


def _list_ends(paragraph: int, passage: Passage) -> int:
    """The paragraph behind those that a paragraph lists up to a full stop: …;\n…;\n…。"""
    at = paragraph
    while at < len(passage.lines) and passage.folded[at].endswith(";"):
        at += 1
    return at + 2 if at > paragraph else paragraph + 1


def classes(passage: Passage, inside: Collection[int]) -> Iterator[Claim]:
    """Sentences that each begin with a class of one noun: 甲类传染病…。乙类传染病…。"""
    row: list[Mark] = []
    noun = ""
    for sentence in [*passage.sentences(), []]:
        said = sentence[0].tail.strip() if sentence else ""
        hit = _CLASS.match(said)
        if hit and hit["noun"] == noun:
            row.append(sentence[0])
            continue
        total = _total_of(row, row[0], passage, inside) if len(row) > 1 else None
        if total is not None and (adds_up(total, row) or one_slip(total, row)):
            yield claim_of(total, row, "类", complete=True)
        row, noun = ([sentence[0]], hit["noun"]) if hit else ([], "")


def partitions(passage: Passage, inside: Collection[int]) -> Iterator[Claim]:
    """Values that are all there are by their words, and the total that they make: 男…。女…."""
    rows: dict[str, list[Mark]] = {}
    for mark in passage.marks:
        if mark.sort != "level" or mark.prior or mark.after.startswith(("大关", "关口", "门槛")):
            continue
        row = rows.setdefault(mark.counts, [])
        told = is_of_partition(mark)
        alike = [v for v in row[-_NEAR:-1] if v.name[-2:] == mark.name[-2:]][-1:] if told else []
        many = _BANDS if told and ends_bands(mark) else 2
        lists = [row[-k:] for k in range(1, many + 1)] if told else []
        for others in [*lists, alike] if told else ():
            parts = [*others, mark]
            if len(parts) < 2 or mark.sentence - parts[0].sentence > _NEAR:
                continue
            if any(part.n in inside for part in parts) or _next_closes(mark):
                continue
            if partition(parts) and (total := _total_before(parts, passage, inside)):
                if not adds_up(total, parts) and _next_makes(total, parts):
                    continue
                yield claim_of(total, parts, "all there are", complete=True)
        row.append(mark)


def _next_closes(mark: Mark) -> bool:
    """Whether the next value in a sentence closes the list: 城市40起,农村30起,其他区域9起."""
    alike = (v for v in mark.ahead() if v.sort == "level" and v.counts == mark.counts)
    return any(CLOSES.match(value.before) for value in islice(alike, 1))


def _next_makes(total: Mark, parts: list[Mark]) -> bool:
    """Whether parts make their total with the next value: 进口250吨,出口1566吨,转口10吨."""
    alike = (v for v in parts[-1].ahead() if v.sort == "level" and v.counts == parts[-1].counts)
    return any(adds_up(total, [*parts, value]) for value in islice(alike, 1))


def _total_before(parts: list[Mark], passage: Passage, inside: Collection[int]) -> Mark | None:
    """The total before parts that they make, but for a slip if it stands right before them."""
    near = passage.marks[max(0, parts[0].n - _REACH) : parts[0].n]
    values = [v for v in near if v.sort == "level" and v.counts == parts[0].counts and not v.prior]
    for value in reversed(values):
        if is_precise(value, 100) and adds_up(value, parts):
            return value
    of_one = [v for v in values if {part.name[-2:] for part in parts} == {v.name[-2:]}]
    if of_one and telling_slip(of_one[-1], parts):
        return of_one[-1]
    if not all(same_time(parts[0], part) for part in parts):
        return None
    total = _total_of(parts, parts[0], passage, inside)
    if total is None:
        return None
    of_it = len(total.name) > 1 and all(total.name[-2:] in part.name for part in parts)
    if not (is_precise(total) or (of_it and adds_up(total, parts))):
        return None  # but 28个行业: 9个行业…,19个行业…
    slip = one_slip if total in values[-1:] else telling_slip
    return total if adds_up(total, parts) or slip(total, parts) else None


def by_time(passage: Passage) -> Iterator[Claim]:
    """上半年…,下半年…: values of one name whose months make up those of the total before them, or
    whose years do."""
    rows: dict[tuple[str, str, bool], list[tuple[Mark, frozenset[int]]]] = {}
    for mark in passage.marks:
        if mark.sort != "level" or mark.prior or not mark.name:
            continue
        months = months_of(mark.when)
        if not months and "季" in mark.when:  # 冬春季节(1至5月和12月)
            start = max(mark.previous.end if mark.previous else 0, mark.start - _NEAR_WORDS)
            months = months_in(passage.folded[mark.paragraph - 1][start : mark.start])
        if not months:
            continue
        years = _years_of(mark)
        months = years or months
        row = rows.setdefault((mark.counts, stem(mark.name), bool(years)), [])
        again = [k for k, (_, each) in enumerate(row) if each & months]
        del row[: again[-1] + 1 if again else 0]
        if row and mark.n - row[-1][0].n > _REACH:
            row.clear()
        row.append((mark, months))
        if len(row) < 2:
            continue
        parts = [part for part, _ in row]
        held = frozenset[int]().union(*(each for _, each in row))
        near = passage.marks[max(0, parts[0].n - 2 * _REACH) : parts[0].n]
        for total in reversed(near):
            alike = total.sort == "level" and not total.prior and total.counts == mark.counts
            alike = alike and not math.isinf(total.high)  # 超过300万辆
            if not alike or (_years_of(total) if years else _months_of(total)) != held:
                continue
            same = stem(total.name) == stem(mark.name)
            if same or adds_up(total, parts) or one_slip(total, parts):
                roles = [("total", total), *(("part", part) for part in parts)]
                yield Claim("sum", roles, "times that make up its own")
                break


def _months_of(mark: Mark) -> frozenset[int]:
    """The months of a mark's time; 全年, too, has all of them."""
    return _ALL_YEAR if mark.when == "全年" else months_of(mark.when)


def _years_of(mark: Mark) -> frozenset[int]:
    """The years that a mark's period is made of; none where it is no whole years."""
    start, end = mark.period
    if not (start.endswith("-01-01") and end.endswith("-12-31")):
        return frozenset()
    return frozenset(range(int(start[:4]), int(end[:4]) + 1))


def _kinds(row: list[Mark]) -> list[tuple[str, str]]:
    """The sorts and units of the values of a sentence: 起 and 人."""
    return list(dict.fromkeys((m.sort, m.counts) for m in row if m.is_level and not m.prior))


def _parts_of(row: list[Mark], like: tuple[str, str]) -> Iterator[Mark]:
    """The values of a breakdown in a unit, without what 其中 lists of one, and open ends."""
    inside = False
    for k, mark in enumerate(row):
        if k and (BREAKDOWN.search(mark.gap) or (";" in mark.gap and WITHIN.search(mark.gap))):
            return  # 按性别分,男…,女…;按年龄分, …;老人中
        inside = ";" not in mark.gap and (inside or bool(k and AMONG.search(mark.gap)))
        if inside:
            continue
        open_end = math.isinf(mark.high) or (mark.low == 0 < mark.value)
        if (mark.sort, mark.counts) == like and not (mark.prior or open_end):
            yield mark


def _total_of(
    parts: list[Mark], opening: Mark, passage: Passage, inside: Collection[int]
) -> Mark | None:
    """The value before a breakdown in its unit and of its time that is no part itself.

    Of those, one that the parts make, one of their name (亡), or else the last one.
    """
    found = by_name = None
    for n in range(opening.n - 1, max(-1, opening.n - 41), -1):
        value = passage.marks[n]
        open_end = math.isinf(value.high)  # 超过1万人的省: any parts could be those
        if value.sort != parts[0].sort or value.prior or open_end or value.n in inside:
            continue
        if value.counts != parts[0].counts:
            continue
        fits, in_time = adds_up(value, parts), same_time(value, parts[0])
        carried = not parts[0].when or parts[0].when not in parts[0].tail
        if fits and (in_time or (carried and is_precise(value, 20))):
            return value  # …; the time of a sentence between them is not that of the list
        if in_time:
            by_name = by_name or (value if stem(value.name) == stem(parts[0].name) else None)
            found = found or value
    return by_name or found
