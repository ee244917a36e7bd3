"""The schema of a campaign: what a call for projects fixes, each value with its source.

Amounts are whole euros, as the texts write them; the calculations turn them into cents.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from esms_desktop.campagnes import genres
from esms_desktop.campagnes.fondement import Fondement, TexteCampagne, fondement, hypothese
from esms_desktop.nomenclature.vocabulaire import Champ, TypeProjet

T = TypeVar("T", covariant=True)

_CHAMPS = tuple(c.value for c in Champ)


@dataclass(frozen=True)
class Parametre(Generic[T]):
    """A value of a campaign. `source`: document and section; `hypothese`: the text is silent, `note` says why."""

    valeur: T
    source: str
    hypothese: bool = False
    note: str = ""

    @property
    def origine(self) -> str:
        """The source as a rule that rests on this value cites it: a hypothesis says that it is one."""
        return hypothese(self.source) if self.hypothese else self.source


Entier = Annotated[Parametre[int], genres.ENTIER]
Entiers = Annotated[Parametre[tuple[int, ...]], genres.ENTIERS]
EntierOuAucun = Annotated[Parametre[int | None], genres.ENTIER_OU_AUCUN]
Euros = Annotated[Parametre[int], genres.EUROS]
Pourcent = Annotated[Parametre[int], genres.POURCENT]
OuiNon = Annotated[Parametre[bool], genres.OUI_NON]
Texte = Annotated[Parametre[str], genres.TEXTE]
Textes = Annotated[Parametre[tuple[str, ...]], genres.TEXTES]
DateOuAucune = Annotated[Parametre[date | None], genres.DATE_OU_AUCUNE]
Champs = Annotated[Parametre[tuple[str, ...]], genres.liste_de(*_CHAMPS)]


@dataclass(frozen=True)
class Taille:
    """How many ESSMS and OG a project needs (referentiel 01 § 4). `og_seul_des`: an OG of that many may be let alone."""

    minimum: Entier
    minimum_derogatoire: Entier
    territoires_derogatoires: Annotated[Parametre[tuple[str, ...]], genres.liste_de("corse", "outre-mer")]
    minimum_og: Entier
    og_seul_des: EntierOuAucun
    maximum_finance: EntierOuAucun
    petit_og_sous: Entier


@dataclass(frozen=True)
class Orientation:
    """Who examines the project, and where it is filed (referentiel 01 § 4)."""

    maille: Annotated[Parametre[str], genres.choix("projet", "essms")]
    seuil_national: EntierOuAucun
    national_multi_region: OuiNon
    portee_nationale_admise: OuiNon
    ars_de_depot: Annotated[
        Parametre[str], genres.choix("plus-grand-nombre", "porteur", "prorata", "sans-objet")
    ]
    financeur_national: Texte
    financeur_regional: Annotated[Parametre[str], genres.choix("ars", "sans-objet")]
    demande_par_champ: OuiNon


@dataclass(frozen=True)
class Eligibilite:
    """Which ESSMS may take part (referentiel 01 § 3). `champs_en_partie`: another champ is told, not refused;
    `agregats`: beginnings of the FINESS aggregates that make the perimeter, none when the champs do."""

    champs: Champs
    champs_en_partie: OuiNon
    agregats: Textes
    categories_exclues: Textes
    accord_entite_nationale: OuiNon
    part_confort_exclue: OuiNon
    prorata_heures: OuiNon
    decoupage_finess: OuiNon


@dataclass(frozen=True)
class Recevabilite:
    """What the ten points check (referentiel 01 § 5). `points_sans_objet`: those the campaign does not ask;
    `champs_dispenses`: a project of these alone may do without a referenced solution."""

    points_sans_objet: Entiers
    finess_geographique: OuiNon
    siret_porteur: OuiNon
    date_plancher: DateOuAucune
    non_redondance: OuiNon
    meme_solution: OuiNon
    meme_solution_conformite: OuiNon
    regle_solution: Annotated[
        Parametre[str], genres.choix("referencee", "referencee-ou-majorite", "sans-referencement")
    ]
    champs_majorite: Champs
    champs_dispenses: Champs
    referencement_avant_parametrage: OuiNon


@dataclass(frozen=True)
class Sad:
    """When the SAD is compulsory (referentiel 01 § 6)."""

    obligatoire_acquisition: OuiNon
    exception_marche: OuiNon
    exception_hors_champs: OuiNon
    champs: Champs


@dataclass(frozen=True)
class Cumul:
    """Whether SONS adds to ESMS numérique (referentiel 01 § 2): true when both may be had."""

    acquisition: OuiNon
    conformite_version_anterieure: OuiNon
    conformite_version_referencee: OuiNon
    sans_reengagement: OuiNon


@dataclass(frozen=True)
class Bareme:
    """Amounts for one type of project, in whole euros. `_au_dela`: per ESSMS past the degressive rank."""

    usages_euros: Euros
    usages_au_dela_euros: Euros
    logiciel_referencee_euros: Euros
    logiciel_referencee_au_dela_euros: Euros
    logiciel_en_cours_euros: Euros
    logiciel_en_cours_au_dela_euros: Euros
    logiciel_non_referencee_euros: Euros
    logiciel_non_referencee_au_dela_euros: Euros
    equipement_euros: Euros
    amoa_marche_euros: Euros
    pilotage_euros: Euros


@dataclass(frozen=True)
class PrestationSegur:
    """The examples of the service SONS pays to the éditeur, in whole euros per ESSMS (referentiel 02 § 1): `petit` for the ESSMS
    of a small OG."""

    montree: OuiNon
    unitaire_euros: Euros
    unitaire_petit_euros: Euros
    avance_pourcent: Pourcent
    solde_pourcent: Pourcent


@dataclass(frozen=True)
class Financement:
    """Scales of the campaign (referentiel 02 § 1). `dernier_rang_plein`: rank of the last ESSMS paid in full."""

    dernier_rang_plein: EntierOuAucun
    equipement_national: Annotated[Parametre[str], genres.choix("forfait", "cas-par-cas")]
    petits_og_sous_reserve: OuiNon
    acquisition: Bareme
    conformite: Bareme
    prestation_segur: PrestationSegur

    def bareme(self, type_projet: TypeProjet) -> Bareme:
        """The scale of one type of project."""
        return self.acquisition if type_projet is TypeProjet.ACQUISITION else self.conformite


@dataclass(frozen=True)
class Versements:
    """Shares paid at the agreement and at the end (referentiel 01 § 8), in percent; they sum to 100. `delai_solde_mois`: from
    the end of the deployment to the balance, when no date is set for it."""

    avance_pourcent: Pourcent
    solde_pourcent: Pourcent
    delai_solde_mois: Entier


@dataclass(frozen=True)
class Unites:
    """Of what one is asked (referentiel 03 § 5): the self-assessments of each OG or of each ESSMS and kind, the letter of the
    porteur or of each OG."""

    autodiagnostics: Annotated[Parametre[str], genres.choix("og", "essms")]
    lettres: Annotated[Parametre[str], genres.choix("porteur", "og")]


@dataclass(frozen=True)
class Durees:
    """Longest time from the start of the project to the end of deployment, in months (referentiel 01 § 7)."""

    acquisition_mois: EntierOuAucun
    conformite_mois: EntierOuAucun

    def mois(self, type_projet: TypeProjet) -> Parametre[int | None]:
        """The limit of one type of project."""
        return self.acquisition_mois if type_projet is TypeProjet.ACQUISITION else self.conformite_mois


@dataclass(frozen=True)
class Limites:
    """Size limits of the filing, in bytes; None when no text gives one."""

    fichier_octets: EntierOuAucun
    total_octets: EntierOuAucun


@dataclass(frozen=True)
class Fenetre:
    """A filing window (referentiel 01 § 9). A None date is an open end; `conseillee`: a wish, not a deadline.

    `niveau`: the projects it is for; "multiregional": those of several regions that one ARS examines.
    """

    libelle: str
    debut: date | None
    fin: date | None
    niveau: str
    conseillee: bool
    source: str
    hypothese: bool = False
    note: str = ""

    @property
    def origine(self) -> str:
        """The source as a rule cites it: a hypothesis says that it is one."""
        return hypothese(self.source) if self.hypothese else self.source

    def contient(self, jour: date) -> bool:
        """Whether the window is open that day, both ends included."""
        return (self.debut is None or self.debut <= jour) and (self.fin is None or jour <= self.fin)


@dataclass(frozen=True)
class ContactCampagne:
    """Who answers the questions of a campaign. `courriel`: the address its text gives."""

    role: str
    nom: str
    courriel: str
    source: str
    hypothese: bool = False
    note: str = ""

    @property
    def origine(self) -> str:
        """The source as a rule cites it: a hypothesis says that it is one."""
        return hypothese(self.source) if self.hypothese else self.source


@dataclass(frozen=True)
class Remarque:
    """A known discrepancy between the texts, shown beside the amounts of the case it concerns.

    Args:
        type_projet: None for every type of project.
        essms, statuts, champs, postes: the only numbers of ESSMS, states of the solution, fields of activity and postes counted
            that it concerns; empty: all of them.
    """

    texte: str
    source: str
    type_projet: TypeProjet | None = None
    essms: tuple[int, ...] = ()
    statuts: tuple[str, ...] = ()
    champs: tuple[str, ...] = ()
    postes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Campagne:
    """A call for projects. `region`: INSEE code when the file is a regional overlay, else None.

    `textes`: the texts that rule it; any other one it cites is a hypothesis here.
    """

    id: str
    titre: str
    annee: int
    programme: str
    region: str | None
    textes: tuple[TexteCampagne, ...]
    extensions: Parametre[tuple[str, ...]]
    taille: Taille
    orientation: Orientation
    eligibilite: Eligibilite
    recevabilite: Recevabilite
    sad: Sad
    cumul: Cumul
    financement: Financement
    versements: Versements
    unites: Unites
    durees: Durees
    limites: Limites
    pieces: Mapping[int, Parametre[str]]
    fenetres: tuple[Fenetre, ...]
    contacts: tuple[ContactCampagne, ...]
    remarques: tuple[Remarque, ...]

    def parametres(self) -> Iterator[tuple[str, Parametre[object]]]:
        """Every value with the path of its key in the file, in the order of the schema."""
        yield "extensions", self.extensions
        for nom in SECTIONS:
            yield from _feuilles(nom, getattr(self, nom))
        for numero, piece in self.pieces.items():
            yield f"pieces.{numero}", piece

    def fondement(self, source: str, type_projet: TypeProjet | None = None) -> Fondement:
        """On what a rule that cites `source` stands in this campaign, for that type of project."""
        return fondement(source, self.textes, type_projet)

    def hypotheses(self) -> list[tuple[str, Parametre[object]]]:
        """The values no text of this campaign gives, whatever the type of project: (path of the key, value)."""
        return [
            (chemin, p)
            for chemin, p in self.parametres()
            if not any(self.fondement(p.origine, t) is Fondement.TEXTE for t in TypeProjet)
        ]


def reunir(elements: Iterable[Parametre[Any] | Fenetre]) -> str:
    """The source of a rule that rests on several values: those a text gives when there are any, else the hypotheses."""
    tous = list(elements)
    fermes = [e for e in tous if not e.hypothese]
    source = " ; ".join(dict.fromkeys(r.strip() for e in fermes or tous for r in e.source.split(";")))
    return source if fermes or not tous else hypothese(source)


SECTIONS = (
    "taille",
    "orientation",
    "eligibilite",
    "recevabilite",
    "sad",
    "cumul",
    "financement",
    "versements",
    "unites",
    "durees",
    "limites",
)


def _feuilles(chemin: str, valeur: object) -> Iterator[tuple[str, Parametre[object]]]:
    if isinstance(valeur, Parametre):
        yield chemin, valeur
    elif is_dataclass(valeur):
        for champ in fields(valeur):
            yield from _feuilles(f"{chemin}.{champ.name}", getattr(valeur, champ.name))
