"""Shares and rates whose counts stand behind them: in a bracket, after 即, in the next clause."""

from __future__ import annotations

import re

from .clauses import Passage
from .distributed import list_from
from .marks import Claim, Mark
from .noun_phrases import phrase_of
from .periods import same_time
from .same_names import alike
from .totals import REACH, context, governing, holds, levels_back, named, nearly
from .words import AMONG, WITHIN, residue

TOLD_AGAIN = "the count behind its share"
_THAT_IS = r"[,、]?(?:[也亦]?即|也就是说?|换言之|换句话说|相当于)(?:是|为)?[,:]?"
_SAME = re.compile(  # 三成即90宗, 三成(共90宗), 三成涉及水管,有90宗; 三成涉及水管(90宗)
    rf"\(?(?:{_THAT_IS}|,?(?:共计?|约|合计?)?)(?:有|约)?"
    r"|(?P<what>[^,;。()占]{2,14}),(?:共?[有计]|共|即)|(?P<all>[^,;:。()]{1,30})\("
)
_EACH = re.compile(r"[,、]?(?:[也亦]?即|数量|人数|金额)?(?:各自?|分别|依次)(?:为|有|是|达|计)?")
_OPENS = re.compile(rf"{_THAT_IS}(?![增减升降])")
_RATE = re.compile(
    r"(?:[率面]|百分[比率]|比[例重率]|占比)(?:已|仅|均|也|为|有|约|达到?|高达|是|:|\s)*$"
)
_IN = re.compile(r"(?:当中|之中|中|里)[^,;。中]{0,8}?(?:,|$)")
_BY = re.compile(r"^\s*[/÷]")
_DUE = re.compile(r"(?<![适相供反])应(?!急|用|诉)|计划|目标|任务|拟|总|共|全部")
_CONCERNS = re.compile(  # 四成二来自建造业
    r"(?:都?是|为|来自|源[于自]|出自|涉及?|属于?|发生[在于]|集中[在于]|[因由]于?)(?P<noun>[\u4e00-\u9fff]{2})"
)
_WHOLE = 100
_NEXT = 4  # figures behind a share among which its count may stand


def rate_before(mark: Mark, passage: Passage) -> list[Claim]:
    """The claim of a rate whose two counts stand right behind it.

    办结率96%(应办结50件,办结48件), 合格率96%,即抽检的50批次中,48批次合格: the words say that
    these are its counts, so they need not hold. Without 即 they must: 达标率96%,50家中有48家达标.
    """
    first = passage.behind(mark)
    second = first.following if first is not None else None
    if first is None or second is None or first.paragraph != mark.paragraph:
        return []
    if not (first.sort == second.sort == "level") or not _one_unit(first, second):
        return []
    if first.bracket and first.holder is mark:
        return _in_bracket(mark, first, second) if _RATE.search(mark.before) else []
    if second.sentence != mark.sentence or first.previous is not mark:
        return []
    if not _IN.search(second.gap) or first.value < second.value:
        return []
    said = _OPENS.match(first.gap)
    if said or (_RATE.search(mark.before) and first.gap[:1] == "," and holds(mark, second, first)):
        return [Claim.ratio(mark, second, first, TOLD_AGAIN, told=bool(said))]
    return []


def _in_bracket(mark: Mark, first: Mark, second: Mark) -> list[Claim]:
    """The claim of the two counts of a bracket: which of them the other is of, a stroke says, or a
    word and the rate's own (应办结, 按期办结); or else the larger is it, and they must hold."""
    if second.following is not None:
        return []
    part, total = first, second
    due = [bool(_DUE.search(value.before)) for value in (first, second)]
    told = bool(_BY.match(second.gap))
    if not told and due[0] != due[1]:
        part, total = (second, first) if due[0] else (first, second)
        word = _RATE.sub("", mark.before)[-2:]
        told = word in part.before and part.value <= total.value
    elif not told and (part.value > total.value) == (mark.value <= _WHOLE):
        part, total = total, part
    fits = told or nearly(mark, part, total)
    return [Claim.ratio(mark, part, total, TOLD_AGAIN, told=told)] if fits else []


def _one_unit(first: Mark, second: Mark) -> bool:
    return first.counts == second.counts or "" in (first.unit, second.unit)


def told_again(mark: Mark, passage: Passage) -> Claim | None:
    """案件中约三成(90宗)涉及…, 90宗案件,三成即27宗…: the count of a share stands behind it."""
    part = passage.behind(mark)
    line = passage.folded[mark.paragraph - 1]
    if part is None or part.sort != "level" or part.sentence != mark.sentence:
        return None
    said = _SAME.fullmatch(line[mark.end : part.start].strip())
    if said is None or not said[0]:
        return None
    within = WITHIN.search(mark.said)
    total = named(within[1], mark, part, passage) if within else None
    opens = within or AMONG.search(mark.said)
    total = total or governing(part, set())
    fits = nearly if opens else holds
    if total is None or total.sentence < mark.sentence - 1 or not fits(mark, part, total):
        return None
    return Claim.ratio(mark, part, total, "in brackets" if said["all"] else TOLD_AGAIN)


def of_its_noun(mark: Mark, passage: Passage) -> Claim | None:
    """共90人,四成二来自建造业。…建造业有38人: the one count of a share's noun elsewhere in the text
    of which it holds."""
    said, total = _CONCERNS.match(mark.after), next(levels_back(mark), None)
    if said is None or total is None or mark.sentence - total.sentence > 1:
        return None
    near = passage.marks[max(0, mark.n - REACH) : mark.n + REACH]
    near = [v for v in near if v.sort == "level" and v.counts == total.counts and not v.prior]
    near = [v for v in near if said["noun"] in context(v) and same_time(v, mark)]
    found = {v.value: v for v in near if v is not total and holds(mark, v, total)}
    if len(found) != 1:
        return None
    return Claim.ratio(mark, next(iter(found.values())), total, said[0])


def in_bracket_behind(mark: Mark, passage: Passage) -> Mark | None:
    """The count that a bracket right behind a share begins with: 甲类占30%(90件,下降5%)."""
    then = passage.behind(mark)
    if then is None or not then.bracket or then.holder is not mark or then.sort != "level":
        return None
    return then if not then.previous and _SAME.fullmatch(f"({then.gap.strip()}") else None


def list_behind(run: list[Mark]) -> list[Mark]:
    """The counts behind a list of shares, as many: 分别占40%和60%,各为36件、54件."""
    first = run[-1].following
    if first is None or not _EACH.fullmatch(first.gap):
        return []
    values = list(list_from(first))
    return values if len(values) == len(run) and first.sort == "level" else []


def named_behind(mark: Mark, topic: str) -> Mark | None:
    """The value behind a share that has its noun: 税收占80%,同比提高2个百分点;税收收入90元."""
    at = mark.following
    while at is not None and at.sentence - mark.sentence <= 1 and at.n - mark.n <= _NEXT:
        so_named = alike(topic, phrase_of(at.before)) or residue(at.before).endswith(topic)
        if at.sort == "level" and not at.prior and so_named:
            return at
        at = at.following
    return None
