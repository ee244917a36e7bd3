"""What changes in the slots of a key: the recovery code shown, confirmed or replaced, the phrase, the keyring, a lost sidecar."""

import os
import secrets
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from esms_desktop.errors import ErreurCle
from esms_desktop.store.cles import cles, code_secours, trousseau
from esms_desktop.store.cles.chiffrement import Cle, identite
from esms_desktop.store.cles.cle_neuve import emplacement_de_phrase, exiger_forte
from esms_desktop.store.cles.cles import Trouvee
from esms_desktop.store.cles.derivation import VARIABLE, deriver
from esms_desktop.store.cles.emplacements import (
    Emplacement,
    code_en_attente,
    du_code,
    du_trousseau,
    mettre_en_attente,
    nom_au_trousseau,
    ouvrir_par_phrase,
    pour_une_autre_cle,
)
from esms_desktop.store.cles.temoin import ecrire_temoin, garder_une_copie, rassembler
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.sauvegarde.remplacement import rechiffrer


def emplacements_de(chemin: Path, cle: Cle) -> tuple[Emplacement, ...]:
    """The slots that keep this key."""
    qui = _identite(chemin, cle)
    return tuple(e for e in rassembler(chemin, qui)[0] if e.base == qui and e.reconnait(cle))


def _identite(chemin: Path, cle: Cle) -> str:
    return cle.sel.hex() if cle.sel else identite(chemin)


def copier_ici(chemin: Path, cle: Cle) -> None:
    """Has this computer keep a copy of the slots of a base just made; without a place for it, the sidecar stands alone."""
    with suppress(OSError):
        garder_une_copie(emplacements_de(chemin, cle))


def code_a_confirmer(chemin: Path, cle: Cle) -> str | None:
    """The recovery code that the person has not confirmed yet; None when there is none left to show."""
    for e in emplacements_de(chemin, cle):
        if e.genre == "attente" and (code := code_en_attente(e, cle)) is not None:
            return code_secours.ecrire(code)
    return None


def a_un_code(chemin: Path, cle: Cle) -> bool:
    """Whether a recovery code opens the base; False for one made before there were any."""
    return any(e.genre == "code" for e in emplacements_de(chemin, cle))


def confirmer_code(chemin: Path, cle: Cle) -> None:
    """The person has the sheet: the code is kept nowhere any more.

    Raises:
        ErreurBase: the disk refuses; the code is asked again at the next start.
    """
    _ecrire(chemin, tuple(e for e in emplacements_de(chemin, cle) if e.genre != "attente"))


def nouveau_code(chemin: Path, cle: Cle) -> Cle:
    """Draws another recovery code and encrypts the base anew with the key it makes; answers that key.

    The former code no longer opens the base, only the copies made before. Phrase and keyring go on serving. The new code waits
    for its confirmation (`code_a_confirmer`).

    Raises:
        ErreurBase: another window or program has the base open, or the disk refuses; the base is as it was.
    """
    code, sel = code_secours.tirer(), secrets.token_bytes(16)
    nouvelle = Cle(code_secours.cle_du_code(code).octets, sel=sel)
    base, avant = sel.hex(), _identite(chemin, cle)
    nos = [du_code(nouvelle, base), mettre_en_attente(nouvelle, base, code)]
    anciens = emplacements_de(chemin, cle)
    for e in rassembler(chemin, avant)[0]:
        if e.ancien and e.genre == "phrase" and not any(x.genre == "phrase" for x in anciens):
            raise ErreurCle(
                "La phrase secrète de cette base n’a pas encore été reprise.",
                "Rouvrez la base avec elle, puis recommencez.",
            )
    for e in anciens:
        if e.genre == "phrase":
            nos.insert(0, pour_une_autre_cle(e, nouvelle, base))
        elif e.genre == "trousseau":
            nos.insert(0, _mettre_au_trousseau(nouvelle, base))
    try:
        rechiffrer(chemin, cle, nouvelle, lambda: ecrire_temoin(chemin, nos))
        ecrire_temoin(chemin, nos, sans=anciens)
        garder_une_copie(nos)
    except (sqlcipher.Error, OSError) as erreur:
        raise traduire(erreur) from erreur
    return nouvelle


