"""Calendars, dossiers and invented plans for the tests of what comes in and goes out."""

from datetime import date, timedelta

from hypothesis import strategies as st

from esms_desktop.echanges.lignes import LigneTache, Precedente
from esms_desktop.echanges.projet import JoursChomes, Projet
from esms_desktop.model import Dossier, Essms, Og, Tache, Vague
from esms_desktop.nomenclature.vocabulaire import Plan, TypeProjet
from esms_desktop.regles.planning.jours_ouvres import JoursOuvres

JOUR = date(2023, 6, 1)


def plat(texte: str) -> str:
    """The text with plain spaces, as a test writes it."""
    return texte.replace("\u00a0", " ")


def jours() -> JoursOuvres:
    """The worked days of metropolitan France."""
    return JoursOuvres(JOUR)


def dossier(*taches: str) -> Dossier:
    """A dossier with one structure, one wave, and these tasks."""
    d = Dossier(nom="Grappe Val de Sèvre", campagne_id="2023", type_projet=TypeProjet.ACQUISITION)
    og = Og(nom="Association Les Tilleuls", est_porteur=True)
    og.essms.append(Essms(nom="Résidence du Lac", finess="060000442", departement="06"))
    d.ogs.append(og)
    d.vagues.append(Vague(nom="Vague 1", rang=0))
    d.taches += [Tache(nom=nom, rang=rang, plan=Plan.PROJET.value) for rang, nom in enumerate(taches)]
    return d


_PREMIER, _DERNIER = date(2022, 1, 3), date(2027, 12, 31)
_dates = st.dates(_PREMIER, _DERNIER)
_TEXTE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n&<>\"'"),
    max_size=40,
).filter(lambda x: x == x.strip() and "\ufffe" not in x and "\uffff" not in x)
_NOM = _TEXTE.filter(bool)


@st.composite
def projets(draw: st.DrawFn) -> Projet:
    """Plans as the application makes them: by planning, links towards lines that come before in some hidden order."""
    n = draw(st.integers(1, 12))
    plans = sorted((draw(st.sampled_from(list(Plan))) for _ in range(n)), key=list(Plan).index)
    ordre = draw(st.permutations(range(n)))
    lignes = []
    for i in range(n):
        jalon = draw(st.booleans())
        debut = draw(_dates)
        avant = [j for j in range(n) if ordre[j] < ordre[i]]
        choisis = draw(st.lists(st.sampled_from(avant), unique=True, max_size=3)) if avant else []
        types = st.sampled_from(["fin-debut", "debut-debut", "fin-fin"])
        lignes.append(
            LigneTache(
                nom=draw(_NOM),
                plan=plans[i].value,
                phase=draw(st.sampled_from(["", "Cadrage", "Choix & <contrat>"])),
                jalon=jalon,
                duree=0 if jalon else draw(st.integers(1, 400)),
                pas_avant=draw(st.none() | _dates),
                fixe=draw(st.none() | _dates),
                echeance=draw(st.none() | _dates),
                responsable=draw(_TEXTE),
                avancement=draw(st.integers(0, 100)),
                essms=draw(st.sampled_from(["", "060000442"])),
                vague=draw(_TEXTE),
                action=draw(_TEXTE),
                origine=draw(st.sampled_from(["", "depot", "va"])),
                reference_debut=draw(st.none() | _dates),
                reference_fin=draw(st.none() | _dates),
                notes=draw(_TEXTE),
                precedentes=tuple(
                    Precedente(j, None, draw(types), draw(st.integers(-30, 30))) for j in choisis
                ),
                debut=debut,
                fin=debut if jalon else debut + timedelta(draw(st.integers(0, 500))),
            )
        )
    debut = min(x.debut for x in lignes if x.debut)
    fin = max(x.fin for x in lignes if x.fin)
    chomes = tuple(
        JoursChomes(d, d + timedelta(draw(st.integers(0, 20))), draw(_TEXTE), draw(st.booleans()))
        for d in draw(st.lists(_dates, max_size=3))
    )
    territoire = draw(st.sampled_from([None, "", "971", "57"]))
    return Projet(draw(_NOM), JOUR, debut, fin, tuple(lignes), chomes, territoire, draw(st.none() | _dates))
