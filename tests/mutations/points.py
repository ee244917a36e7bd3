"""Where a function can be given one small fault, and the source of its module once it has it."""

import ast
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PAQUETS = ("francais", "campagnes", "regles", "documents", "store", "depot")

_COMPARAISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_SIGNES: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
}
_Fonction = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Point:
    """One possible fault: `poser` changes `noeud` in place."""

    genre: str
    noeud: ast.AST
    poser: Callable[[], None]


@dataclass(frozen=True)
class Mutation:
    """One fault drawn: its place, the line before and after, and the tree of its module with it."""

    fichier: Path
    fonction: str
    ligne: int
    genre: str
    avant: str
    apres: str
    arbre: ast.Module

    @property
    def source(self) -> str:
        """The module as a file."""
        return ast.unparse(self.arbre)


def fonctions(arbre: ast.AST, prefixe: str = "") -> Iterator[tuple[str, _Fonction]]:
    """Every function of a tree with its dotted name, nested ones and methods included."""
    for enfant in ast.iter_child_nodes(arbre):
        nomme = isinstance(enfant, ast.ClassDef | _Fonction)
        nom = f"{prefixe}{enfant.name}" if isinstance(enfant, ast.ClassDef | _Fonction) else prefixe
        if isinstance(enfant, _Fonction):
            yield nom, enfant
        yield from fonctions(enfant, f"{nom}." if nomme else prefixe)


def points(fonction: _Fonction) -> list[Point]:
    """The faults a function can be given; not its annotations, its decorators nor the functions inside it."""
    trouves: list[Point] = []
    for defaut in [*fonction.args.defaults, *(d for d in fonction.args.kw_defaults if d is not None)]:
        _parcourir(defaut, trouves)
    for instruction in fonction.body:
        if not _phrase_seule(instruction):
            _parcourir(instruction, trouves)
    return trouves


def _parcourir(noeud: ast.AST, trouves: list[Point]) -> None:
    if isinstance(noeud, ast.ClassDef | _Fonction):
        return
    trouves.extend(_du_noeud(noeud))
    for nom, valeur in ast.iter_fields(noeud):
        if nom in ("annotation", "returns"):
            continue
        for enfant in valeur if isinstance(valeur, list) else [valeur]:
            if isinstance(enfant, ast.AST) and not _phrase_seule(enfant):
                _parcourir(enfant, trouves)


def _phrase_seule(noeud: ast.AST) -> bool:
    return isinstance(noeud, ast.Expr) and isinstance(noeud.value, ast.Constant)


def _du_noeud(noeud: ast.AST) -> Iterator[Point]:
    match noeud:
        case ast.Compare():
            for rang, operateur in enumerate(noeud.ops):
                for autre in _COMPARAISONS[type(operateur)]:
                    yield Point("comparaison", noeud, _placer(noeud.ops, rang, autre()))
        case ast.BoolOp():
            yield Point(
                "condition",
                noeud,
                _changer(noeud, "op", ast.Or() if isinstance(noeud.op, ast.And) else ast.And()),
            )
        case ast.UnaryOp(op=ast.Not()):
            yield Point("condition", noeud, _changer(noeud, "operand", ast.UnaryOp(ast.Not(), noeud.operand)))
        case ast.UnaryOp(op=ast.USub()):
            yield Point("signe", noeud, _changer(noeud, "op", ast.UAdd()))
        case ast.BinOp() | ast.AugAssign() if type(noeud.op) in _SIGNES:
            yield Point("signe", noeud, _changer(noeud, "op", _SIGNES[type(noeud.op)]()))
        case ast.If() | ast.IfExp() | ast.While():
            yield Point("condition", noeud.test, _changer(noeud, "test", ast.UnaryOp(ast.Not(), noeud.test)))
        case ast.comprehension():
            for rang, condition in enumerate(noeud.ifs):
                yield Point(
                    "condition", condition, _placer(noeud.ifs, rang, ast.UnaryOp(ast.Not(), condition))
                )
        case ast.Expr(value=ast.Call()):
            yield Point("appel", noeud, _changer(noeud, "value", ast.Constant(None)))
        case ast.Constant(value=bool()):
            yield Point("constante", noeud, _changer(noeud, "value", not noeud.value))
        case ast.Constant(value=int() | float() as nombre):
            for autre_nombre in (nombre + 1, nombre - 1):
                yield Point("constante", noeud, _changer(noeud, "value", autre_nombre))
        case ast.Constant(value=None):
            yield Point("constante", noeud, _changer(noeud, "value", True))


def _changer(noeud: ast.AST, champ: str, valeur: object) -> Callable[[], None]:
    return lambda: setattr(noeud, champ, valeur)


def _placer(liste: list[ast.cmpop] | list[ast.expr], rang: int, valeur: object) -> Callable[[], None]:
    return lambda: liste.__setitem__(rang, valeur)  # type: ignore[call-overload,index]


def muter(fichier: Path, fois: int, rang: int) -> Mutation:
    """The module of `fichier` with the fault number `rang` of its function number `fois`."""
    arbre = ast.parse(fichier.read_text(encoding="utf-8"))
    nom, fonction = list(fonctions(arbre))[fois]
    point = points(fonction)[rang]
    ligne = getattr(point.noeud, "lineno", fonction.lineno)
    avant = ast.unparse(fonction).splitlines()
    point.poser()
    apres = ast.unparse(fonction).splitlines()
    change = next(i for i, (a, b) in enumerate(zip(avant, apres, strict=False)) if a != b)
    return Mutation(
        fichier,
        nom,
        ligne,
        point.genre,
        avant[change].strip(),
        apres[change].strip(),
        ast.fix_missing_locations(arbre),
    )


def tirer(racine: Path, graine: int, nombre: int) -> list[Mutation]:
    """Draws `nombre` different faults: a function at random among all, then one of its faults."""
    possibles = []
    for paquet in PAQUETS:
        for fichier in sorted((racine / "esms_desktop" / paquet).rglob("*.py")):
            arbre = ast.parse(fichier.read_text(encoding="utf-8"))
            for fois, (_, fonction) in enumerate(fonctions(arbre)):
                if combien := len(points(fonction)):
                    possibles.append((fichier, fois, combien))
    hasard = random.Random(graine)
    tires: set[tuple[Path, int, int]] = set()
    mutations = []
    while len(mutations) < nombre:
        fichier, fois, combien = hasard.choice(possibles)
        tirage = (fichier, fois, hasard.randrange(combien))
        if tirage not in tires:
            tires.add(tirage)
            mutations.append(muter(*tirage))
    return mutations
