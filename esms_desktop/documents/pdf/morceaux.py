"""What every block drawn by hand obeys: its pieces keep the white around it, and none is higher than its page."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, PageBreak, Spacer

from esms_desktop.documents.pdf import style as s


class BlocPdf(Flowable):
    """A block that knows its size since it was built.

    It says where it may be cut (`couper`) and draws itself at its full size (`dessiner`). What is the same for all is
    here: pieces inherit the white around the block, which may have been made smaller since it was built; what no cut
    can bring under the height of a page is drawn smaller.
    """

    width: float
    height: float
    spaceBefore: float
    spaceAfter: float

    def couper(self, haut: float) -> Sequence["BlocPdf"]:
        """Two pieces, the first no higher than `haut` points; none when the block is never cut, or not there."""
        return ()

    def dessiner(self) -> None:
        """Draws the block at its full size, its foot at the origin."""
        raise NotImplementedError

    @property
    def echelle(self) -> float:
        """What the drawing is multiplied by: 1, or less when a page holds neither the block nor a first piece of it."""
        if self.height <= s.HAUTEUR or self.split(s.LARGEUR, s.HAUTEUR):
            return 1.0
        return s.HAUTEUR / self.height

    def wrap(self, _large: float, _haut: float) -> tuple[float, float]:
        """The size it takes on the page."""
        return self.width, self.height * self.echelle

    def split(self, _large: float, haut: float) -> list[Flowable]:
        """The pieces, with the white of the whole, each on its page; none when the first would not hold.

        The page is left even when what remains of it would hold a little of the second piece: it was cut there so that
        nothing stands alone on the next.
        """
        morceaux = self.couper(haut)
        if not morceaux or morceaux[0].height > haut:
            return []
        for morceau in morceaux:
            morceau.spaceBefore, morceau.spaceAfter = self.spaceBefore, self.spaceAfter
        debut, suite = morceaux
        return [debut, PageBreak(), suite]

    def draw(self) -> None:
        """Draws the block at the size it takes."""
        echelle = self.echelle
        if echelle == 1.0:
            self.dessiner()
            return
        self.canv.saveState()
        self.canv.scale(echelle, echelle)
        self.dessiner()
        self.canv.restoreState()


class SautPdf(PageBreak):
    """A page break that the document asks for, not one that a cut block brings."""


class BlancPdf(Spacer):
    """White space; it ends with its page."""

    def wrap(self, _large: float, haut: float) -> tuple[float, float]:
        """Its size: no more than the page has left."""
        return self.width, min(self.height, haut)


def rangs_du_premier(hauteurs: Sequence[float], occupe: float, haut: float) -> int:
    """How many rows the first piece of a table takes, `occupe` points aside; 0 when it is not cut. Never one row alone.

    Args:
        hauteurs: of each row, in points.
        haut: what the piece may not exceed.
    """
    cumul, n = occupe, 0
    while n < len(hauteurs) and cumul + hauteurs[n] <= haut:
        cumul += hauteurs[n]
        n += 1
    if len(hauteurs) - n == 1 and n > 2:
        n -= 1
    return 0 if n == len(hauteurs) else n
