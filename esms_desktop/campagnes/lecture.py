"""From the text of a campaign file to a `Campagne`: strict, every refusal names the file, the key and the reason."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from esms_desktop.campagnes import genres
from esms_desktop.campagnes.fondement import TexteCampagne
from esms_desktop.campagnes.genres import Genre
from esms_desktop.campagnes.schema import SECTIONS, Campagne, ContactCampagne, Fenetre, Parametre, Remarque
from esms_desktop.errors import ErreurCampagne
from esms_desktop.nomenclature.territoires import regions
from esms_desktop.nomenclature.vocabulaire import Champ, StatutSolution, TypeProjet

Table = dict[str, Any]
S = TypeVar("S")

PIECES = range(1, 15)
OBLIGATION = genres.choix(
    "obligatoire", "facultative", "si-equipement", "si-entite-nationale", "si-association", "sans-objet"
)
_ENTETE = ("id", "titre", "annee", "programme", "region", "base")
_FENETRE = ("libelle", "debut", "fin", "niveau", "conseillee", "source", "hypothese", "note")
NIVEAUX = ("regional", "multiregional", "national", "tous")
ROLES = ("ars", "grades", "collectif", "programme")
PROGRAMMES = genres.choix("esms-numerique", "sons")
_CONTACT = ("role", "nom", "courriel", "source", "hypothese", "note")
_REMARQUE = ("texte", "source", "type_projet", "essms", "statuts", "champs", "postes")
CAS = {
    "essms": genres.ENTIERS,
    "statuts": genres.liste_de(*StatutSolution),
    "champs": genres.liste_de(*Champ),
    "postes": genres.liste_de("usages", "logiciel", "equipement", "amoa_marche", "pilotage"),
}
TYPES = genres.choix("tous", *TypeProjet)
_TEXTE = ("sigle", "lieux", "sauf", "type_projet")
_RACINE = ("campagne", "textes", "extensions", *SECTIONS, "pieces", "fenetres", "contacts", "remarques")


@dataclass(frozen=True)
class _Lecteur:
    """Reads the tables of one file, whose name every refusal gives."""

    nom: str

    def refus(self, cle: str, raison: str) -> ErreurCampagne:
        """The refusal of a key."""
        erreur = ErreurCampagne(
            f"Le fichier de campagne « {self.nom} » est refusé, clé « {cle} » : {raison}.",
            "Corrigez cette clé dans le fichier, puis recommencez.",
        )
        erreur.cle = cle
        return erreur

    def table(self, valeur: object, cle: str) -> Table:
        if not isinstance(valeur, dict):
            raise self.refus(cle, "une table est attendue ici")
        return valeur

    def connues(self, table: Table, permises: tuple[str, ...], prefixe: str) -> None:
        for cle in table:
            if cle not in permises:
                raise self.refus(f"{prefixe}{cle}", f"clé inconnue ; au choix : {', '.join(permises)}")

    def exigee(self, table: Table, cle: str, prefixe: str) -> object:
        if cle not in table:
            raise self.refus(f"{prefixe}{cle}", "clé manquante")
        return table[cle]

    def valeur(self, genre: Genre, valeur: object, cle: str) -> Any:
        try:
            return genre.lire(valeur)
        except ValueError as erreur:
            raise self.refus(cle, str(erreur)) from None

    def parametre(self, genre: Genre, brut: object, cle: str) -> Parametre[Any]:
        table = self.table(brut, cle)
        self.connues(table, ("valeur", "source", "hypothese", "note"), f"{cle}.")
        valeur = self.valeur(genre, self.exigee(table, "valeur", f"{cle}."), f"{cle}.valeur")
        return Parametre(valeur, *self._origine(table, cle))

    def _origine(self, table: Table, cle: str) -> tuple[str, bool, str]:
        source = self.valeur(genres.TEXTE, self.exigee(table, "source", f"{cle}."), f"{cle}.source")
        hypothese = self.valeur(genres.OUI_NON, table.get("hypothese", False), f"{cle}.hypothese")
        note = self.valeur(genres.TEXTE, table["note"], f"{cle}.note") if "note" in table else ""
        if hypothese and not note:
            raise self.refus(f"{cle}.note", "une hypothèse doit dire pourquoi elle en est une")
        return source, hypothese, note

    def section(self, classe: type[S], brut: object, chemin: str) -> S:
        table = self.table(brut, chemin)
        types = get_type_hints(classe, include_extras=True)
        noms = tuple(c.name for c in fields(classe))  # type: ignore[arg-type]
        self.connues(table, noms, f"{chemin}.")
        lus: Table = {}
        for nom in noms:
            valeur = self.exigee(table, nom, f"{chemin}.")
            genre = genre_de(types[nom])
            cle = f"{chemin}.{nom}"
            lus[nom] = self.parametre(genre, valeur, cle) if genre else self.section(types[nom], valeur, cle)
        return classe(**lus)

    def fenetre(self, brut: object, cle: str) -> Fenetre:
        table = self.table(brut, cle)
        self.connues(table, _FENETRE, f"{cle}.")
        lu = {
            nom: self.valeur(genre, self.exigee(table, nom, f"{cle}."), f"{cle}.{nom}")
            for nom, genre in (
                ("libelle", genres.TEXTE),
                ("debut", genres.DATE_OU_AUCUNE),
                ("fin", genres.DATE_OU_AUCUNE),
                ("niveau", genres.choix(*NIVEAUX)),
                ("conseillee", genres.OUI_NON),
            )
        }
        if lu["debut"] and lu["fin"] and lu["debut"] > lu["fin"]:
            raise self.refus(f"{cle}.fin", "la fin précède le début")
        source, hypothese, note = self._origine(table, cle)
        return Fenetre(**lu, source=source, hypothese=hypothese, note=note)

    def contact(self, brut: object, cle: str) -> ContactCampagne:
        table = self.table(brut, cle)
        self.connues(table, _CONTACT, f"{cle}.")
        role, nom, courriel = (
            self.valeur(genre, self.exigee(table, champ, f"{cle}."), f"{cle}.{champ}")
            for champ, genre in (
                ("role", genres.choix(*ROLES)),
                ("nom", genres.TEXTE),
                ("courriel", genres.COURRIEL),
            )
        )
        source, hypothese, note = self._origine(table, cle)
        return ContactCampagne(role, nom, courriel, source, hypothese, note)

    def remarque(self, brut: object, cle: str) -> Remarque:
        table = self.table(brut, cle)
        self.connues(table, _REMARQUE, f"{cle}.")
        texte, source = (
            self.valeur(genres.TEXTE, self.exigee(table, n, f"{cle}."), f"{cle}.{n}") for n in _REMARQUE[:2]
        )
        cas = {nom: self.valeur(genre, table.get(nom, []), f"{cle}.{nom}") for nom, genre in CAS.items()}
        return Remarque(texte, source, self._type_projet(table, cle), **cas)

    def texte(self, brut: object, cle: str) -> TexteCampagne:
        table = self.table(brut, cle)
        self.connues(table, _TEXTE, f"{cle}.")
        sigle = self.valeur(genres.TEXTE, self.exigee(table, "sigle", f"{cle}."), f"{cle}.sigle")
        lieux, sauf = (self.valeur(genres.TEXTES, table.get(n, []), f"{cle}.{n}") for n in ("lieux", "sauf"))
        return TexteCampagne(sigle, lieux, sauf, self._type_projet(table, cle))

    def _type_projet(self, table: Table, cle: str) -> TypeProjet | None:
        lu = self.valeur(TYPES, table.get("type_projet", "tous"), f"{cle}.type_projet")
        return None if lu == "tous" else TypeProjet(lu)

    def liste(self, brute: Table, cle: str) -> list[object]:
        valeur = brute.get(cle, [])
        if not isinstance(valeur, list):
            raise self.refus(cle, "une liste de tables est attendue")
        return valeur


def genre_de(annotation: Any) -> Genre | None:
    """The kind of value a field of the schema takes, None when the field is a section."""
    if get_origin(annotation) is not None:
        return next((a for a in get_args(annotation) if isinstance(a, Genre)), None)
    return None


def analyser(texte: str, nom: str) -> Table:
    """The TOML of a file, unknown tables refused."""
    lecteur = _Lecteur(nom)
    try:
        brute = tomllib.loads(texte)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as erreur:
        raise lecteur.refus("fichier entier", _illisible(erreur)) from None
    lecteur.connues(brute, _RACINE, "")
    entete = lecteur.table(lecteur.exigee(brute, "campagne", ""), "campagne")
    lecteur.connues(entete, _ENTETE, "campagne.")
    return brute


def _illisible(erreur: Exception) -> str:
    """Why it is no TOML, and where: the words of the library are English, its place in the file is not."""
    ou = re.search(r"line (\d+), column (\d+)", str(erreur))
    if ou:
        return f"ce n’est pas du TOML lisible, ligne {ou[1]}, colonne {ou[2]}"
    fin = " : il s’arrête au milieu d’une valeur" if "end of document" in str(erreur) else ""
    return f"ce n’est pas du TOML lisible{fin}"


def superposer(base: Mapping[str, Any], dessus: Mapping[str, Any]) -> Table:
    """`dessus` laid over `base`, value by value; a list, or a value with its source, is replaced whole."""
    resultat = dict(base)
    for cle, valeur in dessus.items():
        sous = resultat.get(cle)
        if isinstance(valeur, dict) and isinstance(sous, dict) and "valeur" not in valeur:
            resultat[cle] = superposer(sous, valeur)
        else:
            resultat[cle] = valeur
    return resultat


def lire_brute(brute: Table, nom: str) -> Campagne:
    """A `Campagne` from whole tables (base included). Raises ErreurCampagne."""
    lecteur = _Lecteur(nom)
    entete = lecteur.table(lecteur.exigee(brute, "campagne", ""), "campagne")

    def tete(cle: str, genre: Genre) -> Any:
        return lecteur.valeur(genre, lecteur.exigee(entete, cle, "campagne."), f"campagne.{cle}")

    region = None
    if "region" in entete:
        region = lecteur.valeur(genres.choix(*regions()), entete["region"], "campagne.region")
    table_pieces = lecteur.table(lecteur.exigee(brute, "pieces", ""), "pieces")
    lecteur.connues(table_pieces, tuple(str(n) for n in PIECES), "pieces.")
    types = get_type_hints(Campagne)
    sections = {s: lecteur.section(types[s], lecteur.exigee(brute, s, ""), s) for s in SECTIONS}
    campagne = Campagne(
        id=tete("id", genres.TEXTE),
        titre=tete("titre", genres.TEXTE),
        annee=tete("annee", genres.ANNEE),
        programme=tete("programme", PROGRAMMES),
        region=region,
        textes=tuple(
            lecteur.texte(t, f"textes.{i}") for i, t in enumerate(lecteur.liste(brute, "textes"), 1)
        ),
        extensions=lecteur.parametre(genres.TEXTES, lecteur.exigee(brute, "extensions", ""), "extensions"),
        pieces={
            n: lecteur.parametre(OBLIGATION, lecteur.exigee(table_pieces, str(n), "pieces."), f"pieces.{n}")
            for n in PIECES
        },
        fenetres=tuple(
            lecteur.fenetre(f, f"fenetres.{i}") for i, f in enumerate(lecteur.liste(brute, "fenetres"), 1)
        ),
        contacts=tuple(
            lecteur.contact(c, f"contacts.{i}") for i, c in enumerate(lecteur.liste(brute, "contacts"), 1)
        ),
        remarques=tuple(
            lecteur.remarque(r, f"remarques.{i}") for i, r in enumerate(lecteur.liste(brute, "remarques"), 1)
        ),
        **sections,
    )
    _coherence(campagne, lecteur.refus)
    return campagne


def _coherence(campagne: Campagne, refus: Callable[[str, str], ErreurCampagne]) -> None:
    segur = campagne.financement.prestation_segur
    for chemin, parts in (("versements", campagne.versements), ("financement.prestation_segur", segur)):
        somme = parts.avance_pourcent.valeur + parts.solde_pourcent.valeur
        if somme != 100:
            raise refus(
                f"{chemin}.solde_pourcent", f"avance et solde doivent faire 100 %, ils font {somme} %"
            )
    if campagne.taille.minimum_derogatoire.valeur > campagne.taille.minimum.valeur:
        raise refus("taille.minimum_derogatoire", "il dépasse le minimum de droit commun")
    orientation = campagne.orientation
    if orientation.portee_nationale_admise.valeur and orientation.seuil_national.valeur is None:
        raise refus(
            "orientation.portee_nationale_admise", "sans seuil national, rien n’est déposé au national"
        )
    hors = [p for p in campagne.recevabilite.points_sans_objet.valeur if not 1 <= p <= 10]
    if hors:
        raise refus("recevabilite.points_sans_objet.valeur", f"les points vont de 1 à 10 ({hors[0]})")
