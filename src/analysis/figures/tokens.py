"""Units and numbers as patterns: what the rows of the grammar are made of. Every one is linear."""

import re
from collections import defaultdict
from typing import NamedTuple

from ..units import FAMILIES, SPANS, SPELLED, as_printed
from .numbers import INNER, SMALL


class Row(NamedTuple):
    """A row of the grammar: the example is a text in which the row is found."""

    name: str
    pattern: str
    example: str


def after(words: str) -> str:
    """A place after one of the words, `_` a blank."""
    return "(?:" + "|".join(f"(?<={word.replace('_', ' ')})" for word in words.split()) + ")"


# --- Units --------------------------------------------------------------------------------------


def _one_unit() -> str:
    """Every printed unit: a branch a first character, in it the longest first."""
    by_first = defaultdict(list)
    for printed in dict.fromkeys([*as_printed(*FAMILIES), *SPELLED]):
        name, _, guard = printed.partition("(?")
        guard = f"(?{guard}" if guard else ""
        if name.endswith("次"):
            guard += "(?!之|[多高大](?=[,，、;；。]))"  # 甲类9件居首,乙类8件次之, 次多
        if name.isascii() and name.isalnum():
            guard += "(?![A-Za-z0-9²³])"
        by_first[name[0]].append((name[1:], guard))
    branches = []
    for first, rests in sorted(by_first.items()):
        rests.sort(key=lambda rest: -len(rest[0]))
        inner = "|".join(re.sub("^次$", " ?次", re.escape(rest)) + guard for rest, guard in rests)
        branches.append(f"{re.escape(first)}(?:{inner})")
    return f"(?:{'|'.join(branches)})"


ONE_UNIT = _one_unit()
UNIT_STARTS = {printed[0] for printed in [*as_printed(*FAMILIES, SPANS), *SPELLED]} - set("[]^")
_OF = r"(?:(?:1(?:,?0{1,3})*)?[十百千万亿]{0,2})"
UNIT = (  # 起/10万人, and the base alone: 16.1/10万; 20万吨级 names a class
    rf"(?:{ONE_UNIT}(?!级)(?:/(?:{_OF}(?:[天日月年周季时人户名]|用户|{ONE_UNIT})))?"
    r"|/(?:(?:10{0,3})?[十百千]?[万亿]|1,?0{1,5}|十|百|千)(?![0-9十百千万亿])人?)"
)
SPAN = f"(?:{'|'.join(as_printed(SPANS))})"

# --- Numbers ------------------------------------------------------------------------------------
HAN = f"零〇{SMALL}十廿卅百千万亿兆两"
# A place, where it does not begin a unit: 千 in 千瓦, 百 in 百分点. Words keep 五千米 together.
_NO_UNIT = "(?!瓦|克|帕|卡|伏|赫|焦|周|字节|欧|分[点之位])"
PLACE = f"(?:[十万亿]|百(?!分|帕)|千(?!米){_NO_UNIT}|兆{_NO_UNIT})"
# A whole run only: no part of a number, of a name (G20, K12+500) or of a score (3:1) is a number.
EDGE = (
    r"(?:(?<=[A-Z]{3})|(?<![0-9A-Za-z.±^]))(?<![0-9][-+:/'’_·—~×*])(?<![A-Za-z][-+_.])(?<!PM )"
    rf"(?<![零〇{SMALL[1:]}十廿卅百千万亿兆两])(?<![^统唯单同专其之]一)(?<!\A一)"
    rf"(?<![零〇{SMALL}十百千两]/)(?<![{HAN}]['’_·.])(?!(?<=[0-9][,，])[0-9]{{3}}(?![0-9]))"
    r"(?!(?<=[数几])[十百千万亿](?!分))"  # 数十万 is no 十万
)
_END = r"(?![0-9]|[.·'’_][0-9]|[,，][0-9]{3}(?![0-9]))"
_GROUPED = (
    r"[1-9][0-9]{0,2}(?:[,，][0-9]{3}){1,13}+(?![0-9])"
    r"|[1-9][0-9]{0,2}(?: [0-9]{3}){1,4}+(?![0-9])"
    r"|[1-9][0-9]?(?:,[0-9]{2}(?=,)){1,4}+,[0-9]{3}(?![0-9])"  # as in India: 1,46,133
)
_ARABIC = rf"(?:{_GROUPED}|[0-9]++)(?:[.·][0-9]++)?{_END}"
DIGITS = r"(?:[0-9]{1,3}(?:[,，][0-9]{3}){1,13}+(?![0-9])|[0-9]++)(?:[.·][0-9]++)?"
WORDS = (
    rf"(?:[零〇{SMALL}十廿卅万亿两]|百(?!分[点之位]|帕)|[千兆]{_NO_UNIT})++"
    rf"(?:[点·.][零〇{SMALL}]++)?"
)
_GAP = rf"\s?(?:[{INNER}]\s?|个[多余](?=[万亿])|个(?=[万亿](?![元级吨人])))?"
# What goes on after a place: 5千 in 3万5千, all four digits in 99万0,105; apart where the place
# stands apart (44 万 1000 人).
_ON = rf"零?(?:0[,，][0-9]{{3}}(?![0-9])|{_ARABIC}|[{SMALL}两](?=[十百千]))"
NUMBER = (
    rf"(?:{_ARABIC}(?: {PLACE}{{1,4}}+ ?{_ON}|{_GAP}{PLACE}{{1,4}}+(?:{_ON})?){{0,4}}"
    rf"(?: {PLACE}{{1,4}}+)?|{WORDS}(?:{_GAP}{PLACE}{{1,3}}+)?|半)"
)
HEDGED = rf"(?:\s?(?P<inner>[{INNER}]))?"
TO = r"(?:--|——|~~|[-—~]|至|到)"
# No unit is needed after 万 and 亿; but 万里, 万年, 亿万.
SCALED = (
    rf"(?!{ONE_UNIT}级)"
    r"(?:(?<=[万亿兆])(?![0-9年岁里级众一分科])|(?<=[万亿兆][多余])(?![年岁里]))"
)
