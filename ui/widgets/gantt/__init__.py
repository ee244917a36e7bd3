"""The Gantt chart: bars on days, drawn only where they are seen, moved by mouse and by keyboard."""
