"""How `make lab` starts JupyterLab: this machine only, with a token, and no outside host asked."""

import json
import os
import runpy
from pathlib import Path
from typing import Any

from jupyterlab_server.workspaces_handler import WORKSPACE_EXTENSION, slugify

c: Any = get_config()  # noqa: F821 - Jupyter runs this file with it
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

c.ServerApp.ip = "127.0.0.1"
c.ServerApp.root_dir = str(ROOT)
# Jupyter asks a container's root to say that it is meant.
c.ServerApp.allow_root = os.name == "posix" and os.geteuid() == 0
# The kernel warns when others on the machine could listen.
c.KernelManager.transport_encryption = "auto"
c.LabApp.default_url = "/lab/tree/notebooks/00-start-here.ipynb"

# A notebook is saved in the form in which it is kept: without versions, times and what was folded.
tidied = runpy.run_path(str(HERE.parent / "notebook_form.py"))["tidied"]


def save_tidied(model: dict[str, Any], path: str, **_: Any) -> None:
    """Jupyter's hook before a file is written."""
    if model["type"] == "notebook":
        model["content"] = tidied(model["content"])


c.ContentsManager.pre_save_hook = save_tidied

# JupyterLab would look for new versions, news and extensions on the network; the settings in
# overrides.json keep it from asking whether it may.
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
c.LabApp.app_settings_dir = str(HERE)

# The table of contents beside the notebook, until the analyst arranges the window otherwise.
contents = "@jupyterlab/toc:plugin"
widgets = ["filebrowser", "running-sessions", contents, "extensionmanager.main-view"]
left = {"collapsed": False, "visible": True, "current": contents, "widgets": widgets}
workspaces = ROOT / "build" / "lab"
workspace = workspaces / f"{slugify('default')}{WORKSPACE_EXTENSION}"
if not workspace.exists():
    workspaces.mkdir(parents=True, exist_ok=True)
    layout = {"data": {"layout-restorer:data": {"left": left}}, "metadata": {"id": "default"}}
    workspace.write_text(json.dumps(layout), encoding="utf-8")
c.LabApp.workspaces_dir = str(workspaces)
