"""The one place that turns what went wrong into a sentence on stderr and an exit code."""

from __future__ import annotations

import errno
import re
import shlex
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checklists.text import Text, UserError, same
from tui.exits import ExitCode, code_of
from tui.settings import APP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer import TyperException

INTERRUPTED = Text("已中断。已经保存的内容不会丢失。", "Interrupted. Whatever had been saved is still there.")
_FILE = Text("无法使用“{file}”：{reason}", '"{file}" cannot be used: {reason}')
_OUTPUT = Text(
    "写不下输出：{reason}。请腾出空间或换一个位置；已保存的内容不受影响。",
    "The output could not be written: {reason}. Make room or choose another place; what was saved is safe.",
)
_INTERNAL = Text(
    "程序出错：{kind}。已保存的内容不受影响；详情已写入 {log}，请连同它一起反馈。",
    "An error in the program: {kind}. What was saved is safe; the details are in {log}, please send that file along.",
)
_HELP = Text("用法见：{command} --help", "For its usage: {command} --help")
_NO_OPTION = Text("没有选项 {option}。{hint}", "There is no option {option}. {hint}")
_OPTIONS = Text("是不是 {names}？", "Did you mean {names}?")
_MINUS = Text(
    "以减号开头的值请放在两个减号之后：-- {option}",
    "Write a value that begins with a minus after two dashes: -- {option}",
)
_MISSING = Text("缺少 {name}。", "{name} is missing.")
_NO_COMMAND = Text("没有命令“{name}”。{hint}", 'There is no command "{name}". {hint}')
_TOO_MANY = Text(
    "多余的参数：{words}。含空格的内容请加引号。", "Too many arguments: {words}. Put quotes around a text with blanks."
)
_NO_VALUE = Text("选项 {option} 需要一个值。", "The option {option} needs a value.")
_OTHER = Text("命令用法有误：{message}", "{message}")


def file_text(error: OSError) -> Text:
    """Return the sentence of a file or folder that cannot be used."""
    return _FILE.format(file=error.filename or "?", reason=error.strerror or error)


def sentence(error: BaseException, args: Sequence[str] = ()) -> tuple[Text, ExitCode]:
    """Return what to tell the person, and the exit code.

    Args:
        error: anything but an error of the command line itself (see `usage_text`).
        args: what was typed; goes into the log.
    """
    if isinstance(error, UserError):
        return error.text, code_of(error)
    if isinstance(error, OSError) and error.filename:
        return file_text(error), ExitCode.USAGE
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EIO, errno.EDQUOT}:
        return _OUTPUT.format(reason=error.strerror), ExitCode.USAGE
    return _INTERNAL.format(kind=type(error).__name__, log=_log(error, args)), ExitCode.INTERNAL


def usage_text(error: TyperException) -> Text:
    """Return the sentence for a command line that cannot be understood, and where its help is."""
    context: Any = getattr(error, "ctx", None)
    text = Text(*(words.rstrip() for words in (_usage(error).zh, _usage(error).en)))
    if context is None:
        return text
    hint = _HELP.format(command=context.command_path)
    return Text("{text}\n{hint}", "{text}\n{hint}").format(text=text, hint=hint)


def _usage(error: TyperException) -> Text:
    # By name: the classes live in a private module of Typer.
    given: Any = error
    match type(error).__name__:
        case "NoSuchOption":
            near = ", ".join(given.possibilities or ())
            hint = _OPTIONS.format(names=near) if near else same("")
            if re.match(r"-\d", given.option_name):
                hint = _MINUS.format(option=given.option_name)
            return _NO_OPTION.format(option=given.option_name, hint=hint)
        case "MissingParameter":
            return _MISSING.format(name=_name_of(given.param))
        case "BadOptionUsage" if "requires an argument" in error.message:
            return _NO_VALUE.format(option=given.option_name)
        case _:
            return _other(error.format_message())


def _other(message: str) -> Text:
    if found := re.match(r"No such command '(.*?)'\.?(.*)", message, re.DOTALL):
        near = ", ".join(re.findall(r"'([^']+)'", found[2]))
        return _NO_COMMAND.format(name=found[1], hint=_OPTIONS.format(names=near) if near else "")
    if found := re.match(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", message, re.DOTALL):
        return _TOO_MANY.format(words=found[1])
    return _OTHER.format(message=message)


def _name_of(param: Any) -> str:
    if getattr(param, "param_type_name", "") == "option":
        return " / ".join(param.opts)
    return str(param.metavar or param.name).upper()


def _log(error: BaseException, args: Sequence[str]) -> Text:
    """Append the details to the log; returns where it is."""
    from platformdirs import user_log_dir

    file = Path(user_log_dir(APP, appauthor=False)) / "errors.log"
    time = datetime.now(UTC).isoformat(timespec="seconds")
    details = "".join(traceback.format_exception(error))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8", errors="replace") as log:
            log.write(f"{time} {APP} {shlex.join(args)}\n{details}\n")
    except OSError:
        return Text("（日志也无法写入 {file}）", "no log, as {file} cannot be written").format(file=file)
    return same(str(file))
