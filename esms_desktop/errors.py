"""Errors a person can read: each says what happened, and what to do about it; what the system answers, in French."""

import errno

_PHRASES = {
    "l’emplacement n’existe pas": ("ENOENT",),
    "l’accès est refusé": ("EACCES", "EPERM"),
    "le disque est en lecture seule": ("EROFS",),
    "le disque est plein": ("ENOSPC", "EDQUOT", "EFBIG"),
    "un élément porte déjà ce nom": ("EEXIST",),
    "c’est un dossier, pas un fichier": ("EISDIR",),
    "un élément du chemin n’est pas un dossier": ("ENOTDIR",),
    "le nom est trop long": ("ENAMETOOLONG",),
    "un lien du chemin tourne en rond": ("ELOOP",),
    "le nom ou l’opération n’est pas admis ici": ("EINVAL",),
    "le disque ne répond pas correctement": ("EIO",),
    "l’élément est occupé par un autre programme": ("EBUSY", "ETXTBSY"),
    "trop de fichiers sont ouverts": ("EMFILE", "ENFILE"),
    "la mémoire manque": ("ENOMEM",),
    "le dossier n’est pas vide": ("ENOTEMPTY",),
    "le réseau ne répond pas": (
        "ENETDOWN",
        "ENETUNREACH",
        "EHOSTDOWN",
        "EHOSTUNREACH",
        "ECONNREFUSED",
        "ECONNRESET",
    ),
    "le disque du réseau ne répond plus": ("ESTALE", "EREMOTEIO", "ENOTCONN", "ETIMEDOUT", "ENODEV", "ENXIO"),
    "ce disque ne sait pas le faire": ("ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EXDEV", "EMLINK"),
    "un autre programme le tient verrouillé": ("EAGAIN", "ENOLCK", "EDEADLK"),
    "son contenu ne se lit pas": ("EILSEQ", "EBADMSG", "EUCLEAN", "ESPIPE"),
}
# No system knows them all.
_RAISONS = {getattr(errno, nom, -1): phrase for phrase, noms in _PHRASES.items() for nom in noms}
DISQUE_PLEIN = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def raison_systeme(e: OSError) -> str:
    """Why the system refused, in a few French words that stand inside a sentence; its code when we have none for it."""
    if isinstance(e, PasUnFichier):
        return str(e)
    connue = _RAISONS.get(e.errno or 0)
    code = errno.errorcode.get(e.errno or 0, "")
    return connue or (f"le système répond {code}" if code else "le système ne dit pas pourquoi")


class PasUnFichier(OSError):
    """What is there is neither a file nor a folder; its text stands inside a sentence, as what a system answers."""


class ErreurEsms(Exception):
    """Base of every error shown to a person.

    Args:
        message: one French sentence: what happened and what was kept.
        remede: one French sentence: what to do now; empty when the message says it all.
    """

    def __init__(self, message: str, remede: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remede = remede

    def __str__(self) -> str:
        return f"{self.message} {self.remede}".strip()


class ErreurSaisie(ErreurEsms):
    """What was given cannot be used: a number, a name, a file, an option."""


class ErreurCampagne(ErreurEsms):
    """A campaign file that does not follow the schema, or a campaign that does not exist. `cle`: the key at fault, if it is one."""

    cle = ""


class ErreurBase(ErreurEsms):
    """The base cannot be opened, read or written."""


class ErreurBaseAbimee(ErreurBase):
    """The key is right and the file of the base is spoilt: it can be repaired, or a backup restored."""


class ErreurOccupee(ErreurBase):
    """Another computer has the base open in a folder that both see: it may be read, not written."""


class ErreurCle(ErreurBase):
    """The key of the base is missing, locked away or wrong."""


class ErreurFiness(ErreurEsms):
    """A directory file that cannot be read, or a number it does not hold."""


class ErreurPiece(ErreurEsms):
    """A file that cannot be attached."""


class ErreurDepot(ErreurEsms):
    """The filing could not be written, or could not be proved."""


class ErreurImprevue(ErreurEsms):
    """A fault of ours, whose cause is chained: the sentence says what was being done, the log holds the rest."""


class Interruption(ErreurEsms):
    """The person cancelled the work in progress."""
