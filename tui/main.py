"""`dealer-audit`: without a word after it the terminal UI opens, and the command line is not loaded at all."""

from __future__ import annotations

import sys


def main() -> None:
    """Run what was typed."""
    import warnings

    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    if len(sys.argv) > 1:
        from tui.cli import app

        app()
    else:
        from tui.ending import run_to_the_end

        run_to_the_end(_open, [])


def _open() -> int:
    from tui import start

    start.need_terminal()
    return start.start(None, None, None, None, plain_keys=False)


if __name__ == "__main__":
    main()
