"""Rates after both of their counts (破案率, 合格率), and averages by the head or the day."""

from __future__ import annotations

import math
import re

from ..kinds import counted
from .by_another import one_to
from .by_units import rate_by_units, rate_of_bracket, rate_on
from .clauses import CLAUSE_ENDS, LISTS, Passage
from .far_counts import one_pair
from .marks import Claim, Mark
from .totals import (
    ALIKE,
    REACH,
    characters_in,
    context,
    governing,
    headed,
    hedge_of,
    holds,
    holds_together,
    levels_back,
    nearly,
)
from .words import residue

_SPAN = 2  # sentences between a rate and its counts
_AWAY = 3  # and between it and a total that only arithmetic tells
_NEAR = 3  # values right before a rate that may have its word
_NAMED = 40  # characters of the words of its act
_INCOME = "收入|收益|营收|营业额|销售额"
_CHECKED = "抽检|检查|检验|抽查|抽样|抽验|查验|化验|监测|检测|送检"
# Rates whose counts have names of their own: the rate, words of its numerator, of its denominator.
# Any other rate names its numerator itself: 处置81件,处置率90%.
_RATES = [
    (re.compile(f"(?:{rate})率$"), re.compile(part), re.compile(total))
    for rate, part, total in (
        ("破案|破获|侦破", r"破", r"立|发案|案发|发生|接报|受理|[刑罪]案|案件"),
        ("救助成功", r"救助|获救", r"遇险|被困"),
        ("成功", r"成功", r"调解|受理|实施|处置|救助|申请|劝阻|手术|发射"),
        ("化解|调处", r"化解|调处", r"排查|受理|摸排|调解"),
        (
            "[办结审执清]结|结案",
            r"[办审执清]结|结案|办理完毕",
            r"受理|收|接到|交办|转办|派[单发]|工单|诉求",
        ),
        ("结收", r"[办审执清]结|结案", r"新收|收案"),
        ("不合格(?:发现|检出)?", r"不合格|问题|不符", _CHECKED),
        ("合格|及格", r"(?<!不)[合及]格", rf"{_CHECKED}|[考试]"),
        ("整改", r"整改|消除", r"发现|排查|查出|检查"),
        ("阳性|检出", r"阳性|检出", r"检测|抽检|监测|采样|样本"),
        ("满意", r"满意", r"回访|受访|调查|测评|评价|办结"),
        ("回复|答复", r"回复|答复", r"受理|收到|接到|留言|来信"),
        ("达标|优良", r"达标|优良|好于", r"监测|检测|检查|评价"),
        ("就业", r"就业", r"毕业"),
        ("治愈", r"治愈|出院", r"确诊|收治|报告"),
        ("病死|致死", r"死亡", r"确诊|病例|发病|报告"),
        ("录[取用]", r"录[取用]", r"报名|报考|考生"),
        ("参考", r"实考|参加", r"报名|应考"),
        ("接通", r"接通", r"呼入|来电|呼叫|拨打"),
        ("采纳", r"采纳|改判|裁定再审", r"建议|抗诉"),
        ("城镇化", r"城镇", r"人口"),
        ("参选|投票", r"投票", r"选民"),
        ("重刑", r"五年以上", r"判[决处]|罪犯|人犯|犯罪分子|被告人"),
        (
            "执行|完成|支出",
            r"支出|执行|完成|使用|实际|已",
            r"预算|安排|下达|计划|任务|目标",
        ),
        ("覆盖", r"森林|林地|覆盖", r"国土|土地|辖区|应"),
        ("资产负债", r"负债", r"资产"),
        ("不良(?:贷款)?", r"不良", r"贷款"),
        ("存贷", r"贷款", r"存款"),
        ("毛利", r"毛利", _INCOME),
        ("[纯净]利润?", r"[纯净]利", _INCOME),
        ("利润|盈利", r"利润|盈利", _INCOME),
    )
]
_NEVER = re.compile(  # rates that divide by what no text prints beside them
    r"(?:起诉|不诉|不捕|批捕|逮捕|上诉|改判|开庭|出生|死亡|生育|增长|失业|发案|(?<!新)(?<!再)犯罪|增加|贡献|收益|汇|(?<![毛纯净盈])利)率$"
)
_OF_ARREST = re.compile("(?P<no>不)?[批逮起]?(?P<done>[捕诉])率$")
_LESS = re.compile("[刨扣]除|剔除|除去|不计")  # 若刨除调整数,采纳率85%: of fewer than are printed
_NAME = re.compile(r"(?P<modifier>[^,;:。\s的]*?)(?P<stem>[\u4e00-\u9fff]{2})[率面]")
_AS_RATE = re.compile("(?<=满意)度$|(?<=[\u4e00-\u9fff]{2})进度$|(?<=存贷|结收)比$")  # 支出进度
_VERB = re.compile(
    r"(?:(?:总体|整体|平均)水平|(?:保持|稳定|维持)在|已|约|仅|均|也|为|有|达到?|高达|是|:|\s)+$"
)
_ANY = re.compile(r"总体?|综合|整体|平均|人命|群众|按期|按时|及时|一次性?|初次|当场|累计|实际")
# 命 of 破获命案: a kind of case that other cases are not.
_KIND_OF_CASE = re.compile(
    r"^(?:[破侦立审办收受结执接发报][获破办结理]?|各类|现行|刑事|[全各本]\w|共)*([\u4e00-\u9fff]*?)案(?:件数?)?$"
)
_CARRIED = re.compile(r"(?:[审执清]结|结案)率$")  # divides by the cases carried over, too
_CARRIED_OVER = re.compile(r"旧存|存案|结转|上年未结|积案")
_DUE = re.compile(
    r"应|计划|目标|任务|拟|各项|总|全部|所有"
)  # what was to be, as its share has come about
_OF_DUE, _DONE = re.compile("^[^,;]{0,4}应(?!急|用|诉)"), re.compile("^(?:已|实[际有到]?)")
_TELLING = 0.0015  # how wide one is printed that no words need to tell
_FINE = 0.05  # how wide an average is printed that holds of no two values by chance
_WIDE = 0.12  # a rate printed so roughly holds of counts that it is not of
_PER = re.compile(  # averages: by the head, the household, the case, the day
    r"(?P<mean>[人户案件日])均|(?:平均)?每(?:一?个)?(?P<each>家庭户?|[\u4e00-\u9fff])"
)
_PERSONS, _HOUSEHOLDS = ("persons", "attendances"), ("households",)
_HEADS = dict.fromkeys("人名位", _PERSONS) | dict.fromkeys(("户", "家庭", "家庭户"), _HOUSEHOLDS)
_HEADS |= dict.fromkeys("案件起宗", ("cases",))
_ATTENDED = {"times": "attendances"}  # 人均就诊6.7次, of 诊疗90万人次


