"""What a person at a terminal is told, and the exit status, however a command ends."""

import codecs
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from esms_desktop.errors import ErreurEsms, ErreurImprevue, raison_systeme
from esms_desktop.francais import sans_accents, une_ligne

# Done; done, and findings remain; something to mend in what was asked or around it; an error nobody foresaw.
FAIT, CONSTATS, REFUS, IMPREVU, INTERROMPU = 0, 1, 2, 3, 130
CODES = (
    "codes de retour : 0 fait ; 1 fait, mais des constats restent (point bloquant, pièce manquante, copie perdue) ; "
    "2 refusé : commande, saisie, fichier, clé ou disque à corriger ; 3 erreur imprévue, décrite dans le journal ; "
    "130 interrompu"
)
# What losing its accents does not make plain.
_SOBRES = str.maketrans({"«": '"', "»": '"', "→": "->", "€": "EUR", "✓": "v", "•": "-"})


def _remplacer(erreur: UnicodeError) -> tuple[str, int]:
    """What a poor terminal shows of a character it does not have: the nearest plain one, else a question mark."""
    if not isinstance(erreur, UnicodeEncodeError):
        raise erreur
    morceau = erreur.object[erreur.start : erreur.end].translate(_SOBRES)
    return "".join(c if c.isascii() else "?" for c in sans_accents(morceau)), erreur.end


def preparer() -> None:
    """Makes the terminal able to show anything, its own way: no character can stop a command."""
    codecs.register_error("esms-sobre", _remplacer)
    for flux in (sys.stdout, sys.stderr):
        if hasattr(flux, "reconfigure"):
            flux.reconfigure(errors="esms-sobre")


def se_proteger() -> None:
    """What this program writes is for its owner only, and no image of its memory is written when it is killed."""
    os.umask(0o077)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        # Windows writes none unless it is asked.
        pass


def en_utf8() -> bool:
    """Whether what is printed may hold any character."""
    codage = getattr(sys.stdout, "encoding", None) or "utf-8"
    return codecs.lookup(codage).name.startswith("utf")


class _ErreurReponse(ErreurEsms):
    """The output refuses what is printed. Commands speak once their work is done: it takes nothing away from it."""

    def __init__(self, e: OSError) -> None:
        super().__init__(
            "Le travail est fait, mais la réponse n’a pas pu être écrite en entier : "
            + raison_systeme(e)
            + "."
        )


def repondre(texte: str) -> None:
    """Prints what a command answers.

    Raises:
        ErreurEsms: the output refuses it. BrokenPipeError: its reader is gone.
    """
    try:
        print(texte)
    except BrokenPipeError:
        raise
    except OSError as e:
        raise _ErreurReponse(e) from e


def dire(phrase: str) -> None:
    """One line on the error output; nothing when there is none."""
    if sys.stderr is not None:
        try:
            print(une_ligne(phrase), file=sys.stderr, flush=True)
        except OSError:
            _taire("stderr")


def conduire(commande: Callable[[], int]) -> int:
    """Runs a command to its end, whatever it is; answers the exit status.

    Every error is told in one French sentence: what happened, what was kept, what to do; the log holds the traceback of
    those nobody foresaw.
    """
    preparer()
    se_proteger()
    try:
        code = commande()
    except SystemExit as e:
        # What argparse ends with: help is shown, or it said what it refuses.
        raise SystemExit(_vider(e.code if isinstance(e.code, int) else FAIT)) from None
    except BrokenPipeError:
        _taire("stdout")
        return FAIT
    except KeyboardInterrupt:
        dire("Interrompu : rien de ce qui était en cours n’a été gardé.")
        return INTERROMPU
    except ErreurImprevue as e:
        from esms_desktop.journalisation import noter_imprevu

        dire(f"{e} Si cela se reproduit, signalez-le : {phrase_du_journal(noter_imprevu(e))}.")
        code = IMPREVU
    except ErreurEsms as e:
        dire(str(e))
        if isinstance(e, _ErreurReponse):
            _taire("stdout")
        code = REFUS
    except OSError as e:
        dire(_refus_du_systeme(e))
        code = REFUS
    except Exception as e:
        from esms_desktop.journalisation import noter_imprevu

        connue = de_la_base(e)
        chemin = noter_imprevu(e)
        dire(str(connue) if connue else imprevue(e, phrase_du_journal(chemin)))
        code = REFUS if connue else IMPREVU
    return _vider(code)


def _refus_du_systeme(e: OSError) -> str:
    from esms_desktop.journalisation import noter_imprevu

    noter_imprevu(e)
    ou = f" pour {os.fsdecode(e.filename)}" if isinstance(e.filename, str | bytes | os.PathLike) else ""
    return (
        f"Le système a refusé une opération{ou} : {raison_systeme(e)}. Ce qui était enregistré l’est toujours ; "
        "vérifiez le chemin, vos droits et la place libre, puis recommencez."
    )


def de_la_base(e: BaseException) -> ErreurEsms | None:
    """The French sentence for what the base answered, wherever it came out; None when it is of something else."""
    # Without it nothing was read from a base.
    if "sqlcipher3.dbapi2" not in sys.modules:
        return None
    from esms_desktop.store.erreurs import reconnaitre

    return reconnaitre(e)


def phrase_du_journal(chemin: Path | None) -> str:
    """Where the detail is."""
    return f"le détail est dans le journal : {chemin}" if chemin else "le journal n’a pas pu être écrit"


def imprevue(e: BaseException, ou: str) -> str:
    """The sentence for an error nobody foresaw. `ou`: see `phrase_du_journal`."""
    if isinstance(e, ImportError):
        return f"Une bibliothèque manque ou ne se charge pas ({e}). Réinstallez l’application ; {ou}."
    quoi = "La mémoire manque" if isinstance(e, MemoryError) else f"Erreur imprévue ({type(e).__name__})"
    return (
        f"{quoi} : ce travail s’est arrêté. Ce qui était enregistré l’est toujours ; recommencez, et si cela se "
        f"reproduit, signalez-le : {ou}."
    )


def _vider(code: int) -> int:
    """Sends what is printed to its reader, while something can still be said of it."""
    if sys.stdout is None:
        return code
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _taire("stdout")
    except OSError as e:
        _taire("stdout")
        dire(str(_ErreurReponse(e)))
        return REFUS
    return code


def _taire(nom: str) -> None:
    """Whoever read this output is gone: what is left to say goes nowhere, and the end of the program says nothing of it."""
    flux: TextIO | Any = getattr(sys, nom)
    try:
        descripteur = flux.fileno()
    except (AttributeError, OSError, ValueError):
        return
    rien = os.open(os.devnull, os.O_WRONLY)
    os.dup2(rien, descripteur)
    os.close(rien)
