"""What the OG pay, on the third sheet of piece 6: own costs, then the common ones by the key (referentiel 02 § 3)."""

from fractions import Fraction

from esms_desktop.documents import classeur_annees as par_annee
from esms_desktop.documents import commun
from esms_desktop.documents.classeur import (
    A_COMPLETER,
    Calcul,
    ColonneXl,
    Difference,
    Equilibre,
    Euros,
    Genre,
    LigneXl,
    Manquants,
    Moindre,
    Rapport,
    Ref,
    Repartition,
    SiConnu,
    Somme,
    SommeConnue,
    TableXl,
    Total,
    Valeur,
)
from esms_desktop.documents.classeur_couts import COUTS, RH_ANNEES, ligne_cout, ligne_rh
from esms_desktop.lecture import Dossier, Og
from esms_desktop.regles.pluriannuel import LigneRessource, PlanPluriannuel

EMPLOIS, RESSOURCES, RESTE, RESTES = "emplois", "ressources", "reste", "restes"
_EMPLOIS = Ref("total", "total", EMPLOIS)
# How a weight is written, and by what it is multiplied to be whole.
_POIDS: dict[str, tuple[str, Genre, int]] = {
    "essms": ("ESSMS engagés", "entier", 1),
    "places": ("Places", "entier", 1),
    "etp": ("Effectif (ETP)", "decimal", 100),
    "libre": ("Part fixée", "taux", 10_000),
}
_SEUL: tuple[str, Genre, int] = ("Poids", "entier", 1)


def lignes_ressource(rang: int, x: LigneRessource) -> list[str]:
    """The keys of the rows of a resource, by its rank in the plan: a gap in a year that has an amount takes one more."""
    etages = max([x.manques.count(a) + (a in x.par_annee) for a in x.manques], default=1)
    return [f"ressource{rang}-{etage}" for etage in range(etages)]


def tables_du_reste(dossier: Dossier, plan: PlanPluriannuel) -> tuple[TableXl, ...]:
    """The rest to pay of the project, then of each OG."""
    return (_reste(plan), _par_og(dossier, plan))


def _connu(calcul: Calcul) -> Valeur:
    """A rest, known once the costs are."""
    return SiConnu((_EMPLOIS,), calcul)


def _reste(plan: PlanPluriannuel) -> TableXl:
    hors_og = Somme(
        tuple(
            Ref(cle, "total", RESSOURCES)
            for rang, x in enumerate(plan.ressources)
            if x.origine != "autofinancement"
            for cle in lignes_ressource(rang, x)
        )
    )
    partage = plan.cle.complete
    propres: Valeur = _connu(Moindre(Total("brut", RESTES), Ref("total", "montant")))
    communs: Valeur = _connu(Difference(Ref("total", "montant"), Ref("propres", "montant")))
    lignes = [
        LigneXl("emplois", ("Total des emplois", None, SommeConnue((_EMPLOIS,)))),
        LigneXl("recu", ("Programme et autres ressources", None, hors_og)),
        LigneXl(
            "total",
            (
                "Reste à charge des organismes",
                None,
                _connu(Difference(Ref("emplois", "montant"), Ref("recu", "montant"), positive=True)),
            ),
            "total",
        ),
        LigneXl("propres", ("dont coûts propres à un organisme", None, propres if partage else A_COMPLETER)),
        LigneXl("communs", ("dont coûts communs", None, communs if partage else A_COMPLETER)),
    ]
    if plan.excedent_cents:
        exces = _connu(Difference(Ref("recu", "montant"), Ref("emplois", "montant"), positive=True))
        lignes.append(LigneXl("exces", ("Ressources au-delà des emplois", None, exces), "controle"))
    return TableXl(
        RESTE,
        "Reste à charge",
        (
            ColonneXl("libelle", "Libellé", largeur=30),
            ColonneXl("vide", ""),
            ColonneXl("montant", "Montant", "euros", 15),
        ),
        tuple(lignes),
    )


