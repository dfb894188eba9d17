"""One module a sheet of the report."""
