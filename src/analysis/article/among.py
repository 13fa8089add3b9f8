"""Lists that a word opens: 其中, X中, 包括; and what a bracket has of the figure before it."""

from __future__ import annotations

import math
import re
from collections.abc import Generator, Iterator
from itertools import pairwise

from .adding import (
    adds_up,
    apart,
    claim_of,
    complement,
    exclusive,
    is_fine,
    is_list,
    is_precise,
    made_of,
    makes,
    nested,
    of_more_digits,
    one_slip,
    running_sums,
    telling_slip,
)
from .clauses import LISTS, Passage
from .goes_on import over_the_stop
from .in_force import (
    EACH,
    before_list,
    beside_total,
    called,
    columns,
    has_name,
    is_met,
    other_act,
    same_head,
)
from .marks import Claim, Mark
from .periods import months_of, phrase_in, same_time
from .ranks import LEADS, NEXT, first_few
from .same_names import stem
from .totals import levels_back, named
from .words import AMONG, BREAKDOWN, INSIDE, NOT_WITHIN, TIME, WITHIN, among_in, residue

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
_OF_BEFORE = re.compile(rf"[^,;。]{{0,10}}?(?<![其当集])中(?!{NOT_WITHIN})(?:[,、]|(?=[^,;。]))")
_TWICE = re.compile("重复(?:计算|[水数]?量)|重[叠合]")  # parts overlap, or so much does not
_COUNTED = 5  # characters that say no more than 共计有
_CARRIED_OVER = re.compile(r"旧存|结转|存案|积案")
_DONE = re.compile(  # 破案, 侦破案件: what was done, and no kind
    r"[破结销撤审办立受收清报发执提判移批]案|审|办[理结]|执行|[侦告]破|破获|查[处办获]|抓|追|撤|注销|结|"
    "起诉|判|移[送交]|受理|新[收增]|化解|调解|完成|处理|共|计"
)
_COUNTS = ("员", "数", "口")  # 就业人员: the noun of what is none of them, too
_SO_FAR = re.compile("累计|以来")
_NOT_INSIDE = re.compile(  # 360件(不含旧存90件), 进口90元(原价80元)
    r"不[含包计]|未[含计]|除|扣|另|比|较|平均|每|日|约合|折|原|现|上限|最|净|目标|计划|预算|死|亡|伤|失踪"
)
_IS_SOME = re.compile(r"(?:为|是|属于?|来自)(?![去上同前今])[\u4e00-\u9fff]{2}")  # 90人(9人为老人)
_LASTS = re.compile("[年岁歲月周週日天]|小[时時]|分[钟鐘]")
_ONE_DIGIT = 10  # times its whole, a part is of something else: no digit altered explains it
_FAR = 100  # figures over which a list goes on
_MOST_DIVIDED = 20  # parts of a list: each run of them is asked


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
    if _is_inside(first):
        opened.append((0, "in brackets", None))
    for k, mark in enumerate(line):
        said = mark.tail
        before = mark.previous
        among, within = among_in(said), any(word in said for word in INSIDE)
        tells = mark.sort == "level" and mark.n not in shared
        if among and "在内" in mark.after.partition(",")[0]:
            continue  # 包括9家国企在内,已有90家披露
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
            and _OF_BEFORE.match(said)
        ):
            opened.append((k, "中", before))
        elif within and (hit := WITHIN.search(said)):
            heads = (called(hit[1], each, each, passage) for each in line[k : k + 2])
            total = next((each for each in heads if each is not None), None)
            if total is not None and total is not mark:
                opened.append((k, f"{hit[1]}中", total))
                begins = hit[1] if k == 0 else begins
        elif tells and len(mark.before) < _COUNTED and LEADS.search(said):
            opened.append((k, "最多", None))
    for j, (k, words, total) in enumerate(opened):
        to = opened[j + 1][0] if j + 1 < len(opened) else len(line)
        after = line[to - 1].following  # …;贷款90亿元。其中
        if k == to:
            continue  # (其中9件): the word opens what the bracket does
        if words in ("最多", "分别是"):
            ends = (";" in line[n].gap and not NEXT.search(line[n].gap) for n in range(k + 1, to))
            to = next((n for n, end in enumerate(ends, k + 1) if end), to)
        another = to < len(line) or (after is not None and bool(AMONG.search(after.gap)))
        yield from _listed(line[k:to], words, total, another, passage)
    return begins, first.paragraph


