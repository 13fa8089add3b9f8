"""Shares: of a total that is named, of the one in force, or of that of the share before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .adding import of_another_part
from .clauses import CLAUSE_ENDS, LISTS, Claim, Mark, Passage
from .counts_behind import in_bracket_behind, list_behind, named_behind, rate_before, told_again
from .names import alike, stem
from .of_a_base import of_base, of_mean, of_plan
from .periods import same_time
from .rates import average_claim, rate_claim, settled
from .topics import bracket_topic, by_hint
from .totals import (
    ALIKE,
    REACH,
    SAID_OF,
    WHOLE,
    context,
    first_of,
    governing,
    headed,
    hedge_of,
    holds,
    levels_back,
    made_by,
    named,
    nearly,
    only_one,
)
from .words import AMONG, FROM, WITHIN, residue

_KEPT = 100  # and how many numerators back one that has a share already
_SHARE = re.compile(
    r"(?P<before>(?:[^占]|抢占|侵占|占(?=用|地|据|领|道))*?)(?:(?:所|约)?占(?:到|了|据|比(?!重|例)|有|总体)?|相[当等]于|(?P<noun>(?=比[例重]|份额)))"
    r"(?P<of>[^占,;。]*?)(?:的)?(?:比重|比例|百分比|份额|比率)?"
    r"(?:分别|依次|各|均)?(?:(?:保持|稳定|维持)在|达到|高达|达|为|仅|约|超过|超|[不未]足|不到|不及|接近|将近|逼近|近|逾|是|:|\s)*$"
)
_IN_WHOLE = re.compile(  # 在案件总数中占30%, 投入与生产总值之比为3%
    r"在([^,;。占在]{2,16})[中里](?:所|约|仅)?占(?:比|到|了)?|与([^,;。占与]{2,12})之比"
)
_ALL_OF = re.compile("总|整体|全体|全部|所有")
_AGAIN = re.compile("(?:[也亦]?即约?)?")
_OF_PLACE = re.compile("^全[市省区县州镇]")  # which may go without saying, or mean another
# 甲9件、乙8件,合计占比
_TOGETHER = re.compile(r"(?:合计|总共|共同|[两二三四五]者|共)[^,;。]{0,2}$")
_HAS = re.compile(  # 占75%,共有90宗; 占12%,为90亿元; 占比30%,余额90亿元
    r",(?:(?:[\u4e00-\u9fff]{2})?估计为|(?:金额|总额|数额|余额|数量|人数|面积|规模)?(?:共?[有计]|共?录得|共|合计?|达到?|为|约|近|逾|超过?|[也亦]?即|余额|金额))"
)
_SEVERAL = re.compile(r"[两二三四五六][次大类者种项个][^,;。]{0,6}$")  # 三次产业占比分别为
_UNIT_OF = re.compile("([起件宗]数|人数)(?:虽然?|只|仅|就)*$")  # 火灾9起、亡7人,火灾起数占总数的30%
_ANY = ("事故", "案件", "火灾")
_JOINED = re.compile("、|以及|[和及与]")


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
        elif behind := [*of_base(run, passage)] or rate_before(head, passage):
            shares.claims += behind
        elif said := _said_of(head):
            for mark, numerator in shares.of(run, said):
                open_ones.setdefault(said["of"], []).append((mark, numerator))
        else:
            shares.add(
                of_plan(head, passage) or rate_claim(head, passage) or told_again(head, passage)
            )
    for of, rows in open_ones.items():
        shares.claims += _beside(rows, shares.claims) if not of else _of_one(of, rows, passage)
    return settled(_of_another(shares.claims, passage), passage)


def _said_of(mark: Mark) -> re.Match[str] | None:
    """The words of a share: its numerator before 占, and what it is of behind it."""
    again = mark.gap.strip() if mark.bracket and mark.previous is None else mark.before or "-"
    if _AGAIN.fullmatch(again) and (again or mark.bracket):
        return _SHARE.fullmatch("比例")  # 质量问题240件(40%), 90件涉及水管,即四成
    elided = re.fullmatch(r".*?([^,;。…]*占)…+", mark.gap)  # 占…44.9%
    before, words = mark.previous, elided[1] if elided else mark.said
    if before is not None and before.prior and before.sort == "share":
        words = FROM.sub("", before.said)  # 占总数的比例由5%增至7%
    return _SHARE.fullmatch(_IN_WHOLE.sub(r"占\1\2的", words + hedge_of(mark)))


def _of_one(of: str, rows: list[tuple[Mark, Mark]], passage: Passage) -> Iterator[Claim]:
    """Shares of a total without a value of that name: of the one value that several of them make,
    or, if they make a hundred, of the one in force; or else of the one of which each holds."""
    total, words = made_by(rows, passage), "shares that one value makes"
    if total is None and sum(r.low for r, _ in rows) <= 100 <= sum(r.high for r, _ in rows):
        total = governing(rows[0][1], {numerator.n for _, numerator in rows})
        words = "shares that make 100%"
    only = [total or ("总" in of and only_one(*row, passage)) or None for row in rows]
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


def _of_another(claims: list[Claim], passage: Passage) -> list[Claim]:
    """The claims; shares of one total of which most do not hold are of the value that they make.

    受理90件,调处成功81件;甲类45件,占50%;乙类27件,占30%;丙类18件,占20%.
    """
    groups: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim.words.startswith("占"):
            groups.setdefault(claim.of("denominator")[0].n, []).append(claim)
    moved: dict[int, Claim] = {}
    for group in groups.values():
        rows = [(claim.of("rate")[0], claim.of("numerator")[0]) for claim in group]
        wrong = sum(not holds(*(mark for _, mark in claim.roles)) for claim in group)
        if 2 * wrong > len(rows) and (total := made_by(rows, passage)):
            for claim, row in zip(group, rows, strict=True):
                moved[id(claim)] = Claim.ratio(*row, total, claim.words)
    return [moved.get(id(claim), claim) for claim in claims]


def _beside(rows: list[tuple[Mark, Mark]], claims: list[Claim]) -> Iterator[Claim]:
    """Shares whose total nothing names: of what those around them in their paragraph are of, but
    for a digit."""
    totals: dict[int, dict[int, Mark]] = {}
    for claim in claims:
        total = claim.of("denominator")[0]
        totals.setdefault(claim.of("rate")[0].paragraph, {})[total.n] = total
    for rate, numerator in rows:
        of = [t for t in totals.get(rate.paragraph, {}).values() if t.counts == numerator.counts]
        if len(of) == 1 and nearly(rate, numerator, of[0]):
            yield Claim.ratio(rate, numerator, of[0], "占, as the shares around it")


def _runs(marks: list[Mark]) -> Iterator[list[Mark]]:
    """Shares that follow one another in a list, and averages one by one."""
    run: list[Mark] = []
    for mark in marks:
        goes_on = (
            run
            and mark.sort == "share"
            and mark.previous is run[-1]
            and run[-1].sort == "share"
            and re.fullmatch(r"[\s、,和及与]*", mark.gap)
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
        self.same: Mark | None = None  # of what (下同) says that the shares after it are

    def add(self, claim: Claim | None) -> None:
        if claim is not None:
            self.claims.append(claim)

    def of(self, run: list[Mark], words: re.Match[str]) -> Iterator[tuple[Mark, Mark]]:
        """Take the shares of a list; returns those of a total that has a name but no value."""
        of, plain = words["of"], words["noun"] is None
        numerators = _numerators(run, words, self.passage)
        wholes = re.split("[、和及与]", of) if len(run) > 1 else [of]
        one_whole = len(wholes) != len(run)
        wholes = [of] * len(run) if one_whole else wholes
        if len(self.shared) > 2 * _KEPT:
            self.shared = dict([*self.shared.items()][-_KEPT:])
        total: Mark | None = None
        listed = {numerator.n for numerator in numerators if numerator is not None}
        for mark, part, said in zip(run, numerators, wholes, strict=True):
            if part is None:
                continue
            mark.name = part.name
            again = total is not None and one_whole and total.counts == part.counts
            if total is None or not (again and holds(mark, part, total)):
                total, of = self._total(mark, part, said, {*self.shared, *listed}, listed)
            if not plain and (total is None or not self._fits(mark, part, total)):
                continue
            if total is not None and not holds(mark, part, total):
                if len(run) == 1 and part.gap[:1] in LISTS:
                    continue  # 甲类9件、乙类8件、丙类7件,占总量的77%: all of them may be meant
                if of_another_part(part.name, said):
                    continue
                total = None if not said and self.unknown == mark.sentence else total
            if total is None and not said:
                self.unknown = mark.sentence
            self.shared[part.n] = stem(_whole(said))
            if total is None:
                yield mark, part
            elif total is not None and total is not part:
                self.last = Claim.ratio(mark, part, total, f"占{of}")
                self.said[said, part.counts] = total
                self.claims.append(self.last)
                if self._goes_for_all(mark):
                    self.same = total

    def _total(
        self, mark: Mark, part: Mark, said: str, siblings: set[int], listed: set[int]
    ) -> tuple[Mark | None, str]:
        """The value that a share is of, and the words that say so."""
        whole, passage = _whole(said), self.passage
        if not said and self.same is not None and self.same.counts == part.counts:
            return self.same, "(下同)"
        if not said and self.last is not None and _goes_on(mark, part, self.last):
            return self.last.of("denominator")[0], self.last.words.removeprefix("占")
        if not WHOLE.fullmatch(whole):
            no_total = self._shares_of(whole) | listed
            total = named(whole, mark, part, passage, no_total, said, self.shared)
            of_list = _ALL_OF.search(said) and AMONG.search(part.said) and whole not in part.name
            if total is None and (
                of_list or re.search(f"的总?{re.escape(stem(whole))}", part.said)
            ):
                total = governing(part, siblings)
                total = total if total is not None and nearly(mark, part, total) else None
            force = governing(part, siblings) if AMONG.search(part.said) else None
            if total and not holds(mark, part, total) and force and holds(mark, part, force):
                total = force  # 甲类由9件增至8件,其中涉赌5件,占甲类整体的
            if total is None and (less := _OF_PLACE.sub("", whole)) != whole:
                total = named(less, mark, part, passage, no_total, less, self.shared)
                total = total if total is not None and holds(mark, part, total) else None
            before = self.said.get((said, part.counts))  # out of reach, and meant by these words
            told = before is not None and same_time(before, part) and nearly(mark, part, before)
            if told and not (total and holds(mark, part, total)):
                total = before
            return total, said
        # 甲类90起。…甲类中,白天发生60起,夜间发生30起,占总数的…
        within = WITHIN.search(part.said) or WITHIN.search(first_of(part).said)
        total = within and named(within[1], mark, part, passage, self._shares_of(within[1]))
        inside = not said and AMONG.search(part.said)  # 甲90起,占9%,其中夜间30起,占33.3%
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


def _whole(said: str) -> str:
    return SAID_OF.sub("", said.strip('"“”() '))


def _may_have(total: Mark, part: Mark) -> bool:
    return total.counts == part.counts and part.low <= total.high


def _goes_on(mark: Mark, part: Mark, last: Claim) -> bool:
    """Whether a share leaves out the total that the one before it in its sentence has."""
    rate, total = last.of("rate")[0], last.of("denominator")[0]
    return (
        (rate.sentence, rate.paragraph) == (mark.sentence, mark.paragraph)
        and _may_have(total, part)
        and not AMONG.search(part.said)
        and not WITHIN.search(part.said)
    )


def _numerators(run: list[Mark], words: re.Match[str], passage: Passage) -> Sequence[Mark | None]:
    head, before = run[0], words["before"]
    if len(run) > 1:
        return _listed(run, before, passage) or list_behind(run) or [None] * len(run)
    if _TOGETHER.search(before):
        return [None]
    clauses = CLAUSE_ENDS.split(before)
    topic = next((p for p in map(residue, reversed(clauses)) if p), "")
    if (hinted := by_hint(head, clauses[-1])) and hinted.sentence == head.sentence:
        return [hinted]  # 甲类火灾9起,亡2人,火灾起数只占总数的30%
    then = head.following
    if (
        topic
        and then is not None
        and then.sort == "level"
        and _HAS.fullmatch(then.gap + hedge_of(then))
    ):
        return [then]  # 私烟占整体案件的75%,共有(90宗)
    if topic and (again := in_bracket_behind(head, passage)):
        return [again]  # 私烟占整体案件的75%(90宗)
    if head.bracket and head.previous is None:
        holder = head.holder
        while holder is not None and not holder.is_level:
            holder = holder.previous
        if noun := bracket_topic(head):
            head.name = noun
            return [None]
        return [None if topic else holder]
    unit = _UNIT_OF.search(before)
    if not topic or (unit and topic in _ANY):
        units = ("persons", "attendances") if unit and unit[1] == "人数" else ("cases",)
        near = next((v for v in levels_back(head) if unit is None or v.counts in units), None)
        mean = next(levels_back(head, "average"), None)
        in_it = mean is not None and mean.sentence == head.sentence and "per" not in mean.counts
        if in_it and (near is None or near.sentence != head.sentence):
            near = mean  # 人均工资收入90元,占人均可支配收入的60%
        opens = head.previous is None or head.previous.sentence != head.sentence
        return [near if opens or (near and near.sentence == head.sentence) else None]
    for value in reversed(passage.marks[max(0, head.n - REACH) : head.n]):
        if value.sort != "level" or value.prior:
            continue
        named_so = alike(topic, value.name, "", value.said)
        if named_so or (len(topic) > 3 and set(topic) <= set(value.name)):
            near = next(levels_back(head), value)
            of_near = not words["of"] and near.sentence == head.sentence != value.sentence
            return [None if of_near else value]  # 经海路900人,其中本地旅客占30%: of the 900
    return [named_behind(head, topic) if words["of"] and not head.bracket else None]


def _listed(run: list[Mark], before: str, passage: Passage) -> list[Mark]:
    """The numerators of a list of shares: those of its nouns, or as many values before it."""
    k, head = len(run), run[0]
    back = [*levels_back(head)]
    nouns = _JOINED.split(CLAUSE_ENDS.split(before)[-1])
    above = (v for v in passage.marks[max(0, head.n - REACH) : head.n] if v.sort == "level")
    above = (v for v in above if not v.prior and same_time(v, head))
    for row in (back, [*above][::-1]) if len(nouns) == k else ():
        for at in range(len(row) - k + 1):
            values = row[at : at + k][::-1]
            if all(_is_named(value, noun) for value, noun in zip(values, nouns, strict=True)):
                return values
    several = _SEVERAL.search(before)
    near = [v for v in back if several or v.sentence == head.sentence][:k]
    one_unit = not several or len({value.counts for value in near}) == 1
    return near[::-1] if len(near) == k and one_unit else []


def _is_named(value: Mark, noun: str) -> bool:
    said, name = residue(noun), context(value)
    return bool(said) and sum(c in name for c in said) >= ALIKE * len(said)
