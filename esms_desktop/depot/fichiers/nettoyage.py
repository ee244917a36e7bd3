"""Takes out of an attached PDF what could act on the reader's machine, and the places where its photographs were taken."""

from typing import Any

from pikepdf import Dictionary, Name, Pdf

from esms_desktop.depot.fichiers.metadonnees import POSITION_PDF, retirer_position
from esms_desktop.depot.fichiers.objets_pdf import (
    annotations,
    champs,
    dictionnaire,
    elements,
    lire_flux,
    photographies,
)
from esms_desktop.depot.fichiers.portefeuille import nom_de, noms_attaches, phrase_attaches

SCRIPTS = "Le PDF contient des scripts\u00a0: ils sont retirés de la copie du dossier, l’original est gardé tel quel\u00a0; vérifiez les valeurs qu’ils calculaient."
MEDIAS = "Le PDF contient du son, de la vidéo ou de la 3D\u00a0: ils sont retirés de la copie du dossier, l’original est gardé tel quel\u00a0; dites à l’ARS ce qu’ils montraient s’ils comptent."
XFA = "Le formulaire garde ses pages et ses champs ordinaires\u00a0: sa part dynamique (XFA) est retirée de la copie du dossier, l’original est gardé tel quel\u00a0; vérifiez que vos réponses s’y lisent."
# Told in the end with the names of the files, when they have one.
FICHIERS = phrase_attaches(())

_TAILLE_PHOTOGRAPHIE = 200 * 2**20
# Actions that only move the reader within the file, or to a web page they click on.
_ACTIONS_SURES = (Name.GoTo, Name.URI, Name.Named, Name.GoToR, Name.Hide, Name.ResetForm, Name.SetOCGState)
_ANNOTATIONS_FICHIER = (Name.FileAttachment,)
_ANNOTATIONS_MEDIA = (Name.RichMedia, Name.Movie, Name.Screen, Name.Sound, Name("/3D"))
_NOMS_ACTIFS = {Name.JavaScript: SCRIPTS, Name.EmbeddedFiles: FICHIERS, Name.Renditions: MEDIAS}


def nettoyer(pdf: Pdf) -> tuple[str, ...]:
    """Removes scripts, actions, attached files, media and positions in place; tells what, in French sentences.

    Destinations, links, form fields and page rotations are kept. Nothing returned means nothing changed.
    """
    retires: set[str] = set()
    attaches = list(noms_attaches(pdf))
    racine = pdf.Root
    _retirer_actions(racine, retires, cle=Name.OpenAction)
    noms = dictionnaire(racine.get(Name.Names))
    for cle, remarque in _NOMS_ACTIFS.items():
        if noms is not None and cle in noms:
            del noms[cle]
            retires.add(remarque)
    for cle in (Name.Collection, Name.AF):
        if cle in racine:
            del racine[cle]
            retires.add(FICHIERS)
    formulaire = dictionnaire(racine.get(Name.AcroForm))
    if formulaire is not None and Name.XFA in formulaire:
        del formulaire[Name.XFA]
        retires.add(XFA)
    for champ in champs(pdf):
        _retirer_actions(champ, retires)
    for page in pdf.pages:
        _nettoyer_page(page, retires, attaches)
    _nettoyer_signets(racine, retires)
    _retirer_positions(pdf, retires)
    if FICHIERS in retires:
        retires = (retires - {FICHIERS}) | {phrase_attaches(tuple(dict.fromkeys(attaches)))}
    return tuple(sorted(retires))


def _retirer_positions(pdf: Pdf, retires: set[str]) -> None:
    for photographie in photographies(pdf.pages):
        octets = lire_flux(photographie, _TAILLE_PHOTOGRAPHIE, photographie=True)
        allegee = retirer_position(octets) if octets is not None else None
        if allegee is not None:
            reglages = photographie.get(Name.DecodeParms)
            propres = (elements(reglages) or [reglages])[-1]
            photographie.write(allegee, filter=Name.DCTDecode, decode_parms=dictionnaire(propres))
            retires.add(POSITION_PDF)


