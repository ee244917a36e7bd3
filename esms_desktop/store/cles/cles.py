"""The key of a base that exists: found by the phrase, the keyring or the recovery code, and the slots kept whole on the way."""

import logging
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from esms_desktop.errors import ErreurBase, ErreurBaseAbimee, ErreurCle
from esms_desktop.store.cles import code_secours, trousseau
from esms_desktop.store.cles.chiffrement import Cle, identite, une_page_scellee_par
from esms_desktop.store.cles.cle_neuve import Demander, cle_neuve, emplacement_de_phrase
from esms_desktop.store.cles.derivation import VARIABLE, deriver
from esms_desktop.store.cles.emplacements import (
    Emplacement,
    du_trousseau,
    nom_au_trousseau,
    ouvrir_par_phrase,
)
from esms_desktop.store.cles.temoin import chemin_du_temoin, ecrire_temoin, garder_une_copie, rassembler
from esms_desktop.store.engine import cle_ouvre
from esms_desktop.store.erreurs import traduire

__all__ = ["VARIABLE", "Cle", "Demander", "Trouvee", "cle_de_la_base", "cle_jetable", "entretenir", "trouver"]

ESSAIS = 3
_journal = logging.getLogger(__name__)


def cle_jetable() -> Cle:
    """A random key nobody keeps: for a demonstration base that lives as long as the program."""
    return Cle(secrets.token_bytes(32))


@dataclass(frozen=True)
class Trouvee:
    """The key of a base, and what is known of its slots.

    Args:
        cle: the key, sure: a slot or a page of the file recognises it.
        emplacements: the slots that keep it.
        a_refaire: whether the sidecar misses some of them, or is spoilt.
        ouvre: whether the first page of the file takes it; False when the file is spoilt.
        sel: the salt of the file, that of a slot when the file no longer has it.
        phrase: the phrase that gave it, None when something else did.
        au_trousseau: whether the keyring gave it.
    """

    cle: Cle
    emplacements: tuple[Emplacement, ...]
    a_refaire: bool
    ouvre: bool
    sel: bytes
    phrase: str | None = None
    au_trousseau: bool = False


def cle_de_la_base(chemin: Path, demander: Demander | None = None, creer: bool = False) -> Cle:
    """The key of the base at `chemin`; its sidecar is made whole again when it was not.

    Args:
        chemin: the base.
        demander: asks a secret to the person, answers None when they give up; None when nobody can be asked.
        creer: whether a base may be created when there is none (see `cle_neuve`).

    Raises:
        ErreurCle: the key is missing, locked away or wrong; nothing was touched.
        ErreurBaseAbimee: the key is right and the file is spoilt; nothing was touched.
        ErreurBase: there is no base there and `creer` is False, or the disk refuses.
    """
    try:
        if not chemin.exists():
            if chemin.is_symlink():
                raise ErreurBase(
                    f"« {chemin.name} » est un lien vers un fichier absent.",
                    "Branchez le disque où est la base, ou indiquez un autre fichier.",
                )
            if not creer:
                raise ErreurBase(
                    f"Il n’y a pas de base à cet endroit : {chemin}.", "Vérifiez le chemin de la base."
                )
            return cle_neuve(chemin, demander)
        trouvee = trouver(chemin, demander)
    except OSError as erreur:
        raise traduire(erreur) from erreur
    if not trouvee.ouvre:
        raise abimee(chemin)
    entretenir(chemin, trouvee)
    return Cle(trouvee.cle.octets, sel=trouvee.sel)


def abimee(chemin: Path) -> ErreurBaseAbimee:
    """What is said of a file that its own key no longer opens."""
    quoi = "est vide" if chemin.stat().st_size == 0 else "est abîmée"
    return ErreurBaseAbimee(
        f"« {chemin.name} » {quoi} : la clé est la bonne, mais le fichier ne se lit plus.",
        "Il n’a pas été modifié ; restaurez une sauvegarde, ou réparez-le (« esms-desktop base reparer »).",
    )


def trouver(chemin: Path, demander: Demander | None = None) -> Trouvee:
    """The key of a base that exists, whether its file opens or is spoilt.

    In this order: the phrase of ESMS_DESKTOP_PHRASE, the keyring of the system, what `demander` gets (a phrase, or the recovery
    code in its place).

    Raises:
        ErreurCle: the key is missing, locked away or wrong. OSError: the file cannot be read.
    """
    return _Recherche(chemin).mener(demander)


def par_code(chemin: Path, code: bytes) -> Trouvee:
    """The key of a base that exists, by the recovery code alone.

    Raises:
        ErreurCle: this is not the code of this base. OSError: the file cannot be read.
    """
    trouvee = _Recherche(chemin).par_code(code)
    if trouvee is None:
        raise ErreurCle(
            f"Ce code de secours n’ouvre pas « {chemin.name} ».",
            "Le fichier n’a pas été modifié ; vérifiez que la feuille est celle de cette base, et la plus récente.",
        )
    return trouvee


