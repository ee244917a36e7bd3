"""The least of the compound file format (.doc, .xls): which streams it holds, and the first bytes of one of them."""

import struct

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_FIN = 0xFFFFFFFA  # From here on, sector numbers are marks, not sectors.
_ENTETE = struct.Struct("<30xHH14xI4xIIII")


class OleIllisible(ValueError):
    """The bytes start like a compound file and then do not follow its rules."""


class FichierOle:
    """A compound file held in memory.

    Args:
        octets: the whole file.

    Raises:
        OleIllisible: its tables cannot be followed.
    """

    def __init__(self, octets: bytes) -> None:
        if len(octets) < 512 or not octets.startswith(SIGNATURE):
            raise OleIllisible("no header")
        self._octets = octets
        puissance, mini, racine, self._seuil, mini_fat, _, difat = _ENTETE.unpack_from(octets)
        if puissance not in (9, 12) or not 4 <= mini <= puissance:
            raise OleIllisible("sector size")
        self._secteur, self._mini = 1 << puissance, 1 << mini
        self._fat = self._lire_fat(difat)
        repertoire = self._lire_chaine(racine)
        self._flux: dict[str, tuple[int, int]] = {}
        self._base = b""
        for debut in range(0, len(repertoire) - 127, 128):
            self._lire_entree(repertoire[debut : debut + 128])
        mini_table = self._lire_chaine(mini_fat)
        self._mini_fat = struct.unpack(f"<{len(mini_table) // 4}I", mini_table[: len(mini_table) // 4 * 4])

    @property
    def noms(self) -> frozenset[str]:
        """Names of the streams and storages, wherever they are in the tree."""
        return frozenset(self._flux)

    def debut(self, nom: str, taille: int) -> bytes:
        """At most `taille` first bytes of the stream `nom`.

        Raises:
            OleIllisible: no such stream, or a broken chain of sectors.
        """
        if nom not in self._flux:
            raise OleIllisible(nom)
        secteur, longueur = self._flux[nom]
        voulu = min(taille, longueur)
        if longueur >= self._seuil:
            return self._lire_chaine(secteur, voulu)[:voulu]
        morceaux = b""
        while len(morceaux) < voulu:
            if secteur >= len(self._mini_fat):
                raise OleIllisible("mini chain")
            bloc = self._base[secteur * self._mini : (secteur + 1) * self._mini]
            if not bloc:
                raise OleIllisible("mini sector out of the file")
            morceaux += bloc
            secteur = self._mini_fat[secteur]
        return morceaux[:voulu]

    def _bloc(self, secteur: int) -> bytes:
        debut = (secteur + 1) * self._secteur
        bloc = self._octets[debut : debut + self._secteur]
        if not bloc:
            raise OleIllisible("sector out of the file")
        return bloc.ljust(self._secteur, b"\0")

    def _lire_fat(self, difat: int) -> tuple[int, ...]:
        par_bloc = self._secteur // 4
        numeros = list(struct.unpack_from("<109I", self._octets, 76))
        vus: set[int] = set()
        while difat < _FIN:
            if difat in vus:
                raise OleIllisible("loop")
            vus.add(difat)
            *suite, difat = struct.unpack(f"<{par_bloc}I", self._bloc(difat))
            numeros += suite
        utiles = [n for n in numeros if n < _FIN]
        if len(utiles) > len(self._octets) // self._secteur:
            raise OleIllisible("more tables than sectors")
        return tuple(v for n in utiles for v in struct.unpack(f"<{par_bloc}I", self._bloc(n)))

    def _lire_chaine(self, secteur: int, taille: int | None = None) -> bytes:
        blocs: list[bytes] = []
        while secteur < _FIN and (taille is None or len(blocs) * self._secteur < taille):
            if secteur >= len(self._fat) or len(blocs) > len(self._fat):
                raise OleIllisible("chain")
            blocs.append(self._bloc(secteur))
            secteur = self._fat[secteur]
        return b"".join(blocs)

    def _lire_entree(self, entree: bytes) -> None:
        longueur_nom, genre = struct.unpack_from("<HB", entree, 64)
        if genre not in (1, 2, 5) or not 2 <= longueur_nom <= 64:
            return
        nom = entree[: longueur_nom - 2].decode("utf-16-le", errors="replace")
        debut, taille = struct.unpack_from("<II", entree, 116)
        if genre == 5:
            self._base = self._lire_chaine(debut)
        else:
            # A chart or an embedded document repeats names: the first one, nearest the root, is kept.
            self._flux.setdefault(nom, (debut, taille))
