"""What the documents still lack, as findings: one per document, its gaps named, where to fill them (referentiel 03 § 4)."""

from collections.abc import Iterator, Sequence
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.fondement import MAISON
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import catalogue, modeles
from esms_desktop.documents.arbre.arbre import Lacune
from esms_desktop.documents.catalogue import Genere
from esms_desktop.documents.ou_remplir import page_du_champ
from esms_desktop.lecture import Dossier, Og
from esms_desktop.lecture.fait import fait
from esms_desktop.regles.constats import Cible, Constat, Controle, Gravite, Page
from esms_desktop.regles.dossier.pieces import est_motif, etat_pieces

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
        absents: dict[str, Lacune] = {}
        for og in ogs:
            absents |= {
                x.nom: absents.get(x.nom, x)
                for x in catalogue.lacunes(genere.code, dossier, campagne, jour, og)
            }
            yield ()
        attendu = genere.a_signer or obligation == "obligatoire"
        gravite = Gravite.A_FAIRE if attendu else Gravite.CONSEIL
        code = f"documents.{genere.code}"
        constats = (_constat(campagne, genere, gravite, list(absents.values())),) if absents else ()
        controle = Controle(code, Page.DOCUMENTS, constats).fonde(campagne, dossier.type_projet)
        yield (controle,)
        if etat is not None and etat.due and etat.selon_document:
            yield (Controle(f"pieces.piece-{etat.numero}", Page.PIECES, controle.constats),)
    yield (_champs_inconnus(dossier).fonde(campagne, dossier.type_projet),)


def _constat(campagne: Campagne, genere: Genere, gravite: Gravite, absents: Sequence[Lacune]) -> Constat:
    nombre = len(absents)
    manque = francais.accord(nombre, "valeur manque", "valeurs manquent")
    noms = [x.nom for x in absents]
    liste = francais.resumer(noms, _NOMMES)
    return Constat(
        f"documents.{genere.code}",
        gravite,
        f"{francais.nombre(nombre)} {manque} dans le document «\u00a0{genere.titre}\u00a0»\u00a0: {liste}",
        "Le document s’imprime avec un blanc visible à chaque valeur qui manque, et porte la mention «\u00a0à compléter\u00a0».",
        "Renseignez ces valeurs, ou réécrivez le passage qui les utilise.",
        campagne.pieces[genere.piece].origine if genere.piece else MAISON,
        cible_du_manque(genere.code, absents[0]),
        "\u00a0; ".join(noms),
    )


def cible_du_manque(code: str, lacune: Lacune) -> Cible:
    """The page where a gap of a document is filled in; the document itself when only its text can tell."""
    if lacune.ligne:
        return Cible(Page.PREPARATION, "point", None, lacune.ligne)
    page = page_du_champ(lacune.code)
    return Cible(page) if page else Cible(Page.DOCUMENTS, "document", None, code)


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
