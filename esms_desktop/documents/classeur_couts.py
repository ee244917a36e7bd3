"""The first two sheets of piece 6: the costs of the project and those of people, by year (referentiel 02 § 3)."""

from collections.abc import Sequence
from fractions import Fraction

from esms_desktop.documents import classeur_annees as par_annee
from esms_desktop.documents import commun
from esms_desktop.documents.classeur import (
    A_COMPLETER,
    Arrondi,
    ColonneXl,
    Equilibre,
    Euros,
    Feuille,
    LigneXl,
    Manquants,
    Produit,
    Ref,
    SiConnu,
    Somme,
    SommeConnue,
    TableXl,
    Total,
    Valeur,
)
from esms_desktop.regles.pluriannuel import LigneEmploi, LigneRh, PlanPluriannuel

COUTS, DETAIL, RH, RH_ANNEES = "couts", "couts-detail", "rh", "rh-annees"


def ligne_cout(rang: int) -> str:
    """The key of a cost in COUTS, by its rank in the plan."""
    return f"cout{rang}"


def ligne_rh(rang: int) -> str:
    """The key of a profile in RH_ANNEES, by its rank in the plan."""
    return f"rh{rang}"


def couts(plan: PlanPluriannuel) -> Feuille:
    """The costs by nature and year, then each of them before and after tax."""
    detail = any(x.detail for x in plan.emplois)
    tables = (_couts_par_annee(plan, detail),) if plan.emplois else ()
    notes = (par_annee.MANQUES,) if _manque(plan.emplois) else ()
    return Feuille("Coûts du projet", "Document 1. Coûts du projet", (*tables, _couts(plan, detail)), notes)


def _qui(x: LigneEmploi, detail: bool) -> tuple[Valeur, ...]:
    # No column for what no line has.
    return (x.libelle, *((x.detail or None,) if detail else ()), commun.bref(x.og) or par_annee.COMMUN)


def _colonnes_qui(detail: bool) -> tuple[ColonneXl, ...]:
    return (
        ColonneXl("nature", "Nature de dépense", largeur=30),
        *((ColonneXl("detail", "Détail", largeur=22),) if detail else ()),
        ColonneXl("og", "Organisme", largeur=20),
    )


def _couts_par_annee(plan: PlanPluriannuel, detail: bool) -> TableXl:
    annees = par_annee.trier(d.annee for x in plan.emplois for d in x.details)
    lignes = []
    for rang, x in enumerate(plan.emplois):
        refs = [(d.annee, Ref(f"{ligne_cout(rang)}-{i}", "ttc", DETAIL)) for i, d in enumerate(x.details)]
        ht = SommeConnue(tuple(Ref(ref.ligne, "ht", DETAIL) for _, ref in refs))
        ttc = SommeConnue(tuple(Ref(ligne_cout(rang), par_annee.cle(a)) for a in annees))
        valeurs = (*_qui(x, detail), *par_annee.sommes(annees, par_annee.ranger(refs)), ht, ttc)
        lignes.append(LigneXl(ligne_cout(rang), valeurs))
    vides: tuple[Valeur, ...] = (None,) * (2 if detail else 1)
    totaux = (par_annee.total(c, lignes) for c in (*map(par_annee.cle, annees), "ht", "ttc"))
    controles = (*(None for _ in annees), *(Equilibre(Total(c), Total(c, DETAIL)) for c in ("ht", "ttc")))
    return TableXl(
        COUTS,
        "Coûts par nature et par année, toutes taxes comprises",
        (
            *_colonnes_qui(detail),
            *par_annee.colonnes(annees),
            ColonneXl("ht", "Total HT", "euros", 15),
            ColonneXl("ttc", "Total TTC", "euros", 15),
        ),
        (
            *lignes,
            LigneXl("total", ("Total", *vides, *totaux), "total"),
            LigneXl("controle", ("Contrôle avec le détail", *vides, *controles), "controle"),
        ),
    )


def _couts(plan: PlanPluriannuel, detail: bool) -> TableXl:
    lignes = []
    for rang, x in enumerate(plan.emplois):
        for i, d in enumerate(x.details):
            cle = f"{ligne_cout(rang)}-{i}"
            ht = Ref(cle, "ht")
            valeurs: tuple[Valeur, ...] = (
                *_qui(x, detail),
                str(d.annee) if d.annee is not None else A_COMPLETER,
                Euros(d.ht_cents) if d.ht_cents is not None else A_COMPLETER,
                Fraction(d.tva_pour_dix_mille, 10_000),
                SiConnu((ht,), Somme((ht, Arrondi(Produit((ht, Ref(cle, "tva"))))))),
            )
            lignes.append(LigneXl(cle, valeurs))
    vides: tuple[Valeur, ...] = (None,) * (3 if detail else 2)
    if not lignes:
        lignes = [LigneXl("vide", (A_COMPLETER, *vides, A_COMPLETER, None, A_COMPLETER))]
    totaux = (par_annee.total("ht", lignes), None, par_annee.total("ttc", lignes))
    return TableXl(
        DETAIL,
        "Détail des coûts",
        (
            *_colonnes_qui(detail),
            ColonneXl("annee", "Année", largeur=12),
            ColonneXl("ht", "Montant HT", "euros", 15),
            ColonneXl("tva", "TVA", "taux", 9),
            ColonneXl("ttc", "Montant TTC", "euros", 15),
        ),
        (
            *lignes,
            LigneXl("total", ("Total", *vides, *totaux), "total"),
            *_a_completer(vides, (None, None, Manquants("ttc")), _manque(plan.emplois)),
        ),
    )


