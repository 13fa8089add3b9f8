"""The value of the base that English prints with a change."""

from __future__ import annotations

import re

from .clauses import Passage
from .english_bases import COMPARED_WITH, base_of
from .english_beside import TO, between
from .english_dates import TIME
from .english_earlier import dated_value
from .english_subjects import before_sentence
from .marks import Claim, Mark

_LATER = re.compile(  # with this the sentence of a later value begins
    r"\s*(?:(?P<later>(?:an?|one|two|three|four|five|ten|twelve|six)"
    rf" (?:years?|months?|quarters?) later)|(?:in )?(?:the )?{TIME.pattern})"
    r",?(?P<it> (?:it|this|the (?:figure|number))\b)?",
    re.IGNORECASE,
)
OTHERS_BEHIND = re.compile(r"\)[,;]?\s(?:and|but|while|with)\b")  # (down 5%), and others from
_OR = re.compile(r",? or ")  # 90, or 3 a head
_FEW = 3  # figures


def prior_of(claim: Claim, run: list[Mark], passage: Passage) -> Mark | None:
    """The value of the base that is printed with a change: 1,302 in 2022; from 113 to 70."""
    current, last = claim.roles[0][1], claim.roles[-1][1]
    near = passage.marks[max(0, current.n - 1) : last.n + _FEW]
    dated = [then for then in near if then.prior and dated_value(then, passage) is current]
    if dated:  # up 5% to 90 (2022: 86), or up 4% without fees (2022: 87)
        return next((then for then in dated if then.holder is last), dated[0])
    if len({mark.against for mark in run}) == 1:
        last = run[-1]
    before = passage.marks[current.n - 1] if current.n else None
    if (
        before is not None
        and before.prior
        and before.counts == current.counts
        and before.sentence == current.sentence
        and (
            TO.match(between(passage, before, current))
            # 80 in 2022, compared with 90 in 2023
            or COMPARED_WITH.search(between(passage, before, current))
        )
    ):
        return before
    inside = passage.marks[current.n + 1 : run[0].n if last.against == run[0].against else 0]
    for then in [*inside, *passage.marks[last.n + 1 : last.n + 4]]:
        of = (current, *run)
        if then.bracket and not current.bracket and not (then.prior and then.holder in of):
            continue
        if then.sentence not in (current.sentence, run[0].sentence):
            return None
        if then.prior:
            if last.bracket and OTHERS_BEHIND.match(between(passage, last, then)):
                return None
            # 90, down from 95 in April. On an annual basis it rose by 8: another base's value
            other = then.sentence != run[0].sentence and base_of(f"{then.tail}0{then.after}")
            fits = then.counts == current.counts and (not other or other == last.against)
            return then if fits else None
        if then is not current and not _OR.match(then.gap):
            return None
    return _then(current, last, passage)


def _then(current: Mark, change: Mark, passage: Passage) -> Mark | None:
    """The value of the sentence before, where the next begins with a later time: a year later."""
    opens = current.previous is None or current.previous.sentence != current.sentence
    later = _LATER.match(current.tail) if opens else None
    before = [v for v in before_sentence(current, passage) if v.is_level and not v.prior]
    if later is None or len(before) != 1 or before[0].counts != current.counts:
        return None
    year = f"year {before[0].when[-4:]}"
    said = change.against in ("not stated", year) and before[0].when not in ("", current.when)
    alike = later["it"] or current.name in ("", before[0].name)
    return before[0] if alike and (said or later["later"]) else None
