"""Whose change it is: changes tied to values by order, by unit and by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .bases import base_in, reach_back
from .clauses import SENTENCE_ENDS, Claim, Mark, Passage
from .names import COUNTS_ONLY, LONGEST, phrase_of
from .periods import phrase_in, same_time
from .priors import prior_of, set_time
from .topics import (
    by_hint,
    by_name,
    fits,
    goes_on_about_another,
    grown_so,
    in_its_money,
    line_before,
    list_of,
    passing,
    sentence_before,
    share_named,
    topic_of,
    without_again,
)
from .words import AMONG, FROM, GENERAL, UP_TO, residue

_EACH = re.compile(r"(?:(?<=按[年月周])|(?<![平人户件案每年月周日]))均|双双|皆|都(?!市)")
_REACH = 24  # how many values back a name is looked for
_OF_CHANGE = re.compile(r"增速|增幅|涨幅|降幅|跌幅|升幅|增长率|升势|跌势")
_TO_LEVEL = re.compile(
    r"[,\s]?(?:来?至|来?到|为|达到?|升至|降至|增至|减至|涨至|跌至|回升至|回落至|报|收报|总数达)\s?[:]?"
)
_SHARE_OF = re.compile(r"所?占?(?:比[重例]|占比|份额)$")
_LISTED = re.compile("[、和及与]|分别")
_RATE = re.compile("(?<!占比)率$")
_TOTAL = re.compile(r"(?:^|[,;])(?:总量|总数|总体|合计|总计)")
_MEAN = re.compile(
    r"(?<!按)[日月年周]均(?![价值])|平均每?[天日月年]|年平均|平均$|年复合|平均(?=[增上下递])"
)
_PRICES = re.compile(r"口径|(?:按|扣除)[^,;。]{0,8}价格")
_MEAN_OF = re.compile(r"平均(?![每天日月年])[^,;]{2}")
_OF_THEM = re.compile(
    r"[\u4e00-\u9fff][^,;:。()、]*(?:数量?|[额率值量价]|收入|利润|营收|产值)(?:同比|环比|较|比|$)"
    # 3名犯人的刑期
    r"|[\u4e00-\u9fff][^,;:。()、]*的(?!人数|起数|件数|案件)[\u4e00-\u9fff]{2,4}(?:同比|环比|$)"
)
_CAUSED = re.compile(r"(?:导致|造成|引发|引起)的?[^,;。的]{2,6}$")
_HAS = re.compile(r"[,\s]?(?:共有|有|共|录得|共录得|共计)")


def set_changes(passage: Passage) -> list[Claim]:
    """The change claims of a passage; names each change after its value."""
    made: dict[tuple[int, str], Claim] = {}
    owned: dict[int, Mark] = {}  # the value of each change
    nouns: dict[int, str] = {}  # the noun that a change itself has
    for run in _runs(passage.marks):
        reach_back(run)
        _tie(run, passage, made, owned, nouns)
    claims = list(made.values())
    _give_back(claims)
    _said_before(claims, passage, owned)
    for claim in claims:
        if prior := prior_of(claim, passage):
            claim.roles.append(("prior", prior))
            set_time(prior, claim, passage)
        _add_made(claim, owned)
    for claim in claims:
        for _, mark in claim.roles[1:]:
            mark.name = _own_name(nouns.get(mark.n, ""), mark.name)
    return claims


def _own_name(noun: str, name: str) -> str:
    """A change's name by its own noun: that of its value, where the noun is 件数 alone."""
    if _SHARE_OF.fullmatch(noun):
        return name  # 占总值的40%,比重提高2个百分点
    counted = COUNTS_ONLY.fullmatch(noun)
    if counted is None or name.endswith(noun):
        return name if counted else noun or name
    return name + noun if len(name + noun) <= LONGEST else name


def _give_back(claims: list[Claim]) -> None:
    """事故5起,死亡20人,同比下降10%,死亡人数下降20%: the first change is of what stands before.

    A value cannot have two changes against one base; the one that names it keeps it.
    """
    taken: dict[tuple[int, str, str], Claim] = {}
    for claim in claims:
        (_, owner), (role, mark) = claim.roles[:2]
        first = taken.setdefault((owner.n, role, mark.against), claim)
        if first is claim or not mark.left or first.roles[1][1].left:
            continue
        if mark.sentence != first.roles[1][1].sentence:
            continue
        before = owner.previous
        if before is not None and before.is_level and before.sentence == owner.sentence:
            first.roles[0] = ("current", before)
            for _, change in first.roles[1:]:
                change.name = before.name


