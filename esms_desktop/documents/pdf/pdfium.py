"""The lock of pdfium, which serves one thread at a time: whoever draws or reads a page with it takes it first."""

import threading

VERROU = threading.RLock()
