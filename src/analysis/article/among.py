"""Lists that a word opens: 其中, X中, 包括; and what a bracket has of the figure before it."""

from __future__ import annotations

import math
import re
from collections.abc import Generator, Iterator
from itertools import islice, takewhile

from ..kinds import akin
from .adding import (
    adds_up,
    claim_of,
    complement,
    one_slip,
    telling_slip,
)
from .clauses import Passage
from .in_force import (
    EACH,
    before_list,
    beside_total,
    called,
    columns,
    has_name,
    is_earlier,
    is_met,
)
from .marks import Claim, Mark
from .one_list import claims_of_list
from .periods import same_time
from .ranks import LEADS, NEXT, WITHIN_IT, first_few
from .totals import context, levels_back, named
from .words import AMONG, BREAKDOWN, INSIDE, NOT_WITHIN, TIME, WITHIN, among_in

_ENDS = re.compile(
    r"此外|细类|细分|另外|另有|另查|[顺逆]差|差额|同时|与此同时|全[国省市县区镇乡村年][^,]{0,4}共|共计|合计|总计"
    r"|\band of the (?=[a-z]+ $)"  # of the men 40 were ill, and of the women 20
)
_OF_THE_CHANGE = re.compile(  # 下跌的罪案包括: of those that fell
    r"(?:上升|上涨|下跌|下降|减少|增加|增长)的[^,;。]{0,8}包括"
)
_OF_THE_REST = re.compile(  # 其余事故主要包括; 此外还包括
    r"(?:其[余他]|余下|剩下)[^,;。]{2,},?(?:主要)?包[括含]$|(?:此外|另外|除此之外),?还?包[括含]"
)
_SUBJECT = re.compile(r"(?:^|[,;。])([^,;。]{2,12}?)主要(?:来自|分布在)[^,;]*$")
_AWAY = re.compile("主要(?![^,;。主]{2,12}中[,:])")
_MAIN = re.compile(r"[中,]主要([^,;。主]{2,8}?)(?:品种|种类|类别)?中[,:]")
_OF_A_NOUN = re.compile(r",(?: and)? [a-z][^,;]*, of wh(?:ich|om)\b")  # 90 X, and Y, of which
_CAUSE = re.compile(r"[,;]\s?另?(?:因|由于|(?:造成|导致)(?!$)|并|还|而|至于)")
_OF_BEFORE = re.compile(
    rf"[^,;。]{{0,10}}?(?<![其当集初高大、和及与])中(?!{NOT_WITHIN})(?:[,、]|(?=[^,;。]))"
)
_INSERTED = re.compile("^[,;]?内?含")  # 结婚90对,含异国9对;离婚30对: ends with its clause
_CARRIED_OVER = re.compile(
    r"\(含[^()0-9]{0,6}(?:积存|旧存|结转|存案|积案)\)"
)  # no part of what came
_ALL_OF_THEM = re.compile("全[体部]|总[数量体]|整体|所有")  # 全体之中, 全部个案当中
_PEOPLE = re.compile("[被受获]?(?P<act>[^被受获]{1,2})(?:者|人士|人)")  # 被捕者中, after 拘捕90人
_OF_THEM = re.compile("在?(?:上述|以上|这[些批]|[该此][等批类])")  # 在上述案件中
_BEHIND = 3  # figures from what has risen to the parts of it
_ALONE = re.compile("(?:[仅单光]是?)([^,;。0-9]{2,12})[就便]")
_FEW = 40  # figures before such a word in which the largest is looked for
_COUNTED = 5  # characters that say no more than 共计有
_NOT_INSIDE = re.compile(  # 360件(不含旧存90件), 进口90元(原价80元)
    r"不[含包计]|未[含计]|除|扣|另|比|较|平均|每|日|约合|折|原|现|上限|最|净|目标|计划|预算|死|亡|伤|失踪"
)
_OF_IT = re.compile("[^,;。0-9]*的")
_A_CASE = re.compile("[^,;。0-9]*(?:个案|案件|事故)$")
_IS_SOME = re.compile(r"(?:为|是|属于?|来自)(?![去上同前今])[\u4e00-\u9fff]{2}")  # 90人(9人为老人)


