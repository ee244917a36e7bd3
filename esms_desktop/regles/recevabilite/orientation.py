"""Where a project goes: regional or national, which ARS, which financeur, which threshold (referentiel 01 § 4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal

from esms_desktop import francais
from esms_desktop.campagnes.chargement import citer
from esms_desktop.campagnes.fondement import Fondement, moins_ferme
from esms_desktop.campagnes.schema import Campagne, Parametre
from esms_desktop.errors import ErreurSaisie
from esms_desktop.lecture import Dossier
from esms_desktop.lecture.fait import fait
from esms_desktop.nomenclature.territoires import Territoire, regions
from esms_desktop.nomenclature.vocabulaire import TypeProjet
from esms_desktop.regles.recevabilite.eligibilite import relever

Niveau = Literal["regional", "national", "indetermine"]
ARS_DU_PORTEUR = "ARS de rattachement du porteur"
SANS_OBJET = "Sans objet"


@dataclass(frozen=True)
class Orientation:
    """Where the project goes. `regions`: (INSEE code, name, ESSMS), the most ESSMS first; `ars` empty when none.

    `melee`: some ESSMS are where the lower threshold holds, others are not known to be.
    """

    niveau: Niveau
    financeur: str
    ars: str
    minimum: int
    nombre: int
    atteint: bool
    regions: tuple[tuple[str, str, int], ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    fondement: Fondement
    melee: bool


@fait
def orienter_dossier(dossier: Dossier, campagne: Campagne) -> Orientation:
    """Orientation of a dossier: its eligible ESSMS, by the region of their department."""
    releve = relever(dossier, campagne)
    connus = releve.par_region
    return orienter(
        campagne,
        connus,
        None,
        dossier.portee_nationale,
        releve.region_porteur,
        sans_region=len(releve.eligibles) - sum(connus.values()),
        type_projet=dossier.type_projet,
    )


def orienter(
    campagne: Campagne,
    par_region: Mapping[str, int],
    territoire: Territoire | None = None,
    portee_nationale: bool | None = None,
    region_porteur: str | None = None,
    *,
    sans_region: int = 0,
    type_projet: TypeProjet | None = None,
) -> Orientation:
    """Orientation of a project (referentiel 01 § 4).

    Args:
        campagne: the rules that apply.
        par_region: eligible ESSMS by INSEE code of region.
        territoire: territory that decides the threshold; None: that of the region where the project is filed.
        portee_nationale: declared by the person; None, not answered, is never a yes.
        region_porteur: INSEE code of the region of the porteur, when known.
        sans_region: eligible ESSMS whose region is unknown or has no ARS.
        type_projet: what the project asks for: a text may speak of one type only. Unknown helps none.

    Raises:
        ErreurSaisie: unknown region code, negative number.
    """
    for code in (*par_region, *([region_porteur] if region_porteur else [])):
        if code not in regions():
            proches = get_close_matches(code, regions(), 1)
            indice = f"Vouliez-vous dire {proches[0]} ({regions()[proches[0]].nom}) ?" if proches else ""
            raise ErreurSaisie(f"« {code} » n’est pas le code INSEE d’une région.", indice)
    if min(par_region.values(), default=0) < 0 or sans_region < 0:
        raise ErreurSaisie("Un nombre d’ESSMS ne peut pas être négatif.")
    comptes = sorted(
        ((c, regions()[c].nom, n) for c, n in par_region.items() if n),
        key=lambda r: (-r[2], francais.cle(r[1])),
    )
    return _Calcul(
        campagne, tuple(comptes), territoire, portee_nationale, region_porteur, sans_region, type_projet
    ).resultat()


class _Calcul:
    def __init__(
        self,
        campagne: Campagne,
        comptes: tuple[tuple[str, str, int], ...],
        territoire: Territoire | None,
        portee: bool | None,
        region_porteur: str | None,
        sans_region: int,
        type_projet: TypeProjet | None,
    ) -> None:
        self.campagne, self.type_projet = campagne, type_projet
        self.regles = campagne.orientation
        self.taille = campagne.taille
        self.comptes = comptes
        self.portee = portee
        self.region_porteur = region_porteur
        self.sans_region = sans_region
        self.territoire_dit = territoire
        self.nombre = sum(n for _, _, n in comptes) + sans_region
        self.notes: list[str] = []
        self.melee = False

    def resultat(self) -> Orientation:
        if self.sans_region:
            self.notes.append(
                f"La région de {francais.pluriel(self.sans_region, 'ESSMS')} n’est pas connue, ou n’a pas d’ARS : renseignez leur "
                "département."
            )
        niveau, financeur, ars = self._financement()
        minimum = self._minimum()
        regles, taille = self.regles, self.taille
        suivies: list[Parametre[Any]] = [regles.seuil_national, regles.ars_de_depot, taille.minimum]
        if regles.portee_nationale_admise.valeur:
            suivies.append(regles.portee_nationale_admise)
        if niveau != "indetermine":
            choix = regles.financeur_national if niveau == "national" else regles.financeur_regional
            suivies.append(choix)
            if choix.hypothese:
                self.notes.append(f"Hypothèse : {choix.note}.")
        if not self.nombre >= minimum:
            self.notes.append(
                f"Le projet compte {francais.pluriel(self.nombre, 'ESSMS')}, le seuil est de {minimum} : l’ARS apprécie, "
                "rien n’est refusé d’office."
            )
        maximum = taille.maximum_finance
        if maximum.valeur is not None and self.nombre > maximum.valeur:
            self.notes.append(
                f"{maximum.valeur} structures sont financées au plus par projet ({maximum.source})."
            )
        cites = tuple(dict.fromkeys(c for p in suivies for c in citer(p.source)))
        fondement = moins_ferme(self.campagne.fondement(p.origine, self.type_projet) for p in suivies)
        atteint = self.nombre >= minimum
        return Orientation(
            niveau,
            financeur,
            ars,
            minimum,
            self.nombre,
            atteint,
            self.comptes,
            cites,
            tuple(self.notes),
            fondement,
            self.melee,
        )

    def _financement(self) -> tuple[Niveau, str, str]:
        if self.regles.maille.valeur == "essms":
            self.notes.append(
                "Ce dispositif s’instruit ESSMS par ESSMS : chaque commande part de l’éditeur, "
                "sans dépôt dans GALIS ni choix d’une ARS."
            )
            return "indetermine", SANS_OBJET, ""
        niveau = self._niveau()
        if niveau == "national":
            return niveau, self.regles.financeur_national.valeur, ""
        ars = self._ars() if self.nombre else ""
        if niveau == "indetermine":
            return niveau, "", ars
        if self.regles.financeur_regional.valeur == "sans-objet":
            return niveau, f"{SANS_OBJET} (appels à projets des ARS)", ars
        return niveau, ars, ars

    def _niveau(self) -> Niveau:
        seuil = self.regles.seuil_national.valeur
        if not self.nombre:
            self.notes.append(
                "Aucun ESSMS éligible n’est compté : l’orientation se dira avec la liste des ESSMS."
            )
            return "indetermine"
        if seuil is None:
            return "regional"
        if self.nombre >= seuil:
            return self._au_dela(seuil)
        admise = self.regles.portee_nationale_admise
        if self.portee and admise.valeur:
            self.notes.append(
                f"Moins de {seuil} ESSMS, mais une portée nationale déclarée : le projet doit représenter l’offre à "
                f"l’échelle du pays ({admise.source})."
            )
            return "national"
        if self.portee:
            self.notes.append(
                f"La portée nationale déclarée est sans effet : la campagne demande {seuil} ESSMS ({admise.source})."
            )
        elif self.portee is None and admise.valeur:
            self.notes.append(
                "La portée nationale n’est pas répondue : le projet est compté comme régional. "
                "Dites oui s’il représente l’offre à l’échelle du pays."
            )
        return "regional"

    def _au_dela(self, seuil: int) -> Niveau:
        if not self.regles.national_multi_region.valeur or len(self.comptes) > 1:
            return "national"
        if self.sans_region:
            self.notes.append(
                f"{seuil} ESSMS et plus : le niveau dépend du nombre de régions, et toutes ne sont pas connues."
            )
            return "indetermine"
        self.notes.append(f"{seuil} ESSMS et plus dans une même région : le projet reste régional.")
        return "regional"

    def _ars(self) -> str:
        regle = self.regles.ars_de_depot.valeur
        if regle == "prorata":
            noms = [regions()[c].ars for c, _, _ in self.comptes]
            if len(noms) > 1:
                self.notes.append("Le financement se partage entre les ARS au prorata de leurs ESSMS.")
            return francais.enumerer(noms)
        code = self._region_de_depot()
        if code is None:
            self.notes.append(
                "Plusieurs régions : le projet se dépose auprès de l’ARS du porteur, dont la région n’est pas connue ici."
                if self.comptes
                else "La région du projet n’est pas connue."
            )
            return ARS_DU_PORTEUR if regle == "porteur" else ""
        if regle == "plus-grand-nombre":
            self._noter_egalite(code)
        return regions()[code].ars

    def _en_tete(self) -> list[str]:
        return [c for c, _, n in self.comptes if n == self.comptes[0][2]]

    def _region_de_depot(self) -> str | None:
        if self.regles.ars_de_depot.valeur == "porteur":
            if self.region_porteur:
                return self.region_porteur
            return self.comptes[0][0] if len(self.comptes) == 1 and not self.sans_region else None
        if not self.comptes:
            return None
        egales = self._en_tete()
        return self.region_porteur if self.region_porteur in egales else egales[0]

    def _noter_egalite(self, code: str) -> None:
        egales = self._en_tete()
        if len(egales) > 1:
            noms = francais.enumerer([regions()[c].ars for c in egales])
            pourquoi = (
                "celle du porteur" if code == self.region_porteur else "la première par ordre alphabétique"
            )
            self.notes.append(
                f"Égalité entre {noms} : le texte ne tranche pas ; l’application retient {pourquoi}. "
                "À confirmer auprès des ARS."
            )

    def _minimum(self) -> int:
        """The lower threshold only when every ESSMS is where it holds: an unknown never helps."""
        taille = self.taille
        admis = taille.territoires_derogatoires.valeur
        if self.territoire_dit is not None:
            derogatoire = self.territoire_dit.value in admis
            return taille.minimum_derogatoire.valeur if derogatoire else taille.minimum.valeur
        dedans = sum(n for c, _, n in self.comptes if regions()[c].territoire.value in admis)
        if dedans and dedans == self.nombre:
            return taille.minimum_derogatoire.valeur
        self.melee = bool(dedans)
        if self.melee and taille.minimum_derogatoire.valeur <= self.nombre < taille.minimum.valeur:
            self.notes.append(
                f"{francais.pluriel(dedans, 'ESSMS')} sur {self.nombre} en Corse ou outre-mer : les textes y fixent un seuil de "
                f"{taille.minimum_derogatoire.valeur}, et de {taille.minimum.valeur} en métropole ; pour une grappe mêlée, ils ne "
                "tranchent pas. L’application retient le plus haut ; à confirmer auprès de l’ARS."
            )
        return taille.minimum.valeur
