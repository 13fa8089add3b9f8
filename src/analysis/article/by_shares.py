"""Parts of a total by the shares printed of them: those that make a hundred, and of several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..phrases import BY_SUM
from .adding import adds_up, claim_of, closed, one_slip, slipped
from .clauses import LISTS, Passage
from .in_force import other_act
from .marks import Claim, Mark
from .totals import REACH, holds, holds_together
from .words import AMONG, BREAKDOWN, SIDES

_MOST = 60  # shares of one total that make a hundred
_MOST_TOGETHER = 12
_WIDE = 10
_SEVERAL = 3  # shares that what their parts make has by no chance
_FINE = 0.11  # how wide a share is printed that is one of another paragraph by no chance
_A_SLIP = 0.1  # of a hundred: shares of parts that one slip keeps from their total
_GOES_ON = 4  # sentences of kinds
_OPENS_ANOTHER = re.compile(rf"{BREAKDOWN.pattern}|{SIDES.pattern}|{AMONG.pattern}")
_OTHERS = re.compile("其[他它余]")  # 以其他方式结案(20件)


def hundreds(ratios: list[Claim]) -> Iterator[Claim]:
    """Parts of one total whose printed shares make a hundred."""
    group: list[Claim] = []
    another = False
    shared = [claim for claim in ratios if claim.words.startswith("占") and _tells(claim)]
    for claim, then in zip(shared, [*shared, None][1:], strict=True):
        total = claim.of("denominator")[0]
        if group and group[0].of("denominator")[0] is not total:
            group, another = [], False
        group.append(claim)
        while len(group) > _MOST or (len(group) > 1 and _low(_rates(group)) > 100):
            del group[0]
            another = True  # breakdown, if what is left of the group makes the total
        shares = _rates(group)
        parts = [c.of("numerator")[0] for c in group]
        goes_on = then is not None and then.of("denominator")[0] is total
        ends = not goes_on and bool(_OTHERS.search(parts[-1].said))
        slipped = ends and _nearly_a_hundred(shares) and one_slip(total, parts)
        if len(group) < 2 or not (slipped or make_a_hundred(shares)):
            continue
        if another and not adds_up(total, parts):
            continue
        if then is not None and goes_on and _low([*shares, then.of("rate")[0]]) <= 100:
            continue
        if not adds_up(total, parts):
            parts += _unshared(total, parts)
        unsaid = total.low - sum(part.high for part in parts)  # may hide in the shares' rounding
        hidden = 0 < unsaid <= (100 - _low(shares)) / 100 * total.high and not closed(total, parts)
        hidden = hidden and not slipped
        roles = [("total", total), *(("part", part) for part in parts)]
        yield Claim("part" if hidden else "sum", roles, "占, shares that make 100%")
        group, another = [], False


def _tells(claim: Claim) -> bool:
    """Whether a share is no 一半多, which makes a hundred with anything."""
    return all(rate.high - rate.low < _WIDE for rate in claim.of("rate"))


def of_their_own(ratios: list[Claim], passage: Passage) -> list[Claim]:
    """Ratios without the shares of what their parts make together where it is not the total in
    force, nor that but for a slip; with that as their total, where it is printed.

    举报90件。从对象看,农村31件,占66%;社区8件,占17%;一般8件,占17%,…检举控告47件: of the 47.
    """
    known = {claim.of("rate")[0].n: claim for claim in ratios if claim.words.startswith("占")}
    left: dict[int, Claim] = {claim.of("rate")[0].n: claim for claim in ratios}
    for sentence in passage.sentences():
        rows = [
            (mark, mark.previous)
            for mark in sentence
            if mark.sort == "share" and mark.previous and mark.previous.sort == "level"
        ]
        told = [known[rate.n] for rate, _ in rows if rate.n in known]
        totals = {claim.of("denominator")[0].n: claim.of("denominator")[0] for claim in told}
        if len(rows) < _SEVERAL or len(totals) != 1:
            continue
        (total,), parts = totals.values(), [part for _, part in rows]
        made = replace(
            total,
            value=sum(part.value for part in parts),
            low=sum(part.low for part in parts),
            high=sum(part.high for part in parts),
        )
        if any(part.counts != total.counts for part in parts) or adds_up(total, parts):
            continue
        if slipped(total, parts) or not all(holds(*row, made) for row in rows):
            continue
        if all(holds(*row, total) for row in rows):
            continue  # printed so roughly
        for rate, _ in rows:
            left.pop(rate.n, None)
        near = passage.marks[max(0, parts[0].n - REACH) : parts[-1].n + REACH]
        alike = (v for v in near if v.sort == "level" and v.counts == total.counts)
        if printed := next((v for v in alike if v.value == made.value and v not in parts), None):
            left |= {row[0].n: Claim.ratio(*row, printed, "占, of all of them") for row in rows}
    return [*left.values()]


def _rates(claims: list[Claim]) -> list[Mark]:
    return [claim.of("rate")[0] for claim in claims]


def together(passage: Passage, ratios: list[Claim]) -> Iterator[Claim]:
    """诈骗90件、盗窃60件、赌博30件,合计占60%: parts of the value of which they are that much."""
    owned = {claim.of("rate")[0].n for claim in ratios}
    for share in passage.marks:
        if share.sort != "share" or share.prior or share.n in owned or "占" not in share.before:
            continue
        parts, at = list[Mark](), share.previous
        while at is not None and at.sort == "level" and len(parts) < _MOST_TOGETHER:
            parts.insert(0, at)
            at = at.previous if at.gap[:1] in LISTS else None
        if len(parts) < 2 or parts[0].sentence != share.sentence:
            continue
        first, fine = parts[0], share.high - share.low <= _FINE
        near = reversed(passage.marks[max(0, first.n - REACH) : first.n])
        wholes = (v for v in near if v.sort == "level" and v.counts == first.counts)
        wholes = (v for v in wholes if fine or v.paragraph == first.paragraph)
        told = (v for v in wholes if not (v.listed or v.prior))
        fits = (v for v in told if holds_together(share, parts, v))
        if (total := next(fits, None)) is not None:
            yield claim_of(total, parts, "合占")


def of_kinds(passage: Passage, ratios: list[Claim]) -> Iterator[Claim]:
    """从类型看,甲类90件,占60%;乙类30件,占20%: kinds of the total that their shares are of, though
    they are not all there are.

    What a semicolon or a list sets beside them is one of them, too: …;丙类9件.
    """
    shares = {c.of("numerator")[0].n: c for c in ratios if c.words.startswith("占")}
    sentences = [*passage.sentences()]
    for k, sentence in enumerate(sentences):
        first = sentence[0]
        said = first.gap if first.previous is None else first.tail
        told = BREAKDOWN.search(said)
        if not (told or SIDES.search(said)):
            continue
        own = (shares[mark.n].of("denominator")[0] for mark in sentence if mark.n in shares)
        if (total := next(own, None)) is None:
            continue
        parts = list[Mark]()
        for n, row in enumerate(sentences[k : k + _GOES_ON]):
            known = [*_beside(row, total, shares, told=bool(told))]
            opens = next((mark for mark in row if mark.sort == "level"), None)
            another = n and (_OPENS_ANOTHER.search(row[0].tail) or opens not in known[:1])
            if another or row[0].paragraph != first.paragraph:
                break
            parts += known
        rates = [shares[part.n].of("rate")[0] for part in parts if part.n in shares]
        if len(parts) > 1 and rates and sum(part.low for part in parts) <= total.high:
            whole = bool(told) and (len(rates) < len(parts) or make_a_hundred(rates))
            words = told[0].strip(",:") if told else "占"
            yield claim_of(total, parts, words, complete=whole)


def _beside(
    row: list[Mark], total: Mark, shares: dict[int, Claim], *, told: bool
) -> Iterator[Mark]:
    """The values of a sentence that are kinds of a total, by a share of it or beside such a one."""
    before: Mark | None = None
    for mark in row:
        if before is not None and (AMONG.search(mark.gap) or BREAKDOWN.search(mark.gap)):
            return
        if mark.sort != "level" or mark.prior or mark is total or mark.counts != total.counts:
            continue
        share, beside = shares.get(mark.n), mark.gap[:1] in LISTS or ";" in mark.gap
        opens = told and before is None
        if share.of("denominator")[0] is total if share else opens or (beside and told):
            if before is not None and other_act(before, mark):
                return
            before = mark
            yield mark


def _unshared(total: Mark, parts: list[Mark]) -> list[Mark]:
    """The value right behind parts that makes their total with them, though it has no share:
    省内51人,占58%;省外36人,占41%;境外1人."""
    then = next((value for value in parts[-1].ahead() if value.is_level), None)
    if then is None or then.counts != total.counts:
        return []
    return [then] if adds_up(total, [*parts, then]) else []


def make_a_hundred(shares: list[Mark]) -> bool:
    return _low(shares) <= 100 <= sum(share.high for share in shares)


def _nearly_a_hundred(shares: list[Mark]) -> bool:
    """Whether three shares or more come so near that what is missing is a slip and no part."""
    return len(shares) > 2 and abs(sum(share.value for share in shares) - 100) < _A_SLIP


def _low(shares: list[Mark]) -> float:
    return sum(share.low for share in shares)


def of_most_shares(
    made: dict[tuple[int, frozenset[int]], Claim], ratios: list[Claim]
) -> dict[tuple[int, frozenset[int]], Claim]:
    """Lists without those that make by chance what others, with more of its shares, make as well:
    火灾75起,占38%;救援46起,占24%;…, which are 196起 alone and not with what is told before them."""
    of = {r.of("numerator")[0].n: r.of("denominator")[0].n for r in ratios if r.of("denominator")}
    best: dict[int, tuple[int, frozenset[int]]] = {}
    shares = {(whole, members): sum(of.get(n) == whole for n in members) for whole, members in made}
    for (whole, members), claim in made.items():
        many = shares[whole, members]
        if claim.kind == "sum" and many > best.get(whole, (0, members))[0]:
            best[whole] = many, members
    return {
        (whole, members): claim
        for (whole, members), claim in made.items()
        if claim.words != BY_SUM
        or whole not in best
        or shares[whole, members] == best[whole][0]
        or members.isdisjoint(best[whole][1])
    }
