"""Any tree of a document, drawn by hypothesis: sizes from nothing to more than a page, words of every length and script."""

from datetime import date, timedelta

from hypothesis import strategies as st

from esms_desktop.documents.arbre.arbre import (
    Barre,
    Bloc,
    BlocSignature,
    Boite,
    Colonne,
    Contenu,
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
from esms_desktop.documents.arbre.arbre_gantt import Gantt, LigneGantt
from esms_desktop.documents.arbre.arbre_risques import (
    CarteChaude,
    CaseChaude,
    CaseMatrice,
    LigneChaude,
    Matrice,
    Matrices,
    Teinte,
)

_MOTS = (
    "a",
    "de",
    "Établissement",
    "Saint-Jean-de-la-Ruelle",
    "x" * 90,
    "06\u00a0002\u00a0044\u00a03",
    "1\u00a0128\u00a0500,00\u00a0€",
    "مرحبا",
    "بكم",
    "😀",
    "\n",
    "«\u00a0nom\u00a0»",
    "<b>&",
)
_JOUR = date(2026, 1, 5)


@st.composite
def textes(draw: st.DrawFn, fois: tuple[int, ...] = (1, 1, 4, 40)) -> str:
    """A few words, sometimes many of them."""
    mots = draw(st.lists(st.sampled_from(_MOTS), max_size=8))
    return " ".join(mots * draw(st.sampled_from(fois)))


_ENORMES = (1, 1, 4, 300)


@st.composite
def contenus(draw: st.DrawFn, fois: tuple[int, ...] = _ENORMES) -> Contenu:
    """Words, styled or not, gaps among them."""
    texte = draw(textes(fois))
    genre = draw(st.sampled_from(("simple", "simple", "gras", "manque", "suite")))
    match genre:
        case "gras":
            return Texte(texte, gras=True, italique=draw(st.booleans()))
        case "manque":
            return Manque(texte, draw(st.sampled_from(("", "-", "la date"))))
        case "suite":
            return (texte, Texte("fort", gras=True), ".", Manque("le nom"), texte)
    return texte


@st.composite
def tableaux(draw: st.DrawFn) -> Tableau:
    """Any table: one to fourteen columns, no row or many, a total or none, headers higher than a page."""
    n = draw(st.integers(1, 14))
    colonnes = tuple(
        Colonne(
            draw(textes((1, 1, 1, 1, 60))),
            draw(st.sampled_from((0.3, 1.0, 4.0))),
            draw(st.sampled_from(("gauche", "droite", "centre"))),
        )
        for _ in range(n)
    )
    rangees = draw(st.lists(st.tuples(*[contenus((1, 1, 1, 30))] * n), max_size=3))
    return Tableau(
        colonnes,
        tuple(rangees * draw(st.sampled_from((1, 1, 7, 25)))),
        draw(st.none() | st.tuples(*[contenus((1, 1, 1, 30))] * n)),
    )


def _boites(enfants: st.SearchStrategy[Boite]) -> st.SearchStrategy[Boite]:
    return st.builds(
        Boite,
        contenus(),
        st.lists(contenus(), max_size=3).map(tuple),
        st.lists(enfants, max_size=7).map(tuple),
    )


_FEUILLES = st.builds(Boite, contenus(), st.lists(contenus(), max_size=3).map(tuple))
_JOURS = st.integers(0, 2_000).map(lambda n: _JOUR + timedelta(n))
_TEINTES = tuple(Teinte(n, f"Niveau {n}", f"{n} à {n}") for n in range(4))


@st.composite
def frises(draw: st.DrawFn) -> Frise:
    """Any calendar."""
    barres = []
    for libelle in draw(st.lists(textes(_ENORMES), max_size=4)) * draw(st.sampled_from((1, 12))):
        debut, fin = sorted((draw(_JOURS), draw(_JOURS)))
        barres.append(Barre(libelle, debut, fin))
    debut, fin = sorted((draw(_JOURS), draw(_JOURS)))
    return Frise(debut, fin, tuple(barres), draw(st.none() | _JOURS), draw(textes()))


@st.composite
def gantts(draw: st.DrawFn) -> Gantt:
    """Any Gantt with at least one dated line."""
    lignes = [LigneGantt("Plan", "titre", "projet")]
    for nom in draw(st.lists(textes(_ENORMES), min_size=1, max_size=4)) * draw(st.sampled_from((1, 12))):
        debut, fin = sorted((draw(_JOURS), draw(_JOURS)))
        genre = draw(st.sampled_from(("tache", "jalon")))
        lignes.append(LigneGantt(nom, genre, "projet", fin if genre == "jalon" else debut, fin))
    jours = [j for x in lignes for j in (x.debut, x.fin) if j]
    return Gantt(min(jours), max(jours), tuple(lignes), draw(st.none() | _JOURS), "18 mois")


@st.composite
def matrices(draw: st.DrawFn) -> Matrices:
    """One or two matrices, their cells empty or full."""
    marques = tuple(f"R{i}" for i in range(draw(st.sampled_from((0, 2, 60, 900)))))
    rangees = tuple(tuple(CaseMatrice(p * g, 1, marques) for g in range(1, 5)) for p in range(1, 5))
    grilles = tuple(Matrice(draw(textes()), rangees) for _ in range(draw(st.integers(1, 2))))
    mots = tuple(draw(textes((1, 30))) for _ in range(4))
    return Matrices(grilles, mots, mots, "Probabilité", "Gravité", _TEINTES)


@st.composite
def cartes(draw: st.DrawFn) -> CarteChaude:
    """Any heat map."""
    n = draw(st.integers(1, 10))
    cases = tuple(CaseChaude(draw(textes((1,))), draw(st.sampled_from((None, 0, 3)))) for _ in range(n))
    lignes = [LigneChaude(nom, cases) for nom in draw(st.lists(textes(_ENORMES), max_size=4))]
    colonnes = tuple(draw(textes()) for _ in range(n))
    return CarteChaude("Structure", colonnes, tuple(lignes * draw(st.sampled_from((1, 20)))), _TEINTES)


BLOCS: st.SearchStrategy[Bloc] = st.one_of(
    tableaux(),
    st.builds(Titre, st.integers(1, 3), textes(_ENORMES)),
    st.builds(Paragraphe, contenus(), st.booleans()),
    st.builds(Liste, st.lists(contenus(), max_size=4).map(tuple), st.booleans()),
    st.builds(Encadre, st.sampled_from(("info", "alerte")), contenus()),
    st.builds(BlocSignature, textes(_ENORMES), contenus(), contenus(), textes(_ENORMES)),
    st.just(SautPage()),
    st.builds(Espace, st.sampled_from((0.0, 12.0, 400.0, 3_000.0))),
    st.builds(Organigramme, st.recursive(_FEUILLES, _boites, max_leaves=8)),
    frises(),
    gantts(),
    matrices(),
    cartes(),
)


def documents(blocs: st.SearchStrategy[Bloc] = BLOCS) -> st.SearchStrategy[Document]:
    """A document of any blocks, its title block as long as they."""
    return st.builds(
        Document,
        st.just("essai"),
        textes(_ENORMES),
        textes(),
        textes(),
        textes(),
        st.lists(blocs, max_size=7).map(tuple),
        brouillon=st.none() | st.just("À revoir"),
    )
