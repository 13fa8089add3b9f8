"""Banff's error localization on bulletins from standard input: seconds, and the figures it names.

Run by `bench_localisation.py` in an environment of its own, as Banff needs pandas before 3. It
holds no percentage as a figure that may be wrong: each is put as constants, with its rounding, into
linear edits. Its answer goes into the file that is named, as its own log stands on the output;
the time is what the processor spent in its procedure alone.
"""

import json
import sys
import time
from pathlib import Path

import banff
import pandas as pd

MOST = 10_000_000  # its variables need bounds


def edits_of(record, parts):
    """Sums, differences, and what each printed percentage leaves of a quotient."""
    edits = []
    for name, value in record.items():
        kind, row = name.split("_")
        if kind == "change":
            base, part = f"prior_{row}", f"difference_{row}"
        elif kind == "rate":
            base, part = f"current_{row}", f"solved_{row}"
        else:
            least = -MOST if kind == "difference" else 0
            edits += [f"{name} >= {least}", f"{name} <= {MOST}"]
            if row == "0":
                edits.append(f"{name} = " + " + ".join(f"{kind}_{n}" for n in parts))
            if kind == "current":
                edits.append(f"{name} = prior_{row} + difference_{row}")
            continue
        edits.append(f"100 * {part} >= {value - 0.05:.2f} * {base}")
        edits.append(f"100 * {part} <= {value + 0.05:.2f} * {base}")
    return "; ".join(edits) + ";"


def main():
    """Each bulletin by itself, told how many of its figures are wrong."""
    given = json.load(sys.stdin)
    seconds, found = 0.0, []
    for each in given["bulletins"]:
        record = each["record"]
        counts = {k: [float(v)] for k, v in record.items() if not k.startswith(("change", "rate"))}
        frame = pd.DataFrame({"bulletin": ["one"]} | counts)
        edits = edits_of(record, given["parts"])
        started = time.process_time()
        try:
            done = banff.errorloc(
                indata=frame,
                unit_id="bulletin",
                edits=edits,
                cardinality=each["wrong"],
                accept_negative=True,
                outstatus="pandas",
            )
            named = sorted(done.outstatus["FIELDID"].str.lower())
        except Exception as error:  # what it says of a record that it gives up
            named = [type(error).__name__]
        seconds += time.process_time() - started
        found.append(named)
    Path(sys.argv[1]).write_text(json.dumps({"seconds": seconds, "found": found}), "utf-8")


if __name__ == "__main__":
    main()
