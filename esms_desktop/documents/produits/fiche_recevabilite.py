"""The sheet of the ten points of recevabilité: verdict, evidence, remedy, source (referentiel 01 § 5)."""

from collections import Counter
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.fondement import A_CONFIRMER
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.arbre import commun, provenances
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Colonne,
    Document,
    Encadre,
    Paragraphe,
    Tableau,
    Texte,
    Titre,
)
from esms_desktop.documents.registre import produit
from esms_desktop.lecture import Dossier
from esms_desktop.regles.recevabilite.recevabilite import A_DECLARER, Etabli, Point, Verdict, points

CODE = "fiche-recevabilite"
TITRE = "Fiche de recevabilité"


@produit(CODE, TITRE, rang=1)
def document(dossier: Dossier, campagne: Campagne, jour: date) -> Document:
    """The ten points as they stand on `jour`."""
    etat = points(dossier, campagne, jour)
    employes = {p.etabli for p in etat if p.etablissement == p.etabli.libelle}
    muets = (
        [f"{A_DECLARER} : aucune réponse n’est encore donnée."]
        if any(p.etablissement == A_DECLARER for p in etat)
        else []
    )
    blocs: list[Bloc] = [
        _bilan(etat),
        Titre(1, "Les dix points"),
        Tableau(
            (
                Colonne("N°", 0.4, "droite"),
                Colonne("Point", 3.4),
                Colonne("Verdict", 1.6),
                Colonne("Établi", 1.5),
            ),
            tuple(
                (
                    str(p.numero),
                    p.titre,
                    Texte(p.libelle, gras=p.verdict is not Verdict.SATISFAIT),
                    p.etablissement,
                )
                for p in etat
            ),
        ),
        Paragraphe(
            (
                "\n".join(
                    [
                        *(f"{e.libelle} : {francais.minuscule(e.aide)}" for e in Etabli if e in employes),
                        *muets,
                    ]
                ),
            ),
            discret=True,
        ),
        Titre(1, "Le détail"),
        *(bloc for p in etat for bloc in _detail(p, campagne.region)),
    ]
    return commun.document(CODE, TITRE, commun.cartouche(dossier, campagne), dossier, blocs)


def _bilan(etat: tuple[Point, ...]) -> Encadre:
    compte = Counter(p.verdict for p in etat)
    detail = [
        f"{francais.minuscule(v.libelle)} : {francais.nombre(compte[v])}"
        for v in Verdict
        if v is not Verdict.SATISFAIT and compte[v]
    ]
    satisfaits = compte[Verdict.SATISFAIT]
    reserves = sum(p.verdict is Verdict.SATISFAIT and bool(p.fondement.reserve) for p in etat)
    if not detail and not reserves:
        return Encadre("info", "Les dix points de recevabilité sont satisfaits.")
    sont = (
        francais.pluriel(satisfaits, "point satisfait", "points satisfaits")
        if satisfaits
        else "Aucun point satisfait"
    )
    dont = f", dont {francais.nombre(reserves)} {A_CONFIRMER}" if reserves else ""
    suite = f" ; {', '.join(detail)}" if detail else ""
    texte = f"{sont} sur {len(etat)}{dont}{suite}."
    ouverts = compte[Verdict.NON_SATISFAIT] or compte[Verdict.A_VERIFIER]
    return Encadre("alerte" if ouverts else "info", texte)


def _detail(point: Point, region: str | None) -> tuple[Bloc, ...]:
    texte: list[str | Texte] = [Texte(point.libelle, gras=True), ". ", point.explication]
    if point.preuve:
        texte += ["\n", Texte("Ce qui le montre : ", gras=True), point.preuve]
    if point.remede and point.verdict is not Verdict.SATISFAIT:
        texte += ["\n", Texte("Que faire : ", gras=True), point.remede]
    return (
        Titre(2, f"{point.numero}. {point.titre}"),
        Paragraphe(tuple(texte)),
        Paragraphe(
            f"Source : {provenances.en_toutes_lettres(point.source, point.fondement, region)}.", discret=True
        ),
    )
