"""The maps of risks as a workbook: register with live criticality, plan of actions, heat map, scales (referentiel 04 § 2)."""

from collections.abc import Sequence
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.documents.classeur.classeur import (
    A_COMPLETER,
    Classeur,
    ColonneXl,
    Euros,
    Feuille,
    LigneXl,
    Produit,
    Ref,
    SiConnu,
    TableXl,
    Total,
    Valeur,
)
from esms_desktop.documents.produits.risques import CODE, TITRE
from esms_desktop.documents.risques_figures import reserve
from esms_desktop.documents.risques_tableaux import etat, nature
from esms_desktop.lecture import ActionRisque, Dossier, Essms, Risque
from esms_desktop.nomenclature.champs import dit_de, entete_de
from esms_desktop.nomenclature.risques_types import AXES
from esms_desktop.nomenclature.vocabulaire import CategorieRisque
from esms_desktop.regles.dossier import risques as regles
from esms_desktop.regles.texte import net

_GRAPPE = "Grappe"


def classeur(dossier: Dossier, campagne: Campagne, jour: date) -> Classeur:
    """All the maps; `jour` is only used by the page that prints it."""
    tous = [r for siens in regles.par_carte(dossier).values() for r in siens]
    return _classeur(dossier, campagne, tous, chaleur=True)


def classeur_carte(dossier: Dossier, campagne: Campagne, jour: date, essms: Essms | None) -> Classeur:
    """The map of one structure, or of the grappe alone when `essms` is None; `jour` is only used by the page."""
    return _classeur(dossier, campagne, regles.risques_de(dossier, essms))


def _classeur(
    dossier: Dossier, campagne: Campagne, risques: Sequence[Risque], chaleur: bool = False
) -> Classeur:
    porteur = dossier.porteur
    titre = f"{TITRE} · {campagne.titre}"
    feuilles = [Feuille("Registre", titre, (_registre(risques),), (_NOTE, regles.HYPOTHESE_SEUILS))]
    feuilles.append(Feuille("Actions", titre, (_actions(dossier, risques),)))
    if chaleur:
        for apres, nom in ((False, "Structures avant actions"), (True, "Structures après actions")):
            feuilles.append(Feuille(nom, titre, (_chaleur(dossier, apres),), (_NOTE_CHALEUR,)))
    feuilles.append(Feuille("Échelles", titre, (_echelles(dossier),)))
    return Classeur(CODE, TITRE, dossier.nom, porteur.nom if porteur else "", tuple(feuilles))


_NOTE = (
    "P : probabilité, G : gravité, de 1 à 4 ; « après » : une fois les actions menées. La criticité se recalcule. "
    "Ce classeur est une copie : rien n’en revient dans l’application."
)
_NOTE_CHALEUR = (
    "Chaque case donne la criticité la plus haute de la structure dans la catégorie, au moment où le classeur a été écrit. "
    "« À évaluer » : des risques y sont inscrits, sans probabilité ou sans gravité."
)


def _carte(r: Risque) -> str:
    return _GRAPPE if r.essms is None else r.essms.nom


def _cote(valeur: int | None) -> Valeur:
    return A_COMPLETER if valeur is None else valeur


def _criticite(cle: str, p: str, g: str) -> Valeur:
    return SiConnu((Ref(cle, p), Ref(cle, g)), Produit((Ref(cle, p), Ref(cle, g))))


def _registre(risques: Sequence[Risque]) -> TableXl:
    numeros = regles.codes(risques)
    lignes = []
    for rang, r in enumerate(risques):
        cle = f"r{rang}"
        lignes.append(
            LigneXl(
                cle,
                (
                    numeros[r],
                    _carte(r),
                    regles.intitule(r),
                    regles.categorie(r).libelle,
                    net(r.cause),
                    net(r.consequence),
                    _cote(r.probabilite),
                    _cote(r.gravite),
                    _criticite(cle, "p", "g"),
                    _cote(r.probabilite_residuelle),
                    _cote(r.gravite_residuelle),
                    _criticite(cle, "pr", "gr"),
                    net(r.notes),
                ),
            )
        )
    return TableXl(
        "registre",
        "Registre des risques",
        (
            ColonneXl("numero", "N°", largeur=6),
            ColonneXl("carte", "Carte", largeur=22),
            ColonneXl("risque", "Risque", largeur=34),
            ColonneXl("categorie", entete_de("risque.categorie"), largeur=18),
            ColonneXl("cause", entete_de("risque.cause"), largeur=32),
            ColonneXl("consequence", entete_de("risque.consequence"), largeur=32),
            ColonneXl("p", entete_de("risque.probabilite"), "entier", 6),
            ColonneXl("g", entete_de("risque.gravite"), "entier", 6),
            ColonneXl("criticite", "Criticité", "criticite", 15),
            ColonneXl("pr", entete_de("risque.probabilite_residuelle"), "entier", 8),
            ColonneXl("gr", entete_de("risque.gravite_residuelle"), "entier", 8),
            ColonneXl("residuelle", "Criticité après", "criticite", 15),
            ColonneXl("notes", dit_de("risque.notes"), largeur=22),
        ),
        tuple(lignes),
    )


