"""The person's own Word template: read, whatever was put in it, and filled with the values of a dossier."""

import copy
import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents import champs_lignes, paquet_word
from esms_desktop.documents.arbre import champs
from esms_desktop.documents.arbre.arbre import Liste, Manque, Paragraphe, Run, Texte, texte_brut
from esms_desktop.documents.arbre.champ_texte import Sujet
from esms_desktop.documents.arbre.markdown_arbre import ValeurChamp
from esms_desktop.documents.docx.texte_office import propre
from esms_desktop.documents.paquet_word import Paquet, nom_local
from esms_desktop.lecture import Dossier, Og

_NOM = r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ0-9_. ’'-]{0,59}"
_CHAMP = re.compile(r"\{\{\s*(" + _NOM + r"?)\s*\}\}|\{\s*(" + _NOM + r"?)\s*\}")
# A content control whose tag looks like one of our fields, whether it is one or not.
_BALISE = re.compile(r"[a-z]+(?:\.[a-z_]+)+")
_FUSION = re.compile(r"\s*MERGEFIELD\s+\"?([^\s\"\\\\]+)", re.IGNORECASE)
_ESPACE = "{http://www.w3.org/XML/1998/namespace}space"
SUIVI = (
    "Ce modèle porte des modifications suivies : elles restent dans le document. Acceptez-les ou refusez-les dans Word avant de "
    "vous en servir."
)
COMMENTAIRES = "Ce modèle porte des commentaires : ils restent dans le document. Supprimez-les dans Word avant de l’envoyer."
SANS_CHAMP = "Ce modèle ne contient aucun champ : il ressort tel quel. Écrivez-y des champs entre accolades, comme {porteur.nom}."


@dataclass(frozen=True)
class Inconnu:
    """A field of the template that does not exist; `proche`: the one that was perhaps meant, empty when none looks like it."""

    nom: str
    proche: str = ""

    @property
    def phrase(self) -> str:
        """« {porteur.nomm} n’existe pas ; peut-être {porteur.nom} »."""
        suite = f"\u00a0; peut-être {{{self.proche}}}" if self.proche else ""
        return f"{{{self.nom}}} n’existe pas{suite}"


@dataclass(frozen=True)
class Rempli:
    """A template once filled.

    Args:
        octets: the Word file; an unknown field stays in it as it was typed.
        champs: the fields that were filled, each once.
        inconnus: those that do not exist.
        manques: the values the dossier does not have; they print as gaps.
        remarques: what to know of the template, one French sentence each.
    """

    octets: bytes
    champs: tuple[str, ...]
    inconnus: tuple[Inconnu, ...]
    manques: tuple[str, ...]
    remarques: tuple[str, ...]


def champs_disponibles() -> tuple[tuple[str, str], ...]:
    """(name, description) of every field a template may hold: those of the texts, then those of repeated rows."""
    return (*champs.champs_disponibles(), *((nom, dit) for nom, dit, _ in champs_lignes.ESSMS))


def remplir(nom: str, octets: bytes, dossier: Dossier, campagne: Campagne, og: Og | None = None) -> Rempli:
    """Fills a template with the values of a dossier.

    A field is written `{porteur.nom}`, in the text, a table, a head, a foot, a note or a text box, in one look or in several;
    a content control tagged with the name of a field is filled too. A row of a table that names `{essms.…}` is repeated for each
    ESSMS; one that names `{og.…}`, for each organisme when the document is not that of one.

    Args:
        nom: the name of the file, for the sentences.
        og: the organisme the document is for, for the fields `{og.…}`.

    Raises:
        ErreurSaisie: it is not a Word template that can be read; the sentence says why and what to do.
    """
    paquet = paquet_word.ouvrir(nom, octets)
    travail = _Travail(dossier, campagne, og)
    for racine in paquet.textes.values():
        travail.partie(racine)
    return Rempli(
        paquet.octets(),
        tuple(dict.fromkeys(travail.remplis)),
        tuple(Inconnu(n, _proche(n)) for n in dict.fromkeys(travail.inconnus)),
        tuple(dict.fromkeys(travail.manques)),
        _remarques(paquet, bool(travail.remplis or travail.inconnus)),
    )


