"""The ten points of the recevabilité as rows of a table, and the kind of badge each verdict wears."""

from esms_desktop.regles.recevabilite import Point, Verdict
from ui.models.table import Colonne

GENRES = {
    Verdict.SATISFAIT: "ok",
    Verdict.NON_SATISFAIT: "bad",
    Verdict.A_VERIFIER: "warn",
    Verdict.A_APPRECIER: "info",
}

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
        lambda p: p.verdict.libelle,
        tri=lambda p: list(Verdict).index(p.verdict),
        badge=lambda p: GENRES[p.verdict],
    ),
    Colonne[Point]("Ce qui le montre", lambda p: abrege(p.preuve), bulle=lambda p: p.preuve),
)
