"""The route to a target, found by a process of its own, so that one can stop it at any moment.

The process (`python -m tui.route_process`) reads what is wanted as JSON from its stdin and answers with a JSON object:
the route's lines in both languages, or the sentence that says why there is none.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from checklists.text import Text, UserError

_STOPPED = Text("计算路径的进程意外结束", "The process that finds the route ended early")


class RouteNotMade(UserError):
    """No route was found."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which route."""

    store: str | None
    """URL or path; None for the default store."""
    ref: str
    target: str = ""
    """Points, as a number; empty for the points to pass."""
    departments: bool = False
    """Whether each department is to reach its pass mark too."""


@dataclass(frozen=True, slots=True)
class Told:
    """One paragraph of a route: what hangs before it, its words, and their style."""

    label: Text
    words: Text
    style: str = ""


async def find_route(wanted: Wanted) -> list[Told]:
    """Return the route in words; cancelling the task ends the process.

    Raises:
        RouteNotMade: with what the process said.
    """
    from tui.report_process import environment

    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "tui.route_process"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment(),
    )
    try:
        said, _ = await process.communicate(json.dumps(asdict(wanted)).encode())
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    answer: dict[str, Any] = json.loads(said) if said else {"error": [_STOPPED.zh, _STOPPED.en]}
    if "error" in answer:
        raise RouteNotMade(Text(*answer["error"]))
    return [Told(Text(*label), Text(*words), style) for label, words, style in answer["lines"]]


# -- the process ------------------------------------------------------------------------------------------------------


def main() -> int:
    """Find what stdin asks for; returns the exit code."""
    try:
        lines = _find(json.loads(sys.stdin.read()))
    except Exception as error:
        from tui.errors import sentence

        text, code = sentence(error, ["plan", "route"])
        _say({"error": [text.zh, text.en]})
        return int(code)
    _say({"lines": [[[t.label.zh, t.label.en], [t.words.zh, t.words.en], t.style] for t in lines]})
    return 0


def _find(asked: dict[str, Any]) -> list[Told]:
    from audit.routing import best_route
    from audit.summary import summarize
    from tui.opening import audit_to_read
    from tui.route_view import route_lines

    target = Decimal(asked["target"]) if asked["target"] else None
    with audit_to_read(asked["store"], asked["ref"]) as session:
        summary, state = summarize(session, ahead=False), session.state
    route = best_route(summary.checklist, state, summary.weak_items, target, departments=asked["departments"])
    return route_lines(summary, route)


def _say(said: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
