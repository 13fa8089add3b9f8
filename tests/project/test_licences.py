"""Every package of the lock has a licence that allows what we do: use it, and pass ours on."""

import json
import re
import subprocess
import sys
from pathlib import Path

LOCK = (Path(__file__).resolve().parents[2] / "requirements.lock").read_text(encoding="utf-8")

# Licences that ask no more than a notice, and two (MPL, PSF) that bind only their own files.
ALLOWED = {
    *("0bsd", "apache", "artistic", "bsd", "cc0", "isc", "mit", "mit-0", "mit-cmu", "mpl"),
    *("ofl", "psf", "public domain", "zlib"),
}
NAMES = {
    "apache": r"apache",
    "artistic": r"artistic",
    "0bsd": r"0bsd",
    "bsd": r"bsd",
    "cc0": r"cc0",
    "isc": r"\bisc\b",
    "mit-0": r"mit-0",
    "mit-cmu": r"mit-cmu",
    "mit": r"\bmit\b",
    "mpl": r"mpl|mozilla public",
    "ofl": r"\bofl\b",
    "psf": r"psf|python software foundation",
    "public domain": r"public domain",
    "zlib": r"zlib",
}


def is_allowed(expression):
    """Each part of an AND, any part of an OR; a list of several is a choice."""
    choices = re.split(r"\s+OR\s+|;\s*", expression)
    return any(
        all(names_an_allowed_licence(part) for part in re.split(r"\s+AND\s+", choice))
        for choice in choices
    )


def names_an_allowed_licence(text):
    return any(name in ALLOWED and re.search(NAMES[name], text.lower()) for name in NAMES)


def test_what_is_allowed():
    assert is_allowed("MIT")
    assert is_allowed("Apache-2.0 OR GPL-3.0")
    assert is_allowed("Artistic License; GNU General Public License (GPL)")
    assert not is_allowed("GPL-3.0-or-later")
    assert not is_allowed("MIT AND GPL-2.0")
    assert not is_allowed("UNKNOWN")


def licence_of(row):
    """As the package's metadata names it; where they do not, the first line of its licence."""
    return row["License"] if row["License"] != "UNKNOWN" else row["LicenseText"].splitlines()[0]


def test_every_package_of_the_lock_is_allowed():
    tool = Path(sys.executable).with_name("pip-licenses")
    command = [tool, "--from=mixed", "--format=json", "--with-system"]
    command += ["--with-license-file", "--no-license-path"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    licences = {
        re.sub(r"[-_.]+", "-", row["Name"]).lower(): licence_of(row)
        for row in json.loads(done.stdout)
    }
    # Those of other systems (a marker stands beside the version) are not installed here.
    locked = dict(re.findall(r"^([\w.-]+)==[^\s;]+( ;)?", LOCK, re.MULTILINE))
    missing = {name for name, marked in locked.items() if not marked} - set(licences)
    assert missing == set()
    refused = {
        name: licence
        for name, licence in licences.items()
        if name in locked and not is_allowed(licence)
    }
    assert refused == {}
