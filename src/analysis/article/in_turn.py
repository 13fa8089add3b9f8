"""A total and the values with which the clauses, the sentences or the paragraphs after it begin."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise, product

from ..phrases import BY_SUM
from .adding import (
    claim_of,
    closes,
    counts_as,
    is_precise,
    makes,
    one_slip,
    running_sums,
    telling_slip,
    to_a_hair,
)
from .clauses import Passage
from .distributed import time_of
from .marks import Claim, Mark
from .periods import of_one_time, same_time
from .words import among_in

_NEAR = 12  # places that a list has
_LEAST = 2  # and values
_Firsts = tuple[list[int], list[Mark]]  # places, and the first value of each


def in_turn(passage: Passage, done: set[int]) -> Iterator[Claim]:
    """A total and what the clauses, the sentences or the paragraphs after it begin with.

    Or all values of a paragraph after it.
    """
    tried: set[tuple[Mark, ...]] = set()  # many a clause is a sentence, many a sentence a paragraph
    times = [time_of(mark) for mark in passage.marks]
    precise = [is_precise(mark, 20) for mark in passage.marks]
    totals = {m.n for m in passage.marks if m.n not in done or is_precise(m, 100)}
    english = any(mark.in_english for mark in passage.marks[:1])  # whose nouns are asked by pairs
    asked = (_unit,) if english else (_unit, _noun, _ending)
    keys = [[counts(mark) for mark in passage.marks] for counts in asked]
    for places, one_by_one in _turns(passage):
        pairs = enumerate(pairwise(places), 1)
        opens = [n for n, (a, b) in pairs if a and b and a[-1].paragraph != b[0].paragraph]
        known = [  # of totals printed again, the nearest first
            (n, there)
            for n in reversed(range(len(places)))
            if (there := [total for total in places[n] if total.n in totals])
        ]
        starts = []  # of each of these places, where what makes a total of it may begin
        for n, _ in known:
            k = bisect_left(opens, n + 1)
            starts.append(dict.fromkeys([n + 1] * (not one_by_one) + opens[k : k + 2]))
        for key in keys[:1] if one_by_one else keys:
            firsts = {} if english else _firsts(places, key)
            for (n, there), begins in zip(known, starts, strict=True):
                for at, total in product(begins, there):
                    if not (precise[total.n] or at == n + 1):
                        continue
                    if english:
                        ahead = _like(total, places, at)
                    else:
                        ahead = _ahead(of, at) if (of := firsts.get(key[total.n])) else []
                    if not (ahead and _may_make(total, ahead)):
                        continue
                    if (again := (total, *ahead)) not in tried:
                        tried.add(again)
                        yield from _from_place(total, ahead, times)


def _may_make(total: Mark, values: list[Mark]) -> bool:
    """Whether some of a row are enough, and two of them not too much, for its total."""
    lows = [value.low for value in values]
    if len(lows) < _LEAST or total.low >= 2 * sum(lows):
        return False
    lows.sort()
    return sum(lows[:_LEAST]) <= 2 * total.high


def _unit(value: Mark) -> str:
    return value.counts


def _noun(value: Mark) -> str:
    """A value's unit and noun: 收案90件,结案80件. 刑事收案30件,结案20件…: of each its own."""
    return f"{value.counts} {value.name[-2:]}"


def _ending(value: Mark) -> str:
    """审执结90件. 刑事审结70件,…。执结20件."""
    return f"{value.counts} {value.name[-1:]}"


def _firsts(places: list[list[Mark]], key: list[str]) -> dict[str, _Firsts]:
    """Of each unit or noun the places that have a value of it, and the first value of each; of
    those alone that a list may be of."""
    found: defaultdict[str, _Firsts] = defaultdict(lambda: ([], []))
    for n, place in enumerate(places):
        for value in place:
            numbers, values = found[key[value.n]]
            if not numbers or numbers[-1] != n:
                numbers.append(n)
                values.append(value)
    return {unit: of for unit, of in found.items() if len(of[0]) >= _LEAST}


def _ahead(firsts: _Firsts, at: int) -> list[Mark]:
    """The values of one unit with which the places from one on begin; none where they are few."""
    numbers, values = firsts
    k, end = bisect_left(numbers, at), at + _NEAR
    few = k + _LEAST > len(numbers) or numbers[k + _LEAST - 1] >= end  # at most places
    return [] if few else values[k : bisect_left(numbers, end, k)]


def _like(total: Mark, places: list[list[Mark]], at: int) -> list[Mark]:
    """Those in English, whose noun is no unit."""
    near = places[at : at + _NEAR]
    one_each = (next((v for v in row if counts_as(v, total)), None) for row in near)
    return [value for value in one_each if value is not None]


