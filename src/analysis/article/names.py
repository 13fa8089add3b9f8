"""What a figure counts: the noun phrase of its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ..quotients import in_another
from .clauses import CLAUSE_ENDS, Passage
from .distributed import dealt_out, led_up_to
from .marks import Mark
from .noun_phrases import CASES, LONGEST, PAIRED, PREDICATE, phrase_of
from .words import (
    BREAKDOWN,
    INCLUDES,
    INSIDE,
    MOVING,
    WITHIN,
    residue,
    without_reports,
)

HAN = re.compile(r"[\u4e00-\u9fff“\"《]")
_IS = re.compile(
    r"(?:(?:为|是|系|属于?|涉及?)([^,;。()0-9]{2,12}?)|已?被([^,;。()0-9]{2,3}))(?=[,;。()]|[、和及与]?$)"
)
_REGIONS = re.compile(r"省(?:[(、]+(?:自治区|直辖市|区|市)\)?)+")  # 31个省(区、市)
_ALL_OF = re.compile("(?:这|上述|(?<!针)对(?:全[国省市区县])?)$")
_DOES = re.compile(  # what those do that were counted before: 90人,有80人表示满意
    r"表示|认为|觉得|反映|存在|落实|参[与加](?!者|率)|包[含括]在|计入|披露|选择|愿意|采用|对(?![外台口照])"
)
_SAYS_OF = "关乎|源于|未(?:有|能|曾|获|予|经)|没有|须|曾|愿意|具名|支持|反对"  # 90宗未能调解
NOT_AFTER = re.compile(  # what follows a number and is not what it counts
    rf"{MOVING}|中(?=[,;。、有已仅只破结查]|$)|计算?(?!机|划|时|生|件)|[测推]算"
    r"|(?!被(?:捕|告|害)人|上[市海级]|下[属级岗辖]|内[地资河]|共[享青]|再生|等级)(?:比(?![例赛])|较(?![大重])|[占的和及与或同环为是在被已均也又分每次至到降升增减下上左右以内共约再以等并且而但则即其总合另却仍，]|按[年月季周]|平均|相比|相当|达|人民币|超|高(?![层中校新速温龄危铁])|低|多|少|快|慢|扩|收窄|持平|不等|之"
    rf"|{_SAYS_OF}"
    r"|涉及(?![^,;。]{0,16}的)|最[多少高低大]|[大小]幅|[大微略急激剧猛骤][增减升降跌涨]|略有|显著|明显|居(?!民|住|委|家)|名列|位[居列]|排[名在第]|其次|[持连]续|逐[年月步]|稳步)"
)
_NOUN_ENDS = re.compile(
    r"[\s,，。;；:：、!?()|…\[\]（）0-9]|被|参[与加]|披露|认为|存在|落实|表示|[组构]成|进行|获|受(?!害|伤|访)|接受|同比|环比|比(?![例赛])|较(?![大重])|占|分别|平?均|为|是|在|已|涉嫌|上升|下降|增长|减少|增加|提高|(?<!及)(?<!及其)以上|超过?(?=[近约0-9百千万亿])|及(?!其?以[上下])|和|与|或|等|共(?!同|享)|之?中(?=[有,;。]|$)"
)
ITEMS_BEFORE = re.compile(r".*(?:、|主要?[有为是]|见于|集中在)(?=..)")  # 主要有甲业、乙业(+5%)
_RATE_BEHIND = re.compile("的([^,;。的0-9]{2,8}(?<!效)(?<![^成]功)率)")
_OF_THEIRS = re.compile("[^的]{0,6}[数量额率]|[^的]{0,4}金额")  # 9个区(的立案数)
_OF_PEOPLE = re.compile(
    "(?!以[上下]|左右|的)(?=[^,;。0-9的]{0,6}?(?:[人者民员户生众童家客主]|企业|公司|机构))"
)
_DOES_SO = re.compile(
    "(?<=[人者民员户生众童家客主业司构])(?:支持|反对|赞成|同意|愿意|认为|表示|希望|担心|计划|选择|使用|拥有|从事|居住|持有"
    "|来自|属|[已未曾须需会能可不没有在是为])"
)
_OF_SEVERAL = re.compile("[两三四五六七八九十][类项种个]")
_THAN = re.compile("[比较](?![例重率赛大])")
_THAN_VALUE = re.compile(
    r"[仍但均也还惟亦]*(?:[比较](?![例重率赛大])|[高低多少]于)(?P<noun>(?![^,;。]*(?:同期|[常历往多]年))[^,;。]{2,12})"
)
_AS_A_BASE = re.compile("的$|预算|目标|计划|任务|预期|平均|水平|均值|[峰高低][值位点]")
_ACT_LONGEST = 4  # characters of a verb, or of two
_OF = re.compile(
    "(?<![侵抢霸强])占(?![比有道用领率据]|地(?!区|方))(?![^,;。]*(?:比重|比例|份额))([^,;。占]{2,})$"
)
_OF_REGION = re.compile("(?<=..)占地[区方][^占]*$")  # 服务业占地区生产总值的(40%)
_MADE_UP = re.compile("[^,;。]{0,6}[组构]成,(?:总[额数量计]|[共合]计|共)[^,;。]{0,2}$")
_ITEM = re.compile("[^,;。、0-9]{1,12}(?:、|,?(?:以?及|和|与))")  # (9公斤)大麻、
_REST = re.compile("[,;而]*(?:其余|余下|剩余|剩下)的?")
_SUPPOSED = re.compile("(?:若|如(?!期|东|皋)|倘|假[如若设])")


def _noun_after(line: str, mark: Mark, value: Mark | None) -> str:
    """The noun that follows a count: 12名员额法官."""
    at = mark.end
    behind = at + (line[at : at + 1] == ")" and mark.holder is not None)  # 三成(30人)为青年
    end = mark.following.start if mark.following and mark.following.start > at else len(line)
    if (is_of := _IS.match(line, behind, end)) and _is_unsaid(mark.before):
        return is_of[1] or is_of[2]  # 其中90人次为本地旅客, 9人已被检控
    if mark.sort == "share" and (rate := _RATE_BEHIND.match(line, mark.end)):
        return rate[1]  # 甲市99.9%的调解成功率
    if mark.sort == "share" and line.startswith("的", mark.end) and not residue(mark.before):
        return phrase_of(CLAUSE_ENDS.split(mark.after)[0].lstrip("的"))  # 30%的业务实现网办
    if mark.sort == "share" and _OF_PEOPLE.match(line, mark.end) and not residue(mark.before):
        return _DOES_SO.split(noun_at(line, mark.end), maxsplit=1)[0]  # 近七成受访市民支持
    listed = _NOUN_LISTED.match(line, at) or (value is not None and _AFTER_ONE.fullmatch(mark.gap))
    if mark.measure == "amount" and listed and HAN.match(line, at):
        return noun_at(line, at)  # 9吨粗钢、8吨水泥和7千瓦机组
    if mark.measure not in ("count", "rate") or mark.sort in ("share",) or not HAN.match(line, at):
        return _item_after(line, mark) if mark.measure == "amount" else ""
    if NOT_AFTER.match(line, at) and not mark.before.endswith("对"):  # 对9人减刑
        return ""
    alike = value is not None and value.counts == mark.counts and value.sentence == mark.sentence
    if (alike or phrase_of(mark.before)) and _DOES.match(line, at):
        return ""
    if regions := _REGIONS.match(line, at):
        return regions[0]
    return noun_at(line, at, of_all=bool(_ALL_OF.search(mark.before)))


def _item_after(line: str, mark: Mark) -> str:
    """The noun behind a quantity in a list of such: 检获9公斤大麻、8公斤冰毒和30克海洛英."""
    pairs = ((mark, mark.following), (mark.previous, mark))
    listed = (a and b and _ITEM.fullmatch(b.gap) and in_another(a.unit, b.unit) for a, b in pairs)
    is_noun = HAN.match(line, mark.end) and not NOT_AFTER.match(line, mark.end)
    return noun_at(line, mark.end) if is_noun and any(listed) else ""


def _is_unsaid(before: str) -> bool:
    """Whether the words before a count say nothing of what it counts: 其余9人为学生."""
    return bool(_REST.fullmatch(before)) or not phrase_of(before.rpartition("、")[2])


def noun_at(line: str, at: int, *, of_all: bool = False) -> str:
    """The noun that begins in a line; `of_all`: 这9件投诉的总额达3万元, 对全国9个省的调查."""
    ends = _NOUN_ENDS.search(line, at + 1, at + 24)
    noun = line[at : ends.start() if ends else at + 24]
    if of_all:
        noun = noun.partition("的")[0]
    whose, of, noun = noun.rstrip("的").rpartition("的")
    noun = whose if of and _OF_THEIRS.fullmatch(noun) else noun
    if noun in ("发生", "来自"):
        return ""  # 18起较大火灾中有10起发生(在住宅)
    return noun.strip('“”"《》')[:LONGEST]


def set_names(passage: Passage) -> None:
    """Set `name` of each mark that is no change; changes are named by what they change."""
    named: dict[int, str] = {}  # those that 分别 deals out
    values: list[Mark | None] = []  # before each mark the last that is no change, on its line
    for mark in passage.marks:
        at = mark.previous or mark.holder
        values.append(values[at.n] if at is not None and at.is_change else at)
        line = passage.folded[mark.paragraph - 1]
        mark.name = _noun_after(line, mark, values[-1]) or _named_before(mark, values[-1])
        if dealt := dealt_out(mark):
            named |= _dealt_names(mark, *dealt)
        mark.name = named.get(mark.n) or _of_plan(mark, values[-1]) or mark.name
        before = mark.previous
        pairs = before is not None and before.is_level and mark.gap in PAIRED
        if before is not None and pairs and mark.n not in named:
            pair = _PAIR.split(before.before)
            if len(pair) == 2 and before.counts != mark.counts:  # 起数和人数为30起、115人
                before.name, mark.name = phrase_of(pair[0]), phrase_of(pair[1])


def _dealt_names(first: Mark, marks: list[Mark], nouns: list[str]) -> dict[int, str]:
    """The names of values that are each of its own noun: where one noun follows another's 的, by
    both; and those of the values that their changes lead up to."""
    _, deals, done = first.gap.rpartition("分别")  # 甲站、乙站分别发送旅客(30人)
    is_whole = bool(deals) and first.is_level and done.endswith(first.name) and done != first.name
    names = [phrase_of(PREDICATE.sub("", noun)) + first.name * is_whole for noun in nouns]
    if names[0] and len(set(names)) == 1:  # 甲级、乙级酒店的入住率
        whose = [phrase_of(noun.rpartition(names[0])[0].rstrip("的")) for noun in nouns]
        fits = all(len(each + names[0]) <= LONGEST for each in whose)
        names = [each + names[0] * fits if each else names[0] for each in whose]
    if not first.is_change:
        return {mark.n: name for mark, name in zip(marks, names, strict=True)}
    then = led_up_to(marks[-1], len(names))
    return {mark.n: name for mark, name in zip(then, names, strict=False)}


def _of_plan(mark: Mark, value: Mark | None) -> str:
    """The noun of a value before, whose verb is said again: 计划改造小区90个,实际改造(95个)."""
    act = mark.left if value is not None and len(mark.left) <= _ACT_LONGEST else ""
    if value is None or not act or value.counts != mark.counts or value.sentence != mark.sentence:
        return ""
    noun = value.before.rpartition(act)[2] if act in value.before else ""
    within = value.name.find(act) > 0 and "计划" not in value.name
    noun = "" if within else noun  # 食物中毒事故9起,中毒(30例)
    is_noun = noun[:1] not in PAIRED and noun.endswith(value.name[-2:])
    return phrase_of(noun) if is_noun and not mark.listed else ""


def _named_before(mark: Mark, value: Mark | None) -> str:
    if mark.is_level and (of := _OF.search(mark.before)) and (name := phrase_of(of[1])):
        return name  # 占商事收案(90件的三成)
    of_one = mark.is_change or (mark.gap and not _OF_SEVERAL.search(mark.lead))
    lead = ITEMS_BEFORE.sub("", mark.lead) if of_one else mark.lead
    said = mark.gap if residue(mark.gap) else lead or mark.gap  # 供水(共90件)
    if value is not None and value.name and said.startswith(f"{value.name}的"):
        said = said.removeprefix(f"{value.name}的")  # 9个区的立案数为(90件)
    pieces = CLAUSE_ENDS.split(without_reports(said))
    if not mark.is_change and value is not None and (than := _THAN_VALUE.fullmatch(pieces[-1])):
        if _AS_A_BASE.search(than["noun"]):
            return value.name  # 比本地工的(90元), 较原定目标(90人)
        if name := phrase_of(than["noun"]):
            return name  # 高于退出率(2.5%)
    if _MADE_UP.match(mark.gap):  # 收入由甲90元和乙60元组成,总额为150元
        heads = (phrase_of(v.before.rpartition("由")[0]) for v in _back_from(mark))
        if name := next((head for head in heads if head), ""):
            return name
    if _REST.fullmatch(pieces[-1]):  # 其余90件
        alike = (v for v in _back_from(mark) if v.is_level and v.counts == mark.counts)
        if (whole := next(alike, None)) is not None:
            return whole.name
    for k, piece in enumerate(pieces[:-4:-1]):
        if k and k == len(pieces) - 1 and value is not None and piece.endswith(INSIDE):
            return value.name  # 90名毕业生中,有60名
        if k and k == len(pieces) - 1 and value is not None and _OF_VALUE.match(piece):
            return value.name  # 90宗未能调解,另有8宗
        if BREAKDOWN.fullmatch(piece):
            continue  # 分年度看,2021年(90件)
        if k and (INCLUDES.match(piece) or _SUPPOSED.match(piece)):
            continue  # 毒品案件,包括贩毒,录得90宗; 若计入旧存,则为90宗
        piece = _OF_REGION.sub("", piece)
        if name := phrase_of(PREDICATE.sub("", piece) if k else piece):
            if _OF_CHANGE.fullmatch(name) and not mark.is_change:
                continue  # CPI上涨0.7%,涨幅稳定在0.6%至0.8%
            if name in OF_TWO:  # 甲类30家,乙类40家,后者占(55%)
                both = [v for v in _back_from(mark) if v.is_level and not v.before.endswith(OF_TWO)]
                return both[name == OF_TWO[0]].name if len(both) > 1 else name
            within = CASES.fullmatch(name) and WITHIN.search(mark.gap)
            return (within and phrase_of(within[1])) or name  # 在盗窃的组别中,录得罪案(9宗)
    for change in _back_from(mark):
        if not change.is_change:
            break
        clause = CLAUSE_ENDS.split(change.said)[-1]
        if not _THAN.match(clause) and (name := phrase_of(clause)):
            return name  # 旅客增加5%,比总体高2个百分点,达900人
    led = mark.previous
    if led is not None and led.is_change and led.counts == mark.counts:
        alike = (v for v in _back_from(led) if v.is_level and v.counts == mark.counts)
        value = next(alike, value)  # 甲店30家,占5%;增加2家,达到32家
    return value.name if value is not None else ""


def _back_from(mark: Mark) -> Iterator[Mark]:
    """The marks before one in its sentence, the nearest first."""
    return islice(mark.back(), LONGEST)


_OF_VALUE = re.compile(_SAYS_OF)
_NOUN_LISTED = re.compile(
    r"(?![增减上下][长加少升降])[\u4e00-\u9fff]{2,10}(?:、|和|以?及)[约近超]?[0-9]"
)
_AFTER_ONE = re.compile(r"(?![增减上下][长加少升降])[\u4e00-\u9fff]{2,10}(?:、|和|以?及)[约近超]?")
_OF_CHANGE = re.compile("[增涨跌降升]幅|增速")
_PAIR = re.compile("和|(?<!参)与|(?<![波涉普提殃危顾触遍以])及")
OF_TWO = ("前者", "后者")
COUNTS_ONLY = re.compile(  # 件数下降5%, 增速提高2个百分点
    r"(?:数量?|金额|人数|起数|件数|宗数|户数|家数|批[次数]|人次|总数|数值|[增涨降跌升]幅|增速)$"
)
