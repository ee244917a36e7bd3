"""Before filing: what blocks, and what is only advised. Reads the examination and adds what only the files tell."""

from collections.abc import Iterator
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.fondement import MAISON
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Dossier
from esms_desktop.regles.constats import Cible, Constat, Examen, Gravite, Page


def preflight(
    dossier: Dossier, campagne: Campagne, jour: date, examen: Examen
) -> tuple[tuple[Constat, ...], tuple[Constat, ...]]:
    """What stands between the dossier and its filing: (what blocks, what is advised), the heaviest first.

    Args:
        jour: the day of the filing.
        examen: the examination of the dossier on that day.
    """
    propres = (*_tailles(dossier, campagne), *_dates(dossier, jour))
    constats = [*examen.constats, *(c.fonde(campagne, dossier.type_projet) for c in propres)]
    bloquants = tuple(c for c in constats if c.gravite is Gravite.BLOQUANT)
    return bloquants, tuple(c for c in constats if c.gravite is not Gravite.BLOQUANT)


def _tailles(dossier: Dossier, campagne: Campagne) -> Iterator[Constat]:
    limite, totale = campagne.limites.fichier_octets, campagne.limites.total_octets
    for fichier in dossier.joints:
        if limite.valeur is not None and fichier.taille > limite.valeur:
            yield Constat(
                "depot.taille-fichier",
                Gravite.BLOQUANT,
                f"« {fichier.nom} » dépasse la taille admise",
                f"{francais.taille(fichier.taille)} pour {francais.taille(limite.valeur)} admis par fichier.",
                "Réduisez le fichier ou partagez-le.",
                limite.origine,
                Cible(Page.PIECES, "piece", fichier.numero),
            )
    total = sum(f.taille for f in dossier.joints)
    if totale.valeur is not None and total > totale.valeur:
        yield Constat(
            "depot.taille-totale",
            Gravite.BLOQUANT,
            "Les fichiers joints dépassent la taille admise en tout",
            f"{francais.taille(total)} pour {francais.taille(totale.valeur)} admis.",
            "Réduisez les fichiers les plus lourds.",
            totale.origine,
            Cible(Page.PIECES),
        )


def _dates(dossier: Dossier, jour: date) -> Iterator[Constat]:
    tardifs = [f for f in dossier.joints if f.joint_le is not None and f.joint_le.date() > jour]
    if tardifs:
        yield Constat(
            "depot.date",
            Gravite.CONSEIL,
            "Un fichier a été joint après la date du dépôt",
            f"« {tardifs[0].nom} » a été joint le {francais.date_longue(tardifs[0].joint_le.date())}, "
            f"et le dépôt est daté du {francais.date_longue(jour)}.",
            "Vérifiez la date de cet ordinateur : elle est écrite sur chaque document.",
            MAISON,
            Cible(Page.PIECES, "piece", tardifs[0].numero),
        )
