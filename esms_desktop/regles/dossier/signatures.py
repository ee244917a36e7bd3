"""The signature circuit: where each signatory stands, and what changed since a document was printed (referentiel 03 § 2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from esms_desktop import francais
from esms_desktop.campagnes.fondement import MAISON
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Contact, Dossier, Essms, Og, Signature
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.vocabulaire import RoleContact
from esms_desktop.regles.constats import Cible, Constat, Controle, Gravite, Page
from esms_desktop.regles.dossier import equipe
from esms_desktop.regles.dossier.changements import changements
from esms_desktop.regles.faits import attendu
from esms_desktop.regles.financement.financement import FinancementDossier, financer_dossier
from esms_desktop.regles.texte import net

__all__ = ["A_SIGNER", "Etape", "EtatSignature", "changements", "controler_signatures", "donnees", "etats"]

# What each party signs: codes of the documents, and what the person reads.
A_SIGNER = {"convention": "convention", "lettre-engagement": "lettre d’engagement"}
# The piece that each is.
PIECES = {"convention": 3, "lettre-engagement": 4}


class Etape(StrEnum):
    """How far a document is with one signatory."""

    A_GENERER = "a-generer"
    GENERE = "genere"
    IMPRIME = "imprime"
    ENVOYE = "envoye"
    SIGNE = "signe"

    @property
    def libelle(self) -> str:
        """What the person reads."""
        return {
            "a-generer": "À générer",
            "genere": "Généré",
            "imprime": "Imprimé",
            "envoye": "Envoyé",
            "signe": "Signé",
        }[self.value]


@dataclass(frozen=True)
class EtatSignature:
    """Where one document stands with one OG.

    Args:
        date: day of its last step, None before the first or when no day was given.
        scan: whether the signed copy is attached.
        verifiable: whether the content that was printed was kept, so that it can be compared.
        changements: what changed in the dossier since, one sentence each; empty when nothing did.
    """

    document: str
    og: Og
    signature: Signature | None
    etape: Etape
    date: date | None
    scan: bool
    verifiable: bool
    changements: tuple[str, ...]

    @property
    def a_refaire(self) -> bool:
        """True when what was printed no longer tells the dossier."""
        return bool(self.changements)


def etats(dossier: Dossier, campagne: Campagne) -> tuple[EtatSignature, ...]:
    """Document by document, the state of each signatory."""
    resultat = []
    for (code, og, suivi), dits in zip(_suivis(dossier), _changes(dossier, campagne), strict=True):
        etape, jour = _etape(suivi)
        scan = suivi is not None and suivi.fichier_id is not None
        verifiable = suivi is not None and bool(suivi.donnees)
        resultat.append(EtatSignature(code, og, suivi, etape, jour, scan, verifiable, dits))
    return tuple(resultat)


def _suivis(dossier: Dossier) -> list[tuple[str, Og, Signature | None]]:
    suivis = {(s.document, s.og_id): s for s in dossier.signatures}
    return [(code, og, suivis.get((code, og.id))) for code in A_SIGNER for og in dossier.ogs]


@fait
def _changes(dossier: Dossier, campagne: Campagne) -> tuple[tuple[str, ...], ...]:
    """What changed since each signatory's document was printed, in the order of `_suivis`."""
    lecture: _Lecture | None = None
    changes: list[tuple[str, ...]] = []
    for code, og, suivi in _suivis(dossier):
        avant = suivi.donnees if suivi else None
        dits: tuple[str, ...] = ()
        if isinstance(avant, dict) and avant:
            lecture = lecture or _Lecture(dossier, financer_dossier(dossier, campagne))
            dits = changements(avant, lecture.contenu(code, og))
        changes.append(dits)
    return tuple(changes)


def _etape(suivi: Signature | None) -> tuple[Etape, date | None]:
    if suivi is None:
        return Etape.A_GENERER, None
    if suivi.signe_le is not None or suivi.fichier_id is not None:
        return Etape.SIGNE, suivi.signe_le
    for etape, jour in (
        (Etape.ENVOYE, suivi.envoye_le),
        (Etape.IMPRIME, suivi.imprime_le),
        (Etape.GENERE, suivi.genere_le),
    ):
        if jour is not None:
            return etape, jour
    return Etape.A_GENERER, None


