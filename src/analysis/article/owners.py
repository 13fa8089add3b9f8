"""The value that each change of a list is of: by name, by unit, by order, or the one behind it."""

from __future__ import annotations

import re
from itertools import islice, takewhile

from .clauses import Passage
from .distributed import LEVEL, goes_on, led_up_to, list_from, opening
from .growths import OF_CHANGE, REACH, growth_meant, growth_named, is_one_of, of_mean, of_structure
from .marks import Mark
from .names import COUNTS_ONLY, OF_TWO
from .noun_phrases import phrase_of
from .periods import phrase_in, same_time
from .same_names import alike, stem
from .topics import (
    THAN_THEM,
    by_hint,
    by_name,
    first_named,
    fits,
    goes_on_about_another,
    grown_so,
    line_before,
    list_of,
    sentence_before,
    share_named,
    without_again,
)
from .words import FROM, GENERAL, OF_ALL, OF_BASE, UP_TO, residue

EACH = re.compile(r"(?:(?<=按[年月季周日])|(?<![平人户件案每年月周日]))均|双双|皆|都(?!市)")
_TO_LEVEL = re.compile(rf"[,\s]?{LEVEL}\s?[:]?")
OF_SOME = re.compile("[前后](?P<some>[两二三])?者")
_HOW_MANY = {"两": 2, "二": 2, "三": 3}
SHARE_OF = re.compile(r"(?:所?占?(?:比[重例]|占比|(?:市场)?份额)|恢复(?:程度|水平|比例|率))$")
_RATE = re.compile("(?<!占比)率$")
_TOTAL = re.compile(r"(?:^|[,;])(?:总量|总数|总体|合计|总计)")
MEAN = re.compile(
    r"(?<!按)[日月年周]均(?![价值])|平均每?[天日月年]|年平均|平均$|年复合|平均(?=[增上下递])"
)
_IN_MEAN = re.compile("[均复]")  # one of them stands in each
_OF_THEM = re.compile(
    r"[\u4e00-\u9fff][^,;:。()、]*(?:数量?|[额率值量价]|收入|利润|营收|产值)(?:同比|环比|较|比|[、和及]|$)"
    # 3名犯人的刑期
    # 4个一线城市新建住宅
    r"|[^,;:。()、]{0,4}(?:城市|地区|行业|领域|国家|门类|大类|省[份市]|区县|县区|口岸)[\u4e00-\u9fff]{2,}?(?:同比|环比|较|比|$)"
    r"|[\u4e00-\u9fff][^,;:。()、]*的(?!人数|起数|件数|案件)[\u4e00-\u9fff]{2,4}(?:同比|环比|$)"
)
_CAUSED = re.compile(  # 酒驾导致的死亡人数, 反映延误的投诉
    r"(?:导致|造成|引发|引起)的?[^,;。的]{2,6}$|反映[^,;。]{2,}的[^,;。的]{2,6}$"
)
_OF_ONE_BEFORE = re.compile("[比较][^,;。]{2,}的[^,;。]{0,6}$")  # 年均增长5%,比前十年的年均(增长4%)
_GONE = re.compile("[注吊核]销|退出|关[停闭]|报废|死亡|[流迁转]出|离[职退休]|减少")
_ROUGH = 5  # percent: how wide what says several values again is printed
_OF_THOSE = re.compile("[^,;。]{2,12}[而且](?:[比较与]|相[比较])[^,;。]*$")
_HAS = re.compile(r"[,\s]?(?:共有|有|共|录得|共录得|共计)")


