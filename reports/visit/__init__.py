"""The letter before a visit: what it says (`content`), as a workbook (`sheets`) and as Markdown (`markdown`)."""
