"""Dealerships: what is known of them, each in a journal of its own."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING

from audit.clock import now
from audit.journal import Author, Entry, Journal, read_entries
from audit.store.errors import StreamExists
from checklists.reading import half_width
from checklists.text import Text, UserError
from checklists.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.store.store import Store
    from checklists.model import Facility

SLOT = "dealer"


class UnknownDealer(UserError):
    """No dealership has that code."""


class BadDealer(UserError):
    """What was given for a dealership cannot be used."""


@dataclass(frozen=True, slots=True)
class Dealer:
    """A dealership as headquarters knows it; texts may be empty except the code and one name."""

    code: str
    name_zh: str = ""
    name_en: str = ""
    aliases: tuple[str, ...] = ()
    group: str = ""
    region: str = ""
    area_manager: str = ""
    city: str = ""
    brand: str = ""
    size_class: str = ""
    body_shop: str = "yes"
    """"yes" or "no"; what it has not, starts as not applicable with that reason."""
    ev: str = "yes"
    express_lane: str = "yes"

    @property
    def name(self) -> Text:
        """The name, in the other language where one is missing."""
        return Text(self.name_zh or self.name_en, self.name_en or self.name_zh)

    def lacks(self) -> set[Facility]:
        """Return the facilities it has not."""
        pairs: list[tuple[Facility, str]] = [
            ("body-shop", self.body_shop),
            ("ev", self.ev),
            ("express-lane", self.express_lane),
        ]
        return {facility for facility, has in pairs if has == "no"}


FIELDS = tuple(f.name for f in fields(Dealer))


class Dealers:
    """The dealerships in a store: the one way to read and change them."""

    def __init__(self, store: Store, author: Author) -> None:
        """Work on `store` as `author`."""
        self._store = store
        self._author = author

    def all(self) -> list[Dealer]:
        """Return every dealership, by code."""
        rows = self._store.streams("dealer")
        return sorted((self._read(row.id) for row in rows), key=lambda d: d.code)

    def get(self, code: str) -> Dealer:
        """Return the dealership with that code, in any case.

        Raises:
            UnknownDealer: with codes that look alike.
        """
        found = self.find(code)
        if found is None:
            known = [row.ref for row in self._store.streams("dealer")]
            raise UnknownDealer(
                Text(
                    "没有代码为“{code}”的经销商。{hint}用 dealer-audit dealer add 建立",
                    'No dealership has the code "{code}". {hint}Add it with dealer-audit dealer add',
                ).format(code=code, hint=did_you_mean(code, known))
            )
        return found

    def find(self, code: str) -> Dealer | None:
        """Return the dealership with that code, or None."""
        stream = stream_of(code)
        return self._read(stream) if self._knows(stream) else None

    def save(self, *dealers: Dealer) -> int:
        """Add new dealerships and change known ones; unchanged ones are left alone.  Returns how many were written.

        Raises:
            BadDealer: before anything is written, when one of them lacks a code or a name.
        """
        for dealer in dealers:
            check(dealer)
        known = {row.id for row in self._store.streams("dealer")}
        return sum(self._save(dealer, known=stream_of(dealer.code) in known) for dealer in dealers)

    def _save(self, dealer: Dealer, *, known: bool) -> bool:
        stream = stream_of(dealer.code)
        journal = self._journal(stream) if known else Journal()
        if known and self._read(stream) == dealer:
            return False
        entry = Entry.new(
            "dealer",
            SLOT,
            _data(dealer),
            by=self._author,
            time=now(),
            parents=journal.heads,
            replaces=journal.current(SLOT),
        )
        if known:
            self._store.append(stream, [(entry.hash, entry.body)])
            return True
        try:
            self._store.create("dealer", stream, dealer.code, [(entry.hash, entry.body)], exact=True)
        except StreamExists:  # somebody added it a moment ago
            return self._save(dealer, known=True)
        return True

    def _knows(self, stream: str) -> bool:
        return any(row.id == stream for row in self._store.streams("dealer"))

    def _read(self, stream: str) -> Dealer:
        # Two people changed it without seeing each other: one of them is shown, until somebody saves it again.
        standing = self._journal(stream).values(SLOT)
        return _dealer(min(standing, key=lambda e: e.hash).data)

    def _journal(self, stream: str) -> Journal:
        return Journal(read_entries(self._store.read(stream).entries))


def check(dealer: Dealer) -> None:
    """Refuse a dealership without a code or a name, or with a code that cannot be part of a reference.

    Raises:
        BadDealer: with what to mend.
    """
    plain = dealer.code == half_width(dealer.code) and all(c.isalnum() or c in "-_" for c in dealer.code)
    if not dealer.code or not plain or len(dealer.code) > 40:
        raise BadDealer(
            Text(
                "经销商代码“{code}”不可用：请用字母、数字、- 或 _，最多 40 个字符",
                'The dealership code "{code}" cannot be used: take letters, digits, - or _, 40 at most',
            ).format(code=dealer.code)
        )
    if any(not name.isprintable() for name in (dealer.name_zh, dealer.name_en, dealer.city)):
        raise BadDealer(
            Text(
                "经销商 {code} 的名称或城市含有换行等不可见字符",
                "The name or city of dealership {code} holds a line break or another invisible character",
            ).format(code=dealer.code)
        )
    if not dealer.name.zh:
        raise BadDealer(Text("经销商 {code} 没有名称", "Dealership {code} has no name").format(code=dealer.code))
    for facility in ("body_shop", "ev", "express_lane"):
        if getattr(dealer, facility) not in {"yes", "no"}:
            raise BadDealer(
                Text("经销商 {code} 的 {field} 应为 yes 或 no", "Dealership {code}: {field} must be yes or no").format(
                    code=dealer.code, field=facility
                )
            )


def changed(dealer: Dealer, **values: str) -> Dealer:
    """Return the dealership with the values that are not empty put in."""
    return replace(dealer, **{name: value for name, value in values.items() if value})  # type: ignore[arg-type]


def stream_of(code: str) -> str:
    """Return the id of a dealership's journal: the same in every store."""
    return f"dealer:{half_width(code).casefold()}"


def _data(dealer: Dealer) -> dict[str, object]:
    return {**asdict(dealer), "aliases": list(dealer.aliases)}


def _dealer(data: Mapping[str, object]) -> Dealer:
    known = {name: value for name, value in data.items() if name in FIELDS}
    aliases = known.pop("aliases", ())
    return Dealer(**known, aliases=tuple(aliases))  # type: ignore[arg-type]
