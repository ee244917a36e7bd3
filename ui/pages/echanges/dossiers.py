"""The acts on a dossier as a file: export, import, duplicate for another campaign, merge with a copy that diverged."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QWidget

from esms_desktop.errors import ErreurEsms, Interruption
from esms_desktop.francais import cle, une_ligne
from esms_desktop.nomenclature.champs import libelle_de
from ui import sorties
from ui.pages.echanges.fusion import DialogueFusion
from ui.widgets.champs.champs import ChampChoix, ChampTexte
from ui.widgets.champs.secret import DialogueNouvellePhrase, DialogueSecret

if TYPE_CHECKING:
    from ui.contexte import Contexte

_FILTRE = "Dossier ESMS Desktop (*.esms);;Tous les fichiers (*)"


class DialogueExport(DialogueNouvellePhrase):
    """A phrase for the file, typed twice, or the file left in clear. `phrase`: empty when it is in clear."""

    def __init__(self, nom: str, parent: QWidget | None = None) -> None:
        super().__init__(
            f"Exporter « {nom} »",
            "Le fichier porte tout le dossier : réponses, fichiers joints, journal. Une phrase le scelle ; donnez-la à qui le "
            "recevra, autrement que par le même message. Sans elle, personne ne l’ouvrira.",
            parent,
        )
        self.clair = QCheckBox("Sans phrase : quiconque a le &fichier lit le dossier")
        self.corps.addWidget(self.clair)
        self.clair.toggled.connect(self._en_clair)
        self.accord.setText("&Exporter…")

    def _en_clair(self, oui: bool) -> None:
        for quoi in (self.saisie, self.encore, self.saisie.voir):
            quoi.setEnabled(not oui)
        self._juger()
        if oui:
            self.accord.setEnabled(True)

    def valider(self) -> None:
        """Goes on with no phrase when the file is in clear."""
        if self.clair.isChecked():
            self.phrase = ""
            self.accept()
        else:
            super().valider()


class DialoguePhraseDuFichier(DialogueSecret):
    """The phrase of a sealed file."""

    def __init__(self, fichier: str, refus: str = "", parent: QWidget | None = None) -> None:
        super().__init__(
            "Phrase du fichier",
            f"« {fichier} » est scellé par une phrase : demandez-la à qui vous l’a donné.",
            "&Ouvrir",
            parent,
        )
        self.saisie = self.ajouter_secret("Phrase du fichier")
        self.corps.addWidget(self.saisie.voir)
        self.saisie.textChanged.connect(lambda t: self.accord.setEnabled(bool(t)))
        self.accord.setEnabled(False)
        self.dire(refus)
        self.saisie.setFocus()


class DialogueNom(DialogueSecret):
    """The name of the dossier that is made, and its campaign when it is one to choose."""

    def __init__(
        self, titre: str, texte: str, nom: str, campagne: str | None = None, parent: QWidget | None = None
    ) -> None:
        from esms_desktop.campagnes.chargement import toutes

        super().__init__(titre, texte, "&Créer", parent)
        # A long name is seen whole.
        self.saisie = ChampTexte(libelle_de("dossier.nom"), multiligne=True)
        self.saisie.fixer(nom)
        self.corps.addWidget(self.saisie)
        self.campagne: ChampChoix | None = None
        if campagne is not None:
            self.campagne = ChampChoix("Campagne", [(c.id, c.titre) for c in toutes()])
            self.campagne.fixer(campagne)
            self.corps.addWidget(self.campagne)
        self.saisie.frappe.connect(lambda *_: self.accord.setEnabled(bool(self.nom)))
        self.saisie.viser()

    @property
    def nom(self) -> str:
        """The name typed."""
        return une_ligne(self.saisie.texte_saisi())


class EchangesDossier:
    """The acts.

    Args:
        dire: tells what was done. refuser: tells why something was not.
        ouvrir: shows a dossier.
    """

    def __init__(
        self,
        contexte: "Contexte",
        parent: QWidget,
        dire: Callable[[str], object],
        refuser: Callable[[str], object],
        ouvrir: Callable[[int], object],
    ) -> None:
        self._contexte, self._parent = contexte, parent
        self._dire, self._refuser, self._ouvrir = dire, refuser, ouvrir

    def exporter(self, dossier_id: int) -> None:
        """Asks for a phrase and a place, then writes beside the window."""
        nom = self._contexte.lecture(dossier_id).dossier.nom
        dialogue = DialogueExport(nom, self._parent)
        accepte, phrase = dialogue.exec() == QDialog.DialogCode.Accepted, dialogue.phrase
        dialogue.deleteLater()
        if not accepte:
            return
        propose = cle(nom).replace(" ", "-").replace("/", "-")[:80] + ".esms"
        chemin = sorties.demander_fichier(self._parent, "Exporter le dossier", propose, _FILTRE)
        if chemin is not None:
            self.ecrire(dossier_id, chemin, phrase or None)

    def ecrire(self, dossier_id: int, chemin: Path, phrase: str | None) -> None:
        """Writes a dossier in a file, beside the window."""
        from esms_desktop.gestes.echanges.dossiers import copie, ecrire_copie

        # What is read of the base is read in this thread; the bytes of the files in any.
        base = self._contexte.base
        lue, contenu = base.demander(copie, dossier_id), base.contenu
        self._contexte.taches.lancer(
            "Export du dossier",
            lambda progress: ecrire_copie(lue, contenu, chemin, phrase, progress),
            lambda ecrit: self._dire(f"Le dossier est exporté : {ecrit}"),
            self._echoue,
        )

    def _echoue(self, erreur: ErreurEsms) -> None:
        if not isinstance(erreur, Interruption):
            self._refuser(str(erreur))

    def importer(self) -> None:
        """Asks for a file, then takes its dossier."""
        chemin = self._choisir("Importer un dossier")
        if chemin is not None:
            self.prendre(chemin)

    def prendre(self, chemin: Path, nom: str = "") -> None:
        """Takes the dossier of a file; asks for its phrase, and for another name when its own cannot serve."""
        from esms_desktop.gestes.echanges import dossiers

        phrase = self._phrase(chemin)
        if phrase is None or not self._contexte.precaution("import"):
            return
        refus: list[str] = []
        fait = self._contexte.accomplir_ou(refus.append, dossiers.importer, chemin, lambda: phrase, nom)
        if fait is not None:
            self._ouvrir(fait)
            self._dire("Le dossier est importé.")
        elif refus and ("déjà" in refus[0]) and not nom:
            dialogue = DialogueNom(
                "Importer sous un autre nom",
                f"{refus[0]} Pour réunir deux copies d’un même dossier, ouvrez-le et choisissez « Fusionner avec une copie ».",
                chemin.stem,
                parent=self._parent,
            )
            accepte, autre = dialogue.exec() == QDialog.DialogCode.Accepted, dialogue.nom
            dialogue.deleteLater()
            if accepte:
                self.prendre(chemin, autre)
        elif refus:
            self._refuser(refus[0])

    def dupliquer(self, dossier_id: int) -> None:
        """Asks for a name and a campaign, then makes the dossier."""
        from esms_desktop.gestes.echanges import dossiers

        dossier = self._contexte.lecture(dossier_id).dossier
        dialogue = DialogueNom(
            "Dupliquer pour une autre campagne",
            f"« {dossier.nom} » : la grappe, les contacts, la gouvernance, les coûts et les risques sont repris ; les réponses déclarées sont "
            "redemandées. Pièces, signatures, dépôts et planning restent dans ce dossier-ci.",
            f"{dossier.nom} (suite)",
            dossier.campagne_id,
            self._parent,
        )
        accepte = dialogue.exec() == QDialog.DialogCode.Accepted and dialogue.campagne is not None
        nom, campagne = dialogue.nom, str(dialogue.campagne.valeur if dialogue.campagne else "")
        dialogue.deleteLater()
        if accepte:
            fait = self._contexte.accomplir_ou(self._refuser, dossiers.dupliquer, dossier, campagne, nom)
            if fait is not None:
                self._ouvrir(fait)
                self._dire(f"« {nom} » est créé : les réponses sont à redonner.")

    def fusionner(self, dossier_id: int) -> None:
        """Asks for a copy, shows what it brings, then takes it."""
        chemin = self._choisir("Fusionner avec une copie")
        if chemin is not None:
            self.rapprocher(dossier_id, chemin)

    def rapprocher(self, dossier_id: int, chemin: Path) -> None:
        """Shows what a copy brings to a dossier, then takes what is decided."""
        from esms_desktop.gestes.echanges import dossiers

        phrase = self._phrase(chemin)
        if phrase is None:
            return
        dossier = self._contexte.lecture(dossier_id).dossier
        vu = self._contexte.accomplir_ou(self._refuser, dossiers.rapprocher, dossier, chemin, lambda: phrase)
        if vu is None:
            return
        dialogue = DialogueFusion(vu, chemin.name, self._parent)
        accepte, prises = dialogue.exec() == QDialog.DialogCode.Accepted, dialogue.prises
        dialogue.deleteLater()
        if not accepte or not self._contexte.precaution("import"):
            return
        dossier = self._contexte.lecture(dossier_id).dossier
        fait = self._contexte.accomplir_ou(
            self._refuser, dossiers.rapprocher, dossier, chemin, lambda: phrase, prises, True
        )
        if fait is not None:
            reste = len(fait.fusion.conflits)
            suite = f" {reste} à décider plus tard restent comme ici." if reste else ""
            self._dire(f"La copie est fusionnée.{suite}" if fait.applique else "Rien n’a changé.")

    def _choisir(self, titre: str) -> Path | None:
        choisi, _ = QFileDialog.getOpenFileName(self._parent, titre, str(Path.home()), _FILTRE)
        return Path(choisi) if choisi else None

    def _phrase(self, chemin: Path) -> str | None:
        """The phrase of a file, tried; empty for one in clear, None when the person gives up or it does not open."""
        from esms_desktop.echanges.esms.fichier import essayer, sceau

        try:
            if not sceau(chemin):
                return ""
        except ErreurEsms as e:
            self._refuser(str(e))
            return None
        refus = ""
        while True:
            dialogue = DialoguePhraseDuFichier(chemin.name, refus, self._parent)
            accepte, phrase = dialogue.exec() == QDialog.DialogCode.Accepted, dialogue.saisie.text()
            dialogue.deleteLater()
            if not accepte:
                return None
            try:
                essayer(chemin, phrase)
            except ErreurEsms as e:
                refus = str(e)
                continue
            return phrase
