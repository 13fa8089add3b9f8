"""The library for scripts and CI: `analysis check|find|read|draft|audit`; see `--help`.

`python -m analysis` is the same command.

Prints what the functions of the same names give, as a table, or with `--json` as JSON (where an
open end is null). Errors go to stderr. Exit status: 0 where all is well, 1 where a folder has
faults or a claim contradicts its parts, 2 where the command or its files cannot be used.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from . import Extract, ExtractError, audit, claims, find_figures, load, prior_values
from .article.draft import draft, left_to_do
from .article.files import OF_PAGES, decoded
from .phrases import counted, in_number
from .units import Language
from .views.tables import show

WELL, FAULTY, MISUSED = 0, 1, 2


def _folder(path: str) -> Path:
    if not Path(path).is_dir():
        found = "a file" if Path(path).exists() else "nothing"
        raise argparse.ArgumentTypeError(f"{path}: found {found}, expected a data folder")
    return Path(path)


def _article(path: str) -> tuple[str, str]:
    """The name of a text file, and the text; of a saved web page, its main part."""
    try:
        if path == "-":
            return "stdin", decoded(sys.stdin.buffer.read())
        if Path(path).suffix.lower() in OF_PAGES:
            from .article.page import page_of  # here, as it takes as long to import as `analysis`

            page = page_of(Path(path))
            return page.title or Path(path).stem, page.text
        return Path(path).stem, decoded(Path(path))
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{path}: {error.strerror}") from error
    except ExtractError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="analysis",
        description="Printed figures: found, drafted into a data folder, checked and audited.",
        epilog="Exit status: 0 all is well, 1 faults or contradictions, 2 misuse.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, purpose in {
        "check": "Load a data folder, and list every fault.",
        "find": "List the figures in a text, with their bounds.",
        "read": "Read a text: its figures, the claims it makes, and what everything was before.",
        "draft": "Start a new data folder from a text.",
        "audit": "Judge every printed claim of a data folder against its parts.",
    }.items():
        command = commands.add_parser(name, help=purpose, description=purpose)
        if name in ("check", "audit"):
            command.add_argument("folder", metavar="FOLDER", type=_folder, help="a data folder")
        if name == "draft":
            command.add_argument("folder", metavar="FOLDER", help="the folder to be made")
            command.add_argument("--title", help="the article's title; if not given, FILE's name")
        if name in ("find", "read", "draft"):
            lines = "a text, a paragraph a line, or a saved web page (.html); - for standard input"
            command.add_argument("file", metavar="FILE", type=_article, help=lines)
        if name == "read":
            of = "in which language units and heads are"
            command.add_argument("--language", choices=("en", "zh"), default="en", help=of)
        command.add_argument("--json", action="store_true", help="print JSON, not a table")
    return parser


def _run(arguments: argparse.Namespace) -> int:
    """Do what was asked; the exit status."""
    if arguments.command == "find":
        _show(find_figures(arguments.file[1]), arguments.json)
        return WELL
    if arguments.command == "read":
        stem, text = arguments.file
        return _read(stem, text, arguments.language, arguments.json)
    if arguments.command == "draft":
        stem, text = arguments.file
        made = draft(arguments.folder, text, arguments.title or stem)
        print(json.dumps({"folder": str(made)}) if arguments.json else made)
        return WELL
    extract = load(arguments.folder)
    if arguments.command == "audit":
        table = audit(extract)
        _show(table, arguments.json)
        return FAULTY if (table["verdict"] == "contradicts").any() else WELL
    held = {
        "figures": len(extract.figures),
        "relations": len(extract.relations["relation"].unique()),
        "passed over": len(extract.passed_over),
        "not yet read": sum(extract.proposed),
    }
    if arguments.json:
        print(json.dumps({"folder": str(arguments.folder), **held, "faults": []}))
    else:
        said = in_number(", ".join(f"{count} {what}" for what, count in held.items()))
        print(f"{arguments.folder}: {said}")
        for file, rows, what in left_to_do(extract).itertuples(index=False):
            print(f"  {file}, {counted(rows, 'row')}: {what}")
    return WELL


def _read(stem: str, text: str, language: Language, as_json: bool) -> int:
    """Print what a text says, its claims, those that contradict themselves, and what was before."""
    from .article.read_article import read_article  # here, as the other commands read no article

    article = read_article(text, title=stem)
    judged = claims(article, language).join(audit(article)[["verdict", "explanation"]])
    wrong = judged[judged["verdict"] == "contradicts"]
    columns = ["name", "reported", "low", "high", "unit", "when", "against"]
    tables = {
        "figures": article.figures.assign(name=article.named("zh"))[columns],
        "claims": judged[["claim", "verdict"]],
        "contradictions": wrong[["claim", "explanation"]],
        "before": _before(article),
    }
    if as_json:
        rows = {name: json.loads(_as_json(table)) for name, table in tables.items()}
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return FAULTY if len(wrong) else WELL
    print(article)
    cut = article.relations["relation"].map(judged["verdict"]) == "agrees if truncated"
    if (late := tables["before"].index.isin(article.relations.loc[cut, "figure"])).any():
        said = [("agrees if truncated" if of else "") for of in late]
        tables["before"] = tables["before"].assign(verdict=said)
    # The names stand for the keys, and that all is proposed has just been said.
    tables["figures"] = tables["figures"].drop(columns="name")
    read = article.figures.assign(status=""), article.relations.assign(status="")
    for name, table in tables.items():
        print(f"\n{name}" if len(table) else f"\n{name}: none")
        if len(table):
            # The last line says whose it is, which is not known.
            print(str(show(table, Extract(*read), language=language)).rpartition("\n")[0])
    notes = article.figures["note"].str.extract(r"(rounded to \d+, as sums show)")[0]
    for note, count in notes.value_counts().items():
        are = f"{counted(count, 'figure')} {'is' if count == 1 else 'are'}"
        print(f"\nassumed: {are} {note} (a slip of less is not seen)")
    return FAULTY if len(wrong) else WELL


def _before(article: Extract) -> pd.DataFrame:
    """What each figure was before; where that is not said, why."""
    table = prior_values(article)
    none = table["prior_low"].isna() & table["prior_high"].isna()
    real = none & (table["basis"] == "real")
    below = none & (table["current_low"] < 0)
    why = pd.Series("", index=table.index).mask(none, "nothing fits what is printed")
    why = why.mask(below, "the value is below zero").mask(real, "growth is at constant prices")
    columns = ["against", "prior_low", "prior_high", "candidates"]
    return table[columns].assign(**({"withheld": why} if none.any() else {}))


def _as_json(table: pd.DataFrame) -> str:
    rows = table.reset_index() if table.index.name is not None else table
    return rows.to_json(orient="records", force_ascii=False, double_precision=15, indent=2)


def _show(table: pd.DataFrame, as_json: bool) -> None:
    named = table.index.name is not None
    if as_json:
        print(_as_json(table))
    else:
        wide, plain = "display.unicode.east_asian_width", "display.float_format"
        with pd.option_context(wide, True, plain, "{:,.10g}".format):
            print(table.to_string(index=named))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # whatever the locale: JSON is UTF-8
    parser = _parser()
    arguments = parser.parse_args(argv)
    try:
        status = _run(arguments)
        sys.stdout.flush()
        return status
    except ExtractError as error:
        if arguments.json:
            faults = [asdict(fault) for fault in error.faults]
            print(json.dumps({"folder": str(arguments.folder), "faults": faults}, indent=2))
        print(error, file=sys.stderr)
        return MISUSED if arguments.command == "draft" else FAULTY
    except BrokenPipeError:  # the reader had enough (`| head`); nothing more can be said to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WELL


if __name__ == "__main__":
    sys.exit(main())
