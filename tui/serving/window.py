"""The process behind one browser tab: the screens, speaking with the server."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(args: Sequence[str] | None = None) -> int:
    """Open the screens; returns the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lang", choices=["zh", "en"], required=True)
    parser.add_argument("--store")
    parser.add_argument("--as", dest="person")
    given = parser.parse_args(args)
    from tui._compat import prepare
    from tui.settings import read_settings

    prepare("1")  # the terminal of the browser draws “ ” … in one cell
    from tui.app import run

    return run(given.lang, store=given.store, person=given.person, settings=read_settings())


if __name__ == "__main__":
    sys.exit(main())
