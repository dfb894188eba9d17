"""A review as its page shows it: groups of lines, each with its sign, its words and the place it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from checklists.text import Text, joined, listed, same
from tui.plain import plain
from tui.screens.score_text import laid_out
from tui.wrapping import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.content import Content

    from audit.matters import Matter, Place
    from audit.review import Review
    from audit.scorecard import DepartmentScore
    from audit.state import Signature
    from checklists.text import Lang

STOPS, LOOK, DECIDED, WEAK, STRONG, DIRECTIONS = (
    Text("不能签字", "What stops signing"),
    Text("请再看一眼", "Look twice"),
    Text("结论依据", "Decided by"),
    Text("失分最多", "Most points lost"),
    Text("做得好的", "Done well"),
    Text("辅导方向", "Coaching directions"),
)
LOSSLESS = Text("没有分值的弱项", "Weak items without points")
CAN_SIGN = Text("可以签字", "Ready to sign")
READY = Text("没有妨碍签字的内容", "Nothing stops signing")
SIGNATURES = Text("签字", "Signatures")
_SIGNED = Text("{auditor} 与 {other} 已签字", "Signed by {auditor} and {other}")
_RESERVED = Text("{auditor} 与 {other} 已签字（保留意见）", "Signed by {auditor}, and by {other} with reservations")
_REFUSED = Text(
    "{auditor} 已签字；经销商拒绝签字（见证人 {witness}）",
    "Signed by {auditor}; the dealership refused (witness {witness})",
)
_WEAK = Text("{number}  {statement}", "{number}  {statement}")
_ABOVE = Text("{number}  {statement}（达到合格线）", "{number}  {statement} (meets its pass rate)")
_NOTHING_ODD = Text("没有需要再看的内容", "Nothing to look at twice")
_NO_LOSS = Text("没有失分", "No points are lost")
_COUNTED = Text("{title}  {count}", "{title}  {count}")
_LOST = Text("{name}  失 {lost} 分，{count} 个弱项", "{name}  {lost} points lost, weak items: {count}")
_STRONG = Text("{department} {section}  {rate}", "{department}, {section}  {rate}")
_SCORE = Text("{earned} / {possible}", "{earned} / {possible}")
_RANGE = Text("{worst}–{best} / {possible}", "{worst}–{best} / {possible}")
DECIDED_LINES = "decided/"
"""What the keys of the verdict and its reasons begin with."""
SIGNED_LINE = "stop/signed"
"""Key of the line that says who signed."""
_BAR, _LEAST_BAR, _GAP, _LEAST_NAME = 8, 4, 3, 12
_FIGURES = 2 + 1 + _BAR + 1 + 11
"""Cells of a department beside its name: sign, bar, and points such as 167.48/290."""
_SIGNS = {True: ("✓", "full"), False: ("✗", "zero"), None: ("…", "part")}
_ON_SCREEN = str.maketrans("√×", "✓✗")
"""Signs of the report, as all the screens show them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line."""

    key: str
    """The same for the same matter, whatever else comes or goes."""
    sign: str
    words: Text
    style: str = ""
    place: Place | None = None
    """Where it leads; None: nowhere."""
    number: str = ""
    """Number of the weak item it stands for."""
    heading: bool = False

    @property
    def leads(self) -> bool:
        """Whether Enter goes somewhere from it."""
        return self.place is not None or self.key == SIGNED_LINE or self.key.startswith(DECIDED_LINES)

    def content(self, lang: Lang, width: int) -> Content:
        """Return it broken for a width."""
        if self.heading:
            return plain(self.words.of(lang)).stylize("bold $secondary")
        return laid_out([(f"{self.sign} ", self.words.of(lang), self.style)], width)


def rows_of(review: Review) -> list[Row]:
    """Return all lines, group by group."""
    rows = [
        *_stops(review),
        *_group("look", LOOK, _matters("look", review.second_looks, "?", ""), _NOTHING_ODD),
        *_group("decided", DECIDED, _reasons(review)),
        *_group("loss", WEAK, _losses(review), _NO_LOSS),
        *_group("weak", LOSSLESS, _lossless(review)),
        *_group("strong", STRONG, _strong(review)),
        *_group("direction", DIRECTIONS, _directions(review)),
    ]
    return list(_distinct(rows))


def departments_text(review: Review, lang: Lang, width: int) -> Content:
    """Return a bar a department, as many beside each other as find room."""
    from textual.content import Content

    scores = [d for d in review.summary.scorecard.departments if d.left is None]
    names = [plain(d.department.name.of(lang)).plain for d in scores]
    longest = max(map(cell_len, names), default=1)
    rooms = {n: (width + _GAP) // n - _GAP - _FIGURES for n in (3, 2, 1)}
    whole = [n for n, room in rooms.items() if n > 1 and room >= longest]
    across = (whole or [n for n, room in rooms.items() if n < 3 and room >= _LEAST_NAME] or [1])[0]
    bar = max(_LEAST_BAR, _BAR - max(0, longest - rooms[across]))
    name_width = max(1, min(longest, rooms[across] + _BAR - bar))
    cells = [_department(score, name, name_width, bar) for score, name in zip(scores, names, strict=True)]
    lines = [cells[n : n + across] for n in range(0, len(cells), across)]
    return Content("\n").join([Content(" " * _GAP).join(line) for line in lines])


def total_text(review: Review) -> Text:
    """Return the total: what is earned of what, or between what it will lie while items are open."""
    from checklists.points import printed

    total = review.summary.scorecard.total
    if total.counts.open:
        numbers = {"worst": total.worst, "best": total.best, "possible": total.possible}
        return _RANGE.format(**{name: printed(value) for name, value in numbers.items()})
    return _SCORE.format(earned=printed(total.earned), possible=printed(total.possible))


def _department(score: DepartmentScore, name: str, name_width: int, bar_width: int) -> Content:
    from textual.content import Content

    from checklists.points import printed

    sign, style = _SIGNS[None if score.passed is not True and score.counts.open else bool(score.passed)]
    if score.passed is None:
        sign, style = "-", "leaves"
    filled = int(score.earned * bar_width * 2 / score.possible) if score.possible else 0
    bar = ("█" * (filled // 2) + "▌" * (filled % 2)).ljust(bar_width)
    figures = f"{printed(score.earned):>6}/{printed(score.possible):<4}"
    return Content.assemble(
        (f"{sign} ", f"${style}"),
        (set_cell_size(cut(name, name_width), name_width) + " ", "not bold"),
        (bar, f"${style}"),
        (f" {figures}", "not bold"),
    )


def _group(key: str, title: Text, rows: Iterable[Row], empty: Text | None = None) -> list[Row]:
    """Return a group under its heading; one without lines says so, or is left out."""
    found = list(rows)
    if not found and empty is None:
        return []
    if not found and empty is not None:
        return [Row(f"{key}/", "", title, heading=True), Row(f"{key}/empty", "✓", empty, "$full")]
    named = _COUNTED.format(title=title, count=len(found))
    return [Row(f"{key}/", "", named, heading=True), *found]


def _matters(group: str, matters: Sequence[Matter], sign: str, style: str) -> Iterator[Row]:
    for matter in matters:
        place = matter.place
        subject = (
            (place.set and f"{place.set}/{place.record}")
            or place.item
            or place.kpi
            or place.finding
            or place.question
            or place.conflict
            or place.detail
        )
        yield Row(f"{group}/{matter.concern}/{subject}", sign, matter.text, style, place)


def _reasons(review: Review) -> Iterator[Row]:
    from audit.review import reason_place
    from reports.words import verdict_words

    word, shade = verdict_words(review.summary)
    style = {"passed": "bold $full", "failed": "bold $zero"}.get(shade, "bold $part")
    yield Row("decided/verdict", " ", Text(word.zh.translate(_ON_SCREEN), word.en.translate(_ON_SCREEN)), style)
    for reason in review.reasons:
        place = reason_place(review.summary, reason.about)
        yield Row(f"decided/{reason.code}/{reason.about}", "·", reason.said, "", place)


def _stops(review: Review) -> list[Row]:
    """Return what stops signing; of a signed audit, who signed and when."""
    from audit.clock import shown

    signed = review.summary.signature
    if signed is None:
        return _group(
            "stop", STOPS if review.stoppers else CAN_SIGN, _matters("stop", review.stoppers, "!", "$conflict"), READY
        )
    words = joined([signed_words(signed), same(shown(signed.time))], zh="，", en=", ")
    sign, style = {"agreed": ("✓", "$full"), "refused": ("✗", "$zero")}.get(signed.consent, ("~", "$part"))
    return [Row("stop/", "", SIGNATURES, heading=True), Row(SIGNED_LINE, sign, words, style)]


def signed_words(signed: Signature) -> Text:
    """Return who signed, and how."""
    named = {"auditor": signed.auditor, "other": signed.dealer_representative, "witness": signed.witness}
    people = {who: listed(name) for who, name in named.items()}
    return {"refused": _REFUSED, "reservations": _RESERVED}.get(signed.consent, _SIGNED).format(**people)


def _losses(review: Review) -> Iterator[Row]:
    """Yield the items that lost points; a weak item in its own words, one above its pass rate marked as that."""
    from audit.matters import Place
    from checklists.points import printed

    width = max((len(printed(loss.score.points_lost)) for loss in review.losses), default=0)
    for loss in review.losses:
        item = loss.score.item
        words = _WEAK if loss.weak else _ABOVE
        said = words.format(number=item.id, statement=loss.score.weak if loss.weak else item.statement)
        sign = f"{printed(loss.score.points_lost):>{width}}"
        yield Row(f"loss/{item.id}", sign, said, "", Place(item=item.id), item.id if loss.weak else "")


def _lossless(review: Review) -> Iterator[Row]:
    from audit.review import weak_place

    lost = {loss.score.item.id for loss in review.losses}
    for weak in review.summary.weak_items:
        if weak.number not in lost:
            words = _WEAK.format(number=weak.number, statement=weak.statement)
            yield Row(f"weak/{weak.number}", "·", words, "", weak_place(weak), weak.number)


def _strong(review: Review) -> Iterator[Row]:
    from audit.matters import Place
    from checklists.points import percent

    names = {s.section.id: d.department.name for d in review.summary.scorecard.departments for s in d.sections}
    for section in review.strongest:
        words = _STRONG.format(
            department=names[section.section.id],
            section=section.section.name,
            rate=percent(section.earned, section.possible, 0),
        )
        place = Place(item=section.section.items[0].id)
        yield Row(f"strong/{section.section.id}", "✓", words, "", place)


def _directions(review: Review) -> Iterator[Row]:
    from checklists.points import printed

    for direction in review.directions:
        words = _LOST.format(name=direction.name, lost=printed(direction.points_lost), count=direction.weak)
        yield Row(f"direction/{direction.id}", f"{direction.id:>2}", words, "", direction.place)


def _distinct(rows: Iterable[Row]) -> Iterator[Row]:
    """Number those that say different things of one place."""
    from dataclasses import replace

    seen: dict[str, int] = {}
    for row in rows:
        seen[row.key] = seen.get(row.key, 0) + 1
        yield row if seen[row.key] == 1 else replace(row, key=f"{row.key}/{seen[row.key]}")