def _actions(dossier: Dossier, risques: Sequence[Risque]) -> TableXl:
    numeros = regles.numero(dossier)
    liste = regles.trier_actions(a for r in risques for a in r.actions)
    lignes = [
        LigneXl(
            f"a{rang}",
            (
                francais.date_courte(a.echeance) if a.echeance else "",
                net(a.intitule),
                nature(a),
                f"{numeros[a.risque]} {regles.intitule(a.risque)}",
                _carte(a.risque),
                net(a.responsable),
                etat(a),
                _cout(a),
            ),
        )
        for rang, a in enumerate(liste)
    ]
    total = LigneXl("total", ("Total", None, None, None, None, None, None, Total("cout")), "total")
    return TableXl(
        "actions",
        "Plan d’actions",
        (
            ColonneXl("echeance", entete_de("action_risque.echeance"), largeur=12),
            ColonneXl("action", "Action", largeur=38),
            ColonneXl("nature", entete_de("action_risque.nature"), largeur=13),
            ColonneXl("risque", "Pour le risque", largeur=34),
            ColonneXl("carte", "Carte", largeur=22),
            ColonneXl("responsable", entete_de("action_risque.responsable"), largeur=20),
            ColonneXl("etat", entete_de("action_risque.etat"), largeur=13),
            ColonneXl("cout", entete_de("action_risque.cout_cents"), "euros", 14),
        ),
        (*lignes, total),
        ("Le coût d’une action abandonnée n’est pas compté.",) if any(map(_abandonnee, liste)) else (),
    )


def _abandonnee(a: ActionRisque) -> bool:
    return not regles.active(a)


def _cout(a: ActionRisque) -> Valeur:
    return None if a.cout_cents is None or _abandonnee(a) else Euros(a.cout_cents)


def _chaleur(dossier: Dossier, apres: bool) -> TableXl:
    cle = "apres" if apres else "avant"
    dits, lignes = regles.evaluations(dossier), []
    for rang, cases in enumerate(regles.chaleur(dossier, apres)):
        essms = cases[0].essms
        valeurs: list[Valeur] = [_GRAPPE if essms is None else f"{essms.nom}{reserve(cases, dits[essms])}"]
        for case in cases:
            valeurs.append(case.criticite if case.criticite is not None or not case.nombre else "À évaluer")
        lignes.append(LigneXl(f"{cle}{rang}", tuple(valeurs)))
    return TableXl(
        cle,
        "Structures et catégories, après actions" if apres else "Structures et catégories, avant actions",
        (
            ColonneXl("structure", "Structure", largeur=34),
            *(ColonneXl(c.value, c.libelle, "criticite", 16) for c in CategorieRisque),
        ),
        tuple(lignes),
    )


def _echelles(dossier: Dossier) -> TableXl:
    mots = regles.echelles(dossier)
    return TableXl(
        "echelles",
        "Échelles",
        (
            ColonneXl("axe", "Échelle", largeur=16),
            ColonneXl("niveau", entete_de("niveau_echelle.niveau"), "entier", 10),
            ColonneXl("nom", entete_de("niveau_echelle.libelle"), largeur=20),
            ColonneXl("definition", "Ce que cela veut dire", largeur=38),
        ),
        tuple(
            LigneXl(f"{axe}{n.niveau}", (titre, n.niveau, n.libelle, n.definition))
            for axe, titre in AXES.items()
            for n in mots.axe(axe)
        ),
    )
