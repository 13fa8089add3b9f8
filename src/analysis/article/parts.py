"""Sums and parts: 其中, X中, 按…分, lists that other words close, shares that make a hundred.

A finder that looks for what adds up hides what does not. So words come first: they open a list,
name its total and may say that it is complete. Arithmetic finds the lists that no word opens.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Generator, Iterator
from itertools import islice

from ..phrases import BY_SUM
from .adding import (
    adds_up,
    claim_of,
    is_precise,
    to_a_hair,
)
from .among import opened
from .balances import balances
from .behind import differences_added, harmed, included, shares_added
from .breakdowns import (
    below,
    breakdowns,
    by_time,
    classes,
    partitions,
)
from .by_shares import hundreds, of_kinds, of_most_shares, together
from .clauses import Passage
from .in_turn import in_turn
from .marks import Claim, Mark
from .none import none_behind
from .periods import same_time
from .ranks import ranked, singled, taking
from .unopened import AHEAD, unopened
from .words import AMONG

_NONE = re.compile(r"[,、]?(?:无|未|没有)")
_OFTEN = 2  # lists of the same nouns that add up


def part_claims(passage: Passage, ratios: list[Claim]) -> list[Claim]:
    """The sums and parts of a passage."""
    made: dict[tuple[int, frozenset[int]], Claim] = {}
    inside: dict[int, int] = {}  # figures that are a part already, and the total of each
    summed: set[int] = set()  # and those that are a total
    told_all = _all(passage, ratios, inside, summed)
    for claim in (each for one in told_all for each in (one, *_in_brackets(one, passage))):
        claim.roles += [("part", part) for part in none_behind(claim, passage)]
        total, parts = claim.of("total")[0], claim.of("part")
        if claim.words == BY_SUM and math.isinf(total.high):
            continue  # 超50万件: whatever is more makes that
        inside.update((part.n, total.n) for part in parts)
        summed.update({total.n} if claim.kind == "sum" else ())
        key = total.n, frozenset(part.n for part in parts)
        if key not in made or (claim.kind == "sum" and made[key].kind == "part"):
            made[key] = claim
    for claim in _listed_again(passage, [*made.values()]):
        key = claim.of("total")[0].n, frozenset(part.n for part in claim.of("part"))
        if key not in made or made[key].kind == "part":
            made[key] = claim
    lists: dict[int, list[frozenset[int]]] = {}
    for whole, members in made:
        lists.setdefault(whole, []).append(members)
    made = {  # what another list of the same total has among others is no list of its own
        (whole, members): claim
        for (whole, members), claim in made.items()
        if (claim.words != "最多" and (len(members) < _OFTEN or claim.kind == "sum"))
        or not any(members < more for more in lists[whole])
    }
    by_name = {  # parts of a total that words name: none of another that they make by chance
        members
        for (_, members), claim in made.items()
        if claim.words.endswith("中") and len(claim.words) > len("其中")
    }
    made = {k: claim for k, claim in made.items() if claim.words != BY_SUM or k[1] not in by_name}
    worded = {_printed(claim) for claim in made.values() if claim.words != BY_SUM}
    made = {  # what a list said again adds up to its total again
        k: claim
        for k, claim in made.items()
        if claim.words != BY_SUM or _printed(claim) not in worded
    }
    made = of_most_shares(made, ratios)
    totals: dict[frozenset[int], int] = {}  # of parts that more than one total might have
    for (whole, members), claim in made.items():
        fits = adds_up(claim.of("total")[0], claim.of("part"))
        before = made.get((totals.get(members, -1), members))
        wrong = before is None or not adds_up(before.of("total")[0], before.of("part"))
        if claim.kind == "sum" and (before is None or (fits and wrong)):
            totals[members] = whole
    told: dict[int, list[frozenset[int]]] = {}  # what a word has listed
    sums: dict[int, list[frozenset[int]]] = {}
    of_a_sum: dict[int, list[frozenset[int]]] = {}  # lists that add up, by each of their members
    made_up: set[int] = set()  # totals that a list makes: another that does not is none of theirs
    for (whole, members), claim in made.items():
        if claim.kind == "sum" and adds_up(claim.of("total")[0], claim.of("part")):
            made_up.add(whole)
            for member in members:
                of_a_sum.setdefault(member, []).append(members)
        if claim.words != BY_SUM:
            told.setdefault(whole, []).append(members)
        if totals.get(members) == whole:
            sums.setdefault(whole, []).append(members)

    def is_told(whole: int, members: frozenset[int]) -> bool:
        """Whether a word lists what only adds up: more of it, or a part that is all there is."""
        total, parts = (made[whole, members].of(role) for role in ("total", "part"))
        if whole in made_up and not to_a_hair(total[0], parts):
            return True
        alone = told.get(whole, [])
        if all(frozenset({member}) in alone for member in members):
            return True  # 其中党员120人,教师80人,工人30人: 120 and 80 make 200 by chance
        return any(
            members < each or (each < members and adds_up(total[0], made[whole, each].of("part")))
            for each in told.get(whole, ())
        )

    return [
        claim
        for (whole, members), claim in made.items()
        if (
            claim.kind == "sum"
            and totals[members] == whole
            and not (claim.words == BY_SUM and is_told(whole, members))
        )
        or (
            claim.kind == "part"
            and (claim.words != BY_SUM or _has_room(claim))
            and members not in totals
            and not any(members < each for each in sums.get(whole, ()))
            and not (len(members) > 1 and any(members < s for s in of_a_sum.get(min(members), ())))
            # 收案90件,结案80件。\n其中民事收案50件: of the one that has not its parts already
            and not (whole in made_up and _opens_paragraph(claim) and min(members) in of_a_sum)
        )
    ]


def _printed(claim: Claim) -> tuple[int, tuple[float, ...]]:
    """A claim's total, and the values of its parts."""
    return claim.of("total")[0].n, tuple(sorted(part.value for part in claim.of("part")))


