"""English changes of a value of the sentences before: of the former, of what a subject names."""

from __future__ import annotations

import math
import re
from itertools import groupby, takewhile

from .clauses import Passage
from .marks import Mark

_WHICH = re.compile(r"\b(?:the|The) (former|latter)\b[^,;]*$")
_ANY = re.compile(  # words of a noun that say nothing of what is counted
    "the|and|of|for|with|from|numbers?|totals?|figures?|traffic|cases?|incidents?|offences?|crimes?|reported"
    "|recorded|registered|overall|people|persons?|all|were|was"
)
_STEM, _MOST = 5, 0.6  # letters that two words of one stem begin with, and of how much of both
_REACH = 12  # figures away
_APART = 2  # lines from one paragraph to the next


def fits(mark: Mark, value: Mark) -> bool:
    """Whether a change can be that of a value, by sort and unit."""
    if mark.sort == "points" or (mark.value == 0 and value.sort == "share"):
        return value.sort == "share"  # unchanged, of a rate
    if mark.sort == "difference":
        return value.is_level and (value.counts == mark.counts or not value.unit or not mark.unit)
    return value.is_level


def is_of_rate(mark: Mark, value: Mark) -> bool:
    """Whether a percentage may be the change of a rate beside it: occupancy fell 2% to 86.2%."""
    return mark.sort == "change" and value.sort == "share" and not value.prior


def sentence_before(first: Mark, passage: Passage) -> list[Mark]:
    """The figures of the sentence before, the last one first; also where each has a paragraph."""
    before = passage.marks[first.n - 1] if first.n else None
    if before is None or first.paragraph - before.paragraph > _APART * (first.previous is None):
        return []
    back = reversed(passage.marks[max(0, first.n - _REACH) : first.n])
    return list(takewhile(lambda mark: mark.sentence == before.sentence, back))


def of_two(first: Mark, passage: Passage) -> Mark | None:
    """The former or the latter of the two values of the sentence before."""
    said = _WHICH.search(first.tail)
    values = [value for value in before_sentence(first, passage) if fits(first, value)]
    values = [value for value in values if not value.prior and not value.bracket]
    if said is None or len(values) != len(("former", "latter")):
        return None
    return values[0] if said[1].lower() == "former" else values[1]


def before_sentence(first: Mark, passage: Passage) -> list[Mark]:
    """The figures of the sentence before that of a figure, in order."""
    at = first
    while at.n and passage.marks[at.n - 1].sentence == first.sentence:
        at = passage.marks[at.n - 1]
    return sentence_before(at, passage)[::-1]


def named(first: Mark, passage: Passage, owners: dict[int, Mark]) -> Mark | None:
    """The value of the sentences before that the subject of a change names: births fell by 4%."""
    said = first.name if first.name and first.name in first.tail else ""
    subject, general = _nouns(said), bool(said and _ANY.fullmatch(said.split()[-1].lower()))
    before = passage.marks[max(0, first.n - _REACH) : first.n]
    row = [v for v in before if v.paragraph == first.paragraph and v.sentence < first.sentence]
    for _, group in groupby(reversed(row), lambda mark: mark.sentence):
        here = [v for v in group if v.is_level or v.is_rate][::-1]
        alike = [v for v in here if _is_named(subject, v, here[0], general) and fits(first, v)]
        if alike:
            known = {(owners[n].n, passage.marks[n].against) for n in owners}
            new = (alike[0].n, first.against) not in known and alike[0].when == first.when
            return alike[0] if len(alike) == 1 and new and not alike[0].prior else None
    return None


def _nouns(said: str) -> list[str]:
    return [word for word in re.findall("[a-z]{3,}", said.lower()) if not _ANY.fullmatch(word)]


def _is_named(subject: list[str], value: Mark, whole: Mark, general: bool) -> bool:
    """Whether a subject is that of a value, by its own noun and that of the whole before it.

    A general one may say it with another noun: domestic traffic, of 90 domestic passengers.
    """
    own, more = _nouns(value.name), _nouns(whole.name) if whole is not value else []
    own = own[:-1] if general and len(own) > 1 else own
    return (
        bool(subject and own)
        and all(any(_of_one_stem(word, each) for each in subject) for word in own)
        and all(any(_of_one_stem(word, each) for each in (*own, *more)) for word in subject)
    )


def _of_one_stem(one: str, other: str) -> bool:
    """Whether two words have one stem: completed, completions."""
    one, other = one.rstrip("s"), other.rstrip("s")
    same = max(_STEM, math.ceil(_MOST * max(len(one), len(other))))
    return one == other or one[:same] == other[:same]
