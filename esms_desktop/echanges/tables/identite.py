"""Who a line of a list is about: by FINESS, else SIRET, else name and commune; never by its place. It depends on that line alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from esms_desktop.echanges.tables.rubriques_essms import COMMUNE, FINESS, NOM, SIRET
from esms_desktop.francais import NBSP, mots
from esms_desktop.lecture import Dossier, Essms
from esms_desktop.nomenclature.numeros import defaut_finess, ecrire_finess, normaliser

# Names this close may be those of the same place.
_PROCHES = 0.6
# Words that many names share.
_COMMUNS = frozenset(
    mots(
        "les des aux sur pour dans avec association service services foyer residence maison centre institut etablissement "
        "ehpad ime itep esat sessad fam mas ssiad savs samsah cmpp mecs site antenne accueil jour vie"
    )
)


@dataclass
class Fiche:
    """A line once its cells are read.

    Attributes:
        numero: the row.
        valeurs: what is told, by field; what is not told is not there.
        ou: the address of each cell, by field.
        fautes: why a cell was refused, by field.
    """

    numero: int
    valeurs: dict[str, Any] = field(default_factory=dict)
    ou: dict[str, str] = field(default_factory=dict)
    fautes: dict[str, str] = field(default_factory=dict)
    bruts: dict[str, str] = field(default_factory=dict)

    @property
    def adresse(self) -> str:
        """The cell that says who it is, else the first."""
        for nom in (FINESS, SIRET, NOM):
            if nom in self.ou:
                return self.ou[nom]
        return next(iter(self.ou.values()), f"ligne {self.numero}")

    @property
    def titre(self) -> str:
        """How it is called in a sentence."""
        nom = self.valeurs.get(NOM) or ""
        numero = self.valeurs.get(FINESS) or self.bruts.get(FINESS) or self.valeurs.get(SIRET) or ""
        return str(nom or numero or f"ligne {self.numero}")


@dataclass(frozen=True)
class Trouve:
    """Whom a line is about. `essms`: the one; `possibles`: those it may be; `raison`: why it must be decided, "" otherwise."""

    essms: Essms | None = None
    possibles: tuple[Essms, ...] = ()
    raison: str = ""
    code: str = ""


class Registre:
    """The ESSMS of a dossier, found by who they are."""

    def __init__(self, dossier: Dossier) -> None:
        self._finess: dict[str, list[Essms]] = {}
        self._siret: dict[str, list[Essms]] = {}
        self._nom: dict[str, list[Essms]] = {}
        for e in dossier.essms:
            self._finess.setdefault(normaliser(e.finess), []).append(e)
            self._siret.setdefault(normaliser(e.siret), []).append(e)
            self._nom.setdefault(_plie(e.nom), []).append(e)

    def trouver(self, fiche: Fiche) -> Trouve:
        """Whom a line is about; nothing at all when it is nobody of the dossier."""
        finess = fiche.valeurs.get(FINESS)
        if FINESS in fiche.fautes:
            possibles = self._par_siret(fiche) or self._par_nom(fiche)
            brut = fiche.bruts[FINESS]
            return Trouve(
                None,
                possibles,
                f"le numéro FINESS «{NBSP}{brut}{NBSP}» est faux{NBSP}: {fiche.fautes[FINESS]}",
                "cle",
            )
        if finess and (connus := self._finess.get(finess)):
            return _un_seul(
                _du_nom(connus, fiche),
                f"plusieurs ESSMS de la grappe portent le numéro {ecrire_finess(finess)}",
            )
        par_siret = self._par_siret(fiche)
        if finess:
            return self._numero_nouveau(fiche, par_siret)
        if par_siret:
            siret = _un_seul(_du_nom(par_siret, fiche), "plusieurs ESSMS de la grappe portent ce SIRET")
            if siret.essms is None or self._va_avec(siret.essms, fiche):
                return siret
            raison = f"son SIRET est celui de «{NBSP}{siret.essms.nom}{NBSP}», dont le nom est tout autre"
            return Trouve(None, (siret.essms,), raison, "autre-nom")
        par_nom = self._par_nom(fiche)
        if par_nom:
            return _un_seul(par_nom, "plusieurs ESSMS de la grappe portent ce nom")
        return Trouve()

    def _numero_nouveau(self, fiche: Fiche, par_siret: tuple[Essms, ...]) -> Trouve:
        """A good number that no ESSMS has: one without number may be the one; one with another is to be decided."""
        par_nom = self._par_nom(fiche)
        proches = tuple(
            {e.id: e for e in (*(e for e in par_siret if self._va_avec(e, fiche)), *par_nom)}.values()
        )
        sans = [e for e in proches if defaut_finess(e.finess) is not None and not e.finess]
        if len(proches) == 1 and sans:
            return Trouve(sans[0])
        if proches:
            autre = proches[0]
            if len(proches) > 1:
                raison = "plusieurs ESSMS de la grappe lui ressemblent"
            elif autre.finess:
                raison = f"la grappe a «{NBSP}{autre.nom}{NBSP}» sous un autre numéro, {ecrire_finess(autre.finess)}"
            else:
                raison = f"la grappe a «{NBSP}{autre.nom}{NBSP}» sans numéro"
            return Trouve(None, proches, raison, "autre-numero")
        return Trouve()

    def _par_siret(self, fiche: Fiche) -> tuple[Essms, ...]:
        siret = fiche.valeurs.get(SIRET)
        return tuple(self._siret.get(siret, ())) if siret else ()

    def _par_nom(self, fiche: Fiche) -> tuple[Essms, ...]:
        nom, commune = fiche.valeurs.get(NOM), _plie(fiche.valeurs.get(COMMUNE) or "")
        if not nom:
            return ()
        memes = self._nom.get(_plie(nom), [])
        if commune:
            exacts = [e for e in memes if _plie(e.commune) == commune]
            # One whose commune nobody told may be the one.
            memes = exacts or [e for e in memes if not e.commune]
        return tuple(memes)

    def _va_avec(self, essms: Essms, fiche: Fiche) -> bool:
        nom = fiche.valeurs.get(NOM)
        return not nom or proches(essms.nom, nom)


def _plie(texte: str) -> str:
    return " ".join(mots(texte))


def proches(un: str, autre: str) -> bool:
    """Whether two names may be those of one place: alike as a whole, or by a word that few names share."""
    a, b = mots(un), mots(autre)
    if {m for m in a if len(m) > 2} & {m for m in b if len(m) > 2} - _COMMUNS:
        return True
    return SequenceMatcher(None, " ".join(a), " ".join(b)).ratio() >= _PROCHES


def _du_nom(essms: Sequence[Essms], fiche: Fiche) -> tuple[Essms, ...]:
    """Those of several that have the name of the line; all of them when none has, or when it has no name."""
    nom = fiche.valeurs.get(NOM)
    if len(essms) < 2 or not nom:
        return tuple(essms)
    return tuple(e for e in essms if _plie(e.nom) == _plie(nom)) or tuple(essms)


def _un_seul(essms: Iterable[Essms], raison: str) -> Trouve:
    tous = tuple(essms)
    return Trouve(tous[0]) if len(tous) == 1 else Trouve(None, tous, raison, "plusieurs")