def _listed(
    marks: list[Mark], words: str, total: Mark | None, another: bool, passage: Passage
) -> Iterator[Claim]:
    """A list after 其中 or X中: its parts in each unit, of the total in force in that unit."""
    groups: dict[str, list[Mark]] = {}
    said = marks[0].said
    begins = opening.start() if (opening := among_in(said)) else 0
    for k, mark in enumerate(marks):
        ends = _ENDS.search(mark.gap) or BREAKDOWN.search(mark.gap)
        if k and (ends or _starts_over(marks[0], mark)):
            break
        new = k and (not groups or (mark.sort == "level" and mark.counts not in groups))
        if ";" in mark.gap and (_AWAY.search(said, begins) or new):
            break  # 主要来自甲省(9人);乘船的旅客30人. 其中甲、乙增长2%和3%;丙30人
        again = mark.before.endswith(("这", "该", "上述"))  # 甲9件,这9件…
        if mark.sort == "level" and not (mark.prior or again or _of_each(mark)):
            groups.setdefault(mark.counts, []).append(mark)
    for parts in groups.values() if total is None else ():
        for one, column in columns(marks[0], parts):
            yield claim_of(one, column, words)
            parts[:] = [part for part in parts if part not in column]
    for counts, parts in groups.items():
        if not parts:
            continue
        if total is None:
            wholes = _by_whole([(part, before_list(marks[0], part, passage)) for part in parts])
        else:
            wholes = [(total if total.counts == counts else beside_total(total, parts[0]), parts)]
        for whole, members in wholes:
            if whole is not None and whole not in members:
                yield from _claims(marks[0], whole, members, words, another)
            elif (held := marks[0].holder) and (
                adds_up(held, members) or telling_slip(held, members)
            ):
                yield claim_of(held, members, words)  # 查获90宗(其中甲60人,乙30人)


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


def _claims(
    first: Mark, whole: Mark, parts: list[Mark], words: str, another: bool
) -> Iterator[Claim]:
    """The claim of the parts that a list has of one total."""
    if twice := [part for part in parts if _TWICE.search(part.gap)]:
        if adds_up(whole, [parts[0], *twice]):
            yield claim_of(whole, [parts[0], *twice], words)
        return
    whole = whole if whole.high >= parts[0].low else made_of(whole) or whole
    of_more = first.sort == "share" or apart(first, parts[0]) or words == "最多"
    if whole.high < parts[0].low and of_more:
        return  # 甲90宗,其中夜间超过七成;乙共200宗
    if _ONE_DIGIT * whole.high < parts[0].low or not _may_have(whole, parts):
        return
    if whole.high < parts[0].low:
        before = (v for v in levels_back(whole) if whole.sentence - v.sentence <= 1)
        loose = ";" in first.gap or first.sentence != whole.sentence
        with_room = [v for v in before if v.counts == whole.counts and v.high >= parts[0].low]
        made = (v for v in with_room if len(parts) > 1 and is_precise(v) and adds_up(v, parts))
        if of_both := next(made, None):  # 总收入99万,预算收入40万,其中税收80万,非税19万
            yield claim_of(of_both, parts, words)
            return
        fits = loose and any(same_time(v, parts[0]) for v in with_room)
        if fits or (";" in first.gap and _LASTS.search(whole.unit)):
            return  # 甲90件,乙8件,其中9件: of something before; 9周;其中城市10周: no part
    again = next((k for k, part in enumerate(parts) if k and _says_again(whole, part)), None)
    parts = [part for part in parts[:again] if _in_time(part, whole)]
    if not parts:
        return
    if first.sentence != whole.sentence and of_more_digits(parts[0], whole):
        return  # 甲90件,乙4件。…其中丙19件: of what, only the meaning tells
    if another and len(parts) > 1 and _starts_anew(parts, whole):
        parts = parts[:-1]
    parts = _within(parts, whole)
    if math.isinf(whole.high) and any(part.low >= whole.low for part in parts):
        return  # 8个城市超300万辆,其中甲市超500万辆: of each, no total
    over = len(parts) > 1 and sum(part.low for part in parts) > whole.high
    if over and whole.sentence == first.sentence and exclusive(parts):
        yield claim_of(whole, parts, words)  # though the first of them make the total
        return
    if is_precise(whole) or not one_slip(whole, parts):
        ends = (
            k
            for k, *sums in running_sums(parts)
            if k > 1 and makes(whole, *sums) and is_list(whole, parts, k)
        )
        end = len(parts) if adds_up(whole, parts) else next(ends, len(parts))
        if parts[end:] and parts[end].gap[:1] not in LISTS:
            for kind in (
                part for part in parts[end:] if _is_another_kind(part, parts[:end], whole)
            ):
                yield claim_of(whole, [kind], words)
            parts = parts[:end]
    opens = first.previous is None and first.bracket == 0  # its paragraph
    pair = len(parts) == 2 and not apart(*parts)
    if (opens or pair) and sum(p.low for p in parts) > whole.high and not one_slip(whole, parts):
        for part in parts:  # 死亡200人(其中老人120人、行人90人): they overlap
            yield claim_of(whole, [part], words)
        return
    if len(parts) > 2 and sum(part.low for part in parts) > whole.high:
        fine = is_fine(parts[0], parts[1:])
        if fine and adds_up(parts[0], parts[1:]):  # 90件,其中回访80件,满意78件,不满意2件
            yield claim_of(parts[0], parts[1:], words)
            parts = parts[:1]
        elif inner := _divided(whole, parts):  # 60, being 40 A, of 30 B and 10 C, and 20 D
            yield claim_of(inner[0], inner[1:], words)
            parts = [part for part in parts if part not in inner[1:]]
        elif rest := next((k for k in range(1, len(parts) - 1) if adds_up(whole, parts[k:])), 0):
            yield claim_of(whole, parts[rest:], words)  # 16宗,其中7宗涉赌,15宗已破,余下1宗…
            parts = parts[:rest]
    over = len(parts) > 1 and sum(part.low for part in parts) > whole.high
    if over or nested(parts):
        yield from _alone(whole, parts, words)
        return
    parts = over_the_stop(whole, parts)
    claim = claim_of(whole, parts, words)
    behind = [part for one, part in pairwise(parts) if apart(one, part)]
    if behind and claim.kind == "part":  # only the meaning tells
        claim.words += f"; or {behind[0].reported} stands beside it, behind the semicolon"
    yield claim


