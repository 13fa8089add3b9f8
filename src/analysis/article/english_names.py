"""English text: what a figure counts, by the noun behind it or the clause that leads up to it."""

from __future__ import annotations

import re
from itertools import pairwise

from .clauses import Passage
from .english_bases import AGAINST, NEAR, without_bases
from .english_dates import MONTH, TIME
from .english_nouns import (
    DID,
    EMPTY,
    IS,
    LONGEST,
    MANY,
    NOUN_ENDS,
    OF_AMOUNT,
    OF_THEM,
    SAW,
    SUBJECT_ENDS,
    noun_after,
    noun_in,
    subject_of,
)
from .english_parts import WHOSE
from .marks import Mark

_OF_THE = re.compile(rf"\s(?:out )?of(?: {WHOSE})* $", re.IGNORECASE)
_RATE = re.compile(  # a detection rate of; the 2012 homicide rate was; the rate was highest in B at
    r"\b(?:[Aa]n?|[Tt]he|its|their) (?:[0-9]{4} )?((?:[A-Za-z-]+ ){0,3}?(?:rates?|incidence))"
    r"(?:(?: of| was| at| stood)*|(?: was| were)? (?:highest|lowest|higher|lower)[^,;0-9]{0,40} at"
    r"|(?: [a-z]+ed| fell| rose)? (?:of|to|from)|\s?[-–—]+\s?at) $"
)
_EACH = re.compile(r"(?: [a-z-]+){0,2} (?:per|for every|for each|in every) [0-9]")
_OF_NOUN = re.compile(r"\sof (?:all |the |these |those |its )*(?=[A-Za-z])")
_OPENS = re.compile(  # a figure with which its clause begins, and what is said of it
    r"(?:^|[,;:]|\band|\bwhile|\bbut)\s*(?:(?:of|among) (?:these|those|them|which|whom),? )?$",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"(?: \([^()]*\)|, or [^,;]{1,14},| of (?:them|those|these|whom|which))*\s"
    r"(?:(?P<be>(?:were|was|are|is|ha[ds] been|have been)(?: (?:for|from|in|on|found|proven))?)"
    r"|ha[ds]|have|did|said|failed|passed)\b(?! (?:up|down)\b)"
)
_STOPS = re.compile(r"[,.;:()。]| and | but ")
_HOLDS = re.compile(
    r"\b(?:account(?:s|ed|ing)? for|represent(?:s|ed|ing)?|(?:made|makes?|making|took|takes) up"
    r"|formed|comprised|constituted|contributed|carried|ferried|enrolled|was behind|were behind) $"
)  # cars accounted for 44% of deaths
_PLACE_TOO = re.compile(  # A had 24 fewer thefts, B had 16 fewer and C dropped by nine
    r"(?: [a-z]+){0,3},?(?: and| while)? [A-Z][A-Za-z.]*(?: [A-Z][A-Za-z.]*){0,3}(?: [a-z]+)? $"
)
_PLACED = re.compile(  # including 40 by land and 30 by air
    r"\s(?:\([^()]*\) )?(?:of (?:them|these|those|whom|which) )?(?:(?:was|were|are|is) )?"
    r"(?:in|at|by|from|to|via|through|with|on|for|under) "
    rf"(?:the )?(?!{TIME.pattern}|[0-9])"
)
_LISTS = re.compile(
    r"(?:\b(?:includ(?:ing|e[sd])|compris(?:ing|e[ds])|of (?:which|whom|these|those|them),?"
    r"|consisting of|made up of|composed of|namely)|:)\s*$",
    re.IGNORECASE,
)
_LABEL = re.compile(  # Vacancies: (90 posts)
    r"(?:^|[。;|•·])[^A-Za-z。;|]*(?P<label>[A-Z][^:;,。|()0-9]{1,60}?)\s?(?:\([^()]*\)|[¹²³*†])?"
    r":\s(?:about |around |some |over |nearly )?$"
)
_GOES_ON = re.compile(r"\s[^,;:。]{2,60}?(?:, | and |, and )")
_AT_OF = re.compile(
    r"(?:^(?:,?\s?(?:and|but|while))?|\b(?:in|to|for|on|by|at|some|covers?|covered|covering|serves?"
    r"|served|reach(?:es|ed)?))\s*$",
    re.IGNORECASE,
)
_FRAMES = re.compile(r"(?:^|。)\s*(?:Among|In|Of|During|For|At|By|On|As|Over)\b[^,;。]*,\s$")
_GENERIC = re.compile(r"(?:cases|instances|incidents|reports|people|persons)$")
_IS_SO_MANY = re.compile(r"\b(?:was|were|stood at|reached|totalled|came to|amounted to) $")
_CASES, _ACT = re.compile("cases$"), re.compile(" (?:[a-z]+ed|took|heard)$")
_IN_NOUN = re.compile(
    r" in (?:the (?:total |overall )?(?:number|level) of )?"
    rf"(?!the\b|[0-9]|20|{MONTH}\b|[a-z]+ (?:year|month|week)s\b)"
)
_OF_NUMBER = re.compile(r" the (?:number|volume|value) of ")  # double the number of thefts
_DONE_ALONE = re.compile("[a-z]+ed|seen|sold|made|built|held")
_WHICH = re.compile(r",\s(?:which|who)\s(?:[a-z]+ ){1,4}$")  # A, which made up 40% of B, fell 3%
_WENT_ON = re.compile(r"\s(?:of|in|to) [^,;]+,\s(?:were |was )?")
_OF_ALL = re.compile(r"\sof (?:all|the|these|those)\b")
_MORE = re.compile(r"\b(?:more|fewer)$")
_ELSEWHERE = re.compile(
    r"(?:\s[a-z]+){0,5}\s(?:in|for|from|at|by) (?:the )?[A-Z][^,;]{1,30}?(?:,|,? and)\s"
)
_PLAIN = re.compile(r"\b(?:crimes|cases|incidents)\b")
_LETTERS = ("ten", "twelve", *"one two three four five six seven eight nine thirds".split())
_FROM_TO = re.compile(r"[^,;]*,? (?:from|to) ")
_PLACE_OF_LAST = re.compile(  # by 2% in small shops and by (5%); by 2% in small shops (to 90)
    r"\)?\s(?:in|at|among|for|across) [^,.;()]{2,40}(?:,? and by| \((?:to|from)) $"
)
_OF_THOSE = re.compile(r"\sof (those (?:who|with|aged|[a-z]+ing)\b[^0-9,.;()。]*)")
_BY = re.compile(r", by $")
_COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|than|over(?! the [a-z]+ [a-z]+ )|" + AGAINST + r")\b[^,;]*$"
)
_HAD_TOO = re.compile(  # added 90 jobs, while retail lost 40
    r"(?:,|\band|\bwhile|\bbut) (?:[A-Za-z-]+ ){1,4}(?:lost|shed|added|gained|had|took|received) $"
)
_TILL_NOW = re.compile(  # fell from 90 at the start of the year to 80; 90 in May and 80 in June
    r"(?: [a-z]+)? (?:in|at|on|by) (?:the )?(?:start|end|beginning|middle|close)\b[^,;]*? to "
)
_ANOTHER = re.compile(r"\b(?:another|a further|the (?:other|remaining)) $")
_LEADS_TO, _WITH = re.compile(r"\bto\s$"), re.compile(r",\swith\s$")
_BRACKET = re.compile(r"\([^()]*\)")
_ALONE = re.compile(r"…|\b(?:while|whereas|respectively,|that of|those of)\b")
_GOES_ON_OF = re.compile(r"\s(?:of|in) [^,;]+?,? and (?:was |were )?")
_HIGHER = re.compile(r"\b(?:higher|lower|more|fewer|less) {3,}[^,;]*$")  # than what was stripped
_IT = re.compile(  # , which marked a fall of 5%; adding that it was 3% higher
    r"(?:^|[,;]|\bthat|\band)\s(?:it|this|that|which) (?:was|is|ha[sd] been|marked|represented"
    r"|meant|made)(?: an?| down| up)? $"
)
_LIST = re.compile(r",?\sand\s|,\s")
_FAR = 90  # characters


