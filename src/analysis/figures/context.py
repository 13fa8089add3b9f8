"""What stands around a figure in a text: whether it is one, and what governs it.

A sign word reaches over a list, an average over its clause; a comparison (低于全省平均3.2个百分点)
and the noun of a change (降幅比上月收窄2.1个百分点) stand apart from the number they turn.
"""

import re
import unicodedata
from typing import NamedTuple

from ..units import is_share, spelled, unit_of
from .meaning import Groups, Meaning, Reading, as_change, way_of
from .tokens import HAN
from .words import AVERAGED, CHANGE_BEHIND, EACH, NOUN, any_of

_LISTED = re.compile(r"\s?个?(?:[、和及与或]|以及)\s?")
_LISTED_APART = re.compile(rf"{_LISTED.pattern}|\s?[,，;；]\s?")  # 分别下降1%，2%, in one unit
_SAME = re.compile(
    r"\s?[,，]?即\s?|\s?[(（]即?(?:约|降幅|增幅|升幅|跌幅)?|\s?(?:、|或)\s?"
)  # 减少274人(18%)
_SAID = re.compile(r"\s?(?:[,，;；。、)）]|$)")
_ENDS_APART = re.compile(r"\s?(?:[,，;；。、和及与]|$)")  # but 分别下降1%和2%，3%的案件
_CLAUSE_ENDS = re.compile(r".*[，,。;；:：()（）!？?]")
_REACH = 24  # characters that a word reaches over, at most
_BASE = re.compile(r"以(?!上(?!年|月)|[下内前后来及])[^以为]+为$")  # 以女性为100, of an index

_AVERAGES = re.compile(
    rf"(?:平均(?![水值数寿气温]|年(?!龄))|{AVERAGED}(?![已有为以由需须在未属超无不能会告判被获系从衡等匀]|得(?![分票]))|均价)|{EACH}"
    r"|每[零〇一二三四五六七八九十百千万0-9]*[\u4e00-\u9fff]"
)
_TOTAL = re.compile("共|总计|合计|累计|总数|[全整]年|其中|每当|每逢|总量|最[高低多少大小好差]的")
_ABOVE = "高于 多于 快于 优于 好于 领先 超出 超过 高过 多过 大于 高出 超前 超"
_BELOW = "低于 少于 慢于 差于 落后 逊于 低过 少过 小于 不及 滞后"
_COMPARED = re.compile(
    rf"(?:({any_of(_BELOW)})|{any_of(_ABOVE)})[\u4e00-\u9fffA-Za-z0-9\-—~]{{1,16}}?(?:[约近]|达)?$"
)
_STANDARD = re.compile(
    "(?:水平|平均|平均数|同期|预期|上年|去年|前年|目标|计划|全国|全省|全市|标准|常年|值|水位|警戒线)(?:约|近)?$"
)
_STANDARD_ENDS = frozenset("平均值数期标划国省市准年位线约近")
_NOUN_ENDS = re.compile("[幅速势率]")
# One of these stands in all that governs.
_GOVERNS = re.compile("[幅速势率均每于先后出过超及别多少快早前晚迟]")
_LEVEL = re.compile("[至到为在达]\\s?$")
# 同比少接待218人: any verb, where what it is compared with stands beside it.
_MORE_OR_FEWER = re.compile(
    r"(?:同比|环比|同期|[上前去]一?(?:年度?|[月周日]|个?月|季度?|期|届|学年)|按[年月季]|[常往历]年|年[底初末]|计划|预期|目标)"
    r"(?:多|(少))了?[\u4e00-\u9fff]{1,4}$"
)
# 比去年快1.2分钟: of a time, less
_SOONER = re.compile(
    r"(?:同比|环比|同期|[比较][^,;。，；]{1,10}|按[年月季])(?:(快|提[前早]|早)|延[后迟]|推[迟后]|[晚迟])了?$"
)
_TIMES = frozenset({"分钟", "小时", "秒", "天"})
# 分别录得4.1%、3.2%及5.2%的减幅: the direction stands behind the last of the list.
_BEHIND_A_LIST = re.compile(
    rf"(?:\s?(?:[、和及与]|以及)\s?[0-9.]{{1,9}}+%){{1,9}}+({CHANGE_BEHIND})"
)

