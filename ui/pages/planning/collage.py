"""A block pasted over the cells of the planning: the good values written in one gesture, the others told line by line."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from esms_desktop.echanges.lignes import boucles
from esms_desktop.francais import date_courte, pluriel
from esms_desktop.gestes.planning import saisie as gestes
from esms_desktop.lecture import Tache
from ui.models.collage_lignes import CollageLignes, Faute, analyser
from ui.pages.commun.collage import accepter
from ui.pages.financement.modele_couts import ColonneCalculee
from ui.pages.planning.modele import LignePlan
from ui.pages.planning.modele_colonnes import ATTEND, FIN

if TYPE_CHECKING:
    from ui.pages.planning.page import PagePlanning

Modif = tuple[LignePlan, dict[str, Any]]


def coller_cellules(page: "PagePlanning", texte: str, visees: Sequence[LignePlan], plusieurs: bool) -> str:
    """Pastes over the tasks from the current cell down; gives what was done, in a sentence, empty when nothing was.

    Raises:
        ErreurSaisie: the clipboard holds no table.
    """
    colonnes = page.modele.colonnes
    collage: CollageLignes[LignePlan] = analyser(
        texte,
        colonnes,
        page.dossier(),
        visees,
        max(page.tableau.currentIndex().column(), 0),
        ajoute=False,
        repeter=max(len(visees), 1) if plusieurs else 1,
    )
    calculees = {c.titre for c in colonnes if isinstance(c, ColonneCalculee)}
    collage.fautes = [f for f in collage.fautes if f.colonne not in calculees]
    _refuser_dates(page, collage, visees)
    _refuser_boucles(page, collage, visees)
    if collage.fautes and not accepter(page, collage):
        return ""
    modifs = [(ligne.tache, champs) for ligne, champs in collage.modifs if ligne.tache is not None and champs]
    libelle = f"Coller {pluriel(collage.valeurs, 'valeur')}"
    if not modifs or not page.contexte.reussir(
        page.refuser, gestes.ecrire, modifs, page.contexte.jour(), libelle
    ):
        return ""
    return f"{pluriel(collage.valeurs, 'valeur collée', 'valeurs collées')}."


def _refuser_dates(
    page: "PagePlanning", collage: CollageLignes[LignePlan], visees: Sequence[LignePlan]
) -> None:
    """Takes away an end that comes before the beginning."""
    for ligne, champs in collage.modifs:
        fin, debut = champs.get("fin"), champs.get("debut")
        if fin is None or ligne.placee is None:
            continue
        debut = debut or ligne.placee.debut
        if fin < debut and not ligne.placee.tache.jalon:
            raison = f"elle finirait avant de commencer, le {date_courte(debut)}"
            _retirer(page, collage, visees, (ligne, champs), "fin", FIN, date_courte(fin), raison)


def _refuser_boucles(
    page: "PagePlanning", collage: CollageLignes[LignePlan], visees: Sequence[LignePlan]
) -> None:
    """Takes away the predecessors that would have tasks wait for one another."""
    taches: dict[int, Tache] = {t.id: t for t in page.dossier().taches}
    presents = {t.id: {x.avant_id for x in t.entrants} for t in taches.values()}
    while True:
        colles = {m[0].cle: m for m in collage.modifs if "predecesseurs" in m[1]}
        precedents: dict[int, list[int]] = {cle: list(avant) for cle, avant in presents.items()}
        for cle, (_, champs) in colles.items():
            precedents[cle] = [t.id for t, *_ in champs["predecesseurs"]]
        tours = [(cle,) for cle in colles if cle in precedents[cle]] or boucles(precedents)
        fautives = [
            (tour, cle)
            for tour in tours
            # The one to blame brings a link that was not there.
            for cle in [c for c in tour if c in colles and set(tour) & set(precedents[c]) - presents[c]][-1:]
        ]
        if not fautives:
            return
        for tour, cle in fautives:
            noms = " → ".join(f"«\u00a0{taches[c].nom}\u00a0»" for c in (*tour, tour[0]))
            raison = f"ces tâches s’attendraient l’une l’autre\u00a0: {noms}"
            _retirer(page, collage, visees, colles[cle], "predecesseurs", ATTEND, "", raison)


def _retirer(
    page: "PagePlanning",
    collage: CollageLignes[LignePlan],
    visees: Sequence[LignePlan],
    modif: Modif,
    champ: str,
    colonne: int,
    valeur: str,
    raison: str,
) -> None:
    ligne, champs = modif
    del champs[champ]
    collage.valeurs -= 1
    rang = [x.cle for x in visees].index(ligne.cle) + 1
    collage.fautes.append(Faute(rang, page.modele.colonnes[colonne].titre, valeur, raison))
    collage.fautes.sort(key=lambda f: f.ligne)
