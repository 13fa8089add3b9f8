"""Lists that no word opens: arithmetic finds a total and the values after it that make it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..phrases import BY_SUM
from .adding import (
    adds_up,
    closes,
    exclusive,
    exhaust,
    is_precise,
    one_slip,
    telling_slip,
)
from .behind import FAR, of_row, of_these
from .clauses import LISTS, Passage
from .in_force import same_head
from .marks import Claim, Mark
from .none import is_none
from .periods import same_time
from .words import AMONG

_REST = re.compile("[,;]?(?:其余|余下|剩余|剩下)")  # of the total before its list
_GOES_ON = re.compile("[^,;。]{0,8}等")  # 甲类3件、乙类2件、丙类1件等
_BARE = re.compile(r",? (?:and )?")
_KINDS, _ROUGH = 6, 0.1  # of a total: so many kinds may be printed so roughly
AHEAD = 24  # how many values after a total a list may have


def unopened(passage: Passage, inside: dict[int, int]) -> Iterator[Claim]:
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
            for parts in _lists_of(total, row[k + 1 : k + 1 + AHEAD]):
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
