"""English changes without a figure of their own: two values, and a word that says which way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..figures.english_words import FALLS, HOW, RISES
from .clauses import Passage
from .english_bases import without_bases
from .english_dates import TIME
from .english_priors import dated_value
from .marks import Claim, Mark

_WAY = rf"\b(?:{RISES}|{FALLS}){HOW}"
_FROM = re.compile(  # from 90, up from the 90, down from a peak of 90
    rf"(?P<way>{_WAY}(?: again| back| in number|(?P<what>(?: [a-z-]+){{1,4}}?))?,?\s)?"
    r"from(?: (?:the|an?|some|about|around|just))?"
    r"(?: [a-z-]+){0,3}(?: of)? $",
    re.IGNORECASE,
)
_MOVED = (
    "slowed|cooled|edged (?:up|down)|ticked (?:up|down)|crept up|eased back|moderated|quickened"
)
_TO = re.compile(
    rf"(?:{_WAY}|\b(?:{_MOVED}))(?: back)? to(?: just| about| around)? $", re.IGNORECASE
)
_UP_TO = re.compile(r"(?:\s(?!and|but|while)[a-z-]+){0,7},?\s+to(?: just| about| around)? ")
_STILL = re.compile(r"(?:\s+[a-z-]+){0,3},?\s*")  # between a value and what it is from
_BEGINS = re.compile(r"(?:[,(]|\s[-–—]|\b(?:and|but|which (?:is|was|had been)))\s*$")
_COUNTED = re.compile(r" (?:reported|recorded|registered)$|(?: [a-z]+ed)? in (?-i:[A-Z]).*")
_NEAR = 4  # figures away
_MOST = 6  # changes of one noun that are asked


def moves(passage: Passage, claims: list[Claim]) -> Iterator[Claim]:
    """The claims of two values alone that a word ties: fell to 90 from 95; 90, down from 95; or a
    bracket that holds that of another time: 90 (2020: 95).

    What is merely compared (90, compared with 95) is said to have moved by none.
    """
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
        current = _current(prior, lead, passage) if lead else None
        if current is not None:
            roles = [("current", current), ("prior", prior)]
            if said := _said_above(current, prior, free):
                roles.insert(1, ("change", said))
            yield Claim("change", roles, prior.tail.strip()[-24:])


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
        said = TIME.sub("", without_bases(_between(prior, then, passage)))
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
    said = TIME.sub("", _between(values[-1], prior, passage)[: -len(lead[0])])
    goes_on = values[-1] is before[-1] and _STILL.fullmatch(said)
    return values[-1] if goes_on and _TO.search(values[-1].tail) else None


def _is_alike(mark: Mark, prior: Mark) -> bool:
    alike = (mark.counts, mark.sentence) == (prior.counts, prior.sentence) and not mark.prior
    growth = mark.sort == "change" and mark.value > 0  # grew by 1.9%, up from 1.7%
    rates = (mark.is_rate or growth) and prior.is_rate
    return alike and (rates or (mark.is_level and prior.is_level))


def _between(mark: Mark, then: Mark, passage: Passage) -> str:
    return passage.folded[mark.paragraph - 1][mark.end : then.start]