def _manque(lignes: Sequence[LigneEmploi] | Sequence[LigneRh]) -> bool:
    """Whether amounts are to be completed; no line at all is one."""
    return not lignes or any(x.manquants for x in lignes)


def _a_completer(vides: tuple[Valeur, ...], fin: tuple[Valeur, ...], manque: bool) -> tuple[LigneXl, ...]:
    """The row that counts the amounts to be completed, when there are some."""
    return (LigneXl("manquants", ("Montants à compléter", *vides, *fin), "controle"),) if manque else ()


def personnel(plan: PlanPluriannuel) -> Feuille:
    """The people, profile by profile and year by year: ETP × yearly cost × share given to the project."""
    tables = (_rh(plan.rh), *((_rh_par_annee(plan.rh),) if plan.rh else ()))
    notes = ["Montant = ETP × coût annuel chargé × part du projet, arrondi au centime."]
    if _manque(plan.rh):
        notes.append(par_annee.MANQUES)
    return Feuille("Coûts RH", "Document 2. Coûts de personnel", tables, tuple(notes))


def _rh(rh: tuple[LigneRh, ...]) -> TableXl:
    lignes = []
    for rang, x in enumerate(rh):
        for i, d in enumerate(x.details):
            cle = f"{ligne_rh(rang)}-{i}"
            etp, annuel, part = (Ref(cle, c) for c in ("etp", "annuel", "part"))
            valeurs: tuple[Valeur, ...] = (
                x.profil or A_COMPLETER,
                commun.bref(x.og) or par_annee.COMMUN,
                str(d.annee) if d.annee is not None else A_COMPLETER,
                Fraction(d.etp_centiemes, 100) if d.etp_centiemes is not None else A_COMPLETER,
                Euros(d.cout_annuel_cents) if d.cout_annuel_cents is not None else A_COMPLETER,
                Fraction(d.part_projet_pour_cent, 100),
                SiConnu((etp, annuel), Arrondi(Produit((etp, annuel, part)))),
            )
            lignes.append(LigneXl(cle, valeurs))
    if not lignes:
        lignes = [LigneXl("vide", (A_COMPLETER, None, None, *(A_COMPLETER,) * 2, None, A_COMPLETER))]
    return TableXl(
        RH,
        "Temps de personnel",
        (
            ColonneXl("profil", "Profil", largeur=30),
            ColonneXl("og", "Organisme", largeur=20),
            ColonneXl("annee", "Année", largeur=15),
            ColonneXl("etp", "ETP", "decimal", 15),
            ColonneXl("annuel", "Coût annuel chargé", "euros", 15),
            ColonneXl("part", "Part du projet", "taux", 15),
            ColonneXl("montant", "Montant", "euros", 15),
        ),
        (
            *lignes,
            LigneXl("total", ("Total", *(None,) * 5, par_annee.total("montant", lignes)), "total"),
            *_a_completer((None,) * 5, (Manquants("montant"),), _manque(rh)),
        ),
    )


def _rh_par_annee(rh: tuple[LigneRh, ...]) -> TableXl:
    annees = par_annee.trier(d.annee for x in rh for d in x.details)
    lignes = []
    for rang, x in enumerate(rh):
        refs = [(d.annee, Ref(f"{ligne_rh(rang)}-{i}", "montant", RH)) for i, d in enumerate(x.details)]
        total = SommeConnue(tuple(Ref(ligne_rh(rang), par_annee.cle(a)) for a in annees))
        valeurs = (
            x.profil or A_COMPLETER,
            commun.bref(x.og) or par_annee.COMMUN,
            *par_annee.sommes(annees, par_annee.ranger(refs)),
            total,
        )
        lignes.append(LigneXl(ligne_rh(rang), valeurs))
    totaux = (par_annee.total(c, lignes) for c in (*map(par_annee.cle, annees), "total"))
    controle = Equilibre(Total("total"), Total("montant", RH))
    return TableXl(
        RH_ANNEES,
        "Temps de personnel, par profil et par année",
        (
            ColonneXl("profil", "Profil", largeur=30),
            ColonneXl("og", "Organisme", largeur=20),
            *par_annee.colonnes(annees),
            ColonneXl("total", "Total", "euros", 15),
        ),
        (
            *lignes,
            LigneXl("total", ("Total", None, *totaux), "total"),
            LigneXl(
                "controle", ("Contrôle avec le détail", None, *(None for _ in annees), controle), "controle"
            ),
        ),
    )
