"""The report as a PDF, for mail and print: out of the same summary as the workbook."""
