"""What the machine answers, said to a person: errors of SQLite and of the disk turned into French sentences."""

from esms_desktop.errors import ErreurBase, raison_systeme

# Beginning of the name SQLite gives an error, of its words when constraints share one → (what happened, what to do).
_PHRASES = (
    (
        "SQLITE_FULL",
        "Le disque est plein : rien n’a été enregistré.",
        "Libérez de la place puis recommencez.",
    ),
    (
        "SQLITE_BUSY",
        "La base est occupée par une autre fenêtre ou un autre programme : rien n’a été enregistré.",
        "Attendez qu’il ait fini puis recommencez.",
    ),
    (
        "SQLITE_READONLY",
        "La base est en lecture seule : rien n’a été enregistré.",
        "Vérifiez les droits du fichier et de son dossier.",
    ),
    (
        "SQLITE_CANTOPEN",
        "La base ne peut pas être ouverte à cet endroit.",
        "Vérifiez que le dossier existe et que vous pouvez y écrire.",
    ),
    (
        "SQLITE_IOERR",
        "Le disque a refusé la lecture ou l’écriture : rien n’a été enregistré.",
        "Vérifiez la place libre et l’état du disque, puis recommencez.",
    ),
    (
        "SQLITE_CORRUPT",
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
        "SQLITE_NOTADB",
        "La base ne se déchiffre plus.",
        "Fermez le logiciel et reprenez une copie de sauvegarde.",
    ),
)


def traduire(erreur: BaseException) -> ErreurBase:
    """The sentence for an error of SQLAlchemy, SQLite or the system, whatever was under way being rolled back."""
    cause = getattr(erreur, "orig", None) or erreur
    dits = (str(getattr(cause, "sqlite_errorname", "")), str(cause))
    for debut, message, remede in _PHRASES:
        if any(dit.startswith(debut) for dit in dits):
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
