"""What the OG pay, on the third sheet of piece 6: own costs, then the common ones by the key (referentiel 02 § 3)."""

from fractions import Fraction

from esms_desktop.documents.classeur import listes
from esms_desktop.documents.classeur.classeur import (
    A_COMPLETER,
    Calcul,
    ColonneXl,
    Difference,
    Equilibre,
    Genre,
    LigneXl,
    Manquants,
    Moindre,
    Nombre,
    Rapport,
    Ref,
    Repartition,
    SiConnu,
    Somme,
    SommeConnue,
    SommeSi,
    TableXl,
    Total,
    TotalConnu,
    Valeur,
)
from esms_desktop.documents.classeur.couts import DETAIL, RH, Noms
from esms_desktop.documents.classeur.postes import OGS
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import entete_de, libelle_de
from esms_desktop.regles.financement.pluriannuel import LigneRessource, PlanPluriannuel, ResteOg

EMPLOIS, RESSOURCES, RESTE, RESTES = "emplois", "ressources", "reste", "restes"
_EMPLOIS = Ref("total", "total", EMPLOIS)
# How a weight is written, and by what it is multiplied to be whole.
_POIDS: dict[str, tuple[str, Genre, int]] = {
    "essms": ("ESSMS engagés", "compte", 1),
    "places": ("Places", "compte", 1),
    "etp": ("Effectif (ETP)", "decimal", 100),
    "libre": ("Part fixée", "taux", 10_000),
}
_SEUL: tuple[str, Genre, int] = ("Poids", "compte", 1)


def lignes_ressource(rang: int, x: LigneRessource) -> list[str]:
    """The keys of the rows of a resource, by its rank in the plan: a gap in a year that has an amount takes one more."""
    etages = max([x.manques.count(a) + (a in x.par_annee) for a in x.manques], default=1)
    return [f"ressource{rang}-{etage}" for etage in range(etages)]


def tables_du_reste(dossier: Dossier, plan: PlanPluriannuel, noms: Noms) -> tuple[TableXl, ...]:
    """The rest to pay of the project, then of each OG."""
    return (_reste(plan), _par_og(dossier, plan, noms))


def _connu(calcul: Calcul) -> Valeur:
    """A rest, known once the costs are."""
    return SiConnu((_EMPLOIS,), calcul)


def _reste(plan: PlanPluriannuel) -> TableXl:
    hors_og = Somme(
        tuple(
            SommeSi("total", RESSOURCES, (("origine", origine),))
            for origine in (listes.PROGRAMME, listes.AUTRE)
        )
    )
    partage = plan.cle.complete
    propres: Valeur = _connu(Moindre(Total("brut", RESTES), Ref("total", "montant")))
    communs: Valeur = _connu(Difference(Ref("total", "montant"), Ref("propres", "montant")))
    exces = _connu(Difference(Ref("recu", "montant"), Ref("emplois", "montant"), positive=True))

    def ligne(cle: str, libelle: str, valeur: Valeur, total: bool = False) -> LigneXl:
        return LigneXl(cle, (libelle, None, None, valeur), "total" if total else "donnee")

    return TableXl(
        RESTE,
        "Reste à charge",
        (
            ColonneXl("libelle", entete_de("ressource.libelle"), largeur=30),
            ColonneXl("vide0", ""),
            ColonneXl("vide1", ""),
            ColonneXl("montant", entete_de("ressource.montant_cents"), "euros", 15),
        ),
        (
            ligne("emplois", "Total des emplois", SommeConnue((_EMPLOIS,))),
            ligne("recu", "Programme et autres ressources", hors_og),
            ligne(
                "total",
                "Reste à charge des organismes",
                _connu(Difference(Ref("emplois", "montant"), Ref("recu", "montant"), positive=True)),
                total=True,
            ),
            ligne("propres", "dont coûts propres à un organisme", propres if partage else A_COMPLETER),
            ligne("communs", "dont coûts communs", communs if partage else A_COMPLETER),
            ligne("exces", "Ressources au-delà des emplois", exces),
        ),
    )


