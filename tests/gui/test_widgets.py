"""The widgets: fields that save what is typed and lose nothing, facts, tables, messages, long jobs."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from esms_desktop.errors import ErreurSaisie, Interruption
from ui import theme
from ui.tasks import Taches
from ui.widgets.anneau import Anneau
from ui.widgets.bandeau import Bandeau
from ui.widgets.champs.champs import ChampChoix, ChampDate, ChampEntier, ChampMontant, ChampTexte
from ui.widgets.champs.tri_etat import ChoixTriEtat
from ui.widgets.tableaux.tableau import Tableau


@pytest.mark.parametrize(
    ("classe", "tape", "attendu", "ecrit"),
    [
        (ChampTexte, "  Val de Sèvre ", "Val de Sèvre", "Val de Sèvre"),
        (ChampEntier, "1 234", 1234, "1\u00a0234"),
        (ChampEntier, "1\u202f234", 1234, "1\u00a0234"),
        (ChampMontant, "12 500,5", 1_250_050, "12\u00a0500,50\u00a0€"),
        (ChampMontant, "12500 €", 1_250_000, "12\u00a0500\u00a0€"),
        (ChampMontant, "12.500,50 euros", 1_250_050, "12\u00a0500,50\u00a0€"),
        (ChampDate, "3/2/2026", date(2026, 2, 3), "03/02/2026"),
        (ChampDate, "03-02-2026", date(2026, 2, 3), "03/02/2026"),
        (ChampDate, "3/2/26", date(2026, 2, 3), "03/02/2026"),
        (ChampDate, "mar. 3 févr. 2026", date(2026, 2, 3), "03/02/2026"),
        (ChampDate, "2026-02-03", date(2026, 2, 3), "03/02/2026"),
    ],
)
def test_un_champ_lit_enregistre_et_reecrit(
    classe: type, tape: str, attendu: object, ecrit: str, qtbot: Any, habillee: Any
) -> None:
    gardes: list[object] = []
    champ = classe("Champ", gardes.append)
    qtbot.addWidget(champ)
    champ.saisie.setText(tape)
    assert champ.valider()
    assert gardes == [attendu]
    assert champ.saisie.text() == ecrit


@pytest.mark.parametrize(
    ("classe", "tape", "raison"),
    [
        (ChampEntier, "douze", "Un nombre entier est attendu"),
        (ChampEntier, "-3", "Un nombre entier est attendu"),
        (ChampMontant, "12,345", "Un nombre est attendu"),
        (ChampMontant, "12,500", "Ce nombre se lit de deux façons"),
        (ChampMontant, "x", "Un nombre est attendu"),
        (ChampDate, "31/02/2026", "Cette date n’existe pas."),
        (ChampDate, "2026", "Une date est attendue"),
        (ChampDate, "3/2/98", "L’année 98 se lit de deux façons"),
    ],
)
def test_ce_qui_ne_se_lit_pas_reste_affiche_avec_sa_raison(
    classe: type, tape: str, raison: str, qtbot: Any, habillee: Any
) -> None:
    gardes: list[object] = []
    champ = classe("Champ", gardes.append)
    qtbot.addWidget(champ)
    champ.saisie.setText(tape)
    assert not champ.valider()
    assert gardes == []
    assert champ.saisie.text() == tape
    assert champ.erreur.text().startswith(raison) and not champ.erreur.isHidden()
    champ.saisie.setText("")
    assert champ.valider()
    assert champ.erreur.isHidden()


@pytest.mark.parametrize("classe", [ChampEntier, ChampMontant])
def test_un_nombre_de_mille_chiffres_est_refuse_en_francais(classe: type, qtbot: Any, habillee: Any) -> None:
    champ = classe("Champ", lambda _: True)
    qtbot.addWidget(champ)
    champ.saisie.setText("9" * 5000)
    assert not champ.valider()
    assert champ.erreur.text().startswith("Ce ")


def _refuse(_valeur: object) -> bool:
    raise ErreurSaisie("Un dossier porte déjà ce nom.")


@pytest.mark.parametrize(
    ("enregistrer", "mot"), [(_refuse, "déjà"), (lambda _v: False, "pas été enregistré")]
)
def test_un_refus_garde_ce_qui_est_tape(enregistrer: Any, mot: str, qtbot: Any, habillee: Any) -> None:
    champ = ChampTexte("Nom", enregistrer)
    qtbot.addWidget(champ)
    champ.fixer("Ancien")
    champ.saisie.setText("Nouveau")
    assert not champ.valider()
    assert champ.saisie.text() == "Nouveau"
    assert champ.valeur == "Ancien"
    assert mot in champ.erreur.text()


def _activer(widget: QWidget, qtbot: Any) -> None:
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)


def test_un_champ_en_cours_de_saisie_n_est_pas_ecrase(qtbot: Any, habillee: Any) -> None:
    champ = ChampTexte("Nom")
    qtbot.addWidget(champ)
    champ.fixer("Ancien")
    champ.show()
    _activer(champ, qtbot)
    champ.viser()
    qtbot.keyClicks(champ.saisie, "Nouv")
    champ.fixer("Autre")
    assert champ.saisie.text() == "Nouv"


def test_le_texte_long_s_enregistre_en_le_quittant(qtbot: Any, habillee: Any) -> None:
    gardes: list[str] = []
    cadre = QWidget()
    qtbot.addWidget(cadre)
    colonne = QVBoxLayout(cadre)
    champ, autre = ChampTexte("Contexte", gardes.append, multiligne=True), QLineEdit()
    colonne.addWidget(champ)
    colonne.addWidget(autre)
    cadre.show()
    _activer(cadre, qtbot)
    champ.viser()
    qtbot.keyClicks(champ.saisie, "Trois OG")
    autre.setFocus()
    assert gardes == ["Trois OG"]


def test_un_champ_enregistre_laisse_le_ctrl_z_a_la_fenetre(qtbot: Any, habillee: Any) -> None:
    champ = ChampTexte("Nom", lambda _v: True)
    qtbot.addWidget(champ)
    champ.show()
    champ.viser()
    qtbot.keyClicks(champ.saisie, "Val")
    assert champ.saisie.isUndoAvailable()
    champ.valider()
    assert not champ.saisie.isUndoAvailable()


def test_une_liste_n_enregistre_que_ce_que_la_personne_choisit(qtbot: Any, habillee: Any) -> None:
    gardes: list[object] = []
    champ = ChampChoix("Statut", [(None, "Non renseigné"), (1, "Un"), (2, "Deux")], gardes.append)
    qtbot.addWidget(champ)
    champ.fixer(2)
    assert champ.liste.currentText() == "Deux" and gardes == []
    champ.liste.setCurrentIndex(1)
    champ.liste.activated.emit(1)
    assert gardes == [1] and champ.valeur == 1
    champ.fixer("inconnu")
    assert champ.liste.currentIndex() == -1


def test_un_fait_n_est_jamais_repondu_d_office(qtbot: Any, habillee: Any) -> None:
    fait = ChoixTriEtat("Le pilotage est-il demandé ?")
    qtbot.addWidget(fait)
    vus: list[object] = []
    fait.change.connect(vus.append)
    assert fait.valeur is None and fait.boutons[None].isChecked()
    fait.fixer(True)
    assert vus == []
    fait.boutons[False].click()
    fait.boutons[False].click()
    fait.boutons[None].click()
    assert vus == [False, None]


def test_l_anneau_se_dit_aussi_en_mots(qtbot: Any, habillee: Any) -> None:
    anneau = Anneau(4, 6, "Grappe")
    qtbot.addWidget(anneau)
    assert anneau.accessibleName() == "Grappe\u00a0: 4\u00a0contrôles sur 6" == anneau.toolTip()


class _Modele(QAbstractTableModel):
    def __init__(self, lignes: list[list[str]]) -> None:
        super().__init__()
        self.lignes = lignes

    def rowCount(self, parent: Any = None) -> int:
        return len(self.lignes)

    def columnCount(self, parent: Any = None) -> int:
        return 2

    def headerData(self, i: int, sens: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        horizontal = sens == Qt.Orientation.Horizontal
        return ("Nom", "Commune")[i] if horizontal and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.lignes[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


@pytest.fixture
def tableau(qtbot: Any, habillee: Any) -> Tableau:
    t = Tableau("ESSMS", (2, 1))
    qtbot.addWidget(t)
    t.setModel(_Modele([["Résidence", "Créteil"], ["Foyer", "Évry"], ["Atelier", 'La "Haye"']]))
    t.resize(500, 300)
    t.show()
    return t


def test_un_tableau_se_filtre_sans_accents_et_garde_les_rangs_du_modele(tableau: Tableau, qtbot: Any) -> None:
    tableau.filtrer("evry")
    assert tableau.proxy.rowCount() == 1
    ouverts: list[int] = []
    tableau.activee.connect(ouverts.append)
    tableau.choisir(1)
    qtbot.keyClick(tableau, Qt.Key.Key_Return)
    assert ouverts == [1]


def test_un_tableau_se_trie_et_se_copie_pour_excel(tableau: Tableau, qtbot: Any) -> None:
    tableau.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    tableau.selectAll()
    qtbot.keyClick(tableau, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lignes = QGuiApplication.clipboard().text().split("\n")
    assert lignes == ["Nom\tCommune", 'Atelier\t"La ""Haye"""', "Foyer\tÉvry", "Résidence\tCréteil"]