def avec_la_cle(chemin: Path, cle: Cle) -> Trouvee | None:
    """What is known of a file with a key already found; None when it does not open it.

    Raises:
        OSError: the file cannot be read.
    """
    return _Recherche(chemin).avec(cle)


def par_une_phrase(chemin: Path, phrase: str) -> Trouvee | None:
    """The key of a base that exists, by this phrase alone; None when it does not open it.

    Raises:
        OSError: the file cannot be read.
    """
    return _Recherche(chemin).par_phrase(phrase)


def entretenir(chemin: Path, trouvee: Trouvee) -> tuple[Emplacement, ...]:
    """Makes the sidecar whole, in the present format, and has this computer keep a copy; answers the slots.

    A place that cannot be written keeps what it has: the base opens all the same.
    """
    nos = _du_format_present(trouvee)
    try:
        if nos and (trouvee.a_refaire or nos != trouvee.emplacements):
            ecrire_temoin(chemin, nos, sans=trouvee.emplacements)
        garder_une_copie(nos)
    except OSError as erreur:
        _journal.info("les emplacements de la clé n’ont pas pu être écrits : %s", type(erreur).__name__)
    return nos


def _du_format_present(trouvee: Trouvee) -> tuple[Emplacement, ...]:
    base = trouvee.sel.hex()
    nos = [e for e in trouvee.emplacements if not e.ancien]
    genres = {e.genre for e in nos}
    for ancien in (e for e in trouvee.emplacements if e.ancien and e.genre not in genres):
        if ancien.genre == "phrase" and trouvee.phrase is not None:
            nos.append(emplacement_de_phrase(trouvee.cle, base, trouvee.phrase))
        elif ancien.genre == "trousseau" and _au_trousseau(trouvee.cle, base):
            nos.append(du_trousseau(trouvee.cle, base))
        else:
            nos.append(ancien)
    if (
        trouvee.au_trousseau
        and not any(e.genre == "trousseau" for e in nos)
        and _au_trousseau(trouvee.cle, base)
    ):
        nos.append(du_trousseau(trouvee.cle, base))
    return tuple(nos)


def _au_trousseau(cle: Cle, base: str) -> bool:
    try:
        trousseau.garder(nom_au_trousseau(base), cle)
    except trousseau.SansTrousseau:
        return False
    return True


