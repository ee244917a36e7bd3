"""The health of a base: checked quickly or whole, repaired into a sound one beside it, what is missing told."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from esms_desktop.base import sauvegardes
from esms_desktop.errors import ErreurBase, ErreurBaseAbimee
from esms_desktop.francais import date_heure, pluriel
from esms_desktop.nomenclature.tables import libelle_table
from esms_desktop.store.cles import changer_cles, cles
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.cles import Trouvee
from esms_desktop.store.cles.emplacements import Emplacement
from esms_desktop.store.cles.temoin import chemin_du_temoin, ecrire_temoin
from esms_desktop.store.erreurs import traduire
from esms_desktop.store.fil_bas import fil_bas
from esms_desktop.store.reglages import avec_lignee, ecrire_reglages, lire_reglages
from esms_desktop.store.sante.reparation import Reparation, Tables, reparer, schema_d_une_sauvegarde
from esms_desktop.store.sante.sante import Bilan as Bilan
from esms_desktop.store.sante.sante import Suivre, commits_perdus, regarder_le_fichier, verifier
from esms_desktop.store.sauvegarde.restauration import mettre_de_cote
from esms_desktop.store.sauvegarde.sauvegarde import Sauvegarde

Demander = Callable[[str], str | None]
COMPLETE = timedelta(days=7)
# Backups whose schema stands for that of a base that lost its own.
_SCHEMAS = 3


@dataclass(frozen=True)
class Sante:
    """What was found of a base, and the best backup when it is not whole."""

    bilan: Bilan
    meilleure: Sauvegarde | None

    def phrases(self) -> list[str]:
        """The whole, in French lines."""
        if self.bilan.sain:
            quoi = (
                "Toutes les pages, tous les index et tous les fichiers joints"
                if self.bilan.complet
                else "La structure"
            )
            return [f"La base est saine. {quoi} : rien à signaler ({self.bilan.pages} pages)."]
        lignes = [f"Abîmé : {d}" for d in self.bilan.defauts]
        if self.meilleure is not None:
            lignes.append(
                f"La sauvegarde du {date_heure(self.meilleure.quand)} est entière : « esms-desktop base restaurer "
                f"{self.meilleure.chemin} » la remet, après avoir mis celle-ci de côté."
            )
        lignes.append(
            "« esms-desktop base reparer --sortie FICHIER » fait une base saine de tout ce qui se lit encore."
        )
        return lignes


def examiner(
    base: Path, demander: Demander | None, complet: bool, suivre: Suivre = lambda fait, total, quoi: None
) -> Sante:
    """Checks a base that this process has not open.

    Raises:
        ErreurCle: nothing opens it. ErreurBase: it cannot be read.
    """
    defauts = regarder_le_fichier(base)
    try:
        trouvee = cles.trouver(base, demander)
    except ErreurBaseAbimee as erreur:
        return _avec_secours(base, Bilan((*defauts, erreur.message), complet, 0))
    except OSError as erreur:
        raise traduire(erreur) from erreur
    if not trouvee.ouvre:
        quoi = "Le début du fichier est abîmé : la clé est la bonne, et il ne s’ouvre plus."
        return _avec_secours(base, Bilan((*defauts, quoi), complet, 0))
    bilan = verifier(base, trouvee.cle, complet, suivre)
    bilan = replace(bilan, defauts=tuple(dict.fromkeys((*defauts, *bilan.defauts))))
    if complet:
        noter(base, bilan)
    return _avec_secours(base, bilan)


def _avec_secours(base: Path, bilan: Bilan) -> Sante:
    if bilan.sain:
        return Sante(bilan, None)
    return Sante(bilan, next(sauvegardes.meilleures(base, sauvegardes.maintenant_local()), None))


def noter(base: Path, bilan: Bilan) -> None:
    """Keeps when a base was found whole; a place that cannot be written asks again sooner."""
    if bilan.sain and bilan.complet:
        with suppress(ErreurBase):
            quand = sauvegardes.maintenant_local().isoformat(timespec="seconds")
            ecrire_reglages(base, replace(avec_lignee(base), verifiee=quand))


def complete_due(base: Path, maintenant: datetime) -> bool:
    """Whether the whole check is to be made: none for a week."""
    try:
        derniere = datetime.fromisoformat(lire_reglages(base).verifiee)
    except ValueError:
        return True
    return not timedelta(0) <= maintenant - derniere < COMPLETE


@dataclass(frozen=True)
class Reparee:
    """What a repair gave: see `Reparation`; `meilleure`: the best backup, which may hold more."""

    reparation: Reparation
    meilleure: Sauvegarde | None

    def phrases(self) -> list[str]:
        """The whole, in French lines."""
        r = self.reparation
        total = sum(r.lignes.values())
        lignes = [
            f"Base réparée : {r.sortie} ({total} éléments repris, dont {pluriel(r.lignes.get('dossier', 0), 'dossier')}"
            + (f" ; {r.du_journal} retrouvés dans le journal" if r.du_journal else "")
            + ").",
            f"La base d’origine n’a pas été touchée : {r.abimees} pages abîmées sur {r.pages}.",
        ]
        if r.entiere:
            return [*lignes, "Rien de connu ne manque."]
        lignes += [
            f"Manque : {libelle_table(table)} n° {numero}" + (f", « {nom} »" if nom else "")
            for table, numero, nom in r.manquantes
        ]
        lignes += [f"Manque : le contenu du fichier « {nom} », à joindre de nouveau" for nom in r.contenus]
        if r.entrees:
            lignes.append(f"Manque : {r.entrees} lignes du journal des changements")
        if r.commits:
            lignes.append(f"Manque : les {r.commits} derniers enregistrements au moins")
        if self.meilleure is not None:
            lignes.append(
                f"La sauvegarde du {date_heure(self.meilleure.quand)} est entière ({self.meilleure.chemin})"
                + self._de_plus()
            )
        return lignes

    def _de_plus(self) -> str:
        """What the backup has more of."""
        inventaire = self.meilleure.inventaire if self.meilleure else None
        repris = self.reparation.lignes
        sans = ("journal", "contenu", "sqlite_master", "sqlite_sequence", "alembic_version")
        comptes = inventaire.comptes if inventaire else {}
        plus = [
            f"{n - repris.get(t, 0)} {libelle_table(t, n - repris.get(t, 0))}"
            for t, n in sorted(comptes.items())
            if t not in sans and n > repris.get(t, 0)
        ]
        return f" ; elle en a plus ({', '.join(plus)})." if plus else "."


def reparer_vers(base: Path, demander: Demander | None, sortie: Path) -> Reparee:
    """Makes a sound base of what reads of a spoilt one, with its key file; the spoilt one is left as it is.

    Raises:
        ErreurCle: nothing opens it. ErreurBase: nothing of it reads, or the place is taken.
    """
    try:
        trouvee = cles.trouver(base, demander)
        connues = list(islice(sauvegardes.meilleures(base, sauvegardes.maintenant_local()), _SCHEMAS))
        vrai = Path(os.path.realpath(base))
        reparation = reparer(vrai, trouvee.cle, trouvee.sel, sortie, _schemas(connues, trouvee.cle))
        ecrire_temoin(sortie, _emplacements(base, trouvee))
    except OSError as erreur:
        raise traduire(erreur) from erreur
    return Reparee(reparation, connues[0] if connues else None)


def _emplacements(base: Path, trouvee: Trouvee) -> tuple[Emplacement, ...]:
    sel = trouvee.sel.hex()
    nos = tuple(e for e in trouvee.emplacements if e.base == sel)
    return nos or changer_cles.emplacements_de(base, Cle(trouvee.cle.octets, sel=trouvee.sel))


def _schemas(connues: list[Sauvegarde], cle: Cle) -> list[tuple[str, Tables]]:
    """What the newest backups say of the schema; one that another key closes says nothing."""
    return [lu for s in connues if (lu := schema_d_une_sauvegarde(s.chemin, cle)) is not None]


def regarder(base: Path, cle: Cle, complet: bool, suivre: Suivre = lambda fait, total, quoi: None) -> Bilan:
    """Looks at a base this process has open, beside who types; a look at all of it that finds nothing is noted.

    Raises:
        ErreurBase: it is busy, or the disk refuses: nothing is known.
    """
    with fil_bas():
        bilan = verifier(base, cle, complet, suivre)
        perdus = commits_perdus(base) if complet else 0
    if perdus:
        bilan = replace(
            bilan,
            defauts=(*bilan.defauts, f"Les derniers enregistrements ne se lisent plus : {perdus} au moins."),
        )
    noter(base, bilan)
    return bilan


def reparer_a_cote(base: Path, demander: Demander | None) -> Reparee:
    """As `reparer_vers`, into a file of its own beside the base, whose name says when.

    Raises:
        ErreurCle: nothing opens it. ErreurBase: nothing of it reads, or the disk refuses.
    """
    vrai = Path(os.path.realpath(base))
    sortie = vrai.with_name(f"{vrai.name}.reparee-{sauvegardes.maintenant_local():%Y%m%d-%H%M%S}")
    return reparer_vers(base, demander, sortie)


def mettre_la_reparee(base: Path, faite: Reparee) -> Path:
    """Puts a repaired base in the place of the spoilt one, which is set aside as it is; answers where.

    Raises:
        ErreurBase: the disk refuses; the spoilt one is where it was.
    """
    vrai, sortie = Path(os.path.realpath(base)), faite.reparation.sortie
    try:
        cote = mettre_de_cote(vrai, sortie, sauvegardes.maintenant_local())
        # Its key file says the same as that of the base it came from.
        chemin_du_temoin(sortie).unlink(missing_ok=True)
    except OSError as erreur:
        raise traduire(erreur) from erreur
    return cote