def _add_made(claim: Claim, owned: dict[int, Mark]) -> None:
    """案件80件,较去年的100件减少20件,发生率降低20%: of the count, as its difference makes it."""
    difference, change = claim.roles[1][1], claim.roles[1][1].following
    if difference.sort != "difference" or change is None or change.n in owned:
        return
    if change.sort != "change" or change.sentence != difference.sentence or claim.of("change"):
        return
    base = claim.of("current")[0].value - difference.value
    if base and change.low <= 100 * difference.value / base <= change.high:
        owned[change.n] = claim.of("current")[0]
        claim.roles.append(("change", change))


def _said_before(claims: list[Claim], passage: Passage, owned: dict[int, Mark]) -> None:
    """案件总数增加18件,上升20%。…案件108件,上升20%: the difference, said without its value."""
    made: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        current, change = claim.roles[0][1], claim.roles[1][1]
        made.setdefault((change.reported, change.against, current.counts), []).append(claim)
    for mark in passage.marks:
        then = mark.following
        if mark.sort != "difference" or mark.n in owned or then is None or then.n in owned:
            continue
        for claim in made.get((then.reported, then.against, mark.counts), ()):
            if not claim.of("difference"):
                claim.roles.append(("difference", mark))
                break


# --- Runs ---------------------------------------------------------------------------------------


def _runs(marks: list[Mark]) -> Iterator[list[Mark]]:
    """Changes that follow one another with nothing between them but bases and signs."""
    run: list[Mark] = []
    for mark in marks:
        if not mark.is_change:
            if not mark.bracket and run:
                yield run
                run = []
            continue
        joined = run and (
            mark.previous is run[-1]
            and not mark.left
            and not SENTENCE_ENDS.search(mark.gap)
            and not phrase_in(mark.gap)
            and not _MEAN.match(mark.reported)
        )
        if not joined:
            if run:
                yield run
            run = []
        run.append(mark)
    if run:
        yield run


def _series(run: list[Mark]) -> list[list[Mark]]:
    """A run as lists, each of one sort against one base."""
    lists: list[list[Mark]] = []
    for mark in run:
        prices = lists and _PRICES.search(mark.gap)  # 按当年价格…,按可比价格…
        goes_on = lists and lists[-1][-1].sort == mark.sort and not base_in(mark.gap) and not prices
        again = goes_on and "分别" in mark.gap
        if goes_on and not again:
            lists[-1].append(mark)
        else:
            lists.append([mark])
    return lists


def _tie(
    run: list[Mark],
    passage: Passage,
    made: dict[tuple[int, str], Claim],
    owned: dict[int, Mark],
    nouns: dict[int, str],
) -> None:
    first = run[0]
    topic = topic_of(first, passage)
    if len(run) > 1 and first.sort == "difference" and COUNTS_ONLY.fullmatch(topic):
        topic = ""  # 家数减少8家、人数减少20人: each of the value in its unit
    owners: list[Mark] = []
    joined = "分别" in first.gap or any(_LISTED.match(mark.gap) for mark in run[1:])
    own = list_of(first, len(run)) if joined else []
    names = own if topic else []
    for series in _series(run):
        of_one = len({mark.against for mark in series}) == len(series) > 1
        holder = first.holder if first.bracket and first.previous is None else None
        if not topic and _follows_change_alone(first, owned):
            found: list[Mark | None] = [None] * len(series)
        elif holder is not None and holder.n in owned and not topic:
            of_holder = owned[holder.n] if _can(first, owned[holder.n]) else None
            found = [of_holder, *[None] * (len(series) - 1)]
        elif len(names) == len(run) > len(series):  # 收案数、结案数和结案率下降5%、9%和1个百分点
            mine = [names[run.index(mark)] for mark in series]
            found = [by_name(name, mark, passage) for name, mark in zip(mine, series, strict=True)]
        elif of_one:  # 比2017年和2016年分别上升5%、8%: two bases of one value
            found = _owners(series[:1], topic, first, owners, passage, owned) * len(series)
        else:
            found = _owners(series, topic, first, owners, passage, owned)
        for mark, owner in zip(series, found, strict=True):
            if owner is None:
                led = holder.name if holder is not None and holder.is_change else mark.name
                mark.name = names[run.index(mark)] if names else topic or led
                continue
            owner = owned[mark.n] = passing(owner)
            owner.name = owner.name or topic
            for value in _each(mark, topic, owner, passage):
                _claim(mark, value, made)
            _claim(mark, owner, made)
        for mark in series:
            noun = own[run.index(mark)] if own else phrase_of(mark.before)
            counts = COUNTS_ONLY.fullmatch(noun)
            if topic and not counts:
                noun = noun if names else topic if len(series) == 1 else ""
            nouns[mark.n] = noun if topic or counts else ""
        known = [owner for owner in found if owner is not None]
        owners = known if len(known) == len(series) else []


