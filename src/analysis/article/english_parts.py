"""The parts and sums that English text claims by words that stand between, before or behind them.

Lists that a word opens (of which, including), and those that only arithmetic finds, are read as
those of Chinese text are (`parts`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .adding import adds_up, claim_of, counts_as, one_slip
from .clauses import Claim, Mark, Passage

_REACH = 12  # figures away
_WHOSE = r"(?:the|its|their|his|her|our|these|those|all|a total of|[a-z]+['’]s?)"
_OPENS_OF_THE = re.compile(rf"\s*(?:out of|of|among)(?: {_WHOSE})+ $", re.IGNORECASE)
_OF_THE = re.compile(rf"\s(?:out )?(?:of|among)(?: {_WHOSE})* $", re.IGNORECASE)
_OF_THEM = re.compile(r"\s(?:[a-z]+ ){0,2}of (?:them|whom|which|these)\b")
_OPENS = re.compile(r"\b(?:includ|compris|of (?:which|whom|them|these|those)\b)")
_TOGETHER = re.compile(  # before a total that stands behind its parts
    r"\b(?:total(?:s|led|ling)?|in all|all told|altogether|combined|together|mak(?:es?|ing)|made"
    r"|giving|bringing|sum)\b",
    re.IGNORECASE,
)
_IN_ALL = re.compile(r"[^,;。0-9]{0,30}\b(?:in all|in total|altogether|all told|combined)\b")
_REST = re.compile(r"\b(?:balance|rest|remainder|remaining|others?)\b[^,;()]{0,12}$", re.IGNORECASE)


def of_them(passage: Passage, ratios: list[Claim]) -> list[Claim]:
    """Parts of a printed whole: 353 of the 1,200; 609, with 196 of them; of the 90 fires, 40 ...

    And sums whose total stands behind: 5 men, together with 4 women, 9 people. One part that has a
    share of that whole says less than the share does.
    """
    shares = [(claim.of("denominator")[0].n, claim.of("numerator")[0].n) for claim in ratios]
    parts = [
        claim
        for claim in _of_them(passage)
        if (claim.roles[0][1].n, claim.roles[1][1].n) not in shares or len(claim.of("part")) > 1
    ]
    return [*parts, *_added_before(passage), *_with_the_rest(passage), *_after_a_colon(passage)]


def _of_them(passage: Passage) -> Iterator[Claim]:
    for mark, then in zip(passage.marks, [*passage.marks[1:], None], strict=True):
        if mark.sort != "level" or mark.prior:
            continue
        line = passage.folded[mark.paragraph - 1]
        if _OPENS_OF_THE.fullmatch(mark.tail):
            if parts := _parts_of(mark, passage):
                yield claim_of(mark, parts, mark.tail.strip())
            continue
        whole: Mark | None = None
        here = then is not None and then.paragraph == mark.paragraph and then.sort == "level"
        if then is not None and here and _OF_THE.fullmatch(line, mark.end, then.start):
            whole = then
        if _OF_THEM.match(line, mark.end):
            whole = last_level(mark, mark, passage)
        if whole is not None and counts_as(mark, whole):
            yield Claim("part", [("total", whole), ("part", mark)], "of them")


def _parts_of(total: Mark, passage: Passage) -> list[Mark]:
    """The values that follow a total in its sentence, until they make it or a part is divided."""
    parts: list[Mark] = []
    for part in passage.marks[total.n + 1 : total.n + _REACH]:
        if part.sentence != total.sentence or (parts and _OPENS.search(part.gap)):
            break
        if part.sort != total.sort or part.prior or not counts_as(part, total):
            continue
        if part.low > total.high:
            return []
        parts.append(part)
        if len(parts) > 1 and adds_up(total, parts):
            break
    return parts


def last_level(mark: Mark, part: Mark, passage: Passage) -> Mark | None:
    """The last value before a mark in its paragraph, in its sentence or the one before."""
    for value in reversed(passage.marks[max(0, mark.n - _REACH) : mark.n]):
        if value.paragraph != mark.paragraph or mark.sentence - value.sentence > 1:
            return None
        if value.sort == "level" and not value.prior and value is not part:
            return value
    return None


def _alike(mark: Mark, total: Mark) -> bool:
    """Whether a figure may be a part of a total by its sort and unit."""
    known = mark.sort == total.sort and mark.sort in ("level", "share") and not mark.prior
    return known and counts_as(mark, total)


def _added_before(passage: Passage) -> Iterator[Claim]:
    """Sums whose total stands last, behind a word that adds: 5 in the north, 4 in the south, for a
    total of 9; together with these, 9."""
    for total in passage.marks:
        before = passage.marks[total.n - 1] if total.n > 1 else None
        if before is None or before.sentence != total.sentence:
            continue
        line = passage.folded[total.paragraph - 1]
        said = f"{before.gap} {line[before.end : total.start]}"
        if not (_TOGETHER.search(said) or _IN_ALL.match(line, total.end)):
            continue
        parts: list[Mark] = []
        for mark in reversed(passage.marks[max(0, total.n - _REACH) : total.n]):
            if mark.paragraph != total.paragraph or total.sentence - mark.sentence > 1:
                break
            if mark.is_change:
                continue
            if not _alike(mark, total):
                break
            parts.insert(0, mark)
            if len(parts) > 1 and adds_up(total, parts):
                yield claim_of(total, parts, "together")
                break


def _with_the_rest(passage: Passage) -> Iterator[Claim]:
    """Sums whose last part is the rest: €6 billion is provided. €5 billion is for … and the
    balance of €1 billion for …"""
    for rest in passage.marks:
        if not _alike(rest, rest) or not _REST.search(rest.gap):
            continue
        parts = [rest]
        for mark in reversed(passage.marks[max(0, rest.n - _REACH) : rest.n]):
            if mark.paragraph != rest.paragraph or rest.sentence - mark.sentence > 1:
                break
            if not _alike(mark, rest):
                continue
            large = len(parts) > 1 and all(part.low <= mark.high for part in parts)
            if large and (adds_up(mark, parts) or one_slip(mark, parts)):
                yield claim_of(mark, parts, "the rest", complete=True)
                break
            parts.insert(0, mark)


def _after_a_colon(passage: Passage) -> Iterator[Claim]:
    """Sums of a list behind a colon, to its last part after and: 9 of two kinds: 5 A and 4 B."""
    for total in passage.marks:
        if total.sort != "level" or total.prior or not total.after.rstrip().endswith(":"):
            continue
        parts: list[Mark] = []
        for mark in passage.marks[total.n + 1 : total.n + 1 + _REACH]:
            if mark.sentence != total.sentence:
                break
            parts.append(mark)
        listed = len(parts) > len("ab") and all(_alike(part, total) for part in parts)
        if listed and re.search(r"\band\b", parts[-1].gap) and one_slip(total, parts):
            yield claim_of(total, parts, "listed", complete=True)