def _has_room(claim: Claim) -> bool:
    """Whether a total is no less than its parts: what else but words would make them parts?"""
    return sum(part.low for part in claim.of("part")) <= claim.of("total")[0].high


def _opens_paragraph(claim: Claim) -> bool:
    """Whether a list is of a value of the paragraph above."""
    return claim.of("total")[0].paragraph < claim.of("part")[0].paragraph


def _listed_again(passage: Passage, made: list[Claim]) -> Iterator[Claim]:
    """The lists after 其中 whose nouns are those of lists that add up: they are whole as well.

    货物90吨,其中沿海50吨,内河40吨。外贸70吨,其中沿海…,内河…。集装箱80吨,其中沿海700吨,内河10吨.
    """
    nouns = Counter(
        tuple(part.name for part in claim.of("part"))
        for claim in made
        if claim.kind == "sum"
        and is_precise(claim.of("total")[0], 4)
        and adds_up(claim.of("total")[0], claim.of("part"))
    )
    known = {names for names, n in nouns.items() if n >= _OFTEN and all(names)}
    opens = {names[0] for names in known}
    for mark in passage.marks if known else ():
        opened_so = mark.name in opens and AMONG.search(mark.tail)
        total = mark.previous if opened_so else None
        while total is not None and (total.is_change or total.prior or total.sort == "share"):
            total = total.previous
        if total is None or total.paragraph != mark.paragraph or not same_time(total, mark):
            continue
        alike = (v for v in mark.ahead() if v.sort == "level" and v.counts == mark.counts)
        parts = [mark, *islice((value for value in alike if not value.prior), AHEAD)]
        whole = tuple(part.name for part in parts) in known and total.counts == mark.counts
        if whole and total.sort == "level" and mark.sentence - total.sentence <= 1:
            roles = [("total", total), *(("part", part) for part in parts)]
            yield Claim("sum", roles, "其中, as in other lists of these")


def _all(
    passage: Passage, ratios: list[Claim], inside: dict[int, int], summed: set[int]
) -> Iterator[Claim]:
    yield from hundreds(ratios)
    of = {ratio.of("numerator")[0].n: ratio.of("denominator")[0] for ratio in ratios}
    shared = {*of}
    carried: tuple[str, int] = "", 0  # the X of 在X中 of the sentence before, and its paragraph
    for sentence in _lines(passage):
        found = opened(sentence, passage, carried, shared)
        carried = yield from _with_columns(found)
    yield from ranked(passage, of)
    yield from singled(passage)
    yield from taking(passage)
    yield from included(passage)
    yield from shares_added(passage)
    yield from differences_added(passage)
    yield from harmed(passage)
    yield from below(passage)
    yield from breakdowns(passage, inside)
    yield from together(passage, ratios)
    yield from of_kinds(passage, ratios)
    yield from classes(passage, inside)
    yield from balances(passage)
    yield from _with_alongside(partitions(passage, inside))
    yield from _with_alongside(unopened(passage, inside))
    yield from by_time(passage)
    yield from _with_alongside(in_turn(passage, inside.keys() | summed))


