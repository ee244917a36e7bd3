"""Lists as people keep them, drawn at random with what they say: each is read right, or what is not read is told."""

import csv
import io
import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import xlsxwriter

from esms_desktop.echanges.tables.ecarts import Rapprochement
from esms_desktop.echanges.tables.grille import Source
from esms_desktop.echanges.tables.source import lire_octets
from esms_desktop.echanges.tables.texte import presse_papiers
from esms_desktop.francais import mots

from .listes import ecarts, finess, grappe, ligne, siret

COMBIEN = 600 if os.environ.get("ESMS_DESKTOP_ESSAIS") == "fiabilite" else 25
Hasard = random.Random

TITRES = {
    "nom": (
        "Nom",
        "Nom de la structure",
        "ÉTABLISSEMENT",
        "Établissement / service",
        "Dénomination",
        "Structures",
        "ESSMS",
        "Raison sociale",
    ),
    "finess": (
        "FINESS",
        "N° FINESS",
        "Finess géographique",
        "FINESS ET",
        "Numéro FINESS",
        "n°finess",
        "N° FINESS\n(ET)",
        "FINESS établissement",
    ),
    "siret": ("SIRET", "N° SIRET", "Siret ", "SIRET établissement"),
    "type": ("Type", "Catégorie", "Type de structure", "Type d’établissement", "Nature"),
    "places": (
        "Places",
        "Nb places",
        "Nombre de places",
        "Capacité",
        "Capacité autorisée",
        "Capacité (places)",
        "Nbre de places",
    ),
    "commune": ("Commune", "Ville", "VILLE", "Localité"),
    "cp": ("CP", "Code postal", "Code Postal "),
}
EN_PLUS = (
    "Directeur",
    "Mail",
    "Téléphone",
    "Pôle",
    "Date d’ouverture",
    "Observations",
    "Référent",
    "Budget",
    "GIR",
    "CPOM (date)",
)
TYPES = {
    "EHPAD": "500",
    "MAS": "255",
    "IME": "183",
    "SESSAD": "182",
    "FAM": "437",
    "SAVS": "446",
    "ESAT": "246",
    "SSIAD": "354",
}


@dataclass
class Liste:
    """A list, what its lines say, and how it was made."""

    source: Source
    dites: list[dict[str, Any]]
    recette: list[str]


def _nombre(h: Hasard, n: int) -> Any:
    return h.choice((n, n, str(n), f"{n} places", f" {n} ", f"{n}.0", f"{n} pl.", f"{n}\u00a0lits"))


def _finess(h: Hasard, numero: str) -> Any:
    espaces = f"{numero[:2]} {numero[2:5]} {numero[5:8]} {numero[8]}"
    return h.choice(
        (
            numero,
            int(numero),
            numero.lstrip("0"),
            espaces,
            espaces.replace(" ", "\u00a0"),
            f"'{numero}",
            f"{int(numero)}.0",
            f"{numero} ",
        )
    )


def _siret(h: Hasard, numero: str) -> Any:
    return h.choice(
        (
            numero,
            int(numero),
            f"{numero[:3]} {numero[3:6]} {numero[6:9]} {numero[9:]}",
            f"{numero}.0",
            f"{numero[:9]} {numero[9:]}",
        )
    )


def _nom(h: Hasard, nom: str) -> str:
    return h.choice((nom, nom.upper(), f"  {nom}", nom.replace("’", "'"), nom.replace(" ", "\u00a0")))


def _type(h: Hasard, sorte: str) -> str:
    return h.choice((sorte, sorte.lower(), ".".join(sorte) + ".", f"{sorte} ", TYPES[sorte]))


def tirer(graine: int) -> Liste:
    """A list; the same for the same seed."""
    h = Hasard(graine)
    rangs = h.sample(range(300), h.randint(1, 12))
    dites = [ligne(r) | {"CP": f"0{1000 + r % 900}", "rang": r} for r in rangs]
    colonnes = [
        "nom",
        h.choice(("finess", "finess", "finess", "siret")),
        *h.sample(("siret", "type", "places", "commune", "cp"), h.randint(1, 5)),
    ]
    colonnes = list(dict.fromkeys(colonnes))
    titres = [h.choice(TITRES[c]) for c in colonnes]
    for x in h.sample(EN_PLUS, h.randint(0, 4)):
        place = h.randint(0, len(colonnes))
        colonnes.insert(place, f"+{x}")
        titres.insert(place, x)
    ordre = list(range(len(colonnes)))
    h.shuffle(ordre)
    colonnes, titres = [colonnes[i] for i in ordre], [titres[i] for i in ordre]
    corps = [[_cellule(h, c, d) for c in colonnes] for d in dites]
    recette = [f"colonnes {colonnes}"]
    rangees: list[list[Any]] = []
    for _ in range(h.choice((0, 0, 1, 2, 4))):
        rangees.append(
            h.choice(
                (
                    [f"Liste des établissements et services au {h.randint(1, 28)}/03/2023"],
                    ["Association fictive"],
                    [],
                    ["", "Mise à jour", "2023"],
                )
            )
        )
    rangees.append(list(titres))
    milieu = h.randint(0, len(corps))
    for rang, r in enumerate(corps):
        if rang == milieu and h.random() < 0.3:
            rangees.append([])
            recette.append("ligne vide")
        if rang == milieu and h.random() < 0.2 and len(colonnes) > 2:
            rangees.append(list(titres))
            recette.append("titres répétés")
        rangees.append(r)
    if h.random() < 0.4 and "places" in colonnes:
        total: list[Any] = [""] * len(colonnes)
        total[colonnes.index("nom")] = h.choice(("TOTAL", "Total général", "Total :", "total places"))
        total[colonnes.index("places")] = sum(d["Places"] for d in dites)
        rangees.append(total)
        recette.append("total")
    faire = h.choice((_tsv, _csv, _csv, _xlsx, _xlsx, _xlsx))
    source = faire(h, rangees, recette)
    lues = [{c: d for c in colonnes if not c.startswith("+")} and (d | {"colonnes": colonnes}) for d in dites]
    return Liste(source, lues, recette)