def changer_phrase(chemin: Path, cle: Cle, phrase: str) -> None:
    """Has another phrase open the base in place of the former one, if any.

    Raises:
        ErreurCle: the phrase is too weak. ErreurBase: the disk refuses; the former phrase still serves.
    """
    exiger_forte(phrase)
    autres = tuple(e for e in emplacements_de(chemin, cle) if e.genre != "phrase")
    _ecrire(chemin, (emplacement_de_phrase(cle, _identite(chemin, cle), phrase), *autres))


def garder_au_trousseau(chemin: Path, cle: Cle) -> None:
    """Has the keyring of this session open the base too.

    Raises:
        ErreurCle: the keyring does not answer. ErreurBase: the disk refuses.
    """
    autres = tuple(e for e in emplacements_de(chemin, cle) if e.genre != "trousseau")
    _ecrire(chemin, (_mettre_au_trousseau(cle, _identite(chemin, cle)), *autres))


def reconnait(chemin: Path, cle: Cle, secret: str) -> bool:
    """Whether a phrase or a recovery code is one that opens a base this process has open; its file is not read."""
    if code_secours.ressemble(secret):
        return code_secours.cle_du_code(code_secours.lire(secret)) == cle
    return any(
        ouvrir_par_phrase(e, deriver(secret, e.scrypt)) == cle
        for e in emplacements_de(chemin, cle)
        if e.genre == "phrase"
    )


def trousseau_reconnait(chemin: Path, cle: Cle) -> bool:
    """Whether the keyring of this session gives the key of a base this process has open.

    Raises:
        ErreurCle: the keyring does not answer, or is locked.
    """
    try:
        return any(
            trousseau.lire(e.nom) == cle for e in emplacements_de(chemin, cle) if e.genre == "trousseau"
        )
    except trousseau.SansTrousseau as erreur:
        raise ErreurCle(
            "Le trousseau de cette session ne répond pas ou est verrouillé.",
            "Déverrouillez-le, ou donnez la phrase secrète ou le code de secours.",
        ) from erreur


def rebatir(chemin: Path, code: str, choisie: str | None = None) -> tuple[Trouvee, tuple[Emplacement, ...]]:
    """Makes the sidecar again from the recovery code, with every slot still found elsewhere; answers the key and the slots.

    A phrase, `choisie` or that of ESMS_DESKTOP_PHRASE, opens the base from then on, whatever phrase did before; without one and
    without a slot of a phrase, the keyring of this session does.

    Raises:
        ErreurCle: this is not the code of this base, the phrase is too weak, or nothing could keep the key.
        ErreurBase: the disk refuses.
    """
    try:
        trouvee = cles.par_code(chemin, code_secours.lire(code))
    except OSError as erreur:
        raise traduire(erreur) from erreur
    base = trouvee.sel.hex()
    nos = [e for e in trouvee.emplacements if not e.ancien and e.base == base]
    if not any(e.genre == "code" for e in nos):
        nos.append(du_code(trouvee.cle, base))
    phrase = choisie or os.environ.get(VARIABLE)
    if phrase:
        deja = cles.par_une_phrase(chemin, phrase)
        if deja is None or deja.cle != trouvee.cle:
            exiger_forte(phrase, "Cette phrase" if choisie else f"La phrase de {VARIABLE}")
            nos = [e for e in nos if e.genre != "phrase"]
            nos.insert(0, emplacement_de_phrase(trouvee.cle, base, phrase))
    elif not any(e.genre == "phrase" for e in nos) or any(e.genre == "trousseau" for e in nos):
        try:
            au_trousseau = _mettre_au_trousseau(trouvee.cle, base)
        except ErreurCle:
            if not any(e.genre == "phrase" for e in nos):
                raise
        else:
            nos = [au_trousseau, *(e for e in nos if e.genre != "trousseau")]
    _ecrire(chemin, tuple(nos))
    return replace(trouvee, emplacements=tuple(nos)), tuple(nos)


def _mettre_au_trousseau(cle: Cle, base: str) -> Emplacement:
    try:
        trousseau.garder(nom_au_trousseau(base), cle)
    except trousseau.SansTrousseau as erreur:
        raise ErreurCle(
            "Le trousseau de cet ordinateur ne répond pas : il ne peut pas garder la clé.",
            f"Déverrouillez-le, ou donnez une phrase secrète (variable {VARIABLE}), puis recommencez.",
        ) from erreur
    return du_trousseau(cle, base)


def _ecrire(chemin: Path, nos: tuple[Emplacement, ...]) -> None:
    try:
        ecrire_temoin(chemin, nos)
        garder_une_copie(nos)
    except OSError as erreur:
        raise traduire(erreur) from erreur
