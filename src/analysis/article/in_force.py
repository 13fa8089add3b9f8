"""The total in force before a list that a word opens: by its name, or the last one in its unit."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import islice, takewhile

from ..kinds import akin
from .adding import adds_up, apart
from .clauses import Passage
from .marks import Mark
from .periods import same_time
from .same_names import ACTS, stem
from .totals import named, same_thing
from .when import AGO
from .words import AMONG

EACH = re.compile(r"[均都](?:超|在|达|不|近|高|低|为)?[^,;。]{0,2}$")  # 3省收案数均超5万件
_FAR = 100  # how many figures away a total is looked for
_REACH = 24  # and lists of it side by side
_BEGINS = re.compile("[;其]")  # another list, or what it is of
_LONG = 4  # characters of a name that is no common noun
_DEALT = re.compile("[结判诉破批撤执罚完缴存]")  # 刑事案件审结数中: of fewer than 刑事案件90件
_MET = re.compile("(?:[、或及和][^,;。]*?以上)?的")  # 死亡1人以上、损失10万元以上的案件
_BULLETS = ' -–—*•·▪“"「『'


def before_list(mark: Mark, part: Mark, passage: Passage) -> Mark | None:
    """The total in force before a list: a value of that name in its unit, or the last one.

    Of values that semicolons part, the one whose name ends the part's: 出口90;进口50,其中茶叶出口9.
    """
    found = _in_force(mark, part, passage)
    if found is not None and found.listed and not has_name(part, found):
        found = _listed_of(found, mark) or found
    at = found
    while found is not None and at is not None and at.sentence == found.sentence:
        fits = at.sort == "level" and at.counts == part.counts and not at.prior
        of_it = len(at.name) > 1 and part.name.endswith(at.name) and part.name != at.name
        if fits and of_it and same_time(at, part):
            return at if at is found or apart(at, found) else found
        at = at.previous if found.n - at.n < _REACH else None
    return found


def _listed_of(found: Mark, mark: Mark) -> Mark | None:
    """The total of a list that is whole and told: 患者21人,包括13男、8女。…其中5人."""
    at: Mark | None = found
    parts: list[Mark] = []
    while at is not None and at.listed and at.sentence == found.sentence < mark.sentence:
        parts += [at] if at.sort == "level" and at.counts == found.counts else []
        at = at.previous if found.n - at.n < _REACH else None
    told = at is not None and len(parts) > 1 and at.sort == "level" and at.counts == found.counts
    return at if at is not None and told and adds_up(at, parts) else None


def _in_force(mark: Mark, part: Mark, passage: Passage) -> Mark | None:
    above = passage.marks[mark.n - 1] if mark.n else None  # the last one as printed
    if above is not None and above.bracket and above.holder is mark.previous is not None:
        share = mark.previous.sort == "share" and above.sort == "level" and not above.previous
        if share and above.counts == part.counts and above.high >= part.low:
            return above  # 七成(90宗)在夜间,其中50宗
    last: Mark | None = None
    kin: Mark | None = None  # 查获61万人次,其中新发现22万名
    near: Mark | None = None  # 农业产值, of 总产值 and not of 增加值
    at = mark.previous or mark.holder
    if at is None and above is not None and AMONG.match(mark.gap.lstrip(_BULLETS)):
        at = above  # 其中 opens its paragraph, in a bracket or not
    home = at.paragraph if at is not None else 0
    other = ""  # what a change on the way is of
    here = False  # whether the sentence of the list has values before it
    while at is not None and at.paragraph == home and mark.sentence - at.sentence <= 3:
        if mark.n - at.n > _FAR:
            break
        here = here or (at.sentence == mark.sentence and at.sort == "level")
        if here and at.sentence != mark.sentence:
            break
        alone = not here and (at.is_change or at.sort == "share")  # no value led up to: 升19%,达7吨
        if alone and at.after.startswith("的") and at.sort == "share" and at is mark.previous:
            return None  # 三成的货物来自甲洲,其中甲国9吨: of so much as is not printed
        if alone and at.left and at.sentence == mark.sentence and not at.name.endswith("率"):
            other = at.name
        beside = at.previous is not None and at.previous.sort == "level" and not at.left
        if at.sort == "average" and last is None and at.counts == part.counts and not beside:
            # 每十万人有787宗,其中129宗
            return at if at.high >= part.low else None
        fits = at.sort == "level" and not (at.prior or is_earlier(at, mark))
        if fits and at.counts == part.counts and not (is_met(at) or EACH.search(at.before)):
            if last is not None and (at.sentence != last.sentence or apart(at, last)):
                break  # 申请90件;判决80件,其中支持申请人的50件
            again = at.listed and at.name == part.name  # of another list
            too_few = last is not None and last.high >= part.low > at.high
            if has_name(part, at) and not (again or too_few):
                return at
            if other and other != at.name and last is None:
                # 共90宗,抢劫下降16%,其中
                return called(other, mark, part, passage)
            if last is not None and last.unit != part.unit == at.unit and not at.listed:
                return at  # 事故26起,中毒90例,其中重大事故7起
            if mark.sentence - at.sentence <= 1 or at.high >= part.low:
                last = last or at  # or else what is counted there is another thing
                alike = stem(part.name)[-2:] == stem(at.name)[-2:]
                alike = alike or (len(part.name) > 1 and at.name.endswith(part.name))  # 立案
                alike = alike and not again
                near = near or (at if alike and not too_few else None)
        elif fits and last is None and akin(at.counts, part.counts) and at.high >= part.low:
            kin = kin or at
        at = at.previous or at.holder
    return near or last or kin


def called(of: str, mark: Mark, part: Mark, passage: Passage) -> Mark | None:
    """The value that a total's name means, maybe without its last words: 救援任务, 救援90起; or the
    value with whose whole name it begins: 检举控告类信访件, 检举控告类90件."""
    found, noun = named(of, mark, part, passage), of[: -len("任务")]
    if found is None and len(noun) > 1:
        found = named(noun, mark, part, passage)
        found = found if found is not None and stem(found.name) == noun else None
    back = reversed(passage.marks[max(0, mark.n - _FAR) : mark.n]) if found is None else ()
    alike = (v for v in back if (v.sort, v.counts) == (part.sort, part.counts) and not v.prior)
    begun = (v for v in alike if len(v.name) >= _LONG and of.startswith(v.name))
    return found or next((v for v in begun if not _DEALT.search(of[len(v.name) :])), None)


def has_name(part: Mark, whole: Mark) -> bool:
    """Whether a part's words are those of a total: 受理刑案9件, of 受理案件90件."""
    of = stem(whole.name)
    said = len(of) > 1 and of in part.before
    of = whole.before + whole.name
    said = said or any(act.search(of) and act.search(part.before) for act in ACTS.values())
    return said or same_thing(part, whole) or same_head(part, whole)


