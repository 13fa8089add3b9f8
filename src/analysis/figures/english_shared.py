"""What the figures of an English line share: the unit behind the last of a list, the sign before
its first, the verb that reaches over to another.
"""

import re
from typing import NamedTuple

from .english_words import FALLS, HOW, RISES, UNITS

_REACH, _FAR = 40, 160  # characters
_AROUND = 5  # figures
_LISTED = re.compile(r"\s?(?:,\s(?:and\s)?|and\s|,)\s?")
_RESPECTIVELY = re.compile(r"(?:\sof [a-z ]{1,30}?)?,?\s(?:respectively|each)\b")
_AMOUNT = re.compile("[$£€¥百千万亿A-Z]")  # bridges (€36.1 million, 16.8%)
_REACHED = re.compile(r"(?:\s[a-z]+){0,2}\s?(?:,?\s?or\s|\((?:or\s)?)")
_OR = re.compile(r",? or | \(or ")
_BY = re.compile(r"\b(?:by|and of)\s$")
_MOVED = re.compile(  # the verb that a later by has: from 4 to 5, or by 25%; exceeding that by 3%
    rf"\b(?:(?P<rise>{RISES}|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|outstripp(?:ed|ing))"
    rf"|(?P<fall>{FALLS}|undershot|miss(?:ed|ing)))\b",
    re.IGNORECASE,
)
_BASE = re.compile(
    r"\s(?:(?:on|over|from|than|compared (?:with|to)) |sequentially\b"
    r"|(?:(?i:[ymqw]/[ymqw]|[ymqw]-?o-?[ymqw])|[a-z]+(?:-to-|[- ]o(?:n|ver)[- ])[a-z]+)\b)"
    r"[a-z ]{0,40}"
)
_AGAINST = re.compile(rf"{_BASE.pattern}(?<! and),?\sand ")  # up 2% on the month and 3% on the year
_MARGIN = re.compile(  # 5.5 percent (±9.1 percent) below
    r"\s\((?:±|\+/-|\+ or -)[^()]*\)\s(?:more|higher|above|(?P<fewer>fewer|less|lower|below))\b"
)
# Increased on the month by 90; the rise in part-time work of 90; the increase was 90.
_MOVED_BY = re.compile(
    rf"\b(?:(?P<rise>{RISES})|(?P<fall>{FALLS}))(?:{HOW}(?:\s(?:on|over|in|from|since|during)"
    r"\s[A-Za-z0-9 ]{3,40}?|\s[a-z]+-on-[a-z]+)\sby\s"
    r"|(?:(?<=crease)|(?<=rise)|(?<=fall)|(?<=drop)|(?<=decline)|(?<=reduction)|(?<=growth)"
    r"|(?<=gain)|(?<=jump))(?:\sin(?:\s(?!excess\b)[a-z-]+){1,5}\sof\s"
    r"|(?:\sin(?:\s[a-z-]+){1,5})?\s(?:was|were|amounted to|came to)\s)"
    r"(?:about\s|only\s|just\s)?)$",
    re.IGNORECASE,
)
_MORE_BEHIND = re.compile(
    r"[),]?\s(?:more|higher|above|up|better|ahead|larger|over|"
    r"(?P<fewer>fewer|less|lower|below|down|short|under|behind|smaller))\b"
    r"\s(?!than (?:[a-z]+ )?[0-9]+ )"
)
_SO_MANY = re.compile(r"(?:\s[a-z-]+){0,2}(?:,? or (?:about |some |nearly )?|,? \((?:or )?)")
_NUMBER = re.compile(
    r"(?P<money>[A-Z$£€¥]*)(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<behind>[^0-9]*)"
)
_TWICE = 2.0  # a share of something else would be further off
_MOST = 20  # times that two numbers of one scale are apart
_AND_BY = re.compile(r"\band (?:[a-z]+ ){1,5}by $")
_TO = re.compile(r"\s(?:\([0-9.]+\s?(?:%|per\s?cent)\)\s)?to\s(?:[£$€])?[0-9]")
_STOP = re.compile(r"[.;]\s")
_POINTS = re.compile(r"(?<!percentage)(?<!per cent)(?<!percent)(?<!%)[ -]points?\b")
_NEXT_BRACKET = re.compile(
    r"\),?\s[^();:.]{2,60}\((?:both |each )?"
)  # murder (down 28%), robbery (7%)


