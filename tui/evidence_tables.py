"""Evidence on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.evidence import MAX_BYTES, TAKEN_FROM
from checklists.text import Text, joined, same
from tui.console import Column
from tui.inbox import Action
from tui.problems import WrongUsage
from tui.words import ITEM, NOTHING, PERSON, STATE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from audit.evidence import Evidence
    from audit.evidence_adding import Added
    from audit.evidence_inbox import Inbox, Photo
    from tui.console import Row, Terminal
    from tui.inbox import Choice

ADDING, LOOKING = Text("添加文件", "adding files"), Text("读取照片", "reading photos")
EXPORTING, VERIFYING = Text("导出文件", "writing files"), Text("核对文件", "checking files")
_MOST_NAMES = 8
_FILE, _TAKEN = Text("文件", "file"), Text("拍摄或文件时间", "taken")

_ACTIONS = {
    Action.PROPOSED: Text("建议", "proposed"),
    Action.MOVED: Text("改到", "moved"),
    Action.SKIPPED: Text("跳过", "skipped"),
    Action.KNOWN: Text("已在 {items}", "already at {items}"),
    Action.UNPLACED: Text("没有建议", "no proposal"),
}
_REFUSED = Text("不能添加，已略过：{problem}", "Cannot be added, left out: {problem}")


def limit_of(typed: str | None) -> int:
    """Return the most bytes a file may have; what was typed is in MB.

    Raises:
        WrongUsage: it is no number above 0.
    """
    if typed is None:
        return MAX_BYTES
    try:
        size = float(typed)
    except ValueError:
        size = 0.0
    if not 0 < size <= 1000:
        raise WrongUsage(
            Text("--max-mb 应为 0 到 1000 之间的数：{typed}", "--max-mb must be a number up to 1000: {typed}").format(
                typed=typed
            )
        )
    return int(size * 1024 * 1024)


def say_added(out: Terminal, added: Added) -> None:
    """Say what is new, what was there already, and what cannot be shown."""
    by_item: dict[str, list[Evidence]] = {}
    for piece in added.pieces:
        by_item.setdefault(piece.item, []).append(piece)
    for item, pieces in by_item.items():
        names = joined([same(piece.name) for piece in pieces[:_MOST_NAMES]])
        if len(pieces) > _MOST_NAMES:
            names = joined([names, same("…")])
        text = Text("{item}：已添加 {count} 个文件：{names}", "{item}: files added: {count} ({names})")
        out.say(text.format(item=item, count=len(pieces), names=names))
    for piece in added.known:
        text = Text("{item}：{name} 已经在了，没有改动", "{item}: {name} is there already, nothing was changed")
        out.say(text.format(item=piece.item, name=piece.name))
    for remark in added.remarks:
        out.say(remark)


def show_evidence(
    out: Terminal, pieces: Sequence[Evidence], conflicts: Sequence[str], later: Sequence[Evidence] = ()
) -> None:
    """Write the list, and below it what was handed in after signing."""
    columns = [
        Column(ITEM, whole=True),
        Column(_FILE),
        Column(Text("大小", "size"), right=True, whole=True),
        Column(_TAKEN, whole=True),
        Column(PERSON),
        Column(same("SHA-256"), whole=True),
    ]
    if pieces:
        out.table(columns, [_row(piece) for piece in pieces])
    else:
        out.line(Text("还没有佐证", "There is no evidence yet"))
    if later:
        out.line(
            Text("签字之后提交（异议、签字扫描件、措施）：", "Handed in after signing (objections, scans, actions):")
        )
        out.table(columns, [_row(piece) for piece in later])
    for slot in conflicts:
        file, _, item = slot.partition("/")
        text = Text(
            "冲突：{item} 的文件 {file} 有不同的记录；请重新添加或移除它",
            "Conflict: what is recorded of the file {file} at {item} differs; add it again, or remove it",
        )
        out.line(text.format(item=item, file=file[:12]))


def _row(piece: Evidence) -> Row:
    return [piece.item, piece.name, size_shown(piece.size), _time(piece), piece.person, piece.file[:12]]


def show_inbox(out: Terminal, inbox: Inbox, choices: Sequence[Choice], zone: tzinfo | None) -> None:
    """Write the photos with what becomes of each."""
    columns = [
        Column(_FILE),
        Column(_TAKEN, whole=True),
        Column(ITEM, whole=True),
        Column(STATE),
        Column(Text("依据", "because")),
    ]
    rows: list[Row] = [
        [
            choice.photo.path.name,
            _time(choice.photo),
            choice.item or NOTHING,
            _ACTIONS[choice.action].format(items=", ".join(choice.photo.known)),
            _because(choice, zone),
        ]
        for choice in choices
    ]
    if rows:
        out.table(columns, rows)
    else:
        out.line(Text("文件夹中没有照片", "There are no photos in the folder"))
    if inbox.others:
        text = Text(
            "不是照片、未处理的文件：{names}（用 evidence add 添加）",
            "Files that are no photos, left alone: {names} (add them with evidence add)",
        )
        out.say(text.format(names=", ".join(path.name for path in inbox.others)))


def show_refused(out: Terminal, problems: Sequence[Text]) -> None:
    """Say which pictures of an inbox cannot be taken, and that the others can."""
    for problem in problems:
        out.say(_REFUSED.format(problem=problem), style="yellow")


def show_verified(out: Terminal, ref: str, count: int, problems: Sequence[Text]) -> None:
    """Say whether all files are what was added."""
    if not problems:
        out.line(
            Text("{ref}：{count} 个佐证文件完整", "{ref}: evidence files intact: {count}").format(ref=ref, count=count)
        )
        return
    head = Text("{ref}：佐证与记录不符：", "{ref}: evidence is not as it was recorded:")
    out.line(head.format(ref=ref), style="bold red")
    for problem in problems:
        out.line(Text("  {problem}", "  {problem}").format(problem=problem))


def size_shown(size: int) -> str:
    """Return a size as people read it."""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{-(-size // 1024)} KB"


def _time(thing: Evidence | Photo) -> Text:
    shown = thing.taken[:16].replace("T", " ")
    if thing.taken_from == "exif":
        return same(shown)
    return Text("{time}（{source}）", "{time} ({source})").format(time=shown, source=TAKEN_FROM[thing.taken_from])


def _because(choice: Choice, zone: tzinfo | None) -> Text:
    scored = choice.photo.scored
    if choice.action is not Action.PROPOSED or scored is None:
        return same("")
    time = scored.time.astimezone(zone).strftime("%H:%M")
    text = Text("{person} {time} 评了 {item}", "{person} scored {item} at {time}")
    return text.format(person=scored.person, time=time, item=scored.item)
