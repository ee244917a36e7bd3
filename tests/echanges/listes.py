"""Lists of ESSMS for the tests, all invented: workbooks made by openpyxl, texts, and a grappe to set them against."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from stdnum import luhn

from esms_desktop.echanges.tables.ecarts import Rapprochement
from esms_desktop.echanges.tables.grille import Source
from esms_desktop.echanges.tables.liste_essms import lire_tableau
from esms_desktop.echanges.tables.rapprochement import rapprocher
from esms_desktop.echanges.tables.tableau import Tableau
from esms_desktop.echanges.tables.texte import presse_papiers
from esms_desktop.model import Dossier, Essms, Og
from esms_desktop.nomenclature.vocabulaire import TypeProjet

NOMS = (
    "Les Glycines",
    "Le Bosquet",
    "L’Étoile",
    "Cœur Vaillant",
    "Jean-Zay",
    "Les Œillets",
    "Ÿser",
    "Le Phare",
)
SORTES = ("EHPAD", "MAS", "IME", "SESSAD", "FAM", "SAVS", "ESAT", "SSIAD")
VILLES = ("Ambérieu-en-Bugey", "Oyonnax", "Bourg-en-Bresse", "L’Île-d’Abeau")


def finess(rang: int, departement: str = "01") -> str:
    """A good FINESS number of a department; another for each rank."""
    debut = f"{departement}0{rang:05d}"
    return debut + luhn.calc_check_digit(debut)


def siret(rang: int) -> str:
    """A good SIRET; another for each rank."""
    siren = f"77{rang:06d}"
    siren += luhn.calc_check_digit(siren)
    nic = f"{siren}{rang % 9000 + 10:04d}"
    return nic + luhn.calc_check_digit(nic)


def ligne(rang: int) -> dict[str, Any]:
    """What a director knows of the ESSMS of that rank."""
    return {
        "Nom": f"{SORTES[rang % len(SORTES)]} {NOMS[rang % len(NOMS)]} {rang}",
        "FINESS": finess(rang),
        "SIRET": siret(rang),
        "Type": SORTES[rang % len(SORTES)],
        "Places": 10 + rang,
        "Commune": VILLES[rang % len(VILLES)],
    }


def grappe(nombre: int = 0, *, ogs: int = 1) -> Dossier:
    """A dossier whose first OG has that many ESSMS, those of `ligne`."""
    dossier = Dossier(id=1, nom="D", campagne_id="2023", type_projet=TypeProjet.ACQUISITION)
    dossier.ogs = [
        Og(id=i + 1, nom=f"Association {i + 1}", sigle="", finess_ej="", siren="") for i in range(ogs)
    ]
    if ogs:
        dossier.ogs[0].essms = [essms(rang) for rang in range(nombre)]
    return dossier


def essms(rang: int, **autres: Any) -> Essms:
    """The ESSMS of that rank as a grappe may hold it."""
    dit = ligne(rang)
    vide = {
        "categorie": "",
        "categorie_libelle": "",
        "adresse": "",
        "code_postal": "",
        "departement": "",
        "dui_actuel": "",
    }
    lus = {"nom": dit["Nom"], "finess": dit["FINESS"], "siret": dit["SIRET"], "commune": dit["Commune"]}
    return Essms(id=rang + 1, rang=rang, **(vide | lus | {"capacite": dit["Places"]} | autres))


def texte(lignes: Sequence[Mapping[str, Any]], colonnes: Sequence[str] = ()) -> str:
    """What a spreadsheet copies of these lines, titles first."""
    titres = list(colonnes or lignes[0])
    return "\n".join(
        "\t".join(str(x) for x in r) for r in (titres, *([li[t] for t in titres] for li in lignes))
    )


def lu(donne: str | Source, **options: Any) -> Tableau:
    """The list that a text or a source holds."""
    return lire_tableau(presse_papiers(donne) if isinstance(donne, str) else donne, **options)


def ecarts(dossier: Dossier, donne: str | Source | Tableau, **options: Any) -> Rapprochement:
    """What a list would change."""
    return rapprocher(dossier, donne if isinstance(donne, Tableau) else lu(donne), **options)  # type: ignore[arg-type]


def classeur(*feuilles: Sequence[Sequence[Any]], **noms: Any) -> bytes:
    """A workbook of these sheets, by openpyxl."""
    wb = openpyxl.Workbook()
    wb.remove(wb.active)
    for rang, rangees in enumerate(feuilles):
        ws = wb.create_sheet(f"Feuille {rang + 1}")
        for r in rangees:
            ws.append(list(r))
    noms.get("apres", lambda _: None)(wb)
    tampon = io.BytesIO()
    wb.save(tampon)
    return tampon.getvalue()


def fichier(dossier: Path, nom: str, octets: bytes) -> Path:
    """A file of these bytes."""
    chemin = dossier / nom
    chemin.write_bytes(octets)
    return chemin


def dits(r: Rapprochement) -> tuple[set[Any], set[Any], set[Any], int]:
    """What a list changes, whatever the order of its rows and columns."""
    return (
        {(c.essms.id, c.champ, c.avant, c.apres) for c in r.changes},
        {(n.nom, n.og.titre, tuple(sorted(n.champs.items()))) for n in r.nouveaux},
        {("" if a.genre == "sans-nom" else a.nom, a.genre) for a in r.a_decider},
        r.inchanges,
    )
