"""English text: the values that others are compared with, and what else a base makes of figures."""

from __future__ import annotations

import re
from itertools import pairwise

from .clauses import Passage, turn_if
from .english_bases import BEFORE, NEAR, SAME, USUAL, base_of, beyond, ends_in_base
from .english_dates import AGO, TIME, YEAR
from .english_earlier import dated_value, is_of_loss, now_of
from .english_turns import priors_in_turn
from .marks import Mark

_ACTS = (  # that are done against so many, which is no base
    "judgments judgements verdicts sentences charges cases complaints claims suits warrants action"
    " actions proceedings penalties sanctions crimes violence attacks"
).split()
_APART_BY = re.compile(
    r"\b(?:shortfall|difference|excess|surplus|saving|loss|gap|improvement) of $"
)
_OR = re.compile(r",? or | \(")
LEADS = re.compile(  # right before a value of the base
    r"\b(?:(?:when |as )?compar(?:ed|es?|ing) (?:with|to)|as opposed to|than|over|from"
    rf"|{''.join(f'(?<!{act} )' for act in _ACTS)}against|versus"
    r"|having been|previously|formerly"
    # A fall from a peak of 90; but sales from shops of 90
    r"|(?:than|below|above|ahead of|short of|against|exceeding|compared (?:with|to)"
    rf"|from(?= (?:the|an?|its|their|levels?|last|highs?|lows?|{BEFORE[3:-1]})\b)"
    rf"|over(?= (?:the|its|their|first|second|third|fourth|{BEFORE[3:-1]}|{YEAR})\b))"
    rf" (?!(?:average|{USUAL}) at)(?:(?:(?!(?:to|and|by|for|while|reach)\b)[a-z'’-]+"
    rf"|{YEAR}) ){{1,5}}(?:of|(?<!ago )(?<!earlier )"
    r"(?<!before )at)"
    r"|(?:above|below|ahead of|short of|double|twice)"
    r"|(?:increase|rise|decrease|fall|drop|reduction|up|down) on)"
    r"(?: the| an?| total of| about| around| just| only| some| nearly| almost| over| revised"
    r"| peak of"
    rf"| {USUAL.replace('|', '| ')}| previous| record| {YEAR}['’]s| {BEFORE} year['’]s)*\s*$"
    r"|\b(?:previous|preceding|prior|last) year['’]s\s*$"
    r"|(?:, |; |\()(?:the )?(?:previous|preceding|prior) (?:year|quarter|month|week|period):?\s*$"
    r"|\bvs?\.?\s*$"
    r"|, when(?: (?:there|it|they|we|the [a-z]+) (?:were|was|stood at|had|numbered|totalled"
    r"|[a-z]+ed))?\s*$",
    re.IGNORECASE,
)
_ON_THE = re.compile(r"\s*on the\s*")  # a fall of 10% on the 100 seen in 2022
_SEEN = re.compile(
    rf"\s*(?:[a-z]+ ){{1,3}}(?:in )?(?:{TIME.pattern}|(?:a|the) (?:{BEFORE} )?year\b)"
)
_ALIKE = re.compile(r"(?: [a-z]+){0,3},? or ")  # compared with £80 million, or £2 a share
# Compared with 90 a month earlier and 80 in May 2022.
_AND_TOO = re.compile(
    rf"[^;:0-9]{{0,60}}? (?:{AGO.pattern}|(?:in|for|at|on) {TIME.pattern}),? and "
)
_THEN_TOO = re.compile(rf"(?: [a-z]+)? (?:{AGO.pattern}|(?:in|for|at|on) {TIME.pattern})")
# Behind a value of the base: 90 seized in the same months of the prior year.
_OWN_BASE = re.compile(
    r"(?:\s(?!than|compar|from|over|on\b|against|up\b|down\b|more|fewer|less)[a-z'-]+){0,4}?"
    rf"\s(?:in|during|at|over) the (?:{SAME} (?:of )?(?:the )?(?:{BEFORE} year|year before)"
    r"|(?:previous|preceding|prior) year)(?=[,;)。])",
    re.IGNORECASE,
)
OF_THEN = re.compile(  # with this the clause of a value of the base begins
    rf"^\s*(?:in|during|over|for) the {SAME}\b"
    rf"(?=.*(?:{BEFORE} year|year (?:ago|earlier|before)|{YEAR}))",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"[^;:]*?(?:,|\band|\bor|\bbut|\s[-–—]|,? which (?:is|was))\s*")
