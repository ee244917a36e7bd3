"""Nothing typed is lost when a window, the program or the session ends."""

import signal
from types import SimpleNamespace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.poste import Poste, capacite, hebergement, pause
from ui.fin import FinDemandee
from ui.frappe import visite
from ui.frappe.veille import Veille


def test_deux_fenetres_gardent_chacune_la_sienne(poste: Poste) -> None:
    champ = capacite(poste)
    QTest.keyClicks(champ.saisie, "douze")
    pause(champ)
    with poste.ailleurs() as porte:
        autre = Veille(porte)
        autre.perdre(champ, "Ailleurs", "treize")
    visite.nommer_gardien(poste.fenetre.saisies.veille if poste.fenetre.saisies else None)
    assert {s.texte for s in poste.gardees()} == {"douze", "treize"}
    champ.saisie.setText("12")
    champ.valider()
    assert [s.texte for s in poste.gardees()] == ["treize"]


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no such signal on this system")
@pytest.mark.parametrize("lequel", ["SIGTERM", "SIGHUP"])
def test_un_signal_du_systeme_garde_tout_et_ferme(poste: Poste, qapp: QApplication, lequel: str) -> None:
    numero = getattr(signal, lequel)
    avant = {n: signal.getsignal(n) for n in (signal.SIGTERM, signal.SIGHUP)}
    fin = FinDemandee(qapp, poste.fenetre)
    try:
        champ = hebergement(poste)
        QTest.keyClicks(champ.saisie, "A demi dit")
        refuse = capacite(poste)
        QTest.keyClicks(refuse.saisie, "douze")
        signal.raise_signal(numero)
        QApplication.processEvents()
        assert poste.fenetre.contexte is None
    finally:
        signal.set_wakeup_fd(-1)
        for n, faire in avant.items():
            signal.signal(n, faire)
        fin.deleteLater()
    with poste.ailleurs() as porte:
        lu = porte.lire(poste.dossier_id)
        assert lu is not None and lu.hebergement == "A demi dit"
    assert [s.texte for s in poste.gardees()] == ["douze"]


def test_la_fin_de_session_enregistre_garde_le_reste_et_laisse_ouvert(
    poste: Poste, qapp: QApplication
) -> None:
    champ = hebergement(poste)
    QTest.keyClicks(champ.saisie, "A demi dit")
    refuse = capacite(poste)
    QTest.keyClicks(refuse.saisie, "douze")
    # What Windows and macOS have Qt ask: its signal takes a manager that only Qt makes. Another program may still refuse that the
    # session ends: the window stays. On Linux, where Qt comes without a session manager, the end is a signal.
    FinDemandee._session(SimpleNamespace(_fenetre=poste.fenetre), None)  # type: ignore[arg-type]
    with poste.ailleurs() as porte:
        lu = porte.lire(poste.dossier_id)
        assert lu is not None and lu.hebergement == "A demi dit"
    assert [s.texte for s in poste.gardees()] == ["douze"]
    assert poste.fenetre.contexte is not None and refuse.texte_saisi() == "douze"