class Said(NamedTuple):
    """A figure of an English line: where it stands, and how Chinese would print it."""

    start: int
    end: int
    sign: str
    rest: str  # without its sign word
    hedge: str  # as printed
    unit: str


def shared(line: str, figures: list[Said]) -> list[Said]:
    """Figures of a list with the unit that stands after its last and the sign before its first."""
    last = len(figures) - 1
    for k in range(last - 1, -1, -1):
        one, then = figures[k], figures[k + 1]
        if tail := _behind_both(line, one, then):
            figures[k] = one._replace(rest=one.rest + tail, unit=then.unit)
            continue
        alone = not one.unit and then.unit in ("%", "个百分点") and not _AMOUNT.search(one.rest)
        # Whole ones may count something else: 3 and 4 per cent only where a word shares them out.
        alone &= "." in one.rest or bool(_RESPECTIVELY.match(line, figures[last].end))
        if alone and not then.sign and _LISTED.fullmatch(line, one.end, then.start):
            sign = "下降" if one.sign == "减少" else "上升" if one.sign == "增加" else one.sign
            figures[k] = one._replace(rest=one.rest + then.unit, unit=then.unit, sign=sign)
        else:
            last = k
    for k, said in enumerate(figures):
        if (
            not said.sign
            and said.unit in ("%", "个百分点", "倍")
            and "+" not in said.rest
            and "-" not in said.rest
        ):
            figures[k] = said._replace(sign=_sign_before(line, said.start))
            if margin := _MARGIN.match(line, said.end):
                figures[k] = said._replace(sign="下降" if margin["fewer"] else "上升")
        elif not said.sign and (
            moved := _MOVED_BY.search(line[max(0, said.start - _FAR) : said.start])
        ):
            figures[k] = said._replace(sign="增加" if moved["rise"] else "减少")
        elif not said.sign and _AND_BY.search(line, 0, said.start) and _TO.match(line, said.end):
            before = [each for each in figures[max(0, k - _AROUND) : k] if each.sign]
            apart = not before or _STOP.search(line, before[-1].end, said.start)
            if not apart:  # fell by 40 to 90 and others by 12 (7%) to 30
                fell = before[-1].sign in "下降减少"
                figures[k] = said._replace(sign="减少" if fell else "增加")
    for k in range(1, len(figures)):
        one, then = figures[k - 1], figures[k]
        suffixed = then.sign and not one.sign and then.unit == "%" and one.unit not in UNITS
        if suffixed and _OR.fullmatch(line, one.end, then.start) and line[then.end - 1].isalpha():
            figures[k - 1] = one._replace(sign="减少" if then.sign == "下降" else "增加")
            continue  # 40 or 5% more
        behind = then.unit == "%" and not then.sign and _MORE_BEHIND.match(line, then.end)
        so_many = _SO_MANY.fullmatch(line, one.end, then.start)
        if behind and not one.sign and so_many:  # 40 (5%) more; 40 men, or 5%, more
            figures[k - 1] = one._replace(sign="减少" if behind["fewer"] else "增加")
            figures[k] = then._replace(sign="下降" if behind["fewer"] else "上升")
            continue
        if one.unit == "%" and not then.unit and _OR.fullmatch(line, one.end, then.start):
            if one.sign and not then.sign:  # up by 18% or 390
                figures[k] = then._replace(sign="减少" if one.sign == "下降" else "增加")
            continue
        if then.sign or not one.sign or then.unit not in ("%", "个百分点", "倍"):
            continue
        if "+" in then.rest or "-" in then.rest:
            continue
        joint = _REACHED if one.unit != then.unit else _LISTED
        bracket = _NEXT_BRACKET.fullmatch(line, one.end, then.start) and line[then.end :][:1] == ")"
        again = _AGAINST.fullmatch(line, one.end, then.start) and _BASE.match(line, then.end)
        if bracket or again or joint.fullmatch(line, one.end, then.start):
            figures[k] = then._replace(sign="下降" if one.sign in "下降减少" else "上升")
    for k in range(2, len(figures)):
        if sign := _sign_of_bracket(line, *figures[k - 2 : k + 1]):
            figures[k] = figures[k]._replace(sign=sign)
    for k in range(len(figures) - 2, -1, -1):
        one, then = figures[k], figures[k + 1]
        alike = then.sign and not one.sign and one.unit == then.unit == "%"
        if alike and _LISTED.fullmatch(line, one.end, then.start):
            around = line[max(0, one.start - _REACH) : then.end + _REACH]
            if "respectively" in around and line[then.start].isdigit():
                figures[k] = one._replace(sign=then.sign)  # respectively 3% and 2% higher
    for k, said in enumerate(figures):
        if (
            said.unit != "个百分点"
            or "半" in said.rest
            or not _POINTS.search(line, said.start, said.end)
        ):
            continue
        near = [each for each in figures[max(0, k - _AROUND) : k + _AROUND] if not each.sign]
        if any(not each.unit for each in near) and not any(each.unit == "%" for each in near):
            sign = "减少" if said.sign == "下降" else "增加"  # the index fell 56 points to 3,200
            figures[k] = said._replace(sign=sign, rest=said.rest[: -len(said.unit)], unit="")
    return figures


