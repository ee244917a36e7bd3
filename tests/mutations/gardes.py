"""What functions of the core keep from one call to the next, to be forgotten: a fault in them, or a call, would not be seen."""

import gc
from collections.abc import Callable
from functools import _lru_cache_wrapper

# The name, in the map, of what is called while the modules are imported and the tests collected.
IMPORT = "import"


def gardes() -> list[Callable[[], None]]:
    """How to empty each memo of the core; the memos made later, inside functions, are theirs alone."""
    gc.unfreeze()
    trouves = [
        o.cache_clear
        for o in gc.get_objects()
        if type(o) is _lru_cache_wrapper and str(getattr(o, "__module__", "")).startswith("esms_desktop")
    ]
    gc.freeze()
    return trouves