def _from_place(total: Mark, ahead: list[Mark], times: list[str]) -> Iterator[Claim]:
    """The values with which places begin that make a total.

    With what 其中 opens, without it, and with those whose time is only that of a sentence before.
    """
    own = times[total.n]
    of_time = [v for v in ahead if times[v.n] == own or of_one_time(times[v.n], own)]
    rows = [of_time]
    if any(value.listed for value in of_time[1:]):
        rows.append([value for value in of_time if not value.listed or value is of_time[0]])
    if len(of_time) < len(ahead) and is_precise(total, 20):
        rows.append([v for v in ahead if not v.listed and (v in of_time or v.when not in v.tail)])
    for row in rows:
        if len(row) >= _LEAST and (parts := _made_by(total, row, ahead)):
            yield claim_of(total, parts, BY_SUM, complete=True)
            return


def _made_by(total: Mark, row: list[Mark], ahead: list[Mark]) -> list[Mark]:
    """The first values of a row that make a total; none where no number of them does."""
    for k, low, high in running_sums(row):
        if not high - low <= 0.01 * total.value or low > 2 * total.high:
            break
        enough = k >= _LEAST and 2 * low > total.low
        fits = enough and (k > _LEAST or _are_two(total, row[:k]))
        if fits and _makes(total, row[:k], low, high, ahead) and not _nested(k, row):
            return row[:k]
    return []


def _are_two(total: Mark, parts: list[Mark]) -> bool:
    """Whether two values are the two kinds of a total that they make: by their noun, or because
    nothing makes so fine a number by chance."""
    if not (is_precise(total, 4) and to_a_hair(total, parts)):
        return False
    one_noun = parts[0].name[-2:] == parts[1].name[-2:] and _are_kinds(total, parts)
    then = parts[1]  # 货物70吨。其中出口30吨: of the first
    of_first = then.listed and (";" not in then.gap or among_in(then.gap))
    return not of_first and (one_noun or is_precise(total, 1000))


def _makes(total: Mark, parts: list[Mark], low: float, high: float, ahead: list[Mark]) -> bool:
    """Whether parts make a total, but for a slip where words close them or none is left out."""
    precise, fits = is_precise(total, 4), makes(total, low, high)
    if not (fits or (precise and one_slip(total, parts))):
        return False
    last = parts[-1]
    then = next(iter(ahead[ahead.index(last) + 1 :]), None)
    if precise:
        if fits:  # 1050件…网站36件,微信1014件,电话144件: a small total that some of a list make
            return is_precise(total, 100) or not _has_next(last, then)
        near = to_a_hair(total, parts) and _are_kinds(total, parts) and not _has_next(last, then)
        of_it = parts[0].paragraph == total.paragraph or _are_kinds(total, parts[:1])
        own = of_it and not last.listed  # not by the list of another's 其中
        if near or (own and closes(total, parts)):
            return True
        fits = telling_slip(total, parts)
    if not fits or not _are_kinds(total, parts):
        return False
    return not (then and same_time(last, then) and _are_kinds(total, [then]))


def _has_next(last: Mark, then: Mark | None) -> bool:
    """Whether a list goes on behind a value: the next in its unit stands in its sentence."""
    return then is not None and then.sentence == last.sentence and not then.listed


def _nested(count: int, row: list[Mark]) -> bool:
    """Whether one of the first of a row is the total of some behind it: a list within a list."""
    for k, part in enumerate(row[:count]):
        for n, low, high in running_sums(row[k + 1 :]):
            if low > part.high:
                break
            if n > 1 and makes(part, low, high):
                return True
    return False


def _are_kinds(total: Mark, parts: list[Mark]) -> bool:
    """Whether values are kinds of a total by their noun or verb: 各类案件, 刑事案件, 民事案件."""
    return all(
        set(part.name[-2:]) & set(total.name[-2:])
        or (len(part.name) > 1 and part.name[-2:] in total.before)
        for part in parts
    )


def _turns(passage: Passage) -> Iterator[tuple[list[list[Mark]], bool]]:
    """The values of each clause between semicolons, sentence and paragraph, where these differ; and
    one by one."""
    clauses: list[list[Mark]] = []
    sentences: list[list[Mark]] = []
    paragraphs: list[list[Mark]] = []
    last: Mark | None = None
    for mark in passage.marks:
        if mark.bracket:
            continue
        new = last is None or last.paragraph != mark.paragraph
        if new:
            paragraphs.append([])
        if new or (last is not None and last.sentence != mark.sentence):
            sentences.append([])
            clauses.append([])
        elif ";" in mark.gap:
            clauses.append([])
        last = mark
        if mark.sort == "level" and not mark.prior:
            for rows in (clauses, sentences, paragraphs):
                rows[-1].append(mark)
    yield clauses, False
    for shorter, longer in ((clauses, sentences), (sentences, paragraphs)):
        if longer != shorter:
            yield longer, False
    yield [[value] for row in clauses for value in row], True
