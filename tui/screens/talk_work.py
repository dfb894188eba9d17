"""What the interviews page writes: answers, findings, findings made of several; each through its dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from tui.interview_view import FINDING, INTERVIEW, QUESTION, interview_label
from tui.screens.finding_dialog import FindingDialog, Found, Offered
from tui.screens.page import Page
from tui.screens.talk_dialog import Talk, TalkDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from audit.interviews import Draft, Finding, Interview
    from audit.journal import Entry
    from audit.session import AuditSession

_NEW, _REWORD = Text("新发现", "A finding"), Text("改写 {number}", "{number} in other words")
_MERGE = Text("合并 {numbers}", "Merge {numbers}")
_STAYS = Text("{number} 保留编号；原来的文字在操作记录中", "{number} keeps its number; the history keeps the old words")
_PART = Text("{number} {text}", "{number} {text}")
_MERGED_ALREADY = Text("{number} 已并入 {into}", "{number} was merged into {into}")
_MARK_TWO = Text("先用空格选中两个或更多的发现，再按 m", "Mark two findings or more with the space bar, then press m")
_TURN_FIRST = Text(
    "先按 Tab 换到发现列表，用空格选中两个或更多，再按 m",
    "Press Tab for the findings, mark two or more with the space bar, then press m",
)
_TALKED = Text("访谈 {number}（{role}）", "interview {number} ({role})")
_FOUND = Text("发现 {number}", "finding {number}")
_REWORDED = Text("{number} 已改写", "{number} in other words")
_UNCHANGED = Text("{number} 没有改动", "Nothing was changed in {number}")
_MADE = Text("{parts} 已合并为 {number}", "{parts} merged into {number}")
_UNDONE, _REDONE = Text("已撤销：{what}", "undone: {what}"), Text("已重做：{what}", "done again: {what}")
_KINDS = {"interview": Text("访谈 {n}", "interview {n}"), "finding": Text("发现 F{n}", "finding F{n}")}


class TalkWork(Page):
    """The part of the interviews page that asks and writes."""

    def __init__(self) -> None:
        super().__init__()
        self._interviews: tuple[Interview, ...] = ()
        self._findings: tuple[Finding, ...] = ()
        self._marked: set[str] = set()

    @property
    def here(self) -> str:
        """Key of the line under the cursor."""
        raise NotImplementedError

    def saved(self, text: Text, line: str = "") -> None:
        """Say in the state line what was saved, and mark its line."""
        raise NotImplementedError

    # -- interviews --------------------------------------------------------------------------------------------------

    async def ask_again(self, number: str) -> None:
        """Ask somebody else a question that was one of the auditor's own."""
        before = next((interview for interview in self._interviews if interview.number == number), None)
        await self.ask("", Talk(role=before.role, question=before.question) if before is not None else None)

    async def ask(self, question_id: str, blank: Talk | None = None) -> None:
        """Write down what somebody answered.

        Args:
            question_id: of a guide; empty: a question of the auditor's own.
            blank: what stands there unless a draft does.
        """
        if self.refused_as_signed():
            return
        checklist = self.seen.checklist
        role, question = checklist.questions[question_id] if question_id else ("", None)
        blank = blank or Talk(role=role, person=self._person_of(role))
        kept = self.desk_app.drafts.of(self.seen.own_id, f"talk/{question_id}")
        roles = {own_id: entry.name for own_id, entry in checklist.roles.items()}

        async def told(talk: Talk) -> None:
            if talk.take and await self._record_talk(question_id, talk):
                kept.drop()
                self.desk_app.drafts.flush()  # what is saved is not offered once more
            elif talk.take:
                await self.ask(question_id, blank)

        await self.over(TalkDialog(roles, blank, kept, question), told)

    def _person_of(self, role: str) -> str:
        """Return who was asked last in that role."""
        return next((i.person for i in reversed(self._interviews) if i.role == role and i.person), "")

    async def _record_talk(self, question_id: str, talk: Talk) -> bool:
        lang = self.lang

        def record(session: AuditSession) -> Interview:
            from audit.interviews import add_interview

            asked = question_id or talk.question
            return add_interview(session, talk.role, talk.person, asked, talk.note, lang)

        added = await self.try_at(record)
        if added is None:
            return False
        line = QUESTION + added.guide if added.guide else INTERVIEW + added.number
        self.saved(_TALKED.format(number=added.number, role=added.role_name), line)
        return True

    # -- findings ----------------------------------------------------------------------------------------------------

    async def find(self, parts: Sequence[Finding] = ()) -> None:
        """Write a finding: a new one, one in other words, or one made of several."""
        if self.refused_as_signed():
            return
        numbers = tuple(part.number for part in parts)
        title, about = _NEW, None
        if len(parts) == 1:
            title, about = _REWORD.format(number=numbers[0]), _STAYS.format(number=numbers[0])
        elif parts:
            title = _MERGE.format(numbers=", ".join(numbers))
            about = joined([_PART.format(number=p.number, text=p.text) for p in parts], zh="\n", en="\n")
        kept = self.desk_app.drafts.of(self.seen.own_id, f"finding/{'+'.join(numbers)}")

        async def told(found: Found) -> None:
            if found.take and await self._record_found(numbers, found):
                kept.drop()
                self.desk_app.drafts.flush()  # what is saved is not offered once more
            elif found.take:
                await self.find(parts)

        await self.over(FindingDialog(title, self._offered(), self._draft_of(parts), kept, about), told)

    def _draft_of(self, parts: Sequence[Finding]) -> Found:
        if not parts:
            return self._draft_here()
        first = parts[0]
        return Found(
            text="\n".join(part.text for part in parts),
            department=first.department.id,
            direction=first.direction,
            item=next((p.item.id for p in parts if p.item and p.department.id == first.department.id), ""),
            kpi=next((part.kpi for part in parts if part.kpi), ""),
        )

    def _draft_here(self) -> Found:
        """Return a draft that belongs to the question or interview under the cursor."""
        kind, rest = self.here[:2], self.here[2:]
        if kind == INTERVIEW:
            return Found(interview=rest)
        if kind != QUESTION:
            return Found()
        mine = [interview for interview in self._interviews if interview.guide == rest]
        items, offered = self.seen.checklist.questions[rest][1].items, {item for item, _ in self._offered().items}
        item = items[0] if len(items) == 1 and items[0] in offered else ""
        department = self._offered().department_of.get(item, "")
        return Found(item=item, department=department, interview=mine[-1].number if mine else "")

    def _offered(self) -> Offered:
        from audit.kpi import in_scope

        seen = self.seen
        scope, checklist = seen.state.departments, seen.checklist
        items = [score.item for score in seen.scorecard.items]
        return Offered(
            departments=tuple((d.id, d.name) for d in checklist.departments if not scope or d.id in scope),
            directions=tuple((own_id, _named(own_id, d.name)) for own_id, d in checklist.directions.items()),
            items=tuple((item.id, _named(item.id, item.statement)) for item in items),
            kpis=tuple((k, _named(k, checklist.kpis[k].name)) for k in in_scope(checklist, seen.state)),
            interviews=tuple((i.number, interview_label(i)) for i in reversed(self._interviews)),
            department_of={item.id: checklist.place_of[item.id][0].id for item in items},
        )

    async def _record_found(self, numbers: tuple[str, ...], found: Found) -> bool:
        def record(session: AuditSession) -> Finding:
            from audit.interviews import add_finding, merge_findings, reword_finding

            draft = _draft(found)
            if len(numbers) == 1:
                return reword_finding(session, numbers[0], draft)
            return merge_findings(session, numbers, draft) if numbers else add_finding(session, draft)

        added = await self.try_at(record)
        if added is None:
            return False
        self._marked -= set(numbers)
        if added in self._findings:
            self.tell(_UNCHANGED.format(number=added.number))
            return True
        told = _MADE if len(numbers) > 1 else _REWORDED if numbers else _FOUND
        self.saved(told.format(parts=", ".join(added.parts), number=added.number), FINDING + added.number)
        return True

    async def reword(self, number: str) -> None:
        """Say a finding in other words, or what it belongs to."""
        finding = next((one for one in self._findings if one.number == number), None)
        if finding is None:
            return
        if finding.merged_into:
            self.tell(_MERGED_ALREADY.format(number=number, into=finding.merged_into[0]))
            return
        await self.find([finding])

    async def merge(self) -> None:
        """Make one finding of those marked."""
        chosen = [finding for finding in self._findings if finding.number in self._marked]
        if len(chosen) < 2:
            self.tell(_MARK_TWO if self.here.startswith(FINDING) else _TURN_FIRST)
            return
        await self.find(chosen)

    def mark(self, number: str) -> None:
        """Mark a finding for merging, or not any more."""
        finding = next((one for one in self._findings if one.number == number), None)
        if finding is not None and finding.merged_into:
            self.tell(_MERGED_ALREADY.format(number=number, into=finding.merged_into[0]))
        elif finding is not None:
            self._marked ^= {number}

    # -- back and forth ----------------------------------------------------------------------------------------------

    async def action_undo(self) -> None:
        """Take back the last thing written in this audit."""
        await self._turn(lambda session: session.undo(), _UNDONE)

    async def action_redo(self) -> None:
        """Do again what was taken back."""
        await self._turn(lambda session: session.redo(), _REDONE)

    async def _turn(self, turn: Callable[[AuditSession], Entry], told: Text) -> None:
        entry = await self.try_at(turn)
        if entry is not None:
            kind, _, rest = entry.slot.partition(":")
            what = _KINDS[kind].format(n=rest.partition("-")[0]) if kind in _KINDS else same(rest or entry.slot)
            self.saved(told.format(what=what))


def _named(own_id: str, name: Text) -> Text:
    return Text("{id} {name}", "{id} {name}").format(id=own_id, name=name)


def _draft(found: Found) -> Draft:
    from audit.interviews import Draft

    return Draft(found.text, found.department, found.direction, found.item, found.kpi, found.interview)
