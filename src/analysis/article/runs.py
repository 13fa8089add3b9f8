"""Changes that stand together, and the series of one sort among them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .bases import base_in, is_of_rise
from .clauses import SENTENCE_ENDS
from .marks import Mark
from .owners import MEAN
from .periods import phrase_in

LISTED = re.compile("[、和及与]|分别")
LESS = "剥离|剔除|撇除|扣除|还原"
_PRICES = re.compile(
    rf"口径|按[^,;。]{{0,8}}价格|(?:{LESS})[^,;。]*后|扣除[^,;。]{{0,8}}价格|(?:名义|实[际质])$"
)


def runs(marks: list[Mark]) -> Iterator[list[Mark]]:
    """Changes that follow one another with nothing between them but bases and signs.

    And with brackets, where a list goes on behind one: 减少90人(3%)及增加40人(1%).
    """
    run: list[Mark] = []
    inside: list[Mark] = []  # what such brackets hold
    for mark in marks:
        if not mark.is_change or mark.prior:
            if not mark.bracket and run:
                yield run
                yield from runs(inside)
                run, inside = [], []
            continue
        if mark.bracket and run and mark.holder is run[-1] and _is_listed_behind(mark):
            inside.append(mark)
            continue
        joined = run and (
            mark.previous is run[-1]
            and not mark.left
            and not SENTENCE_ENDS.search(mark.gap)
            and not phrase_in(mark.gap)
            and not MEAN.match(mark.reported)
        )
        if not joined:
            if run:
                yield run
            yield from runs(inside)
            run, inside = [], []
        run.append(mark)
    if run:
        yield run
    if inside:
        yield from runs(inside)


def _is_listed_behind(mark: Mark) -> bool:
    """Whether the change that a bracket stands behind is one of a list that has brackets."""
    of = mark.holder
    around = (of, of.following) if of is not None else ()
    return any(at is not None and LISTED.match(at.gap) for at in around)


def series_of(run: list[Mark]) -> list[list[Mark]]:
    """A run as lists, each of one sort against one base."""
    lists: list[list[Mark]] = []
    for mark in run:
        prices = lists and _PRICES.search(mark.gap)  # 按当年价格…,按可比价格…
        goes_on = lists and lists[-1][-1].sort == mark.sort and not base_in(mark.gap) and not prices
        again = goes_on and ("分别" in mark.gap or is_of_rise(mark))
        if goes_on and not again:
            lists[-1].append(mark)
        else:
            lists.append([mark])
    return lists
