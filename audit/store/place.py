"""Where the store lies when the command line does not say otherwise."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "DEALER_AUDIT_STORE"
FILE_NAME = "dealer-audit.db"


def default_url() -> str:
    """Return what the environment names (an URL or a plain path), else the file in the user's data folder, as an URL.

    Nothing is created.
    """
    named = os.environ.get(VARIABLE, "").strip()
    if named:
        return named
    from platformdirs import user_data_dir

    # No author: it would be a second folder level on Windows.
    return f"sqlite:///{Path(user_data_dir('dealer-audit', appauthor=False)) / FILE_NAME}"
