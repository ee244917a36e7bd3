"""One of the programs that edit a base at once: a window, or the command line. It keeps a notebook of all it did and saw.

Run by test_trois_programmes.py: `python -m tests.fiabilite.trois_programmes ROLE BASE DOSSIER GRAINE GESTES CARNET`.
It says « prêt », waits for a line, then works. What it is refused in French is noted; anything else ends it.
"""

import contextlib
import hashlib
import io
import json
import random
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf

from esms_desktop import cli, lecture, model
from esms_desktop.base.ouverture import ouvrir_base
from esms_desktop.campagnes.chargement import charger
from esms_desktop.documents.arbre.arbre import empreinte
from esms_desktop.documents.catalogue import produire, tous
from esms_desktop.errors import ErreurDepot, ErreurEsms
from esms_desktop.gestes.deposer import deposer_dossier
from esms_desktop.lecture import Ligne
from esms_desktop.nomenclature.vocabulaire import Champ
from esms_desktop.store.porte import Porte
from tests.fiabilite.valeurs import JOUR

if TYPE_CHECKING:
    from tests.fiabilite.pages import Ecran

# What is edited: a table, a column, and whether it takes a text or a number.
CHAMPS = (
    ("dossier", "notes", str),
    ("og", "telephone", str),
    ("essms", "nom", str),
    ("essms", "capacite", int),
    ("contact", "courriel", str),
    ("tache", "notes", str),
    ("tache", "duree", int),
    ("risque", "cause", str),
)
# The code of a command that answers by a sentence of refusal.
REFUSE = 2
RETIRABLES = ("essms", "contact", "tache", "risque", "fichier")


def pdf() -> bytes:
    """A page with nothing on it."""
    with pikepdf.new() as fichier:
        fichier.add_blank_page()
        octets = io.BytesIO()
        fichier.save(octets, deterministic_id=True)
    return octets.getvalue()


def dit(dossier: lecture.Dossier) -> str:
    """A digest of all that a reading says, in its order."""
    texte = repr(
        [
            (t, [list(ligne.items()) for ligne in lignes.values()])
            for t, lignes in dossier.version.tables.items()
        ]
    )
    return hashlib.sha256(texte.encode()).hexdigest()


def empreintes(dossier: lecture.Dossier, jour: Any) -> set[str]:
    """The fingerprints of all the documents of a version."""
    campagne = charger(dossier.campagne_id)
    return {empreinte(produire(g.code, dossier, campagne, jour, og)) for g, og in tous(dossier)}


def deposees(manifeste: dict[str, Any]) -> list[str]:
    """The fingerprints that a filing says."""
    pieces = [manifeste["fiche_de_recevabilite"], *manifeste["pieces"]]
    return [g["empreinte"] for piece in pieces for g in piece["generes"]]


class Carnet:
    """What a program did and saw, a line each, with the time that all the programs of a machine share."""

    def __init__(self, chemin: Path) -> None:
        self._flux = chemin.open("w", encoding="utf-8")

    def noter(self, quoi: str, depuis: float, **faits: Any) -> None:
        """Notes a fact, that took place between `depuis` and now."""
        ligne = {"quoi": quoi, "depuis": depuis, "fin": time.monotonic(), **faits}
        print(json.dumps(ligne), file=self._flux, flush=True)