def donnees(dossier: Dossier, campagne: Campagne, code: str, og: Og) -> dict[str, Any]:
    """What a document says, to be kept with the signature and compared later.

    Args:
        code: "convention" or "lettre-engagement".
        og: the signatory.

    Returns:
        A table that JSON gives back equal: keys are texts, lists are lists.

    Raises:
        KeyError: the document is not one that is signed.
    """
    return _Lecture(dossier, financer_dossier(dossier, campagne)).contenu(code, og)


class _Lecture:
    """A dossier read once for all its signatories: the convention is the same for each, the ESSMS serve both documents."""

    def __init__(self, dossier: Dossier, finance: FinancementDossier) -> None:
        self._dossier, self._finance = dossier, finance

    def contenu(self, code: str, og: Og) -> dict[str, Any]:
        if code == "convention":
            return self._convention
        if code == "lettre-engagement":
            return self._lettre(og)
        raise KeyError(code)

    @cached_property
    def _essms(self) -> dict[int, dict[str, dict[str, str]]]:
        """ESSMS of each OG, under the identity of the object."""
        lus = {}
        for og in self._dossier.ogs:
            nom_og, table = og.nom, {}
            for e in og.essms:
                table[_cle(e)] = {"nom": e.nom, "finess": net(e.finess), "og": nom_og}
            lus[id(og)] = table
        return lus

    @cached_property
    def _commun(self) -> dict[str, Any]:
        dossier = self._dossier
        porteur, solution = dossier.porteur, dossier.solution
        return {
            "projet": dossier.nom,
            "campagne": dossier.campagne_id,
            "type": dossier.type_projet.libelle,
            "porteur": porteur.nom if porteur else "",
            "solution": solution.nom if solution else "",
        }

    def _textes(self, code: str) -> dict[str, str]:
        return {t.section: net(t.texte) for t in self._dossier.textes if t.document == code}

    @cached_property
    def _convention(self) -> dict[str, Any]:
        dossier, finance = self._dossier, self._finance
        return {
            **self._commun,
            "document": "convention",
            "ogs": {_cle(og): _og(og, _CHAMPS_CONVENTION, _dpo(og)) for og in dossier.ogs},
            "essms": {cle: e for essms in self._essms.values() for cle, e in essms.items()},
            "textes": self._textes("convention"),
            "objectifs": net(dossier.objectifs),
            "cle": dossier.cle_repartition or "essms",
            "debut": _jour(dossier.date_debut_projet),
            "fin": _jour(dossier.date_fin_deploiement),
            "role_donnees": dossier.role_donnees.libelle if dossier.role_donnees else "",
            "soumis": sorted(og.nom for og in dossier.ogs if og.commande_publique),
            "instances": [
                [i.nom, net(i.composition), net(i.frequence), net(i.role)] for i in dossier.instances
            ],
            "chef_de_projet": _noms(equipe.personnes(dossier, RoleContact.CHEF_DE_PROJET)),
            "postes": dict(finance.projet.postes_cents),
            "parts": {
                _cle(og): {"nom": part.nom, "cents": part.total_cents}
                for og, part in zip(dossier.ogs, finance.parts, strict=True)
            },
        }

    def _lettre(self, og: Og) -> dict[str, Any]:
        return {
            **self._commun,
            "document": "lettre-engagement",
            "ogs": {_cle(og): _og(og, _CHAMPS_LETTRE)},
            "essms": self._essms[id(og)],
            "textes": self._textes("lettre-engagement"),
            "referents": _noms(equipe.referents_og(self._dossier, og)),
            "declarations": {
                cle: [e.financement_europeen, e.esms_numerique_anterieur, e.sons_autre_solution]
                for cle, e in zip(self._essms[id(og)], og.essms, strict=True)
            },
        }


_CHAMPS_LETTRE = (
    "nom",
    "finess_ej",
    "siret",
    "representant_civilite",
    "representant_nom",
    "representant_qualite",
)
_CHAMPS_CONVENTION = (*_CHAMPS_LETTRE, "forme_juridique", "siren")


def _noms(contacts: Iterable[Contact]) -> list[str]:
    return sorted(c.nom for c in contacts)


