"""The key of a base to make: drawn as a recovery code, kept by the keyring or by a phrase, its sidecar written first."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from esms_desktop.errors import ErreurCle
from esms_desktop.store.cles import code_secours, trousseau
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.derivation import VARIABLE, deriver
from esms_desktop.store.cles.emplacements import (
    SCRYPT_N,
    SCRYPT_P,
    SCRYPT_R,
    Emplacement,
    Scrypt,
    de_la_phrase,
    du_code,
    du_trousseau,
    mettre_en_attente,
    nom_au_trousseau,
)
from esms_desktop.store.cles.force import juger
from esms_desktop.store.cles.temoin import chemin_du_temoin, ecrire_temoin

Demander = Callable[[str], str | None]
ESSAIS = 3


def cle_neuve(chemin: Path, demander: Demander | None) -> Cle:
    """Draws the key of a base to make at `chemin`, and writes its sidecar.

    Kept, in this order, by the phrase of ESMS_DESKTOP_PHRASE, the keyring of the system, a phrase that `demander` asks twice. The
    recovery code waits, sealed, for the person to have it.

    Raises:
        ErreurCle: nothing can keep it, or the phrase is too weak; nothing was written. OSError: the disk refuses.
    """
    code, sel = code_secours.tirer(), secrets.token_bytes(16)
    cle = code_secours.cle_du_code(code)
    base = sel.hex()
    premier = _premier_emplacement(cle, base, demander)
    neuf = not chemin_du_temoin(chemin).exists()
    ecrit = ecrire_temoin(chemin, (premier, du_code(cle, base), mettre_en_attente(cle, base, code)))
    return Cle(cle.octets, temoin=ecrit if neuf else None, sel=sel)


def _premier_emplacement(cle: Cle, base: str, demander: Demander | None) -> Emplacement:
    phrase = os.environ.get(VARIABLE)
    if phrase:
        exiger_forte(phrase, f"La phrase de {VARIABLE}")
        return emplacement_de_phrase(cle, base, phrase)
    try:
        trousseau.garder(nom_au_trousseau(base), cle)
    except trousseau.SansTrousseau as erreur:
        phrase = choisir_phrase(demander)
        if phrase is None:
            raise ErreurCle(
                "Le trousseau de cet ordinateur ne répond pas et aucune phrase secrète n’a été donnée : "
                "la base n’a pas été créée.",
                f"Déverrouillez le trousseau, ou donnez une phrase secrète (variable {VARIABLE}).",
            ) from erreur
        return emplacement_de_phrase(cle, base, phrase)
    return du_trousseau(cle, base)


def emplacement_de_phrase(cle: Cle, base: str, phrase: str) -> Emplacement:
    """A new slot for a phrase; about 250 ms."""
    nombres = Scrypt(secrets.token_hex(16), SCRYPT_N, SCRYPT_R, SCRYPT_P)
    return de_la_phrase(cle, base, deriver(phrase, nombres), nombres)


def exiger_forte(phrase: str, sujet: str = "Cette phrase") -> None:
    """Refuses a phrase under the floor.

    Raises:
        ErreurCle: it is.
    """
    force = juger(phrase)
    if force.refusee:
        raise ErreurCle(
            f"{sujet} est trop faible pour protéger la base. {force.pourquoi}",
            "Choisissez trois ou quatre mots sans rapport entre eux.",
        )


def choisir_phrase(demander: Demander | None) -> str | None:
    """A new phrase, typed twice, None when the person gives up: a mistyped one would not open the base."""
    if demander is None:
        return None
    question = (
        "Choisissez une phrase secrète pour protéger la base : trois ou quatre mots sans rapport entre eux."
    )
    for _ in range(ESSAIS):
        phrase = demander(question)
        if phrase is None:
            return None
        force = juger(phrase)
        if force.refusee:
            question = f"Cette phrase est trop faible. {force.pourquoi} Choisissez-en une autre pour la base."
            continue
        faible = f" {force.pourquoi}" if force.faible else ""
        confirmation = demander(f"Tapez la même phrase une seconde fois.{faible}")
        if confirmation is None:
            return None
        if confirmation == phrase:
            return phrase
        question = "Les deux phrases sont différentes. Choisissez de nouveau une phrase secrète pour la base."
    return None