def opened(
    line: list[Mark], passage: Passage, carried: tuple[str, int], shared: set[int]
) -> Generator[Claim, None, tuple[str, int]]:
    """The lists that open in a sentence; returns the X of an X中 with which it begins.

    What ranks open is told by the shares that the parts have, where they have some (`shared`).
    """
    opened: list[tuple[int, str, Mark | None]] = []
    first, begins = line[0], ""
    opening = first.tail
    carries = carried[0] and carried[1] == first.paragraph and TIME.match(opening.strip(" ,"))
    if carries and not AMONG.search(opening) and not WITHIN.search(opening):
        total = named(carried[0], first, first, passage)
        if total is not None and any(carried[0] in mark.name for mark in line):
            begins = carried[0]
            opened.append((0, f"{begins}中", total))
    if (held := _is_inside(first)) is not None:
        opened.append((0, "in brackets", held if held.counts != first.counts else None))
    for k, mark in enumerate(line):
        said = mark.tail
        before = mark.previous
        among, within = among_in(said), any(word in said for word in INSIDE)
        tells = mark.sort == "level" and mark.n not in shared and not _is_shared_out(mark)
        if among and "在内" in mark.after.partition(",")[0]:
            continue  # 包括9家国企在内,已有90家披露
        if among and _is_alone(among[0], mark):
            continue
        if among and not any(of.search(said) for of in (_OF_THE_CHANGE, _OF_THE_REST, _OF_A_NOUN)):
            of = _SUBJECT.search(said) or _MAIN.search(said)  # 内地旅客主要来自甲省
            total = named(of[1], mark, mark, passage) if of else None
            opened.append((k, among[0].strip(" (") if among[0].isascii() else "其中", total))
        elif tells and (at := first_few(mark, passage)) is not None:
            total = before_list(at, mark, passage)
            opened += [(k, "分别是", total)] if total is not None and not total.listed else []
        elif (
            within
            and before is not None
            and before.is_level
            and mark.sentence == before.sentence
            and (mark.low <= before.high or one_slip(before, [mark]))  # 90件中破95件: no part
            and _OF_BEFORE.match(said)
        ):
            opened.append((k, "中", before))
        elif within and (hit := WITHIN.search(said)):
            heads = (called(hit[1], each, each, passage) for each in line[k : k + 2])
            total = next((each for each in heads if each is not None), None)
            total = total or (_largest(mark, passage) if _ALL_OF_THEM.match(hit[1]) else None)
            total = total or _of_people(hit[1], mark)
            if total is not None and total is not mark:
                opened.append((k, f"{hit[1]}中", total))
                begins = hit[1] if k == 0 else begins
            elif _OF_THEM.match(hit[1]):
                opened.append((k, "其中", None))
        elif tells and len(mark.before) < _COUNTED and LEADS.search(said):
            opened.append((k, "最多", None))
    for j, (k, words, total) in enumerate(opened):
        to = opened[j + 1][0] if j + 1 < len(opened) else len(line)
        after = line[to - 1].following  # …;贷款90亿元。其中
        if k == to:
            continue  # (其中9件): the word opens what the bracket does
        if words in ("最多", "分别是"):
            ends = (_ends_ranks(line[n].gap) for n in range(k + 1, to))
            to = next((n for n, end in enumerate(ends, k + 1) if end), to)
        another = to < len(line) or (after is not None and bool(AMONG.search(after.gap)))
        below = _items_below(line[-1], passage) if k == 0 and to == len(line) else ()
        yield from _listed([*line[k:to], *below], words, total, another, passage)
    yield from _rises(line)
    return begins, first.paragraph


def _rises(line: list[Mark]) -> Iterator[Claim]:
    """By how much the parts of what has risen have risen themselves: 贷款增加90亿元,同比少增5亿元,
    其中,短期贷款增加60亿元,中长期贷款增加30亿元."""
    for mark in line:
        if not (_is_rise(mark) and mark.left and among_in(mark.tail)):
            continue
        near = takewhile(lambda at: at.is_change, islice(mark.back(), _BEHIND))
        total = next((at for at in near if _is_rise(at) and at.counts == mark.counts), None)
        goes_on = takewhile(lambda at: _is_rise(at) and at.left and ";" not in at.gap, mark.ahead())
        parts = [mark, *(at for at in goes_on if at.counts == mark.counts)]
        if total is None or ";" in mark.gap:
            continue
        one_way = all(at.low > 0 for at in (total, *parts))
        if (len(parts) > 1 and adds_up(total, parts)) or (
            one_way and sum(at.low for at in parts) <= total.high
        ):
            yield claim_of(total, parts, "其中")


def _is_rise(mark: Mark) -> bool:
    """Whether a difference says by how much there is more or less: not 多增, of two rises, and not
    偏高, of degrees."""
    return mark.sort == "difference" and not mark.prior and mark.reported[0] in "增减減净淨"


