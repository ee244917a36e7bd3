"""Entry point of `esms-desktop`: no command opens the window, anything else goes to the command line."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Opens the window, or runs a command.

    Args:
        argv: arguments without the program name; those of the process by default.

    Returns:
        The exit code.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    base, fichier = _base_seule(arguments), ""
    if base is None and len(arguments) == 1:
        base, fichier = _fichier_donne(arguments[0])
    if arguments and base is None and not fichier:
        from esms_desktop.cli import main as commande

        return commande(arguments)
    from esms_desktop.terminal import conduire

    def fenetre() -> int:
        from ui.app import lancer

        return lancer(base, fichier)

    return conduire(fenetre)


def _base_seule(arguments: list[str]) -> str | None:
    """The FILE of `--base FILE` (or `--base=FILE`) when it is all there is, else None."""
    if len(arguments) == 2 and arguments[0] == "--base":
        return arguments[1]
    if len(arguments) == 1 and arguments[0].startswith("--base="):
        return arguments[0].removeprefix("--base=")
    return None


def _fichier_donne(argument: str) -> tuple[str | None, str]:
    """The base, or the backup to look at, when the one argument is such a file: what a double click gives."""
    if (
        argument.startswith("-")
        or not argument.endswith((".sqlite", ".sauvegarde"))
        or not Path(argument).is_file()
    ):
        return None, ""
    entier = os.path.abspath(argument)  # noqa: PTH100
    return (None, entier) if argument.endswith(".sauvegarde") else (entier, "")


if __name__ == "__main__":
    raise SystemExit(main())
