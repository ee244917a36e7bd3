"""How a case of the texts is told: a dossier in a few words, and what the rules answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from esms_desktop.campagnes.chargement import charger
from esms_desktop.campagnes.fondement import Fondement
from esms_desktop.model import Dossier
from esms_desktop.nomenclature.vocabulaire import Champ, ExceptionSad, StatutSolution, TypeProjet
from esms_desktop.regles.dossier.pieces import etat_pieces
from esms_desktop.regles.examen import examiner
from esms_desktop.regles.financement.calcul import Demande, calculer
from esms_desktop.regles.recevabilite.eligibilite import eligibilite
from esms_desktop.regles.recevabilite.orientation import orienter
from esms_desktop.regles.recevabilite.recevabilite import points
from tests.regles.fabrique import JOUR, dossier, essms

ACQ, CONF = TypeProjet.ACQUISITION, TypeProjet.CONFORMITE


REF, COURS, NON = StatutSolution.REFERENCEE, StatutSolution.EN_COURS, StatutSolution.NON_REFERENCEE


T, L, A, C = Fondement.TEXTE, Fondement.LECTURE, Fondement.AUTRE_TEXTE, Fondement.CONSEIL


S, N, V, P = "satisfait", "non-satisfait", "a-verifier", "a-apprecier"


CVL, IDF, SONS, AMORCAGE = "2022-centre-val-de-loire", "2023-ile-de-france", "sons-vague-1", "2021-amorcage"


@dataclass(frozen=True)
class Cas:
    """A case: `demande` asks it and gives what is compared with `attendu`; `source`: the text that says so."""

    nom: str
    source: str
    demande: Callable[[], Any]
    attendu: Any


def _eligible(campagne: str, **champs: Any) -> Callable[[], Any]:
    return lambda: eligibilite(essms(1, **champs), charger(campagne))[0]


def _point(numero: int, campagne: str, *tailles: int, **champs: Any) -> Callable[[], Any]:
    """Verdict and ground of a point. `type`, `statut`, `champs` (fields of the ESSMS, in order), `totaux`, `autre`: see below."""

    def demander() -> Any:
        d = _dossier(campagne, *tailles, **champs)
        point = points(d, charger(campagne), JOUR)[numero - 1]
        return point.verdict.value, point.fondement

    return demander


def _dossier(
    campagne: str,
    *tailles: int,
    type: TypeProjet = ACQ,
    statut: StatutSolution = REF,
    champs: tuple[Champ, ...] = (),
    totaux: tuple[int | None, ...] = (),
    autre: bool = False,
    **faits: Any,
) -> Dossier:
    """`champs`: those of the first ESSMS; `totaux`: ESSMS each OG runs in all; `autre`: the first ESSMS has another solution."""
    d = dossier(*tailles, campagne_id=campagne, type_projet=type, **faits)
    d.solutions[0].statut = statut
    for e, champ in zip(d.essms, champs, strict=False):
        e.champ = champ
    for og, total in zip(d.ogs, totaux, strict=False):
        og.nb_essms_total = total
    if autre:
        from esms_desktop.model import Solution

        d.solutions.append(Solution(id=2, nom="Autre", statut=REF))
        d.essms[0].solution = d.solutions[1]
    return d


def _sad(champs: tuple[Champ | None, ...], campagne: str = "2022") -> Callable[[], Any]:
    """Titles of the findings on the SAD, outside of it for a solution of another field, and their weight."""

    def demander() -> Any:
        d = dossier(
            len(champs), campagne_id=campagne, sad=False, sad_exception=ExceptionSad.HORS_CHAMPS, complet=True
        )
        for e, champ in zip(d.essms, champs, strict=True):
            e.champ = champ
            e.categorie = e.categorie if champ else ""
        vus = [c for c in examiner(d, charger(campagne), JOUR) if c.code == "sad.obligation"]
        return [(c.titre, c.fondement) for c in vus]

    return demander


def _seuil(campagne: str, **par_region: int) -> Callable[[], Any]:
    codes = {"idf": "11", "corse": "94", "guadeloupe": "01"}

    def demander() -> Any:
        o = orienter(charger(campagne), {codes[r]: n for r, n in par_region.items()}, None, False, None)
        return o.minimum, o.atteint

    return demander


def _segur(n: int, petits: int, campagne: str = "2022") -> Callable[[], Any]:
    def demander() -> Any:
        prestation = calculer(charger(campagne), Demande(CONF, REF, n, petits)).prestation_segur
        return prestation and prestation.total_cents // 100

    return demander


def _postes(campagne: str, demande: Demande, *postes: str) -> Callable[[], Any]:
    return lambda: tuple(calculer(charger(campagne), demande).postes_cents[p] // 100 for p in postes)


def _notes(campagne: str, demande: Demande, *morceaux: str) -> Callable[[], Any]:
    def demander() -> Any:
        notes = " ".join(calculer(charger(campagne), demande).notes).replace("\u00a0", " ")
        return [m for m in morceaux if m in notes]

    return demander


def _constats(campagne: str, code: str, *tailles: int, **faits: Any) -> Callable[[], Any]:
    def demander() -> Any:
        d = _dossier(campagne, *tailles, **faits)
        return [
            (c.gravite.value, c.fondement) for c in examiner(d, charger(campagne), JOUR) if c.code == code
        ]

    return demander


def _piece(numero: int, campagne: str, *tailles: int, **faits: Any) -> Callable[[], Any]:
    def demander() -> Any:
        d = _dossier(campagne, *tailles, **faits)
        return etat_pieces(d, charger(campagne))[numero - 1].obligation

    return demander


PA, PDE, AHI, PJM = Champ.PA, Champ.PDE, Champ.AHI, Champ.PJM


NATURES = [
    # Art. L. 312-1 CASF: the category alone, the champ typed by hand changes nothing.
    ("247", False),
    ("362", False),
    ("609", False),
    ("218", False),
    ("216", None),
    ("341", None),
    ("461", None),
    ("258", None),
    ("463", None),
    ("462", None),
    ("500", True),
    ("460", True),
    ("214", True),
    ("340", True),
    ("640", True),
    ("620", False),
    ("999", None),
    ("", None),
]
