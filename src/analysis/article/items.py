"""Changes that a list tells to be such: in a bracket behind each item, or by the noun before all.

The values of the items stand sentences before: 甲业有9000人,乙业8000人。…减少的有甲业(5%或474人).
"""

from __future__ import annotations

import re
from itertools import pairwise

from .clauses import Passage, turn_if
from .distributed import list_from
from .marks import Mark
from .owners import can_have
from .periods import same_time
from .same_names import alike
from .words import residue

_REACH = 40  # figures back
_NEAR = 400  # characters of a sentence that lists items, each with its bracket
_LONGEST = 40  # and of the words before one
_LEADS = r"主要?有|主要[是为]?|见于|为|是|有|于|包括|来自|集中在"  # to the first item of a list
_OPENS = re.compile(rf"{_LEADS}|[、,和及与]|(?:^|[,;。])(?:同比|环比|其中)")
_MOVED = re.compile(
    r"(?:增加|上升|增长|上涨|提高|回升|[升增涨]幅|(?P<falls>减少|下降|下跌|下滑|回落|[跌降减]幅))"
    rf"[^,;。占率比]*?(?:{_LEADS})"
)
_BY_NOUN = re.compile(  # 甲县、乙县同比增幅较大,分别为:(21%、12%)
    "(?:[增升涨加]幅|增速|(?P<falls>[降跌减]幅|降速))(?:[均都最较相居排靠明突][^,;。0-9]{0,5})?"
    ",?(?:分别|依次|各|均)?(?:[为是有]|达到?):?$"
)
_BRACKETS = re.compile(r"\([^()]*\)?")
_BEFORE = re.compile(r"(?:^|[而其次是和及与、占为有中])$")


def set_signs(passage: Passage) -> None:
    """Make changes of what brackets hold behind the items that have grown or fallen:
    增加的行业有甲业(2.0%或900人). A percentage alone may be a share as well; and of what a noun
    calls so: 甲县、乙县同比增幅较大,分别为21%、12%."""
    for mark in passage.marks:
        said = _BY_NOUN.search(mark.gap.strip()) if mark.sort == "share" else None
        for each in [*list_from(mark)] if said else ():
            each.sort = each.measure = "change"
            turn_if(bool(said and said["falls"]), each)
    for mark, then in pairwise(passage.marks):
        pair = mark.lead and then.previous is mark and then.gap.strip() == "或"
        if not pair or {mark.sort, then.sort} != {"share", "level"}:
            continue
        moved = [*_MOVED.finditer(_said(mark, passage))][-1:]
        for each in (mark, then) if moved else ():
            each.sort = each.measure = "change" if each.sort == "share" else "difference"
            turn_if(bool(moved[0]["falls"]), each)


def value_of_item(run: list[Mark], passage: Passage) -> Mark | None:
    """The value of the item behind which a bracket holds changes: the last one of that name whose
    unit they fit, where its clause says nothing else but what the list is of."""
    first = run[0]
    lead = first.lead if first.bracket else first.gap if passage.in_bracket(first) else ""
    lead = lead[-_LONGEST:]
    items = [item for opens in _OPENS.finditer(lead) if len(item := lead[opens.end() :]) > 1]
    said = _said(first, passage) if items else ""
    moved = [*_MOVED.finditer(said)][-1:]
    noun = residue(re.split("[,;]", said[: moved[0].start()])[-1]) if moved else ""
    for value in reversed(passage.marks[max(0, first.n - _REACH) : first.n] if items else ()):
        if value.bracket or value.prior or not all(can_have(mark, value) for mark in run):
            continue
        if value.sentence == first.sentence or not same_time(value, first):
            continue
        named = any(_is_of(item, value, said) for item in items)
        if named and noun[-2:] in _said(value, passage):  # not 就业增加的, of 职位空缺
            return value
    return None


def _said(mark: Mark, passage: Passage) -> str:
    """The words of a figure's sentence before it, without its brackets; the last of a long one."""
    line = passage.folded[mark.paragraph - 1]
    line = line[max(0, mark.start - _NEAR) : mark.start]
    return _BRACKETS.sub("", line.rpartition("。")[2])


def _is_of(item: str, value: Mark, said: str) -> bool:
    """Whether a value's clause names an item, and besides it what its list names, too."""
    if alike(item, value.name):
        return True
    before, named, rest = value.before.partition(item)
    if not named or not _BEFORE.search(before):
        return False
    noun = residue(rest.lstrip("的"))
    return not noun or noun in said
