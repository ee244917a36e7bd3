"""Small files to attach, of each kind the filing takes, under names people give them."""

import io
import random
from functools import cache
from pathlib import Path

from PIL import Image

from tests.depot import fabrique
from tests.fiabilite.ecritures import Plume

# What no file system takes in a name, and the most bytes it takes.
_INTERDITS = dict.fromkeys(map(ord, "/\x00"), "-")
_OCTETS = 200


@cache
def _contenus() -> dict[str, bytes]:
    image = Image.effect_noise((60, 40), 50).convert("RGB")
    return {
        ".pdf": fabrique.pdf("Pièce jointe", pages=2),
        ".png": _image(image, "PNG"),
        ".jpg": _image(image, "JPEG"),
        ".gif": _image(image, "GIF"),
    }


def _image(image: Image.Image, format_: str) -> bytes:
    tampon = io.BytesIO()
    image.save(tampon, format_)
    return tampon.getvalue()


def ecrire_piece(hasard: random.Random, plume: Plume, dossier: Path) -> Path:
    """Writes a file of some kind into `dossier`, under a hostile name."""
    extension = hasard.choice(list(_contenus()))
    nom = plume.nom(120).translate(_INTERDITS).encode()[:_OCTETS].decode("utf-8", "ignore")
    # A name all of dots and backslashes (a path elsewhere) has no extension, and is refused with a sentence.
    tronc = nom.strip(".\\") or "é"
    chemin = dossier / f"{tronc}{hasard.choice((extension, extension.upper()))}"
    chemin.write_bytes(_contenus()[extension])
    return chemin
