"""Gathers what will be filed: for each piece its pages, from the attached files or from the generated documents."""

import hashlib
import logging
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.depot.fichiers import disque, libreoffice
from esms_desktop.depot.fichiers.conversion import Converti, Renvoi, convertible, convertir
from esms_desktop.depot.fichiers.disque import Ecrit
from esms_desktop.depot.fichiers.fichiers import extension_de, nom_sobre
from esms_desktop.depot.fichiers.libreoffice import Tirage
from esms_desktop.depot.fichiers.modifiables import ECRIVAINS, Ecrivain, nom_du_jumeau
from esms_desktop.depot.fichiers.nature import nature
from esms_desktop.depot.fichiers.objets_pdf import Signet
from esms_desktop.depot.fichiers.pdf_joint import lire_pdf
from esms_desktop.depot.reunion.fusion import fusionner
from esms_desktop.depot.reunion.intitules import intitules
from esms_desktop.depot.reunion.lot import (
    A_COMPLETER,
    NON_SIGNE,
    Genere,
    Lot,
    Modifiable,
    Partie,
    Perte,
    PieceLot,
    Source,
    signets_fusionnes,
)
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre.arbre import Document, deposee, empreinte, manques
from esms_desktop.documents.pdf.rendu import PdfRendu, rendre
from esms_desktop.documents.produits import fiche_recevabilite
from esms_desktop.errors import ErreurDepot, ErreurEsms, ErreurImprevue, ErreurPiece, raison_systeme
from esms_desktop.lecture import Dossier, Fichier, Og
from esms_desktop.progress import Progress
from esms_desktop.regles.dossier.pieces import NOMS_FICHIERS, EtatPiece, etat_pieces
from esms_desktop.regles.pieces_unites import qui_s_engage

LecteurContenu = Callable[[str], bytes]
_journal = logging.getLogger(__name__)


@dataclass(frozen=True)
class Etabli:
    """Where a filing is made: `depot` will be published as it is, `travail` is thrown away."""

    depot: Path
    travail: Path


def preparer(
    dossier: Dossier,
    campagne: Campagne,
    jour: date,
    contenu: LecteurContenu,
    etabli: Etabli,
    progress: Progress,
    seulement: Collection[int] = (),
    rigoureux: bool = False,
    ecrivains: Sequence[Ecrivain] = ECRIVAINS,
) -> Lot:
    """Writes the PDF of every piece that can be filed into `etabli.depot`.

    Attached files take the place of the generated document. Without them, the convention and the letters are filed as
    unsigned models and said so; a piece with neither is left out (referentiel 03 § 2). Only one piece at a time is in
    memory.

    Args:
        jour: the date printed on the generated documents.
        contenu: gives the bytes of a file from its SHA-256.
        progress: one step per piece.
        seulement: numbers of the only pieces wanted, without the sheet of recevabilité; all of them when empty.
        rigoureux: reads each attached PDF to its last byte. Otherwise only its structure is looked at: the proof reads
            all of the bound pages anyway, and what it refuses is prepared again rigorously.
        ecrivains: make the twins; one that fails costs its twin, told in `Lot.pertes`.

    Raises:
        ErreurPiece: an attached file cannot be shown; the sentence names it and its piece.
        ErreurDepot: the bytes of an attached file are not those that were attached.
        OSError: the disk refuses.
    """
    etats = [e for e in etat_pieces(dossier, campagne) if not seulement or e.numero in seulement]
    atelier = _Atelier(dossier, campagne, jour, contenu, etabli, rigoureux, ecrivains)
    pas = len(etats) + 1
    atelier.convertir_bureautique(etats, _Avant(progress, pas))
    pieces: list[PieceLot] = []
    for rang, etat in enumerate(etats):
        progress.etape(rang, pas, f"Pièce {etat.numero} : {etat.titre}")
        piece = atelier.piece(etat)
        if piece is not None:
            pieces.append(piece)
    fiche = None
    if not seulement:
        progress.etape(len(etats), pas, "Fiche de recevabilité")
        fiche = atelier.fiche()
    # Known last: a document that cannot be drawn has been named by then.
    vus = {e.numero for e in etats}
    manquantes = tuple(
        e for e in catalogue.pieces(dossier, campagne, jour) if e.numero in vus and e.manquante
    )
    return Lot(fiche, tuple(pieces), manquantes, tuple(atelier.modifiables), tuple(atelier.pertes))


