"""Walks through a PDF that somebody else made: its fields, fonts and bookmarks, never trusting its structure."""

import base64
import binascii
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

# What pikepdf raises on a file that does not follow the rules, besides its own errors.
ERREURS_PDF = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    pikepdf.DeletedObjectError,
    pikepdf.DependencyError,
    pikepdf.ForeignObjectError,
    pikepdf.OutlineStructureError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RuntimeError,
    OverflowError,
    NotImplementedError,
)
_DEPLIAGES_MAX = 4
_PROFONDEUR_SIGNETS = 4
_NOMBRE_SIGNETS = 500


@dataclass(frozen=True)
class Signet:
    """A bookmark. `niveau` 1 at the top; `page` counts from 1; `haut`: how high on it, in its points, None for its top."""

    niveau: int
    titre: str
    page: int
    haut: float | None = None


def dictionnaire(valeur: Any) -> Any | None:
    """`valeur` when it can be read as a dictionary (streams included), else None."""
    return valeur if isinstance(valeur, Dictionary | pikepdf.Stream) else None


def elements(valeur: Any) -> list[Any]:
    """The elements of an array; none when it is not one."""
    return list(valeur) if isinstance(valeur, Array) else []


def lire_flux(flux: Any, limite: int, photographie: bool = False) -> bytes | None:
    """What a stream holds once unpacked; None when it is packed in a way that files are not, or holds more than `limite`.

    Unlike the library, it never unpacks more than what is asked: a few kilobytes may hold gigabytes.

    Args:
        photographie: the stream is a JPEG picture, left as it is.
    """
    noms = filtres(flux)[: -1 if photographie else None]
    reglages = flux.get(Name.DecodeParms)
    if len(noms) > _DEPLIAGES_MAX or any(_predit(r) for r in [reglages, *elements(reglages)]):
        return None
    octets: bytes = flux.read_raw_bytes()
    try:
        for nom in noms:
            octets = _deplier(nom, octets, limite)
    except (zlib.error, binascii.Error, ValueError):
        return None
    return octets if len(octets) <= limite else None


def filtres(flux: Any) -> list[Any]:
    """How a stream is packed, the last first to have been applied."""
    lus = flux.get(Name.Filter)
    return elements(lus) or ([lus] if lus is not None else [])


def _predit(reglages: Any) -> bool:
    propres = dictionnaire(reglages)
    return propres is not None and int(propres.get(Name.Predictor, 1)) > 1


def _deplier(filtre: Any, octets: bytes, limite: int) -> bytes:
    if not octets:
        return b""
    if filtre in (Name.FlateDecode, Name.Fl):
        deplieur = zlib.decompressobj()
        deplies = deplieur.decompress(octets, limite + 1)
        if len(deplies) > limite or not deplieur.eof:
            raise ValueError("more than asked, or cut")
        return deplies
    if filtre in (Name.ASCII85Decode, Name.A85):
        fin = octets.find(b"~>")
        return base64.a85decode(octets if fin < 0 else octets[:fin])
    if filtre in (Name.ASCIIHexDecode, Name.AHx):
        return bytes.fromhex(octets.partition(b">")[0].decode("ascii", "strict"))
    raise ValueError("filter of another kind")


def photographies(pages: Iterable[pikepdf.Page]) -> Iterator[Any]:
    """The JPEG pictures that these pages show, each once."""
    vus: set[tuple[int, int]] = set()
    for page in pages:
        pile: list[Any] = [page.obj, *_apparences(page)]
        while pile:
            ressources = dictionnaire(pile.pop().get(Name.Resources))
            if ressources is None or (ressources.is_indirect and ressources.objgen in vus):
                continue
            if ressources.is_indirect:
                vus.add(ressources.objgen)
            objets = dictionnaire(ressources.get(Name.XObject))
            for objet in objets.values() if objets is not None else ():
                if not isinstance(objet, pikepdf.Stream) or objet.objgen in vus:
                    continue
                vus.add(objet.objgen)
                if objet.get(Name.Subtype) == Name.Image and filtres(objet)[-1:] == [Name.DCTDecode]:
                    yield objet
                else:
                    pile.append(objet)


def champs(pdf: Pdf) -> Iterator[Any]:
    """Every field of the form, parents first, each once."""
    formulaire = dictionnaire(pdf.Root.get(Name.AcroForm))
    pile = elements(formulaire.get(Name.Fields)) if formulaire is not None else []
    vus: set[tuple[int, int]] = set()
    while pile:
        champ = dictionnaire(pile.pop())
        if champ is None or (champ.is_indirect and champ.objgen in vus):
            continue
        vus.add(champ.objgen)
        yield champ
        pile += elements(champ.get(Name.Kids))


def annotations(page: pikepdf.Page) -> list[Any]:
    """The annotations of a page that can be read as dictionaries."""
    return [a for a in elements(page.obj.get(Name.Annots)) if dictionnaire(a) is not None]


