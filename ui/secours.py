"""What the window offers when the base does not open: its recovery code, a backup, a repair that leaves it as it is."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from esms_desktop.errors import ErreurBaseAbimee, ErreurCle, ErreurEsms, ErreurOccupee, Interruption
from esms_desktop.francais import date_heure, espacer
from ui.pages.base.restauration import une_fois
from ui.tasks import Taches
from ui.widgets.champs.secret import choisir_phrase, demander_code
from ui.widgets.phrase import demander_phrase
from ui.widgets.question import demander

if TYPE_CHECKING:
    from esms_desktop.base.restaurer import Projet
    from esms_desktop.base.sante import Reparee
    from ui.fenetre import Fenetre
    from ui.pages.accueil.bienvenue import Action


def actions(fenetre: "Fenetre", erreur: Exception, chemin: Path | None) -> "tuple[Action, ...]":
    """What may be done of an opening that failed, besides trying again."""
    if chemin is None:
        return ()
    if isinstance(erreur, ErreurBaseAbimee):
        return actions_abimee(fenetre, chemin)
    if isinstance(erreur, ErreurOccupee):
        secours = Secours(fenetre, chemin)
        return (
            ("Ouvrir pour lire s&eulement", secours.lire_seulement),
            ("Ouvrir &quand même…", secours.quand_meme),
        )
    if isinstance(erreur, ErreurCle) and chemin.is_file():
        return (("Ouvrir avec le &code de secours…", lambda: Secours(fenetre, chemin).par_code()),)
    return ()


def actions_abimee(fenetre: "Fenetre", chemin: Path) -> "tuple[Action, ...]":
    """What may be done of a base that is spoilt."""
    secours = Secours(fenetre, chemin)
    return (
        ("Revenir à la dernière &sauvegarde…", secours.revenir),
        ("Ré&parer ce qui se lit…", secours.reparer),
        ("Restaurer un a&utre fichier…", secours.autre_fichier),
        ("Ouvrir avec le &code de secours…", secours.par_code),
    )


class Secours:
    """One base that does not open."""

    def __init__(self, fenetre: "Fenetre", chemin: Path) -> None:
        self._fenetre, self._chemin = fenetre, chemin

    def _lancer(self, titre: str, travail: Callable[[Any], Any], fini: Callable[[Any], object]) -> None:
        taches = Taches(self._fenetre)

        def clore(resultat: Any) -> None:
            taches.deleteLater()
            fini(resultat)

        def echec(e: ErreurEsms) -> None:
            taches.deleteLater()
            if not isinstance(e, Interruption):
                self._fenetre.bandeau.montrer(espacer(str(e)), "bad")

        taches.lancer(titre, travail, clore, echec)

    def rouvrir(self) -> None:
        """Opens the base again."""
        from ui.ouverture import ouvrir_dans

        ouvrir_dans(self._fenetre, str(self._chemin))

    # Somebody else.

    def lire_seulement(self) -> None:
        """Opens a base that another computer has open, to read it."""
        from ui.ouverture import ouvrir_dans

        ouvrir_dans(self._fenetre, str(self._chemin), lecture_seule=True)

    def quand_meme(self) -> None:
        """Opens it to write, once the person says that the other computer no longer has it."""
        from ui.ouverture import ouvrir_dans

        if demander(
            self._fenetre,
            "L’autre ordinateur l’a-t-il fermée\u00a0?",
            "S’il l’a encore ouverte, ce qu’il saisit et ce que vous saisirez ici se perdront l’un l’autre. N’ouvrez que si vous êtes "
            "certain qu’il est éteint, ou que la fenêtre y est fermée.",
            "&Ouvrir quand même",
            danger=True,
        ):
            ouvrir_dans(self._fenetre, str(self._chemin), malgre=True)

    # The code.

    def par_code(self) -> None:
        """Asks for the recovery code, makes the key file again, then opens the base."""
        code = demander_code(
            self._fenetre,
            "Ouvrir avec le code de secours",
            f"Recopiez les neuf groupes de la feuille de «\u00a0{self._chemin.name}\u00a0». Rien n’est changé dans la base.",
            "&Ouvrir",
        )
        if code is not None:
            self._ouvrir_par(code, None)

    def _ouvrir_par(self, code: str, phrase: str | None) -> None:
        from esms_desktop.base.cles import ouvrir_avec_code

        try:
            ouvrir_avec_code(self._chemin, code, phrase)
        except ErreurBaseAbimee as e:
            self._fenetre.montrer_echec(
                e.message,
                e.remede,
                str(self._chemin),
                self.rouvrir,
                actions_abimee(self._fenetre, self._chemin),
            )
            return
        except ErreurEsms as e:
            if phrase is None and "trousseau" in str(e):
                choisie = choisir_phrase(
                    self._fenetre,
                    "Choisir une phrase secrète",
                    "Le code est le bon. Le trousseau de cet ordinateur ne peut pas garder la clé\u00a0: choisissez la phrase qui ouvrira la base "
                    "désormais.",
                )
                if choisie is not None:
                    self._ouvrir_par(code, choisie)
                return
            self._fenetre.bandeau.montrer(espacer(str(e)), "bad")
            return
        self._fenetre.bandeau.fermer()
        self.rouvrir()

    # A backup.

    def revenir(self) -> None:
        """Looks for the best backup, says what it holds, and puts it back once agreed."""
        from esms_desktop.base import sauvegardes

        chemin = self._chemin

        def trouver(_progress: object) -> Path | None:
            meilleure = next(sauvegardes.meilleures(chemin, sauvegardes.maintenant_local()), None)
            return meilleure.chemin if meilleure else None

        def fini(trouvee: Path | None) -> None:
            if trouvee is None:
                self._fenetre.bandeau.montrer(
                    "Aucune sauvegarde entière de cette base n’est à portée\u00a0: branchez le second emplacement, ou réparez ce qui se lit.",
                    "warn",
                )
            else:
                self.proposer(trouvee)

        self._lancer("Recherche de la meilleure sauvegarde", trouver, fini)

    def autre_fichier(self) -> None:
        """Asks for a backup of elsewhere, and goes on as with one of ours."""
        choisi, _ = QFileDialog.getOpenFileName(
            self._fenetre,
            "Choisir une sauvegarde",
            str(Path.home()),
            "Sauvegardes ESMS Desktop (*.sauvegarde);;Tous les fichiers (*)",
        )
        if choisi:
            self.proposer(Path(choisi))

    def proposer(self, fichier: Path, secret: str | None = None) -> None:
        """Reads a backup, says what it holds, and puts it in the place of the base once agreed."""
        from esms_desktop.base import restaurer

        chemin = self._chemin

        def travail(_progress: object) -> "Projet | ErreurCle":
            try:
                return restaurer.preparer(fichier, chemin, une_fois(secret))
            except ErreurCle as e:
                return e

        def fini(lu: "Projet | ErreurCle") -> None:
            if isinstance(lu, ErreurCle):
                donne = demander_phrase(
                    ("Ce n’est ni sa phrase ni son code. " if secret else "")
                    + f"Donnez la phrase ou le code de secours qui ouvre «\u00a0{fichier.name}\u00a0».",
                    self._fenetre,
                )
                if donne is not None:
                    self.proposer(fichier, donne)
                return
            self._remettre(lu)

        self._lancer("Lecture de la sauvegarde", travail, fini)

    def _remettre(self, projet: "Projet") -> None:
        from esms_desktop.base import restaurer

        chemin = self._chemin
        if not demander(
            self._fenetre,
            f"Revenir au {date_heure(projet.sauvegarde.quand)}\u00a0?",
            "Cette sauvegarde prendra la place de la base, qui est d’abord mise de côté telle quelle, dans le même dossier.",
            "&Restaurer cette sauvegarde",
            lignes=tuple(espacer(x) for x in restaurer.apercu(projet)),
        ):
            return

        def fini(fait: Any) -> None:
            self.rouvrir()
            self._fenetre.bandeau.montrer(espacer(" ".join(restaurer.phrases(fait, chemin))), "ok")

        self._lancer("Restauration de la sauvegarde", lambda _: restaurer.restaurer(projet, chemin), fini)

    # A repair.

    def reparer(self, secret: str | None = None) -> None:
        """Makes a sound base of what reads, beside the spoilt one; then says what is missing and asks which to take."""
        from esms_desktop.base import sante

        chemin = self._chemin

        def travail(_progress: object) -> "Reparee | ErreurCle":
            try:
                return sante.reparer_a_cote(chemin, une_fois(secret))
            except ErreurCle as e:
                return e

        def fini(faite: "Reparee | ErreurCle") -> None:
            if isinstance(faite, ErreurCle):
                donne = demander_phrase(faite.message, self._fenetre)
                if donne is not None:
                    self.reparer(donne)
                return
            self._prendre(faite)

        self._lancer("Réparation de la base", travail, fini)

    def _prendre(self, faite: "Reparee") -> None:
        from esms_desktop.base import sante

        chemin = self._chemin
        if not demander(
            self._fenetre,
            "Se servir de la base réparée\u00a0?",
            "Voici ce qui a pu être lu, et ce qui manque. La base abîmée est gardée de côté telle quelle, dans le même dossier.",
            "&Se servir de la base réparée",
            "&Plus tard",
            lignes=tuple(espacer(x) for x in faite.phrases()),
        ):
            self._fenetre.bandeau.montrer(
                f"La base réparée reste à côté\u00a0: {faite.reparation.sortie}. L’autre n’a pas été touchée.",
                "info",
            )
            return

        def fini(cote: Path) -> None:
            self.rouvrir()
            self._fenetre.bandeau.montrer(
                f"La base réparée est ouverte\u00a0; l’autre est gardée telle quelle\u00a0: {cote}.", "ok"
            )

        self._lancer(
            "Mise en place de la base réparée", lambda _: sante.mettre_la_reparee(chemin, faite), fini
        )