@dataclass(frozen=True)
class _Avant:
    """The progress of what comes before the first piece: the person is told, the bar stays where it is."""

    progress: Progress
    pas: int

    def etape(self, fait: int, total: int, message: str) -> None:
        """Passes the message on, and the cancelling back."""
        self.progress.etape(0, self.pas, f"{message} ({fait}/{total - 1})")


@dataclass
class _Atelier:
    """One filing being prepared."""

    dossier: Dossier
    campagne: Campagne
    jour: date
    contenu: LecteurContenu
    etabli: Etabli
    rigoureux: bool
    ecrivains: Sequence[Ecrivain]
    modifiables: list[Modifiable] = field(default_factory=list)
    pertes: list[Perte] = field(default_factory=list)
    _tirage: Tirage = field(default_factory=Tirage)
    _noms: set[str] = field(default_factory=set)
    _ecrits: int = 0

    def convertir_bureautique(self, etats: list[EtatPiece], progress: Progress) -> None:
        """Has LibreOffice convert all the Word and Excel files at once, when it is on this machine."""
        if libreoffice.trouver() is None:
            return
        atelier = self.etabli.travail / "bureautique"
        a_convertir: dict[str, Path] = {}
        for extension, octets in self._a_tirer(f for e in etats for f in e.fichiers):
            sha256 = hashlib.sha256(octets).hexdigest()
            if sha256 not in a_convertir:
                rang = len(a_convertir) + 1
                a_convertir[sha256] = disque.ecrire(atelier / f"{rang:03d}{extension}", octets, sha256).chemin
        if a_convertir:
            self._tirage = libreoffice.convertir(a_convertir, atelier, progress)

    def _a_tirer(self, fichiers: Iterable[Fichier]) -> Iterator[tuple[str, bytes]]:
        """The Word and Excel files, those of the portfolios included, with their extension."""
        for fichier in fichiers:
            extension = extension_de(nom_sobre(fichier.nom))
            if extension in convertible():
                yield extension, self._octets(fichier)
            elif extension == ".pdf" and fichier.pages is None:
                # How many pages it takes was not known when it was attached: it may be a portfolio that holds some.
                for interne in lire_pdf(fichier.nom, self._octets(fichier), rigoureux=False).internes:
                    if nature(interne.octets) in convertible():
                        yield nature(interne.octets), interne.octets

    def fiche(self) -> PieceLot:
        """The sheet of recevabilité."""
        partie = self._generer(fiche_recevabilite.CODE, 0, None, ())
        return self._lier(0, partie.titre, "fiche-de-recevabilite.pdf", (partie,))

    def piece(self, etat: EtatPiece) -> PieceLot | None:
        """The piece, None when there is nothing to file for it."""
        nom_fichier = f"{NOMS_FICHIERS[etat.numero]}.pdf"
        parties = (*self._jointes(etat, nom_fichier), *self._generees(etat))
        return self._lier(etat.numero, etat.titre, nom_fichier, parties) if parties else None

    def _generees(self, etat: EtatPiece) -> Iterator[Partie]:
        if etat.obligation == "sans-objet":
            return
        for genere in catalogue.generes():
            if genere.piece != etat.numero:
                continue
            remarques = (NON_SIGNE,) if genere.a_signer else ()
            if genere.par_og and not etat.satisfaite:
                pourvus = {f.og_id for f in etat.fichiers if f.og_id is not None}
                for og in qui_s_engage(self.dossier.ogs, self.campagne):
                    if og.id is None or og.id not in pourvus:
                        yield self._generer(genere.code, etat.numero, og, remarques)
            elif not etat.fichiers:
                yield self._generer(genere.code, etat.numero, None, remarques)

    def _generer(self, code: str, numero: int, og: Og | None, remarques: tuple[str, ...]) -> Partie:
        document, rendu = self._dessiner(code, og)
        signets = tuple(Signet(*x, haut) for x, haut in zip(rendu.plan, rendu.hauts, strict=True))
        trous = len(manques(document))
        if trous:
            remarques = (
                *remarques,
                f"{A_COMPLETER} : {francais.pluriel(trous, 'valeur manque', 'valeurs manquent')}.",
            )
        titre = f"{document.titre} – {og.nom}" if og else document.titre
        fichier = self._poser(rendu.octets)
        for ecrivain in self.ecrivains:
            self._copier(document, titre, numero, og, ecrivain)
        return Partie(
            titre,
            fichier,
            rendu.pages,
            signets,
            (*remarques, *rendu.remarques),
            genere=Genere(code, document.titre, og.nom if og else "", empreinte(document)),
        )

    def _dessiner(self, code: str, og: Og | None) -> tuple[Document, PdfRendu]:
        """The tree of a document and its pages; a fault of ours says which document it was found in."""
        try:
            document = deposee(catalogue.produire(code, self.dossier, self.campagne, self.jour, og))
            return document, rendre(document, self.jour)
        except (ErreurEsms, OSError):
            raise
        except Exception as e:
            titre = catalogue.genere(code).titre + (f" – {og.nom}" if og else "")
            raise ErreurImprevue(
                f"Le document «\u00a0{titre}\u00a0» n’a pas pu être mis en page ({type(e).__name__}) : rien n’a été déposé.",
                "Le dépôt précédent, s’il y en a un, est intact ; vérifiez ce que dit ce document, ou joignez le vôtre à sa place.",
            ) from e

    def _copier(self, document: Document, titre: str, numero: int, og: Og | None, ecrivain: Ecrivain) -> None:
        """Makes a twin of a document whose PDF is written; whatever goes wrong costs the twin, never the filing."""
        try:
            octets = ecrivain.ecrire(document, self.dossier, self.campagne, self.jour)
            if octets is None:
                return
            ecrit = self._poser(octets)
        except Exception as e:
            _journal.exception("%s twin of %s not made", ecrivain.format, document.code)
            self.pertes.append(Perte(numero, document.code, titre, ecrivain.format, _raison(e)))
            return
        nom = _nom_unique(f"{nom_du_jumeau(document.code, numero, og)}{ecrivain.extension}", self._noms)
        self.modifiables.append(Modifiable(numero, titre, f"modifiables/{nom}", ecrit))

    def _jointes(self, etat: EtatPiece, nom_fichier: str) -> Iterator[Partie]:
        pris: set[str] = set()
        # Alone, and no unsigned letter to come after it.
        genere = catalogue.de_la_piece(etat.numero)
        seul = len(etat.fichiers) == 1 and (etat.satisfaite or genere is None or not genere.par_og)
        titres = intitules(etat.numero, etat.titre, etat.fichiers, self.dossier.ogs)
        for fichier, titre in zip(etat.fichiers, titres, strict=True):
            nom = _nom_unique(nom_sobre(fichier.nom), pris)
            dossier_archive = f"originaux/{etat.numero:02d}"
            octets = self._octets(fichier)
            porteur = self.dossier.porteur
            renvoi = Renvoi(
                f"Pièce {etat.numero} – {etat.titre}",
                self.dossier.nom,
                porteur.nom if porteur else "",
                f"{dossier_archive}/{nom}",
                self.jour,
            )
            try:
                converti = convertir(nom, extension_de(nom), octets, renvoi, self._tirage, self.rigoureux)
            except ErreurPiece as e:
                raise ErreurPiece(f"Pièce {etat.numero} : {e.message}", e.remede) from e
            chemin = f"pieces/{nom_fichier}" if seul and converti.intact else f"{dossier_archive}/{nom}"
            yield self._partie(fichier, titre, nom, octets, converti, chemin)

    def _partie(
        self, fichier: Fichier, titre: str, nom: str, octets: bytes, converti: Converti, chemin: str
    ) -> Partie:
        joint_le = fichier.joint_le.isoformat(timespec="seconds") if fichier.joint_le else ""
        original = self._poser(octets, fichier.sha256)
        pages = original if converti.intact else self._poser(converti.octets)
        source = Source(nom, joint_le, chemin, original)
        return Partie(titre, pages, converti.pages, converti.signets, converti.remarques, source)

    def _poser(self, octets: bytes, sha256: str = "") -> Ecrit:
        """Writes a file to work with, under a short name."""
        self._ecrits += 1
        return disque.ecrire(self.etabli.travail / f"{self._ecrits:05d}", octets, sha256)

    def _octets(self, fichier: Fichier) -> bytes:
        octets = self.contenu(fichier.sha256)
        if hashlib.sha256(octets).hexdigest() != fichier.sha256:
            raise ErreurDepot(
                f"Le fichier « {fichier.nom} » de la pièce {fichier.numero} n’est plus celui qui a été joint.",
                "Retirez-le de la pièce et joignez-le de nouveau.",
            )
        return octets

    def _lier(self, numero: int, titre: str, nom_fichier: str, parties: tuple[Partie, ...]) -> PieceLot:
        remarques = tuple(dict.fromkeys(_dire_remarques(parties)))
        pages = sum(p.pages for p in parties)
        chemin = self.etabli.depot / ("pieces" if numero else "") / nom_fichier
        fichier = _ecrire_piece(titre, parties, chemin)
        signets = tuple(signets_fusionnes(parties))
        return PieceLot(numero, titre, nom_fichier, fichier, pages, signets, parties, remarques)


