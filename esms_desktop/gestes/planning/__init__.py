"""The gestes of the planning: its tasks and links, what is typed in its table, what comes in and goes out."""
