"""What is done to the attached files: attach several at once, say whose they are and what they cover."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import pluriel
from esms_desktop.gestes.lignes import saisir_tous
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import Dossier, Essms, Fichier, Og
from esms_desktop.store.porte import Porte


@dataclass(frozen=True)
class AJoindre:
    """A file that was read and checked. `og`: whose it is, None for the grappe; `pages`: None when they do not count."""

    nom: str
    extension: str
    octets: bytes
    pages: int | None
    og: Og | None = None


def joindre(porte: Porte, dossier: Dossier, numero: int, fichiers: Sequence[AJoindre]) -> list[int]:
    """Attaches files to piece `numero` (1 to 14), in one step. Answers their ids."""
    quoi = f"«\u00a0{fichiers[0].nom}\u00a0»" if len(fichiers) == 1 else pluriel(len(fichiers), "fichier")
    with porte.geste(f"Joindre {quoi} à la pièce {numero}"):
        return [
            porte.joindre(dossier, numero, f.nom, f.extension, f.octets, og=f.og, pages=f.pages).id
            for f in fichiers
        ]


@geste("pieces.attribuer", "Dire de quel organisme est un fichier joint", og="rien\u00a0: de toute la grappe")
def attribuer(porte: Porte, fichier: Fichier, og: Og | None) -> bool:
    """Says which OG an attached file stands for."""
    libelle = f"Attribuer «\u00a0{fichier.nom}\u00a0» à un organisme"
    return porte.modifier(fichier, libelle, og_id=og.id if og else None)


@geste("pieces.attribuer-entite", "Dire de quelle entité nationale est un accord joint")
def attribuer_entite(porte: Porte, fichier: Fichier, entite: str) -> bool:
    """Says which national entity an attached agreement is of."""
    return porte.modifier(
        fichier, f"Attribuer «\u00a0{fichier.nom}\u00a0» à une entité nationale", entite=entite
    )


@geste("pieces.retirer", "Retirer un fichier joint")
def retirer(porte: Porte, fichier: Fichier) -> None:
    """Removes an attached file."""
    porte.retirer(fichier, libelle=f"Retirer «\u00a0{fichier.nom}\u00a0» de la pièce {fichier.numero}")


@geste(
    "pieces.couvrir",
    "Dire quels ESSMS couvre un autodiagnostic joint",
    genre="si ou cyber",
)
def couvrir_diagnostic(porte: Porte, fichier: Fichier, genre: str, essms: Sequence[Essms]) -> int:
    """Says that an attached autodiagnostic covers these ESSMS and no other; says how many answers changed.

    Raises:
        ErreurSaisie: no such kind.
    """
    champs = {"si": "diagnostic_si_id", "cyber": "diagnostic_cyber_id"}
    if genre not in champs:
        raise ErreurSaisie(
            f"«\u00a0{genre}\u00a0» n’est pas un genre d’autodiagnostic.", "Au choix\u00a0: si, cyber."
        )
    return couvrir(porte, fichier, fichier.dossier.essms, {champs[genre]: {e.id for e in essms}})


def couvrir(
    porte: Porte,
    fichier: Fichier,
    essms: Sequence[Essms],
    choix: Mapping[str, Set[int]],
) -> int:
    """Says which ESSMS an attached file covers, by column of `Essms`; says how many answers changed."""
    changements = [
        (e, {champ: fichier.id if e.id in choisis else None})
        for champ, choisis in choix.items()
        for e in essms
        if (e.id in choisis) != (getattr(e, champ) == fichier.id)
    ]
    return saisir_tous(porte, changements, f"Dire quels ESSMS couvre «\u00a0{fichier.nom}\u00a0»")