def _dire_remarques(parties: tuple[Partie, ...]) -> Iterator[str]:
    """What to know of a piece; among several attached files, each remark names its own."""
    plusieurs = sum(p.jointe for p in parties) > 1
    for partie in parties:
        for remarque in partie.remarques:
            yield (
                f"«\u00a0{partie.source.nom}\u00a0» – {remarque}" if plusieurs and partie.source else remarque
            )


def _ecrire_piece(titre: str, parties: tuple[Partie, ...], chemin: Path) -> Ecrit:
    chemin.parent.mkdir(parents=True, exist_ok=True)
    if len(parties) > 1:
        fusionner(titre, parties, chemin)
        return disque.mesurer(chemin)
    (seule,) = parties
    source = seule.source
    if source is None or source.fichier != seule.fichier or source.chemin_archive.startswith("pieces/"):
        return disque.deplacer(seule.fichier, chemin)
    # The archive also holds it among the originals.
    shutil.copyfile(seule.fichier.chemin, chemin)
    return Ecrit(chemin, seule.fichier.taille, seule.fichier.sha256)


def _raison(e: Exception) -> str:
    """What failed, in a few words that stand inside a sentence."""
    if isinstance(e, ErreurEsms):
        return e.message.rstrip(".")
    if isinstance(e, OSError):
        return raison_systeme(e)
    return f"erreur imprévue : {type(e).__name__}"


def _nom_unique(nom: str, pris: set[str]) -> str:
    """`nom`, numbered when another file of the piece already has it; capitals do not tell two names apart."""
    tronc, point, extension = nom.rpartition(".")
    candidat, n = nom, 2
    while candidat.casefold() in pris:
        candidat, n = f"{tronc} ({n}){point}{extension}", n + 1
    pris.add(candidat.casefold())
    return candidat