def _alone(whole: Mark, parts: list[Mark], words: str) -> Iterator[Claim]:
    """The parts of a list that may overlap, each alone: 100人,其中男性80人、未成年人30人.

    All together where they are a sum but for a slip, or that of a value before.
    """
    near = (v for v in levels_back(whole) if whole.sentence - v.sentence <= 1)
    alike = (v for v in near if v.counts == whole.counts and is_precise(v))
    of_all = claim_of(next((v for v in alike if adds_up(v, parts)), whole), parts, words)
    if of_all.kind == "sum":
        yield of_all
        return
    for k, part in enumerate(parts):
        if k and ";" in part.gap:
            return  # another list
        if part.low <= whole.high or one_slip(whole, [part]):
            yield claim_of(whole, [part], words)


def _may_have(whole: Mark, parts: list[Mark]) -> bool:
    """Whether a value has parts: an average of each has, or one of which they have shares.

    人均收入90元,其中农村居民60元: no part.
    """
    shares = [then for part in parts if (then := part.following) and then.sort == "share"]
    told = "每" in whole.before or any("占" in share.gap for share in shares)
    return whole.sort == "level" or told or adds_up(whole, parts)


def _divided(whole: Mark, parts: list[Mark]) -> list[Mark]:
    """A part and those that make it, where a list without these makes its total."""
    for k, first in enumerate(parts if len(parts) <= _MOST_DIVIDED else ()):
        for n, *sums in running_sums(parts[k + 1 :]):
            rest = [*parts[: k + 1], *parts[k + 1 + n :]]
            if n > 1 and makes(first, *sums) and len(rest) > 1 and adds_up(whole, rest):
                return parts[k : k + 1 + n]
    return []


def _is_another_kind(part: Mark, of: list[Mark], whole: Mark) -> bool:
    """Whether a count behind a list that is complete is a kind of its total by another division:
    案件90件,其中民事案件50件,刑事案件40件,大案9件; but 结案80件, 审结案件80件."""
    nouns = {mark.name[-2:] for mark in (whole, *of)}
    compound = len(part.name) == 2 and any(part.name[-1] in noun for noun in nouns)  # 大案
    named = compound or (len(part.name) > 2 and part.name[-2:] in nouns)
    counted = part.measure == "count" and part.name[-1:] not in _COUNTS and ";" not in part.gap
    return named and counted and part.low <= whole.high and not _DONE.search(part.before)


