"""Totals that the names of lines tell: ranges of ages that others make up; and, of lines named
alike (医疗保险支出, 失业保险支出, 社会保险支出; all that stand second in their groups), the one
that the others add up to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb

import numpy as np

from .table_addends import DIGITS, adds_up, shares_of, sum_fit, summable
from .table_labels import is_period, is_total, months_in, year_in
from .table_marks import mark_of
from .table_measures import says_prior, says_rate, says_share
from .table_months import is_dated
from .table_sides import Side

_MOST_LINES = 400
_MOST_PARTS = 40
_MOST_PAIRED = 12  # lines of which two may add up to a total
_WORD = re.compile(r"[\u3040-\u9fff]|[^\W\d_]+|\d+")
_MOST_WORDS = 12  # of a name that are compared, from either end
_AGES = re.compile(r"[岁歲歳]|\byears?\b|\bage", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,3})\s*(?:[岁歲歳]\s*)?(?:[-–—~～至到]|to)\s*(\d{1,3})(?!\d)")
_FROM = re.compile(r"(\d{1,3})\s*(?:[岁歲歳]|years)?\s*(?:及?以上|and (?:over|older|above)|\+)")
_BELOW = re.compile(r"(\d{1,3})\s*[岁歲歳]?\s*(未[満满]|以下)|under (\d{1,3})", re.IGNORECASE)
_OLDEST = 999
_OVER = 0.005  # of a total: so far off it are all that make it up several times over
_FEWEST = 3  # groups, or places
_BARE_TOTAL = re.compile(r"[总總合小共]\s*[计計数數]|totals?|all(?: \w+)?", re.IGNORECASE)
_MOST_BESIDE = 4  # columns under the head of a total that are parts without adding up
# The number of something else, the largest of all: these are no parts.
_NO_PART = re.compile(
    r"[数數量额額积積值]$|最|累[计計]|中位|\b(?:max|min|median|number)", re.IGNORECASE
)
_ALIKE = 2  # characters, or a word, that names have in common


def sums_of_like_names(side: Side) -> Iterator[tuple[int, list[int]]]:
    """Lines with the names of others in their own, or the same name in another group, and what
    they add up to; what is more alike first. A line is of one such list."""
    if len(side.labels) > _MOST_LINES:
        return
    used: set[int] = set()
    families = _families(side)
    for family in (*families, *families):  # again, without what the others took
        left = [n for n in family if n not in used]
        for lines in (family, left) if len(left) < len(family) else (family,):
            if not 2 < len(lines) <= _MOST_PARTS + 1 or used.issuperset(lines):
                continue
            largest = max(lines, key=lambda n: np.nansum(side.value[n]))
            splits = [
                (total, [n for n in lines if n != total])
                for total in dict.fromkeys((largest, lines[0], lines[-1]))
            ]
            fits = [split for split in splits if adds_up(side, *split)] or _pairs(side, lines)
            if fits:
                total, parts = fits[0]
                used |= {total, *parts} if len(parts) < len(lines) - 1 else {*lines}
                yield total, parts
                break


def _pairs(side: Side, lines: list[int]) -> list[tuple[int, list[int]]]:
    """The only two of lines named alike that add up to the one called their total: Total injuries
    beside Urban injuries, Rural injuries and others."""
    totals = [n for n in lines if is_total(side.labels[n])]
    rest = [n for n in lines if n not in totals]
    if len(totals) != 1 or not 2 < len(rest) <= _MOST_PAIRED:
        return []
    among = comb(len(rest), 2)
    pairs = [[*pair] for pair in combinations(rest, 2)]
    found = [(totals[0], pair) for pair in pairs if adds_up(side, totals[0], pair, among)]
    return found if len(found) == 1 else []


def sums_of_spans(side: Side) -> Iterator[tuple[int, list[int]]]:
    """Ranges of ages, and spans of months, that others make up wholly, by the fewest of them:
    15岁以上 by 15-24岁 and 25岁以上, 一季度 by its months."""
    found: dict[tuple[object, ...], dict[tuple[int, int], int]] = {}
    for n, path in enumerate(side.paths[:_MOST_LINES]):
        own = path[-1] if path and side.kind[n] in ("count", "amount") else ""
        ages = _ages(own)
        if span := ages or months_in(own):
            of = (bool(ages), None if ages else year_in(own), *path[:-1])
            found.setdefault(of, {}).setdefault(span, n)
    for group in found.values():
        for (first, last), total in group.items():
            ways: dict[int, list[int]] = {first: []}  # the fewest that reach up to an age, a month
            for low, high in sorted(group):
                inside = first <= low and high <= last and (low, high) != (first, last)
                if inside and low in ways:
                    way = [*ways[low], group[low, high]]
                    if len(way) < len(ways.get(high + 1, [*way, 0])):
                        ways[high + 1] = way
            parts = sorted(ways.get(last + 1, []))
            if (
                parts
                and sum_fit(side, total, parts, summable(side, [total, *parts]))[0].share >= 0.5
            ):
                yield total, parts


def sums_as_in_others(
    side: Side, found: dict[int, list[list[int]]]
) -> Iterator[tuple[int, list[int]]]:
    """Lines that add up as those with the same labels do in most groups: few digits tell it of one
    group alone (3 = 2 + 1)."""
    names = [path[-1] if path else "" for path in side.paths]
    known = Counter(
        (names[total], tuple((part - total, names[part]) for part in parts))
        for total, lists in found.items()
        for parts in lists
    )
    others_of = {name for (name, _), often in known.items() if often >= _FEWEST}
    named: dict[str, list[int]] = {}
    for n, own in enumerate(names):
        if own in others_of and n not in found:
            named.setdefault(own, []).append(n)
    for (name, others), often in known.items():
        left = named.get(name, [])
        for total in left if often >= _FEWEST and often > len(left) else ():
            parts = [total + step for step, _ in others]
            inside = min(parts) >= 0 and max(parts) < len(names)
            if inside and [names[n] for n in parts] == [own for _, own in others]:
                fit, _ = sum_fit(side, total, parts, summable(side, [total, *parts]))
                if fit.of and fit.share >= 0.5:
                    yield total, sorted(parts)


def sums_beside(side: Side, found: dict[int, list[list[int]]]) -> Iterator[tuple[int, list[int]]]:
    """Columns of shares, or of differences, that add up as the amounts beside them do under the
    same heads: of areas that are the sum of two others, the shares of the whole."""
    lines = {tuple(path): n for n, path in enumerate(side.paths) if len(path) > 1}
    heads = {n: path[:-1] for path, n in lines.items()}
    for total, lists in found.items() if not side.rows else ():
        own = side.paths[total][-1:]
        names = [
            path[-1]
            for path, n in lines.items()
            if total in heads and path[:-1] == heads[total]
            if says_share(path[-1]) or side.kind[n] == "difference"
        ]
        for parts in lists if names else ():
            if any(n not in heads or side.paths[n][-1:] != own for n in parts):
                continue
            for name in names:
                beside = [lines.get((*heads[n], name)) for n in (total, *parts)]
                known = [n for n in beside if n is not None and n not in found]
                if len(known) < len(beside):
                    continue
                fit, _ = sum_fit(side, known[0], known[1:], summable(side, known))
                if 2 * max(len(shares_of(side, known)), fit.holds) > len(side.across):
                    yield known[0], known[1:]


def sums_of_numbered(side: Side) -> Iterator[tuple[int, list[int]]]:
    """Rows that are numbered 一、二、三、 and an unnumbered row before or behind them all that they
    add up to, whatever stands between."""
    marks = [mark_of(path[-1]) if side.rows and path else "" for path in side.paths[:_MOST_LINES]]
    first = next(filter(None, marks), "")
    parts = [n for n, mark in enumerate(marks) if mark == first != ""]
    if 1 < len(parts) <= _MOST_PARTS:
        totals = [n for n, mark in enumerate(marks) if not mark and not parts[0] < n < parts[-1]]
        fits = [n for n in totals if adds_up(side, n, parts, len(totals))]
        yield from ((total, parts) for total in fits if len(fits) == 1)


def sums_over_again(side: Side) -> Iterator[tuple[int, list[int]]]:
    """The first row, where all rows below it add up to it several times over: by sex, then by age.
    Each list alone may be too short of digits to tell; that nothing is left over is no chance."""
    lines = range(1, len(side.labels))
    alike = set(side.kind) in ({"count"}, {"amount"}) and len(set(side.levels)) == 1
    if not side.rows or not alike or any(side.memos) or not 4 <= len(lines) <= _MOST_LINES:
        return
    places = summable(side, [0, *lines])
    cells = side.value[:, places]
    if not places or np.isnan(cells).any() or not (cells[0] >= 10 ** (DIGITS - 1)).all():
        return
    times = np.cumsum(cells[1:], axis=0) / cells[0]
    if times[-1].min() < 1.5 or np.abs(times[-1] - np.round(times[-1])).max() > _OVER:
        return
    first, lists = 1, list[list[int]]()
    for last in lines:
        parts = list(range(first, last + 1))
        if np.abs(times[last - 1] - len(lists) - 1).max() > _OVER or len(parts) < 2:
            continue
        fit, _ = sum_fit(side, 0, parts, places)
        if fit.of and fit.holds == fit.of:
            lists.append(parts)
            first = last + 1
    if len(lists) > 1 and first == len(side.labels):
        yield from ((0, parts) for parts in lists)


def sums_under_heads(side: Side) -> Iterator[tuple[int, list[int]]]:
    """Columns alike under the heads of one group, one of which is called their total: 小计 / 数量
    beside 陆上 / 数量 and 海上 / 数量; of amounts where they add up, of shares wherever they do."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for n, path in enumerate(side.paths):
        if len(path) > 2 and (side.kind[n] in ("count", "amount") or says_share(path[-1])):
            groups.setdefault((side.kind[n], *path[:-2], path[-1]), []).append(n)
    for (kind, *_), lines in groups.items():
        totals = [n for n in lines if is_total(side.paths[n][-2])]
        parts = [n for n in lines if n not in totals]
        if len(totals) != 1 or len(parts) < 2:
            continue
        fit, _ = sum_fit(side, totals[0], parts, summable(side, [*totals, *parts]))
        if kind == "rate" or fit.share >= 0.5:
            yield totals[0], parts


