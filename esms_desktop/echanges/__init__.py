"""In and out: pasted tables, calendars, project files. Nothing here writes to the base."""
