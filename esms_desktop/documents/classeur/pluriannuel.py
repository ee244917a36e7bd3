"""The third sheet of piece 6: uses against resources by year, advance and balance of the programme (referentiel 02 § 3)."""

from collections.abc import Iterator, Sequence

from esms_desktop.documents.classeur import annees as par_annee
from esms_desktop.documents.classeur import listes
from esms_desktop.documents.classeur.classeur import (
    A_COMPLETER,
    Calcul,
    ColonneXl,
    Difference,
    Entete,
    Equilibre,
    Euros,
    Feuille,
    LigneXl,
    Manquants,
    Ref,
    Repartition,
    SiConnu,
    SiEgal,
    Somme,
    SommeConnue,
    TableXl,
    Total,
    Valeur,
)
from esms_desktop.documents.classeur.couts import (
    AUTRES,
    COUTS,
    DETAIL,
    RH,
    RH_ANNEES,
    Noms,
    ligne_nature,
    manque,
)
from esms_desktop.documents.classeur.postes import POSTES
from esms_desktop.documents.classeur.reste import EMPLOIS, RESSOURCES, lignes_ressource, tables_du_reste
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.nomenclature.listes import THEMES_NATURES, natures
from esms_desktop.regles.financement.pluriannuel import LigneRessource, PlanPluriannuel

EQUILIBRE, VERSEMENTS = "equilibre", "versements-postes"
_LIBRES = 3
_AVANCE, _SOLDE = (Ref(f"versement{i}", "annee", "annees") for i in range(2))


def pluriannuel(dossier: Dossier, plan: PlanPluriannuel, annees: Sequence[int], noms: Noms) -> Feuille:
    """The plan, drawn from the sheets of costs, of people and of the programme."""
    tables = (
        _emplois(annees),
        _ressources(plan, annees, noms),
        _equilibre(annees),
        *_versements(plan),
        *tables_du_reste(dossier, plan, noms),
    )
    notes = [
        par_annee.SAISIE,
        "Équilibre : ressources moins emplois. Un écart négatif est une dépense que rien ne couvre encore cette année-là.",
    ]
    if plan.manquants or manque(plan.emplois) or manque(plan.rh):
        notes.append(par_annee.MANQUES)
    return Feuille("Plan pluriannuel", "Document 3. Plan de financement pluriannuel", tables, tuple(notes))


def _emplois(annees: Sequence[int]) -> TableXl:
    """The costs by theme, then people, from the first two sheets."""
    colonnes = [*par_annee.cles(annees), "total"]
    lignes = []
    for theme, libelle in THEMES_NATURES.items():
        siennes = [ligne_nature(n.code) for n in natures().values() if n.theme == theme]
        siennes += [AUTRES] if theme == "autre" else []
        sommes: Iterator[Valeur] = (
            Somme(tuple(Ref(cle, "ttc" if c == "total" else c, COUTS) for cle in siennes)) for c in colonnes
        )
        lignes.append(LigneXl(f"theme-{theme}", (libelle, None, None, *sommes)))
    personnel = (Somme((Ref("total", c, RH_ANNEES),)) for c in colonnes)
    lignes.append(LigneXl("personnel", ("Personnel", None, None, *personnel)))
    connus = SommeConnue((Ref("total", "ttc", DETAIL), Ref("total", "montant", RH)))
    totaux: tuple[Valeur, ...] = (*(Total(c) for c in colonnes[:-1]), connus)
    return TableXl(
        EMPLOIS,
        "Emplois par année",
        _colonnes("Emplois", annees),
        (*lignes, LigneXl("total", ("Total des emplois", None, None, *totaux), "total")),
    )


