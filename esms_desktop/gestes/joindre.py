"""Attach a file to a piece, after looking at what it really is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from esms_desktop import entrees, model
from esms_desktop.campagnes.chargement import charger
from esms_desktop.depot.fichiers.fichiers import (
    TAILLE_MAX,
    ErreurMotDePasse,
    FichierVerifie,
    verifier_fichier,
)
from esms_desktop.errors import ErreurPiece, ErreurSaisie, raison_systeme
from esms_desktop.lecture import Dossier, Og
from esms_desktop.regles.dossier.pieces import TITRES
from esms_desktop.store.porte import Porte

NUMEROS = range(1, 15)


# Asks a person for the password of a file; None when they give up.
Demander = Callable[[str], str | None]


@dataclass(frozen=True)
class Jointure:
    """A file that was attached, and what the person should know of it, one French sentence each."""

    fichier: model.Fichier
    remarques: tuple[str, ...]

    def en_dict(self, donne: str) -> dict[str, object]:
        """The same for a program; `donne`: the name the file had."""
        f = self.fichier
        return {
            "piece": {"numero": f.numero, "titre": TITRES[f.numero]},
            "donne": donne,
            "fichier": f.nom,
            "extension": f.extension,
            "pages": f.pages,
            "taille": f.taille,
            "sha256": f.sha256,
            "remarques": list(self.remarques),
        }


def joindre_fichier(
    porte: Porte,
    dossier: Dossier,
    numero: int,
    chemin: Path,
    og: Og | None = None,
    demander: Demander | None = None,
) -> Jointure:
    """Reads `chemin`, checks it and attaches it to piece `numero` (1 to 14).

    The bytes are kept unchanged in the base, under a name that ends as they do, but those of a PDF that opens with a password only: its copy without
    protection is attached, and the password is kept nowhere.

    Args:
        demander: asks the password of a PDF, as often as it is wrong; without it, such a PDF is refused.

    Raises:
        ErreurSaisie: no such piece.
        ErreurPiece: the file cannot be read or cannot be accepted; nothing is attached.
    """
    if numero not in NUMEROS:
        raise ErreurSaisie(f"La pièce {numero} n’existe pas.", "Les pièces portent les numéros 1 à 14.")
    try:
        if chemin.exists() and not chemin.is_file() and not chemin.is_dir():
            raise ErreurPiece(
                f"«\u00a0{chemin.name}\u00a0» n’est pas un fichier ordinaire.",
                "Rien n’a été joint ; choisissez un document enregistré sur le disque.",
            )
        octets = entrees.lire(chemin, TAILLE_MAX)
    except OSError as e:
        raison = "il n’existe pas" if isinstance(e, FileNotFoundError) else raison_systeme(e)
        raise ErreurPiece(
            f"Le fichier « {chemin.name} » ne peut pas être lu : {raison}.",
            "Rien n’a été joint ; vérifiez son emplacement et recommencez.",
        ) from e
    extensions = charger(dossier.campagne_id).extensions.valeur
    try:
        verifie = _verifier(chemin.name, octets, extensions, demander)
    except ErreurPiece as e:
        raise ErreurPiece(f"{e.message.rstrip('.')}\u00a0; rien n’est joint.", e.remede) from e
    fichier = porte.joindre(
        dossier,
        numero,
        verifie.nom_sobre,
        verifie.extension,
        octets if verifie.copie is None else verifie.copie,
        og=og,
        pages=verifie.pages,
        libelle=f"Joindre « {verifie.nom_sobre} » à la pièce {numero}",
    )
    return Jointure(fichier, verifie.remarques)


def _verifier(
    nom: str, octets: bytes, extensions: Sequence[str], demander: Demander | None
) -> FichierVerifie:
    try:
        return verifier_fichier(nom, octets, extensions)
    except ErreurMotDePasse as e:
        refus = e
    while demander is not None:
        mot_de_passe = demander(str(refus))
        if not mot_de_passe:
            break
        try:
            return verifier_fichier(nom, octets, extensions, mot_de_passe)
        except ErreurMotDePasse as e:
            refus = e
    raise refus