class Fenetre:
    """A window: it reads, shows, and writes on what it showed last, now and then on what it showed before."""

    def __init__(self, porte: Porte, dossier_id: int, role: str, graine: int, carnet: Carnet) -> None:
        self.porte, self.role, self.carnet = porte, role, carnet
        self.hasard = random.Random(f"{role} {graine}")
        depart = porte.lire(dossier_id)
        assert depart is not None
        self.lu = self.avant = depart
        self.rang = 0

    def relire(self) -> None:
        """What a page shows: the reading that follows, the same as a new one."""
        depuis = time.monotonic()
        self.avant, suite = self.lu, self.porte.relire(self.lu)
        self.carnet.noter("lecture", depuis, position=suite.version.position, dit=dit(suite))
        neuve = self.porte.lire(suite.id)
        while neuve is None or neuve.version.position != suite.version.position:
            suite, neuve = self.porte.relire(suite), self.porte.lire(suite.id)
        assert dit(neuve) == dit(suite), "the reading that follows is not what the base holds"
        self.lu = suite

    def agir(self) -> None:
        """One geste, noted with what it was based on; a refusal in French is an answer."""
        self.rang += 1
        geste: Callable[[str], dict[str, Any]] = self.hasard.choices(
            [
                self.modifier,
                self.ajouter,
                self.retirer,
                self.plusieurs,
                self.joindre,
                self.annuler,
                self.refaire,
            ],
            [8, 3, 2, 2, 1, 3, 2],
        )[0]
        libelle = f"{self.role} {self.rang}"
        depuis = time.monotonic()
        try:
            faits = geste(libelle)
        except ErreurEsms as e:
            self.carnet.noter("refus", depuis, genre=type(e).__name__, phrase=e.message, remede=e.remede)
        else:
            self.carnet.noter(geste.__name__, depuis, **{"libelle": libelle} | faits)

    def _vu(self) -> lecture.Dossier:
        return self.avant if self.hasard.random() < 0.25 else self.lu

    def _ligne(self, vu: lecture.Dossier, *tables: str) -> Ligne:
        pleines = [t for t in tables if vu.version.tables[t]]
        table = self.hasard.choice(pleines)
        trouvee: Ligne = vu.version.ligne(table, self.hasard.choice(list(vu.version.tables[table])))
        return trouvee

    def modifier(self, libelle: str) -> dict[str, Any]:
        """A field of a row."""
        table, champ, genre = self.hasard.choice(CHAMPS)
        vu = self._vu()
        if not vu.version.tables[table]:
            table, champ, genre = CHAMPS[0]
        ligne = self._ligne(vu, table)
        valeur = libelle if genre is str else self.hasard.randint(1, 400)
        change = self.porte.modifier(ligne, libelle, **{champ: valeur})
        vue = getattr(ligne, champ)
        return {
            "table": table,
            "cle": ligne.id,
            "champ": champ,
            "vue": vue,
            "valeur": valeur,
            "change": change,
        }

    def ajouter(self, libelle: str) -> dict[str, Any]:
        """A row, on a parent that may be gone."""
        d, og = self._vu().id, self._vu().ogs[0].id
        neuf = self.hasard.choice(
            [
                model.Contact(dossier_id=d, nom=libelle),
                model.Tache(dossier_id=d, nom=libelle),
                model.Risque(dossier_id=d, intitule=libelle),
                model.Essms(og_id=og, nom=libelle, champ=Champ.PA),
            ]
        )
        self.porte.ajouter(neuf, libelle=libelle)
        return {"table": neuf.__tablename__, "cle": neuf.id}

    def retirer(self, libelle: str) -> dict[str, Any]:
        """A row, with what hangs on it."""
        ligne = self._ligne(self._vu(), "dossier", *RETIRABLES)
        if ligne.table == "dossier":
            return self.ajouter(libelle)
        self.porte.retirer(ligne, libelle=libelle)
        return {"table": ligne.table, "cle": ligne.id}

    def plusieurs(self, libelle: str) -> dict[str, Any]:
        """Three writes or none."""
        vu = self._vu()
        with self.porte.geste(libelle):
            self.porte.modifier(self._ligne(vu, "og"), sigle=libelle)
            self.porte.ajouter(neuf := model.Contact(dossier_id=vu.id, nom=libelle), libelle="x")
            assert neuf.id in self.porte.relire(vu).version.tables["contact"]
            self.porte.modifier(vu, contexte=libelle)
        return {}

    def joindre(self, libelle: str) -> dict[str, Any]:
        """A file."""
        fichier = self.porte.joindre(self.lu, 9, f"{libelle}.pdf", ".pdf", pdf(), libelle=libelle)
        return {"table": "fichier", "cle": fichier.id}

    def annuler(self, _libelle: str) -> dict[str, Any]:
        """Back."""
        return {"libelle": self.porte.annuler()}

    def refaire(self, _libelle: str) -> dict[str, Any]:
        """Forth."""
        return {"libelle": self.porte.refaire()}

    def deposer(self, sortie: Path) -> None:
        """Files what is shown, while the others write."""
        depuis, depose = time.monotonic(), self.lu
        try:
            depot = deposer_dossier(self.porte, depose, sortie, JOUR)
        except ErreurDepot as e:
            # Someone wrote while it was made: it is not announced.
            self.carnet.noter("depot perime", depuis, phrase=e.message)
            return
        self.carnet.noter(
            "depot",
            depuis,
            position=depose.version.position,
            dites=deposees(json.loads(depot.manifeste.read_bytes())),
            attendues=sorted(empreintes(depose, JOUR)),
            sha256=depot.sha256_zip,
        )


