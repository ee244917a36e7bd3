"""The key of a base: where it comes from (passphrase or keyring of the system), and what to say when it is missing."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from esms_desktop.errors import ErreurBase, ErreurCle
from esms_desktop.store import trousseau
from esms_desktop.store.chiffrement import Cle
from esms_desktop.store.derivation import VARIABLE, deriver
from esms_desktop.store.engine import cle_ouvre
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.temoin import (
    SCRYPT_N,
    SCRYPT_P,
    SCRYPT_R,
    Temoin,
    chemin_du_temoin,
    ecrire_temoin,
    lire_temoin,
)

__all__ = ["VARIABLE", "Cle", "cle_de_la_base", "cle_jetable"]

ESSAIS = 3

Demander = Callable[[str], str | None]


def cle_jetable() -> Cle:
    """A random key nobody keeps: for a demonstration base that lives as long as the program."""
    return Cle(secrets.token_bytes(32))


def cle_de_la_base(chemin: Path, demander: Demander | None = None, creer: bool = False) -> Cle:
    """The key of the base at `chemin`.

    For a new base, in this order: the phrase of ESMS_DESKTOP_PHRASE, the keyring of the system, a phrase that `demander`
    asks twice. The sidecar written then says which, and rules every later opening.

    Args:
        chemin: the base.
        demander: asks a secret phrase to the person, answers None when they give up; None when nobody can be asked.
        creer: whether a base may be created when there is none.

    Raises:
        ErreurCle: the key is missing, locked away or wrong; nothing was touched.
        ErreurBase: there is no base there and `creer` is False, or the disk refuses.
    """
    try:
        temoin = lire_temoin(chemin)
        if not chemin.exists() and not creer:
            raise ErreurBase(
                f"Il n’y a pas de base à cet endroit : {chemin}.", "Vérifiez le chemin de la base."
            )
        if temoin is None:
            if chemin.exists():
                raise ErreurCle(
                    f"« {chemin_du_temoin(chemin).name} », qui dit comment la clé de la base est gardée, est introuvable.",
                    "La base n’a pas été touchée ; remettez ce fichier à côté d’elle, depuis une copie de sauvegarde.",
                )
            return _nouvelle(chemin, demander)
        if temoin.mode == "trousseau":
            return _du_trousseau(chemin, temoin)
        return _de_la_phrase(chemin, temoin, demander)
    except OSError as erreur:
        raise traduire(erreur) from erreur


def _nouvelle(chemin: Path, demander: Demander | None) -> Cle:
    phrase = os.environ.get(VARIABLE)
    if not phrase:
        identifiant = secrets.token_hex(16)
        cle = cle_jetable()
        try:
            trousseau.garder(identifiant, cle)
        except trousseau.SansTrousseau as erreur:
            phrase = _choisir(demander)
            if phrase is None:
                raise ErreurCle(
                    "Le trousseau de cet ordinateur ne répond pas et aucune phrase secrète n’a été donnée : "
                    "la base n’a pas été créée.",
                    f"Déverrouillez le trousseau, ou donnez une phrase secrète (variable {VARIABLE}).",
                ) from erreur
        else:
            return _sceller(chemin, Temoin("trousseau", id=identifiant), cle.octets)
    temoin = Temoin("phrase", sel=secrets.token_hex(16), n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P)
    return _sceller(chemin, temoin, deriver(phrase, temoin))


def _sceller(chemin: Path, temoin: Temoin, octets: bytes) -> Cle:
    ecrit = ecrire_temoin(chemin, temoin)
    if ecrit is None:
        raise ErreurCle("Un autre programme crée la même base en ce moment.", "Recommencez dans un instant.")
    return Cle(octets, temoin=ecrit)


def _choisir(demander: Demander | None) -> str | None:
    """A new phrase, typed twice: a mistyped one would close the base for ever."""
    if demander is None:
        return None
    question = (
        "Choisissez une phrase secrète pour protéger la base. Sans elle, la base ne pourra plus être ouverte."
    )
    for _ in range(ESSAIS):
        phrase = demander(question)
        if phrase is None:
            return None
        if not phrase.strip():
            question = "Une phrase vide ne protège rien. Choisissez une phrase secrète pour la base."
            continue
        confirmation = demander("Tapez la même phrase une seconde fois.")
        if confirmation is None:
            return None
        if confirmation == phrase:
            return phrase
        question = "Les deux phrases sont différentes. Choisissez de nouveau une phrase secrète pour la base."
    return None


def _du_trousseau(chemin: Path, temoin: Temoin) -> Cle:
    try:
        cle = trousseau.lire(temoin.id)
    except trousseau.SansTrousseau as erreur:
        precision = f" La phrase de {VARIABLE} ne peut pas le remplacer." if os.environ.get(VARIABLE) else ""
        raise ErreurCle(
            "La clé de la base est gardée dans le trousseau de cet ordinateur, qui ne répond pas ou est verrouillé."
            + precision,
            "Déverrouillez le trousseau (ouvrez votre session habituelle) puis recommencez.",
        ) from erreur
    if cle is None:
        raise ErreurCle(
            "Le trousseau de cet ordinateur ne contient pas la clé de cette base.",
            "Ouvrez-la avec l’ordinateur et la session qui l’ont créée"
            + (
                "."
                if chemin.exists()
                else f", ou retirez « {chemin_du_temoin(chemin).name} » pour en créer une nouvelle."
            ),
        )
    if chemin.exists() and not cle_ouvre(chemin, cle):
        raise ErreurCle(
            f"« {chemin.name} » ne s’ouvre pas avec la clé gardée dans le trousseau : ce n’est pas cette base, ou elle est abîmée.",
            "Le fichier n’a pas été modifié ; reprenez une copie de sauvegarde.",
        )
    return cle


def _de_la_phrase(chemin: Path, temoin: Temoin, demander: Demander | None) -> Cle:
    fournie = os.environ.get(VARIABLE)
    if fournie:
        cle = Cle(deriver(fournie, temoin))
        if _va(chemin, cle):
            return cle
        raise ErreurCle(
            f"La phrase secrète de {VARIABLE} n’ouvre pas « {chemin.name} ».",
            "Le fichier n’a pas été modifié ; corrigez la phrase puis recommencez.",
        )
    if demander is None:
        raise ErreurCle(
            f"« {chemin.name} » est protégée par une phrase secrète.",
            f"Donnez-la dans la variable {VARIABLE}.",
        )
    question = f"Phrase secrète de « {chemin.name} » :"
    for _ in range(ESSAIS):
        phrase = demander(question)
        if phrase is None:
            raise ErreurCle(
                f"« {chemin.name} » reste fermée : la phrase secrète n’a pas été donnée.",
                "Relancez le logiciel quand vous l’aurez.",
            )
        cle = Cle(deriver(phrase, temoin))
        if _va(chemin, cle):
            return cle
        question = f"Cette phrase n’ouvre pas la base. Phrase secrète de « {chemin.name} » :"
    raise ErreurCle(
        f"La phrase secrète n’ouvre pas « {chemin.name} ».",
        "Le fichier n’a pas été modifié ; vérifiez la phrase puis recommencez.",
    )


def _va(chemin: Path, cle: Cle) -> bool:
    """A base not made yet takes any phrase: its sidecar outlived a base that was moved or removed."""
    return not chemin.exists() or cle_ouvre(chemin, cle)
