"""The foot of the first page: how the dealership signs, lines for both sides, room for the chop, the check code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.clock import shown
from audit.closing import Consent
from checklists.text import Text, listed, same

if TYPE_CHECKING:
    from audit.state import Signature
    from audit.summary import AuditSummary
    from reports.page import Page

_HEAD = Text("签字", "Signatures")
CONSENT = Text("经销商意见", "The dealership")
CONSENTS: dict[Consent, Text] = {
    Consent.AGREED: Text("同意", "agrees"),
    Consent.RESERVATIONS: Text("保留意见", "agrees with reservations"),
    Consent.REFUSED: Text("拒绝签字", "refuses to sign"),
}
CHOSEN, BLANK = "☑", "□"
_AUDITOR, _DEALER = Text("评估员（咨询师）", "Auditor"), Text("经销商代表", "For the dealership")
CHOP = Text("公司盖章", "Company chop")
_WITNESS = Text("见证人", "Witness")
_RESERVED = Text("保留意见：{text}", "Reservations: {text}")
_WHY_REFUSED = Text("拒签理由：{text}", "Reason for refusing: {text}")
DATE = Text("日期：", "Date:")
SIGNED = Text("签字时间：{time}", "Signed: {time}")
_CODE = Text(
    "校验码 {code}   核对：dealer-audit audit verify {ref} --seal {plain}",
    "Check code {code}   to verify: dealer-audit audit verify {ref} --seal {plain}",
)
_UNSIGNED = Text("未签字：没有校验码，内容仍可能变动。", "Not signed yet: no check code, everything may still change.")
_LINE_HEIGHT = 62.0
"""Room to sign in, and for half of a chop."""


def write_signatures(page: Page, summary: AuditSummary, row: int, last: int) -> int:
    """Write the foot from a row on; returns the row below it."""
    page.across(row, 0, last, _HEAD, "cell", "band", "indent")
    page.sheet.set_row(row, 20)
    signed = summary.signature
    row = _write_consent(page, signed, row + 1, last)
    thirds = ((0, 2), (3, 5), (6, last))
    sides = [(*auditor_side(signed), signed), (*dealer_side(signed), signed)]
    for (first, end), (role, name, own) in zip(thirds, sides, strict=False):
        words = page.words(role) if not name.zh else f"{page.words(role)}: {page.words(name)}"
        page.across(row, first, end, words.replace("\n", " | "), "cell", "left", "bold", "wrap")
        page.across(row + 1, first, end, "", "cell")
        time = SIGNED.format(time=shown(own.time)) if own else DATE
        page.across(row + 2, first, end, time, "cell", "left", "muted", "small", "wrap")
    page.across(row, *thirds[2], page.words(CHOP).replace("\n", " | "), "cell", "center", "muted")
    page.sheet.merge_range(row + 1, thirds[2][0], row + 2, thirds[2][1], "", page.styles.of("cell"))
    names = [
        (f"{page.words(role)}: {page.words(name)}", page.span(first, end))
        for (first, end), (role, name, _) in zip(thirds, sides, strict=False)
    ]
    page.sheet.set_row(row, max(22.0, page.row(row, names)))
    page.sheet.set_row(row + 1, _LINE_HEIGHT)
    page.sheet.set_row(row + 2, 32.0 if page.lang == "both" else 20.0)
    return _write_code(page, summary, row + 3, last)


def _write_consent(page: Page, signed: Signature | None, row: int, last: int) -> int:
    """Write the three ways to sign, the one chosen ticked, and what was reserved."""
    chosen = signed.consent if signed else None
    options = [f"{CHOSEN if consent is chosen else BLANK} {page.words(name)}" for consent, name in CONSENTS.items()]
    page.text(row, 0, CONSENT, "cell", "label", "wrap")
    page.across(row, 1, last, "      ".join(option.replace("\n", " | ") for option in options), "cell", "left", "bold")
    page.sheet.set_row(row, max(22.0, page.row(row, [(page.words(CONSENT), page.widths[0])])))
    if signed is None or not signed.reservations:
        return row + 1
    words = page.words(reserved(signed))
    page.across(row + 1, 0, last, words, "cell", "left", "wrap", "notice")
    page.row(row + 1, [(words, page.span(0, last))])
    return row + 2


def reserved(signed: Signature) -> Text:
    """Return what the dealership has reservations about, or why it refused to sign."""
    return (_WHY_REFUSED if signed.consent is Consent.REFUSED else _RESERVED).format(text=signed.reservations)


def auditor_side(signed: Signature | None) -> tuple[Text, Text]:
    """Return who signs for the auditors."""
    return _AUDITOR, listed(signed.auditor if signed else "")


def dealer_side(signed: Signature | None) -> tuple[Text, Text]:
    """Return who signs for the dealership; where it refused, the witness of that."""
    if signed is None:
        return _DEALER, same("")
    if signed.consent is Consent.REFUSED:
        return _WITNESS, listed(signed.witness)
    return _DEALER, listed(signed.dealer_representative)


def _write_code(page: Page, summary: AuditSummary, row: int, last: int) -> int:
    words = check_code(summary)
    page.across(row, 0, last, words, "cell", "left", "wrap", "small", "muted")
    page.sheet.set_row(row, max(20.0, page.row(row, [(page.words(words), page.span(0, last))])))
    # A page fitted to its paper may lose its last row to rounding: this one is empty.
    page.sheet.set_row(row + 1, 14)
    return row + 2


def check_code(summary: AuditSummary) -> Text:
    """Return the check code of a signed audit and how to verify it."""
    signed = summary.signature
    if signed is None:
        return _UNSIGNED
    spaced = " ".join(signed.code[n : n + 4] for n in range(0, len(signed.code), 4))
    return _CODE.format(code=spaced, ref=same(summary.ref), plain=signed.code)