def rate_claim(mark: Mark, passage: Passage) -> Claim | None:
    """The claim of a share that is named as a rate, after its numerator and its denominator."""
    name = _VERB.sub("", mark.before)
    name = _AS_RATE.sub("率", name)
    said = _NAME.search(name)
    if said is None or said.end() < len(name) or _LESS.search(mark.gap):
        return None
    if on := rate_on(mark) or rate_of_bracket(mark, passage):
        return on
    if _NEVER.search(name):
        return _of_which(mark, name)
    claim = _by_table(mark, name, passage)
    if not claim and not _CARRIED.search(name):
        claim = _by_its_word(mark, *said.groups()) or _next_to(mark, name, said["stem"])
    if claim and holds(*(each for _, each in claim.roles)):
        return claim
    return _far(mark, name, said["stem"], passage) or claim


def _far(mark: Mark, name: str, word: str, passage: Passage) -> Claim | None:
    """A rate whose counts stand apart: 发出建议90件,…。…期内已回复81件,…,回复率90.0%.

    Both are told by their words, or the total is near.
    """
    row = next((row for row in _RATES if row[0].search(name)), None)
    of_part = re.compile(f"(?<![未不])(?:{row[1].pattern if row else word})")

    def is_part(value: Mark) -> bool:
        near = row is not None or mark.sentence - value.sentence <= 1
        return near and bool(of_part.search(_words_around(value)))

    def is_total(value: Mark) -> bool:
        near = mark.sentence - value.sentence <= _AWAY
        near = near and (
            value.paragraph == mark.paragraph or (row is None and "共" in value.before)
        )
        is_part_of = of_part.search(_words_around(value)) and not _OF_DUE.search(value.before)
        near = near and not is_part_of  # 在线办结90件, of 综合办结率
        return near or (row is not None and bool(row[2].search(_words_around(value))))

    pair = one_pair(mark, passage, is_part, is_total, one_unit=row is None)
    return pair and Claim.ratio(mark, *pair, name)


