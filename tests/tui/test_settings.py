"""Who writes, on which device, in which language."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

from tui.exits import ExitCode
from tui.settings import settings_file

if TYPE_CHECKING:
    from tests.tui.conftest import Person


def test_settings_are_shown_and_kept(person: Person) -> None:
    first = person("settings", "--json", lang="").json
    assert first.keys() == {"name", "lang", "device", "brand", "file"}
    assert person("settings", "--name", "王芳", "--lang", "zh", lang="").code == 0
    later = person("settings", "--json", lang="").json
    assert (later["name"], later["lang"], later["device"]) == ("王芳", "zh", first["device"])


def test_the_name_stands_in_entries_unless_another_is_given(person: Person) -> None:
    person("settings", "--name", "王芳", lang="")
    ref = person.begin()
    person.well("audit", "answer", ref, "A1", "3")
    person.well("audit", "answer", ref, "A2", "3/4", "--as", "李强")
    events = person.well("audit", "history", ref, "--json").json["events"]
    names = {event["subject"]: event["person"] for event in events if event["kind"] == "answer"}
    assert names == {"A1": "王芳", "A2": "李强"}
    assert len({event["device"] for event in events}) == 1


def test_processes_that_are_first_at_the_same_time_agree_on_the_device(person: Person) -> None:
    del person
    script = "from tui.settings import with_device; print(with_device().device)"
    started = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) for _ in range(6)]
    assert len({process.communicate()[0] for process in started}) == 1


def test_a_damaged_settings_file_is_named(person: Person) -> None:
    person("settings")
    settings_file().write_text("{", "utf-8")
    done = person("settings")
    assert done.code == ExitCode.USAGE
    assert "settings.json" in done.err
    assert settings_file().read_text("utf-8") == "{"


def test_settings_of_another_edition_are_read_as_far_as_known(person: Person) -> None:
    person("settings", "--name", "Li", lang="")
    known = json.loads(settings_file().read_text("utf-8"))
    settings_file().write_text(json.dumps({**known, "lang": "fr", "more": 1}), "utf-8")
    assert person("settings", "--json", lang="").json["lang"] == "en"
    assert stat.S_ISREG(settings_file().stat().st_mode)
