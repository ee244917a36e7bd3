"""The ten points of the recevabilité as rows of a table, and the kind of badge each verdict wears."""

from esms_desktop.regles.recevabilite.recevabilite import Point, Verdict
from ui.models.table import Colonne

GENRES = {
    Verdict.SATISFAIT: "ok",
    Verdict.NON_SATISFAIT: "bad",
    Verdict.A_VERIFIER: "warn",
    Verdict.A_APPRECIER: "info",
}


def genre(point: Point) -> str:
    """The kind of badge of a point: a yes to be confirmed is no plain yes, a no to be confirmed no plain no."""
    tranche = point.verdict in (Verdict.SATISFAIT, Verdict.NON_SATISFAIT)
    return "warn" if tranche and point.fondement.reserve else GENRES[point.verdict]


_LONGUEUR = 150


def abrege(preuve: str) -> str:
    """The beginning of a long evidence; the card of the point and the tooltip give the whole."""
    if len(preuve) <= _LONGUEUR:
        return preuve
    return preuve[:_LONGUEUR].rsplit(" ", 1)[0].rstrip(" ,:;") + "…"


COLONNES = (
    Colonne[Point]("N°", lambda p: str(p.numero), tri=lambda p: p.numero),
    Colonne[Point]("Point", lambda p: p.titre),
    Colonne[Point](
        "Verdict",
        lambda p: p.libelle,
        tri=lambda p: list(Verdict).index(p.verdict),
        badge=genre,
    ),
    Colonne[Point]("Ce qui le montre", lambda p: abrege(p.preuve), bulle=lambda p: p.preuve),
)
