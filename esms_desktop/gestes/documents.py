"""What is done to the documents: their sections written in the words of the dossier, or given back ours."""

from esms_desktop.documents.modeles import sections
from esms_desktop.errors import ErreurSaisie
from esms_desktop.gestes.lignes import inscrire, neuve
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import Dossier, TexteDocument
from esms_desktop.store.porte import Porte


@geste(
    "documents.ecrire",
    "Écrire une section d’un document",
    document="le code du document",
    section="le code de la section",
    texte="le texte",
)
def ecrire(porte: Porte, dossier: Dossier, document: str, section: str, texte: str) -> bool:
    """Puts a text in place of ours in a section; says whether something changed.

    Raises:
        ErreurSaisie: no such section.
    """
    titre = _titre(document, section)
    rangee = _rangee(dossier, document, section)
    libelle = f"Modifier «\u00a0{titre}\u00a0»"
    if rangee is not None:
        return porte.modifier(rangee, libelle, texte=texte)
    ligne = neuve("texte_document", dossier_id=dossier.id, document=document, section=section, texte=texte)
    return bool(inscrire(porte, ligne, libelle=libelle))


@geste(
    "documents.revenir",
    "Reprendre notre texte d’une section",
    document="le code du document",
    section="le code de la section",
)
def revenir(porte: Porte, dossier: Dossier, document: str, section: str) -> bool:
    """Puts our text back in a section; False when it was there.

    Raises:
        ErreurSaisie: no such section.
    """
    titre = _titre(document, section)
    rangee = _rangee(dossier, document, section)
    if rangee is None:
        return False
    porte.retirer(rangee, libelle=f"Reprendre le texte type de «\u00a0{titre}\u00a0»")
    return True


def _rangee(dossier: Dossier, document: str, section: str) -> TexteDocument | None:
    return next((t for t in dossier.textes if (t.document, t.section) == (document, section)), None)


def _titre(document: str, section: str) -> str:
    titres = {s.code: s.titre for s in sections(document)}
    if section not in titres:
        raise ErreurSaisie(
            f"Le document «\u00a0{document}\u00a0» n’a pas de section «\u00a0{section}\u00a0».",
            f"Au choix\u00a0: {', '.join(titres)}." if titres else "Il n’a pas de texte à écrire.",
        )
    return titres[section]
