"""What the planning draws: milestones, waves, actions, as lines of a calendar and as rows of a table."""

from dataclasses import dataclass
from datetime import date

from esms_desktop.documents.arbre.arbre import Barre, Bloc, Frise
from esms_desktop.francais import cle
from esms_desktop.lecture import Dossier
from esms_desktop.nomenclature.champs import libelle_de


@dataclass(frozen=True)
class Jalon:
    """A milestone. `manque`: the name of its gap, `code` the field that fills it; `sens`: what it marks."""

    nom: str
    quand: date | None
    manque: str
    code: str
    sens: str


@dataclass(frozen=True)
class Action:
    """A training session or an action of communication."""

    quand: date | None
    genre: str
    objet: str
    public: str
    responsable: str


def jalons(dossier: Dossier) -> tuple[Jalon, ...]:
    """The milestones, in the order the texts suppose (referentiel 04 § 1)."""
    solution = dossier.solution
    reference = (solution.date_referencement or solution.date_referencement_prevue) if solution else None
    return (
        Jalon(
            "Dépôt de la demande",
            dossier.date_depot_prevue,
            "date de dépôt prévue",
            "dossier.date_depot_prevue",
            "Le dossier est complet et déposé.",
        ),
        Jalon(
            "Convention avec le financeur",
            dossier.date_convention,
            "date de la convention",
            "dossier.date_convention",
            "L’avance est versée au porteur.",
        ),
        Jalon(
            libelle_de("dossier.date_debut_projet"),
            dossier.date_debut_projet,
            "date de début du projet",
            "dossier.date_debut_projet",
            "L’équipe projet est en place ; la durée maximale court.",
        ),
        Jalon(
            "Référencement de la solution",
            reference,
            "date du référencement de la solution",
            "solution.date_referencement",
            "La solution est référencée Ségur, avant le paramétrage.",
        ),
        Jalon(
            libelle_de("dossier.date_debut_parametrage"),
            dossier.date_debut_parametrage,
            "date de début du paramétrage",
            "dossier.date_debut_parametrage",
            "Le groupe de travail de futurs utilisateurs commence.",
        ),
        Jalon(
            libelle_de("dossier.date_fin_deploiement"),
            dossier.date_fin_deploiement,
            "date de fin du déploiement",
            "dossier.date_fin_deploiement",
            "Toutes les structures utilisent la solution ; le solde se demande sur les cibles d’usage.",
        ),
    )


def actions(dossier: Dossier) -> list[Action]:
    """Sessions and actions by date; those without a date come last."""
    vagues = {v.id: v.nom for v in dossier.vagues if v.id is not None}
    trouvees = [
        Action(
            f.date,
            "Formation",
            f"{f.intitule} ({vagues[f.vague_id]})" if f.vague_id in vagues else f.intitule,
            f.public or "",
            f.formateur or "",
        )
        for f in dossier.formations
    ]
    trouvees += [
        Action(c.date, "Communication", c.objet, c.cible or "", c.responsable or "")
        for c in dossier.communications
    ]
    return sorted(trouvees, key=lambda a: (a.quand is None, a.quand or date.max))


def barres_projet(dossier: Dossier) -> list[Barre]:
    """Phases of the project between its milestones, and the milestones themselves."""
    barres = []
    debut, parametrage, fin = (
        dossier.date_debut_projet,
        dossier.date_debut_parametrage,
        dossier.date_fin_deploiement,
    )
    vagues = [v.debut for v in dossier.vagues if v.debut]
    premiere = min(vagues) if vagues else None
    if debut and fin and debut <= fin:
        barres.append(Barre("Durée du projet", debut, fin, True))
    if debut and parametrage and debut < parametrage:
        barres.append(Barre("Cadrage, choix et contractualisation", debut, parametrage))
    if parametrage and premiere and parametrage < premiere:
        barres.append(Barre("Paramétrage, reprise et recette", parametrage, premiere))
    elif parametrage and fin and parametrage < fin:
        barres.append(Barre("Paramétrage et déploiement", parametrage, fin))
    if premiere and fin and premiere < fin:
        barres.append(Barre("Déploiement", premiere, fin))
    barres += [Barre(j.nom, j.quand, j.quand) for j in jalons(dossier) if j.quand]
    return barres


def barres_vagues(dossier: Dossier) -> list[Barre]:
    """One line per dated wave; the pilot ones stand out."""
    return [
        Barre(
            f"{v.nom} (pilote)" if v.pilote and "pilote" not in cle(v.nom) else v.nom,
            v.debut,
            v.fin or v.debut,
            bool(v.pilote),
        )
        for v in dossier.vagues
        if v.debut and (v.fin is None or v.fin >= v.debut)
    ]


def barres_actions(toutes: list[Action]) -> list[Barre]:
    """One line per dated action."""
    return [Barre(f"{a.genre} : {a.objet}", a.quand, a.quand) for a in toutes if a.quand]


def frise(dossier: Dossier, barres: list[Barre], limite: date | None) -> tuple[Bloc, ...]:
    """The lines on the months of the project; nothing to draw without a date.

    The three calendars of a planning share the same months, so that they can be read one under the other.
    """
    if not barres:
        return ()
    bornes = [j for b in barres for j in (b.debut, b.fin)]
    bornes += [j for j in (dossier.date_debut_projet, dossier.date_fin_deploiement) if j]
    debut, fin = min(bornes), max(bornes)
    visible = limite if limite and abs((limite - fin).days) < 731 else None
    return (Frise(debut, fin, tuple(barres), visible, "Date limite" if visible else ""),)
