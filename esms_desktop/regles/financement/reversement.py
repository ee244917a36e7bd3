"""The money of a convention: what the porteur hands over to each OG, what it spends for all; counted once (referentiel 03 § 5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.financement.financement import FinancementDossier
from esms_desktop.regles.financement.repartition import repartir

# What an OG really receives: the money of the uses and of its own equipment. The rest pays what serves all.
REVERSES = ("usages", "equipement")
COMMUNS = ("logiciel", "amoa_marche", "pilotage")


@dataclass(frozen=True)
class PartReversee:
    """What one OG receives, in cents; the porteur keeps its own."""

    og_id: int | None
    nom: str
    essms: int
    usages_cents: int
    equipement_cents: int

    @property
    def total_cents(self) -> int:
        """All it receives."""
        return self.usages_cents + self.equipement_cents


@dataclass(frozen=True)
class Reversement:
    """The amount asked for, told apart, in cents.

    Args:
        parts: what is handed over, OG by OG, in the order of the grappe.
        communs_cents: what the porteur spends for all, poste by poste; a poste nothing is asked for is left out.
        sans_prix: the software is paid out of a single amount per ESSMS and its price is not known: nothing could be
            set aside for it, the parts are too high by that price.
        compris: the software the campaign has no part for is paid out of the amounts per ESSMS.
    """

    parts: tuple[PartReversee, ...]
    communs_cents: Mapping[str, int]
    sans_prix: bool = False
    compris: bool = False

    @property
    def reverse_cents(self) -> int:
        """All that is handed over."""
        return sum(p.total_cents for p in self.parts)

    @property
    def commun_cents(self) -> int:
        """All that is spent for all."""
        return sum(self.communs_cents.values())

    @property
    def total_cents(self) -> int:
        """The amount asked for."""
        return self.reverse_cents + self.commun_cents


def reversement(finance: FinancementDossier, campagne: Campagne) -> Reversement:
    """The money of the project told apart; the sum is that of the project to the cent.

    A campaign that gives one amount per ESSMS, software included (2021), has its éditeur paid out of it first: its price is
    then common, and the parts share what is left.
    """
    postes = finance.projet.postes_cents
    communs = {p: postes[p] for p in COMMUNS if postes.get(p)}
    usages = [part.postes_cents.get("usages", 0) for part in finance.parts]
    sans_prix, compris = False, tout_compris(finance, campagne)
    if compris:
        prix = finance.demande.prix_cents
        sans_prix = prix is None and sum(usages) > 0
        editeur = min(prix or 0, sum(usages))
        if editeur:
            communs = {"logiciel": editeur, **communs}
            usages = repartir(sum(usages) - editeur, usages)
    parts = tuple(
        PartReversee(part.og_id, part.nom, part.essms, cents, part.postes_cents.get("equipement", 0))
        for part, cents in zip(finance.parts, usages, strict=True)
    )
    return Reversement(parts, communs, sans_prix, compris)


def tout_compris(finance: FinancementDossier, campagne: Campagne) -> bool:
    """Whether the amount for the uses also pays the software: an acquisition whose campaign has no software part."""
    if finance.demande.type_projet is not TypeProjet.ACQUISITION:
        return False
    bareme = campagne.financement.acquisition
    return not (bareme.logiciel_referencee_euros.valeur or bareme.logiciel_non_referencee_euros.valeur)
