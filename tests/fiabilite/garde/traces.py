"""What the window asks of the system, under strace, when every name of a dossier is hostile: no file nor host because of a name."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.fiabilite.garde.outils import Compte, machine

JOUR = date(2023, 6, 1)
# Files that are there, files that are not, hosts, markup, commands: each with the mark that shows in a trace.
MARQUE = "esmspiege"
_NOMS = (
    "{marque}.example.com",
    "http://{marque}.example.com/x.png",
    "https://{marque}.example.com",
    "//{marque}.example.com/partage/x.png",
    "\\\\{marque}.example.com\\partage",
    "file:///tmp/{marque}-absent.png",
    "file://{present}",
    "{present}",
    "../../../../..{present}",
    '<img src="http://{marque}.example.com/a.png">',
    '<img src="{present}">',
    '<a href="file://{present}">lien</a><style>@import url("http://{marque}.example.com/s.css")</style>',
    "![image](http://{marque}.example.com/b.png)",
    "![image]({present})",
    '=HYPERLINK("http://{marque}.example.com";"x")',
    "=cmd|' /C touch /tmp/{marque}-cmd'!A0",
    "$(touch /tmp/{marque}-sh)`touch /tmp/{marque}-sh`",
    "%TEMP%/{marque}",
    "~/{marque}",
    "qrc:/{marque}",
    ":/{marque}.png",
    "mailto:a@{marque}.example.com",
)
# Texts that are codes: another one would only be refused.
_CODES = frozenset(
    [
        "accuse",
        "axe",
        "auteur",
        "campagne_id",
        "categorie",
        "cle",
        "code",
        "departement",
        "document",
        "empreinte",
        "etat",
        "extension",
        "finess",
        "finess_ej",
        "frequence",
        "genre",
        "nature",
        "numero",
        "origine",
        "plan",
        "profil",
        "qui",
        "section",
        "sens",
        "sha256",
        "territoire",
        "type",
        "uid",
        "usage",
        "cible",
    ]
)
_APPEL = re.compile(
    r"\b(?:open|openat|openat2|stat|lstat|newfstatat|statx|access|faccessat2?|readlink(?:at)?|execve|connect|sendto|socket)\("
)


def mesurer(tours: int) -> Iterator[Compte]:
    """Each of `tours` opens every page of a dossier whose names are hostile, pastes a hostile table in it, and draws its papers."""
    compte = Compte("fenêtre sous strace, noms hostiles sur chaque page")
    if not shutil.which("strace"):
        compte.dit = "non mesuré, absent : strace"
        yield compte
        return
    vus: list[str] = []
    for tour in range(tours):
        compte.tour(lambda t=tour: vus.append(_un_tour(t)))
    compte.dit = vus[-1] if vus else ""
    yield compte


def _un_tour(tour: int) -> str:
    with machine() as ici:
        trace, present = ici / "trace", ici / f"{MARQUE}-present.png"
        present.write_bytes(b"\x89PNG\r\n\x1a\n")
        fini = subprocess.run(
            [
                *("strace", "-f", "-qq", "-s", "400", "-o", str(trace), "-e", "trace=%file,%network"),
                *(sys.executable, "-m", "tests.fiabilite.garde.traces", str(ici), str(present), str(tour)),
            ],
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        assert fini.returncode == 0, fini.stderr[-400:]
        lignes = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    reseau = [x for x in lignes if re.search(r"AF_INET6?\b", x)]
    assert not reseau, reseau[:3]
    touches = [x for x in lignes if MARQUE in x and _APPEL.search(x) and "execve(" not in x]
    assert not touches, touches[:3]
    pages = fini.stdout.split()
    assert len(pages) >= 13, pages
    return f"{len(pages)} écrans, {len(lignes)} appels lus, aucun socket AF_INET, aucun fichier ouvert à cause d’un nom"


# Under strace: the window.


def _hostile(porte: "object", noms: list[str]) -> int:
    """The sample dossier, each text of each row being one of the names."""
    from sqlalchemy import Enum, String

    from esms_desktop.exemples.dossier import creer_exemple
    from esms_desktop.store.ecarts import TABLES
    from esms_desktop.store.engine import connexion_nue
    from esms_desktop.store.porte import Porte

    assert isinstance(porte, Porte) and porte.cle is not None
    numero = creer_exemple(porte).id
    with connexion_nue(porte.chemin, porte.cle) as connexion:
        connexion.execute("BEGIN IMMEDIATE")
        suite = 0
        for nom, table in TABLES.items():
            colonnes = [
                c.name
                for c in table.columns
                if isinstance(c.type, String) and not isinstance(c.type, Enum) and c.name not in _CODES
            ]
            longueurs = {c.name: getattr(c.type, "length", None) for c in table.columns}
            for (cle,) in connexion.execute(f'SELECT id FROM "{nom}"').fetchall():
                for colonne in colonnes:
                    suite += 1
                    texte = noms[suite % len(noms)][: longueurs[colonne] or 400]
                    connexion.execute(
                        f'UPDATE OR IGNORE "{nom}" SET "{colonne}" = ? WHERE id = ?', (texte, cle)
                    )
        connexion.execute("COMMIT")
    return numero


def _fenetre(ici: Path, present: str, tour: int) -> None:
    import os

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QAbstractButton, QDialog, QTabBar, QToolTip

    from esms_desktop.store.base import ouvrir
    from esms_desktop.store.cles.cles import cle_jetable
    from tests.fiabilite.pages import calmer
    from ui import theme
    from ui.app import creer_application, finir
    from ui.contexte import Contexte
    from ui.fenetre import Fenetre
    from ui.pages.commun.liste_tableau import TableauSaisie
    from ui.registre import pages

    def renoncer() -> None:
        """Looks at what was opened over the window, then closes it without a word."""
        boite = app.activeModalWidget()
        if isinstance(boite, QDialog):
            boite.grab()
            boite.reject()

    noms = [n.replace("{marque}", MARQUE).replace("{present}", present) for n in _NOMS]
    noms = noms[tour % len(noms) :] + noms[: tour % len(noms)]
    app = creer_application()
    finir(app)
    # A question runs a loop of its own.
    curieux = QTimer()
    curieux.timeout.connect(renoncer)
    curieux.start(100)
    theme.appliquer(app, 1.0, bool(tour % 2))
    base, cle = ici / "base.sqlite", cle_jetable()
    with ouvrir(base, cle) as porte:
        numero = _hostile(porte, noms)
    with ouvrir(base, cle) as porte:
        fenetre = Fenetre()
        theme.habiller(fenetre)
        fenetre.resize(1280, 900)
        fenetre.show()
        contexte = Contexte(porte, lambda: JOUR, fenetre)
        fenetre.installer(contexte)
        calmer(contexte)
        fenetre.grab()
        print("portefeuille", flush=True)
        fenetre.ouvrir_dossier(numero)
        for page in pages():
            fenetre.montrer_page(page.cle)
            calmer(contexte)
            for onglets in fenetre.findChildren(QTabBar):
                for rang in range(onglets.count()):
                    if onglets.isVisible():
                        onglets.setCurrentIndex(rang)
                        calmer(contexte)
                        fenetre.grab()
            assert fenetre.dossier is not None
            for bouton in fenetre.dossier.findChildren(QAbstractButton):
                if bouton.isVisible() and bouton.toolTip():
                    QToolTip.showText(bouton.mapToGlobal(bouton.rect().center()), bouton.toolTip(), bouton)
            QGuiApplication.clipboard().setText("\n".join(f"{n}\t{n}\t{n}" for n in noms))
            for tableau in fenetre.dossier.findChildren(TableauSaisie):
                if tableau.isVisible() and tableau.proxy.rowCount():
                    tableau.setCurrentIndex(tableau.proxy.index(0, 0))
                    tableau.coller()
                    calmer(contexte)
                    renoncer()
            fenetre.grab()
            print(page.cle, flush=True)
        contexte.taches.arreter()
        fenetre.close()


if __name__ == "__main__":
    _fenetre(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
