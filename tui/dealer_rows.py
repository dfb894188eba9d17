"""Dealerships from a sheet: all rows are read before any is saved, and every problem is told with its place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.dealers import BadDealer, Dealer, Dealers, changed, check
from checklists.reading import UnreadableAnswer, read_yes_no
from checklists.sources.tables import read_table
from checklists.text import Text, UserError
from tui.problems import in_place

if TYPE_CHECKING:
    from checklists.sources.tables import Row

COLUMNS = {
    "code": ("代码", "经销商代码", "编码", "编号", "dealer code", "dealer"),
    "name_zh": ("名称", "中文名称", "经销商名称", "经销商", "name", "name (zh)", "chinese name"),
    "name_en": ("英文名称", "英文名", "name (en)", "english name"),
    "aliases": ("别名", "简称", "alias"),
    "group": ("集团", "投资集团", "dealer group"),
    "region": ("区域", "大区"),
    "area_manager": ("区域经理", "area manager"),
    "city": ("城市", "市"),
    "brand": ("品牌",),
    "size_class": ("规模", "级别", "等级", "size class", "size"),
    "body_shop": ("钣喷", "钣喷车间", "body shop", "has body shop"),
    "ev": ("新能源", "电动车", "新能源车维修", "has ev", "electric"),
    "express_lane": ("快保", "快保工位", "express lane", "has express lane"),
}
"""Columns of a dealership sheet and the headers people give them."""

FACILITIES = ("body_shop", "ev", "express_lane")
_TWICE = Text("{code} 在 {first} 已经出现过", "{code} stands in {first} already")
_ALIASES = re.compile(r"[;；、|]+")


def read_dealers(path: str, dealers: Dealers) -> tuple[list[Dealer], list[Text]]:
    """Read a sheet of dealerships; empty cells leave what is known as it is.  Nothing is saved.

    Returns:
        The dealerships, and all problems.

    Raises:
        UnreadableTable: when the file as a whole cannot be read.
    """
    table = read_table(path, COLUMNS, required=("code",))
    found: list[Dealer] = []
    problems: list[Text] = []
    first: dict[str, Text] = {}
    for row in table.rows:
        place = row.cells["code"].place if "code" in row.cells else Text("第 {n} 行", "row {n}").format(n=row.number)
        try:
            dealer = _dealer(row, dealers)
            if dealer.code.casefold() in first:
                raise BadDealer(_TWICE.format(code=dealer.code, first=first[dealer.code.casefold()]))
            first[dealer.code.casefold()] = place
            check(dealer)
        except _BadCell as error:
            problems.append(in_place(error.place, error.text))
        except UserError as error:
            problems.append(in_place(place, error.text))
        else:
            found.append(dealer)
    return found, problems


def yes_or_no(has: bool | None) -> str:
    """Return a facility as it is stored; nothing where nothing was said."""
    return "" if has is None else "yes" if has else "no"


class _BadCell(UserError):
    def __init__(self, place: Text, text: Text) -> None:
        super().__init__(text)
        self.place = place


def _dealer(row: Row, dealers: Dealers) -> Dealer:
    code = row.text("code")
    known = (dealers.find(code) if code else None) or Dealer(code)
    values = {name: row.text(name) for name in COLUMNS if name not in {"code", "aliases", *FACILITIES}}
    facilities = {name: _facility(row, name) for name in FACILITIES}
    aliases = tuple(alias.strip() for alias in _ALIASES.split(row.text("aliases")) if alias.strip())
    return replace(changed(known, **values, **facilities), aliases=aliases or known.aliases)


def _facility(row: Row, name: str) -> str:
    if not row.text(name):
        return ""
    try:
        return yes_or_no(read_yes_no(row.text(name)))
    except UnreadableAnswer as error:
        raise _BadCell(row.cells[name].place, error.text) from error
