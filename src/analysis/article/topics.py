"""The values that a change can be of: those before it, and those that its noun means."""

from __future__ import annotations

import math
import re
from itertools import chain, islice, takewhile

from ..kinds import counted
from .asides import ASIDE
from .clauses import CLAUSE_ENDS, LISTS, Passage
from .distributed import PARTED, opening, whole_words, without_rank
from .earlier import earlier_of
from .marks import Mark
from .names import ITEMS_BEFORE
from .noun_phrases import LONGEST, PREDICATE, phrase_of
from .periods import phrase_in, same_time, so_far
from .same_names import ACTS, alike, stem
from .told_apart import whose_in
from .words import (
    AMONG,
    FROM,
    INCLUDES,
    OF_BASE,
    THAN_NOUN,
    TIME,
    residue,
    without_reports,
)

_REACH = 24  # how many values back a name is looked for
_FAR = 100  # and how many figures back in a sentence any value
_DEALT = re.compile("分别|[均都皆各]$")
THAN_THEM = ("高于", "低于")  # 高于74个城市0.4个百分点
_THAN = frozenset("高低多少快慢")
_IN_MONEY = re.compile(
    r"[按以](新台币|台币|人民币|美元|欧元|日元|港元|港币)计[算价]?[^0-9,;。]{0,6}$"
)
_HINT = re.compile(
    r"(?:^|[,;、])(?:同比|环比)?(?:事故|案件|案|火灾|死亡)?([起件宗户家人对张份辆艘架所间台班列幢套名头只单笔项株座场篇]数|批[次数]|人次|件次)"
)
_THESE = re.compile("这[两二三四五六七八九]")  # 抢险9起,求助8起,这两类警情分别增加5%、8%
_OF_ALL_HERE = re.compile("[全本我该][国省市区县州镇院]")
_PLACE = re.compile("[省市区县州镇乡村站院局所]|公司|集团|企业|部门")
_ASIDE = re.compile(ASIDE)
_FIRST = re.compile("首次|突破|跌破")
_LISTED_NOUNS = r"[,、]|以及|[和及](?!其)"
_LISTS_ON = re.compile("[^,;。0-9]{0,12}?[、和及与]")  # 包括30宗盗窃和(60宗)抢劫
_AIMED_AT = re.compile("的?(?:目标|考核|规定|管理|既定){1,2}(?:值|要求|标准|任务)?(?=[,;。]|$)")
_FEW = 6  # figures before a mark that has been passed
_BESIDE = re.compile(r"[0-9]\s?[、和及与]$")
_AGAIN = re.compile(r"^\s*(?:折合|约合|折算?成|相当于)")
_BY_TIME = re.compile("[日月年周季]均|每[天日月年周季]")
_ABOVE = re.compile(  # 三大市场依次为(甲国、乙国和丙国),(出口)
    "(?:为|是|有|包[括含])(?P<each>[^,;。:为是有]+、[^,;。:]+),(?P<what>[^,;。、和及]{2,8})$"
)
_OF_SHARE = re.compile("占[^占]{2,}的?(?P<share>比[重例]|份额)$")  # 占进出口总值的比重提升2个百分点
_MOVED = re.compile(  # says nothing of what a bracket is of: 诈骗300宗,较去年有所增加(占33%)
    r"(?:[有所]*(?:上升|下降|增加|减少|增长|提高|上涨|下跌|回升|回落)|[最居排列][^,]{1,4})$"
)


def bracket_topic(head: Mark) -> str:
    """The noun of its own that a bracket stands behind: 出游900人;目的地主要为甲地(占总数70%)."""
    if not head.bracket or head.previous is not None:
        return ""
    *said, own = CLAUSE_ENDS.split(head.lead)
    own = ITEMS_BEFORE.sub("", own)
    return phrase_of(own) if said and _MOVED.sub("", residue(own)) else ""


