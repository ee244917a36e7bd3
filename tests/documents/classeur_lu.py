"""A workbook as a text: each cell with what it holds and how it shows, then what the sheet adds to it."""

import io

import openpyxl
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet


def lire(octets: bytes) -> list[str]:
    """Every sheet, cell by cell; formulas with the value stored beside them."""
    formules = openpyxl.load_workbook(io.BytesIO(octets))
    valeurs = openpyxl.load_workbook(io.BytesIO(octets), data_only=True)
    p = formules.properties
    lignes = [f"{p.title} · {p.subject} · {p.creator} · {p.language} · {p.keywords}"]
    lignes += [f"nom {nom} = {d.attr_text}" for nom, d in formules.defined_names.items()]
    for feuille in formules:
        lignes += [
            "",
            f"== {feuille.title} ({feuille.sheet_state})",
            *_cellules(feuille, valeurs[feuille.title]),
        ]
        lignes += _feuille(feuille)
    return lignes


def _cellules(feuille: Worksheet, valeurs: Worksheet) -> list[str]:
    lignes = []
    for rangee in feuille.iter_rows():
        for cellule in rangee:
            if cellule.value is None and not cellule.has_style:
                continue
            calcule = valeurs[cellule.coordinate].value
            suite = f" → {calcule}" if calcule != cellule.value else ""
            lignes.append(
                f"{cellule.coordinate} {cellule.value if cellule.value is not None else ''}{suite} {_style(cellule)}"
            )
    return lignes


def _style(cellule: Cell) -> str:
    f, a, cadre = cellule.font, cellule.alignment, cellule.border
    bords = "".join(n[0] for n in ("top", "bottom", "left", "right") if getattr(cadre, n).style)
    morceaux = (
        cellule.number_format if cellule.number_format != "General" else "",
        f"{f.name} {f.sz:g}{' gras' if f.b else ''}{' penché' if f.i else ''}{f' #{f.color.rgb}' if f.color and f.color.rgb else ''}",
        f"fond {cellule.fill.fgColor.rgb}" if cellule.fill.fill_type else "",
        f"bords {bords}" if bords else "",
        " ".join(
            str(x) for x in (a.horizontal, a.vertical, "renvoi" if a.wrap_text else "", a.indent or "") if x
        ),
        "" if cellule.protection.locked else "libre",
    )
    return f"{{{', '.join(m for m in morceaux if m)}}}"


def _feuille(feuille: Worksheet) -> list[str]:
    m, r, e = feuille.page_margins, feuille.page_setup, feuille.print_options
    lignes = [
        "largeurs "
        + " ".join(
            f"{k}={d.width:g}{' cachée' if d.hidden else ''}" for k, d in feuille.column_dimensions.items()
        ),
        "hauteurs " + " ".join(f"{k}={d.height:g}" for k, d in feuille.row_dimensions.items() if d.height),
        "fusions " + " ".join(str(x) for x in feuille.merged_cells.ranges),
        f"figé {feuille.freeze_panes} zoom {feuille.sheet_view.zoomScale} grille {feuille.sheet_view.showGridLines}",
        f"papier {r.paperSize} {r.orientation} {r.fitToWidth}×{r.fitToHeight} marges {m.left:g} {m.right:g} {m.top:g} {m.bottom:g}"
        f" centré {e.horizontalCentered} titres {feuille.print_title_rows} zone {feuille.print_area}",
        f"entête {feuille.oddHeader.left.text} | {feuille.oddHeader.center.text} | {feuille.oddHeader.right.text}",
        f"pied {feuille.oddFooter.left.text} | {feuille.oddFooter.center.text} | {feuille.oddFooter.right.text}",
        f"protégé {feuille.protection.sheet} filtre {feuille.auto_filter.ref}",
    ]
    for regle in feuille.data_validations.dataValidation:
        lignes.append(
            f"saisie {regle.sqref} {regle.type} {regle.operator} {regle.formula1} {regle.formula2} {regle.promptTitle} "
            f"{regle.prompt} {regle.errorTitle} {regle.error} {regle.errorStyle}"
        )
    for plage, regles in feuille.conditional_formatting._cf_rules.items():
        lignes += [f"si {plage.sqref} {x.type} {x.operator} {x.formula} {x.text or ''}" for x in regles]
    return [x for x in lignes if x.split(" ", 1)[-1]]
