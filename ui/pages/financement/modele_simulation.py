"""« Et si… » : a copy of the dossier under other facts, never saved, and what it changes beside the project."""

from collections.abc import Sequence
from dataclasses import dataclass

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.francais import euros, ou_tiret
from esms_desktop.lecture import Dossier, Essms, Og, Solution
from esms_desktop.lecture.ligne import Valeurs
from esms_desktop.nomenclature.vocabulaire import Champ, StatutSolution
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel
from esms_desktop.regles.financement.repartition import repartir
from esms_desktop.regles.recevabilite.eligibilite import relever
from ui.models.table import Colonne
from ui.pages.financement.modele import POSTES, ecart

AJOUTE = "Organisme ajouté"
_ID_AJOUTE = -1


@dataclass(frozen=True)
class Hypothese:
    """The facts tried. `og_retire`: key of the OG that leaves; `essms_ajoutes`: ESSMS of an OG that joins, 0 for none."""

    statut: StatutSolution | None
    sad: bool
    pilotage: bool
    equipement: bool
    og_retire: int | None = None
    essms_ajoutes: int = 0


def hypothese_de(dossier: Dossier) -> Hypothese:
    """The facts as the dossier has them; what is not answered adds nothing."""
    return Hypothese(
        dossier.solution.statut if dossier.solution else None,
        dossier.sad is True,
        dossier.pilotage_demande is True,
        dossier.equipement_demande is True,
    )


def hypothetique(dossier: Dossier, campagne: Campagne, essai: Hypothese) -> Dossier:
    """The dossier under the facts tried, held by no base.

    The costs of an OG that leaves leave with it; the common costs and the price of the éditeur stay. The OG that joins
    brings ESSMS like the first eligible one, of the mean capacity, and the mean number of ETP; it has no free share.
    """
    tables: dict[str, dict[int, Valeurs | None]] = {
        "dossier": {
            dossier.id: {
                **vars(dossier),
                "sad": essai.sad,
                "pilotage_demande": essai.pilotage,
                "equipement_demande": essai.equipement,
            }
        },
        "solution": _solution(dossier, essai.statut),
        "og": {},
        "essms": {},
    }
    if essai.og_retire is not None:
        for nom in ("og", "cout", "cout_rh", "ressource", "materiel"):
            cle = "id" if nom == "og" else "og_id"
            lignes = dossier.version.lignes(nom)
            tables.setdefault(nom, {}).update(
                {x.id: None for x in lignes if getattr(x, cle) == essai.og_retire}
            )
        tables["essms"].update({e.id: None for e in dossier.essms if e.og_id == essai.og_retire})
    restants = [og for og in dossier.ogs if og.id != essai.og_retire]
    if essai.essms_ajoutes:
        og, essms = _og_ajoute(dossier, campagne, restants, essai.essms_ajoutes)
        tables["og"][_ID_AJOUTE] = og
        tables["essms"].update(essms)
    if essai.og_retire is not None and dossier.cle_repartition == "libre":
        gardes: list[Valeurs] = [vars(og) for og in restants]
        gardes += [og for og in (tables["og"].get(_ID_AJOUTE),) if og is not None]
        parts = repartir(10_000, [og["part_libre_pour_dix_mille"] or 0 for og in gardes])
        for garde, part in zip(gardes, parts, strict=True):
            tables["og"][garde["id"]] = {**garde, "part_libre_pour_dix_mille": part}
    return dossier.avec(tables)


def _solution(dossier: Dossier, statut: StatutSolution | None) -> dict[int, Valeurs | None]:
    retenue = dossier.solution
    if retenue is not None:
        return {retenue.id: {**vars(retenue), "statut": statut}}
    if statut is None:
        return {}
    essayee = {"id": _ID_AJOUTE, "dossier_id": dossier.id, "nom": "Solution essayée", "statut": statut}
    return {_ID_AJOUTE: Solution.vierge(**essayee, retenue=True)}


