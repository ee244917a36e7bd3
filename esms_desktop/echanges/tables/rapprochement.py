"""A list against a grappe: new, changed, unchanged, to decide. Any order of its rows and columns gives the same."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from esms_desktop.echanges.tables.ecarts import (
    AJOUTER,
    GARDER,
    LAISSER,
    METTRE_A_JOUR,
    TOUTES,
    ADecider,
    Change,
    Choix,
    EtatAnnuaire,
    Nouveau,
    OgVoulu,
    Rapprochement,
    Reparation,
)
from esms_desktop.echanges.tables.identite import Fiche, Registre, Trouve
from esms_desktop.echanges.tables.rubriques_essms import (
    COMMUNE,
    ETRANGERES,
    FINESS,
    NOM,
    OG,
    OG_EJ,
    OG_SIREN,
    PAR_NOM,
    SIRET,
    colonnes_a_ecrire,
    ecrire,
    meme,
    valeur_de,
)
from esms_desktop.echanges.tables.tableau import Laisse, LigneLue, Tableau
from esms_desktop.errors import ErreurSaisie
from esms_desktop.francais import NBSP, date_courte, enumerer, minuscule, mots, resumer
from esms_desktop.lecture import Dossier, Essms
from esms_desktop.nomenclature.numeros import normaliser
from esms_desktop.nomenclature.territoires import departement_du_lieu, departement_du_numero

Annuaire = Callable[[str], EtatAnnuaire | None]
# What an OG is called until somebody names it.
OG_A_NOMMER = "Organisme à nommer"


def rapprocher(
    dossier: Dossier,
    tableau: Tableau,
    og: OgVoulu | None = None,
    decisions: Mapping[str, str] | None = None,
    annuaire: Annuaire | None = None,
) -> Rapprochement:
    """What a list would change; nothing is written.

    Args:
        dossier: the grappe as it is.
        tableau: the list, its columns recognised among `RUBRIQUES`.
        og: where the new ESSMS go; None: the one their line names, else the only one of the grappe.
        decisions: what was chosen, by `ADecider.cle`; « laisser » for the others.
        annuaire: what the national directory says of a FINESS number, None when there is none.
    """
    return _Travail(dossier, tableau, og, decisions or {}, annuaire).faire()


class _Travail:
    def __init__(
        self,
        dossier: Dossier,
        tableau: Tableau,
        og: OgVoulu | None,
        decisions: Mapping[str, str],
        annuaire: Annuaire | None,
    ) -> None:
        self._dossier, self._tableau, self._og = dossier, tableau, og
        self._decisions, self._annuaire = decisions, annuaire
        self._registre = Registre(dossier)
        self._nouveaux: list[Nouveau] = []
        self._changes: list[Change] = []
        self._inchanges = 0
        self._a_decider: list[ADecider] = []
        self._reparations: list[Reparation] = []
        self._refus: list[Reparation] = []
        self._laisses = list(tableau.laisses)

    def faire(self) -> Rapprochement:
        groupes: dict[Any, list[tuple[Fiche, Trouve]]] = {}
        for ligne in self._tableau.lignes:
            fiche = self._lire(ligne)
            if not fiche.valeurs and not fiche.fautes:
                continue
            trouve = self._registre.trouver(fiche)
            groupes.setdefault(_de_qui(fiche, trouve), []).append((fiche, trouve))
        for groupe in groupes.values():
            fiches = [f for f, _ in groupe]
            if len(groupe) == 1 or (fondue := self._fondre(fiches)) is not None:
                self._traiter(fiches[0] if len(groupe) == 1 else fondue or fiches[0], groupe[0][1])
            else:
                self._doublon(fiches, groupe[0][1])
        return Rapprochement(
            self._tableau,
            tuple(self._nouveaux),
            tuple(self._changes),
            self._inchanges,
            tuple(sorted(self._a_decider, key=lambda a: int(a.cle.split("+")[0]))),
            tuple(self._reparations),
            tuple(self._refus),
            tuple(self._laisses),
            self._tableau.remarques,
        )

    # -- reading -----------------------------------------------------------------------------------------------

    def _lire(self, ligne: LigneLue) -> Fiche:
        fiche = Fiche(ligne.numero)
        for nom, cellule in ligne.cellules.items():
            rubrique = PAR_NOM[nom]
            fiche.ou[nom] = cellule.adresse
            fiche.bruts[nom] = " ".join(cellule.texte.split())
            try:
                lu = rubrique.lire(cellule)
                # A solution that the dossier does not have is refused here, where the cell is known.
                if lu.valeur is not None and nom not in ETRANGERES:
                    colonnes_a_ecrire(nom, lu.valeur, self._dossier)
            except ErreurSaisie as refus:
                fiche.fautes[nom] = refus.message.rstrip(".")
                if nom != FINESS:
                    self._refus.append(
                        Reparation(cellule.adresse, rubrique.libelle, fiche.bruts[nom], "", fiche.fautes[nom])
                    )
                continue
            if lu.valeur is not None:
                fiche.valeurs[nom] = lu.valeur
            if lu.repare:
                rendu = ecrire(nom, lu.valeur) if lu.valeur is not None else ""
                self._reparations.append(
                    Reparation(cellule.adresse, rubrique.libelle, fiche.bruts[nom], rendu, lu.repare)
                )
        return fiche

    def _fondre(self, fiches: Sequence[Fiche]) -> Fiche | None:
        """One line of several about the same, None when they say otherwise of it."""
        fondue = Fiche(min(f.numero for f in fiches))
        # The same writing is kept whatever the order of the lines.
        for fiche in sorted(fiches, key=lambda f: sorted((n, str(v)) for n, v in f.valeurs.items())):
            for nom, valeur in fiche.valeurs.items():
                if nom in fondue.valeurs and not _pareil(nom, fondue.valeurs[nom], valeur):
                    return None
                fondue.valeurs.setdefault(nom, valeur)
                fondue.ou.setdefault(nom, fiche.ou[nom])
        autres = [str(f.numero) for f in fiches if f.numero != fondue.numero]
        raison = f"dit la même chose que la ligne {fondue.numero}, et n’est comptée qu’une fois"
        self._laisses.append(Laisse(f"ligne {enumerer(autres)}", fondue.titre, raison))
        return fondue

    # -- deciding ----------------------------------------------------------------------------------------------

    def _traiter(self, fiche: Fiche, trouve: Trouve) -> None:
        if trouve.essms is not None:
            self._mettre_a_jour(fiche, trouve.essms)
        elif trouve.raison:
            self._poser(fiche, trouve.code, trouve.raison, trouve.possibles)
        elif not fiche.valeurs.get(NOM):
            self._sans_nom(fiche)
        elif (etat := self._etat(fiche)) is not None and not etat.actif:
            depuis = f" depuis le {date_courte(etat.ferme)}" if etat.ferme else ""
            self._poser(fiche, "ferme", f"l’annuaire FINESS le dit fermé{depuis}", ())
        elif (voulu := self._organisme(fiche)) is None:
            self._poser(fiche, "organisme", "nouvel ESSMS, dont la liste ne dit pas l’organisme", ())
        else:
            self._ajouter(fiche, voulu)

    def _etat(self, fiche: Fiche) -> EtatAnnuaire | None:
        finess = fiche.valeurs.get(FINESS)
        return self._annuaire(finess) if finess and self._annuaire else None

    def _sans_nom(self, fiche: Fiche) -> None:
        if fiche.valeurs.get(FINESS) or fiche.valeurs.get(SIRET):
            etat = self._etat(fiche)
            if etat is not None and etat.actif:
                fiche.valeurs[NOM], fiche.ou[NOM] = etat.nom, fiche.adresse
                raison = f"inconnu de la grappe\u00a0; l’annuaire l’appelle «{NBSP}{etat.nom}{NBSP}»"
            else:
                raison = "aucun ESSMS de la grappe n’a ce numéro, et la liste ne dit pas son nom"
            self._poser(fiche, "inconnu", raison, ())
        else:
            self._poser(fiche, "sans-nom", "cette ligne n’a ni numéro ni nom", ())

    def _poser(self, fiche: Fiche, genre: str, raison: str, possibles: Sequence[Essms]) -> None:
        """Leaves a line to be decided, or does what was chosen."""
        choix = [Choix(LAISSER, "Laisser de côté")]
        sans_numero = " sans son numéro" if genre == "cle" else ""
        for e in possibles:
            choix.append(
                Choix(f"{METTRE_A_JOUR}:{e.id}", f"Mettre à jour «{NBSP}{e.nom}{NBSP}»{sans_numero}")
            )
        if fiche.valeurs.get(NOM):
            voulu = self._organisme(fiche)
            ogs = self._dossier.ogs if voulu is None else ()
            if voulu is not None:
                choix.append(Choix(AJOUTER, f"Ajouter «{NBSP}{fiche.titre}{NBSP}»{sans_numero}"))
            choix += [
                Choix(f"{AJOUTER}:{o.id}", f"Ajouter à «{NBSP}{o.nom_court}{NBSP}»{sans_numero}") for o in ogs
            ]
        retenu = self._retenir(str(fiche.numero), fiche.titre, (fiche.adresse,), genre, raison, choix)
        if retenu.startswith(AJOUTER):
            og = next((o for o in self._dossier.ogs if str(o.id) == retenu.partition(":")[2]), None)
            self._ajouter(fiche, self._organisme(fiche) if og is None else OgVoulu(og))
        elif retenu.startswith(METTRE_A_JOUR):
            self._mettre_a_jour(fiche, next(e for e in possibles if str(e.id) == retenu.partition(":")[2]))

    def _doublon(self, fiches: Sequence[Fiche], trouve: Trouve) -> None:
        fiches = sorted(fiches, key=lambda f: f.numero)
        differents = sorted(
            {
                nom
                for a in fiches
                for b in fiches
                for nom in a.valeurs.keys() & b.valeurs.keys()
                if not _pareil(nom, a.valeurs[nom], b.valeurs[nom])
            }
        )
        quoi = resumer([minuscule(PAR_NOM[n].libelle) for n in differents], 4)
        lignes = enumerer([str(f.numero) for f in fiches])
        raison = f"les lignes {lignes} ne disent pas la même chose du même ESSMS"
        if quoi:
            raison += f"{NBSP}: {quoi}"
        choix = [Choix(LAISSER, "Laisser de côté")]
        for f in fiches:
            dits = ", ".join(
                f"{PAR_NOM[n].libelle}{NBSP}: {ecrire(n, f.valeurs.get(n))}" for n in differents[:3]
            )
            choix.append(Choix(f"{GARDER}:{f.numero}", f"Garder la ligne {f.numero} ({dits})"))
        if trouve.essms is None and NOM in differents:
            choix.append(Choix(TOUTES, f"Ajouter les {len(fiches)}, sous le même numéro"))
        cle = "+".join(str(f.numero) for f in fiches)
        ou = tuple(f.ou.get(differents[0], f.adresse) if differents else f.adresse for f in fiches)
        nom = trouve.essms.nom if trouve.essms is not None else min(f.titre for f in fiches)
        retenu = self._retenir(cle, nom, ou, "doublon", raison, choix)
        if retenu == TOUTES:
            for f in fiches:
                self._traiter(f, trouve)
        elif retenu.startswith(GARDER):
            self._traiter(next(f for f in fiches if str(f.numero) == retenu.partition(":")[2]), trouve)

    def _retenir(
        self, cle: str, nom: str, ou: tuple[str, ...], genre: str, raison: str, choix: Sequence[Choix]
    ) -> str:
        voulu = self._decisions.get(cle, LAISSER)
        retenu = voulu if any(c.code == voulu for c in choix) else LAISSER
        self._a_decider.append(ADecider(cle, nom, ou, genre, raison, tuple(choix), retenu))
        return retenu

    # -- what it does ------------------------------------------------------------------------------------------

    def _mettre_a_jour(self, fiche: Fiche, essms: Essms) -> None:
        change = False
        for nom, valeur in fiche.valeurs.items():
            if nom in ETRANGERES:
                self._dire_autre_organisme(fiche, nom, essms)
                continue
            avant = valeur_de(essms, nom)
            if meme(nom, avant, valeur):
                continue
            colonnes = colonnes_a_ecrire(nom, valeur, self._dossier)
            self._changes.append(
                Change(
                    essms,
                    nom,
                    PAR_NOM[nom].libelle,
                    ecrire(nom, avant),
                    ecrire(nom, valeur),
                    fiche.ou[nom],
                    colonnes,
                )
            )
            if colonnes.get("champ") and nom == "categorie" and colonnes["champ"] is not essms.champ:
                self._changes.append(
                    Change(
                        essms,
                        "champ",
                        PAR_NOM["champ"].libelle,
                        ecrire("champ", essms.champ),
                        ecrire("champ", colonnes["champ"]),
                        fiche.ou[nom],
                        {},
                    )
                )
            change = True
        if not change:
            self._inchanges += 1

    def _dire_autre_organisme(self, fiche: Fiche, nom: str, essms: Essms) -> None:
        """An ESSMS does not change hands by a list: what it says otherwise is told."""
        og, dit = essms.og, fiche.valeurs[nom]
        connus = {
            OG_EJ: [normaliser(og.finess_ej)],
            OG_SIREN: [normaliser(og.siren)],
            OG: [" ".join(mots(n)) for n in (og.nom, og.sigle)],
        }[nom]
        if any(connus) and (" ".join(mots(dit)) if nom == OG else dit) not in connus:
            raison = f"la grappe le met dans «{NBSP}{og.nom_court}{NBSP}»\u00a0: un ESSMS ne change pas d’organisme par une liste"
            self._refus.append(
                Reparation(fiche.ou[nom], PAR_NOM[nom].libelle, fiche.bruts.get(nom, str(dit)), "", raison)
            )

    def _ajouter(self, fiche: Fiche, og: OgVoulu | None) -> None:
        colonnes: dict[str, Any] = {}
        for nom, valeur in fiche.valeurs.items():
            if nom not in ETRANGERES:
                colonnes |= colonnes_a_ecrire(nom, valeur, self._dossier)
        if "champ" in fiche.valeurs:
            colonnes["champ"] = fiche.valeurs["champ"]
        if not colonnes.get("departement"):
            lieu = departement_du_lieu("", colonnes.get("code_postal", "")) or departement_du_numero(
                colonnes.get(FINESS, "")
            )
            if lieu is not None:
                colonnes["departement"] = lieu.code
        champs = {n: ecrire(n, v) for n, v in fiche.valeurs.items() if n not in ETRANGERES and n != NOM}
        self._nouveaux.append(
            Nouveau(
                fiche.numero,
                fiche.adresse,
                str(fiche.valeurs[NOM]),
                og or OgVoulu(None, OG_A_NOMMER),
                champs,
                colonnes,
            )
        )

    def _organisme(self, fiche: Fiche) -> OgVoulu | None:
        """Where a new ESSMS goes; None when nothing tells which OG of the grappe it is."""
        if self._og is not None:
            return self._og
        ej, siren, nom = (fiche.valeurs.get(n) for n in (OG_EJ, OG_SIREN, OG))
        ogs = self._dossier.ogs
        trouve = next((o for o in ogs if ej and normaliser(o.finess_ej) == ej), None)
        trouve = trouve or next((o for o in ogs if siren and normaliser(o.siren) == siren), None)
        trouve = trouve or next((o for o in ogs if nom and mots(nom) in (mots(o.nom), mots(o.sigle))), None)
        if trouve is not None:
            return OgVoulu(trouve)
        if ej or siren or nom:
            return OgVoulu(None, nom or (f"Organisme {ej or siren}"), ej or "", siren or "")
        etat = self._etat(fiche)
        if etat is not None and etat.ej:
            trouve = next((o for o in ogs if normaliser(o.finess_ej) == etat.ej), None)
            if trouve is not None:
                return OgVoulu(trouve)
            if not ogs:
                return OgVoulu(None, etat.og, etat.ej)
        if len(ogs) == 1:
            return OgVoulu(ogs[0])
        return OgVoulu(None, OG_A_NOMMER) if not ogs else None


def _de_qui(fiche: Fiche, trouve: Trouve) -> Any:
    """What two lines about the same have in common, whether the grappe has it or not."""
    if FINESS in fiche.fautes:
        return ("ligne", fiche.numero)
    if trouve.essms is not None:
        return ("essms", trouve.essms.id)
    if finess := fiche.valeurs.get(FINESS):
        return (FINESS, finess)
    nom = " ".join(mots(fiche.valeurs.get(NOM) or ""))
    if nom:
        return (NOM, nom, " ".join(mots(fiche.valeurs.get(COMMUNE) or "")), fiche.valeurs.get(SIRET) or "")
    if siret := fiche.valeurs.get(SIRET):
        return (SIRET, siret)
    return ("ligne", fiche.numero)


def _pareil(nom: str, un: Any, autre: Any) -> bool:
    if isinstance(un, str) and isinstance(autre, str):
        return mots(un) == mots(autre)
    return bool(un == autre)
