"""Yes and no as people and spreadsheets write them, read in one place."""

from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais.plis import cle

_OUI = frozenset(("oui", "o", "x", "vrai", "1", "yes", "y", "true", "✓"))
_NON = frozenset(("non", "n", "faux", "0", "no", "false"))
_VIDES = frozenset(("", "-", "non repondu"))


def lire_oui_non(texte: str) -> bool | None:
    """« oui », « x », « VRAI »… or their contraries; None when empty or not answered.

    Raises:
        ErreurSaisie: neither.
    """
    net = cle(texte)
    if net in _VIDES:
        return None
    if net in _OUI or net in _NON:
        return net in _OUI
    raise ErreurSaisie("« Oui », « Non » ou rien est attendu")
