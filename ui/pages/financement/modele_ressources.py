"""The own funds and other resources: a table one types in, and the lines that would balance each year."""

from typing import Any

from esms_desktop.francais import NBSP, euros, ou_tiret
from esms_desktop.gestes.financement import Equilibre
from esms_desktop.gestes.lignes import Neuve, neuve
from esms_desktop.lecture import Dossier, Ressource
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.regles.financement.pluriannuel import Annee
from ui.models import saisie
from ui.models.saisie import ColonneSaisie
from ui.pages.financement import modele_valeurs as lu
from ui.pages.financement.modele_couts import ColonneChoix, colonne_annee, colonne_montant, colonne_pour_qui

COLONNES_RESSOURCES: tuple[ColonneSaisie[Ressource], ...] = (
    ColonneChoix(
        entete_de("ressource.genre"),
        lambda r: lu.GENRES.get(r.genre, r.genre),
        lire=lu.genre("genre"),
        obligatoire=True,
        options=lambda _: tuple(lu.GENRES.values()),
    ),
    ColonneSaisie(
        entete_de("ressource.libelle"), lambda r: r.libelle, lire=saisie.ligne("libelle", 300), repere=True
    ),
    colonne_pour_qui(),
    colonne_annee(),
    colonne_montant(entete_de("ressource.montant_cents"), "montant_cents"),
)
POIDS_RESSOURCES = (1.2, 2.6, 1.3, 0.8, 1.2)


def nom_ressource(ressource: Ressource) -> str:
    """How sentences call a resource."""
    nom = ressource.libelle or lu.GENRES.get(ressource.genre, ressource.genre)
    return f"{nom}, {ressource.annee}" if ressource.annee else nom


def ressource_neuve(dossier: Dossier, champs: dict[str, Any]) -> Neuve:
    """A resource, not saved."""
    return neuve("ressource", dossier_id=dossier.id, **champs)


def phrases(propose: Equilibre, dossier: Dossier) -> tuple[str, ...]:
    """What balancing would do, a line each."""
    dites = [
        f"{v['annee'] or 'Année à préciser'}{NBSP}: {lu.libelle_pour_qui(dossier, v['og_id'])}, "
        f"{ou_tiret(euros, v['montant_cents'])}"
        for v in (r.valeurs for r in propose.ajouts)
    ]
    dites += [
        f"{nom_ressource(r)} ({lu.libelle_pour_qui(dossier, r.og_id)}){NBSP}: "
        + (f"ramené de {ou_tiret(euros, r.montant_cents)} à {euros(cents)}" if cents else "retiré")
        for r, cents in propose.baisses
    ]
    return (*dites, *(phrase_surplus(a, c) for a, c in propose.surplus))


def phrase_surplus(annee: Annee, cents: int) -> str:
    """Why a year cannot be balanced by own funds."""
    return (
        f"{annee or 'Année à préciser'}{NBSP}: les ressources dépassent les coûts de {euros(cents)}. L’autofinancement "
        f"n’y peut rien{NBSP}: avancez des coûts vers cette année, ou revoyez la date de la convention."
    )
