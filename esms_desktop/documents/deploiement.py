"""What several documents say of the deployment: the waves, their structures, their preparation."""

from esms_desktop import francais
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Colonne,
    Contenu,
    Encadre,
    Liste,
    Manque,
    Paragraphe,
    Tableau,
    Texte,
    Titre,
    champ,
)
from esms_desktop.lecture import Dossier, Og, Vague
from esms_desktop.nomenclature.champs import entete_de
from esms_desktop.regles.planning.deploiement import sans_vague

# Past that many names, a sentence gives their number.
_NOMS_MAX = 8
# An organisme whose name is no longer has a column of its own.
_COURT = 24


def vagues(dossier: Dossier) -> tuple[Bloc, ...]:
    """The waves by rank, their dates, how many structures and places, then those left out of all waves."""
    if not dossier.vagues:
        return (
            Paragraphe(
                (
                    "Les vagues de déploiement ne sont pas encore définies : ",
                    Manque("vagues de déploiement", code="vague.nom"),
                    ".",
                )
            ),
        )
    lignes = tuple(_ligne(rang, v) for rang, v in enumerate(dossier.vagues, 1))
    placees = [e for v in dossier.vagues for e in v.essms]
    return (
        Tableau(
            (
                Colonne("N°", 0.4, "droite"),
                Colonne("Vague", 2.2),
                Colonne(entete_de("vague.debut"), 1.3),
                Colonne(entete_de("vague.fin"), 1.3),
                Colonne("ESSMS", 0.7, "droite"),
                Colonne("Places", 0.7, "droite"),
            ),
            lignes,
            (
                "",
                "Total",
                "",
                "",
                francais.nombre(len(placees)) if placees else "—",
                commun.places(placees),
            ),
        ),
        *commun.note_places(placees),
        *_oublies(dossier),
    )


def _ligne(rang: int, vague: Vague) -> tuple[Contenu, ...]:
    pilote = vague.pilote and "pilote" not in francais.cle(vague.nom)
    return (
        str(rang),
        (Texte(vague.nom, gras=True), " (sites pilotes)" if pilote else ""),
        commun.date_ou_manque(vague.debut, f"début de la vague « {vague.nom} »", code="vague.debut"),
        commun.date_ou_manque(vague.fin, f"fin de la vague « {vague.nom} »", code="vague.fin"),
        francais.nombre(len(vague.essms)) if vague.essms else "—",
        commun.places(vague.essms),
    )


def _oublies(dossier: Dossier) -> tuple[Bloc, ...]:
    """The structures in no wave: the texts want each of them placed (referentiel 04 § 1)."""
    sans = sans_vague(dossier)
    if not sans:
        return ()
    noms = francais.resumer([e.nom for e in sans], _NOMS_MAX)
    return (
        Encadre(
            "alerte",
            (
                f"{francais.pluriel(len(sans), 'ESSMS', 'ESSMS')} ne figurent dans aucune vague : "
                if len(sans) > 1
                else "Un ESSMS ne figure dans aucune vague : ",
                Manque(
                    f"vague de {francais.pluriel(len(sans), 'ESSMS', 'ESSMS')}",
                    f"vague {francais.de(noms)}",
                    code="essms.vague_id",
                ),
            ),
        ),
    )


def ordre(dossier: Dossier) -> tuple[Bloc, ...]:
    """Wave by wave: its structures, what it needs before it starts, the help it gets."""
    blocs: list[Bloc] = []
    for vague in dossier.vagues:
        blocs += [Titre(2, vague.nom), *_structures(dossier, vague)]
        blocs.append(
            Liste(
                (
                    (
                        "Prérequis propres à la vague : ",
                        champ(
                            vague.prerequis or "",
                            f"prérequis de la vague « {vague.nom} »",
                            "prérequis",
                            code="vague.prerequis",
                        ),
                    ),
                    (
                        f"{entete_de('vague.assistance')} : ",
                        champ(
                            vague.assistance or "",
                            f"assistance de la vague « {vague.nom} »",
                            "assistance",
                            code="vague.assistance",
                        ),
                    ),
                )
            )
        )
    return tuple(blocs)


def _structures(dossier: Dossier, vague: Vague) -> tuple[Bloc, ...]:
    if not vague.essms:
        return (
            Paragraphe(
                (
                    "Aucune structure n’est placée dans cette vague : ",
                    Manque(f"structures de la vague « {vague.nom} »", code="essms.vague_id"),
                    ".",
                )
            ),
        )
    noms = [og.nom_court for og in dossier.ogs]
    # Long names have a row above the structures of each organisme; short ones a column; one organisme alone needs none.
    longs = any(len(nom) > _COURT for nom in noms)
    colonne = len(noms) > 1 and not longs
    lignes: list[tuple[Contenu, ...]] = []
    precedent: Og | None = None
    rangees = sorted(vague.essms, key=lambda e: (e.og.rang or 0, e.rang or 0))
    for rang, e in enumerate(rangees, 1):
        if longs and len(noms) > 1 and e.og is not precedent:
            lignes.append(("", Texte(e.og.nom_court, gras=True), "", ""))
            precedent = e.og
        lignes.append(
            (
                str(rang),
                e.nom,
                *((e.og.nom_court,) if colonne else ()),
                commun.lieu(e),
                champ(e.dui_actuel or "", f"DUI actuel ({e.nom})", "-", code="essms.dui_actuel"),
            )
        )
    return (
        Tableau(
            (
                Colonne("Ordre", 0.6, "droite"),
                Colonne("Structure", 2.5),
                *((Colonne("Organisme", 1.4),) if colonne else ()),
                Colonne(entete_de("essms.commune"), 1.4),
                Colonne(entete_de("essms.dui_actuel"), 1.6),
            ),
            tuple(lignes),
        ),
    )
