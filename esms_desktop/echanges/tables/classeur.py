"""Excel workbooks (.xlsx, .xlsm): sheets, merged cells filled in, dates, values of formulas; what is hidden is said."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, BinaryIO

from lxml import etree

from esms_desktop.echanges.tables.flux_xml import SansVides, evenements, local, oublier
from esms_desktop.echanges.tables.grille import Cellule, Genre, Grille, Rangee, Source, adresse, situer
from esms_desktop.echanges.tables.texte import borner
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, accord, date_courte, decimal, pluriel, resumer

# Unpacked: a workbook of a million formatted and empty rows has about 100 MiB; a bomb has much more.
_FEUILLE_MAX = 256 * 2**20
_PARTIE_MAX = 64 * 2**20
_FEUILLES_MAX = 60
_FUSION_MAX = 100_000
# Numbers of formats that show a day (ECMA-376, 18.8.30), those of other languages included.
_DATES = frozenset((*range(14, 18), 22, *range(27, 32), 34, 35, 36, *range(50, 59)))
_HEURES = frozenset((18, 19, 20, 21, 32, 33, 45, 46, 47))
_CITES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_ZERO, _ZERO_MAC = date(1899, 12, 30), date(1904, 1, 1)
_ECHAPPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION_STRICTE = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_ABIMEE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    etree.XMLSyntaxError,
    UnicodeDecodeError,
)


def lire_classeur(octets: bytes, nom: str) -> Source:
    """The sheets of a workbook.

    Raises:
        ErreurSaisie: it is no workbook, or one that is damaged, protected by a password, or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            return _Classeur(archive, nom).lire()
    except _ABIMEE as e:
        raise ErreurSaisie(
            f"«{NBSP}{nom}{NBSP}» n’est pas un classeur lisible\u00a0: il est abîmé ou incomplet.",
            "Ouvrez-le dans un tableur, enregistrez-le de nouveau en .xlsx, puis recommencez.",
        ) from e
    except RuntimeError as e:
        # What zipfile says of an encrypted archive.
        raise ErreurSaisie(
            f"«{NBSP}{nom}{NBSP}» est protégé par un mot de passe.",
            "Enregistrez-le sans mot de passe, puis recommencez.",
        ) from e


