"""The ten points of recevabilité: verdict, evidence, remedy, source (referentiel 01 § 5)."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from esms_desktop.campagnes.fondement import Fondement, provenance
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.francais import minuscule
from esms_desktop.lecture import Dossier
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.constats import Cible, Constat, Gravite, Page
from esms_desktop.regles.dossier.pieces import ACCORDS, etat_pieces
from esms_desktop.regles.recevabilite.eligibilite import Releve, eligibilite, relever
from esms_desktop.regles.recevabilite.orientation import orienter_dossier
from esms_desktop.regles.recevabilite.points_declares import avis_declare
from esms_desktop.regles.recevabilite.points_grappe import (
    avis_eligibles,
    avis_finess,
    avis_nombre,
    avis_siret,
)
from esms_desktop.regles.recevabilite.points_solution import (
    avis_meme_solution,
    avis_operation,
    avis_referencement,
)
from esms_desktop.regles.recevabilite.verdicts import Avis, Verdict

__all__ = ["TITRES_POINTS", "Point", "Verdict", "constats_du_point", "eligibilite", "points"]

TITRES_POINTS = {
    1: "Tous les ESSMS sont éligibles",
    2: "Le nombre minimum d’ESSMS est atteint",
    3: "Chaque ESSMS a son numéro FINESS géographique",
    4: "Le porteur a un numéro SIRET",
    5: "L’opération est nouvelle",
    6: "Aucun autre financement européen",
    7: "Aucun financement ESMS numérique antérieur",
    8: "Aucun financement SONS pour une autre solution",
    9: "Une même solution pour tous",
    10: "La solution est référencée Ségur, ou en passe de l’être",
}
_GRAVITES = {
    Verdict.NON_SATISFAIT: Gravite.BLOQUANT,
    Verdict.A_VERIFIER: Gravite.A_FAIRE,
    Verdict.A_APPRECIER: Gravite.CONSEIL,
}


# Said of a point that waits for an answer.
A_DECLARER = "À déclarer"


class Etabli(StrEnum):
    """How a point is established: by what the dossier holds, by what somebody declares, by a piece attached."""

    CALCULE = "calcule"
    DECLARE = "declare"
    MIXTE = "mixte"
    PROUVE = "prouve"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {
            "calcule": "Calculé",
            "declare": "Déclaré",
            "mixte": "Calculé et déclaré",
            "prouve": "Prouvé par une pièce",
        }[self.value]

    @property
    def aide(self) -> str:
        """What the word means, in one sentence."""
        return {
            "calcule": "L’application le tire des numéros, des catégories et des nombres du dossier.",
            "declare": "Il repose sur une réponse donnée ici : rien ne la prouve encore.",
            "mixte": "L’application en calcule une part ; le reste est une réponse donnée ici, que rien ne prouve encore.",
            "prouve": "Un fichier joint au dossier l’appuie.",
        }[self.value]


@dataclass(frozen=True)
class Point:
    """One of the ten points. `cibles`: where to go to settle it, at most a dozen places; empty when satisfied.

    `fondement`: what its source is worth in the campaign: only a text of the campaign is said without reserve.
    """

    numero: int
    titre: str
    verdict: Verdict
    preuve: str
    explication: str
    remede: str
    source: str
    cibles: tuple[Constat, ...]
    fondement: Fondement
    etabli: Etabli = Etabli.CALCULE

    @property
    def libelle(self) -> str:
        """The verdict as the person reads it, with its reserve: « Satisfait, à confirmer auprès de l’ARS »."""
        verdict, reserve = self.verdict, self.fondement.reserve
        tranche = verdict in (Verdict.SATISFAIT, Verdict.NON_SATISFAIT)
        return f"{verdict.libelle}, {reserve}" if tranche and reserve else verdict.libelle

    @property
    def etablissement(self) -> str:
        """How it is established, as the person reads it: what nobody answered yet is not declared."""
        attendu = self.etabli is Etabli.DECLARE and self.verdict is Verdict.A_VERIFIER
        return A_DECLARER if attendu else self.etabli.libelle

    @property
    def provenance(self) -> str:
        """Its source and what it is worth here."""
        return provenance(self.source, self.fondement)


@fait
def points(dossier: Dossier, campagne: Campagne, jour: date) -> tuple[Point, ...]:
    """The ten points on a given day, in order.

    An unknown fact gives « à vérifier », never « satisfait »; with no ESSMS, nothing is satisfied.
    """
    releve, orientation = relever(dossier, campagne), orienter_dossier(dossier, campagne)
    regles = campagne.recevabilite
    avis = {
        1: avis_eligibles(releve),
        2: avis_nombre(releve, orientation),
        3: avis_finess(releve),
        4: avis_siret(releve),
        5: avis_operation(releve, jour),
        6: avis_declare(releve, 6),
        7: avis_declare(releve, 7),
        8: avis_declare(releve, 8),
        9: avis_meme_solution(releve),
        10: avis_referencement(releve, jour),
    }
    sans_objet = regles.points_sans_objet
    for numero in sans_objet.valeur:
        avis[numero] = Avis(
            Verdict.SATISFAIT,
            "La campagne ne le demande pas.",
            sans_objet.note or "La campagne ne demande pas ce point.",
            sans_objet.origine,
        )
    if not releve.lignes:
        avis = {n: a if a.verdict is not Verdict.SATISFAIT else _sans_essms(a) for n, a in avis.items()}
    return tuple(replace(_point(n, a, releve), etabli=_etabli(n, dossier, campagne)) for n, a in avis.items())


# Points that rest on an answer alone (referentiel 01 § 5: « déclaré, par ESSMS »), or on what is said of the solution.
_DECLARES = frozenset((6, 7, 8, 10))


def _etabli(numero: int, dossier: Dossier, campagne: Campagne) -> Etabli:
    if numero in campagne.recevabilite.points_sans_objet.valeur:
        return Etabli.CALCULE
    if numero == 5:
        achat = dossier.type_projet is TypeProjet.ACQUISITION
        return Etabli.DECLARE if achat else Etabli.CALCULE
    if numero == 1 and campagne.eligibilite.accord_entite_nationale.valeur:
        accords = etat_pieces(dossier, campagne)[ACCORDS - 1]
        prouve = accords.obligation == "obligatoire" and accords.satisfaite
        return Etabli.PROUVE if prouve else Etabli.MIXTE
    return Etabli.DECLARE if numero in _DECLARES else Etabli.CALCULE


def _sans_essms(avis: Avis) -> Avis:
    return Avis(
        Verdict.A_VERIFIER,
        "Le projet n’a encore aucun ESSMS.",
        "Ce point se vérifie sur la liste des ESSMS du projet.",
        avis.source,
        "Ajoutez les ESSMS du projet.",
        ((Cible(Page.GRAPPE), ""),),
    )


def _point(numero: int, avis: Avis, releve: Releve) -> Point:
    titre, source = TITRES_POINTS[numero], avis.source
    campagne, type_projet = releve.campagne, releve.dossier.type_projet
    fondement = campagne.fondement(source, type_projet)
    point = Point(
        numero, titre, avis.verdict, avis.preuve, avis.explication, avis.remede, source, (), fondement
    )
    if avis.verdict is Verdict.SATISFAIT:
        return point
    modele = Constat(
        f"recevabilite.point-{numero}",
        _GRAVITES[avis.verdict],
        f"Point {numero}, {minuscule(point.libelle)} : {minuscule(titre)}",
        avis.explication,
        avis.remede,
        source,
        Cible(Page.RECEVABILITE),
        sur=avis.sur,
    ).fonde(campagne, type_projet)
    cibles = tuple(replace(modele, cible=cible, preuve=dit or avis.preuve) for cible, dit in avis.cibles)
    return replace(point, cibles=cibles)


def constats_du_point(point: Point) -> tuple[Constat, ...]:
    """The one constat a point gives to the list of what remains: aimed at its first place, with the whole evidence."""
    if not point.cibles:
        return ()
    return (replace(point.cibles[0], preuve=point.preuve),)
