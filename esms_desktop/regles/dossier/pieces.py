"""The fourteen pieces: which the campaign asks, who makes them, what is still missing (referentiel 03 § 2)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from esms_desktop import francais
from esms_desktop.campagnes.fondement import Fondement
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Dossier, Fichier, Og
from esms_desktop.lecture.fait import fait
from esms_desktop.regles.financement.financement import est_petit
from esms_desktop.regles.pieces_unites import ACCORDS as ACCORDS
from esms_desktop.regles.pieces_unites import DIAGNOSTICS as DIAGNOSTICS
from esms_desktop.regles.pieces_unites import DIAGNOSTICS_ESSMS as DIAGNOSTICS_ESSMS
from esms_desktop.regles.pieces_unites import LETTRES as LETTRES
from esms_desktop.regles.pieces_unites import MATERIELS as MATERIELS
from esms_desktop.regles.pieces_unites import PAR_OG as PAR_OG
from esms_desktop.regles.pieces_unites import Obligation, Production
from esms_desktop.regles.pieces_unites import entites as entites
from esms_desktop.regles.pieces_unites import manque as ce_qui_manque
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
SIGNEES = frozenset({3, 4})
# Those for which the CNSA gives a template, recommended and never compulsory (referentiel 03 § 2).
TRAMES_CNSA = frozenset({2, 5, 6, 7, 8})
SOURCE_TRAMES = "KIT § 4"
# Where the reason why a piece is not filed is kept, among the texts of the dossier.
SANS_OBJET = "sans-objet"


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
        motif: why a piece that every project owes is not filed: told on the cover, never passed over.
        dispensee: that reason was typed.
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
    motif: str = ""
    dispensee: bool = False

    @property
    def trame(self) -> bool:
        """Whether the CNSA recommends a template for it."""
        return self.numero in TRAMES_CNSA and self.obligation != "sans-objet"

    @property
    def due(self) -> bool:
        """Whether the campaign asks it, or may turn out to: whatever the ground of its being asked."""
        return self.obligation in ("obligatoire", "a-preciser")

    @property
    def manquante(self) -> bool:
        """Whether the dossier is incomplete without it."""
        return self.due and not self.satisfaite

    @property
    def fournie(self) -> bool:
        """Whether it is asked, and a file is there for all that is asked of it."""
        return self.due and self.satisfaite and self.etat is Etat.JOINTE

    @property
    def prete(self) -> bool:
        """Whether it is asked, and the application makes it whole."""
        return self.due and self.satisfaite and self.etat is Etat.PRETE

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


def code_texte(numero: int) -> str:
    """Under which document the reason of a piece is kept."""
    return f"piece-{numero}"


def est_motif(document: str, section: str) -> bool:
    """Whether a text of the dossier is such a reason, and no part of a document."""
    return section == SANS_OBJET and document.startswith("piece-")


def motifs(dossier: Dossier) -> dict[int, str]:
    """The reasons typed, by number of piece."""
    dits = {t.document: net(t.texte) for t in dossier.textes if est_motif(t.document, t.section)}
    return {n: dits[code_texte(n)] for n in TITRES if dits.get(code_texte(n))}


def a_deposer(campagne: Campagne) -> bool:
    """Whether the campaign waits for a filing: one that asks no piece at all has none (SONS)."""
    return any(piece.valeur != "sans-objet" for piece in campagne.pieces.values())


def etat_pieces(dossier: Dossier, campagne: Campagne) -> tuple[EtatPiece, ...]:
    """The fourteen pieces, in order (referentiel 03 § 2). A piece whose condition is not answered is never satisfied."""
    fichiers = _fichiers(dossier)
    return tuple(
        replace(etat, fichiers=tuple(fichiers.get(etat.numero, ()))) for etat in _etats(dossier, campagne)
    )


def phrase_pieces(etats: Sequence[EtatPiece]) -> str:
    """« 0 pièce prête et 2 jointes sur 10 à fournir »: what is filed as it is made, and what is filed as it was attached."""
    dues = sum(e.due for e in etats)
    pretes, jointes = sum(e.prete for e in etats), sum(e.fournie for e in etats)
    if not dues:
        return "Aucune pièce à fournir"
    jointe = francais.accord(jointes, "jointe", "jointes")
    prete = francais.pluriel(pretes, "pièce prête", "pièces prêtes")
    return f"{prete} et {francais.nombre(jointes)} {jointe} sur {francais.nombre(dues)} à fournir"


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
    fichiers, dits = _fichiers(dossier), motifs(dossier)
    return tuple(
        _etat(
            numero,
            dossier,
            campagne,
            ogs,
            rattaches,
            tuple(fichiers.get(numero, ())),
            dits.get(numero, ""),
        )
        for numero in TITRES
    )


def _etat(
    numero: int,
    dossier: Dossier,
    campagne: Campagne,
    ogs: list[Og],
    rattaches: list[bool | None],
    fichiers: tuple[Fichier, ...],
    dit: str,
) -> EtatPiece:
    regle = campagne.pieces[numero]
    obligation, raison = _obligation(regle.valeur, dossier, campagne, ogs, rattaches)
    if regle.note and not regle.hypothese and obligation != "sans-objet":
        raison = f"{raison} Précision de la campagne : {regle.note}."
    motif = ""
    if numero == CONVENTION and obligation == "obligatoire" and len(ogs) == 1:
        obligation = "sans-objet"
        motif = (
            "le projet n’a qu’un organisme : il n’a pas de convention à signer avec lui-même (notre lecture, à confirmer "
            "auprès de l’ARS)."
        )
        raison = francais.majuscule(motif)
    dispensee = bool(dit) and obligation in ("obligatoire", "a-preciser")
    if dispensee:
        obligation, motif = "sans-objet", dit
        raison = f"Sans objet, d’après vous : {dit}"
    production = _production(numero)
    if numero == MATERIELS:
        pret = any(m.quantite and m.prix_unitaire_ht_cents for m in dossier.materiels)
    else:
        pret = bool(rattaches)
    manque = ce_qui_manque(numero, obligation, production, ogs, pret, fichiers, campagne)
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
        motif=motif,
        dispensee=dispensee,
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