def signe(pdf: Pdf) -> bool:
    """True when at least one signature field is signed."""
    return any(c.get(Name.FT) == Name.Sig and Name.V in c for c in champs(pdf))


def _incorporee(police: Any) -> bool:
    if police.get(Name.Subtype) == Name.Type3:
        return True
    descendantes = elements(police.get(Name.DescendantFonts))
    porteuse = dictionnaire(descendantes[0]) if descendantes else police
    descripteur = dictionnaire(porteuse.get(Name.FontDescriptor)) if porteuse is not None else None
    return descripteur is not None and any(
        cle in descripteur for cle in (Name.FontFile, Name.FontFile2, Name.FontFile3)
    )


def _apparences(page: pikepdf.Page) -> Iterator[Any]:
    for annotation in annotations(page):
        modeles = dictionnaire(annotation.get(Name.AP))
        normale = dictionnaire(modeles.get(Name.N)) if modeles is not None else None
        if isinstance(normale, pikepdf.Stream):
            yield normale
        elif normale is not None:
            yield from (etat for etat in normale.values() if isinstance(etat, pikepdf.Stream))


def polices_manquantes(pages: Iterable[pikepdf.Page]) -> list[str]:
    """Names of the fonts these pages use without carrying them, sorted."""
    noms: set[str] = set()
    vus: set[tuple[int, int]] = set()
    for page in pages:
        pile: list[Any] = [page.obj, *_apparences(page)]
        while pile:
            porteur = pile.pop()
            ressources = dictionnaire(porteur.get(Name.Resources))
            if ressources is None or (ressources.is_indirect and ressources.objgen in vus):
                continue
            if ressources.is_indirect:
                vus.add(ressources.objgen)
            polices = dictionnaire(ressources.get(Name.Font))
            for cle, police in polices.items() if polices is not None else ():
                if dictionnaire(police) is not None and not _incorporee(police):
                    noms.add(str(police.get(Name.BaseFont, cle)).lstrip("/"))
            objets = dictionnaire(ressources.get(Name.XObject))
            for objet in objets.values() if objets is not None else ():
                if isinstance(objet, pikepdf.Stream) and objet.objgen not in vus:
                    vus.add(objet.objgen)
                    pile.append(objet)
    return sorted(noms)


def signets(pdf: Pdf, profondeur: int = _PROFONDEUR_SIGNETS) -> tuple[Signet, ...]:
    """The bookmarks of the file that lead to one of its pages, at most 500, at most `profondeur` levels deep."""
    rangs = {page.obj.objgen: i for i, page in enumerate(pdf.pages, 1)}
    nommees = _destinations(pdf)
    trouves: list[Signet] = []

    def place_de(destination: Any) -> tuple[int | None, float | None]:
        if isinstance(destination, Name | pikepdf.String):
            destination = nommees.get(str(destination).lstrip("/"))
        if isinstance(destination, Dictionary):
            destination = destination.get(Name.D)
        premiers = elements(destination)
        if not premiers or dictionnaire(premiers[0]) is None:
            return None, None
        return rangs.get(premiers[0].objgen), _haut(premiers)

    def parcourir(items: Any, niveau: int) -> None:
        for item in items:
            if len(trouves) >= _NOMBRE_SIGNETS:
                return
            destination = item.destination
            if destination is None and item.action is not None and item.action.get(Name.S) == Name.GoTo:
                destination = item.action.get(Name.D)
            page, haut = place_de(destination)
            titre = " ".join(item.title.split())
            if page and titre:
                trouves.append(Signet(niveau, titre[:200], page, haut))
            if niveau < profondeur:
                parcourir(item.children, niveau + 1)

    if dictionnaire(pdf.Root.get(Name.Outlines)) is None:
        return ()
    # Outside a `with`, the outline is read and never rewritten.
    parcourir(pdf.open_outline(max_depth=profondeur).root, 1)
    return tuple(trouves)


def _haut(destination: list[Any]) -> float | None:
    """How high on its page a destination stands, when it says so."""
    rang = (
        {Name.XYZ: 3, Name.FitH: 2, Name.FitBH: 2, Name.FitR: 5}.get(destination[1])
        if len(destination) > 1
        else None
    )
    try:
        return float(destination[rang]) if rang is not None else None
    except (IndexError, TypeError, ValueError):
        return None


def _destinations(pdf: Pdf) -> dict[str, Any]:
    anciennes = dictionnaire(pdf.Root.get(Name.Dests))
    trouvees = {cle.lstrip("/"): valeur for cle, valeur in anciennes.items()} if anciennes is not None else {}
    arbres = dictionnaire(pdf.Root.get(Name.Names))
    if arbres is not None and dictionnaire(arbres.get(Name.Dests)) is not None:
        trouvees.update(pikepdf.NameTree(arbres[Name.Dests]).items())
    return trouvees
