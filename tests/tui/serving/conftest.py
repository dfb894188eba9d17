"""A server of its own for a test, in a process of its own, as somebody would start it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tui.conftest import Person

_PATIENCE = 20.0


class Served:
    """A server; can be killed and started again."""

    def __init__(self, person: Person, *options: str) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "tui.main", "serve", "--port", str(self.port), "--store", str(person.store)]
        self._command = [*command, *options]
        self._told = person.home / "serve.log"
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Start and wait until it says that it is open; then `link` is what it printed."""
        with self._told.open("w") as told:
            self.process = subprocess.Popen(self._command, stdout=subprocess.PIPE, stderr=told, text=True)
        assert self.process.stdout is not None
        self.link = self.process.stdout.readline().strip()
        assert self.link.startswith("http://"), self.told

    @property
    def told(self) -> str:
        """What it said to the person."""
        return self._told.read_text()

    def stop(self, number: int) -> int:
        """Send a signal; returns the exit code."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        code = self.process.wait(_PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


class Serve:
    """Starts servers; all end with the test."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self.started: list[Served] = []

    def __call__(self, *options: str) -> Served:
        self._person("settings", "--name", "李")  # or the first thing that is opened asks for it
        served = Served(self._person, *options)
        self.started.append(served)
        return served


@pytest.fixture
def serve(person: Person) -> Iterator[Serve]:
    starter = Serve(person)
    yield starter
    for served in starter.started:
        if served.process.poll() is None:
            served.process.kill()
            served.wait()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def windows_of(server: int) -> list[int]:
    """Return the processes that a server has started, as Linux knows them."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    return [pid for pid, parent in pairs if parent == server]


def gone(pids: list[int], within: float = _PATIENCE) -> bool:
    """Wait until processes have ended; says whether they have."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        listed = subprocess.run(["ps", "-eo", "pid=,stat="], capture_output=True, text=True, check=True).stdout
        alive = {int(line.split()[0]) for line in listed.splitlines() if not line.split()[1].startswith("Z")}
        if not alive & set(pids):
            return True
        time.sleep(0.1)
    return False
