"""Shares: of a total that is named, of the one in force, or of that of the share before."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import groupby

from .adding import of_another_part
from .by_another import one_by_another
from .clauses import LISTS, Passage
from .counts_behind import of_its_noun, rate_before, told_again
from .marks import Claim, Mark
from .numerators import by_structure, numerators_of, told_roughly
from .of_a_base import of_base, of_growth, of_mean, of_more, of_plan, of_recovery
from .periods import same_time
from .rates import average_claim, rate_claim, settled
from .same_names import stem
from .totals import (
    REACH,
    SAID_OF,
    WHOLE,
    behind_all,
    governing,
    half_named,
    headed,
    hedge_of,
    holds,
    levels_back,
    made_by,
    named,
    nearly,
    of_place,
    of_time,
    only_one,
    sentence_begins,
)
from .words import AMONG, BREAKDOWN, FROM, MOVES, TIME, WITHIN

_KEPT = 100  # and how many numerators back one that has a share already
_OF_ALL = (  # 接近受理总数的一半, 超过总量的三成
    r"(?:接近|将近|超过?|逾|达到?|不[到足及]|约|近|为|是)(?=[^,;。占]{0,8}(?:总[数量额体]|全部|整体|全体)[^,;。占]{0,4}的)"
)
_SHARE = re.compile(
    r"(?P<before>(?:[^占]|抢占|侵占|占(?=用|地|据|领|道))*?)(?:(?:所|约)?占(?:到|了|据|比(?!重|例)|有|总体)?|相[当等]于|"
    rf"{_OF_ALL}|"
    r"(?P<noun>(?=比[例重]|份额)|(?:[仅只][为是]|[也亦]?即[为是]?)(?=[^,;。占]{2,16}的约?$)))"
    r"(?P<of>[^占,;。]*?)(?:的)?(?:(?:比重|比例|百分比|份额|比率)(?:的|[最较][高大多低小少],)?)?"
    rf"(?:分别|依次|各|均)?(?:(?:保持|稳定|维持)在|{MOVES}|达到|高达|达|为|仅|约|超过|超|[不未]足|不到|不及|接近|将近|逼近|近|逾|是|:|\s)*$"
)
_TIMES = re.compile(  # 甲市出口额是乙市的1.5倍
    r"(?P<before>.+?)(?P<noun>[是为]|相当于)(?P<of>[^,;。占是为]{2,16}?)的(?:近|约|超过?)?"
)
_OF_EACH = re.compile(  # 2个城市(优良天数比例不足50%): of each of them
    r"\s?[^,;。占]*(?:[天人户件]数|的[^,;。占]{2,})比[例重]"
)
_IN_WHOLE = re.compile(  # 在案件总数中占30%, 投入与生产总值之比为3%
    r"在([^,;。占在]{2,16})[中里](?:(?:所|约|仅)?占(?:比|到|了)?|的(?:占比|比[重例]|份额))"
    r"|与([^,;。占与]{2,12})之比"
)
_ALL_OF = re.compile("总|整体|全体|全部|所有")
_IN_THEM = re.compile(r"\s*[^,;。其年]{0,8}中(?=[,:])")  # 90人中,男性60人,占涉案总人数的
_ALSO = re.compile(r"^[、,]?[和及与]?([^,;。、占]{2,16})的$")
_ENDS = re.compile("[,;。]|$")
_AGAIN = re.compile("(?:[也亦]?即约?)?")
_OF_PLACE = re.compile("^全[市省区县州镇]")  # which may go without saying, or mean another


def ratio_claims(passage: Passage) -> list[Claim]:
    """The ratio claims of a passage; names each share after its numerator."""
    shares = _Shares(passage)
    open_ones: dict[str, list[tuple[Mark, Mark]]] = {}  # shares of what no value is named
    for run in _runs(passage.marks):
        head = run[0]
        if head.prior:
            continue
        if head.sort != "share":
            shares.add(of_mean(head, passage) or average_claim(head, passage))
        elif behind := (
            [*by_structure(run, passage)]
            or [*of_base(run, passage)]
            or [*of_growth(run, passage)]
            or rate_before(head, passage)
        ):
            shares.claims += behind
        elif (more := of_more(run, passage)) is not None:
            shares.claims += more
        elif said := _share_in(head):
            for mark, numerator in shares.of(run, said):
                open_ones.setdefault(said["of"], []).append((mark, numerator))
        else:
            shares.add(
                of_plan(head, passage)
                or of_mean(head, passage)
                or rate_claim(head, passage)
                or told_again(head, passage)
                or of_its_noun(head, passage)
                or of_recovery(head, passage)
            )
    found = [*behind_all([*open_ones.get("", ()), *shares.rough])]
    shares.claims += [Claim.ratio(*row, "占, of all behind them") for row in found]
    known = {rate.n for rate, *_ in found}
    for of, rows in open_ones.items():
        rows = [row for row in rows if row[0].n not in known]
        shares.claims += (
            _of_unnamed(rows, shares.claims, passage) if not of else _of_one(of, rows, passage)
        )
    shares.claims += one_by_another(passage)
    return settled(sorted(shares.claims, key=lambda claim: claim.of("rate")[0].n), passage)


def _share_in(mark: Mark) -> re.Match[str] | None:
    """The words of a share: its numerator before 占, and what it is of behind it."""
    if mark.previous is not None and mark.previous.is_level and _OF_EACH.match(mark.gap):
        return None
    again = mark.gap.strip() if mark.bracket and mark.previous is None else mark.before or "-"
    if not mark.bracket and mark.before == "" and _alone(mark):
        return _SHARE.fullmatch("比例")  # 当中90宗关乎水管,约三分之一
    if _AGAIN.fullmatch(again) and (again or mark.bracket):
        return _SHARE.fullmatch("比例")  # 质量问题240件(40%), 90件涉及水管,即四成
    elided = re.fullmatch(r".*?([^,;。…]*占)…+", mark.gap)  # 占…44.9%
    before, words = mark.previous, elided[1] if elided else mark.said
    also = _ALSO.fullmatch(mark.gap)
    if also and before is not None and before.sort == "share" and "占" in before.before:
        words = f"占{also[1]}的"  # 占全县的20%、全市的5%
    if before is not None and before.prior and before.sort == "share":
        words = FROM.sub("", before.said)  # 占总数的比例由5%增至7%
    words = _IN_WHOLE.sub(r"占\1\2的", words + hedge_of(mark))
    return _SHARE.fullmatch(words) or (_TIMES.fullmatch(words) if "倍" in mark.reported else None)


def _alone(mark: Mark) -> bool:
    """Whether a share is a clause of its own behind a value: ,约三分之一; ,近四成。"""
    before = mark.previous
    ends = before is not None and before.sort == "level" and before.sentence == mark.sentence
    return ends and mark.gap.endswith(",") and bool(_ENDS.match(mark.after or "。"))


def _of_one(of: str, rows: list[tuple[Mark, Mark]], passage: Passage) -> Iterator[Claim]:
    """Shares of a total without a value of that name: of the one value that several of them make,
    or, if they make a hundred, of the one in force; or else of the one of which each holds."""
    total, words = made_by(rows, passage), "shares that one value makes"
    if total is None and sum(r.low for r, _ in rows) <= 100 <= sum(r.high for r, _ in rows):
        total = governing(rows[0][1], {numerator.n for _, numerator in rows})
        words = "shares that make 100%"
    only = [
        total
        or ("总" in of and only_one(*row, passage))
        or half_named(_bare_words(of), *row, passage)
        or None
        for row in rows
    ]
    told = words if total else "the one value it holds of"
    known = {whole.n: whole for whole in only if whole}
    for (rate, numerator), whole in zip(rows, only, strict=True):
        if whole is None and len(known) == 1:  # that of the others, but for a digit
            other = next(iter(known.values()))
            whole = (
                other if _may_have(other, numerator) and nearly(rate, numerator, other) else None
            )
        if whole:
            yield Claim.ratio(rate, numerator, whole, f"占{of}, {told}")


_MADE = "占, shares that one value makes"


def _of_unnamed(
    rows: list[tuple[Mark, Mark]], claims: list[Claim], passage: Passage
) -> Iterator[Claim]:
    """Shares whose total nothing names: of the one value that those of their paragraph make, or of
    what those around them in it, or above them, are of."""
    left: list[tuple[Mark, Mark]] = []
    for _, of_one in groupby(rows, lambda row: row[0].paragraph):
        run = list(of_one)
        if total := made_by(run, passage):  # 从类型看,甲类50件,占74%;乙类6件,占9%;…
            yield from (Claim.ratio(*row, total, _MADE) for row in run)
        else:
            left += run
    totals: dict[int, dict[int, Mark]] = {}
    for claim in claims:
        total = claim.of("denominator")[0]
        totals.setdefault(claim.of("rate")[0].paragraph, {})[total.n] = total
    for rate, numerator in left:
        here, above = (totals.get(rate.paragraph - back, {}).values() for back in (0, 1))
        of = [total for total in here if total.counts == numerator.counts]
        listed = [] if here else [v for v in above if v.counts == numerator.counts]
        fits = nearly if of else holds  # 咨询类90件,占30%。\n求助类6件,占2%: of one, an item each
        if len(of or listed) == 1 and fits(rate, numerator, (of or listed)[0]):
            totals.setdefault(rate.paragraph, {}).update({v.n: v for v in listed})
            yield Claim.ratio(rate, numerator, (of or listed)[0], "占, as the shares around it")


def _runs(marks: list[Mark]) -> Iterator[list[Mark]]:
    """Shares that follow one another in a list, and averages one by one."""
    run: list[Mark] = []
    for mark in marks:
        goes_on = (
            run
            and mark.sort == "share"
            and mark.previous is run[-1]
            and run[-1].sort == "share"
            and re.fullmatch(r"[\s、,和及与:]*", mark.gap)
        )
        if goes_on and mark.gap == "," and len(run) == 1 and _is_again(mark, run[0]):
            continue  # 占54.0%,超过一半: of the same
        if goes_on:
            run.append(mark)
            continue
        if run:
            yield run
        run = [mark] if mark.sort in ("share", "average") else []
    if run:
        yield run


def _is_again(mark: Mark, before: Mark) -> bool:
    """Whether a share says roughly what the one before it says: 54.0%,超过一半."""
    return mark.low <= before.low and before.high <= mark.high and mark.counts == before.counts


# --- Shares -------------------------------------------------------------------------------------


class _Shares:
    """The claims found so far, and what they leave for the shares after them."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.claims: list[Claim] = []
        self.shared: dict[int, str] = {}  # numerators that have a share, and of what by its stem
        self.last: Claim | None = None  # the last share
        self.said: dict[tuple[str, str], Mark] = {}  # what words meant by which a share had a total
        self.unknown = -1  # the sentence of the last share without a total that nothing names
        self.rough: list[tuple[Mark, Mark]] = []  # shares that no word but their place tells
        self.same: Mark | None = None  # of what (下同) says that the shares after it are

    def add(self, claim: Claim | None) -> None:
        if claim is not None:
            self.claims.append(claim)

    def of(self, run: list[Mark], words: re.Match[str]) -> Iterator[tuple[Mark, Mark]]:
        """Take the shares of a list; returns those of a total that has a name but no value."""
        of, plain = words["of"], words["noun"] is None
        numerators = numerators_of(run, words, self.passage)
        wholes = re.split("[、和及与]", of) if len(run) > 1 else [of]
        one_whole = len(wholes) != len(run)
        wholes = [of] * len(run) if one_whole else wholes
        if len(self.shared) > 2 * _KEPT:
            self.shared = dict([*self.shared.items()][-_KEPT:])
        total: Mark | None = None
        listed = {numerator.n for numerator in numerators if numerator is not None}
        if numerators == [None]:
            told = told_roughly(run[0], words, self.passage)
            rough = (v for v in told if of or v.paragraph == run[0].paragraph)
            numerators = [next((v for v in rough if self._holds(run[0], v, of)), None)]
        for mark, part, said in zip(run, numerators, wholes, strict=True):
            if part is None:
                continue
            mark.name = part.name
            if total is None or not (one_whole and holds(mark, part, total)):
                total, of = self._total(mark, part, said, {*self.shared, *listed}, listed)
            if not plain and (total is None or not self._fits(mark, part, total)):
                if total is None:
                    self.rough.append((mark, part))
                continue
            if total is not None and not holds(mark, part, total):
                if len(run) == 1 and part.gap[:1] in LISTS:
                    continue  # 甲类9件、乙类8件、丙类7件,占总量的77%: all of them may be meant
                if of_another_part(part.name, said):
                    continue
                total = None if not said and self.unknown == mark.sentence else total
            if total is None and not said:
                self.unknown = mark.sentence
            self.shared[part.n] = stem(_bare_words(said))
            if total is None:
                yield mark, part
            elif total is not None and total is not part:
                self.last = Claim.ratio(mark, part, total, f"占{of}")
                self.said[said, part.counts] = total
                self.claims.append(self.last)
                if self._goes_for_all(mark):
                    self.same = total

    def _holds(self, mark: Mark, part: Mark, said: str) -> bool:
        """Whether a share holds of a value as its numerator, of the total that words tell."""
        total, _ = self._total(mark, part, said, {*self.shared, part.n}, {part.n})
        known = total is not None and total is not part and math.isfinite(total.high)
        return known and total is not None and holds(mark, part, total)

    def _total(
        self, mark: Mark, part: Mark, said: str, siblings: set[int], listed: set[int]
    ) -> tuple[Mark | None, str]:
        """The value that a share is of, and the words that say so."""
        whole, passage = _bare_words(said), self.passage
        if not said and self.same is not None and self.same.counts == part.counts:
            return self.same, "(下同)"
        if not said and self.last is not None and _of_same_total(mark, part, self.last):
            return self.last.of("denominator")[0], self.last.words.removeprefix("占")
        if not (WHOLE.fullmatch(whole) or WHOLE.fullmatch(said)):
            no_total = self._shares_of(whole) | listed
            total = of_time(whole, mark, part, passage) if TIME.fullmatch(whole) else None
            total = total or named(whole, mark, part, passage, no_total, said, self.shared)
            force = governing(part, siblings)
            among = AMONG.search(part.said) or (force and _IN_THEM.match(force.after))
            of_list = _ALL_OF.search(said) and among and whole not in part.name
            if total is None and (
                of_list or re.search(f"的总?{re.escape(stem(whole))}", part.said)
            ):
                total = force if force is not None and nearly(mark, part, force) else None
            if total is None and (less := _OF_PLACE.sub("", whole)) != whole:
                total = named(less, mark, part, passage, no_total, less, self.shared)
                total = total if total is not None and holds(mark, part, total) else None
            before = self.said.get((said, part.counts))  # out of reach, and meant by these words
            told = before is not None and same_time(before, part) and nearly(mark, part, before)
            if told and not (total and holds(mark, part, total)):
                total = before
            if total is not None and "整体" in said and not holds(mark, part, total):
                them = passage.marks[max(0, part.n - REACH) : part.n][::-1]
                wider = (v for v in them if v.counts == part.counts and v.sort == part.sort)
                wider = (v for v in wider if v.low > total.high and not v.listed)
                total = next((v for v in wider if holds(mark, part, v)), total)
            return total, said
        within = WITHIN.search(part.said)  # 甲类90起。…甲类中,夜间发生30起,占总数的…
        total = within and named(within[1], mark, part, passage, self._shares_of(within[1]))
        if total is None and (within := within or WITHIN.search(sentence_begins(part))):
            total = half_named(within[1], mark, part, passage)
        opens = part.said if part.n < mark.n else mark.said
        inside = not said and AMONG.search(opens)  # 甲90起,占9%,其中夜间30起,占33.3%
        if total is None and "受理" in said:  # 受理90件,审结80件。…占受理总数的
            taken = named("受理", mark, part, passage, siblings, said)
            total = taken if taken is not None and holds(mark, part, taken) else None
        if total is None:
            total = governing(part, siblings - {*self.shared} if inside else siblings)
            if total is not None and not holds(mark, part, total):
                # of a total that a slip alone explains, or of another before it that has none
                back = (v for v in levels_back(part, part.sort) if v.paragraph == part.paragraph)
                others = (v for v in back if v.counts == part.counts and v.n not in siblings)
                near = total if nearly(mark, part, total) else None
                total = next((v for v in others if not v.listed and holds(mark, part, v)), near)
        if inside and self.last is not None and not (total and holds(mark, part, total)):
            outer = self.last.of("denominator")[0]  # …其中夜间30起,占3%: of all of them
            total = outer if outer.counts == part.counts and holds(mark, part, outer) else total
        total = total or named(whole, mark, part, passage, siblings, said)
        if total is None:  # in a paragraph without a total of its own
            above = [*headed(part, siblings, passage)]  # the nearest and the first
            last = self._of_the_last(mark, part, said) if said else None
            tries = [last] if last is not None else [*above[:1], *(above[-1:] if said else ())]
            fits = (holds, nearly) if said else (holds,)
            total = next((v for fit in fits for v in tries if fit(mark, part, v)), None)
            if said and total is None:  # what these words meant before, where it holds
                meant = (c.of("denominator")[0] for c in self.claims[:-REACH:-1] if said in c.words)
                meant = (v for v in meant if v.counts == part.counts and same_time(v, part))
                total = next((v for v in meant if holds(mark, part, v)), None)
        if inside and not (total and holds(mark, part, total)):  # 人均支出90元,其中食品27元,占30%
            mean = next(levels_back(part, "average"), None)
            same = mean is not None and (mean.sentence, mean.counts) == (part.sentence, part.counts)
            if mean is not None and same and (holds if total else nearly)(mark, part, mean):
                total = mean
        if not said and not (total and holds(mark, part, total)):
            # 人均收入90元。…按来源分,工资50元,占56%
            by_kind = BREAKDOWN.search(sentence_begins(part))
            means = levels_back(part, "average") if by_kind else ()
            alike = (v for v in means if v.counts == part.counts and holds(mark, part, v))
            total = next(alike, total)
        if not (total and holds(mark, part, total)):
            between = (v for v in levels_back(mark, part.sort) if v.n > part.n)
            between = (v for v in between if v.counts == part.counts and holds(mark, part, v))
            total = next(between, total)  # 税收90元,…,收入共150元,税收占比60%
        if (place := _OF_PLACE.match(said)) and not (total and holds(mark, part, total)):
            total = of_place(place[0], mark, part, passage) or total
        return total if total or said else only_one(mark, part, passage), said

    def _shares_of(self, whole: str) -> set[int]:
        """The figures that have a share of a total of that name: none of them is it."""
        of = stem(whole)
        return {n for n, base in self.shared.items() if base == of}

    def _of_the_last(self, mark: Mark, part: Mark, of: str) -> Mark | None:
        """What the last share in a unit is of: 占总数的, in a paragraph without a total.

        The shares of one list are each of its own: 起数、死亡人数分别占总数的10%和20%.
        """
        before = mark.previous
        if before is not None and before.sort == "share" and not before.prior:
            return None
        totals = (claim.of("denominator")[0] for claim in self.claims[: -REACH - 1 : -1])
        total = next((each for each in totals if each.counts == part.counts), None)
        in_force = total is not None and (same_time(total, part) or of.startswith("全年"))
        return total if in_force else None

    def _goes_for_all(self, mark: Mark) -> bool:
        """Whether (下同) stands between a share and the figure before it."""
        start = mark.previous.end if mark.previous is not None else 0
        return "下同)" in self.passage.folded[mark.paragraph - 1][start : mark.start]

    def _fits(self, mark: Mark, part: Mark, total: Mark) -> bool:
        """Whether a percentage that no 占 tells for a share is one: 质量问题240件(40%)."""
        goes_on = self.last is not None and self.last.of("denominator")[0] is total
        return nearly(mark, part, total) if goes_on else holds(mark, part, total)


def _bare_words(said: str) -> str:
    return SAID_OF.sub("", said.strip('"“”() '))


def _may_have(total: Mark, part: Mark) -> bool:
    return total.counts == part.counts and part.low <= total.high


def _of_same_total(mark: Mark, part: Mark, last: Claim) -> bool:
    """Whether a share leaves out the total that the one before it in its sentence has."""
    rate, total = last.of("rate")[0], last.of("denominator")[0]
    return (
        (rate.sentence, rate.paragraph) == (mark.sentence, mark.paragraph)
        and _may_have(total, part)
        and not AMONG.search(part.said)
        and not WITHIN.search(part.said)
    )
