"""The third sheet of piece 6: uses against resources by year, advance and balance of the programme (referentiel 02 § 3)."""

from collections.abc import Mapping, Sequence
from datetime import date

from esms_desktop.documents import classeur_annees as par_annee
from esms_desktop.documents import commun
from esms_desktop.documents.classeur import (
    A_COMPLETER,
    Calcul,
    ColonneXl,
    Difference,
    Equilibre,
    Euros,
    Feuille,
    LigneXl,
    Manquants,
    Ref,
    Repartition,
    SiConnu,
    Somme,
    SommeConnue,
    TableXl,
    Total,
    Valeur,
)
from esms_desktop.documents.classeur_couts import COUTS, DETAIL, RH, RH_ANNEES, ligne_cout, ligne_rh
from esms_desktop.documents.classeur_reste import EMPLOIS, RESSOURCES, lignes_ressource, tables_du_reste
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.listes import THEMES_NATURES
from esms_desktop.regles.financement import FinancementDossier
from esms_desktop.regles.pluriannuel import Annee, LigneRessource, PlanPluriannuel

EQUILIBRE, VERSEMENTS = "equilibre", "versements-postes"
_ORIGINES = {"programme": "Programme", "autofinancement": "Autofinancement", "autre": "Autre ressource"}


def du_poste(finance: FinancementDossier, poste: str) -> Somme:
    """The lines of a poste of the programme on the sheet by poste."""
    lignes = enumerate(finance.projet.lignes)
    return Somme(tuple(Ref(f"regle{rang}", "montant", "postes") for rang, li in lignes if li.poste == poste))


def pluriannuel(dossier: Dossier, plan: PlanPluriannuel) -> Feuille:
    """The plan, drawn from the sheets of costs, of people and of the programme."""
    annees = par_annee.du_plan(plan)
    tables = (
        _emplois(plan, annees),
        _ressources(dossier, plan, annees),
        _equilibre(plan, annees),
        *_versements(dossier, plan),
        *tables_du_reste(dossier, plan),
    )
    notes = [
        "Équilibre : ressources moins emplois. Un écart négatif est une dépense que rien ne couvre encore cette année-là."
    ]
    if plan.manquants or not (plan.emplois or plan.rh):
        notes.append(par_annee.MANQUES)
    return Feuille("Plan pluriannuel", "Document 3. Plan de financement pluriannuel", tables, tuple(notes))


def _colonnes(premiere: str, seconde: str, annees: Sequence[Annee]) -> tuple[ColonneXl, ...]:
    return (
        ColonneXl("libelle", premiere, largeur=30),
        ColonneXl("qui", seconde, largeur=18),
        *par_annee.colonnes(annees),
        ColonneXl("total", "Total", "euros", 16),
    )


def _ligne(
    cle: str, libelle: str, qui: str | None, annees: Sequence[Annee], termes: Mapping[Annee, Sequence[Ref]]
) -> LigneXl:
    total = SommeConnue(tuple(Ref(cle, par_annee.cle(a)) for a in annees))
    return LigneXl(cle, (libelle, qui, *par_annee.sommes(annees, termes), total))


def _emplois(plan: PlanPluriannuel, annees: Sequence[Annee]) -> TableXl:
    """The costs by theme, then people, from the first two sheets."""
    lignes = []
    for theme, libelle in THEMES_NATURES.items():
        refs = [
            (a, Ref(ligne_cout(rang), par_annee.cle(a), COUTS))
            for rang, x in enumerate(plan.emplois)
            if x.theme == theme
            for a in par_annee.trier(d.annee for d in x.details)
        ]
        if refs:
            lignes.append(_ligne(f"theme-{theme}", libelle, None, annees, par_annee.ranger(refs)))
    refs = [
        (a, Ref(ligne_rh(rang), par_annee.cle(a), RH_ANNEES))
        for rang, x in enumerate(plan.rh)
        for a in par_annee.trier(d.annee for d in x.details)
    ]
    if refs:
        lignes.append(_ligne("personnel", "Personnel", None, annees, par_annee.ranger(refs)))
    if not lignes:
        lignes = [LigneXl("vide", (A_COMPLETER, None, *(None for _ in annees), A_COMPLETER))]
    return TableXl(
        EMPLOIS,
        "Emplois par année",
        _colonnes("Emplois", "", annees),
        (*lignes, _total("Total des emplois", lignes, annees)),
    )


def _total(libelle: str, lignes: Sequence[LigneXl], annees: Sequence[Annee]) -> LigneXl:
    totaux = (*par_annee.totaux(annees, lignes, 2), par_annee.total("total", lignes))
    return LigneXl("total", (libelle, None, *totaux), "total")


def _ressources(dossier: Dossier, plan: PlanPluriannuel, annees: Sequence[Annee]) -> TableXl:
    """The programme in the years of its payments, own funds, other resources."""
    convention = dossier.date_convention.year if dossier.date_convention else None
    fin = dossier.date_fin_deploiement.year if dossier.date_fin_deploiement else None
    lignes: list[LigneXl] = []
    for rang, x in enumerate(plan.ressources):
        cles = lignes_ressource(rang, x)
        if x.origine == "programme":
            (cle,) = cles
            refs = [(convention, Ref(cle, "avance", VERSEMENTS)), (fin, Ref(cle, "solde", VERSEMENTS))]
            lignes.append(_ligne(cle, x.libelle, _ORIGINES[x.origine], annees, par_annee.ranger(refs)))
        else:
            lignes += _saisies(cles, x, annees)
    if not lignes:
        lignes = [LigneXl("vide", (A_COMPLETER, None, *(None for _ in annees), A_COMPLETER))]
    return TableXl(
        RESSOURCES,
        "Ressources par année",
        _colonnes("Ressources", "Origine", annees),
        (*lignes, _total("Total des ressources", lignes, annees)),
    )