def _is_alone(words: str, mark: Mark) -> bool:
    """Whether 仅甲省就 tells in a sentence of its own of what the one before does not count: …大豆
    90吨。仅甲省就收购玉米40吨."""
    at, alone = mark.previous, _ALONE.search(words)
    if alone is None or at is None or at.sentence == mark.sentence or not mark.name:
        return False
    at = next((v for v in (at, *at.back()) if v.counts == mark.counts and v.is_level), None)
    return at is not None and alone[1][:2] not in mark.name and not has_name(mark, at)


def _ends_ranks(gap: str) -> bool:
    """Whether a list by rank ends before a figure, or tells what one of its parts has."""
    return bool(WITHIN_IT.match(gap)) or (";" in gap and not NEXT.search(gap))


def _largest(part: Mark, passage: Passage) -> Mark | None:
    """The largest value before a part in its unit and of its time: what 全体 means."""
    near = passage.marks[max(0, part.n - _FEW) : part.n]
    alike = (v for v in near if (v.sort, v.counts) == (part.sort, part.counts) and not v.prior)
    known = (v for v in alike if part.low <= v.high < math.inf and same_time(v, part))
    return max(known, key=lambda v: v.value, default=None)


def _of_people(of: str, part: Mark) -> Mark | None:
    """The persons before a part whom a word for them means by what befell them: 被捕者, 获救者."""
    said = _PEOPLE.fullmatch(of)
    near = (v for v in levels_back(part) if part.sentence - v.sentence <= 2 and not v.listed)
    alike = (v for v in near if v.counts == part.counts and v.high >= part.low)
    return next((v for v in alike if said and said["act"] in context(v)), None)


def _items_below(last: Mark, passage: Passage) -> Iterator[Mark]:
    """What the paragraphs list that go on behind a semicolon: 其中:甲30户;\n乙20户;\n丙9户."""
    first, n = last, last.n + 1
    while first.previous is not None:
        first = first.previous
    if first.bracket or first.sentence != last.sentence or not among_in(first.said):
        return
    paragraph = last.paragraph
    while n < len(passage.marks) and passage.folded[paragraph - 1].rstrip().endswith(";"):
        paragraph += 1
        opens = passage.marks[n]
        if opens.paragraph != paragraph or among_in(opens.said) or BREAKDOWN.search(opens.gap):
            return
        inner = False  # whether another 其中 stands in it
        while n < len(passage.marks) and (mark := passage.marks[n]).paragraph == paragraph:
            if mark.sentence != opens.sentence:
                return
            inner = inner or bool(among_in(mark.said))
            if not (mark.bracket or inner):
                yield mark
            n += 1


def _listed(
    marks: list[Mark], words: str, total: Mark | None, another: bool, passage: Passage
) -> Iterator[Claim]:
    """A list after 其中 or X中: its parts in each unit, of the total in force in that unit."""
    groups: dict[str, list[Mark]] = {}
    said = marks[0].said
    begins = opening.start() if (opening := among_in(said)) else 0
    inserted = opening is not None and _INSERTED.search(opening[0])
    beyond = False  # whether a semicolon stands before it
    for k, mark in enumerate(marks):
        ends = _ENDS.search(mark.gap) or BREAKDOWN.search(mark.gap)
        if k and (ends or _starts_over(marks[0], mark)):
            break
        new = k and (not groups or (mark.sort == "level" and mark.counts not in groups))
        beyond = beyond or (k > 0 and ";" in mark.gap)
        if beyond and (new or (";" in mark.gap and (_AWAY.search(said, begins) or inserted))):
            break  # 主要来自甲省(9人);乘船的旅客30人. 其中甲、乙增长2%和3%;丙30人
        again = mark.before.endswith(("这", "该", "上述"))  # 甲9件,这9件…
        again = again or is_earlier(mark, marks[0]) or _is_shared_out(mark)
        again = again or bool(_CARRIED_OVER.match(passage.folded[mark.paragraph - 1], mark.end))
        if mark.sort == "level" and not (mark.prior or again or _of_each(mark)):
            groups.setdefault(mark.counts, []).append(mark)
    for parts in groups.values() if total is None else ():
        for one, column in columns(marks[0], parts):
            yield claim_of(one, column, words)
            parts[:] = [part for part in parts if part not in column]
    of_first: Mark | None = None
    for counts, parts in groups.items():
        if not parts:
            continue
        if total is None:
            wholes = _by_whole([(part, before_list(marks[0], part, passage)) for part in parts])
        else:
            own = total.counts == counts or _is_one_of(parts[0], total)
            wholes = [(total if own else beside_total(total, parts[0]), parts)]
        for whole, members in wholes:
            of_first = of_first or whole
            if whole is not None and total is None and _is_of_another(whole, of_first, passage):
                continue
            if whole is not None and whole not in members:
                yield from claims_of_list(marks[0], whole, members, words, another)
            elif (held := marks[0].holder) and (
                adds_up(held, members) or telling_slip(held, members)
            ):
                yield claim_of(held, members, words)  # 查获90宗(其中甲60人,乙30人)


