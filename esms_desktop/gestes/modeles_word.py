"""The Word templates of the person: kept in the base with their dossier, filled with its values."""

from pathlib import Path

from esms_desktop import entrees, model
from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents import gabarit_word, paquet_word
from esms_desktop.documents.gabarit_word import Rempli
from esms_desktop.errors import ErreurSaisie, raison_systeme
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import Dossier, Fichier, Og
from esms_desktop.nomenclature import numeros
from esms_desktop.nomenclature.vocabulaire import MODELE_WORD
from esms_desktop.store.porte import Porte

_LONGUEUR = 255


def lire(chemin: Path) -> bytes:
    """The bytes of a template on the disk.

    Raises:
        ErreurSaisie: it cannot be read.
    """
    try:
        return entrees.lire(chemin, paquet_word.TAILLE_MAX)
    except OSError as e:
        raison = "il n’existe pas" if isinstance(e, FileNotFoundError) else raison_systeme(e)
        raise ErreurSaisie(
            f"Le modèle « {chemin.name} » ne peut pas être lu : {raison}.",
            "Rien n’a été gardé ; vérifiez son emplacement et recommencez.",
        ) from e


@geste("documents.garder-modele", "Garder un modèle Word avec le dossier", chemin="le fichier .docx")
def garder(porte: Porte, dossier: Dossier, chemin: Path) -> model.Fichier:
    """Keeps a template with a dossier, in one gesture that can be undone.

    Raises:
        ErreurSaisie: it is not a Word template that can be read; nothing is kept.
    """
    return ranger(porte, dossier, chemin.name, verifier(chemin))


def verifier(chemin: Path) -> bytes:
    """The bytes of a template of the disk, once it is known to be one.

    Raises:
        ErreurSaisie: it is not a Word template that can be read.
    """
    octets = lire(chemin)
    paquet_word.ouvrir(chemin.name, octets)
    return octets


def ranger(porte: Porte, dossier: Dossier, nom: str, octets: bytes) -> model.Fichier:
    """Keeps a template that was looked at."""
    return porte.joindre(
        dossier,
        MODELE_WORD,
        nom[-_LONGUEUR:],
        ".docx",
        octets,
        libelle=f"Garder le modèle Word « {nom} »",
    )


def gardes(dossier: Dossier) -> list[Fichier]:
    """The templates kept with a dossier, in the order they were kept."""
    return dossier.fichiers_de(MODELE_WORD)


def remplir(nom: str, octets: bytes, dossier: Dossier, og: Og | None = None) -> Rempli:
    """Fills a template with the values of a dossier.

    Raises:
        ErreurSaisie: it is not a Word template that can be read.
    """
    return gabarit_word.remplir(nom, octets, dossier, charger(dossier.campagne_id), og)


def trouver_og(dossier: Dossier, ej: str) -> Og:
    """The organisme of a dossier by its EJ number.

    Raises:
        ErreurSaisie: the dossier has no such organisme.
    """
    cherche = numeros.normaliser(ej)
    for og in dossier.ogs:
        if numeros.normaliser(og.finess_ej or "") == cherche:
            return og
    raise ErreurSaisie(
        f"Aucun organisme du dossier « {dossier.nom} » n’a le numéro FINESS juridique {ej}.",
        "Vérifiez le numéro dans la page Grappe.",
    )
