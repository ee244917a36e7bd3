"""One small document for each kind of block, with the words that are hard to set."""

from collections.abc import Callable
from datetime import date

from esms_desktop.documents import risques_figures
from esms_desktop.documents.arbre.arbre import (
    Barre,
    Bloc,
    BlocSignature,
    Boite,
    Colonne,
    Document,
    Encadre,
    Espace,
    Frise,
    Liste,
    Manque,
    Organigramme,
    Paragraphe,
    SautPage,
    Tableau,
    Texte,
    Titre,
)
from esms_desktop.documents.gantt import lignes as gantt_lignes
from esms_desktop.regles.planning.planning import lire

from .outils import fabriquer
from .plans import planifier
from .risques_outils import ajouter, remplir

PHRASE = (
    "Les organismes avancent ensemble vers un même outil, et une même méthode les y conduit sans détour. "
)
ARABE = "مرحبا بكم"


def document(*blocs: Bloc) -> Document:
    """A document of these blocks, still a draft."""
    return Document(
        "essai", "Note", "Campagne", "Grappe d’essai", "Porteur", blocs, brouillon="Projet — à compléter"
    )


def _mots() -> tuple[Bloc, ...]:
    return (
        Titre(1, "Un titre"),
        Paragraphe(PHRASE * 3),
        Titre(2, "Un titre dessous"),
        Paragraphe(
            (
                "Un ",
                Texte("mot gras", gras=True),
                ", un ",
                Texte("mot penché", italique=True),
                ", ",
                Manque("le DPO"),
                ".",
            )
        ),
        Titre(3, "Un titre plus bas"),
        Paragraphe(f"Une note, {ARABE}, 😀.", discret=True),
        Liste((PHRASE, ("un élément ", Manque("date", "-")), "un autre")),
        Liste(tuple(f"élément {i}" for i in range(1, 11)), numerotee=True),
        Encadre("info", PHRASE),
        Encadre("alerte", "Attention."),
        Espace(20),
        BlocSignature("Association Une", "Camille Roy", "Présidente", "Porteur du projet"),
        BlocSignature("Association Deux", Manque("représentant"), Manque("qualité", "-")),
        BlocSignature("Association Trois", "Alix Fabre", "Directeur"),
        SautPage(),
        Paragraphe("La suite."),
    )


def _tableaux() -> tuple[Bloc, ...]:
    lignes = tuple((str(i), f"Résidence {i}", f"{i} 000 €".replace(" ", "\u00a0")) for i in range(1, 4))
    return (
        Paragraphe("Avant le tableau."),
        Tableau(
            (Colonne("Rang", 0.5, "centre"), Colonne("Nom", 3), Colonne("Montant", 1, "droite")),
            (*lignes, ("4", PHRASE, Manque("montant", "-"))),
            (Texte("Total", gras=True), "", "9\u00a0999\u00a0€"),
        ),
        Paragraphe("Après le tableau."),
        Tableau((Colonne("Seule"),), (("vide",),)),
        Tableau((Colonne("Rien"), Colonne("dessous")), ()),
        Paragraphe("Après le tableau vide."),
        # Too wide for a page: cut by groups of columns, each with its share of the total.
        Tableau(
            (Colonne("Nom", 2), *(Colonne(f"Numéro {i}", 1, "droite") for i in range(16))),
            tuple(
                (f"Résidence {r}", *(f"06\u00a0000\u00a0{i:03}\u00a0{r}" for i in range(16)))
                for r in range(2)
            ),
            ("Total", *(f"{i}\u00a0000\u00a0€" for i in range(16))),
        ),
        Paragraphe("Après le tableau large."),
    )


def _organigramme() -> tuple[Bloc, ...]:
    feuilles = tuple(Boite(f"Structure {i}", (f"référent {i}",)) for i in range(1, 6))
    porteur = Boite(
        "Porteur",
        ("Camille Roy", Manque("DPO")),
        (Boite("Membre", (), feuilles[:2]), Boite("Autre", ("Alix",), feuilles[2:])),
    )
    larges = tuple(Boite(f"Site {i}", ("un",) * (i % 3)) for i in range(8))
    return (
        Organigramme(Boite("Comité de pilotage", ("décide",), (porteur, Boite("Appui", (PHRASE,))))),
        Organigramme(
            Boite("Direction", (), (Boite("Un", (), larges), Boite("Deux", (), larges[:5]), larges[0]))
        ),
        Organigramme(Boite("Seule")),
    )