def parts_under_heads(side: Side) -> Iterator[tuple[int, list[int]]]:
    """The few columns beside the total under its head, each where it is nowhere more than that:
    专任教师 beside 合计 under 教职工数, Killed and Serious beside All severities. None that is of
    another time, a rate, or the number of something else."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for n, path in enumerate(side.paths if not side.rows else ()):
        if len(path) > 1:
            groups.setdefault(tuple(path[:-1]), []).append(n)
    for lines in groups.values():
        totals = [n for n in lines if _BARE_TOTAL.fullmatch(side.paths[n][-1])]
        parts = [n for n in lines if n not in totals]
        if len(totals) != 1 or not 0 < len(parts) <= _MOST_BESIDE:
            continue
        for part in parts:
            own = side.paths[part][-1]
            if not (_NO_PART.search(own) or says_prior(own) or says_rate(own) or is_dated(own)):
                within = sum_fit(side, totals[0], [part], summable(side, [totals[0], part]))[1]
                if within.of >= _FEWEST and within.holds == within.of:
                    yield totals[0], [part]


def _ages(label: str) -> tuple[int, int] | None:
    """The first and the last age that a label names."""
    if not _AGES.search(label):
        return None
    if span := _RANGE.search(label):
        return int(span[1]), int(span[2])
    if start := _FROM.search(label):
        return int(start[1]), _OLDEST
    if below := _BELOW.search(label):
        return 0, int(below[1] or below[3]) - (below[2] != "以下")
    return None


def _families(side: Side) -> list[list[int]]:
    """The lines that begin or end alike, or stand alike in their groups: the most alike first."""
    found: dict[tuple[object, ...], list[int]] = {}
    weights: dict[tuple[object, ...], int] = {}
    common = set.intersection(*(set(path) for path in side.paths))  # as a last level: (件), <dbl>
    deep = side.rows and any(len(path) > 2 for path in side.paths)  # a heading comes first
    for n, full in enumerate(side.paths):
        path = [part for part in full if part and part not in common]
        if side.kind[n] not in ("count", "amount") or not path:
            continue
        own = path[-1]
        words = _WORD.findall(own.lower())
        keys: list[tuple[object, ...]] = [("inner", *path[1:])] if deep else []
        if is_total(own):
            keys.append(("total",))
        if len(path) > 1:
            keys.append(("name", *words))
        if (year := year_in(own)) and not is_period(own):  # City, 2022 beside City, 2023
            keys.append(("year", year))
        for count in range(1, min(len(words), _MOST_WORDS) + 1):
            keys += [("end", *words[-count:]), ("start", *words[:count])]
        for key in keys:
            found.setdefault(key, []).append(n)
            weights[key] = _weight(key)
    lists = [(weights[key], lines) for key, lines in found.items() if weights[key] >= _ALIKE]
    ranked = sorted(lists, key=lambda each: (-each[0], each[1]))
    return [list(lines) for lines in dict.fromkeys(tuple(lines) for _, lines in ranked)]


def _weight(key: Sequence[object]) -> int:
    """How much names have in common: a word counts for two characters, a number for none."""
    kind, *words = map(str, key)
    if kind in ("inner", "total", "name", "year"):
        return _ALIKE
    return sum(min(len(word), 2) if not word.isdigit() else 0 for word in words)
