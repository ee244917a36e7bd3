"""What is typed in secret, before a base is open: how well a phrase protects, whether a code is whole."""

from esms_desktop.store.cles.force import juger

__all__ = ["exiger_un_code", "juger"]


def exiger_un_code(texte: str) -> None:
    """Refuses what is not a whole recovery code, well copied.

    Raises:
        ErreurCle: with what is wrong in it.
    """
    from esms_desktop.store.cles.code_secours import lire

    lire(texte)
