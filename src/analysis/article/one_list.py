"""The claims of a list that a word opens: its total, where it ends, and lists within it."""

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
    other_side,
    running_sums,
)
from .clauses import LISTS
from .goes_on import over_the_stop
from .in_force import (
    other_act,
    same_head,
)
from .marks import Claim, Mark
from .periods import months_of, phrase_in, same_time
from .same_names import stem
from .totals import levels_back
from .words import residue

_TWICE = re.compile("重复(?:计算|[水数]?量)|重[叠合]")  # parts overlap, or so much does not
_CARRIED_OVER = re.compile(r"旧存|结转|存案|积案")
_DONE = re.compile(  # 破案, 侦破案件: what was done, and no kind
    r"[破结销撤审办立受收清报发执提判移批]案|审|办[理结]|执行|[侦告]破|破获|查[处办获]|抓|追|撤|注销|结|"
    "起诉|判|移[送交]|受理|新[收增]|化解|调解|完成|处理|共|计"
)
_COUNTS = ("员", "数", "口")  # 就业人员: the noun of what is none of them, too
_YEARS = re.compile("[两二三四五六七八九十0-9]年(?:多|半)?(?:以?来|间)")  # 五年来…。其中2017年…
_ONE_YEAR = re.compile("[0-9]{4}年度?|[去今前]年")
_SO_FAR = re.compile("累计|以来")
_LASTS = re.compile("[年岁歲月周週日天]|小[时時]|分[钟鐘]")
_ONE_DIGIT = 10  # times its whole, a part is of something else: no digit altered explains it
_MOST_DIVIDED = 20  # parts of a list: each run of them is asked


def claims_of_list(
    first: Mark, whole: Mark, parts: list[Mark], words: str, another: bool
) -> Iterator[Claim]:
    """The claims of the parts that a list has of one total, and of the lists within it."""
    if twice := [part for part in parts if _TWICE.search(part.gap)]:
        if adds_up(whole, [parts[0], *twice]):
            yield claim_of(whole, [parts[0], *twice], words)
        return
    if (total := _with_room(first, whole, parts, words)) is None:
        return
    parts = _up_to_its_end(parts, total, another)
    if math.isinf(total.high) and any(part.low >= total.low for part in parts):
        return  # 8个城市超300万辆,其中甲市超500万辆: of each, no total
    if _are_more(parts, total) and total.sentence == first.sentence and exclusive(parts):
        yield claim_of(total, parts, words)  # though the first of them make the total
        return
    parts = yield from _without_other_kinds(total, parts, words)
    parts = yield from _without_lists_within(first, total, parts, words)
    if not parts:
        return
    with_room = all(part.low <= total.high for part in parts)  # a digit altered in one, if not
    if (_are_more(parts, total) and with_room) or nested(parts):
        yield from _alone(total, parts, words)
        return
    parts = over_the_stop(total, parts)
    claim = claim_of(total, parts, words)
    behind = [part for one, part in pairwise(parts) if apart(one, part)]
    if behind and claim.kind == "part":  # only the meaning tells
        claim.words += f"; or {behind[0].reported} stands beside it, behind the semicolon"
    yield claim


def _with_room(first: Mark, whole: Mark, parts: list[Mark], words: str) -> Mark | None:
    """The total in force or, where it is less than a part, the one that it may be but for a slip or
    that stands before it; None where the list is of something else."""
    least = parts[0].low
    whole = whole if whole.high >= least else made_of(whole) or whole
    if not _may_have(whole, parts):
        return None
    if whole.high >= least:
        return whole
    if first.sort == "share" or apart(first, parts[0]) or words == "最多":
        return None  # 甲90宗,其中夜间超过七成;乙共200宗
    elsewhere, behind = first.sentence != whole.sentence, ";" in first.gap
    if _ONE_DIGIT * whole.high < least or (elsewhere and of_more_digits(parts[0], whole)):
        return None  # 甲90件,乙4件。…其中丙19件: of what, only the meaning tells
    before = (v for v in levels_back(whole) if whole.sentence - v.sentence <= 1)
    with_room = [v for v in before if v.counts == whole.counts and v.high >= least]
    made = (v for v in with_room if len(parts) > 1 and is_precise(v) and adds_up(v, parts))
    if of_both := next(made, None):  # 总收入99万,预算收入40万,其中税收80万,非税19万
        return of_both
    if (elsewhere or behind) and any(same_time(v, parts[0]) for v in with_room):
        return None  # 甲90件,乙8件,其中9件: of something before
    return None if behind and _LASTS.search(whole.unit) else whole  # 9周;其中城市10周: no part


