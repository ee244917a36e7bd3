"""What the kit asks to think through before filing: check points, maturity bricks, autodiagnostics."""

from datetime import date
from typing import TYPE_CHECKING

from esms_desktop.lecture.ligne import Ligne, parent

if TYPE_CHECKING:
    from esms_desktop.lecture.dossier import Dossier
    from esms_desktop.lecture.grappe import Og


class PointPreparation(Ligne):
    """The answer to one check point (resources/listes/preparation.toml). `reponse` None: not answered yet."""

    __slots__ = ()
    table = "point_preparation"

    id: int
    dossier_id: int
    code: str
    reponse: bool | None
    commentaire: str

    dossier: "Dossier" = parent("dossier", "dossier_id")


class Brique(Ligne):
    """One of the ten maturity bricks, for one OG (resources/listes/maturite.toml). `acquise` None: not answered yet."""

    __slots__ = ()
    table = "brique"

    id: int
    og_id: int
    code: str
    acquise: bool | None
    commentaire: str

    og: "Og" = parent("og", "og_id")


class Autodiagnostic(Ligne):
    """An autodiagnostic of an OG: `genre` "si" (ANAP) or "cyber" (GRADeS). `realise` None: not answered yet."""

    __slots__ = ()
    table = "autodiagnostic"

    id: int
    og_id: int
    genre: str
    realise: bool | None
    date: date | None
    resultat: str

    og: "Og" = parent("og", "og_id")
