"""Dynamic forms (XFA): their pages exist in Adobe's programs only, so that there is nothing to file."""

import re

import pikepdf
from pikepdf import Name, Pdf

from esms_desktop.depot.fichiers.objets_pdf import dictionnaire, elements, lire_flux
from esms_desktop.errors import ErreurPiece

_TAILLE_MAX = 32 * 2**20
_RENDU_EXIGE = re.compile(rb"dynamicRender\s*>\s*required")


def dynamique(pdf: Pdf) -> bool:
    """True when the pages of the file are not those of its form: another program shows a notice in their place."""
    formulaire = dictionnaire(pdf.Root.get(Name.AcroForm))
    if formulaire is None or Name.XFA not in formulaire:
        return False
    if bool(pdf.Root.get(Name.NeedsRendering, False)) or not elements(formulaire.get(Name.Fields)):
        return True
    xfa = formulaire[Name.XFA]
    paquets = [p for p in (elements(xfa) or [xfa]) if isinstance(p, pikepdf.Stream)]
    return any(_RENDU_EXIGE.search(lire_flux(p, _TAILLE_MAX) or b"") for p in paquets)


def refus(nom: str) -> ErreurPiece:
    """Why such a form is not attached, and how to have its pages."""
    return ErreurPiece(
        f"«\u00a0{nom}\u00a0» est un formulaire dynamique (XFA)\u00a0: hors d’Adobe Reader il ne montre qu’une page d’attente, sans vos réponses.",
        "Ouvrez-le dans Adobe Acrobat Reader, imprimez-le vers «\u00a0Microsoft Print to PDF\u00a0» (ou «\u00a0Enregistrer en PDF\u00a0»), puis joignez le PDF obtenu.",
    )
