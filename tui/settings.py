"""What the tool remembers of the person and the device: name, language, look of the screens, device id."""

from __future__ import annotations

import getpass
import json
import os
import tempfile
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict, Unpack, cast, get_args
from uuid import uuid4

from checklists.text import LANGS, Text, UserError
from tui._compat import Width

if TYPE_CHECKING:
    from checklists.text import Lang

APP = "dealer-audit"


class SettingsUnusable(UserError):
    """The settings file cannot be read or written."""


class Place(NamedTuple):
    """An audit in a store."""

    store: str = ""
    """As the store names its place."""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings file's content."""

    name: str = ""
    """Who writes when nobody says otherwise; empty: the name of the system's user."""
    lang: Lang | None = None
    """None: the system's language."""
    device: str = ""
    """Made once and then kept: stands in every entry written on this device."""
    theme: str = "dark"
    """A name of `tui.themes`; one that is not known there is taken as dark."""
    advance: bool = False
    """Whether scoring goes on to the next item after every answer, also after one below full marks."""
    width: Width = "auto"
    """How many cells the terminal takes for characters such as “ and …."""
    last: Place = field(default_factory=Place)
    """The audit that was open last, to go on with."""
    brand: str = ""
    """The brand file of every report, unless another is named; empty: the tool's own look."""
    reports: str = ""
    """The folder that the last report was written to."""

    @property
    def person(self) -> str:
        """The name that stands in entries."""
        return self.name or system_user()


def settings_file() -> Path:
    """Return where the settings lie; nothing is created."""
    from platformdirs import user_config_dir

    return Path(user_config_dir(APP, appauthor=False)) / "settings.json"


def read_settings() -> Settings:
    """Return the settings, or their defaults where there are none yet.

    Raises:
        SettingsUnusable: when the file cannot be read or was damaged.
    """
    file = settings_file()
    try:
        return _read(json.loads(file.read_bytes()))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, AttributeError) as error:
        raise SettingsUnusable(
            Text(
                "设置文件 {file} 无法读取：请修正或删除它，然后重试",
                "The settings {file} cannot be read: mend or delete the file and try again",
            ).format(file=file)
        ) from error


class Changes(TypedDict, total=False):
    """Settings to set, as `Settings` names them; None leaves one as it is."""

    name: str | None
    lang: Lang | None
    theme: str | None
    advance: bool | None
    width: Width | None
    last: Place | None
    brand: str | None
    reports: str | None


def change_settings(**changes: Unpack[Changes]) -> Settings:
    """Set what is given and return everything.

    Raises:
        SettingsUnusable: when the file cannot be read or written.
    """
    given = {setting: value for setting, value in changes.items() if value is not None}
    if "name" in given:
        given["name"] = str(given["name"]).strip()
    before = with_device()
    settings = replace(before, **given)  # type: ignore[arg-type]
    if settings != before or given.keys() & {"name", "lang"}:
        _save(settings, anew=False)
    return settings


def with_device() -> Settings:
    """Return the settings with a device id, which is made at the first call and kept.

    Raises:
        SettingsUnusable: when the file cannot be read or written.
    """
    anew = not settings_file().exists()  # asked before reading: a file that appears in between is another process's
    settings = read_settings()
    if settings.device:
        return settings
    _save(replace(settings, device=uuid4().hex[:12]), anew=anew)
    return read_settings()  # two processes may both be the first; the file decides


def system_user() -> str:
    """Return the name of the system's user, or "-" where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "-"


def _read(data: dict[str, Any]) -> Settings:
    """Return what the file says, as far as this edition knows it."""
    lang, width, last = data.get("lang"), data.get("width"), data.get("last")
    return Settings(
        name=str(data.get("name", "")),
        lang=lang if lang in LANGS else None,
        device=str(data.get("device", "")),
        theme=str(data.get("theme", "dark")),
        advance=data.get("advance") is True,
        width=cast("Width", width) if width in get_args(Width) else "auto",
        last=Place(*map(str, last)) if isinstance(last, list) and len(last) == 2 else Place(),
        brand=str(data.get("brand", "")),
        reports=str(data.get("reports", "")),
    )


def _save(settings: Settings, *, anew: bool) -> None:
    """Write the file so that a reader sees all of it or nothing; `anew` leaves a file that has appeared meanwhile."""
    file = settings_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent)
        written = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(asdict(settings), stream, ensure_ascii=False, indent=2)
        try:
            if anew:
                _put_if_absent(written, file)
            else:
                written.replace(file)
        finally:
            written.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsUnusable(
            Text(
                "设置文件 {file} 无法写入：{reason}。请检查权限和磁盘空间",
                "The settings {file} cannot be written: {reason}. Check permissions and disk space",
            ).format(file=file, reason=error.strerror or error)
        ) from error


def _put_if_absent(written: Path, file: Path) -> None:
    try:
        file.hardlink_to(written)
    except FileExistsError:
        return
    except OSError:  # the file system knows no hard links
        written.replace(file)
