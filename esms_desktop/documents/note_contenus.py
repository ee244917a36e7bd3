"""What the kit wants the note to tell of the preparation, in the words of the person, and the annexes it carries at choice (KIT § 3)."""

from collections.abc import Iterator

from esms_desktop import francais
from esms_desktop.campagnes.fondement import Fondement
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import cibles
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import Bloc, Colonne, Contenu, Manque, SautPage, Tableau, Titre
from esms_desktop.documents.produits import risques
from esms_desktop.lecture import Autodiagnostic, Dossier
from esms_desktop.nomenclature.listes import PointControle, points_controle
from esms_desktop.regles.dossier.preparation import GENRES, etat_autodiagnostics


def contenu(dossier: Dossier, campagne: Campagne, code: str) -> tuple[Bloc, ...]:
    """A part of the note: its heading, then what was written at that point of the preparation.

    Nothing written, it is a gap where a text of the campaign wants it there; elsewhere there is no such part.
    """
    point = points_controle()[code]
    texte = next((p.commentaire for p in dossier.points_preparation if p.code == code), "") or ""
    voulu = campagne.fondement(point.source, dossier.type_projet) is Fondement.TEXTE
    if not texte.strip() and not voulu:
        return ()
    return (Titre(2, point.contenu), *commun.libre(texte, _lacune(point)))


def _lacune(point: PointControle) -> Manque:
    """The gap of what the note tells of a point: written in the dossier, or as the comment of its answer."""
    nom = francais.minuscule(point.contenu)
    if point.champ:
        return Manque(nom, code=f"dossier.{point.champ}")
    return Manque(nom, code="point_preparation.commentaire", ligne=point.code)


def autodiagnostics(dossier: Dossier, campagne: Campagne) -> tuple[Bloc, ...]:
    """The results of the self-assessments: what was written of them, then one row for each organisme that made one."""
    dits = contenu(dossier, campagne, "enjeux-autodiagnostic")
    faits = [e for e in etat_autodiagnostics(dossier) if e.realise and e.fait is not None]
    if not faits:
        return dits
    titre = () if dits else (Titre(2, points_controle()["enjeux-autodiagnostic"].contenu),)
    par_og = {e.og.id: {x.genre: x.fait for x in faits if x.og.id == e.og.id} for e in faits}
    lignes: tuple[tuple[Contenu, ...], ...] = tuple(
        (og.nom, *(_dit(par_og[og.id].get(genre)) for genre in GENRES))
        for og in dossier.ogs
        if og.id in par_og
    )
    colonnes = (Colonne("Organisme", 1.6), *(Colonne(francais.majuscule(g), 1.7) for g in GENRES.values()))
    return (*dits, *titre, Tableau(colonnes, lignes))


def _dit(fait: Autodiagnostic | None) -> str:
    if fait is None:
        return "—"
    jour = f"Le {francais.date_longue(fait.date)}" if fait.date else "Réalisé"
    return f"{jour} : {fait.resultat}" if (fait.resultat or "").strip() else jour


def annexes(dossier: Dossier, campagne: Campagne) -> Iterator[Bloc]:
    """The annexes chosen: the targets of use, the map of the risks."""
    rang = 0
    if dossier.annexer_cibles:
        rang += 1
        yield from (SautPage(), Titre(1, f"Annexe {rang}. Cibles d’usage"), *cibles.tableau(campagne))
    if dossier.annexer_risques:
        rang += 1
        yield from (SautPage(), Titre(1, f"Annexe {rang}. Carte des risques de la grappe"))
        yield from risques.carte_de_la_grappe(dossier)
