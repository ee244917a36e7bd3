"""XML from outside: read without entities or depth, told in French when it is not what it should be."""

import re
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from esms_desktop.echanges import gan
from esms_desktop.errors import ErreurSaisie

_TAILLE_MAX = 64 * 2**20
_PROFONDEUR_MAX = 40
_OLE, _ZIP, _JAVA = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"\xac\xed\x00\x05"
# What ProjectLibre writes in its files before the same project as MS Project XML.
_DANS_UN_POD = b"@@@@@@@@@@ProjectLibreSeparator_MSXML@@@@@@@@@@"
CHEMIN = (
    "1. Ouvrez-le dans MS Project ou ProjectLibre. 2. Choisissez «\u00a0Enregistrer sous\u00a0». 3. Prenez le format XML. "
    "4. Importez ici le fichier obtenu."
)
CONSEIL = "Dans MS Project ou ProjectLibre, choisissez «\u00a0Enregistrer sous\u00a0», puis le format XML."


class _Arbre(TreeBuilder):
    """The tree of a file that declares nothing of its own: no entity to expand, nothing to fetch."""

    _profondeur = 0

    def doctype(self, _nom: str, _public: str | None, _systeme: str | None) -> None:
        """Refused: entities are declared there."""
        raise ErreurSaisie(
            "Ce fichier XML contient une déclaration DOCTYPE\u00a0: il est refusé, par sécurité.", CONSEIL
        )

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        """Opens an element, under its local name."""
        self._profondeur += 1
        if self._profondeur > _PROFONDEUR_MAX:
            raise ErreurSaisie(
                "Ce fichier XML n’est pas un projet\u00a0: ses éléments sont trop emboîtés.", CONSEIL
            )
        return super().start(tag.rpartition("}")[2], attrs)

    def end(self, tag: str) -> Element:
        """Closes it."""
        self._profondeur -= 1
        return super().end(tag.rpartition("}")[2])


def racine_projet(octets: bytes) -> Element:
    """The root of an MS Project XML file, names without their namespace; that of a .pod or of a .gan, told the same way.

    Raises:
        ErreurSaisie: another kind of file, a damaged one, or one that declares entities.
    """
    if len(octets) > _TAILLE_MAX:
        raise ErreurSaisie(
            "Ce fichier dépasse 64 Mio\u00a0: ce n’est pas un projet de cette taille.", CONSEIL
        )
    _, trouve, dedans = octets.partition(_DANS_UN_POD)
    octets = dedans if trouve else octets
    if octets.startswith((_OLE, _ZIP, _JAVA)):
        raise ErreurSaisie(
            "Ce fichier n’est pas au format XML (c’est peut-être un .mpp, ou un .pod d’avant ProjectLibre 1.5.5).",
            CHEMIN,
        )
    analyseur = XMLParser(target=_Arbre())
    try:
        analyseur.feed(octets)
        racine = analyseur.close()
    except ParseError as e:
        ligne, colonne = e.position
        raise ErreurSaisie(
            f"Ce fichier n’est pas un XML lisible\u00a0: erreur à la ligne {ligne}, caractère {colonne + 1}.",
            CONSEIL,
        ) from None
    except (LookupError, ValueError) as e:
        raise ErreurSaisie("Ce fichier XML est écrit dans un codage inconnu.", CONSEIL) from e
    if isinstance(racine, Element) and racine.tag == "project" and racine.find("tasks") is not None:
        return gan.en_projet(racine)
    if not isinstance(racine, Element) or racine.tag != "Project":
        raise ErreurSaisie("Ce fichier XML n’est pas un projet MS Project.", CONSEIL)
    return racine


def texte(parent: Element, nom: str) -> str:
    """What a child says, empty when there is none."""
    return parent.findtext(nom) or ""


def entier(parent: Element, nom: str) -> int | None:
    """The whole number a child says, None when it says none."""
    lu = texte(parent, nom).strip()
    return int(lu) if re.fullmatch(r"-?\d{1,15}", lu) else None


def vrai(parent: Element, nom: str) -> bool:
    """True when a child says so."""
    return texte(parent, nom).strip().lower() in ("1", "true")
