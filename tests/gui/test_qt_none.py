"""Qt calls that return None keep the interpreter alive (PySide6 6.12 lost one reference at each)."""

import subprocess
import sys

_CODE = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
for i in range(20_000):
    assert label.setEnabled(bool(i % 2)) is None
print("vivant")
"""


def test_twenty_thousand_none_returning_calls_survive() -> None:
    fini = subprocess.run(
        [sys.executable, "-c", _CODE], capture_output=True, text=True, timeout=60, check=False
    )
    assert fini.returncode == 0, fini.stderr
    assert fini.stdout.strip() == "vivant"
