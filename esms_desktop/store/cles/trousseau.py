"""The keyring of the operating system: a key is kept there, or we know that it is not."""

from collections.abc import Iterator

from esms_desktop.store.cles.chiffrement import Cle

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


def toutes() -> Iterator[Cle]:
    """Every key of ours that an open keyring keeps, under whatever name; none where a keyring cannot be searched."""
    try:
        import keyring

        if "SecretService" not in _noms_des_trousseaux(keyring.get_keyring()):
            return
        import secretstorage

        bus = secretstorage.dbus_init()
        try:
            textes = [
                e.get_secret().decode("ascii", "replace")
                for e in secretstorage.search_items(bus, {"service": SERVICE})
                if not e.is_locked()
            ]
        finally:
            bus.close()
    # As for `lire`: whatever a keyring raises means that it has nothing to give.
    except Exception:
        return
    for texte in textes:
        try:
            yield Cle(bytes.fromhex(texte))
        except ValueError:
            continue


def _noms_des_trousseaux(trousseau: object) -> set[str]:
    tous = [trousseau, *getattr(trousseau, "backends", ())]
    return {type(t).__module__.rpartition(".")[2] for t in tous}


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