def _og_ajoute(
    dossier: Dossier, campagne: Campagne, ogs: Sequence[Og], nombre: int
) -> tuple[Valeurs, dict[int, Valeurs]]:
    eligibles = relever(dossier, campagne).eligibles
    capacites = [e.capacite for e in dossier.essms if e.capacite is not None]
    etps = [og.etp_centiemes for og in ogs if og.etp_centiemes is not None]
    og = Og.vierge(
        id=_ID_AJOUTE,
        dossier_id=dossier.id,
        rang=max((og.rang for og in ogs), default=-1) + 1,
        nom=AJOUTE,
        nb_essms_total=nombre,
        etp_centiemes=sum(etps) // len(etps) if etps else None,
    )
    og["part_libre_pour_dix_mille"] = 0
    modele: Valeurs = Essms.vierge(categorie="500", champ=Champ.PA)
    if eligibles:
        modele = vars(eligibles[0].essms)
    capacite = sum(capacites) // len(capacites) if capacites else None
    return og, {
        -rang: {
            **modele,
            "id": -rang,
            "og_id": _ID_AJOUTE,
            "rang": rang,
            "nom": modele["nom"] or f"Structure {rang}",
            "finess": f"essai-{rang}",
            "capacite": capacite,
        }
        for rang in range(1, nombre + 1)
    }


@dataclass(frozen=True)
class LigneSimulee:
    """A line of the comparison, in cents: as the project stands, and under the facts tried; None: not known."""

    cle: object
    libelle: str
    projet_cents: int | None
    essai_cents: int | None
    second: str = ""
    forte: bool = False

    @property
    def ecart_cents(self) -> int | None:
        """What the facts tried add (or take away when negative)."""
        if self.projet_cents is None or self.essai_cents is None:
            return None
        return self.essai_cents - self.projet_cents


def comparer(projet: PlanPluriannuel, essai: PlanPluriannuel) -> list[LigneSimulee]:
    """Poste by poste, then the costs and what is left to pay."""
    avant, apres = projet.finance.projet, essai.finance.projet
    lignes = [
        LigneSimulee(poste, nom, avant.postes_cents.get(poste, 0), apres.postes_cents.get(poste, 0))
        for poste, nom in POSTES.items()
        if avant.postes_cents.get(poste) or apres.postes_cents.get(poste)
    ]
    return [
        *lignes,
        LigneSimulee(
            "total", "Total", avant.total_cents, apres.total_cents, "Financement du programme", forte=True
        ),
        LigneSimulee(
            "emplois", "Coûts du projet", projet.emplois_cents, essai.emplois_cents, "TTC, personnel compris"
        ),
        LigneSimulee(
            "autres",
            "Autres ressources",
            projet.origine_cents("autre"),
            essai.origine_cents("autre"),
        ),
        LigneSimulee(
            "reste",
            "Reste à charge",
            projet.reste_cents,
            essai.reste_cents,
            "Ce que les organismes paient",
            forte=True,
        ),
    ]


def comparer_restes(projet: PlanPluriannuel, essai: PlanPluriannuel) -> list[LigneSimulee]:
    """The rest to pay OG by OG: those of the project, then the one that joins."""
    apres = {r.og_id: r.total_cents for r in essai.restes}
    lignes = [
        LigneSimulee(
            r.og_id,
            r.nom,
            r.total_cents,
            apres.get(r.og_id, 0),
            "" if r.og_id in apres else "Quitte le projet",
        )
        for r in projet.restes
    ]
    ajoutes = [r for r in essai.restes if r.og_id == _ID_AJOUTE]
    return lignes + [LigneSimulee(r.og_id, r.nom, 0, r.total_cents, "Rejoint le projet") for r in ajoutes]


def colonnes(premiere: str) -> Sequence[Colonne[LigneSimulee]]:
    """The project, the facts tried, the difference."""
    return (
        Colonne(premiere, lambda x: x.libelle, second=lambda x: x.second),
        Colonne("Projet actuel", lambda x: ou_tiret(euros, x.projet_cents), a_droite=True),
        Colonne("Et si…", lambda x: ou_tiret(euros, x.essai_cents), a_droite=True),
        Colonne(
            "Différence",
            lambda x: "—" if x.ecart_cents is None else ecart(x.ecart_cents),
            a_droite=True,
        ),
    )
