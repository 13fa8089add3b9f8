"""Made-up tables of known cells and claims, and the forms in which such a table is handed over."""

import csv
import html
import io
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pandas as pd
from bulletins import NOUNS, percent

from analysis import read_table


@dataclass
class Table:
    """Rows of cells as printed, a row of heads above them, and what they say."""

    caption: str
    grid: list[list[str]]
    bounds: dict = field(default_factory=dict)  # low and high, by row and column
    claims: list = field(default_factory=list)  # (kind, ((role, (row, column)), …))

    def claim(self, kind, **roles):
        pairs = [
            (role, cell)
            for role, cells in roles.items()
            for cell in ([cells] if isinstance(cells, tuple) else cells)
        ]
        self.claims.append((kind, tuple(sorted(pairs))))


def _percent(numerator, denominator):
    return ("-" if numerator < 0 else "") + percent(numerator, denominator)[:-1]


# Each layout: its heads, the numbers of a row, further cells of it by these numbers and the sum of
# each column, and the claims of that row, by its label and that of the total.
def _years(random, heads):
    year = random.randint(2015, 2023)
    difference = random.random() < 0.5
    heads += [f"{year}年", f"{year + 1}年", *(["增减"] if difference else []), "增长(%)"]

    def numbers(some):
        return [some(), some()]

    def further(before, now, sums):
        return [*([now - before] if difference else []), _percent(now - before, before)]

    def claims(table, row, total):
        roles = ["prior", "current", *(["difference"] if difference else []), "change"]
        table.claim(
            "change", **{role: (row, head) for role, head in zip(roles, heads, strict=True)}
        )

    return numbers, further, claims


