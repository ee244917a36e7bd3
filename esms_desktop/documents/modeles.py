"""The narrative sections of the documents: our default texts, what a dossier puts in their place, and the blocks they make."""

import re
from dataclasses import dataclass
from functools import cache

from esms_desktop import assets
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import champs, markdown_arbre
from esms_desktop.documents.arbre import Bloc, Manque, Paragraphe
from esms_desktop.errors import ErreurSaisie
from esms_desktop.lecture import Dossier, Og

_ENTETE = re.compile(r"^# *([a-z0-9-]+) *\| *(.+)$")


@dataclass(frozen=True)
class Section:
    """A section a person may rewrite. `defaut`: our text, in Markdown with fields."""

    code: str
    titre: str
    defaut: str


@cache
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a document, in their order on the page; none when the document has no narrative text.

    Read from resources/modeles/<code>.md: each section starts with `# code | Titre`.
    """
    if f"{code}.md" not in assets.noms("modeles", ".md"):
        return ()
    lues: list[tuple[str, str, list[str]]] = []
    for ligne in assets.texte(f"modeles/{code}.md").splitlines():
        entete = _ENTETE.match(ligne)
        if entete:
            lues.append((entete.group(1), entete.group(2).strip(), []))
        elif lues:
            lues[-1][2].append(ligne)
    return tuple(Section(c, titre, "\n".join(corps).strip()) for c, titre, corps in lues)


def section(code_document: str, code_section: str) -> Section:
    """One section. Raises ErreurSaisie when the document does not have it."""
    for s in sections(code_document):
        if s.code == code_section:
            return s
    raise ErreurSaisie(f"Le document « {code_document} » n’a pas de section « {code_section} ».")


def texte_de(dossier: Dossier, code_document: str, code_section: str) -> str:
    """The text that prints: the one written for the dossier, else ours. Raises ErreurSaisie for an unknown section."""
    defaut = section(code_document, code_section).defaut
    return next(
        (
            t.texte
            for t in dossier.textes
            if t.document == code_document and t.section == code_section and t.texte is not None
        ),
        defaut,
    )


def blocs_de(
    dossier: Dossier, campagne: Campagne, code_document: str, code_section: str, og: Og | None = None
) -> tuple[Bloc, ...]:
    """The section as it prints. A text emptied by a person is a gap: a heading never stands over nothing.

    Args:
        og: the organisme the document is made for, for the fields `{og.…}`.

    Raises:
        ErreurSaisie: unknown section.
    """
    texte = texte_de(dossier, code_document, code_section)
    titre = section(code_document, code_section).titre
    return blocs_du_texte(texte, dossier, campagne, og) or (
        Paragraphe(Manque(f"texte de la section « {titre} »")),
    )


def blocs_du_texte(
    texte: str, dossier: Dossier, campagne: Campagne, og: Og | None = None
) -> tuple[Bloc, ...]:
    """Any text in Markdown with fields, as it would print in the dossier; empty when it says nothing."""
    contexte = champs.Contexte(dossier, campagne, og)
    return markdown_arbre.blocs(texte, lambda nom: champs.valeur(nom, contexte))


def champs_inconnus(texte: str) -> tuple[str, ...]:
    """The fields of a text that do not exist: what an editor underlines."""
    connus = {nom for nom, _ in champs.champs_disponibles()}
    return tuple(nom for nom in markdown_arbre.noms_des_champs(texte) if nom not in connus)


def champs_disponibles() -> tuple[tuple[str, str], ...]:
    """(name, description) of every field a text may use."""
    return champs.champs_disponibles()
