"""Entry point of `esms-desktop`: no command opens the window, anything else goes to the command line."""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Opens the window, or runs a command.

    Args:
        argv: arguments without the program name; those of the process by default.

    Returns:
        The exit code.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    base = _base_seule(arguments)
    if arguments and base is None:
        from esms_desktop.cli import main as commande

        return commande(arguments)
    from esms_desktop.terminal import conduire

    def fenetre() -> int:
        from ui.app import lancer

        return lancer(base)

    return conduire(fenetre)


def _base_seule(arguments: list[str]) -> str | None:
    """The FILE of `--base FILE` (or `--base=FILE`) when it is all there is, else None."""
    if len(arguments) == 2 and arguments[0] == "--base":
        return arguments[1]
    if len(arguments) == 1 and arguments[0].startswith("--base="):
        return arguments[0].removeprefix("--base=")
    return None


if __name__ == "__main__":
    raise SystemExit(main())
