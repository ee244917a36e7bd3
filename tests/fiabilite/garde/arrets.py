"""Processes killed -9 at any instant: nothing acknowledged is lost, nothing is left in clear, what is named a backup is one."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

from esms_desktop.base import cles, restaurer, sauvegardes
from esms_desktop.base.ouverture import ouvrir_base
from esms_desktop.depot import manifeste
from esms_desktop.gestes.deposer import deposer_dossier
from esms_desktop.store.cles import changer_cles, code_secours
from esms_desktop.store.cles.chiffrement import Cle
from esms_desktop.store.cles.cle_neuve import emplacement_de_phrase
from esms_desktop.store.cles.cles import cle_de_la_base
from esms_desktop.store.cles.temoin import ecrire_temoin
from esms_desktop.store.engine import connexion_nue
from esms_desktop.store.reglages import dossier_local
from esms_desktop.store.sauvegarde.sauvegarde import exiger_entiere, lister
from tests.fiabilite.garde import grands
from tests.fiabilite.garde.outils import (
    PHRASE,
    Acquitter,
    Compte,
    Sorte,
    copier,
    duree_de,
    faire_base,
    hasard,
    machine,
    premier,
    rien_en_clair,
    saine,
    toutes_restaurent,
    tuer_pendant,
)
from tests.store.aide import vivants

_SCHEMAS = Path(__file__).parents[2] / "store" / "schemas"
JOUR = date(2023, 6, 1)


# Edits.


def _editer(base: Path, acquitter: Acquitter) -> None:
    with ouvrir_base(base) as porte:
        cle = premier(porte)
        for i in range(1, 120):
            porte.modifier(porte.lire(cle), notes=f"{i} " + "n" * (i % 40) * 50)  # type: ignore[arg-type]
            acquitter(str(i))


def _editees(base: Path, acquis: list[str]) -> None:
    with ouvrir_base(base) as porte:
        notes = vivants(porte)[0].notes
        ecrit = int(notes.split(" ")[0]) if notes else 0
    dernier = int(acquis[-1]) if acquis else 0
    assert dernier <= ecrit <= dernier + 1, f"acknowledged {dernier}, kept {ecrit}"


# Attached files.


def _joindre(base: Path, acquitter: Acquitter) -> None:
    with ouvrir_base(base) as porte:
        d = porte.lire(premier(porte))
        for i in range(25):
            octets = hasard(i).randbytes(60_000 + i)
            porte.joindre(d, 9, f"{i}.pdf", "pdf", octets)  # type: ignore[arg-type]
            acquitter(sha256(octets).hexdigest())


def _jointes(base: Path, acquis: list[str]) -> None:
    with ouvrir_base(base) as porte:
        presentes = {f.sha256 for f in vivants(porte)[0].fichiers}
        assert set(acquis) <= presentes, "an attached file is lost"
        for empreinte in presentes:
            porte.contenu(empreinte)


# Filings.


def _deposer(base: Path, acquitter: Acquitter) -> None:
    with ouvrir_base(base) as porte:
        for i in range(2):
            d = porte.lire(premier(porte))
            depot = deposer_dossier(porte, d, base.parent / "sortie", JOUR)  # type: ignore[arg-type]
            acquitter(depot.sha256_zip)
            porte.modifier(porte.lire(premier(porte)), notes=f"après le dépôt {i}")  # type: ignore[arg-type]


def _deposees(base: Path, acquis: list[str]) -> None:
    with ouvrir_base(base) as porte:
        gardes = {x.sha256 for x in vivants(porte)[0].depots}
        assert set(acquis) <= gardes, "a filing that was announced is not kept"
        for empreinte in gardes:
            porte.contenu(empreinte)
    sortie = base.parent / "sortie"
    if sortie.exists():
        # The former one whole, or the new one: never in between.
        lu = json.loads((sortie / manifeste.NOM).read_text(encoding="utf-8"))
        assert (sortie / str(lu["archive"])).is_file()


# The first start.


def _premier_demarrage(base: Path, acquitter: Acquitter) -> None:
    base.parent.mkdir(exist_ok=True)
    with ouvrir_base(base, demeure=True) as porte:
        assert porte.cle is not None
        acquitter(cles.a_confirmer(base, porte.cle) or "")


def _demarree(base: Path, acquis: list[str]) -> None:
    with ouvrir_base(base) as porte:
        assert porte.cle is not None
        code = cles.a_confirmer(base, porte.cle)
        # Killed at any point, the confirmation is asked again, of a code that opens the base.
        assert code and (not acquis or acquis == [code])
        assert code_secours.cle_du_code(code_secours.lire(code)) == porte.cle


# The keys.


def _changer_le_code(base: Path, acquitter: Acquitter) -> None:
    cle = cle_de_la_base(base)
    cle = cles.changer_le_code(base, cle)
    acquitter("code")
    changer_cles.changer_phrase(base, cle, PHRASE)
    acquitter("phrase")


def _code_change(base: Path, _acquis: list[str]) -> None:
    with ouvrir_base(base) as porte:
        assert len(vivants(porte)) == 1 and porte.cle is not None
        code = cles.a_confirmer(base, porte.cle)
        assert code is not None and code_secours.cle_du_code(code_secours.lire(code)) == porte.cle


# Backups.


def _sauvegarder(base: Path, acquitter: Acquitter) -> None:
    cle = cle_de_la_base(base)
    with ouvrir_base(base) as porte:
        d = premier(porte)
        for i in range(4):
            porte.modifier(porte.lire(d), notes=f"{i}")  # type: ignore[arg-type]
            prise = sauvegardes.faire(base, cle, "demandee", sauvegardes.maintenant_local())
            acquitter(f"{prise.chemin}\t{i}")


def _sauvegardees(base: Path, acquis: list[str]) -> None:
    presentes = {str(s.chemin) for s in lister(dossier_local(base))}
    for ligne in acquis:
        assert ligne.split("\t")[0] in presentes, "a backup that was announced is not there"
    toutes_restaurent(base)


# Restoring.


def _base_et_sauvegarde(base: Path) -> None:
    faire_base(base)
    sauvegardes.faire(base, cle_de_la_base(base), "demandee", sauvegardes.maintenant_local())
    with ouvrir_base(base) as porte:
        porte.modifier(porte.lire(premier(porte)), nom="Présent")  # type: ignore[arg-type]


def _restaurer(base: Path, acquitter: Acquitter) -> None:
    prise = lister(dossier_local(base))[-1]
    restaurer.restaurer(restaurer.preparer(prise.chemin, base), base)
    acquitter("fait")


def _restauree(base: Path, acquis: list[str]) -> None:
    with ouvrir_base(base) as porte:
        [d] = vivants(porte)
        assert d.nom in ({"Grappe du Ségala"} if acquis else {"Présent", "Grappe du Ségala"}), d.nom
        assert len(d.essms) == 6
        if d.nom == "Grappe du Ségala":
            assert {s.motif for s in lister(dossier_local(base))} == {"demandee", "restauration"}
    toutes_restaurent(base)


# Migration.


def _ancienne(base: Path) -> None:
    base.parent.mkdir(exist_ok=True)
    code = hasard("ancienne").randbytes(20)
    cle = code_secours.cle_du_code(code)
    with connexion_nue(base, cle) as connexion:
        connexion.executescript((_SCHEMAS / "0001.sql").read_text(encoding="utf-8"))
    qui = base.read_bytes()[:16].hex()
    ecrire_temoin(base, [emplacement_de_phrase(Cle(cle.octets), qui, PHRASE)])


def _migrer(base: Path, acquitter: Acquitter) -> None:
    ouvrir_base(base).fermer()
    acquitter("fait")


def _migree(base: Path, _acquis: list[str]) -> None:
    with ouvrir_base(base) as porte:
        [d] = vivants(porte)
        assert d.porteur is not None and [e.nom for e in d.essms] == [
            "EHPAD Bellevue 0-0",
            "EHPAD Bellevue 1-0",
        ]
        assert porte.contenu(d.fichiers[0].sha256) == b"%PDF-1.4 rib"
    for prise in lister(dossier_local(base)):
        exiger_entiere(prise.chemin)


SORTES = (
    Sorte("modifications", faire_base, _editer, _editees, 30),
    Sorte("pièces jointes", faire_base, _joindre, _jointes, 12),
    Sorte("dépôts", faire_base, _deposer, _deposees, 8),
    Sorte("premier démarrage", lambda b: None, _premier_demarrage, _demarree, 15),
    Sorte("changement de clé", faire_base, _changer_le_code, _code_change, 12),
    Sorte("sauvegardes", faire_base, _sauvegarder, _sauvegardees, 9),
    Sorte("restaurations", _base_et_sauvegarde, _restaurer, _restauree, 7),
    Sorte("mises à jour", _ancienne, _migrer, _migree, 7),
    *grands.SORTES,
)


def mesurer(tours: int) -> Iterator[Compte]:
    """Rounds shared between the kinds; each process is killed at an instant drawn over all that its work lasts."""
    total = sum(s.part for s in SORTES)
    for sorte in SORTES:
        compte = Compte(f"kill -9, {sorte.nom}")
        with machine() as ici:
            modele = ici / "modele" / "base.sqlite"
            sorte.faire(modele)

            def preparer(ici: Path = ici, modele: Path = modele) -> Path:
                if modele.exists():
                    base = copier(modele, ici / "tour")
                else:
                    shutil.rmtree(ici / "tour", ignore_errors=True)
                    base = ici / "tour" / modele.name
                voisin = dossier_local(modele)
                if voisin.is_dir():
                    shutil.copytree(voisin, dossier_local(base))
                return base

            base = preparer()
            # What is loaded once is not paid in each round.
            duree_de(lambda a, s=sorte, b=base: s.travail(b, a))  # type: ignore[misc]
            durees = []
            for _ in range(3):
                base = preparer()
                durees.append(duree_de(lambda a, s=sorte, b=base: s.travail(b, a)))  # type: ignore[misc]
            # The machine may be busy with something else: killed later, it would have ended.
            duree = min(durees)
            finis = 0
            for i in range(max(1, tours * sorte.part // total)):
                base = preparer()
                acquis, fini, mort = tuer_pendant(
                    lambda a, s=sorte, b=base: s.travail(b, a),  # type: ignore[misc]
                    hasard(f"{sorte.nom} {i}").uniform(0, duree),
                )
                finis += fini
                compte.tour(_verifier, sorte, base, acquis, mort)
            compte.dit = f"{duree * 1000:.0f} ms de travail, {finis} finis avant"
        yield compte


def _verifier(sorte: Sorte, base: Path, acquis: list[str], mort: str) -> None:
    assert not mort, mort
    sorte.verifier(base, acquis)
    saine(base)
    rien_en_clair(base.parent)