def _frise() -> tuple[Bloc, ...]:
    barres = (
        Barre("Cadrage", date(2022, 11, 15), date(2023, 1, 31)),
        Barre("Convention", date(2023, 2, 1), date(2023, 2, 1), fort=True),
        Barre(PHRASE, date(2023, 2, 1), date(2023, 9, 30), fort=True),
    )
    return (
        Frise(date(2022, 11, 15), date(2023, 9, 30), barres, date(2023, 8, 15), "limite"),
        Frise(date(2022, 1, 1), date(2026, 9, 30), barres),
    )


def _gantt() -> tuple[Bloc, ...]:
    d = planifier(9, 8)
    d.taches[2].avancement, d.taches[3].avancement = 60, 100
    lignes = gantt_lignes.lignes(lire(d, date(2023, 1, 2)).taches, reference=True)
    bornes = (date(2022, 11, 2), date(2023, 7, 1))
    faits = (
        gantt_lignes.gantt(lignes, bornes, date(2023, 6, 15), "Durée maximale"),
        gantt_lignes.gantt(lignes[:3], None, None, ""),
    )
    return tuple(g for g in faits if g is not None)


def _risques() -> tuple[Bloc, ...]:
    d = remplir(fabriquer(2, 4))
    faite = risques_figures.matrices(d, list(d.risques))
    cartes = (risques_figures.chaleur(d, False), risques_figures.chaleur(d, True))
    serre = fabriquer(1, 1)
    for i in range(40):
        ajouter(
            serre,
            f"Risque {i}",
            probabilite=1 + i // 39,
            gravite=4,
            probabilite_residuelle=1,
            gravite_residuelle=1,
        )
    pleine = risques_figures.matrices(serre, list(serre.risques))
    return (*((faite,) if faite else ()), *cartes, *((pleine,) if pleine else ()))


def _longs() -> tuple[Bloc, ...]:
    """What does not fit on a page."""
    feuilles = tuple(Boite(f"Structure {i}", (PHRASE,) if i % 7 == 0 else ()) for i in range(36))
    d = planifier(45, 20)
    lignes = gantt_lignes.lignes(lire(d, date(2023, 1, 2)).taches, reference=False)
    dessin = gantt_lignes.gantt(lignes, None, None, "")
    d = remplir(fabriquer(3, 14), grappe=4)
    for e in d.essms:
        ajouter(d, "Réseau lent", e, probabilite=2, gravite=2)
    carte = risques_figures.chaleur(d, False)
    return (
        Organigramme(Boite("Comité", (), (Boite("Un", (), feuilles), Boite("Deux", (), feuilles[:9])))),
        *((dessin,) if dessin else ()),
        carte,
        Titre(1, PHRASE * 3),
        Titre(2, PHRASE * 2),
        Titre(3, PHRASE),
        Liste(tuple(PHRASE * 2 for _ in range(8))),
        Encadre("alerte", PHRASE * 40),
        *(BlocSignature(f"Association {i}", "Camille Roy", "Présidente") for i in range(9)),
        Tableau(
            (Colonne("A", 1), Colonne("B", 3)),
            tuple((str(i), PHRASE * (1 + i % 3)) for i in range(24)),
            ("Total", "9"),
        ),
        Frise(
            date(2022, 1, 1),
            date(2023, 9, 30),
            tuple(Barre(f"Barre {i}", date(2022, 1 + i % 12, 3), date(2023, 2, 1)) for i in range(34)),
        ),
    )


TOUS: dict[str, Callable[[], tuple[Bloc, ...]]] = {
    "mots": _mots,
    "tableaux": _tableaux,
    "organigramme": _organigramme,
    "frise": _frise,
    "gantt": _gantt,
    "risques": _risques,
}
# Read by its words only: where each one stands, page by page.
LONGS = _longs