def _par_og(dossier: Dossier, plan: PlanPluriannuel) -> TableXl:
    ogs = list(dossier.ogs)
    titre, genre, echelle = _SEUL if len(ogs) == 1 else _POIDS[plan.cle.code]
    lignes = []
    for rang, (og, reste) in enumerate(zip(ogs, plan.restes, strict=True)):
        cle = f"reste{rang}"
        poids: Valeur = A_COMPLETER
        if reste.poids is not None:
            poids = reste.poids if echelle == 1 else Fraction(reste.poids, echelle)
        prevus = _totaux(plan, og, "autofinancement")
        prevu: Valeur = SommeConnue(tuple(prevus)) if prevus else Euros(0)
        parts: tuple[Valeur, ...] = (A_COMPLETER,) * 5
        if plan.cle.complete:
            parts = (
                Rapport(Ref(cle, "poids"), Total("poids")),
                _connu(_brut(plan, og, rang)),
                _connu(Repartition(Ref("propres", "montant", RESTE), cle, "brut", echelle=100)),
                _connu(Repartition(Ref("communs", "montant", RESTE), cle, "poids", echelle=echelle)),
                _connu(Somme((Ref(cle, "propre"), Ref(cle, "commun")))),
            )
        lignes.append(LigneXl(cle, (commun.bref(reste.nom, 90), poids, *parts, prevu)))
    colonnes = (
        ColonneXl("og", "Organisme", largeur=30),
        ColonneXl("poids", titre, genre),
        ColonneXl("part", "Part", "taux", 9),
        ColonneXl("brut", "Coûts propres non couverts", "euros", 15),
        ColonneXl("propre", "Reste sur coûts propres", "euros", 15),
        ColonneXl("commun", "Reste sur coûts communs", "euros", 15),
        ColonneXl("total", "Reste à charge", "euros", 15),
        ColonneXl("prevu", "Autofinancement inscrit", "euros", 15),
    )
    sommes = (par_annee.total(c.cle, lignes) for c in colonnes[1:])
    totaux = LigneXl("total", ("Total", *sommes), "total")
    verdict = Equilibre(Total("total"), Somme((Ref("total", "montant", RESTE),)), Manquants("total"))
    return TableXl(
        RESTES,
        "Reste à charge par organisme",
        colonnes,
        (
            *lignes,
            totaux,
            LigneXl("controle", ("Contrôle avec le reste à charge", *(None,) * 5, verdict, None), "controle"),
        ),
        _notes(plan),
    )


def _brut(plan: PlanPluriannuel, og: Og, rang: int) -> Calcul:
    """Its own costs, less the resources it brings for itself and its part of the equipment."""
    propres = [Ref(ligne_cout(i), "ttc", COUTS) for i, x in enumerate(plan.emplois) if _de(x.og_id, og)] + [
        Ref(ligne_rh(i), "total", RH_ANNEES) for i, x in enumerate(plan.rh) if _de(x.og_id, og)
    ]
    moins = _totaux(plan, og, "autre")
    if plan.finance.projet.postes_cents.get("equipement"):
        moins.append(Ref(f"og{rang}", "equipement", "ogs"))
    return Difference(Somme(tuple(propres)), Somme(tuple(moins)), positive=True)


def _totaux(plan: PlanPluriannuel, og: Og, origine: str) -> list[Ref]:
    """The totals of the resources of one origin that one OG brings."""

    def sienne(x: LigneRessource) -> bool:
        return x.origine == origine and _de(x.og_id, og)

    siennes = ((i, x) for i, x in enumerate(plan.ressources) if sienne(x))
    return [Ref(cle, "total", RESSOURCES) for i, x in siennes for cle in lignes_ressource(i, x)]


def _de(og_id: int | None, og: Og) -> bool:
    return og.id is not None and og_id == og.id


def _notes(plan: PlanPluriannuel) -> tuple[str, ...]:
    dites = [f"Clé de répartition des coûts communs : {plan.cle.libelle}."]
    if plan.cle.manque:
        dites.append(f"{A_COMPLETER} La clé ne peut pas encore s’appliquer : {plan.cle.manque}.")
    dites.append(
        "Coûts propres non couverts : ce qu’un organisme porte seul, moins les autres ressources qu’il apporte et sa part de "
        "l’équipement financé. Les centimes que l’arrondi laisse vont aux plus forts restes : la somme est exacte."
    )
    return tuple(dites)
