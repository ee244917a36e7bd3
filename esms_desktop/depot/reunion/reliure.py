"""Pages of one PDF added to another, with what their forms show."""

from pikepdf import Name, Pdf

from esms_desktop.depot.fichiers.nettoyage import figer_signatures
from esms_desktop.depot.fichiers.objets_pdf import annotations


def ajouter_pages(pdf: Pdf, source: Pdf, jointe: bool) -> None:
    """Adds all the pages of `source`, form fields kept; `source` must stay open until `pdf` is saved.

    Args:
        jointe: the pages are somebody else's: their signatures become pictures.
    """
    if jointe:
        figer_signatures(source)
    debut = len(pdf.pages)
    pdf.add_pages_from(source)
    if Name.AcroForm not in source.Root:
        return
    for avant, apres in zip(source.pages, pdf.pages[debut:], strict=True):
        for la, ici in zip(annotations(avant), annotations(apres), strict=False):
            # Fonts of the same name are told apart by the library, in the look of the fields too; from the second time
            # on, it takes one for another and the answers vanish. Their look needs nothing of the form: it is put back.
            if Name.AP in la and la.get(Name.Subtype) == ici.get(Name.Subtype) == Name.Widget:
                ici[Name.AP] = pdf.copy_foreign(source.make_indirect(la[Name.AP]))