def _is_of_another(whole: Mark, first: Mark | None, passage: Passage) -> bool:
    """Whether a semicolon parts the total in a second unit from that in the first: 基金90元;
    参保90人,其中儿童9人,…征缴8元."""
    if first is None or whole.counts == first.counts or whole.sentence != first.sentence:
        return False
    between = passage.marks[whole.n + 1 : first.n + 1] if first.n - whole.n < _FEW else []
    return any(";" in mark.gap for mark in between)


def _is_shared_out(mark: Mark) -> bool:
    """Whether a value is what a share behind it is of: 占9个部门的30%."""
    then = mark.following
    shared = then is not None and then.sort == "share" and _OF_IT.fullmatch(then.gap)
    return bool(shared) and mark.before.endswith("占")


def _of_each(mark: Mark) -> bool:
    """Whether a value is what each of several has: 3省均超5万件, 15家法院收案数超过2万件."""
    of_some = math.isinf(mark.high) and mark.previous is not None and mark.gap == mark.before
    return of_some or is_met(mark) or bool(EACH.search(mark.before))


def _by_whole(pairs: list[tuple[Mark, Mark | None]]) -> list[tuple[Mark | None, list[Mark]]]:
    """Parts by their totals, where each names its own: 收案90件,结案80件,其中本院收案9件…."""
    groups: dict[int, tuple[Mark | None, list[Mark]]] = {}
    for part, whole in pairs:
        first = pairs[0][1]
        elsewhere = whole and first and whole.sentence != first.sentence
        if whole is None or elsewhere or not has_name(part, whole):
            own = [(p, w) for p, w in pairs[1:] if w and w is not first and w.name == p.name]
            rest = [part for part, whole in pairs if (part, whole) not in own]
            return [(first, rest), *((whole, [part]) for part, whole in own)]
        groups.setdefault(whole.n, (whole, []))[1].append(part)
    return [*groups.values()]


def _is_inside(first: Mark) -> Mark | None:
    """The value of which a bracket behind it tells what is in it: 受理90件(旧存9件)."""
    held = first.holder
    while held is not None and held.sort in ("share", "change", "points", "difference"):
        held = held.previous
    inside = (
        held is not None
        and first.previous is None
        and first.sort == held.sort == "level"
        and first.low <= held.high
        and not (first.prior or held.prior)
        and (
            (first.counts == held.counts and (_fills(first, held) or _is_some(first, held)))
            or (first.counts != held.counts and _is_one_of(first, held))
        )
    )
    return held if inside else None


def _is_one_of(first: Mark, held: Mark) -> bool:
    """Whether a value is one of what another counts by another counter: 90批次(其中夜间20件), or
    persons each of whom is a case: 工业意外16宗(10人为火警个案)."""
    told = bool(_IS_SOME.match(first.after)) and _is_some(first, held)
    a_case = (first.counts, held.counts) == ("persons", "cases") and _A_CASE.match(first.after)
    return told and (akin(first.counts, held.counts) or bool(a_case))


def _is_some(first: Mark, held: Mark) -> bool:
    """Whether words say what a bracket begins with, and nothing else than a part."""
    told = bool(first.left or _IS_SOME.match(first.after))
    return told and not _NOT_INSIDE.search(first.before) and not complement(held, first)


def _fills(first: Mark, held: Mark) -> bool:
    """Whether the values of a bracket make the one before it: 死亡4例(3例甲型、1例乙型)."""
    at: Mark | None = first
    members: list[Mark] = []
    while at is not None and at.bracket == first.bracket:
        members += [at] if at.counts == held.counts and at.sort == "level" else []
        at = at.following
    return len(members) > 1 and adds_up(held, members)


def _starts_over(first: Mark, mark: Mark) -> bool:
    """Whether another clause than those of a list begins: 其中醉驾17起,因酒驾导致事故15起."""
    takes = first.gap.endswith("占") and mark.gap.endswith("占")  # 甲占9件,…,而丁占4件
    begins = not takes and bool(_CAUSE.search(mark.gap))
    return begins and not _CAUSE.search("," + AMONG.sub("", first.said))
