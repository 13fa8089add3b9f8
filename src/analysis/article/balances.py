"""What one value has over another, by the word for it: 贸易顺差, 结余, 自然增加, 一进一出…逆差."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .adding import adds_up, claim_of, is_precise, one_slip
from .clauses import Passage
from .marks import Claim, Mark
from .partitions import BALANCES
from .periods import same_time

_REACH = 24  # figures between a balance and what it is of
_FINELY = 10  # times what no total is by chance, of which several are tried
_NEXT = 4  # figures from two net gains to what they make together
_LAST_OF_BALANCES = {
    word[-1] for over, under, *_ in BALANCES for word in f"{over}|{under}".split("|")
}
_NET_GAINS = {"自然": ("出生", "死亡"), "社会": ("迁入", "迁出"), "机械": ("迁入", "迁出")}
_NET_GAIN = re.compile(
    f"({'|'.join(_NET_GAINS)})(?:净?增[加长]?|变动)?(?:人[口数]|数)?(?:[为是]|达)?$"
)


def balances(passage: Passage) -> Iterator[Claim]:
    """贸易顺差, 结余: what one printed value has over another is the sum of which that one is."""
    gains: list[Mark] = []
    for mark in passage.marks:
        if mark.sort in ("level", "difference") and (of := _NET_GAIN.search(mark.before)):
            if claim := _over(mark, *_NET_GAINS[of[1]], of[0], passage):
                yield claim
            gains = [*(g for g in gains if mark.n - g.n < _REACH), mark][-2:]
            if len(gains) > 1 and (claim := _gained(gains[0], mark, passage)):
                yield claim
            continue
        if mark.sort != "level" or mark.name[-1:] not in _LAST_OF_BALANCES:
            continue
        for over, under, income, expense in BALANCES:
            word = re.search(f"(?:{over}|{under})$", mark.name)
            if word is None:
                continue
            larger, smaller = income, expense
            if re.fullmatch(under, word[0]):
                larger, smaller = expense, income
            if claim := _over(mark, larger, smaller, word[0], passage):
                yield claim
                break


def _over(mark: Mark, larger: str, smaller: str, word: str, passage: Passage) -> Claim | None:
    """The claim of a balance of the last values of two names, or of those that make it."""
    totals, parts = (_said_before(mark, said, passage) for said in (larger, smaller))
    for total in totals:
        for part in parts:
            nearest = total is totals[0] and part is parts[0]
            fits = adds_up(total, [part, mark]) and (nearest or is_precise(total, _FINELY))
            if fits or (nearest and one_slip(total, [part, mark])):
                return claim_of(total, [part, mark], word, complete=True)
    return None


def _said_before(mark: Mark, name: str, passage: Passage) -> list[Mark]:
    """The values of a name before a balance, in its unit and of its time, the last one first."""
    return [
        value
        for value in reversed(passage.marks[max(0, mark.n - _REACH) : mark.n])
        if value.sort == "level" and not value.prior and value.counts == mark.counts
        if same_time(value, mark) and re.search(name, value.name)
    ]


def _gained(one: Mark, other: Mark, passage: Passage) -> Claim | None:
    """自然增加90人,社会增加60人,人口净增150人: by how much two net gains make it more."""
    behind = passage.marks[other.n + 1 : other.n + 1 + _NEXT]
    for total in (*behind, *reversed(passage.marks[max(0, one.n - _REACH) : one.n])):
        if total.sort != "difference" or not total.counts == one.counts == other.counts:
            continue
        if adds_up(total, [one, other]) and is_precise(total, _FINELY):
            return claim_of(total, [one, other], total.before[-12:], complete=True)
    return None
