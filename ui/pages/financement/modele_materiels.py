"""The list of materials (piece 11) as a table one types in: its columns, the usual lines, what it comes to by OG."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from esms_desktop import francais
from esms_desktop.francais import NBSP, euros, nombre, ou_tiret, pluriel
from esms_desktop.gestes.lignes import Neuve, neuve
from esms_desktop.lecture import Dossier, Materiel
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.regles.financement.materiels import ListeMateriels, avec_tva
from esms_desktop.regles.financement.pluriannuel import PlanPluriannuel
from ui.models import saisie
from ui.models.saisie import ColonneSaisie
from ui.models.table import Colonne
from ui.pages.financement import modele_valeurs as lu
from ui.pages.financement.modele_couts import (
    ColonneCalculee,
    ColonneChoix,
    colonne_montant,
    colonne_pour_qui,
    colonne_tva,
)


def ht(materiel: Materiel) -> int | None:
    """Total before tax, in cents; None while the quantity or the price is not known."""
    if materiel.quantite is None or materiel.prix_unitaire_ht_cents is None:
        return None
    return materiel.quantite * materiel.prix_unitaire_ht_cents


def ttc(materiel: Materiel) -> int | None:
    """Total, all taxes included, in cents."""
    hors_taxes = ht(materiel)
    return None if hors_taxes is None else avec_tva(hors_taxes, materiel.tva_pour_dix_mille)


def _structure(materiel: Materiel) -> str:
    return next((e.nom for e in materiel.dossier.essms if e.id == materiel.essms_id), "")


def _formule(materiel: Materiel) -> str:
    hors_taxes = ht(materiel)
    if hors_taxes is None:
        return "La quantité ou le prix manque"
    tva = lu.texte_decimal(materiel.tva_pour_dix_mille, 2, "%")
    return f"{nombre(materiel.quantite or 0)} × {ou_tiret(euros, materiel.prix_unitaire_ht_cents)} = {euros(hors_taxes)} HT, + {tva} de TVA"


COLONNES_MATERIELS: tuple[ColonneSaisie[Materiel], ...] = (
    ColonneSaisie(
        entete_de("materiel.libelle"),
        lambda m: m.libelle,
        lire=saisie.ligne_obligatoire("libelle", 300),
        obligatoire=True,
    ),
    ColonneSaisie(entete_de("materiel.usage"), lambda m: m.usage, lire=saisie.ligne("usage", 300)),
    colonne_pour_qui(),
    ColonneChoix(
        entete_de("materiel.essms_id"),
        _structure,
        lire=lu.structure,
        options=lu.options_structure,
        repere=True,
    ),
    ColonneSaisie(
        entete_de("materiel.quantite"),
        lambda m: lu.A_CHIFFRER if m.quantite is None else nombre(m.quantite),
        tri=lambda m: -1 if m.quantite is None else m.quantite,
        a_droite=True,
        badge=lambda m: "warn" if m.quantite is None else None,
        brut=lambda m: saisie.texte_entier(m.quantite),
        lire=saisie.entier("quantite"),
    ),
    colonne_montant(entete_de("materiel.prix_unitaire_ht_cents"), "prix_unitaire_ht_cents"),
    colonne_tva(),
    ColonneCalculee(
        "Total TTC",
        lambda m: ou_tiret(euros, ttc(m)),
        tri=lambda m: ttc(m) or -1,
        a_droite=True,
        second=lambda m: "" if (cents := ht(m)) is None else f"{euros(cents)} HT",
        bulle=_formule,
    ),
)
POIDS_MATERIELS = (2.0, 1.8, 1.1, 1.5, 0.8, 1.0, 0.6, 1.1)

# What a small OG usually equips (the person keeps what fits): (material, use).
_HABITUELS = (
    ("Ordinateur portable", "Saisie du dossier dans les bureaux et les salles de soins"),
    ("Tablette", "Saisie au domicile ou auprès de la personne accompagnée"),
    ("Borne Wi-Fi", "Accès au dossier partout dans la structure"),
    ("Lecteur de carte professionnelle", "Identification des professionnels (Pro Santé Connect)"),
)


def materiels_a_proposer(dossier: Dossier) -> list[Neuve]:
    """The usual materials the dossier does not have yet, without quantity nor price, not saved."""
    connus = {francais.cle(m.libelle) for m in dossier.materiels}
    return [
        neuve("materiel", dossier_id=dossier.id, libelle=libelle, usage=usage)
        for libelle, usage in _HABITUELS
        if francais.cle(libelle) not in connus
    ]


def materiel_neuf(dossier: Dossier, champs: dict[str, Any]) -> Neuve:
    """A material, not saved."""
    return neuve("materiel", dossier_id=dossier.id, **champs)


@dataclass(frozen=True)
class TotalOg:
    """What an OG lists, and the equipment money the campaign gives for it, in cents. `og` "Ensemble": all of them."""

    og: str
    lignes: int
    incompletes: int
    ht_cents: int
    ttc_cents: int
    finance_cents: int

    @property
    def etat(self) -> tuple[str, str]:
        """Words and kind of the badge that compares both."""
        if not self.finance_cents:
            return "Non financé", "neutre"
        if self.ttc_cents < self.finance_cents:
            return f"Liste inférieure de {euros(self.finance_cents - self.ttc_cents)}", "warn"
        return "Couvert par la liste", "ok"


ENSEMBLE = "Ensemble du projet"


def totaux(liste: ListeMateriels, plan: PlanPluriannuel) -> list[TotalOg]:
    """OG by OG, those that list or are given something, then the project."""
    finances = {p.og_id: p.postes_cents.get("equipement", 0) for p in plan.finance.parts}
    noms = {p.og_id: p.nom for p in plan.finance.parts}
    listes = {t.og_id: t for t in liste.par_og}
    lignes = []
    for og_id in [*noms, *(k for k in listes if k not in noms)]:
        total = listes.get(og_id)
        if total is None and not finances.get(og_id):
            continue
        lignes.append(
            TotalOg(
                noms.get(og_id, lu.COMMUN),
                total.lignes if total else 0,
                total.incompletes if total else 0,
                total.ht_cents if total else 0,
                total.ttc_cents if total else 0,
                finances.get(og_id, 0),
            )
        )
    t = liste.total
    ensemble = TotalOg(ENSEMBLE, t.lignes, t.incompletes, t.ht_cents, t.ttc_cents, sum(finances.values()))
    return [*lignes, ensemble] if lignes else []


def _incompletes(total: TotalOg) -> str:
    if not total.incompletes:
        return ""
    return f"{pluriel(total.incompletes, 'ligne')} sans prix ou sans quantité, pour 0{NBSP}€"


COLONNES_TOTAUX_OG: Sequence[Colonne[TotalOg]] = (
    Colonne("Organisme", lambda x: x.og, second=_incompletes),
    Colonne("Lignes", lambda x: nombre(x.lignes), a_droite=True),
    Colonne("Total HT", lambda x: euros(x.ht_cents), a_droite=True),
    Colonne("Total TTC", lambda x: euros(x.ttc_cents), a_droite=True),
    Colonne("Équipement financé", lambda x: euros(x.finance_cents), a_droite=True),
    Colonne("Comparaison", lambda x: x.etat[0], badge=lambda x: x.etat[1]),
)
