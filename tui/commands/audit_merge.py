"""`dealer-audit audit merge`: taking over what another laptop's store knows of its audits."""

from typing import TYPE_CHECKING, Annotated

import typer

from tui.options import AsJson, Lang, Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.store.store import Store as OpenStore
    from audit.uniting import Merged
    from checklists.text import Text
    from tui.console import Terminal


def merge(
    source: Annotated[str, typer.Argument(metavar="FROM-STORE", help="The other store: file or URL 对方数据库")],
    ref: Annotated[str | None, typer.Argument(metavar="[REF]", help="Only this audit, as it is called there")] = None,
    store: Store = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Take over what another store knows of its audits and this one does not 合并另一台电脑的数据库.

    For two laptops that wrote in copies of one store: merge on each side, and both hold the same. The other store is
    only read; nothing here is overwritten, evidence comes along, and merging again changes nothing.
    """
    from audit.uniting import merge as unite
    from tui.console import terminal
    from tui.exits import ExitCode
    from tui.opening import opened

    out = terminal(lang)
    with opened(source or None) as there, opened(store, create=True) as here:
        merged = unite(here, there, ref)
        apart = {one.ref: _conflicts(here, one) for one in merged if one.conflicts}
    if as_json:
        out.json({"merged": [_shape(one) for one in merged]})
    else:
        _say(out, merged, apart)
    if apart:
        raise typer.Exit(ExitCode.ATTENTION)


def _shape(merged: "Merged") -> dict[str, object]:
    return {
        "ref": merged.ref,
        "new": merged.new,
        "entries": merged.entries,
        "files": merged.files,
        "late": merged.late,
        "conflicts": list(merged.conflicts),
    }


def _conflicts(here: "OpenStore", merged: "Merged") -> "list[Text]":
    """Say what is in conflict and how it is settled."""
    from audit.closing import ACTION
    from audit.history import about, told
    from audit.session import AuditSession
    from audit.settling import slot_name, subject_of
    from checklists.text import Text, joined
    from tui.opening import reader

    side = Text("{entry} {person} {what}", "{entry} {person} {what}")
    text = Text(
        "  {name}：{sides}。用 audit settle {ref} {subject} --keep 记录 保留一条",
        "  {name}: {sides}. Keep one with audit settle {ref} {subject} --keep ENTRY",
    )
    planned = Text(
        "  措施 {name}：{sides}。用 plan set {ref} 定下来", "  action {name}: {sides}. Settle it with plan set {ref}"
    )
    session = AuditSession.open(here, merged.ref, reader())
    found = []
    for slot, entries in sorted(session.state.conflicts.items()):
        told_sides = [side.format(entry=e.hash[:8], person=e.person, what=told(e, session.checklist)) for e in entries]
        name = slot_name(session.state, slot)
        facts = {"sides": joined(told_sides, "；", "; "), "ref": merged.ref, "subject": subject_of(session.state, slot)}
        is_plan = slot.startswith(ACTION)
        found.append((planned if is_plan else text).format(name=about(entries[0]) if is_plan else name, **facts))
    return found


def _say(out: "Terminal", merged: "Sequence[Merged]", apart: "dict[str, list[Text]]") -> None:
    from checklists.text import Text

    taken = Text("{ref}：合并了 {entries} 条记录、{files} 个文件", "{ref}: entries merged: {entries}, files: {files}")
    begun = Text(
        "{ref}：新的评估，{entries} 条记录、{files} 个文件", "{ref}: new here, entries: {entries}, files: {files}"
    )
    same = Text("{ref}：没有新内容", "{ref}: nothing new")
    late = Text(
        "  有 {count} 条记录在签字之外，只列出不计分：audit show {ref}",
        "  Outside the seal, listed and not scored: {count} (audit show {ref})",
    )
    none = Text("对方数据库中没有评估", "The other store holds no audit")
    for one in merged:
        text = begun if one.new else taken if one.entries or one.files else same
        out.say(text.format(ref=one.ref, entries=one.entries, files=one.files))
        if one.late:
            out.say(late.format(count=one.late, ref=one.ref))
        if one.ref in apart:
            head = Text("  两边写得不同（{count} 处）：", "  Written differently on both sides: {count}")
            out.say(head.format(count=len(apart[one.ref])), style="bold red")
            for line in apart[one.ref]:
                out.say(line)
    if not merged:
        out.say(none)
