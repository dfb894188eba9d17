"""Where checklists and sheets come from: YAML folders, workbooks, CSV."""
