"""What was measured of the rows of a table: the width each column needs for each of them, and their heights."""


class MesuresTableau:
    """What was measured of each row of the model: the width each column needs for it, and its height."""

    def __init__(self) -> None:
        self._besoins: dict[int, list[int | None]] = {}
        self._largeurs: tuple[int, ...] = ()
        self._hauteurs: list[int | None] = []

    def besoins(self, colonne: int, lignes: int) -> list[int | None]:
        """What a column needs for each row, None for those to be measured."""
        return self._besoins.setdefault(colonne, [None] * lignes)

    def hauteurs_a(self, largeurs: tuple[int, ...], lignes: int) -> list[int | None]:
        """The height of each row when columns have these widths, None for those to be measured."""
        if largeurs != self._largeurs or len(self._hauteurs) != lignes:
            self._largeurs, self._hauteurs = largeurs, [None] * lignes
        return self._hauteurs

    def inserer(self, premiere: int, derniere: int) -> None:
        """Rows came."""
        for liste in self._listes():
            liste[premiere:premiere] = [None] * (derniere - premiere + 1)

    def oter(self, premiere: int, derniere: int) -> None:
        """Rows went."""
        for liste in self._listes():
            del liste[premiere : derniere + 1]

    def oublier(self, premiere: int, derniere: int) -> None:
        """Rows show something else."""
        for liste in self._listes():
            liste[premiere : derniere + 1] = [None] * (min(derniere + 1, len(liste)) - premiere)

    def _listes(self) -> list[list[int | None]]:
        return [*self._besoins.values(), self._hauteurs]
