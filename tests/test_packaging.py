"""The wheel, installed in a clean environment, does the main job."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = [
    pytest.mark.packaging,
    pytest.mark.skipif(shutil.which("uv") is None, reason="uv is needed to build and install the wheel"),
]


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run("uv", "build", "--wheel", "--out-dir", out, ROOT, cwd=out)
    return next(out.glob("*.whl"))


def test_the_wheel_holds_the_four_packages_with_their_data_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {n.partition("/")[0] for n in names if ".dist-info" not in n} == {"audit", "checklists", "reports", "tui"}
    tracked = run("git", "ls-files", "audit", "checklists", "reports", "tui", cwd=ROOT).split()
    assert set(tracked) <= names
    assert {"checklists/data/dealership/front-desk.yaml", "tui/sample/answers.csv", "audit/py.typed"} <= names


def test_the_installed_wheel_runs_the_demo(wheel: Path, tmp_path: Path) -> None:
    run("uv", "venv", "--python", sys.executable, tmp_path / "env", cwd=tmp_path)
    python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    date = next(line for line in (ROOT / "pyproject.toml").read_text().splitlines() if line.startswith("exclude-newer"))
    newest = date.split('"')[1]
    run("uv", "pip", "install", "--quiet", "--python", python, "--exclude-newer", newest, wheel, cwd=tmp_path)
    tool = python.with_name("dealer-audit")
    home = {name: str(tmp_path / "home") for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    assert run(tool, "--version", cwd=tmp_path, **home).strip().endswith("0.1.0")
    shown = run(tool, "demo", "--lang", "en", cwd=tmp_path, **home)
    assert "164" in shown
    made = tmp_path / "dealer-audit-demo"
    assert {p.suffix for p in made.iterdir()} >= {".db", ".xlsx"}
