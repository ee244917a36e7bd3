"""Piece 8: how people are told, trained and helped through the change (referentiel 03 § 4)."""

from collections.abc import Iterable, Sequence
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import modeles
from esms_desktop.documents.arbre import commun
from esms_desktop.documents.arbre.arbre import (
    Bloc,
    Colonne,
    Contenu,
    Document,
    Manque,
    Paragraphe,
    Tableau,
    Texte,
    Titre,
    champ,
)
from esms_desktop.documents.registre import produit
from esms_desktop.lecture import ActionCommunication, Dossier, SessionFormation
from esms_desktop.nomenclature.champs import entete_de

CODE = "conduite-changement"
TITRE = "Plan de conduite du changement"


@produit(CODE, TITRE, piece=8)
def document(dossier: Dossier, campagne: Campagne, jour: date) -> Document:
    """The plan; `jour` is not used by its text, only by the page that prints it."""

    def section(nom: str) -> tuple[Bloc, ...]:
        return modeles.blocs_de(dossier, campagne, CODE, nom)

    blocs: tuple[Bloc, ...] = (
        Titre(1, "1. Démarche"),
        *section("demarche"),
        Titre(1, "2. Parties prenantes"),
        *section("parties"),
        Titre(1, "3. Impacts sur le travail"),
        *section("impacts"),
        Titre(1, "4. Sensibilisation avant le déploiement"),
        *section("sensibilisation"),
        Titre(1, "5. Plan de communication"),
        *section("communication"),
        *_communication(dossier.communications),
        Titre(1, "6. Stratégie de formation"),
        *section("formation"),
        *_formation(dossier),
        Titre(1, "7. Accompagnement dans la durée"),
        *section("accompagnement"),
        Titre(1, "8. Mesurer l’adhésion"),
        *section("mesure"),
    )
    return commun.document(CODE, TITRE, commun.cartouche(dossier, campagne), dossier, blocs)


def _quand(jour: date | None, nom: str) -> Contenu:
    return francais.date_courte(jour) if jour else Manque(f"date ({nom})", "-", code="session_formation.date")


def _communication(actions: Sequence[ActionCommunication]) -> tuple[Bloc, ...]:
    if not actions:
        return (
            Paragraphe(
                (
                    "Aucune action de communication n’est encore prévue : ",
                    Manque("actions de communication", code="action_communication.objet"),
                    ".",
                )
            ),
        )
    ordre = sorted(actions, key=lambda a: (a.date is None, a.date or date.max))
    return (
        Tableau(
            (
                Colonne(entete_de("action_communication.date"), 0.9),
                Colonne("Action", 2.4),
                Colonne(entete_de("session_formation.public"), 1.5),
                Colonne(entete_de("action_communication.support"), 1.4),
                Colonne(entete_de("action_communication.responsable"), 1.4),
            ),
            tuple(
                (
                    _quand(a.date, a.objet),
                    Texte(a.objet, gras=True),
                    champ(a.cible or "", f"public ({a.objet})", "-", code="session_formation.public"),
                    champ(a.support or "", f"support ({a.objet})", "-", code="action_communication.support"),
                    champ(
                        a.responsable or "",
                        f"responsable ({a.objet})",
                        "-",
                        code="action_communication.responsable",
                    ),
                )
                for a in ordre
            ),
        ),
    )


def _formation(dossier: Dossier) -> tuple[Bloc, ...]:
    if not dossier.formations:
        return (
            Paragraphe(
                (
                    "Aucune session de formation n’est encore prévue : ",
                    Manque("sessions de formation", code="session_formation.intitule"),
                    ".",
                )
            ),
        )
    vagues = {v.id: v.nom for v in dossier.vagues if v.id is not None}
    ordre = sorted(dossier.formations, key=lambda f: (f.date is None, f.date or date.max))
    heures = [
        f.sessions * f.duree_heures if f.sessions is not None and f.duree_heures is not None else None
        for f in ordre
    ]
    return (
        Tableau(
            (
                Colonne(entete_de("session_formation.date"), 0.9),
                Colonne("Formation", 2.1),
                Colonne(entete_de("session_formation.public"), 1.5),
                Colonne(entete_de("session_formation.formateur"), 1.3),
                Colonne(entete_de("session_formation.effectif"), 0.7, "droite"),
                Colonne(entete_de("session_formation.sessions"), 0.75, "droite"),
                Colonne(entete_de("session_formation.duree_heures"), 0.7, "droite"),
            ),
            tuple(_session(f, vagues) for f in ordre),
            (
                "",
                "Total",
                "",
                "",
                _total(f.effectif for f in ordre),
                _total(f.sessions for f in ordre),
                _total(heures),
            ),
        ),
        Paragraphe(
            "Effectif : personnes formées, toutes sessions réunies. Heures : durée d’une session ; au total, durée de "
            "toutes les sessions.",
            discret=True,
        ),
    )


def _session(f: SessionFormation, vagues: dict[int, str]) -> tuple[Contenu, ...]:
    vague = vagues.get(f.vague_id) if f.vague_id is not None else None
    return (
        _quand(f.date, f.intitule),
        (Texte(f.intitule, gras=True), f"\n{vague}" if vague else ""),
        champ(f.public or "", f"public ({f.intitule})", "-", code="session_formation.public"),
        champ(f.formateur or "", f"formateur ({f.intitule})", "-", code="session_formation.formateur"),
        _nombre(f.effectif, f"effectif ({f.intitule})", code="session_formation.effectif"),
        _nombre(f.sessions, f"nombre de sessions ({f.intitule})", code="session_formation.sessions"),
        _nombre(f.duree_heures, f"durée ({f.intitule})", code="session_formation.duree_heures"),
    )


def _total(valeurs: Iterable[int | None]) -> str:
    """A sum; « — » while one of its terms is not known."""
    connues = list(valeurs)
    return "—" if None in connues else francais.nombre(sum(v for v in connues if v is not None))


def _nombre(valeur: int | None, nom: str, code: str) -> Contenu:
    return francais.nombre(valeur) if valeur is not None else Manque(nom, "-", code)
