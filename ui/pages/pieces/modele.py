"""The rows of the Pièces page: the fourteen pieces, and what each one holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from esms_desktop.documents.catalogue import de_la_piece
from esms_desktop.francais import NBSP, accord, majuscule, mots, pluriel, taille
from esms_desktop.lecture import Dossier, Fichier, Og
from esms_desktop.regles.dossier.pieces import PAR_OG, Etat, EtatPiece
from ui.fil import EN_COURS
from ui.models.table import Colonne

IMAGES = (".png", ".jpg", ".gif")

_OBLIGATIONS = {
    "obligatoire": "Obligatoire",
    "facultative": "Facultative",
    "sans-objet": "Sans objet",
    "a-preciser": "À préciser",
}


@dataclass(frozen=True)
class Element:
    """One thing a piece holds: a document the application draws (`genere`), or an attached file (`fichier_id`)."""

    titre: str
    detail: str
    organisme: str
    og_id: int | None
    genere: str = ""
    fichier_id: int | None = None
    extension: str = ""
    sha256: str = ""
    pages: int | None = None
    entite: str = ""

    @property
    def cle(self) -> tuple[str, int | None, int | None]:
        """Tells the same thing from one reading to the next."""
        return (self.genere, self.fichier_id, self.og_id if self.genere else None)


_ETATS = {
    Etat.SANS_OBJET: "neutre",
    Etat.A_COMPLETER: "warn",
    Etat.PRETE: "ok",
    Etat.A_SIGNER: "warn",
    Etat.JOINTE: "ok",
}


def etat(piece: EtatPiece) -> tuple[str, str]:
    """(words, kind of badge) of the state of a piece; « mise à jour… » while its document is read."""
    if piece.etat is Etat.A_RELIRE:
        return majuscule(EN_COURS), "neutre"
    if piece.etat is Etat.VIDE:
        if piece.obligation == "a-preciser":
            return "À préciser", "warn"
        return ("Manque", "bad") if piece.due else ("Non jointe", "neutre")
    return piece.etat.libelle, _ETATS[piece.etat]


def contenu(piece: EtatPiece) -> str:
    """What the piece holds, in a few words."""
    fichiers = piece.fichiers
    if len(fichiers) == 1:
        seul = fichiers[0]
        pages = f" · {pluriel(seul.pages, 'page')}" if seul.pages else ""
        texte = f"{seul.nom}{pages}"
    elif fichiers:
        texte = pluriel(len(fichiers), "fichier joint", "fichiers joints")
    elif piece.obligation == "sans-objet":
        return piece.raison
    elif piece.production == "generee" and de_la_piece(piece.numero):
        texte = "Générée par l’application"
    else:
        texte = ""
    if piece.manque and not (piece.satisfaite and not piece.blancs):
        return f"{texte}. {piece.manque}" if texte else piece.manque
    return texte or "Glissez un fichier ici"


COLONNES: Sequence[Colonne[EtatPiece]] = (
    Colonne("N°", lambda p: str(p.numero), tri=lambda p: p.numero, a_droite=True),
    Colonne("Pièce", lambda p: p.titre, second=lambda p: _OBLIGATIONS[p.obligation]),
    Colonne("État", lambda p: etat(p)[0], badge=lambda p: etat(p)[1]),
    Colonne("Contenu", contenu),
)

COLONNES_ELEMENTS: Sequence[Colonne[Element]] = (
    Colonne(
        "Documents de la pièce",
        lambda e: e.titre,
        second=lambda e: " · ".join(t for t in (e.organisme, e.detail) if t),
    ),
)


def detail(fichier: Fichier) -> str:
    """Size and pages of an attached file."""
    pages = f" · {pluriel(fichier.pages, 'page')}" if fichier.pages else ""
    return f"{taille(fichier.taille)}{pages}"


def elements(dossier: Dossier, piece: EtatPiece) -> list[Element]:
    """Attached files first, then what the application draws for the piece."""
    noms = {og.id: og.nom_court for og in dossier.ogs}
    joints = [
        Element(
            f.nom,
            detail(f),
            noms.get(f.og_id or 0, "À attribuer") if f.og_id or piece.numero in PAR_OG else "",
            f.og_id,
            fichier_id=f.id,
            extension=f.extension,
            sha256=f.sha256,
            pages=f.pages,
            entite=f.entite,
        )
        for f in piece.fichiers
    ]
    return joints + dessines(dossier, piece.numero)


def dessines(dossier: Dossier, numero: int) -> list[Element]:
    """The documents the application draws for a piece: one, or one for each OG."""
    modele = de_la_piece(numero)
    if modele is None:
        return []
    mention = "Généré par l’application, à signer" if modele.a_signer else "Généré par l’application"
    if modele.par_og:
        return [Element(modele.titre, mention, og.nom_court, og.id, genere=modele.code) for og in dossier.ogs]
    return [Element(modele.titre, mention, "", None, genere=modele.code)]


def og_probable(nom: str, dossier: Dossier) -> Og | None:
    """The only OG a file name speaks of, by its acronym or its name; the only OG of the dossier; else None."""
    if len(dossier.ogs) == 1:
        return dossier.ogs[0]
    mots = f" {_mots(nom)} "
    cites = [
        og
        for og in dossier.ogs
        if any(f" {_mots(n)} " in mots for n in (og.sigle, og.nom) if len(_mots(n)) > 2)
    ]
    return cites[0] if len(cites) == 1 else None


def _mots(texte: str) -> str:
    return " ".join(mots(texte))


def phrase(pieces: Sequence[EtatPiece]) -> str:
    """Where the pieces stand, in one sentence."""
    if any(p.etat is Etat.A_RELIRE for p in pieces):
        return f"Pièces{NBSP}: {EN_COURS}"
    comptes: dict[str, int] = {}
    for piece in pieces:
        texte = etat(piece)[0]
        comptes[texte] = comptes.get(texte, 0) + 1
    formes = {
        "Prête": ("prête", "prêtes"),
        "Jointe": ("jointe", "jointes"),
        "À signer": ("à signer", "à signer"),
        "Manque": ("manque", "manquent"),
        "À compléter": ("à compléter", "à compléter"),
        "À préciser": ("à préciser", "à préciser"),
    }
    parts = [
        f"{n}{NBSP}{accord(n, *formes[texte])}" for texte, n in ((t, comptes.get(t, 0)) for t in formes) if n
    ]
    return f"{' · '.join(parts)}. Glissez un fichier sur une ligne pour le joindre."