def set_names(passage: Passage) -> None:
    """Set `name` of each mark of an English passage: the noun behind it, or what leads up to it."""
    labelled: set[int] = set()
    for mark in passage.marks:
        line = passage.folded[mark.paragraph - 1]
        at = passage.marks[mark.n - 1] if mark.n else None
        near = at if at is not None and at.paragraph == mark.paragraph else None
        start = near.end if near is not None else 0
        said = line[max(start, mark.start - NEAR) : mark.start].rpartition("。")[2]
        if near and near.name and said.startswith(f" {near.name} and "):
            said = said[len(near.name) + 1 :]  # schools took 90 places and colleges 40
        label = _label(mark, passage, line)
        mark.name = label or _name(line, mark, near, _BRACKET.sub(" ", said)) or _plainly(said)
        labelled |= {mark.n} if label else set()
        if near is not None and near.n in labelled and said.endswith("("):
            mark.name = near.name  # Vacancies: 90 posts (5%)
    _name_places(passage)
    for mark, then in pairwise(passage.marks):
        line = passage.folded[mark.paragraph - 1]
        if mark.paragraph == then.paragraph and _OF_THE.fullmatch(line, mark.end, then.start):
            own = mark.sort == "share" and mark.name and not _AT_OF.search(mark.tail)
            mark.name = mark.name if own else then.name
    _name_lists(passage)


