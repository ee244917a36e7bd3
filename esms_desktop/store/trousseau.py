"""The keyring of the operating system: a key is kept there, or we know that it is not."""

from esms_desktop.store.chiffrement import Cle

SERVICE = "esms-desktop"


class SansTrousseau(Exception):
    """No keyring, or one that refuses: the text is the reason, for the log of errors."""


def lire(identifiant: str) -> Cle | None:
    """The key kept under `identifiant`, None when the keyring answers but keeps nothing under it.

    Raises:
        SansTrousseau: no keyring, a locked one, or something in it that is not a key.
    """
    try:
        # Late: this import looks for the keyrings of the machine.
        import keyring

        texte = keyring.get_password(SERVICE, identifiant)
    # The keyrings of the systems raise their own errors besides KeyringError (D-Bus, sockets): all mean "no keyring".
    except Exception as erreur:
        raise SansTrousseau(str(erreur) or type(erreur).__name__) from erreur
    if texte is None:
        return None
    try:
        return Cle(bytes.fromhex(texte))
    except ValueError as erreur:
        raise SansTrousseau("l’entrée du trousseau n’est pas une clé") from erreur


def garder(identifiant: str, cle: Cle) -> None:
    """Keeps the key, and reads it back: some keyrings accept everything and keep nothing.

    Raises:
        SansTrousseau: the keyring did not keep the key.
    """
    try:
        import keyring

        keyring.set_password(SERVICE, identifiant, cle.octets.hex())
    except Exception as erreur:
        raise SansTrousseau(str(erreur) or type(erreur).__name__) from erreur
    if lire(identifiant) != cle:
        raise SansTrousseau("le trousseau n’a rien gardé")
