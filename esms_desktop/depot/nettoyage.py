"""Takes out of an attached PDF what could act on the reader's machine: scripts, embedded files, launched programs."""

from typing import Any

from pikepdf import Dictionary, Name, Pdf

from esms_desktop.depot.objets_pdf import annotations, champs, dictionnaire, elements

SCRIPTS = "Les scripts du PDF ont été retirés de la copie du dossier."
FICHIERS = "Les fichiers cachés dans le PDF ont été retirés de la copie du dossier."
MEDIAS = "Les contenus animés du PDF (son, vidéo, 3D) ont été retirés de la copie du dossier."
XFA = "Le formulaire dynamique (XFA) a été retiré : la copie du dossier garde les pages et les champs ordinaires."

# Actions that only move the reader within the file, or to a web page they click on.
_ACTIONS_SURES = (Name.GoTo, Name.URI, Name.Named, Name.GoToR, Name.Hide, Name.ResetForm, Name.SetOCGState)
_ANNOTATIONS_FICHIER = (Name.FileAttachment,)
_ANNOTATIONS_MEDIA = (Name.RichMedia, Name.Movie, Name.Screen, Name.Sound, Name("/3D"))
_NOMS_ACTIFS = {Name.JavaScript: SCRIPTS, Name.EmbeddedFiles: FICHIERS, Name.Renditions: MEDIAS}


def nettoyer(pdf: Pdf) -> tuple[str, ...]:
    """Removes scripts, actions, embedded files and media in place. Returns what was removed, in French sentences.

    Destinations, links, form fields and page rotations are kept. Nothing returned means nothing changed.
    """
    retires: set[str] = set()
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
        _nettoyer_page(page, retires)
    _nettoyer_signets(racine, retires)
    return tuple(sorted(retires))


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


def _nettoyer_page(page: Any, retires: set[str]) -> None:
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


def figer_signatures(pdf: Pdf) -> None:
    """Keeps the look of electronic signatures and drops their value, which a page copied elsewhere no longer has."""
    for page in pdf.pages:
        for annotation in annotations(page):
            parent = dictionnaire(annotation.get(Name.Parent))
            genre = annotation.get(Name.FT, parent.get(Name.FT) if parent is not None else None)
            if annotation.get(Name.Subtype) == Name.Widget and genre == Name.Sig:
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
