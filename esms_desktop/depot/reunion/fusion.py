"""Several parts of a piece as one PDF."""

from contextlib import ExitStack
from pathlib import Path

from pikepdf import Name, ObjectStreamMode, Pdf, String

from esms_desktop.depot.fichiers import disque
from esms_desktop.depot.fichiers.objets_pdf import ERREURS_PDF
from esms_desktop.depot.reunion.lot import ErreurConformite, Partie, plan_neuf, planter, signets_fusionnes
from esms_desktop.depot.reunion.reliure import ajouter_pages


def fusionner(titre: str, parties: tuple[Partie, ...], sortie: Path) -> None:
    """Writes the pages of all the parts into the new file `sortie`, form fields kept.

    Raises:
        ErreurConformite: they cannot be put together; the sentence names the piece.
        OSError: the disk refuses.
    """
    try:
        with ExitStack() as ouverts:
            pdf = ouverts.enter_context(Pdf.new())
            for partie in parties:
                source = ouverts.enter_context(Pdf.open(partie.fichier.chemin))
                ajouter_pages(pdf, source, partie.jointe)
            with plan_neuf(pdf) as racine:
                planter(pdf, tuple(signets_fusionnes(parties)), 0, racine)
            pdf.Root[Name.Lang] = String("fr-FR")
            pdf.docinfo[Name.Title] = String(titre)
            with disque.ecrire_pdf(sortie) as fichier:
                pdf.save(fichier, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    except ERREURS_PDF as e:
        raise ErreurConformite(
            f"Les fichiers de « {titre} » n’ont pas pu être réunis en un seul PDF.",
            "Joignez-les réunis en un seul fichier, ou imprimez chacun en PDF avant de le joindre.",
        ) from e