def _label(mark: Mark, passage: Passage, line: str) -> str:
    """The label before a figure that opens no list: Vacancies: 90 posts (5%)."""
    label = _LABEL.search(line, max(0, mark.start - _FAR), mark.start) if mark.is_level else None
    then = mark.following
    if label is None or TIME.search(label["label"]) or EMPTY.fullmatch(label["label"]):
        return ""
    lists = then is not None and then.is_level and then.sentence == mark.sentence
    lists = lists and then is not None and then.counts == mark.counts
    return "" if lists else NOUN_ENDS.sub("", label["label"].strip())


def _plainly(said: str) -> str:
    """Crimes, cases or incidents, where nothing else is named."""
    words = _PLAIN.findall(said)
    return words[-1] if words else ""


def _name_places(passage: Passage) -> None:
    """Name the figures of a list that only their places tell apart: 40 by land and 30 by air."""
    last: Mark | None = None
    for mark in passage.marks:
        line, at = passage.folded[mark.paragraph - 1], mark.previous
        goes_on = last is not None and at is last and _GOES_ON.fullmatch(mark.gap)
        listed = (
            mark.sort == "level"
            and not mark.prior
            and (goes_on or _LISTS.search(mark.tail) or OF_THEM.match(line, mark.end))
        )
        placed = _PLACED.match(line, mark.end) if listed else None
        if placed and (noun := noun_in(line[placed.end() : placed.end() + 80])):
            mark.name, last = noun, mark


def _name(line: str, mark: Mark, near: Mark | None, said: str) -> str:
    """What a figure is of, by the words behind it and those since the figure `near` before it."""
    before = near.name if near is not None else ""
    aside = near is not None and _WHICH.search(near.tail) and _WENT_ON.fullmatch(said)
    if before and (aside or _PLACE_OF_LAST.fullmatch(said)):
        return before
    if (which := _WHICH.search(said)) and (name := subject_of(said[: which.start()])):
        return name
    if mark.prior and mark.holder is not None and mark.previous is None and mark.holder.name:
        return mark.holder.name  # 5% more than in 2022 (90)
    begun = near is not None and "。" in line[near.end : mark.start]  # a sentence of its own
    begun = begun and bool(subject_of(said))
    if mark.is_change:
        return _name_of_change(line, mark, near, said)
    if mark.sort == "average" and _EACH.match(line, mark.end):
        if rate := _RATE.search(said):
            return rate[1]
        if _LEADS_TO.search(said) and (name := subject_of(said)):
            return name  # incidence fell to 2.7 cases per 100,000 persons
    if mark.sort == "share":
        return _name_of_share(line, mark, "" if begun and mark.prior else before, said)
    if _HOLDS.search(said) and _OF_ALL.match(line, mark.end) and (name := subject_of(said)):
        return name  # men accounted for 90 of the victims
    name = noun_after(line, mark)
    of_then = _DONE_ALONE.fullmatch(name) or (name and EMPTY.fullmatch(name))
    if mark.prior and before and of_then:
        return before  # 5% fewer than the 90 received in 2022
    if name in MANY and _IS_SO_MANY.search(said):
        name = subject_of(said) or name  # unemployment was 90 persons
    if not name and not mark.prior and (amount := OF_AMOUNT.search(said)):
        return amount[1]
    if before and not name and not begun and (mark.prior or _ELSEWHERE.fullmatch(said)):
        return before
    if before and not (name or begun) and _ANOTHER.search(said):
        return before  # arrested 90 men and charged another 40
    if before and not (name or begun) and (_HAD_TOO.search(said) or _TILL_NOW.fullmatch(said)):
        return before
    leads = near is not None and (near.is_change or near.prior) and _LEADS_TO.search(said)
    again = (
        near is not None
        and not begun
        and _FROM_TO.fullmatch(said)
        and _GENERIC.search(name or mark.reported)
    )
    if again and near is not None and not _GENERIC.fullmatch(before or "cases"):
        return before  # scams rose by 5%, from 90 cases to 95
    if leads or (name and EMPTY.fullmatch(name) and _WITH.search(said)):
        name = subject_of(said) or (before if leads else "") or name
    own = _CASES.search(mark.reported)
    if not (name or own) and _OPENS.search(said) and (did := _PREDICATE.match(line, mark.end)):
        what = _STOPS.split(line[did.end() : did.end() + 80])[0] if did["be"] else ""
        name = " ".join(what.split()[:LONGEST]) or (mark.previous.name if mark.previous else "")
    name = name or ("" if _COMPARED.search(said) else subject_of(said))
    if own and not mark.prior and (not name or _ACT.search(name) or DID.search(said)):
        name = "cases"  # the force received 90 cases
    return name or before


