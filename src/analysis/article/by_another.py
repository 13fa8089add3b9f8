"""How many times one value is another, in a number without a unit: 求人倍率1.34, 生师比18.0:1,
性别比105.1, 岗位需求与求职人数之比为1.40.

Its two values are told by the words that its name means, by its two characters, or in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .clauses import Passage
from .marks import Claim, Mark
from .noun_phrases import phrase_of
from .periods import same_time
from .same_names import stem
from .totals import ALIKE, REACH, characters_in, context, holds, levels_back, nearly
from .words import MOVES, TIME, UP_TO

_ONE_TO = re.compile("[:∶比]1$|^1[:∶比]")
_FROM_TO = rf"[由从][^,;。]{{0,12}}$|[^,;。0-9]{{0,4}}{MOVES}(?:[0-9]{{2,3}}年)?"
_IS = rf"(?:\s|{_FROM_TO}|[约为是:之]|达到?|高达|仅)*$"
_MEANS = [  # a row each: the name of a quotient, words of what is divided, and of what it is by
    (re.compile(f"(?:{name}){_IS}"), re.compile(above), re.compile(below))
    for name, above, below in (
        ("性别比例?|(?<![男女])性比例?", "男", "女"),
        (
            "求人倍[率数]|岗位空缺[与和]求职人数[的之]比[例值率]?",
            "需求|岗位|招聘|求人|用[工人]",
            "求职|应聘|供给",
        ),
        ("[抚赡供]养比", "在职|职工|缴费|参保", "退|领取|享受|供养"),
        (r"城乡[^,;。]{0,8}收入[^,;。]{0,4}(?:之?比[例值]?|倍差)", "城.*收入", "农.*收入"),
        (r"城乡[^,;。]{0,8}支出[^,;。]{0,4}(?:之?比[例值]?|倍差)", "城.*支出", "农.*支出"),
    )
]
_OF_SEX = re.compile("性别?比")
_TWO = re.compile(  # 生师比, 车桩比为
    rf"(?P<above>[\u4e00-\u9fff])(?:与|和)?(?P<below>[\u4e00-\u9fff])(?:之?比|比[例率]){_IS}"
)
_ALSO = {"生": "生幼", "师": "师教"}  # 园幼儿, 教职工
_IN_FULL = re.compile(
    r"(?P<above>[^,;。:()]{2,14}?)[与和/](?P<below>[^,;。()]{2,10}?)"
    rf"(?:之|之?间?的)比[例值率]?\)?{_IS}"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_MAY = re.compile("[比倍]")  # one of them stands in each name
_LONGEST = 60  # characters of a quotient's name and what leads up to it
_FEW, _SPAN = 4, 2  # values before so much to one, and sentences
_Told = Callable[[Mark], bool]


def one_to(mark: Mark) -> Claim | None:
    """The claim of so much to one, behind both values: 在校生90万人,教师5万人,生师比18.0:1."""
    sides = _sides(mark, mark.before) if _ONE_TO.search(mark.reported) else None
    if sides is None:
        return None
    above, below, words = sides
    near = [v for v in levels_back(mark, "") if mark.sentence - v.sentence <= _SPAN][:_FEW]
    pairs = [(part, total) for part in near for total in near if above(part) and below(total)]
    pairs += [pair[::-1] for pair in pairs]  # 师生比18.0:1 means the same
    pairs = [(part, total) for part, total in pairs if part is not total]
    fits = next((pair for fit in (holds, nearly) for pair in pairs if fit(mark, *pair)), None)
    return fits and Claim.ratio(mark, *fits, words)


def one_by_another(passage: Passage) -> Iterator[Claim]:
    """The claims of numbers without a unit: 性别比105.1 (of men to 100 women), 求人倍率1.34."""
    for mark in passage.marks:
        if mark.sort != "level" or mark.unit or UP_TO.match(mark.after):
            continue
        start = max(mark.previous.end if mark.previous is not None else 0, mark.start - _LONGEST)
        said = passage.folded[mark.paragraph - 1][start : mark.start]
        if not (sides := _sides(mark, said)):
            continue
        above, below, words = sides
        back = passage.marks[max(0, mark.n - REACH) : mark.n][::-1]
        back = [v for v in back if v.is_level and v.unit and not v.prior]
        back = [v for v in back if v.paragraph == mark.paragraph or same_time(v, mark)]
        parts, totals = ([v for v in back if told(v)] for told in (above, below))
        of_sex = _OF_SEX.search(words)
        mark.unit = "人/100人" if of_sex else "元/元" if "城乡" in words else ""
        pairs = [(p, t) for p in parts for t in totals if p is not t]
        held = (pair for pair in pairs if holds(mark, *pair))
        slip = (pair for pair in pairs[:1] if not of_sex and nearly(mark, *pair))
        if pair := next(held, None) or next(slip, None):  # of births it is another
            mark.measure = "rate"
            yield Claim.ratio(mark, *pair, words)
        else:
            mark.unit = ""


def _sides(mark: Mark, said: str) -> tuple[_Told, _Told, str] | None:
    """What tells the two values that a quotient's words mean, and these words."""
    before = mark.previous
    if before is not None and not mark.is_change and re.fullmatch(MOVES, mark.gap):
        said = before.before  # 生师比由18.4:1降至18.0:1
    if not _MAY.search(said):
        return None
    said = TIME.sub("", said)
    plain = _BRACKETS.sub("", said)
    for name, above, below in _MEANS:
        if hit := name.search(plain):
            return _has(above), _has(below), hit[0]
    if _ONE_TO.search(mark.reported) and (hit := _TWO.search(plain)):
        one, other = (f"[{_ALSO.get(hit[side], hit[side])}]" for side in ("above", "below"))
        return _has(re.compile(one)), _has(re.compile(other)), hit[0]
    if hit := _IN_FULL.search(said):
        nouns = [stem(phrase_of(hit[side]) or hit[side]) for side in ("above", "below")]
        return _has_noun(nouns[0]), _has_noun(nouns[1]), hit[0]
    return None


def _has(words: re.Pattern[str]) -> _Told:
    return lambda value: bool(words.search(context(value)))


def _has_noun(noun: str) -> _Told:
    """Whether a value has most of the characters of a noun."""
    return lambda value: characters_in(noun, context(value)) >= ALIKE * len(noun) > 0