_ENTITY = re.compile(  # what a small Chinese number of 个 must count: 五个县, but 三个方面
    r"[\u4e00-\u9fff]{0,6}?(?:[省市县区乡镇村州]|地级|国家|自治|社区|街道|部门|单位|企业|组织|集团|团伙|窝点|案件|项目"
    r"|小组|支队|大队|中队|派出所|法院|检察院|网格|行政村|试点|基地|中心|园区|车间|工厂|机场|港口|口岸|仓库|车站|站点|学校|医院"
    r"|公司|机构|平台|工作站|服务站|点位|班组|家庭|孩子|儿童|席位|名额|岗位|泊位|车位|床位|百分点|基点|标段|标准箱|地块|楼盘|小区)"
)
_COUNTED = re.compile(r"(?:发生|抓获|破获|侦破|查处|死亡|失踪|受伤|共|仅)了?$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HARMED = frozenset("死伤")
_HARM_GOES_ON = re.compile(rf"\s?、?[0-9{HAN}]")
_SMALL_NUMBER = re.compile("[一二两三四五六七八九十廿卅半]")
# 时长9045分钟; but 用时30分钟 is how long one thing took
_LASTS = re.compile("时长(?:共计?|合计|累计|总计|达到?|为|约|近|超过?)*\\s?$")
_ASKED = frozenset({"分钟", "小时", "秒", "点", "级"})
_COMES_TO = re.compile(  # 减少2小时至30小时, 缩短到30分钟
    "(?:小时|分钟|秒|[降减缩增升提延压][短少低长加高缩升]?)[至到为]\\s?$"
)
_COMES_FROM = re.compile("(?:大幅|进一步)?[降减缩增升提延压][短少低长加高缩升]?[至到为]")
_FORCE = re.compile("[风震浪]|烈度")  # what has so many 级: 阵风7～9级
# 1小时18分, 17公尺82: a measure of two units is read by neither part.
_GOES_ON = {
    "小时": re.compile(r"\s?[0-9]{1,2}分"),
    "分钟": re.compile(r"\s?[0-9]{1,2}秒"),
    "分": re.compile(r"\s?[0-9]{1,2}秒"),
    "米": re.compile(r"[0-9]{2}(?![0-9.])"),
    "元": re.compile(r"[0-9]{1,2}角"),
}
_GONE_ON = re.compile(r"(?:[0-9](?:小时|时|分|分钟|钟头|[元圆块])|[0-9](?:米|公尺))\s?$")
_BROKEN = re.compile(rf"[{HAN}]\.[0-9]")  # 3万.5: no numeral ends where its digits go on
_SMALLER = frozenset({"分", "秒", "角", ""})
_A_LITTLE = frozenset({"点", "块", "把", "面", "层", "口"})  # 低一点, 少了一块
DOUBTFUL = _ASKED | _SMALLER
_LONG = frozenset({"米", "厘米", "层"})
_RELATIVE = re.compile("[比较于出]|同期|同比|水位|提")


class Last(NamedTuple):
    """The figure before, where a list may go on from it."""

    end: int
    meaning: Meaning
    respectively: bool  # whether 分别 stands before it in its clause
    signed: bool  # whether a sign word reaches on from it
    in_words: bool  # whether 百分之 does


_STRUCTURE = re.compile("结构|构成|比[重例]|占比")  # of what 7.5:39.5:53.0 are shares
_NEAR_NOUN = 40  # characters before one of them


def is_figure(name: str, at: int, end: int, g: Groups, r: Reading, plain: str) -> bool:
    """Whether what could be read as a figure at a place of a text is one."""
    unit = spelled(g.get("unit", "").partition("/")[0])[0]
    if _is_part(unit, at, end, plain) or (unit == "角" and not g["number"].isascii()):
        return False
    if _BROKEN.match(plain, end - 1):
        return False
    if name == "plain":
        return unit not in _ASKED or _is_measured(unit, r, g, plain, at, end)
    previous = plain[at - 1 : at]
    if previous > "\x7f" and unicodedata.category(previous)[0] in "CMN" and previous != "〇":
        return False  # a look-alike digit or an invisible character: a part of the number is hidden
    if name == "tally" and _BASE.search(clause_before(plain, at)):
        return False
    if name == "structure":
        return bool(_STRUCTURE.search(plain, max(0, at - _NEAR_NOUN), at))
    if name == "several":
        return bool(g["scale"])
    meaning = r.meaning
    if name == "moved":
        return bool(g.get("sign"))
    if not _is_measured(unit, r, g, plain, at, end):
        return False
    percent_like = is_share(meaning.unit)
    number = g.get("number", "")
    open_end = g.get("after", "").endswith(("以上", "以下", "以内", "之内"))
    if open_end and not percent_like and _HAN.match(plain, end) and plain[end] not in "和及与并等":
        return False  # 死亡10人以上事故: the threshold that defines a category
    if name not in ("quantity", "money") or percent_like or number[0].isascii():
        return True
    if not _SMALL_NUMBER.search(number):
        return bool(meaning.direction)  # 上百, 千余; but 百家, 万人
    value = r.steps * r.multiplier // r.divisor
    if number == "一" and (unit in _A_LITTLE or g.get("before", "").startswith("突破")):
        return False
    if meaning.direction or g.get("sign") or value > 10 or (r.decimals and unit != "点"):
        return True
    if unit == "个":
        counted = not _HAN.match(plain, end) and _COUNTED.search(plain, max(0, at - 3), at)
        return value > 1 and bool(counted or _ENTITY.match(plain, end))
    if value == 1:  # 一名, 一起 are articles, but for 死亡一人, 发生一起 and 一死三伤
        if unit in _HARMED:
            return plain[max(0, at - 1)] in "死致成酿" or bool(_HARM_GOES_ON.match(plain, end))
        ends = unit in ("人", "名", "例", "宗") and not _HAN.match(plain, end)
        return unit_of(unit).family.small and (
            ends or bool(_COUNTED.search(plain, max(0, at - 3), at))
        )
    return unit_of(unit).family.small


def _is_measured(unit: str, r: Reading, g: Groups, plain: str, at: int, end: int) -> bool:
    """Whether a time (24小时 is none), 点 (8点 is a time of day) or 级 (5.2级) is a figure."""
    if r.meaning.signed or r.decimals or unit not in _ASKED:
        return True
    if unit == "点":
        return r.steps * r.multiplier > 24 * r.divisor
    if unit == "级":
        return bool(_FORCE.search(plain, max(0, at - 12), at + 10))
    if _COMES_TO.search(plain, max(0, at - 8), at) or _COMES_FROM.match(plain, end):
        return True
    if _LASTS.search(plain, max(0, at - 8), at):
        return True
    return bool(g.get("average") or "平均" in clause_before(plain, at))


def _is_part(unit: str, at: int, end: int, plain: str) -> bool:
    """Whether a measure goes on in a smaller unit, or began in a larger one."""
    goes_on = _GOES_ON.get(unit)
    if goes_on and goes_on.match(plain, end):
        return True
    return unit in _SMALLER and bool(_GONE_ON.search(plain, max(0, at - 4), at))


def clause_before(plain: str, at: int) -> str:
    """What stands before a place in its clause, as far as words reach over to it.

    They reach over what stands in brackets: 每千人口执业（助理）医师3.24人.
    """
    start = max(0, at - _REACH)
    ended = _CLAUSE_ENDS.match(plain, start, at)
    if ended is None:
        return plain[start:at]
    last = ended.end() - 1
    opens = plain.rfind("(（"[plain[last] == "）"], start, last) if plain[last] in ")）" else -1
    before = clause_before(plain, opens) if opens > start else ""
    return before + plain[last + 1 : at]


def in_context(
    r: Reading, start: int, end: int, g: Groups, plain: str, last: Last | None
) -> tuple[Meaning, Last | None]:
    """The meaning with what stands before the figure, and what reaches on from it."""
    meaning = r.meaning
    listed = last is not None and last.signed
    governed = _GOVERNS.search(plain, max(0, start - _REACH), start) is not None
    if not (listed or governed or meaning.signed) and g.get("unit") != "百分之":
        return meaning, None
    sign, minus = g.get("sign", "") if meaning.signed else "", g.get("minus", "")
    if (
        sign.startswith("高")
        and meaning.unit in _LONG
        and not _RELATIVE.search(clause_before(plain, start))
    ):
        sign, own = "", unit_of(meaning.unit).family.measure  # 花坛高18米
        meaning = meaning._replace(sign=1, signed=False, measure=own)
        return meaning, None
    reached = None
    if last and listed and not (sign or minus or g.get("post")):
        reached = _reached(meaning, start, end, plain, last)
    if reached:
        meaning = reached
    elif governed and (r.to is None or sign):
        meaning = _governed(meaning, start, end, g, plain)
    turned = meaning is not r.meaning and meaning.measure in ("change", "difference")
    in_words = g.get("unit") == "百分之"
    if not (sign or turned):
        return meaning, Last(end, meaning, False, False, True) if in_words else None
    if reached and last:
        return meaning, Last(end, meaning, last.respectively, True, in_words)
    spread = meaning._replace(sign=1) if minus else meaning  # 增长-3.4%和5%
    respectively = "分别" in sign or (
        plain.find("分别", max(0, start - _REACH), start) >= 0
        and "分别" in clause_before(plain, start)
    )
    return meaning, Last(end, spread, respectively, True, in_words)


def _reached(meaning: Meaning, start: int, end: int, plain: str, last: Last) -> Meaning | None:
    """The meaning under the sign of the figure before, where that reaches so far."""
    before = last.meaning
    percent_like = is_share(meaning.unit)
    alike = is_share(before.unit) == percent_like
    if percent_like and not alike:  # 减少274人(18%), 下降12起、23.5%
        again = _SAME.fullmatch(plain, last.end, start) and _SAID.match(plain, end)
        return as_change(meaning._replace(sign=before.sign)) if again else None
    pair = last.end == start and not percent_like and meaning.whole  # 减少12起34人
    apart = last.respectively and before.unit == meaning.unit and _ENDS_APART.match(plain, end)
    listed = _LISTED_APART if apart else _LISTED
    if not (alike and (pair or listed.fullmatch(plain, last.end, start))):
        return None
    if percent_like:
        return as_change(meaning._replace(sign=before.sign, ceiling=None))
    return meaning._replace(
        sign=before.sign,
        whole=meaning.whole and before.whole,  # 平均用时下降40天和16天
        signed=True,
        ceiling=None,
        measure="difference",
    )


def _governed(meaning: Meaning, start: int, end: int, g: Groups, plain: str) -> Meaning:
    """The meaning under what governs the clause: a comparison, a noun of change, an average."""
    clause = clause_before(plain, start)
    if not clause:
        return meaning
    sign = g.get("sign", "")
    if is_share(meaning.unit):
        more = None if sign or meaning.signed else _MORE_OR_FEWER.search(clause)
        if more and meaning.unit == "percent":  # 按年多赚18%
            return as_change(meaning._replace(sign=-1 if more[1] else 1, ceiling=None))
        if sign:
            noun = _last(NOUN, clause) if meaning.measure == "difference" else None
            if noun and noun[1]:  # 降幅比上月收窄2.1个百分点
                return meaning._replace(sign=-meaning.sign)
            return meaning
        if g.get("minus") or (meaning.signed and meaning.measure != "difference"):
            return meaning
        if meaning.measure == "difference":
            compared = _COMPARED.search(clause)
            return meaning._replace(sign=-1 if compared and compared[1] else 1)
        if behind := _BEHIND_A_LIST.match(plain, end):
            return as_change(meaning._replace(sign=way_of(behind[1]), ceiling=None))
        noun = _last(NOUN, clause) if _NOUN_ENDS.search(clause) else None
        if noun and (_LEVEL.search(clause) or re.search("[由从]", clause[noun.end() :])):
            return as_change(meaning._replace(sign=-1 if noun[1] else 1, ceiling=None))
        return meaning
    compared = None
    if not (sign or g.get("before")) and clause[-1] in _STANDARD_ENDS and _STANDARD.search(clause):
        compared = _COMPARED.search(clause)
    if compared and not _SAID.match(plain, end):
        compared = None
    sooner = _SOONER.search(clause) if meaning.unit in _TIMES and not sign else None
    if turned := compared or sooner or (None if sign else _MORE_OR_FEWER.search(clause)):
        way = -1 if turned[1] else 1
        return meaning._replace(sign=way, signed=True, measure="difference")
    averaged = _last(_AVERAGES, clause) if "均" in clause or "每" in clause else None
    if averaged and not g.get("average") and not _TOTAL.search(clause, averaged.end()):
        measure = meaning.measure if meaning.measure == "difference" else "rate"
        if meaning.measure == "count" or meaning.measure == "amount" or meaning.whole:
            return meaning._replace(whole=False, measure=measure)
    return meaning


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)
