"""The ratios that English text claims: patterns of words in which figures have roles.

A share is read in two steps, and any first goes with any second: with which count it is printed
(25% (300); 300, or 25%; solved 300 of the 1,200, a rate of 25%), and what both are of (of the
1,200 calls; 25% of all calls, which totalled 1,200). A step is a table of patterns. In these {S}
is the share, {N} its count and {W} the whole; {…} are words of the clause, {……} of the sentence,
and no other figure stands in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from .adding import counts_as
from .by_units import english_rate
from .clauses import Passage
from .english_averages import averages, stems
from .english_parts import OF_THEM, WHOSE, last_level
from .marks import Claim, Mark
from .totals import holds, nearly
from .words import AMONG

_REACH, _AHEAD, _FAR = 12, 10, 24  # figures away
_BEFORE, _BEHIND = 200, 160  # characters around the first and the last of the figures near
_VAGUE = 0.1  # and one that holds of many: of a value that what it is of names
_FINE = 0.025  # how wide a share may be printed that holds of no value by chance
_SHARE, _COUNT, _LEVEL, _OTHER = "\ue000", "\ue001", "\ue002", "\ue003"
_FIGURES, _ANY = f"{_SHARE}-{_OTHER}", (_SHARE, _COUNT, _LEVEL, _OTHER)
_LIST = re.compile(f"[{_FIGURES}](?:(?:,|,? and) ?[{_FIGURES}])+")
_OF_WHOLE = re.compile(rf"\bof(?: {WHOSE})* $", re.IGNORECASE)  # 300 of the (1,200)
_RESPECTIVELY = re.compile(f"[^{_FIGURES}。;]{{0,40}}respectively")
_ABOUT = r"(?:about |around |some |nearly |almost |just |only |over )?"
_DET = (  # of the 90, of all its 90, out of a total of 90, of the city's 90
    r"(?:out )?of (?:(?:all|the|its|their|his|her|our|these|those|a|total|overall|of|some|about"
    r"|recorded|reported|target|original|initial|eligible|available|known|annual|normal|usual"
    r"|entire"
    r"|whole|[a-z]+ed|[a-z]+['’]s?) )*"
)
_SHARED = (  # a count … its share
    r"(?:(?:h(?:ad|as|ave) an?|which|that|this|they|it|or|i\.?e\.?|and|namely|equal to"
    r"|equivalent to|is|was|are|were|being|represent(?:ed|ing|s)?|account(?:ed|ing|s)? for"
    r"|compris(?:ed|ing|es|e)|constitut(?:ed|ing|es|e)|contribut(?:ed|ing|es|e)"
    r"|ma(?:de|kes?|king) up|t(?:ook|akes?|aking) up|form(?:ed|ing|s)?|corresponding to"
    r"|amount(?:ed|ing|s)? to|(?:work|com|equat|translat|add|mak)(?:e?s|ed|ing)?(?: out| up)? (?:to"
    r"|at|into)|ma(?:kes?|king|de) for|giv(?:es?|ing)|gave|mean(?:s|t|ing)|so|thus|hence|about|just"
    r"|in other words|almost|nearly|well over|as much as|the equivalent of|the same as|put at"
    rf"|as a share of the total) ){{1,4}}{_ABOUT}"
)
_IS_RATE = (  # giving a detection rate of
    r"\b(?:an?|the|its|their) (?:[a-z-]+ ){0,3}(?:rate|share|proportion|percentage|ratio|fraction"
    r"|level|incidence|prevalence|take-up|uptake|turnout|yield|margin)"
    rf"(?: of| at| was| is| stood at| came to| to|:)+ {_ABOUT}"
)


def _made(*templates: str) -> list[re.Pattern[str]]:
    """Templates as patterns."""
    words = {
        "{S}": _SHARE,
        "{N}": f"(?P<N>{_LEVEL})",
        "{n}": _COUNT,
        "{W}": f"(?P<W>{_LEVEL})",
        "{of}": _DET,
        "{from}": f"(?:(?:among|from) (?:the |a total of )?|{_DET})",
        "{tie}": _SHARED,
        "{rate}": _IS_RATE,
        "{about}": _ABOUT,
        "{……}": f"[^{_FIGURES}。]{{0,120}}?",
        "{…}": f"[^{_FIGURES}。,;:()]{{0,70}}?",
    }
    made = []
    for template in templates:
        for name, pattern in words.items():
            template = template.replace(name, pattern)
        made.append(re.compile(template, re.IGNORECASE))
    return made


_PAIRS = _made(
    # 1,263 of the 1,602 robberies were solved, a rate of 78.8%; 11,316 out of 46,000 (24.6%)
    r"{N}{…} {from}{W}{…},? ?(?:\({about}|{tie}|[;:,] ){S}",
    r"{N}{…} {from}{W}{……}{rate}{S}",
    # 24.6% of the frauds, that is 11,316 out of 46,000; one in five (1,730 of the 8,650)
    r"{S}{……}[(:,–—-] ?(?:that is |or |with |as |meaning )?{about}{N}{…} {from}{W}",
    r"{S}{……}[:,;] (?:out )?of (?:the )?{W}{…}, {about}{N}",  # 25%: of 1,200 calls, 300
    r"{S}\)? {of}{W}{…} \((?:or )?{about}{N}{…}[),;]",  # 25% of the 1,200 calls (300)
    r"{N}\)?{…}(?:,|;| [–—-])? ?{tie}{S}",  # 300, or 25%; 300 hoaxes made up 25%
    r"{N}{…} \((?:{tie}|{about}){S}",  # 300 hoaxes (25%)
    r"{S}{…} \((?:or )?{about}{N}{…}[),;]",  # 25% of the calls were hoaxes (300)
    r"{S}{…}(?:,| [–—])? (?:or|that is|namely|equal to|equivalent to) {about}{N}",  # 25%, or 300
    r"{N}{……}[;,。] ?(?:this|that|which|these|they) {tie}{S}",  # 300 …; that is 25%
    r"{N}{……}{rate}{S}",  # 300 were solved, giving a clearance rate of 25%
    r"{N}{…}(?:,| [–—-]) {about}{S} of ",  # 300 hoaxes, 25% of all calls
    r"{S}\)? {of}{W}{…}(?:,| [–—-]) ?(?:{tie})?{about}{N}",  # 25% of the 1,200 calls, or 300
    r"{S} of {…}(?:,| [–—-]) {about}{N}{…}(?:,| [–—-]) ",  # 25% of callers, 300 people, …
    r"\({N}[,;] {about}{S}(?=[),;])",  # hoaxes (300, 25%)
    r"\({S}[,;] {about}{N}(?=[),;])",
    r"{S}{…}, {N} in (?:number|all)\b",
    r"{N}{…}, {about}{S}(?=,)",  # some 300, roughly one in four, were hoaxes
)
_WHOLES = _made(  # of these the words say that it is the whole
    r"{S}\)?(?: [a-z-]+)? {of}{W}",  # 25% of the 1,200 calls
    r"{n}\)?{…} {of}{W}",  # 300 of the 1,200 calls
    r"(?:^|[。,;:]|\band|\bbut) ?(?:out of|of|among) (?:the|these|those|its|all|a total of){…}"
    rf" ?{{W}}[^。{_SHARE}{_COUNT}]*?[{_SHARE}{_COUNT}]",  # of the 1,200 calls 300 were hoaxes
    rf"(?:^|[。;]) ?(?:out of|of|among|in) {{W}}[^。{_SHARE}{_COUNT}]*?[{_SHARE}{_COUNT}]",
)
_COUNTED = _made(  # and of these only that it may be: 25% of all calls, which totalled 1,200
    r"{S}{……}\b(?:total(?:l?ed|ling|s)?|came to|numbered|amounted to|stood at|were|was)"
    r"(?: at| of| to| came to)? {about}{W}",
    r"{S} (?:of|in) {…}(?: of | \(){about}{W}",  # 25% of total calls (1,200)
    r"{S}{……}\bout of (?:a total of )?{about}{W}",
)
_RATE = re.compile(r"\b(?:rate|ratio|factor|margin|share|proportion|percentage)$")
_FEW = 6  # figures away
_OF_IT = re.compile(r"\sof (?:it|that|this|(?:the |its )?(?:normal|average|usual|norm))\b")
_CLAUSE_END = re.compile("[,;:。()]")
_AGAIN = re.compile(r"\b(?:another|(?:a )?further|(?:the )?(?:remaining|other)) $")
_OF_ALL = re.compile(
    r"\s?of (?:all |the |that |total |overall |these |those |recorded "
    r"|(?:year|month|quarter|week|period)['’]s )*(?P<of>[a-z -]+)"
)
_STOPS = re.compile(
    r"\b(?:in|during|were|was|are|is|on|at|from|by|for|with|that|who|which|and)\b|[^a-z ]"
)


class _Near:
    """The figures around a share, and their text with a character for each figure."""

    def __init__(self, share: Mark, passage: Passage, part: Mark | None = None) -> None:
        line = passage.folded[share.paragraph - 1]
        self.marks = [
            mark
            for mark in passage.marks[max(0, share.n - _REACH) : share.n + _AHEAD]
            if mark.paragraph == share.paragraph
        ]
        at = max(0, self.marks[0].start - _BEFORE)
        pieces: list[str] = []
        for mark in self.marks:
            letter = _OTHER
            if mark is share:
                letter = _SHARE
            elif mark is part:
                letter = _COUNT
            elif mark.sort == "level" and not mark.prior:
                letter = _LEVEL
            pieces += [line[at : mark.start], letter]
            at = mark.end
        self.text = "".join([*pieces, line[at : at + _BEHIND]])

    def found(self, patterns: list[re.Pattern[str]]) -> Iterator[tuple[str, dict[str, Mark]]]:
        """What the words say, and the figures by role, of each pattern that fits."""
        for pattern in patterns:
            for hit in pattern.finditer(self.text):
                roles = {role: hit.start(role) for role in hit.groupdict() if hit[role]}
                yield _without_figures(hit[0]), {role: self.at(k) for role, k in roles.items()}

    def at(self, position: int) -> Mark:
        return self.marks[sum(map(self.text[:position].count, _ANY))]


def _without_figures(said: str) -> str:
    return " ".join(re.sub(f"[{_FIGURES}。,;:()]", " ", said).split())


def ratio_claims(passage: Passage) -> list[Claim]:
    """The shares of an English passage whose part and whole are both printed."""
    claims: list[Claim] = []
    for share in passage.marks:
        if share.prior or share.sort != "share":
            if share.sort == "average" and not share.prior:
                tied = [roles["N"].n for _, roles in _Near(share, passage).found(_PAIRS)][:1]
                claims += english_rate(share, passage, tied)
            continue
        listed = _in_turn(share, passage)
        for words, roles in listed or _Near(share, passage).found(_PAIRS):
            part = roles["N"]
            told = (roles["W"], words) if "W" in roles else _whole_of(share, part, passage, claims)
            if told is None or told[0] is part or not counts_as(part, told[0]):
                continue
            if _has_own_share(told[0], share, passage) and not holds(share, part, told[0]):
                continue
            if words == "in turn" or share.n < part.n:
                part.name = share.name or part.name
            elif not share.name.endswith("rate"):
                share.name = part.name = part.name or share.name
            claims.append(Claim.ratio(share, part, *told))
            break
        else:
            claims += _of_two(share, passage) or _of_named(share, passage) or _of_it(share, passage)
    return [*claims, *averages(passage)]


def _of_two(share: Mark, passage: Passage) -> list[Claim]:
    """A rate told without its counts, of the one pair of values near it of which it holds: of
    1,200 cars 900 passed and 300 failed. The pass rate was 75.0%."""
    fine = 0 < share.high - share.low <= _FINE * share.value
    if not fine or not _RATE.search(share.name):
        return []
    near = [
        value
        for value in passage.marks[max(0, share.n - _FEW) : share.n + _FEW]
        if value.sort == "level" and not value.prior and value.paragraph == share.paragraph
        if 0 <= share.sentence - value.sentence <= 1
    ]
    pairs = [(a, b) for a in near for b in near if a.low < b.high and counts_as(a, b)]
    pairs = [(a, b) for a, b in pairs if a is not b and holds(share, a, b)]
    return [Claim.ratio(share, *pairs[0], share.name)] if len(pairs) == 1 else []


def _of_named(share: Mark, passage: Passage) -> list[Claim]:
    """A share of what a noun names, of the one pair of values above that it and its clause name,
    of which it holds: 900 matters came in, 774 were resolved. … Those resolved were 86% of those
    received."""
    line = passage.folded[share.paragraph - 1]
    of = _OF_ALL.match(line, share.end)
    if of is None or not 0 < share.high - share.low <= _FINE * share.value:
        return []
    rest = _CLAUSE_END.split(line[of.end("of") : of.end("of") + _BEHIND])[0]
    noun = stems(_STOPS.split(of["of"])[0])
    said = stems(f"{share.tail[-_BEHIND:]} {of['of']} {rest}") - noun
    above = passage.marks[max(0, share.n - _FAR) : share.n]
    above = [v for v in above if v.sort == "level" and not v.prior]
    wholes = [v for v in above if noun & stems(v.name)]
    parts = [v for v in above if said & stems(v.name)]
    pairs = [(a, b) for b in wholes for a in parts if a is not b and counts_as(a, b)]
    pairs = [(a, b) for a, b in pairs if a.low < b.high and holds(share, a, b)]
    return [Claim.ratio(share, *pairs[0], f"of {of['of'].strip()}")] if len(pairs) == 1 else []


def _of_it(share: Mark, passage: Passage) -> list[Claim]:
    """A share of a base of its sentence: 2.1 inches, 1.5 below the normal 3.6 and 58% of it."""
    if not _OF_IT.match(passage.folded[share.paragraph - 1], share.end):
        return []
    near = passage.marks[max(0, share.n - _FEW) : share.n]
    near = [v for v in near if v.is_level and v.sentence == share.sentence]
    bases, values = [v for v in near if v.prior], [v for v in near if not v.prior]
    told = bases and values and bases[-1].counts == values[-1].counts
    return [Claim.ratio(share, values[-1], bases[-1], "of it")] if told else []


def _whole_of(
    share: Mark, part: Mark, passage: Passage, claims: list[Claim]
) -> tuple[Mark, str] | None:
    """What a share is of, and the words that say so."""
    near = _Near(share, passage, part)
    for words, roles in near.found(_WHOLES):
        if roles["W"].high >= part.low:
            return roles["W"], words
    for words, roles in near.found(_COUNTED):
        if nearly(share, part, roles["W"]):
            return roles["W"], words
    line = passage.folded[share.paragraph - 1]
    if any(_AGAIN.search(line, max(0, mark.start - 20), mark.start) for mark in (share, part)):
        for before in reversed(near.marks):  # 43% of the 90 calls. In another 12%, or 11 calls, …
            if before.n < share.n and before.sort == "share":
                of = [*_Near(before, passage).found(_WHOLES[:1])][:1]
                return (of[0][1]["W"], "another") if of else None
    for mark in (share, part):  # 25% of them (300); 300 of them (25%)
        if OF_THEM.match(line, mark.end) and (whole := last_level(mark, part, passage)):
            return _of_its_sentence(whole, share, part, passage), "of them"
    for mark in passage.marks[max(0, share.n - _REACH) : share.n + 1]:
        opens = mark.sentence == share.sentence and AMONG.search(mark.tail)
        whole = last_level(mark, part, passage) if opens else None
        goes_on = mark is part and whole and whole.high >= part.low
        if opens and whole and (goes_on or nearly(share, part, whole)):
            whole = _of_its_sentence(whole, share, part, passage)
            return whole, opens[0].strip(" ,")
    return _by_noun(share, part, passage) or _by_value(share, part, passage, claims)


def _of_its_sentence(whole: Mark, share: Mark, part: Mark, passage: Passage) -> Mark:
    """Of the values of a sentence before that of which a share holds, or else the last: of the
    cases received; 105% of those received."""
    above = passage.marks[max(0, whole.n - _REACH) : whole.n + 1]
    wholes = [v for v in above if v.sort == "level" and v.sentence == whole.sentence]
    wholes = [v for v in wholes if not v.prior and v is not part and counts_as(part, v)]
    return next((v for v in reversed(wholes) if holds(share, part, v)), whole)


def _has_own_share(whole: Mark, share: Mark, passage: Passage) -> bool:
    """Whether a value has a share of its own in its list: 90 (60%) were new, 60 (40%) old."""
    then = passage.behind(whole)
    own = then is not None and then.sort == "share" and then.bracket and then is not share
    return bool(own) and whole.sentence == share.sentence


def _in_turn(share: Mark, passage: Passage) -> list[tuple[str, dict[str, Mark]]]:
    """The count of a share by its place in a list: 93% and 7% of the 900 persons (837 and 63).

    The one list stands before the other, which ends in respectively, with words in it or without.
    """
    near = _Near(share, passage)
    lists = [hit.span() for hit in _LIST.finditer(near.text)]
    rows = [[near.at(k) for k in range(*span) if near.text[k] in _ANY] for span in lists]
    own = next((row for row in rows if share in row), [])
    for row in rows:
        same = len(row) == len(own) and row[0].sentence == share.sentence
        if same and all(
            a.sort == "share" and b.sort == "level" for a, b in zip(own, row, strict=True)
        ):
            roles = {"N": row[own.index(share)]}
            of = [found["W"] for _, found in _Near(own[-1], passage).found(_WHOLES[:1])]
            return [("in turn", roles | ({"W": of[0]} if of else {}))]
    for row, (_, end) in zip(rows, lists, strict=True):
        if _RESPECTIVELY.match(near.text, end):
            sorts = ("level", "share") if row[0].sort == "share" else ("share", "level")
            apart = [mark for mark in near.marks if mark.sort == sorts[0] and mark.n < row[0].n]
            apart = [
                mark
                for mark in apart
                if mark.sentence == row[0].sentence
                and not (mark.prior or _OF_WHOLE.search(mark.tail))
            ]
            pairs = [*zip(apart[-len(row) :], row, strict=False)]
            told = len(pairs) == len(row) and all(mark.sort == sorts[1] for mark in row)
            part = next((a if b is share else b for a, b in pairs if share in (a, b)), None)
            return [("respectively", {"N": part})] if told and part is not None else []
    return []


def _by_noun(share: Mark, part: Mark, passage: Passage) -> tuple[Mark, str] | None:
    """The value whose name a share is said to be of: 32% of the fire injuries; 8% of the total."""
    of = _OF_ALL.match(passage.folded[share.paragraph - 1], share.end)
    noun = frozenset(_STOPS.split(of["of"])[0].split()) if of else frozenset()
    found: list[Mark] = []
    for value in reversed(passage.marks[max(0, share.n - _FAR) : share.n] if noun else []):
        if value is part or value.sort != "level" or value.prior:
            continue
        total = noun <= {"total", "all"} and value.paragraph == share.paragraph
        total = total and value.low >= part.high
        if total or noun <= frozenset(value.name.lower().replace("-", " ").split()):
            found.append(value)
    whole = _which(share, part, found)
    said = f"of {_without_figures(of['of'])}" if of else ""
    return (whole, said) if whole is not None else None


def _which(share: Mark, part: Mark, values: list[Mark]) -> Mark | None:
    """The first of some values of which a share holds, or else but for a digit."""
    fits = (value for fit in (holds, nearly) for value in values if fit(share, part, value))
    return next(fits, None)


def _by_value(
    share: Mark, part: Mark, passage: Passage, claims: list[Claim]
) -> tuple[Mark, str] | None:
    """The value before a share of which it holds: that of the share before it in its list, one that
    its paragraph or the sentence begins with, or any, if it is printed too finely for chance.

    Of the first it may hold but for a digit.
    """
    line = [c for c in claims[-1:] if c.of("rate")[0].sentence == share.sentence]
    of_list = [mark for claim in line for mark in claim.of("denominator")]
    near = [
        value
        for value in passage.marks[max(0, share.n - _REACH) : share.n + _REACH // 2]
        if value.sort == "level"
        and value.sentence <= share.sentence
        and not value.prior
        and value is not part
        and counts_as(part, value)
    ]
    opening = [next(values) for _, values in groupby(near, lambda value: value.sentence)]
    fine = 0 < share.high - share.low <= _FINE * share.value
    of = _OF_ALL.match(passage.folded[share.paragraph - 1], share.end)
    noun = stems(_STOPS.split(of["of"])[0]) if of else frozenset()
    noun = frozenset() if of and "everyone" in of["of"] else noun
    if noun and share.high - share.low > _VAGUE * share.value:  # two-thirds of the population
        opening = [value for value in opening if noun & stems(f"{value.tail} {value.name}")]
    of_share = [value for value in (near[::-1] if fine else opening) if holds(share, part, value)]
    whole = _which(share, part, of_list) or next(iter(of_share), None)
    return (whole, "the share holds of it") if whole is not None else None
