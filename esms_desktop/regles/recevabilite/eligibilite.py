"""Which ESSMS a campaign takes (referentiel 01 § 3), and the reading of a dossier the other rules start from."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Dossier, Essms, Og
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.categories import CATEGORIE_USLD, categories, champ_de, nature
from esms_desktop.nomenclature.numeros import normaliser
from esms_desktop.nomenclature.territoires import Departement, departement, departements
from esms_desktop.nomenclature.vocabulaire import Champ
from esms_desktop.regles.texte import net

_departement = cache(departement)


@cache
def _prefixes() -> dict[str, Departement]:
    return {d.prefixe: d for d in departements().values() if d.prefixe}


def departement_du_numero(finess: str) -> Departement | None:
    """The department a FINESS number starts with, None when it starts with none."""
    return _prefixes().get(finess[:4]) or _prefixes().get(finess[:2])


def champ_retenu(essms: Essms) -> Champ | None:
    """The champ of the ESSMS: the one declared, else the one its category gives."""
    return essms.champ or champ_de(essms.categorie)


def eligibilite(essms: Essms, campagne: Campagne) -> tuple[bool | None, str]:
    """Whether the campaign takes this ESSMS by its nature, and why not (referentiel 01 § 3).

    Returns:
        (True, ""), (False, reason) or (None, what is missing to tell). The agreement of a national entity and the
        other fundings are not the nature of the ESSMS: the ten points check them.
    """
    regle = campagne.eligibilite
    code = essms.categorie
    if not code:
        return None, "sa catégorie FINESS n’est pas renseignée"
    if code in regle.categories_exclues.valeur and code != CATEGORIE_USLD:
        return False, f"la catégorie FINESS {code} est exclue par la campagne"
    est, motif = nature(code)
    if est is None and essms.nature_confirmee is not None:
        est, motif = essms.nature_confirmee, "l’ARS ne le tient pas pour un ESSMS (art. L. 312-1 CASF)"
    if est is not True:
        return est, motif
    ouvert, motif = _ouvert(essms, campagne)
    if ouvert is not True:
        return ouvert, motif
    if not net(essms.finess):
        return None, "il n’a pas encore de numéro FINESS géographique"
    return True, ""


def _ouvert(essms: Essms, campagne: Campagne) -> tuple[bool | None, str]:
    """Whether the campaign is open to it: by the aggregates it names, else by its field of activity."""
    regle = campagne.eligibilite
    if regle.agregats.valeur:
        agregat = categories()[essms.categorie].agregat
        if agregat.startswith(regle.agregats.valeur):
            return True, ""
        return False, f"sa catégorie FINESS {essms.categorie} n’est pas dans le périmètre de la campagne"
    champ = champ_retenu(essms)
    if champ is None:
        return None, "son champ d’activité n’est pas renseigné"
    if champ.value in regle.champs.valeur:
        return True, ""
    ferme = f"le champ « {champ.libelle} » n’est pas ouvert par la campagne"
    if regle.champs_en_partie.valeur:
        return (
            None,
            f"{ferme}, qui vise des ESSMS « au moins en partie » des champs ouverts : à vérifier auprès de l’ARS",
        )
    return False, ferme


def _hors_des_champs(essms: Essms, campagne: Campagne) -> bool:
    champ = champ_retenu(essms)
    return champ is None or champ.value not in campagne.eligibilite.champs.valeur


class Ligne(NamedTuple):
    """An ESSMS of the project as the rules see it. `numero`: its FINESS, without spaces; `departement`: None when unknown.

    `par_lecture`: eligible by its aggregate, although its field of activity is not among those the text names.
    """

    essms: Essms
    og: Og
    eligible: bool | None
    motif: str
    numero: str
    departement: Departement | None
    par_lecture: bool = False


@dataclass(frozen=True)
class Releve:
    """A dossier read once for a campaign, so that each rule does not walk it again."""

    dossier: Dossier
    campagne: Campagne
    ogs: tuple[Og, ...]
    lignes: tuple[Ligne, ...]

    @cached_property
    def eligibles(self) -> tuple[Ligne, ...]:
        """The ESSMS known to be eligible: the only ones that count for thresholds and money."""
        return tuple(ligne for ligne in self.lignes if ligne.eligible)

    @cached_property
    def incertains(self) -> int:
        """ESSMS that may turn out to be eligible."""
        return sum(1 for ligne in self.lignes if ligne.eligible is None)

    @cached_property
    def par_region(self) -> dict[str, int]:
        """Eligible ESSMS by INSEE code of region; those without a known region are left out."""
        comptes: dict[str, int] = {}
        for ligne in self.eligibles:
            if ligne.departement and ligne.departement.region:
                code = ligne.departement.region.code
                comptes[code] = comptes.get(code, 0) + 1
        return comptes

    def nombre_de(self, og: Og) -> int:
        """Eligible ESSMS of one OG."""
        return sum(1 for ligne in self.eligibles if ligne.og == og)

    @cached_property
    def region_porteur(self) -> str | None:
        """INSEE code of the region of the porteur's seat: from its postal code, else from its FINESS EJ."""
        porteur = self.dossier.porteur
        if porteur is None:
            return None
        postal = net(porteur.code_postal)
        lieu = _departement(
            "2A" if postal.startswith("20") else postal[: 3 if postal.startswith("97") else 2]
        )
        lieu = lieu or departement_du_numero(net(porteur.finess_ej))
        return lieu.region.code if lieu and lieu.region else None


@fait
def _jugements(
    dossier: Dossier, campagne: Campagne
) -> tuple[tuple[bool | None, str, str, Departement | None, bool], ...]:
    """What `Ligne` says of each ESSMS, in the order of the grappe."""
    juges = []
    vus: set[str] = set()
    for essms in dossier.essms:
        eligible, motif = eligibilite(essms, campagne)
        numero = normaliser(net(essms.finess))
        if eligible and numero in vus:
            eligible, motif = None, "un autre ESSMS du projet porte le même numéro FINESS"
        vus.add(numero)
        par_lecture = bool(eligible) and _hors_des_champs(essms, campagne)
        juges.append((eligible, motif, numero, _departement(essms.departement), par_lecture))
    return tuple(juges)


def relever(dossier: Dossier, campagne: Campagne) -> Releve:
    """Reads a dossier once: its OG, its ESSMS, their eligibility and department. A FINESS number counts once."""
    ogs = tuple(dossier.ogs)
    couples = [(essms, og) for og in ogs for essms in og.essms]
    lignes = tuple(
        [
            Ligne(essms, og, eligible, motif, numero, lieu, par_lecture)
            for (essms, og), (eligible, motif, numero, lieu, par_lecture) in zip(
                couples, _jugements(dossier, campagne), strict=True
            )
        ]
    )
    return Releve(dossier, campagne, ogs, lignes)
