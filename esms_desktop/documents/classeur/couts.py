"""The first two sheets of piece 6: the costs of the project and those of people; what is typed there is sorted by year."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from esms_desktop.documents.classeur import annees as par_annee
from esms_desktop.documents.classeur import listes
from esms_desktop.documents.classeur.classeur import (
    A_COMPLETER,
    Arrondi,
    Calcul,
    ColonneXl,
    Difference,
    Equilibre,
    Euros,
    Feuille,
    LigneXl,
    Manquants,
    Produit,
    Ref,
    SiConnu,
    Somme,
    SommeSi,
    TableXl,
    Total,
    TotalConnu,
    Valeur,
)
from esms_desktop.nomenclature.champs import dit_de, entete_de
from esms_desktop.nomenclature.listes import natures
from esms_desktop.regles.financement.plan_lignes import DetailCout, DetailRh
from esms_desktop.regles.financement.pluriannuel import LigneEmploi, LigneRh, PlanPluriannuel

COUTS, DETAIL, RH, RH_ANNEES = "couts", "couts-detail", "rh", "rh-annees"
# The row of what the closed list, or the profiles of the plan, do not name.
AUTRES = "autres"
# Rows left free for what is added in the workbook.
_LIBRES_COUTS, _LIBRES_RH = 6, 4
Noms = Mapping[int | None, str]


def ligne_nature(code: str) -> str:
    """The key of a nature in COUTS."""
    return f"nature-{code}"


def couts(plan: PlanPluriannuel, annees: Sequence[int], noms: Noms) -> Feuille:
    """The costs by nature and year, then each of them before and after tax, as it is typed."""
    notes = [par_annee.SAISIE, *([par_annee.MANQUES] if manque(plan.emplois) else [])]
    tables = (_par_nature(annees), _detail(plan, noms))
    return Feuille("Coûts du projet", "Document 1. Coûts du projet", tables, tuple(notes))


def _par_nature(annees: Sequence[int]) -> TableXl:
    lignes = []
    for code, nature in natures().items():
        cle, critere = ligne_nature(code), ("nature", nature.libelle)
        valeurs = (
            *(SommeSi("ttc", DETAIL, (critere, ("annee", entete))) for entete in par_annee.entetes(annees)),
            par_annee.reste(cle, "ttc", annees),
            SommeSi("ht", DETAIL, (critere,)),
            SommeSi("ttc", DETAIL, (critere,)),
        )
        lignes.append(LigneXl(cle, (nature.libelle, *valeurs)))
    autres: list[Calcul] = [
        Difference(SommeSi("ttc", DETAIL, (("annee", entete),)), _des_natures(entete.colonne))
        for entete in par_annee.entetes(annees)
    ]
    autres.append(par_annee.reste(AUTRES, "ttc", annees))
    autres += [Difference(Total(c, DETAIL), _des_natures(c)) for c in ("ht", "ttc")]
    lignes.append(LigneXl(AUTRES, ("Nature à préciser", *autres)))
    totaux = (Total(c) for c in (*par_annee.cles(annees), "ht", "ttc"))
    controles = (
        *(None for _ in par_annee.cles(annees)),
        *(Equilibre(Total(c), Total(c, DETAIL)) for c in ("ht", "ttc")),
    )
    return TableXl(
        COUTS,
        "Coûts par nature et par année, toutes taxes comprises",
        (
            ColonneXl("nature", "Nature de dépense", largeur=41),
            *par_annee.colonnes(annees),
            ColonneXl("ht", "Total HT", "euros", 15),
            ColonneXl("ttc", "Total TTC", "euros", 15),
        ),
        (
            *lignes,
            LigneXl("total", ("Total", *totaux), "total"),
            LigneXl("controle", ("Contrôle avec le détail", *controles), "controle"),
        ),
    )


def _des_natures(colonne: str) -> Calcul:
    return Somme(tuple(Ref(ligne_nature(code), colonne) for code in natures()))


def _detail(plan: PlanPluriannuel, noms: Noms) -> TableXl:
    lignes = [
        LigneXl(f"cout{rang}-{i}", _cout(f"cout{rang}-{i}", x, d, noms))
        for rang, x in enumerate(plan.emplois)
        for i, d in enumerate(x.details)
    ]
    if not lignes:
        vide = (A_COMPLETER, None, listes.COMMUN, None, A_COMPLETER, None, _ttc("vide"))
        lignes = [LigneXl("vide", vide)]
    lignes += [
        LigneXl(cle, (*(None,) * 6, _ttc(cle, libre=True)))
        for cle in (f"libre{i}" for i in range(_LIBRES_COUTS))
    ]
    return TableXl(
        DETAIL,
        "Détail des coûts",
        (
            ColonneXl("nature", "Nature de dépense", largeur=41, saisie=True, choix=listes.CHOIX_NATURE),
            ColonneXl("detail", "Détail", largeur=22, saisie=True),
            ColonneXl("og", "Organisme", largeur=20, saisie=True, choix=listes.CHOIX_OG),
            ColonneXl("annee", entete_de("cout.annee"), "annee", 10, saisie=True),
            ColonneXl("ht", entete_de("cout.montant_ht_cents"), "euros", 15, saisie=True),
            ColonneXl("tva", entete_de("cout.tva_pour_dix_mille"), "taux", 9, saisie=True),
            ColonneXl("ttc", "Montant TTC", "euros", 15),
        ),
        (
            *lignes,
            LigneXl("total", ("Total", *(None,) * 3, TotalConnu("ht"), None, TotalConnu("ttc")), "total"),
            LigneXl("manquants", ("Montants à compléter", *(None,) * 5, Manquants("ttc")), "controle"),
        ),
    )


def _cout(cle: str, x: LigneEmploi, d: DetailCout, noms: Noms) -> tuple[Valeur, ...]:
    return (
        x.libelle,
        x.detail or None,
        noms.get(x.og_id, listes.COMMUN),
        d.annee,
        Euros(d.ht_cents) if d.ht_cents is not None else A_COMPLETER,
        Fraction(d.tva_pour_dix_mille, 10_000),
        _ttc(cle),
    )


def _ttc(cle: str, libre: bool = False) -> Valeur:
    """The amount with its tax; a free row says nothing until something is typed in it."""
    ht = Ref(cle, "ht")
    vide = tuple(Ref(cle, c) for c in ("nature", "detail", "annee", "ht")) if libre else ()
    return SiConnu((ht,), Somme((ht, Arrondi(Produit((ht, Ref(cle, "tva")))))), vide=vide)


def manque(lignes: Sequence[LigneEmploi] | Sequence[LigneRh]) -> bool:
    """Whether amounts are to be completed; no line at all is one."""
    return not lignes or any(x.manquants for x in lignes)


def personnel(plan: PlanPluriannuel, annees: Sequence[int], noms: Noms) -> Feuille:
    """The people, profile by profile and year by year: ETP × yearly cost × share given to the project."""
    notes = [
        par_annee.SAISIE,
        "Montant = ETP × coût annuel chargé × part du projet, arrondi au centime.",
        *([par_annee.MANQUES] if manque(plan.rh) else []),
    ]
    tables = (_rh(plan.rh, noms), _rh_par_annee(plan.rh, annees))
    return Feuille("Coûts RH", "Document 2. Coûts de personnel", tables, tuple(notes))


def _rh(rh: tuple[LigneRh, ...], noms: Noms) -> TableXl:
    lignes = [
        LigneXl(f"rh{rang}-{i}", _temps(f"rh{rang}-{i}", x, d, noms))
        for rang, x in enumerate(rh)
        for i, d in enumerate(x.details)
    ]
    if not lignes:
        vide = (A_COMPLETER, listes.COMMUN, None, *(A_COMPLETER,) * 2, Fraction(1), _montant("vide"))
        lignes = [LigneXl("vide", vide)]
    lignes += [
        LigneXl(cle, (*(None,) * 6, _montant(cle, libre=True)))
        for cle in (f"libre{i}" for i in range(_LIBRES_RH))
    ]
    return TableXl(
        RH,
        "Temps de personnel",
        (
            ColonneXl("profil", entete_de("cout_rh.profil"), largeur=30, saisie=True),
            ColonneXl("og", "Organisme", largeur=20, saisie=True, choix=listes.CHOIX_OG),
            ColonneXl("annee", entete_de("cout_rh.annee"), "annee", 10, saisie=True),
            ColonneXl("etp", entete_de("cout_rh.etp_centiemes"), "decimal", 12, saisie=True),
            ColonneXl("annuel", entete_de("cout_rh.cout_annuel_cents"), "euros", 15, saisie=True),
            ColonneXl("part", dit_de("cout_rh.part_projet_pour_cent"), "taux", 15, saisie=True),
            ColonneXl("montant", "Montant", "euros", 15),
        ),
        (
            *lignes,
            LigneXl("total", ("Total", *(None,) * 5, TotalConnu("montant")), "total"),
            LigneXl("manquants", ("Montants à compléter", *(None,) * 5, Manquants("montant")), "controle"),
        ),
    )


def _temps(cle: str, x: LigneRh, d: DetailRh, noms: Noms) -> tuple[Valeur, ...]:
    return (
        x.profil or A_COMPLETER,
        noms.get(x.og_id, listes.COMMUN),
        d.annee,
        Fraction(d.etp_centiemes, 100) if d.etp_centiemes is not None else A_COMPLETER,
        Euros(d.cout_annuel_cents) if d.cout_annuel_cents is not None else A_COMPLETER,
        Fraction(d.part_projet_pour_cent, 100),
        _montant(cle),
    )


def _montant(cle: str, libre: bool = False) -> Valeur:
    etp, annuel, part = (Ref(cle, c) for c in ("etp", "annuel", "part"))
    vide = (Ref(cle, "profil"), Ref(cle, "annee"), etp, annuel) if libre else ()
    return SiConnu((etp, annuel), Arrondi(Produit((etp, annuel, part))), vide=vide)


def _rh_par_annee(rh: tuple[LigneRh, ...], annees: Sequence[int]) -> TableXl:
    """The people by profile and year; a profile added or named otherwise in the sheet is counted with the others."""
    profils = list({x.profil.casefold(): x.profil for x in reversed(rh) if x.profil}.values())[::-1]
    lignes = []
    for rang, profil in enumerate(profils):
        cle = f"profil{rang}"
        critere = ("profil", Ref(cle, "profil"))
        valeurs = (
            *(
                SommeSi("montant", RH, (critere, ("annee", entete)), exact=True)
                for entete in par_annee.entetes(annees)
            ),
            par_annee.reste(cle, "total", annees),
            SommeSi("montant", RH, (critere,), exact=True),
        )
        lignes.append(LigneXl(cle, (profil, *valeurs)))

    def des_profils(colonne: str) -> Calcul:
        return Somme(tuple(Ref(f"profil{rang}", colonne) for rang in range(len(profils))))

    autres = (
        *(
            Difference(SommeSi("montant", RH, (("annee", entete),)), des_profils(entete.colonne))
            for entete in par_annee.entetes(annees)
        ),
        par_annee.reste(AUTRES, "total", annees),
        Difference(Total("montant", RH), des_profils("total")),
    )
    lignes.append(LigneXl(AUTRES, ("Autres profils", *autres)))
    totaux = (Total(c) for c in (*par_annee.cles(annees), "total"))
    controle = Equilibre(Total("total"), Total("montant", RH))
    return TableXl(
        RH_ANNEES,
        "Temps de personnel, par profil et par année",
        (
            ColonneXl("profil", entete_de("cout_rh.profil"), largeur=30),
            *par_annee.colonnes(annees),
            ColonneXl("total", "Total", "euros", 15),
        ),
        (
            *lignes,
            LigneXl("total", ("Total", *totaux), "total"),
            LigneXl(
                "controle",
                ("Contrôle avec le détail", *(None for _ in par_annee.cles(annees)), controle),
                "controle",
            ),
        ),
    )
