"""What leaves the tool: workbooks."""
