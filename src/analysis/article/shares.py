"""Ratios: shares of a named or governing total, rates after both counts, averages a head."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .clauses import CLAUSE_ENDS, Claim, Mark, Passage
from .names import alike, phrase_of, stem
from .totals import ALIKE, REACH, SAID_OF, context, governing, levels_back, named
from .words import AMONG, WITHIN, residue

_KEPT = 100  # and how many numerators back one that has a share already
_MOVED = re.compile(  # says nothing of what a share is of: 诈骗300宗,较去年有所增加(占33%)
    r"(?:[有所]*(?:上升|下降|增加|减少|增长|提高|上涨|下跌|回升|回落)|[最居排列][^,]{1,4})$"
)
_SHARE = re.compile(
    r"(?P<before>(?:[^占]|抢占|侵占|占(?=用|地|据|领|道))*)占(?:到|了|比(?!重|例)|有|总体)?(?P<of>[^占,;。]*?)(?:的)?(?:比重|比例|百分比|份额|比率)?"
    r"(?:分别|依次|各|均)?(?:达到|高达|达|为|约|超过|近|是|:|\s)*$"
)
_HAS = re.compile(r",(?:共?有|共?计)")
_WHOLE = re.compile(  # a total without a name of its own
    r"(?:总数|总量|总额|总体|总计|全部|所有|同期|案件|报警|亡人|死亡|伤亡|受伤|伤人|其|该类|总|数|的|比|人数|人次|事故|起数|件数|总人数|受理|全年|全市|全省|全国|全区|全县)*"
)

# Rates that a text gives after both of their counts: the rate, words of its numerator, of its
# denominator. Not 结案率, 起诉率 or 不捕率, which divide by what was carried over, too.
_RATES = [
    ("破案率", r"破", r"立|发案|案发|发生|接报|受理|[刑罪]案|案件"),
    ("破获率", r"破", r"立|发案|案发|发生|接报|受理|[刑罪]案|案件"),
    ("侦破率", r"破", r"立|发案|案发|发生|接报|受理|[刑罪]案|案件"),
    ("救助成功率", r"救助|获救", r"遇险|被困"),
    ("成功率", r"成功", r"调解|受理|实施|处置|救助|申请|劝阻|手术|发射"),
    ("化解率", r"化解|调处", r"排查|受理|摸排|调解"),
    ("办结率", r"办结|办理完毕", r"受理|收到|接到|接收|交办|转办"),
    ("不合格率", r"不合格|问题", r"抽检|检查|检验|抽查|抽样|监测|检测|送检"),
    ("合格率", r"(?<!不)合格", r"抽检|检查|检验|抽查|抽样|监测|检测|送检"),
    ("整改率", r"整改|消除", r"发现|排查|查出|检查"),
    ("阳性率", r"阳性|检出", r"检测|抽检|监测|采样|样本"),
    ("检出率", r"检出|阳性", r"检测|抽检|监测|采样|样本"),
    ("满意率", r"满意", r"回访|受访|调查|测评|评价|办结"),
    ("回复率", r"回复|答复", r"受理|收到|接到|留言|来信"),
    ("达标率", r"达标|优良", r"监测|检测|检查|评价"),
    ("优良率", r"优良|达标", r"监测|检测|评价"),
    ("就业率", r"就业", r"毕业"),
    ("治愈率", r"治愈|出院", r"确诊|收治|报告"),
    ("录取率", r"录取", r"报名|报考|考生"),
    ("接通率", r"接通", r"呼入|来电|呼叫|拨打"),
    ("采纳率", r"采纳|改判|裁定再审", r"建议|抗诉"),
]
_STEM = re.compile(r"([\u4e00-\u9fff]{2})率$")
_NEVER = re.compile(  # rates that divide by what the text does not print
    r"(?:结案|审结|执结|起诉|不诉|不捕|批捕|逮捕|上诉|改判|开庭|支持|采纳|出生|死亡|生育|增长|失业|参与|投票|入学|升学"
    r"|命案|破案|侦破|成功|合格|发案|犯罪|重刑|定罪|调撤|化|增加|满意|占有|利用|贡献|收益|利润|毛利|汇|利)率$"
)
_ANY = re.compile(r"总体?|综合|整体|平均|人命|群众|按期|按时|一次性?|当场|累计")
_PER = [  # averages a head: how they are said, and the unit of what is divided by
    (re.compile(r"人均|每人|平均每?(?:名|位|个?人)|每名|每位"), "persons"),
    (re.compile(r"户均|每个?(?:家庭)?户(?:家庭)?"), "households"),
    (re.compile(r"案均|每案|每件|每起|件均"), "cases"),
]


def ratio_claims(passage: Passage) -> list[Claim]:
    """The ratio claims of a passage; names each share after its numerator."""
    claims: list[Claim] = []
    shared: dict[int, str] = {}  # numerators that have a share, and of what
    open_ones: dict[str, list[tuple[Mark, Mark]]] = {}  # shares of what no value is named
    for run in _runs(passage.marks):
        head = run[0]
        if head.prior:
            continue
        if len(shared) > 2 * _KEPT:
            shared = dict([*shared.items()][-_KEPT:])
        if head.sort == "share":
            elided = re.fullmatch(r".*?([^,;。…]*占)…+", head.gap)  # 占…44.9%
            said = _SHARE.fullmatch((elided[1] if elided else head.said) + _hedge(head))
            if said:
                last = claims[-1] if claims else None
                for share in _shares(run, said["before"], said["of"], passage, shared, last):
                    if share.of("denominator"):
                        claims.append(share)
                    elif said["of"]:
                        rate, numerator = (mark for _, mark in share.roles)
                        open_ones.setdefault(said["of"], []).append((rate, numerator))
            elif (claim := _of_base(head)) or (claim := _rate(head, passage)):
                claims.append(claim)
        elif claim := _average(head, passage):
            claims.append(claim)
    for of, rows in open_ones.items():
        claims += _of_all(of, rows)
    return claims


def _of_all(of: str, rows: list[tuple[Mark, Mark]]) -> Iterator[Claim]:
    """Shares of a total without a value of that name, that make a hundred: of the one in force."""
    total = governing(rows[0][1], {numerator.n for _, numerator in rows})
    if total is None or not sum(r.low for r, _ in rows) <= 100 <= sum(r.high for r, _ in rows):
        return
    for rate, numerator in rows:
        roles = [("rate", rate), ("numerator", numerator), ("denominator", total)]
        yield Claim("ratio", roles, f"占{of}, shares that make 100%")


def _hedge(mark: Mark) -> str:
    """The words with which a share's print begins: 约占30%."""
    return re.match(r"[^0-9一二三四五六七八九十百千]*", mark.reported)[0]  # type: ignore[index]


