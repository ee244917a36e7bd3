"""Opening the base once the window is painted: the key, the base, then the portfolio; or a page that says what went wrong."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog

from esms_desktop.errors import ErreurEsms, raison_systeme

if TYPE_CHECKING:
    from esms_desktop.base.sauvegardes import EtatSauvegardes
    from esms_desktop.base.seance import Cle
    from ui.contexte import Contexte
    from ui.fenetre import Fenetre

_journal = logging.getLogger(__name__)


def ouvrir_dans(
    fenetre: "Fenetre",
    base: str | None,
    connue: "Cle | None" = None,
    lecture_seule: bool = False,
    malgre: bool = False,
    premiere: bool = False,
    fichier: str = "",
) -> None:
    """Opens the base and shows the portfolio in `fenetre`, or the reason why it could not.

    Args:
        fenetre: the window, already painted.
        base: path given by the person, None for the usual one.
        connue: its key, when the window had it open just before.
        lecture_seule: only to read, whoever else has it open.
        malgre: the person says that the other computer that had it open is gone.
        premiere: the window was made for this base: it closes when another one has it.
        fichier: the backup that one is then given.
    """
    from esms_desktop.base.emplacement import anticiper, chemin_base

    chemin: Path | None = None
    try:
        chemin = chemin_base(base)
        # The key is derived while SQLAlchemy loads.
        anticiper(chemin)
        from esms_desktop.base.ouverture import ouvrir_base, preparer
        from ui.contexte import Contexte
        from ui.instance import passer_la_main
        from ui.widgets.phrase import Demandeur

        if fenetre.isVisible() and passer_la_main(chemin, fichier):
            if premiere:
                fenetre.close()
            else:
                _dire_ailleurs(fenetre, base, chemin)
            return
        porte = ouvrir_base(
            chemin,
            Demandeur(not chemin.exists(), fenetre),
            connue=connue,
            lecture_seule=lecture_seule,
            malgre=malgre,
            demeure=True,
        )
    except Exception as e:
        # Whatever it is, the window stays, and says why the base is not open.
        _journal.exception("ouverture de la base")
        _dire_echec(fenetre, e, base, chemin)
        return
    contexte = Contexte(porte, fenetre=fenetre)
    fenetre.installer(contexte)
    contexte.guetter()
    # The first write would wait for it.
    contexte.taches.lancer("Préparation", lambda _: preparer(), lambda _: None, discret=True)
    _garder(fenetre, contexte)


def _garder(fenetre: "Fenetre", contexte: "Contexte") -> None:
    """Has the base watched over from now on: backups, checks, the lock, the code that nobody has on a sheet yet."""
    from ui.gardes import Gardes

    gardes = contexte.gardes = Gardes(contexte.base, contexte)
    gardes.alerte.connect(lambda phrase: fenetre.bandeau.montrer(phrase, "bad"))
    gardes.abimee.connect(lambda _: _dire_abimee(fenetre))
    gardes.vu.connect(lambda etat: _montrer_pied(fenetre, etat))
    # Another computer may have taken the base over: the first write that is refused for it says so.
    contexte.ecriture_echouee.connect(lambda _: _dire_lecture_seule(fenetre, contexte))
    fenetre.verrou.surveiller()

    def suite() -> None:
        if fenetre.contexte is contexte and _ecouter(fenetre, contexte):
            gardes.demarrer()
            _dire_le_lieu(fenetre, contexte)
            fenetre.pages_de_base.demander_le_code()

    QTimer.singleShot(0, contexte, suite)


def _ecouter(fenetre: "Fenetre", contexte: "Contexte") -> bool:
    """Takes the calls of the next starts; a window that opened the base at the same time and was first has this one close."""
    from ui.instance import Guichet, passer_la_main

    chemin = contexte.base.chemin
    fenetre.guichet = Guichet(chemin, fenetre.recevoir)
    if not fenetre.guichet.ecoute and passer_la_main(chemin):
        fenetre.close()
        return False
    return True


def _dire_lecture_seule(fenetre: "Fenetre", contexte: "Contexte") -> bool:
    """Says under every page that nothing can be written, when nothing can; it may have become so since the base is open."""
    pourquoi = contexte.base.lecture_seule
    if pourquoi:
        fenetre.pied.montrer(f"Lecture seule\u00a0: rien ne peut être enregistré. {pourquoi}", "warn")
        fenetre.pied.show()
    return bool(pourquoi)


def _dire_le_lieu(fenetre: "Fenetre", contexte: "Contexte") -> None:
    """Says that nothing can be written, or what the folder of the base puts at risk."""
    from esms_desktop.base.emplacement import danger_du_lieu
    from esms_desktop.francais import espacer

    base = contexte.base
    if _dire_lecture_seule(fenetre, contexte):
        fenetre.bandeau.montrer(
            espacer(
                f"La base est ouverte en lecture seule : rien de ce que vous changeriez ne serait gardé. {base.lecture_seule}"
            ),
            "warn",
            ("Rouvrir pour écr&ire", lambda: _rouvrir_pour_ecrire(fenetre)),
        )
    elif danger := danger_du_lieu(base.chemin):
        fenetre.bandeau.montrer(
            espacer(danger), "warn", ("Second &emplacement…", lambda: fenetre.montrer_base("sauvegardes"))
        )


def _rouvrir_pour_ecrire(fenetre: "Fenetre") -> None:
    contexte = fenetre.contexte
    if contexte is None:
        return
    chemin, cle = contexte.base.chemin, contexte.base.cle
    _poser(fenetre)
    ouvrir_dans(fenetre, str(chemin), cle)


def _montrer_pied(fenetre: "Fenetre", etat: "EtatSauvegardes") -> None:
    from esms_desktop.base.sauvegardes import maintenant_local, phrase_derniere

    if fenetre.contexte is not None and _dire_lecture_seule(fenetre, fenetre.contexte):
        return
    grave = bool(etat.reglages.echec) or etat.seconde_en_retard
    fenetre.pied.montrer(phrase_derniere(etat, maintenant_local()), "bad" if grave else "")
    fenetre.pied.show()


def _dire_abimee(fenetre: "Fenetre") -> None:
    fenetre.bandeau.montrer(
        "La base est abîmée\u00a0: une partie ne se lit plus. Rien n’a été touché\u00a0; fermez-la pour la réparer ou revenir à une sauvegarde.",
        "bad",
        ("Fer&mer et réparer…", lambda: fermer_et_secourir(fenetre)),
    )


def _poser(fenetre: "Fenetre") -> None:
    """Closes the base once the field that is being typed in has saved itself."""
    champ = fenetre.focusWidget()
    if champ is not None:
        champ.clearFocus()
    fenetre.desinstaller()


def fermer_et_secourir(fenetre: "Fenetre") -> None:
    """Closes a base that is spoilt, and shows what may be done of it."""
    from ui import secours

    contexte = fenetre.contexte
    if contexte is None:
        return
    chemin = contexte.base.chemin
    _poser(fenetre)
    fenetre.montrer_echec(
        f"«\u00a0{chemin.name}\u00a0» est abîmée\u00a0: une partie ne se lit plus.",
        "Revenez à une sauvegarde, ou réparez-la\u00a0: elle est d’abord mise de côté, telle quelle.",
        str(chemin),
        lambda: ouvrir_dans(fenetre, str(chemin)),
        secours.actions_abimee(fenetre, chemin),
    )


def hors_base(fenetre: "Fenetre", titre: str, travail: "Callable[[Path, Cle], Cle]") -> None:
    """Closes the base, does what nothing may have it open for beside the window, then opens it again.

    Args:
        travail: takes the base and its key, and answers the key of the base from then on.
    """
    from ui.tasks import Taches

    contexte = fenetre.contexte
    if contexte is None or contexte.base.cle is None:
        return
    chemin, cle = contexte.base.chemin, contexte.base.cle
    if not contexte.taches.arreter():
        return
    _poser(fenetre)
    taches = Taches(fenetre)

    def rouvrir(connue: "Cle") -> None:
        taches.deleteLater()
        ouvrir_dans(fenetre, str(chemin), connue)

    def echec(e: ErreurEsms) -> None:
        rouvrir(cle)
        fenetre.bandeau.montrer(str(e), "bad")

    taches.lancer(titre, lambda _: travail(chemin, cle), rouvrir, echec)


def changer_de_base(fenetre: "Fenetre") -> None:
    """Asks for another base file and opens it; the present one stays open when nothing is chosen."""
    choix, _ = QFileDialog.getOpenFileName(
        fenetre, "Ouvrir une base ESMS Desktop", "", "Bases ESMS Desktop (*.sqlite);;Tous les fichiers (*)"
    )
    if choix:
        fenetre.desinstaller()
        ouvrir_dans(fenetre, choix)


def _dire_ailleurs(fenetre: "Fenetre", base: str | None, chemin: Path) -> None:
    fenetre.montrer_echec(
        f"«\u00a0{chemin.name}\u00a0» est déjà ouverte dans une autre fenêtre, qui vient de passer devant.",
        "Continuez là-bas, ou choisissez une autre base.",
        str(chemin),
        lambda: ouvrir_dans(fenetre, base),
    )


def _dire_echec(fenetre: "Fenetre", erreur: Exception, base: str | None, chemin: Path | None) -> None:
    from ui import secours

    if isinstance(erreur, ErreurEsms):
        message, remede = erreur.message, erreur.remede
    elif isinstance(erreur, OSError):
        message = f"Le système refuse l’accès au fichier : {raison_systeme(erreur)}."
        remede = "Vérifiez les droits du dossier et l’espace libre, puis réessayez."
    else:
        message = f"La base n’a pas pu être ouverte : erreur imprévue ({type(erreur).__name__})."
        remede = "Réessayez ; si cela se reproduit, signalez-le : le journal décrit l’erreur."
    fenetre.montrer_echec(
        message,
        remede,
        str(chemin or base or ""),
        lambda: ouvrir_dans(fenetre, base),
        secours.actions(fenetre, erreur, chemin),
    )