def _remarques(paquet: Paquet, avec_champs: bool) -> tuple[str, ...]:
    suivi = any(
        nom_local(e) in ("ins", "del", "moveFrom", "moveTo") for r in paquet.textes.values() for e in r.iter()
    )
    return (
        *((SUIVI,) if suivi else ()),
        *((COMMENTAIRES,) if paquet.commentaires else ()),
        *(() if avec_champs else (SANS_CHAMP,)),
    )


def _proche(nom: str) -> str:
    connus = [n for n, _ in champs_disponibles()]
    return next(iter(difflib.get_close_matches(nom.lower(), connus, 1, 0.72)), "")


# The value of a field where it stands; None when it does not exist.
_Lire = Callable[[str], ValeurChamp | None]


@dataclass
class _Travail:
    """A template being filled."""

    dossier: Dossier
    campagne: Campagne
    og: Og | None
    remplis: list[str] = field(default_factory=list)
    inconnus: list[str] = field(default_factory=list)
    manques: list[str] = field(default_factory=list)

    def partie(self, racine: Any) -> None:
        """Fills a part: its repeated rows, its content controls, then each of its paragraphs."""
        for rangee in [e for e in racine.iter() if nom_local(e) == "tr"]:
            self._repeter(rangee)
        lire = self._lecteur(self.og)
        for controle in [e for e in racine.iter() if nom_local(e) == "sdt"]:
            self._controle(controle, lire)
        for p in [e for e in racine.iter() if nom_local(e) == "p"]:
            self._paragraphe(p, lire)

    def _lecteur(self, og: Og | None, ligne: Callable[[str], Run | None] = lambda _: None) -> _Lire:
        sujet = Sujet(self.dossier, self.campagne, og)
        connus = {n for n, _ in champs.champs_disponibles()}

        def lire(nom: str) -> ValeurChamp | None:
            propre_a_la_ligne = ligne(nom)
            if propre_a_la_ligne is not None:
                return (propre_a_la_ligne,)
            if nom in champs_lignes.PAR_NOM:
                return (Manque(f"« {{{nom}}} » ne vaut que dans une ligne de tableau"),)
            return champs.valeur(nom, sujet) if nom in connus else None

        return lire

    def _repeter(self, rangee: Any) -> None:
        noms = {_nom(m) for p in _paragraphes(rangee) for m in _CHAMP.finditer(_mots(p))}
        essms = list(self.dossier.essms)
        lecteurs: list[_Lire] = []
        if noms & champs_lignes.PAR_NOM.keys():
            lecteurs = [self._lecteur(e.og, _de(e, n)) for n, e in enumerate(essms, 1)]
            lecteurs = lecteurs or [self._lecteur(self.og, _sans_essms)]
        elif self.og is None and any(n.startswith("og.") for n in noms):
            lecteurs = [self._lecteur(og) for og in self.dossier.ogs]
        for rang, lire in enumerate(lecteurs):
            copie = rangee if rang == len(lecteurs) - 1 else _copier(rangee)
            if copie is not rangee:
                rangee.addprevious(copie)
            for p in _paragraphes(copie):
                self._paragraphe(p, lire)

    def _controle(self, controle: Any, lire: _Lire) -> None:
        """Fills a content control by its tag, else by its title; what bound it to something else is taken off."""
        reglages = next((e for e in controle if nom_local(e) == "sdtPr"), None)
        contenu = next((e for e in controle if nom_local(e) == "sdtContent"), None)
        if reglages is None or contenu is None:
            return
        dits = [_valeur(e) for cle in ("tag", "alias") for e in reglages if nom_local(e) == cle]
        connus = {n for n, _ in champs.champs_disponibles()}
        nom = next((d for d in dits if d in connus or _BALISE.fullmatch(d)), "")
        textes = [t for t in contenu.iter() if nom_local(t) == "t"]
        if not nom or not textes:
            return
        mots = self._dire(nom, lire)
        if mots is None:
            return
        for e in [e for e in reglages if nom_local(e) in ("dataBinding", "showingPlcHdr")]:
            reglages.remove(e)
        _remplir(textes, mots)

    def _fusions(self, p: Any, lire: _Lire) -> None:
        """Fills the merge fields of a paragraph, which are then plain words."""
        for simple in [e for e in p if nom_local(e) == "fldSimple"]:
            nom = _fusion(_instruction(simple))
            textes = [t for t in simple.iter() if nom_local(t) == "t"]
            mots = self._dire(nom, lire) if nom and textes else None
            if mots is not None:
                _remplir(textes, mots)
                for enfant in list(simple):
                    simple.addprevious(enfant)
                p.remove(simple)
        for morceaux in _champs_composes(p):
            nom = _fusion("".join(e.text or "" for r in morceaux for e in r if nom_local(e) == "instrText"))
            textes = [t for r in morceaux for t in r if nom_local(t) == "t"]
            mots = self._dire(nom, lire) if nom and textes else None
            if mots is None:
                continue
            _remplir(textes, mots)
            for r in morceaux:
                for e in [e for e in r if nom_local(e) in ("fldChar", "instrText")]:
                    r.remove(e)

    def _paragraphe(self, p: Any, lire: _Lire) -> None:
        self._fusions(p, lire)
        textes = _textes(p)
        plein = "".join(t.text or "" for t in textes)
        for trouve in reversed(list(_CHAMP.finditer(plein))):
            mots = self._dire(_nom(trouve), lire)
            if mots is not None:
                _substituer(textes, trouve.start(), trouve.end(), mots)
        for t in textes:
            _couper(t)

    def _dire(self, nom: str, lire: _Lire) -> str | None:
        """The words of a field, noted as filled or as lacking; None and noted when it does not exist."""
        valeur = lire(nom)
        if valeur is None:
            self.inconnus.append(nom)
            return None
        self.remplis.append(nom)
        self.manques += [r.nom for r in _runs(valeur) if isinstance(r, Manque)]
        return propre("\n".join(_lignes(valeur)))


