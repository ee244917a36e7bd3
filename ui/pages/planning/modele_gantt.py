"""The planning as the chart draws it: its rows as bars, its links, today and the last day allowed."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.francais import NBSP, date_courte
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.vocabulaire import Plan
from esms_desktop.regles.financement.durees import limite
from esms_desktop.regles.planning.ordonnancement import TypeLien
from esms_desktop.regles.planning.planning import Planning
from ui.pages.planning.modele import LignePlan, bornes, description
from ui.widgets.gantt.contenu import Barre, Contenu, Trait

_TEINTES = {plan: rang for rang, plan in enumerate(Plan)}


def contenu(
    lignes: Sequence[LignePlan],
    planning: Planning,
    dossier: Dossier,
    jour: date,
    borne: tuple[date, str] | None,
) -> Contenu:
    """What the chart shows of these rows. `borne`: the last day allowed, see `limite_de`."""
    barres = [_barre(x) for x in lignes]
    montrees = {x.cle for x in lignes if x.placee is not None}
    critiques = {t.id: rang for rang, t in enumerate(planning.chemin)}
    rompus = {id(x) for x in planning.contredits}
    traits = [
        Trait(
            lien.avant_id,
            lien.apres_id,
            lien.type == TypeLien.DEBUT_DEBUT,
            lien.type == TypeLien.FIN_FIN,
            id(lien) in rompus,
            _se_suivent(critiques, lien.avant_id, lien.apres_id),
        )
        for lien in dossier.liens_taches
        if lien.avant_id in montrees and lien.apres_id in montrees
    ]
    return Contenu(barres, traits, planning.calendrier, jour, borne)


def limite_de(dossier: Dossier, campagne: Campagne, planning: Planning) -> tuple[date, str] | None:
    """The last day the campaign leaves to the deployment, and what is written beside it; None when it fixes none."""
    fin = limite(dossier, campagne, planning)
    if fin is None:
        return None
    mois = campagne.durees.mois(dossier.type_projet).valeur
    return fin, f"{mois}{NBSP}mois{NBSP}: fin autorisée {date_courte(fin)}"


def _se_suivent(critiques: Mapping[int, int], avant: int, apres: int) -> bool:
    rang = critiques.get(avant)
    return rang is not None and critiques.get(apres) == rang + 1


def _barre(ligne: LignePlan) -> Barre:
    teinte = _TEINTES[ligne.plan]
    if ligne.placee is None:
        debut, fin = bornes(ligne.du_plan)
        return Barre(
            ligne.cle,
            ligne.plan.libelle,
            partial(description, ligne),
            debut,
            fin,
            teinte,
            titre=True,
            repliee=ligne.repliee,
        )
    p, t = ligne.placee, ligne.placee.tache
    reference = None
    if t.reference_debut is not None and t.reference_fin is not None:
        reference = t.reference_debut, t.reference_fin
    return Barre(
        t.id,
        t.nom,
        partial(description, ligne),
        p.debut,
        p.fin,
        teinte,
        jalon=t.jalon,
        avancement=t.avancement,
        critique=p.critique,
        reference=reference,
        echeance=t.echeance,
        retard=p.retard,
    )
