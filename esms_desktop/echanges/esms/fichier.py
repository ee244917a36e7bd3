"""The file .esms, written and read: a ZIP of `dossier.json`, `journal.jsonl` and the attached files, sealed or in clear."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, cast

from esms_desktop import entrees
from esms_desktop.echanges.esms.copie import FORMAT, VERSION, Copie, Entree
from esms_desktop.echanges.esms.scelle import Descelleur, Scelleur, est_scelle
from esms_desktop.errors import ErreurSaisie, raison_systeme
from esms_desktop.progress import Progress, SansProgress

EXTENSION = ".esms"
_DOSSIER, _JOURNAL, _CONTENUS = "dossier.json", "journal.jsonl", "contenus/"
# A dossier of 500 ESSMS and 2,000 tasks is 2 MB; its files, those of the base.
_DOSSIER_MAX, _JOURNAL_MAX, _CONTENU_MAX = 64 * 2**20, 256 * 2**20, 1024 * 2**20
_MEMBRES_MAX = 20_000
# The date of all the members: the file says when it was made elsewhere.
_DATE = (2000, 1, 1, 0, 0, 0)
_SHA = re.compile(r"[0-9a-f]{64}")
_RIEN = "Rien n’a été changé."


def ecrire(
    sortie: BinaryIO,
    copie: Copie,
    contenu: Callable[[str], bytes],
    phrase: str | None,
    progress: Progress | None = None,
) -> None:
    """Writes a dossier, file after file.

    Args:
        contenu: the bytes of an attached file, by their SHA-256.
        phrase: seals it; None leaves it in clear.

    Raises:
        OSError: the disk refuses. Interruption: the person cancelled.
    """
    suivi, sceau = progress or SansProgress(), Scelleur(sortie, phrase) if phrase is not None else None
    noms = copie.contenus
    vers = cast(BinaryIO, sceau) if sceau else sortie
    with zipfile.ZipFile(vers, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_membre(_DOSSIER), copie.en_json())
        archive.writestr(_membre(_JOURNAL), b"".join(copie.journal_json()))
        for rang, nom in enumerate(noms):
            suivi.etape(rang, len(noms), "Fichiers joints")
            # Already compressed, for the most part.
            archive.writestr(_membre(_CONTENUS + nom, zipfile.ZIP_STORED), contenu(nom))
    if sceau:
        sceau.conclure()


def _membre(nom: str, mode: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    membre = zipfile.ZipInfo(nom, _DATE)
    membre.compress_type = mode
    return membre


class Ouvert:
    """A file .esms, open: the dossier it holds, and its attached files one by one."""

    def __init__(self, archive: zipfile.ZipFile, nom: str) -> None:
        self._archive, self._nom = archive, nom
        if len(archive.namelist()) > _MEMBRES_MAX or len(set(archive.namelist())) != len(archive.namelist()):
            raise abime(nom)
        self.copie = self._lire_copie()

    def _lire_copie(self) -> Copie:
        objet = _json(self._octets(_DOSSIER, _DOSSIER_MAX), self._nom)
        if objet.get("format") != FORMAT:
            raise ErreurSaisie(f"«\u00a0{self._nom}\u00a0» n’est pas un dossier ESMS Desktop.", _RIEN)
        if objet.get("version") != VERSION:
            raise ErreurSaisie(
                f"«\u00a0{self._nom}\u00a0» est d’une version du format ({objet.get('version')!s:.20}) que ce logiciel ne connaît pas.",
                "Installez la dernière version du logiciel.",
            )
        tables = objet.get("tables")
        if not isinstance(tables, dict) or not isinstance(objet.get("schema"), str):
            raise abime(self._nom)
        lues: dict[str, dict[str, Any]] = {}
        for table, lignes in tables.items():
            if not isinstance(lignes, list):
                raise abime(self._nom)
            for ligne in lignes:
                uid = ligne.get("uid") if isinstance(ligne, dict) else None
                if not isinstance(uid, str) or not uid or uid in lues.get(table, ()) or not _simple(ligne):
                    raise abime(self._nom)
                lues.setdefault(table, {})[uid] = {c: v for c, v in ligne.items() if c != "uid"}
        if len(lues.get("dossier", ())) != 1 or not isinstance(
            next(iter(lues["dossier"].values())).get("nom"), str
        ):
            raise abime(self._nom)
        return Copie(objet["schema"], lues, tuple(self._lire_journal()))

    def _lire_journal(self) -> Iterator[Entree]:
        for brute in self._octets(_JOURNAL, _JOURNAL_MAX).splitlines():
            e = _json(brute, self._nom)
            textes = [e.get(c) for c in ("quand", "qui", "libelle", "sens", "table", "uid")]
            lignes = [e.get("avant"), e.get("apres")]
            if (
                not all(isinstance(t, str) and len(t) <= 400 for t in textes)
                or not isinstance(e.get("geste"), int)
                or not all(v is None or (isinstance(v, dict) and _simple(v)) for v in lignes)
                or lignes == [None, None]
            ):
                raise abime(self._nom)
            yield Entree(textes[0], textes[1], e["geste"], *textes[2:], *lignes)  # type: ignore[arg-type]

    def contenu(self, empreinte: str) -> bytes:
        """The bytes of an attached file, checked.

        Raises:
            ErreurSaisie: they are not there, or are others.
        """
        octets = b""
        if _SHA.fullmatch(empreinte):
            octets = self._octets(_CONTENUS + empreinte, _CONTENU_MAX)
        if sha256(octets).hexdigest() != empreinte:
            raise ErreurSaisie(
                f"Un fichier joint manque dans «\u00a0{self._nom}\u00a0», ou y est abîmé.",
                f"Demandez-en une nouvelle copie. {_RIEN}",
            )
        return octets

    def _octets(self, membre: str, maximum: int) -> bytes:
        try:
            # What the archive says of its size proves nothing: it is read up to the limit, and no more.
            with self._archive.open(membre) as flux:
                octets = flux.read(maximum + 1)
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as e:
            raise abime(self._nom) from e
        if len(octets) > maximum:
            raise ErreurSaisie(
                f"«\u00a0{self._nom}\u00a0» se déplie au-delà de ce qu’un dossier peut tenir.", _RIEN
            )
        return octets


def sceau(chemin: Path) -> bool:
    """Whether a file is sealed by a phrase.

    Raises:
        ErreurSaisie: it cannot be read.
    """
    with _flux(chemin) as flux:
        return est_scelle(flux.read(32))


def essayer(chemin: Path, phrase: str) -> None:
    """Opens the beginning of a sealed file.

    Raises:
        ErreurSaisie: it does not open with this phrase.
    """
    with _flux(chemin) as flux:
        Descelleur(flux, phrase, chemin.name)


def _flux(chemin: Path) -> BinaryIO:
    try:
        return entrees.ouvrir(chemin)
    except OSError as e:
        raise ErreurSaisie(
            f"«\u00a0{chemin.name}\u00a0» n’a pas pu être ouvert ({raison_systeme(e)}).", _RIEN
        ) from e


@contextmanager
def ouvrir(chemin: Path, demander: Callable[[], str]) -> Iterator[Ouvert]:
    """Opens a file .esms.

    Args:
        demander: gives the phrase of a sealed file.

    Raises:
        ErreurSaisie: it cannot be read, its phrase is wrong, it is spoilt, of another version, or something else.
    """
    nom = chemin.name
    with _flux(chemin) as flux:
        debut = flux.read(32)
        flux.seek(0)
        if est_scelle(debut):
            source = cast(BinaryIO, io.BufferedReader(Descelleur(flux, demander(), nom), 1 << 16))
        elif debut.startswith(b"PK"):
            source = flux
        else:
            raise ErreurSaisie(
                f"«\u00a0{nom}\u00a0» n’est pas un dossier ESMS Desktop.",
                f"Choisissez un fichier «\u00a0{EXTENSION}\u00a0». {_RIEN}",
            )
        try:
            with zipfile.ZipFile(source) as archive:
                yield Ouvert(archive, nom)
        except (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, NotImplementedError) as e:
            raise abime(nom) from e
        except OSError as e:
            raise ErreurSaisie(f"«\u00a0{nom}\u00a0» n’a pas pu être lu ({raison_systeme(e)}).", _RIEN) from e


def abime(nom: str) -> ErreurSaisie:
    """What is said of a file that does not hold what it should."""
    return ErreurSaisie(
        f"«\u00a0{nom}\u00a0» est abîmé ou incomplet\u00a0: il ne contient pas un dossier entier.",
        f"Demandez-en une nouvelle copie. {_RIEN}",
    )


def _simple(ligne: dict[str, Any]) -> bool:
    """Whether a row holds single values only, as a base does."""
    return not any(isinstance(v, dict | list) for v in ligne.values())


def _json(octets: bytes, nom: str) -> dict[str, Any]:
    try:
        objet = json.loads(octets.decode("utf-8"))
    except (ValueError, RecursionError) as e:
        raise abime(nom) from e
    if not isinstance(objet, dict):
        raise abime(nom)
    return objet