class _Classeur:
    def __init__(self, archive: zipfile.ZipFile, nom: str) -> None:
        self._archive, self._nom = archive, nom
        self._noms = {n.lower().lstrip("/"): n for n in archive.namelist()}
        self._textes: list[str] = []
        self._formats: list[Genre] = []
        self._zero = _ZERO

    def lire(self) -> Source:
        racine = self._arbre("xl/workbook.xml")
        for element in racine.iter():
            if local(element) == "workbookPr" and element.get("date1904") in ("1", "true"):
                self._zero = _ZERO_MAC
        parties = self._relations()
        self._textes = self._chaines()
        self._formats = self._styles()
        grilles, illisibles = [], []
        feuilles = [e for e in racine.iter() if local(e) == "sheet"]
        for feuille in feuilles[:_FEUILLES_MAX]:
            partie = parties.get(feuille.get(_RELATION) or feuille.get(_RELATION_STRICTE) or "", "")
            titre = feuille.get("name") or ""
            if "chartsheet" in partie or "dialogsheet" in partie or "macrosheet" in partie:
                continue
            if partie.lower() not in self._noms:
                illisibles.append(f"«{NBSP}{titre}{NBSP}»")
                continue
            masquee = feuille.get("state", "visible") != "visible"
            grilles.append(self._feuille(partie, titre, masquee))
        remarques = []
        if illisibles:
            remarques.append(f"Feuilles absentes du fichier\u00a0: {resumer(illisibles)}.")
        if len(feuilles) > _FEUILLES_MAX:
            remarques.append(f"Seules les {_FEUILLES_MAX} premières feuilles sont lues.")
        if not grilles:
            raise ErreurSaisie(f"«{NBSP}{self._nom}{NBSP}» n’a aucune feuille lisible.")
        return Source(self._nom, tuple(grilles), tuple(remarques))

    # -- parts -------------------------------------------------------------------------------------------------

    def _ouvrir(self, partie: str, maximum: int = _PARTIE_MAX) -> BinaryIO:
        info = self._archive.getinfo(self._noms[partie.lower()])
        if info.file_size > maximum:
            raise ErreurSaisie(
                f"«{NBSP}{self._nom}{NBSP}» est trop gros une fois décompressé.",
                "Ne gardez que la feuille de la liste, enregistrez, puis recommencez.",
            )
        return self._archive.open(info)  # type: ignore[return-value]

    def _arbre(self, partie: str) -> Any:
        with self._ouvrir(partie) as flux:
            analyseur = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            return etree.parse(flux, analyseur).getroot()

    def _relations(self) -> dict[str, str]:
        parties = {}
        for element in self._arbre("xl/_rels/workbook.xml.rels"):
            cible = (element.get("Target") or "").replace("\\", "/")
            parties[element.get("Id") or ""] = (
                cible.lstrip("/") if cible.startswith("/") else _normal(f"xl/{cible}")
            )
        return parties

    def _chaines(self) -> list[str]:
        partie = next((p for p in ("xl/sharedstrings.xml",) if p in self._noms), "")
        if not partie:
            return []
        chaines = []
        with self._ouvrir(partie) as flux:
            for _, element in evenements(flux, "si"):
                chaines.append(_texte_riche(element))
                element.clear()
        return chaines

    def _styles(self) -> list[Genre]:
        """What each style of cell shows: a number, or a date."""
        if "xl/styles.xml" not in self._noms:
            return []
        racine = self._arbre("xl/styles.xml")
        propres = {}
        genres = []
        for element in racine:
            nom = local(element)
            if nom == "numFmts":
                propres = {
                    f.get("numFmtId"): f.get("formatCode") or "" for f in element if local(f) == "numFmt"
                }
            elif nom == "cellXfs":
                genres = [
                    _genre_du_format(x.get("numFmtId") or "0", propres) for x in element if local(x) == "xf"
                ]
        return genres

    # -- a sheet -----------------------------------------------------------------------------------------------

    def _feuille(self, partie: str, titre: str, masquee: bool) -> Grille:
        quoi = f"la feuille «{NBSP}{titre}{NBSP}»"
        lignes: dict[int, dict[int, Cellule]] = {}
        cachees: set[int] = set()
        fusions: list[tuple[int, int, int, int]] = []
        colonnes: list[tuple[int, int]] = []
        cellules, numero = 0, 0
        with self._ouvrir(partie, _FEUILLE_MAX) as flux:
            for nom, element in evenements(SansVides(flux), "row", "mergeCell", "col"):
                if nom == "mergeCell":
                    if (plage := _plage(element.get("ref") or "")) and len(fusions) < _FUSION_MAX:
                        fusions.append(plage)
                elif nom == "col":
                    if element.get("hidden") in ("1", "true"):
                        colonnes.append((_entier(element.get("min")) - 1, _entier(element.get("max")) - 1))
                else:
                    numero = _entier(element.get("r")) or numero + 1
                    pleines = dict(self._cellules(element, numero))
                    if pleines:
                        lignes[numero] = pleines
                        cellules += len(pleines)
                        if element.get("hidden") in ("1", "true"):
                            cachees.add(numero)
                        borner(quoi, len(lignes), 0, cellules)
                oublier(element)
        borner(quoi, len(lignes), max((max(c) + 1 for c in lignes.values()), default=0), cellules)
        _remplir(lignes, fusions)
        rangees = tuple(Rangee(n, lignes[n], n in cachees) for n in sorted(lignes))
        return Grille(titre, rangees, masquee, _cachees(titre, rangees, colonnes))

    def _cellules(self, rangee: Any, numero: int) -> Iterator[tuple[int, Cellule]]:
        rang = -1
        for c in rangee:
            if local(c) != "c":
                continue
            situee = situer(c.get("r") or "")
            rang = situee[0] if situee else rang + 1
            if len(c) and (lue := self._cellule(c, adresse(rang, numero))) is not None and not lue.vide:
                yield rang, lue

    def _cellule(self, c: Any, ou: str) -> Cellule | None:
        valeur, formule, riche = None, False, None
        for enfant in c:
            nom = local(enfant)
            if nom == "v":
                valeur = enfant.text
            elif nom == "f":
                formule = True
            elif nom == "is":
                riche = _texte_riche(enfant)
        genre = c.get("t") or "n"
        if riche is not None:
            return Cellule(riche, ou)
        if valeur is None or (formule and not valeur):
            # A formula that gives an empty text has its type; one that was never reckoned has none.
            return Cellule("=", ou, Genre.FORMULE) if formule and genre == "n" else None
        if genre == "s":
            rang = _entier(valeur, -1)
            return Cellule(self._textes[rang], ou) if 0 <= rang < len(self._textes) else None
        if genre == "e":
            return Cellule(valeur, ou, Genre.ERREUR)
        if genre == "b":
            return Cellule("vrai" if valeur.strip() in ("1", "true") else "faux", ou, Genre.BOOLEEN)
        if genre == "d":
            return _date_iso(valeur, ou)
        if genre == "str":
            return Cellule(_desechapper(valeur), ou)
        return self._nombre(valeur, _entier(c.get("s")), ou)

    def _nombre(self, valeur: str, style: int, ou: str) -> Cellule:
        try:
            lu = float(valeur)
        except ValueError:
            return Cellule(valeur, ou)
        genre = self._formats[style] if 0 <= style < len(self._formats) else Genre.NOMBRE
        if genre is Genre.DATE and 0 < lu < 2_958_466:
            return Cellule(date_courte(self._zero + timedelta(days=int(lu))), ou, Genre.DATE)
        return Cellule(ecrire_nombre(lu), ou, Genre.NOMBRE)


