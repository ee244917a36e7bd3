"""Opens a directory file, whatever its name: the format is recognised by its content."""

import codecs
import gzip
import io
import os
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from esms_desktop import entrees
from esms_desktop.errors import ErreurFiness, raison_systeme
from esms_desktop.finess.activites_json import lire_activites
from esms_desktop.finess.annuaire import Annuaire
from esms_desktop.finess.etalab_csv import ENTETE, lire_etalab
from esms_desktop.finess.lignes import LigneEj, LigneEt, Lot, Recit, lire_ej, lire_et
from esms_desktop.finess.structures_json import lire_structures
from esms_desktop.nomenclature.numeros import normaliser
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
# What says, in the first pieces of a JSON file, that it is the twin of the directory.
_JUMEAU = (b'"activitesAutorisees"', b'"activitesExercees"')


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
    recit, voulus = Recit(), None if seulement is None else frozenset(map(normaliser, seulement))
    groupes: dict[str, dict[str, LigneEt]] = {}
    fiches: dict[str, LigneEj] = {}
    for lot in parcourir(chemin, recit, progress):
        ejs, ets_lus = map(LigneEj._make, lot.entites), list(map(LigneEt._make, lot.etablissements))
        garder = None
        if voulus is not None and recit.groupee:
            # An entity comes whole: what nobody asked for need not be kept.
            garder = {x[0] for x in lot.entites if x[0] in voulus}
            garder |= {e.finess_ej for e in ets_lus if e.finess in voulus}
        for e in ets_lus:
            if garder is None or e.finess_ej in garder:
                groupes.setdefault(e.finess_ej, {})[e.finess] = e
        fiches.update((x.finess, x) for x in ejs if garder is None or x.finess in garder)
    entites = {}
    for ej in dict.fromkeys([*groupes, *fiches] if not recit.groupee else fiches):
        ets = groupes.get(ej, {})
        if voulus is None or ej in voulus or not voulus.isdisjoint(ets):
            ligne = fiches.get(ej) or LigneEj._make((ej, *[""] * 12, 0))
            lus = [lire_et(e, recit.date_source) for e in ets.values()]
            entites[ej] = lire_ej(ligne, lus, recit.date_source)
    return Annuaire(entites, recit.format, recit.date_source, recit.alertes, seulement)


def parcourir(chemin: Path, recit: Recit, progress: Progress | None = None) -> Iterator[Lot]:
    """The lines of a directory file, some at a time; what it says of itself goes in `recit`. As `lire`."""
    with _ouvrir(chemin, progress) as (contenu, debut, avance):
        utile = debut.removeprefix(_BOM).lstrip()
        if utile.startswith(ENTETE.encode()):
            yield from lire_etalab(_octets(debut, contenu, avance), recit)
        else:
            _exiger_json(debut, chemin.name)
            yield from lire_structures(_texte_utf8(debut.removeprefix(_BOM), contenu, avance), recit)


def est_jumeau(chemin: Path) -> bool:
    """Whether a file is the twin « activités » of the directory.

    Raises:
        ErreurFiness: it cannot be read.
    """
    with _ouvrir(chemin, None) as (contenu, debut, _):
        if not debut.removeprefix(_BOM).lstrip().startswith(b"{"):
            return False
        return any(cle in debut + contenu.read(1 << 16) for cle in _JUMEAU)


def parcourir_activites(
    chemin: Path, recit: Recit, progress: Progress | None = None
) -> Iterator[tuple[str, int]]:
    """The number and the places of each établissement, as the twin file says them; its date goes in `recit`. As `lire`."""
    with _ouvrir(chemin, progress) as (contenu, debut, avance):
        _exiger_json(debut, chemin.name)
        yield from lire_activites(_texte_utf8(debut.removeprefix(_BOM), contenu, avance), recit)


@contextmanager
def _ouvrir(chemin: Path, progress: Progress | None) -> Iterator[tuple[BinaryIO, bytes, Callable[[], None]]]:
    """What a file holds, decompressed, its first bytes taken, and what tells the progress; errors in French."""
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
                yield fichier, fichier.read(4096), avance
                return
            with gzip.open(fichier) as depliee:
                borne = cast(BinaryIO, _Borne(depliee))
                yield borne, borne.read(4096), avance
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


def _exiger_json(debut: bytes, nom: str) -> None:
    utile = debut.removeprefix(_BOM).lstrip()
    if utile.startswith(b"{") and b"\x00" not in debut:
        return
    if debut.startswith(_UTF16) or (b"\x00" in debut[:4] and any(c in debut[:4] for c in b"{f")):
        raise ErreurFiness(
            f"Le fichier « {nom} » est enregistré en UTF-16, que l’annuaire FINESS n’emploie pas.",
            "Téléchargez-le de nouveau, sans l’ouvrir ni l’enregistrer dans un autre logiciel.",
        )
    pris_pour = next((m for magie, m in _MEPRISES.items() if utile.startswith(magie)), "")
    detail = f" : c’est {pris_pour}" if pris_pour else ""
    raise ErreurFiness(f"« {nom} » n’est pas un fichier FINESS{detail}.", _ATTENDU)


def _octets(debut: bytes, contenu: BinaryIO, avance: Callable[[], None]) -> Callable[[int], bytes]:
    reste, lus = [debut], 0

    def lire_octets(taille: int) -> bytes:
        nonlocal lus
        octets = reste.pop() + contenu.read(taille) if reste else contenu.read(taille)
        lus += len(octets)
        if lus > _CSV_MAX:
            raise _demesure()
        avance()
        return octets

    return lire_octets


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
