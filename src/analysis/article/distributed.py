"""Values that 分别 deals out: 甲区、乙区立案数分别为30起和50起 are each of its own noun or time.

And the two of a span of years in which one becomes the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .clauses import CLAUSE_ENDS
from .marks import Mark
from .words import FROM, UP_TO

_EACH = re.compile(r"(?:分别|依[次序]|各自|各(?=[为达有占]))(?:占[^,;。、]{1,16}|[^,;。、]{0,6})$")
_ARE = re.compile("(?<![认作成])为$|达到?$")  # 起数、人数为30起、40人
_END = re.compile(r"(?<=[\u4e00-\u9fff])$")
_WORDS_JOINING = ("和", "及", "与", "以及")
_SHORT = 6  # characters of a noun that ends its clause
_LONGEST = 60  # values of a list that a beginning is looked for of
_TRADED = re.compile(  # what each of a list has: 甲国、乙国(进出口)
    "(?:进出口|出口|进口|总?产量|总?产值|(?:规模以上)?(?:工业)?增加值"
    "|(?:销售|播种|种植|施工|竣工)?面积|销售?量)(?:总?[额值])?$"
)
_WITH = re.compile("(?:^|[^针面绝相])对[^对]{1,8}$")
_JOINED = {"、", ",", *(mark + word for mark in ("、", ",", "") for word in _WORDS_JOINING)}
_WHICH = re.compile(r"第?[一二三四五六七八九十上下0-9]{1,2}")
_HOW_MANY = "两三四五六七八九十"
_SO_MANY = re.compile(rf"(?<=..)[{_HOW_MANY}][^一二三四五六七八九十,;。]")
_PLACED_SO = re.compile(
    "(?:[两三四五][^,;。、]{1,2})?分[列居]?[列居][^,;。]{1,8}?位,?[为有是]?$"
)  # 分列二、三位
_YEARS = re.compile(
    r"(?:自从?|从)?((?:19|20)[0-9]{2})年?(?:[-—–~～]{1,2}|至|到)((?:19|20)[0-9]{2})年(?:期间)?"
)
_SHORTEST, _SPAN_ENDS = len("2017-2018年"), ("年", "期间")  # of a span of years
_AND_MORE = re.compile("^及?其?以[上下]")  # 60岁及以上人口
_RANK = re.compile(
    "(?:同比|环比|按[年月季])?(?:[增升涨加降跌减]幅|增速|降速"
    "|(?:案件|查处|受理|发案|报警|投诉|销售|接待|报名|[人件起宗户])[量数])?"
    "[均都]?(?:[较最更]为?|相对|比较)[大高小低多少快慢],?$"
)
PARTED = re.compile(r"、|以及|和|(?<!参)与|(?<![涉波普提殃危触])及(?!其?以[上下])")
LEVEL = (  # words that lead up to what a value has become
    r"(?:来?至|来?到|为|达到?|升至|降至|增至|减至|涨至|跌至|回升至|回落至|报|收[在于报至]|报收|作收"
    r"|收[市盘](?:[报于在为])?|以|总数达)"
)
_TO_LEVELS = re.compile(rf"[,\s]?(?:分别|依次|各)?(?:上升|增加|下降|减少)?{LEVEL}")


def dealt_out(first: Mark) -> tuple[list[Mark], list[str]] | None:
    """The values of a list that 分别 opens, or 为, and as many nouns; None where it opens none.

    What the last noun has over the others is theirs, too, unless a comma stands behind it.
    """
    each = _deals(first) if first.following is not None else None
    if each is None:
        return None
    marks, said = list(list_from(first, mixed=True)), first.gap[: each.start()]
    clauses = CLAUSE_ENDS.split(_PLACED_SO.sub("", without_rank(said)).rstrip(","))
    nouns = PARTED.split(clauses[-1])
    if len(nouns) == 1 < len(clauses):  # 评为甲级、乙级,户数分别为30户和50户
        above = PARTED.split(clauses[-2])
        return (marks, above) if len(above) == len(marks) and len(above[-1]) <= _SHORT else None
    if len(nouns) < 2 or len(nouns) != len(marks):
        return None
    *others, last = nouns
    if (whole := whole_words(nouns)) != nouns:
        return marks, whole
    if (many := _SO_MANY.search(last)) and _HOW_MANY.find(many[0][0]) + 2 == len(nouns):
        return marks, [*others, last[: many.start()]]  # 山区、沿海、平原三片接待游客
    ends = (others[-1][-2:], others[-1][-1:], last.partition("的")[0])
    shared = next((end for end in ends if end in last), last)
    rest = _AND_MORE.sub("", last[last.rfind(shared) + len(shared) :])
    if said.endswith(","):  # 小客车、摩托车违法突出,分别查处58起、27起
        return marks, [*others, last.removesuffix(rest)]
    return marks, [*(noun + rest for noun in others), last]


def without_rank(said: str) -> str:
    """The nouns of a list without what says how they rank: 乙县(查处量较高), 丙县(增幅最大)."""
    return _RANK.sub("", said)


def _deals(first: Mark) -> re.Match[str] | None:
    """The 分别 before a value, in its clause, or the 为 behind a list before a list."""
    said, then = first.gap, first.following
    if "分别" in said or "依" in said or "各" in said:
        return _EACH.search(said)
    opens = "、" in said and first.is_level and then is not None and goes_on(then)
    if not opens or said in _JOINED:
        return None
    third = then.following if then is not None else None
    of_three = third is not None and goes_on(third)  # 完成甲量、乙量和丙量9吨、8件和7人
    return _ARE.search(said) or (_END.search(said) if of_three else None)


def whole_words(nouns: list[str]) -> list[str]:
    """Nouns of which the last alone is written out, as what is one character is half a word.

    >>> whole_words(["内", "外贸吞吐量"]), whole_words(["甲区", "乙区立案数"])
    (['内贸吞吐量', '外贸吞吐量'], ['甲区', '乙区立案数'])
    """
    if len(nouns) < 2:
        return nouns
    are_times = any(not noun or _WHICH.match(noun) for noun in nouns)
    of = None if are_times else _TRADED.search(nouns[-1])
    if of and of.start() and not any(_TRADED.search(noun) for noun in nouns[:-1]):
        with_ = "对" if _WITH.search(nouns[0]) and "对" not in nouns[-1] else ""
        rest = (with_ * (k > 0) + noun for k, noun in enumerate(nouns))
        return [noun + of[0] * (k + 1 < len(nouns)) for k, noun in enumerate(rest)]
    if any(len(noun) != 1 for noun in nouns[:-1]):
        return nouns
    return [*(noun + nouns[-1][1:] for noun in nouns[:-1]), nouns[-1]]


def years_dealt(first: Mark, when: str) -> Iterator[tuple[Mark, int]]:
    """The values that a span of years deals out, each with its year.

    Those of a list that a 分别 opens, 2017年至2018年分别为30起、40起; the first and the last year's
    where one becomes the other, 2017年至2021年由30起降至20起.
    """
    moves = first.prior and _moves(first)
    years = _YEARS.fullmatch(when) if moves or (first.is_level and _deals(first)) else None
    if years is None:
        return
    start, end = int(years[1]), int(years[2])
    marks = list(list_from(first))
    if moves and first.following is not None:
        yield first, start
        if first.following.when == when:
            yield first.following, end
    elif len(marks) == end - start + 1 > 1:
        yield from zip(marks, range(start, end + 1), strict=True)


def _moves(first: Mark) -> bool:
    """Whether a value becomes the next one: 由30起降至20起."""
    then = first.following
    one_kind = then is not None and (then.sort, then.counts) == (first.sort, first.counts)
    return one_kind and bool(UP_TO.match(first.after) and FROM.search(first.before))


def time_of(mark: Mark) -> str:
    """The time phrase of a value: its own year, where those of a span are dealt out."""
    if len(mark.when) < _SHORTEST or not mark.when.endswith(_SPAN_ENDS):
        return mark.when
    start, end = (day[:4] for day in mark.period)
    dealt = start and start == end and _YEARS.fullmatch(mark.when)
    return f"{start}年" if dealt else mark.when


def opening(mark: Mark) -> Mark:
    """The first value of the list that a value stands in, if not the value itself."""
    at = mark
    for _ in range(_LONGEST):
        if at.previous is None or not goes_on(at):
            break
        at = at.previous
    return at


def goes_on(mark: Mark) -> bool:
    """Whether nothing but what joins a list stands between a value and the one before it."""
    return mark.gap in _JOINED and mark.previous is not None


def list_from(first: Mark, *, mixed: bool = False) -> Iterator[Mark]:
    """A value and those that it lists behind it: 5%、8%和9%; `mixed`, in other units, too."""
    yield first
    at = first.following
    while at is not None and at.sort == first.sort and (mixed or at.counts == first.counts):
        if at.gap not in _JOINED:
            break
        yield at
        at = at.following


def led_up_to(last: Mark, count: int) -> list[Mark]:
    """The values, as many, that a list of changes leads up to: 分别上升5%和9%,至90件和60人."""
    first = last.following
    if first is None or not first.is_level or not _TO_LEVELS.fullmatch(first.gap):
        return []
    levels = [*list_from(first, mixed=True)]
    return levels if len(levels) == count else []