def ecrire_nombre(lu: float) -> str:
    """A number of a spreadsheet as French writes it, without exponent: 750000012, 12,5."""
    if lu != lu or lu in (float("inf"), float("-inf")):
        return str(lu)
    if lu.is_integer() and abs(lu) < 1e21:
        return str(int(lu))
    # Fifteen figures are what a spreadsheet keeps: the others are noise (0,30000000000000004).
    juste = Decimal(f"{abs(lu):.15g}")
    decimales = max(0, -int(juste.as_tuple().exponent))
    net = decimal(int(juste.scaleb(decimales)), decimales, zeros=False, milliers=False)
    return f"-{net}" if lu < 0 else net


def _date_iso(valeur: str, ou: str) -> Cellule:
    try:
        return Cellule(date_courte(datetime.fromisoformat(valeur.strip()).date()), ou, Genre.DATE)
    except ValueError:
        return Cellule(valeur, ou)


def _genre_du_format(numero: str, propres: dict[str | None, str]) -> Genre:
    if numero in propres:
        code = _CITES.sub("", propres[numero].split(";")[0]).lower()
        return Genre.DATE if re.search(r"[yj]|d|mmm|aa", code) and "general" not in code else Genre.NOMBRE
    rang = _entier(numero)
    return Genre.DATE if rang in _DATES and rang not in _HEURES else Genre.NOMBRE


def _texte_riche(element: Any) -> str:
    """The text of a string, its readings in another script aside."""
    morceaux = []
    for enfant in element:
        nom = local(enfant)
        if nom == "t":
            morceaux.append(enfant.text or "")
        elif nom == "r":
            morceaux += [t.text or "" for t in enfant if local(t) == "t"]
    return _desechapper("".join(morceaux))


def _desechapper(texte: str) -> str:
    if "_x" not in texte:
        return texte
    lu = _ECHAPPE.sub(lambda m: chr(int(m[1], 16)), texte)
    return "".join(c for c in lu if c.isprintable() or c in "\n\t").replace("\r", "")


def _entier(texte: str | None, defaut: int = 0) -> int:
    return int(texte) if texte and texte.strip().isdecimal() and len(texte) < 10 else defaut


def _plage(reference: str) -> tuple[int, int, int, int] | None:
    debut, _, fin = reference.partition(":")
    a, b = situer(debut), situer(fin or debut)
    return (a[0], a[1], b[0], b[1]) if a and b else None


def _remplir(lignes: dict[int, dict[int, Cellule]], fusions: list[tuple[int, int, int, int]]) -> None:
    """Gives each cell of a merge what its first one says, in the rows that say something."""
    for gauche, haut, droite, bas in fusions:
        premiere = lignes.get(haut, {}).get(gauche)
        if premiere is None:
            continue
        for numero in [n for n in lignes if haut <= n <= bas] if bas - haut > 50 else range(haut, bas + 1):
            if numero not in lignes:
                continue
            for rang in range(gauche, min(droite, gauche + 60) + 1):
                if (rang, numero) != (gauche, haut) and rang not in lignes[numero]:
                    lignes[numero][rang] = Cellule(premiere.texte, premiere.adresse, premiere.genre, True)


def _cachees(titre: str, rangees: tuple[Rangee, ...], colonnes: list[tuple[int, int]]) -> tuple[str, ...]:
    dites = []
    masquees = [str(r.numero) for r in rangees if r.masquee]
    ou = f"la feuille «{NBSP}{titre}{NBSP}»"
    if masquees:
        nombre = pluriel(len(masquees), "ligne masquée", "lignes masquées")
        dites.append(
            f"{nombre} de {ou} {accord(len(masquees), 'est lue', 'sont lues')}\u00a0: {resumer(masquees, 8)}."
        )
    vues = {c for r in rangees for c in r.cellules}
    cachees = sorted({c for debut, fin in colonnes for c in range(debut, min(fin, debut + 500) + 1)} & vues)
    if cachees:
        noms = resumer([adresse(c, 1)[:-1] for c in cachees], 8)
        nombre = pluriel(len(cachees), "colonne masquée", "colonnes masquées")
        dites.append(f"{nombre} de {ou} {accord(len(cachees), 'est lue', 'sont lues')}\u00a0: {noms}.")
    return tuple(dites)


def _normal(chemin: str) -> str:
    """A path of the archive without its « .. »."""
    gardes: list[str] = []
    for morceau in chemin.split("/"):
        if morceau == "..":
            del gardes[-1:]
        elif morceau not in ("", "."):
            gardes.append(morceau)
    return "/".join(gardes)
