"""English changes without a figure of their own: two values, and a word that says which way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..figures.english_words import FALLS, HOW, RISES
from .clauses import Passage
from .english_bases import COMPARED_WITH, base_of, without_bases
from .english_beside import between
from .english_dates import TIME
from .english_earlier import dated_value, now_of
from .english_priors import LEADS, opens
from .english_subjects import before_sentence
from .english_turns import priors_in_turn
from .marks import Claim, Mark

_WAY = rf"(?:\b(?:{RISES}|{FALLS}){HOW}|[▲▼↑↓])"
_RANGE = (  # from 5 to 9 of these is a span
    r"(?!rang|vari|span|stretch|spread|pric|valu|aged|dated|number|last|scor|cost|sized|rated"
    r"|graded|com)"
)
_MOVES = (  # any other verb, and what it is done to: has been raised, took the levy, a move
    rf"\b{_RANGE}(?:[a-z]{{3,}}ed|went|gone|going|got|swung|crept|took|taken|brought|put|cut|came"
    rf"|come|shift|move"
    r"|change|swing|jump|improvement|(?<!a )(?<!the )slip|rise|drop|fall|climb|dip|grow|shrink)"
)
_FROM = re.compile(  # from 90, up from the 90, down from a peak of 90
    rf"(?P<way>(?:{_WAY}|{_MOVES})(?: (?:again|back|in number|down|up|out|over)|(?P<what>(?:"
    rf" [a-z-]+){{1,4}}?))?,?\s)?"
    r"from(?: (?:the|an?|some|about|around|just))?"
    r"(?: [a-z-]+){0,3}(?: of)? $",
    re.IGNORECASE,
)
_MOVED = (
    "slowed|cooled|edged (?:up|down)|ticked (?:up|down)|crept up|eased back|moderated|quickened"
)
_NO_MOVE = (  # to so many of these, or according to
    "accord|add|amount|attach|attribut|belong|commit|compar|contribut|deliver|dedicat|devot|distribut|donat|expos"
    "|limit|link|relat|referr|serv|subject|award|grant|issu|admitt|allocat|appoint|entitl|oppos|invit|respond"
    "|provid|pay|paid|sold|sent|assign|releas|return|open|travell|transferr|work|add"
)
_TO = re.compile(
    rf"(?:{_WAY}|\b(?:{_MOVED}|(?!{_NO_MOVE})[a-z]{{3,}}ed|went|gone|going|got|swung|crept|took"
    rf"|taken|brought|put|cut"
    r"|came|slip|rise|drop|fall|climb|dip|grow|shrink|jump)(?: [a-z]+ly| back| up| down| further"
    r"| again"
    r"|(?: (?:its|the|their|his|her|our|[a-z-]+)){1,4}?)?) to(?: just| about| around| an?"
    r"(?: record| all-time)?(?: high| low)? of)? $",
    re.IGNORECASE,
)
_UP_TO = re.compile(r"(?:\s(?!and|but|while)[a-z-]+){0,7},?\s+to(?: just| about| around)? ")
_STILL = re.compile(
    r"(?:\s+[a-z-]+){0,3}(?:\s+per\s[0-9,]+(?:\s[a-z]+)?)?\s*,?\s*"
)  # between a value and what it is from
_BEGINS = re.compile(
    r"(?:[,(]|\s[-–—]|\b(?:and|but|which (?:is|was|had been)))\s*$"
    r"|^(?:(?:\s[a-z-]+){0,4}\s(?:was|were|is|are))?\s*$"  # 90 (vans were) down from 95
)
_COUNTED = re.compile(r" (?:reported|recorded|registered)$|(?: [a-z]+ed)? in (?-i:[A-Z]).*")
_NEAR, _FAR = 4, 120  # figures away, and characters
_OTHER = re.compile(r";|\b(?:while|whereas|although|of (?:whom|which|these|those))\b")
_IS = re.compile(  # at 90, against 80; but passed by 51 against 49 votes
    r"\b(?:was|were|is|are|stood|stands|came|valued|at|of|to|reached|total(?:led|s)|averaged"
    r"|numbered"
    r"|had|has|made|earned|posted|recorded|sold)(?: (?:in|at|an?|the|just|only|about|some))*\s?$"
    r"|:\s?$"
)
_AGAINST = re.compile(r"(?:(?:when |as )?compar|as opposed|against|vs|versus)", re.IGNORECASE)
_ALONE = re.compile(r"\s*(?:$|[,;。)]|(?:and|but|while|as|due|because)\b)")
_IT_IS_FROM = re.compile(  # with this the sentence of an earlier value begins
    r"\s*(?:this|that|it|these|they|the (?:[a-z]+ )?(?:total|figure|number|list|rate|share|count"
    r"|proportion|level|tally)) (?:(?:is|was|are|were|has|have) )?(?:(?:also|slightly|sharply"
    r"|itself|now) )*(?:(?:(?:up|down|higher|lower|better|worse|more|less|fewer|risen|fallen"
    r"|grown|dropped"
    r"|rose|fell|increased|decreased|an? (?:increase|rise|fall|decrease"
    r"|drop)),? (?:slightly )?(?:from|than|on))|compare[sd]? (?:with|to)"
    r"|as opposed to)\b[^,;]{0,30}$",
    re.IGNORECASE,
)
_MOST = 6  # changes of one noun that are asked


def moves(passage: Passage, claims: list[Claim]) -> Iterator[Claim]:
    """The claims of two values alone that a word ties: fell to 90 from 95; 90, down from 95; or a
    bracket that holds that of another time: 90 (2020: 95).

    What is merely compared (90, compared with 95) is said to have moved by none.
    """
    in_turn = priors_in_turn(passage)
    known = {mark.n for claim in claims for mark in claim.of("prior")}
    owned = {mark.n for claim in claims for _, mark in claim.roles}
    free: dict[str, list[Mark]] = {}
    for mark in passage.marks:
        if mark.sort == "change" and mark.n not in owned and not mark.prior and mark.name:
            free.setdefault(_noun_of(mark), []).append(mark)
    for prior in passage.marks:
        dated = dated_value(prior, passage) if prior.prior and prior.n not in known else None
        if dated is not None:
            roles = [("current", dated), ("prior", prior)]
            yield Claim("change", roles, prior.tail.strip(" :"))
            continue
        lead = _FROM.search(prior.tail) if prior.prior and prior.n not in known else None
        current = in_turn.get(prior.n) if prior.n not in known else None
        current = current or (_current(prior, lead, passage) if lead else None)
        if current is None and prior.prior and prior.n not in known:
            current = _of_the_one_before(prior, passage)
        if current is None and prior.prior and prior.n not in known:
            current = now_of(prior, passage) or _compared(prior, passage)
            if current is not None and current.is_change and current.n in owned:
                current = None  # prices of 90 rose by 2%, compared with 4% in May
        if current is not None:
            roles = [("current", current), ("prior", prior)]
            if said := _said_above(current, prior, free):
                roles.insert(1, ("change", said))
            yield Claim("change", roles, prior.tail.strip()[-24:])


def _compared(prior: Mark, passage: Passage) -> Mark | None:
    """The value before one of another time that it is compared with: 90, against 80 in May."""
    value, base = prior.previous, prior
    if value is not None and value.prior and _is_alike(prior, value, then=True):
        base, value = value, value.previous  # compared with 80 in May and 70 in April
    value = prior.holder if prior.bracket and value is None else value
    if value is None or value.bracket or not _is_alike(value, prior):
        return None
    said = between(passage, value, base)
    # 90, compared with the previous year (80)
    lead = COMPARED_WITH.search(said) if said.endswith("(") else LEADS.search(said)
    if lead is None or lead[0].lstrip().lower().startswith(("over", "from", "than", ", when")):
        return None
    told = prior.when not in ("", value.when) or bool(base_of(f"than 0{prior.after}"))
    if not told and _AGAINST.match(lead[0].lstrip()):
        told = bool(_IS.search(value.tail) and _ALONE.match(prior.after))
    told = told or "previous" in lead[0] or "prior" in lead[0]
    own = _OTHER.search(said[: lead.start()])
    return value if told and own is None and len(said) < _FAR else None


def _of_the_one_before(prior: Mark, passage: Passage) -> Mark | None:
    """The one value of the sentence before that the next is about: This is up from 90 in 2020."""
    if not (opens(prior) and _IT_IS_FROM.match(prior.tail)):
        return None
    here = [m for m in before_sentence(prior, passage) if not (m.prior or m.bracket or m.is_change)]
    alike = [m for m in here if (m.counts, m.is_rate) == (prior.counts, prior.is_rate)]
    return alike[0] if len(alike) == 1 else None


def _said_above(current: Mark, prior: Mark, free: dict[str, list[Mark]]) -> Mark | None:
    """The one change without a value that a sentence before says of the noun of two, and that they
    make: crimes rose by 6.5%. … The number of crimes rose from 35,115 to 37,409."""
    if not (prior.low > 0 and current.is_level):
        return None
    low, high = 100 * (current.low / prior.high - 1), 100 * (current.high / prior.low - 1)
    same = [
        mark
        for mark in free.get(_noun_of(current), [])[:_MOST]
        if mark.sentence < current.sentence and mark.low <= high and low <= mark.high
    ]
    return same[0] if len(same) == 1 else None


def _noun_of(mark: Mark) -> str:
    """The name of a figure without what says where it was counted: thefts reported in A."""
    return _COUNTED.sub("", mark.name).lower()


def _current(prior: Mark, lead: re.Match[str], passage: Passage) -> Mark | None:
    """The value that has moved from another one."""
    then = passage.behind(prior)
    leads = lead["way"] and then is not None and _is_alike(then, prior)
    if then is not None and leads:
        said = TIME.sub("", without_bases(between(passage, prior, then)))
        if _UP_TO.fullmatch(said):
            return then
    before = passage.marks[max(0, prior.n - _NEAR) : prior.n]
    values = [mark for mark in before if _is_alike(mark, prior)]
    values = [mark for mark in values if not mark.is_change] or values
    if not values:
        return None
    if lead["what"]:  # reduced the rate from 5% to 4%
        return None
    if lead["way"]:  # 90, down from 95 in May but up from 80 in June
        return values[-1] if _BEGINS.search(prior.tail[: lead.start()]) else None
    said = TIME.sub("", between(passage, values[-1], prior)[: -len(lead[0])])
    goes_on = values[-1] is before[-1] and _STILL.fullmatch(said)
    return values[-1] if goes_on and _TO.search(values[-1].tail) else None


def _is_alike(mark: Mark, prior: Mark, then: bool = False) -> bool:
    alike = (mark.counts, mark.sentence) == (prior.counts, prior.sentence) and mark.prior is then
    growth = mark.sort == "change" and mark.value > 0  # grew by 1.9%, up from 1.7%
    rates = (mark.is_rate or growth) and prior.is_rate
    return alike and (rates or (mark.is_level and prior.is_level))
