"""The tables of the plan de financement pluriannuel: costs, people, resources, balance, rest to pay (referentiel 02 § 3)."""

from collections.abc import Iterable, Sequence

from esms_desktop import francais
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Colonne,
    Contenu,
    Encadre,
    Manque,
    Paragraphe,
    Tableau,
    Texte,
)
from esms_desktop.nomenclature.champs import dit_de, entete_de, libelle_de
from esms_desktop.nomenclature.listes import THEMES_NATURES
from esms_desktop.regles.financement.pluriannuel import Annee, ParAnnee, PlanPluriannuel

_COMMUN = "Commun"
# More columns of years than that would not be read on a page: the table goes on below.
_ANNEES_MAX = 4


def couts(plan: PlanPluriannuel) -> tuple[Bloc, ...]:
    """Document 1: costs by nature and year, before tax and all taxes included."""
    if not plan.emplois:
        return (_vide("Aucun coût du projet n’est encore inscrit", "coûts du projet"),)
    annees = sorted({a for x in plan.emplois for a in x.ttc_par_annee}, key=lambda a: (a is None, a or 0))
    lignes = [
        (
            (
                Texte(x.libelle, gras=True),
                f"\n{x.detail}" if x.detail else "",
                *(
                    (
                        "\n",
                        Manque(f"montant ({x.detail or x.libelle})", "montant", code="cout.montant_ht_cents"),
                    )
                    if x.manquants
                    else ()
                ),
            ),
            commun.bref(x.og, 90) or _COMMUN,
            x.ttc_par_annee,
            (x.ht_cents, x.ttc_cents),
        )
        for x in plan.emplois
    ]
    return tuple(
        _par_annee(
            "Nature de dépense",
            "" if len(plan.restes) == 1 else "Organisme",
            annees,
            lignes,
            ("Total HT", "Total TTC"),
            "Total",
        )
    )


def personnel(plan: PlanPluriannuel) -> tuple[Bloc, ...]:
    """Document 2: people, profile by profile and year by year."""
    if not plan.rh:
        return (
            _vide("Aucun coût de personnel n’est encore inscrit", "coûts de personnel", "cout_rh.profil"),
        )
    # One organisme alone bears all of it: no column to say so.
    seul = len(plan.restes) == 1
    lignes: list[tuple[Contenu, ...]] = []
    for x in plan.rh:
        for d in x.details:
            qui = f"{x.profil}, {d.annee or 'année à préciser'}"
            lignes.append(
                (
                    Texte(x.profil, gras=True),
                    *(() if seul else (commun.bref(x.og, 90) or _COMMUN,)),
                    str(d.annee)
                    if d.annee is not None
                    else Manque(f"année ({x.profil})", "-", code="cout_rh.annee"),
                    francais.decimal(d.etp_centiemes)
                    if d.etp_centiemes is not None
                    else Manque(f"ETP ({qui})", "-", code="cout_rh.etp_centiemes"),
                    francais.euros(d.cout_annuel_cents)
                    if d.cout_annuel_cents is not None
                    else Manque(f"coût annuel ({qui})", "-", code="cout_rh.cout_annuel_cents"),
                    f"{d.part_projet_pour_cent} %",
                    francais.euros(d.montant_cents) if d.montant_cents is not None else "—",
                )
            )
    return (
        Tableau(
            (
                Colonne(entete_de("cout_rh.profil"), 2),
                *(() if seul else (Colonne("Organisme", 1.3),)),
                Colonne(entete_de("cout_rh.annee"), 0.7),
                Colonne(entete_de("cout_rh.etp_centiemes"), 0.6, "droite"),
                Colonne(entete_de("cout_rh.cout_annuel_cents"), 1.05, "droite"),
                Colonne(dit_de("cout_rh.part_projet_pour_cent"), 0.75, "droite"),
                Colonne("Montant", 1.05, "droite"),
            ),
            tuple(lignes),
            ("Total", *(() if seul else ("",)), "", "", "", "", _ou_tiret(plan.rh_cents)),
        ),
    )


def emplois(plan: PlanPluriannuel) -> tuple[Bloc, ...]:
    """Document 3, first part: costs by theme, then people, year by year."""
    lignes: list[tuple[Contenu, str, ParAnnee, tuple[int, ...]]] = []
    for theme, libelle in THEMES_NATURES.items():
        du_theme = [x.ttc_par_annee for x in plan.emplois if x.theme == theme]
        if du_theme:
            somme = _somme(du_theme)
            lignes.append((libelle, "", somme, (sum(somme.values()),)))
    if plan.rh:
        somme = _somme([x.par_annee for x in plan.rh])
        lignes.append(("Personnel", "", somme, (sum(somme.values()),)))
    if not lignes:
        return (_vide("Les emplois du projet ne sont pas encore connus", "emplois du plan de financement"),)
    return tuple(_par_annee("Emplois", "", plan.annees, lignes, ("Total",), "Total des emplois"))


