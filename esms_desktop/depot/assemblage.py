"""Gathers what will be filed: for each piece its pages, from the attached files or from the generated documents."""

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from pikepdf import Name, ObjectStreamMode, OutlineItem, Pdf, String

from esms_desktop.depot.conversion import Converti, Renvoi, convertir
from esms_desktop.depot.fichiers import extension_de, nom_sobre
from esms_desktop.depot.nettoyage import figer_signatures
from esms_desktop.depot.objets_pdf import ERREURS_PDF, Signet
from esms_desktop.documents import catalogue, fiche_recevabilite, typo
from esms_desktop.documents.arbre import manques
from esms_desktop.documents.rendu_pdf import rendre
from esms_desktop.errors import ErreurDepot, ErreurPiece
from esms_desktop.model import Dossier, Fichier, Og
from esms_desktop.progress import Progress
from esms_desktop.regles.campagne import Campagne
from esms_desktop.regles.pieces import NOMS_FICHIERS, EtatPiece, etat_pieces

LecteurContenu = Callable[[str], bytes]

A_COMPLETER = "Document à compléter"
NON_SIGNE = "Modèle non signé : le document signé reste à joindre."


@dataclass(frozen=True)
class Source:
    """An attached file, as it was given.

    Args:
        chemin_archive: where its bytes are in the ZIP: `originaux/…`, or `pieces/…` when the piece is that very file.
        octets: its bytes, unchanged.
    """

    nom: str
    sha256: str
    joint_le: str
    chemin_archive: str
    octets: bytes


@dataclass(frozen=True)
class Partie:
    """A run of pages of a piece: a generated document, or an attached file."""

    titre: str
    octets: bytes
    pages: int
    signets: tuple[Signet, ...]
    remarques: tuple[str, ...]
    source: Source | None = None

    @property
    def jointe(self) -> bool:
        """True for pages made by somebody else."""
        return self.source is not None


