"""Help and usage errors: quick, clear, and without loading anything heavy."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tui.cli import app
from tui.commands.audit import COMMANDS as AUDIT_COMMANDS
from tui.exits import _CODES, ExitCode

if TYPE_CHECKING:
    from tests.tui.conftest import Person

HEAVY = {
    "pydantic",
    "yaml",
    "sqlalchemy",
    "alembic",
    "openpyxl",
    "xlsxwriter",
    "textual",
    "numpy",
    "pandas",
    "PIL",
    "rich",
}
HELPED = [
    [],
    ["demo"],
    ["score"],
    ["report"],
    ["serve"],
    ["settings"],
    ["checklist"],
    ["dealer"],
    ["audit"],
    ["evidence"],
    ["interview"],
    *(["interview", name] for name in ("add", "guide", "show")),
    ["finding"],
    *(["finding", name] for name in ("add", "merge", "list")),
    ["kpi"],
    *(["kpi", name] for name in ("template", "import", "set", "show")),
    ["plan"],
    *(["plan", name] for name in ("draft", "show", "export", "import", "set", "add", "cancel", "verify", "route")),
    ["records"],
    *(["records", name] for name in ("draw", "sheet", "import", "show", "mark", "missing", "close")),
    ["visit"],
    ["visit", "letter"],
    *(["evidence", name] for name in ("add", "inbox", "list", "remove", "export", "verify")),
    *(["checklist", name] for name in ("list", "show", "check")),
    *(["dealer", name] for name in ("add", "list", "import")),
    *(["audit", name] for name in AUDIT_COMMANDS),
]
SHOW_LOADED = """
import sys
from tui.main import main
try:
    main()
finally:
    print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


@pytest.mark.parametrize("words", HELPED, ids=" ".join)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    command = [sys.executable, "-c", SHOW_LOADED, *words, "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: dealer-audit")
    assert not set(done.stderr.split()) & HEAVY


def test_every_command_is_helped() -> None:
    groups = {
        group.name: {c.name for c in group.typer_instance.registered_commands}
        for group in app.registered_groups
        if group.typer_instance
    }
    named: set[tuple[str | None, ...]] = {(command.name,) for command in app.registered_commands}
    named |= {(group, name) for group, names in groups.items() for name in names}
    assert {tuple(words) for words in HELPED if words} == named | {(group,) for group in groups}


def test_the_top_help_documents_every_exit_code(person: Person) -> None:
    shown = person("--help", lang="").out
    for code in ExitCode:
        assert f"{code:>3}  {code.meaning.en} {code.meaning.zh}" in shown


def test_every_error_with_an_exit_code_of_its_own_exists() -> None:
    from importlib import import_module

    from checklists.text import UserError

    for name in _CODES:
        module, _, kind = name.rpartition(".")
        assert issubclass(getattr(import_module(module), kind), UserError)


def test_version(person: Person) -> None:
    assert person("--version", lang="").out.startswith("dealer-audit ")


@pytest.mark.parametrize(
    ("typed", "zh", "en"),
    [
        (["audti"], "没有命令“audti”。是不是 audit？", 'There is no command "audti". Did you mean audit?'),
        (["audit", "lst"], "没有命令“lst”。是不是 list？", 'There is no command "lst". Did you mean list?'),
        (["score"], "缺少 REF。", "REF is missing."),
        (["audit", "new"], "缺少 --dealer。", "--dealer is missing."),
        (["score", "X", "--jsn"], "没有选项 --jsn。是不是 --json？", "There is no option --jsn. Did you mean --json?"),
        (["score", "X", "Y"], "多余的参数：Y", "Too many arguments: Y"),
        (["audit", "answer", "R", "A1", "-5"], "请放在两个减号之后：-- -5", "after two dashes: -- -5"),
        (["score", "X", "--store"], "选项 --store 需要一个值。", "The option --store needs a value."),
    ],
)
def test_a_mistyped_command_line_is_a_sentence(person: Person, typed: list[str], zh: str, en: str) -> None:
    for lang, sentence in (("zh", zh), ("en", en)):
        done = person(*_spoken(typed, lang))
        assert done.code == ExitCode.USAGE
        assert sentence in done.err
        assert done.out == ""


def _spoken(typed: list[str], lang: str) -> list[str]:
    """Put the language where it cannot hide what is wrong."""
    if typed[-1] == "--store" or typed[-1] == "-5":
        return [*typed[:-1], "--lang", lang, typed[-1]]
    return [*typed, "--lang", lang]


def test_help_of_the_command_is_named(person: Person) -> None:
    assert "dealer-audit audit answer --help" in person("audit", "answer").err


def test_the_language_comes_from_option_settings_and_system(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No audit" in person("audit", "list", lang="").err
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "还没有评估" in person("audit", "list", lang="").err
    assert person("settings", "--lang", "en").code == 0
    assert "No audit" in person("audit", "list", lang="").err
    assert "还没有评估" in person("audit", "list", "--lang", "zh").err
    refused = person("audit", "list", "--lang", "fr")
    assert (refused.code, refused.out) == (ExitCode.USAGE, "")
    assert "--lang zh" in refused.err


def test_an_error_in_the_program_is_a_sentence_and_a_log(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tui.settings.with_device", broken)
    done = person("settings")
    assert done.code == ExitCode.INTERNAL
    [log] = person.home.glob("**/errors.log")
    assert str(log) in done.err.replace("\n", "")
    assert "ZeroDivisionError" in log.read_text("utf-8")


def test_ctrl_c_is_a_sentence(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tui.settings.with_device", interrupted)
    done = person("settings", lang="zh")
    assert done.code == ExitCode.INTERRUPTED
    assert "已中断" in done.err


def test_a_closed_pipe_is_quiet(demo: object, person: Person) -> None:
    del demo
    tool = f"{sys.executable} -c 'from tui.main import main; main()'"
    script = f"set -o pipefail; {tool} score SHXX --store {person.home}/demo/demo.db --json | true"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (ExitCode.BROKEN_PIPE, "")