def _with_columns(
    claims: Generator[Claim, None, tuple[str, int]],
) -> Generator[Claim, None, tuple[str, int]]:
    """Lists and, of those that are whole, the one of what stands beside their values."""
    while True:
        try:
            claim = next(claims)
        except StopIteration as end:
            said: tuple[str, int] = end.value
            return said
        yield claim
        if claim.kind == "sum" and any(
            ";" not in m.gap and "。" in m.gap for m in claim.of("part")[1:]
        ):
            yield from _alongside(claim)


def _with_alongside(claims: Iterator[Claim]) -> Iterator[Claim]:
    for claim in claims:
        yield claim
        yield from _alongside(claim)


def _in_brackets(claim: Claim, passage: Passage) -> Iterator[Claim]:
    """The same list of what brackets hold: 受理900件(旧存90件). 民事500件(旧存70件)…

    And of what each counts besides: 贷款9.2亿元(127宗),其中小型企业6.1亿元(94宗).
    """
    marks = [mark for _, mark in claim.roles]
    held = [v for mark in marks if (v := passage.behind(mark)) is not None and v.holder is mark]
    if len(held) < len(marks) or any(v.sort != "level" or v.counts != held[0].counts for v in held):
        return
    again = held[0].counts != marks[0].counts and not any(v.left for v in held)
    again = again and [v.name for v in held] == [mark.name for mark in marks]
    alike = len({v.name for v in held}) == 1 and is_precise(held[0])
    if again or (alike and adds_up(held[0], held[1:])):
        yield claim_of(held[0], held[1:], claim.words)


def _alongside(claim: Claim) -> Iterator[Claim]:
    """The same list of what stands beside: 结案90件120人. 批准60件80人. 不批30件35人.

    What stands before is that list where it adds up: 事故5起,死亡9人…
    """
    ahead = [(mark.previous, mark) for _, mark in claim.roles]
    before = [v for v, mark in ahead if v is not None and _value_behind(v) is mark]
    units = {value.counts for value in before} - {claim.of("total")[0].counts}
    if len(before) == len(claim.roles) > 2 and len(units) == 1 and adds_up(before[0], before[1:]):
        yield claim_of(before[0], before[1:], claim.words)
    if not any(mark.gap for _, mark in claim.roles):
        return  # 90件120人: what belongs to the 120 stands before it
    total, *parts = (_value_behind(mark) for _, mark in claim.roles)
    kept = [part for part in parts if part is not None]
    own = {mark.n for _, mark in claim.roles}
    if (
        total is None
        or not own.isdisjoint(mark.n for mark in (total, *kept))
        or len(kept) < 2
        or any(part.counts != total.counts for part in kept)
    ):
        return
    one_noun = all(part.name[-2:] == total.name[-2:] for part in kept)
    told = one_noun or (is_precise(total, 100) and adds_up(total, kept))
    if total.counts == claim.of("total")[0].counts and not told:
        return
    if all(
        then or _NONE.match(part.after) for part, then in zip(claim.of("part"), parts, strict=True)
    ):
        yield claim_of(total, kept, claim.words)


def _value_behind(mark: Mark) -> Mark | None:
    """The value behind one in its sentence: 90件120人, 收入90元,增长2%;支出80元."""
    then = next((value for value in mark.ahead() if not value.is_change), None)
    return None if then is None or then.sort != "level" or then.prior else then


def _lines(passage: Passage) -> Iterator[list[Mark]]:
    """The figures of each sentence, and of each bracket in it."""
    row: list[Mark] = []
    brackets: dict[int, list[Mark]] = {}
    for mark in passage.marks:
        if mark.bracket:
            brackets.setdefault(mark.bracket, []).append(mark)
            continue
        if row and (row[-1].sentence, row[-1].paragraph) != (mark.sentence, mark.paragraph):
            yield row
            yield from brackets.values()
            row, brackets = [], {}
        row.append(mark)
    if row:
        yield row
    yield from brackets.values()
