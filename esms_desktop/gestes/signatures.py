"""What is done to the circuit of signatures: dates, the print of a set, the signed document that comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, de
from esms_desktop.gestes.lignes import inscrire, neuve
from esms_desktop.gestes.registre import geste
from esms_desktop.gestes.vues import vue_vide
from esms_desktop.lecture import Dossier, Og, Signature
from esms_desktop.nomenclature.champs import libelle_champ
from esms_desktop.regles.dossier.signatures import A_SIGNER, PIECES, EtatSignature, etats
from esms_desktop.store.porte import Porte

_DATES = ("genere_le", "imprime_le", "envoye_le", "signe_le")


@dataclass(frozen=True)
class Imprimee:
    """A document that was printed: its place in the circuit, its fingerprint, what it says."""

    etat: EtatSignature
    empreinte: str
    donnees: dict[str, Any]


def dater(
    porte: Porte, dossier: Dossier, e: EtatSignature, champ: str, jour: date | None, titre: str
) -> None:
    """Writes one date of the circuit of a document. `titre`: the step, as the journal says it."""
    with porte.geste(f"{titre}{NBSP}: {A_SIGNER[e.document]} {de(e.og.nom_court)}"):
        _ecrire(porte, dossier, e, **{champ: jour})


@geste(
    "signatures.dater",
    "Dater une étape de la signature d’un document",
    document="convention ou lettre-engagement",
    etape="genere_le, imprime_le, envoye_le ou signe_le",
    le="rien\u00a0: la date s’efface",
)
def dater_etape(
    porte: Porte, dossier: Dossier, campagne: Campagne, document: str, og: Og, etape: str, le: date | None
) -> None:
    """Writes one date of the circuit of a document of an OG.

    Raises:
        ErreurSaisie: that OG does not sign that document, or no such step.
    """
    e = next((e for e in etats(dossier, campagne) if (e.document, e.og.id) == (document, og.id)), None)
    if e is None:
        raise ErreurSaisie(
            f"{og.nom_court} n’a pas de document «\u00a0{document}\u00a0» à signer.",
            f"Au choix\u00a0: {', '.join(A_SIGNER)}.",
        )
    if etape not in _DATES:
        raise ErreurSaisie(
            f"«\u00a0{etape}\u00a0» n’est pas une étape.", f"Au choix\u00a0: {', '.join(_DATES)}."
        )
    dater(porte, dossier, e, etape, le, libelle_champ(etape).capitalize())


def marquer_imprimees(porte: Porte, dossier: Dossier, imprimees: Sequence[Imprimee], jour: date) -> int:
    """Dates the print of these documents and keeps what was printed; what was signed starts its circuit again."""
    with porte.geste("Dater l’impression du jeu de signature"):
        for imprimee in imprimees:
            e = imprimee.etat
            champs: dict[str, Any] = {
                "imprime_le": jour,
                "empreinte": imprimee.empreinte,
                "donnees": imprimee.donnees,
            }
            if e.signature is None or e.signature.genere_le is None or e.a_refaire:
                champs["genere_le"] = jour
            if e.a_refaire:
                champs |= {"envoye_le": None, "signe_le": None, "fichier_id": None}
            _ecrire(porte, dossier, e, **champs)
    return len(imprimees)


def joindre_signe(
    porte: Porte,
    dossier: Dossier,
    e: EtatSignature,
    nom: str,
    extension: str,
    octets: bytes,
    pages: int | None,
    jour: date,
) -> None:
    """Attaches the signed document to its piece, and dates the signature when it is not."""
    with porte.geste(f"Joindre la {A_SIGNER[e.document]} signée {de(e.og.nom_court)}"):
        fichier = porte.joindre(dossier, PIECES[e.document], nom, extension, octets, og=e.og, pages=pages)
        signe_le = (e.signature.signe_le if e.signature else None) or jour
        _ecrire(porte, dossier, e, fichier_id=fichier.id, signe_le=signe_le)


def _ecrire(porte: Porte, dossier: Dossier, e: EtatSignature, **champs: Any) -> None:
    vue: Signature | None = e.signature
    if vue is None:
        faite = next(
            (s for s in porte.relire(dossier).signatures if (s.document, s.og_id) == (e.document, e.og.id)),
            None,
        )
        vides = dict.fromkeys((*_DATES, "fichier_id", "donnees"))
        vue = vue_vide(faite, empreinte="", **vides)
    if vue is not None:
        porte.modifier(vue, **champs)
        return
    ligne = neuve("signature", dossier_id=dossier.id, og_id=e.og.id, document=e.document, **champs)
    inscrire(porte, ligne, libelle="Suivre une signature")
