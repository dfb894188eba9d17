"""`dealer-audit dealer`: the dealerships that are assessed."""

from typing import Annotated

import typer

from checklists.text import Text
from tui.front import command, group
from tui.options import AsJson, Lang, Person, Store

_SAVED = Text("{code} {name}：{done}", "{code} {name}: {done}")
_ADDED, _CHANGED, _UNCHANGED = Text("已新增", "added"), Text("已修改", "changed"), Text("没有变化", "unchanged")

app = group("Dealerships: add, list, import 经销商")


@command(app, "add")
def add(  # noqa: PLR0913, PLR0917 - one option for everything known of a dealership
    code: Annotated[str, typer.Argument(metavar="CODE", help="Its code, part of every reference 代码")],
    name: Annotated[str, typer.Option("--name", "--name-zh", metavar="NAME", help="Chinese name 中文名称")] = "",
    name_en: Annotated[str, typer.Option("--name-en", metavar="NAME", help="English name 英文名称")] = "",
    alias: Annotated[list[str] | None, typer.Option("--alias", metavar="NAME", help="Other names 别名")] = None,
    dealer_group: Annotated[str, typer.Option("--group", metavar="TEXT", help="Dealer group 集团")] = "",
    region: Annotated[str, typer.Option("--region", metavar="TEXT", help="Region 区域")] = "",
    area_manager: Annotated[str, typer.Option("--area-manager", metavar="NAME", help="区域经理")] = "",
    city: Annotated[str, typer.Option("--city", metavar="TEXT", help="City 城市")] = "",
    brand: Annotated[str, typer.Option("--brand", metavar="TEXT", help="Brand 品牌")] = "",
    size_class: Annotated[str, typer.Option("--size-class", metavar="TEXT", help="Size class 规模")] = "",
    body_shop: Annotated[bool | None, typer.Option("--body-shop/--no-body-shop", help="钣喷车间")] = None,
    ev: Annotated[bool | None, typer.Option("--ev/--no-ev", help="Repairs electric vehicles 新能源车")] = None,
    express_lane: Annotated[bool | None, typer.Option("--express-lane/--no-express-lane", help="快保工位")] = None,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Add a dealership, or change what is given of a known one 新增或修改经销商."""
    from dataclasses import replace

    from audit.dealers import Dealer, Dealers, changed
    from tui.console import terminal
    from tui.dealer_rows import yes_or_no
    from tui.opening import opened, writer

    out = terminal(lang)
    with opened(store, create=True) as kept:
        dealers = Dealers(kept, writer(person))
        known = dealers.find(code)
        dealer = changed(
            known or Dealer(code),
            name_zh=name,
            name_en=name_en,
            group=dealer_group,
            region=region,
            area_manager=area_manager,
            city=city,
            brand=brand,
            size_class=size_class,
            body_shop=yes_or_no(body_shop),
            ev=yes_or_no(ev),
            express_lane=yes_or_no(express_lane),
        )
        written = dealers.save(replace(dealer, aliases=tuple(alias)) if alias else dealer)
    done = _UNCHANGED if not written else _CHANGED if known else _ADDED
    out.say(_SAVED.format(code=dealer.code, name=dealer.name, done=done))


@command(app, "list")
def list_(store: Store = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """List the dealerships 列出经销商."""
    from audit.dealers import Dealers
    from tui.console import Column, Row, terminal
    from tui.opening import opened, reader
    from tui.shapes import dealer_shape
    from tui.words import NAME

    out = terminal(lang)
    with opened(store) as kept:
        dealers = Dealers(kept, reader()).all()
    if as_json:
        out.json({"dealers": [dealer_shape(dealer) for dealer in dealers]})
        return
    if not dealers:
        out.say(Text("还没有经销商：dealer-audit dealer add", "No dealerships yet: dealer-audit dealer add"))
        return
    columns = [
        Column(Text("代码", "code"), whole=True),
        Column(NAME),
        Column(Text("城市", "city")),
        Column(Text("区域", "region")),
        Column(Text("品牌", "brand")),
        Column(Text("没有", "lacks")),
    ]
    rows: list[Row] = [[d.code, d.name, d.city, d.region, d.brand, ", ".join(sorted(d.lacks()))] for d in dealers]
    out.table(columns, rows)


@command(app, "import")
def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help=".csv or .xlsx with headers 带表头的表格")],
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Read dealerships from a sheet: all rows or none 从表格导入经销商."""
    from pathlib import Path

    from audit.dealers import Dealers
    from tui.console import terminal
    from tui.dealer_rows import read_dealers
    from tui.opening import opened, writer
    from tui.problems import BadRows

    out = terminal(lang)
    with opened(store, create=True) as kept:
        dealers = Dealers(kept, writer(person))
        found, problems = read_dealers(file, dealers)
        if problems:
            raise BadRows(Path(file).name, problems)
        written = dealers.save(*found)
    out.say(
        Text(
            "读取 {found} 家经销商，新增或修改 {written} 家", "{found} dealerships read, {written} added or changed"
        ).format(found=len(found), written=written)
    )