@dataclass(frozen=True)
class PieceLot:
    """A piece ready to be filed. `numero` 0 is the sheet of recevabilité, which is not a piece of the list.

    Args:
        nom_fichier: sober name of its PDF, `03-convention.pdf`.
        octets: the PDF.
        signets: its bookmarks, level 1 at the top, pages counted from 1.
    """

    numero: int
    titre: str
    nom_fichier: str
    octets: bytes
    pages: int
    signets: tuple[Signet, ...]
    parties: tuple[Partie, ...]
    remarques: tuple[str, ...]

    @property
    def pages_jointes(self) -> frozenset[int]:
        """Ranks, from 0, of the pages made by somebody else."""
        fins = list(accumulate(p.pages for p in self.parties))
        return frozenset(
            rang
            for partie, fin in zip(self.parties, fins, strict=True)
            if partie.jointe
            for rang in range(fin - partie.pages, fin)
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """The attached files, in order."""
        return tuple(p.source for p in self.parties if p.source)


@dataclass(frozen=True)
class Lot:
    """All that will be filed, before it is bound together. `manquantes`: the mandatory pieces that are not satisfied."""

    fiche: PieceLot
    pieces: tuple[PieceLot, ...]
    manquantes: tuple[EtatPiece, ...]

    @property
    def complet(self) -> bool:
        """True when no mandatory piece is missing, and none may turn out to be."""
        return not self.manquantes


def libelle_manquante(etat: EtatPiece) -> str:
    """A missing piece in one line: number, title, what is missing."""
    precision = etat.manque.rstrip(".")
    if etat.obligation == "a-preciser":
        precision = "obligatoire ou non, à préciser"
    suite = f" : {precision[:1].lower()}{precision[1:]}" if precision else ""
    return f"Pièce {etat.numero} – {etat.titre}{suite}"


def preparer(
    dossier: Dossier, campagne: Campagne, jour: date, contenu: LecteurContenu, progress: Progress
) -> Lot:
    """Makes the PDF of every piece that can be filed.

    Attached files take the place of the generated document. Without them, the convention and the letters are filed as
    unsigned models and said so; a piece with neither is left out (referentiel 03 § 2).

    Args:
        jour: the date printed on the generated documents.
        contenu: gives the bytes of a file from its SHA-256.
        progress: one step per piece.

    Raises:
        ErreurPiece: an attached file cannot be shown; the sentence names it and its piece.
        ErreurDepot: the bytes of an attached file are not those that were attached.
    """
    etats = etat_pieces(dossier, campagne)
    atelier = _Atelier(dossier, campagne, jour, contenu)
    pieces: list[PieceLot] = []
    for rang, etat in enumerate(etats):
        progress.etape(rang, len(etats), f"Pièce {etat.numero} : {etat.titre}")
        piece = atelier.piece(etat)
        if piece is not None:
            pieces.append(piece)
    progress.etape(len(etats), len(etats), "Fiche de recevabilité")
    manquantes = tuple(e for e in etats if e.obligation in ("obligatoire", "a-preciser") and not e.satisfaite)
    return Lot(atelier.fiche(), tuple(pieces), manquantes)


class _Atelier:
    """One filing being prepared."""

    def __init__(self, dossier: Dossier, campagne: Campagne, jour: date, contenu: LecteurContenu) -> None:
        self._dossier, self._campagne, self._jour, self._contenu = dossier, campagne, jour, contenu

    def fiche(self) -> PieceLot:
        partie = self._generer(fiche_recevabilite.CODE, None, ())
        return _lier(0, partie.titre, "fiche-de-recevabilite.pdf", (partie,))

    def piece(self, etat: EtatPiece) -> PieceLot | None:
        nom_fichier = f"{NOMS_FICHIERS[etat.numero]}.pdf"
        parties = (*self._jointes(etat, nom_fichier), *self._generees(etat))
        return _lier(etat.numero, etat.titre, nom_fichier, parties) if parties else None

    def _generees(self, etat: EtatPiece) -> Iterator[Partie]:
        genere = catalogue.de_la_piece(etat.numero)
        if genere is None:
            return
        remarques = (NON_SIGNE,) if genere.a_signer else ()
        if genere.par_og and not etat.satisfaite:
            pourvus = {f.og_id for f in etat.fichiers if f.og_id is not None}
            for og in self._dossier.ogs:
                if og.id is None or og.id not in pourvus:
                    yield self._generer(genere.code, og, remarques)
        elif not etat.fichiers:
            yield self._generer(genere.code, None, remarques)

    def _generer(self, code: str, og: Og | None, remarques: tuple[str, ...]) -> Partie:
        document = catalogue.produire(code, self._dossier, self._campagne, self._jour, og)
        rendu = rendre(document, self._jour)
        signets = tuple(Signet(*ligne) for ligne in rendu.plan)
        trous = len(manques(document))
        if trous:
            remarques = (
                *remarques,
                f"{A_COMPLETER} : {typo.pluriel(trous, 'valeur manque', 'valeurs manquent')}.",
            )
        titre = f"{document.titre} – {og.nom}" if og else document.titre
        return Partie(titre, rendu.octets, rendu.pages, signets, (*remarques, *rendu.remarques))

    def _jointes(self, etat: EtatPiece, nom_fichier: str) -> Iterator[Partie]:
        pris: set[str] = set()
        # Alone, and no unsigned letter to come after it.
        genere = catalogue.de_la_piece(etat.numero)
        seul = len(etat.fichiers) == 1 and (etat.satisfaite or genere is None or not genere.par_og)
        for fichier in etat.fichiers:
            nom = _nom_unique(nom_sobre(fichier.nom), pris)
            dossier_archive = f"originaux/{etat.numero:02d}"
            octets = self._octets(fichier)
            renvoi = Renvoi(
                f"Pièce {etat.numero} – {etat.titre}",
                self._dossier.nom,
                self._dossier.porteur.nom if self._dossier.porteur else "",
                f"{dossier_archive}/{nom}",
                self._jour,
            )
            try:
                converti = convertir(nom, extension_de(nom), octets, renvoi)
            except ErreurPiece as e:
                raise ErreurPiece(f"Pièce {etat.numero} : {e.message}", e.remede) from e
            chemin = f"pieces/{nom_fichier}" if seul and converti.intact else f"{dossier_archive}/{nom}"
            yield self._partie(fichier, nom, octets, converti, chemin)

    def _partie(self, fichier: Fichier, nom: str, octets: bytes, converti: Converti, chemin: str) -> Partie:
        og = next((og for og in self._dossier.ogs if og.id is not None and og.id == fichier.og_id), None)
        titre = f"{og.nom_court} – {nom}" if og else nom
        joint_le = fichier.joint_le.isoformat(timespec="seconds") if fichier.joint_le else ""
        source = Source(nom, fichier.sha256, joint_le, chemin, octets)
        return Partie(titre, converti.octets, converti.pages, converti.signets, converti.remarques, source)

    def _octets(self, fichier: Fichier) -> bytes:
        octets = self._contenu(fichier.sha256)
        if hashlib.sha256(octets).hexdigest() != fichier.sha256:
            raise ErreurDepot(
                f"Le fichier « {fichier.nom} » de la pièce {fichier.numero} n’est plus celui qui a été joint.",
                "Retirez-le de la pièce et joignez-le de nouveau.",
            )
        return octets


def _nom_unique(nom: str, pris: set[str]) -> str:
    """`nom`, numbered when another file of the piece already has it; capitals do not tell two names apart."""
    tronc, point, extension = nom.rpartition(".")
    candidat, n = nom, 2
    while candidat.casefold() in pris:
        candidat, n = f"{tronc} ({n}){point}{extension}", n + 1
    pris.add(candidat.casefold())
    return candidat


def _lier(numero: int, titre: str, nom_fichier: str, parties: tuple[Partie, ...]) -> PieceLot:
    remarques = tuple(dict.fromkeys(r for p in parties for r in p.remarques))
    pages = sum(p.pages for p in parties)
    signets = tuple(_signets_fusionnes(parties))
    octets = parties[0].octets if len(parties) == 1 else _fusionner(titre, parties, signets)
    return PieceLot(numero, titre, nom_fichier, octets, pages, signets, parties, remarques)


def _signets_fusionnes(parties: tuple[Partie, ...]) -> Iterator[Signet]:
    if len(parties) == 1:
        yield from parties[0].signets
        return
    avant = 0
    for partie in parties:
        yield Signet(1, partie.titre, avant + 1)
        yield from (Signet(s.niveau + 1, s.titre, avant + s.page) for s in partie.signets)
        avant += partie.pages


def planter(signets: tuple[Signet, ...], decalage: int, racine: list[OutlineItem]) -> None:
    """Adds bookmarks under `racine` as a tree; `decalage`: pages of the file before the first one they count."""
    pile: list[tuple[int, list[OutlineItem]]] = [(0, racine)]
    for signet in signets:
        while len(pile) > 1 and pile[-1][0] >= signet.niveau:
            pile.pop()
        item = OutlineItem(signet.titre, decalage + signet.page - 1)
        item.is_closed = True
        pile[-1][1].append(item)
        pile.append((signet.niveau, item.children))


def _fusionner(titre: str, parties: tuple[Partie, ...], signets: tuple[Signet, ...]) -> bytes:
    """One PDF out of several, form fields kept."""
    sources = [Pdf.open(io.BytesIO(p.octets)) for p in parties]
    sortie = io.BytesIO()
    try:
        with Pdf.new() as pdf:
            for source in sources:
                figer_signatures(source)
                pdf.add_pages_from(source)
            with pdf.open_outline() as plan:
                planter(signets, 0, plan.root)
            pdf.Root[Name.Lang] = String("fr-FR")
            pdf.docinfo[Name.Title] = String(titre)
            pdf.save(sortie, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    except ERREURS_PDF as e:
        raise ErreurDepot(
            f"Les fichiers de « {titre} » n’ont pas pu être réunis en un seul PDF.",
            "Joignez-les réunis en un seul fichier, ou imprimez chacun en PDF avant de le joindre.",
        ) from e
    finally:
        for source in sources:
            source.close()
    return sortie.getvalue()
