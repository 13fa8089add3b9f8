"""Whose change it is: changes tied to values by order, by unit and by name."""

from __future__ import annotations

import math
import re
from itertools import islice, pairwise

from .bases import against_others, base_in, is_of_rise, reach_back
from .became import became
from .clauses import LISTS, Passage
from .distributed import opening
from .items import value_of_item
from .marks import Claim, Mark
from .names import COUNTS_ONLY
from .noun_phrases import LONGEST, phrase_of
from .owners import EACH, OF_SOME, SHARE_OF, can_have, owners_of
from .periods import arabic_year
from .priors import prior_of, set_time
from .runs import LESS, LISTED, runs, series_of
from .said_again import said_again, said_before
from .topics import (
    by_hint,
    by_name,
    fits,
    in_its_money,
    line_before,
    list_of,
    passing,
    sentence_before,
    topic_of,
)
from .words import AMONG, fold, residue

_MORE_OF = re.compile("[多少](?P<of>[\u4e00-\u9fff]{1,4})")
_HARM = "死伤亡"  # but 受伤90人,比上年多死9人
_ANY = re.compile("(?:事故|案件?|火灾|警情)(?:[起件宗]数)?")
_MOST_AIMS = 12  # of one list
_SPEED = re.compile("加快|放缓|提速|扩大|收窄")  # of a growth alone
_AIM = re.compile("的?目标|的[^,;。]{1,6}目标")
_OF_LESS = re.compile(rf"(?:{LESS})(?![^,;。]{{0,8}}(?:价格|物价|季节))[^,;。]{{1,16}}?后,?的?")


def set_changes(passage: Passage) -> list[Claim]:
    """The change claims of a passage; names each change after its value."""
    made: dict[tuple[int, str], Claim] = {}
    owned: dict[int, Mark] = {}  # the value of each change
    nouns: dict[int, str] = {}  # the noun that a change itself has
    for run in runs(passage.marks):
        reach_back(run)
        _tie(run, passage, made, owned, nouns)
    claims = list(made.values())
    _give_back(claims)
    said_before(claims, passage, owned)
    for claim in claims:
        if prior := prior_of(claim, passage):
            claim.roles.append(("prior", prior))
            set_time(prior, claim, passage)
        _add_made(claim, owned)
    claims += became({c.roles[0][1].n for c in claims if not _apart_from_its_base(c)}, passage)
    claims += said_again(claims, passage, owned)
    for mark in (passage.marks[n] for n in nouns if n in owned):
        mark.name = _own_name(nouns[mark.n], mark.name)
    return claims


def _apart_from_its_base(claim: Claim) -> bool:
    """Whether a change of another sentence leaves open what a value has become from: 由2%降至1%。与
    上月相比,…率持平."""
    (_, owner), (_, mark) = claim.roles[:2]
    return mark.sentence != owner.sentence and not claim.of("prior")


def _own_name(noun: str, name: str) -> str:
    """A change's name by its own noun: that of its value, where the noun is 件数 alone."""
    if SHARE_OF.fullmatch(noun):
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


