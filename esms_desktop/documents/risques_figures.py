"""The figures of the maps of risks built from the dossier: matrices before and after the actions, heat map."""

from collections.abc import Sequence

from esms_desktop.documents.arbre.arbre_risques import (
    CarteChaude,
    CaseChaude,
    CaseMatrice,
    LigneChaude,
    Matrice,
    Matrices,
    Teinte,
)
from esms_desktop.documents.risques_tableaux import carte_commune
from esms_desktop.lecture import Dossier, Risque
from esms_desktop.nomenclature.risques_types import AXES, GRAVITE, PROBABILITE
from esms_desktop.nomenclature.vocabulaire import CategorieRisque
from esms_desktop.regles.dossier.risques import (
    DEGRES,
    CaseChaleur,
    Niveau,
    codes,
    echelles,
    niveau,
)
from esms_desktop.regles.dossier.risques import (
    chaleur as calculer_chaleur,
)
from esms_desktop.regles.dossier.risques import (
    matrice as placer,
)


def teintes() -> tuple[Teinte, ...]:
    """The levels with the criticalities they cover, the lightest first."""
    produits = sorted({p * g for p in DEGRES for g in DEGRES})
    resultat = []
    for n in Niveau:
        siens = [c for c in produits if niveau(c) is n]
        resultat.append(Teinte(n.rang, n.libelle, f"{siens[0]} à {siens[-1]}"))
    return tuple(resultat)


def matrices(dossier: Dossier, risques: Sequence[Risque]) -> Matrices | None:
    """A map before the actions, and after them when something was assessed so; None when nothing is assessed.

    `risques`: a whole map, so that the numbers are those of the register.
    """
    numeros = codes(risques)
    cotes = [
        (placer(risques, apres), titre)
        for apres, titre in ((False, "Avant actions"), (True, "Après actions"))
    ]
    grilles = tuple(_grille(titre, cases, numeros) for cases, titre in cotes if cases)
    if not grilles:
        return None
    mots = echelles(dossier)
    return Matrices(
        grilles,
        tuple(n.libelle for n in mots.probabilite),
        tuple(n.libelle for n in mots.gravite),
        AXES[PROBABILITE],
        AXES[GRAVITE],
        teintes(),
    )


def _grille(titre: str, cases: dict[tuple[int, int], list[Risque]], numeros: dict[Risque, str]) -> Matrice:
    return Matrice(
        titre,
        tuple(
            tuple(
                CaseMatrice(p * g, niveau(p * g).rang, tuple(numeros[r] for r in cases.get((p, g), ())))
                for g in DEGRES
            )
            for p in DEGRES
        ),
    )


def chaleur(dossier: Dossier, apres: bool) -> CarteChaude:
    """Structures × categories, the grappe first; a structure without any risk has no row: words name it elsewhere."""
    lignes = []
    for cases in calculer_chaleur(dossier, apres):
        essms = cases[0].essms
        if essms is None or any(c.nombre for c in cases):
            nom = carte_commune(dossier) if essms is None else essms.nom
            lignes.append(LigneChaude(nom, tuple(_case(c, apres) for c in cases), fort=essms is None))
    return CarteChaude("Structure", tuple(c.libelle for c in CategorieRisque), tuple(lignes), teintes())


def reserve(cases: Sequence[CaseChaleur], evaluee: bool | None) -> str:
    """What an empty row means: nothing to say, or nothing said yet."""
    if any(c.nombre for c in cases):
        return ""
    return " (sans risque propre)" if evaluee else " (pas encore évaluée)"


def _case(case: CaseChaleur, apres: bool) -> CaseChaude:
    if case.criticite is not None:
        n = niveau(case.criticite)
        return CaseChaude(f"{case.criticite}\n{n.libelle}", n.rang)
    muette = "Non évalué" if apres else "À évaluer"
    return CaseChaude(muette if case.nombre else "—")
