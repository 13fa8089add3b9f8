"""What a proof says of an article: its figures and claims, in words of either language."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from ..bounds import Bounds
from ..claims import audit_and_diagnosis, result_figures
from ..extract import Extract
from ..extract.model import source_line
from ..kinds import KINDS
from ..phrases import BASES, MEASURES, added, explained, noted, say, then
from ..units import Language, names_of, unit_of
from .names import names_apart
from .numbers import written


class Figure(NamedTuple):
    """A figure, and what is said of it."""

    key: str
    name: str
    reported: str
    measure: str
    low: float
    high: float
    unit: str
    bounds: str
    period: str
    against: str
    basis: str
    note: str
    proposed: bool
    place: tuple[int, int] | None  # line from 0, and offset
    row: str  # of a figure of a table: its labels
    column: str


_AS_THEY_ARE = ("reported", "measure", "unit", "row", "column")


class Claim(NamedTuple):
    """A claim, numbered from 1, and what is said of it."""

    number: int
    named: str  # the claim in words, under the name of its result
    verdict: str
    explanation: str
    proposed: bool
    note: str


class Doubt(NamedTuple):
    """A figure of one of the least sets that must be wrong, and how."""

    key: str
    first: bool  # of the likeliest set
    slip: str  # 89.9% → 89.7%, or what is left of it
    words: str


class Judged(NamedTuple):
    """What an extract's claims come to, whoever has read them, and in whatever language."""

    audit: pd.DataFrame
    diagnosis: pd.DataFrame
    together: list[list[Any]]  # claims of which each may hold, and not all
    tied: dict[Any, dict[str, list[str]]]  # by claim, the keys of the figures in each role
    results: dict[Any, Any]  # by claim, the key of the figure that it prints

    @classmethod
    def of(cls, article: Extract, known: dict[Any, Any] | None = None) -> Judged:
        """`known`: see `audit_and_diagnosis`."""
        tied: dict[Any, dict[str, list[str]]] = {}
        columns = (article.relations[name].tolist() for name in ("relation", "role", "figure"))
        for relation, role, key in zip(*columns, strict=True):
            tied.setdefault(relation, {}).setdefault(role, []).append(str(key))
        results = result_figures(article).to_dict()
        return cls(*audit_and_diagnosis(article, known), tied, results)


