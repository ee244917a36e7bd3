"""What a piece lacks: of which OG, of which ESSMS, of which national entity it is asked (referentiel 03 § 5)."""

from collections.abc import Iterable, Sequence
from typing import Literal

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Fichier, Og
from esms_desktop.regles.texte import net

# The list of materials, which needs a priced line.
MATERIELS = 11
# One file for each OG of the project.
PAR_OG = frozenset({4, 10})
LETTRES, DIAGNOSTICS, ACCORDS = 4, 10, 12
# Columns of an ESSMS that say which file of piece 10 holds its self-assessments, and what each is about.
DIAGNOSTICS_ESSMS = {"diagnostic_si_id": "maturité", "diagnostic_cyber_id": "cybersécurité"}

Obligation = Literal["obligatoire", "facultative", "sans-objet", "a-preciser"]
Production = Literal["generee", "jointe", "signee"]


def manque(
    numero: int,
    obligation: Obligation,
    production: Production,
    ogs: list[Og],
    pret: bool,
    fichiers: tuple[Fichier, ...],
    campagne: Campagne,
) -> str:
    """What is missing, in a sentence; empty when nothing is."""
    if obligation in ("sans-objet", "facultative"):
        return ""
    if obligation == "a-preciser" and not fichiers:
        return "Il faut d’abord répondre à la question qui décide de cette pièce."
    if numero == DIAGNOSTICS and campagne.unites.autodiagnostics.valeur == "essms":
        return _manque_par_essms(ogs, fichiers)
    if numero == LETTRES:
        return _manque_par_og(numero, qui_s_engage(ogs, campagne), fichiers)
    if numero in PAR_OG:
        return _manque_par_og(numero, ogs, fichiers)
    if numero == ACCORDS:
        return _manque_par_entite(ogs, fichiers)
    if fichiers:
        return ""
    if production == "generee":
        if pret:
            return ""
        if numero == MATERIELS:
            return "L’application produit cette pièce dès qu’un matériel a une quantité et un prix."
        return "L’application produit cette pièce dès que le projet compte un ESSMS."
    if production == "signee":
        return "Le document signé par toutes les parties n’est pas joint."
    return "Aucun fichier n’est joint."


def qui_s_engage(ogs: Iterable[Og], campagne: Campagne) -> list[Og]:
    """The OG whose letter of engagement the campaign asks for: each of them, or the porteur alone."""
    seul = campagne.unites.lettres.valeur == "porteur"
    return [og for og in ogs if og.est_porteur or not seul]


def _manque_par_og(numero: int, ogs: list[Og], fichiers: tuple[Fichier, ...]) -> str:
    if not ogs:
        return "Le projet n’a encore aucun organisme."
    couverts = {f.og_id for f in fichiers if f.og_id is not None}
    anonymes = sum(1 for f in fichiers if f.og_id is None)
    sans = [og.nom_court for og in ogs if og.id is None or og.id not in couverts]
    if len(sans) <= anonymes:
        return ""
    chose = "la lettre signée" if numero == 4 else "l’autodiagnostic"
    if anonymes:
        return f"Il manque {chose} de {francais.pluriel(len(sans) - anonymes, 'organisme')}."
    return f"Il manque {chose} de : {francais.resumer(sans)}."


def _manque_par_essms(ogs: list[Og], fichiers: tuple[Fichier, ...]) -> str:
    """Two self-assessments of each ESSMS; a file that does not say whose it is covers none."""
    essms = [e for og in ogs for e in og.essms]
    if not essms:
        return "Le projet n’a encore aucun ESSMS."
    joints = {f.id for f in fichiers}
    dits = []
    for champ, nom in DIAGNOSTICS_ESSMS.items():
        sans = [e.nom for e in essms if getattr(e, champ) not in joints]
        if sans:
            dits.append(f"{nom} de {francais.pluriel(len(sans), 'ESSMS')} ({francais.resumer(sans)})")
    if not dits:
        return ""
    suite = ""
    if any(f.id not in {getattr(e, c) for e in essms for c in DIAGNOSTICS_ESSMS} for f in fichiers):
        suite = " Dites quels ESSMS couvre chaque fichier joint."
    return f"Il manque l’autodiagnostic de {' et celui de '.join(dits)}.{suite}"


def entites(ogs: Sequence[Og]) -> tuple[str, ...]:
    """The national entities the ESSMS depend on, each once, in the order of the grappe; an empty one is not named yet."""
    noms = [net(e.entite_nationale) for og in ogs for e in og.essms if e.rattache_entite_nationale]
    premiers: dict[str, str] = {}
    for nom in noms:
        premiers.setdefault(francais.cle(nom), nom)
    return tuple(premiers.values())


def _manque_par_entite(ogs: list[Og], fichiers: tuple[Fichier, ...]) -> str:
    """One agreement for each national entity, whatever the number of its ESSMS (our reading)."""
    nommees = entites(ogs)
    couvertes = {francais.cle(f.entite) for f in fichiers if net(f.entite)}
    anonymes = sum(1 for f in fichiers if not net(f.entite))
    sans = [nom for nom in nommees if francais.cle(nom) not in couvertes or not nom]
    if len(sans) <= anonymes:
        return ""
    connues = [nom for nom in sans if nom]
    if len(connues) < len(sans):
        return "Il manque l’accord d’une entité nationale : nommez celle de chaque ESSMS qui en dépend."
    if anonymes:
        return f"Il manque l’accord de {francais.pluriel(len(sans) - anonymes, 'entité')}."
    return f"Il manque l’accord de : {francais.resumer(connues)}."
