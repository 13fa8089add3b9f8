"""What tables, charts and proofs say, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .units import Language

PHRASES: dict[str, tuple[str, str]] = {
    "as of": ("as of {dates}", "截至{dates}"),
    "proposed": (
        "proposed, not yet read by a person: {unread} of {all} figures",
        "{all} 个数字中有 {unread} 个为程序提出，尚未经人核对",
    ),
    "unit": ("Unit: {units}", "单位：{units}"),
    "index": ("The implied value then = 100", "推算的当时值 = 100"),
    "earlier": ("{then}, implied", "{then}（推算）"),
    "fewer": ("{name}: {value} fewer than {then}", "{name}：比{then}减少 {value}"),
    "more": ("{name}: {value} more than {then}", "{name}：比{then}增加 {value}"),
    "either": ("{name}: {value} against {then}", "{name}：比{then}变动 {value}"),
    "precision": (
        "{bounded} of {all} figures are known only within bounds",
        "{all} 个数字中 {bounded} 个只知范围",
    ),
    "at most": ("parts {again} of {printed}", "{printed} 中的 {again}"),
    "each row": ("In every row: {what}.", "各行相同：{what}。"),
    "no row": ("Not stated in any row: {what}.", "各行均未注明：{what}。"),
    "is": ("{head} {text}", "{head} {text}"),
    "in one unit": ("{head} ({unit})", "{head}（{unit}）"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "not read": ("proposed", "待核"),
    "more rows": ("{count} more rows are not shown.", "另有 {count} 行未列出。"),
    "undated": ("day not stated", "刊出日期未注明"),
    "within": ("in {days} days, ", "{days} 天内，"),
    "found": (
        "{found} of {all} claims with a slip are contradicted, {first} with that slip named first",
        "{all} 项含差错的说法中有 {found} 项判为不符，其中 {first} 项首列原差错",
    ),
    "list": (", ", "、"),
    "claim sum": ("{total} = {part}", "{total} = {part}"),
    "claim part": ("{total} ≥ {part}", "{total} ≥ {part}"),
    "claim ratio": ("{rate} = {numerator} / {denominator}", "{rate} = {numerator} / {denominator}"),
    "claim change": ("{current} from {prior}: {moved}", "{prior} → {current}：{moved}"),
    "issues": ("{count} issues of {days}", "{days} 的 {count} 期"),
    "implied": ("as implied a year later", "由次年同比推算"),
    "dashed": ("; dashed: another definition or coverage from {days}", "；虚线：{days} 起口径不同"),
    "and others": ("{name} and {count} others", "{name}等（另 {count} 家）"),
    "flips": (
        "{flips} of {all} printed changes have the other sign by the issuer's own first prints",
        "{all} 个刊出的增减中，有 {flips} 个与发布者自己先后刊出的数字方向相反",
    ),
    "claims": ("Claims with a slip of that kind, by relation", "含该类差错的说法（按关系类型）"),
    # What a proof says of figures.
    "part of proof": ("; ", "；"),
    "exactly": ("exactly {bounds}", "恰为{bounds}"),
    "between": ("within {bounds}", "范围{bounds}"),
    "no bounds": ("bounds not known", "范围未知"),
    "to": (" to ", "至"),
    "in units": ("{bounds} ({units})", "{bounds}（{units}）"),
    "from to": ("{start} to {end}", "{start}至{end}"),
    "from on": ("from {start}", "自{start}起"),
    "when": ("period: {when}", "时期：{when}"),
    "when dated": ("{when} ({dates})", "{when}（{dates}）"),
    "if cut off": ("{value} if cut off", "截断时 {value}"),
    "against": ("base: {base}", "对比基期：{base}"),
    "against year": ("against {year}", "对比{year}年"),
    "basis": ("basis: {basis}", "口径：{basis}"),
    "not stated": ("not stated", "未注明"),
    "other base": ("another base", "其他基期"),
    "unread": ("proposed, not yet read by a person", "程序提出，尚未经人核对"),
    "tied by": ("proposed: {words}", "待核：{words}"),
    "named": ("{name}: {words}", "{name}：{words}"),
    "in brackets": ("{name} ({bounds})", "{name}（{bounds}）"),
    "astray": ("Figures that do not stand where the tables say", "未在所载位置找到的数字"),
    "all figures": ("All figures, with bounds", "全部数字及范围"),
    "other text": (
        "This is not the text that the figures were taken from",
        "此文本与数字所出的原文不同",
    ),
    "heads": (
        "Figure|Printed|Bounds|Measure|Period and base|Claims",
        "数字|刊出|范围|类型|时期与基期|说法",
    ),
    # What it says of claims.
    "claim number": ("claim {number}: {verdict}", "说法{number}：{verdict}"),
    "claims made": ("Claims, recomputed beside printed", "说法：重算与刊出对照"),
    "no claims": ("No claims", "没有说法"),
    "again sum": ("{part} is {again}, printed {result}", "{part}为{again}，刊出{result}"),
    "again part": (
        "{part} is {again}, within the printed {result}",
        "{part}为{again}，未超过刊出的{result}",
    ),
    "again over": (
        "{part} is {again}, more than the printed {result}",
        "{part}为{again}，超过刊出的{result}",
    ),
    "again ratio": (
        "{numerator} of {denominator} is {again}, printed {result}",
        "{denominator}中的{numerator}为{again}，刊出{result}",
    ),
    "again change": (
        "{prior} → {current} is {again}, printed {result}",
        "{prior} → {current}为{again}，刊出{result}",
    ),
    "again beside": (
        "{prior} → {current} with {moved} gives {again}, printed {result}",
        "{prior} → {current}，{moved}，重算为{again}，刊出{result}",
    ),
    "diagnosis": (
        "Not all of it can be right: the fewest figures that must be wrong",
        "不可能全部成立：至少有以下数字有误",
    ),
    "together": (
        "Claims {numbers} cannot all hold, though they may without any one of them",
        "第{numbers}项说法不能同时成立，去掉其中任何一项则可",
    ),
    "likeliest": ("Likeliest: {name}: {slip}", "最可能：{name}：{slip}"),
    "or else": ("Or else: {name}: {slip}", "或者：{name}：{slip}"),
    "likeliest wrong": ("likeliest to be wrong: {slip}", "最可能有误：{slip}"),
    "table of figures": ("The table, as printed", "原表"),
    "summary": (
        "{figures} figures, {claims} claims; contradicted: {count}{numbers}",
        "{figures} 个数字，{claims} 项说法；不符：{count}{numbers}",
    ),
    "numbered": (" (number {numbers})", "（第{numbers}项）"),
    "untitled": ("Source: not stated", "来源：未注明"),
    "origin": ("Source: {origin}", "来源：{origin}"),
    "all read": (
        "Every figure and every claim has been read by a person",
        "全部数字与说法均已经人核对",
    ),
    "unread of all": (
        "Proposed, not yet read by a person: {figures} of {of_figures} figures, "
        "{claims} of {of_claims} claims",
        "程序提出、尚未经人核对：{of_figures} 个数字中 {figures} 个，"
        "{of_claims} 项说法中 {claims} 项",
    ),
}
MEASURES = {
    "count": ("count", "计数"),
    "amount": ("amount", "数额"),
    "rate": ("rate", "比率"),
    "change": ("change", "增减幅度"),
    "difference": ("difference", "增减数"),
}
BASES = {
    "printed": ("as printed", "按刊出数"),
    "comparable": ("comparable scope", "可比口径"),
    "real": ("constant prices", "不变价格"),
}
# What the audit explains, in Chinese; in English it says so itself.
EXPLAINED = {
    "cut off, not rounded": "截断而非四舍五入",
    "the other sign": "正负号相反",
    "divided by the current value, not the prior": "误以本期数为除数",
    "percent and percentage points confused": "百分比与百分点混淆",
    "left out of the total": "未计入合计",
    "one digit": "一位数字之差",
    "two digits swapped": "两位数字颠倒",
    "wrong power of ten": "数量级之差",
    "repeated from another claim": "误用另一说法的数字",
    "digit lost": "漏印一位数字",
    "digit doubled": "重印一位数字",
    "complement printed": "误印为其余部分的比率",
    "ratio upside down": "分子与分母颠倒",
    "grown to, not by": "误将“增长到”作“增长”",
    "current and prior exchanged": "本期与上期颠倒",
    "or others": "或其他",
    "no single slip found": "没有单一差错可以解释",
    "agrees with the printed prior taken as the difference": "将刊出的上期数视为增减数时相符",
    "agrees with the unsigned difference in its direction": "按其方向理解增减数时相符",
    "agrees with the denominator taken as the rest": "将分母视为其余部分时相符",
    "the base may be zero or below, or a role is not filled": "基数可能为零或负，或缺少数字",
    "nothing is printed beside it that could contradict it": "没有同时刊出可以检验它的数字",
    "proposed because it holds: to be read by a person": "因数字相符而提出：须经人核对",
    "the total has no upper end, which parts could exceed": "总数没有上限，部分无从超出",
    "growth at constant prices has no nominal prior": "不变价增幅推算不出名义上期数",
    "a figure is missing or has no bounds": "缺少数字，或其范围未知",
}
# What ties a claim where no words of the text do; what stands in braces is of the text. A label is
# told from words of English by having no Latin letter.
BY_SUM = "adds up"
BY_NUMBERS = "by its numbers alone: no other values near it give it"
CHOSEN_TO_FIT = (BY_SUM, BY_NUMBERS)  # with these a claim has been proposed because it holds
TIES = {
    BY_SUM: "加总相符",
    BY_NUMBERS: "仅凭数字：附近没有其他数值与之相符",
    "add up": "各项加总相符",
    "total": "合计",
    "stand under it": "列于其下",
    "counts that are rounded": "计数经过取整",
    "text and table print one number": "正文与表所刊相同",
    "opens with what the period before closed with": "期初即上期期末",
    "of {label}": "{label}的增减",
    "{label} does not recompute it": "按{label}重算不符",
    "{label} by {other label}": "{label}除以{other label}",
    "{label} against {other label}": "{label}对比{other label}",
    "share of {label}": "占{label}的比重",
    "the unit is not stated: {number} is what recomputes": "单位未注明：按{number}重算相符",
}
# A rate that rose by 6.7%: by so much of itself, or by so many points.
POINTS_MAY_BE_MEANT = "percent of a rate: percentage points may be meant"
# What is noted beside a figure that was read.
NOTES = {
    "a fall of more than all: of a balance, not of a count": "降幅超过全部：应为差额，而非计数",
    POINTS_MAY_BE_MEANT: "比率的增减以百分数表示：可能指百分点",
    "points of a number: read as percent": "数字增减以百分点表示：按百分比读取",
    "may be rounded to {number}": "可能取整到{number}",
    "rounded to {number}, as sums show": "从合计看取整到{number}",
    "repeated in paragraph {number}: {printed}": "又见第{number}段：{printed}",
    "repeated in the table, paragraph {number}: {printed}": "又见第{number}段的表：{printed}",
    "printed {printed}": "原文刊作{printed}",
    "no head stands over it: which column it is in is not known": "上方没有表头：不知属于哪一列",
    "a blank was dropped from the row: placed by size": "该行漏印一个空格：按大小定列",
    "blanks were dropped from the row: placed where its figures recompute": (
        "该行漏印空格：按重算定列"
    ),
    "fewer figures than columns: that they stand in the first ones is not sure": (
        "数字少于列数：是否属于前几列不能确定"
    ),
}
_BETWEEN_NOTES = "; "
_EXPLAINED = re.compile("|".join(map(re.escape, sorted(EXPLAINED, key=len, reverse=True))))
# What a change is against, by the months back where these are known.
THEN = {
    "year earlier": ("a year earlier", "上年同期"),
    "previous period": ("the period before", "上一期"),
    1: ("a month earlier", "上月"),
    3: ("a quarter earlier", "上季度"),
    6: ("a half-year earlier", "上一个半年"),
}
VERDICTS = {
    "agrees": ("agrees", "相符"),
    "agrees if truncated": ("agrees if truncated", "截断时相符"),
    "contradicts": ("contradicts", "不符"),
    "cannot tell": ("cannot tell", "无法判断"),
}
KINDS = {
    "sum": ("sum", "合计"),
    "part": ("part", "其中"),
    "ratio": ("ratio", "比率"),
    "change": ("change", "增减"),
}
# What came of a planted slip.
OUTCOMES = {
    "nearest explanation": ("nearest explanation", "首列原差错"),
    "among the explanations": ("among the explanations", "列有原差错"),
    "not among them": ("not among them", "未列原差错"),
    "not contradicted": ("not contradicted", "未判不符"),
}


def then(against: str, months: float, language: Language, *, part: bool = False) -> str:
    """What a change is against, in words: "a month earlier", "in 2016".

    `months` is how long before that is, NaN where it is not known; `part` says that the change is
    of a part of a year. Raises `ValueError` where the text does not say, or says something that is
    no period.

    >>> then("previous period", 3, "en"), then("year 2016", 24, "zh")
    ('a quarter earlier', '2016年')
    >>> then("year 2016", 24, "en", part=True)
    'in the same period of 2016'
    """
    year = against.removeprefix("year ")
    if year.isdecimal():
        same = ("同期", "the same period of ") if part else ("", "")
        return f"{year}年{same[0]}" if language == "zh" else f"in {same[1]}{year}"
    key = months if against == "previous period" and months in THEN else against
    if key not in THEN:
        raise ValueError(f"a change against {against!r} has no period to be compared with")
    return THEN[key][language == "zh"]


def added(kind: str, printed: Iterable[object]) -> str:
    """Figures in one role of a claim as printed; of sums and parts each sign is said once.

    >>> added("sum", ["+ 1", "+24", "-3"]), added("part", ["- 3件", "5件"]), added("sum", ["6.1"])
    ('1 + 24 − 3', '−3件 + 5件', '6.1')
    >>> added("change", ["-3%"])
    '-3%'
    """
    if kind not in ("sum", "part"):
        return " + ".join(map(str, printed))
    signed = (_SIGN.match(text) for text in map(str, printed))
    parts = [
        ("−" if of[1] and of[1] not in "+＋" else "+", of.string[of.end() :]) for of in signed if of
    ]
    sign, first = parts[0]
    return sign.strip("+") + first + "".join(f" {sign} {text}" for sign, text in parts[1:])


_SIGN = re.compile(r"(?:([+＋−－-])\s*(?=\d))?")


def explained(text: str, language: Language) -> str:
    """What the audit or the diagnosis says of a slip, in a language.

    >>> explained("89.9% → 89.7% (one digit)", "zh")
    '89.9% → 89.7% (一位数字之差)'
    """
    if language == "en":
        return text
    return _EXPLAINED.sub(lambda found: EXPLAINED[found[0]], text)


def noted(text: str, language: Language) -> str:
    """A note in a language, as far as its words are known; words of the text stay as they are.

    >>> noted("repeated in paragraph 3: 50起; see also the table", "zh")
    '又见第3段：50起; see also the table'
    """
    return text if language == "en" else _in_other_words(text, _IN_CHINESE)


def as_noted(text: str) -> str:
    """A note of a figure as the tables hold it, from what `noted` makes of it.

    >>> as_noted("又见第3段：50起; see also the table")
    'repeated in paragraph 3: 50起; see also the table'
    """
    return _in_other_words(text, _AS_NOTED)


def _in_other_words(text: str, words: list[tuple[re.Pattern[str], str]]) -> str:
    def told(part: str) -> str:
        found = ((pattern.fullmatch(part), other) for pattern, other in words)
        return next((match.expand(other) for match, other in found if match), part)

    return _BETWEEN_NOTES.join(map(told, text.split(_BETWEEN_NOTES)))


def _pairs(notes: Iterable[tuple[str, str]]) -> list[tuple[re.Pattern[str], str]]:
    """What each note reads as, and what is told instead; those without gaps first."""
    pairs = []
    for note, other in sorted(notes, key=lambda pair: pair[0].count("{")):
        told = other
        for n, gap in enumerate(_GAP.findall(note), start=1):
            told = told.replace(f"{{{gap}}}", rf"\{n}")
        pattern = _GAP.sub(lambda gap: _GAPS[gap[1].split()[-1]], note)
        pairs.append((re.compile(pattern), told))
    return pairs


_GAP = re.compile(r"\{([a-z ]+)\}")
_GAPS = {"label": "([^A-Za-z]+)", "number": r"([\d,]+)", "printed": "(.+)"}
_IN_CHINESE = _pairs((TIES | NOTES).items())
_AS_NOTED = _pairs((zh, note) for note, zh in NOTES.items())


def require_language(language: object) -> None:
    """Raises `ValueError` for another language than "en" and "zh"."""
    if language not in ("en", "zh"):
        raise ValueError(f"language: found {language!r}, expected 'en' or 'zh'")


def counted(count: object, what: str) -> str:
    """So many of something: one figure, two figures.

    >>> counted(1, "figure"), counted(2, "figure"), counted("no", "claim")
    ('1 figure', '2 figures', 'no claims')
    """
    return f"{count} {what}{'' if count == 1 else 's'}"


def in_number(text: str) -> str:
    """What a phrase makes of one thing: "1 figures", said as of one.

    >>> in_number("1 figures, 11 claims; 0 of 1 figures")
    '1 figure, 11 claims; 0 of 1 figures'
    """
    return _ONE.sub(r"\1", text)


_ONE = re.compile(
    r"(?<![\d.,])(?<!of )(1 (?:more |printed )?(?:figure|claim|relation|issue|change|row))s\b"
)


def say(phrase: str, language: Language, **values: object) -> str:
    return in_number(PHRASES[phrase][language == "zh"].format(**values))