class Words:
    """What there is to say of an extract, as plain text."""

    def __init__(
        self,
        article: Extract,
        language: Language,
        judged: Judged | None = None,
        *,
        short: bool = False,
    ) -> None:
        """`short`: bounds in millions or 万 where these come out even."""
        self.article, self.language, self.short = article, language, short
        self.judged = judged or Judged.of(article)
        self.figures = {figure.key: figure for figure in self._figures()}
        self.claims = list(self._claims())
        self.claims_of: dict[str, dict[int, Claim]] = {}
        numbers = {relation: n for n, relation in enumerate(article.relations["relation"].unique())}
        rows = article.relations[["relation", "figure"]].itertuples(index=False, name=None)
        for relation, key in rows:
            claim = self.claims[numbers[relation]]
            self.claims_of.setdefault(str(key), {})[claim.number] = claim
        self.doubts = list(self._doubts())
        self.together = [
            self.say("together", numbers=self.say("list").join(str(numbers[x] + 1) for x in each))
            for each in self.judged.together
        ]
        self.likeliest = {doubt.key: doubt for doubt in self.doubts if doubt.first}

    def say(self, phrase: str, **values: object) -> str:
        return say(phrase, self.language, **values)

    def word(self, table: dict[str, tuple[str, str]], key: str) -> str:
        return table[key][self.language == "zh"] if key in table else key

    # What is said of figures.

    def _figures(self) -> Iterable[Figure]:
        names = names_apart(self.article, self.language)
        table = self.article.figures
        for key, name, row in zip(table.index, names, _records(table), strict=True):
            text = {
                name: _text(row[name])
                for name in (*_AS_THEY_ARE, "against", "basis", "when", "note")
            }
            line, position = row["paragraph"], row["position"]
            stands = pd.notna(line) and pd.notna(position)
            yield Figure(
                key=str(key),
                name=name or str(key),
                low=row["low"],
                high=row["high"],
                bounds=self._bounds(row["low"], row["high"], text["unit"]),
                period=_period(row["period_start"], row["as_of"], text["when"], self.language),
                against=self._against(text["against"]),
                basis=self._basis(text["basis"]),
                note=noted(text["note"], self.language),
                proposed=row["status"] == "proposed",
                place=(int(line) - 1, int(position)) if stands else None,
                **{name: text[name] for name in _AS_THEY_ARE},
            )

    def _bounds(self, low: float, high: float, unit: str) -> str:
        if math.isnan(low) or math.isnan(high):
            return self.say("no bounds")
        return _bounds(low + 0.0, high + 0.0, unit, self.language, self.short)

    def _against(self, against: str) -> str:
        if against in ("not stated", "other"):
            return self.say("other base" if against == "other" else against)
        try:
            said = then(against, math.nan, self.language) if against else ""
            return said.removeprefix("in ")
        except ValueError:  # what frames may hold
            return against

    def _basis(self, basis: str) -> str:
        return self.say(basis) if basis == "not stated" else self.word(BASES, basis)

    def when_and_against(self, figure: Figure) -> list[str]:
        said = [figure.period]
        said += [self.say("against", base=figure.against)] if figure.against else []
        return said + ([self.say("basis", basis=figure.basis)] if figure.basis else [])

    def told(self, figure: Figure) -> str:
        """All of a figure in one line, but for its claims."""
        said = [figure.name, self.word(MEASURES, figure.measure), figure.bounds]
        said += self.when_and_against(figure)
        said += [self.say("unread") if figure.proposed else "", figure.note]
        if figure.key in self.likeliest:
            said.append(self.say("likeliest wrong", slip=self.likeliest[figure.key].slip))
        return self.say("part of proof").join(part for part in said if part)

    # What is said of claims.

    def _claims(self) -> Iterable[Claim]:
        tied, results, relations = self.judged.tied, self.judged.results, self.article.relations
        notes: dict[Any, str] = {}
        proposed = set()
        columns = (relations[name].tolist() for name in ("relation", "note", "status"))
        for relation, note, status in zip(*columns, strict=True):
            if isinstance(note, str):
                notes.setdefault(relation, note)
            if status == "proposed":
                proposed.add(relation)
        names, rows = self.judged.audit.index.tolist(), _records(self.judged.audit)
        for number, (relation, row) in enumerate(zip(names, rows, strict=True), start=1):
            result = self.figures.get(str(results[relation]))
            name = result.name if result else str(relation)
            yield Claim(
                number=number,
                named=self.say("named", name=name, words=self._in_words(row, tied[relation])),
                verdict=row["verdict"],
                explanation=explained(row["explanation"], self.language),
                proposed=relation in proposed,
                note=noted(notes.get(relation, ""), self.language),
            )

    def _in_words(self, row: dict[str, Any], tied: dict[str, list[str]]) -> str:
        """A claim as recomputed, beside what is printed; else only what it claims."""
        kind = row["kind"]
        keys = {role: tied.get(role, []) for role in KINDS[kind].roles}
        texts = {role: added(kind, map(self._printed, of or ["?"])) for role, of in keys.items()}
        comma = self.say("list")
        results = [key for role in KINDS[kind].results for key in keys[role]]
        known = [self.figures[key] for key in results if key in self.figures]
        bases = dict.fromkeys(figure.against for figure in known if figure.against)
        base = comma.join(
            self.say("against year", year=base) if base.isdecimal() else base for base in bases
        )
        if math.isnan(row["recomputed_low"]) or not known:
            moved = comma.join(self._printed(key) for key in results) or "?"
            words = self.say(f"claim {kind}", **texts, moved=moved)
        else:
            # Of a change printed beside a difference the audit shows the first that fails.
            ends = row["printed_low"], row["printed_high"]
            result = next((each for each in known if (each.low, each.high) == ends), known[0])
            others = comma.join(self._printed(key) for key in results if key != result.key)
            over = kind == "part" and row["verdict"] == "contradicts"
            phrase = "again beside" if others else "again over" if over else f"again {kind}"
            said = {"again": self._again(row, result.unit), "result": result.reported}
            words = self.say(phrase, **texts, **said, moved=others)
        return self.say("when dated", when=words, dates=base) if base else words

    def _printed(self, key: str) -> str:
        return self.figures[key].reported if key in self.figures else "?"

    def _again(self, row: dict[str, Any], unit: str) -> str:
        """What was recomputed, with as many decimals as are printed, or as tell the two apart."""
        low, high, least, most = (
            float(row[f"{of}_{end}"]) for of in ("recomputed", "printed") for end in ("low", "high")
        )
        width = most - least
        if 0 < width < math.inf:
            decimals = max(0, round(-math.log10(width)))
        else:
            whole = all(math.isinf(end) or end.is_integer() for end in (low, high))
            decimals = 0 if whole else 2
        if row["verdict"] == "contradicts":
            for more in range(decimals, decimals + 6):
                if round(low, more) > most or round(high, more) < least:
                    decimals = more
                    break
        return (
            _number(low + 0.0, high + 0.0, f",.{decimals}f", self.language) + unit_of(unit).suffix
        )

    def _doubts(self) -> Iterable[Doubt]:
        """The figures of the least sets that must be wrong, the likeliest first.

        One that only claims doubt which agree if truncated need not be: it may be cut off.
        """
        verdicts = self.judged.audit["verdict"].items()
        cut = {str(claim) for claim, verdict in verdicts if verdict == "agrees if truncated"}
        for row in _records(self.judged.diagnosis):
            if set(row["claims"].split(", ")) <= cut:
                continue
            figure = self.figures[row["figure"]]
            # What is left is rounded outward: two float steps are no news to a reader.
            left = _left(row["low"] + 0.0, row["high"] + 0.0, figure.unit, self.language)
            slip = explained(row["slip"], self.language) or f"{figure.reported} → {left}"
            phrase = "likeliest" if row["set"] == 1 else "or else"
            words = self.say(phrase, name=figure.name, slip=slip)
            yield Doubt(figure.key, row["set"] == 1, slip.partition(" (")[0], words)

    @property
    def contradicted(self) -> list[Claim]:
        return [claim for claim in self.claims if claim.verdict == "contradicts"]

    def summary(self) -> str:
        """What was counted, and the numbers of the claims that contradict."""
        numbers = self.say("list").join(str(claim.number) for claim in self.contradicted)
        return self.say(
            "summary",
            figures=len(self.figures),
            claims=len(self.claims),
            count=len(self.contradicted),
            numbers=self.say("numbered", numbers=numbers) if numbers else "",
        )

    def source(self, text: str | None) -> list[str]:
        """Where it was printed, and how much of it nobody has read."""
        source = self.article.source
        lines = [source_line(source, self.language, titled=True)]
        if text is not None and source is not None and source.sha256:
            found = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
            if found != source.sha256:
                lines.append(self.say("other text"))
        unread, unread_claims = self.article.proposed
        counts = {"figures": unread, "of_figures": len(self.figures)}
        counts |= {"claims": unread_claims, "of_claims": len(self.claims)}
        read = self.figures and not (unread or unread_claims)
        return [*lines, self.say("all read") if read else self.say("unread of all", **counts)]


