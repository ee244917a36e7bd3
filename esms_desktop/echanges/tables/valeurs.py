"""What a cell means: numbers a spreadsheet has damaged, counts with their unit, yes and no. What is repaired is said.

Each refusal is the end of a sentence; an empty cell, or one that says that nothing is known, gives None.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from esms_desktop.echanges.tables.grille import Cellule, Genre
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import (
    MOIS,
    NBSP,
    cle,
    lire_date,
    lire_entier,
    lire_oui_non,
    mots,
    sans_accents,
    une_ligne,
)
from esms_desktop.nomenclature.categories import lire_categorie
from esms_desktop.nomenclature.numeros import defaut_finess, defaut_siren, defaut_siret, normaliser

_EXPOSANT = re.compile(r"[+-]?\d+(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_DECIMALES_NULLES = re.compile(r"(\d[\d\s]*)[.,]0+")
_ENTIER_LONG = 10**15
# A number of nine or fourteen figures in a text: « FINESS : 01 085 411 5 ».
_RIEN = frozenset(
    (
        "",
        "-",
        "--",
        "/",
        "?",
        "??",
        ".",
        "neant",
        "vide",
        "sans objet",
        "so",
        "s.o.",
        "s/o",
        "na",
        "n/a",
        "#n/a",
    )
)
_NSP = frozenset(
    (
        "nsp",
        "nspp",
        "ne sait pas",
        "ne sais pas",
        "inconnu",
        "a voir",
        "a verifier",
        "a completer",
        "en attente",
    )
)
_NSP |= frozenset(
    (
        "nc",
        "n.c.",
        "n/c",
        "nr",
        "non renseigne",
        "non communique",
        "en cours",
        "?",
        "sans reponse",
        "non repondu",
    )
)
_ERREURS = re.compile(
    r"#(n/?a|ref!?|valeur!?|value!?|nom\??|name\??|div/0!?|nombre!?|num!?|nul!?|null!?|####*)", re.IGNORECASE
)
_UNITES = (
    "places?|pl|lits?|lits? et places?|usagers?|personnes?|enfants?|jeunes|adultes|residents?|berceaux?|personnes accompagnees|"
    "beneficiaires?|mesures?|appartements?|logements?|patients?|dossiers?|h|heures?"
)
_COMPTE = re.compile(rf"(\d+(?: \d{{3}})*|\d{{1,3}}(?:\.\d{{3}})+)(?:[.,]0+)? ?(?:{_UNITES})?\.?")
_DIEZE = re.compile(r"#+")
_MOIS_PLIES = tuple(sans_accents(m) for m in MOIS)
_MOIS_ANNEE = re.compile(r"([a-z]{3,9})\.?[ \-/]+(\d{4}|\d{2})")


@dataclass(frozen=True)
class Lu:
    """What a cell means. `repare`: what was put right, without its last stop; empty when it is as it was written."""

    valeur: Any
    repare: str = ""


Lire = Callable[[Cellule], Lu]


def lisible(c: Cellule) -> str:
    """The text of a cell that may be read.

    Raises:
        ErreurSaisie: an error of the spreadsheet, or a formula without a value.
    """
    if c.genre is Genre.FORMULE:
        raise ErreurSaisie(
            "le fichier ne garde pas la valeur de cette formule : enregistrez-le dans un tableur"
        )
    if c.genre is Genre.ERREUR or _ERREURS.fullmatch(c.texte.strip()) or _DIEZE.fullmatch(c.texte.strip()):
        raise ErreurSaisie("le tableur y montre une erreur")
    return c.texte


def _rien(texte: str) -> bool:
    return cle(texte) in _RIEN


def finess(c: Cellule) -> Lu:
    """A FINESS number with a good key; None when nothing is said. Its lost zero is given back (departments 01 to 09)."""
    return _numero(c, 9, defaut_finess, "FINESS")


def siret(c: Cellule) -> Lu:
    """A SIRET with a good key; None when nothing is said."""
    return _numero(c, 14, defaut_siret, "SIRET")


def siren(c: Cellule) -> Lu:
    """A SIREN with a good key; None when nothing is said."""
    return _numero(c, 9, defaut_siren, "SIREN")


def _numero(c: Cellule, longueur: int, defaut: Callable[[str], str | None], quoi: str) -> Lu:
    texte = lisible(c).strip()
    if _rien(texte):
        return Lu(None)
    if c.genre is Genre.DATE:
        raise ErreurSaisie(f"le tableur y a mis une date à la place d’un {quoi}")
    if _EXPOSANT.fullmatch(texte.replace(" ", "").replace(NBSP, "")):
        raise ErreurSaisie(
            f"le tableur a écrit ce {quoi} en notation scientifique et perdu ses derniers chiffres : ressaisissez-le en texte"
        )
    repares = []
    net = texte
    if trouve := _DECIMALES_NULLES.fullmatch(net):
        net = trouve[1]
        repares.append("décimales retirées")
    chiffres = normaliser(net.strip("'’`\"="))
    if not re.fullmatch(r"[0-9][0-9AB][0-9]*", chiffres):
        # « FINESS : 01 085 411 5 », « n° 010854115 ».
        trouves = re.findall(r"\d[\dAB](?:[\s.\-]?\d){6,12}", net.upper())
        if len(trouves) == 1 and defaut(normaliser(trouves[0])) is None:
            chiffres = normaliser(trouves[0])
            repares.append("texte autour du numéro retiré")
    elif chiffres != net.upper() and not repares:
        repares.append("espaces et signes retirés")
    if chiffres.isdecimal() and longueur - 3 <= len(chiffres) < longueur:
        complet = chiffres.rjust(longueur, "0")
        # One zero for a FINESS: no department is 00. A SIRET may begin with several.
        if defaut(complet) is None and (longueur != 9 or complet[1] != "0"):
            chiffres = complet
            repares.append(
                "zéro de tête rendu" if len(complet) - len(normaliser(net)) == 1 else "zéros de tête rendus"
            )
    if c.genre is Genre.NOMBRE and len(chiffres) > 15:
        raise ErreurSaisie("le tableur n’en garde que quinze chiffres : la fin est perdue")
    if faute := defaut(chiffres):
        raise ErreurSaisie(faute)
    return Lu(chiffres, ", ".join(repares))


def entier(c: Cellule) -> Lu:
    """A whole number, its unit aside (« 117 places »); None when nothing is said."""
    texte = lisible(c)
    if _rien(texte):
        return Lu(None)
    if c.genre is Genre.DATE or _mois_annee(texte) is not None:
        raise ErreurSaisie("le tableur y a mis une date à la place d’un nombre")
    if cle(texte) in _NSP:
        return Lu(None, "sans réponse")
    net = cle(texte)
    if _EXPOSANT.fullmatch(net.replace(" ", "")):
        raise ErreurSaisie("ce nombre est en notation scientifique : ressaisissez-le")
    trouve = _COMPTE.fullmatch(net)
    if trouve is None:
        return Lu(lire_entier(texte))
    lu = lire_entier(trouve[1].replace(".", " "))
    return Lu(
        lu, "" if une_ligne(texte) == trouve[1] and "." not in trouve[1] else "unité ou décimales retirées"
    )


def oui_non(c: Cellule) -> Lu:
    """Yes or no; None when nothing is said, or when it is said that nobody knows (NSP)."""
    texte = lisible(c)
    net = cle(texte).rstrip(" .!")
    if net in _RIEN:
        return Lu(None)
    if net in _NSP:
        return Lu(None, "sans réponse")
    if net in ("✔", "☑", "☒", "■"):
        return Lu(True, "lu Oui")
    lu = lire_oui_non(net)
    return Lu(lu, "" if net in ("oui", "non") else f"lu {'Oui' if lu else 'Non'}")


def texte(longueur: int) -> Lire:
    """A line of text of at most `longueur` characters."""

    def lire(c: Cellule) -> Lu:
        propre = une_ligne("".join(x for x in lisible(c) if x.isprintable() or x.isspace()))
        if _rien(propre):
            return Lu(None)
        if len(propre) > longueur:
            raise ErreurSaisie(f"{len(propre)} caractères : ce champ en accepte {longueur} au plus")
        return Lu(propre)

    return lire


def nom_de_logiciel(c: Cellule) -> Lu:
    """The name of a software; a yes or a no tells which there is none of, and is refused."""
    lu = texte(200)(c)
    if lu.valeur is None:
        return lu
    net = cle(lu.valeur).rstrip(" .!")
    if net in _NSP:
        return Lu(None, "sans réponse")
    try:
        reponse = lire_oui_non(net)
    except ErreurSaisie:
        return lu
    raise ErreurSaisie(
        "cette case dit qu’il y a un logiciel, pas lequel" if reponse else "cette case dit non, pas un nom"
    )


def code_postal(c: Cellule) -> Lu:
    """Five figures; the zero that a spreadsheet lost is given back."""
    net = une_ligne(lisible(c))
    if _rien(net):
        return Lu(None)
    serre = re.sub(r"^f ?- ?(?=\d)|\s|[.,]0+$", "", net, flags=re.IGNORECASE)
    if serre.isdecimal() and len(serre) == 4 and serre.isascii():
        return Lu(f"0{serre}", "zéro de tête rendu")
    if re.fullmatch(r"\d{5}", serre, re.ASCII):
        return Lu(serre, "" if serre == net else "espaces et signes retirés")
    if trouve := re.match(r"(\d{5})\b", net, re.ASCII):
        return Lu(trouve[1], "texte autour du code retiré")
    raise ErreurSaisie("un code postal a cinq chiffres")


def commune(c: Cellule) -> Lu:
    """The name of a town; the postal code before it or between brackets after it is taken off."""
    lu = texte(120)(c)
    if lu.valeur is None:
        return lu
    sans = re.sub(
        r"^(?:f ?- ?)?\d{4,5}\s*[-–]?\s*|\s*\(\d[\dAB]\d{0,3}\)$", "", lu.valeur, flags=re.IGNORECASE
    ).strip()
    return Lu(sans or None, "code postal retiré") if sans != lu.valeur else lu


def categorie(c: Cellule) -> Lu:
    """A category of the FINESS nomenclature, by its code, its label or its usual abbreviation."""
    texte_lu = lisible(c)
    if _rien(texte_lu):
        return Lu(None)
    if cle(texte_lu) in _NSP:
        return Lu(None, "sans réponse")
    trouvee = lire_categorie(texte_lu)
    if trouvee is None:
        return Lu(None)
    lettres = "".join(mots(texte_lu))
    connus = ("".join(mots(n)) for n in (trouvee.code, trouvee.libelle, trouvee.libelle_court))
    return Lu(trouvee, "" if lettres in connus else f"lu {trouvee.code} – {trouvee.libelle}")


def jour(c: Cellule, fin: bool = False) -> Lu:
    """A date; « sept-23 » is the first of that month, its last day when it is an end."""
    texte_lu = lisible(c)
    if _rien(texte_lu):
        return Lu(None)
    if (mois := _mois_annee(texte_lu)) is not None:
        rendu = _dernier(mois) if fin else mois
        return Lu(rendu, f"lu le {'dernier' if fin else 'premier'} jour du mois")
    return Lu(lire_date(texte_lu))


def _mois_annee(texte_lu: str) -> date | None:
    """The first day of « sept-23 », « septembre 2023 »; None when it is no such thing."""
    trouve = _MOIS_ANNEE.fullmatch(cle(texte_lu))
    if trouve is None:
        return None
    rangs = [rang for rang, nom in enumerate(_MOIS_PLIES, 1) if nom.startswith(trouve[1])]
    annee = int(trouve[2]) + (2000 if len(trouve[2]) == 2 else 0)
    return date(annee, rangs[0], 1) if len(rangs) == 1 and 1900 <= annee <= 2100 else None


def _dernier(premier: date) -> date:
    suivant = date(premier.year + premier.month // 12, premier.month % 12 + 1, 1)
    return date.fromordinal(suivant.toordinal() - 1)
