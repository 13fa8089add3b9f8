"""Text in which every cell stands on a line of its own, or every figure in a clause, as rows."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise, takewhile
from typing import NamedTuple

from .table_cell_heads import came_again, cell_heads, units_onto_heads, units_over
from .table_grid import Grid
from .table_head_words import groups_of, is_corner
from .table_labels import is_period, is_total
from .table_note_columns import NOTE, OF_NOTE
from .table_numbers import plain, read_cell
from .table_words import CHINESE, Words

_YEAR = re.compile(r"(?:19|20)\d{2}\s*(?:\([^()]{1,12}\)|[*#†rpe])?")  # what is said of it, too
_MISPRINT = re.compile(r"\d[\d.,]*,[\d.,]*")  # a figure, if not one that can be read: 28,28
_WITHHELD = re.compile(r"[A-Zx]")  # for a number between two others: not reliable, confidential
_NOTE = re.compile(r"\(\d{1,2}\)")
_LONG = 40  # characters of a line that ends with a stop: a note
_FEWEST_COUNTED = 4  # rows whose labels count on


def _translated(lines: list[Words]) -> list[Words]:
    """Lines in which a label is followed by its translation, both joined."""
    texts = [plain(line.text) for line in lines]
    words = [read_cell(text).kind == "text" and not is_period(text) for text in texts]
    pairs = [
        n for n in range(1, len(lines))
        if words[n] and words[n - 1] and texts[n].isascii() and CHINESE.search(texts[n - 1])
    ]  # fmt: skip
    if 3 * len(pairs) < sum(words):
        return lines
    joined = list(lines)
    for n in pairs:
        joined[n] = lines[n - 1]._replace(text=f"{texts[n - 1]} {texts[n]}")
    return [line for n, line in enumerate(joined) if n + 1 not in pairs]


class _Run(NamedTuple):
    """Labels and the numbers that follow them."""

    labels: list[Words]
    numbers: list[Words]


def by_cells(lines: list[Words]) -> list[Grid]:
    runs = _without_notes(_pairs_joined(_runs(units_onto_heads(_translated(lines)))))
    if not runs:
        return []
    heads: list[str] = []
    first = [plain(n.text) for n in runs[0].numbers]
    if len(runs) > 1 and (all(map(_YEAR.fullmatch, first)) or _counted(runs[0], first)):
        heads = first
        runs, heads = _years_again(runs, heads)
    of_years = [part for run in runs for part in _by_years(run)]
    runs = [part for run in of_years for part in _counting_on(run)]
    if heads and len(runs) == len(of_years) and _more_than(heads, runs[1:]):
        # others stand beside the years, or over the year of a section
        own = [*runs[0].labels, *runs[0].numbers, *runs[1].labels]
        runs, heads = [runs[1]._replace(labels=own), *runs[2:]], []
    counts = Counter(len(run.numbers) for run in (runs[1:] if heads else runs))
    width, each = counts.most_common(1)[0][0], 1
    if len(heads) > 1 and len(runs) > len(of_years) and width % len(heads) == 0:
        each = width // len(heads)
        heads = [head for head in heads for _ in range(each)]
    width = len(heads) if len(heads) > 1 else width
    runs = _years_moved(runs, width)
    grid = Grid([], form="flat", short=True)
    if heads:
        grid.before = [plain(line.text) for line in runs[0].labels]
        grid.rows = [["", *heads]]
        if len(heads) == width and groups_of(heads) > 1:
            data = [[read_cell(plain(n.text)) for n in run.numbers] for run in runs[1:]]
            levels, start, _ = cell_heads([*grid.before, *heads], width, data)
            if len(levels) > 1 and levels[-1][1:] == heads:
                grid.before, grid.rows = grid.before[:start], levels
        grid.heads = len(grid.rows)
        grid.lines += [runs[0].numbers[0].line] * grid.heads
        runs = runs[1:]
        totals = [plain(line.text) for line in runs[0].labels[-1 - width // each : -1]]
        if each > 1 and any(map(is_total, totals)) and len(set(totals)) == 1:
            for n in range(each - 1, width, each):  # the last of those under each
                grid.rows[-1][n + 1] += f" {totals[0]}"
            runs[0] = runs[0]._replace(labels=runs[0].labels[-1:])
    else:
        labels = [plain(line.text) for line in runs[0].labels]
        cells_of = [plain(n.text) for run in runs for n in run.numbers]
        rows_of = [cells_of[k : k + width] for k in range(0, len(cells_of), width)]
        data = [[read_cell(text) for text in row] for row in rows_of]
        of_rows = {plain(line.text) for run in runs[1:] for line in run.labels}
        years = any(map(_YEAR.fullmatch, of_rows))
        last = max(len(labels) - 1, 0)
        again = came_again(
            labels, [[plain(line.text) for line in run.labels] for run in runs[1:]], width
        )
        while (
            not again
            and last
            and (labels[last - 1] in of_rows or (years and _YEAR.fullmatch(labels[last - 1])))
        ):
            last -= 1
        heads_of, start, end = again or cell_heads(labels[:last], width, data)
        grid.before = labels[:start]
        grid.heads = len(heads_of)
        grid.rows = list(heads_of)
        grid.lines += [runs[0].labels[start].line for _ in heads_of]
        runs[0] = runs[0]._replace(labels=runs[0].labels[end:])
    columns = list(zip(*grid.rows, strict=True))[1:]
    head = [next(filter(None, reversed(levels)), "") for levels in columns]  # the lowest of each
    group = grid.before[-1] if head and grid.before and grid.before[-1].isdigit() else ""
    first_head = head
    for run in runs:
        head, group = _add_run(grid, run, first_head, head or [""] * width, group)
    return [grid]


def _years_again(runs: list[_Run], years: list[str]) -> tuple[list[_Run], list[str]]:
    """Runs without those at the beginning that only hold the same years again, each below a head of
    its own (Number, 2022, 2023, Per cent, 2022, 2023), and the heads with these."""
    end = 1
    while end < len(runs) and [plain(n.text) for n in runs[end].numbers] == years:
        end += 1
    rest = Counter(len(run.numbers) for run in runs[end:])
    over = [plain(run.labels[-1].text) for run in runs[:end] if run.labels]
    told = rest and rest.most_common(1)[0][0] == end * len(years)
    if end == 1 or not told or len(over) < end or len(set(over)) < end:
        return runs, years
    kept = runs[0]._replace(labels=runs[0].labels[:-1])
    return [kept, *runs[end:]], [f"{head} / {year}" for head in over for year in years]


def _more_than(heads: list[str], runs: list[_Run]) -> bool:
    """Whether most rows hold more figures than there are heads, and not so many below each: one
    alone is none."""
    usual = Counter(len(run.numbers) for run in runs).most_common(1)[0][0]
    return usual > len(heads) and (len(heads) == 1 or usual % len(heads) > 0)


def _without_notes(runs: list[_Run]) -> list[_Run]:
    """Runs without the numbers of notes that stand behind their labels (4, 6(a)), where a head
    says that they do and they are one more than the figures of the others."""
    over = [
        n for n, run in enumerate(runs) if any(NOTE.fullmatch(plain(x.text)) for x in run.labels)
    ]
    if over[:1] not in ([0], [1]):
        return runs
    found = []
    for n, run in enumerate(runs):
        labels = [x for x in run.labels if n != over[0] or not NOTE.fullmatch(plain(x.text))]
        if len(labels) > 1 and OF_NOTE.fullmatch(plain(labels[-1].text)):
            labels.pop()
        found.append(run._replace(labels=labels))
    noted = [bool(OF_NOTE.fullmatch(plain(run.numbers[0].text))) for run in found]
    counts = [Counter[int](), Counter[int]()]
    for run, own in zip(found[over[0] :], noted[over[0] :], strict=True):
        counts[own][len(run.numbers)] += 1
    if not counts[True]:
        return found
    usual = counts[True].most_common(1)[0][0]
    if counts[False] and counts[False].most_common(1)[0][0] != usual - 1:
        return runs
    return [
        run._replace(numbers=run.numbers[1:]) if own and len(run.numbers) == usual > 1 else run
        for run, own in zip(found, noted, strict=True)
    ]


def _years_moved(runs: list[_Run], width: int) -> list[_Run]:
    """Years behind the last number of a row put over the rows that follow."""
    found = runs[:1]
    for run in runs[1:]:
        before = found[-1]
        if len(before.numbers) % width == 1 and _YEAR.fullmatch(plain(before.numbers[-1].text)):
            found[-1] = before._replace(numbers=before.numbers[:-1])
            run = run._replace(labels=[before.numbers[-1], *run.labels])
        found.append(run)
    return [run for run in found if run.numbers]


def _pairs_joined(runs: list[_Run]) -> list[_Run]:
    """Runs, those in which every other number stands in brackets with two numbers a cell, if they
    do not hold as many as others do; or a number and the mark of one note."""
    own = [n for n, run in enumerate(runs) if _paired(run)]
    alone = Counter(len(run.numbers) for n, run in enumerate(runs) if n not in own)
    usual = alone.most_common(1)[0][0] if alone else 0
    found = list(runs)
    for n in own:
        run = runs[n]
        texts = [plain(line.text) for line in run.numbers]
        pairs = zip(run.numbers[::2], texts[::2], texts[1::2], strict=True)
        if len(set(texts[1::2])) == 1 and _NOTE.fullmatch(texts[1]):
            numbers = [line._replace(text=a + b) for line, a, b in pairs]
        elif len(texts) == usual:
            continue
        else:
            # a blank inside, or a short number in brackets would be a footnote's
            numbers = [line._replace(text=f"{a} ( {b[1:]}") for line, a, b in pairs]
        found[n] = run._replace(numbers=numbers)
    return found


def _paired(run: _Run) -> bool:
    """Whether every other number of a run stands in brackets."""
    bracketed = [line.text.lstrip()[:1] in ("(", "（") for line in run.numbers]
    return len(bracketed) >= 4 and bracketed == [False, True] * (len(bracketed) // 2)


def _counted(run: _Run, texts: list[str]) -> bool:
    """Whether numbers below what stands over the labels (年度, 縣市別) count on: years, months."""
    over = any(is_corner(line.text) for line in run.labels)
    whole = len(texts) > 2 and all(text.isdigit() and len(text) < 4 for text in texts)
    return over and whole and all(int(b) - int(a) == 1 for a, b in pairwise(texts))


def _runs(lines: list[Words]) -> list[_Run]:
    runs: list[_Run] = []
    periods = [is_period_label(line.text) for line in lines]
    for n, line in enumerate(lines):
        text = plain(line.text)
        kind = (
            "number" if _YEAR.fullmatch(text) or _MISPRINT.fullmatch(text) else read_cell(text).kind
        )
        over = text.isdigit() and periods[n + 1 : n + 3] == [True, True]  # 109, and below it months
        if _NOTE.fullmatch(text) and _is_prose(lines[n + 1 : n + 2]):
            kind = "text"  # the mark of a note that follows
        if kind in ("number", "missing") and not periods[n] and not over:
            if not runs:
                runs.append(_Run([], []))
            runs[-1].numbers.append(line)
        elif kind in ("mark", "blank"):
            continue
        elif not runs or runs[-1].numbers:
            runs.append(_Run([line], []))
        else:
            runs[-1].labels.append(line)
    while len(runs) > 1 and _are_heads(runs[0], runs[1]):  # years among other heads
        runs[:2] = [_Run([*runs[0].labels, *runs[0].numbers, *runs[1].labels], runs[1].numbers)]
    return _withheld_joined([run for run in runs if run.numbers])


def _is_withheld(line: Words) -> bool:
    return bool(_WITHHELD.fullmatch(plain(line.text)))


def _withheld_joined(runs: list[_Run]) -> list[_Run]:
    """Runs, those joined that letters for withheld figures part, where they hold as many cells as
    most others: with F for one that is not reliable."""
    usual = Counter(len(run.numbers) for run in runs).most_common(1)[0][0] if runs else 0
    found: list[_Run] = []
    for run in runs:
        withheld = list(takewhile(_is_withheld, run.labels))
        behind = run.labels[len(withheld) :]
        if found and len(found[-1].numbers) < usual:
            whole = [*found[-1].numbers, *withheld]
            if not behind and len(whole) + len(run.numbers) <= usual:
                found[-1] = found[-1]._replace(numbers=[*whole, *run.numbers])
                continue
            if withheld and behind and len(whole) == usual:
                found[-1] = found[-1]._replace(numbers=whole)
                run = run._replace(labels=behind)
        marks = list(takewhile(_is_withheld, reversed(run.labels)))
        if len(marks) < len(run.labels) and len(marks) + len(run.numbers) == usual:
            run = _Run(run.labels[: len(run.labels) - len(marks)], [*marks, *run.numbers])
        found.append(run)
    return found if all(len(run.numbers) <= usual for run in found[1:]) else runs


def _is_prose(lines: list[Words]) -> bool:
    return any(len(line.text) > _LONG and line.text.rstrip()[-1] in ".。" for line in lines)


def _are_heads(run: _Run, after: _Run) -> bool:
    years = all(_YEAR.fullmatch(plain(line.text)) for line in run.numbers)
    return years and len(after.labels) > 1 and bool(run.labels)


def is_period_label(text: str) -> bool:
    """Whether a cell is a period that is no bare year: 2006-07, 2014年."""
    return is_period(text) and not _YEAR.fullmatch(plain(text))


def _by_years(run: _Run) -> list[_Run]:
    """A run in which a year stands at equal distances, cut into the rows that the years begin."""
    texts = [plain(line.text) for line in run.numbers]
    years = [n for n, text in enumerate(texts) if _YEAR.fullmatch(text)]
    steps = {b - a for a, b in pairwise(years)}
    if len(years) < 2 or years[0] != 0 or len(steps) != 1 or min(steps) < 2:
        return [run]
    step = steps.pop()
    rows = [_Run([run.numbers[n]], run.numbers[n + 1 : n + step]) for n in years]
    return [_Run([*run.labels, *rows[0].labels], rows[0].numbers), *rows[1:]]


def _counting_on(run: _Run) -> list[_Run]:
    """A run in which numbers that count on stand at equal distances, cut into the rows that they
    are the labels of: ages, grades."""
    texts = [plain(line.text) for line in run.numbers]
    for step in range(3, len(texts) // _FEWEST_COUNTED + 1):
        own = texts[step - 1 :: step]
        whole = all(text.isdigit() and len(text) < 3 for text in own)
        if whole and {int(b) - int(a) for a, b in pairwise(own)} == {1}:
            places = range(step - 1, len(texts), step)
            rows = [_Run([run.numbers[n]], run.numbers[n + 1 : n + step]) for n in places]
            return [_Run(run.labels, run.numbers[: step - 1]), *rows]
    return [run]


def _add_run(
    grid: Grid, run: _Run, first: list[str], head: list[str], group: str
) -> tuple[list[str], str]:
    """A run as rows under heads and a year over them; under its own where heads stand in it, or
    the first ones again."""
    labels = [plain(line.text) for line in run.labels]
    own = labels[-len(head) - 1 : -1]
    again = bool(own) and own in (head, first)
    over = own if again else labels[-len(run.numbers) - 1 : -1]
    known = len(over) == len(run.numbers) > 1 and all(is_period(t) or is_total(t) for t in over)
    years = [text for text in labels[:-1] if text.isdigit()]
    if years and group not in ("", years[-1]):
        grid.rows.append([years[-1]])  # what headed rows of the year before heads these no more
        grid.lines.append(run.labels[0].line)
    group = years[-1] if years else group
    labels = [text for text in labels[:-1] if text not in years] + labels[-1:]
    count, in_units = units_over(labels[:-1], head)
    if count:
        head, labels = in_units, labels[count:]
        grid.rows.append(["", *head])
        grid.lines.append(run.labels[0].line)
    if again or known:
        head, labels = over, [*labels[: -len(over) - 1], labels[-1]]
        before = labels[:-1]
        grid.rows += [*([text] for text in before), ["", *head]]
        grid.lines += [run.labels[0].line] * (len(before) + 1)
        labels = labels[-1:]
    for line, text in zip(run.labels[: len(labels) - 1], labels[:-1], strict=False):
        grid.rows.append([text])
        grid.lines.append(line.line)
    numbers = [plain(line.text) for line in run.numbers]
    label = f"{group} {labels[-1]}".strip() if labels else group
    label = label if group or not labels else run.labels[-1].text  # as far in as it stands
    while numbers:
        row, numbers = numbers[: len(head)], numbers[len(head) :]
        grid.rows.append(
            [label, *row] if len(row) == len(head) else [label, *[""] * len(head), *row]
        )
        grid.lines.append(run.numbers[0].line)
        label = ""
    return head, group


# --- A clause a figure ----------------------------------------------------------------------------

_LONGEST = 200  # characters of a line of clauses
_CLAUSES = re.compile(r"[，;；。、]|,(?!\d{3})")
_FIRST = re.compile(
    r"\s*((?:民[国國])?\d{2,4}年(?:\d{1,2}月)?(?:\s*[-–至]\s*\d{1,2}月)?|\d{1,2}月份?|[^\d\s]{2,12}?)"
    r"\s*(?=\d|[^\d]{0,8}\d)(.*)"
)
_SAID = re.compile(
    r"(.*?)\s*((?:增加|增長|增长|上升|上漲|上涨|成長|減少|减少|下降|下跌|[增減减升降])?[了為为]?\s*[+\-−]?\d[\d,]*(?:\.\d+)?\s*\S{0,4})"
)


def by_clauses(lines: list[Words], numbered: int) -> Grid | None:
    """A table written out, a line a period and in it a clause a figure: 104年15,890人,減少2,207人.

    Clauses are columns by their order; a line that has fewer leaves the rest out.
    """
    cut = [(line, _clauses(line.text)) for line in lines]
    said = [clauses for _, clauses in cut if clauses and len(clauses[1]) > 1]
    if len(said) < 3 or len(said) < 0.4 * len(lines) or numbered > len(said):
        return None
    width = max(len(clauses[1]) for clauses in said)
    heads = [""]
    for n in range(width):
        known = [clauses[1][n] for clauses in said if n < len(clauses[1])]
        name = Counter(name for name, _ in known).most_common(1)[0][0]
        units = {read_cell(cell).numbers[0].unit for _, cell in known}
        unit = f"({units.pop()})" if len(units) == 1 else ""
        heads.append(f"{name} {unit}".strip())
    grid = Grid([], form="flat")
    headed = False
    for line, clauses in cut:
        if clauses is None:
            grid.rows.append([plain(line.text)])
            headed = False
        else:
            if not headed:
                grid.rows.append(heads)
                grid.lines.append(line.line)
                headed = True
            grid.rows.append([clauses[0], *(cell for _, cell in clauses[1])])
        grid.lines.append(line.line)
    return grid


def _clauses(text: str) -> tuple[str, list[tuple[str, str]]] | None:
    """The label of a line and its clauses, each its words and its figure; None where it is none."""
    if len(text) > _LONGEST:
        return None
    first = _FIRST.fullmatch(plain(text).rstrip("。.;；"))
    if first is None or not is_period(first[1]):
        return None
    found = []
    for clause in _CLAUSES.split(first[2]):
        match = _SAID.fullmatch(clause.strip())
        if match is None or read_cell(match[2]).kind != "number":
            return None
        found.append((match[1], match[2]))
    return first[1], found
