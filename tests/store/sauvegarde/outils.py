"""What the tests of the backups share."""

from datetime import datetime

LIGNEE = "0" * 32


MIDI = datetime(2026, 11, 27, 12)