def _runs(marks: list[Mark]) -> Iterator[list[Mark]]:
    """Shares that follow one another in a list, and averages one by one."""
    run: list[Mark] = []
    for mark in marks:
        goes_on = (
            run
            and mark.sort == "share"
            and mark.previous is run[-1]
            and run[-1].sort == "share"
            and re.fullmatch(r"[\s、,和及与]*", mark.gap)
        )
        if goes_on:
            run.append(mark)
            continue
        if run:
            yield run
        run = [mark] if mark.sort in ("share", "average") else []
    if run:
        yield run


# --- Shares -------------------------------------------------------------------------------------


def _shares(
    run: list[Mark],
    before: str,
    of: str,
    passage: Passage,
    shared: dict[int, str],
    last: Claim | None,
) -> Iterator[Claim]:
    numerators = _numerators(run, before, of, passage)
    wholes = re.split("[、和及与]", of) if len(run) > 1 else [of]
    one_whole = len(wholes) != len(run)
    wholes = [of] * len(run) if one_whole else wholes
    total: Mark | None = None
    for mark, numerator, said in zip(run, numerators, wholes, strict=True):
        if numerator is None:
            continue
        mark.name = numerator.name
        siblings = {*shared, *(n.n for n in numerators if n is not None)}
        whole = SAID_OF.sub("", said.strip('"“”() '))
        if total is not None and one_whole:
            pass
        elif not of and last is not None and _goes_on(mark, numerator, last):
            total, of = last.of("denominator")[0], last.words.removeprefix("占")
        elif _WHOLE.fullmatch(whole):
            within = WITHIN.search(numerator.said)  # 甲类90起。…甲类中,夜间发生30起,占总数的…
            total = within and named(within[1], mark, numerator, passage)
            total = total or governing(numerator, siblings)
        else:
            alike_ones = {n for n, base in shared.items() if stem(base) == stem(whole)}
            total = named(whole, mark, numerator, passage, alike_ones, said, shared)
            of_list = "总" in said and AMONG.search(numerator.said) and whole not in numerator.name
            if total is None and (of_list or re.search(f"的总?{stem(whole)}", numerator.said)):
                total = governing(numerator, siblings)
        shared[numerator.n] = whole
        if total is numerator:
            continue
        roles = [("rate", mark), ("numerator", numerator)]
        roles += [("denominator", total)] if total is not None else []
        yield Claim("ratio", roles, f"占{of}")


