"""Everything there is to check in a dossier on a given day, as one examination."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from esms_desktop import francais
from esms_desktop.campagnes.fondement import lecture
from esms_desktop.campagnes.schema import Campagne
from esms_desktop.lecture import Dossier
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.formats import IMAGES_CONVERTIES, images_admises
from esms_desktop.nomenclature.territoires import regions
from esms_desktop.regles.constats import Cible, Constat, Controle, Examen, Gravite, Page, examen
from esms_desktop.regles.dossier.coherence import controler_coherence
from esms_desktop.regles.dossier.gouvernance import controler_gouvernance
from esms_desktop.regles.dossier.grappe import controler_og
from esms_desktop.regles.dossier.pieces import ACCORDS, MATERIELS, EtatPiece, etat_pieces
from esms_desktop.regles.dossier.preparation import controler_preparation
from esms_desktop.regles.dossier.risques_controles import controler_risques
from esms_desktop.regles.dossier.signatures import controler_signatures
from esms_desktop.regles.financement.argent import controler_financement
from esms_desktop.regles.financement.materiels import controler_materiels
from esms_desktop.regles.financement.pluriannuel import plan
from esms_desktop.regles.planning.calendrier import controler_calendrier
from esms_desktop.regles.planning.deploiement import controler_deploiement
from esms_desktop.regles.planning.planning_controles import controler_planning
from esms_desktop.regles.recevabilite.cumul import controler_cumul
from esms_desktop.regles.recevabilite.eligibilite import champ_retenu, relever
from esms_desktop.regles.recevabilite.essms import controler_essms
from esms_desktop.regles.recevabilite.orientation import orienter_dossier
from esms_desktop.regles.recevabilite.recevabilite import constats_du_point, points
from esms_desktop.regles.recevabilite.sad import controler_sad


@fait
def examiner(dossier: Dossier, campagne: Campagne, jour: date) -> Examen:
    """All the checks, in the order of the kit: grappe, recevabilité, preparation, money, signatures, pieces."""
    return examen(controle for famille in familles(dossier, campagne, jour) for controle in famille)


def familles(dossier: Dossier, campagne: Campagne, jour: date) -> Iterator[Sequence[Controle]]:
    """The same checks one family after the other: whoever waits for them may do something else in between."""
    for famille in _familles(dossier, campagne, jour):
        yield [c.fonde(campagne, dossier.type_projet) for c in famille]


def _familles(dossier: Dossier, campagne: Campagne, jour: date) -> Iterator[Iterable[Controle]]:
    yield controler_og(dossier, campagne)
    yield controler_essms(dossier, campagne)
    yield [
        Controle(f"recevabilite.point-{p.numero}", Page.RECEVABILITE, constats_du_point(p))
        for p in points(dossier, campagne, jour)
    ]
    yield [_orientation(dossier, campagne)]
    yield controler_calendrier(dossier, campagne, jour)
    yield controler_preparation(dossier, campagne)
    yield controler_gouvernance(dossier, campagne)
    yield controler_deploiement(dossier, campagne)
    yield controler_planning(dossier, campagne, jour)
    yield controler_risques(dossier, campagne, jour)
    yield [controler_sad(dossier, campagne)]
    yield controler_financement(dossier, campagne)
    yield plan(dossier, campagne).controles
    yield controler_coherence(dossier, campagne, jour)
    yield controler_materiels(dossier, campagne)
    yield [controler_cumul(dossier, campagne)]
    yield controler_signatures(dossier, campagne)
    yield _pieces(dossier, campagne)


@fait
def _orientation(dossier: Dossier, campagne: Campagne) -> Controle:
    code = "orientation.niveau"
    releve, orientation = relever(dossier, campagne), orienter_dossier(dossier, campagne)
    regles = campagne.orientation
    portee = Cible(Page.RECEVABILITE, "dossier", None, "portee_nationale")
    constats = []

    def dire(gravite: Gravite, titre: str, explication: str, remede: str, source: str, cible: Cible) -> None:
        constats.append(Constat(code, gravite, titre, explication, remede, source, cible))

    seuil = regles.seuil_national.valeur
    ouverte = regles.portee_nationale_admise.valeur and releve.dossier.portee_nationale is None
    if seuil is not None and ouverte and releve.lignes and orientation.nombre < seuil:
        dire(
            Gravite.A_FAIRE,
            "La portée nationale du projet n’est pas répondue",
            f"Sous {seuil} ESSMS, un projet qui représente l’offre à l’échelle du pays se dépose au niveau national.",
            "Répondez : le projet a-t-il une portée nationale ?",
            regles.portee_nationale_admise.origine,
            portee,
        )
    if orientation.niveau == "indetermine" and seuil is not None and releve.lignes:
        dire(
            Gravite.A_FAIRE,
            "Le niveau du projet, régional ou national, n’est pas certain",
            " ".join(orientation.notes),
            "Complétez la catégorie et le département des ESSMS.",
            regles.seuil_national.origine,
            Cible(Page.GRAPPE),
        )
    region = campagne.region
    if (
        region
        and orientation.niveau == "regional"
        and orientation.ars
        and orientation.ars != regions()[region].ars
    ):
        dire(
            Gravite.A_FAIRE,
            "La campagne choisie est celle d’une autre région",
            f"Le projet se dépose auprès de : {orientation.ars}. La campagne « {campagne.titre} » est celle de : "
            f"{regions()[region].ars}.",
            "Choisissez la campagne nationale de l’année, ou celle de l’ARS de dépôt.",
            regles.ars_de_depot.origine,
            Cible(Page.RECEVABILITE, "dossier", None, "campagne_id"),
        )
    maximum = campagne.taille.maximum_finance
    if maximum.valeur is not None and orientation.nombre > maximum.valeur:
        dire(
            Gravite.CONSEIL,
            "Le projet dépasse le nombre de structures financées",
            f"{maximum.valeur} structures sont financées au plus ; le projet en compte {orientation.nombre}.",
            "Vérifiez la répartition entre organismes, ou scindez le projet.",
            maximum.origine,
            Cible(Page.GRAPPE),
        )
    champs = sorted({c.value for x in releve.lignes if (c := champ_retenu(x.essms)) is not None})
    par_champ = regles.demande_par_champ
    if par_champ.valeur and len(champs) > 1:
        dire(
            Gravite.CONSEIL,
            "Une demande par champ, ou une seule : deux textes se contredisent",
            "L’appel à projets de 2022 sépare les demandes par type de projet et par champ ; la presse professionnelle parle "
            f"d’une demande unique. Le projet réunit les champs {francais.enumerer(champs)}.",
            "Demandez à l’ARS combien de demandes déposer.",
            lecture(par_champ.source),
            Cible(Page.DEPOT),
        )
    return Controle(code, Page.RECEVABILITE, tuple(constats))


@fait
def _pieces(dossier: Dossier, campagne: Campagne) -> tuple[Controle, ...]:
    etats = etat_pieces(dossier, campagne)
    return (
        *(
            Controle(f"pieces.piece-{e.numero}", Page.PIECES, _constat_piece(e, dossier))
            for e in etats
            if e.due and not e.selon_document
        ),
        _extensions(dossier, campagne),
    )


def _constat_piece(etat: EtatPiece, dossier: Dossier) -> tuple[Constat, ...]:
    if etat.satisfaite:
        return ()
    cible = Cible(Page.PIECES, "piece", etat.numero)
    if etat.obligation == "a-preciser":
        gravite, titre = Gravite.A_FAIRE, f"Pièce {etat.numero}, à préciser : {etat.titre}"
        remede = "Répondez à la question qui décide de cette pièce."
        if etat.numero == MATERIELS:
            cible = Cible(Page.FINANCEMENT, "dossier", None, "equipement_demande")
        elif etat.numero == ACCORDS:
            muets = [e.id for e in dossier.essms if e.rattache_entite_nationale is None]
            if muets:
                cible = Cible(Page.GRAPPE, "essms", muets[0], "rattache_entite_nationale")
    else:
        gravite, titre = Gravite.BLOQUANT, f"Pièce {etat.numero} manquante : {etat.titre}"
        remede = {
            "generee": "Complétez la grappe : l’application produira cette pièce.",
            "signee": "Imprimez le document, faites-le signer, puis joignez le scan.",
            "jointe": "Joignez le fichier à cette pièce.",
        }[etat.production]
        if etat.numero == MATERIELS:
            remede = (
                "Saisissez les matériels, leur quantité et leur prix : l’application produira cette pièce."
            )
            cible = Cible(Page.FINANCEMENT, "materiel")
    code = f"pieces.piece-{etat.numero}"
    return (Constat(code, gravite, titre, etat.raison, remede, etat.source, cible, etat.manque),)


def _extensions(dossier: Dossier, campagne: Campagne) -> Controle:
    code = "pieces.extensions"
    admises = campagne.extensions
    # What we make pages of is filed as a PDF, whatever it was.
    recues = (*admises.valeur, *(IMAGES_CONVERTIES if images_admises(admises.valeur) else ()))
    refuses = [f for f in dossier.joints if f".{f.extension.lower().lstrip('.')}" not in recues]
    if not refuses:
        return Controle(code, Page.PIECES)
    constat = Constat(
        code,
        Gravite.BLOQUANT,
        "Un fichier joint a une extension que le téléservice refuse",
        f"Extensions admises : {', '.join(admises.valeur)}.",
        "Convertissez le fichier en PDF et joignez-le à nouveau.",
        admises.origine,
        Cible(Page.PIECES, "piece", refuses[0].numero),
        ", ".join(f.nom for f in refuses[:3]),
    )
    return Controle(code, Page.PIECES, (constat,))
