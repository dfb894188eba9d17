"""Whether a file can be evidence, said while its path still stands in the line."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


async def look_at_file(path: Path) -> None:
    """Look at a file that is to be taken in.

    Raises:
        FileRefused: it is missing, empty, too large or cannot be read.
    """
    from audit.evidence import MAX_BYTES
    from audit.evidence_files import check_file

    await asyncio.to_thread(check_file, path, MAX_BYTES)
