"""Texts that were typed and are not in the base: kept beside it, sealed by its key, until they are given back."""

import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import platformdirs

from esms_desktop.errors import DISQUE_PLEIN
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.fichiers import ecrire_entier

SUFFIXE = ".saisies"
_TETE = b"ESMS saisies 1\n"
_NONCE = 12
_TAILLE_MAX = 16 * 1024 * 1024
# Room held on the disk of the base for the day it is full: these texts then take it.
_SUFFIXE_RESERVE = ".reserve"
_RESERVE = 256 * 1024


@dataclass(frozen=True)
class Saisie:
    """A text that waits.

    Args:
        texte: what was typed.
        champ: name of the field, as the person reads it.
        de: name of what it is a field of; empty for the dossier.
        dossier: key of the dossier, zero for none.
        page: key of the page.
        table, cle: the row; empty and zero for none.
        quand: local time, ISO.
    """

    texte: str
    champ: str = ""
    de: str = ""
    dossier: int = 0
    page: str = ""
    table: str = ""
    cle: int = 0
    quand: str = ""

    @property
    def lieu(self) -> tuple[int, str, str, int, str]:
        """Where it was typed: two texts of the same place are one, the last."""
        return self.dossier, self.page, self.table, self.cle, self.champ


class Saisies:
    """The texts of one base. Beside it; where the disk refuses, in the folder of this person on this computer.

    Args:
        base: the file of the base.
        cle: its key.
    """

    def __init__(self, base: Path, cle: Cle) -> None:
        vrai = Path(os.path.realpath(base))
        self._octets = _deriver(cle, b"saisies")
        self._reserve = vrai.with_name(vrai.name + _SUFFIXE_RESERVE)
        # Which base it is, for whoever knows its key only.
        nom = _deriver(cle, b"nom").hex()[:32] + SUFFIXE
        self.places = (vrai.with_name(vrai.name + SUFFIXE), *_ailleurs(nom))

    def lire(self) -> list[Saisie]:
        """What waits, wherever it was kept, each place once; what no longer reads with this key is left as it is."""
        trouvees: dict[tuple[object, ...], Saisie] = {}
        for place in self.places:
            for s in self._lire(place):
                connue = trouvees.get(s.lieu)
                if connue is None or connue.quand <= s.quand:
                    trouvees[s.lieu] = s
        return list(trouvees.values())

    def ecrire(self, saisies: Iterable[Saisie]) -> Path | None:
        """Keeps these texts and no other; answers the file, None when there is nothing to keep.

        Raises:
            ErreurBase: no place would take them; what was kept before is as it was.
        """
        gardees = list(saisies)
        if not gardees:
            for place in self.places:
                with suppress(OSError):
                    place.unlink(missing_ok=True)
            return None
        octets = self._sceller(gardees)
        refus: OSError | None = None
        for rang, place in enumerate(self.places):
            try:
                self._poser(place, octets)
            except OSError as erreur:
                refus = refus or erreur
                continue
            for autre in self.places[:rang] + self.places[rang + 1 :]:
                with suppress(OSError):
                    autre.unlink(missing_ok=True)
            return place
        assert refus is not None
        raise traduire(refus) from refus

    def reserver(self) -> None:
        """Holds room beside the base for the day its disk is full; without a word where it cannot."""
        with suppress(OSError):
            if not self._reserve.is_symlink() and self._reserve.is_file():
                return
            # Drawn: a disk that packs what it holds would give no room to zeros.
            ecrire_entier(self._reserve, secrets.token_bytes(_RESERVE))

    def _poser(self, place: Path, octets: bytes) -> None:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            ecrire_entier(place, octets)
        except OSError as erreur:
            if erreur.errno not in DISQUE_PLEIN or place != self.places[0] or not self._reserve.exists():
                raise
            self._reserve.unlink(missing_ok=True)
            ecrire_entier(place, octets)

    def _sceller(self, saisies: list[Saisie]) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE)
        clair = json.dumps([asdict(s) for s in saisies]).encode()
        return _TETE + nonce + AESGCM(self._octets).encrypt(nonce, clair, _TETE)

    def _lire(self, place: Path) -> list[Saisie]:
        if place.is_symlink() or not place.is_file():
            return []
        try:
            with place.open("rb") as flux:
                octets = flux.read(_TAILLE_MAX)
        except OSError:
            return []
        return list(self._ouvrir(octets))

    def _ouvrir(self, octets: bytes) -> Iterator[Saisie]:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        debut = len(_TETE)
        if not octets.startswith(_TETE) or len(octets) <= debut + _NONCE:
            return
        nonce = octets[debut : debut + _NONCE]
        try:
            lus = json.loads(AESGCM(self._octets).decrypt(nonce, octets[debut + _NONCE :], _TETE))
        except (InvalidTag, ValueError):
            return
        for lu in lus if isinstance(lus, list) else ():
            genres = {f.name: type(f.default) if f.name != "texte" else str for f in fields(Saisie)}
            connus = {n: lu[n] for n, genre in genres.items() if isinstance(lu.get(n), genre)}
            if "texte" in connus:
                yield Saisie(**connus)


def _ailleurs(nom: str) -> Iterator[Path]:
    """Where texts go when the disk of the base refuses them."""
    with suppress(OSError, RuntimeError):
        yield Path(platformdirs.user_data_dir("esms-desktop", appauthor=False)) / "saisies" / nom
    # Planted names are replaced, never followed; what is there opens with the key of the base only.
    yield Path(tempfile.gettempdir()) / f"esms-desktop-{_utilisateur()}" / nom


def _utilisateur() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else "saisies"


def _deriver(cle: Cle, quoi: bytes) -> bytes:
    return hmac.digest(cle.octets, b"esms-desktop saisies 1 " + quoi, hashlib.sha256)