def columns(first: Mark, parts: list[Mark]) -> Iterator[tuple[Mark, list[Mark]]]:
    """受理90件,结案80件。其中:刑事案件50件,结案45件;民事案件…: lists side by side.

    A part whose name is the act of a value (结案) is of that one, and what stands before it is of
    the value with which the clause of that one begins.
    """
    wholes: list[Mark] = []
    at = first.previous
    while at is not None and first.n - at.n <= _REACH and first.sentence - at.sentence <= 2:
        if wholes and (at.sentence < wholes[0].sentence or _BEGINS.search(wholes[0].gap)):
            break
        if at.sort == "level" and at.counts == parts[0].counts and not at.prior:
            wholes.insert(0, at)
        at = at.previous
    found: dict[int, tuple[Mark, list[Mark]]] = {}
    rest: list[Mark] = []
    if any(v.name == parts[0].name for v in wholes[1:]):
        return  # 用地面积9亩,场地面积8亩。其中,室内场地面积4亩
    for part in parts:
        acts = (v for v in reversed(wholes) if len(part.name) > 1 and v.name.endswith(part.name))
        whole = next(acts, None) if part is not parts[0] else None
        if whole is None:
            rest.append(part)
        else:
            found.setdefault(whole.n, (whole, []))[1].append(part)
    if not found or any(len(column) != len(rest) for _, column in found.values()):
        return
    if wholes[0].n not in found:
        yield wholes[0], rest
        yield from found.values()


def beside_total(total: Mark, part: Mark) -> Mark | None:
    """The value in another unit that stands beside a total: 17起,死亡298人."""
    near = takewhile(lambda at: not at.is_change, islice(total.ahead(), _FAR))
    return next((at for at in near if at.sort == "level" and at.counts == part.counts), None)


def other_act(one: Mark, other: Mark) -> bool:
    """Whether of two values one came in and the other is closed."""
    a, b = ({act for act in ACTS if ACTS[act].search(mark.before)} for mark in (one, other))
    return len(a) == len(b) == 1 and a != b


def same_head(part: Mark, total: Mark) -> bool:
    """Whether a total's name ends as the part's does: 得到赔偿的投诉, of 消费者投诉."""
    head, of = (stem(mark.name).replace("总", "") for mark in (part, total))
    return head[-3:] == of[-3:] or (len(head) == 2 and of.endswith(head))


def is_earlier(value: Mark, mark: Mark) -> bool:
    """Whether a value is told to be of the time before that of another: 上周成交90套."""
    return value.when.startswith(AGO) and not mark.when.startswith(AGO)


def is_met(mark: Mark) -> bool:
    """Whether a value is one that others are more or less than: 人数超过1万人的省有23个."""
    return math.isinf(mark.high) and bool(_MET.match(mark.after))
