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
    closes,
    exclusive,
    exhaust,
    is_precise,
    one_slip,
    telling_slip,
    to_a_hair,
)
from .among import opened
from .balances import balances
from .behind import FAR, differences_added, harmed, included, of_row, of_these, shares_added
from .breakdowns import (
    below,
    breakdowns,
    by_time,
    classes,
    partitions,
)
from .by_shares import hundreds, of_kinds, of_most_shares, together
from .clauses import LISTS, Passage
from .in_force import same_head
from .in_turn import in_turn
from .marks import Claim, Mark
from .none import is_none, none_behind
from .periods import same_time
from .ranks import ranked, singled, taking
from .words import AMONG

_REST = re.compile("[,;]?(?:其余|余下|剩余|剩下)")  # of the total before its list
_NONE = re.compile(r"[,、]?(?:无|未|没有)")
_GOES_ON = re.compile("[^,;。]{0,8}等")  # 甲类3件、乙类2件、丙类1件等
_BARE = re.compile(r",? (?:and )?")
_KINDS, _ROUGH = 6, 0.1  # of a total: so many kinds may be printed so roughly
_OFTEN = 2  # lists of the same nouns that add up
_AHEAD = 24  # how many values after a total a list may have


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
        parts = [mark, *islice((value for value in alike if not value.prior), _AHEAD)]
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
    yield from _with_alongside(_unopened(passage, inside))
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


# --- Lists that no word opens ---------------------------------------------------------------------


def _unopened(passage: Passage, inside: dict[int, int]) -> Iterator[Claim]:
    """A total and the values after it that make it, list by list; or parts and 合计 after them."""
    levels: dict[tuple[int, str], list[Mark]] = {}
    means: dict[tuple[int, str], list[Mark]] = {}  # 人均工资90元,加上奖金9元,共99元
    for mark in passage.marks:
        if mark.sort == "level" and not mark.prior:
            levels.setdefault((mark.paragraph, mark.counts), []).append(mark)
        if mark.is_level and not mark.prior:
            means.setdefault((mark.paragraph, mark.counts), []).append(mark)
    rows = [*levels.values()]
    lines = [[mark for mark in row if not mark.bracket] for row in rows]
    rows += [line for line, row in zip(lines, rows, strict=True) if len(line) < len(row)]
    for row in rows:
        for k, total in enumerate(row):
            for parts in _lists_of(total, row[k + 1 : k + 1 + _AHEAD]):
                made = total.n not in inside and adds_up(total, parts)
                if total.gap[-1:] == "、" == parts[0].gap[-1:]:
                    continue  # 甲424公斤、乙377公斤、…: one of a list itself
                wholes = [inside.get(mark.n) for mark in (total, *parts)]
                if not made and None not in wholes[1:] and len({*wholes}) < len(wholes):
                    continue  # what words have told as parts of one are no total of one another
                roles = [("total", total), *(("part", part) for part in parts)]
                yield Claim("sum", roles, BY_SUM)
            before = row[max(0, k - FAR) : k]
            if not k and of_these(total):  # of the paragraphs above
                near = passage.marks[max(0, total.n - 2 * FAR) : total.n]
                above = [v for v in near if v.sort == "level" and not v.prior and not v.bracket]
                before = [v for v in above if v.counts == total.counts]
            if (claim := of_row(total, before)) is not None:
                yield claim
    for row in means.values():
        some = any(mark.sort == "average" for mark in row)
        for k, total in enumerate(row if some else ()):
            claim = of_row(total, row[max(0, k - FAR) : k])
            if claim is not None and any(mark.sort == "average" for _, mark in claim.roles):
                yield claim


def _lists_of(total: Mark, ahead: list[Mark]) -> Iterator[list[Mark]]:
    """The lists after a total that make it, each from its own beginning: the next value after
    the total or after another list, or the first of a sentence."""
    at = 0
    while at < len(ahead):
        if at and not is_precise(total, 4):
            return
        parts = _making(total, ahead[at:], near=at == 0)
        if parts:
            yield parts
            at += len(parts)
            continue
        sentence = ahead[at].sentence
        while at < len(ahead) and ahead[at].sentence == sentence:
            at += 1


