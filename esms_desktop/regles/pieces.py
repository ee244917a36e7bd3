"""The fourteen pieces: which the campaign asks, who makes them, what is still missing (referentiel 03 § 2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from esms_desktop import francais
from esms_desktop.campagnes.fondement import Fondement
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Dossier, Fichier, Og
from esms_desktop.lecture.fait import fait
from esms_desktop.regles.financement import est_petit
from esms_desktop.regles.texte import net

TITRES = {
    1: "Note de présentation du projet",
    2: "Gouvernance du projet",
    3: "Convention entre les parties",
    4: "Lettres d’engagement",
    5: "Planning du projet",
    6: "Plan de financement pluriannuel",
    7: "Stratégie de déploiement",
    8: "Plan de conduite du changement",
    9: "RIB",
    10: "Autodiagnostics de maturité du SI",
    11: "Liste chiffrée des matériels",
    12: "Autorisation de l’entité nationale",
    13: "Statuts",
    14: "Publication au Journal officiel",
}
NOMS_FICHIERS = {
    1: "01-note-de-presentation",
    2: "02-gouvernance",
    3: "03-convention",
    4: "04-lettres-engagement",
    5: "05-planning",
    6: "06-plan-de-financement",
    7: "07-strategie-de-deploiement",
    8: "08-conduite-du-changement",
    9: "09-rib",
    10: "10-autodiagnostics",
    11: "11-liste-des-materiels",
    12: "12-autorisation-entite-nationale",
    13: "13-statuts",
    14: "14-publication-jo",
}
# What the application makes whole, and what it makes to be printed, signed and attached.
GENEREES = frozenset({1, 2, 5, 6, 7, 8, 11})
# What the parties sign together.
CONVENTION = 3
# The list of materials, which needs a priced line.
MATERIELS = 11
SIGNEES = frozenset({3, 4})
# One file for each OG of the project.
PAR_OG = frozenset({4, 10})
LETTRES, DIAGNOSTICS, ACCORDS = 4, 10, 12
# Columns of an ESSMS that say which file of piece 10 holds its self-assessments, and what each is about.
DIAGNOSTICS_ESSMS = {"diagnostic_si_id": "maturité", "diagnostic_cyber_id": "cybersécurité"}

Obligation = Literal["obligatoire", "facultative", "sans-objet", "a-preciser"]
Production = Literal["generee", "jointe", "signee"]


class Etat(StrEnum):
    """What a piece is now, whether it is asked or not."""

    VIDE = "vide"
    # Its document can be made; whether it has gaps is known to `documents.catalogue.pieces`.
    A_RELIRE = "a-relire"
    A_COMPLETER = "a-completer"
    PRETE = "prete"
    A_SIGNER = "a-signer"
    JOINTE = "jointe"
    SANS_OBJET = "sans-objet"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {
            "vide": "Vide",
            "a-relire": "À relire",
            "a-completer": "À compléter",
            "prete": "Prête",
            "a-signer": "À signer",
            "jointe": "Jointe",
            "sans-objet": "Sans objet",
        }[self.value]


@dataclass(frozen=True)
class EtatPiece:
    """Where a piece stands.

    Args:
        raison: why the piece is asked or not.
        satisfaite: nothing is missing, an optional piece left out included; else `manque` says what.
        etat: what it is now.
        blancs: the values that its document lacks, by name; known to `documents.catalogue.pieces` only.
    """

    numero: int
    titre: str
    obligation: Obligation
    raison: str
    production: Production
    fichiers: tuple[Fichier, ...]
    satisfaite: bool
    manque: str
    source: str
    fondement: Fondement
    etat: Etat = Etat.VIDE
    blancs: tuple[str, ...] = ()

    @property
    def due(self) -> bool:
        """Whether the campaign asks it, or may turn out to: whatever the ground of its being asked."""
        return self.obligation in ("obligatoire", "a-preciser")

    @property
    def manquante(self) -> bool:
        """Whether the dossier is incomplete without it."""
        return self.due and not self.satisfaite

    @property
    def selon_document(self) -> bool:
        """Whether the gaps of its document alone say if it is ready: nothing to sign, nothing attached."""
        return self.etat is Etat.A_RELIRE and self.production == "generee"

    def avec_blancs(self, blancs: Sequence[str]) -> "EtatPiece":
        """The piece once its document is read: with gaps it is not ready, and a mandatory one is missing."""
        if not blancs:
            lu = Etat.A_SIGNER if self.production == "signee" else Etat.PRETE
            return replace(self, etat=lu) if self.etat is Etat.A_RELIRE else self
        dits = f"{francais.pluriel(len(blancs), 'valeur')} à saisir\u00a0: {francais.resumer(blancs)}."
        return replace(
            self,
            etat=Etat.A_COMPLETER,
            blancs=tuple(blancs),
            satisfaite=not self.due,
            manque=f"{self.manque} {dits}" if self.manque else dits,
        )


def etat_pieces(dossier: Dossier, campagne: Campagne) -> tuple[EtatPiece, ...]:
    """The fourteen pieces, in order (referentiel 03 § 2). A piece whose condition is not answered is never satisfied."""
    fichiers = _fichiers(dossier)
    return tuple(
        replace(etat, fichiers=tuple(fichiers.get(etat.numero, ()))) for etat in _etats(dossier, campagne)
    )


def _fichiers(dossier: Dossier) -> dict[int, list[Fichier]]:
    fichiers: dict[int, list[Fichier]] = {}
    for fichier in dossier.fichiers:
        fichiers.setdefault(fichier.numero, []).append(fichier)
    return fichiers


@fait
def _etats(dossier: Dossier, campagne: Campagne) -> tuple[EtatPiece, ...]:
    """The pieces without their files, which are rows."""
    ogs = list(dossier.ogs)
    rattaches = [e.rattache_entite_nationale for og in ogs for e in og.essms]
    fichiers = _fichiers(dossier)
    return tuple(
        _etat(numero, dossier, campagne, ogs, rattaches, tuple(fichiers.get(numero, ()))) for numero in TITRES
    )


def _etat(
    numero: int,
    dossier: Dossier,
    campagne: Campagne,
    ogs: list[Og],
    rattaches: list[bool | None],
    fichiers: tuple[Fichier, ...],
) -> EtatPiece:
    regle = campagne.pieces[numero]
    obligation, raison = _obligation(regle.valeur, dossier, campagne, ogs, rattaches)
    if regle.note and not regle.hypothese and obligation != "sans-objet":
        raison = f"{raison} Précision de la campagne : {regle.note}."
    if numero == CONVENTION and obligation == "obligatoire" and len(ogs) == 1:
        obligation = "sans-objet"
        raison = (
            "Le projet n’a qu’un organisme\u00a0: il n’a pas de convention à signer avec lui-même (notre lecture, à confirmer "
            "auprès de l’ARS)."
        )
    production = _production(numero)
    if numero == MATERIELS:
        pret = any(m.quantite and m.prix_unitaire_ht_cents for m in dossier.materiels)
    else:
        pret = bool(rattaches)
    manque = _manque(numero, obligation, production, ogs, pret, fichiers, campagne)
    etat = _etat_present(obligation, production, pret, bool(fichiers), bool(manque))
    return EtatPiece(
        numero,
        TITRES[numero],
        obligation,
        raison,
        production,
        (),
        not manque,
        manque,
        regle.origine,
        campagne.fondement(regle.origine, dossier.type_projet),
        etat,
    )


def _etat_present(
    obligation: Obligation, production: Production, pret: bool, fichiers: bool, manque: bool
) -> Etat:
    if fichiers:
        return Etat.A_COMPLETER if manque else Etat.JOINTE
    if obligation == "sans-objet":
        return Etat.SANS_OBJET
    return Etat.VIDE if production == "jointe" or not pret else Etat.A_RELIRE


def _production(numero: int) -> Production:
    if numero in GENEREES:
        return "generee"
    return "signee" if numero in SIGNEES else "jointe"


def _obligation(
    regle: str, dossier: Dossier, campagne: Campagne, ogs: list[Og], rattaches: list[bool | None]
) -> tuple[Obligation, str]:
    if regle == "obligatoire":
        return "obligatoire", "Demandée à tous les projets."
    if regle == "facultative":
        return "facultative", "Utile au dossier, sans être exigée."
    if regle == "si-equipement":
        if not campagne.financement.bareme(dossier.type_projet).equipement_euros.valeur:
            return "sans-objet", "La campagne ne finance pas d’équipements."
        petits = [est_petit(og, campagne) for og in ogs]
        if dossier.equipement_demande and ogs and not any(p is not False for p in petits):
            return "sans-objet", "Aucun organisme du projet n’est petit : aucun équipement n’est finançable."
        if dossier.equipement_demande is None:
            return (
                "a-preciser",
                "Exigée si le projet demande le financement d’équipements : la question attend.",
            )
        if dossier.equipement_demande and ogs and True not in petits:
            return (
                "a-preciser",
                "Exigée si un organisme est petit : la taille de l’un d’eux n’est pas connue.",
            )
        if dossier.equipement_demande:
            return "obligatoire", "Le projet demande le financement d’équipements."
        return "sans-objet", "Le projet ne demande pas d’équipements."
    if regle == "si-entite-nationale":
        if any(rattaches):
            n = sum(1 for r in rattaches if r)
            return (
                "obligatoire",
                f"{francais.pluriel(n, 'ESSMS')} du projet {francais.accord(n, 'dépend', 'dépendent')} d’une entité nationale.",
            )
        if not rattaches or None in rattaches:
            return "a-preciser", "Exigée si un ESSMS dépend d’une entité nationale : tous n’ont pas répondu."
        return "sans-objet", "Aucun ESSMS ne dépend d’une entité nationale."
    if regle == "si-association":
        if ogs and all(og.association is False for og in ogs):
            return "sans-objet", "Aucun organisme du projet n’est une association."
        return "facultative", "Utile quand un organisme est une association, sans être exigée."
    return "sans-objet", "La campagne ne demande pas cette pièce."


def _manque(
    numero: int,
    obligation: Obligation,
    production: Production,
    ogs: list[Og],
    pret: bool,
    fichiers: tuple[Fichier, ...],
    campagne: Campagne,
) -> str:
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
