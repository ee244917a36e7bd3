"""The package of a Word file made by somebody else: opened without trust, its parts that hold words read, written back as it was."""

import io
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lxml import etree

from esms_desktop.errors import ErreurSaisie

# What a template may weigh, packed and unpacked, and how many members it may have.
TAILLE_MAX = 20_000_000
_DEPLIE_MAX, _MEMBRES_MAX = 150_000_000, 3_000
_TYPES = "[Content_Types].xml"
_MOT = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PRINCIPAUX = (f"{_MOT}document.main+xml", f"{_MOT}template.main+xml")
_PARTIES = (*_PRINCIPAUX, *(f"{_MOT}{x}+xml" for x in ("header", "footer", "footnotes", "endnotes")))
_MACROS = "macroEnabled"
_OLE, _PDF, _RTF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF", b"{\\rtf"
_CHIFFRE = "EncryptedPackage".encode("utf-16-le")
_ENREGISTRER = (
    "Rien n’a été gardé : ouvrez-le dans Word, enregistrez-le au format .docx, puis choisissez cette copie."
)


def nom_local(e: Any) -> str:
    """The name of an element without its namespace; empty for a comment or an instruction."""
    return e.tag.rpartition("}")[2] if isinstance(e.tag, str) else ""


@dataclass(frozen=True)
class Paquet:
    """A Word file being changed.

    Args:
        membres: its members in their order, as bytes.
        textes: the parts that hold words, by name, as trees to be changed.
        commentaires: whether it carries comments.
    """

    membres: dict[str, bytes]
    textes: dict[str, Any]
    commentaires: bool

    def octets(self) -> bytes:
        """The file written back; a template becomes a document. The same words give the same bytes."""
        sortie = io.BytesIO()
        with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
            for nom, contenu in self.membres.items():
                if nom in self.textes:
                    contenu = etree.tostring(
                        self.textes[nom], xml_declaration=True, encoding="UTF-8", standalone=True
                    )
                elif nom == _TYPES:
                    contenu = contenu.replace(_PRINCIPAUX[1].encode(), _PRINCIPAUX[0].encode())
                info = zipfile.ZipInfo(nom, (1980, 1, 1, 0, 0, 0))
                info.compress_type, info.external_attr, info.create_system = (
                    zipfile.ZIP_DEFLATED,
                    0o600 << 16,
                    3,
                )
                archive.writestr(info, contenu)
        return sortie.getvalue()


def ouvrir(nom: str, octets: bytes) -> Paquet:
    """Opens a Word template.

    Raises:
        ErreurSaisie: it is not one that can be read; the sentence says why and what to do.
    """
    _regarder(nom, octets)
    try:
        membres = _deplier(nom, octets)
        noms = _types(_arbre(membres.get(_TYPES, b"")), membres)
    except (
        zipfile.BadZipFile,
        zlib.error,
        etree.XMLSyntaxError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as e:
        raise _abime(nom) from e
    if any(_MACROS in t for t in noms.values()) or any("vbaproject" in m.lower() for m in membres):
        raise ErreurSaisie(
            f"« {nom} » contient des macros : un modèle n’en a pas besoin, et elles peuvent nuire.",
            _ENREGISTRER,
        )
    if not any(noms.get(m) in _PRINCIPAUX for m in membres):
        raise ErreurSaisie(f"« {nom} » n’est pas un document Word.", _ENREGISTRER)
    try:
        textes = {m: _arbre(octets_) for m, octets_ in membres.items() if noms.get(m) in _PARTIES}
    except (etree.XMLSyntaxError, ValueError) as e:
        raise _abime(nom) from e
    commentaires = any(t == f"{_MOT}comments+xml" for t in noms.values())
    return Paquet(membres, textes, commentaires)


def _types(types: Any, membres: Iterable[str]) -> dict[str, str]:
    """The kind of each member: what is said of it, else of its extension (ECMA-376 part 2, § 10.1.2)."""
    dits: dict[str, str] = {}
    extensions: dict[str, str] = {}
    for e in types:
        genre = str(e.get("ContentType", ""))
        if nom_local(e) == "Override":
            dits[str(e.get("PartName", "")).lstrip("/").lower()] = genre
        elif nom_local(e) == "Default":
            extensions[str(e.get("Extension", "")).lower()] = genre
    return {m: dits.get(m.lower()) or extensions.get(m.lower().rpartition(".")[2], "") for m in membres}


def _abime(nom: str) -> ErreurSaisie:
    return ErreurSaisie(
        f"« {nom} » est abîmé : il ne peut pas être lu.",
        "Rien n’a été gardé : demandez le modèle de nouveau, ou enregistrez-le une fois encore depuis Word.",
    )


def _regarder(nom: str, octets: bytes) -> None:
    """Refuses what is told at a glance."""
    if not octets:
        raise ErreurSaisie(f"« {nom} » est vide.", "Rien n’a été gardé : choisissez un autre fichier.")
    if len(octets) > TAILLE_MAX:
        raise ErreurSaisie(
            f"« {nom} » est trop lourd pour un modèle.",
            "Rien n’a été gardé : réduisez ses images, puis recommencez.",
        )
    if octets.startswith(_OLE):
        if _CHIFFRE in octets:
            raise ErreurSaisie(
                f"« {nom} » est protégé par un mot de passe.",
                "Rien n’a été gardé : enlevez le mot de passe dans Word, puis choisissez cette copie.",
            )
        raise ErreurSaisie(f"« {nom} » est dans l’ancien format de Word (.doc).", _ENREGISTRER)
    if octets.startswith((_PDF, _RTF)) or not octets.startswith(b"PK"):
        raise ErreurSaisie(f"« {nom} » n’est pas un document Word (.docx).", _ENREGISTRER)


def _deplier(nom: str, octets: bytes) -> dict[str, bytes]:
    """The members of the package, no more than a document holds whatever they announce."""
    membres: dict[str, bytes] = {}
    place = _DEPLIE_MAX
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        infos = archive.infolist()
        trop = ErreurSaisie(
            f"« {nom} » contient bien plus que ce qu’un modèle contient.",
            "Rien n’a été gardé : demandez le modèle de nouveau à qui l’a fait.",
        )
        if len(infos) > _MEMBRES_MAX:
            raise trop
        for info in infos:
            if info.is_dir():
                continue
            with archive.open(info) as flux:
                lu = flux.read(place + 1)
            place -= len(lu)
            if place < 0:
                raise trop
            membres[info.filename] = lu
    return membres


def _arbre(octets: bytes) -> Any:
    """A part as a tree; nothing is fetched, no entity is replaced, and a part that declares some is refused."""
    analyseur = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    racine = etree.fromstring(octets, analyseur)
    if racine.getroottree().docinfo.doctype:
        raise ValueError("a part with a document type")
    return racine