def _colonnes(premiere: str, annees: Sequence[int], saisie: bool = False) -> tuple[ColonneXl, ...]:
    # All the tables of the sheet have the same columns: what stands under a year is of that year.
    return (
        ColonneXl("libelle", premiere, largeur=34, saisie=saisie),
        ColonneXl(
            "origine",
            entete_de("ressource.genre") if saisie else "",
            largeur=15,
            saisie=saisie,
            choix=listes.CHOIX_ORIGINE,
        ),
        ColonneXl("og", "Organisme" if saisie else "", largeur=15, saisie=saisie, choix=listes.CHOIX_OG),
        *par_annee.colonnes(annees, saisie),
        ColonneXl("total", "Total", "euros", 16),
    )


def _ressources(plan: PlanPluriannuel, annees: Sequence[int], noms: Noms) -> TableXl:
    """The programme in the years of its payments, own funds, other resources."""
    colonnes = par_annee.cles(annees)
    vides: tuple[Valeur, ...] = (None,) * (len(colonnes) + 2)
    lignes: list[LigneXl] = []
    for rang, x in enumerate(plan.ressources):
        cles = lignes_ressource(rang, x)
        if x.origine == "programme":
            lignes.append(_programme(cles[0], x, annees))
        else:
            lignes += _saisies(cles, x, annees, noms)
    if not plan.ressources:
        connu = SommeConnue(tuple(Ref("vide", c) for c in colonnes))
        lignes.append(LigneXl("vide", (A_COMPLETER, *vides[:-1], A_COMPLETER, connu)))
    for i in range(_LIBRES):
        cle = f"libre{i}"
        termes = tuple(Ref(cle, c) for c in colonnes)
        libre = SommeConnue(termes, (Ref(cle, "libelle"), Ref(cle, "origine"), *termes))
        lignes.append(LigneXl(cle, (None, *vides, libre)))
    connus = SommeConnue(tuple(Ref(ligne.cle, "total") for ligne in lignes))
    totaux: tuple[Valeur, ...] = (*(Total(c) for c in colonnes), connus)
    return TableXl(
        RESSOURCES,
        "Ressources par année",
        _colonnes("Ressources", annees, saisie=True),
        (*lignes, LigneXl("total", ("Total des ressources", None, None, *totaux), "total")),
    )


def _programme(cle: str, x: LigneRessource, annees: Sequence[int]) -> LigneXl:
    """The advance in the year of its payment, the balance in its own: both years are typed on the sheet by year."""
    avance, solde = (Ref(cle, c, VERSEMENTS) for c in ("avance", "solde"))
    par_an = (
        Somme(
            (
                SiEgal(Entete(par_annee.cle(a)), _AVANCE, avance),
                SiEgal(Entete(par_annee.cle(a)), _SOLDE, solde),
            )
        )
        for a in annees
    )
    reste = par_annee.reste(cle, "total", annees)
    total = Somme((Ref(cle, "total", VERSEMENTS),))
    return LigneXl(cle, (x.libelle, listes.PROGRAMME, listes.COMMUN, *par_an, reste, total), figee=True)


def _saisies(cles: Sequence[str], x: LigneRessource, annees: Sequence[int], noms: Noms) -> list[LigneXl]:
    """A resource as it is typed."""
    colonnes = par_annee.cles(annees)
    rangees: list[dict[str, Valeur]] = [{} for _ in cles]
    rangees[0].update({par_annee.cle(a): Euros(m) for a, m in x.par_annee.items()})
    for annee in x.manques:
        cle_annee = par_annee.cle(annee)
        next(r for r in rangees if cle_annee not in r)[cle_annee] = A_COMPLETER
    qui = (x.libelle, listes.ORIGINES[x.origine], noms.get(x.og_id, listes.COMMUN))
    return [
        LigneXl(
            cle,
            (*qui, *(rangee.get(c) for c in colonnes), SommeConnue(tuple(Ref(cle, c) for c in colonnes))),
        )
        for cle, rangee in zip(cles, rangees, strict=True)
    ]