def _making(total: Mark, ahead: list[Mark], near: bool) -> list[Mark]:
    """The values right after a total that make it, or complement each other but for a slip."""
    slipped: list[Mark] = []
    if not total.high:
        return []  # none has no parts
    if ahead and ahead[0].n == total.n + 1 and (ahead[0].gap[:1] == "、" or _in_a_row(ahead[:2])):
        return []  # 来电90件、来信60件、其余30件: a list, of which the first is no total
    for k in range(2, len(ahead) + 1):
        parts = ahead[:k]
        if parts[-1].low > total.high or not same_time(parts[-1], total):
            break
        if parts[-1].sentence != parts[0].sentence and not _may_cross_stop(total, parts):
            break  # a list in a sentence ends with it, but A类…。B类…
        wide = sum(p.high - p.low for p in parts)
        fine = wide <= 0.01 * total.value
        whole_sentence = k == len(ahead) or ahead[k].sentence != parts[0].sentence
        whole_sentence = whole_sentence and (k > 3 or _has_none(total, parts))
        goes_on = k < len(ahead) and ahead[k].gap[:1] == "、"
        rest = near and bool(_REST.match(parts[-1].before))
        told = is_precise(total) or whole_sentence or rest or (near and _joined(parts))
        rough = near and k <= _KINDS and wide <= _ROUGH * total.value
        if not (fine or (rough and exclusive(parts))):
            break  # but 4.1万张,公立医院3.2万张、民营医院0.9万张
        makes = not goes_on and adds_up(total, parts) and not _one_list(parts)
        if makes and (told or (rough and exclusive(parts))):
            return parts
        rare = is_precise(total, 1000) and parts[-1].sentence == parts[0].sentence
        here = parts[-1].sentence == total.sentence or rare
        beside = ";" in parts[0].gap and ";" in parts[1].gap  # 甲16宗;乙11宗;丙8宗
        slip = one_slip if (here or near) and not beside else telling_slip
        if slip(total, parts) and (closes if here else exhaust)(total, parts):
            slipped = parts
    return slipped if slipped and (is_precise(total) or _opens_row(total)) else []


def _opens_row(total: Mark) -> bool:
    """Whether a value is the first in its unit in its sentence, and no member of a list."""
    return not any(value.is_level and value.counts == total.counts for value in total.back())


def _joined(parts: list[Mark]) -> bool:
    """Whether three values or more are a clause's list: 病例17例,北部11例、中部4例、南部2例."""
    listed = all(part.gap[:1] in LISTS for part in parts[1:])
    return listed and len(parts) > 2 and not _GOES_ON.match(parts[-1].after)


def _has_none(total: Mark, parts: list[Mark]) -> bool:
    """Whether a sentence is a total and its parts, some of which are none: 甲类2件,子0件;丑2件."""
    opens = total.previous is None or total.previous.sentence < total.sentence
    listed = all(part.gap[:1] in LISTS or ";" in part.gap for part in parts[1:])
    return opens and listed and any(is_none(part) for part in parts)


def _in_a_row(marks: list[Mark]) -> bool:
    """Whether figures follow in an English list without words: 715, 390 and 325 respectively."""
    return marks[0].in_english and all(_BARE.fullmatch(mark.gap) for mark in marks)


def _may_cross_stop(total: Mark, parts: list[Mark]) -> bool:
    """Whether a list may go on in another sentence: A类…。B类…, also after 其中 of its total."""
    away = parts[0].sentence - total.sentence
    return away <= 1 and same_head(parts[-1], parts[0]) if parts[0].listed else away > 0


def _one_list(parts: list[Mark]) -> bool:
    """Whether values are parts of one another, as 其中 has it: no list of a total."""
    return any(AMONG.search(part.tail) for part in parts[1:])
