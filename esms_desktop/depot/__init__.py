"""The filing: one file per piece, the bundle, the ZIP, the manifest, and the proof that they are what they say."""

import logging

# Without a log, what is noted goes nowhere rather than on the terminal of whoever uses this package.
logging.getLogger(__name__).addHandler(logging.NullHandler())
