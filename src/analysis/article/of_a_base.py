"""Shares of a value that is no total: of what was planned, of a base, of a mean, of a growth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .clauses import AS_BASE, LISTS, OF_A_BASE, PLAN, Passage
from .distributed import list_from
from .marks import Claim, Mark
from .noun_phrases import phrase_of
from .periods import same_time
from .same_names import alike, stem
from .totals import ALIKE, REACH, characters_in, context, hedge_of, holds, levels_back, nearly
from .words import residue

_OF_PLAN = re.compile(
    rf"(?:完成|达到?|相当于|实现|[占为是])(?:了|到)?(?P<of>[^,;。占]{{0,8}}?(?:{PLAN}))"
    r"(?:总?[数额值量])?[的之]?(?:比[例重]为?)?$"
)
_PLANNED = re.compile(  # but 一般公共预算收入(90亿元)
    rf"(?:{PLAN})(?<!公共预算)(?<!基金预算)(?<!经营预算)(?![内外])[^,;。]{{0,8}}$"
)
_THEN = re.compile(",(?:约|共|也?即)?(?:[为达]|达到|是|有)")  # 恢复至2019年90万人次的50%,达45万人次
_CONTRIBUTED = re.compile(r"贡献率(?:分别|已|约|为|达到?|高达|是|:|\s)*$")
_PULLS = re.compile("拉动(?P<of>[^,;。]{0,16}?)(?:同比)?(?:增长|上[升涨]|增速)?约?(?:分别|各)?$")
_SAID = 60  # characters of what a share is said to be of
_MORE = r"(?:增量|新增[额量]|(?:增[长加收产]|减[少收产])(?:总?[额量])?|[增降涨跌升]幅)"
_OF_MORE = re.compile(  # 占外出农民工增量的, 与人口增长的比率为
    rf"(?:(?P<what>[^,;。]*?)(?:占|与)(?P<of>[^,;。占与]{{0,16}}?){_MORE}"
    rf"|(?P<gain>[^,;。]*?{_MORE})占(?:全部)?(?:新增|净增)(?P<new>[^,;。占与]{{2,12}}?))"
    r"(?:[的之]?(?:比[重例率])?(?:分别|约|已|高?达到?|为|近|超过?|逾|仅)*)$"
)
_ECONOMY = "生产总值经济"
_RECOVERED = re.compile("(?:同比|已|约)*恢复(?:了|至|到|约)?$")
_FINE = 0.2  # percent: what is printed so finely holds of no two values by chance
_FEW = 6  # values of a name
_MEAN_OF = re.compile("(?:是|为|相当于)(?:平均数|平均值|均值)的$")


def of_base(run: list[Mark], passage: Passage) -> Iterator[Claim]:
    """完成预算数90万元的40%, 占生产总值90元的比重分别为…: what shares are of stands before them.

    Each of several may have its own: 分别完成目标(90万元、60万元)的40%和50%.
    """
    head, total = run[0], run[0].previous
    totals, lead, rest = _bases(run, passage)
    said = OF_A_BASE.fullmatch(rest)
    if total is None or said is None:
        return
    units = {v.counts for v in totals}
    back = levels_back(head, "" if len(run) == 1 else "level")  # 五年90起,年均18起,占指标30起的60%
    parts = [v for v in back if v.counts in units and v not in totals]
    parts = [v for v in parts if v.sentence == head.sentence]
    if len(run) == 1 and len(parts) > 1:  # 90万个,分为60万个及30万个,占全部(180万个)的50%
        fits = (v for fit in (holds, nearly) for v in parts if fit(head, v, total))
        parts = [next(fits, next((v for v in parts if v.sort == "level"), parts[0]))]
    then = head.following
    if len(run) == 1 and not parts and then is not None and _THEN.fullmatch(then.gap):
        parts = [then] if then.counts == total.counts and nearly(head, then, total) else []
    if len(run) == 1 and not parts:
        parts = _so_named(AS_BASE.split(total.before)[0], head, total, passage)
    parts = parts[: len(run)][::-1]
    totals = totals if len(totals) > 1 else totals * len(run)
    if [v.counts for v in parts] != [v.counts for v in totals]:
        return
    for mark, part, whole in zip(run, parts, totals, strict=True):
        mark.name = part.name
        yield Claim.ratio(mark, part, whole, f"{lead.strip(' ,')}…{said['of']}", told=True)


def _so_named(words: str, head: Mark, total: Mark, passage: Passage) -> list[Mark]:
    """The value of a noun in the sentences before, of which a share of a plan holds.

    销售额为90亿元。…。销售额已完成全年100亿元目标的90%.
    """
    noun = stem(phrase_of(words))
    for value in reversed(passage.marks[max(0, head.n - REACH) : total.n]):
        if value.sort != "level" or value.prior or value.counts != total.counts:
            continue
        named_so = len(noun) > 1 and set(noun) <= set(value.name) and holds(head, value, total)
        if named_so and value.paragraph == head.paragraph:
            return [value]
    return []


def _bases(run: list[Mark], passage: Passage) -> tuple[list[Mark], str, str]:
    """What shares are of, before them or in a bracket there, and the words before it and behind."""
    head, last = run[0], run[0].previous
    if last is None or not last.is_level:
        return [], "", ""
    if last.prior and not last.gap.startswith(LISTS):
        return [last], last.before, head.gap
    totals = [v for v in passage.marks[last.n + 1 : head.n] if v.holder is last]
    lead = totals[0].lead if totals else ""
    rest = head.gap.removeprefix(lead)
    totals = totals or [last]
    while not lead and len(totals) < len(run) and (before := totals[0].previous):
        totals = [before, *totals]
    lead = lead or totals[0].before
    if len(totals) != len(run) or not all(v.gap.startswith(LISTS) for v in totals[1:]):
        return [], "", ""
    return (totals, lead, rest) if len(run) > 1 and AS_BASE.search(lead) else ([], "", "")


def of_plan(mark: Mark, passage: Passage) -> Claim | None:
    """预算90亿元,支出81亿元,为预算的90%: the value of the plan stands before it in its sentence."""
    said = _OF_PLAN.search(mark.said)
    if said is None:
        return None
    near = [
        value
        for value in reversed(passage.marks[max(0, mark.n - REACH) : mark.n])
        if value.sentence == mark.sentence and value.is_level and value.bracket == mark.bracket
    ]
    plans = [value for value in near if _PLANNED.search(value.before)]
    noun = residue(mark.said[: said.start()])  # 税收收入完成预算的90%
    done = (v for v in near if not v.prior and v not in plans and noun in residue(v.before))
    part = next(done, None)
    totals = [v for v in plans if part is not None and v.counts == part.counts]
    if part is None:
        return None
    around = passage.marks[max(0, mark.n - REACH) : mark.n + REACH]  # 按预算(90亿元)推算
    far = [v for v in around if v.counts == part.counts and v.paragraph == mark.paragraph]
    far = [v for v in far if v.is_level and _PLANNED.search(v.before) and holds(mark, part, v)]
    held = [v for v in totals if holds(mark, part, v)] or far
    for total in held or [v for v in totals if nearly(mark, part, v)]:
        mark.name = part.name
        return Claim.ratio(mark, part, total, said[0])
    return None


def of_recovery(mark: Mark, passage: Passage) -> Claim | None:
    """10月接待游客90万人次。…2019年10月接待游客120万人次,游客人次恢复75%: of the two values of its
    noun, printed before it for two times, of which it holds."""
    if not _RECOVERED.search(mark.before) or mark.high - mark.low > _FINE:
        return None
    noun = stem(phrase_of(_RECOVERED.sub("", mark.before)).removesuffix("人次"))
    near = reversed(passage.marks[max(0, mark.n - REACH) : mark.n])
    values = [v for v in near if v.sort == "level" and len(noun) > 1 and alike(noun, v.name)]
    for total, *earlier in (values[k:] for k in range(len(values))):
        for one in earlier[:_FEW]:
            if one.counts != total.counts or same_time(one, total):
                continue
            part, whole = (one, total) if one.value < total.value else (total, one)
            if holds(mark, part, whole):
                mark.name = part.name
                return Claim.ratio(mark, part, whole, "恢复")
    return None


def of_mean(mark: Mark, passage: Passage) -> Claim | None:
    """中位数是平均数的86.7%: a median of the mean of its name, printed before it."""
    if not _MEAN_OF.search(mark.before):
        return None
    median = next((v for v in levels_back(mark, "average") if v.name.endswith("中位数")), None)
    if median is None or mark.sentence != median.sentence:
        return None
    noun = residue(median.before).removesuffix("中位数")
    for value in reversed(passage.marks[max(0, median.n - REACH) : median.n]):
        if value.counts == median.counts and residue(value.before) == noun:
            return Claim.ratio(mark, median, value, "是平均数的")
    return None


def of_more(run: list[Mark], passage: Passage) -> list[Claim] | None:
    """新增90人,其中本地增加45人,占全部增量的50%: of what there is more, or less, by its noun.

    None where no share is of such; no claim where they are and nothing printed is it.
    """
    mark = run[0]
    said = _OF_MORE.search((mark.said + hedge_of(mark))[-_SAID:])
    if said is None or len(run) > 1:
        return None if said is None else []
    words = said["of"] or said["new"] or "", said["what"] or said["gain"] or ""
    of, what = (residue(re.sub(_MORE, "", each)) for each in words)
    of = re.sub("^全(?:社会|[部国省市区州县])|总", "", of)
    before = passage.marks[max(0, mark.n - REACH) : mark.n + 2][::-1]
    sorts = ("points", "change") if "幅" in said[0] else ("difference",)
    grown = [v for v in before if v.sort in sorts and v is not mark]
    grown = [v for v in grown if v.paragraph == mark.paragraph or same_time(v, mark)]
    totals = [v for v in grown if _has(v, of) and (of or v.paragraph == mark.paragraph)]
    parts = [v for v in grown if _has(v, what)] if what else []
    first = mark.previous or mark.holder
    beside = [v for v in before if v is first or (v.sentence == mark.sentence and v.n < mark.n)]
    parts = parts or [v for v in beside if not what and (v.sort in sorts or v is first)]
    for part in parts:
        for total in totals:
            alike = total.counts == part.counts or (part.sort in sorts and "幅" in said[0])
            if total is not part and alike and holds(mark, part, total):
                mark.name = part.name
                return [Claim.ratio(mark, part, total, said[0])]
    return []


def _has(more: Mark, noun: str) -> bool:
    """Whether the words of a difference, or of the value that it is of, have most of a noun."""
    at = next((value for value in more.back() if not value.is_change), None)
    of = context(at) if at is not None else ""
    return characters_in(noun, more.before + of) >= ALIKE * len(noun)


def of_growth(run: list[Mark], passage: Passage) -> Iterator[Claim]:
    """增长5.0%。…贡献率为60%,拉动增长3.0个百分点: the points of a growth printed before them.

    That of what is pulled by its noun, or the one that they all hold of.
    """
    if not _CONTRIBUTED.search(run[0].before):
        return
    first, behind = run[0].previous, run[-1].following
    beside = [v for v in (first, behind) if v is not None and v.sentence == run[0].sentence]
    pull = next((v for v in beside if v.sort == "points" and _PULLS.search(v.before)), None)
    pulls = [*list_from(pull)] if pull is behind and pull is not None else [pull]
    rows = [*zip(run, pulls, strict=False)]
    said = _PULLS.search(pull.before) if pull is not None else None
    if said is None or len(pulls) != len(run):
        return
    back = passage.marks[max(0, run[0].n - REACH) : run[0].n]
    back = [v for v in back if v.sort == "change" and v.low > 0]
    grown = [v for v in back if all(by and holds(rate, by, v) for rate, by in rows)]
    noun = residue(said["of"])
    noun = _ECONOMY if noun in _ECONOMY else noun
    named = [v for v in grown if (at := v.previous) and noun and noun in residue(at.before + v.gap)]
    if not named and len({v.value for v in grown}) != 1:
        return
    for rate, by in rows:
        if by is not None:
            yield Claim.ratio(rate, by, (named or grown)[0], "贡献率")
