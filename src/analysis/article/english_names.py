"""English text: what a figure counts, by the noun behind it or the clause that leads up to it."""

from __future__ import annotations

import re

from .clauses import Mark, Passage
from .english import AGAINST, MONTH, NEAR, TIME, without_bases

_ENDS = re.compile(
    r"[,.;:()。–—]|\s-\s|\b(?:were|was|are|is|had|have|has|in|during|on|from|to|by|at|with"
    r"|that|which|who|whose|whom|when|after"
    r"|compared|recorded|reported|registered|arrested|attended|involving|involved|than|under"
    r"|over|between|as|for|per"
    r"|more|less|fewer|higher|lower|up|down|this|last|a|an|year-on-year|month-on-month"
    r"|travelling|respectively|resulted|showing|accounting"
    r"|representing|came)\b|[0-9]"
    rf"|\b{AGAINST}"
)
_COUNTED = re.compile(
    r"(?:(?:recorded |reported |new )*(?:cases|incidents|instances|reports|offences) (?:of"
    r"|involving)"
    r"|of(?: all| the| these| those)?) "
)
_UNIT_NOUN = re.compile("(?:people|persons?|households?|vehicles?)$")
_CASES, _ACT = re.compile("cases$"), re.compile(" (?:received|handled|logged|took|heard)$")
_IN_NOUN = re.compile(
    rf" in (?:the (?:total |overall )?(?:number|level) of )?(?!the\b|[0-9]|20|{MONTH}\b)"
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
    r"|incidents|cases|crimes|driven|rising|the|an?|over|by|in|on|year-on-year|respectively|\s"
    r"|add(?:s|ed|ing)|show(?:s|ed|ing)?|leads?|led|leading|equat(?:es?|ed|ing)|at|as|same|time"
    r"|previous|preceding|prior|last|period|year|quarter|month|week|before|earlier)*",
    re.IGNORECASE,
)
_NOUN_ENDS = re.compile(
    r"\s(?:and|or|between|&|of|in|by|at|from|for|to|the|a|an|on|with|also|which|that)$"
)
_SUBJECT_ENDS = re.compile(  # a verb that leads up to a figure, and what follows it
    r"\b(?:totall?(?:ed|ing)|was|were|is|are|stood|reach(?:ed|ing)|rose|fell|increas(?:ed"
    r"|ing)|decreas(?:ed|ing)|dropp(?:ed|ing)|went|grew|stay(?:ed|ing)"
    r"|declined|surged|jumped|climbed|amounted|maintained|(?<!of )(?<!the )(?<!all )recorded"
    r"|running|occupied|accounted|contributed?|contributes|fetched|brought|measuring|remained|came|numbered|narrowed|driven|used|saw|during)\b.*"
)
_CLAUSE = re.compile(
    r",(?![0-9])|[;:。()…\[\]]|\s[-–—]+\s|\b(?:that|indicated|showed|said|while"
    r"|shows(?= [a-z])|whereas|meanwhile|besides|with|and(?= [a-z]+ [a-z]+ \($))\b",
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
_COMPARED = re.compile(r"\b(?:compared (?:with|to)|than|over|" + AGAINST + r")\b[^,;]*$")
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
    if not words or not words[0][:1].isalpha() or words[0] in ("and", "or", "of", "to", "the"):
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
    for clause in reversed(_CLAUSE.split(TIME.sub("", without_bases(said)))):
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
        said = line[max(start, mark.start - NEAR) : mark.start].rpartition("。")[2]
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
        said = _ALONE.split(row[0].tail[-NEAR:])[-1] if len(row) > 1 else ""
        if (clause := _SUBJECT_ENDS.sub("", said)) != said or (said and row[0].is_change):
            nouns = [_subject(noun) for noun in _LIST.split(clause)]
            if len(nouns) == len(row) and all(nouns):
                for each, noun in zip(row, nouns, strict=True):
                    each.name = noun
        row = [mark] if mark is not None else []