def _of_which(mark: Mark, name: str) -> Claim | None:
    """审结163件235人,其中批准逮捕134件187人,逮捕率…: of cases or of persons, as one of them holds.

    Where no 其中 says what the part is of, it is of what was carried over, too.
    """
    done = _OF_ARREST.search(name)
    if done is None:
        return None
    here = [v for v in levels_back(mark) if v.sentence == mark.sentence]
    parts = [v for v in here[:2] if v.listed and _is_done(context(v), done)]
    pairs = [(v, t) for v in parts for t in here if not t.listed and t.counts == v.counts]
    fits = [pair for pair in pairs if holds(mark, *pair)]
    return Claim.ratio(mark, *fits[0], name) if len(fits) == 1 else None


def _is_done(said: str, done: re.Match[str]) -> bool:
    """Whether a count is of what a rate says was done, or was not."""
    return done["done"] in said and ("不" in said) == bool(done["no"])


def _by_table(mark: Mark, name: str, passage: Passage) -> Claim | None:
    """A rate whose counts have names of their own."""
    row = next((row for row in _RATES if row[0].search(name)), None)
    if row is None:
        return None
    rate, of_part, of_total = row
    part = total = None
    for value in levels_back(mark):
        if mark.sentence - value.sentence > _SPAN:
            break
        said = _words_around(value)
        if part is None and of_part.search(said):
            part = value
            continue
        if part is None or not (value.counts == part.counts or "" in (value.unit, part.unit)):
            continue  # 发案90件,破案件数是40
        next_to = value is part.previous and value.sentence == part.sentence
        if value.listed and not next_to and not (part.listed and holds(mark, part, value)):
            continue
        if value.listed and _has_before(value):
            continue  # 受理900件,其中旧存300件,新收600件,结案…: of both
        # 受理90件;办结80件,其中调解成功50件,成功率62.5%: of what 其中 is of, where it holds
        among = next_to and part.listed and holds(mark, part, value)
        among = among or (next_to and bool(re.match("当中|中|里", part.gap)))
        if among or of_total.search(said):
            total = value
            if not math.isinf(value.high):
                break  # or else another is more exact: 突破5万件
    if part is not None and total is None:
        above = next(headed(part, set(), passage), None)  # the paragraphs above begin with it
        total = above if above is not None and of_total.search(context(above)) else None
    if part is None or total is None:
        return None
    claim = Claim.ratio(mark, part, total, name)
    if _is_carried(claim) and not _in_base(mark, part, total):
        return None
    modifier = _ANY.sub("", residue(rate.sub("", name)))
    if not set(modifier) <= set(context(part) + context(total)):
        return None  # 命案破案率, after all cases
    kind = _KIND_OF_CASE.search(part.name)
    if kind and not set(kind[1]) <= set(context(total)) and not holds(mark, part, total):
        return None  # 刑事案件900起,破获命案20起,破案率95%
    return claim


def _in_base(mark: Mark, part: Mark, total: Mark) -> bool:
    """Whether a total can be what a rate of cases settled divides by, also those carried over."""
    return not _has_before(total) and nearly(mark, part, total, truncated=True)


def _has_before(value: Mark) -> bool:
    """Whether what was carried over stands before a value: 旧存90件,新收300件,结案…: of both."""
    return value.previous is not None and bool(_CARRIED_OVER.search(value.previous.before))


def settled(ratios: list[Claim], passage: Passage) -> list[Claim]:
    """The ratios without 结案率 where nothing says that the total printed has what was carried
    over: neither its words, nor that any such rate of the text holds as printed."""
    carried = [ratio for ratio in ratios if _is_carried(ratio)]
    if any(holds(*(mark for _, mark in ratio.roles)) for ratio in carried):
        return ratios
    open_ones = {id(ratio) for ratio in carried if not _has_carried_over(ratio, passage)}
    return [ratio for ratio in ratios if id(ratio) not in open_ones]


def _is_carried(ratio: Claim) -> bool:
    court = ratio.words.endswith("办结率") and "案" in context(ratio.of("denominator")[0])
    return court or bool(_CARRIED.search(ratio.words))


def _has_carried_over(ratio: Claim, passage: Passage) -> bool:
    """受理90件(旧存9件): the words say that the total has it."""
    at = ratio.of("denominator")[0].n + 1
    return any(_CARRIED_OVER.search(mark.before) for mark in passage.marks[at : at + 1])