def test_un_tableau_recoit_ce_qu_excel_a_copie(tableau: Tableau, qtbot: Any) -> None:
    recus: list[str] = []
    tableau.fixer_collage(recus.append)
    QGuiApplication.clipboard().setText("A\tB\r\nC\tD\r\n")
    tableau.choisir(1)
    qtbot.keyClick(tableau, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [r.replace("\r", "") for r in recus] == ["A\tB\nC\tD\n"]


def test_le_message_propose_une_action_puis_se_ferme(qtbot: Any, habillee: Any) -> None:
    bandeau, faits = Bandeau(), []
    qtbot.addWidget(bandeau)
    assert bandeau.isHidden()
    bandeau.montrer("Le dossier est supprimé.", "info", ("Annuler", lambda: faits.append(1)))
    assert not bandeau.isHidden()
    bandeau._action.click()
    assert faits == [1] and bandeau.isHidden()


def test_un_long_travail_rend_son_resultat_dans_la_fenetre(qtbot: Any, habillee: Any) -> None:
    taches, recus = Taches(), []

    def travail(progress: Any) -> int:
        progress.etape(1, 2, "moitié")
        return 42

    taches.lancer("Compter", travail, recus.append)
    assert taches.en_cours == "Compter"
    qtbot.waitUntil(lambda: recus == [42])
    assert taches.en_cours == ""


def test_un_long_travail_s_arrete_quand_on_l_annule(qtbot: Any, habillee: Any) -> None:
    taches, erreurs = Taches(), []

    def travail(progress: Any) -> None:
        while True:
            progress.etape(0, 0, "encore")

    taches.lancer("Sans fin", travail, lambda _: None, erreurs.append)
    assert taches.arreter()
    qtbot.waitUntil(lambda: len(erreurs) == 1)
    assert isinstance(erreurs[0], Interruption)


def test_une_erreur_imprevue_d_un_travail_devient_une_phrase(qtbot: Any, habillee: Any) -> None:
    taches, erreurs = Taches(), []

    def travail(_progress: Any) -> None:
        raise OSError(28, "No space left on device")

    taches.lancer("Écrire", travail, lambda _: None, erreurs.append)
    qtbot.waitUntil(lambda: len(erreurs) == 1)
    assert "fichier" in str(erreurs[0]) and "espace" in str(erreurs[0])


def _luminance(couleur: str) -> float:
    canaux = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, v, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux)
    return 0.2126 * r + 0.7152 * v + 0.0722 * b


