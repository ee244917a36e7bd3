"""What the machine answers, said to a person: errors of SQLite and of the disk turned into French sentences."""

import sqlcipher3.dbapi2 as sqlcipher

from esms_desktop.errors import ErreurBase, ErreurBaseAbimee, raison_systeme

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
        "FOREIGN KEY constraint failed",
        "Ce dont cet élément dépend n’existe plus : rien n’a été enregistré.",
        "Rouvrez le dossier et recommencez.",
    ),
    (
        "nom vide",
        "Le nom du dossier ne peut pas être vide : rien n’a été enregistré.",
        "Saisissez un nom.",
    ),
    (
        "UNIQUE constraint failed: index 'uq_dossier_nom_plie'",
        "Un dossier porte déjà ce nom, aux accents et aux majuscules près : rien n’a été enregistré.",
        "Donnez un autre nom et recommencez.",
    ),
    (
        "UNIQUE constraint failed: dossier.nom",
        "Un autre élément porte déjà ce nom : rien n’a été enregistré.",
        "Donnez un autre nom et recommencez.",
    ),
    (
        "UNIQUE constraint failed",
        "La même chose vient d’être écrite depuis une autre fenêtre : rien n’a été enregistré.",
        "Regardez ce qui y est maintenant, puis recommencez.",
    ),
)


# What SQLite says where it gives no name: during a copy.
_NOMS = {
    "database or disk is full": "SQLITE_FULL",
    "database is locked": "SQLITE_BUSY",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "unable to open database file": "SQLITE_CANTOPEN",
    "disk I/O error": "SQLITE_IOERR",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "file is not a database": "SQLITE_NOTADB",
}
# SQLCipher says so of a page whose seal does not hold, as SQLite of one it does not understand.
_ABIMEE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


# A statement of ours that is wrong is a fault of ours, not of the base.
_FAUTES = (sqlcipher.ProgrammingError, sqlcipher.InterfaceError, sqlcipher.NotSupportedError)


def reconnaitre(erreur: BaseException) -> ErreurBase | None:
    """The sentence for an error of the base that came out of nobody's hands; None when it is of something else."""
    cause = getattr(erreur, "orig", None) or erreur
    if isinstance(cause, sqlcipher.Error) and not isinstance(cause, _FAUTES):
        return traduire(erreur)
    return None


def traduire(erreur: BaseException) -> ErreurBase:
    """The sentence for an error of SQLAlchemy, SQLite or the system, whatever was under way being rolled back."""
    cause = getattr(erreur, "orig", None) or erreur
    if isinstance(cause, MemoryError):
        # The driver says so of a page that SQLCipher refuses, as of a memory that is full.
        return ErreurBaseAbimee(
            "La base n’a pas pu être lue jusqu’au bout : une partie est abîmée, ou la mémoire manque.",
            "Fermez d’autres programmes puis recommencez ; sinon vérifiez la base (« esms-desktop base verifier »).",
        )
    dit = str(cause)
    dits = (str(getattr(cause, "sqlite_errorname", "")) or _NOMS.get(dit, ""), dit)
    if dits[0].startswith(_ABIMEE):
        return ErreurBaseAbimee(
            "La base est abîmée : une partie ne se lit plus.",
            "Ce qui se lit n’a pas été touché ; restaurez une sauvegarde, ou réparez la base (« esms-desktop base reparer »).",
        )
    for debut, message, remede in _PHRASES:
        if any(d.startswith(debut) for d in dits):
            return ErreurBase(message, remede)
    if isinstance(erreur, OSError):
        return ErreurBase(
            f"Le système refuse l’accès à la base ({raison_systeme(erreur)}).",
            "Vérifiez le chemin et vos droits sur ce dossier.",
        )
    return ErreurBase(
        f"La base a refusé l’opération ({dits[0] or type(cause).__name__}) : rien n’a été enregistré.",
        "Rouvrez le dossier et recommencez.",
    )
