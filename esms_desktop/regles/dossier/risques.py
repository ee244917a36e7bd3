"""The maps of risks read: criticality, scales, matrices, heat map, roll-up of the structures, actions (referentiel 04 § 2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Final

from esms_desktop.francais import cle
from esms_desktop.lecture import ActionRisque, Dossier, Essms, Risque
from esms_desktop.nomenclature.risques_types import GRAVITE, PROBABILITE, niveaux_echelles
from esms_desktop.nomenclature.vocabulaire import CategorieRisque, EtatAction
from esms_desktop.regles.texte import net

DEGRES: Final = (1, 2, 3, 4)
SANS_INTITULE: Final = "Risque sans intitulé"


class Niveau(StrEnum):
    """How heavy a criticality is. No text gives thresholds: ours are 3, 6 and 9 (hypothesis)."""

    FAIBLE = "faible"
    MODERE = "modere"
    ELEVE = "eleve"
    CRITIQUE = "critique"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {"faible": "Faible", "modere": "Modéré", "eleve": "Élevé", "critique": "Critique"}[self.value]

    @property
    def rang(self) -> int:
        """0 for the lightest."""
        return list(Niveau).index(self)


HYPOTHESE_SEUILS: Final = (
    "Les textes ne fixent pas de seuils. Ceux-ci sont une hypothèse de l’application : faible jusqu’à 3, modéré "
    "jusqu’à 6, élevé jusqu’à 9, critique à partir de 12."
)


@dataclass(frozen=True)
class NiveauDit:
    """One level of a scale, 1 to 4, in words."""

    niveau: int
    libelle: str
    definition: str


@dataclass(frozen=True)
class Echelle:
    """The two scales of a dossier, four levels each, the lowest first."""

    probabilite: tuple[NiveauDit, ...]
    gravite: tuple[NiveauDit, ...]

    def axe(self, axe: str) -> tuple[NiveauDit, ...]:
        """The levels of an axis, "probabilite" or "gravite"."""
        return {PROBABILITE: self.probabilite, GRAVITE: self.gravite}[axe]

    def libelle(self, axe: str, niveau: int | None) -> str:
        """What the person reads for a level; empty when it is not assessed."""
        return "" if niveau is None else self.axe(axe)[niveau - 1].libelle


@dataclass(frozen=True)
class CaseChaleur:
    """The risks of one structure (None: the grappe) in one category.

    Args:
        criticite: the highest, None when none is assessed.
        nombre: how many risks, assessed or not.
    """

    essms: Essms | None
    categorie: CategorieRisque
    criticite: int | None
    nombre: int
    risques: tuple[Risque, ...]


@dataclass(frozen=True)
class LigneRemontee:
    """A risk that structures share: from the same entry of the library, or of the same title.

    Args:
        cle: what they have in common.
        intitule, categorie: those of the most critical.
        maximum, moyenne: of the gross criticality of those assessed; None when none is.
        a_la_grappe: the risk of the grappe with the same key, None when it does not have it yet.
    """

    cle: str
    intitule: str
    categorie: CategorieRisque
    structures: tuple[Essms, ...]
    risques: tuple[Risque, ...]
    maximum: int | None
    moyenne: Fraction | None
    a_la_grappe: Risque | None


def niveau(criticite: int) -> Niveau:
    """The level of a criticality, 1 to 16 (hypothesis of ours, no text gives one)."""
    if criticite <= 3:
        return Niveau.FAIBLE
    if criticite <= 6:
        return Niveau.MODERE
    return Niveau.ELEVE if criticite <= 9 else Niveau.CRITIQUE


def critique(criticite: int | None) -> bool:
    """Whether a criticality is critical; what is not assessed is not."""
    return criticite is not None and niveau(criticite) is Niveau.CRITIQUE


def sans_action(r: Risque) -> bool:
    """Whether nothing is done, or planned, about a risk."""
    return not any(active(a) for a in r.actions)


def cotation(r: Risque, apres: bool = False) -> tuple[int, int] | None:
    """Probability and gravity, before or after the actions; None unless both are assessed."""
    p, g = (r.probabilite_residuelle, r.gravite_residuelle) if apres else (r.probabilite, r.gravite)
    return None if p is None or g is None else (p, g)


def criticite(r: Risque, apres: bool = False) -> int | None:
    """P × G, 1 to 16; None while one of the two is not assessed (referentiel 04 § 2)."""
    cote = cotation(r, apres)
    return None if cote is None else cote[0] * cote[1]


def residuelle(r: Risque) -> int | None:
    """P × G once the actions are done; None while one of the two is not assessed."""
    return criticite(r, apres=True)


def intitule(r: Risque) -> str:
    """The title, never empty."""
    return net(r.intitule) or SANS_INTITULE


def categorie(r: Risque) -> CategorieRisque:
    """The category; organisational, the default, when nothing is kept yet."""
    return CategorieRisque(r.categorie or CategorieRisque.ORGANISATIONNEL)


@cache
def _echelle_type() -> Echelle:
    dits: dict[str, list[NiveauDit]] = {PROBABILITE: [], GRAVITE: []}
    for n in niveaux_echelles():
        dits[n.axe].append(NiveauDit(n.niveau, n.libelle, n.definition))
    return Echelle(tuple(dits[PROBABILITE]), tuple(dits[GRAVITE]))


def echelle_type() -> Echelle:
    """Our scales (resources/listes/echelles.toml)."""
    return _echelle_type()


def echelles(dossier: Dossier) -> Echelle:
    """The scales of a dossier: the words of the person, ours where there are none."""
    if not dossier.niveaux_echelle:
        return echelle_type()
    mots = {(n.axe, n.niveau): n for n in dossier.niveaux_echelle}

    def axe(nom: str) -> tuple[NiveauDit, ...]:
        dits = []
        for notre in echelle_type().axe(nom):
            sien = mots.get((nom, notre.niveau))
            libelle, definition = (net(sien.libelle), net(sien.definition)) if sien else ("", "")
            dits.append(NiveauDit(notre.niveau, libelle or notre.libelle, definition or notre.definition))
        return tuple(dits)

    return Echelle(axe(PROBABILITE), axe(GRAVITE))


def _ordre(risques: Iterable[Risque]) -> list[Risque]:
    # A risk not saved yet has no key: it comes last.
    return sorted(risques, key=lambda r: (r.rang or 0, r.id is None, r.id or 0))


def codes(risques: Iterable[Risque]) -> dict[Risque, str]:
    """« R1 », « R2 »… by rank, the grappe and each structure counting for themselves: give whole maps."""
    comptes: dict[int, int] = {}
    dits = {}
    for r in _ordre(risques):
        carte = id(r.essms)
        comptes[carte] = comptes.get(carte, 0) + 1
        dits[r] = f"R{comptes[carte]}"
    return dits


def numero(dossier: Dossier) -> dict[Risque, str]:
    """The codes of all the risks of a dossier."""
    return codes(dossier.risques)


def _meme(une: Essms | None, autre: Essms) -> bool:
    # By key too: what a page holds may come from before an undo.
    return une is autre or (une is not None and une.id is not None and une.id == autre.id)


def risques_grappe(dossier: Dossier) -> list[Risque]:
    """The risks of the grappe, by rank."""
    return _ordre(r for r in dossier.risques if r.essms is None)


def risques_structure(dossier: Dossier, essms: Essms) -> list[Risque]:
    """The risks of one structure, by rank."""
    return _ordre(r for r in dossier.risques if _meme(r.essms, essms))


def risques_de(dossier: Dossier, essms: Essms | None) -> list[Risque]:
    """The map of a structure, or of the grappe when `essms` is None, by rank."""
    return risques_grappe(dossier) if essms is None else risques_structure(dossier, essms)


def par_carte(dossier: Dossier) -> dict[Essms | None, list[Risque]]:
    """Every map: the grappe (None) first, then each structure in the order of the grappe, even empty; risks by rank."""
    cartes: dict[Essms | None, list[Risque]] = {None: []}
    cartes.update((e, []) for e in dossier.essms)
    for r in _ordre(dossier.risques):
        cartes.setdefault(r.essms, []).append(r)
    return cartes


def matrice(risques: Iterable[Risque], apres: bool = False) -> dict[tuple[int, int], list[Risque]]:
    """The risks by (probability, gravity), before or after the actions. What is not assessed is left out."""
    cases: dict[tuple[int, int], list[Risque]] = {}
    for r in _ordre(risques):
        cote = cotation(r, apres)
        if cote is not None:
            cases.setdefault(cote, []).append(r)
    return cases


def chaleur(dossier: Dossier, apres: bool = False) -> list[list[CaseChaleur]]:
    """Structures × categories: the grappe first, then each structure; a cell for each of the eight categories."""
    return [_ligne_chaleur(essms, risques, apres) for essms, risques in par_carte(dossier).items()]


def _ligne_chaleur(essms: Essms | None, risques: Sequence[Risque], apres: bool) -> list[CaseChaleur]:
    par_categorie: dict[CategorieRisque, list[Risque]] = {}
    for r in risques:
        par_categorie.setdefault(categorie(r), []).append(r)
    ligne = []
    for c in CategorieRisque:
        siens = par_categorie.get(c, [])
        hauts = [n for r in siens if (n := criticite(r, apres)) is not None]
        ligne.append(CaseChaleur(essms, c, max(hauts, default=None), len(siens), tuple(siens)))
    return ligne


def cle_commune(r: Risque, titres: Mapping[str, str] | None = None) -> str:
    """What makes two risks the same: the entry of the library, else the title whatever its capitals and spaces.

    Args:
        titres: entry of the library by comparable title, when a title typed by hand should meet it.
    """
    if r.origine:
        return r.origine
    titre = comparable(intitule(r))
    return (titres or {}).get(titre, titre)


def comparable(titre: str) -> str:
    """Two titles a person would take for the same one give the same text."""
    return cle(titre)


def titres_connus(risques: Iterable[Risque]) -> dict[str, str]:
    """The entries of the library by comparable title, as these risks word them."""
    return {comparable(intitule(r)): r.origine for r in risques if r.origine}


def remontee(dossier: Dossier) -> list[LigneRemontee]:
    """What the structures share, the most critical first, then the most widespread."""
    titres = titres_connus(dossier.risques)
    places = {e: rang for rang, e in enumerate(dossier.essms)}
    groupes: dict[str, list[Risque]] = {}
    de_la_grappe: dict[str, Risque] = {}
    for r in _ordre(dossier.risques):
        cle = cle_commune(r, titres)
        if r.essms is None:
            de_la_grappe.setdefault(cle, r)
        else:
            groupes.setdefault(cle, []).append(r)
    lignes = []
    for cle, siens in groupes.items():
        siens.sort(key=lambda r: places.get(r.essms, len(places)) if r.essms else 0)
        hauts = [n for r in siens if (n := criticite(r)) is not None]
        pire = max(siens, key=lambda r: criticite(r) or 0)
        structures = tuple(dict.fromkeys(r.essms for r in siens if r.essms is not None))
        lignes.append(
            LigneRemontee(
                cle,
                intitule(pire),
                categorie(pire),
                structures,
                tuple(siens),
                max(hauts, default=None),
                Fraction(sum(hauts), len(hauts)) if hauts else None,
                de_la_grappe.get(cle),
            )
        )
    return sorted(
        lignes, key=lambda x: (-(x.maximum or 0), -len(x.structures), comparable(x.intitule), x.cle)
    )


def sans_risque(dossier: Dossier, essms: Essms) -> bool | None:
    """Whether a person said this structure has no risk of its own; None: not answered."""
    return next((e.sans_risque for e in dossier.evaluations_structures if _meme(e.essms, essms)), None)


def structure_evaluee(dossier: Dossier, essms: Essms) -> bool | None:
    """Whether a structure is assessed: True when all its risks are, or when it was said to have none of its own;
    False when it is begun; None when nothing was said of it."""
    return evaluation(risques_structure(dossier, essms), sans_risque(dossier, essms))


def evaluation(risques: Sequence[Risque], sans: bool | None) -> bool | None:
    """The same, from the risks of a structure and what was said of it. Risks count before words."""
    if risques:
        return all(criticite(r) is not None for r in risques)
    # « No, it has some » without any of them written is only a beginning.
    return sans


def evaluations(dossier: Dossier) -> dict[Essms, bool | None]:
    """The same for all the structures at once, in the order of the grappe."""
    dits = {e.essms: e.sans_risque for e in dossier.evaluations_structures}
    cartes = par_carte(dossier)
    return {e: evaluation(cartes[e], dits.get(e)) for e in dossier.essms}


def actions(dossier: Dossier) -> list[ActionRisque]:
    """All the actions, by date then by responsible; those without come last."""
    return trier_actions(a for r in dossier.risques for a in r.actions)


def trier_actions(liste: Iterable[ActionRisque]) -> list[ActionRisque]:
    """Actions by date then by responsible; those without come last."""
    return sorted(
        liste,
        key=lambda a: (
            a.echeance or date.max,
            not net(a.responsable),
            comparable(a.responsable or ""),
            a.rang or 0,
            a.id or 0,
        ),
    )


def active(a: ActionRisque) -> bool:
    """True unless the action was given up."""
    return a.etat != EtatAction.ABANDONNEE


def en_retard(a: ActionRisque, jour: date) -> bool:
    """True when its date is past and it is neither done nor given up."""
    return ouverte(a) and a.echeance is not None and a.echeance < jour


def ouverte(a: ActionRisque) -> bool:
    """True while the action is neither done nor given up."""
    return a.etat not in (EtatAction.FAITE, EtatAction.ABANDONNEE)


def a_completer(a: ActionRisque) -> bool:
    """True when it is still to be done and lacks a responsible or a date."""
    return ouverte(a) and (not net(a.responsable) or a.echeance is None)


def cout_total_cents(liste: Iterable[ActionRisque]) -> int:
    """The cost of these actions in cents, those given up apart."""
    return sum(a.cout_cents or 0 for a in liste if active(a))
