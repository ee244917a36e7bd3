"""Maps of risks to print, made without chance, and where the words of a PDF stand."""

from datetime import date

import pypdfium2

from esms_desktop.model import ActionRisque, Dossier, Essms, EvaluationStructure, Risque
from esms_desktop.nomenclature.risques_types import actions_types, risques_types


def ajouter(dossier: Dossier, intitule: str, essms: Essms | None = None, **champs: object) -> Risque:
    """A risk at the end of a map."""
    rang = sum(r.essms is essms for r in dossier.risques)
    risque = Risque(**{"intitule": intitule, "essms": essms, "rang": rang, "categorie": "technique"} | champs)
    dossier.risques.append(risque)
    return risque


def remplir(dossier: Dossier, grappe: int = 14) -> Dossier:
    """The map of the grappe from the library, and for each three structures: a map, nothing of its own, nothing said."""
    types = list(risques_types().values())
    cartes: list[tuple[Essms | None, int]] = [(None, grappe)]
    for rang, essms in enumerate(dossier.essms):
        if rang % 3 == 0:
            cartes.append((essms, 5))
        elif rang % 3 == 1:
            dossier.evaluations_structures.append(EvaluationStructure(essms=essms, sans_risque=True))
    for decalage, (essms, nombre) in enumerate(cartes):
        for i in range(nombre):
            modele = types[(i * 7 + decalage) % len(types)]
            p, g = 1 + (i + decalage) % 4, 1 + (i // 4 + i + decalage) % 4
            risque = ajouter(
                dossier,
                modele.intitule,
                essms,
                categorie=modele.categorie,
                cause=modele.cause,
                consequence=modele.consequence,
                origine=modele.code,
                probabilite=None if i == 4 else p,
                gravite=g,
                probabilite_residuelle=None if i % 3 == 2 else max(p - 1, 1),
                gravite_residuelle=None if i % 3 == 2 else g,
            )
            for j, type_ in enumerate(actions_types()[modele.code]):
                action = ActionRisque(
                    rang=j,
                    intitule=type_.intitule,
                    nature=type_.nature,
                    responsable="Alix Fabre" if j == 0 else "",
                    echeance=date(2023, 3, 1 + i) if j == 0 else None,
                    etat="en-cours" if j == 0 else "a-faire",
                    cout_cents=120_000 if j == 0 else None,
                )
                risque.actions.append(action)
    return dossier


def places(octets: bytes, mot: str, page: int = 0) -> list[tuple[float, float]]:
    """The middle of each place where a word stands on a page (points from the left and from the bottom), in reading order."""
    trouvees = []
    with pypdfium2.PdfDocument(octets) as pdf:
        texte = pdf[page].get_textpage()
        recherche = texte.search(mot, match_case=True, match_whole_word=True)
        while (occurrence := recherche.get_next()) is not None:
            boites = [texte.get_charbox(i) for i in range(occurrence[0], sum(occurrence))]
            gauche, droite = min(b[0] for b in boites), max(b[2] for b in boites)
            bas, haut = min(b[1] for b in boites), max(b[3] for b in boites)
            trouvees.append(((gauche + droite) / 2, (bas + haut) / 2))
    return trouvees