def travailler_en_fenetre(
    base: Path, dossier_id: int, role: str, graine: int, gestes: int, carnet: Carnet
) -> None:
    """Gestes on what is read; `role` ending with « écran », each on a page on show, that must say what a new one says."""
    with ouvrir_base(base, creer=False) as porte, ExitStack() as pile:
        fenetre = Fenetre(porte, dossier_id, role, graine, carnet)
        ecran = ouvrir_un_ecran(porte, dossier_id, pile) if role.endswith("écran") else None
        attendre()
        for rang in range(gestes):
            fenetre.relire()
            if ecran is not None:
                page = fenetre.hasard.choice(ecran.pages)
                assert not (ecarts := ecran.comparer(page)), (page, ecarts)
            fenetre.agir()
            if rang % 20 == 19:
                fenetre.deposer(base.parent / f"depots {role}" / str(rang))
        fenetre.relire()


def ouvrir_un_ecran(porte: Porte, dossier_id: int, pile: ExitStack) -> "Ecran":
    """A real window on the dossier, closed with `pile`."""
    from PySide6.QtWidgets import QApplication

    from tests.fiabilite.pages import Ecran
    from ui.contexte import Contexte

    pile.callback(QApplication([]).shutdown)
    ecran = Ecran(Contexte(porte, lambda: JOUR), dossier_id)
    pile.callback(ecran.fermer)
    return ecran


def travailler_en_ligne(
    base: Path, dossier_id: int, role: str, graine: int, gestes: int, carnet: Carnet
) -> None:
    """Commands one after the other, each opening the base and closing it."""
    hasard = random.Random(f"{role} {graine}")
    with ouvrir_base(base, creer=False) as porte:
        nom = next(r.nom for r in porte.resumes() if r.id == dossier_id)
    piece = base.parent / "piece.pdf"
    piece.write_bytes(pdf())
    attendre()
    for rang in range(gestes):
        libelle, depuis = f"{role} {rang}", time.monotonic()
        if rang % 10 == 1:
            code, dites, refus = lancer(
                "deposer", nom, "--sortie", str(base.parent / "depots cli" / str(rang)), "--json"
            )
            if code < REFUSE:
                carnet.noter("depot en ligne", depuis, dites=deposees(json.loads(dites)))
            else:
                carnet.noter("depot perime", depuis, phrase=refus.strip())
        elif hasard.random() < 0.3:
            code, dites, refus = lancer("dossier", "verifier", nom, "--json")
            if code < REFUSE:
                carnet.noter("verification", depuis, dossier=json.loads(dites)["dossier"])
        else:
            fichier = piece.with_name(f"{libelle}.pdf")
            piece.replace(fichier)
            numero = hasard.randint(1, 14)
            code, _, refus = lancer("piece", "joindre", nom, str(numero), str(fichier))
            fichier.replace(piece)
            if code < REFUSE:
                dit_la = f"Joindre «\u00a0{libelle}.pdf\u00a0» à la pièce {numero}"
                carnet.noter("joindre", depuis, libelle=dit_la)
        if code >= REFUSE:
            assert code == REFUSE, refus
            carnet.noter("refus", depuis, genre="ErreurBase", phrase=refus.strip(), remede="dit à la suite")


def lancer(*argv: str) -> tuple[int, str, str]:
    """A command: its code, what it prints, what it says of a refusal."""
    with (
        contextlib.redirect_stdout(io.StringIO()) as sortie,
        contextlib.redirect_stderr(io.StringIO()) as erreurs,
    ):
        code = cli.main(argv)
    return code, sortie.getvalue(), erreurs.getvalue()


def attendre() -> None:
    """Says that this program is ready, and waits for the others."""
    print("prêt", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    _role, _base, _dossier, _graine, _gestes, _carnet = sys.argv[1:]
    _travail = travailler_en_ligne if _role == "commandes" else travailler_en_fenetre
    _travail(Path(_base), int(_dossier), _role, int(_graine), int(_gestes), Carnet(Path(_carnet)))