def _rate(random, heads):
    heads += ["受理", "办结", "办结率(%)"]

    def numbers(some):
        whole = some()
        return [whole, random.randint(whole // 3, whole - 1)]

    def further(whole, done, sums):
        return [_percent(done, whole)]

    def claims(table, row, total):
        roles = dict(zip(["denominator", "numerator", "rate"], heads, strict=True))
        table.claim("ratio", **{role: (row, head) for role, head in roles.items()})

    return numbers, further, claims


def _parts(random, heads):
    heads += ["合计", "城区", "郊区", "县城"][: random.randint(3, 4)]

    def numbers(some):
        parts = [some() for _ in heads[1:]]
        return [sum(parts), *parts]

    def claims(table, row, total):
        table.claim("sum", total=(row, heads[0]), part=[(row, head) for head in heads[1:]])

    return numbers, lambda *_: [], claims


def _shares(random, heads):
    heads += ["数量", "比重(%)"]

    def further(number, sums):
        return [_percent(number, sums[0])]

    def claims(table, row, total):
        table.claim(
            "ratio", rate=(row, heads[1]), numerator=(row, heads[0]), denominator=(total, heads[0])
        )

    return lambda some: [some()], further, claims


def table(random):
    """A table of three to six subjects by a `random.Random`: two rows alone prove no rate."""
    heads = []
    layout = random.choice([_years, _rate, _parts, _shares])
    numbers, further, claims = layout(random, heads)
    caption, decimals = random.choice([("单位:万元", 2), ("单位:万元", 1), ("单位:起", 0), ("", 0)])
    made = Table(caption, [[random.choice(["项目", "类别", "指标"]), *heads]])
    between = random.choice([",", ""])  # of thousands
    rows = [
        (name, numbers(lambda: random.randint(20, random.choice([9_000, 90_000]))))
        for name in random.sample(NOUNS, random.randint(3, 6))
    ]
    sums = [sum(column) for column in zip(*(row for _, row in rows), strict=True)]
    total = random.choice(["合计", "总计"])
    if layout is _shares or random.random() < 0.7:
        for head in heads:
            if head in ("增长(%)", "办结率(%)"):
                continue  # what is no part of anything
            made.claim("sum", total=(total, head), part=[(name, head) for name, _ in rows])
        rows.insert(random.choice([0, len(rows)]), (total, sums))
    for label, row in rows:
        cells = [*row, *further(*row, sums)]
        texts = []
        for head, cell in zip(heads, cells, strict=True):
            share = isinstance(cell, str)
            number = Fraction(cell) if share else Fraction(cell, 10**decimals)
            half = Fraction(1, 20) if share else Fraction(decimals > 0, 2 * 10**decimals)
            least, most = (0, 100) if head == "比重(%)" else (number - half, number + half)
            made.bounds[label, head] = max(number - half, least), min(number + half, most)
            printed = cell if share else f"{Decimal(cell).scaleb(-decimals):{between}f}"
            texts.append(printed)
        made.grid.append([label, *texts])
        claims(made, label, total)
    return made


def _separated(made, separator):
    text = io.StringIO()
    rows = [[made.caption]] if made.caption else []
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows([*rows, *made.grid])
    return text.getvalue()


def _lines(made, line):
    return "\n".join([*([made.caption] if made.caption else []), *map(line, made.grid)]) + "\n"


def _markdown(made):
    rows = [f"| {' | '.join(row)} |" for row in made.grid]
    rows.insert(1, "|" + "---|" * len(made.grid[0]))
    return f"{made.caption}\n\n" + "\n".join(rows) + "\n"


def _html(made):
    rows = [[f"<td>{html.escape(cell)}</td>" for cell in row] for row in made.grid]
    rows[0] = [cell.replace("td>", "th>") for cell in rows[0]]
    body = "\n".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    caption = f"<caption>{made.caption}</caption>" if made.caption else ""
    return f"<table>{caption}{body}</table>"


def _frame(made):
    (corner, *heads), *rows = made.grid
    index = pd.Index([label for label, *_ in rows], name=made.caption or corner)
    return pd.DataFrame([cells for _, *cells in rows], index=index, columns=heads)


# From a table to what `read_table` is given.
FORMS = {
    "html": _html,
    "markdown": _markdown,
    "csv": lambda made: _separated(made, ","),
    "semicolons": lambda made: _separated(made, ";"),
    "tsv": lambda made: _separated(made, "\t"),
    "wide gaps": lambda made: _lines(made, "    ".join),
    "single gaps": lambda made: _lines(made, " ".join),
    "a cell a line": lambda made: _lines(made, "\n".join),
    "frame": _frame,
}


def workbook(made, path):
    """The table as an .xlsx: its numbers as numbers, in the format that prints them so."""
    book = openpyxl.Workbook()
    if made.caption:
        book.active.append([made.caption])
    book.active.append(made.grid[0])
    for label, *texts in made.grid[1:]:
        book.active.append([label, *(float(text.replace(",", "")) for text in texts)])
        for text, cell in zip(texts, book.active[book.active.max_row][1:], strict=True):
            decimals = len(text.partition(".")[2])
            whole = "#,##0" if "," in text else "0"
            cell.number_format = whole + ("." + "0" * decimals if decimals else "")
    book.save(path)
    return path


def faults(made, source):
    """What `read_table` reads of a form of the table that it does not say, in words."""
    read = read_table(source)
    figures = read.figures
    places = dict(
        zip(figures.index, zip(figures["row"], figures["column"], strict=True), strict=True)
    )
    if (found := sorted(places.values())) != sorted(made.bounds):
        yield f"cells {found} in place of {sorted(made.bounds)}"
        return
    for key, place in places.items():
        low, high = (Fraction(figures.loc[key, end]) for end in ("low", "high"))
        exact_low, exact_high = made.bounds[place]
        near = Fraction(1, 10**9)  # of a float or two
        if not exact_low - near <= low <= exact_low or not exact_high <= high <= exact_high + near:
            yield f"{place}: {float(low)!r} to {float(high)!r}"
        year = place[1][:4] + "-12-31" if place[1].endswith("年") else "NaT"
        if str(figures.loc[key, "as_of"])[:10] != year:
            yield f"{place}: as of {figures.loc[key, 'as_of']}"
    relations = read.relations.assign(place=read.relations["figure"].map(places))
    claims = sorted(
        (rows["kind"].iloc[0], tuple(sorted(zip(rows["role"], rows["place"], strict=True))))
        for _, rows in relations.groupby("relation", sort=False)
    )
    if claims != sorted(made.claims):
        missed = [claim for claim in made.claims if claim not in claims]
        more = [claim for claim in claims if claim not in made.claims]
        yield f"claims missed: {missed}, too many: {more}"
