"""A grappe beside the directory: what has closed, moved to another entity or changed since, row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from esms_desktop.finess.annuaire import EntiteJuridique, Etablissement
from esms_desktop.finess.repertoire import Repertoire
from esms_desktop.francais import cle, date_courte, majuscule
from esms_desktop.lecture import Dossier, Essms, Og
from esms_desktop.nomenclature.champs import libelle_champ
from esms_desktop.nomenclature.numeros import normaliser

# What the directory says of a row, and that it may be brought up to date from.
_CHAMPS_OG = ("nom", "siren", "adresse", "code_postal", "commune")
_CHAMPS_ESSMS = ("nom", "siret", "categorie", "adresse", "code_postal", "commune", "departement", "capacite")


@dataclass(frozen=True)
class Difference:
    """What the directory says otherwise of a row.

    Attributes:
        ligne: the OG or the ESSMS.
        genre: "change" (a field), "deplace" (another entity runs it), "ferme", "inconnu".
        phrase: what it is, in French.
        champ: the column, empty when it is none.
        avant, apres: what the dossier says, what the directory does.
        champs: what is written when it is applied; empty when there is nothing to write.
    """

    ligne: Og | Essms
    genre: str
    phrase: str
    champ: str = ""
    avant: str = ""
    apres: str = ""
    champs: tuple[tuple[str, Any], ...] = ()

    @property
    def cle(self) -> str:
        """What names it: the table, the number and the column."""
        numero = self.ligne.finess if isinstance(self.ligne, Essms) else self.ligne.finess_ej
        return f"{self.ligne.table}:{numero}:{self.champ or self.genre}"

    @property
    def applicable(self) -> bool:
        """Whether applying it writes something."""
        return bool(self.champs)


def comparer(dossier: Dossier, repertoire: Repertoire) -> list[Difference]:
    """The differences between a grappe and the directory, in the order of the grappe; rows without a number say nothing.

    Capitals, accents and spaces are no difference, and what the directory does not say erases nothing.
    """
    ogs = {normaliser(og.finess_ej): og for og in dossier.ogs if og.finess_ej}
    numeros = [*ogs, *(e.finess for e in dossier.essms if e.finess)]
    entites = repertoire.annuaire(numeros).entites
    connus = {e.finess: e for entite in entites.values() for e in entite.etablissements}
    trouvees: list[Difference] = []
    for og in dossier.ogs:
        trouvees += _de_og(og, entites.get(normaliser(og.finess_ej)))
        for essms in og.essms:
            trouvees += _de_essms(essms, connus.get(normaliser(essms.finess)), ogs)
    return trouvees


def _de_og(og: Og, entite: EntiteJuridique | None) -> Iterator[Difference]:
    if not og.finess_ej:
        return
    if entite is None:
        yield Difference(og, "inconnu", "Ce numéro d’entité juridique n’est pas dans l’annuaire.")
        return
    if not entite.active:
        yield Difference(og, "ferme", "Cette entité juridique n’est plus active dans l’annuaire.")
    if not any("ne donne que le numéro" in r for r in entite.reserves):
        yield from _champs(og, entite, _CHAMPS_OG)


def _de_essms(essms: Essms, la: Etablissement | None, ogs: dict[str, Og]) -> Iterator[Difference]:
    if not essms.finess:
        return
    if la is None:
        yield Difference(essms, "inconnu", "Ce numéro n’est pas dans l’annuaire.")
        return
    if not la.actif:
        depuis = f" depuis le {date_courte(la.date_fermeture)}" if la.date_fermeture else ""
        yield Difference(essms, "ferme", f"Fermé{depuis} d’après l’annuaire.")
    ej = normaliser(essms.og.finess_ej)
    if ej and la.finess_ej != ej:
        cible = ogs.get(la.finess_ej)
        ou = f"«\u00a0{cible.nom}\u00a0»" if cible else "un organisme qui n’est pas dans la grappe"
        yield Difference(
            essms,
            "deplace",
            f"Géré maintenant par {la.finess_ej}, {ou}.",
            "og_id",
            ej,
            la.finess_ej,
            (("og_id", cible.id),) if cible else (),
        )
    yield from _champs(essms, la, _CHAMPS_ESSMS)


def _champs(
    ligne: Og | Essms, la: EntiteJuridique | Etablissement, champs: tuple[str, ...]
) -> Iterator[Difference]:
    for champ in champs:
        avant, apres = getattr(ligne, champ), getattr(la, champ)
        if not apres or cle(str(avant or "")) == cle(str(apres)):
            continue
        if champ == "nom" and str(apres).endswith(la.finess):
            # The directory has no name for it.
            continue
        ecrits: list[tuple[str, Any]] = [(champ, apres)]
        if champ == "categorie" and isinstance(la, Etablissement):
            ecrits += [("categorie_libelle", la.categorie_libelle), ("champ", la.champ)]
        vu = "" if avant is None else avant
        phrase = f"{majuscule(libelle_champ(champ))}\u00a0: «\u00a0{vu}\u00a0» → «\u00a0{apres}\u00a0»."
        yield Difference(ligne, "change", phrase, champ, str(avant or ""), str(apres), tuple(ecrits))
