"""The form in which notebooks are kept: what differs by machine, time or window is left out."""

from typing import Any

# No version of Python and no machine's kernel name: they would differ elsewhere.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
OF_PICTURES = {"alt"}  # what is kept of a picture's metadata


def tidied(notebook: dict[str, Any]) -> dict[str, Any]:
    """A notebook, as JSON or nbformat reads it, in that form; the same object."""
    notebook["metadata"] = METADATA
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        for output in cell.get("outputs", []):
            if "metadata" in output:
                kept = output["metadata"].get("image/png", {})
                alt = {key: kept[key] for key in kept if key in OF_PICTURES}
                output["metadata"] = {"image/png": alt} if alt else {}
    return notebook