def owners_of(
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
    than = head.previous
    if than is not None and than.reported[:2] in THAN_THEM and "," not in head.gap:
        return none  # 比例高于74个城市0.4个百分点
    above = head.against == "other" and head.reported[0] in "高低"
    if above and head is not first and head.sort == first.sort == "change":
        return none  # 增长9%,比全省高出3%: of growth or of value? only the meaning tells
    last = head.previous if head.is_unchanged else None
    again = last is not None and last.against == head.against and last.value and not head.left
    again = again and bool(OF_BASE.search(head.gap))  # 同比上涨0.9%,与上年同期持平
    if last is not None and last.sort == "change" and (again or OF_CHANGE.search(head.gap)):
        # 上涨0.9%,涨幅与上月持平
        return [growth_meant(head, last), *none[1:]]
    if head is not first and len(before) == len(series) and all(map(can_have, series, before)):
        hinted = by_hint(head, head.said) if len(series) == 1 else None
        return [hinted or before[0]] if len(series) == 1 else list(before)  # 批次…,人次同比下降5%
    growth = growth_named(topic, head, passage, owned) if len(series) == 1 else None
    if growth is not None:
        return [growth]
    if head.sort == "points" and (industries := of_structure(first, passage)):
        return [*industries] if len(industries) == len(series) else none
    if topic in OF_TWO:
        return [_of_two(head, topic, owned), *none[1:]]
    if of_some := OF_SOME.fullmatch(topic):  # 前两者分别增长5%和8%
        values = [v for v in line_before(first) or sentence_before(first) if fits(head, v)]
        many = len(series)
        if many != _HOW_MANY[of_some["some"]] or many > len(values):
            return none
        return [*values[:many]] if topic.startswith("前") else [*values[-many:]]
    if levels := behind(series):
        return list(levels)
    ahead = _level_after(series)
    said = head.before + head.reported
    if _IN_MEAN.search(said) and MEAN.search(OF_BASE.sub("", head.before) + head.reported):
        # but 比多年平均增加5%
        means = [v for v in line_before(first) if v.sort == "average" and fits(head, v)]
        means = [v for v in means if MEAN.search(v.before)]  # 人均收入90元,年均增长5%
        return [*none[1:], means[-1]] if means and not topic else none
    if ahead is not None and (topic or not any(same_time(v, first) for v in line_before(first))):
        return [*none[:-1], ahead]
    # 报警环比上升3.1%,同比下降2.4%: the noun holds for the second list, too.
    if topic and (head is first or not (before or head.sort == "points")):
        of_change = head.sort == "points" and OF_CHANGE.search(first.gap)
        of_share = head.sort == "points" or head.is_unchanged
        named_so = SHARE_OF.search(topic) or SHARE_OF.search(first.left)
        if of_share and named_so and len(series) == 1:
            noun = SHARE_OF.sub("", topic)
            if not noun:
                return [_share_before(first)]
            part = by_name(noun, head, passage)
            share = part.following if part is not None and part.is_level else part
            if share is None or share.sort != "share" or share.prior:
                share = share_named(noun, head, passage)
            if share is not None and is_one_of(share):
                return none  # 业务收入分别占6%、49%和11%…收入比重下降1个百分点: of which of them?
            if share is not None or head.sort != "points":
                return [share]  # 城镇人口90万人,占60%。…城镇人口比重提高2个百分点
        if of_change and first.previous is not None and first.previous.sort == "change":
            rates = passage.marks[max(0, first.n - len(series)) : first.n]
            rates = [growth_meant(first, first.previous)] if len(series) == 1 else rates
            each = all(rate.sort == "change" for rate in rates)
            return [*rates] if each and len(rates) == len(series) else none
        if len(series) > 1 and (values := _list_before(first, topic, len(series))):
            return [*values]
        if len(series) > 1:
            nouns = list_of(first, len(series))
            listed = [by_name(x, head, passage) or by_hint(first, f",{x}") for x in nouns]
            of_them = first.previous in listed and _OF_THEM.match(first.gap)  # 9家公司营收、利润
            each = len(listed) == len(series) and all(listed) and not of_them
            return listed if each else none
        value, here = by_name(topic, head, passage), by_hint(first, first.said)
        if value is None and here is None and head.sort == "difference":
            value = _above(topic, head, passage)
        nearer = here is not None and value is not None and here.sentence > value.sentence
        if value is None or (nearer and here is not None and here.name.endswith(value.name)):
            value = here  # …事故90起。…特大事故2起,死亡9人,同比事故起数持平
        then = _level_after(series, _HAS)
        if then is not None and "有" in then.gap and not alike(topic, then.name or topic):
            then = None  # 蓄水偏少四成,有9条河断流
        if value is not None and then is not None and then.counts == value.counts:
            value = then  # 经陆路旅客90人;经海路旅客上升10%,有50人
        if head.sort == "points" and head.previous is first.previous and _OF_THOSE.match(first.gap):
            value = head.previous  # 48%信任市长而比上月增加0.3个百分点
        if value is None and OF_ALL.match(topic):  # 被捕29名,其中…,其余11人,整体被捕数目下跌33%
            all_here = [v for v in line_before(first) if can_have(head, v)]
            wholes = [v for v in all_here if not v.listed]
            value = wholes[-1] if 0 < len(wholes) < len(all_here) else None
        same = owned.get(first.previous.n) if first.previous is not None else None
        if value is not None and same is not None and same.reported == value.reported:
            value = same  # 举报90件。\n消费者举报90件,增加9件,举报量增长11%: printed twice
        if value is not None and value.listed and same is not None:
            value = _beside_its(same, topic, first) or value
        if value is not None and value.sentence != first.sentence and _is_caused(first):
            value = None  # 酒驾导致的死亡人数下降5%: of those
        if value is first.previous and _OF_THEM.match(first.gap):
            value = None  # 12家法院收案数上升5%: of their cases
        if value is not None and goes_on_about_another(first, topic, value, owned, passage):
            value = None
        if value is None and then is None and head.sort == "change":
            then = first_named(topic, head)
        return [value or then]
    if head.sort == "points":
        previous = head.previous
        of_base = previous is not None and (previous.prior or _OF_ONE_BEFORE.match(previous.before))
        if previous is not None and of_base and len(series) == 1:
            previous = previous.previous  # 增长5%,增速比上月的4%加快1个百分点
        if len(series) > 1 and "分别" in head.gap and (dealt := _changes_before(head, len(series))):
            return [*dealt]
        if previous is not None and previous.sort == "change":
            rates = [each for each in passage.marks[first.n : head.n] if each.sort == "change"]
            if len(rates) == len(series) == head.n - first.n and not of_base:
                return list(rates)  # 分别增长5%和8%,高于全市增幅2和5个百分点
            return [growth_meant(head, previous), *none[1:]]  # 增长1.7%,增速提高0.2个百分点
    line = line_before(first)
    if not line and not first.bracket:
        line = sentence_before(first)
    if len(series) == 1 and _TOTAL.search(first.said) and (total := of_mean(first.previous)):
        return [total if can_have(head, total) else None]
    if head.sort == "difference":
        of = by_hint(first, first.said) if len(series) == 1 else None
        if of is not None and any(v.listed and v.counts == of.counts for v in line):
            return [of]  # 结婚90对,含再婚9对,对数减少2对
        values = without_again(line, of_times=True)
        found = _by_unit(series, values)
        made = [v for v in values if _makes_up(head, v)] if len(series) == 1 else []
        return [*made] if len(made) == 1 and found[0] not in made else found
    if len(series) == 1 and head.sort == "change" and (of := by_hint(first, first.said)):
        return [of]  # 事故1起,死亡9人,同比起数持平
    values = [value for value in line if fits(head, value)]
    of_one = len(series) == 1 and head.sort == "change"
    said_so, subject = _subject(first, passage) if of_one else (False, None)
    if said_so:
        return [subject]
    each_own = head.sort == "change" and "分别" in head.gap
    rates = line[-len(series) :] if of_one or each_own else []
    named = [v for v in rates if fits(head, v) or (v.is_rate and _RATE.search(v.name))]
    if len(named) == len(series) and any(v.is_rate for v in named):
        values = named  # 结案90件,结案率90%,上升2%
    last = first.previous
    if of_one and last is not None and last.sort == "share" and last.left:
        hinted = by_hint(last, last.said)  # 案件90件,标的80元,案件数占60%,上升9%
        values = [v for v in values if v is hinted or v.name == last.name] or values
    beside = last is not None and last.sort == "average"  # 火灾90起,日均3起,总数上升9%
    if _TOTAL.search(first.said) and not beside:  # 总量上升: of what is no part
        before_it = passage.marks[max(0, first.n - REACH) : first.n]
        whole = [v for v in before_it if fits(head, v) and not v.prior and not v.listed]
        values = [v for v in whole if v.paragraph == head.paragraph] or values or whole
    between = first.previous is not None and first.previous.prior
    if between and (whole := [value for value in values if not value.listed]):
        values = whole  # 被捕29名,其中…,其余11人,较前年的43人下跌33%
    values = without_again(values)
    own = phrase_in(first.said)
    if own and not GENERAL.fullmatch(own):  # its own time: 其中二季度增长5%
        values = [value for value in values if value.when and same_time(value, first)]
    rough = values[-1] if len(values) > len(series) > 1 else None
    if rough is not None and rough.sort == "share" and rough.high - rough.low > _ROUGH:
        those = values[-1 - len(series) : -1]
        # 甲(93.1%)和乙(92.1%)均逾九成,分别增加6.8和7.1个百分点
        again = all(rough.low <= v.low and v.sort == "share" for v in those)
        values = those if again else values
    if head.sort == "points" and not values:
        values = [v for v in line if v.is_level and v.reported[:2] not in THAN_THEM]
        # 百分点 misused for %
    if len(series) > len(values):
        return none
    if of_one:
        of_each = EACH.search(head.before + head.reported)
        return [values[-1] if of_each else grown_so(head, first, values)]
    return list(values[-len(series) :])


def _share_before(first: Mark) -> Mark | None:
    """The last share before a change of it that a semicolon does not part from it."""
    after = first
    for at in first.back():
        if ";" in after.gap:
            return None
        if at.sort == "share" and not at.prior:
            return at
        after = at
    return None


def _is_caused(first: Mark) -> bool:
    """Whether a change is of those alone that something caused, or that tell of it."""
    return bool(_CAUSED.search(OF_BASE.sub("", first.said)))


def _beside_its(same: Mark, topic: str, first: Mark) -> Mark | None:
    """The value of a name beside the one that the change before is of: 事故90起,死亡20人。其中特大
    3起,死亡9人。与去年相比,事故减少9起,死亡人数减少5人, of the 20."""
    last = first.previous
    if same.listed or last is None or last.sentence != first.sentence:
        return None
    near = (v for v in (*same.ahead(), *same.back()) if fits(first, v) and not v.prior)
    return next((v for v in near if not v.listed and alike(topic, v.name)), None)


def _above(topic: str, head: Mark, passage: Passage) -> Mark | None:
    """The one value in its unit that ends the paragraph above, where 起数 tells of its noun:
    交通事故90起,死亡20人。\n与去年相比,事故起数减少9起."""
    counts = COUNTS_ONLY.search(topic)
    if head.previous is not None or counts is None or not head.n:
        return None
    last = passage.marks[head.n - 1]
    near = passage.marks[max(0, head.n - REACH) : head.n]
    values = [v for v in near if v.sentence == last.sentence and fits(head, v) and not v.prior]
    named_so = [v for v in values if v.name.endswith(topic[: counts.start()])]
    return named_so[0] if len(named_so) == len(values) == 1 and not named_so[0].bracket else None


def _list_before(first: Mark, topic: str, count: int) -> list[Mark]:
    """The values that 分别 deals out in the sentence before, whose noun a list of changes has:
    三区满意度分别为50%、45%和40%。满意度分别上升3、2和1个百分点."""
    last = first.previous
    if last is None or "分别" not in first.gap or not 0 < first.sentence - last.sentence <= 1:
        return []
    values = [*list_from(opening(last))]
    dealt = "分别" in values[0].before and len(values) == count and values[-1] is last
    named_so = all(stem(v.name).endswith(stem(topic)) for v in values)
    return values if dealt and named_so and all(can_have(first, v) for v in values) else []


def _subject(first: Mark, passage: Passage) -> tuple[bool, Mark | None]:
    """Whether the share before a change says what it is of, and the value that is: 立案90件,
    标的额9亿元,案件数占总数的40%,同比上升5%; 产值40亿元,女职工占40%,比上年增长5%."""
    share = first.previous
    if share is None or share.sort != "share" or "占" not in share.before or first.left:
        return False, None
    noun = phrase_of(share.before.partition("占")[0])
    if not noun or share.sentence != first.sentence:
        return False, None
    return True, by_name(noun, share, passage) or by_hint(share, share.said)


def _changes_before(head: Mark, many: int) -> list[Mark]:
    """So many percentages right before points that 分别 deals to them: 甲业增长9%,乙业增长8%,
    增速分别高于全省3个和2个百分点."""
    run = [*islice(takewhile(lambda at: at.sort == "change", head.back()), many)]
    return run[::-1] if len(run) == many else []


def _of_two(head: Mark, topic: str, owned: dict[int, Mark]) -> Mark | None:
    """The first or the second of two values: 甲类、乙类分别有30家、40家,前者增长5%,后者下降3%."""
    former = owned.get(head.previous.n) if head.previous is not None else None
    if topic == OF_TWO[1] and former is not None and former.following is not None:
        return former.following if can_have(head, former.following) else None
    values = [v for v in line_before(head) or sentence_before(head) if fits(head, v)]
    if len(values) > 1:
        return values[-2 if topic == OF_TWO[0] else -1]
    two = _of_changes(head)  # 环比立案下降5%,结案增长9%;同比前者增长2%,后者下降3%
    one = owned.get(two[OF_TWO.index(topic)].n) if len(two) == len(OF_TWO) else None
    return one if one is not None and can_have(head, one) else None


def _of_changes(head: Mark) -> list[Mark]:
    """The two changes in its sentence that another one, or a pair of such, goes on from."""
    run = takewhile(lambda at: at.is_change, head.back())
    return [at for at in run if not any(word in at.before for word in OF_TWO)][::-1]


def behind(series: list[Mark]) -> list[Mark]:
    """The values that a list of changes leads up to: 分别上升5%和9%,至30宗和40宗."""
    levels = led_up_to(series[-1], len(series)) if len(series) > 1 else []
    return levels if all(map(can_have, series, levels)) else []


def can_have(mark: Mark, value: Mark) -> bool:
    return fits(mark, value) or (mark.sort == "change" and value.is_level)


def _makes_up(head: Mark, value: Mark) -> bool:
    """Whether a value is what the base before a difference has become by it: 收押410人,其中64人…,
    较去年的950人减少540人."""
    base = head.previous
    if base is None or not base.prior or value.counts != base.counts or not value.is_level:
        return False
    return base.low + head.low <= value.high and value.low <= base.high + head.high


def _by_unit(series: list[Mark], line: list[Mark]) -> list[Mark | None]:
    """To the last difference in a unit belongs the last value in it, and so on back."""
    values: dict[str, list[Mark]] = {}
    for value in line:
        if value.is_level:
            values.setdefault(value.counts, []).append(value)
    found: list[Mark | None] = []
    for mark in reversed(series):
        left = values.get(mark.counts) or values.get("")  # 人口766579,增加2028人
        net = mark.reported[:1] == "净" and mark.against in ("", "not stated")
        of_two = net and left and _GONE.search(left[-1].before)  # 新登记90家,注销60家,净增30家
        found.append(left.pop() if left and not of_two else None)
    return found[::-1]


def _level_after(series: list[Mark], words: re.Pattern[str] = _TO_LEVEL) -> Mark | None:
    """The level that a change leads up to: 下跌0.1个百分点至3.3%."""
    mark = series[-1]
    after = mark.following
    if mark.reported[1:2] in ("开", "開"):
        return None  # 高开85点,收报18212点: that of the opening
    if after is not None and after.prior and (from_ := FROM.search(after.before)):
        if residue(after.before[: from_.start()]):
            return None  # 件数下降44%,破获率从62%升至86%
        level = after.following  # 上升2倍,由9宗增至27宗
        return level if level is not None and UP_TO.match(level.gap) else None
    if after is None or after.is_change or after.prior or not words.fullmatch(after.gap):
        return None
    if len(series) > 1 and after.following is not None and goes_on(after.following):
        return None  # 分别上升5%、6%和9%,为30宗和40宗: of which of them is not told
    return after if fits(mark, after) or mark.sort == "change" else None
