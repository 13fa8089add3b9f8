"""The formulas that labels print, (3)=(1)-(2) or 增减(A-B), or name, 顺差 beside 出口 and 进口:
which lines a line is computed of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product, takewhile
from typing import NamedTuple

import numpy as np

from ..kinds import KINDS
from .table_labels import year_in
from .table_measures import says_change
from .table_search import found_in
from .table_sides import Side

_NAME = (
    r"(?:[(（]\s*(?:[A-Za-z]|\d{1,2})\s*[)）]|[①-⑳]"
    r"|(?<![A-Za-z\d.])(?:[A-Za-z]|\d{1,2})(?![A-Za-z\d.%％年月日]))"
)
_SIGN = "[-+－＋−–减減加]"
_OWN = re.compile(rf"^\s*({_NAME})\s*(?:[=＝.、]|(?<=[)）])|$)|(?<!{_SIGN})({_NAME})\s*$")
_NAMELESS = re.compile(  # it begins and ends with words, or counts what it names: most labels do
    r"(?:[A-Za-z][A-Za-z\d]|\d[A-Za-z]|\d{3}|\d{0,2}[\u3400-\u9fff])"
    r".*(?:[A-Za-z0-9]{3}|[\u3400-\u9fff])"
)
_TERM = re.compile(rf"\s*({_SIGN}?)\s*({_NAME})")
_SUM = re.compile(rf"({_NAME}\s*[=＝]\s*)?[(（]?\s*({_NAME}(?:\s*{_SIGN}\s*{_NAME})+)")
_QUOTIENT = re.compile(
    rf"({_NAME})(?:\s*[-－−–]\s*({_NAME})\s*[)）\]])?\s*[/／÷]\s*({_NAME})(\s*[-－−–]\s*1(?!\d))?"
)
_SPAN = re.compile(r"((?:19|20)\d{2})\s*年?\s*[-–—~～至到]+\s*((?:19|20)\d{2})(?!\d)")
_AGAINST = re.compile(  # 2023 on 2014-18 average, 2023年比2022年
    r"(\S.*?)\s+(?:on|over|against|versus|vs\.?|compared (?:with|to))\s+(\S.*)"
    r"|(\S*?\d年)\s*[比较較]\s*(\S*?\d年).*",
    re.IGNORECASE,
)
_MAY_COMPARE = re.compile("[ 比较較]")
_LONGEST = 100  # characters of a label that names two others
_CENTURIES = re.compile(r"(?:19|20)?(\d\d)\s*[-–—~～/]\s*(?:19|20)?(\d\d)(?!\d)")
_SHARE_OF = re.compile(  # 税收收入占总收入的比例%, exports as a share of output
    r"(\S{2,}?)[占佔](\S{2,}?)[的之]?(?:比[例重率]?|百分[比率]|份[额額])\W*"
    r"|(\S.*?) as (?:a )?(?:%|per ?cent(?:age)?|share|proportion) of (\S.*?)\W*",
    re.IGNORECASE,
)
_BALANCE = re.compile(
    r"[顺順逆]差|差[额額]|[结結][余餘]|盈[余餘]|自然增|净迁|\bnet\b|balance|surplus|deficit",
    re.IGNORECASE,
)
_NEAR = 100  # lines before and behind one that its label may be computed of
_NEAREST = 2  # lines of one name that a balance may be of
_CARRIED = re.compile(r"[累滚滾]|[年期]末|上年|[结結][转轉]|cumulative", re.IGNORECASE)  # a stock
_OPPOSITE = tuple(
    (re.compile(a, re.IGNORECASE), re.compile(b, re.IGNORECASE))
    for a, b in (
        ("出口|exports?", "[进進]口|imports?"),
        (
            "收入|[岁歲]入|revenues?|receipts?|income",
            "支出|[岁歲]出|expenditures?|payments?|expenses?",
        ),
        ("出生|births?", "死亡|deaths?"),
        ("[迁遷]入", "[迁遷]出"),
        ("产量|產量|供[给給应應]|production|supply", "消[费費]|需求|consumption|demand"),
    )
)


_WHOLE = tuple(  # a whole and its two parts
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        "(?<!非)[劳勞][动動]力|labou?r force",
        r"就[业業]|\bemploy(?:ment|ed)\b",
        r"失[业業]|\bunemploy(?:ment|ed)\b",
    )
)
_TELLING = re.compile(  # one of these is in every name that is read as a formula
    r"[差结結余餘盈增迁劳勞占佔]|net\b|balance|surplus|deficit|labou?r| as |(?:19|20)\d\d"
)
_COUNTED = re.compile(r"[总總][计計数數]|人[数數口]|者|\btotal\b|[(（].*|\s", re.IGNORECASE)


class Formula(NamedTuple):
    """What a line is by its label: the kind of claim, and the line of each role."""

    kind: str
    roles: tuple[tuple[str, int], ...]


def formulas_of(side: Side) -> dict[int, Formula]:
    """The lines whose label says how they are computed from lines that have a letter or a number,
    each its own. The difference of two is a sum, unless it is called a change."""
    names: dict[str, int | None] = {}
    for n, path in enumerate(side.paths):
        named = [part for part in path if part and not _NAMELESS.fullmatch(part)]
        for own in filter(None, map(_OWN.search, named)):
            name = _bare(own[1] or own[2])
            names[name] = n if names.get(name, n) == n else None
    known = {name: n for name, n in names.items() if n is not None}
    labels = enumerate(side.labels) if len(known) > 1 else ()
    found = {n: _formula(label, n, known) for n, label in labels}
    found |= {n: formula for n, formula in _against(side) if not found.get(n)}
    said = zip(side.labels, side.paths, strict=True)
    told = found_in(_TELLING, ("\t".join([label, *path]) for label, path in said))
    for read in (_balance, _of_both_halves, _span, _share):
        found |= {n: read(side, n) for n in told if not found.get(n)}
    return {n: formula for n, formula in found.items() if formula is not None}


def _against(side: Side) -> Iterator[tuple[int, Formula]]:
    """The lines that a label says to compare, by their names, whether a span of years is written
    out or not: 2019-23 ave. on 14-18 ave, beside 2014-2018 ave and 2019-2023 ave."""
    own = [path[-1] if path else "" for path in side.paths]
    told = {
        n: match
        for n in found_in(_MAY_COMPARE, own)
        if len(own[n]) <= _LONGEST and (match := _AGAINST.fullmatch(own[n]))
    }
    named: dict[str, list[int]] = {}
    for n, name in enumerate(own) if told else ():
        named.setdefault(_years_short(name), []).append(n)
    for line, match in told.items():
        full = " / ".join(side.paths[line])
        pair = [
            max(lines, key=lambda n: (begun_alike(" / ".join(side.paths[n]), full), -abs(n - line)))
            for name in filter(None, match.groups())
            if (lines := named.get(_years_short(name)))
        ]
        if len(pair) == 2:
            roles = (("current", pair[0]), ("prior", pair[1]), ("difference", line))
            yield line, Formula("change", roles)


def _years_short(name: str) -> str:
    return re.sub(r"[\W年]", "", _CENTURIES.sub(r"\1\2", name)).lower()


def _balance(side: Side, line: int) -> Formula | None:
    """The sum of a balance and the lesser of two opposite lines that are else named alike."""
    label = side.labels[line]
    if not _BALANCE.search(label) or _CARRIED.search(label):
        return None
    pairs: list[tuple[int, int]] = []
    for opposite in _OPPOSITE:
        more_of, less_of = (_named(side, pattern, line) for pattern in opposite)
        for rest in more_of.keys() & less_of.keys():
            pairs += product(more_of[rest][:_NEAREST], less_of[rest][:_NEAREST])
    pairs = [pair for pair in pairs if line not in pair]
    if not pairs:
        return None
    own = side.paths[line][1:]  # in a group, what stands alike in the others

    def rank(pair: tuple[int, int]) -> tuple[bool, int, int]:
        left = np.abs(side.value[pair[0]] - side.value[pair[1]]) - np.abs(side.value[line])
        loose = sum(np.nan_to_num(side.width(n)) for n in (*pair, line)) + 1e-6
        held = int((np.abs(left) <= loose).sum())
        return side.paths[pair[0]][1:] != own, -held, sum(abs(n - line) for n in pair)

    nearest = min(pairs, key=rank)
    more, less = sorted(nearest, key=lambda n: -float(np.nansum(side.value[n])))
    if not re.search("逆差|deficit", label.lower()) or re.search("[顺順]差|surplus", label.lower()):
        more, less = nearest
    return Formula("sum", (("total", more), ("part", less), ("part", line)))


def _near(side: Side, line: int) -> range:
    return range(max(0, line - _NEAR), min(line + _NEAR + 1, len(side.labels)))


def _named(side: Side, pattern: re.Pattern[str], line: int) -> dict[str, list[int]]:
    """The lines whose labels hold a word, by what else these hold, the nearest first."""
    found: dict[str, list[int]] = {}
    for n in sorted(_near(side, line), key=lambda n: abs(n - line)):
        if pattern.search(side.labels[n]):
            found.setdefault(pattern.sub("", side.labels[n]), []).append(n)
    return found


def _of_both_halves(side: Side, line: int) -> Formula | None:
    """The sum of the two that make up a whole by their names, where all are else named alike."""
    if not _WHOLE[0].search(side.labels[line]):
        return None
    named = [
        {
            _COUNTED.sub("", pattern.sub("", side.labels[n])): n
            for n in _near(side, line)
            if pattern.search(side.labels[n]) and side.kind[n] in ("count", "amount")
        }
        for pattern in _WHOLE
    ]
    for rest in set.intersection(*map(set, named)):
        if named[0][rest] == line:
            lines = (each[rest] for each in named)
            return Formula("sum", tuple(zip(("total", "part", "part"), lines, strict=True)))
    return None


def _share(side: Side, line: int) -> Formula | None:
    """The share of one line in another that its label names, each by the end of its own: 其中:
    税收收入, 一般公共预算总收入."""
    own = side.paths[line][-1] if side.paths[line] else ""
    named = _SHARE_OF.fullmatch(own) if len(own) <= _LONGEST else None
    found = [line]
    for name in filter(None, named.groups()) if named else ():
        lines = [
            n
            for n in _near(side, line)
            if side.paths[n] and side.paths[n][-1].lower().endswith(name.lower())
            if side.kind[n] != "rate"
        ]
        found += sorted(lines, key=lambda n: (len(side.paths[n][-1]), n > line, abs(n - line)))[:1]
    if len(found) < 3:
        return None
    return Formula("ratio", tuple(zip(KINDS["ratio"].roles, found, strict=True)))


def _span(side: Side, line: int) -> Formula | None:
    """The change between the first and the last year of a span, where lines of those years are
    else named alike: 2000—2020年 beside 2000年 and 2020年."""
    part, span = next(
        ((part, span) for part in side.paths[line] if (span := _SPAN.search(part))), ("", None)
    )
    if span is None:
        return None
    ends = []
    for year in span.groups():
        named = [
            n
            for n in _near(side, line)
            if any(
                year_in(p) == int(year) and _same(side.paths[n], p, side.paths[line], part)
                for p in side.paths[n]
            )
        ]
        ends += named[:1]
    if len(ends) < 2:
        return None
    return Formula("change", (("current", ends[1]), ("prior", ends[0]), ("difference", line)))


def _same(path: list[str], part: str, other: list[str], span: str) -> bool:
    """Whether labels are the same but for the part that names a year, or a span of them."""
    return [p for p in path if p != part] == [p for p in other if p != span]


def _formula(label: str, line: int, names: dict[str, int]) -> Formula | None:
    if quotient := _QUOTIENT.search(label):
        above, less, below = (names.get(_bare(quotient[n] or "")) for n in (1, 2, 3))
        if above is None or below is None or line in (above, below):
            return None
        if quotient[2] or quotient[4]:
            roles = (("current", above), ("prior", below), ("change", line))
            return Formula("change", roles) if quotient[4] or less == below else None
        return Formula("ratio", (("rate", line), ("numerator", above), ("denominator", below)))
    printed = _SUM.search(label)
    if printed is None or (not printed[1] and re.match(r"\d[^减減加]*$", printed[2])):
        return None  # 1-6 are months, or ages
    terms = [
        (sign in "+＋加", names.get(_bare(name), line)) for sign, name in _TERM.findall(printed[2])
    ]
    if any(n == line for _, n in terms):
        return None
    plus, minus = ([n for sign, n in terms if sign is way] for way in (True, False))
    if len(plus) == len(minus) == 1 and says_change(label):
        return Formula("change", (("current", plus[0]), ("prior", minus[0]), ("difference", line)))
    if minus and len(plus) > 1:
        return None
    total, parts = (plus[0], [line, *minus]) if minus else (line, plus)
    return Formula("sum", (("total", total), *(("part", n) for n in parts)))


def begun_alike(a: str, b: str) -> int:
    """How many characters two labels begin with alike.

    >>> begun_alike("累计产量", "累计增长")
    2
    """
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _bare(name: str) -> str:
    return name.strip("()（） ").upper()