def ressources(plan: PlanPluriannuel) -> tuple[Bloc, ...]:
    """Document 3, second part: the programme, own funds and other resources, year by year."""
    origines = {"programme": "Programme", "autofinancement": "Autofinancement", "autre": "Autre ressource"}
    lignes: list[tuple[Contenu, str, ParAnnee, tuple[int, ...]]] = [
        (
            (
                x.libelle,
                *(
                    (" ", Manque(f"montant ({x.libelle})", "montant", code="cout.montant_ht_cents"))
                    if x.manquants
                    else ()
                ),
            ),
            _origine(origines[x.origine], x.libelle, commun.bref(x.og, 90)),
            x.par_annee,
            (x.total_cents,),
        )
        for x in plan.ressources
    ]
    if not lignes:
        return (
            _vide(
                "Aucune ressource n’est encore inscrite",
                "ressources du plan de financement",
                "ressource.montant_cents",
            ),
        )
    return tuple(
        _par_annee(
            "Ressources",
            entete_de("ressource.genre"),
            plan.annees,
            lignes,
            ("Total",),
            "Total des ressources",
        )
    )


def _origine(origine: str, libelle: str, og: str) -> str:
    """Who brings the resource; what it is too, when its label does not say it already."""
    if libelle == origine:
        return og or _COMMUN
    return f"{origine}, {og}" if og else origine


def versements(plan: PlanPluriannuel) -> tuple[Bloc, ...]:
    """The advance and the balance of each poste of the programme."""
    programme = [x for x in plan.ressources if x.origine == "programme"]
    if not programme:
        return ()
    avance, solde = sum(x.avance_cents for x in programme), sum(x.solde_cents for x in programme)
    return (
        Tableau(
            (
                Colonne("Ressource du programme", 2.6),
                Colonne("Avance", 1, "droite"),
                Colonne("Solde", 1, "droite"),
                Colonne("Total", 1, "droite"),
            ),
            tuple(
                (
                    x.libelle,
                    francais.euros(x.avance_cents),
                    francais.euros(x.solde_cents),
                    francais.euros(x.total_cents),
                )
                for x in programme
            ),
            ("Total", francais.euros(avance), francais.euros(solde), francais.euros(avance + solde)),
        ),
    )


def equilibre(plan: PlanPluriannuel) -> tuple[Bloc, ...]:
    """Costs against resources, each year: what is missing or in excess, and whether the plan is balanced."""
    if not plan.par_annee:
        return (_vide("L’équilibre se juge à partir des emplois", "emplois du plan de financement"),)

    def ecart(cents: int) -> str:
        if not plan.emplois_cents:
            return "—"
        return francais.euros(cents) if cents else "équilibré"

    tableau = Tableau(
        (
            Colonne("Exercice", 1.4),
            Colonne("Emplois", 1, "droite"),
            Colonne("Ressources", 1, "droite"),
            Colonne("Écart", 1, "droite"),
        ),
        tuple(
            (
                str(x.annee)
                if x.annee is not None
                else Manque("année d’une ligne du plan", "année", code="cout.annee"),
                _ou_tiret(x.emplois_cents),
                _ou_tiret(x.ressources_cents),
                ecart(x.ecart_cents),
            )
            for x in plan.par_annee
        ),
        (
            "Total",
            _ou_tiret(plan.emplois_cents),
            _ou_tiret(plan.ressources_cents),
            ecart(plan.ressources_cents - plan.emplois_cents),
        ),
    )
    return (tableau, _verdict(plan))


def _verdict(plan: PlanPluriannuel) -> Encadre:
    if plan.equilibre:
        return Encadre("info", "Le plan est équilibré, chaque année et au total.")
    ecart = plan.ressources_cents - plan.emplois_cents
    if not plan.emplois_cents:
        return Encadre(
            "alerte", "Les emplois ne sont pas encore chiffrés : l’équilibre ne peut pas être vérifié."
        )
    if plan.manquants:
        combien = francais.pluriel(plan.manquants, "montant manque", "montants manquent")
        return Encadre("alerte", f"{combien} : l’équilibre ne peut pas être vérifié.")
    if ecart < 0:
        return Encadre(
            "alerte", f"Il manque {francais.euros(-ecart)} de ressources pour couvrir les emplois."
        )
    if ecart > 0:
        return Encadre("alerte", f"Les ressources dépassent les emplois de {francais.euros(ecart)}.")
    return Encadre(
        "info",
        "Le plan est équilibré au total. Les écarts d’une année à l’autre viennent du calendrier des versements : les "
        "organismes en font l’avance.",
    )


