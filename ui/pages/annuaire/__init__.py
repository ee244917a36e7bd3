"""The national directory in the window: searched, imported, drawn from, compared with the grappe."""
