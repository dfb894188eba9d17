"""`dealer-audit evidence`: the photos and files behind answers."""

from typing import TYPE_CHECKING, Annotated

import typer

from tui.front import command, group
from tui.options import AsJson, Lang, Person, Ref, Store

if TYPE_CHECKING:
    from audit.session import AuditSession
    from tui.console import Terminal
    from tui.inbox import Choice

Item = Annotated[str, typer.Argument(metavar="ITEM", help="The item, e.g. FD01 检查项")]
OnlyItem = Annotated[
    str | None, typer.Option("--item", metavar="ITEM|ACTION", help="Only this item, or action P1 of the plan 只看一项")
]
MaxMb = Annotated[
    str | None, typer.Option("--max-mb", metavar="N", help="Most MB a file may have (default 25) 单个文件上限")
]

app = group("Evidence: photos and files behind answers 佐证")


@command(app, "add")
def add(
    ref: Ref,
    item: Item,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Photos, PDFs, any files 文件")],
    max_mb: MaxMb = None,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Add files to an item, all of them or none 添加佐证."""
    from pathlib import Path

    from audit.evidence_adding import Wanted, add_files
    from tui.console import counted, terminal
    from tui.evidence_tables import ADDING, limit_of, say_added
    from tui.opening import audit_to_write

    out = terminal(lang)
    limit = limit_of(max_mb)
    wanted = [Wanted(item, Path(file).expanduser()) for file in files]
    with audit_to_write(store, ref, person) as session, counted(out.text(ADDING)) as tell:
        added = add_files(session, wanted, limit=limit, tell=tell)
    say_added(out, added)


@command(app, "inbox")
def inbox(  # noqa: PLR0913, PLR0917 - one option for every way a proposal is changed
    ref: Ref,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Where the photos are 照片文件夹")],
    confirm: Annotated[bool, typer.Option("--confirm", help="Take the proposals 接受建议并添加")] = False,
    move: Annotated[
        list[str] | None, typer.Option("--move", metavar="FILE=ITEM", help="This one to that item (repeatable) 改到")
    ] = None,
    skip: Annotated[
        list[str] | None, typer.Option("--skip", metavar="FILE", help="Leave this one out (repeatable) 跳过")
    ] = None,
    zone: Annotated[
        str | None,
        typer.Option("--zone", metavar="+HH:MM|NAME", help="Where the camera's clock was (default: here) 照片时区"),
    ] = None,
    max_mb: MaxMb = None,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
    as_json: AsJson = False,
) -> None:
    """Sort a folder's photos into items by the time they were taken 按拍摄时间归入检查项.

    Each photo is proposed to the item that was scored last before it, that day. Nothing is added without --confirm.
    """
    from pathlib import Path

    from audit.evidence_inbox import folders_below, look_over, zone_of
    from tui.console import counted, terminal
    from tui.evidence_tables import LOOKING, limit_of, show_inbox, show_refused
    from tui.inbox import choose, inbox_shape
    from tui.opening import audit_to_write

    out = terminal(lang)
    limit, where = limit_of(max_mb), zone_of(zone) if zone else None
    with audit_to_write(store, ref, person) as session:
        with counted(out.text(LOOKING)) as tell:
            place = Path(folder).expanduser()
            found = look_over(session, folders_below(place), where, limit, tell)
        refused = {path.name for path in found.refused}
        choices = choose(session, found.photos, move or [], [name for name in skip or [] if name not in refused])
        if not as_json:
            show_inbox(out, found, choices, where)
            show_refused(
                out,
                [
                    text
                    for text, path in zip(found.problems, found.refused, strict=True)
                    if path.name not in (skip or [])
                ],
            )
        count = _take(out, session, choices, limit) if confirm else 0
    if as_json:
        out.json(inbox_shape(session.ref, found, choices, count))
    _say_left(out, choices, confirm=confirm)


@command(app, "list")
def list_(ref: Ref, item: OnlyItem = None, store: Store = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """List an audit's evidence, and what was handed in after signing 列出佐证."""
    from audit.evidence import PREFIX
    from audit.evidence_out import evidence_about
    from reports.evidence_json import evidence_json
    from tui.console import terminal
    from tui.evidence_tables import show_evidence
    from tui.opening import audit_to_read

    out = terminal(lang)
    with audit_to_read(store, ref) as session:
        pieces, later = evidence_about(session, item)
        kept = session.store.kept_files(piece.file for piece in [*pieces, *later])
        conflicts = sorted(slot.removeprefix(PREFIX) for slot in session.state.conflicts if slot.startswith(PREFIX))
    if as_json:
        shapes, beside = (
            [evidence_json(p) | {"thumbnail": p.file in kept and kept[p.file].pictured} for p in some]
            for some in (pieces, later)
        )
        out.json({"ref": session.ref, "evidence": shapes, "handed_in_later": beside, "conflicts": conflicts})
    else:
        show_evidence(out, pieces, conflicts, later)


@command(app, "remove")
def remove(
    ref: Ref,
    item: Item,
    file: Annotated[str, typer.Argument(metavar="FILE|SHA", help="Its name, or the beginning of its SHA-256 文件")],
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Take a file away from an item; its bytes and the history stay 移除佐证."""
    from audit.evidence import remove as take_away
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        piece = take_away(session, item, file)
    out.say(Text("{item}：已移除 {name}", "{item}: {name} was removed").format(item=piece.item, name=piece.name))


@command(app, "export")
def export(
    ref: Ref,
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Where to; made when missing 目标文件夹")],
    item: OnlyItem = None,
    store: Store = None,
    lang: Lang = None,
) -> None:
    """Write the original files into a folder; nothing is overwritten 导出原文件."""
    from pathlib import Path

    from audit.evidence_out import export as write_out
    from checklists.text import Text
    from tui.console import counted, terminal
    from tui.evidence_tables import EXPORTING
    from tui.opening import audit_to_read

    out = terminal(lang)
    target = Path(folder).expanduser()
    with audit_to_read(store, ref) as session, counted(out.text(EXPORTING)) as tell:
        written = write_out(session, target, item, tell)
    out.say(Text("已导出 {count} 个文件：", "Files written: {count}").format(count=len(written)))
    out.value(str(target))


@command(app, "verify")
def verify(ref: Ref, store: Store = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """Check every file's bytes against the hash recorded when it was added 核对佐证文件."""
    from audit.evidence import files_named
    from audit.evidence_out import file_problems
    from tui.console import counted, terminal
    from tui.evidence_tables import VERIFYING, show_verified
    from tui.exits import ExitCode
    from tui.opening import audit_to_read

    out = terminal(lang)
    with audit_to_read(store, ref) as session, counted(out.text(VERIFYING)) as tell:
        entries = session.journal.entries
        problems = file_problems(session.store, entries, tell)
    count = len(files_named(entries))
    if as_json:
        told = [problem.of(out.lang) for problem in problems]
        out.json({"ref": session.ref, "intact": not problems, "files": count, "problems": told})
    else:
        show_verified(out, session.ref, count, problems)
    if problems:
        raise typer.Exit(ExitCode.ATTENTION)


def _take(out: "Terminal", session: "AuditSession", choices: "list[Choice]", limit: int) -> int:
    """Add what was chosen; returns how many pieces are new."""
    from audit.evidence_adding import Wanted, add_files
    from tui.console import counted
    from tui.evidence_tables import ADDING, say_added

    wanted = [Wanted(choice.item, choice.photo.path) for choice in choices if choice.item is not None]
    with counted(out.text(ADDING)) as tell:
        added = add_files(session, wanted, limit=limit, tell=tell)
    say_added(out, added)
    return len(added.pieces)


def _say_left(out: "Terminal", choices: "list[Choice]", *, confirm: bool) -> None:
    """Say what has no item yet, and how to go on."""
    from checklists.text import Text
    from tui.exits import ExitCode
    from tui.inbox import Action

    unplaced = [choice.photo.path.name for choice in choices if choice.action is Action.UNPLACED]
    if unplaced:
        text = Text(
            "没有建议的照片：{names}。请用 --move 文件=检查项 指定，或用 --skip 跳过",
            "Photos without a proposal: {names}. Say where with --move FILE=ITEM, or leave them out with --skip",
        )
        out.say(text.format(names=", ".join(unplaced)))
    if not confirm and any(choice.item for choice in choices):
        out.say(Text("还没有添加任何照片：加上 --confirm 即接受", "Nothing was added yet: --confirm takes this over"))
    if confirm and unplaced:
        raise typer.Exit(ExitCode.ATTENTION)
