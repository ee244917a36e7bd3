"""The PDF that holds the whole application: cover, table of contents, pieces, page numbers, bookmarks. In volumes if need be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, OutlineItem, Pdf, String

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.depot.demande import Demande
from esms_desktop.depot.fichiers import disque, limites
from esms_desktop.depot.fichiers.disque import Ecrit
from esms_desktop.depot.fichiers.objets_pdf import ERREURS_PDF
from esms_desktop.depot.reunion import numerotation
from esms_desktop.depot.reunion.couverture import LigneSommaire, PagesDeTete, composer
from esms_desktop.depot.reunion.lot import (
    A_COMPLETER,
    NON_SIGNE,
    ErreurConformite,
    Lot,
    PieceLot,
    destination,
    libelle_manquante,
    plan_neuf,
    planter,
)
from esms_desktop.depot.reunion.reliure import ajouter_pages
from esms_desktop.depot.reunion.texte_couverture import Couverture, redige
from esms_desktop.lecture import Dossier
from esms_desktop.progress import Progress

NOM = "dossier.pdf"
# The first bookmarks: the cover, the table of contents.
SIGNETS_DE_TETE = ("Couverture", "Sommaire")
# Bytes taken off besides what was too much, when a volume is cut again.
_MARGE = 1_000
_ABIMEES = "Des pages jointes sont abîmées\u00a0: elles n’ont pas pu être reliées en entier."
_REMEDE = "Imprimez en PDF le fichier joint, remplacez-le par la copie obtenue, puis recommencez."


@dataclass(frozen=True)
class Volume:
    """A bound PDF and where each thing is in it.

    Args:
        rang: which volume it is, from 1, out of `total`.
        fichier: the PDF.
        pages: how many pages it has.
        suite: what it binds, in order.
        premieres: first page, from 1, of each piece it binds, by number (0: the sheet of recevabilité).
        sommaire: pages of the table of contents, from 1.
    """

    rang: int
    total: int
    fichier: Ecrit
    pages: int
    suite: tuple[PieceLot, ...]
    premieres: dict[int, int]
    sommaire: tuple[int, ...]

    @property
    def pieces(self) -> tuple[PieceLot, ...]:
        """What it binds, the sheet of recevabilité left out."""
        return tuple(p for p in self.suite if p.numero)

    @property
    def suffixe(self) -> int:
        """The number that its page numbers carry; 0 when it is the only volume."""
        return self.rang if self.total > 1 else 0


def titre_signet(piece: PieceLot) -> str:
    """The words of the top bookmark of a piece; the sheet of recevabilité has no number."""
    return f"{piece.numero}. {piece.titre}" if piece.numero else piece.titre


def _mention(piece: PieceLot) -> str:
    if NON_SIGNE in piece.remarques:
        return "Non signée : modèle à faire signer"
    if any(r.startswith(A_COMPLETER) for r in piece.remarques):
        return "À compléter"
    return ""


def _tete(
    couverture: Couverture, suite: Sequence[PieceLot], jour: date
) -> tuple[PagesDeTete, dict[int, int]]:
    """The first pages, drawn with the numbers that two of them would give, then again when they are not two."""
    debut = 2
    premieres: dict[int, int] = {}
    while True:
        premieres = _premieres(suite, debut)
        lignes = tuple(
            LigneSommaire(p.numero, p.titre, premieres[p.numero], p.pages, _mention(p)) for p in suite
        )
        tete = composer(couverture, lignes, jour)
        if tete.pages == debut:
            return tete, premieres
        debut = tete.pages


def _premieres(suite: Sequence[PieceLot], debut: int) -> dict[int, int]:
    premieres = {}
    for piece in suite:
        premieres[piece.numero] = debut + 1
        debut += piece.pages
    return premieres


@dataclass(frozen=True)
class _Poids:
    """A piece as it is weighed."""

    piece: PieceLot

    @property
    def taille(self) -> int:
        return self.piece.fichier.taille

    @property
    def pages(self) -> int:
        return self.piece.pages


def relier(
    dossier: Dossier,
    campagne: Campagne,
    jour: date,
    lot: Lot,
    sortie: Path,
    progress: Progress,
    demande: Demande | None = None,
    rigoureux: bool = False,
) -> tuple[Volume, ...]:
    """Binds the pieces into one PDF, or into several when the campaign limits the size of a file.

    Every line of a table of contents links to the first page of its piece; the top bookmarks are the pieces, one
    each; every page carries « Dossier p. x / y » (from 1, cover included). A piece is never cut between two volumes.

    Args:
        sortie: the folder where `dossier.pdf`, or `dossier-1.pdf`, `dossier-2.pdf`… are written.
        demande: what is answered, when only complements are filed.
        rigoureux: the attached files were read whole when the lot was prepared.

    Raises:
        ErreurConformite: the pages of a piece cannot be bound; the sentence names the piece.
        OSError: the disk refuses.
    """
    couverture = redige(dossier, campagne, tuple(libelle_manquante(m) for m in lot.manquantes), jour, demande)
    relieur = _Relieur(dossier, campagne, jour, lot, couverture, sortie, progress, rigoureux)
    limite = limites.du_volume(campagne)
    if limite is None:
        return relieur.relier([list(lot.suite)])
    cible = limite
    while True:
        groupes = [[w.piece for w in g] for g in limites.partager([_Poids(p) for p in lot.suite], cible)]
        volumes = relieur.relier(groupes)
        trop = max((v.fichier.taille for v in volumes if len(v.suite) > 1), default=0)
        if trop <= limite:
            return volumes
        # The weights were only foreseen: cut again with what was too much taken off.
        for volume in volumes:
            volume.fichier.chemin.unlink()
        cible -= trop - limite + _MARGE


@dataclass
class _Relieur:
    """One dossier being bound."""

    dossier: Dossier
    campagne: Campagne
    jour: date
    lot: Lot
    couverture: Couverture
    sortie: Path
    progress: Progress
    rigoureux: bool

    def relier(self, groupes: list[list[PieceLot]]) -> tuple[Volume, ...]:
        """Writes a volume for each group."""
        contenus = tuple(f"Volume {rang} : {_contenu(g)}" for rang, g in enumerate(groupes, 1))
        volumes: list[Volume] = []
        faites = 0
        for rang, groupe in enumerate(groupes, 1):
            couverture = self.couverture
            if len(groupes) > 1:
                autres = (*contenus[: rang - 1], *contenus[rang:])
                couverture = couverture.du_volume(rang, len(groupes), autres)
            volumes.append(self._volume(rang, len(groupes), tuple(groupe), couverture, faites))
            faites += len(groupe)
        return tuple(volumes)

    def _volume(
        self, rang: int, total: int, suite: tuple[PieceLot, ...], couverture: Couverture, faites: int
    ) -> Volume:
        tete, premieres = _tete(couverture, suite, self.jour)
        chemin = self.sortie / (NOM if total == 1 else f"dossier-{rang}.pdf")
        sources: list[Pdf] = []
        pas = len(self.lot.suite) + 1
        try:
            with Pdf.new() as pdf:
                sources.append(tete.ouvrir())
                pdf.add_pages_from(sources[0])
                for i, piece in enumerate(suite):
                    self.progress.etape(faites + i, pas, f"Reliure : {piece.titre}")
                    sources.append(_ajouter(pdf, piece))
                self.progress.etape(faites + len(suite), pas, "Numérotation des pages")
                numerotation.numeroter(pdf, rang if total > 1 else 0, tete.sommaire, tete.pages)
                _lier_sommaire(pdf, tete, [(premieres[p.numero], p) for p in suite])
                _signets(pdf, tete.sommaire, suite, premieres)
                _metadonnees(pdf, self.dossier, self.campagne, self.lot, self.jour, couverture)
                with disque.ecrire_pdf(chemin) as fichier:
                    pdf.save(fichier, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
                pages = len(pdf.pages)
                # Read whole beforehand, the files said what they had to: the proof alone judges what was made of them.
                if not self.rigoureux and any(p.get_warnings() for p in (pdf, *sources)):
                    raise ErreurConformite(_ABIMEES, _REMEDE)
        except ERREURS_PDF as e:
            raise ErreurConformite(
                "Le PDF du dossier n’a pas pu être relié.",
                "Rien n’a été écrit ; le dépôt précédent est intact.",
            ) from e
        finally:
            for source in sources:
                source.close()
        ecrit = disque.mesurer(chemin)
        return Volume(
            rang, total, ecrit, pages, suite, premieres, tuple(range(tete.sommaire, tete.pages + 1))
        )


def _contenu(groupe: Sequence[PieceLot]) -> str:
    """What a volume holds, in a few words."""
    numeros = [str(p.numero) for p in groupe if p.numero]
    fiche = ["fiche de recevabilité"] if len(numeros) < len(groupe) else []
    pieces = (
        [f"{francais.accord(len(numeros), 'pièce', 'pièces')} {francais.enumerer(numeros)}"]
        if numeros
        else []
    )
    return ", ".join([*fiche, *pieces])


def _ajouter(pdf: Pdf, piece: PieceLot) -> Pdf:
    """Adds the pages of a piece. The file they come from is returned: it must stay open until the bundle is saved."""
    debut = len(pdf.pages)
    try:
        source = Pdf.open(piece.fichier.chemin)
        ajouter_pages(pdf, source, jointe=bool(piece.sources))
        for rang in sorted(piece.pages_jointes):
            numerotation.isoler(pdf, pdf.pages[debut + rang])
    except ERREURS_PDF as e:
        raise ErreurConformite(
            f"La pièce {piece.numero} ({piece.titre}) n’a pas pu être reliée au dossier.",
            _REMEDE,
        ) from e
    return source


def _lier_sommaire(pdf: Pdf, tete: PagesDeTete, cibles: list[tuple[int, PieceLot]]) -> None:
    for (rang, rectangle), (page, piece) in zip(tete.zones, cibles, strict=True):
        lien = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([round(v, 2) for v in rectangle]),
            Border=Array([0, 0, 0]),
            F=4,
            Contents=String(f"{piece.titre}, page {page}"),
            A=Dictionary(S=Name.GoTo, D=destination(pdf, page - 1)),
        )
        porteuse = pdf.pages[rang].obj
        if Name.Annots not in porteuse:
            porteuse[Name.Annots] = Array()
        porteuse[Name.Annots].append(pdf.make_indirect(lien))


def _signets(pdf: Pdf, sommaire: int, suite: tuple[PieceLot, ...], premieres: dict[int, int]) -> None:
    with plan_neuf(pdf) as racine:
        for titre, page in zip(SIGNETS_DE_TETE, (1, sommaire), strict=True):
            racine.append(OutlineItem(titre, destination(pdf, page - 1)))
        for piece in suite:
            premiere = premieres[piece.numero]
            item = OutlineItem(titre_signet(piece), destination(pdf, premiere - 1))
            item.is_closed = True
            planter(pdf, piece.signets, premiere - 1, item.children)
            racine.append(item)


def _metadonnees(
    pdf: Pdf, dossier: Dossier, campagne: Campagne, lot: Lot, jour: date, couverture: Couverture
) -> None:
    porteur = dossier.porteur
    titre = f"{couverture.nature} – {dossier.nom}"
    if not lot.complet:
        titre += " (incomplet)"
    pdf.Root[Name.Lang] = String("fr-FR")
    pdf.Root[Name.PageMode] = Name.UseOutlines
    pdf.Root[Name.ViewerPreferences] = Dictionary(DisplayDocTitle=True)
    date_pdf = String(f"D:{jour:%Y%m%d}000000Z")
    infos = {
        Name.Title: titre,
        Name.Author: porteur.nom if porteur else "",
        Name.Subject: campagne.titre,
        Name.Creator: "ESMS Desktop",
        Name.Keywords: francais.enumerer(["ESMS numérique", "dossier usager informatisé"]),
    }
    for cle, valeur in infos.items():
        pdf.docinfo[cle] = String(valeur)
    pdf.docinfo[Name.CreationDate] = date_pdf
    pdf.docinfo[Name.ModDate] = date_pdf
