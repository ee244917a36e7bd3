"""What the documents still lack, as findings: one per document, its gaps named, where to fill them (referentiel 03 § 4)."""

from collections.abc import Iterator, Sequence
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.fondement import MAISON
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import catalogue, modeles
from esms_desktop.documents.catalogue import Genere
from esms_desktop.lecture import Dossier, Og
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.listes import points_controle
from esms_desktop.regles.constats import Cible, Constat, Controle, Gravite, Page
from esms_desktop.regles.dossier.pieces import est_motif, etat_pieces

# The page where most of what a document tells is filled in; free texts are written on the page Documents.
_PAGES = {
    "gouvernance": Page.GOUVERNANCE,
    "planning": Page.DEPLOIEMENT,
    "strategie-deploiement": Page.DEPLOIEMENT,
    "conduite-changement": Page.DEPLOIEMENT,
    "plan-financement": Page.FINANCEMENT,
    "liste-materiels": Page.FINANCEMENT,
}
# Beginnings of the names of gaps that another page fills in, whatever the document that shows them.
_PAGES_DES_MANQUES = (
    (
        Page.GRAPPE,
        (
            "DPO (",
            "courriel du DPO",
            "forme juridique",
            "SIREN",
            "SIRET",
            "FINESS",
            "adresse du siège",
            "représentant",
            "qualité du représentant",
            "civilité du représentant",
            "organe et date de l’habilitation",
            "réponse de chaque organisme sur la commande publique",
            "commune",
            "capacité",
            "catégorie",
            "champ (",
            "file active",
            "DUI actuel",
            "nombre total d’ESSMS",
            "porteur du projet",
        ),
    ),
    (
        Page.GOUVERNANCE,
        (
            "chef de projet",
            "référent (",
            "responsable du",
            "part du temps",
            "instances",
            "rôle du porteur au regard",
        ),
    ),
    (
        Page.RECEVABILITE,
        (
            "solution",
            "éditeur",
            "statut de référencement",
            "date de début",
            "date prévue du référencement",
            "date du référencement",
            "financeur",
            "autre financement",
            "financement ESMS",
            "commande SONS",
            "niveau d’instruction",
        ),
    ),
    (
        Page.FINANCEMENT,
        (
            "date de la convention",
            "date de fin du déploiement",
            "prix de la prestation",
            "année du versement",
        ),
    ),
    (Page.DEPLOIEMENT, ("vague", "début de la vague", "fin de la vague", "prérequis", "assistance de")),
    (Page.DEPOT, ("date de dépôt",)),
)
_NOMMES = 3


@fait
def constats_documents(dossier: Dossier, campagne: Campagne, jour: date) -> tuple[Controle, ...]:
    """One check per generated document: satisfied when it prints without a gap.

    The gaps of a document are one finding: to be done for a piece to sign or a mandatory one, advice otherwise. Letters are
    checked together. A document of a piece that does not concern the dossier is not checked.

    Args:
        jour: the day the documents would be printed.
    """
    return tuple(c for etape in un_par_un(dossier, campagne, jour) for c in etape)


def un_par_un(dossier: Dossier, campagne: Campagne, jour: date) -> Iterator[tuple[Controle, ...]]:
    """The same checks, at most one document read at each step: letters give theirs at the last one."""
    etats = {e.numero: e for e in etat_pieces(dossier, campagne)}
    for genere in catalogue.generes():
        etat = etats[genere.piece] if genere.piece else None
        obligation = etat.obligation if etat else "facultative"
        if obligation == "sans-objet":
            continue
        ogs: Sequence[Og | None] = list(dossier.ogs) if genere.par_og else [None]
        absents: dict[str, None] = {}
        for og in ogs:
            absents.update(dict.fromkeys(catalogue.manques(genere.code, dossier, campagne, jour, og)))
            yield ()
        attendu = genere.a_signer or obligation == "obligatoire"
        gravite = Gravite.A_FAIRE if attendu else Gravite.CONSEIL
        code = f"documents.{genere.code}"
        constats = (_constat(campagne, genere, gravite, list(absents)),) if absents else ()
        controle = Controle(code, Page.DOCUMENTS, constats).fonde(campagne, dossier.type_projet)
        yield (controle,)
        if etat is not None and etat.due and etat.selon_document:
            yield (Controle(f"pieces.piece-{etat.numero}", Page.PIECES, controle.constats),)
    yield (_champs_inconnus(dossier).fonde(campagne, dossier.type_projet),)


def _constat(campagne: Campagne, genere: Genere, gravite: Gravite, absents: Sequence[str]) -> Constat:
    nombre = len(absents)
    manque = francais.accord(nombre, "valeur manque", "valeurs manquent")
    liste = francais.resumer(absents, _NOMMES)
    return Constat(
        f"documents.{genere.code}",
        gravite,
        f"{francais.nombre(nombre)} {manque} dans le document «\u00a0{genere.titre}\u00a0»\u00a0: {liste}",
        "Le document s’imprime avec un blanc visible à chaque valeur qui manque, et porte la mention «\u00a0à compléter\u00a0».",
        "Renseignez ces valeurs, ou réécrivez le passage qui les utilise.",
        campagne.pieces[genere.piece].origine if genere.piece else MAISON,
        cible_du_manque(genere.code, absents[0]),
        "\u00a0; ".join(absents),
    )


def cible_du_manque(code: str, nom: str) -> Cible:
    """The page where the gap `nom` of a document is filled in; the document itself when only its text can tell."""
    point = next(
        (p for p in points_controle().values() if p.contenu and francais.minuscule(p.contenu) == nom), None
    )
    if point is not None and not point.champ:
        return Cible(Page.PREPARATION, "point", None, point.code)
    page = next((page for page, debuts in _PAGES_DES_MANQUES if nom.startswith(debuts)), None)
    page = page or _PAGES.get(code, Page.DOCUMENTS)
    return Cible(page, "document", None, code) if page is Page.DOCUMENTS else Cible(page)


def _champs_inconnus(dossier: Dossier) -> Controle:
    """Fields that a rewritten text names and that do not exist: they print as gaps that no value can fill."""
    code = "documents.champs"
    ecrits = [t for t in dossier.textes if not est_motif(t.document, t.section)]
    fautifs = [(t, nom) for t in ecrits for nom in modeles.champs_inconnus(t.texte or "")]
    if not fautifs:
        return Controle(code, Page.DOCUMENTS)
    premier, _ = fautifs[0]
    noms = francais.resumer([f"{{{nom}}}" for _, nom in fautifs])
    constat = Constat(
        code,
        Gravite.A_FAIRE,
        f"Un texte réécrit utilise un champ qui n’existe pas\u00a0: {noms}",
        "Un champ inconnu ne reçoit jamais de valeur\u00a0: il s’imprime comme un blanc.",
        "Corrigez le nom du champ, ou revenez au texte par défaut.",
        MAISON,
        Cible(Page.DOCUMENTS, "document", None, premier.document),
    )
    return Controle(code, Page.DOCUMENTS, (constat,))