def _goes_on(mark: Mark, numerator: Mark, last: Claim) -> bool:
    """Whether a share leaves out the total that the one before it in its sentence has named."""
    rate, _, total = (role_mark for _, role_mark in last.roles)
    named_there = last.words.removeprefix("占") and not _WHOLE.fullmatch(
        last.words.removeprefix("占")
    )
    return (
        bool(named_there)
        and (rate.sentence, rate.paragraph) == (mark.sentence, mark.paragraph)
        and total.counts == numerator.counts
        and numerator.low <= total.high
        and not AMONG.search(numerator.said)
    )


def _of_base(mark: Mark) -> Claim | None:
    """完成…万元,完成预算数…万元的40%: what the share is of stands before it."""
    total = mark.previous
    if mark.gap != "的" or total is None or not total.prior or not total.is_level:
        return None
    part = next((v for v in levels_back(mark) if v.counts == total.counts), None)
    if part is None or part.sentence != mark.sentence:
        return None
    mark.name = part.name
    roles = [("rate", mark), ("numerator", part), ("denominator", total)]
    return Claim("ratio", roles, f"{total.before.strip(' ,')}…的")


def _numerators(run: list[Mark], before: str, of: str, passage: Passage) -> list[Mark | None]:
    head = run[0]
    if len(run) > 1:
        values = [v for v in levels_back(head) if v.sentence == head.sentence][: len(run)]
        if len(values) == len(run):
            return list(values[::-1])
        return [None] * len(run)
    then = head.following
    if then is not None and then.sort == "level" and _HAS.fullmatch(then.gap):
        return [then]  # 私烟占整体案件的75%,共有(90宗)
    topic = next((p for p in map(residue, reversed(CLAUSE_ENDS.split(before))) if p), "")
    if head.bracket and head.previous is None:
        holder = head.holder
        while holder is not None and not holder.is_level:
            holder = holder.previous
        *said, own = CLAUSE_ENDS.split(head.lead)
        if said and _MOVED.sub("", residue(own)):
            head.name = phrase_of(own)  # 出游900人;目的地主要为甲地(占总数70%): of 甲地
            return [None]
        return [None if topic else holder]
    if not topic:
        near = next(levels_back(head), None)
        mean = next(levels_back(head, "average"), None)
        in_it = mean is not None and mean.sentence == head.sentence and "per" not in mean.counts
        if in_it and (near is None or near.sentence != head.sentence):
            near = mean  # 人均工资收入90元,占人均可支配收入的60%
        opens = head.previous is None or head.previous.sentence != head.sentence
        return [near if opens or (near and near.sentence == head.sentence) else None]
    for n in range(head.n - 1, max(-1, head.n - 1 - REACH), -1):
        value = passage.marks[n]
        if value.sort != "level" or value.prior:
            continue
        if alike(topic, value.name) or (len(topic) > 3 and set(topic) <= set(value.name)):
            near = next(levels_back(head), value)
            of_near = not of and near.sentence == head.sentence != value.sentence
            return [None if of_near else value]  # 经海路900人,其中本地旅客占30%: of the 900
    return [None]