# A page that is made again says most numbers as before. Zeros come without a sign: 0.0 is -0.0.


@lru_cache(maxsize=4096)
def _bounds(low: float, high: float, unit: str, language: Language, short: bool) -> str:
    suffix = unit_of(unit).suffix
    said = _number(low, high, ",.14g", language) + suffix
    # No reader counts in powers of ten.
    if short or "e" in f"{low:.14g}{high:.14g}":
        said = written(Bounds(low, high), language, unit, short=short)
    if unit and not suffix:
        said = say("in units", language, bounds=said, units=names_of([unit], language))
    return say("exactly" if low == high else "between", language, bounds=said)


@lru_cache(maxsize=4096)
def _period(first: Any, last: Any, when: str, language: Language) -> str:
    start, end = (f"{day:%Y-%m-%d}" if pd.notna(day) else "" for day in (first, last))
    if start and end:
        dates = say("from to", language, start=start, end=end)
    elif start:
        dates = say("from on", language, start=start)
    else:
        dates = say("as of", language, dates=end) if end else ""
    if when and dates:
        when = say("when dated", language, when=when, dates=dates)
    return say("when", language, when=when or dates or say("not stated", language))


@lru_cache(maxsize=4096)
def _number(low: float, high: float, spec: str, language: Language) -> str:
    return f"{Bounds(low, high):{spec}}".replace(" to ", say("to", language))


@lru_cache(maxsize=4096)
def _left(low: float, high: float, unit: str, language: Language) -> str:
    return written(Bounds(low, high), language, unit)


def _text(value: object) -> str:
    """A cell as text: frames may hold nothing there."""
    return value if isinstance(value, str) else ""


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    # A column at a time: cell by cell, as `to_dict` goes, takes six times as long.
    columns = {str(name): table[name].tolist() for name in table}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
