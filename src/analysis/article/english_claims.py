"""The changes that English text claims, by the words between its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from .adding import step_of
from .clauses import Passage
from .english_bases import base_of, beyond, without_bases
from .english_beside import ASIDE, BESIDES, IN_BRACKET, LEADS_ON, TO, between, is_behind, is_same
from .english_dates import TIME
from .english_moves import moves
from .english_nouns import noun_after
from .english_priors import OF_THEN
from .english_subjects import before_sentence, fits, is_of_rate, named, of_two, sentence_before
from .english_then import OTHERS_BEHIND, prior_of
from .english_turns import owners_in_turn
from .marks import Claim, Mark
from .round_counts import LEAST, is_round, loosen

_UP_TO_NEXT = re.compile(r"^(?:[^,;]|,(?=[0-9]))*?(?=,(?![0-9])|\band\b|\bbut\b)")
_NOUNS = re.compile(r"[,;]")
_GOES_ON = re.compile(  # a sentence about the value of the one before
    r"^\s*(?:(?:compared|on|over|against|from|relative)\b[^,;]*?,?\s)?(?:this|that|it|they|which"
    r"|the"
    r" (?:(?:latest|overall|new) )?(?:figure|number|total|count|result|tally|rate))\s(?:is|was"
    r"|were|represent(?:s|ed)|mark(?:s|ed)"
    r"|compar\w+)?\b[^,;]*$|^\s*(?:(?:on|over|in)\s[^,;]*?,?\s)?(?:this|it|the figure)\s$"
    r"|^\s*[^,;]*,\s(?:this|it|they|the (?:figure|number|total|count))"
    r"(?:\s(?:was|is|were|represent(?:s|ed)))?(?:\san?)?\s*$",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\s*(?:(?:this|that|it|which|these) )?compare[sd]? (?:with|to)\b", re.IGNORECASE
)
_FROM = re.compile(  # not what another verb leads up to: while robberies fell from 12
    r"(?:,?\s(?:(?!\b(?:while|whereas|but|fell|rose|went|grew|dropped|climbed|jumped|[a-z]+creased"
    r"|declined)\b)[^,;]){0,60})?,?\sfrom(?: the| an?| its)?\s$"
)
_IN_NOUN = re.compile(r"\s(?:in|for)\s[^,;:()0-9。]{2,70}\(")
_IN_A_NOUN = re.compile(r"^\s(?:in|for) (?!the\b)[a-z' -]{2,40},?$")  # increase in thefts, to 90
_TO_WORDS = re.compile(
    r"(?:\s|year|month|quarter|week|on|incidents|cases|victims|people|in|over|the|from|slightly"
    r"|sharply|-"
    r"|a|earlier|ago|same|period|last|of|previous|published|reported|recorded|originally"
    r"|first|respectively|higher|lower|than|,)*"
)
_JOINED = re.compile(
    r"(?:\s[a-z]+){0,2}\s?(?:\(|,?\sor\s|,?\s?(?:and|but|though|although|yet)\s|[,;]\s)",
    re.IGNORECASE,
)
_OPENING = re.compile(  # before a change with which a sentence or its first clause begins
    r"\W*(?:(?:(?:with|after|following|despite|thanks to|on|at|by|showing|having)(?: an?| the)?)?"
    r"|(?P<article>the|an?))\s?",
    re.IGNORECASE,
)
_COMES = (
    r"(?:is|are|was|were|now|at|to|stood|stands?|came|comes?|reach(?:es|ed)|total(?:s|led)|hit"
    r"|holds?|has|have|had|sold"
    r"|number(?:s|ed)|amount(?:s|ed)|finished|ended|closed|takes?|took|drew|earned|made|saw|counted"
    r"|measured|employs|employed)(?: (?:in|out|to|at|now|a total of|some|about|just|nearly"
    r"|almost))*"
)
_THEN_CAME = re.compile(rf"[^,;]*,\s(?!and|but)[^,;]{{3,70}}?\s{_COMES}\s", re.IGNORECASE)
_TOOK = re.compile(  # a fall of 40 left 90 waiting, a rise of 5% took sales to 90
    r"[^,;]{0,50}?\b(?:(?:leaves?|left|makes?|made)\s(?:just |only |a total of )?|(?:takes?|took"
    r"|brings?"
    r"|brought|puts?|pushe[sd]|pushed|lift(?:s|ed)|rais(?:es|ed)|sen[dt]s?|carr(?:ies|ied)|cuts?"
    r"|reduc(?:es|ed)|leaves?|left)"
    r"\s[^,;]{3,60}?\s(?:to|at|with)\s(?:just |only |a record |a total of )?)"
)
_LIST = re.compile(r"\s?(?:,|,?\s?and)\s?(?:(?:an?|by)\s)?")
_OF_THOSE = re.compile(
    r"^\s*(?:the )?(?:corresponding|respective|they|both|these|those|the two)\b[^,;0-9]*$",
    re.IGNORECASE,
)
_WITH = re.compile(r"[^,;]{0,40}?,? with (?:only |just |a total of |some |about )*")
_BESIDE_IT = re.compile(  # between a rate and its change
    r"(?: (?:occupancy|occupied))?(?:\s(?:in|through|for|during|over|at))?\s*,\s(?:which (?:is"
    r"|was) |a |an )?(?:up\b|down\b|[0-9+−-])"
)
_OF_ANY = re.compile(  # nouns for what any clause counts
    r"(?:(?:recorded|reported|new|total|such) )?(?:cases|incidents|offences|crimes|arrivals"
    r"|visitors"
    r"|reports|instances|people|persons|units|deaths|victims)\b"
)
_OR = re.compile(r",? or ")
_NEAR_BY = 6  # figures
_REACH, _NEAR = 12, 200  # figures away, and characters


def change_claims(passage: Passage) -> list[Claim]:
    """The change claims of an English passage; names each change after its value."""
    claims: list[Claim] = []
    owners: dict[int, Mark] = {}
    before: dict[tuple[int, str], Claim] = {}
    first: dict[tuple[int, str], Mark] = {}  # the first change of each value
    in_turn = owners_in_turn(passage)
    for run in _runs(passage):
        told = [in_turn[mark.n] for mark in run if mark.n in in_turn]
        found = [*told] if len(told) == len(run) else _owners(run, passage, owners)
        made: dict[tuple[int, str], Claim] = {}
        for mark, owner in zip(run, found, strict=True):
            if owner is None or not (fits(mark, owner) or is_of_rate(mark, owner)):
                owner = _growth_before(mark, owners)
            if owner is None:
                continue
            owners[mark.n] = owner
            if mark.sort == "difference":
                mark.unit = owner.unit = mark.unit or owner.unit
            mark.name = owner.name
            if mark.n in in_turn:
                mark.when, mark.period = owner.when, owner.period
            role = "change" if mark.sort == "change" else "difference"
            claim = made.get((owner.n, mark.against)) or before.get((owner.n, mark.against))
            if claim is not None and not claim.of(role):
                claim.roles.insert(2, (role, mark))
                continue
            if _is_of_another(mark, first.setdefault((owner.n, role), mark)):
                del owners[mark.n]
                continue
            words = f"{mark.reported}, {mark.against}"
            claim = Claim("change", [("current", owner), (role, mark)], words)
            made[owner.n, mark.against] = claim
            claims.append(claim)
        before |= made
        if not any(mark.n in owners for mark in run):
            claims += _without_value(run)
        for claim in made.values():
            if prior := prior_of(claim, run, passage):
                claim.roles.append(("prior", prior))
            _leave_open(claim)
    return [*claims, *moves(passage, claims)]


def _is_of_another(mark: Mark, told: Mark) -> bool:
    """Whether a change cannot be of a value that a sentence before gives another change against
    the same base, or against one that it does not say: Crimes fell by 5% to 90. Crimes recorded
    by police also fell 7%."""
    one_base = mark.against in (told.against, "not stated")
    return one_base and told.sentence < mark.sentence and told.value != mark.value


def _without_value(run: list[Mark]) -> Iterator[Claim]:
    """The changes of a run that has no value: thefts rose by 30 (+5%)."""
    for one, other in pairwise(run):
        by = {mark.sort: mark for mark in (one, other)}
        if by.keys() == {"difference", "change"} and one.against == other.against:
            words = f"{one.reported}, {one.against}"
            yield Claim("change", [(sort, by[sort]) for sort in ("difference", "change")], words)


def _growth_before(mark: Mark, owners: dict[int, Mark]) -> Mark | None:
    """The growth that points, or no change of it, are of: rose by 1.6%, 0.1 points more than …"""
    of = mark.previous
    if of is None or of.sort != "change" or of.prior or of.sentence != mark.sentence:
        return None
    still = mark.value == 0 and mark.sort == "change" and of.n not in owners
    apart = of.against != mark.against and of.value > 0
    return of if apart and (still or mark.sort == "points") else None


def _leave_open(claim: Claim) -> None:
    """Take a count in whole thousands for a rounded one: English prints those so, unsaid.

    So is the base where it ends in as many zeros. A difference that does not is of the counts
    before: nothing is checked against it.
    """
    current = claim.of("current")[0]
    by = claim.of("difference")
    if not is_round(current):
        return
    if by and claim.of("change") and not is_round(by[0]):
        claim.roles = [pair for pair in claim.roles if pair[0] in ("current", "change")]
    figures = [mark for role, mark in claim.roles if role != "change" and is_round(mark)]
    step = step_of(figures) if len(figures) > 1 else LEAST
    loosen(figures, step, f"may be rounded to {step}")


def _runs(passage: Passage) -> list[list[Mark]]:
    """Changes of one thing, or a list of one sort, that follow one another."""
    runs: list[list[Mark]] = []
    for mark in passage.marks:
        if not mark.is_change or mark.prior:
            continue
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and all(then.prior for then in passage.marks[last.n + 1 : mark.n])
            and last.sentence == mark.sentence
            and _joined(between(passage, last, mark), last, mark)
        ):
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return runs


def _joined(said: str, last: Mark, mark: Mark) -> bool:
    if BESIDES.search(said):
        return False
    if last.sort == mark.sort and last.against == mark.against:
        return bool(_LIST.fullmatch(said))
    if last.against != mark.against:
        if base_of(f"{beyond(last)}{said}"):
            said = _UP_TO_NEXT.sub("", said)
    elif last.sort != mark.sort:
        said = re.sub(r"\s+", " ", without_bases(said))
    joint = _JOINED.match(said)
    return joint is not None and bool(LEADS_ON.match(said[joint.end() :]))


def _owners(run: list[Mark], passage: Passage, owners: dict[int, Mark]) -> list[Mark | None]:
    """The value of each change of a run: one for all, or those of a list in order."""
    first, last = run[0], run[-1]
    if len({(mark.sort, mark.against) for mark in run}) == len(run):
        return [_owner(first, last, passage, owners)] * len(run)
    values = [value for value in _line_before(first, passage) if fits(first, value)]
    behind = passage.folded[first.paragraph - 1][last.end : last.end + _NEAR].partition("。")[0]
    each = "respectively" in behind
    if not values and (found := _levels_after(run, passage) or _of_those(run, passage)):
        return [*found]
    short = len(run) - len(values)
    if each and values and short > 0:  # 90 were tried. 40 were freed, up 5% and 6% respectively
        before = [v for v in before_sentence(first, passage) if fits(first, v) and not v.prior]
        values = [*before, *values] if len(before) == short else values
    if len(values) > len(run) and not each:
        return [None] * len(run)
    values = values[-len(run) :]
    if len(values) < len(run) or not is_same(values[-1], first, passage):
        return [None] * len(run)
    return [*values]


def _levels_after(run: list[Mark], passage: Passage) -> list[Mark]:
    """The levels that a list of changes leads up to: rose by 3% and 4% to 120 and 90."""
    then = passage.marks[run[-1].n + 1 : run[-1].n + 1 + len(run)]
    pairs = [*zip(run, then, strict=False)]
    said = without_bases(between(passage, run[-1], then[0])) if then else ""
    if len(pairs) < len(run) or not TO.fullmatch(said):
        return []
    listed = (_LIST.fullmatch(between(passage, one, other)) for one, other in pairwise(then))
    if not all(fits(*pair) for pair in pairs) or not all(listed):
        return []
    for change, level in pairs:
        level.name = change.name
    return then


def _of_those(run: list[Mark], passage: Passage) -> list[Mark]:
    """The values of the sentence before, where as many changes begin with: these, they, both."""
    before = sentence_before(run[0], passage)[::-1] if _OF_THOSE.match(run[0].tail) else []
    values = [value for value in before if value.is_level and not value.prior]
    fit = len(values) == len(run) and all(map(fits, run, values))
    return values if fit else []


def _line_before(first: Mark, passage: Passage) -> list[Mark]:
    """The values before a change in its sentence, back to the change before them."""
    values: list[Mark] = []
    for mark in reversed(passage.marks[max(0, first.n - _REACH) : first.n]):
        if mark.sentence != first.sentence:
            break
        if mark.is_change and values:
            break
        if not mark.is_change and not mark.prior and mark.bracket in (0, first.bracket):
            values.append(mark)
    return values[::-1]


def _owner(first: Mark, last: Mark, passage: Passage, owners: dict[int, Mark]) -> Mark | None:
    if after := _level_after(last, passage) or (_opened(first, passage) if first is last else None):
        return after
    if first.bracket and first.previous is None:
        holder = first.holder
        if holder is None or holder.sentence != first.sentence:
            return None
        said = between(passage, holder, first)
        if holder.is_change:
            return owners.get(holder.n) if _JOINED.fullmatch(said) else None
        if holder.prior and IN_BRACKET.search(said):  # 4,200, against 4,000 a year earlier (up 5%)
            before = [value for value in _line_before(holder, passage) if fits(first, value)]
            return before[-1] if before and not _NOUNS.search(said) else None
        return holder if is_behind(holder, said) and not holder.prior else None
    near = first.previous
    rate = near is not None and is_of_rate(first, near) and near.sentence == first.sentence
    if rate and _BESIDE_IT.match(f"{TIME.sub('', first.gap)}{first.reported}"):
        return near  # 71.4% in July, down 4.9%
    line = _line_before(first, passage)
    values = [value for value in line if fits(first, value)]
    if values:
        near = values[-1]
        # …, including 40 X, up 5%
        inside = near.listed and any(not value.listed for value in values)
        return near if not inside and is_same(near, first, passage) else None
    if not line and (found := of_two(first, passage) or named(first, passage, owners)):
        return found
    then = first.previous  # In the same month last year there were 600, a rise of 40
    opening = then.tail if then is not None and then.prior else ""
    of_base = OF_THEN.match(opening) or _COMPARES.match(opening)
    if line or not (of_base or _GOES_ON.match(first.tail)):
        return None
    sentence = sentence_before(then if then is not None and of_base else first, passage)
    values = [value for value in sentence if fits(first, value) and not value.prior]
    values = [value for value in values if not _OR.match(value.gap)]  # 90, or 3 a head
    return values[0] if len(values) == 1 else None


def _level_after(last: Mark, passage: Passage) -> Mark | None:
    """The level that a change leads up to: rose by 5% to 1,234; fell by 3, from 12 to 9."""
    if each := _one_each(last, passage):
        return each
    at = last
    for then in passage.marks[last.n + 1 : last.n + 3]:
        if then.sentence != last.sentence:
            return None
        said = between(passage, at, then)
        if last.bracket and OTHERS_BEHIND.match(said):
            return None  # to 90 (down 5%), and others from 12 to 9
        said = beyond(at) + ASIDE.sub("", said).lstrip(")")
        said = TIME.sub("", without_bases(said))
        if then.prior:
            if not _FROM.fullmatch(said.replace("(", " ")):
                return None
            at = then
            continue
        if then.is_change or not (fits(last, then) or is_of_rate(last, then)):
            return None
        if _IN_NOUN.fullmatch(said) and passage.in_bracket(then):
            return then  # a 3% rise in thefts (173)
        to = TO.match(said.replace("(", " "))
        if to is None and then.bracket and not last.bracket:
            continue  # increased by 5% (1,234) to 40,068
        if to is None and _with_so_many(said, then, passage):
            return then
        if to is None:
            return None
        words = (to["words"] or "").lower()
        if fits(last, then):
            words = _IN_A_NOUN.sub("", words)
        return then if to["brings"] or to["sums"] or _TO_WORDS.fullmatch(words) else None
    return None


def _with_so_many(said: str, level: Mark, passage: Passage) -> bool:
    """Whether a change is followed by how many there were: up 10%, with 168 cases reported."""
    noun = noun_after(passage.folded[level.paragraph - 1], level)
    return bool(_WITH.fullmatch(said) and _OF_ANY.match(noun or level.reported.partition(" ")[2]))


def _opened(change: Mark, passage: Passage) -> Mark | None:
    """The level of the clause that a change opens: up 5% on the year, sales were 90; with a rise of
    5%, sales reached 90; a rise of 5% took sales to 90."""
    then, level = _OPENING.fullmatch(change.tail), passage.behind(change)
    if then is None or level is None or level.sentence != change.sentence or level.bracket:
        return None
    if level.is_change or level.prior or not fits(change, level):
        return None
    said = TIME.sub("", without_bases(beyond(change) + between(passage, change, level)))
    alone = then["article"] is not None
    if not (_TOOK if alone else _THEN_CAME).fullmatch(said):
        return None
    change.name = level.name
    return level


def _one_each(change: Mark, passage: Passage) -> Mark | None:
    """The level of a change among as many: sales rose by 7% and profit by 9%, to 90 and 12."""
    here = passage.marks[max(0, change.n - _NEAR_BY) : change.n + _NEAR_BY]
    here = [mark for mark in here if mark.sentence == change.sentence]
    moved = [*takewhile(lambda mark: mark.is_change, here[here.index(change) :])]
    before = [*takewhile(lambda mark: mark.is_change, here[: here.index(change)][::-1])]
    levels = [*takewhile(lambda mark: mark.is_level, here[here.index(moved[-1]) + 1 :])]
    if len(levels) < len("ab") or len(levels) != len(moved) + len(before):
        return None
    listed = all(_LIST.fullmatch(between(passage, *pair)) for pair in pairwise(levels))
    said = TIME.sub("", without_bases(between(passage, moved[-1], levels[0])))
    level = levels[len(before)]
    return level if listed and TO.fullmatch(said) and fits(change, level) else None