class _Recherche:
    """One search for the key of a base."""

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin
        self.qui = identite(chemin)
        self.emplacements, self.a_refaire = rassembler(chemin)
        # Whether a secret was right for a slot, of a key that fits nothing of this file.
        self.d_une_autre = False

    def _de_genre(self, genre: str) -> Iterator[Emplacement]:
        return (e for e in self.emplacements if e.genre == genre)

    def mener(self, demander: Demander | None) -> Trouvee:
        """See `trouver`."""
        try:
            return self._mener(demander)
        except ErreurCle as erreur:
            if not self.d_une_autre:
                raise
            raise ErreurBaseAbimee(
                f"« {chemin_du_temoin(self.chemin).name} » ouvre une autre base que « {self.chemin.name} », ou celle-ci est abîmée "
                "d’un bout à l’autre.",
                "Elle n’a pas été modifiée ; ouvrez-la avec son code de secours (« esms-desktop base ouvrir-avec-code »), ou "
                "restaurez une sauvegarde.",
            ) from erreur

    def _mener(self, demander: Demander | None) -> Trouvee:
        fournie = os.environ.get(VARIABLE)
        a_une_phrase = any(self._de_genre("phrase"))
        if fournie and (trouvee := self.par_phrase(fournie)):
            return trouvee
        refus: ErreurCle | None = None
        if any(self._de_genre("trousseau")) or not a_une_phrase:
            try:
                return self.par_trousseau(bool(fournie))
            except ErreurCle as erreur:
                refus = erreur
        if fournie and a_une_phrase:
            raise ErreurCle(
                f"La phrase secrète de {VARIABLE} n’ouvre pas « {self.chemin.name} ».",
                "Le fichier n’a pas été modifié ; corrigez la phrase puis recommencez.",
            )
        if demander is not None and (a_une_phrase or any(self._de_genre("code"))):
            return self._demander(demander, a_une_phrase, refus)
        if refus is not None:
            raise refus
        raise ErreurCle(
            f"« {self.chemin.name} » est protégée par une phrase secrète.",
            f"Donnez-la dans la variable {VARIABLE}.",
        )

    def _demander(self, demander: Demander, a_une_phrase: bool, refus: ErreurCle | None) -> Trouvee:
        quoi = "Phrase secrète" if a_une_phrase else "Code de secours"
        question = f"{quoi} de « {self.chemin.name} » :"
        if refus is not None and not a_une_phrase:
            question = f"{refus.message} {question}"
        for _ in range(ESSAIS):
            reponse = demander(question)
            if reponse is None:
                raise refus or ErreurCle(
                    f"« {self.chemin.name} » reste fermée : la phrase secrète n’a pas été donnée.",
                    "Relancez le logiciel quand vous l’aurez.",
                )
            trouvee = self.par_phrase(reponse)
            if trouvee is not None:
                return trouvee
            faux = "Cette phrase n’ouvre pas la base" if a_une_phrase else "Ce code n’ouvre pas la base"
            question = f"{faux}. {quoi} de « {self.chemin.name} » :"
        raise ErreurCle(
            f"{'La phrase secrète' if a_une_phrase else 'Le code de secours'} n’ouvre pas « {self.chemin.name} ».",
            "Le fichier n’a pas été modifié ; vérifiez-la puis recommencez, ou donnez le code de secours.",
        )

    def par_phrase(self, phrase: str) -> Trouvee | None:
        """By a phrase; a recovery code typed in its place serves too."""
        if code_secours.ressemble(phrase):
            return self.par_code(code_secours.lire(phrase))
        for e in self._de_genre("phrase"):
            cle = ouvrir_par_phrase(e, deriver(phrase, e.scrypt))
            if cle is not None and (trouvee := self._juger(cle, phrase)):
                return trouvee
        return None

    def avec(self, cle: Cle) -> Trouvee | None:
        return self._juger(cle)

    def par_code(self, code: bytes) -> Trouvee | None:
        return self._juger(code_secours.cle_du_code(code))

    def par_trousseau(self, phrase_fournie: bool) -> Trouvee:
        noms = [e.nom for e in self._de_genre("trousseau")]
        perdu = not noms
        if self.qui and nom_au_trousseau(self.qui) not in noms:
            noms.append(nom_au_trousseau(self.qui))
        gardees = []
        try:
            for nom in noms:
                cle = trousseau.lire(nom)
                if cle is not None:
                    gardees.append(cle)
                    if trouvee := self._juger(cle):
                        return replace(trouvee, au_trousseau=True)
        except trousseau.SansTrousseau as erreur:
            if perdu:
                raise self._sans_temoin() from erreur
            precision = f" La phrase de {VARIABLE} ne peut pas le remplacer." if phrase_fournie else ""
            raise ErreurCle(
                "La clé de la base est gardée dans le trousseau de cet ordinateur, qui ne répond pas ou est verrouillé."
                + precision,
                "Déverrouillez le trousseau (ouvrez votre session habituelle) puis recommencez, ou ouvrez la base avec "
                "son code de secours.",
            ) from erreur
        # An entry under a name drawn at random, whose sidecar is lost.
        for cle in trousseau.toutes():
            if cle not in gardees and (trouvee := self._juger(cle)):
                return replace(trouvee, au_trousseau=True)
        if perdu:
            raise self._sans_temoin()
        if gardees:
            raise ErreurCle(
                f"« {self.chemin.name} » ne s’ouvre pas avec la clé gardée dans le trousseau : ce n’est pas cette base, ou elle est abîmée.",
                "Le fichier n’a pas été modifié ; restaurez une sauvegarde.",
            )
        raise ErreurCle(
            "Le trousseau de cet ordinateur ne contient pas la clé de cette base.",
            "Ouvrez-la avec son code de secours (« esms-desktop base ouvrir-avec-code »), ou avec l’ordinateur et la session qui "
            "l’ont créée.",
        )

    def _sans_temoin(self) -> ErreurCle:
        nom = chemin_du_temoin(self.chemin).name
        etat = "ne se lit pas" if chemin_du_temoin(self.chemin).exists() else "est introuvable"
        return ErreurCle(
            f"« {nom} », qui dit comment la clé de la base est gardée, {etat}, et cet ordinateur n’en a pas de copie.",
            "La base n’a pas été touchée ; ouvrez-la avec son code de secours (« esms-desktop base ouvrir-avec-code »), ou "
            "remettez ce fichier à côté d’elle : chaque sauvegarde en contient un.",
        )

    def _juger(self, cle: Cle, phrase: str | None = None) -> Trouvee | None:
        """The key with what recognises it; None when nothing does: neither a slot nor a page of the file."""
        nos = tuple(e for e in self.emplacements if e.reconnait(cle))
        sels = [self.qui, *dict.fromkeys(e.base for e in nos)]
        if cle_ouvre(self.chemin, cle):
            # The other slots of the first format keep the same key; only a phrase could be checked, and costs 250 ms.
            anciens = tuple(e for e in self.emplacements if e.ancien)
            miens = tuple(e for e in nos if e.base == self.qui)
            return Trouvee(
                cle,
                miens + anciens,
                self.a_refaire or not (miens or anciens),
                True,
                bytes.fromhex(self.qui),
                phrase,
            )
        for sel in filter(None, sels):
            if une_page_scellee_par(self.chemin, cle, bytes.fromhex(sel)):
                return Trouvee(cle, nos, False, False, bytes.fromhex(sel), phrase)
        if any(e.base == self.qui or not self.qui for e in nos):
            return Trouvee(cle, nos, False, False, bytes.fromhex(nos[0].base), phrase)
        self.d_une_autre = self.d_une_autre or bool(nos)
        return None
