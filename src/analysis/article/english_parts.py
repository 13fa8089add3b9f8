"""The parts and sums that English text claims by words that stand between, before or behind them.

Lists that a word opens (of which, including), and those that only arithmetic finds, are read as
those of Chinese text are (`parts`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .adding import adds_up, claim_of, counts_as, is_precise, one_slip, slipped
from .clauses import Passage
from .english_lists import laid_out
from .marks import Claim, Mark

_REACH = 12  # figures away
_FAR = 24  # from a list to a total whose noun it names
_FEWEST = 3  # figures of a sum
_APART = 2  # lines from one paragraph to the next
WHOSE = r"(?:the|its|their|his|her|our|these|those|all|a total of|[a-z]+['’]s?)"
_OPENS_OF_THE = re.compile(rf"\s*(?:out of|of|among|within)(?: {WHOSE})+ $", re.IGNORECASE)
_OF_THE = re.compile(rf"\s(?:out )?(?:of|among)(?: {WHOSE})* $", re.IGNORECASE)
OF_THEM = re.compile(r"\s(?:\([^()]*\) )?(?:[a-z]+ ){0,2}of (?:them|whom|which|these|those)\b")
_OPENS = re.compile(r"\b(?:includ|compris|of (?:which|whom|them|these|those)\b)")
_TOGETHER = re.compile(  # before a total that stands behind its parts
    r"\b(?:total(?:s|led|ling)?|in all|all told|altogether|combined|together|mak(?:es?|ing)|made"
    r"|giving|bringing|sum)\b",
    re.IGNORECASE,
)
_OF_THESE = re.compile(  # Together, these three cost; the total of these two groups
    r"^\s*(?:Together|In total|In all|Combined|Altogether|Taken together|All told)\b"
    r"|\b(?:total|sum) of (?:the|these|those|all|both|which)\b"
)
_IN_ALL = re.compile(r"[^,;。0-9]{0,30}\b(?:in all|in total|altogether|all told|combined)\b")
_INCLUDED = re.compile(
    r"(?:^|[,;]|\band)\s*(?:the|these|those) ([a-z][a-z -]+?) (?:included?|comprised?"
    r"|consisted of) $",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:within|among|of) (?:(?:the|all|its) )?([a-z][a-z -]+?), ", re.IGNORECASE
)
_COMPLETE = re.compile(  # what opens a list of all there is: split between roads (£9m) and parks
    r"(?:\b(?:compris(?:e[ds]?|ing)|consist(?:s|ed|ing)? of|(?:made|making) up of|composed of"
    r"|(?:split|divided|shared|distributed|spread|apportioned|broken down|breaks? down|subdivided)"
    r" (?:equally |evenly )?(?:between|among(?:st)?|into|over|across|as follows|by)|namely)\b|:)"
    r"[^0-9;:]*$",
    re.IGNORECASE,
)
_OF_NOUN = re.compile(  # 96 of the year's fires; 90 of the total
    r"\s(?:\([^()]*\) )?(?:out )?of (?:(?:the|that|this|its|their|all) )+(?P<then>(?:year|month"
    r"|quarter|week|period|season|day)['’]s )?(?P<of>[a-z][a-z-]*(?: [a-z-]+){0,2})",
)
_ALL_OF_IT = re.compile(  # words for a total
    r"(?:(?:grand |overall |combined )?total|whole|sum|overall (?:number|figure)|lot|full amount"
    r"|aggregate|intake|caseload|tally|toll|haul|catch|takings|outlay|proceeds)\b"
)
_ONES = re.compile(r",? and (?:[a-z-]+ ){1,3}$|, (?:[a-z-]+ ){1,3}$")
_REST = re.compile(r"\b(?:balance|rest|remainder|remaining|others?)\b[^,;()]{0,12}$", re.IGNORECASE)


def of_them(passage: Passage) -> list[Claim]:
    """Parts of a printed whole: 353 of the 1,200; 609, with 196 of them; of the 90 fires, 40 ...

    And sums whose total stands behind: 5 men, together with 4 women, 9 people.
    """
    found = (
        _of_them,
        _of_a_noun,
        _added_before,
        _with_the_rest,
        _complete,
        _named,
        _within,
        laid_out,
    )
    return [claim for each in found for claim in each(passage)]


def _of_them(passage: Passage) -> Iterator[Claim]:
    for mark, then in zip(passage.marks, [*passage.marks[1:], None], strict=True):
        if mark.sort != "level" or mark.prior:
            continue
        line = passage.folded[mark.paragraph - 1]
        if _OPENS_OF_THE.fullmatch(mark.tail):
            before = [mark.previous] if mark.previous and mark.tail == mark.gap else []
            if parts := _parts_of(mark, passage, before):
                yield claim_of(mark, parts, mark.tail.strip())
            continue
        whole: Mark | None = None
        here = then is not None and then.paragraph == mark.paragraph and then.sort == "level"
        if then is not None and here and _OF_THE.fullmatch(line, mark.end, then.start):
            whole = then
        if OF_THEM.match(line, mark.end) and (whole := last_level(mark, mark, passage)):
            ahead = passage.marks[mark.n + 1 : mark.n + _REACH]
            beside = [m for m in ahead if m.sentence == mark.sentence and _may_be_part(m, mark)]
            lists = ([mark, *beside[:k]] for k in range(1, len(beside) + 1))
            told = (claim_of(whole, parts, "of them") for parts in lists if counts_as(mark, whole))
            if added := next((claim for claim in told if claim.kind == "sum"), None):
                yield added  # 819 of them are men and 353 women
                continue
        if whole is not None and counts_as(mark, whole):
            yield Claim("part", [("total", whole), ("part", mark)], "of them")


def _parts_of(total: Mark, passage: Passage, before: list[Mark]) -> list[Mark]:
    """The values that follow a total in its sentence, until they make it or a part is divided.

    With one before it, those that make it with that one: 500 of the 900 are men and 400 women.
    """
    parts = [
        mark for mark in before if _may_be_part(mark, total) and mark.sentence == total.sentence
    ]
    for part in passage.marks[total.n + 1 : total.n + _REACH]:
        if part.sentence != total.sentence or (parts and _OPENS.search(part.gap)):
            break
        if part.sort != total.sort or part.prior or not counts_as(part, total):
            continue
        if part.low > total.high:
            return []
        parts.append(part)
        if len(parts) > 1 and adds_up(total, parts):
            return parts
    return [] if before else parts


def last_level(mark: Mark, part: Mark, passage: Passage) -> Mark | None:
    """The last value before a mark, in its sentence or the one before: that may end the paragraph
    above where the mark opens its own. One that has the part in it goes first."""
    last: Mark | None = None
    for value in reversed(passage.marks[max(0, mark.n - _REACH) : mark.n]):
        above = mark.paragraph - value.paragraph
        if above > _APART * (mark.previous is None) or mark.sentence - value.sentence > 1 + above:
            return last
        if value.sort == "level" and not value.prior and value is not part:
            if value.high >= part.low:
                return value
            last = last or value
    return last


def _may_be_part(mark: Mark, total: Mark) -> bool:
    """Whether a figure may be a part of a total by its sort and unit."""
    known = mark.sort == total.sort and mark.sort in ("level", "share") and not mark.prior
    return known and counts_as(mark, total)


def _added_before(passage: Passage) -> Iterator[Claim]:
    """Sums whose total stands last, behind a word that adds: 5 in the north, 4 in the south, for a
    total of 9; together with these, 9."""
    for total in passage.marks:
        before = passage.marks[total.n - 1] if total.n > 1 else None
        line = passage.folded[total.paragraph - 1]
        if before is None or before.paragraph != total.paragraph:
            continue
        if before.sentence == total.sentence:
            said = f"{before.gap} {line[before.end : total.start]}"
            tied = _TOGETHER.search(said) or _IN_ALL.match(line, total.end)
        else:
            tied = _OF_THESE.search(total.tail)
        if not tied:
            continue
        parts: list[Mark] = []
        for mark in reversed(passage.marks[max(0, total.n - _REACH) : total.n]):
            if mark.paragraph != total.paragraph or total.sentence - mark.sentence > 1:
                break
            if mark.is_change or (mark.sort == "share" and total.sort == "level"):
                continue  # 39.2% or €84.2 million
            if not _may_be_part(mark, total):
                break
            parts.insert(0, mark)
            if len(parts) > 1 and adds_up(total, parts):
                yield claim_of(total, parts, "together")
                break


def _with_the_rest(passage: Passage) -> Iterator[Claim]:
    """Sums whose last part is the rest: €6 billion is provided. €5 billion is for … and the
    balance of €1 billion for … The total is one of the sentence before, or among the parts."""
    for rest in passage.marks:
        if not _may_be_part(rest, rest) or not _REST.search(rest.gap):
            continue
        near = passage.marks[max(0, rest.n - _REACH) : rest.n]
        before = [m for m in near if m.paragraph == rest.paragraph and _may_be_part(m, rest)]
        before = [m for m in before if rest.sentence - m.sentence <= 1]
        own = [mark for mark in before if mark.sentence == rest.sentence]
        above = [mark for mark in before if mark.sentence < rest.sentence]
        lists = [[mark, *own, rest] for mark in above[::-1] if len(own) > 1]
        lists += [[mark, *(m for m in own if m is not mark), rest] for mark in own]
        rows = [[*before[k:], rest] for k in range(len(before))][::-1]
        fits = [row for row in (*lists, *rows) if _may_be_a_sum(row) and adds_up(row[0], row[1:])]
        rows = [row for row in rows if row[0].sentence < rest.sentence]
        fits += [row for row in rows if _may_be_a_sum(row) and one_slip(row[0], row[1:])]
        if fits:
            yield claim_of(fits[0][0], fits[0][1:], "the rest", complete=True)


def _may_be_a_sum(row: list[Mark]) -> bool:
    """Whether the first of some values may be what the others make."""
    return len(row) >= _FEWEST and all(part.low <= row[0].high for part in row[1:])


def _within(passage: Passage) -> Iterator[Claim]:
    """Sums of a value by its noun, however far above: within port cargo, 9 tonnes by sea and 4 by
    river, of a port cargo throughput of 13 tonnes."""
    for first in passage.marks:
        of = _WITHIN.search(first.tail)
        if of is None or (first.previous and first.previous.sentence == first.sentence):
            continue
        ahead = passage.marks[first.n : first.n + _REACH]
        parts = [m for m in ahead if m.sentence == first.sentence and m.sort == "level"]
        for total in reversed(passage.marks[max(0, first.n - _FAR) : first.n]):
            named = parts and of[1].lower() in total.name.lower() and _may_be_part(total, parts[0])
            if named and len(parts) > 1 and is_precise(total) and adds_up(total, parts):
                yield claim_of(total, parts, of[0].strip(" ,"))
                break


def _named(passage: Passage) -> Iterator[Claim]:
    """Parts of a value by its noun: 5,230 inmates, of whom …; the inmates included 90 women."""
    for first in passage.marks:
        of = _INCLUDED.search(first.tail) if first.sort == "level" and not first.prior else None
        before = passage.marks[max(0, first.n - _REACH) : first.n] if of else []
        named = (m for m in reversed(before) if of and m.name.lower() == of[1].lower())
        total = next((m for m in named if m.sort == "level" and not m.prior), None)
        if total is None:
            continue
        parts: list[Mark] = []
        for part in passage.marks[first.n : first.n + _REACH]:
            if part.sentence != first.sentence or (parts and ";" in part.gap):
                break
            if _may_be_part(part, total):
                parts.append(part)
        if parts and all(part.low <= total.high for part in parts):
            yield claim_of(total, parts, of[0].strip() if of else "")


def _complete(passage: Passage) -> Iterator[Claim]:
    """Sums of a list that its words open as complete, to its last part after and: 9 of two kinds:
    5 A and 4 B; comprised 5 A and 4 B; split between A (5) and B (4)."""
    for total in passage.marks:
        then = passage.behind(total)
        line = passage.folded[total.paragraph - 1]
        opens = then is not None and then.paragraph == total.paragraph and total.sort == "level"
        if then is None or not opens or total.prior:
            continue
        if not _COMPLETE.search(line, total.end, then.start):
            continue
        parts: list[Mark] = []
        for mark in passage.marks[total.n + 1 : total.n + 1 + _REACH]:
            if mark.sentence != total.sentence or not _may_be_part(mark, total):
                break
            parts.append(mark)
        listed = len(parts) > 1 and re.search(r"\band\b", line[parts[-2].end : parts[-1].start])
        if listed and (adds_up(total, parts) or (is_precise(total) and slipped(total, parts))):
            yield claim_of(total, parts, "listed", complete=True)


def _of_a_noun(passage: Passage) -> Iterator[Claim]:
    """Parts of what a noun names, or of the total: 96 of the year's fires; 90 of the total and
    other ones 40."""
    for mark in passage.marks:
        of = _OF_NOUN.match(passage.folded[mark.paragraph - 1], mark.end)
        if of is None or not _may_be_part(mark, mark) or mark.sort != "level":
            continue
        above = [
            value
            for value in reversed(passage.marks[max(0, mark.n - _REACH) : mark.n])
            if _may_be_part(value, mark)
            and 0 <= mark.sentence - value.sentence <= _APART
            and mark.paragraph - value.paragraph <= _APART * (mark.previous is None)
            and value.low >= mark.high
        ]
        words = set(of["of"].split())
        named = [value for value in above if words & {*value.name.lower().split()}]
        if not named and (_ALL_OF_IT.match(of["of"]) or (of["then"] and len(above) == 1)):
            named = sorted(above, key=lambda value: -value.value)
        if named:
            parts = [mark]
            for then in passage.marks[mark.n + 1 : mark.n + _REACH]:
                if then.sentence != mark.sentence or not _may_be_part(then, named[0]):
                    break
                if not (
                    _ONES.search(then.gap) and sum(p.low for p in (*parts, then)) <= named[0].high
                ):
                    break
                parts.append(then)
            yield claim_of(named[0], parts, of[0].strip())


def sifted(found: list[Claim], ratios: list[Claim]) -> list[Claim]:
    """Sums and parts without those that say less than another: that one figure is a part of
    another, where a share says how much of it, or all parts of a claim on the same total; and
    without those of a total that is itself a part of what they add."""
    seen: set[tuple[int, ...]] = set()  # a list of parts is claimed once
    once: list[Claim] = []
    for claim in found:
        parts = tuple(part.n for part in claim.of("part"))
        if len(parts) < 2 or parts not in seen:
            once.append(claim)
        seen.add(parts)
    found = once
    pairs = [{(claim.of("total")[0].n, part.n) for part in claim.of("part")} for claim in found]
    with_pair: dict[tuple[int, int], list[set[tuple[int, int]]]] = {}
    for own in pairs:
        for pair in own:
            with_pair.setdefault(pair, []).append(own)
    shared = {(claim.of("denominator")[0].n, claim.of("numerator")[0].n) for claim in ratios}
    return [
        claim
        for claim, own in zip(found, pairs, strict=True)
        if not (len(own) == 1 and own <= shared)
        and not any(own < other for other in with_pair[min(own)])
        and not any(
            part.low > total.high and (part.n, total.n) in with_pair
            for total in claim.of("total")
            for part in claim.of("part")
        )
    ]