def _de(essms: Any, rang: int) -> Callable[[str], Run | None]:
    def lire(nom: str) -> Run | None:
        lecteur = champs_lignes.PAR_NOM.get(nom)
        return lecteur(essms, rang) if lecteur else None

    return lire


def _sans_essms(nom: str) -> Run | None:
    return Manque("ESSMS du projet", "-", code="essms.nom") if nom in champs_lignes.PAR_NOM else None


def _nom(trouve: re.Match[str]) -> str:
    """The name of a field as we write it: without capitals nor spaces around."""
    return (trouve.group(1) or trouve.group(2)).strip().lower()


def _lignes(valeur: ValeurChamp) -> Iterator[str]:
    """The value of a field, one item a line."""
    phrase: list[Run] = []
    for x in valeur:
        match x:
            case Texte() | Manque():
                phrase.append(x)
            case Paragraphe():
                yield texte_brut(x.contenu)
            case Liste():
                yield from (f"•\u00a0{texte_brut(e)}" for e in x.elements)
            case _:
                continue
    if phrase:
        yield texte_brut(tuple(phrase))


def _runs(valeur: ValeurChamp) -> Iterator[Run]:
    for x in valeur:
        if isinstance(x, Texte | Manque):
            yield x
        elif isinstance(x, Paragraphe):
            contenu = x.contenu if isinstance(x.contenu, tuple) else (x.contenu,)
            yield from (r for r in contenu if not isinstance(r, str))


