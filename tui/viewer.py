"""Looking at a file outside the terminal: with the system's own viewer, where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="dealer-audit-", ignore_cleanup_errors=True)


def temporary() -> Path:
    """Return a folder for what is only looked at; it goes when the program ends."""
    return Path(_folder().name)


def show_file(path: Path) -> bool:
    """Show a file with the system's viewer; returns whether there is one."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - a picture of the audit, by the system's own choice
        return True
    if sys.platform == "darwin":
        opener = shutil.which("open")
    else:
        screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        opener = shutil.which("xdg-open") if screen else None
    if opener is None:
        return False
    command = [opener, str(path)]
    subprocess.Popen(  # noqa: S603 - the system's own opener
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return True
