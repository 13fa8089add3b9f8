"""Parts that are none: a list goes on over them, though its total is made without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .clauses import Passage
from .marks import Claim, Mark
from .periods import same_time
from .words import NUMBER_OF_ITEM, among_in

_FAR = 60  # figures behind a list
_NO_KIND = re.compile("[超逾积退漏误]|未|投诉|差错")  # says how the others were dealt with


def is_none(mark: Mark) -> bool:
    """Whether a value says that there is none of a kind, and is not what is rounded to 0."""
    return mark.low == mark.high == 0 and not _NO_KIND.search(mark.before + mark.name)


def none_behind(claim: Claim, passage: Passage) -> Iterator[Mark]:
    """The values of 0 with which the list of a sum goes on: 甲60件;乙30件;丙0件.

    Their clauses are parted as those of its parts are; or they open sentences, or paragraphs, as
    those do, are numbered if those are, and of their noun.
    """
    total, parts = claim.of("total")[0], claim.of("part")
    last = parts[-1]
    if claim.kind != "sum" or len(parts) < 2 or last.n < total.n:
        return
    in_turn = all(one.sentence < part.sentence for one, part in pairwise(parts))
    by_semicolon = all(";" in part.gap for part in parts[1:])
    for mark in passage.marks[last.n + 1 : last.n + 1 + _FAR]:
        opens = mark.sentence > last.sentence
        if opens and not in_turn:
            return
        if mark.bracket != last.bracket or mark.is_change or (in_turn and not opens):
            continue
        alike = mark.sort == "level" and mark.counts == total.counts
        if not alike and not opens:
            continue  # 甲60件80人;乙0件0人
        fits = alike and is_none(mark) and not mark.prior and same_time(mark, last)
        by_comma = opens or ";" not in mark.gap or by_semicolon
        if not fits or not by_comma or among_in(mark.gap):
            return
        numbered = [NUMBER_OF_ITEM.match(passage.folded[m.paragraph - 1]) for m in (last, mark)]
        if opens and (bool(numbered[0]) != bool(numbered[1]) or last.name[-1:] != mark.name[-1:]):
            return
        yield mark
        last = mark
