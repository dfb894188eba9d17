"""`dealer-audit settings`: the person, the language, the device."""

from typing import Annotated

import typer

from tui.options import AsJson


def settings(
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Your name in every entry 您的姓名")
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help="Language from now on 以后的语言")] = None,
    brand: Annotated[
        str | None,
        typer.Option("--brand", metavar="FILE.yaml", help="Brand file of every report; none: - 报告样式文件"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show or set your name and language 查看或修改设置."""
    from checklists.text import Text
    from tui.console import terminal
    from tui.report_look import brand_to_keep
    from tui.settings import change_settings, settings_file, with_device

    out = terminal(lang)
    chosen = None if lang is None else out.lang
    look = None if brand is None else brand_to_keep(brand)
    asked = (name, chosen, look)
    kept = with_device() if asked == (None, None, None) else change_settings(name=name, lang=chosen, brand=look)
    if as_json:
        own = {"name": kept.person, "lang": out.lang, "device": kept.device, "brand": kept.brand}
        out.json({**own, "file": str(settings_file())})
        return
    from_system = Text("（来自系统）", " (from the system)")
    lines = [
        (Text("姓名：{value}{source}", "name:     {value}{source}"), kept.person, "" if kept.name else from_system),
        (Text("语言：{value}{source}", "language: {value}{source}"), out.lang, "" if kept.lang else from_system),
        (Text("设备：{value}{source}", "device:   {value}{source}"), kept.device, ""),
        *([(Text("样式：{value}{source}", "brand:    {value}{source}"), kept.brand, "")] if kept.brand else []),
        (Text("文件：{value}{source}", "file:     {value}{source}"), settings_file(), ""),
    ]
    for text, value, source in lines:
        out.line(text.format(value=value, source=source))
