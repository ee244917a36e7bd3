"""Runs every measure and prints medians of five or more, each beside its floor and its aim."""

from tests.bench import (
    annuaire,
    constats,
    demarrage,
    depot_complet,
    dossier_complet,
    faits,
    gantt,
    gantt_pdf,
    garde,
    gestes,
    listes,
    memoire,
    ordonnancement,
)


def main() -> None:
    """Prints the table; figures of one run compare only with one another."""
    for mesures in (
        demarrage.mesurer,
        constats.mesurer,
        faits.mesurer,
        gestes.mesurer,
        listes.mesurer,
        garde.mesurer,
        memoire.mesurer,
        ordonnancement.mesurer,
        gantt.mesurer,
        gantt_pdf.mesurer,
        dossier_complet.mesurer,
        depot_complet.mesurer,
        annuaire.mesurer,
    ):
        for ligne in mesures():
            print(ligne, flush=True)


if __name__ == "__main__":
    main()