def _sure(action: Any) -> bool:
    vues: set[tuple[int, int]] = set()
    pile = [action]
    while pile:
        courante = pile.pop()
        if not isinstance(courante, Dictionary):
            continue
        if courante.is_indirect and courante.objgen in vues:
            continue
        vues.add(courante.objgen)
        if courante.get(Name.S) not in _ACTIONS_SURES:
            return False
        suite = courante.get(Name.Next)
        pile += elements(suite) or [suite]
    return True


def _retirer_actions(porteur: Any, retires: set[str], cle: Name = Name.A) -> None:
    """Removes from one dictionary its additional actions, and its action when it does more than move the reader."""
    if Name.AA in porteur:
        del porteur[Name.AA]
        retires.add(SCRIPTS)
    if isinstance(porteur.get(cle), Dictionary) and not _sure(porteur[cle]):
        del porteur[cle]
        retires.add(SCRIPTS)


def _nettoyer_page(page: Any, retires: set[str], attaches: list[str]) -> None:
    _retirer_actions(page.obj, retires)
    if Name.AF in page.obj:
        del page.obj[Name.AF]
        retires.add(FICHIERS)
    gardees = []
    presentes = elements(page.obj.get(Name.Annots))
    for annotation in presentes:
        if dictionnaire(annotation) is None:
            continue
        genre = annotation.get(Name.Subtype)
        if genre in _ANNOTATIONS_FICHIER:
            retires.add(FICHIERS)
            attache = dictionnaire(annotation.get(Name.FS))
            attaches += [nom_de(attache)] if attache is not None else []
        elif genre in _ANNOTATIONS_MEDIA:
            retires.add(MEDIAS)
        else:
            _retirer_actions(annotation, retires)
            gardees.append(annotation)
    if len(gardees) < len(presentes):
        page.obj[Name.Annots] = gardees


def _nettoyer_signets(racine: Any, retires: set[str]) -> None:
    pile = [racine.get(Name.Outlines)]
    vus: set[tuple[int, int]] = set()
    while pile:
        signet = dictionnaire(pile.pop())
        if signet is None or (signet.is_indirect and signet.objgen in vus):
            continue
        vus.add(signet.objgen)
        _retirer_actions(signet, retires)
        pile += [signet.get(Name.First), signet.get(Name.Next)]


def a_dessiner(pdf: Pdf) -> bool:
    """True when a form leaves an answer to its reader to draw: the page alone shows an empty field."""
    formulaire = dictionnaire(pdf.Root.get(Name.AcroForm))
    if formulaire is None or not bool(formulaire.get(Name.NeedAppearances, False)):
        return False
    return any(
        Name.V in c and Name.AP not in c and Name.Kids not in c and c.get(Name.FT) != Name.Sig
        for c in champs(pdf)
    )


def figer_signatures(pdf: Pdf) -> None:
    """Keeps the look of electronic signatures and drops their value, which a page copied elsewhere no longer has.

    So with the fields that the form of the file does not list: bound with others, nothing would show them any longer.
    """
    listes = {champ.objgen for champ in champs(pdf)}
    for page in pdf.pages:
        for annotation in annotations(page):
            if annotation.get(Name.Subtype) != Name.Widget:
                continue
            parent = dictionnaire(annotation.get(Name.Parent))
            genre = annotation.get(Name.FT, parent.get(Name.FT) if parent is not None else None)
            liste = annotation.is_indirect and annotation.objgen in listes
            if genre == Name.Sig or not liste:
                annotation[Name.Subtype] = Name.Stamp
                for cle in (Name.FT, Name.V, Name.T, Name.TU, Name.Parent, Name.Kids, Name.MK, Name.Lock):
                    if cle in annotation:
                        del annotation[cle]
    formulaire = dictionnaire(pdf.Root.get(Name.AcroForm))
    if formulaire is not None:
        racines = elements(formulaire.get(Name.Fields))
        formulaire[Name.Fields] = [
            c for c in racines if dictionnaire(c) is not None and not _est_signature(c)
        ]
        if Name.SigFlags in formulaire:
            del formulaire[Name.SigFlags]


def _est_signature(champ: Any) -> bool:
    return bool(champ.get(Name.Subtype) == Name.Stamp or champ.get(Name.FT) == Name.Sig)