def _cle(objet: Og | Essms) -> str:
    """What tells an object from another whatever is retyped in it: its key, or itself while it is not saved."""
    cle = objet.id
    return str(cle) if cle is not None else f"nouveau:{id(objet)}"


def _og(og: Og, champs: Sequence[str], dpo: Mapping[str, str] | None = None) -> dict[str, str]:
    jour = _jour(og.habilitation_date)
    habilitation = ", ".join(p for p in (net(og.habilitation_organe), jour) if p)
    lus = {c: net(getattr(og, c)) for c in champs}
    return lus | {**(dpo or {}), "siege": og.siege, "habilitation": habilitation}


def _dpo(og: Og) -> dict[str, str]:
    dit = equipe.delegue(og)
    return {"dpo_nom": dit.nom, "dpo_courriel": dit.courriel}


def _jour(jour: date | None) -> str:
    return francais.date_longue(jour) if jour else ""


@fait
def controler_signatures(dossier: Dossier, campagne: Campagne) -> tuple[Controle, ...]:
    """One check per document: nothing signed is out of date, what is printed comes back."""
    vus = etats(dossier, campagne)
    return tuple(_document(code, [e for e in vus if e.document == code], campagne) for code in A_SIGNER)


def _document(code: str, vus: Sequence[EtatSignature], campagne: Campagne) -> Controle:
    nom = A_SIGNER[code]
    racine = f"signatures.{code}"
    numero = 3 if code == "convention" else 4
    piece = campagne.pieces[numero].origine
    signes = [e for e in vus if e.etape is Etape.SIGNE]
    sortis = [e for e in vus if e.etape in (Etape.IMPRIME, Etape.ENVOYE)]
    constats: list[Constat] = []

    def dire(
        suffixe: str,
        gravite: Gravite,
        titre: str,
        pourquoi: str,
        remede: str,
        vises: Sequence[EtatSignature],
        source: str = MAISON,
    ) -> None:
        if vises:
            preuve = francais.resumer([e.og.nom_court for e in vises])
            cible = Cible(Page.DOCUMENTS, "document", vises[0].og.id, code)
            constats.append(
                Constat(f"{racine}{suffixe}", gravite, titre, pourquoi, remede, source, cible, preuve)
            )

    changes = [e for e in signes if e.changements]
    dire(
        "-changee",
        attendu(campagne),
        f"La {nom} signée ne correspond plus au dossier",
        "Des données que le document reprend ont changé depuis qu’il a été imprimé. " + _phrases(changes),
        "Faites signer une nouvelle version, ou rétablissez les données signées.",
        changes,
    )
    perimes = [e for e in sortis if e.changements]
    dire(
        "-perimee",
        attendu(campagne),
        f"La {nom} imprimée n’est plus à jour",
        "Elle partirait à la signature avec des données anciennes. " + _phrases(perimes),
        "Imprimez-la de nouveau avant de la faire signer.",
        perimes,
    )
    dire(
        "-en-attente",
        Gravite.CONSEIL,
        f"La {nom} est imprimée et attend des signatures",
        "Le dépôt attend la signature de chaque partie.",
        "Relancez ces organismes, puis joignez le document signé.",
        [e for e in sortis if not e.changements],
        piece,
    )
    dire(
        "-sans-scan",
        Gravite.CONSEIL,
        f"La {nom} est signée, et le document numérisé n’est pas joint",
        "Le téléservice reçoit le document signé, sous forme de fichier.",
        "Numérisez le document signé et joignez-le.",
        [e for e in signes if not e.scan],
        piece,
    )
    dire(
        "-sans-memoire",
        Gravite.CONSEIL,
        f"La {nom} signée ne peut pas être comparée au dossier",
        "Elle n’a pas été imprimée depuis l’application : ce qu’elle contenait n’est pas connu.",
        "Relisez-la avant le dépôt.",
        [e for e in signes if not e.verifiable],
    )
    return Controle(racine, Page.DOCUMENTS, tuple(constats))


def _phrases(vus: Sequence[EtatSignature], au_plus: int = 4) -> str:
    dites = list(dict.fromkeys(p for e in vus for p in e.changements))
    reste = len(dites) - au_plus
    suite = f" Et {francais.pluriel(reste, 'autre changement', 'autres changements')}." if reste > 0 else ""
    return " ".join(dites[:au_plus]) + suite
