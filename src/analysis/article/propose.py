"""The claims that a text makes, by rule."""

from __future__ import annotations

from dataclasses import replace

from ..phrases import BY_SUM, POINTS_MAY_BE_MEANT
from . import english_claims, english_parts, english_shares
from .adding import adds_up
from .changes import set_changes
from .clauses import Passage
from .counts_behind import TOLD_AGAIN
from .hardly_chance import changes_by_numbers, ratios_by_numbers
from .marks import Claim, Mark
from .parts import part_claims
from .round_counts import loosen_sums
from .shares import ratio_claims
from .totals import nearly

_ONE_UNIT = ("current", "prior", "total", "part")
_HEADLINE = 60  # characters; a longer first line is a paragraph


def propose(passage: Passage) -> list[Claim]:
    """Every claim proposed for a passage: changes, ratios, sums and parts.

    A headline that says again what the body says makes no claim of its own.
    """
    if passage.marks and passage.marks[0].in_english:
        changes = english_claims.change_claims(passage)
        ratios = english_shares.ratio_claims(passage)
        told = english_parts.of_them(passage)
    else:
        ratios = ratio_claims(passage)
        changes, told = set_changes(passage), []
    ratios = [ratio for ratio in ratios if ratio.told or _may_be(ratio)]
    ratios = [*ratios_by_numbers(passage, ratios)]
    changes = [*changes_by_numbers(passage, changes)]
    _note_points(changes)
    _as_rates(ratios)
    rated = _rated(ratios)
    parts = (_without_rated(claim, rated) for claim in part_claims(passage, ratios))
    found = [claim for claim in parts if len(claim.roles) > 1]
    known = {_said(claim, {})[1] for claim in found}
    if passage.marks and passage.marks[0].in_english:
        found += [claim for claim in told if _said(claim, {})[1] not in known]
        found = english_parts.sifted(found, ratios)
    claims = [*changes, *ratios, *found]
    loosen_sums(found)
    lacking = [claim for claim in claims if any(not mark.unit for _, mark in claim.roles)]
    for claim in (*lacking, *lacking):
        _share_a_unit([mark for role, mark in claim.roles if role in _ONE_UNIT])
    twins = _twins(passage)
    if not twins:
        return claims
    said = {_said(claim, {}) for claim in claims if not _is_of(claim, twins)}
    return [c for c in claims if not _is_of(c, twins) or _said(c, twins) not in said]


def _note_points(changes: list[Claim]) -> None:
    """Note which changes of rates may be in points: 结案率97.2%,同比上升6.7%. A base printed beside
    it tells."""
    for claim in changes:
        now = claim.of("current")
        if now and now[0].is_rate and not claim.of("prior") and not claim.of("difference"):
            for change in claim.of("change"):
                change.notes.append(POINTS_MAY_BE_MEANT)


def _share_a_unit(marks: list[Mark]) -> None:
    """Give the cells of a table without a unit that of what they are claimed to make or follow."""
    known = next((mark for mark in marks if mark.unit), None)
    for mark in marks:
        if known is not None and not mark.unit:
            mark.unit = known.unit
            mark.measure = mark.measure if mark.is_change else known.measure


def _as_rates(ratios: list[Claim]) -> None:
    """Make rates of the amounts and counts that ratios are: each claim was settled for €8,400."""
    for mark in (mark for ratio in ratios for mark in ratio.of("rate")):
        if mark.measure == "count" and mark.low == mark.high:
            mark.low, mark.high = mark.low - 0.5, mark.high + 0.5
        if mark.measure in ("count", "amount"):
            mark.measure = "rate"


def _may_be(ratio: Claim) -> bool:
    """Whether a ratio holds as printed but for a slip: one that is far off is of other figures,
    unless its counts stand right before it (立案1240起,破获89起,破案率71.8%)."""
    rate, part, total = (mark for _, mark in ratio.roles)
    beside = rate.previous is part and total.sentence == rate.sentence
    told = beside and rate.name.endswith("率")
    return told or nearly(rate, part, total, truncated=True)


def _rated(ratios: list[Claim]) -> dict[int, Claim]:
    """The shares and rates of a printed total, by their numerators; 性别比105.1 is no share."""
    return {
        ratio.of("numerator")[0].n: ratio
        for ratio in ratios
        if ratio.of("denominator") and ratio.of("rate")[0].sort == "share"
    }


def _without_rated(claim: Claim, rated: dict[int, Claim]) -> Claim:
    """A list after 其中 without what goes on about its total, or is a share of one of its parts.

    …;破案352起,破案率72.4%. 汽车90辆;电动汽车9辆,占汽车的10%. Both counts of one rate make a
    total together by chance alone, where no word lists them.
    """
    total, parts = claim.of("total"), {mark.n for mark in claim.of("part")}
    if claim.kind == "sum" and claim.words != BY_SUM and adds_up(total[0], claim.of("part")):
        return claim  # 机动车里,汽车81辆,摩托车9辆,占10%: of both
    kept: list[tuple[str, Mark]] = []
    for role, mark in claim.roles:
        ratio = rated.get(mark.n) if role == "part" else None
        of = ratio.of("denominator")[0] if ratio else None
        again = claim.kind == "part" and ratio is not None and ratio.words == TOLD_AGAIN
        if again and not mark.listed:
            continue  # 900宗投诉中,三成即270宗: the count says the share again
        is_rate = ratio is not None and ratio.of("rate")[0].name.endswith("率")
        if is_rate and ";" in mark.gap and of in total:
            break
        listed = is_rate and claim.words != BY_SUM
        if of is None or listed or of.n not in parts:
            kept.append((role, mark))
    if len(kept) == len(claim.roles):
        return claim
    if claim.words == BY_SUM:
        kept = kept[:1]  # what made the total, made it by chance
    whole = len(kept) > 2 and adds_up(kept[0][1], [mark for _, mark in kept[1:]])
    return replace(claim, kind="sum" if whole else "part", roles=kept)


def _twins(passage: Passage) -> dict[int, Mark]:
    """The figures of a headline that the body prints again, each with the one there."""
    line = passage.lines[0] if passage.lines else ""
    if len(line) > _HEADLINE or "。" in line:
        return {}
    body: dict[tuple[str, str, float], Mark] = {}
    for mark in passage.marks:
        if mark.paragraph > 1:
            body.setdefault((mark.sort, mark.counts, mark.value), mark)
    twins = {}
    for mark in passage.marks:
        twin = body.get((mark.sort, mark.counts, mark.value))
        if mark.paragraph == 1 and twin is not None:
            mark.notes.append(f"repeated in paragraph {twin.paragraph}: {twin.reported}")
            twins[mark.n] = twin
    return twins


def _is_of(claim: Claim, twins: dict[int, Mark]) -> bool:
    return all(mark.n in twins for _, mark in claim.roles)


def _said(claim: Claim, twins: dict[int, Mark]) -> tuple[str, frozenset[tuple[str, int]]]:
    roles = frozenset((role, twins.get(mark.n, mark).n) for role, mark in claim.roles)
    return claim.kind, roles
