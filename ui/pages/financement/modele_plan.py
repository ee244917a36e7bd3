"""The plan de financement as tables: costs and resources by year with their balance, and the rest to pay by OG."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import Qt

from esms_desktop.francais import NBSP, accord, euros, euros_signes, nombre, ou_tiret, pluriel
from esms_desktop.lecture import Dossier, Og
from esms_desktop.regles.financement.pluriannuel import (
    Annee,
    DetailRh,
    LigneRessource,
    PlanPluriannuel,
    ResteOg,
    SoldeAnnee,
)
from ui.models.saisie import ColonneSaisie, ModeleSaisie
from ui.models.table import Colonne, ModeleTable
from ui.pages.financement import modele_valeurs as lu

T = TypeVar("T")
POIDS_OG = {"essms": "ESSMS", "places": "Places", "etp": "Effectif (ETP)", "libre": "Part fixée"}
LIBELLES_CLES = {
    "essms": "Au nombre d’ESSMS",
    "places": "Au nombre de places",
    "etp": "À l’effectif (ETP)",
    "libre": "Parts fixées librement",
}


class ModeleColonnes(ModeleTable[T]):
    """A table whose columns may change (a year more)."""

    def montrer(self, colonnes: Sequence[Colonne[T]], lignes: Sequence[T]) -> None:
        """Shows other rows; the table is built anew only when its columns change."""
        if [c.titre for c in colonnes] != [c.titre for c in self.colonnes]:
            self.beginResetModel()
            self.colonnes = tuple(colonnes)
            self.endResetModel()
        self.charger(lignes)


@dataclass(frozen=True)
class LignePlan:
    """A row: amounts by year in cents. `genre`: "titre", "ligne", "total" or "ecart"; `second`: formula and source."""

    cle: object
    libelle: str
    second: str = ""
    par_annee: Mapping[Annee, int] = field(default_factory=dict)
    total_cents: int = 0
    genre: str = "ligne"

    @property
    def forte(self) -> bool:
        """Set in bold."""
        return self.genre in ("titre", "total")


def texte_annee(annee: Annee) -> str:
    """« 2026 », or « À dater »."""
    return str(annee) if annee else "À dater"


def ecart(cents: int) -> tuple[str, str]:
    """Words and kind of the badge of a balance: resources less costs, in cents."""
    if not cents:
        return "Équilibré", "ok"
    return euros_signes(cents), "warn" if cents > 0 else "bad"


def _montant(ligne: LignePlan, cents: int | None) -> str:
    if ligne.genre == "titre":
        return ""
    if ligne.genre == "ecart":
        return ecart(cents or 0)[0]
    return euros(cents) if cents else ("" if ligne.genre == "ligne" else euros(0))


def _colonne(titre: str, lire: Callable[[LignePlan], int]) -> Colonne[LignePlan]:
    return Colonne(
        titre,
        lambda x: _montant(x, lire(x)),
        tri=lire,
        a_droite=True,
        badge=lambda x: ecart(lire(x))[1] if x.genre == "ecart" else None,
    )


def colonnes_plan(annees: Sequence[Annee]) -> tuple[Colonne[LignePlan], ...]:
    """A column per year, then the total."""
    return (
        Colonne("Emplois et ressources", lambda x: x.libelle, second=lambda x: x.second),
        *(_colonne(texte_annee(a), lambda x, a=a: x.par_annee.get(a, 0)) for a in annees),  # type: ignore[misc]
        _colonne("Total", lambda x: x.total_cents),
    )


def lignes_plan(plan: PlanPluriannuel) -> list[LignePlan]:
    """Costs, people, resources, and the balance of each year."""
    lignes = [LignePlan("titre-emplois", "Emplois (TTC)", genre="titre")]
    for x in plan.emplois:
        qui = x.og or lu.COMMUN
        dits = [d for d in (x.detail, qui, f"{euros(x.ht_cents)} HT" if x.ht_cents else "") if d]
        dits += [_a_chiffrer(x.manquants)] if x.manquants else []
        lignes.append(
            LignePlan(
                ("emploi", x.nature, x.detail, x.og_id),
                x.libelle,
                " · ".join(dits),
                x.ttc_par_annee,
                x.ttc_cents,
            )
        )
    for rh in plan.rh:
        dits = [rh.og or lu.COMMUN, *dict.fromkeys(map(_formule_rh, rh.details))]
        lignes.append(
            LignePlan(("rh", rh.profil, rh.og_id), rh.profil, " · ".join(dits), rh.par_annee, rh.total_cents)
        )
    emplois = {s.annee: s.emplois_cents for s in plan.par_annee}
    lignes.append(
        LignePlan("total-emplois", "Total des emplois", "", emplois, plan.emplois_cents, genre="total")
    )
    lignes.append(LignePlan("titre-ressources", "Ressources", genre="titre"))
    lignes += [
        LignePlan(
            ("ressource", r.origine, r.poste, r.libelle, r.og_id),
            r.libelle,
            _source(plan, r),
            r.par_annee,
            r.total_cents,
        )
        for r in plan.ressources
    ]
    recues = {s.annee: s.ressources_cents for s in plan.par_annee}
    lignes.append(
        LignePlan(
            "total-ressources", "Total des ressources", "", recues, plan.ressources_cents, genre="total"
        )
    )
    ecarts = {s.annee: s.ecart_cents for s in plan.par_annee}
    total = plan.ressources_cents - plan.emplois_cents
    lignes.append(LignePlan("ecart", "Équilibre", "Ressources moins emplois", ecarts, total, genre="ecart"))
    return lignes


def _formule_rh(d: DetailRh) -> str:
    if d.montant_cents is None:
        return _a_chiffrer(1)
    return f"{lu.texte_decimal(d.etp_centiemes)}{NBSP}ETP × {ou_tiret(euros, d.cout_annuel_cents)} × {d.part_projet_pour_cent}{NBSP}%"


def _a_chiffrer(n: int) -> str:
    return f"{n}{NBSP}à chiffrer"


def _source(plan: PlanPluriannuel, r: LigneRessource) -> str:
    if r.origine != "programme":
        qui = r.og or lu.COMMUN
        return f"{qui} · {_a_chiffrer(r.manquants)}" if r.manquants else f"{qui} · saisi dans ce dossier"
    lignes = [x for x in plan.finance.projet.lignes if x.poste == r.poste]
    dits = [f"{x.formule} ({x.source})" for x in lignes]
    dits += [f"Hypothèse{NBSP}: {x.hypothese}" for x in lignes if x.hypothese]
    dits.append(f"avance {euros(r.avance_cents)}, solde {euros(r.solde_cents)}")
    return " · ".join(dits)


def bilan(plan: PlanPluriannuel) -> tuple[str, str]:
    """Words and kind of the badge of the whole plan."""
    if not (plan.emplois or plan.rh):
        return "Aucun coût saisi", "neutre"
    if plan.equilibre:
        return "Équilibré", "ok"
    ecarts = [s for s in plan.par_annee if s.ecart_cents]
    if not ecarts:
        return "À compléter", "warn"
    total = plan.ressources_cents - plan.emplois_cents
    if total:
        return f"Écart de {euros(total)}", "bad"
    return f"{pluriel(len(ecarts), 'année')} à équilibrer", "warn"


def phrase_bilan(plan: PlanPluriannuel) -> str:
    """The plan in a sentence or two."""
    if not (plan.emplois or plan.rh):
        return "Saisissez les coûts et les temps de personnel : l’équilibre de chaque année se calcule ici."
    dits = [
        f"{euros(plan.emplois_cents)} d’emplois, {euros(plan.ressources_cents)} de ressources dont "
        f"{euros(plan.origine_cents('programme'))} du programme."
    ]
    ecarts = [_phrase_ecart(s) for s in plan.par_annee if s.ecart_cents]
    if ecarts:
        dits.append(f"{NBSP}; ".join(ecarts) + ".")
    if plan.manquants:
        dits.append(
            f"{pluriel(plan.manquants, 'montant manque encore', 'montants manquent encore')}, "
            f"et {accord(plan.manquants, 'compte', 'comptent')} pour 0{NBSP}€."
        )
    return " ".join(dits)


def _phrase_ecart(s: SoldeAnnee) -> str:
    quoi = f"il manque {euros(-s.ecart_cents)}" if s.ecart_cents < 0 else f"{euros(s.ecart_cents)} de trop"
    return f"{texte_annee(s.annee)}{NBSP}: {quoi}"


# -- the rest to pay -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LigneReste:
    """An OG and what it has to pay; `og` None: the whole project, `total` then tells its sums."""

    og: Og | None
    reste: ResteOg | None
    total: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def id(self) -> int:
        """The key of the OG, 0 for the total."""
        return self.og.id if self.og else 0

    def montant(self, rang: int) -> int | None:
        """Own costs (0), common costs (1), rest to pay (2) or planned own funds (3), in cents."""
        if self.reste is None:
            return self.total[rang]
        return (
            self.reste.propre_cents,
            self.reste.commun_cents,
            self.reste.total_cents,
            self.reste.prevu_cents,
        )[rang]


def lignes_reste(dossier: Dossier, plan: PlanPluriannuel) -> list[LigneReste]:
    """OG by OG, then the project."""
    lignes = [LigneReste(og, r) for og, r in zip(dossier.ogs, plan.restes, strict=True)]
    if not lignes:
        return []
    sommes = tuple(sum(x.montant(rang) or 0 for x in lignes) for rang in range(4))
    return [*lignes, LigneReste(None, None, (sommes[0], sommes[1], sommes[2], sommes[3]))]


def _poids(ligne: LigneReste, cle: str) -> str:
    if ligne.reste is None or ligne.reste.poids is None:
        return ""
    if cle == "libre":
        return lu.texte_decimal(ligne.reste.poids, 2, "%")
    return lu.texte_decimal(ligne.reste.poids) if cle == "etp" else nombre(ligne.reste.poids)


def _colonne_poids(cle: str) -> ColonneSaisie[LigneReste]:
    lecteurs: dict[str, tuple[Any, str]] = {
        "etp": (lu.etp("etp_centiemes"), "Effectif de l’organisme, en équivalents temps plein"),
        "libre": (lu.part("part_libre_pour_dix_mille"), "Part du reste à charge, en pour cent"),
    }
    lire, bulle = lecteurs.get(cle, (None, "Compté dans la grappe"))
    return ColonneSaisie(
        POIDS_OG[cle],
        lambda x: _poids(x, cle) or ("" if x.og is None else "À saisir"),
        a_droite=True,
        badge=lambda x: "warn" if x.og is not None and not _poids(x, cle) else None,
        bulle=lambda _: bulle,
        brut=lambda x: _poids(x, cle).replace(f"{NBSP}%", ""),
        lire=lire,
    )


def _reste(titre: str, rang: int, bulle: str) -> ColonneSaisie[LigneReste]:
    return ColonneSaisie(
        titre, lambda x: ou_tiret(euros, x.montant(rang)), a_droite=True, bulle=lambda _: bulle
    )


def colonnes_reste(cle: str) -> tuple[ColonneSaisie[LigneReste], ...]:
    """The columns for a key; the weight is typed for « ETP » and « libre »."""
    return (
        ColonneSaisie("Organisme", lambda x: x.og.nom_court if x.og else "Ensemble du projet"),
        _colonne_poids(cle),
        ColonneSaisie(
            "Part",
            lambda x: (
                ""
                if x.reste is None or x.reste.part_pour_dix_mille is None
                else lu.texte_decimal(x.reste.part_pour_dix_mille, 2, "%")
            ),
            a_droite=True,
        ),
        _reste("Coûts propres", 0, "Ses coûts que ni le programme ni les autres ressources ne couvrent"),
        _reste("Coûts communs", 1, "Sa part, selon la clé, des coûts communs non couverts"),
        _reste("Reste à charge", 2, "Coûts propres et part des coûts communs"),
        _reste("Déjà prévu", 3, "L’autofinancement que le plan inscrit déjà à son nom"),
    )


class ModeleRestes(ModeleSaisie[LigneReste]):
    """The rows of the rest to pay; the weights are typed in."""

    def montrer_plan(self, dossier: Dossier, plan: PlanPluriannuel) -> None:
        """Shows the rest of each OG under the key of the dossier."""
        colonnes = colonnes_reste(plan.cle.code)
        if [c.titre for c in colonnes] != [c.titre for c in self.colonnes]:
            self.beginResetModel()
            self.colonnes = colonnes
            self.endResetModel()
        self.montrer(lignes_reste(dossier, plan), dossier)

    def flags(self, index: Any) -> Any:
        """The row of the whole project is not typed in."""
        drapeaux = super().flags(index)
        if index.isValid() and self.objet(index.row()).og is None:
            drapeaux &= ~Qt.ItemFlag.ItemIsEditable
        return drapeaux
