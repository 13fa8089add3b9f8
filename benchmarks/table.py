"""One table of every measurement as a ratio, from pytest-benchmark's file: printed, kept in
build/bench.json, and shown in README.md."""

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def rows(measured: dict[str, Any]) -> list[dict[str, Any]]:
    """What, against what, the ratio, the aim, and whether it is reached."""
    found = {each["extra_info"]["key"]: each for each in measured["benchmarks"]}
    table = []
    for key, each in found.items():
        for other, aim in each["extra_info"]["against"].items():
            row = {"what": key, "against": other, "ratio": None, "aim": aim, "reached": "skipped"}
            ratio = each["extra_info"].get("ratio")
            if ratio is None and other in found:
                ratio = _time(each) / _time(found[other])
            if ratio is not None:
                row["ratio"] = ratio = 1 / ratio if aim.startswith("≥") else ratio
                row["reached"] = _reached(ratio, aim)
            table.append(row)
    return table


def _time(measured: dict[str, Any]) -> float:
    """Seconds a unit: the fastest round, as everything else only ever slows one down."""
    return measured["stats"]["min"] / measured["extra_info"]["units"]


def _reached(ratio: float, aim: str) -> str:
    if aim == "reported":
        return ""
    sign, bound = aim.split()
    return "yes" if (ratio <= float(bound) if sign == "≤" else ratio >= float(bound)) else "no"


def markdown(measured: dict[str, Any]) -> str:
    """The same table for README.md, and on what and when it was measured."""
    day = datetime.fromisoformat(measured["datetime"]).astimezone(UTC).date()
    lines = ["| what | against | ratio | aim | reached |", "|---|---|---|---|---|"]
    for row in rows(measured):
        ratio = "not here" if row["ratio"] is None else f"{row['ratio']:.3g} ×"
        cells = row["what"], row["against"], ratio, row["aim"], row["reached"]
        lines.append(f"| {' | '.join(cells)} |")
    cpu = measured["machine_info"]["cpu"]
    return "\n".join([*lines, "", f"{day}, {cpu.get('count')} × {cpu.get('brand_raw')}."])


BEGIN, END = "<!-- by make bench -->\n", "<!-- to here -->\n"


def with_table(document: str, table: str) -> str:
    """A document with the table of the last run in place of the one between its two marks."""
    place = re.compile(f"(?<={BEGIN}).*?(?={END})", re.DOTALL)
    if not place.search(document):
        raise ValueError(f"found no place for the table, expected {BEGIN.strip()}, {END.strip()}")
    return place.sub(lambda _: f"\n{table}\n\n", document)


def main(raw: str, result: str, readme: str) -> None:
    """Read ``raw``, print the table, write ``result``, renew the table of ``readme``."""
    measured = json.loads(Path(raw).read_text("utf-8"))
    table = rows(measured)
    width = max(len(row["what"]) for row in table), max(len(row["against"]) for row in table)
    for row in table:
        ratio = f"{row['ratio']:9.3g} ×" if row["ratio"] is not None else "not here   "
        what, against = row["what"].ljust(width[0]), row["against"].ljust(width[1])
        print(f"{what}  {against}  {ratio}  {row['aim']:9}  {row['reached']}")
    seconds = {
        each["extra_info"]["key"]: {"seconds": each["stats"]["min"], **each["extra_info"]}
        for each in measured["benchmarks"]
    }
    report = {"machine": measured["machine_info"]["cpu"], "ratios": table, "measured": seconds}
    Path(result).write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    document = Path(readme)
    renewed = with_table(document.read_text("utf-8"), markdown(measured))
    document.write_text(renewed, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