# --- Rates and averages -------------------------------------------------------------------------


def _rate(mark: Mark, passage: Passage) -> Claim | None:
    """A rate of the table, after its numerator and its denominator."""
    name = re.sub(r"(?:为|有|达到?|高达|约|是|:|\s)+$", "", mark.before)
    for rate, of_numerator, of_denominator in _RATES:
        if not name.endswith(rate):
            continue
        modifier = _ANY.sub("", residue(name.removesuffix(rate)))
        numerator = denominator = None
        for value in levels_back(mark):
            if mark.sentence - value.sentence > 2:
                break
            said = context(value) + value.after.partition(",")[0][:6]
            if numerator is None and re.search(of_numerator, said):
                numerator = value
                continue
            if numerator is None or value.counts != numerator.counts:
                continue
            next_to = value is numerator.previous and value.sentence == numerator.sentence
            if value.listed and not next_to:
                continue
            of_which = next_to and re.match("当中|中|里", numerator.gap)
            if of_which or re.search(of_denominator, said):
                denominator = value
                break
        if numerator is not None and denominator is not None:
            both = context(numerator) + context(denominator)
            if not set(modifier) <= set(both):
                return None  # 命案破案率, after all cases
            roles = [("rate", mark), ("numerator", numerator), ("denominator", denominator)]
            return Claim("ratio", roles, rate)
        if rate.startswith("不"):
            return None
    return _rate_by_stem(mark, name)


def _rate_by_stem(mark: Mark, name: str) -> Claim | None:
    """Another rate, right after the count that has its stem: 上报90件,处置81件,处置率90%."""
    rate = _STEM.search(name)
    if rate is None or _NEVER.search(name):
        return None
    near = [v for v in levels_back(mark) if v.sentence == mark.sentence][:2]
    if len(near) < 2 or near[0].counts != near[1].counts or rate[1] not in context(near[0]):
        return None
    if not set(residue(name[: rate.start()])) <= set(context(near[0]) + context(near[1])):
        return None
    roles = [("rate", mark), ("numerator", near[0]), ("denominator", near[1])]
    return Claim("ratio", roles, f"{rate[1]}率")


def _average(mark: Mark, passage: Passage) -> Claim | None:
    """人均 and the like, where both what is divided and the heads are printed before it."""
    said = mark.before + _hedge(mark)
    for pattern, heads in _PER:
        hit = pattern.search(said)
        if hit is None:
            continue
        noun = residue(pattern.sub("", mark.before).replace("平均", ""))
        each = hit[0].lstrip("平均每个")  # of a 家庭户, not of a 集体户
        back = levels_back(mark)
        near = [v for v in back if v.counts == heads and mark.sentence - v.sentence <= 1]
        denominator = next((v for v in near if set(each) <= set(context(v))), None)
        denominator = denominator or next(iter(near), None)
        unit = mark.counts.split(" per ")[0]
        values = [
            v
            for v in levels_back(mark)
            if v.counts == unit and (not noun or _shares_words(noun, context(v)))
        ]
        numerator = next((v for v in values if set(each) <= set(context(v))), None)
        numerator = numerator or next(iter(values), None)
        if numerator is None or denominator is None or numerator is denominator:
            return None
        roles = [("rate", mark), ("numerator", numerator), ("denominator", denominator)]
        return Claim("ratio", roles, hit[0])
    return None


def _shares_words(noun: str, said: str) -> bool:
    return sum(c in said for c in noun) >= ALIKE * len(noun)