def _in_time(part: Mark, whole: Mark) -> bool:
    """Whether a part is of its total's time: no 其中8月份; but 含2019年旧存 is in 2020."""
    (start, end), (first, last) = part.period, whole.period
    inside = bool(first and start and first <= start and end <= last)
    inside = inside or bool(_SO_FAR.search(whole.tail + whole.when))
    inside = inside or (bool(months_of(part.when)) and months_of(part.when) < months_of(whole.when))
    return inside or same_time(part, whole) or bool(_CARRIED_OVER.search(part.before))


def _is_inside(first: Mark) -> bool:
    """Whether a bracket behind a figure tells what is in it: 受理90件(旧存9件)."""
    held = first.holder
    while held is not None and held.sort in ("share", "change", "points", "difference"):
        held = held.previous
    return (
        held is not None
        and first.previous is None
        and first.sort == held.sort == "level"
        and first.counts == held.counts
        and first.low <= held.high
        and not (first.prior or held.prior)
        and bool(first.left or _IS_SOME.match(first.after))
        and not _NOT_INSIDE.search(first.before)
        and not complement(held, first)
    )


def _says_again(total: Mark, part: Mark) -> bool:
    """Whether a clause behind a semicolon goes on about the total itself, by its name."""
    _, apart, said = part.gap.rpartition(";")
    return bool(apart) and any(
        total.name.endswith(said[:k])
        for k in range(len(said), 1, -1)
        if k > 2 or said[:k] == total.name
    )


def _starts_over(first: Mark, mark: Mark) -> bool:
    """Whether another clause than those of a list begins: 其中醉驾17起,因酒驾导致事故15起."""
    takes = first.gap.endswith("占") and mark.gap.endswith("占")  # 甲占9件,…,而丁占4件
    begins = not takes and bool(_CAUSE.search(mark.gap))
    return begins and not _CAUSE.search("," + AMONG.sub("", first.said))


def _within(parts: list[Mark], total: Mark) -> list[Mark]:
    """A list up to the semicolon after which something else is counted, more than there is left.

    收案90件,其中盗窃50件;办结80件.
    """
    for k, part in enumerate(parts[1:], 1):  # 共90宗,其中50宗涉及盗窃;赌博共20宗
        _, behind, said = part.gap.rpartition(";")
        if behind and other_act(parts[0], part):
            return parts[:k]  # 收案90件,其中民事收案50件;民事结案30件
        if behind and ((not parts[0].left and residue(said)) or complement(total, part)):
            return parts[:k]  # 已办90件,其中满意50件;待办30件
    if one_slip(total, parts):
        return parts
    held = parts[0].low
    first = next((k for k in range(1, len(parts)) if apart(parts[k - 1], parts[k])), len(parts))
    rest = parts[first:]
    if any(part.low > total.high and same_head(rest[0], part) for part in rest):
        return parts[:first]  # 甲事故50起,其中夜间20起;乙事故10起;丙事故90起
    for k, part in enumerate(parts[1:], 1):
        held += part.low
        other = stem(part.name)[-2:] != stem(parts[0].name)[-2:] or _led(part) != _led(parts[0])
        semicolon = apart(parts[k - 1], part)
        beside = semicolon or (other and "," in part.gap)  # 企业90户,其中甲类80户,个体户900户
        full = held - part.low <= total.high < held  # it has room for those before, and no more
        if (beside and part.low > total.high) or (semicolon and full):
            return parts[:k]
    return parts


def _led(part: Mark) -> bool:
    """Whether a change leads up to a value: 省内住客增加2%至850人."""
    return part.previous is not None and part.previous.is_change and part.gap[:1] in "至到达为"


def _starts_anew(parts: list[Mark], total: Mark) -> bool:
    """Whether the last value before another 其中 is no part, but a total like the first one."""
    last = parts[-1]
    if ";" not in last.gap:
        return False
    if phrase_in(last.gap) or sum(part.low for part in parts) > total.high:
        return True
    name, of_total, of_part = set(last.name), set(total.name), set(parts[0].name)
    return len(name & of_total) * len(of_part) > len(name & of_part) * len(of_total)