@pytest.mark.parametrize("nom", sorted(theme.COULEURS))
def test_le_contraste_des_textes_est_suffisant(nom: str) -> None:
    c = theme.COULEURS[nom]
    paires = [
        (encre, fond)
        for encre in (c.encre, c.muet)
        for fond in (c.fond, c.carte, c.survol, c.selection, c.info_fond, c.ok_fond, c.warn_fond, c.bad_fond)
    ]
    paires += [c.genre(g) for g in ("ok", "warn", "bad", "info", "neutre")]
    paires += [(k, c.carte) for k in (c.ok, c.warn, c.bad, c.accent)] + [(c.accent, c.fond), (c.bad, c.fond)]
    paires += [(c.sur_accent, c.accent), (c.sur_accent, c.accent_survol), (c.neutre, c.neutre_fond)]
    paires += [(k, f) for k in (c.lateral_texte, c.lateral_muet) for f in (c.lateral, c.lateral_actif)]
    faibles = []
    for encre, fond in paires:
        clair, fonce = sorted((_luminance(encre), _luminance(fond)), reverse=True)
        if (clair + 0.05) / (fonce + 0.05) < 4.5:
            faibles.append((encre, fond, round((clair + 0.05) / (fonce + 0.05), 2)))
    assert faibles == []
