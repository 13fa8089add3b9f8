"""A text as lines of figures: each with the words before it, its sentence and its bracket."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

from ..figures.english import is_english
from ..kinds import counted
from ..quotients import in_another, of_money
from ..units import is_share
from .marks import Mark
from .words import (
    BEFORE_ITS_BASE,
    MORE,
    OF_A_YEAR,
    OF_BASE,
    OF_TIME_AGO,
    PRIOR,
    TIME,
    UP_TO,
    among_in,
    residue,
)

_SHORT = 4_000  # characters of a line that may be looked through again and again
_MOST_STOOD = 10_000  # words whose places are remembered in longer ones
SENTENCE_ENDS = re.compile(r"[。!?…|\[\]]")
CLAUSE_ENDS = re.compile(r"[,;:。!?…|\[\]]")
_STOP = re.compile(  # the full stop of an English sentence; not that of Mr. or J.
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bvs)(?<!\bNo)(?<!\bi\.e)(?<!\be\.g)(?<!\b[A-Z])\.(?=\s|$)"
)
_AFTER_A_NOUN = re.compile(r"[A-Za-z] $")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONGEST = 60  # characters before a bracket in which its noun stands
_NOUNS = ("cases", "persons", "vehicles", "households")  # English says of what a value is a part
_SIGNS = tuple("+-＋－−↑↓▲▼升降增减減跌涨漲")
_SIGNED = frozenset(
    "升降增减減少多上下跌涨漲缩縮提回净扩高低+＋"
)  # a figure with a sign word of its own
_NOUN_UNIT = re.compile(r"(人次|辆次|架次|件次|户次|人)(?:数|员)?(?:为|达到?|共?有|共|约|是)?$")
LISTS = ("、", "和", "及", "与")  # with these a list goes on
PLAN = "预算|计划|目标|任务|指标|预期"
OF_A_BASE = re.compile(  # between a base and its share: 90元的40%, 90元目标的40%, 90元的比重为40%
    rf"(?P<of>(?:[^,;。、的]{{0,6}}(?:{PLAN}))?[的之])(?:(?:比[重例]|份额)(?:分别|依次|各|均)?(?:为|达到?|是|约|超过)?)?"
)
_MORE = re.compile(  # what it is against, a sign word, and the noun of what there is more of
    rf"(?:{OF_BASE.pattern})(?:[^,;。()的]{{0,6}}?(?:增加|增长|(?P<fewer>减少|下降))了?"
    rf"(?!同[期月季日])[^,;。()的了到至为率占人]{{1,6}}|{'|'.join(MORE)})$"
)
_IN_MORE, _IN_PRIOR = re.compile("[增减降]"), re.compile("[同环比较与于年超不]")  # in each
_NET = re.compile("净值[则仍亦也只仅]*(?:为|是|报|达|录得)?[正负]?$")
_THAN = re.compile("(?:[较比]|相比)(?:[0-9]{4}年)?[^,;。0-9]{1,12}$")  # 较去年(46万增加11%)
_MOVES = re.compile("[,;。]|相比|[增减升降涨跌]|上[升涨]|下[降跌]|[多少高低](?![个种类项])")
_BETTER = re.compile(r"(?<=[比期月年季])(?:(?P<better>改善|好转)|恶化)了?$")
_HARMS = re.compile(  # less of them is better
    "浓度|综合指数|污染|超标|[硫氮碳]|颗粒|臭氧|PM|SO|NO|CO|O3|亏损|赤字|失业|负债|不良|能耗|排放|投诉"
)
_BRACKETS = re.compile(r"[()]")
_BOUND = re.compile("^[<>≤≥]|以[上下内]$")  # 微型企业(10人以下): what is meant, no value of it
_YEAR_IN_BRACKETS = re.compile(r"(?<=[今去])\s+(?=年)")  # 去 (2016) 年前11月
_JOINED = re.compile(r"、?[和及]?|,?(?:或|即|[也亦]即)")
AS_BASE = re.compile(r"完成|占|达到?|相[当等]于|(?:恢复|回升|回)[到至]|实现|[为是]")
_AVERAGE = re.compile(
    r"(?:平均每?|[日月年周季人户件案户均]{1,2}均|每(?:天|日|月|年|人|户|案|件|起|名|位|小时))[^,;。]{0,12}$"
)


@dataclass(slots=True)
class Passage:
    """The marks of a text in order, and its lines as printed and folded."""

    lines: list[str]
    folded: list[str]
    marks: list[Mark]
    english: set[int] = field(default_factory=set)  # the paragraphs that are English
    _stood: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict, repr=False)

    def behind(self, mark: Mark) -> Mark | None:
        """The next figure as printed, in a bracket or not."""
        return self.marks[mark.n + 1] if mark.n + 1 < len(self.marks) else None

    def last(self, words: str, paragraph: int, end: int) -> int:
        """Where folded words stand last in a line before a place; -1 where they do not.

        Asked for places one after the other it looks at each part of a long line once.
        """
        line = self.folded[paragraph - 1]
        if len(line) <= _SHORT:
            return line.rfind(words, 0, end)
        seen, stood = self._stood.get((words, paragraph), (0, -1))
        if end < seen:
            return line.rfind(words, 0, end)
        at = line.rfind(words, max(0, seen - len(words) + 1), end)
        at = stood if at < 0 else at
        if len(self._stood) > _MOST_STOOD:
            self._stood.clear()
        self._stood[words, paragraph] = end, at
        return at

    def in_bracket(self, mark: Mark) -> bool:
        """Whether a figure of running text is all that a bracket holds: 留宿旅客(30人)."""
        return not mark.bracket and _closes(self.folded[mark.paragraph - 1], mark)

    def number(self) -> None:
        """Number its marks anew, where some have come or gone."""
        for n, mark in enumerate(self.marks):
            mark.n = n

    def sentences(self) -> Iterator[list[Mark]]:
        """The marks of running text, sentence by sentence."""
        running = (mark for mark in self.marks if not mark.bracket)
        for _, row in groupby(running, attrgetter("sentence")):
            yield [*row]


def _sort(measure: str, unit: str, average: bool) -> str:
    if measure == "change":
        return "change"
    if measure == "difference":
        return "points" if is_share(unit) else "difference"
    if measure == "rate":
        return "share" if is_share(unit) and not average else "average"
    return "average" if average else "level"


def passage_of(lines: list[str], folded: list[str], found: Iterable[tuple[Any, ...]]) -> Passage:
    """The passage of the lines of a text, as printed and folded, from what `figures_in`, with
    `dates`, has found in it: the figures of those that are not English."""
    english = {n for n, line in enumerate(folded, 1) if is_english(line)}
    said = [_STOP.sub("。", line) if n in english else line for n, line in enumerate(folded, 1)]
    return _filled(Passage(lines, said, [], english), found, in_english=False)


def english_of(passage: Passage, found: Iterable[tuple[Any, ...]]) -> Passage:
    """The passage of the English lines of a text, from that of the others."""
    of_english = Passage(passage.lines, passage.folded, [], passage.english)
    return _filled(of_english, found, in_english=True)


def _filled(passage: Passage, found: Iterable[tuple[Any, ...]], *, in_english: bool) -> Passage:
    """A passage with the marks of its English lines, or of the others."""
    folded = passage.folded
    rows: dict[int, list[Mark]] = {}
    for paragraph, start, reported, value, low, high, unit, _, measure in found:
        if measure == "date" or (paragraph in passage.english) is not in_english:
            continue
        n, end = len(passage.marks), start + len(reported)
        numbers = math.nan if value is None else value, low, high
        counts = "" if in_english and counted(unit) in _NOUNS else counted(unit)
        said = folded[paragraph - 1][start:end]
        mark = Mark(n, paragraph, start, end, said, *numbers, unit, measure, "", counts)
        mark.in_english = in_english
        passage.marks.append(mark)
        rows.setdefault(paragraph, []).append(mark)
    sentence = 0
    for paragraph, marks in rows.items():
        _share_units(folded[paragraph - 1], marks)
        sentence = _lay_out(folded[paragraph - 1], marks, sentence) + 1
    return passage


def _share_units(line: str, marks: list[Mark]) -> None:
    """Give the figures of a list the unit that is printed after the last (12亿、5亿和3亿元), and
    those that are compared with a value its own: 入境232万人次,按年增加22万."""
    for mark, then in zip(marks[-2::-1], marks[:0:-1], strict=True):
        if mark.unit or not then.unit:
            continue
        gap = line[mark.end : then.start]  # 由1,457增至1,738宗
        if gap not in LISTS and not (UP_TO.fullmatch(gap) and line[mark.start - 1] in "由从"):
            continue
        if then.measure in ("rate", "change") and mark.low == mark.high:
            continue  # 5 of 5 and 12%: what 5 is rounded to is not told
        mark.unit, mark.measure, mark.counts = then.unit, then.measure, then.counts
    money = last = None  # 损失90万元,其中甲镇30万,乙镇60万
    for mark in marks:
        if last is not None and not mark.unit and line[mark.end - 1] in "万亿":
            gap = line[last.end : mark.start]
            moved = mark.measure == "difference" and not _HAN.match(line, mark.end)
            moved_or_then = moved or (_THAN.search(gap) and _MOVES.match(line, mark.end))
            if moved_or_then and "。" not in gap and not residue(CLAUSE_ENDS.split(gap)[-1]):
                mark.unit, mark.counts = last.unit, last.counts
                mark.measure = mark.measure if moved else last.measure
        if mark.unit and mark.measure in ("count", "amount") and not is_share(mark.unit):
            last = mark
        if mark.measure == "amount" and line[mark.end - len(mark.unit) - 1] in "万亿":
            money = mark
        if mark.unit or mark.measure != "count" or line[mark.end - 1] not in "万亿":
            continue
        if noun := _NOUN_UNIT.search(line, max(0, mark.start - 6), mark.start):
            mark.unit = noun[1]  # 诊疗人次95.5亿
            mark.counts = counted(mark.unit)
        elif money is not None and not _HAN.match(line, mark.end):
            mark.unit, mark.measure, mark.counts = money.unit, money.measure, money.counts


def _lay_out(line: str, marks: list[Mark], sentence: int) -> int:
    """Fill in what stands around the marks of one line of text; returns its last sentence."""
    last: dict[int, Mark | None] = {0: None}
    held: dict[int, str] = {0: ""}  # the words since the last mark, a bracket each
    bracket, brackets, cursor = 0, 0, 0
    for mark in [*marks, None]:
        end = mark.start if mark else len(line)
        while cursor < end:
            hit = _BRACKETS.search(line, cursor, end)
            to = hit.start() if hit else end
            piece = line[cursor:to]
            held[bracket] += piece
            if not bracket:
                sentence += len(SENTENCE_ENDS.findall(piece))
            cursor = hit.end() if hit else end
            if hit is None:
                continue
            if hit[0] == "(" and not bracket:
                brackets += 1
                bracket = brackets
                last[bracket], held[bracket] = None, ""
            elif hit[0] == ")" and bracket:
                _close(last[bracket], held[bracket])
                bracket = 0
        if mark is None:
            break
        if bracket and last[0] is not None and _is_one_too(line, mark, last[0]):
            mark.measure = "difference"
            turn_if(last[0].value < 0, mark)
        elif bracket and last[bracket] is None and _stands_alone(line, mark, held, last[0]):
            bracket = 0  # 留宿旅客(1176456人次)及…: a value in a bracket behind its noun
        previous = last[bracket]
        mark.bracket, mark.sentence = bracket, sentence
        mark.holder = last[0] if bracket else None
        gap, held[bracket] = held[bracket], ""
        mark.gap = _YEAR_IN_BRACKETS.sub("", gap) if "年" in gap else gap
        mark.lead = held[0][-24:] if bracket and previous is None else ""
        mark.previous = previous
        if previous is not None:
            previous.following, previous.after = mark, mark.gap
        last[bracket] = mark
        cursor = mark.end
        describe(mark)
    for each, mark in last.items():
        _close(mark, held[each])
    return sentence


def _closes(line: str, mark: Mark) -> bool:
    """Whether a bracket ends with a figure; a blank may stand in it: ( 30人 )."""
    return line[mark.end : mark.end + 2].strip()[:1] == ")"


def _stands_alone(line: str, mark: Mark, held: dict[int, str], before: Mark | None) -> bool:
    """Whether a bracket holds this figure only and stands behind a noun, not behind a figure."""
    alone = line[max(0, mark.start - 2) : mark.start].strip()[-1:] == "(" and _closes(line, mark)
    if not alone or mark.reported.startswith(_SIGNS) or _BOUND.search(mark.reported):
        return False
    known = mark.measure in ("count", "rate") or (before is not None and before.unit == mark.unit)
    words = held[0][-_LONGEST:]
    return bool((known and _AFTER_A_NOUN.search(words)) or _HAN.search(words))


def _is_one_too(line: str, mark: Mark, before: Mark) -> bool:
    """Whether a bracket behind a difference holds one of another thing: 增加9件(12人); what says it
    again in another unit is set aside."""
    alone = line[before.end : mark.start] == "(" and line[mark.end : mark.end + 1] == ")"
    if not alone or before.measure != "difference" or mark.measure not in ("count", "amount"):
        return False
    units = before.unit, mark.unit
    return not all(map(of_money, units)) and in_another(*units) is None


def _close(mark: Mark | None, after: str) -> None:
    if mark is not None:
        mark.after = mark.after or after


def describe(mark: Mark) -> None:
    """Fill in what follows of the words before a mark."""
    better = _BETTER.search(mark.gap) if "善" in mark.gap or "恶" in mark.gap else None
    mark.gap = mark.gap[: better.start()] if better else mark.gap
    *others, clause = CLAUSE_ENDS.split(mark.gap)
    mark.before = clause
    # 占人均收入的40%, 为平均数的80%
    of_mean = is_share(mark.unit) and ("占" in clause or clause.endswith("的"))
    mean = ("均" in clause or "每" in clause) and bool(_AVERAGE.search(clause))
    mean = (mean or "移动平均" in mark.gap) and not of_mean
    before = mark.previous
    if before is not None and mark.gap in LISTS:  # 人均收入分别为90元和60元, 每起出动9人、2辆
        mean = mean or before.sort == "average"
    mark.sort = _sort(mark.measure, mark.unit, mean)
    if (
        mark.sort == "level"
        and mark.measure in ("count", "amount")
        and _IN_MORE.search(clause)
        and (more := _MORE.search(clause[-40:].rstrip()))
    ):
        mark.sort = mark.measure = "difference"  # 比去年同期增加产值8亿元
        turn_if(bool(more["fewer"]), mark)
    if mark.sort == "points" and _NET.search(clause):
        mark.sort, mark.measure = "average", "rate"  # 民望净值为正7个百分点: no change
    if better:
        _for_better(mark, better["better"] is not None)
    said = mark.gap[-40:].rstrip()
    mark.tail = SENTENCE_ENDS.split(mark.gap)[-1] if others else mark.gap
    mark.said = _without_tail(mark)
    mark.left = residue(mark.said)
    opens, goes_on = among_in(mark.said), mark.previous
    mark.listed = bool(opens or (goes_on and goes_on.sentence == mark.sentence and goes_on.listed))
    in_bracket = bool(mark.lead and BEFORE_ITS_BASE.search(mark.lead + mark.gap))
    in_bracket = in_bracket or bool(mark.bracket and OF_A_YEAR.fullmatch(mark.gap))
    of_base = mark.is_level and _IN_PRIOR.search(said) and PRIOR.search(said)
    mark.prior = bool(of_base) or _of_time_ago(mark)
    mark.prior = mark.prior or (in_bracket and not mark.is_change)
    if (
        mark.sort == "share"
        and before is not None
        and before.is_level
        and OF_A_BASE.fullmatch(mark.gap)
    ):
        before.prior = bool(AS_BASE.search(before.before))  # 完成预算数90万元的40%
    if before is None or not before.is_change or not _JOINED.fullmatch(mark.gap.strip()):
        return
    listed = before.counts != mark.counts or before.reported[:1] not in _SIGNED
    reaches = before.sort == "difference" or mark.gap.strip() == "或"  # 减少3%或90人
    if mark.sort == "share":
        mark.sort = mark.measure = "change"  # 减少60人、20.5%; 下降4%、5%及减少2个百分点
        reaches = True
    elif reaches and mark.sort == "level" and mark.measure == "count" and listed:
        mark.sort = mark.measure = "difference"  # 减少7起、228人: the sign word reaches over
    reaches = reaches and mark.is_change and mark.reported[0] not in _SIGNED
    turn_if(reaches and before.value < 0 < mark.value, mark)


def _for_better(mark: Mark, better: bool) -> None:
    """Make a change of a value that tells how much better or worse something is: less of a harm,
    more of what is good (细颗粒物35微克/立方米,同比改善5.4%; 优良天数90天,同比改善2天)."""
    if mark.sort == "share":
        mark.sort = mark.measure = "change"
    elif mark.sort == "level" and mark.measure in ("count", "amount"):
        mark.sort = mark.measure = "difference"
    elif mark.sort != "points":
        return
    value = mark.previous
    noun = OF_BASE.sub("", mark.before) or (value.before if value is not None else "")
    turn_if(mark.value > 0 and better == bool(_HARMS.search(noun)), mark)


def turn_if(falls: bool, mark: Mark) -> None:
    """Give a change the sign of the word that reaches over it."""
    if falls:
        mark.value, mark.low, mark.high = -mark.value, -mark.high, -mark.low


def _of_time_ago(mark: Mark) -> bool:
    """Whether a value stands in a clause of values of the base: 去年同期收案208件,结案36件."""
    if mark.is_change:
        return False
    if "同" in mark.said and OF_TIME_AGO.search(mark.said):
        return True
    before = mark.previous
    return (
        before is not None
        and before.prior
        and before.sentence == mark.sentence
        and mark.gap.startswith(",")
        and bool(mark.left)
        and not TIME.search(mark.gap)
        and not OF_BASE.search(mark.gap)
        and _of_time_ago(before)
    )


def _without_tail(mark: Mark) -> str:
    """The words of its sentence before a figure, without what still belongs to the figure before.

    In 1763名涉及毒品的人士,分别上升 the first piece says what was counted.
    """
    said = mark.tail
    if mark.previous is not None and said == mark.gap and said[:1] not in ",;:、 ":
        _, comma, rest = said.partition(",")
        return comma + rest if comma else said
    return said