def _up_to_its_end(parts: list[Mark], whole: Mark, another: bool) -> list[Mark]:
    """The parts of a list that are of its total's time, up to what speaks of something else."""
    again = next((k for k, part in enumerate(parts) if k and _says_again(whole, part)), None)
    parts = [p for p in parts[:again] if _in_time(p, whole) and not other_side(p, whole)]
    if another and len(parts) > 1 and _starts_anew(parts, whole):
        parts = parts[:-1]
    return _within(parts, whole) if parts else []


def _without_other_kinds(
    whole: Mark, parts: list[Mark], words: str
) -> Generator[Claim, None, list[Mark]]:
    """A list up to where it makes its total; what follows may be kinds by another division."""
    if adds_up(whole, parts) or not (is_precise(whole) or not one_slip(whole, parts)):
        return parts
    ends = (
        k
        for k, *sums in running_sums(parts)
        if k > 1 and makes(whole, *sums) and is_list(whole, parts, k)
    )
    end = next(ends, len(parts))
    if end == len(parts) or parts[end].gap[:1] in LISTS:
        return parts
    for part in parts[end:]:
        if _is_another_kind(part, parts[:end], whole):
            yield claim_of(whole, [part], words)
    return parts[:end]


def _without_lists_within(
    first: Mark, whole: Mark, parts: list[Mark], words: str
) -> Generator[Claim, None, list[Mark]]:
    """A list that comes to more than its total, without those within it; none where all overlap."""
    if sum(part.low for part in parts) <= whole.high:
        return parts
    slip, two = one_slip(whole, parts), len(parts) == 2
    opens = first.previous is None and first.bracket == 0  # its paragraph
    here = parts[-1].paragraph == first.paragraph  # no list of paragraphs
    if here and not slip and (opens or (two and not apart(*parts))):
        for part in parts:  # 死亡200人(其中老人120人、行人90人): they overlap
            yield claim_of(whole, [part], words)
        return []
    fine = len(parts) > 2 and is_fine(parts[0], parts[1:])
    if fine and adds_up(parts[0], parts[1:]):  # 90件,其中回访80件,满意78件,不满意2件
        yield claim_of(parts[0], parts[1:], words)
        return parts[:1]
    if inner := _divided(whole, parts):  # 60, being 40 A, of 30 B and 10 C, and 20 D
        yield claim_of(inner[0], inner[1:], words)
        return [part for part in parts if part not in inner[1:]]
    if rest := next((k for k in range(1, len(parts) - 1) if adds_up(whole, parts[k:])), 0):
        yield claim_of(whole, parts[rest:], words)  # 16宗,其中7宗涉赌,15宗已破,余下1宗…
        return parts[:rest]
    return parts


def _are_more(parts: list[Mark], whole: Mark) -> bool:
    """Whether several parts come to more than their total."""
    return len(parts) > 1 and sum(part.low for part in parts) > whole.high


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
    inside = inside or bool(_YEARS.search(whole.when) and _ONE_YEAR.fullmatch(part.when))
    return inside or same_time(part, whole) or bool(_CARRIED_OVER.search(part.before))


def _says_again(total: Mark, part: Mark) -> bool:
    """Whether a clause behind a semicolon goes on about the total itself, by its name."""
    _, apart, said = part.gap.rpartition(";")
    return bool(apart) and any(
        total.name.endswith(said[:k])
        for k in range(len(said), 1, -1)
        if k > 2 or said[:k] == total.name
    )


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
    for k, *sums in running_sums(parts[:-1]):
        if k > 1 and parts[k].low > total.high and makes(total, *sums):
            return parts[:k]  # 刑事警情7起,其中盗窃3起,诈骗4起,治安警情90起
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
