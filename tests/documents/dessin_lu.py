"""What a drawn page shows, object by object, whoever drew it: shapes with their colours, words with their size."""

import ctypes

import pypdfium2
import pypdfium2.raw as c


def lire(octets: bytes) -> list[str]:
    """Every object of every page, boxes in points from the bottom left; the links and what the file says of itself."""
    lignes = []
    with pypdfium2.PdfDocument(octets) as pdf:
        for numero, page in enumerate(pdf, 1):
            large, haut = page.get_size()
            lignes.append(f"== page {numero}, {large:.1f} × {haut:.1f}")
            texte = page.get_textpage()
            lignes += [_objet(objet, texte) for objet in page.get_objects()]
            texte.close()
        lignes += [f"{'  ' * s.level}> {s.get_title()}" for s in pdf.get_toc()]
        lignes += [
            f"{cle} : {mot}"
            for cle, mot in pdf.get_metadata_dict(skip_empty=True).items()
            if "Date" not in cle
        ]
    return lignes


def _objet(objet: pypdfium2.PdfObject, page: pypdfium2.PdfTextPage) -> str:
    boite = " ".join(f"{v:.1f}" for v in objet.get_bounds())
    if objet.type == c.FPDF_PAGEOBJ_TEXT:
        corps = ctypes.c_float()
        c.FPDFTextObj_GetFontSize(objet, corps)
        taille = c.FPDFTextObj_GetText(objet, page, None, 0)
        tampon = ctypes.create_string_buffer(taille)
        c.FPDFTextObj_GetText(objet, page, ctypes.cast(tampon, ctypes.POINTER(ctypes.c_ushort)), taille)
        mots = tampon.raw[: taille - 2].decode("utf-16-le").strip()
        return f"« {mots} » {boite} corps {corps.value:.1f} {_teinte(objet, c.FPDFPageObj_GetFillColor)}"
    if objet.type != c.FPDF_PAGEOBJ_PATH:
        return f"image {boite}"
    mode, trait = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(objet, mode, trait)
    epais = ctypes.c_float()
    c.FPDFPageObj_GetStrokeWidth(objet, epais)
    fond = f" fond {_teinte(objet, c.FPDFPageObj_GetFillColor)}" if mode.value else ""
    filet = f" filet {epais.value:.2f} {_teinte(objet, c.FPDFPageObj_GetStrokeColor)}" if trait.value else ""
    points = c.FPDFPath_CountSegments(objet)
    nombre = max(c.FPDFPageObj_GetDashCount(objet), 0)
    valeurs = (ctypes.c_float * nombre)()
    c.FPDFPageObj_GetDashArray(objet, valeurs, nombre)
    tirets = " ".join(f"{v:.4g}" for v in valeurs)
    coupes = c.FPDFClipPath_CountPaths(c.FPDFPageObj_GetClipPath(objet))
    return (
        f"tracé {boite} ({points} points){fond}{filet}{tirets and f' tirets {tirets}'}"
        f"{f' coupé par {coupes}' if coupes > 0 else ''}"
    )


def _teinte(objet: pypdfium2.PdfObject, lire_teinte: object) -> str:
    r, v, b, a = (ctypes.c_uint() for _ in range(4))
    lire_teinte(objet, r, v, b, a)  # type: ignore[operator]
    return f"#{r.value:02x}{v.value:02x}{b.value:02x}" + (f"/{a.value}" if a.value != 255 else "")
