"""The deposit checklist: the pieces, the preparation, the steps of the filing (referentiel 03 §§ 1 to 3)."""

from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Colonne,
    Contenu,
    Document,
    Encadre,
    Paragraphe,
    Tableau,
    Texte,
    Titre,
)
from esms_desktop.documents.registre import produit
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.regles.dossier.pieces import EtatPiece, a_deposer, phrase_pieces
from esms_desktop.regles.dossier.preparation import EtatPoint, EtatTheme, etat_themes

CODE = "liste-controle"
TITRE = "Liste de contrôle avant dépôt"
_OBLIGATIONS = {
    "obligatoire": "Obligatoire",
    "facultative": "Facultative",
    "sans-objet": "Sans objet",
    "a-preciser": "À préciser",
}


def document(dossier: Dossier, campagne: Campagne, jour: date, etats: tuple[EtatPiece, ...]) -> Document:
    """The checklist. It is for the person: it has no gap of its own; `jour` is not used by its text.

    Args:
        etats: where the pieces stand, gaps included.
    """
    themes = etat_themes(dossier, campagne)
    preparation = [bloc for theme in themes for bloc in _theme(dossier, theme)]
    if not a_deposer(campagne):
        blocs: tuple[Bloc, ...] = (
            Encadre("info", "Cette campagne ne demande aucune pièce : il n’y a pas de dossier à déposer."),
            Titre(1, "La préparation du projet"),
            *preparation,
        )
        return commun.document(CODE, TITRE, commun.cartouche(dossier, campagne), dossier, blocs)
    blocs = (
        _bilan(etats, themes),
        Titre(1, "1. Les pièces du dossier"),
        _pieces(etats),
        Paragraphe(
            f"Extensions admises par le téléservice : {', '.join(campagne.extensions.valeur)}.", discret=True
        ),
        Titre(1, "2. La préparation du projet"),
        *preparation,
        Titre(1, "3. Le dépôt, étape par étape"),
        Tableau(
            (Colonne("Fait", 0.9, "centre"), Colonne("Étape", 6)),
            tuple((_coche(quand), etape) for quand, etape in _etapes(dossier)),
        ),
    )
    return commun.document(CODE, TITRE, commun.cartouche(dossier, campagne), dossier, blocs)


def _bilan(etats: tuple[EtatPiece, ...], themes: tuple[EtatTheme, ...]) -> Encadre:
    attendues = [e for e in etats if e.due]
    reunies = all(e.satisfaite for e in attendues)
    repondus, points = sum(t.repondus for t in themes), sum(len(t.points) for t in themes)
    texte = (
        f"{phrase_pieces(etats)}. "
        f"Points de préparation : {francais.pluriel(repondus, 'réponse')} sur {francais.nombre(points)}."
    )
    return Encadre("info" if reunies else "alerte", texte)


def _pieces(etats: tuple[EtatPiece, ...]) -> Tableau:
    return Tableau(
        (
            Colonne("N°", 0.4, "droite"),
            Colonne("Pièce", 2.2),
            Colonne("Demandée", 1),
            Colonne("État", 0.9),
            Colonne("Fichiers, ou ce qui manque", 2.6),
        ),
        tuple(_piece(e) for e in etats),
    )


def _piece(e: EtatPiece) -> tuple[Contenu, ...]:
    if e.obligation == "sans-objet" and not e.fichiers:
        return (str(e.numero), e.titre, _OBLIGATIONS[e.obligation], "—", e.raison)
    if not e.satisfaite:
        return (
            str(e.numero),
            Texte(e.titre, gras=True),
            _OBLIGATIONS[e.obligation],
            Texte(e.etat.libelle, gras=True),
            e.manque,
        )
    if e.fichiers:
        return (
            str(e.numero),
            e.titre,
            _OBLIGATIONS[e.obligation],
            "✓ Jointe",
            "\n".join(f.nom for f in e.fichiers),
        )
    if e.production == "generee":
        return (
            str(e.numero),
            e.titre,
            _OBLIGATIONS[e.obligation],
            "✓ Produite",
            "Par l’application, au dépôt.",
        )
    return (str(e.numero), e.titre, _OBLIGATIONS[e.obligation], "Non jointe", e.raison)


def _theme(dossier: Dossier, theme: EtatTheme) -> tuple[Bloc, ...]:
    return (
        Titre(
            2,
            f"{theme.theme.titre} : {francais.nombre(theme.repondus)} sur {francais.nombre(len(theme.points))}",
        ),
        Tableau(
            (
                Colonne("Point de contrôle", 3.4),
                Colonne(entete_de("point_preparation.reponse"), 0.9),
                Colonne(entete_de("point_preparation.commentaire"), 2.2),
            ),
            tuple((_point(dossier, p), _reponse(p), _commentaire(dossier, p)) for p in theme.points),
        ),
    )


def _point(dossier: Dossier, p: EtatPoint) -> str:
    """The point as the kit words it; one organisme alone makes no grappe."""
    return p.point.titre.replace("de la grappe", "du projet") if len(dossier.ogs) == 1 else p.point.titre


def _commentaire(dossier: Dossier, p: EtatPoint) -> str:
    """What was written; what the note tells is read there."""
    if p.point.contenu:
        dit = getattr(dossier, p.point.champ) if p.point.champ else p.commentaire
        return "Dit dans la note de présentation." if dit else ""
    return p.commentaire or ""


def _reponse(p: EtatPoint) -> Contenu:
    if p.reponse is None:
        return Texte("Non répondu", gras=True)
    return "✓ Oui" if p.reponse else "Non"


def _coche(quand: date | None) -> str:
    return "[    ]" if quand is None else f"✓ {francais.date_courte(quand)}"


def _etapes(dossier: Dossier) -> tuple[tuple[date | None, Contenu], ...]:
    """The four lines, each with the day the person ticked it."""
    prevu = dossier.date_depot_prevue
    dit = f" Dépôt prévu le {francais.date_longue(prevu)}." if prevu else ""
    return (
        (
            dossier.galis_compte_le,
            "Le compte du porteur est créé sur le téléservice GALIS, et son accès vérifié.",
        ),
        (
            dossier.galis_depot_le,
            f"Dans le téléservice « PAI Numérique », le financeur est choisi et la candidature déposée dans les délais.{dit}",
        ),
        (
            dossier.galis_consulte_le,
            "Le compte est consulté chaque semaine : une pièce manquante ou non conforme y est signalée.",
        ),
        (
            dossier.galis_complements_le,
            "Les compléments demandés sont déposés dans le délai indiqué.",
        ),
    )


@produit(CODE, TITRE, rang=2)
def _du_dossier(dossier: Dossier, campagne: Campagne, jour: date) -> Document:
    # The catalogue reads the other documents to know what each piece lacks.
    from esms_desktop.documents.catalogue import pieces

    return document(dossier, campagne, jour, pieces(dossier, campagne, jour))
