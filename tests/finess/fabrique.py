"""Small directories of our own, in both official formats: numbers that have their key, bodies that do not exist."""

import gzip
import json
from pathlib import Path
from typing import Any

from stdnum import luhn


def numero(debut: str) -> str:
    """The FINESS number that starts with these eight characters."""
    return debut + str(luhn.calc_check_digit(debut.replace("2A", "21").replace("2B", "22")))


EJ = numero("06000001")
EJ_MEMBRE = numero("97030001")
EHPAD = numero("06000101")


def ege(debut: str, categorie: str = "500", **champs: Any) -> dict[str, Any]:
    """A raw établissement of the JSON format, open unless told otherwise."""
    prefixe = debut[:2]
    lieux = {
        "06": ("06088", "06100", "NICE"),
        "97": ("97302", "97300", "CAYENNE"),
        "2A": ("2A004", "20000", "AJACCIO"),
    }
    commune, code_postal, nom_commune = lieux[prefixe]
    brut: dict[str, Any] = {
        "informationsGeneralesEGE": {
            "numFinessEge": numero(debut),
            "nomEgeCourt": "COURT",
            "nomEgeLong": f"ETABLISSEMENT  {debut}",
            "siret": None,
            "dateOuverture": "2001-01-01",
            "dateFermeture": None,
        },
        "categorieentiteGeographiqueExercice": categorie,
        "adresse": [
            {"usageAdresse": "06", "ligneQuatre": "AILLEURS", "codePostal": "75001", "cogCommune": "75101"},
            {
                "usageAdresse": "03",
                "ligneQuatre": "1 RUE DES LILAS",
                "lieuDit": "BP 3",
                "codePostal": code_postal,
                "cogCommune": commune,
                "ligneAcheminement": nom_commune,
            },
        ],
        "contact": [],
        "etatObjet": "A",
    }
    infos = brut["informationsGeneralesEGE"]
    for cle, valeur in champs.items():
        (infos if cle in infos else brut)[cle] = valeur
    return brut


def pmej(finess: str, *eges: dict[str, Any], **champs: Any) -> dict[str, Any]:
    """A raw legal entity of the JSON format."""
    infos = {
        "numFinessPm": finess,
        "denominationPm": "LILAS",
        "denominationLonguePmSmsse": "ASSOCIATION DES LILAS",
        "siren": "410516157",
        "statutJuridique": "60",
        "dateFermeture": None,
    }
    brut: dict[str, Any] = {
        "adresse": [
            {
                "usageAdresse": "02",
                "numeroVoie": "6",
                "typeVoie": "AV",
                "libelleVoie": "DU PORT",
                "codePostal": "06100",
                "cogCommune": "06088",
                "ligneAcheminement": "06100 NICE",
            }
        ],
        "contact": [{"telecom": {"telephone": "0492078787", "courriel": "lilas@exemple.fr"}}],
        "ege": list(eges),
        "etatObjet": "A",
    }
    for cle, valeur in champs.items():
        (infos if cle in infos else brut)[cle] = valeur
    return {"informationsGeneralesPMEJ": infos, **brut}


def annuaire_json(*entites: Any, **autres: Any) -> bytes:
    """The bytes of a JSON directory; the entities come last, as in the official file."""
    objet = {"schemaVersion": "v1.0.0", "generatedAt": "2026-08-13T02:07:30.57Z", "gco": []}
    return json.dumps({**objet, **autres, "pmej": list(entites)}, ensure_ascii=False).encode()


def petit() -> bytes:
    """Two entities: the porteur runs two ESSMS and what must be left out, the member one ESSMS in Guyane."""
    return annuaire_json(
        pmej(
            EJ,
            ege("06000101"),
            ege("06000102", "246"),
            ege("06000103", "362"),
            ege("06000104", "258"),
            ege("06000105", "620"),
            ege("06000106", "500", etatObjet="I", dateFermeture="2019-03-04"),
            ege("06000107", "247"),
            ege("06000108", "999"),
        ),
        pmej(EJ_MEMBRE, ege("97030101", "183"), denominationPm="ÉTÉ", denominationLonguePmSmsse=None),
    )


def ecrire(dossier: Path, octets: bytes, nom: str = "annuaire", gz: bool = False) -> Path:
    """Writes the bytes in a file whose name says nothing of the format."""
    chemin = dossier / nom
    chemin.write_bytes(gzip.compress(octets, mtime=0) if gz else octets)
    return chemin


def ligne_et(debut: str, ej: str, nom: str = "RÉSIDENCE", categorie: str = "500", siret: str = "") -> str:
    """A line of the etalab format, 32 fields."""
    return (
        f"structureet;{numero(debut)};{ej};{nom};;;;12;R;DES LILAS;;BP 4;088;06;ALPES MARITIMES;06100 NICE;0492078787;;"
        f"{categorie};Libellé du fichier;4401;Agrégat;{siret};;40;ARS;;;1988-05-02;1900-01-01;2024-04-22;"
    )


def ligne_ej(finess: str) -> str:
    """A line of the section of legal entities, 23 fields."""
    return (
        f"structureej;{finess};LILAS;ASSOCIATION DES LILAS;;6;AV;DU PORT;;;;088;06100 NICE;06;ALPES MARITIMES;"
        "0492078787;60;Association;;;410516157;8730A;1990-01-01"
    )


def annuaire_csv(*lignes: str, encodage: str = "utf-8") -> bytes:
    """The bytes of an etalab directory."""
    return "\n".join(["finess;etalab;111;2026-05-12", *lignes, ""]).encode(encodage)


def activites(*capacites: tuple[str, list[dict[str, Any]]], cle: str = "numFiness", **autres: Any) -> bytes:
    """The bytes of the twin file: for each établissement, its raw activities."""
    eges = [{"egeId": "1", "numFinessEge": numero, "activitesExercees": liste} for numero, liste in capacites]
    entite = {cle: EJ, "pmSmsseId": "1", "activitesAutorisees": [], "ege": eges}
    objet = {"schemaVersion": "v1.0.0", "generatedAt": "2026-08-14T02:07:30Z", **autres, "pmej": [entite]}
    return json.dumps(objet, ensure_ascii=False).encode()


def activite(nombre: object, statut: str = "09", etat: str = "A", **details: Any) -> dict[str, Any]:
    """A raw activity that runs, with one capacity."""
    return {
        "caracteristiquesGeneriques": {
            "activiteAeId": "7",
            "etatObjet": etat,
            "identifiantAutorisation": "7",
        },
        "capacite": [{"nombre": nombre, "statutCapacite": statut, **details}],
    }
