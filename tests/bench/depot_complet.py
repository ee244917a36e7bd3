"""A large filing: its time against LibreOffice and against bare reportlab and pikepdf, its memory, its cost per page."""

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from esms_desktop.campagnes.chargement import charger
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.depot.publication import deposer
from esms_desktop.documents import catalogue
from esms_desktop.documents.arbre import arbre
from esms_desktop.documents.pdf import polices
from esms_desktop.documents.pdf.rendu import rendre
from esms_desktop.model import Dossier
from esms_desktop.store.base import ouvrir
from esms_desktop.store.cles.cles import cle_jetable
from esms_desktop.store.porte import Porte
from tests.bench import outils

JOUR = date(2023, 6, 1)
RACINE = Path(__file__).resolve().parents[2]
_JOINTES = (9, 10, 12, 13, 14)
_PHRASE = (
    "Une phrase ordinaire, longue d’une ligne ou deux, comme une annexe en compte beaucoup à chaque page. "
)


def _texte(rang: int, pages: int) -> bytes:
    """An attachment of text: nine paragraphs to a page."""
    blocs = tuple(arbre.Paragraphe(f"{_PHRASE * 4}{i}") for i in range(pages * 9))
    document = arbre.Document("annexe", f"Annexe {rang}", "", "Mesure", "Organisme", blocs)
    return rendre(document, JOUR).octets


def _scan(rang: int, pages: int) -> bytes:
    """An attachment scanned: one grey image of about 90 kB to a page."""
    import img2pdf
    from PIL import Image

    images = []
    for page in range(pages):
        image = Image.effect_noise((620, 877), 40 + (rang + page) % 20).convert("L")
        tampon = io.BytesIO()
        image.save(tampon, "JPEG", quality=40)
        images.append(tampon.getvalue())
    octets: bytes = img2pdf.convert(images, engine=img2pdf.Engine.internal, nodate=True)
    return octets


