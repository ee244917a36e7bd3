"""Files given by a person, opened without a trap: never a pipe nor a device that would not end, never more than is asked."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from esms_desktop.errors import PasUnFichier


def ouvrir(chemin: Path) -> BinaryIO:
    """Opens an ordinary file to read it. A pipe is never waited for.

    Raises:
        OSError: it cannot be read, or is a folder. PasUnFichier: a pipe, a socket, a device.
    """
    # A pipe that nobody writes in would hold the program for ever; an ordinary file does not mind.
    sans_attendre = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
    poignee = os.open(chemin, os.O_RDONLY | sans_attendre)
    try:
        nature = os.fstat(poignee).st_mode
        if stat.S_ISDIR(nature):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(chemin))
        if not stat.S_ISREG(nature):
            raise PasUnFichier("ce n’est pas un fichier ordinaire")
        return os.fdopen(poignee, "rb")
    except BaseException:
        os.close(poignee)
        raise


def lire(chemin: Path, maximum: int) -> bytes:
    """The bytes of an ordinary file, one more than `maximum` when it has more: the caller refuses it.

    Raises:
        OSError: as `ouvrir`.
    """
    with ouvrir(chemin) as flux:
        return flux.read(maximum + 1)
