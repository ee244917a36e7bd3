"""The narrative sections of the documents: our default texts, what a dossier puts in their place, and the blocks they make."""

import re
from dataclasses import dataclass
from functools import cache

from esms_desktop import assets
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.arbre import champs, markdown_arbre
from esms_desktop.documents.arbre.arbre import Bloc, Manque, Paragraphe
from esms_desktop.documents.arbre.champ_texte import Sujet
from esms_desktop.errors import ErreurSaisie
from esms_desktop.lecture import Dossier, Og
from esms_desktop.nomenclature.vocabulaire import RoleDonnees, TypeProjet

_ENTETE = re.compile(r"^# *([a-z0-9-]+)((?: +@[a-z-]+)*) *\| *(.+)$")


@dataclass(frozen=True)
class Variante:
    """The text of a section for some dossiers: those of which all the `marques` are true (see `situation`)."""

    marques: frozenset[str]
    titre: str
    texte: str


@dataclass(frozen=True)
class Section:
    """A section a person may rewrite. `variantes`: our texts, in Markdown with fields, the one for all dossiers first."""

    code: str
    variantes: tuple[Variante, ...]

    @property
    def titre(self) -> str:
        """Its title for most dossiers."""
        return self.variantes[0].titre

    @property
    def defaut(self) -> str:
        """Its text for most dossiers."""
        return self.variantes[0].texte

    def pour(self, marques: frozenset[str]) -> Variante:
        """Our text for a dossier: of the variants it fits, the one that asks most of it."""
        possibles = [v for v in self.variantes if v.marques <= marques]
        return max(possibles, key=lambda v: len(v.marques))


@cache
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a document, in their order on the page; none when the document has no narrative text.

    Read from resources/modeles/<code>.md: each section starts with `# code | Titre`, and may be followed by variants of it,
    `# code @marque @marque | Titre`.
    """
    if f"{code}.md" not in assets.noms("modeles", ".md"):
        return ()
    lues: dict[str, list[tuple[frozenset[str], str, list[str]]]] = {}
    corps: list[str] = []
    for ligne in assets.texte(f"modeles/{code}.md").splitlines():
        entete = _ENTETE.match(ligne)
        if entete:
            corps = []
            marques = frozenset(m.strip() for m in entete.group(2).split("@") if m.strip())
            lues.setdefault(entete.group(1), []).append((marques, entete.group(3).strip(), corps))
        else:
            corps.append(ligne)
    return tuple(
        Section(c, tuple(Variante(m, titre, "\n".join(texte).strip()) for m, titre, texte in variantes))
        for c, variantes in lues.items()
    )


def situation(dossier: Dossier) -> frozenset[str]:
    """What chooses between the variants of our texts: the marks that are true of a dossier.

    `conformite`: no new solution is bought; `seul`: one OG; `centrale`: the solution is bought through the SAD; `achats-publics`:
    an OG at least is subject to public procurement; `achats-prives`: none is, and each has said so; `sous-traitant`, `conjoint`,
    `distinct`: the porteur towards the data of the others.
    """
    soumis = [og.commande_publique for og in dossier.ogs]
    vraies = {
        "conformite": dossier.type_projet is TypeProjet.CONFORMITE,
        "seul": len(dossier.ogs) == 1,
        "centrale": dossier.sad is True,
        "achats-publics": any(soumis),
        **{role.value: dossier.role_donnees is role for role in RoleDonnees},
        "achats-prives": bool(soumis) and all(s is False for s in soumis),
    }
    return frozenset(marque for marque, vraie in vraies.items() if vraie)


def section(code_document: str, code_section: str) -> Section:
    """One section. Raises ErreurSaisie when the document does not have it."""
    for s in sections(code_document):
        if s.code == code_section:
            return s
    raise ErreurSaisie(f"Le document « {code_document} » n’a pas de section « {code_section} ».")


def variante(dossier: Dossier, code_document: str, code_section: str) -> Variante:
    """Our text of a section for that dossier. Raises ErreurSaisie for an unknown section."""
    return section(code_document, code_section).pour(situation(dossier))


def texte_de(dossier: Dossier, code_document: str, code_section: str) -> str:
    """The text that prints: the one written for the dossier, else ours. Raises ErreurSaisie for an unknown section."""
    notre = variante(dossier, code_document, code_section).texte
    return next(
        (
            t.texte
            for t in dossier.textes
            if t.document == code_document and t.section == code_section and t.texte is not None
        ),
        notre,
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
    titre = variante(dossier, code_document, code_section).titre
    return blocs_du_texte(texte, dossier, campagne, og) or (
        Paragraphe(Manque(f"texte de la section « {titre} »", code="texte_document.texte")),
    )


def blocs_du_texte(
    texte: str, dossier: Dossier, campagne: Campagne, og: Og | None = None
) -> tuple[Bloc, ...]:
    """Any text in Markdown with fields, as it would print in the dossier; empty when it says nothing."""
    sujet = Sujet(dossier, campagne, og)
    return markdown_arbre.blocs(texte, lambda nom: champs.valeur(nom, sujet))


def champs_inconnus(texte: str) -> tuple[str, ...]:
    """The fields of a text that do not exist: what an editor underlines."""
    connus = {nom for nom, _ in champs.champs_disponibles()}
    return tuple(nom for nom in markdown_arbre.noms_des_champs(texte) if nom not in connus)


def champs_disponibles() -> tuple[tuple[str, str], ...]:
    """(name, description) of every field a text may use."""
    return champs.champs_disponibles()