def _name_of_change(line: str, mark: Mark, near: Mark | None, said: str) -> str:
    before = near.name if near is not None else ""
    name = noun_after(line, mark) if _MORE.search(mark.reported) else ""
    if of := _IN_NOUN.match(line, mark.end) or _OF_NUMBER.match(line, mark.end):
        name = noun_in(line[of.end() : of.end() + 80])  # a 3 per cent rise in thefts
    alike = near is not None and (near.sort, near.sentence) == (mark.sort, mark.sentence)
    if alike and near is not None and not name and _MORE.search(near.reported):
        name = before if _PLACE_TOO.fullmatch(said) else ""
    told = without_bases(said)
    if before and _GOES_ON_OF.fullmatch(said) and near is not None and near.sort == "share":
        return name or before  # made up 31% of all crime and rose by 4%
    compared = _COMPARED.search(told) or _HIGHER.search(told) or (before and _IT.search(said))
    moved = mark.reported[0].isalpha()
    return name or ("" if compared else subject_of(said, moved)) or before


def _name_of_share(line: str, mark: Mark, before: str, said: str) -> str:
    if mark.prior and before:
        return before
    if those := _OF_THOSE.match(line, mark.end):
        return NOUN_ENDS.sub("", " ".join(those[1].split()[:LONGEST]))
    if rate := _RATE.search(said):
        return rate[1]  # a detection rate of 78%
    if mark.reported.endswith(_LETTERS) and (noun := noun_after(line, mark)):
        return noun  # one in five prisoners
    is_at = IS.match(line, mark.end) if _OPENS.search(said) else None
    if is_at and (noun := noun_in(line[is_at.end() : is_at.end() + 80])):
        return noun  # and 4% were false alarms
    of_all = (_AT_OF.search(said) or _FRAMES.search(said)) and not _HOLDS.search(said)
    of_noun = _OF_NOUN.match(line, mark.end) if of_all else None
    name = noun_in(line[of_noun.end() : of_noun.end() + 80]) if of_noun else ""
    name = "" if EMPTY.fullmatch(name) else name  # fell to 40% of the total
    name = name or ("" if _COMPARED.search(said) else subject_of(said))
    told = (before, noun_after(line, mark))  # , accounting for 59%; 59% of all fires
    return name or next(filter(None, told if said.strip(" ,") else told[::-1]), "")


def _name_lists(passage: Passage) -> None:
    """Name the figures of a list after the list of nouns before it: A, B and C were 1, 2 and 3."""
    row: list[Mark] = []
    for mark in [*passage.marks, None]:
        goes_on = row and mark is not None and mark.paragraph == row[-1].paragraph
        if goes_on and mark is not None:
            line = passage.folded[mark.paragraph - 1]
            # not costs of 90, 5 under budget; nor fees of 90, and one in five
            alike = mark.is_change == row[-1].is_change and (
                mark.is_change or mark.sort == row[-1].sort
            )
            goes_on = alike and bool(_LIST.fullmatch(line, row[-1].end, mark.start))
        if goes_on and mark is not None:
            row.append(mark)
            continue
        said = _ALONE.split(row[0].tail[-NEAR:])[-1] if len(row) > 1 else ""
        said = _BY.sub(" ", SAW.sub("", said))
        if (
            len(row) > 1
            and row[0].sort == "level"
            and (noun := noun_after(_line(passage, row), row[-1]))
        ):
            for each in row:
                each.name = noun  # 12, 5 and 3 fires
        elif (clause := SUBJECT_ENDS.sub("", said)) != said or (said and row[0].is_change):
            nouns = [subject_of(noun) for noun in _LIST.split(clause)]
            if len(nouns) == len(row) and all(nouns):
                for each, noun in zip(row, nouns, strict=True):
                    each.name = noun
        row = [mark] if mark is not None else []


def _line(passage: Passage, row: list[Mark]) -> str:
    return passage.folded[row[0].paragraph - 1]
