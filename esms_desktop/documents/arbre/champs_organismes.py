"""The fields of the organismes: those of the porteur, and those of the one a text is made for."""

from esms_desktop import francais
from esms_desktop.documents.arbre import champs_regroupement, champs_simples
from esms_desktop.documents.arbre.champ_texte import Champ, Sujet, compte, de_l_og, du_porteur
from esms_desktop.documents.arbre.denomination import nommer
from esms_desktop.regles.dossier.equipe import delegue


def _referents(c: Sujet) -> str | None:
    return champs_regroupement.referents(c.dossier, c.og) if c.og else None


def _place(c: Sujet) -> str | None:
    if c.og is None:
        return None
    if c.og.est_porteur:
        return "L’organisme en est le porteur."
    porteur = c.dossier.porteur
    return f"Le porteur en est {nommer(porteur).le}." if porteur else None


ORGANISMES: tuple[Champ, ...] = (
    Champ(
        "porteur.nom",
        "Nom du porteur",
        "porteur du projet",
        du_porteur(lambda og: og.nom),
        code="og.est_porteur",
    ),
    Champ(
        "porteur.le",
        "Le porteur avec son article : « l’Association… »",
        "porteur du projet",
        du_porteur(lambda og: nommer(og).le),
        code="og.est_porteur",
    ),
    Champ(
        "porteur.de",
        "Le porteur après « de » : « de l’Association… »",
        "porteur du projet",
        du_porteur(lambda og: nommer(og).de),
        code="og.est_porteur",
    ),
    Champ(
        "porteur.siege",
        "Adresse du siège du porteur",
        "adresse du siège du porteur",
        du_porteur(lambda og: og.siege),
        code="og.adresse",
    ),
    Champ(
        "porteur.commune",
        "Commune du siège du porteur",
        "commune du siège du porteur",
        du_porteur(lambda og: og.commune),
        code="og.commune",
    ),
    Champ(
        "porteur.representant",
        "Représentant du porteur",
        "représentant du porteur",
        du_porteur(lambda og: og.representant_nom),
        code="og.representant_nom",
    ),
    Champ(
        "porteur.qualite",
        "Qualité du représentant du porteur",
        "qualité du représentant du porteur",
        du_porteur(lambda og: og.representant_qualite),
        code="og.representant_qualite",
    ),
    Champ(
        "porteur.dpo",
        "DPO du porteur",
        "DPO du porteur",
        du_porteur(lambda og: delegue(og).nom),
        code="og.dpo_nom",
    ),
    Champ(
        "og.nom",
        "Nom de l’organisme (lettre d’engagement)",
        "nom de l’organisme",
        de_l_og(lambda og: og.nom),
        code="og.nom",
    ),
    Champ(
        "og.le",
        "L’organisme avec son article : « l’Association… »",
        "nom de l’organisme",
        de_l_og(lambda og: nommer(og).le),
        code="og.nom",
    ),
    Champ(
        "og.de",
        "L’organisme après « de » : « de l’Association… »",
        "nom de l’organisme",
        de_l_og(lambda og: nommer(og).de),
        code="og.nom",
    ),
    Champ(
        "og.siege",
        "Adresse du siège de l’organisme",
        "adresse du siège",
        de_l_og(lambda og: og.siege),
        code="og.adresse",
    ),
    Champ(
        "og.commune",
        "Commune du siège de l’organisme",
        "commune du siège",
        de_l_og(lambda og: og.commune),
        code="og.commune",
    ),
    Champ(
        "og.representant",
        "Représentant de l’organisme",
        "représentant",
        de_l_og(lambda og: og.representant_nom),
        code="og.representant_nom",
    ),
    Champ(
        "og.qualite",
        "Qualité du représentant de l’organisme",
        "qualité du représentant",
        de_l_og(lambda og: francais.minuscule(og.representant_qualite)),
        code="og.representant_qualite",
    ),
    *(
        Champ(nom, dit, manque, de_l_og(lire), code=code)
        for nom, dit, manque, code, lire in champs_simples.SIGNATAIRE
    ),
    Champ(
        "og.e",
        "Accord avec le signataire : « e », rien, ou « (e) » tant que sa civilité manque",
        "civilité du représentant",
        lambda s: champs_regroupement.accord(s.og) if s.og else None,
        code="og.representant_civilite",
    ),
    *(
        Champ(f"og.{x}", f"{dit} de l’organisme", m, de_l_og(lire), code=c)
        for x, dit, m, c, lire in champs_simples.IDENTITE
    ),
    *(
        Champ(f"porteur.{x}", f"{dit} du porteur", f"{m} du porteur", du_porteur(lire), code=c)
        for x, dit, m, c, lire in champs_simples.IDENTITE
    ),
    Champ("og.dpo", "DPO de l’organisme", "DPO", de_l_og(lambda og: delegue(og).nom), code="og.dpo_nom"),
    Champ(
        "og.essms",
        "Nombre d’ESSMS que l’organisme engage",
        "nombre d’ESSMS",
        de_l_og(lambda og: compte(len(og.essms))),
        code="essms.nom",
    ),
    Champ(
        "og.nombre_essms",
        "Nombre d’ESSMS que l’organisme engage, en toutes lettres : « un ESSMS », « 12 ESSMS »",
        "nombre d’ESSMS",
        de_l_og(lambda og: "un ESSMS" if len(og.essms) == 1 else compte(len(og.essms), " ESSMS")),
        code="essms.nom",
    ),
    Champ("og.referents", "Référents de l’organisme", "référent", _referents, code="contact.nom"),
    Champ(
        "og.place", "Phrase qui dit qui porte le projet", "porteur du projet", _place, code="og.est_porteur"
    ),
)