def remplir(porte: Porte, essms: int, pages_par_annexe: int, annexes: int = 30) -> Dossier:
    """Saves a dossier with its attachments, two of text for one scanned."""
    dossier = outils.dossier(essms)
    porte.ajouter(dossier, libelle="Créer")
    with porte.geste("Joindre"):
        for rang in range(annexes):
            octets = (_texte if rang % 3 else _scan)(rang, pages_par_annexe)
            numero = _JOINTES[rang % len(_JOINTES)]
            og = dossier.ogs[rang // 5 % len(dossier.ogs)] if numero == 10 else None
            porte.joindre(dossier, numero, f"annexe {rang}.pdf", ".pdf", octets, og=og)
    return dossier


def _generes(dossier: Dossier, campagne: Campagne) -> list[arbre.Document]:
    """The documents the filing draws, as trees."""
    numeros = {e.piece for e in catalogue.generes() if e.piece} - {f.numero for f in dossier.fichiers}
    return [
        catalogue.produire(g.code, dossier, campagne, JOUR, og)
        for g, og in catalogue.tous(dossier)
        if g.piece in numeros or g.code == "fiche-recevabilite"
    ]


def _brut(document: arbre.Document) -> bytes:
    """The same words drawn by reportlab as anyone would: paragraphs and tables, no house rules."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable, LongTable, PageBreak, Paragraph, SimpleDocTemplate, Spacer

    style = ParagraphStyle("n", fontName=polices.NORMAL, fontSize=9.6, leading=13.6, spaceAfter=6)

    def paragraphe(contenu: arbre.Contenu) -> Paragraph:
        return Paragraph(escape(arbre.texte_brut(contenu)), style)

    histoire: list[Flowable] = [paragraphe(document.titre)]
    for bloc in document.blocs:
        match bloc:
            case arbre.Titre():
                histoire.append(paragraphe(bloc.texte))
            case arbre.Paragraphe() | arbre.Encadre():
                histoire.append(paragraphe(bloc.contenu))
            case arbre.Liste():
                histoire += [paragraphe(e) for e in bloc.elements]
            case arbre.Tableau():
                somme = sum(c.largeur for c in bloc.colonnes)
                histoire.append(
                    LongTable(
                        [[paragraphe(c.entete) for c in bloc.colonnes]]
                        + [[paragraphe(c) for c in ligne] for ligne in bloc.lignes],
                        colWidths=[480 * c.largeur / somme for c in bloc.colonnes],
                        repeatRows=1,
                    )
                )
            case arbre.BlocSignature():
                histoire += [paragraphe(bloc.partie), Spacer(1, 60)]
            case arbre.SautPage():
                histoire.append(PageBreak())
            case _:
                histoire.append(Spacer(1, 12))
    tampon = io.BytesIO()
    SimpleDocTemplate(tampon).build(histoire)
    return tampon.getvalue()


def _reunir(pdfs: list[bytes], sortie: Path) -> None:
    from pikepdf import Pdf

    with Pdf.new() as pdf:
        sources = [Pdf.open(io.BytesIO(octets)) for octets in pdfs]
        for source in sources:
            pdf.add_pages_from(source)
        pdf.save(sortie)


def _duree(fonction: Callable[[], object]) -> dict[str, float]:
    debut = time.perf_counter()
    fonction()
    return {"s": time.perf_counter() - debut}


def _libreoffice(
    dossier: Dossier, campagne: Campagne, annexes: list[bytes], atelier: Path
) -> Callable[[], None]:
    """The filing as an office suite would make it; the Word and Excel files are written beforehand, off the clock."""
    from esms_desktop.documents.classeur.classeurs import classeur_de
    from esms_desktop.documents.classeur.rendu import rendre_xlsx
    from esms_desktop.documents.docx.rendu import rendre_docx

    fichiers = []
    for rang, document in enumerate(_generes(dossier, campagne)):
        fichiers.append(atelier / f"{rang:02d}.docx")
        fichiers[-1].write_bytes(rendre_docx(document, JOUR))
        classeur = classeur_de(document.code, dossier, campagne, JOUR)
        if classeur is not None:
            # A name of its own: both would convert to the same PDF.
            fichiers.append(atelier / f"{rang:02d}-classeur.xlsx")
            fichiers[-1].write_bytes(rendre_xlsx(classeur, JOUR))

    def convertir() -> None:
        sortie = atelier / "pdf"
        shutil.rmtree(sortie, ignore_errors=True)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={(atelier / 'profil').as_uri()}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(sortie),
                *map(str, fichiers),
            ],
            check=True,
            capture_output=True,
        )
        _reunir([*(p.read_bytes() for p in sorted(sortie.glob("*.pdf"))), *annexes], atelier / "a.pdf")

    return convertir


def mesurer() -> Iterator[str]:
    """Yields the lines of this bench."""
    with tempfile.TemporaryDirectory() as nom:
        atelier = Path(nom)
        with ouvrir(atelier / "base.sqlite", cle_jetable()) as porte:
            dossier = remplir(porte, 49, 10)
            campagne = charger(dossier.campagne_id)
            yield from _temps(porte, dossier, campagne, atelier)
    yield from _memoire()


def _temps(porte: Porte, dossier: Dossier, campagne: Campagne, atelier: Path) -> Iterator[str]:
    polices.enregistrer()
    annexes = [porte.contenu(f.sha256) for f in dossier.fichiers]
    depot = deposer(dossier, campagne, JOUR, atelier / "sortie", porte.contenu)

    def brut(dessiner: Callable[[arbre.Document], bytes]) -> None:
        _reunir([*(dessiner(d) for d in _generes(dossier, campagne)), *annexes], atelier / "b.pdf")

    def notre(document: arbre.Document) -> bytes:
        return rendre(document, JOUR).octets

    def jumeaux() -> None:
        from esms_desktop.depot.fichiers.modifiables import ECRIVAINS

        for document in _generes(dossier, campagne):
            for ecrivain in ECRIVAINS:
                ecrivain.ecrire(document, dossier, campagne, JOUR)

    essais = {
        "depot": lambda: deposer(dossier, campagne, JOUR, atelier / "sortie", porte.contenu),
        "brut": partial(brut, _brut),
        "rendu": partial(brut, notre),
        "jumeaux": jumeaux,
    }
    m = outils.medianes_alternees({cle: partial(_duree, f) for cle, f in essais.items()}, 5)
    t = {cle: releve["s"] for cle, releve in m.items()}
    yield (
        f"dépôt complet, 49 ESSMS, {len(annexes)} pièces jointes, {depot.pages} pages : {t['depot']:.2f} s, "
        f"dont jumeaux Word et Excel {t['jumeaux']:.2f} s"
    )
    yield f"reportlab brut + pikepdf, mêmes pages, sans rien d’autre : {t['brut']:.2f} s"
    yield f"dépôt ÷ reportlab brut + pikepdf : {t['depot'] / t['brut']:.2f} (visé : 1,3 au plus)"
    sans = t["depot"] - t["jumeaux"]
    yield f"le même, jumeaux Word et Excel mis à part : {sans / t['brut']:.2f}"
    yield f"le même, contre nos propres pages dessinées puis réunies ({t['rendu']:.2f} s) : {sans / t['rendu']:.2f}"
    if shutil.which("soffice") is None:
        yield "LibreOffice absent : comparaison non faite (installer libreoffice-writer-nogui, libreoffice-calc-nogui)"
        return
    office = atelier / "office"
    office.mkdir()
    conversion = partial(_duree, _libreoffice(dossier, campagne, annexes, office))
    lo = outils.medianes_alternees({"lo": conversion}, 3)["lo"]["s"]
    yield f"LibreOffice en un appel + pikepdf, mêmes documents : {lo:.2f} s"
    yield f"LibreOffice + pikepdf ÷ dépôt : {lo / t['depot']:.1f} (visé : 5 au moins)"


_MESURE = textwrap.dedent(
    """
    import json, re, sys, time
    from pathlib import Path
    from esms_desktop.depot.publication import deposer
    from esms_desktop.campagnes.chargement import charger
    from esms_desktop.store.base import ouvrir
    from esms_desktop.store.cles.chiffrement import Cle
    from tests.bench.depot_complet import JOUR

    def sommet():
        # Not ru_maxrss: it starts from the memory of the process that launched this one.
        return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

    with ouvrir(Path(sys.argv[1]), Cle(bytes.fromhex(sys.argv[2]))) as porte:
        dossier = porte.lire(porte.resumes()[0].id)
        avant, debut = sommet(), time.process_time()
        depot = deposer(dossier, charger(dossier.campagne_id), JOUR, Path(sys.argv[3]), porte.contenu)
        duree = time.process_time() - debut
    print(json.dumps([depot.pages, duree, avant, sommet()]))
    """
)


def _memoire() -> Iterator[str]:
    """Filings of growing size, each in a process of its own: peak memory and processor seconds per page."""
    if not Path("/proc/self/status").exists():
        yield "mémoire : mesurée sous Linux seulement"
        return
    from esms_desktop.store.cles.chiffrement import Cle

    brute = os.urandom(32)
    releves = []
    for pages in (17, 33, 66):
        with tempfile.TemporaryDirectory() as nom:
            base = Path(nom) / "base.sqlite"
            with ouvrir(base, Cle(brute)) as porte:
                remplir(porte, 400, pages)
            fini = subprocess.run(
                [sys.executable, "-c", _MESURE, str(base), brute.hex(), str(Path(nom) / "sortie")],
                cwd=RACINE,
                check=True,
                capture_output=True,
                text=True,
            )
            releves.append(json.loads(fini.stdout))
    for pages_, duree, avant, sommet in releves:
        yield f"400 ESSMS, {pages_} pages : {duree:.1f} s de processeur, mémoire {avant:.0f} puis {sommet:.0f} Mio au plus haut"
    yield f"mémoire au plus haut : {releves[-1][3]:.0f} Mio (visé : 400 au plus à 2 000 pages)"
    (p1, d1, *_), (p2, d2, *_), (p3, d3, *_) = releves
    pentes = (d2 - d1) / (p2 - p1) * 1000, (d3 - d2) / (p3 - p2) * 1000
    yield f"coût d’une page jointe de plus : {pentes[0]:.2f} puis {pentes[1]:.2f} ms (linéaire : autant)"
