"""The files that a PDF carries with it: those of a portfolio take the place of its pages, the others are named."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Name, Pdf

from esms_desktop.depot.fichiers.objets_pdf import dictionnaire, lire_flux
from esms_desktop.errors import ErreurPiece
from esms_desktop.francais import resumer

# All that a portfolio may hold, once unpacked; the same limit as for one file.
_TAILLE_MAX = 200 * 2**20
NOMBRE_MAX = 100
_LONGUEUR_NOM, _NOMS_DITS = 60, 4


@dataclass(frozen=True)
class Interne:
    """A file inside a portfolio: its name as it is told there, its bytes."""

    nom: str
    octets: bytes


def est_portefeuille(pdf: Pdf) -> bool:
    """True when the files it carries are what the PDF is made of: it says so, and has at least one."""
    return dictionnaire(pdf.Root.get(Name.Collection)) is not None and next(_attaches(pdf), None) is not None


def internes(nom: str, pdf: Pdf) -> tuple[Interne, ...]:
    """The files of a portfolio, in the order of its list.

    Raises:
        ErreurPiece: they are too many, too heavy, or one cannot be unpacked.
    """
    trouves: list[Interne] = []
    reste = _TAILLE_MAX
    for attache in _attaches(pdf):
        if len(trouves) >= NOMBRE_MAX:
            raise _refus(nom, f"compte plus de {NOMBRE_MAX} fichiers")
        titre, flux = nom_de(attache), _flux_de(attache)
        octets = lire_flux(flux, reste) if flux is not None else None
        if octets is None:
            raise _refus(nom, f"contient «\u00a0{titre}\u00a0», qui n’a pas pu en être tiré")
        reste -= len(octets)
        trouves.append(Interne(titre, octets))
    return tuple(trouves)


def vider(pdf: Pdf) -> None:
    """Takes its files out of a portfolio: what is left is its own pages."""
    noms = dictionnaire(pdf.Root.get(Name.Names))
    if noms is not None and Name.EmbeddedFiles in noms:
        del noms[Name.EmbeddedFiles]
    for cle in (Name.Collection, Name.AF):
        if cle in pdf.Root:
            del pdf.Root[cle]


def noms_attaches(pdf: Pdf) -> tuple[str, ...]:
    """The names of the files that a PDF carries in its list, each once."""
    return tuple(dict.fromkeys(nom_de(a) for a in _attaches(pdf)))


def enumerer(noms: tuple[str, ...]) -> str:
    """Names between guillemets, the first four when there are more."""
    return resumer([f"«\u00a0{n}\u00a0»" for n in noms], _NOMS_DITS)


def phrase_deplie(noms: tuple[str, ...]) -> str:
    """What to say of a portfolio whose files take the place of its pages."""
    if len(noms) == 1:
        quoi = f"le fichier qu’il contient ({enumerer(noms)}) prend sa place dans le dossier"
    else:
        quoi = f"les {len(noms)}\u00a0fichiers qu’il contient ({enumerer(noms)}) prennent sa place dans le dossier"
    return f"Le portefeuille PDF est déplié\u00a0: {quoi}, l’original est gardé dans l’archive\u00a0; vérifiez qu’il n’y manque rien."


def phrase_attaches(noms: tuple[str, ...]) -> str:
    """What to say of the files that the pages of a PDF do not show."""
    if not noms:
        return (
            "Le PDF annonce des fichiers que ses pages ne montrent pas\u00a0: l’original les garde, la copie du dossier ne les a "
            "plus\u00a0; joignez-les à part s’ils comptent."
        )
    if len(noms) == 1:
        return (
            f"Le PDF porte un fichier que ses pages ne montrent pas ({enumerer(noms)})\u00a0: l’original le garde, la copie du "
            "dossier ne l’a plus\u00a0; joignez-le à part s’il compte."
        )
    return (
        f"Le PDF porte {len(noms)}\u00a0fichiers que ses pages ne montrent pas ({enumerer(noms)})\u00a0: l’original les garde, "
        "la copie du dossier ne les a plus\u00a0; joignez-les à part s’ils comptent."
    )


def _refus(nom: str, raison: str) -> ErreurPiece:
    return ErreurPiece(
        f"«\u00a0{nom}\u00a0» est un portefeuille PDF qui {raison}.",
        "Ouvrez-le dans Acrobat Reader, enregistrez-en les fichiers, puis joignez un à un ceux qui comptent.",
    )


def _attaches(pdf: Pdf) -> Iterator[Any]:
    noms = dictionnaire(pdf.Root.get(Name.Names))
    arbre = dictionnaire(noms.get(Name.EmbeddedFiles)) if noms is not None else None
    if arbre is None:
        return
    for attache in pikepdf.NameTree(arbre).values():
        propre = dictionnaire(attache)
        if propre is not None:
            yield propre


def nom_de(attache: Any) -> str:
    """The name of an attached file as a person may read it, without its path."""
    for cle in (Name.UF, Name.F, Name.DOS, Name.Unix, Name.Mac):
        valeur = attache.get(cle)
        if isinstance(valeur, pikepdf.String):
            feuille = str(valeur).replace("\\", "/").rsplit("/", 1)[-1]
            propre = " ".join("".join(c if c.isprintable() else " " for c in feuille).split())
            if propre:
                return propre[-_LONGUEUR_NOM:]
    return "sans nom"


def _flux_de(attache: Any) -> Any | None:
    fichiers = dictionnaire(attache.get(Name.EF))
    if fichiers is None:
        return None
    candidats = (fichiers.get(cle) for cle in (Name.UF, Name.F, Name.DOS, Name.Unix, Name.Mac))
    return next((f for f in candidats if isinstance(f, pikepdf.Stream)), None)