def _by_its_word(mark: Mark, modifier: str, word: str) -> Claim | None:
    """A rate right after a count of its own word: 上报90件,处置81件,处置率90%; or of an act whose
    characters it begins with: 发回重审或改判9件,发改率15%."""
    near = [v for v in levels_back(mark) if mark.sentence == v.sentence]
    for at, part in enumerate(near[:_NEAR]):
        begins = part is mark.previous and re.search("[^,;]*".join(word), part.before[-_NAMED:])
        if word not in _words_around(part) and not begins:
            continue
        totals = [v for v in near[at + 1 :] if v.counts == part.counts]
        totals = [v for v in totals if word not in v.before or _is_of(part, v)]
        totals = [v for v in totals if v.high >= part.low or not (v.listed and part.listed)]
        of_all = governing(part, {v.n for v in near}) if part.listed else None
        totals += [of_all] if of_all is not None and of_all not in totals else []
        total = next((v for v in totals if holds(mark, part, v)), None) or next(iter(totals), None)
        of_which = (part, part.following)  # 审结9件10人: of cases or of persons?
        fits = holds if any(v is not None and not v.gap for v in of_which) else nearly
        beside = [v for v in near[at + 1 :] if v.listed and v.counts == part.counts]
        if total is None or not fits(mark, part, total):
            continue
        alone = not part.listed or holds(mark, part, total)
        if not alone and holds_together(mark, [part, *beside], total):
            continue  # 优秀40件,合格57件,合格率97%: of both
        if set(residue(modifier)) <= set(context(part) + context(total)):
            return Claim.ratio(mark, part, total, f"{word}率")
    return None


def _next_to(mark: Mark, name: str, word: str) -> Claim | None:
    """A rate right behind two counts in its sentence that it holds of, or of what was to be and is:
    名单上的90人,再犯的有3人,再犯率3.3%; 应建镇90个,已建81个,覆盖率90%."""
    near = [v for v in levels_back(mark) if v.sentence == mark.sentence and not v.bracket][:_NEAR]
    if not near or near[0] is not mark.previous:
        return None
    part = near[0]
    total = next((v for v in near[1:] if v.counts == part.counts), None)
    if total is None or mark.high - mark.low > _WIDE * mark.value:
        return None
    if part.low == 0 < part.value or math.isinf(part.high):
        return None  # 得42.1分,低于45分
    is_due = _OF_DUE.search(total.before) and _DONE.search(part.before)
    fits = nearly if is_due else holds
    pairs = ((part, total), (total, part))
    if all(word in each.before and not _DUE.search(each.before) for each in pairs[0]):
        return None  # 在线办结90件,综合办结81件,综合办结率90%
    return next((Claim.ratio(mark, *pair, name) for pair in pairs if fits(mark, *pair)), None)


def _words_around(value: Mark) -> str:
    """A value's clause, what follows it and all: 720人被定罪."""
    return context(value) + CLAUSE_ENDS.split(value.after)[0][:6]


def _is_of(part: Mark, total: Mark) -> bool:
    """Whether a count is of another with its word: 应参保, of 已参保; 贷款, of 不良贷款."""
    return bool(_DUE.search(total.before)) or part.name.endswith(total.name)


# --- Averages -----------------------------------------------------------------------------------


