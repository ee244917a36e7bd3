"""What may be written: types are the programmer's business (TypeError), values are the person's (ErreurSaisie)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Column, String, inspect, select
from sqlalchemy.orm import MANYTOONE, Mapper, Session

from esms_desktop import francais
from esms_desktop.errors import ErreurSaisie
from esms_desktop.model import Base, Dossier, Og, Solution
from esms_desktop.store.ecarts import CLASSES

_ENTIER_MAX = 2**63 - 1
# A link between tasks may bring one forward.
_SIGNES = frozenset({"decalage"})
# The four levels of the scales of risk.
_BORNES = dict.fromkeys(("probabilite", "gravite", "probabilite_residuelle", "gravite_residuelle"), (1, 4))
# A name a person reads, when the column name without its underscores would not do.
_LIBELLES = {
    "accord_entite_nationale": "accord de l’entité nationale",
    "accuse": "numéro de l’accusé",
    "acquise": "brique acquise",
    "amoa": "AMOA",
    "amoa_nom": "nom de l’AMOA",
    "annee": "année",
    "association": "association",
    "campagne_id": "campagne",
    "capacite": "capacité",
    "categorie": "catégorie",
    "categorie_libelle": "libellé de la catégorie",
    "cle_repartition": "clé de répartition",
    "code_postal": "code postal",
    "commande_publique": "commande publique",
    "consequence": "conséquence",
    "cout_annuel_cents": "coût annuel",
    "cout_cents": "coût",
    "dans_sad": "présence dans le SAD",
    "date_convention": "date de la convention",
    "date_debut_parametrage": "début du paramétrage",
    "date_debut_projet": "début du projet",
    "date_depot_prevue": "date de dépôt prévue",
    "date_fin_deploiement": "fin du déploiement",
    "date_mise_en_ordre_marche": "date de mise en ordre de marche",
    "date_referencement": "date du référencement",
    "date_referencement_prevue": "date prévue du référencement",
    "debut": "début",
    "decalage": "décalage",
    "definition": "définition",
    "demande_le": "date de la demande",
    "departement": "département",
    "depose_le": "date du dépôt",
    "dpo_courriel": "courriel du DPO",
    "dpo_nom": "nom du DPO",
    "dui_actuel": "DUI actuel",
    "duree": "durée",
    "duree_heures": "durée en heures",
    "echeance": "échéance",
    "editeur": "éditeur",
    "envoye_le": "date d’envoi",
    "equipement_demande": "aide à l’équipement",
    "esms_numerique_anterieur": "financement ESMS numérique antérieur",
    "essms_id": "structure",
    "est_porteur": "porteur",
    "etat": "état",
    "etp_centiemes": "ETP",
    "fichier_id": "fichier joint",
    "financement_europeen": "financement européen",
    "finess": "numéro FINESS",
    "finess_ej": "numéro FINESS de l’entité juridique",
    "fixe": "date fixe",
    "frequence": "fréquence",
    "genere_le": "date de génération",
    "gravite": "gravité",
    "gravite_residuelle": "gravité après actions",
    "hebergement": "hébergement",
    "imprime_le": "date d’impression",
    "intitule": "intitulé",
    "libelle": "libellé",
    "marche_en_cours": "marché en cours",
    "montant_cents": "montant",
    "montant_ht_cents": "montant hors taxes",
    "nb_essms_total": "nombre total d’ESSMS",
    "numero": "numéro de pièce",
    "og_id": "organisme",
    "part_confort": "part de confort",
    "part_libre_pour_dix_mille": "part libre",
    "part_projet_pour_cent": "part donnée au projet",
    "part_temps_pour_cent": "part du temps",
    "pas_avant": "pas avant le",
    "pilotage_demande": "aide au pilotage",
    "points_attention": "points d’attention",
    "portee_nationale": "portée nationale",
    "prerequis": "prérequis",
    "prix_cents": "prix",
    "prix_unitaire_ht_cents": "prix unitaire hors taxes",
    "probabilite": "probabilité",
    "probabilite_residuelle": "probabilité après actions",
    "quantite": "quantité",
    "rang": "place dans la liste",
    "rattache_entite_nationale": "rattachement à une entité nationale",
    "realise": "réalisation",
    "reference_debut": "début de référence",
    "reference_fin": "fin de référence",
    "reference_le": "date de la référence",
    "repondu_le": "date de la réponse",
    "reponse": "réponse",
    "representant_nom": "nom du représentant",
    "representant_qualite": "qualité du représentant",
    "reprise_donnees": "reprise des données",
    "resultat": "résultat",
    "role": "rôle",
    "sad": "achat par le SAD",
    "sad_exception": "exception au SAD",
    "sans_risque": "sans risque propre",
    "signe_le": "date de signature",
    "siren": "SIREN",
    "siret": "SIRET",
    "solution_id": "solution",
    "sons_autre_solution": "commande SONS pour une autre solution",
    "strategie_deploiement": "stratégie de déploiement",
    "strategie_formation": "stratégie de formation",
    "telephone": "téléphone",
    "tva_pour_dix_mille": "taux de TVA",
    "type_projet": "type de projet",
    "vague_id": "vague",
}
_SUJETS = {
    "dossier": "du dossier",
    "og": "de l’OG",
    "essms": "de l’ESSMS",
    "solution": "de la solution",
    "contact": "du contact",
    "fichier": "du fichier",
    "instance": "de l’instance",
    "tache": "de la tâche",
    "vague": "de la vague",
}


def libelle_champ(nom: str) -> str:
    """The name of a column, as a person reads it."""
    return _LIBELLES.get(nom, nom.replace("_", " "))


def valider_champs(classe: type[Base], champs: Mapping[str, object]) -> None:
    """Checks values about to be set on an object of `classe`.

    Raises:
        TypeError: a field that does not exist or is not for writing, a value of the wrong type.
        ErreurSaisie: an empty name, a negative number, a text too long or unreadable.
    """
    if classe not in CLASSES:
        raise TypeError(f"{classe.__name__} is not written through the door")
    mapper: Mapper[Any] = inspect(classe)
    for nom, valeur in champs.items():
        if nom in mapper.columns and not mapper.columns[nom].primary_key:
            _valider(mapper.columns[nom], valeur)
        elif nom in mapper.relationships and mapper.relationships[nom].direction is MANYTOONE:
            attendu = mapper.relationships[nom].mapper.class_
            if valeur is not None and not isinstance(valeur, attendu):
                raise TypeError(f"{classe.__name__}.{nom}: {attendu.__name__} expected")
        else:
            raise TypeError(f"{classe.__name__}.{nom} cannot be written")


def _valider(colonne: Column[Any], valeur: object) -> None:
    if valeur is None:
        if not colonne.nullable:
            raise TypeError(f"{colonne} cannot be None")
        return
    attendu = colonne.type.python_type
    # bool is an int and datetime is a date: neither may stand for the other.
    exact = attendu in (bool, int, date, datetime) or issubclass(attendu, Enum)
    if (type(valeur) is not attendu) if exact else not isinstance(valeur, attendu):
        raise TypeError(f"{colonne}: {attendu.__name__} expected, got {type(valeur).__name__}")
    if isinstance(valeur, datetime) and valeur.tzinfo is None:
        raise TypeError(f"{colonne}: a moment says its zone")
    if isinstance(valeur, str) and not isinstance(valeur, Enum):
        _valider_texte(colonne, valeur)
    if type(valeur) is int and valeur < 0 and colonne.name not in _SIGNES:
        raise ErreurSaisie(
            f"Le champ « {libelle_champ(colonne.name)} » ne peut pas être négatif.", "Saisissez zéro ou plus."
        )
    if type(valeur) is int and valeur > _ENTIER_MAX:
        raise ErreurSaisie(
            f"Le champ « {libelle_champ(colonne.name)} » est trop grand.", "Vérifiez le nombre saisi."
        )
    if type(valeur) is int and colonne.name in _BORNES:
        bas, haut = _BORNES[colonne.name]
        if not bas <= valeur <= haut:
            raise ErreurSaisie(
                f"Le champ « {libelle_champ(colonne.name)} » va de {bas} à {haut}.",
                f"Choisissez une valeur entre {bas} et {haut}.",
            )


def _valider_texte(colonne: Column[Any], texte: str) -> None:
    libelle = libelle_champ(colonne.name)
    if colonne.name == "nom" and not texte.strip():
        sujet = _SUJETS[colonne.table.name]
        raise ErreurSaisie(f"Le nom {sujet} ne peut pas être vide.", "Saisissez un nom.")
    longueur = colonne.type.length if isinstance(colonne.type, String) else None
    if longueur is not None and len(texte) > longueur:
        raise ErreurSaisie(
            f"Le champ « {libelle} » accepte {longueur} caractères au plus (ici : {len(texte)}).",
            "Raccourcissez le texte.",
        )
    # A lone surrogate cannot be written in UTF-8, and a zero character cuts the text for whoever reads it next.
    if "\x00" in texte or any("\ud800" <= c <= "\udfff" for c in texte):
        raise ErreurSaisie(
            f"Le champ « {libelle} » contient un caractère illisible.", "Tapez le texte au lieu de le coller."
        )


def verifier(session: Session) -> None:
    """Checks all that a session is about to write, and keeps one porteur and one retained solution per dossier.

    Raises:
        TypeError, ErreurSaisie: see `valider_champs`; also when a dossier takes the name of another.
    """
    neufs, modifies = list(session.new), [o for o in session.dirty if session.is_modified(o)]
    for objet in session.deleted:
        valider_champs(type(objet), {})
    for objet in neufs:
        valider_champs(type(objet), _champs_ecrits(objet, neuf=True))
    for objet in modifies:
        valider_champs(type(objet), _champs_ecrits(objet, neuf=False))
    _noms_de_dossiers(session, [o for o in neufs + modifies if isinstance(o, Dossier)])
    for classe, champ in ((Og, "est_porteur"), (Solution, "retenue")):
        _un_seul(session, [o for o in neufs + modifies if isinstance(o, classe)], champ)


def _champs_ecrits(objet: Base, neuf: bool) -> dict[str, object]:
    mapper: Mapper[Any] = inspect(type(objet))
    etat = inspect(objet)
    if not neuf:
        return {
            c.key: etat.attrs[c.key].value
            for c in mapper.column_attrs
            if etat.attrs[c.key].history.has_changes()
        }
    champs = {}
    for attribut in mapper.column_attrs:
        colonne = attribut.columns[0]
        valeur = getattr(objet, attribut.key)
        if valeur is None and (colonne.primary_key or colonne.default is not None or colonne.foreign_keys):
            continue
        if valeur is None and attribut.key == "nom":
            valeur = ""
        champs[attribut.key] = valeur
    return champs


def _noms_de_dossiers(session: Session, dossiers: Iterable[Dossier]) -> None:
    a_verifier = [d for d in dossiers if inspect(d).attrs.nom.history.has_changes()]
    if not a_verifier:
        return
    pris: dict[str, object] = {}
    disparus = {d.id for d in session.deleted if isinstance(d, Dossier)} | {d.id for d in a_verifier}
    for cle, nom in session.execute(select(Dossier.id, Dossier.nom)):
        if cle not in disparus:
            pris[francais.cle(nom)] = nom
    for d in a_verifier:
        if francais.cle(d.nom) in pris:
            raise ErreurSaisie(
                f"Un dossier s’appelle déjà « {pris[francais.cle(d.nom)]} ».",
                "Donnez un autre nom à celui-ci.",
            )
        pris[francais.cle(d.nom)] = d.nom


def _un_seul(session: Session, objets: Iterable[Any], champ: str) -> None:
    """The object just marked takes the mark of its siblings."""
    marques: dict[object, Any] = {}
    for objet in objets:
        if not (getattr(objet, champ) and True in (inspect(objet).attrs[champ].history.added or ())):
            continue
        # A dossier not saved yet has no id: the object itself stands for it.
        dossier = objet.dossier_id if objet.dossier is None else (objet.dossier.id or objet.dossier)
        if dossier in marques:
            raise ErreurSaisie(
                "Un dossier n’a qu’un OG porteur."
                if champ == "est_porteur"
                else "Un dossier ne retient qu’une solution.",
                "N’en désignez qu’un à la fois.",
            )
        marques[dossier] = objet
        if not isinstance(dossier, int):
            continue
        classe = type(objet)
        autres = select(classe).where(classe.dossier_id == dossier, getattr(classe, champ))
        for autre in session.scalars(autres):
            if autre is not objet and autre not in session.deleted:
                setattr(autre, champ, False)
