"""A hundred kills at random keys: after each, a new window shows every answer the old one had acknowledged.

Run: `uv run python -m tests.bench.kills [HOW MANY]`.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.tui.killing import kill_at_random

MANY = 100
NEW = ("audit", "new", "--dealer", "D1", "--name", "North", "--date", "2026-05-12")


def main(many: int) -> None:
    """Kill as often as that; every kill goes on with the same audit."""
    with TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_DATA_HOME=home, XDG_CONFIG_HOME=home)
        store = Path(home) / "audits.db"
        begin = [sys.executable, "-m", "tui.main", *NEW, "--store", str(store)]
        ref = subprocess.run(begin, capture_output=True, text=True, check=True).stdout.strip()
        answers = 0
        for seed in range(many):
            answers += kill_at_random(store, ref, random.Random(seed))
            sys.stdout.write(f"\r{seed + 1} of {many} kills, {answers} answers had been shown: none lost")
            sys.stdout.flush()
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else MANY)
