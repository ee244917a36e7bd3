"""The rows of the Documents page: what the application draws, what each still lacks, the sections of its text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from esms_desktop.documents import catalogue, constats, modeles
from esms_desktop.documents.arbre.arbre import Document, Lacune, lacunes
from esms_desktop.documents.arbre.champs import INCONNU
from esms_desktop.documents.catalogue import Genere
from esms_desktop.errors import ErreurEsms
from esms_desktop.francais import NBSP, majuscule, pluriel
from esms_desktop.lecture import Dossier, Og, TexteDocument
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.regles.constats import Constat, Gravite
from esms_desktop.regles.dossier.signatures import Etape
from ui.fil import EN_COURS
from ui.models.table import Colonne

if TYPE_CHECKING:
    from ui.lecture import Lecture

__all__ = ["COLONNES", "COLONNES_SECTIONS", "LigneDocument", "LigneSection", "lignes", "sections"]


@dataclass(frozen=True)
class LigneDocument:
    """A document of the dossier.

    Args:
        og: whose document it is, None for the whole project.
        manques: the values it lacks, in reading order; None while it is not read.
        erreur: why it cannot be made.
        reecrites: how many of its `sections` were rewritten for this dossier.
        perime: what was signed no longer tells the dossier.
    """

    genere: Genere
    og: Og | None
    sections: int
    reecrites: int
    perime: bool
    manques: tuple[Lacune, ...] | None = None
    erreur: str = ""

    @property
    def cle(self) -> tuple[str, int | None]:
        """Tells the same document from one reading to the next."""
        return self.genere.code, self.og.id if self.og else None

    @property
    def titre(self) -> str:
        """Its title, with the organisme it is made for."""
        return f"{self.genere.titre} — {self.og.nom_court}" if self.og else self.genere.titre

    @property
    def nom_fichier(self) -> str:
        """A sober name for its file, without extension."""
        from esms_desktop.depot.fichiers.fichiers import nom_sobre
        from esms_desktop.regles.dossier.pieces import NOMS_FICHIERS

        debut = NOMS_FICHIERS.get(self.genere.piece or 0, self.genere.code)
        suite = f"-{self.og.nom_court}" if self.og else ""
        return nom_sobre(f"{debut}{suite}".replace("/", "-").replace(" ", "-") + ".pdf").removesuffix(".pdf")


def etat(ligne: LigneDocument) -> tuple[str, str]:
    """(words, kind of badge) of the state of a document."""
    if ligne.erreur:
        return "Impossible", "bad"
    if ligne.perime:
        return "À régénérer", "bad"
    if ligne.manques is None:
        return EN_COURS, "neutre"
    if ligne.manques:
        return f"{pluriel(len(ligne.manques), 'valeur')} à compléter", "warn"
    return "Complet", "ok"


def texte(ligne: LigneDocument) -> str:
    """What became of its narrative text."""
    if not ligne.sections:
        return "Sans texte libre"
    if not ligne.reecrites:
        return "Texte d’origine"
    return f"Texte modifié ({pluriel(ligne.reecrites, 'section')})"


def _piece(ligne: LigneDocument) -> str:
    return f"Pièce {ligne.genere.piece}" if ligne.genere.piece else "Pour vous"


COLONNES: Sequence[Colonne[LigneDocument]] = (
    Colonne(
        "Document",
        lambda d: d.genere.titre,
        second=lambda d: " · ".join(t for t in (_piece(d), d.og.nom_court if d.og else "", texte(d)) if t),
        tri=lambda d: (d.genere.piece or 99, d.og.rang if d.og else 0),
    ),
    Colonne("État", lambda d: etat(d)[0], badge=lambda d: etat(d)[1]),
)


def lignes(lu: "Lecture") -> list[LigneDocument]:
    """Every document of the dossier, in the order of the pieces; none is read yet (see `lire`)."""
    dossier = lu.dossier
    perimes = {(e.document, e.og.id) for e in lu.signatures if e.etape is Etape.SIGNE and e.a_refaire}
    communs = {document for document, _ in perimes}
    lues = []
    for genere, og in catalogue.tous(dossier):
        codes = {s.code for s in modeles.sections(genere.code)}
        reecrites = sum(t.document == genere.code and t.section in codes for t in dossier.textes)
        perime = (genere.code, og.id) in perimes if og else genere.code in communs
        lues.append(LigneDocument(genere, og, len(codes), reecrites, perime))
    return sorted(lues, key=lambda d: d.genere.piece or 99)


def lire(lu: "Lecture", ligne: LigneDocument) -> LigneDocument:
    """The same row with the values its document lacks."""
    try:
        trous = catalogue.lacunes(ligne.genere.code, lu.dossier, lu.campagne, lu.jour, ligne.og)
    except ErreurEsms as e:
        return replace(ligne, manques=(), erreur=str(e))
    return replace(ligne, manques=trous)


def produire(lu: "Lecture", ligne: LigneDocument) -> Document:
    """What the document says.

    Raises:
        ErreurEsms: it cannot be made from the dossier as it is.
    """
    og = lu.dossier.trouver(Og, ligne.og.id) if ligne.og else None
    return catalogue.produire(ligne.genere.code, lu.dossier, lu.campagne, lu.jour, og)


def phrase(documents: Sequence[LigneDocument]) -> str:
    """Where the documents stand, in one sentence."""
    perimes = sum(d.perime for d in documents)
    lus = all(d.manques is not None for d in documents)
    incomplets = sum(bool(d.manques or d.erreur) for d in documents)
    parts = [f"{pluriel(len(documents), 'document')} produits par l’application"]
    if perimes:
        parts.append(f"{perimes}{NBSP}à régénérer depuis la signature")
    if not lus:
        parts.append(f"valeurs à compléter{NBSP}: {EN_COURS}")
        return " · ".join(parts)
    parts.append(f"{incomplets}{NBSP}à compléter" if incomplets else "aucune valeur ne manque")
    return " · ".join(parts) + "."


# Sections


@dataclass(frozen=True)
class LigneSection:
    """A narrative section: `texte` is what prints; `rangee` the text kept for the dossier, None while it is ours."""

    code: str
    titre: str
    defaut: str
    texte: str
    rangee: TexteDocument | None


COLONNES_SECTIONS: Sequence[Colonne[LigneSection]] = (
    Colonne(entete_de("texte_document.section"), lambda s: s.titre),
    Colonne(
        "Texte",
        lambda s: "Modifié" if s.rangee is not None else "D’origine",
        badge=lambda s: "info" if s.rangee is not None else "neutre",
    ),
)


def sections(dossier: Dossier, code: str) -> list[LigneSection]:
    """The sections of a document, in their order on the page."""
    rangees = {t.section: t for t in dossier.textes if t.document == code}
    return [
        LigneSection(
            s.code,
            s.titre,
            modeles.variante(dossier, code, s.code).texte,
            modeles.texte_de(dossier, code, s.code),
            rangees.get(s.code),
        )
        for s in modeles.sections(code)
    ]


def essayer(lu: "Lecture", code: str, section: str, texte: str, og: Og | None) -> Document:
    """The document as it would print with that text in that section.

    Raises:
        ErreurEsms: it cannot be made from the dossier as it is.
    """
    dossier = lu.dossier
    cle = next((t.id for t in dossier.textes if (t.document, t.section) == (code, section)), -1)
    essai = TexteDocument.vierge(id=cle, dossier_id=dossier.id, document=code, section=section, texte=texte)
    essaye = dossier.avec({TexteDocument.table: {cle: essai}})
    return catalogue.produire(code, essaye, lu.campagne, lu.jour, essaye.trouver(Og, og.id) if og else None)


def manques_du_texte(lu: "Lecture", texte: str, og: Og | None) -> tuple[str, ...]:
    """The values a text asks for and the dossier does not hold; the fields that do not exist are left out."""
    blocs = modeles.blocs_du_texte(texte, lu.dossier, lu.campagne, og)
    trouves = lacunes(Document("", "", "", "", "", blocs))
    return tuple(x.nom for x in trouves if x.code != INCONNU)


def enumerer(noms: Iterable[str], au_plus: int = 6) -> str:
    """The first names, and how many more."""
    tous = list(noms)
    suite = f" et {pluriel(len(tous) - au_plus, 'autre')}" if len(tous) > au_plus else ""
    return ", ".join(tous[:au_plus]) + suite


def constats_de(ligne: LigneDocument) -> list[Constat]:
    """The gaps of a document as findings, in reading order, each with where it is filled."""
    code = ligne.genere.code
    return [
        Constat(
            "documents.manque",
            Gravite.A_FAIRE,
            majuscule(m.nom),
            "",
            "",
            "",
            constats.cible_du_manque(code, m),
        )
        for m in ligne.manques or ()
    ]
