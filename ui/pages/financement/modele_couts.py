"""The costs of the project as a table one types in: what each column shows and reads, the usual lines, the years."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from esms_desktop.francais import NBSP, euros, ou_tiret
from esms_desktop.gestes.lignes import Neuve, neuve
from esms_desktop.lecture import Cout, Dossier
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.nomenclature.listes import natures
from esms_desktop.regles.financement.materiels import avec_tva
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel
from ui.models import saisie
from ui.models.saisie import ColonneSaisie
from ui.models.table import Colonne
from ui.pages.financement import modele_valeurs as lu

T = TypeVar("T")
Options = Callable[[Dossier], Sequence[str]]


@dataclass(frozen=True)
class ColonneChoix(ColonneSaisie[T]):
    """A column whose cells are chosen in a list. `libre`: other values may be typed too."""

    options: Options = lambda _: ()
    libre: bool = False


@dataclass(frozen=True)
class ColonneCalculee(ColonneSaisie[T]):
    """A column the application reckons: never typed in, left aside when a block is pasted."""


def colonne_annee(vide: str = "À préciser") -> ColonneChoix[Any]:
    """The year of a line."""
    return ColonneChoix(
        entete_de("cout.annee"),
        lambda x: str(x.annee) if x.annee else vide,
        tri=lambda x: x.annee or 9999,
        badge=lambda x: None if x.annee else "warn",
        brut=lambda x: str(x.annee or ""),
        lire=lu.annee("annee"),
        repere=True,
        options=lu.options_annee,
        libre=True,
    )


def colonne_pour_qui() -> ColonneChoix[Any]:
    """The OG that bears a line."""
    return ColonneChoix(
        entete_de("cout.og_id"),
        lambda x: lu.libelle_pour_qui(x.dossier, x.og_id),
        lire=lu.pour_qui("og_id"),
        repere=True,
        options=lu.options_pour_qui,
    )


def colonne_montant(titre: str, champ: str, bulle: str = "") -> ColonneSaisie[Any]:
    """An amount one types."""
    return ColonneSaisie(
        titre,
        lambda x: lu.A_CHIFFRER if getattr(x, champ) is None else euros(getattr(x, champ)),
        tri=lambda x: -1 if getattr(x, champ) is None else getattr(x, champ),
        a_droite=True,
        badge=lambda x: "warn" if getattr(x, champ) is None else None,
        bulle=(lambda _: bulle) if bulle else None,
        brut=lambda x: lu.texte_montant(getattr(x, champ)),
        lire=lu.montant(champ),
    )


def colonne_tva() -> ColonneChoix[Any]:
    """The tax rate of a line."""
    return ColonneChoix(
        entete_de("cout.tva_pour_dix_mille"),
        lambda x: lu.texte_decimal(x.tva_pour_dix_mille, 2, "%"),
        tri=lambda x: x.tva_pour_dix_mille,
        a_droite=True,
        brut=lambda x: lu.texte_decimal(x.tva_pour_dix_mille),
        lire=lu.taux("tva_pour_dix_mille"),
        options=lambda _: lu.TAUX,
        libre=True,
    )


def ttc(cout: Cout) -> int | None:
    """What a cost comes to, all taxes included, in cents; None while it is not known."""
    return None if cout.montant_ht_cents is None else avec_tva(cout.montant_ht_cents, cout.tva_pour_dix_mille)


def _bulle_ttc(cout: Cout) -> str:
    if cout.montant_ht_cents is None:
        return "Le montant hors taxes manque"
    return f"{euros(cout.montant_ht_cents)} HT + {lu.texte_decimal(cout.tva_pour_dix_mille, 2, '%')} de TVA"


COLONNES_COUTS: tuple[ColonneSaisie[Cout], ...] = (
    ColonneChoix(
        entete_de("cout.nature"),
        lambda c: lu.texte_nature(c.nature),
        lire=lu.nature("nature"),
        obligatoire=True,
        options=lu.options_nature,
    ),
    ColonneSaisie(
        entete_de("cout.libelle"), lambda c: c.libelle, lire=saisie.ligne("libelle", 300), repere=True
    ),
    colonne_pour_qui(),
    colonne_annee(),
    colonne_montant(entete_de("cout.montant_ht_cents"), "montant_ht_cents"),
    colonne_tva(),
    ColonneCalculee(
        "Montant TTC",
        lambda c: ou_tiret(euros, ttc(c)),
        tri=lambda c: ttc(c) or -1,
        a_droite=True,
        bulle=_bulle_ttc,
    ),
)
POIDS_COUTS = (2.2, 2.6, 1.2, 0.8, 1.1, 0.6, 1.1)

# What a project usually pays, in our words: (nature, libellé, how often). Amounts are left to the person.
_UNE_FOIS, _CHAQUE_ANNEE = "une", "annuel"
_HABITUELS = (
    ("licences", "Abonnement au dossier usager informatisé, hébergement compris", _CHAQUE_ANNEE),
    ("parametrage", "Installation et paramétrage pour les structures du projet", _UNE_FOIS),
    ("reprise", "Reprise des données des dossiers existants", _UNE_FOIS),
    ("interfaces", "Interfaces avec la paie, la facturation et les services socles", _UNE_FOIS),
    ("formation", "Formation des référents et des professionnels", _UNE_FOIS),
    ("communication", "Information des équipes et des personnes accompagnées", _UNE_FOIS),
)
_EQUIPEMENTS = (
    ("equipements", "Postes, tablettes et lecteurs de cartes (voir la liste des matériels)", _UNE_FOIS),
    ("infrastructures", "Réseau et Wi-Fi des structures", _UNE_FOIS),
)
_AMOA = (("amoa", "Assistance à maîtrise d’ouvrage pour le marché et le projet", _UNE_FOIS),)


def couts_a_proposer(dossier: Dossier, jour_annee: int) -> list[Neuve]:
    """The usual costs the dossier does not have yet, without amounts, not saved; those of every year once a year."""
    annees = lu.annees_du_projet(dossier, jour_annee)
    prevus = list(_HABITUELS)
    if dossier.equipement_demande is not False:
        prevus += _EQUIPEMENTS
    if dossier.amoa is not False or dossier.sad:
        prevus += _AMOA
    connus = {c.nature for c in dossier.couts}
    rangs = list(natures())
    lignes = [
        neuve("cout", dossier_id=dossier.id, nature=nature, libelle=libelle, annee=annee)
        for nature, libelle, quand in prevus
        if nature not in connus
        for annee in (annees if quand == _CHAQUE_ANNEE else annees[:1])
    ]
    return sorted(lignes, key=lambda c: _rang(rangs, c.valeurs["nature"]))


def _rang(rangs: list[str], nature: str) -> int:
    return rangs.index(nature) if nature in rangs else len(rangs)


def nom_cout(cout: Cout) -> str:
    """How sentences call a cost."""
    nom = cout.libelle or lu.texte_nature(cout.nature)
    return f"{nom}, {cout.annee}" if cout.annee else nom


def cout_neuf(dossier: Dossier, champs: dict[str, Any]) -> Neuve:
    """A cost, not saved."""
    return neuve("cout", dossier_id=dossier.id, **champs)


# -- totals by year --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TotalAnnee:
    """Costs of a year, in cents; `annee` "" for all of them."""

    annee: str
    ht_cents: int
    ttc_cents: int
    detail: str = ""

    @property
    def tva_cents(self) -> int:
        """The tax."""
        return self.ttc_cents - self.ht_cents


TOUTES = "Toutes les années"
A_PRECISER = "Année à préciser"


def totaux_couts(plan: PlanPluriannuel) -> list[TotalAnnee]:
    """Year by year, then all of them."""
    annees = sorted({a for x in plan.emplois for a in x.ttc_par_annee}, key=lambda a: a or 9999)
    lignes = [
        TotalAnnee(
            str(a) if a else A_PRECISER,
            sum(x.ht_par_annee.get(a, 0) for x in plan.emplois),
            sum(x.ttc_par_annee.get(a, 0) for x in plan.emplois),
        )
        for a in annees
    ]
    return [*lignes, TotalAnnee(TOUTES, plan.couts_ht_cents, plan.couts_cents)] if lignes else []


COLONNES_TOTAUX: Sequence[Colonne[TotalAnnee]] = (
    Colonne(entete_de("cout.annee"), lambda x: x.annee, second=lambda x: x.detail),
    Colonne("Total HT", lambda x: euros(x.ht_cents), a_droite=True),
    Colonne("TVA", lambda x: euros(x.tva_cents), a_droite=True),
    Colonne("Total TTC", lambda x: euros(x.ttc_cents), a_droite=True),
)


# What makes a row that one and no other.
_D_UNE_LIGNE = frozenset(("id", "uid", "version", "auteur"))


def suivantes(lignes: Sequence[Any]) -> list[Neuve]:
    """The same lines one year later, not saved; those without a year are left aside."""
    neuves = []
    for ligne in lignes:
        if ligne.annee is not None:
            champs = {c: v for c, v in vars(ligne).items() if c not in _D_UNE_LIGNE}
            neuves.append(Neuve(ligne.table, {**champs, "annee": ligne.annee + 1}))
    return neuves


NOTE_TVA = f"Le plan de financement compte les montants TTC. Un montant qui manque compte pour 0{NBSP}€ et reste signalé."
