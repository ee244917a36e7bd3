"""What the machine answers, said to a person: errors of SQLite and of the disk turned into French sentences."""

from esms_desktop.errors import ErreurBase, raison_systeme

# Beginning of what SQLite says → (what happened, what to do).
_PHRASES = (
    (
        "database or disk is full",
        "Le disque est plein : rien n’a été enregistré.",
        "Libérez de la place puis recommencez.",
    ),
    (
        "database is locked",
        "La base est occupée par une autre fenêtre ou un autre programme : rien n’a été enregistré.",
        "Attendez qu’il ait fini puis recommencez.",
    ),
    (
        "attempt to write a readonly database",
        "La base est en lecture seule : rien n’a été enregistré.",
        "Vérifiez les droits du fichier et de son dossier.",
    ),
    (
        "unable to open database file",
        "La base ne peut pas être ouverte à cet endroit.",
        "Vérifiez que le dossier existe et que vous pouvez y écrire.",
    ),
    (
        "disk I/O error",
        "Le disque a refusé la lecture ou l’écriture : rien n’a été enregistré.",
        "Vérifiez la place libre et l’état du disque, puis recommencez.",
    ),
    (
        "database disk image is malformed",
        "La base est abîmée : une partie ne se lit plus.",
        "Fermez le logiciel et reprenez une copie de sauvegarde.",
    ),
    (
        "FOREIGN KEY constraint failed",
        "Ce dont cet élément dépend n’existe plus : rien n’a été enregistré.",
        "Rouvrez le dossier et recommencez.",
    ),
    (
        "UNIQUE constraint failed",
        "Un autre élément porte déjà ce nom : rien n’a été enregistré.",
        "Donnez un autre nom et recommencez.",
    ),
    (
        "file is not a database",
        "La base ne se déchiffre plus.",
        "Fermez le logiciel et reprenez une copie de sauvegarde.",
    ),
)


def traduire(erreur: BaseException) -> ErreurBase:
    """The sentence for an error of SQLAlchemy, SQLite or the system, whatever was under way being rolled back."""
    cause = str(getattr(erreur, "orig", None) or erreur)
    for debut, message, remede in _PHRASES:
        if debut in cause:
            return ErreurBase(message, remede)
    if isinstance(erreur, OSError):
        return ErreurBase(
            f"Le système refuse l’accès à la base ({raison_systeme(erreur)}).",
            "Vérifiez le chemin et vos droits sur ce dossier.",
        )
    return ErreurBase(
        f"La base a refusé l’opération ({cause}) : rien n’a été enregistré.",
        "Rouvrez le dossier et recommencez.",
    )