def _equilibre(annees: Sequence[int]) -> TableXl:
    """Uses against resources, each year and in all; nothing is said while an amount is unknown."""
    colonnes = [*par_annee.cles(annees), "total"]
    manquants = [*(_manquants_de(a) for a in annees), _manquants_sans_annee(annees), _manquants(annees)]
    cotes = [(Ref("ressources", c), Ref("emplois", c)) for c in colonnes]
    return TableXl(
        EQUILIBRE,
        "Équilibre",
        _colonnes("Équilibre", annees),
        (
            *(
                LigneXl(cle, (nom, None, None, *(SommeConnue((Ref("total", c, table),)) for c in colonnes)))
                for cle, nom, table in (
                    ("emplois", "Emplois", EMPLOIS),
                    ("ressources", "Ressources", RESSOURCES),
                )
            ),
            LigneXl("ecart", ("Écart", None, None, *(SiConnu(x, Difference(*x)) for x in cotes)), "total"),
            LigneXl(
                "controle",
                (
                    "Contrôle",
                    None,
                    None,
                    *(Equilibre(*x, m) for x, m in zip(cotes, manquants, strict=True)),
                ),
                "controle",
            ),
        ),
    )


def _manquants_de(annee: int) -> Calcul:
    """How many costs, profiles and resources have no known amount in a year."""
    cle = par_annee.cle(annee)
    entete = Entete(cle, RESSOURCES)
    return Somme(
        (
            Manquants(cle, RESSOURCES),
            Manquants("ttc", DETAIL, entete),
            Manquants("montant", RH, entete),
        )
    )


def _manquants_sans_annee(annees: Sequence[int]) -> Calcul:
    """The same, for what tells none of these years."""
    entetes = [Entete(par_annee.cle(a), RESSOURCES) for a in annees]
    return Somme(
        (
            Manquants(par_annee.AUTRE, RESSOURCES),
            *(
                Difference(Manquants(c, table), Somme(tuple(Manquants(c, table, e) for e in entetes)))
                for c, table in (("ttc", DETAIL), ("montant", RH))
            ),
        )
    )


def _manquants(annees: Sequence[int]) -> Calcul:
    """How many amounts of the three sheets are to be completed; a table with no line is one."""
    colonnes = par_annee.cles(annees)
    return Somme(
        (
            *(Manquants(c, RESSOURCES) for c in colonnes),
            Manquants("ttc", DETAIL),
            Manquants("montant", RH),
        )
    )


def _versements(plan: PlanPluriannuel) -> tuple[TableXl, ...]:
    """The advance and the balance of each poste of the programme, from the sheets by poste and by year."""
    lignes = []
    for rang, x in enumerate(plan.ressources):
        if x.origine == "programme":
            (cle,) = lignes_ressource(rang, x)
            avance = Repartition(Ref("versement0", "montant", "annees"), cle, "total", echelle=100)
            solde = Difference(Ref(cle, "total"), Ref(cle, "avance"))
            total = Somme((Ref(x.poste, "montant", POSTES),))
            lignes.append(LigneXl(cle, (x.libelle, None, None, avance, solde, total)))
    if not lignes:
        return ()
    controles = (
        Equilibre(Total("avance"), Ref("versement0", "montant", "annees")),
        Equilibre(Total("solde"), Ref("versement1", "montant", "annees")),
        Equilibre(Total("total"), Ref("total", "montant", POSTES)),
    )
    return (
        TableXl(
            VERSEMENTS,
            "Avance et solde du programme",
            (
                ColonneXl("libelle", "Ressource du programme", largeur=30),
                ColonneXl("vide0", ""),
                ColonneXl("vide1", ""),
                ColonneXl("avance", "Avance", "euros", 15),
                ColonneXl("solde", "Solde", "euros", 15),
                ColonneXl("total", "Total", "euros", 16),
            ),
            (
                *lignes,
                LigneXl(
                    "total", ("Total", None, None, Total("avance"), Total("solde"), Total("total")), "total"
                ),
                LigneXl("controle", ("Contrôle avec les versements", None, None, *controles), "controle"),
            ),
            (
                "L’avance tombe l’année de la convention, le solde l’année de la fin du déploiement : ces deux années se "
                "saisissent sur la feuille « Par année ».",
            ),
        ),
    )
