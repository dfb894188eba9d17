"""The command line's frame: Typer's classes, taught two things.

They load pydantic to convert every parameter (Typer 0.29.1, `typer._coercion`); as ours are texts and flags, what was
typed is taken as it is.  And whatever goes wrong ends as `tui.ending` says.
"""

from __future__ import annotations

import inspect
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from tui.ending import pipe_closed, run_to_the_end, say
from tui.exits import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class _AsTyped:
    """Stands in for Typer's conversion of a parameter."""

    def coerce(self, value: Any, param: Any, ctx: object) -> Any:
        """Return what was typed; several values as a list."""
        del ctx
        if param.multiple or param.nargs == -1:
            return list(value or ())
        return value


_AS_TYPED = _AsTyped()


def _light(params: list[Any]) -> list[Any]:
    for param in params:
        param._runtime_param = _AS_TYPED  # noqa: SLF001 - see the module's docstring
    return params


class Command(TyperCommand):
    """A command that loads nothing to read its parameters."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters."""
        return _light(super().get_params(ctx))


class Group(TyperGroup):
    """A group that loads nothing to read its parameters."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters."""
        return _light(super().get_params(ctx))


class Front(Group):
    """The top command: every error ends here."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and leave with its exit code; the parameters are Typer's."""
        del prog_name, standalone_mode
        typed = list(sys.argv[1:] if args is None else args)
        work = partial(super().main, args, "dealer-audit", complete_var, False, windows_expand_args, **extra)
        run_to_the_end(partial(_understood, work, typed), typed)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a closed pipe is ours to handle and not Typer's."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise typer.Exit(pipe_closed()) from None


def group(help_text: str, name: str | None = None) -> typer.Typer:
    """Return a group of commands."""
    return typer.Typer(name=name, cls=Group, help=help_text, no_args_is_help=True, rich_markup_mode=None)


def command(app: typer.Typer, name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a command in a group; its help is the function's docstring, without the first line's period."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        first, *rest = inspect.cleandoc(function.__doc__ or "").split("\n")
        text = "\n".join([first.removesuffix("."), *rest])
        return app.command(name, cls=Command, help=text)(function)

    return register


def _understood(work: Callable[[], object], typed: Sequence[str]) -> object:
    """Do what was typed, or say why it cannot be understood."""
    try:
        return work()
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            sys.stderr.write(error.format_message() + "\n")
        else:
            from tui.errors import usage_text

            say(usage_text(error), typed)
        return ExitCode.USAGE