def _tie(
    run: list[Mark],
    passage: Passage,
    made: dict[tuple[int, str], Claim],
    owned: dict[int, Mark],
    nouns: dict[int, str],
) -> None:
    first = run[0]
    item = value_of_item(run, passage)
    topic = topic_of(first, passage) if item is None else ""
    if len(run) > 1 and first.sort == "difference" and _counts_all(topic, run):
        topic = ""  # 家数减少8家、人数减少20人: each of the value in its unit
    if first.sort != "points" and _is_more_of(topic, first):
        topic = ""
    owners: list[Mark] = []
    joined = "分别" in first.gap or any(LISTED.match(mark.gap) for mark in run[1:])
    own = list_of(first, len(run)) if joined else []
    names = own if topic else []
    dealt = [] if topic else _dealt(run)
    place = {mark.n: at for at, mark in enumerate(run)}
    for series in series_of(run):
        of_one = len({mark.against for mark in series}) == len(series) > 1
        of_one = of_one or (len(series) > 1 and against_others(series[0]))
        holder = first.holder if first.bracket and first.previous is None else None
        found: list[Mark | None]
        if item is not None:
            found = [item] * len(series)
        elif _is_of_less(series[0]):
            found = [None] * len(series)
        elif dealt:
            found = [dealt[place[mark.n]] for mark in series]
        elif is_of_rise(series[0]):
            found = [_rise_before(series[0]), *[None] * len(series[1:])]
        elif not topic and _follows_change_alone(first, owned):
            found = [None] * len(series)
        elif holder is not None and holder.n in owned and not topic:
            of_holder = owned[holder.n] if can_have(first, owned[holder.n]) else None
            found = [of_holder, *[None] * (len(series) - 1)]
        elif len(names) == len(run) > len(series):  # 收案数、结案数和结案率下降5%、9%和1个百分点
            mine = [names[place[mark.n]] for mark in series]
            found = [by_name(name, mark, passage) for name, mark in zip(mine, series, strict=True)]
        elif of_one:  # 比2017年和2016年分别上升5%、8%, 高于全国、全省2和3个百分点: of one value
            found = owners_of(series[:1], topic, first, owners, passage, owned) * len(series)
        else:
            found = owners_of(series, topic, first, owners, passage, owned)
        for n, (mark, owner) in enumerate(zip(series, found, strict=True)):
            if owner is None:
                led = first if first.bracket else mark
                led = holder if holder is not None and holder.is_change else led
                told = names or (list_of(first, len(series)) if joined and topic else [])
                at = place[mark.n] if names else n
                mark.name = told[at] if told else topic or led.name or first.name
                continue
            if mark.sort == "points" and not owner.is_rate and owner.is_level:
                speed = bool(_SPEED.match(fold(series[0].reported)))
                growth = _growth_of(mark, owner, owned, speed=speed)
                if growth is None and (speed or _goes_on(mark)):
                    mark.name = owner.name or topic
                    continue
                owner = growth or owner
            owner = owned[mark.n] = passing(owner)
            owner.name = owner.name or topic
            for value in _each(mark, topic, owner, passage):
                _claim(mark, value, made)
            _claim(mark, owner, made)
        for mark in series:
            noun = own[place[mark.n]] if own else phrase_of(mark.before)
            counts = COUNTS_ONLY.fullmatch(noun)
            if topic and not counts:
                noun = noun if names else topic if len(series) == 1 else ""
            nouns[mark.n] = noun if not OF_SOME.fullmatch(noun) and (topic or counts) else ""
        known = [owner for owner in found if owner is not None]
        owners = known if len(known) == len(series) else []
    _join_lists(series_of(run), made)
    last = run[-1]
    of_last = owned.get(last.n, last)
    for mark in run[:-1] if of_last.n > last.n else ():
        alone = mark.n not in owned and (mark.sort, mark.against) == ("difference", last.against)
        if alone and fits(mark, of_last):  # 增加30宗,上升25%,共150宗
            owned[mark.n] = of_last
            _claim(mark, of_last, made)


def _is_of_less(mark: Mark | None) -> bool:
    """Whether a change is of another value than the one printed: 剥离地产后营收增长5%、利润增长3%;
    but 剔除减税因素后增长8% is of that one."""
    before = mark.previous if mark is not None and mark.gap.startswith("、") else None
    for each in (mark, before):
        said = _OF_LESS.search(each.before) if each is not None else None
        if said is not None and each is not None and residue(each.before[said.end() :]):
            return True
    return False


def _goes_on(mark: Mark) -> bool:
    """Whether points go on from other points about the same: 增速提高2个百分点,比1-9月提高1个."""
    before = mark.previous
    apart = before is not None and before.sort == "points" and mark.gap.startswith(",")
    return apart and not mark.left


def _growth_of(mark: Mark, owner: Mark, owned: dict[int, Mark], *, speed: bool) -> Mark | None:
    """The growth that points are of, not its value: 出口90亿元,增长5%;…出口加快2个百分点."""
    before, then = mark.previous, owner.following
    if _goes_on(mark) and before is not None and before.n in owned:
        return owned[before.n] if owned[before.n].sort == "change" else None
    return then if speed and then is not None and owned.get(then.n) is owner else None


def _counts_all(topic: str, run: list[Mark]) -> bool:
    """Whether a noun of differences says no more than their units: 死亡9人,同比事故减少2起、3人."""
    if COUNTS_ONLY.fullmatch(topic):
        return True
    units = {mark.counts for mark in run}
    here = {value.counts for value in line_before(run[0]) if value.is_level}
    return len(units) == len(run) and units <= here and bool(_ANY.fullmatch(topic))


def _is_more_of(topic: str, first: Mark) -> bool:
    """Whether a topic is what a value before it has more or less of: 接待90人,比上年多接待9人."""
    more = _MORE_OF.fullmatch(topic)
    values = (value for value in line_before(first) if fits(first, value))
    if more is None:
        return False
    if len(more["of"]) == 1 and more["of"] not in _HARM:
        return any(values)  # 植树90株,比上年多栽9株
    return any(more["of"] in value.before + value.name for value in values)


def _join_lists(lists: list[list[Mark]], made: dict[tuple[int, str], Claim]) -> None:
    """较上述三年分别减少20、30和40宗,即下降5%、8%和9%: of one value, by how much and how many
    percent against each."""
    for first, then in pairwise(lists):
        if len(first) != len(then) or len(first) < 2 or first[0].sort == then[0].sort:
            continue
        last = islice(reversed(made.items()), 2 * len(first))  # those of the run
        of = {claim.roles[1][1].n: key for key, claim in last if len(claim.roles) == 2}
        for one, other in zip(first, then, strict=True):
            if one.n in of and other.n in of and of[one.n][0] == of[other.n][0]:
                made[of[one.n]].roles.append(made.pop(of[other.n]).roles[1])