def topic_of(first: Mark, passage: Passage) -> str:
    """The noun between the figure before a change and the change: its last clause with content.

    A value of the base stands between them: 死亡人数较上月的(5人)下降. What follows a bracket is
    the rest of its noun: 经海路(30人)入境的旅客.
    """
    before, said, left = first.previous, first.said, first.left
    more = not _THAN.isdisjoint((first.reported[0], said[-1:]))
    if left and more and (than := THAN_NOUN.search(said)):
        said = said[: than.start()]  # 比农村(高20个百分点)
        left = residue(said)
    of_base = before is not None and before.prior and not _DEALT.search(said)
    again = said[:1] == "的" and "," not in said  # 比上年同期90亿方的蓄水量多9亿方: of the base
    if (again or not left) and before is not None and of_base and not FROM.search(before.before):
        if earlier_of(before) is not None:
            return ""  # 立案90件,去年同期80件,增加10件: of the value before both
        said = before.said
        than = THAN_NOUN.search(said)
        said = said[: than.start()] if than else said  # 比计划的90家(多5家)
        if than and not residue(said):
            return ""
    elif not left:
        return bracket_topic(first)
    elif before is not None and passage.in_bracket(before) and not said.startswith("的"):
        said = said.partition(",")[2] if before.sentence == first.sentence else said
    elif before is not None and _DEALT.search(said) and _bracketed(before, passage):
        return ""  # 输往甲国(90元)与乙国(30元)的货值分别上升5%和8%
    clauses = CLAUSE_ENDS.split(_ASIDE.sub("", without_reports(said)))
    for k, piece in enumerate(reversed(clauses)):
        name = phrase_of(PREDICATE.sub("", piece) if k else piece)
        if _THESE.match(name) or (k and INCLUDES.match(piece)):
            return ""  # 90宗,包括甲、乙,较去年升5%: what is behind the list is of the whole
        if name:
            return name
        if share := _OF_SHARE.search(TIME.sub("", OF_BASE.sub("", piece))):
            return share["share"]
    return ""


def _bracketed(last: Mark, passage: Passage) -> bool:
    """Whether a value is the last of a list of those that a bracket each holds behind its noun."""
    before = last.previous
    listed = last.gap.startswith(LISTS) and before is not None
    return listed and passage.in_bracket(last) and passage.in_bracket(before or last)


def list_of(first: Mark, k: int) -> list[str]:
    """The last k nouns of a list before changes whose values are not printed."""
    said = OF_BASE.sub("", without_reports(first.said))
    said = without_rank(said[: said.rfind("分别")] if "分别" in said else said)
    said = PREDICATE.sub("", said.rstrip(",")).replace("收结案", "收案、结案")
    clauses = said.split(",")
    last = [*map(phrase_of, whole_words(PARTED.split(clauses[-1])))]  # 食品中,猪肉和鲜菜价格(分别)
    acts = any(act.fullmatch(name) for act in ACTS.values() for name in last)
    if len(last) == k > 1 and all(last) and not acts:
        return whole_words(last)
    names = [name for name in map(phrase_of, clauses) if name]
    if len(names) == k:
        return names  # 受理案件,审结、执结案件(分别)
    above = _ABOVE.search(said) if k > 1 else None
    if above is not None and len(each := whole_words(PARTED.split(above["each"]))) == k:
        what = phrase_of(above["what"])  # 前三的有甲国、乙国和丙国,出口分别增长5%、6%和7%
        return [noun + what if len(noun + what) <= LONGEST else noun for noun in each]
    nouns = whole_words(re.split(_LISTED_NOUNS, said))
    names = [name for name in map(phrase_of, nouns) if name]
    return whole_words(names[-k:]) if len(names) >= k else []


def by_name(topic: str, head: Mark, passage: Passage) -> Mark | None:
    """The last value of that name before a change, of the same time where both say one."""
    own = phrase_in(head.tail)
    said = [clause for clause in CLAUSE_ENDS.split(head.said) if phrase_of(clause)]
    if any(stem(topic) in clause and not _says(clause, topic) for clause in said[:-1]):
        return None  # 商场火灾多发,火灾起数上升5%: of those, not of all
    nearer: Mark | None = None
    for n in range(head.n - 1, max(-1, head.n - 1 - _REACH), -1):
        value = passage.marks[n]
        if value.prior or value.is_change or not _named_fit(head, value):
            continue
        if value.bracket != head.bracket and value.bracket and not _again(topic, value, head):
            continue
        if value.sort == "average" and "均" not in head.gap:
            continue
        own_words = value.said[value.said.rfind("中,") + 1 :]  # 企业中,国企利润90元: of no 企业利润
        named_so = alike(topic, value.name, head.said, own_words)
        if nearer is None and not named_so and value.sentence == head.sentence:
            nearer = value if len(topic) > 3 and value.name.endswith(topic) else None
        if nearer is not None and value.sentence != head.sentence:
            return nearer  # 不良率最高的是甲行,为1.5%。乙行不良率1.4%,不良率下降0.2个百分点
        if named_so or _goes_on_from(topic, value) or _acts_on(topic, value):
            apart = value.paragraph != head.paragraph and head.sort == "change"
            if apart and not has_prior(value, head):
                return None  # 新增10件。\n新增同比上升180.37%: of another's
            return value if same_time(value, head) or so_far(value, head) else None
    near = line_before(head) or sentence_before(head)
    line = [v for v in near if _named_fit(head, v) and stem(v.name).endswith(stem(topic))]
    if own:
        line = [value for value in line if value.when == head.when]
    return line[0] if len(line) == 1 and len(topic) > 1 else None


