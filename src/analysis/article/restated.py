"""Figures said again in another unit: 14582万吨(2916亿斤), £3m ($4m), 90万亩,合6万公顷.

They stand aside while the text is read, and are in no rule's way. What the text claims of the
figures before them it claims of them, too, where all of a claim are so said again. So does the
number of those among which a value ranks: 5.73分,全市20个区县排名第4,同比下降9%.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..quotients import factor_of, in_another, of_money
from ..units import is_share, unit_of
from .clauses import SENTENCE_ENDS, Passage, describe, turn_if
from .marks import Claim, Mark

_LEADS = re.compile(
    "(?:大?约|折合?|约合|合|即|相当于)*"
    "|(?:or )?(?:about|around|roughly|or|equal to|equivalent to|the equivalent of)"
)
_COMES_TO = re.compile("[,、]?(?:大?约|大致)?(?:折合?成?|合|相当于)约?")
_SLIP = 20  # times: more than a digit too many, or a power of ten left out, makes of it
_COPIED = ("name", "against", "when", "period", "prior", "in_english")
_RANKED = re.compile(  # 在全国(168个)重点城市中排名第20位
    r"\s?(?P<noun>[\u4e00-\u9fff]{1,10}?)[之当]?中?(?:排名|排在?|位[列居]|名列|列|居)(?:并列)?"
    r"第\s?(?:[0-9]+|[一二三四五六七八九十]+)(?![批次期])[位名]?"
)
_AMONG = re.compile("(?:在[^,;。]{0,6}|[全本我][国省市区县州行系])$")
Again = dict[Mark, Mark]  # figures, and what says each again or how many it ranks among


def set_aside(passage: Passage) -> Again:
    """Take out of a passage the figures that say the one before them again, or rank it."""
    again: Again = {}
    for mark in passage.marks:
        of = mark.holder or mark.previous
        if of is not None and of not in again and (ranked := _ranked(mark, of)):
            again[of] = mark
            of.following, of.after = mark.following, mark.gap
            mark.name = ranked["noun"]
            if (then := mark.following) is not None:
                then.previous = of
                lead = mark.gap.removesuffix(mark.before).rstrip(",")
                then.gap = of.after = lead + then.gap[ranked.end() :]
                describe(then)
            continue
        if of is None or of in again or not _restates(mark, of):
            continue
        again[of] = mark
        if mark.previous is of:
            of.following, of.after = mark.following, mark.after
        if mark.following is not None:
            mark.following.previous = of
    if again:
        aside = {mark.n for mark in again.values()}
        passage.marks = [mark for mark in passage.marks if mark.n not in aside]
        passage.number()
    return again


def _ranked(mark: Mark, of: Mark) -> re.Match[str] | None:
    """How a figure goes on that only tells among how many the one before it has a rank."""
    among = mark.sort == "level" and mark.measure == "count" and mark.previous is of
    if not (among and _AMONG.search(mark.before)) or SENTENCE_ENDS.search(mark.gap):
        return None
    return _RANKED.match(mark.after)


def _restates(mark: Mark, of: Mark) -> bool:
    """Whether a figure is all that the bracket right behind another one holds, or is led up to by
    合 or such; and is the same but for its unit, or money in another currency."""
    if mark.previous is of:
        beside = _COMES_TO.fullmatch(mark.gap.strip())
    else:
        alone = mark.previous is mark.following is None and not (mark.lead + mark.after).strip()
        beside = _LEADS.fullmatch(mark.gap.strip()) if alone else None
    if not (beside and mark.unit and of.unit):
        return False
    if mark.is_change or mark.sort == "share" or of.sort not in ("level", "average", "difference"):
        return False
    if unit_of(of.unit).name == unit_of(mark.unit).name or is_share(of.unit):
        return False
    if of_money(of.unit) and of_money(mark.unit):
        return True
    times = in_another(of.unit, mark.unit)
    value = abs(of.value * float(times)) if times else 0.0
    return value / _SLIP < mark.value < value * _SLIP


def put_back(passage: Passage, claims: list[Claim], again: Again) -> list[Claim]:
    """Put them back in a passage, named as what they say again; returns the claims of them."""
    same = {of: mark for of, mark in again.items() if not mark.name}  # as those of a rank have one
    for of, mark in again.items():
        for each in _COPIED if of in same else ("when", "period"):
            setattr(mark, each, getattr(of, each))
        if of.is_change and of in same:
            mark.sort, mark.measure = of.sort, of.measure
            turn_if(of.value < 0, mark)
    passage.marks = sorted([*passage.marks, *again.values()], key=lambda m: (m.paragraph, m.start))
    passage.number()
    return [claim for each in claims if (claim := _said_again(each, same))]


def _said_again(claim: Claim, again: Again) -> Claim | None:
    """A claim of the figures that say those of another one again; what has no unit of its own, as a
    share or a change in percent, is the same of both. But not the growth of money in the currency
    of another year's rate."""
    own = {mark for _, mark in claim.roles if mark.sort not in ("share", "change", "points")}
    if not own or not own <= again.keys():
        return None
    if claim.kind == "change" and any(of_money(mark.unit) for mark in own):
        return None
    roles = [(role, again.get(mark, mark)) for role, mark in claim.roles]
    said = replace(claim, roles=roles, words=f"{claim.words}, in another unit")
    if claim.kind == "ratio":
        units = [mark.unit for _, mark in said.roles]
        return said if factor_of(*units) else None
    counts = {again[mark].counts for mark in own}
    return said if len(counts) == 1 else None
