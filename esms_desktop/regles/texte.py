"""What a text field of a dossier says."""


def net(valeur: str) -> str:
    """A field of the model without the spaces around it; empty too for an object not saved yet, which holds None."""
    return (valeur or "").strip()
