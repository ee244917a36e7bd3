"""The key that shares the rest to pay between the OG: ESSMS, places, ETP, or free shares (referentiel 02 § 3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from esms_desktop import francais
from esms_desktop.lecture import Dossier, Og
from esms_desktop.regles.financement.repartition import repartir

CLES = {
    "essms": "nombre d’ESSMS engagés",
    "places": "capacité, en places",
    "etp": "effectif, en équivalents temps plein",
    "libre": "parts fixées librement",
}
UN = 10_000


@dataclass(frozen=True)
class Cle:
    """A key of distribution.

    Args:
        code: one of CLES.
        poids: weight of each OG, in the order of the grappe; None where it is not known.
        parts_pour_dix_mille: share of each OG; they sum to 10,000. Empty while the key is not complete.
        manque: what is missing to use it, empty when nothing is.
    """

    code: str
    poids: tuple[int | None, ...]
    parts_pour_dix_mille: tuple[int, ...]
    manque: str

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return CLES[self.code]

    @property
    def complete(self) -> bool:
        """Whether the key can share an amount."""
        return not self.manque

    def partager(self, montant_cents: int) -> list[int]:
        """Shares of an amount, in cents, that sum to it (largest remainder). Raises ValueError on an incomplete key."""
        if not self.complete:
            raise ValueError(f"incomplete key: {self.code}")
        return repartir(montant_cents, [p or 0 for p in self.poids])


def cle(dossier: Dossier) -> Cle:
    """The key of a dossier. A weight that is not known is never taken for zero: the key is then incomplete."""
    code = dossier.cle_repartition or "essms"
    code = code if code in CLES else "essms"
    ogs = list(dossier.ogs)
    if len(ogs) == 1:
        return Cle(code, (1,), (UN,), "")
    poids = tuple(_poids(code, og) for og in ogs)
    manque = _manque(code, ogs, poids)
    if manque:
        return Cle(code, poids, (), manque)
    return Cle(code, poids, tuple(repartir(UN, [p or 0 for p in poids])), "")


def _poids(code: str, og: Og) -> int | None:
    if code == "essms":
        return len(og.essms)
    if code == "etp":
        return og.etp_centiemes
    if code == "libre":
        return og.part_libre_pour_dix_mille
    total = 0
    for e in og.essms:
        if e.capacite is None:
            return None
        total += e.capacite
    return total


def _manque(code: str, ogs: Sequence[Og], poids: Sequence[int | None]) -> str:
    if not ogs:
        return "le projet n’a encore aucun organisme"
    sans = [og.nom_court for og, p in zip(ogs, poids, strict=True) if p is None]
    if sans:
        quoi = {
            "places": "la capacité de chaque ESSMS n’est pas connue",
            "etp": "l’effectif n’est pas connu",
            "libre": "la part n’est pas fixée",
        }[code]
        return f"{quoi} pour : {francais.resumer(sans)}"
    somme = sum(p or 0 for p in poids)
    if code == "libre" and somme != UN:
        return f"les parts font {francais.pour_cent(somme)} au lieu de 100 %"
    if somme <= 0 or any((p or 0) < 0 for p in poids):
        return "aucun organisme n’a de poids dans cette clé"
    return ""