def _says(clause: str, topic: str) -> bool:
    """Whether a clause is of a topic itself: 火灾总数小幅上升."""
    return stem(phrase_of(PREDICATE.sub("", clause))) == stem(topic)


def first_named(topic: str, head: Mark) -> Mark | None:
    """The value of a headline's change, with which the next sentence begins: 客运量同比增长8%。全市
    客运量90万人次,其中…; not where the value has a change of its own there."""
    value = head.following
    while value is not None and value.is_change and value.sentence == head.sentence:
        value = value.following if value.n - head.n < _REACH else None
    if value is None or value.sentence != head.sentence + 1 or value.prior or value.listed:
        return None
    then = value.following
    own = then is not None and then.is_change and then.sentence == value.sentence
    named_so = value.is_level and stem(value.name) == stem(topic) and same_time(value, head)
    whose = _OF_ALL_HERE.sub("", residue(value.before))
    named_so = named_so and (whose in head.tail or not _PLACE.search(whose))  # but 甲市客运量
    return value if named_so and not own and has_prior(value, head) else None


def _again(topic: str, value: Mark, head: Mark) -> bool:
    """Whether a topic takes up what a bracket has told: 游客90人(其中散客30人),散客增长5%."""
    near = value.listed and value.sentence == head.sentence and not head.bracket
    return near and len(noun := stem(value.name)) > 1 and noun in topic


def share_named(topic: str, head: Mark, passage: Passage) -> Mark | None:
    """The one share of that name in the last sentence that has one: 城镇占60%。城镇比重提高…."""
    found: list[Mark] = []
    for value in reversed(passage.marks[max(0, head.n - _REACH) : head.n]):
        if found and value.sentence != found[0].sentence:
            break
        if value.sort != "share" or value.prior or len(stem(value.name)) < 2:
            continue
        if set(stem(value.name)) <= set(topic) or alike(topic, value.name):
            found.append(value)
    return found[0] if len(found) == 1 and same_time(found[0], head) else None


def _goes_on_from(topic: str, value: Mark) -> bool:
    """Whether a value's noun lacks what the one before it says: 发明专利申请90件,授权40件."""
    before, noun = value.previous, stem(value.name)
    if before is None or before.sentence != value.sentence or len(noun) < 2:
        return False
    of, noun_itself, rest = stem(topic).rpartition(noun)
    return bool(of and noun_itself and not rest) and of in before.name


def _acts_on(topic: str, value: Mark) -> bool:
    """Whether a topic is the act whose object a value is named after: 查处违规船(9、8艘)."""
    act = stem(topic)
    return len(act) > 1 and act + value.name in opening(value).before


def _named_fit(mark: Mark, value: Mark) -> bool:
    if mark.sort == "points":
        return value.sort == "share" or (value.is_level and value.reported[:2] not in THAN_THEM)
    return fits(mark, value)


def by_hint(first: Mark, said: str) -> Mark | None:
    """事故起数持平, 人数持平, 批次、人次分别上升: the last value in that unit."""
    hint = _HINT.search(said)
    if hint is None:
        return None
    counts = counted(hint[1].removesuffix("数"))
    line = line_before(first)
    if not line and not any(map(phrase_of, CLAUSE_ENDS.split(first.said)[:-1])):
        line = sentence_before(first)
    line = [v for v in line if not ("死亡" in hint[0] and v.before.endswith("伤"))]
    found = [v for v in reversed(line) if v.counts == counts]
    return next((v for v in found if not v.listed), found[0] if found else None)


def goes_on_about_another(
    first: Mark, topic: str, value: Mark, owned: dict[int, Mark], passage: Passage
) -> bool:
    """刑事案件已结案件增长7%,未结案件下降9%: the second change is of a 刑事案件, too.

    Not where the first one's value stands beside it: 城镇人口90人,乡村人口40人。城镇人口增加…
    Another's by the words ahead of its verb: 甲公司实现利润90元。乙公司实现利润增长5%. Or by 其中
    in another paragraph: 民营企业进出口增长9%。其中,出口增长8%; not where its total changes there.
    """
    if value.paragraph != first.paragraph and AMONG.search(first.tail):
        of = owned.get(first.previous.n) if first.previous is not None else None
        if of is None or of.sentence != value.sentence:
            return True
    before, whose = first.previous, whose_in(first.before)
    if whose is not None and whose["whose"] not in passage.folded[value.paragraph - 1]:
        return value.paragraph != first.paragraph
    if before is not None and before.n in owned and owned[before.n].sentence == value.sentence:
        return False
    return (
        before is not None
        and before.is_change
        and before.sentence == first.sentence != value.sentence
        and ";" not in first.gap
        and before.name.endswith(topic[-2:])
    )


