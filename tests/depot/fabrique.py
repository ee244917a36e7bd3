"""Fictitious dossiers and files for the tests of the filing: no base, contents in a dictionary."""

import hashlib
import io
from datetime import date, datetime

from pikepdf import Array, Dictionary, Name, Pdf
from reportlab.pdfgen.canvas import Canvas
from stdnum import luhn

from esms_desktop.campagnes.chargement import charger
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.model import Base, Contact, Cout, CoutRh, Dossier, Essms, Fichier, Og, Solution
from esms_desktop.nomenclature.vocabulaire import Champ, RoleContact, StatutSolution, TypeProjet

JOUR = date(2023, 6, 1)
EXTENSIONS = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".png", ".jpg", ".gif")


def _defauts(*objets: Base) -> None:
    """Gives the columns nobody filled the value the base would give them."""
    for objet in objets:
        for colonne in objet.__table__.columns:
            defaut = colonne.default
            if defaut is not None and defaut.is_scalar and getattr(objet, colonne.key) is None:
                setattr(objet, colonne.key, defaut.arg)


def campagne() -> Campagne:
    return charger("2022")


def dossier(ogs: int = 2, essms: int = 9, nom: str = "Grappe d’essai « Les Pins & l’Océan »") -> Dossier:
    """A dossier with `essms` ESSMS in each of its `ogs` OG, nothing attached."""
    solution = Solution(
        nom="Dossier Clair", editeur="Éditeur Fictif", retenue=True, statut=StatutSolution.REFERENCEE
    )
    projet = Dossier(
        nom=nom,
        campagne_id="2022",
        type_projet=TypeProjet.ACQUISITION,
        sad=True,
        pilotage_demande=True,
        equipement_demande=False,
        portee_nationale=False,
        contexte="Un contexte.",
        objectifs="- Un objectif.",
        solutions=[solution],
    )
    for rang in range(ogs):
        og = Og(
            id=rang + 1,
            rang=rang,
            est_porteur=rang == 0,
            nom=f"Association fictive n° {rang + 1}",
            sigle=f"AF{rang + 1}",
            nb_essms_total=essms,
        )
        og.essms = [_essms(rang, i, solution) for i in range(essms)]
        projet.ogs.append(og)
        _defauts(og, *og.essms)
    _defauts(projet, solution)
    return projet


def _finess(debut: str) -> str:
    return debut + luhn.calc_check_digit(debut)


def _essms(og: int, rang: int, solution: Solution) -> Essms:
    return Essms(
        rang=rang,
        finess=_finess(f"450{og:02d}{rang:03d}"),
        nom=f"EHPAD d’essai {og + 1}.{rang + 1}",
        categorie="500",
        categorie_libelle="EHPAD",
        champ=Champ.PA,
        departement="45",
        commune="Orléans",
        solution=solution,
        financement_europeen=False,
        esms_numerique_anterieur=False,
        sons_autre_solution=False,
        rattache_entite_nationale=False,
    )


def joindre(
    projet: Dossier, contenus: dict[str, bytes], numero: int, nom: str, octets: bytes, og: int | None = None
) -> None:
    """Attaches a file, as the base would."""
    sha = hashlib.sha256(octets).hexdigest()
    contenus[sha] = octets
    projet.fichiers.append(
        Fichier(
            numero=numero,
            nom=nom,
            extension="." + nom.rpartition(".")[2].lower(),
            sha256=sha,
            taille=len(octets),
            og_id=og,
            joint_le=datetime(2023, 5, 30, 14, 0),
        )
    )


