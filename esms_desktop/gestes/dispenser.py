"""A piece that is not filed, with the reason typed: never a silence, and undone in one gesture."""

from esms_desktop import model
from esms_desktop.campagnes.chargement import charger
from esms_desktop.errors import ErreurSaisie
from esms_desktop.gestes.registre import geste
from esms_desktop.lecture import Dossier, TexteDocument
from esms_desktop.regles.dossier.pieces import SANS_OBJET, TITRES, code_texte, etat_pieces
from esms_desktop.store.porte import Porte

MOTIF_MAX = 400


@geste(
    "pieces.dispenser",
    "Dire une pièce sans objet",
    numero="de 1 à 14",
    motif="pourquoi, imprimé sur la couverture",
)
def dispenser(porte: Porte, dossier: Dossier, numero: int, motif: str) -> None:
    """Says that a piece the campaign asks is without object, and why.

    Raises:
        ErreurSaisie: no such piece, one that is not asked, a reason that is empty or too long.
    """
    net = " ".join(motif.split())
    if numero not in TITRES:
        raise ErreurSaisie(f"Il n’y a pas de pièce {numero}.", "Les pièces vont de 1 à 14.")
    if not net:
        raise ErreurSaisie(
            "Une pièce n’est pas « sans objet » sans motif.",
            "Écrivez pourquoi : il s’imprime sur la couverture.",
        )
    if len(net) > MOTIF_MAX:
        raise ErreurSaisie(
            f"Ce motif a {len(net)} caractères ; {MOTIF_MAX} au plus tiennent sur la couverture."
        )
    etat = etat_pieces(dossier, charger(dossier.campagne_id))[numero - 1]
    if not etat.due and not etat.dispensee:
        raise ErreurSaisie(
            f"La pièce {numero} n’est pas demandée à ce projet : elle ne manque à personne.", etat.raison
        )
    libelle = f"Dire sans objet la pièce {numero}"
    garde = _texte(dossier, numero)
    if garde is not None:
        porte.modifier(garde, libelle, texte=net)
        return
    porte.ajouter(
        model.TexteDocument(
            dossier_id=dossier.id, document=code_texte(numero), section=SANS_OBJET, texte=net
        ),
        libelle=libelle,
    )


@geste("pieces.redemander", "Demander de nouveau une pièce", numero="de 1 à 14")
def redemander(porte: Porte, dossier: Dossier, numero: int) -> bool:
    """Takes the reason back: the piece is asked again; False when there was none."""
    garde = _texte(dossier, numero)
    if garde is None:
        return False
    porte.retirer(garde, libelle=f"Demander de nouveau la pièce {numero}")
    return True


def _texte(dossier: Dossier, numero: int) -> TexteDocument | None:
    return next(
        (t for t in dossier.textes if (t.document, t.section) == (code_texte(numero), SANS_OBJET)), None
    )
