"""The Excel workbooks."""