def _each(mark: Mark, topic: str, owner: Mark, passage: Passage) -> list[Mark]:
    """The values besides its own that a change is of, too: 立案90起、破案70起,均下降5%."""
    if not _EACH.search(mark.before + mark.reported):
        return []
    if topic:
        names = list_of(mark, 2)
        values = (by_name(name, mark, passage) or by_hint(mark, name) for name in names)
        both = [value for value in values if value is not None]
        return [value for value in both if value is not owner] if len(both) == 2 else []
    found: list[Mark] = []
    after, at = owner, owner.previous
    while at is not None and at.sentence == owner.sentence and fits(mark, at):
        if at.prior or AMONG.search(after.said) or ";" in after.gap:
            break
        found.append(at)
        after, at = at, at.previous
    return found[::-1]


def _claim(mark: Mark, owner: Mark, made: dict[tuple[int, str], Claim]) -> None:
    mark.name = owner.name
    if mark.sort == "change" and mark.high < -100:
        mark.notes.append("a fall of more than all: of a balance, not of a count")
        return
    if not in_its_money(mark, owner) or mark.after.startswith(("目标", "的目标")):
        return
    at: Mark | None = owner
    while mark.sort == "difference" and at and not at.unit and (at is owner or at.prior):
        at.unit, at.counts = mark.unit, mark.counts
        at = at.previous  # 由9030增至9450,增加420人
    misused = mark.sort == "points" and not owner.is_rate and owner.sort != "change"
    role = "change" if mark.sort == "change" or misused else "difference"
    claim = made.get((owner.n, mark.against))
    near = claim is not None and claim.roles[-1][1].sentence == mark.sentence
    if claim is not None and near and not claim.of(role):
        claim.roles.append((role, mark))
        return
    roles = [("current", owner), (role, mark)]
    words = mark.gap.strip(" ,、;。") or mark.reported
    made[owner.n, mark.against if claim is None else f"{mark.against} {mark.n}"] = Claim(
        "change", roles, words[-24:]
    )
    if misused:
        mark.notes.append("points of a number: read as percent")


# --- Owners -------------------------------------------------------------------------------------


def _follows_change_alone(first: Mark, owned: dict[int, Mark]) -> bool:
    """Whether a change goes on about what another one before it, which has no value, is of."""
    at = first.previous
    while at is not None and at.prior:
        at = at.previous
    return (
        at is not None
        and at.sort == first.sort
        and at.is_change
        and at.n not in owned
        and at.sentence == first.sentence
    )