def _par_og(dossier: Dossier, plan: PlanPluriannuel, noms: Noms) -> TableXl:
    ogs = list(dossier.ogs)
    titre, genre, echelle = _SEUL if len(ogs) == 1 else _POIDS[plan.cle.code]
    lignes = []
    for rang, (og, reste) in enumerate(zip(ogs, plan.restes, strict=True)):
        cle = f"reste{rang}"
        parts: tuple[Valeur, ...] = (A_COMPLETER,) * 5
        if plan.cle.complete:
            parts = (
                Rapport(Ref(cle, "poids"), Total("poids")),
                _connu(_brut(plan, cle, rang)),
                _connu(Repartition(Ref("propres", "montant", RESTE), cle, "brut", echelle=100)),
                _connu(Repartition(Ref("communs", "montant", RESTE), cle, "poids", echelle=echelle)),
                _connu(Somme((Ref(cle, "propre"), Ref(cle, "commun")))),
            )
        prevu = _de_l_og(cle, "total", RESSOURCES, listes.AUTOFINANCEMENT)
        nom = noms.get(og.id, reste.nom)
        lignes.append(LigneXl(cle, (nom, _poids(plan, reste, rang, echelle, len(ogs)), None, *parts, prevu)))
    colonnes = (
        ColonneXl("og", "Organisme", largeur=30),
        ColonneXl("poids", titre, genre, 15, saisie=True),
        ColonneXl("vide", ""),
        ColonneXl("part", "Part", "taux", 9),
        ColonneXl("brut", "Coûts propres non couverts", "euros", 15),
        ColonneXl("propre", "Reste sur coûts propres", "euros", 15),
        ColonneXl("commun", "Reste sur coûts communs", "euros", 15),
        ColonneXl("total", "Reste à charge", "euros", 15),
        ColonneXl("prevu", "Autofinancement inscrit", "euros", 15),
    )
    sommes = (TotalConnu(c) for c in ("part", "brut", "propre", "commun", "total", "prevu"))
    totaux = LigneXl("total", ("Total", TotalConnu("poids"), None, *sommes), "total")
    verdict = Equilibre(Total("total"), Somme((Ref("total", "montant", RESTE),)), Manquants("total"))
    return TableXl(
        RESTES,
        "Reste à charge par organisme",
        colonnes,
        (
            *lignes,
            totaux,
            LigneXl("controle", ("Contrôle avec le reste à charge", *(None,) * 6, verdict, None), "controle"),
        ),
        _notes(plan),
    )


def _poids(plan: PlanPluriannuel, reste: ResteOg, rang: int, echelle: int, ogs: int) -> Valeur:
    """The weight of an OG; by the number of ESSMS it follows the one typed on the sheet by OG, those that are not eligible added."""
    if reste.poids is None:
        return A_COMPLETER
    if plan.cle.code == "essms" and ogs > 1:
        eligibles = plan.finance.parts[rang].essms
        return Somme((Ref(f"og{rang}", "essms", OGS), Nombre(Fraction(reste.poids - eligibles))))
    return reste.poids if echelle == 1 else Fraction(reste.poids, echelle)


def _de_l_og(cle: str, colonne: str, table: str, origine: str = "") -> SommeSi:
    """What a table counts under the name of the OG of a row, of one origin only when it is given."""
    criteres: list[tuple[str, str | Ref]] = [("og", Ref(cle, "og", RESTES))]
    criteres += [("origine", origine)] if origine else []
    return SommeSi(colonne, table, tuple(criteres), exact=True)


def _brut(plan: PlanPluriannuel, cle: str, rang: int) -> Calcul:
    """Its own costs, less the resources it brings for itself and its part of the equipment."""
    propres = Somme((_de_l_og(cle, "ttc", DETAIL), _de_l_og(cle, "montant", RH)))
    moins: list[Calcul] = [_de_l_og(cle, "total", RESSOURCES, listes.AUTRE)]
    if plan.finance.projet.postes_cents.get("equipement"):
        moins.append(Ref(f"og{rang}", "equipement", OGS))
    return Difference(propres, Somme(tuple(moins)), positive=True)


def _notes(plan: PlanPluriannuel) -> tuple[str, ...]:
    dites = [f"{libelle_de('dossier.cle_repartition')} : {plan.cle.libelle}."]
    if plan.cle.manque:
        dites.append(f"{A_COMPLETER} La clé ne peut pas encore s’appliquer : {plan.cle.manque}.")
    dites.append(
        "Coûts propres non couverts : ce qu’un organisme porte seul, moins les autres ressources qu’il apporte et sa part de "
        "l’équipement financé. Les centimes que l’arrondi laisse vont aux plus forts restes : la somme est exacte."
    )
    return tuple(dites)