_NO_NOUN = re.compile(  # behind a difference that is of what stands before it
    r"\s*(?:$|[,;。)]|(?:on|over|from|since|compared|than|year|month|quarter|in|against|and|or"
    r"|but)\b)"
)
_WITH_ITS_OWN = re.compile(
    r"(?:\s(?!(?:in|at|for|during|on|last|the|an?|of|year|month|quarter|week)\b)[A-Za-z'-]+){1,6}, "
)
_TOLD_BEFORE = re.compile(  # changes of before: This compares with a rise of 5%; it follows one
    r"\s*(?:(?:this|that|it|which|the (?:rise|fall|increase|decrease|change)) )?"
    r"(?:(?:is|was) )?(?:compare[sd]?|comparing|follow(?:s|ed|ing)?)(?: (?:on )?(?:with|to|from))*"
    r"(?: an?| the)?(?: [a-z-]+){0,3} $",
    re.IGNORECASE,
)
_MOST = 100  # points of a rate
_OF_ALL = re.compile(r"\s(?:of|in)\b")
_ALSO = re.compile(r",?\s+(?:and|but)?\s*")
TO_NOW = re.compile(r"[^,;]*\bto\s*")


def set_priors(passage: Passage) -> None:
    """Set `prior` of the marks of an English passage, and what a base makes of those near it."""
    _reach_over(passage)
    earlier = -1  # the last sentence that tells changes of before
    for mark in passage.marks:
        if mark.is_change and opens(mark) and _TOLD_BEFORE.match(mark.tail):
            earlier = mark.sentence
        if mark.is_level or mark.is_rate:
            mark.prior = _is_prior(mark, passage)
        elif mark.sort == "change":  # rose 5% (2020: 4%)
            mark.prior = mark.sentence == earlier or dated_value(mark, passage) is not None
        elif mark.sort in ("difference", "points"):
            mark.prior = mark.sentence == earlier
        _set_apart(mark)
        _set_points(mark, passage)
    for n in priors_in_turn(passage):
        passage.marks[n].prior = True


def _is_prior(mark: Mark, passage: Passage) -> bool:
    """Whether a value is one that another is compared with."""
    line, of = passage.folded[mark.paragraph - 1], mark.holder
    alone = mark.bracket and mark.previous is None and of is not None
    alike = of is not None and (of.is_change or (of.is_level and of.counts == mark.counts))
    if alone and alike and of and ends_in_base(line[of.end : mark.start].rstrip(" (")):
        return True  # than in 2022 (1,699)
    if dated_value(mark, passage) is not None or is_of_loss(mark):
        return True
    if now_of(mark, passage) is not None:
        return True
    if passage.in_bracket(mark):
        return ends_in_base(mark.tail)
    before = mark.previous
    if before is not None and before.prior and before.sentence == mark.sentence:
        dated = _THEN_TOO.match(mark.after) and _AND_TOO.fullmatch(mark.gap)
        if _ALIKE.fullmatch(mark.gap) or (dated and before.counts == mark.counts):
            return True
    then = passage.behind(mark)
    both = [each.sort for each in (before, then) if each is not None] == ["change", "change"]
    own = then is not None and then.sentence == mark.sentence and _WITH_ITS_OWN.fullmatch(then.gap)
    if both and own:
        return False  # 90 cars, up 4%, compared with 12 black vans, up 7%
    said = f"{beyond(mark.previous)}{mark.tail}"
    if LEADS.search(said) or (opens(mark) and OF_THEN.search(mark.tail)):
        return True
    if mark.previous is not None and mark.previous.is_change:
        on = _ON_THE.fullmatch(mark.gap)
        return bool(on and (_SEEN.match(mark.after) or base_of(f"than 0{mark.after}")))
    return bool(_OWN_BASE.match(line[mark.end : mark.end + NEAR]))


