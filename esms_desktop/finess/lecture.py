"""Opens a directory file, whatever its name: the format is recognised by its content."""

import codecs
import gzip
import io
import os
import zlib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import BinaryIO, cast

from esms_desktop import entrees
from esms_desktop.errors import ErreurFiness, raison_systeme
from esms_desktop.finess.annuaire import Annuaire
from esms_desktop.finess.etalab_csv import ENTETE, lire_etalab
from esms_desktop.finess.structures_json import lire_structures
from esms_desktop.progress import Progress, SansProgress

_GZIP = b"\x1f\x8b"
_BOM = codecs.BOM_UTF8
# What people pick by mistake, by the first bytes.
_MEPRISES = {
    b"PK\x03\x04": "une archive ZIP ou un classeur",
    b"%PDF": "un document PDF",
    b"\xd0\xcf\x11\xe0": "un ancien classeur ou document Office",
    b"<": "une page web ou un fichier XML",
}
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ATTENDU = (
    "Choisissez le fichier « finess-structures » (.json ou .json.gz) ou l’ancien fichier « etalab » (.csv) "
    "publiés sur data.gouv.fr."
)
# The directory of the whole country: 60 MB in CSV, 500 MB in JSON.
_CSV_MAX = 512 * 2**20
_DECOMPRESSE_MAX = 4 * 2**30


def lire(
    chemin: Path, progress: Progress | None = None, seulement: Collection[str] | None = None
) -> Annuaire:
    """Reads a directory file: « FINESS structures » (JSON) or « etalab » (CSV), compressed by gzip or not.

    Args:
        chemin: the file.
        progress: told the share of the file read, in hundredths.
        seulement: keep only these entities, by their number or that of one of their établissements: the
            whole country (98,000 entities) is then read without being held in memory.

    Raises:
        ErreurFiness: a file that is absent, cut, damaged, in another encoding, or something else.
        Interruption: the person cancelled.
    """
    suivi = progress or SansProgress()
    try:
        if chemin.is_dir():
            raise ErreurFiness(f"« {chemin.name} » est un dossier, pas un fichier FINESS.", _ATTENDU)
        with entrees.ouvrir(chemin) as fichier:
            taille = os.fstat(fichier.fileno()).st_size
            if not taille:
                raise ErreurFiness(f"Le fichier « {chemin.name} » est vide.", "Téléchargez-le de nouveau.")

            def avance() -> None:
                suivi.etape(min(100, fichier.tell() * 100 // taille), 100, "Lecture de l’annuaire FINESS")

            tete = fichier.read(2)
            fichier.seek(0)
            if tete != _GZIP:
                return _lire(fichier, chemin.name, avance, seulement)
            with gzip.open(fichier) as contenu:
                return _lire(cast(BinaryIO, _Borne(contenu)), chemin.name, avance, seulement)
    except FileNotFoundError as erreur:
        raise ErreurFiness(
            f"Le fichier FINESS « {chemin} » n’existe pas.", "Vérifiez son chemin."
        ) from erreur
    except EOFError as erreur:
        raise ErreurFiness(
            "Le fichier FINESS est incomplet : l’archive compressée s’arrête avant la fin.",
            "Téléchargez-le de nouveau.",
        ) from erreur
    except (gzip.BadGzipFile, zlib.error) as erreur:
        raise ErreurFiness(
            "Le fichier FINESS est abîmé : il ne se décompresse pas.", "Téléchargez-le de nouveau."
        ) from erreur
    except UnicodeDecodeError as erreur:
        if erreur.reason == "unexpected end of data":
            raise ErreurFiness(
                "Le fichier FINESS est incomplet : il s’arrête avant la fin de l’annuaire.",
                "Téléchargez-le de nouveau.",
            ) from erreur
        raise ErreurFiness(
            "Le fichier FINESS n’est pas en UTF-8 : ses accents sont illisibles.",
            "Téléchargez-le de nouveau, sans l’ouvrir ni l’enregistrer dans un autre logiciel.",
        ) from erreur
    except OSError as erreur:
        raise ErreurFiness(
            f"Le fichier FINESS « {chemin.name} » ne peut pas être lu : {raison_systeme(erreur)}.",
            "Vérifiez que vous avez le droit de l’ouvrir.",
        ) from erreur


def _lire(
    contenu: BinaryIO, nom: str, avance: Callable[[], None], seulement: Collection[str] | None
) -> Annuaire:
    debut = contenu.read(4096)
    utile = debut.removeprefix(_BOM).lstrip()
    if utile.startswith(ENTETE.encode()):
        avance()
        suite = contenu.read(_CSV_MAX + 1)
        if len(suite) > _CSV_MAX:
            raise _demesure()
        return lire_etalab(debut + suite, seulement)
    if utile.startswith(b"{") and b"\x00" not in debut:
        return lire_structures(_texte_utf8(debut.removeprefix(_BOM), contenu, avance), seulement)
    if debut.startswith(_UTF16) or (b"\x00" in debut[:4] and any(c in debut[:4] for c in b"{f")):
        raise ErreurFiness(
            f"Le fichier « {nom} » est enregistré en UTF-16, que l’annuaire FINESS n’emploie pas.",
            "Téléchargez-le de nouveau, sans l’ouvrir ni l’enregistrer dans un autre logiciel.",
        )
    pris_pour = next((m for magie, m in _MEPRISES.items() if utile.startswith(magie)), "")
    detail = f" : c’est {pris_pour}" if pris_pour else ""
    raise ErreurFiness(f"« {nom} » n’est pas un fichier FINESS{detail}.", _ATTENDU)


class _Borne(io.RawIOBase):
    """What an archive holds, up to ten times the directory of the whole country: a small file may unfold without end."""

    def __init__(self, contenu: gzip.GzipFile) -> None:
        super().__init__()
        self._contenu, self._reste = contenu, _DECOMPRESSE_MAX

    def read(self, taille: int = -1, /) -> bytes:
        lus = self._contenu.read(taille)
        self._reste -= len(lus)
        if self._reste < 0:
            raise _demesure()
        return lus


def _demesure() -> ErreurFiness:
    return ErreurFiness("Ce fichier est trop gros pour être un annuaire FINESS.", _ATTENDU)


def _texte_utf8(debut: bytes, contenu: BinaryIO, avance: Callable[[], None]) -> Callable[[int], str]:
    decodeur = codecs.getincrementaldecoder("utf-8")()
    reste = io.BytesIO(debut)

    def lire_texte(taille: int) -> str:
        while True:
            octets = reste.read(taille) or contenu.read(taille)
            avance()
            texte = decodeur.decode(octets, final=not octets)
            if texte or not octets:
                return texte

    return lire_texte
