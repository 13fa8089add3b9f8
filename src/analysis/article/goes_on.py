"""How a list goes on behind what seems its end: in the next sentences."""

from __future__ import annotations

import re

from .adding import adds_up, closes, is_precise, one_slip
from .in_force import other_act
from .marks import Mark
from .periods import same_time
from .words import AMONG

_FAR = 100  # figures over which a list goes on
_VERB = 2  # and those of a verb
_BUILD = 4  # the last characters of two clauses of one build: 接待游客
_ALL_OF_IT = re.compile("[全本我]|总|各")
_BESIDES = re.compile("(?:此外|另外|除此之外),?还?包[括含]")


def over_the_stop(whole: Mark, parts: list[Mark]) -> list[Mark]:
    """A list with what the sentences after it begin with, where they complete it: 出口…。进口….

    Or where they are of its build: 接待游客90人,其中甲景区接待游客9人。乙景区接待游客8人; or say
    what else it has: 此外还包括.
    """
    if adds_up(whole, parts):
        return parts
    more, going_on, besides = list(parts), len(parts), -1
    precise, at = is_precise(whole), parts[-1].following
    while at is not None and at.n - parts[-1].n < _FAR and sum(p.low for p in more) <= whole.high:
        besides = at.sentence if _BESIDES.search(at.tail) else besides
        also = at.sentence == besides
        later = at.sentence - more[-1].sentence
        if (later > 0 or also) and at.sort == "level" and at.counts == whole.counts:
            if at.prior or not same_time(at, whole) or (AMONG.search(at.tail) and not also):
                break
            begins = at.previous is None or at.previous.sentence < at.sentence
            of_build = later <= 1 and begins and _is_built(at, whole, parts)
            alike = later == 1 and begins and at.before[-_VERB:] == parts[0].before[-_VERB:]
            going_on += going_on == len(more) and (also or of_build)
            more.append(at)
            of_one = all(part.name[-2:] == at.name[-2:] for part in parts)
            made = of_one and adds_up(whole, more)
            if alike and adds_up(whole, more) and _so_beside(whole, more):
                return more
            if precise and (made or (one_slip(whole, more) and closes(whole, more))):
                return more
        at = at.following
    goes_on = sum(part.low for part in more[:going_on]) <= whole.high
    return more[:going_on] if goes_on else parts


def _so_beside(whole: Mark, parts: list[Mark]) -> bool:
    """Whether the values beside a total and its parts are a total and its parts as well: 沉船9艘,
    死亡49人。其中,渔船3艘,死亡10人。货船6艘,死亡39人."""
    beside = [mark.following for mark in (whole, *parts)]
    known = [v for v in beside if v is not None and v.sort == "level" and not v.prior]
    if len(known) < len(beside) or any(v.counts != known[0].counts for v in known):
        return False
    return known[0].counts != whole.counts and adds_up(known[0], known[1:])


def _is_built(later: Mark, whole: Mark, parts: list[Mark]) -> bool:
    """Whether a sentence says of another what a total and its parts are said to be."""
    builds = {mark.before[-_BUILD:] for mark in (whole, *parts, later)}
    another = not any(mark.before == later.before for mark in (whole, *parts))
    all_of_it = _ALL_OF_IT.match(later.tail) or AMONG.search(later.tail)
    return len(builds) == 1 and another and not all_of_it and not other_act(parts[0], later)