def _set_apart(mark: Mark) -> None:
    """Make changes of what a base is set apart by: against 90 planned, a shortfall of 5 or 5.6%."""
    base = mark.previous
    value = base.previous if base is not None else None
    if base is None or value is None or mark.sort not in ("level", "share"):
        return
    again = base.sort == "difference" and value.prior and _APART_BY.search(base.tail)
    if again and mark.sort == "share" and _OR.fullmatch(mark.gap):
        mark.sort = mark.measure = "change"
        turn_if(base.value < 0, mark)
    apart = base.prior and mark.sort == "level" and mark.counts in ("", base.counts)
    if apart and (value.is_level or value.is_rate) and _APART_BY.search(mark.tail):
        mark.sort, mark.measure = "points" if value.is_rate else "difference", "difference"
        mark.unit = "percentage point" if value.is_rate else mark.unit
        turn_if(value.value < base.value, mark)


def _set_points(mark: Mark, passage: Passage) -> None:
    """Make points of a small difference beside a rate or a growth: a rate of 71.0%, up 0.4."""
    of = mark.previous
    small = mark.sort == "difference" and not (mark.unit or mark.counts) and abs(mark.value) < _MOST
    if of is None or not small or of.sentence != mark.sentence:
        return
    line = passage.folded[mark.paragraph - 1]
    fine = "." in mark.reported or (of.is_rate and mark.gap.strip() == ",")
    of_rate = of.sort in ("points", "change") or of.is_rate
    if of_rate and fine and _BESIDE.fullmatch(mark.gap) and _NO_NOUN.match(line, mark.end):
        mark.sort, mark.unit = "points", "percentage point"


def _reach_over(passage: Passage) -> None:
    """The verb of a change is that of the next, too: apples rose 5% to 90 and pears 4% to 60."""
    at = passage.marks
    for change, value, mark, then in zip(at, at[1:], at[2:], at[3:], strict=False):
        led = change.is_change and value.is_level and mark.sort == "share" and then.is_level
        gaps = led and {value.gap.strip(), then.gap.strip()} == {"to"}
        if gaps and change.sentence == then.sentence and mark.gap.startswith((" and ", ", ")):
            mark.sort = mark.measure = "change"
            turn_if(change.value < 0 < mark.value, mark)
    for by, value, again in zip(at, at[1:], at[2:], strict=False):
        so_many = by.sort == "difference" and value.is_level and again.sort == "share"
        to = so_many and TO_NOW.fullmatch(value.gap) and _OR.fullmatch(again.gap)
        if to and by.sentence == again.sentence and not _OF_ALL.match(again.after):
            again.sort = again.measure = "change"  # fell by 48 to 402, or 10.7%
            turn_if(by.value < 0 < again.value, again)
    for of, inside in pairwise(at):
        if inside.holder is not of:
            continue
        one = of.previous  # fell by 23 per cent (from 90 to 69) and 5 per cent (from 40 to 38)
        listed = one is not None and one.sort == "change" and _ALSO.fullmatch(of.gap)
        if one is not None and listed and of.sort == "share" and LEADS.search(inside.tail):
            of.sort = of.measure = "change"
            turn_if(one.value < 0 < of.value, of)
        if of.sort == "change" and inside.sort == "level" and not inside.tail:
            signed = inside.reported[0] in "+-"
            if signed or _is_how_many(inside, of, passage):  # an increase of 6% (2,474)
                inside.sort = inside.measure = "difference"
                turn_if(of.value < 0 and not signed, inside)


def _is_how_many(inside: Mark, change: Mark, passage: Passage) -> bool:
    """Whether a bracket right behind a percentage says how many it is, by the value it is of."""
    line, to = passage.folded[change.paragraph - 1], change.following
    if line[change.end : inside.start] != " (" or line[inside.end : inside.end + 1] != ")":
        return False
    after = to if to is not None and TO_NOW.fullmatch(to.gap) else None
    value = after if after is not None and after.is_level else change.previous
    by = inside.value if change.value > 0 else -inside.value
    if value is None or not value.is_level or value.value <= max(by, 0):
        return False
    return change.low <= 100 * by / (value.value - by) <= change.high


def opens(mark: Mark) -> bool:
    """Whether a figure is the first of its sentence."""
    return mark.previous is None or mark.previous.sentence != mark.sentence