def restes(plan: PlanPluriannuel) -> tuple[Bloc, ...]:
    """What each organisme pays: its own costs nothing covers, and its share of the common ones by the key."""
    if not plan.restes or not plan.emplois_cents:
        return (_vide("Le reste à charge se calcule à partir des emplois", "emplois du plan de financement"),)
    sans = Manque("clé de répartition du reste à charge", "-", code="dossier.cle_repartition")
    # Own funds put in the plan for all: those of an organisme alone, else a row of their own.
    communs = sum(x.total_cents for x in plan.ressources if x.origine == "autofinancement" and not x.og)
    seul = len(plan.restes) == 1
    lignes: list[tuple[Contenu, ...]] = []
    for r in plan.restes:
        part = r.part_pour_dix_mille
        lignes.append(
            (
                commun.bref(r.nom, 90),
                francais.pour_cent(part) if part is not None else sans,
                *(
                    francais.euros(m) if m is not None else sans
                    for m in (r.propre_cents, r.commun_cents, r.total_cents)
                ),
                _ou_tiret(r.prevu_cents + communs * seul),
            )
        )
    if communs and not seul:
        lignes.append((_COMMUN, "", "", "", "", francais.euros(communs)))
    connus = [r.total_cents for r in plan.restes if r.total_cents is not None]
    total = len(connus) == len(plan.restes)
    return (
        *(
            (Encadre("alerte", f"La clé ne peut pas encore s’appliquer : {plan.cle.manque}."),)
            if plan.cle.manque
            else ()
        ),
        Tableau(
            (
                Colonne("Organisme", 2.2),
                Colonne("Part", 0.7, "droite"),
                Colonne("Coûts propres", 1, "droite"),
                Colonne("Coûts communs", 1, "droite"),
                Colonne("Reste à charge", 1, "droite"),
                Colonne("Autofinancement inscrit", 1.15, "droite"),
            ),
            tuple(lignes),
            (
                "Total",
                "100 %" if plan.cle.parts_pour_dix_mille else "",
                francais.euros(sum(r.propre_cents or 0 for r in plan.restes)) if total else "",
                francais.euros(sum(r.commun_cents or 0 for r in plan.restes)) if total else "",
                francais.euros(sum(connus)) if total else francais.euros(plan.reste_cents),
                _ou_tiret(sum(r.prevu_cents for r in plan.restes) + communs),
            ),
        ),
        *(
            (Paragraphe(f"{libelle_de('dossier.cle_repartition')} : {plan.cle.libelle}.", discret=True),)
            if len(plan.restes) > 1
            else ()
        ),
    )


def _ou_tiret(cents: int) -> str:
    """An amount; « — » where nothing is entered."""
    return francais.euros(cents) if cents else "—"


def _vide(phrase: str, manque: str, code: str = "cout.montant_ht_cents") -> Paragraphe:
    return Paragraphe((f"{phrase} : ", Manque(manque, code=code), "."))


def _somme(tables: Iterable[ParAnnee]) -> dict[Annee, int]:
    resultat: dict[Annee, int] = {}
    for table in tables:
        for annee, montant in table.items():
            resultat[annee] = resultat.get(annee, 0) + montant
    return resultat


def _par_annee(
    entete: str,
    second: str,
    annees: Sequence[Annee],
    lignes: Sequence[tuple[Contenu, str, ParAnnee, tuple[int, ...]]],
    sommes: Sequence[str],
    total: str,
) -> list[Tableau]:
    """Amounts by year, as many tables as the years need; the sums are on the last one. `second` empty: no such column."""
    groupes = [annees[i : i + _ANNEES_MAX] for i in range(0, len(annees), _ANNEES_MAX)] or [annees]
    tableaux = []
    for rang, groupe in enumerate(groupes):
        dernieres = sommes if rang == len(groupes) - 1 else ()
        colonnes = [Colonne(entete, 2.4), *([Colonne(second, 1.3)] if second else [])]
        colonnes += [Colonne(str(a) if a is not None else "Année à préciser", 1, "droite") for a in groupe]
        colonnes += [Colonne(s, 1, "droite") for s in dernieres]
        corps: list[tuple[Contenu, ...]] = []
        for nom, qui, par_annee, totaux in lignes:
            cellules: list[Contenu] = [nom, *([qui] if second else [])]
            cellules += [francais.euros(par_annee[a]) if par_annee.get(a) else "—" for a in groupe]
            cellules += [_ou_tiret(t) for t in totaux[: len(dernieres)]]
            corps.append(tuple(cellules))
        pied: list[Contenu] = [total, *([""] if second else [])]
        pied += [_ou_tiret(sum(p.get(a, 0) for _, _, p, _ in lignes)) for a in groupe]
        pied += [_ou_tiret(sum(t[i] for *_, t in lignes)) for i in range(len(dernieres))]
        tableaux.append(Tableau(tuple(colonnes), tuple(corps), tuple(pied)))
    return tableaux
