"""The form in which notebooks are kept: what differs by machine, time or window is left out."""

from typing import Any

# No version of Python and no machine's kernel name: they would differ elsewhere.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
OF_PICTURES = {"alt", "width"}  # what is kept of a picture's metadata
# A widget on screen has another id each time; what stands beside it in the output stays.
WIDGET = "application/vnd.jupyter.widget-view+json"


def tidied(notebook: dict[str, Any]) -> dict[str, Any]:
    """A notebook, as JSON or nbformat reads it, in that form; the same object."""
    notebook["metadata"] = METADATA
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)
            if "metadata" in output:
                kept = output["metadata"].get("image/png", {})
                kept = {key: kept[key] for key in kept if key in OF_PICTURES}
                output["metadata"] = {"image/png": kept} if kept else {}
    return notebook
