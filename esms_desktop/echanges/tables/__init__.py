"""The one reader of tables: what a clipboard, a workbook or a text file holds, as lines of recognised cells. Nothing is written."""
