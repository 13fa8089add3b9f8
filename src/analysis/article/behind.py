"""Totals that stand behind their parts: 合计, 加上, 由…组成, 包括…在内."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, takewhile

from .adding import adds_up, claim_of, clause_of, is_precise, one_slip, telling_slip
from .clauses import Passage
from .marks import Claim, Mark
from .periods import number_of, same_time
from .totals import levels_back
from .words import AMONG

_TOGETHER = re.compile(  # 三者相加为, 三个渠道共为3027人兑现工资, 总发电量达
    r"(?:合计|共计|总计|总共|一共|累计共?|共|相加|加起来)[^,;。]{0,16}$"
    r"|总[^,;。]{0,8}?(?:达到?|为|是|有)$"
)
_SHARED = re.compile("占|比重|份额")
_ROW_END = re.compile(r"(?:小计|合计|总计)$")
_PLUS = re.compile(r"加[上计]|再加|外加|连同|算上")
_N = "二三四五六七八九十"
_THESE = re.compile(  # 以上三类案件合计, 两项合计,全县收入
    rf"[\s,、]*(?=以上|上述|这|[{_N}两]|[合总共]计)(?:以上|上述|这)?(?P<many>[{_N}两]?)[^,;。0-9]{{0,6}}?,?"
    "(?:合计|共计|总计|总共|一共|共|相加|加起来|合(?=占))[^;。0-9]{0,24}$"
)
_BOTH = re.compile(
    "[两双二][^,;。0-9]{0,6}(?:合计|共计|总计|总共|合共|相加|加起来|共)[^,;。]{0,12}$"
)
_ROUND = 0.5  # a share without a decimal: two make a third by chance
_MANY = 50  # a difference that two others do not make by chance
_FINE = 500  # steps of a total, times 50, that no two of its paragraph make by chance
_INCLUDED = re.compile("(?:包[括含]|含|连同|加上|算上|计[入及])[^,;。]*$")
_HARMED = re.compile("[死伤]亡?[和与及]?伤亡?(?!者|情|事)|伤亡")
_HARM = tuple(map(re.compile, ("死亡|^亡|身亡|遇难|丧生|^死", "(?<!死)伤(?!亡)", "失踪|失联")))
_SAID_BEHIND = 4  # characters behind a value in which such a word may stand
FAR = 24  # values that a total may have before it
_MADE_UP = re.compile(r"^[^,;。]{0,6}[组构]成")  # 由甲90元、乙60元组成,总额为


def of_row(total: Mark, before: list[Mark]) -> Claim | None:
    """The claim of a 小计 or 合计 of the values of its unit before it, if they make it."""
    if not total.unit and _ROW_END.search(total.before) and (cells := _row_before(total, before)):
        return claim_of(total, cells, total.name, complete=True)
    if cells := _added(total, before) or _two_of(total, before):
        return claim_of(total, cells, total.before.strip(" ,")[:12], complete=True)
    return None


def shares_added(passage: Passage) -> Iterator[Claim]:
    """甲、乙分别占16%和14%,两者合计占30%: shares and the one that they make; and those that 其中
    lists of one that they make, 达标天数占73.4%,其中优占18.0%,良占55.4%."""
    row: list[Mark] = []
    for mark in passage.marks:
        if mark.prior or not mark.is_rate:
            continue
        if parts := _of_a_share(mark):
            yield claim_of(parts[0], parts[1:], "其中")
        if mark.sort != "share":
            continue
        away = 1 if of_these(mark) else 0  # 上述三类合占60%
        row = [share for share in row[-FAR:] if mark.sentence - share.sentence <= away]
        told = away or _SHARED.search(mark.before)
        if told and (cells := _added(mark, row)):
            yield claim_of(mark, cells, mark.before.strip(" ,")[:12], complete=True)
        row.append(mark)


def _of_a_share(first: Mark) -> list[Mark]:
    """A share and those that 其中 lists of it, where they are all there is of it."""
    total = first.previous
    if total is None or not total.is_rate or total.prior or total.sentence != first.sentence:
        return []
    if not (AMONG.match(first.gap.lstrip()) and first.high - first.low < _ROUND):
        return []
    parts = [first, *takewhile(lambda at: at.is_rate, first.ahead())]
    return [total, *parts] if len(parts) > 1 and adds_up(total, parts) else []


def differences_added(passage: Passage) -> Iterator[Claim]:
    """自然增加9人,社会增加80人;两者合计,人口增加89人: differences and the one that they make."""
    rows: dict[tuple[int, str], list[Mark]] = {}
    for mark in passage.marks:
        if mark.sort != "difference":
            continue
        row = rows.setdefault((mark.paragraph, mark.counts), [])
        if (these := of_these(mark)) and abs(mark.value) >= _MANY:
            cells = _these(mark, row[-FAR:], number_of(these["many"]))
            if len(cells) > 1 and adds_up(mark, cells):
                yield claim_of(mark, cells, mark.tail.rpartition(";")[2][:12], complete=True)
        row.append(mark)


def included(passage: Passage) -> Iterator[Claim]:
    """包括9家国企在内,已有90家披露: the parts, and the total in their sentence."""
    for mark in passage.marks:
        if mark.sort != "level" or "在内" not in mark.after.partition(",")[0]:
            continue
        parts = [mark]
        while (at := parts[0].previous) and "," not in parts[0].gap and len(parts) < FAR:
            parts.insert(0, at)
        first = parts[0]
        if not _INCLUDED.search(first.gap) or any(p.counts != mark.counts for p in parts):
            continue
        before, ahead = [*levels_back(first)], [mark.following] if mark.following else []
        totals = [*before, *ahead] if AMONG.search(first.gap) else [*ahead, *before]
        for total in totals:
            fits = total.sort == "level" and total.sentence == mark.sentence and not total.prior
            if fits and total.counts == mark.counts and mark.low <= total.high:
                yield claim_of(total, parts, "在内")
                break


def harmed(passage: Passage) -> Iterator[Claim]:
    """死亡9人、受伤20人;…,伤亡人数降至29人: those killed and injured, before their number."""
    for mark in passage.marks:
        if mark.sort != "level" or mark.prior or not _HARMED.search(mark.name):
            continue
        parts: list[Mark] = []
        left = list(_HARM)
        for value in levels_back(mark):
            if mark.sentence - value.sentence > 1:
                break
            said = value.name + value.after[:_SAID_BEHIND]
            kind = next((kind for kind in left if kind.search(said)), None)
            if kind is None or value.counts != mark.counts or not same_time(value, mark):
                continue
            left.remove(kind)
            parts.insert(0, value)
            if len(parts) > 1 and adds_up(mark, parts):
                yield claim_of(mark, parts, mark.name, complete=True)
                break


def _added(total: Mark, before: list[Mark]) -> list[Mark]:
    """The values of its sentence that a 合计 adds up: those that make it, or all but for a slip.

    What 加上 joins is added up without such a word, too, and 由…组成 says that nothing is left out.
    """
    if len(before) > 1 and (these := of_these(total)):
        return _these(total, before, number_of(these["many"]))
    if len(before) < 2 or before[-2].sentence != total.sentence:
        return []
    cells = [value for value in before if value.sentence == total.sentence]
    added = any(_PLUS.search(part.gap) and "在内" not in part.after for part in cells)
    said = clause_of(total)
    if not (_TOGETHER.search(said) or (added and "," in total.gap)):
        return []
    for j in range(len(cells) - 2, -1, -1) if is_precise(total) else (0,):
        if adds_up(total, cells[j:]):
            return cells[j:]
    whole = _MADE_UP.match(total.gap) or (added and _TOGETHER.search(said))
    return cells if (whole and one_slip(total, cells)) or telling_slip(total, cells) else []


def _two_of(total: Mark, before: list[Mark]) -> list[Mark]:
    """The two values that a 两市合计 means, side by side or not: the only ones to make it."""
    if not _BOTH.search(total.before) or not is_precise(total, _FINE):
        return []
    two = [(a, b) for a, b in combinations(before, 2) if adds_up(total, [a, b])]
    return [*two[0]] if len(two) == 1 else []


def of_these(total: Mark) -> re.Match[str] | None:
    """Whether a value is said to be that of several before: 以上三类合计; with their number."""
    return _THESE.match(total.tail.rpartition(";")[2])


def _these(total: Mark, before: list[Mark], count: int) -> list[Mark]:
    """The values that 以上三类 means: all of them, or those with which sentences or clauses begin.

    So many that make the total; where it is printed finely, of another number, too.
    """
    paragraphs = [value for value in before if value.previous is None]
    sentences = [v for v in before if v.previous is None or v.previous.sentence < v.sentence]
    clauses = [v for v in before if v in sentences or ";" in v.gap]
    unlisted = [value for value in before if not value.listed]
    rows = (before, unlisted, clauses, sentences, paragraphs)
    for row in rows:
        for j in range(len(row) - 2, -1, -1):
            counted = len(row) - j == count
            if (counted or is_precise(total)) and adds_up(total, row[j:]):
                return row[j:]
    slips = (row[-count:] for row in rows if len(row) >= count > 1)
    return next((row for row in slips if one_slip(total, row)), [])


def _row_before(total: Mark, before: list[Mark]) -> list[Mark]:
    """The values of one time right before a 小计, as in a table's row."""
    cells: list[Mark] = []
    for value in reversed(before):
        if value.when != total.when or not total.when or _ROW_END.search(value.before):
            break
        cells.append(value)
    return cells[::-1]