def pdf(texte: str, pages: int = 1, taille: tuple[float, float] = (595, 842), rotation: int = 0) -> bytes:
    """A PDF whose pages say « texte 1 », « texte 2 »… in a font that is embedded."""
    from esms_desktop.documents.pdf import polices

    polices.enregistrer()
    tampon = io.BytesIO()
    toile = Canvas(tampon, pagesize=taille, initialFontName=polices.NORMAL, invariant=1)
    for numero in range(1, pages + 1):
        toile.setFont(polices.NORMAL, 12)
        toile.drawString(20, taille[1] / 2, f"{texte} {numero}")
        toile.bookmarkPage(f"p{numero}")
        toile.addOutlineEntry(f"Partie {numero}", f"p{numero}")
        toile.showPage()
    toile.save()
    if not rotation:
        return tampon.getvalue()
    with Pdf.open(tampon) as document:
        for page in document.pages:
            page.obj[Name.Rotate] = rotation
        return enregistrer(document)


def enregistrer(document: Pdf, **options: object) -> bytes:
    sortie = io.BytesIO()
    document.save(sortie, static_id=True, **options)  # type: ignore[arg-type]
    return sortie.getvalue()


def pdf_piege() -> bytes:
    """A PDF with a script at opening, one on a field, an embedded file, an attached file and a launched program."""
    with Pdf.open(io.BytesIO(pdf("piégé"))) as document:
        script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        document.Root[Name.OpenAction] = script
        document.Root[Name.AA] = Dictionary(WC=script)
        document.attachments["secret.txt"] = b"secret"
        page = document.pages[0].obj
        page[Name.AA] = Dictionary(O=script)
        page[Name.Annots] = Array(
            [
                Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9])),
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Link,
                    Rect=Array([0, 0, 9, 9]),
                    A=Dictionary(
                        S=Name.GoTo, D=Array([page, Name.Fit]), Next=Dictionary(S=Name.Launch, F="x.exe")
                    ),
                ),
            ]
        )
        return enregistrer(document)


def _remplir(projet: Dossier) -> None:
    """All that the generated pieces print: none of them has a gap."""
    projet.hebergement, projet.reprise_donnees, projet.points_attention = (
        "Chez l’éditeur.",
        "Par lots.",
        "Aucun.",
    )
    projet.date_depot_prevue, projet.date_convention = date(2023, 6, 1), date(2023, 9, 1)
    projet.date_debut_projet, projet.date_debut_parametrage = date(2023, 10, 2), date(2024, 1, 8)
    projet.date_fin_deploiement = date(2024, 9, 30)
    projet.solutions[0].prix_cents = 12_000_000
    projet.contacts.append(
        Contact(nom="Camille Roy", role=RoleContact.CHEF_DE_PROJET, part_temps_pour_cent=50)
    )
    for rang, og in enumerate(projet.ogs):
        siren = f"{90000000 + rang:08d}"
        og.siren, og.commune, og.forme_juridique = (
            siren + luhn.calc_check_digit(siren),
            "Orléans",
            "Association",
        )
        og.finess_ej = _finess(f"450{90 + rang:05d}")
        for essms in og.essms:
            essms.capacite, essms.file_active, essms.dui_actuel = 60, 70, "aucun"
    cout = Cout(
        nature="licences", libelle="", annee=2024, montant_ht_cents=10_000_000, tva_pour_dix_mille=2000
    )
    rh = CoutRh(profil="Chef de projet", annee=2024, etp_centiemes=50, cout_annuel_cents=6_000_000)
    projet.couts.append(cout)
    projet.couts_rh.append(rh)
    _defauts(cout, rh)


def complet(ogs: int = 2) -> tuple[Dossier, dict[str, bytes]]:
    """A dossier with a file on every mandatory piece but those the application makes whole, and its contents."""
    projet, contenus = dossier(ogs), {}
    _remplir(projet)
    for numero in (2, 5, 7, 8, 9):
        joindre(projet, contenus, numero, f"piece-{numero}.pdf", pdf(f"Pièce {numero}, page", pages=2))
    joindre(projet, contenus, 3, "Convention signée.pdf", pdf("Convention signée, page", 3))
    for og in projet.ogs:
        joindre(projet, contenus, 4, f"lettre {og.sigle}.pdf", pdf(f"Lettre {og.sigle}, page"), og.id)
        joindre(projet, contenus, 10, "autodiagnostic.pdf", pdf(f"Autodiagnostic {og.sigle}, page"), og.id)
    return projet, contenus
