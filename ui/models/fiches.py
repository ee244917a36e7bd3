"""What the forms ask: the fields of the catalogue, group by group, with the choices of their lists."""

from collections.abc import Callable
from dataclasses import dataclass

from esms_desktop.nomenclature import champs as catalogue
from esms_desktop.nomenclature.champs import Genre
from esms_desktop.nomenclature.territoires import departements
from esms_desktop.nomenclature.vocabulaire import Champ

Options = tuple[tuple[object, str], ...]


@dataclass(frozen=True)
class ChampFiche:
    """A field of a form. `code`: of the catalogue, which says the rest; `options`: values and labels of a closed list."""

    code: str
    options: Callable[[], Options] | None = None

    @property
    def champ(self) -> catalogue.Champ:
        """What the catalogue says of it."""
        return catalogue.champ(self.code)

    @property
    def nom(self) -> str:
        """Its column."""
        return self.champ.nom

    @property
    def libelle(self) -> str:
        """What stands above it."""
        return self.champ.titre

    @property
    def genre(self) -> Genre:
        """Its kind."""
        return self.champ.genre

    def offres(self) -> Options:
        """The values of its list and their words; none for a link, whose rows are those of the dossier."""
        if self.options is not None:
            return self.options()
        return tuple((v, str(getattr(v, "libelle", v.value))) for v in self.champ.choix or ())


@dataclass(frozen=True)
class Groupe:
    """Fields shown together under a title."""

    titre: str
    champs: tuple[ChampFiche, ...]


def des(table: str, *noms: str) -> tuple[ChampFiche, ...]:
    """The fields of a table, by their columns."""
    return tuple(ChampFiche(code, _OPTIONS.get(code)) for code in (f"{table}.{nom}" for nom in noms))


def _civilites() -> Options:
    return (("Mme", "Madame"), ("M.", "Monsieur"))


# Choices that the catalogue does not hold, or does not say in those words.
_OPTIONS: dict[str, Callable[[], Options]] = {
    "essms.champ": lambda: tuple((c, f"{c.value} · {c.libelle}") for c in Champ),
    "essms.departement": lambda: tuple((d.code, f"{d.code_insee} {d.nom}") for d in departements().values()),
    "og.representant_civilite": _civilites,
}
_ADRESSE = ("adresse", "code_postal", "commune")

FAITS = des(
    "essms",
    "financement_europeen",
    "esms_numerique_anterieur",
    "sons_autre_solution",
    "rattache_entite_nationale",
    "accord_entite_nationale",
    "part_confort",
    "plusieurs_structures",
    "nature_confirmee",
)

OG: tuple[Groupe, ...] = (
    Groupe("Identité", des("og", "nom", "sigle", "forme_juridique", "association")),
    Groupe("Numéros", des("og", "finess_ej", "siren", "siret")),
    Groupe("Siège", des("og", *_ADRESSE, "telephone", "courriel")),
    Groupe(
        "Qui signe",
        des(
            "og",
            "representant_civilite",
            "representant_nom",
            "representant_qualite",
            "habilitation_organe",
            "habilitation_date",
            "dpo_nom",
            "dpo_courriel",
        ),
    ),
    Groupe("Taille et achats", des("og", "nb_essms_total", "commande_publique", "marche_en_cours")),
)

ESSMS: tuple[Groupe, ...] = (
    Groupe("Identité", des("essms", "nom", "finess", "siret", "categorie", "champ")),
    Groupe("Adresse", des("essms", *_ADRESSE, "departement")),
    Groupe("Activité et logiciel", des("essms", "capacite", "file_active", "dui_actuel", "solution_id")),
    Groupe("Services à domicile", des("essms", "heures_eligibles", "heures_totales")),
    Groupe("Faits déclarés", (*FAITS, *des("essms", "entite_nationale"))),
)

SOLUTION: tuple[Groupe, ...] = (
    Groupe(
        "Solution",
        des(
            "solution",
            "nom",
            "editeur",
            "statut",
            "date_referencement",
            "date_referencement_prevue",
            "dans_sad",
            "prix_cents",
        ),
    ),
)