def _saisies(cles: Sequence[str], x: LigneRessource, annees: Sequence[Annee]) -> list[LigneXl]:
    """A resource as it is typed."""
    og, origine = commun.bref(x.og), _ORIGINES[x.origine]
    qui = (og or par_annee.COMMUN) if x.libelle == origine else f"{origine}, {og}" if og else origine
    rangees: list[dict[Annee, Valeur]] = [{} for _ in cles]
    rangees[0].update({a: Euros(m) for a, m in x.par_annee.items()})
    for annee in x.manques:
        next(r for r in rangees if annee not in r)[annee] = A_COMPLETER
    lignes = []
    for cle, rangee in zip(cles, rangees, strict=True):
        total = SommeConnue(tuple(Ref(cle, par_annee.cle(a)) for a in annees))
        lignes.append(LigneXl(cle, (x.libelle, qui, *(rangee.get(a) for a in annees), total)))
    return lignes


def _equilibre(plan: PlanPluriannuel, annees: Sequence[Annee]) -> TableXl:
    """Uses against resources, each year and in all; nothing is said while an amount is unknown."""
    colonnes = [*map(par_annee.cle, annees), "total"]
    manquants = [*(_manquants_de(plan, a) for a in annees), _manquants(plan, annees)]
    cotes = [(Ref("ressources", c), Ref("emplois", c)) for c in colonnes]
    return TableXl(
        EQUILIBRE,
        "Équilibre",
        _colonnes("Équilibre", "", annees),
        (
            *(
                LigneXl(cle, (nom, None, *(SommeConnue((Ref("total", c, table),)) for c in colonnes)))
                for cle, nom, table in (
                    ("emplois", "Emplois", EMPLOIS),
                    ("ressources", "Ressources", RESSOURCES),
                )
            ),
            LigneXl("ecart", ("Écart", None, *(SiConnu(x, Difference(*x)) for x in cotes)), "total"),
            LigneXl(
                "controle",
                ("Contrôle", None, *(Equilibre(*x, m) for x, m in zip(cotes, manquants, strict=True))),
                "controle",
            ),
        ),
    )


def _manquants_de(plan: PlanPluriannuel, annee: Annee) -> Calcul:
    """How many costs, profiles and resources have no known amount in a year."""
    tables = [RESSOURCES]
    if any(d.annee == annee for x in plan.emplois for d in x.details):
        tables.append(COUTS)
    if any(d.annee == annee for x in plan.rh for d in x.details):
        tables.append(RH_ANNEES)
    return Somme(tuple(Manquants(par_annee.cle(annee), table) for table in tables))


def _manquants(plan: PlanPluriannuel, annees: Sequence[Annee]) -> Calcul:
    """How many amounts of the three sheets are to be completed; a table with no line is one."""
    colonnes = [par_annee.cle(a) for a in annees] if plan.ressources else ["total"]
    termes: list[Calcul] = [Manquants(c, RESSOURCES) for c in colonnes]
    if plan.emplois or not plan.rh:
        termes.append(Manquants("ttc", DETAIL))
    if plan.rh:
        termes.append(Manquants("montant", RH))
    return Somme(tuple(termes))


def _entete(nom: str, jour: date | None) -> str:
    """A payment and its year."""
    return f"{nom} ({jour.year})" if jour else f"{nom} {A_COMPLETER}"


def _versements(dossier: Dossier, plan: PlanPluriannuel) -> tuple[TableXl, ...]:
    """The advance and the balance of each poste of the programme, from the sheets by poste and by year."""
    lignes = []
    for rang, x in enumerate(plan.ressources):
        if x.origine == "programme":
            (cle,) = lignes_ressource(rang, x)
            avance = Repartition(Ref("versement0", "montant", "annees"), cle, "total", echelle=100)
            solde = Difference(Ref(cle, "total"), Ref(cle, "avance"))
            lignes.append(LigneXl(cle, (x.libelle, None, avance, solde, du_poste(plan.finance, x.poste))))
    if not lignes:
        return ()
    controles = (
        Equilibre(Total("avance"), Ref("versement0", "montant", "annees")),
        Equilibre(Total("solde"), Ref("versement1", "montant", "annees")),
        Equilibre(Total("total"), Ref("total", "montant", "postes")),
    )
    return (
        TableXl(
            VERSEMENTS,
            "Avance et solde du programme",
            (
                ColonneXl("libelle", "Ressource du programme", largeur=30),
                ColonneXl("qui", "", largeur=18),
                ColonneXl("avance", _entete("Avance", dossier.date_convention), "euros", 15),
                ColonneXl("solde", _entete("Solde", dossier.date_fin_deploiement), "euros", 15),
                ColonneXl("total", "Total", "euros", 16),
            ),
            (
                *lignes,
                LigneXl("total", ("Total", None, Total("avance"), Total("solde"), Total("total")), "total"),
                LigneXl("controle", ("Contrôle avec les versements", None, *controles), "controle"),
            ),
            ("L’avance tombe l’année de la convention, le solde l’année de la fin du déploiement.",),
        ),
    )
