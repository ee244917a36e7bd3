"""Who signs for an organisme and by what right: civility, name, quality, the body that empowers and the day it did."""

from esms_desktop import francais
from esms_desktop.documents.arbre.arbre import Contenu, Manque, Run, Texte, champ
from esms_desktop.lecture import Og
from esms_desktop.regles.texte import net

# Bodies after « de »: « du conseil d’administration », « de l’assemblée générale », « de la commission ».
_FEMININS = ("commission", "direction", "presidence", "présidence", "collectivité", "commune", "tutelle")
# What the person names is already the act, not the body that did it.
_ACTES = ("arrêté", "décision", "délégation", "délibération", "mandat", "pouvoir", "procuration", "statuts")
_ARTICLES = ("le ", "la ", "les ", "l’", "l'", "du ", "de la ", "de l’", "de l'")


def accord(og: Og) -> str:
    """What agrees with who signs: « habilité » followed by it; « (e) » while the civility is not known."""
    return {"Mme": "e", "M.": ""}.get(net(og.representant_civilite), "(e)")


def acte(og: Og) -> str | None:
    """The act that empowers who signs, after « par »: « délibération du conseil d’administration du 12 avril 2023 ».

    None while the body or the day is not known.
    """
    organe = net(og.habilitation_organe)
    if not organe or og.habilitation_date is None:
        return None
    return f"{_dit(organe)} du {francais.date_longue(og.habilitation_date)}"


def _dit(organe: str) -> str:
    mots = organe
    for article in _ARTICLES:
        mots = mots[len(article) :] if mots.lower().startswith(article) else mots
    mots = francais.minuscule(mots)
    if mots.startswith(_ACTES):
        return mots
    if francais.elide(mots):
        return f"délibération de l’{mots}"
    return f"délibération {'de la' if mots.startswith(_FEMININS) else 'du'} {mots}"


def personne(og: Og) -> tuple[str | Run, ...]:
    """« Mme Hélène Fictive, directrice générale », with what is missing of it."""
    return (
        champ(
            net(og.representant_civilite),
            f"civilité du représentant ({og.nom})",
            "civilité",
            code="og.representant_civilite",
        ),
        "\u00a0",
        champ(og.representant_nom, f"représentant ({og.nom})", "représentant", code="og.representant_nom"),
        ", ",
        qualite(og),
    )


def qualite(og: Og) -> Run:
    """Its quality inside a sentence."""
    return champ(
        francais.minuscule(net(og.representant_qualite)),
        f"qualité du représentant ({og.nom})",
        "qualité",
        code="og.representant_qualite",
    )


def habilitation(og: Og) -> Run:
    """The act, or its gap."""
    dit = acte(og)
    return (
        Texte(dit)
        if dit
        else Manque(
            f"organe et date de l’habilitation ({og.nom})", "habilitation", code="og.habilitation_organe"
        )
    )


def nom(og: Og) -> Contenu:
    """« Mme Hélène Fictive », for a place to sign; the name alone while the civility is not known."""
    civilite = net(og.representant_civilite)
    return (
        f"{civilite}\u00a0" if civilite else "",
        champ(og.representant_nom, f"représentant ({og.nom})", "représentant", code="og.representant_nom"),
    )
