"""English text: the time that governs a figure, what a change is against, and what is counted.

English says these behind the figure as often as before it: 1,302 burglaries in 2022, down 5%
compared with the year before.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from .clauses import Mark, Passage, turn_if
from .periods import dates_of, follows

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_MONTH = f"(?:{'|'.join(_MONTHS)})"
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9]|,[0-9])"
_TO = r"(?: to | and |\s?[-–—]\s?)"
_WHICH = rf"(?:{_YEAR}|(?:the|this|last) year)"
_N = rf"(?:{'|'.join(_NUMBERS[1:])}|[0-9]{{1,2}})"
TIME = re.compile(
    rf"(?:the )?(?:first|second|third|fourth|last) (?:half|quarter|{_N} months) of {_WHICH}"
    rf"|(?:the )?(?:financial |fiscal |calendar )?(?:year|quarter|month|week|{_N} months) (?:to"
    rf"|ending|ended|up to)"
    rf"(?: the end of)?(?: [0-9]{{1,2}})?(?: Q[1-4]| {_MONTH})(?: {_YEAR})?|Week [0-9]{{1,2}}"
    rf"|{_MONTH}{_TO}{_MONTH}(?:,? {_WHICH})?|(?:Q[1-4]|Quarter [1-4]),? {_YEAR}"
    rf"|(?:[0-9]{{1,2}} )?{_MONTH} (?:[0-9]{{1,2}}, )?{_YEAR}"
    rf"|{_YEAR}(?:[-–/][0-9]{{2}}(?![0-9]))?|(?:this|last) (?:year|month|quarter|week)"
    rf"|the (?:first|second|third|fourth) (?:half|quarter)(?: of the year)?"
    rf"|(?<=\b[iIoO][nf] ){_MONTH}\b|the period under review"
)
_THAN = (
    r"\b(?:(?:when |as )?compared (?:with|to)|than|over|from|on|against|versus|vs\.?"
    r"|relative to|since"
    r"|with|in)"
)
_SAME = (
    r"(?:same|corresponding|comparable|equivalent) (?:[a-z]+ )?(?:period|quarter|month|half"
    r"|time|week)s?"
)
_BEFORE = r"(?:previous|preceding|prior|last)"
_OF_BASE = (  # what stands between over, from or on and the year that something is compared with
    "(?:the|that|those|figures?|levels?|in|of|for|during|at|end|to|same|corresponding|period|quarter"
    "|month|year|half|cases|crimes|incidents|offences|recorded|reported|number|total)"
)
_BASES = [  # what is said, how it is said; the first row that fits the earliest
    ("previous period", r"\b(?:month|quarter|week)[- ](?:on|to|over)[- ](?:month|quarter|week)\b"),
    (
        "previous period",
        rf"{_THAN} (?:the |that of the |in the )*{_BEFORE} (?:month|quarter|week|day|period"
        rf"|{_N} months)"
        r"|\ba (?:month|quarter|week) (?:ago|earlier|before)\b"
        rf"|{_THAN} (?:in )?Week [0-9]{{1,2}}(?! of)",
    ),
    (
        "year earlier",
        r"\byear[- ](?:on|over)[- ]year\b|\by/y\b|\byoy\b"
        rf"|{_SAME} (?:[a-z]+ ){{0,3}}?(?:of |in )?(?:the )?{_BEFORE} year"
        rf"|{_THAN} (?:the |that of the |in the |in )*(?:year before|{_BEFORE} (?:financial "
        rf"|calendar )?(?:year|12 months|twelve months))"
        r"|\b(?:a|one) year (?:ago|earlier|before)\b|\b(?:12|twelve) months (?:ago|earlier)\b"
        r"|over the year\b",
    ),
    (
        "year",
        r"(?:\b(?:compared (?:with|to)|than|against|versus|vs\.?|relative to|with|in)"
        r" (?:[^.;,。]|[.,](?=[0-9])){0,70}?"
        rf"|\b(?:over|from|on|since) (?:(?:{_OF_BASE}|[0-9][0-9,]*|{_MONTH}|Q[1-4]),? )*?)"
        rf"(?P<year>{_YEAR})",
    ),
    (
        "other",
        rf"\b{_N} years (?:ago|earlier|before)\b|{_THAN} (?:the )?"
        r"(?:[$£€]?[0-9][0-9.,]*(?: [mbtr]+illion)? )?(?:pre-[a-z]+|peak|target"
        rf"|(?:[a-z]+-year |long-term )?average|forecast|plan)\b"
        r"|\b(?:above|below) the (?:[a-z-]+ )?average\b",
    ),
]
BASES = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _BASES]
_SINCE = re.compile(rf"\bsince (?:{_MONTH} )?{_YEAR}", re.IGNORECASE)
_LEADS = re.compile(  # right before a value of the base
    r"\b(?:(?:when |as )?compared (?:with|to)|than|over|from|against|versus"
    r"|(?:increase|rise|decrease|fall|drop|reduction|up|down) on)"
    r"(?: the| a total of| about| around| just| only| some| nearly)*\s*$"
    r"|\b(?:previous|preceding|prior|last) year['’]s\s*$",
    re.IGNORECASE,
)
OF_THEN = re.compile(  # with this the clause of a value of the base begins
    rf"^\s*(?:in|during|over|for) the {_SAME}\b"
    rf"(?=.*(?:{_BEFORE} year|year (?:ago|earlier|before)|{_YEAR}))",
    re.IGNORECASE,
)
_TO_NOW = re.compile(r"[^,;]*\bto\s*")
_NEAR = 400  # characters: no words are looked for farther away
_APART = re.compile(r"[;。]|\b(?:while|whereas|but|although)\b|,? and (?=in\b)")


def base_of(said: str, last: bool = False) -> str:
    """What some words say that a change is against: the first base they name, or the last.

    >>> base_of(" compared with 31,434 in the same period of 2022"), base_of(" year-on-year")
    ('year 2022', 'year earlier')
    """
    hits = []
    for rank, (name, pattern) in enumerate(BASES):
        for hit in pattern.finditer(said):
            if name == "year" and not _is_base(hit):
                continue
            base = f"year {hit['year']}" if name == "year" else name
            at = hit.end("year") if name == "year" else hit.start()
            hits.append((-hit.end() if last else at, rank, base))
    return min(hits)[2] if hits else ""


def _is_base(hit: re.Match[str]) -> bool:
    """Whether a year is compared with: over 2013, in the same period of 2022; but not in 2022."""
    words = hit[0].split()
    if words[0].lower() in ("in", "with"):
        return bool(re.search(_SAME, hit[0], re.IGNORECASE))
    return words[0].lower() != "since"


def _without_bases(said: str) -> str:
    said = _SINCE.sub("", said[-_NEAR:])
    for name, pattern in BASES:
        for hit in pattern.finditer(said):
            if name != "year" or _is_base(hit):
                said = said.replace(hit[0], " " * len(hit[0]), 1)
    return said


def _after(passage: Passage, mark: Mark) -> str:
    """What follows a mark in its sentence, to the next change."""
    line = passage.folded[mark.paragraph - 1]
    end = min(len(line), mark.end + _NEAR)
    for then in passage.marks[mark.n + 1 : mark.n + 8]:
        if then.paragraph != mark.paragraph:
            break
        if then.is_change or (not then.prior and not mark.is_change):
            end = min(end, then.start)
            break
    return _APART.split(line[mark.end : end])[0]


def set_periods(passage: Passage, published: date | None) -> None:
    """Set `prior`, `when`, `period` and `against` of the marks of an English passage."""
    _reach_over(passage)
    for mark in passage.marks:
        if mark.is_level or mark.is_rate:
            alone = passage.in_bracket(mark)
            leads = _LEADS.search(mark.tail) or (_opens(mark) and OF_THEN.search(mark.tail))
            mark.prior = _ends_in_base(mark.tail) if alone else bool(leads)
    current, year = "", None
    for mark in passage.marks:
        after = _after(passage, mark)
        if mark.prior:
            mark.when = next(iter(TIME.findall(after) or TIME.findall(mark.tail)), "")
        else:
            # Behind the value of a base stands its own time: from 13,022 in 2021. Of these, 4,321
            of_base = mark.n > 0 and passage.marks[mark.n - 1].prior
            tail = "" if of_base and _TO_NOW.fullmatch(mark.tail) else mark.tail
            own = TIME.findall(_without_bases(tail))[-1:]
            if not own and not mark.is_change:
                own = TIME.findall(_without_bases(after))[:1]
            gap = tail if of_base else mark.gap
            if not own and gap != tail:
                own = TIME.findall(_without_bases(gap))[-1:]
            current = own[0] if own else current
            mark.when = current
        if not mark.prior and (named := _NAMED.search(mark.when)):
            year = int(named[0])
        mark.period = _dates(mark.when, published, year)
    for mark, then in pairwise(passage.marks):  # fell 5% to 90 in August: both are of August
        to_it = mark.is_change and then.is_level and then.sentence == mark.sentence
        if to_it and not then.prior and _TO_NOW.fullmatch(then.gap) and not TIME.search(mark.tail):
            mark.when, mark.period = then.when, then.period
    _set_against(passage)


def _reach_over(passage: Passage) -> None:
    """The verb of a change is that of the next, too: apples rose 5% to 90 and pears 4% to 60."""
    at = passage.marks
    for change, value, mark, then in zip(at, at[1:], at[2:], at[3:], strict=False):
        led = change.is_change and value.is_level and mark.sort == "share" and then.is_level
        gaps = led and {value.gap.strip(), then.gap.strip()} == {"to"}
        if gaps and change.sentence == then.sentence and mark.gap.startswith((" and ", ", ")):
            mark.sort = mark.measure = "change"
            turn_if(change.value < 0 < mark.value, mark)


def _opens(mark: Mark) -> bool:
    """Whether a figure is the first of its sentence."""
    return mark.previous is None or mark.previous.sentence != mark.sentence


def _ends_in_base(said: str) -> bool:
    """Whether words end with what a change is against: compared with the previous year."""
    said = said.rstrip()
    return any(hit.end() >= len(said) for _, p in BASES for hit in p.finditer(said))


def _set_against(passage: Passage) -> None:
    sentences: dict[int, list[Mark]] = {}
    for mark in passage.marks:
        if mark.is_change:
            sentences.setdefault(mark.sentence, []).append(mark)
    for changes in sentences.values():
        for mark in changes:
            before = mark.tail if _opens(mark) else re.split(r"[,;]", mark.tail)[-1]
            value = mark.previous
            start = value.previous if value is not None and not value.is_change else None
            if value is not None and value.prior and value.sentence == mark.sentence:
                before = f"{value.tail}0{mark.tail}"  # compared to 9,219 in 2021, up 88%
            elif value is not None and start is not None and start.prior and not _opens(value):
                before = f"{start.tail}0{value.tail}0{before}"  # from 91 in 2021 to 98, up 8%
            after = _after(passage, mark)
            mark.against = base_of(after) or base_of(before, last=True)
            if mark.against[5:].isdigit():
                times = TIME.findall(after if base_of(after) else before)
                then = next((each for each in times if each.endswith(mark.against[5:])), "")
                if follows(_dates(then, None), mark.period):
                    mark.against = "previous period"
        for mark, then in zip(changes[-2::-1], changes[:0:-1], strict=True):
            mark.against = mark.against or then.against
        for before_it, mark in pairwise(changes):
            mark.against = mark.against or before_it.against
        for mark in changes:
            mark.against = mark.against or "not stated"


# --- Dates ----------------------------------------------------------------------------------------
_OTHERS = "this year|last year"
_NAMED = re.compile(rf"\b{_YEAR}$")
_IN_CHINESE = [  # an English phrase, and the Chinese one that `dates_of` knows
    (rf"the first half of (?P<year>{_YEAR}|{_OTHERS})", "上半年"),
    (rf"the second half of (?P<year>{_YEAR}|{_OTHERS})", "下半年"),
    (
        rf"the (?P<q>first|second|third|fourth) quarter of (?P<year>{_YEAR}|{_OTHERS})",
        "{q}季度",
    ),
    (rf"(?:Q|Quarter )(?P<q>[1-4]),? (?P<year>{_YEAR})", "{q}季度"),
    (rf"the first (?P<n>{_N}) months of (?P<year>{_YEAR}|{_OTHERS})", "前{n}个月"),
    (
        rf"(?P<m>{_MONTH}){_TO}(?P<until>{_MONTH})(?:,? (?P<year>{_YEAR}|{_OTHERS}))?",
        "{m}月至{until}月",
    ),
    (rf"(?P<m>{_MONTH})(?: (?P<year>{_YEAR}))?", "{m}月"),
    (rf"(?:the year (?:to|ending|ended) December )?(?P<year>{_YEAR}|{_OTHERS})", ""),
]
_WORDS = {word: n for words in (_NUMBERS, _MONTHS) for n, word in enumerate(words, 1)}
_WORDS |= {"first": 1, "second": 2, "third": 3, "fourth": 4}
_RELATIVE = {"this year": "今年", "last year": "去年"}


def _dates(phrase: str, published: date | None, year: int | None = None) -> tuple[str, str]:
    """First and last day of an English time phrase, ISO; empty what is not told.

    `year` is the one that the text named last: that of a month beside which none stands.
    """
    for pattern, chinese in _IN_CHINESE:
        if m := re.fullmatch(pattern, phrase):
            said = {name: str(_WORDS.get(word, word)) for name, word in m.groupdict().items()}
            of = _RELATIVE.get(m["year"] or "", f"{m['year']}年" if m["year"] else "")
            return dates_of(of + chinese.format(**said), year, published)
    return "", ""


# --- Names ----------------------------------------------------------------------------------------
_ENDS = re.compile(
    r"[,.;:()。–—]|\s-\s|\b(?:were|was|are|is|had|have|has|in|during|on|from|to|by|at|with"
    r"|that|which|who|whose|whom|when|after"
    r"|compared|recorded|reported|registered|arrested|attended|involving|involved|than|under"
    r"|over|between|as|for|per"
    r"|more|less|fewer|higher|lower|up|down|this|last|a|an|year-on-year|month-on-month"
    r"|travelling|respectively|resulted|showing|accounting"
    r"|representing|came|against)\b|[0-9]"
)
_COUNTED = re.compile(
    r"(?:(?:recorded |reported |new )*(?:cases|incidents|instances|reports|offences) (?:of"
    r"|involving)"
    r"|of(?: all| the| these| those)?) "
)
_UNIT_NOUN = re.compile("(?:people|persons?|households?|vehicles?)$")
_CASES, _ACT = re.compile("cases$"), re.compile(" (?:received|handled|logged|took|heard)$")
_IN_NOUN = re.compile(
    rf" in (?:the (?:total |overall )?(?:number|level) of )?(?!the\b|[0-9]|20|{_MONTH}\b)"
)
_REPORTED = re.compile(r"^(?:(?:recorded|reported|registered) )+(?!in\b|by\b|at\b)")
_DONE = re.compile(r" (?:were|was) ((?:[a-z]+ly )?[a-z]+ed)\b(?! by| in| at)")
_VERBS = ("were", "was", "are", "is", "recorded", "reported")
_OPENS_LIST = re.compile(
    r"^.*\b(?:included?|including|were|was|in|both|each|coming from|came via|arrived through)"
    r"\s(?=[^()]+\($)"
)
_EMPTY = re.compile(
    r"(?:this|it|which|that|these|to|and|or|being|up|down|when|compared|with|them|whom|there"
    r"|of|from|among"
    r"|incidents|cases|crimes|driven|rising|the|an?|over|by|in|on|year-on-year|respectively|\s)*",
    re.IGNORECASE,
)
_NOUN_ENDS = re.compile(r"\s(?:and|or|&|of|in|by|at|from|for|to|the|a|an|on|with|also|which|that)$")
_SUBJECT_ENDS = re.compile(  # a verb that leads up to a figure, and what follows it
    r"\b(?:totall?(?:ed|ing)|was|were|is|are|stood|reach(?:ed|ing)|rose|fell|increas(?:ed"
    r"|ing)|decreas(?:ed|ing)|dropp(?:ed|ing)|went|grew|stay(?:ed|ing)"
    r"|declined|surged|jumped|climbed|amounted|maintained|(?<!of )(?<!the )(?<!all )recorded"
    r"|running|occupied|accounted|contributed?|contributes|fetched|brought|measuring|remained|came|numbered|narrowed|driven|used|saw|during)\b.*"
)
_CLAUSE = re.compile(
    r",(?![0-9])|[;:。()…\[\]]|\s[-–—]+\s|\b(?:that|indicated|showed|said|while|whereas"
    r"|meanwhile|besides|with|and(?= [a-z]+ [a-z]+ \($))\b",
    re.IGNORECASE,
)
_SUBJECT_HEAD = re.compile(
    r"^(?:in|during|for|from|(?:of|among) (?:which|whom|them|these)|giving|recorded|reported|of|by"
    r"|the|a|an|total of|total|overall number of|total number of|number of"
    r"|there (?:was|were|is|are|ha[sd] been|have been)|there|those|and|also|as|(?:increases?"
    r"|decreases?|rises?|falls?|drops?) (?:in|for)"
    r"|(?:recorded |reported )?(?:cases|incidents) (?:of|involving)|although|however|that of)\s",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\b(?:compared (?:with|to)|than|over|against)\b[^,;]*$")
_LEADS_TO, _WITH = re.compile(r"\bto\s$"), re.compile(r",\swith\s$")
_BRACKET = re.compile(r"\([^()]*\)")
_ALONE = re.compile(r"…|\b(?:while|whereas|respectively,|that of|those of)\b")
_LIST = re.compile(r",?\sand\s|,\s")
_LONGEST, _LONG = 6, 9  # words of a name behind its figure, and before it


def _noun_after(line: str, mark: Mark) -> str:
    """The noun phrase that follows a count: 4,361 violent crime cases were recorded."""
    behind = _REPORTED.sub("", line[mark.end : mark.end + 80].lstrip())
    counted = _COUNTED.match(behind)
    if done := _DONE.match(line, mark.end):
        return done[1]  # 90 people were killed
    return _noun(behind[counted.end() :] if counted else behind, bool(counted)) or (
        unit[0] if (unit := _UNIT_NOUN.search(mark.reported)) else ""
    )


def _noun(said: str, counted: bool = False) -> str:
    """The noun phrase with which some words begin; "" where they begin with none."""
    ends = _ENDS.search(said)
    noun = (said[: ends.start()] if ends else said).strip("“”\"' ")
    first, both, _ = noun.partition(" and ")
    if both and not counted and not (ends and ends[0] in _VERBS):
        noun = first
    words = _NOUN_ENDS.sub("", noun).split()
    if not words or not words[0][:1].isalpha() or words[0] in ("and", "or", "of", "to"):
        return ""
    return " ".join(words[:_LONGEST])


def _headless(said: str) -> str:
    """Words without those with which a clause begins: there was an increase in the number of."""
    before = None
    while said != before:
        before, said = said, _SUBJECT_HEAD.sub("", said.strip(" \"“”'‘’-") + " ").strip()
    return said


def _subject(said: str) -> str:
    """The noun phrase with which a clause leads up to its figure; "" where none is left."""
    if said.endswith("("):
        said = _OPENS_LIST.sub("", said)
    for clause in reversed(_CLAUSE.split(TIME.sub("", _without_bases(said)))):
        if clause.startswith(("to ", " to ")):
            continue  # X, which contribute (80 percent) to the total, grew
        noun = _headless(_SUBJECT_ENDS.sub("", _headless(clause)))
        words = _NOUN_ENDS.sub("", " ".join(noun.split()[:_LONG])).split()
        if words and not _EMPTY.fullmatch(" ".join(words)):
            return " ".join(words)
    return ""


def set_names(passage: Passage) -> None:
    """Set `name` of each mark of an English passage: the noun behind it, or what leads up to it."""
    for mark in passage.marks:
        line = passage.folded[mark.paragraph - 1]
        at = passage.marks[mark.n - 1] if mark.n else None
        start = at.end if at is not None and at.paragraph == mark.paragraph else 0
        said = line[max(start, mark.start - _NEAR) : mark.start].rpartition("。")[2]
        said = _BRACKET.sub(" ", said)
        near = at if at is not None and at.paragraph == mark.paragraph else None
        name = "" if mark.is_change or mark.sort == "share" else _noun_after(line, mark)
        leads = near is not None and near.is_change and _LEADS_TO.search(said)
        if leads or (name and _EMPTY.fullmatch(name) and _WITH.search(said)):
            name = _subject(said) or (near.name if near is not None and leads else "") or name
        name = name or ("" if _COMPARED.search(said) else _subject(said))
        if _CASES.search(mark.reported) and not mark.prior and (not name or _ACT.search(name)):
            name = "cases"  # the force received 90 cases
        if mark.is_change and (of := _IN_NOUN.match(line, mark.end)):
            name = _noun(line[of.end() : of.end() + 80])  # a 3 per cent rise in thefts
        if not name and mark.sort == "share":
            name = _noun_after(line, mark)  # 59% of all fires
        mark.name = name or (near.name if near is not None else "")
    _name_lists(passage)


def _name_lists(passage: Passage) -> None:
    """Name the figures of a list after the list of nouns before it: A, B and C were 1, 2 and 3."""
    row: list[Mark] = []
    for mark in [*passage.marks, None]:
        goes_on = row and mark is not None and mark.paragraph == row[-1].paragraph
        if goes_on and mark is not None:
            line = passage.folded[mark.paragraph - 1]
            goes_on = bool(_LIST.fullmatch(line, row[-1].end, mark.start))
        if goes_on and mark is not None:
            row.append(mark)
            continue
        said = _ALONE.split(row[0].tail[-_NEAR:])[-1] if len(row) > 1 else ""
        if (clause := _SUBJECT_ENDS.sub("", said)) != said or (said and row[0].is_change):
            nouns = [_subject(noun) for noun in _LIST.split(clause)]
            if len(nouns) == len(row) and all(nouns):
                for each, noun in zip(row, nouns, strict=True):
                    each.name = noun
        row = [mark] if mark is not None else []