def _owners(
    series: list[Mark],
    topic: str,
    first: Mark,
    before: list[Mark],
    passage: Passage,
    owned: dict[int, Mark],
) -> list[Mark | None]:
    """The value of each change of a list, or None."""
    none: list[Mark | None] = [None] * len(series)
    head = series[0]
    above = head.against == "other" and head.reported[0] in "高低"
    if above and head is not first and head.sort == first.sort == "change":
        return none  # 增长9%,比全省高出3%: of growth or of value? only the meaning tells
    if head is not first and len(before) == len(series) and all(map(_can, series, before)):
        return list(before)
    ahead = _level_after(series)
    if ahead is not None and topic and _MEAN_OF.search(head.before):
        return [*none[:-1], ahead]  # 平均留宿时间减少0.1晚至1.7晚
    if _MEAN.search(head.before + head.reported):
        means = [v for v in line_before(first) if v.sort == "average" and fits(head, v)]
        return [*none[1:], means[-1]] if means and not topic else none
    if ahead is not None and (topic or not any(same_time(v, first) for v in line_before(first))):
        return [*none[:-1], ahead]
    # 报警环比上升3.1%,同比下降2.4%: the noun holds for the second list, too.
    if topic and (head is first or not (before or head.sort == "points")):
        of_change = head.sort == "points" and _OF_CHANGE.search(first.gap)
        of_share = head.sort == "points" or "持平" in head.reported
        named_so = _SHARE_OF.search(topic) or _SHARE_OF.search(first.left)
        if of_share and named_so and len(series) == 1:
            noun = _SHARE_OF.sub("", topic)
            if not noun:
                return [next((v for v in reversed(line_before(first)) if v.sort == "share"), None)]
            part = by_name(noun, head, passage)
            share = part.following if part is not None and part.is_level else part
            if share is None or share.sort != "share":
                share = share_named(noun, head, passage)
            if share is not None or head.sort != "points":
                return [share]  # 城镇人口90万人,占60%。…城镇人口比重提高2个百分点
        if of_change and first.previous is not None and first.previous.sort == "change":
            rates = passage.marks[max(0, first.n - len(series)) : first.n]
            each = all(rate.sort == "change" for rate in rates)
            return [*rates] if each and len(rates) == len(series) else none
        if len(series) > 1:
            nouns = list_of(first, len(series))
            listed = [by_name(x, head, passage) or by_hint(first, f",{x}") for x in nouns]
            return listed if len(listed) == len(series) and all(listed) else none
        value, here = by_name(topic, head, passage), by_hint(first, first.said)
        nearer = here is not None and value is not None and here.sentence > value.sentence
        if value is None or (nearer and here is not None and here.name.endswith(value.name)):
            value = here  # …事故90起。…特大事故2起,死亡9人,同比事故起数持平
        then = _level_after(series, _HAS)
        if value is not None and then is not None and then.counts == value.counts:
            value = then  # 经陆路旅客90人;经海路旅客上升10%,有50人
        if value is not None and value.sentence != first.sentence and _CAUSED.search(first.said):
            value = None  # 酒驾导致的死亡人数下降5%: of those
        if value is first.previous and _OF_THEM.match(first.gap):
            value = None  # 12家法院收案数上升5%: of their cases
        if value is not None and goes_on_about_another(first, topic, value, owned, passage):
            value = None
        return [value or then]
    if head.sort == "points":
        previous = head.previous
        if previous is not None and previous.sort == "change":
            rates = [each for each in passage.marks[first.n : head.n] if each.sort == "change"]
            if len(rates) == len(series) == head.n - first.n:
                return list(rates)  # 分别增长5%和8%,高于全市增幅2和5个百分点
            return [previous, *none[1:]]  # 增长1.7%,增速提高0.2个百分点
        if previous is not None and head is not first and before and before[0].is_change:
            return [before[0], *none[1:]]
    line = line_before(first)
    if not line and not first.bracket:
        line = sentence_before(first)
    if head.sort == "difference":
        return _by_unit(series, line)
    if len(series) == 1 and head.sort == "change" and (of := by_hint(first, first.said)):
        return [of]  # 事故1起,死亡9人,同比起数持平
    values = [value for value in line if fits(head, value)]
    of_one = len(series) == 1 and head.sort == "change"
    if of_one and line and line[-1].is_rate and _RATE.search(line[-1].name):
        values = line[-1:]  # 结案90件,结案率90%,上升2%
    if _TOTAL.search(first.said):  # 总量上升: of what is no part
        before_it = passage.marks[max(0, first.n - _REACH) : first.n]
        values = [v for v in before_it if fits(head, v) and not v.prior and not v.listed]
    between = first.previous is not None and first.previous.prior
    if between and (whole := [value for value in values if not value.listed]):
        values = whole  # 被捕29名,其中…,其余11人,较前年的43人下跌33%
    values = without_again(values)
    own = phrase_in(first.said)
    if own and not GENERAL.fullmatch(own):  # its own time: 其中二季度增长5%
        values = [value for value in values if value.when and same_time(value, first)]
    if head.sort == "points" and not values:
        values = [value for value in line if value.is_level]  # 百分点 misused for %
    if len(series) > len(values):
        return none
    if of_one:
        return [grown_so(head, first, values)]
    return list(values[-len(series) :])


def _can(mark: Mark, value: Mark) -> bool:
    return fits(mark, value) or (mark.sort == "change" and value.is_level)


def _by_unit(series: list[Mark], line: list[Mark]) -> list[Mark | None]:
    """To the last difference in a unit belongs the last value in it, and so on back."""
    values: dict[str, list[Mark]] = {}
    for value in line:
        if value.is_level:
            values.setdefault(value.counts, []).append(value)
    found: list[Mark | None] = []
    for mark in reversed(series):
        left = values.get(mark.counts) or values.get("")  # 人口766579,增加2028人
        found.append(left.pop() if left else None)
    return found[::-1]


def _level_after(series: list[Mark], words: re.Pattern[str] = _TO_LEVEL) -> Mark | None:
    """The level that a change leads up to: 下跌0.1个百分点至3.3%."""
    mark = series[-1]
    after = mark.following
    if after is not None and after.prior and (from_ := FROM.search(after.before)):
        if residue(after.before[: from_.start()]):
            return None  # 件数下降44%,破获率从62%升至86%
        level = after.following  # 上升2倍,由9宗增至27宗
        return level if level is not None and UP_TO.match(level.gap) else None
    if after is None or after.is_change or after.prior or not words.fullmatch(after.gap):
        return None
    return after if fits(mark, after) or mark.sort == "change" else None