def _behind_both(line: str, one: Said, then: Said) -> str:
    """What stands behind the last of two numbers and is of both: from 46.9 to 49.3 billion."""
    if not _from_to(line, one, then) or one.unit:
        return ""
    numbers = [_NUMBER.fullmatch(each.rest) for each in (one, then)]
    first, last = numbers
    if first is None or last is None or first["behind"] or first["money"] != last["money"]:
        return ""
    times = float(first["number"].replace(",", "")) / (float(last["number"].replace(",", "")) or 1)
    return last["behind"] if 1 / _MOST < times < _MOST else ""


def _from_to(line: str, one: Said, then: Said) -> bool:
    """Whether a value moved to another: from 40 to 30."""
    apart = line[one.end : then.start] == " to " and line.endswith("from ", 0, one.start)
    return apart and not (one.sign or then.sign)


def _sign_of_bracket(line: str, one: Said, then: Said, share: Said) -> str:
    """The sign of a percentage alone in a bracket behind the two values that it is the change of:
    fell from 40 to 30 (25%); "" where it can hardly be theirs."""
    alone = line[then.end : share.start] == " (" and line.startswith(")", share.end)
    if share.unit != "%" or share.sign or not alone or not _from_to(line, one, then):
        return ""
    ends = [_NUMBER.fullmatch(each.rest) for each in (one, then, share)]
    numbers = [float(each["number"].replace(",", "")) for each in ends if each]
    if len(numbers) < 3 or not numbers[0] or one.unit != then.unit:
        return ""
    moved = 100 * (numbers[1] / numbers[0] - 1)
    near = numbers[2] / _TWICE <= abs(moved) <= numbers[2] * _TWICE
    return ("上升" if moved > 0 else "下降") if near else ""


def _sign_before(line: str, start: int) -> str:
    """The sign of a percentage after by that stands apart from its verb; "" where none does."""
    if not _BY.search(line, max(0, start - 8), start):
        return ""
    said = re.split(r"[.;](?=\s)", line[max(0, start - _FAR) : start])[-1]
    moved = [*_MOVED.finditer(said)][-1:]
    return "" if not moved else "上升" if moved[0]["rise"] else "下降"