def _dealt(run: list[Mark]) -> list[Mark]:
    """The values that 分别 deals changes of more than one sort to, or 持平 and another.

    毛利90元、毛利率12%,分别增长5%和2个百分点; 事故9起,死亡8人,同比持平、增加2人.
    """
    first = run[0]
    same = sum(mark.is_unchanged for mark in run)
    if len({mark.sort for mark in run}) == 1 or not ("分别" in first.gap or 0 < same < len(run)):
        return []
    if any(mark.previous is not before or base_in(mark.gap) for before, mark in pairwise(run)):
        return []  # 同比持平,环比增加2人: of one value
    values = (line_before(first) or sentence_before(first))[-len(run) :]
    return values if len(values) == len(run) and all(map(can_have, run, values)) else []


def _rise_before(mark: Mark) -> Mark | None:
    """How much what another rise is compared to rose: the difference before it, or a value that
    is one (新增贷款90亿元,同比多增9亿元), but no stock."""
    at = next((v for v in mark.back() if v.sort == "difference" or not v.is_change), None)
    if at is None or at.counts != mark.counts:
        return None
    return at if at.sort == "difference" or "增" in at.said else None


def _each(mark: Mark, topic: str, owner: Mark, passage: Passage) -> list[Mark]:
    """The values besides its own that a change is of, too: 立案90起、破案70起,均下降5%."""
    then = mark.following
    alone = then is None or not then.is_change or then.gap not in LISTS  # 各减30人及20人: dealt out
    of_both = "两者" in mark.before  # 投诉90宗,其中30宗可追查,两者同比上升9%
    each = of_both or EACH.search(mark.before + mark.reported)
    if not (each or (alone and mark.before.endswith("各"))):
        return []
    if topic:
        names = list_of(mark, 2)
        values = (by_name(name, mark, passage) or by_hint(mark, name) for name in names)
        both = [value for value in values if value is not None]
        return [value for value in both if value is not owner] if len(both) == 2 else []
    found: list[Mark] = []
    after, at = owner, owner.previous
    while at is not None and at.sentence == owner.sentence and fits(mark, at):
        if at.prior or (AMONG.search(after.said) and not of_both) or ";" in after.gap:
            break
        if after is opening(owner) and "分别" in after.gap:
            break  # 300家企业中,甲类、乙类分别有30家、40家,均增长5%
        found.append(at)
        after, at = at, None if of_both else at.previous
    return found[::-1]


def _claim(mark: Mark, owner: Mark, made: dict[tuple[int, str], Claim]) -> None:
    mark.name = owner.name
    if mark.sort == "change" and mark.high < -100:
        mark.notes.append("a fall of more than all: of a balance, not of a count")
        return
    if not in_its_money(mark, owner) or _is_aim(mark):
        return
    at: Mark | None = owner
    while mark.sort == "difference" and at and not at.unit and (at is owner or at.prior):
        at.unit, at.counts = mark.unit, mark.counts
        at = at.previous  # 由9030增至9450,增加420人
    misused = mark.sort == "points" and not owner.is_rate and owner.sort != "change"
    if misused and math.isnan(owner.value):
        return  # 贷款额介乎300-400万元的份额跌1个百分点
    role = "change" if mark.sort == "change" or misused else "difference"
    base = _base(mark, owner)
    claim = made.get((owner.n, base))
    near = claim is not None and claim.roles[-1][1].sentence == mark.sentence
    if claim is not None and near and not claim.of(role):
        claim.roles.append((role, mark))
        return
    if claim is not None and [again.value for again in claim.of(role)] == [mark.value]:
        return  # what has been said before
    if claim is not None and not near and mark.when and not owner.when:
        return  # 幼儿园90所,比上年增长5%。…2018年幼儿园比上年增长4%: of another year's value
    roles = [("current", owner), (role, mark)]
    words = mark.gap.strip(" ,、;。") or mark.reported
    made[owner.n, base if claim is None else f"{base} {mark.n}"] = Claim(
        "change", roles, words[-24:]
    )
    if misused:
        mark.notes.append("points of a number: read as percent")


def _is_aim(mark: Mark) -> bool:
    """Whether a change is one that was aimed at: 完成浓度下降4%、天数减少6%的改善目标."""
    last = mark
    for _ in range(_MOST_AIMS):
        then = last.following
        if then is None or not then.is_change or then.gap[:1] not in LISTS:
            break
        last = then
    return bool(_AIM.match(last.after))


def _base(mark: Mark, owner: Mark) -> str:
    """What a change is against: 比2019年增加9件,同比增长3%, of a value of 2020, are of one base."""
    year, now = mark.against.removeprefix("year "), arabic_year(owner.when)[:4]
    ago = year.isdigit() and now.isdigit() and int(now) == int(year) + 1
    return "year earlier" if ago else mark.against


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