def fits(mark: Mark, value: Mark) -> bool:
    """Whether a value can have such a change."""
    if mark.sort == "difference":
        return value.is_level and value.counts == mark.counts
    if mark.sort == "points":
        return value.is_rate
    return value.is_level or (value.sort == "share" and mark.is_unchanged)


def passing(value: Mark) -> Mark:
    """What has passed a mark, where a change follows the mark: 905亿元,首次突破900亿元,增长5%."""
    if value.low < value.high and _FIRST.search(value.before + value.reported):
        at = value.previous
        while at is not None and value.sentence - at.sentence <= 1 and at.n > value.n - _FEW:
            near = value.low <= at.value <= value.high and at.counts == value.counts
            if near and at.is_level and abs(at.value - value.value) < 0.1 * value.value:
                return at
            at = at.previous
    return value


def has_prior(value: Mark, change: Mark) -> bool:
    """Whether a whole number can have grown so to a count."""
    if value.measure != "count" or value.low != value.high or change.low <= -100:
        return True
    if change.sort != "change":
        return True
    least, most = (100 * value.value / (100 + by) for by in (change.high, change.low))
    return math.floor(most) >= math.ceil(least)


def grown_so(change: Mark, first: Mark, values: list[Mark]) -> Mark | None:
    """The last value, or what a change may be of as well by its words, if only that can have it.

    执行90件(包括7件,同比增长42.53%), 99件136人,增加136%, 586件,其中553件,占94%,增长80.31%: 7, 136
    and 553 cannot have grown so. None where
    only the meaning tells: 分别为5起和3起,同比下降10%; 41件50人,上升50%, of neither. What is behind
    all that 包括 lists is of the whole: 90件,包括甲30件、乙20件,同比增长5%.
    """
    last, before = values[-1], values[-1].previous
    opens = last
    while opens.previous in values and _LISTS_ON.match(opens.gap):
        opens = opens.previous
    if opens is not last and opens.previous in values and INCLUDES.search(opens.said):
        return opens.previous
    if _is_dealt(last):
        return None
    beside = before if not last.gap and before in values else None
    outer = next((v for v in islice(last.back(), _FEW) if last.listed and v.is_level), None)
    of_all = outer if outer and not outer.listed and outer.counts == last.counts else None
    other = first.holder or beside or of_all
    if other is None or not fits(change, other) or has_prior(last, change):
        return last
    return other if has_prior(other, change) else None if beside else last


def _is_dealt(value: Mark) -> bool:
    """Whether a value stands in a list: behind a number that is no figure (3.05和2.41), or 分别."""
    at = opening(value)
    return bool(_BESIDE.search(value.before)) or (at is not value and "分别" in at.before)


def in_its_money(mark: Mark, value: Mark) -> bool:
    """Whether a value is printed in the money that a change is in: 按美元计增长5%."""
    money = _IN_MONEY.search(mark.gap)
    return money is None or money[1] in value.reported


def line_before(first: Mark) -> list[Mark]:
    """The values before a change in its sentence, back to the change before them."""
    values: list[Mark] = []
    mark = first.previous
    if first.bracket and (mark is None or (mark.prior and mark.previous is None)):
        # What a bracket stands behind; 30辆(去年同期20辆,上升50%), too.
        return [] if first.holder is None else [first.holder]
    for mark in islice(first.back(), _FAR):
        if mark.is_change:
            if values:
                break
        elif not mark.prior and not mark.after.startswith(("大关", "关口")):
            values.append(mark)
    values = [value for value in values if not _AIMED_AT.match(value.after)] or values
    return values[::-1]


def sentence_before(first: Mark) -> list[Mark]:
    """The values of the sentence before, where a change opens its own."""
    mark = first.previous
    while mark is not None and mark.prior:
        mark = mark.previous  # …较前年的43人下跌33%
    if mark is None or mark.is_change or mark.paragraph != first.paragraph:
        return []
    near = takewhile(lambda at: not at.is_change, islice(chain([mark], mark.back()), _FAR))
    return [value for value in near if not value.prior][::-1]


def without_again(values: list[Mark], *, of_times: bool = False) -> list[Mark]:
    """Without averages that stand beside what they are the average of (71184件,日均10169件), and
    without what says a value again in another unit (90毫米,折合9亿立方米).

    `of_times`: only those by the day or the month: 罚款90万元,起均3000元,增加200元.
    """
    own = [value for value in values if not _AGAIN.search(value.before)]
    values = own if own and own[-1].sentence == values[-1].sentence else values
    return [
        value
        for value in values
        if not (
            value.sort == "average"
            and (not of_times or _BY_TIME.search(value.before + value.reported))
            and not re.sub(r"平均|每[天日月年周]|[日月年周]均", "", value.left)
            and any(
                other.sort == "level" and other.counts == value.counts.split(" per ")[0]
                for other in values
            )
        )
    ]