def _paragraphes(rangee: Any) -> list[Any]:
    """The paragraphs of a row, not those of the rows of a table inside it."""
    return [
        e
        for e in rangee.iter()
        if nom_local(e) == "p" and next(a for a in e.iterancestors() if nom_local(a) == "tr") is rangee
    ]


def _textes(p: Any) -> list[Any]:
    """The words of a paragraph: not those of the paragraphs of a text box inside it, nor those that a revision takes off."""
    return [
        t
        for t in p.iter()
        if nom_local(t) == "t" and next(a for a in t.iterancestors() if nom_local(a) == "p") is p
    ]


def _mots(p: Any) -> str:
    return "".join(t.text or "" for t in _textes(p))


def _substituer(textes: list[Any], debut: int, fin: int, mots: str) -> None:
    """Puts words in the place of some others, which several runs may share: they take the look of the first."""
    place = 0
    for t in textes:
        lu = t.text or ""
        avant, apres = debut - place, fin - place
        place += len(lu)
        if apres <= 0 or avant >= len(lu):
            continue
        gauche = lu[: max(avant, 0)] + (mots if avant >= 0 else "")
        _ecrire(t, gauche + lu[min(apres, len(lu)) :])


def _remplir(textes: list[Any], mots: str) -> None:
    """Puts words in the first of some texts; the others are emptied."""
    _ecrire(textes[0], mots)
    for autre in textes[1:]:
        autre.text = ""
    _couper(textes[0])


def _instruction(e: Any) -> str:
    return next((str(v) for c, v in e.attrib.items() if str(c).rpartition("}")[2] == "instr"), "")


def _fusion(instruction: str) -> str:
    """The field a merge field names, « porteur_nom » being porteur.nom; empty when it is another kind of field."""
    trouve = _FUSION.match(instruction)
    if trouve is None:
        return ""
    nom = trouve.group(1).lower()
    connus = [n for n, _ in champs_disponibles()]
    return next((n for n in connus if n.replace(".", "_") == nom), nom)


def _champs_composes(p: Any) -> Iterator[list[Any]]:
    """The runs of each field written in several, its ends included; one inside another is left alone."""
    courant: list[Any] = []
    profondeur = 0
    for r in [e for e in p if nom_local(e) == "r"]:
        bornes = [_genre(e) for e in r if nom_local(e) == "fldChar"]
        profondeur += bornes.count("begin")
        if profondeur:
            courant.append(r)
        profondeur -= bornes.count("end")
        if courant and profondeur <= 0:
            yield courant
            courant, profondeur = [], 0


def _genre(e: Any) -> str:
    return next((str(v) for c, v in e.attrib.items() if str(c).rpartition("}")[2] == "fldCharType"), "")


def _ecrire(t: Any, mots: str) -> None:
    t.text = mots
    t.set(_ESPACE, "preserve")


def _couper(t: Any) -> None:
    """Line ends inside words become those of Word."""
    if "\n" not in (t.text or ""):
        return
    premiere, *autres = t.text.split("\n")
    espace = etree.QName(t).namespace
    suite = t
    _ecrire(t, premiere)
    for ligne in autres:
        for nom, mots in (("br", None), ("t", ligne)):
            neuf = etree.Element(f"{{{espace}}}{nom}")
            if mots is not None:
                _ecrire(neuf, mots)
            suite.addnext(neuf)
            suite = neuf


def _copier(rangee: Any) -> Any:
    """The same row again, without what must be single in a file."""
    copie = copy.deepcopy(rangee)
    for e in list(copie.iter()):
        if nom_local(e) in ("bookmarkStart", "bookmarkEnd"):
            e.getparent().remove(e)
            continue
        for cle in [c for c in e.attrib if str(c).rpartition("}")[2] in ("paraId", "textId")]:
            del e.attrib[cle]
    return copie


def _valeur(e: Any) -> str:
    return next(
        (str(v).strip().lower() for c, v in e.attrib.items() if str(c).rpartition("}")[2] == "val"), ""
    )