def average_claim(mark: Mark, passage: Passage) -> Claim | None:
    """人均 and the like, where both what is divided and the heads are printed before it."""
    if by := rate_on(mark) or one_to(mark) or rate_by_units(mark, passage):
        return by
    if by := rate_of_bracket(mark, passage) or _with_what_follows(mark, passage):
        return by
    hit = _PER.search(_listed_behind(mark).before + hedge_of(mark))
    if hit is None or math.isinf(mark.high):
        return None  # 甲法院人均收案超过150件
    each = hit["each"] or hit["mean"]
    heads = _HEADS.get(each) or (counted(each),)
    back = [v for v in levels_back(mark) if not v.listed or v.sentence == mark.sentence]
    every = [v for v in back if _is_head(v, heads, hit)]
    near = [v for v in every if mark.sentence - v.sentence <= 1]
    far = [v for v in every if v.paragraph == mark.paragraph]
    by_noun = (v for v in near or far if _is_named(v, hit))  # 教师90人,学生…,平均每名教师
    total = next(by_noun, None) or _with(each, near or far) or next(iter(near or far), None)
    if total is None and not hit["each"]:
        return None
    unit = mark.counts.split(" per ")[0]
    values = [v for v in back if v.counts == unit and v is not total]
    noun = residue(_PER.sub("", mark.before)).replace("平均", "")
    noun = noun.replace("家庭", "") if heads is _HOUSEHOLDS else noun  # 家庭户均人口
    noun = "".join(c for c in noun if total is None or c not in context(total))
    here = [v for v in values if v.sentence == mark.sentence]
    named = [v for v in values if characters_in(noun, context(v)) >= ALIKE * len(noun)]
    named = named if noun else here
    whole = (v for v in named if heads is _HOUSEHOLDS and not v.listed)  # no part of the people
    part = _with(each, named) or next(whole, None) or next(iter(named), None)
    if part is None or heads not in _HEADS.values():  # 收入9万元,人均消费; 日均
        above = passage.marks[max(0, mark.n - REACH) : mark.n][::-1]
        far = [v for v in above if v.sort == "level" and v.counts == unit and not v.prior]
        far = [v for v in far if noun and characters_in(noun, context(v)) >= ALIKE * len(noun)]
        part = next((v for v in [*here, *far] if total and holds(mark, v, total)), None)
    if part is not None and total is not None and holds(mark, part, total):
        return Claim.ratio(mark, part, total, hit[0])
    units = unit, _ATTENDED.get(unit)
    next_to = [v for v in back if v.counts in units and mark.sentence - v.sentence <= 1]
    told = {v.n for v in (*named, *here, *(next_to if len(next_to) == 1 else ()))}
    telling = mark.high - mark.low <= _TELLING * mark.value

    def is_part(value: Mark) -> bool:
        alike = value.counts in units and value.paragraph == mark.paragraph
        return alike and (telling or value.n in told)

    def is_total(value: Mark) -> bool:
        near = value.paragraph == mark.paragraph
        return _is_head(value, heads, hit) and (near or _is_named(value, hit))

    if pair := one_pair(mark, passage, is_part, is_total, fine=_FINE):
        return Claim.ratio(mark, *pair, hit[0])
    if part is None or total is None or not (near and nearly(mark, part, total)):
        return None  # heads of sentences before
    return Claim.ratio(mark, part, total, hit[0])


def _listed_behind(mark: Mark) -> Mark:
    """The average whose words one in another unit has that a list goes on with: 每起9人、2辆."""
    before = mark.previous
    goes_on = before is not None and before.sort == "average" and mark.gap in LISTS
    return before if goes_on and before is not None and before.counts != mark.counts else mark


def _with_what_follows(mark: Mark, passage: Passage) -> Claim | None:
    """An average of which a value or both follow in its sentence, where it holds finely.

    法官人均办案300件,90名法官共办结27000件; 法官90人,人均结案300件,全院共结案27000件.
    """
    hit = _PER.search(mark.before + hedge_of(mark))
    if hit is None or mark.high - mark.low > _FINE * mark.value:
        return None
    each = hit["each"] or hit["mean"]
    heads = _HEADS.get(each) or (counted(each),)
    near = passage.marks[max(0, mark.n - 1) : mark.n + _NEAR]
    near = [v for v in near if v.sort == "level" and v.sentence == mark.sentence and not v.prior]
    near = [v for v in near if v.n < mark.n or not v.listed]  # 人均9元,其中农民工90人…
    totals = [v for v in near if v.counts in heads]
    parts = [v for v in near if v.counts == mark.counts.split(" per ")[0]]
    pairs = [(v, t) for v in parts for t in totals if v is not t and max(v.n, t.n) > mark.n]
    return next((Claim.ratio(mark, *pair, hit[0]) for pair in pairs if holds(mark, *pair)), None)


def _is_head(value: Mark, heads: tuple[str, ...], hit: re.Match[str]) -> bool:
    """Whether a value counts what an average is by: 每家次, 每个网格."""
    of = hit.string[hit.start("each") :] if hit["each"] else ""
    if "个" in hit[0] and hit["each"] not in _HEADS and len(of) > 1:
        return of[:2] in context(value)
    if hit["each"] and value.unit:  # 行政村90个,平均每村; 每家次
        named = len(value.name) > 1 and value.name.endswith(hit["each"])
        return value.counts in heads or named or of.startswith(value.unit.lstrip("万亿"))
    return value.counts in heads


def _is_named(value: Mark, hit: re.Match[str]) -> bool:
    """Whether a value has the noun of the heads that an average is by: 每名调解员."""
    noun = hit.string[hit.end("each") :][:2] if hit["each"] else ""
    return len(noun) > 1 and noun in context(value)


def _with(each: str, values: list[Mark]) -> Mark | None:
    """The first of which the words speak of a head: of a 家庭户, not of a 集体户."""
    return next((v for v in values if set(each) <= set(context(v))), None)