def _cellule(h: Hasard, colonne: str, d: dict[str, Any]) -> Any:
    if colonne.startswith("+"):
        return h.choice(
            (
                "",
                "M. Untel",
                "contact@exemple.invalid",
                "01 02 03 04 05",
                "12/03/2019",
                42,
                "à voir",
                "CPOM 2022; avenant",
            )
        )
    faire: dict[str, Callable[[], Any]] = {
        "nom": lambda: _nom(h, d["Nom"]),
        "finess": lambda: _finess(h, d["FINESS"]),
        "siret": lambda: _siret(h, d["SIRET"]),
        "type": lambda: _type(h, d["Type"]),
        "places": lambda: _nombre(h, d["Places"]),
        "commune": lambda: h.choice((d["Commune"], d["Commune"].upper(), f"{d['CP']} {d['Commune']}")),
        "cp": lambda: h.choice((d["CP"], int(d["CP"]), d["CP"][:2] + " " + d["CP"][2:])),
    }
    return faire[colonne]()


def _tsv(_h: Hasard, rangees: list[list[Any]], recette: list[str]) -> Source:
    recette.append("presse-papiers")
    return presse_papiers(_ecrire(rangees, "\t"))


def _csv(h: Hasard, rangees: list[list[Any]], recette: list[str]) -> Source:
    separateur = h.choice((";", ";", ",", "\t"))
    codage = h.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16", "mac-roman"))
    recette.append(f"csv {separateur!r} {codage}")
    return lire_octets(_ecrire(rangees, separateur).encode(codage, "replace"), "liste.csv")


def _ecrire(rangees: list[list[Any]], separateur: str) -> str:
    tampon = io.StringIO()
    csv.writer(tampon, delimiter=separateur, lineterminator="\r\n").writerows(rangees)
    return tampon.getvalue()


def _xlsx(h: Hasard, rangees: list[list[Any]], recette: list[str]) -> Source:
    tampon = io.BytesIO()
    wb = xlsxwriter.Workbook(tampon)
    autres = h.randint(0, 2)
    for i in range(autres):
        ws = wb.add_worksheet(f"Notes {i}")
        ws.write_row(0, 0, h.choice((["Voir l’onglet suivant"], ["Nom", "Téléphone"], ["FINESS"])))
        if h.random() < 0.3 and i:
            ws.hide()
    ws = wb.add_worksheet("Liste")
    decalage = h.choice((0, 0, 1, 3))
    for r, rangee in enumerate(rangees):
        for c, valeur in enumerate(rangee):
            if valeur != "":
                ws.write(r, c + decalage, valeur)
    if h.random() < 0.3:
        ws.set_row(len(rangees) - 1, None, None, {"hidden": True})
    if h.random() < 0.3:
        ws.set_column(decalage, decalage, None, None, {"hidden": True})
    wb.close()
    recette.append(f"xlsx, {autres} autres feuilles, décalage {decalage}")
    return lire_octets(tampon.getvalue(), "liste.xlsx")


def fautes(liste: Liste, r: Rapprochement) -> list[str]:
    """What was read otherwise than it was written, or not at all and without a word."""
    dites = {d["Nom"].casefold(): d for d in liste.dites}
    trouvees = {" ".join(mots(n.nom)): n for n in r.nouveaux}
    manques = [d["Nom"] for d in dites.values() if " ".join(mots(d["Nom"])) not in trouvees]
    graves = [f"absent : {m}" for m in manques] + [f"à décider : {a.nom} {a.raison}" for a in r.a_decider]
    if len(trouvees) != len(r.nouveaux) or len(r.nouveaux) > len(dites):
        graves.append(f"en trop : {[n.nom for n in r.nouveaux]}")
    for d in dites.values():
        neuf = trouvees.get(" ".join(mots(d["Nom"])))
        if neuf is None:
            continue
        attendu = {
            "finess": finess(d["rang"]),
            "siret": siret(d["rang"]),
            "places": d["Places"],
            "type": TYPES[d["Type"]],
            "cp": d["CP"],
            "commune": " ".join(mots(d["Commune"])),
        }
        noms = {"places": "capacite", "type": "categorie", "cp": "code_postal"}
        for champ, valeur in attendu.items():
            if champ in d["colonnes"]:
                lu = neuf.colonnes.get(noms.get(champ, champ))
                lu = " ".join(mots(lu)) if champ == "commune" and lu else lu
                if lu != valeur:
                    graves.append(f"{d['Nom']} {champ} : {lu!r} au lieu de {valeur!r}")
    return graves


@pytest.mark.parametrize("tranche", range(5))
def test_une_liste_tiree_au_sort_se_lit_comme_elle_est_ecrite(tranche: int) -> None:
    fausses = {}
    for graine in range(tranche * COMBIEN // 5, (tranche + 1) * COMBIEN // 5):
        liste = tirer(graine)
        if vues := fautes(liste, ecarts(grappe(), liste.source)):
            fausses[graine] = (vues, liste.recette)
    assert not fausses
