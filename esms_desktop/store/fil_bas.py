"""A thread that lets every other go first: what nobody asked for must not be felt."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def fil_bas(voulu: bool = True) -> Iterator[None]:
    """Has this thread go after the others, where the system can say so of one thread; it stays so afterwards.

    A thread may only go down: the one that does this work does nothing else.
    """
    if voulu and hasattr(os, "setpriority") and os.uname().sysname == "Linux":
        moi = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, moi, max(os.getpriority(os.PRIO_PROCESS, moi), 10))
    yield
