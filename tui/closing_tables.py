"""The closing meeting for the terminal: objections with their answers, amendments, what came late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.amending import late_answers
from audit.answers import answer_words
from audit.closing import Consent
from audit.history import told
from audit.objecting import DECISION_NAMES
from audit.signing import CONSENT_NAMES
from audit.state import ITEM as ITEM_SLOT
from checklists.text import Text, joined, listed, same
from tui.console import Cell, Column
from tui.words import ITEM, NOTHING, PERSON, STATE, points

if TYPE_CHECKING:
    from decimal import Decimal

    from audit.objecting import EarlierDecision, Objection
    from audit.session import AuditSession
    from audit.state import Amendment, Signature
    from audit.summary import AuditSummary
    from checklists.model import Checklist
    from tui.console import Row, Terminal

_SIGNED_BY, _WITNESS = Text("签字", "signed by"), Text("{a}（见证人 {witness}）", "{a} (witness {witness})")
_BY_WHOM = Text("{consent}（{name}）", "{consent} ({name})")
_EARLIER = Text("此前{decision}：{answer}（{by}）；", "earlier {decision}: {answer} ({by}); ")
_SETTLED = Text("{state}（{person} 解决冲突时保留）", "{state}, kept by {person} when a conflict was settled")
_CONSENT = Text("签字方式", "consent")
_OBJECTIONS = Text("异议（截至 {due}）", "Objections (until {due})")
_AMENDMENTS = Text("签字后的修正", "Amendments after signing")
_LATE = Text(
    "签字后到达、未计分的评分（audit amend REF --take-over 记录 --reason …）",
    "Answers that arrived after signing, not scored (audit amend REF --take-over ENTRY --reason …)",
)
_ON_SITE = Text("现场签字得分 {before}，修正后 {after}", "Signed on site: {before}, after amendments: {after}")


def signature_rows(signature: Signature) -> dict[Text, Text]:
    """Return who signed, how, and the seal."""
    auditor, other = listed(signature.auditor), listed(signature.dealer_representative)
    both = Text("{a}、{b}", "{a} and {b}").format(a=auditor, b=other)
    refused = signature.consent is Consent.REFUSED
    by = both if signature.dealer_representative and not refused else auditor
    if signature.witness:
        by = _WITNESS.format(a=by, witness=listed(signature.witness))
    consent = CONSENT_NAMES[signature.consent]
    if refused and signature.dealer_representative:
        consent = _BY_WHOM.format(consent=consent, name=other)
    if signature.reservations:
        consent = Text("{consent}：{said}", "{consent}: {said}").format(consent=consent, said=signature.reservations)
    return {_SIGNED_BY: by, _CONSENT: consent, Text("封存码", "seal"): same(signature.seal)}


def closing_rows(summary: AuditSummary) -> dict[Text, Text]:
    """Return what an audit's details say of its closing meeting."""
    rows = {}
    if summary.finalized is not None:
        rows[Text("定稿", "made final by")] = same(summary.finalized.by)
    if summary.scans:
        rows[Text("签字扫描件", "signed scan")] = same(", ".join(scan.name for scan in summary.scans))
    return rows


def show_closing(terminal: Terminal, session: AuditSession, summary: AuditSummary) -> None:
    """Write objections with both answers, amendments, and what arrived late."""
    if summary.objections:
        columns = [
            Column(Text("编号", "no."), whole=True),
            Column(ITEM, whole=True),
            Column(Text("异议", "objection")),
            Column(Text("答复", "answer")),
            Column(Text("分", "points"), right=True, whole=True),
            Column(STATE),
        ]
        title = _OBJECTIONS.format(due=summary.objection_due)
        terminal.table(columns, [_objection(one) for one in summary.objections], title)
    if summary.amendments:
        columns = [
            Column(ITEM, whole=True),
            Column(Text("原评分", "before")),
            Column(Text("新评分", "after")),
            Column(Text("分", "points"), right=True, whole=True),
            Column(Text("原因", "because")),
            Column(PERSON),
            Column(STATE),
        ]
        terminal.table(columns, [_amendment(one, summary.checklist) for one in summary.amendments], _AMENDMENTS)
    if summary.on_site is not None:
        before, after = points(summary.on_site.total.earned), points(summary.scorecard.total.earned)
        terminal.line(_ON_SITE.format(before=before, after=after))
    late = late_answers(session.state)
    if late:
        columns = [Column(Text("记录", "entry"), whole=True), Column(ITEM, whole=True), Column(PERSON)]
        rows: list[Row] = [
            [e.hash[:12], e.slot.removeprefix(ITEM_SLOT), e.person, told(e, session.checklist)] for e in late
        ]
        terminal.table([*columns, Column(Text("内容", "says"))], rows, _LATE)


def _objection(objection: Objection) -> Row:
    state = DECISION_NAMES[objection.decision]
    if objection.late:
        state = Text("{state}，逾期提出", "{state}, raised late").format(state=state)
    if objection.settled_by:
        state = _SETTLED.format(state=state, person=objection.settled_by)
    change = points(objection.before) if objection.after is None else _change(objection.before, objection.after)
    said = [Text("{by}：{text}", "{by}: {text}").format(by=objection.by, text=objection.text)]
    if objection.evidence:
        files = ", ".join(objection.evidence)
        said.append(Text("（佐证 {files}）", " (evidence: {files})").format(files=files))
    answered = NOTHING
    if objection.decided_by:
        words = Text("{answer}（{by}）", "{answer} ({by})").format(answer=objection.answer, by=objection.decided_by)
        words = joined([*(_earlier(one) for one in objection.earlier), words], "", "")
        return [objection.id, objection.item, joined(said, zh="", en=""), words, change, state]
    return [objection.id, objection.item, joined(said, zh="", en=""), answered, change, Cell(state, "bold yellow")]


def _earlier(earlier: EarlierDecision) -> Text:
    decision = DECISION_NAMES[earlier.decision]
    return _EARLIER.format(decision=decision, answer=earlier.answer, by=earlier.decided_by)


def _amendment(amendment: Amendment, checklist: Checklist) -> Row:
    state = Text("有效", "stands")
    if amendment.conflict:
        state = Text("冲突", "conflict")
    elif not amendment.stands:
        state = Text("已被替换", "replaced")
    if amendment.settled_by:
        state = _SETTLED.format(state=state, person=amendment.settled_by)
    item = checklist.asked.get(amendment.item)
    before, after = answer_words(amendment.before, item), answer_words(amendment.after, item)
    because = same(amendment.reason)
    if amendment.objection:
        because = Text("{id}：{why}", "{id}: {why}").format(id=amendment.objection, why=amendment.reason)
    change = _change(amendment.points_before, amendment.points_after)
    stands = Cell(state, "" if amendment.stands else "dim")
    return [amendment.item, before, after, change, because, amendment.person, stands]


def _change(before: Decimal | None, after: Decimal | None) -> str:
    told = ["–" if value is None else points(value) for value in (before, after)]
    return told[0] if before == after else " → ".join(told)
