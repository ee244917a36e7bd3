-- The schema where the deposit checklist is dated by the person, with one small dossier. Never edited: every later version must open it.
BEGIN TRANSACTION;
CREATE TABLE action_communication (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	objet VARCHAR(300) NOT NULL, 
	cible VARCHAR(200) NOT NULL, 
	support VARCHAR(200) NOT NULL, 
	responsable VARCHAR(200) NOT NULL, 
	date DATE, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_action_communication_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE action_risque (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	risque_id INTEGER NOT NULL, 
	rang INTEGER NOT NULL, 
	intitule VARCHAR(300) NOT NULL, 
	nature VARCHAR(20) NOT NULL, 
	responsable VARCHAR(200) NOT NULL, 
	echeance DATE, 
	etat VARCHAR(20) NOT NULL, 
	cout_cents INTEGER, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_action_risque_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_action_risque_risque_id_risque FOREIGN KEY(risque_id) REFERENCES risque (id) ON DELETE CASCADE
);
INSERT INTO "action_risque" VALUES(1,1,1,0,'Reprise à blanc','preventive','',NULL,'a-faire',NULL,'d620ace9-b074-49be-bf75-36e036a9dc18',1,'camille');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0007');
CREATE TABLE autodiagnostic (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	og_id INTEGER NOT NULL, 
	genre VARCHAR(10) NOT NULL, 
	realise BOOLEAN, 
	date DATE, 
	resultat VARCHAR NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT uq_autodiagnostic_og_id UNIQUE (og_id, genre), 
	CONSTRAINT fk_autodiagnostic_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE CASCADE
);
CREATE TABLE brique (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	og_id INTEGER NOT NULL, 
	code VARCHAR(60) NOT NULL, 
	acquise BOOLEAN, 
	commentaire VARCHAR NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT uq_brique_og_id UNIQUE (og_id, code), 
	CONSTRAINT fk_brique_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE CASCADE
);
CREATE TABLE complement (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	numero INTEGER, 
	demande VARCHAR NOT NULL, 
	demande_le DATE, 
	echeance DATE, 
	repondu_le DATE, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_complement_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE contact (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	og_id INTEGER, 
	essms_id INTEGER, 
	role VARCHAR(32) NOT NULL, 
	nom VARCHAR(200) NOT NULL, 
	fonction VARCHAR(200) NOT NULL, 
	telephone VARCHAR(40) NOT NULL, 
	courriel VARCHAR(200) NOT NULL, 
	part_temps_pour_cent INTEGER, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_contact_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_contact_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE SET NULL, 
	CONSTRAINT fk_contact_essms_id_essms FOREIGN KEY(essms_id) REFERENCES essms (id) ON DELETE SET NULL
);
INSERT INTO "contact" VALUES(1,1,NULL,NULL,'chef-de-projet','Camille Durand','','','',NULL,'511d09bf-34bc-49f6-b839-d11a16009ba3',1,'camille');
CREATE TABLE contenu (
	sha256 VARCHAR(64) NOT NULL, 
	octets BLOB NOT NULL, 
	CONSTRAINT pk_contenu PRIMARY KEY (sha256)
);
INSERT INTO "contenu" VALUES('41c2ebaf031c4812f6d028decb6eeb82a4fa4ac2e74cc3d0c2c63a1caae9fa3b',X'255044462D312E3420726962');
CREATE TABLE cout (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	og_id INTEGER, 
	nature VARCHAR(40) NOT NULL, 
	libelle VARCHAR(300) NOT NULL, 
	annee INTEGER, 
	montant_ht_cents INTEGER, 
	tva_pour_dix_mille INTEGER NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_cout_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_cout_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE CASCADE
);
CREATE TABLE cout_rh (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	og_id INTEGER, 
	profil VARCHAR(200) NOT NULL, 
	annee INTEGER, 
	etp_centiemes INTEGER, 
	cout_annuel_cents INTEGER, 
	part_projet_pour_cent INTEGER NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_cout_rh_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_cout_rh_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE CASCADE
);
CREATE TABLE depot_fait (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	complement_id INTEGER, 
	produit_le DATETIME NOT NULL, 
	depose_le DATE, 
	complet BOOLEAN NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	taille INTEGER NOT NULL, 
	pages INTEGER NOT NULL, 
	manifeste VARCHAR NOT NULL, 
	accuse VARCHAR(120) NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_depot_fait_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_depot_fait_complement_id_complement FOREIGN KEY(complement_id) REFERENCES complement (id) ON DELETE SET NULL, 
	CONSTRAINT fk_depot_fait_sha256_contenu FOREIGN KEY(sha256) REFERENCES contenu (sha256)
);
CREATE TABLE dossier (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	nom VARCHAR(200) NOT NULL, 
	campagne_id VARCHAR(80) NOT NULL, 
	type_projet VARCHAR(32) NOT NULL, 
	etat VARCHAR(32) NOT NULL, 
	portee_nationale BOOLEAN, 
	sad BOOLEAN, 
	sad_exception VARCHAR(32), 
	pilotage_demande BOOLEAN, 
	equipement_demande BOOLEAN, 
	mise_en_ordre_marche BOOLEAN, 
	date_mise_en_ordre_marche DATE, 
	amoa BOOLEAN, 
	amoa_nom VARCHAR(200) NOT NULL, 
	cle_repartition VARCHAR(10) NOT NULL, 
	date_depot_prevue DATE, 
	date_convention DATE, 
	date_debut_projet DATE, 
	date_debut_parametrage DATE, 
	date_fin_deploiement DATE, 
	contexte VARCHAR NOT NULL, 
	objectifs VARCHAR NOT NULL, 
	hebergement VARCHAR NOT NULL, 
	reprise_donnees VARCHAR NOT NULL, 
	points_attention VARCHAR NOT NULL, 
	mutualisation VARCHAR NOT NULL, 
	strategie_deploiement VARCHAR NOT NULL, 
	strategie_formation VARCHAR NOT NULL, 
	notes VARCHAR NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, role_donnees VARCHAR(32), annexer_cibles BOOLEAN, annexer_risques BOOLEAN, date_solde DATE, galis_compte_le DATE, galis_depot_le DATE, galis_consulte_le DATE, galis_complements_le DATE, 
	CONSTRAINT uq_dossier_nom UNIQUE (nom)
);
INSERT INTO "dossier" VALUES(1,'Grappe du Ségala','esms-2023','acquisition','preparation',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','essms',NULL,NULL,NULL,NULL,NULL,'','','','','','','','','Deux fois écrit','33669711-937f-4097-a861-bd0eb5d923d9',2,'alix',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE essms (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	og_id INTEGER NOT NULL, 
	solution_id INTEGER, 
	vague_id INTEGER, 
	rang INTEGER NOT NULL, 
	finess VARCHAR(20) NOT NULL, 
	siret VARCHAR(20) NOT NULL, 
	nom VARCHAR(300) NOT NULL, 
	categorie VARCHAR(10) NOT NULL, 
	categorie_libelle VARCHAR(300) NOT NULL, 
	champ VARCHAR(32), 
	adresse VARCHAR(300) NOT NULL, 
	code_postal VARCHAR(10) NOT NULL, 
	commune VARCHAR(120) NOT NULL, 
	departement VARCHAR(4) NOT NULL, 
	capacite INTEGER, 
	file_active INTEGER, 
	dui_actuel VARCHAR(200) NOT NULL, 
	financement_europeen BOOLEAN, 
	esms_numerique_anterieur BOOLEAN, 
	sons_autre_solution BOOLEAN, 
	rattache_entite_nationale BOOLEAN, 
	accord_entite_nationale BOOLEAN, 
	part_confort BOOLEAN, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, nature_confirmee BOOLEAN, plusieurs_structures BOOLEAN, heures_eligibles INTEGER, heures_totales INTEGER, entite_nationale VARCHAR(300) DEFAULT '' NOT NULL, diagnostic_si_id INTEGER CONSTRAINT fk_essms_diagnostic_si_id_fichier REFERENCES fichier (id) ON DELETE SET NULL, diagnostic_cyber_id INTEGER CONSTRAINT fk_essms_diagnostic_cyber_id_fichier REFERENCES fichier (id) ON DELETE SET NULL, 
	CONSTRAINT fk_essms_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE CASCADE, 
	CONSTRAINT fk_essms_solution_id_solution FOREIGN KEY(solution_id) REFERENCES solution (id) ON DELETE SET NULL, 
	CONSTRAINT fk_essms_vague_id_vague FOREIGN KEY(vague_id) REFERENCES vague (id) ON DELETE SET NULL
);
INSERT INTO "essms" VALUES(1,1,NULL,NULL,0,'','','EHPAD Bellevue 0-0','','','PA','','','','',NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,'18bc055a-2ce8-4181-8b14-77fecac80999',1,'camille',NULL,NULL,NULL,NULL,'',NULL,NULL);
INSERT INTO "essms" VALUES(2,2,NULL,NULL,0,'','','EHPAD Bellevue 1-0','','','PA','','','','',NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,'dcad8ba0-1a22-4a7f-96c2-a9ea2c1ec0db',1,'camille',NULL,NULL,NULL,NULL,'',NULL,NULL);
CREATE TABLE evaluation_structure (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	essms_id INTEGER NOT NULL, 
	sans_risque BOOLEAN, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_evaluation_structure_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_evaluation_structure_essms_id_essms FOREIGN KEY(essms_id) REFERENCES essms (id) ON DELETE CASCADE
);
INSERT INTO "evaluation_structure" VALUES(1,1,1,1,'e00b3035-3626-4ec3-a3a2-6c11273093ef',1,'camille');
CREATE TABLE fermeture (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	motif VARCHAR(200) NOT NULL, 
	debut DATE NOT NULL, 
	fin DATE NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_fermeture_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
INSERT INTO "fermeture" VALUES(1,1,'Été','2023-08-07','2023-08-18','ae49996a-7d66-4d3e-8d55-833369364585',1,'camille');
CREATE TABLE fichier (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	og_id INTEGER, 
	numero INTEGER NOT NULL, 
	nom VARCHAR(255) NOT NULL, 
	extension VARCHAR(8) NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	taille INTEGER NOT NULL, 
	pages INTEGER, 
	joint_le DATETIME NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, entite VARCHAR(300) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_fichier_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_fichier_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE SET NULL, 
	CONSTRAINT fk_fichier_sha256_contenu FOREIGN KEY(sha256) REFERENCES contenu (sha256)
);
INSERT INTO "fichier" VALUES(1,1,NULL,9,'rib.pdf','pdf','41c2ebaf031c4812f6d028decb6eeb82a4fa4ac2e74cc3d0c2c63a1caae9fa3b',12,1,'2026-11-22 09:09:44.394917','c77a1b97-d703-4ada-85a5-8c03ed403e45',1,'camille','');
CREATE TABLE instance (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	rang INTEGER NOT NULL, 
	nom VARCHAR(200) NOT NULL, 
	role VARCHAR NOT NULL, 
	composition VARCHAR NOT NULL, 
	frequence VARCHAR(200) NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_instance_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE journal (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	quand DATETIME NOT NULL, 
	qui VARCHAR(120) NOT NULL, 
	geste INTEGER NOT NULL, 
	libelle VARCHAR(300) NOT NULL, 
	sens VARCHAR(10) NOT NULL, 
	dossier_id INTEGER, 
	table_ VARCHAR(40) NOT NULL, 
	cle VARCHAR(64) NOT NULL, 
	avant JSON, 
	apres JSON
);
INSERT INTO "journal" VALUES(1,'2023-05-02 08:30:00.000000','alix',1,'Noter','faire',1,'dossier','1','{"notes": "", "version": 1, "auteur": "camille"}','{"notes": "Deux fois écrit", "version": 2, "auteur": "alix"}');
CREATE TABLE lien_tache (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	avant_id INTEGER NOT NULL, 
	apres_id INTEGER NOT NULL, 
	type VARCHAR(20) NOT NULL, 
	decalage INTEGER NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_lien_tache_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_lien_tache_avant_id_tache FOREIGN KEY(avant_id) REFERENCES tache (id) ON DELETE CASCADE, 
	CONSTRAINT fk_lien_tache_apres_id_tache FOREIGN KEY(apres_id) REFERENCES tache (id) ON DELETE CASCADE
);
INSERT INTO "lien_tache" VALUES(1,1,1,2,'fin-debut',0,'535d9efb-bb29-4649-9964-45909bc7a257',1,'camille');
CREATE TABLE materiel (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	og_id INTEGER, 
	essms_id INTEGER, 
	libelle VARCHAR(300) NOT NULL, 
	usage VARCHAR(300) NOT NULL, 
	quantite INTEGER, 
	prix_unitaire_ht_cents INTEGER, 
	tva_pour_dix_mille INTEGER NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_materiel_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_materiel_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE CASCADE, 
	CONSTRAINT fk_materiel_essms_id_essms FOREIGN KEY(essms_id) REFERENCES essms (id) ON DELETE SET NULL
);
CREATE TABLE niveau_echelle (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	axe VARCHAR(20) NOT NULL, 
	niveau INTEGER NOT NULL, 
	libelle VARCHAR(60) NOT NULL, 
	definition VARCHAR NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_niveau_echelle_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
INSERT INTO "niveau_echelle" VALUES(1,1,'gravite',4,'Majeure','','8bb50869-e489-4edd-bc33-ff8fae0f3afc',1,'camille');
CREATE TABLE og (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	rang INTEGER NOT NULL, 
	est_porteur BOOLEAN NOT NULL, 
	nom VARCHAR(300) NOT NULL, 
	sigle VARCHAR(80) NOT NULL, 
	forme_juridique VARCHAR(200) NOT NULL, 
	association BOOLEAN, 
	siren VARCHAR(20) NOT NULL, 
	siret VARCHAR(20) NOT NULL, 
	finess_ej VARCHAR(20) NOT NULL, 
	adresse VARCHAR(300) NOT NULL, 
	code_postal VARCHAR(10) NOT NULL, 
	commune VARCHAR(120) NOT NULL, 
	telephone VARCHAR(40) NOT NULL, 
	courriel VARCHAR(200) NOT NULL, 
	representant_nom VARCHAR(200) NOT NULL, 
	representant_qualite VARCHAR(200) NOT NULL, 
	dpo_nom VARCHAR(200) NOT NULL, 
	dpo_courriel VARCHAR(200) NOT NULL, 
	nb_essms_total INTEGER, 
	etp_centiemes INTEGER, 
	part_libre_pour_dix_mille INTEGER, 
	commande_publique BOOLEAN, 
	marche_en_cours BOOLEAN, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, representant_civilite VARCHAR(10) DEFAULT '' NOT NULL, habilitation_organe VARCHAR(200) DEFAULT '' NOT NULL, habilitation_date DATE, 
	CONSTRAINT fk_og_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
INSERT INTO "og" VALUES(1,1,0,1,'Association Les Tilleuls 0','','',NULL,'','','','','','','','','','','','',NULL,NULL,NULL,NULL,NULL,'f48659a0-2576-434e-ad78-946760797a1b',1,'camille','','',NULL);
INSERT INTO "og" VALUES(2,1,1,0,'Association Les Tilleuls 1','','',NULL,'','','','','','','','','','','','',NULL,NULL,NULL,NULL,NULL,'e2d5a723-f69c-4078-a178-0a3518447967',1,'camille','','',NULL);
CREATE TABLE point_preparation (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	code VARCHAR(60) NOT NULL, 
	reponse BOOLEAN, 
	commentaire VARCHAR NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT uq_point_preparation_dossier_id UNIQUE (dossier_id, code), 
	CONSTRAINT fk_point_preparation_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE registre (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	quand DATETIME NOT NULL, 
	qui VARCHAR(120) NOT NULL, 
	genre VARCHAR(20) NOT NULL, 
	detail JSON NOT NULL
);
CREATE TABLE reglage_planning (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	territoire VARCHAR(10), 
	reference_le DATE, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_reglage_planning_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
INSERT INTO "reglage_planning" VALUES(1,1,'971',NULL,'75ef851a-6637-4558-b7ca-12b08e3a65a8',1,'camille');
CREATE TABLE ressource (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	og_id INTEGER, 
	genre VARCHAR(20) NOT NULL, 
	libelle VARCHAR(300) NOT NULL, 
	annee INTEGER, 
	montant_cents INTEGER, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_ressource_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_ressource_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE CASCADE
);
CREATE TABLE risque (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	essms_id INTEGER, 
	rang INTEGER NOT NULL, 
	intitule VARCHAR(300) NOT NULL, 
	categorie VARCHAR(20) NOT NULL, 
	cause VARCHAR NOT NULL, 
	consequence VARCHAR NOT NULL, 
	probabilite INTEGER, 
	gravite INTEGER, 
	probabilite_residuelle INTEGER, 
	gravite_residuelle INTEGER, 
	origine VARCHAR(60) NOT NULL, 
	notes VARCHAR NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_risque_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_risque_essms_id_essms FOREIGN KEY(essms_id) REFERENCES essms (id) ON DELETE CASCADE
);
INSERT INTO "risque" VALUES(1,1,NULL,0,'Reprise incomplète','technique','','',3,4,NULL,NULL,'','','933a713f-9300-4353-936d-90acdefbafcc',1,'camille');
CREATE TABLE session_formation (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	vague_id INTEGER, 
	intitule VARCHAR(200) NOT NULL, 
	public VARCHAR(200) NOT NULL, 
	effectif INTEGER, 
	sessions INTEGER, 
	duree_heures INTEGER, 
	formateur VARCHAR(200) NOT NULL, 
	date DATE, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_session_formation_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_session_formation_vague_id_vague FOREIGN KEY(vague_id) REFERENCES vague (id) ON DELETE SET NULL
);
CREATE TABLE signature (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	og_id INTEGER NOT NULL, 
	document VARCHAR(60) NOT NULL, 
	genere_le DATE, 
	imprime_le DATE, 
	envoye_le DATE, 
	signe_le DATE, 
	fichier_id INTEGER, 
	empreinte VARCHAR(64) NOT NULL, 
	donnees JSON, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT uq_signature_og_id UNIQUE (og_id, document), 
	CONSTRAINT fk_signature_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_signature_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE CASCADE, 
	CONSTRAINT fk_signature_fichier_id_fichier FOREIGN KEY(fichier_id) REFERENCES fichier (id) ON DELETE SET NULL
);
CREATE TABLE solution (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	retenue BOOLEAN NOT NULL, 
	nom VARCHAR(200) NOT NULL, 
	editeur VARCHAR(200) NOT NULL, 
	statut VARCHAR(32), 
	date_referencement DATE, 
	date_referencement_prevue DATE, 
	dans_sad BOOLEAN, 
	prix_cents INTEGER, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_solution_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
INSERT INTO "solution" VALUES(1,1,1,'Logiciel Alpha','',NULL,NULL,NULL,NULL,NULL,'1e53f2b6-d6a0-4a3c-b18e-c97a25085b09',1,'camille');
CREATE TABLE tache (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	rang INTEGER NOT NULL, 
	"plan" VARCHAR(20) NOT NULL, 
	phase VARCHAR(200) NOT NULL, 
	nom VARCHAR(200) NOT NULL, 
	jalon BOOLEAN NOT NULL, 
	duree INTEGER NOT NULL, 
	pas_avant DATE, 
	fixe DATE, 
	echeance DATE, 
	responsable VARCHAR(200) NOT NULL, 
	avancement INTEGER NOT NULL, 
	essms_id INTEGER, 
	vague_id INTEGER, 
	action_id INTEGER, 
	origine VARCHAR(60) NOT NULL, 
	reference_debut DATE, 
	reference_fin DATE, 
	notes VARCHAR NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_tache_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_tache_essms_id_essms FOREIGN KEY(essms_id) REFERENCES essms (id) ON DELETE SET NULL, 
	CONSTRAINT fk_tache_vague_id_vague FOREIGN KEY(vague_id) REFERENCES vague (id) ON DELETE SET NULL, 
	CONSTRAINT fk_tache_action_id_action_risque FOREIGN KEY(action_id) REFERENCES action_risque (id) ON DELETE SET NULL
);
INSERT INTO "tache" VALUES(1,1,0,'projet','','Cadrage',0,10,'2023-07-03',NULL,NULL,'',0,NULL,NULL,NULL,'',NULL,NULL,'','ae1142d3-bd8c-4abb-a009-465903f0972d',1,'camille');
INSERT INTO "tache" VALUES(2,1,0,'projet','','VA',1,1,NULL,NULL,NULL,'',0,NULL,NULL,NULL,'',NULL,NULL,'','80018728-bc9f-42a7-9cd7-12dd32a30c9b',1,'camille');
CREATE TABLE texte_document (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	document VARCHAR(60) NOT NULL, 
	section VARCHAR(60) NOT NULL, 
	texte VARCHAR NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT uq_texte_document_dossier_id UNIQUE (dossier_id, document, section), 
	CONSTRAINT fk_texte_document_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE vague (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	rang INTEGER NOT NULL, 
	nom VARCHAR(200) NOT NULL, 
	pilote BOOLEAN NOT NULL, 
	debut DATE, 
	fin DATE, 
	prerequis VARCHAR NOT NULL, 
	assistance VARCHAR NOT NULL, 
	uid VARCHAR(36) DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	auteur VARCHAR(120) DEFAULT '' NOT NULL, 
	CONSTRAINT fk_vague_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE INDEX ix_journal_dossier_id ON journal (dossier_id);
CREATE INDEX ix_journal_geste ON journal (geste);
CREATE INDEX ix_vague_dossier_id ON vague (dossier_id);
CREATE INDEX ix_action_communication_dossier_id ON action_communication (dossier_id);
CREATE INDEX ix_complement_dossier_id ON complement (dossier_id);
CREATE INDEX ix_instance_dossier_id ON instance (dossier_id);
CREATE INDEX ix_og_dossier_id ON og (dossier_id);
CREATE INDEX ix_fermeture_dossier_id ON fermeture (dossier_id);
CREATE INDEX ix_reglage_planning_dossier_id ON reglage_planning (dossier_id);
CREATE INDEX ix_point_preparation_dossier_id ON point_preparation (dossier_id);
CREATE INDEX ix_niveau_echelle_dossier_id ON niveau_echelle (dossier_id);
CREATE INDEX ix_solution_dossier_id ON solution (dossier_id);
CREATE INDEX ix_texte_document_dossier_id ON texte_document (dossier_id);
CREATE INDEX ix_cout_dossier_id ON cout (dossier_id);
CREATE INDEX ix_cout_rh_dossier_id ON cout_rh (dossier_id);
CREATE INDEX ix_ressource_dossier_id ON ressource (dossier_id);
CREATE INDEX ix_session_formation_dossier_id ON session_formation (dossier_id);
CREATE INDEX ix_depot_fait_dossier_id ON depot_fait (dossier_id);
CREATE INDEX ix_essms_og_id ON essms (og_id);
CREATE INDEX ix_fichier_dossier_id ON fichier (dossier_id);
CREATE INDEX ix_brique_og_id ON brique (og_id);
CREATE INDEX ix_autodiagnostic_og_id ON autodiagnostic (og_id);
CREATE INDEX ix_contact_dossier_id ON contact (dossier_id);
CREATE INDEX ix_materiel_dossier_id ON materiel (dossier_id);
CREATE INDEX ix_risque_dossier_id ON risque (dossier_id);
CREATE INDEX ix_risque_essms_id ON risque (essms_id);
CREATE INDEX ix_evaluation_structure_essms_id ON evaluation_structure (essms_id);
CREATE INDEX ix_evaluation_structure_dossier_id ON evaluation_structure (dossier_id);
CREATE INDEX ix_signature_dossier_id ON signature (dossier_id);
CREATE INDEX ix_action_risque_risque_id ON action_risque (risque_id);
CREATE INDEX ix_action_risque_dossier_id ON action_risque (dossier_id);
CREATE INDEX ix_tache_dossier_id ON tache (dossier_id);
CREATE INDEX ix_lien_tache_avant_id ON lien_tache (avant_id);
CREATE INDEX ix_lien_tache_dossier_id ON lien_tache (dossier_id);
CREATE INDEX ix_lien_tache_apres_id ON lien_tache (apres_id);
CREATE UNIQUE INDEX ix_dossier_uid ON dossier (uid);
CREATE UNIQUE INDEX ix_vague_uid ON vague (uid);
CREATE UNIQUE INDEX ix_action_communication_uid ON action_communication (uid);
CREATE UNIQUE INDEX ix_complement_uid ON complement (uid);
CREATE UNIQUE INDEX ix_instance_uid ON instance (uid);
CREATE UNIQUE INDEX ix_og_uid ON og (uid);
CREATE UNIQUE INDEX ix_fermeture_uid ON fermeture (uid);
CREATE UNIQUE INDEX ix_reglage_planning_uid ON reglage_planning (uid);
CREATE UNIQUE INDEX ix_point_preparation_uid ON point_preparation (uid);
CREATE UNIQUE INDEX ix_niveau_echelle_uid ON niveau_echelle (uid);
CREATE UNIQUE INDEX ix_solution_uid ON solution (uid);
CREATE UNIQUE INDEX ix_texte_document_uid ON texte_document (uid);
CREATE UNIQUE INDEX ix_cout_uid ON cout (uid);
CREATE UNIQUE INDEX ix_cout_rh_uid ON cout_rh (uid);
CREATE UNIQUE INDEX ix_ressource_uid ON ressource (uid);
CREATE UNIQUE INDEX ix_session_formation_uid ON session_formation (uid);
CREATE UNIQUE INDEX ix_depot_fait_uid ON depot_fait (uid);
CREATE UNIQUE INDEX ix_essms_uid ON essms (uid);
CREATE UNIQUE INDEX ix_fichier_uid ON fichier (uid);
CREATE UNIQUE INDEX ix_brique_uid ON brique (uid);
CREATE UNIQUE INDEX ix_autodiagnostic_uid ON autodiagnostic (uid);
CREATE UNIQUE INDEX ix_contact_uid ON contact (uid);
CREATE UNIQUE INDEX ix_materiel_uid ON materiel (uid);
CREATE UNIQUE INDEX ix_risque_uid ON risque (uid);
CREATE UNIQUE INDEX ix_evaluation_structure_uid ON evaluation_structure (uid);
CREATE UNIQUE INDEX ix_signature_uid ON signature (uid);
CREATE UNIQUE INDEX ix_action_risque_uid ON action_risque (uid);
CREATE UNIQUE INDEX ix_tache_uid ON tache (uid);
CREATE UNIQUE INDEX ix_lien_tache_uid ON lien_tache (uid);
CREATE UNIQUE INDEX uq_og_est_porteur ON og (dossier_id) WHERE est_porteur;
CREATE UNIQUE INDEX uq_solution_retenue ON solution (dossier_id) WHERE retenue;
CREATE UNIQUE INDEX uq_dossier_nom_plie ON dossier (lower(trim(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(nom, 'à', 'a'), 'â', 'a'), 'À', 'a'), 'Â', 'a'), 'ç', 'c'), 'Ç', 'c'), 'é', 'e'), 'è', 'e'), 'ê', 'e'), 'ë', 'e'), 'É', 'e'), 'È', 'e'), 'Ê', 'e'), 'Ë', 'e'), 'î', 'i'), 'ï', 'i'), 'ô', 'o'), 'Ô', 'o'), 'û', 'u'), 'ù', 'u'), '’', ''''), ' ', ' '), '  ', ' '))));
CREATE TRIGGER dossier_uid AFTER INSERT ON dossier WHEN NEW.uid = '' BEGIN UPDATE dossier SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER vague_uid AFTER INSERT ON vague WHEN NEW.uid = '' BEGIN UPDATE vague SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER vague_version AFTER UPDATE OF dossier_id, rang, nom, pilote, debut, fin, prerequis, assistance ON vague BEGIN UPDATE vague SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER action_communication_uid AFTER INSERT ON action_communication WHEN NEW.uid = '' BEGIN UPDATE action_communication SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER action_communication_version AFTER UPDATE OF dossier_id, objet, cible, support, responsable, date ON action_communication BEGIN UPDATE action_communication SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER complement_uid AFTER INSERT ON complement WHEN NEW.uid = '' BEGIN UPDATE complement SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER complement_version AFTER UPDATE OF dossier_id, numero, demande, demande_le, echeance, repondu_le ON complement BEGIN UPDATE complement SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER instance_uid AFTER INSERT ON instance WHEN NEW.uid = '' BEGIN UPDATE instance SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER instance_version AFTER UPDATE OF dossier_id, rang, nom, role, composition, frequence ON instance BEGIN UPDATE instance SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER og_uid AFTER INSERT ON og WHEN NEW.uid = '' BEGIN UPDATE og SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER fermeture_uid AFTER INSERT ON fermeture WHEN NEW.uid = '' BEGIN UPDATE fermeture SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER fermeture_version AFTER UPDATE OF dossier_id, motif, debut, fin ON fermeture BEGIN UPDATE fermeture SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER reglage_planning_uid AFTER INSERT ON reglage_planning WHEN NEW.uid = '' BEGIN UPDATE reglage_planning SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER reglage_planning_version AFTER UPDATE OF dossier_id, territoire, reference_le ON reglage_planning BEGIN UPDATE reglage_planning SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER point_preparation_uid AFTER INSERT ON point_preparation WHEN NEW.uid = '' BEGIN UPDATE point_preparation SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER point_preparation_version AFTER UPDATE OF dossier_id, code, reponse, commentaire ON point_preparation BEGIN UPDATE point_preparation SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER niveau_echelle_uid AFTER INSERT ON niveau_echelle WHEN NEW.uid = '' BEGIN UPDATE niveau_echelle SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER niveau_echelle_version AFTER UPDATE OF dossier_id, axe, niveau, libelle, definition ON niveau_echelle BEGIN UPDATE niveau_echelle SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER solution_uid AFTER INSERT ON solution WHEN NEW.uid = '' BEGIN UPDATE solution SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER solution_version AFTER UPDATE OF dossier_id, retenue, nom, editeur, statut, date_referencement, date_referencement_prevue, dans_sad, prix_cents ON solution BEGIN UPDATE solution SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER texte_document_uid AFTER INSERT ON texte_document WHEN NEW.uid = '' BEGIN UPDATE texte_document SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER texte_document_version AFTER UPDATE OF dossier_id, document, section, texte ON texte_document BEGIN UPDATE texte_document SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER cout_uid AFTER INSERT ON cout WHEN NEW.uid = '' BEGIN UPDATE cout SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER cout_version AFTER UPDATE OF dossier_id, og_id, nature, libelle, annee, montant_ht_cents, tva_pour_dix_mille ON cout BEGIN UPDATE cout SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER cout_rh_uid AFTER INSERT ON cout_rh WHEN NEW.uid = '' BEGIN UPDATE cout_rh SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER cout_rh_version AFTER UPDATE OF dossier_id, og_id, profil, annee, etp_centiemes, cout_annuel_cents, part_projet_pour_cent ON cout_rh BEGIN UPDATE cout_rh SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER ressource_uid AFTER INSERT ON ressource WHEN NEW.uid = '' BEGIN UPDATE ressource SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER ressource_version AFTER UPDATE OF dossier_id, og_id, genre, libelle, annee, montant_cents ON ressource BEGIN UPDATE ressource SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER session_formation_uid AFTER INSERT ON session_formation WHEN NEW.uid = '' BEGIN UPDATE session_formation SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER session_formation_version AFTER UPDATE OF dossier_id, vague_id, intitule, public, effectif, sessions, duree_heures, formateur, date ON session_formation BEGIN UPDATE session_formation SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER depot_fait_uid AFTER INSERT ON depot_fait WHEN NEW.uid = '' BEGIN UPDATE depot_fait SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER depot_fait_version AFTER UPDATE OF dossier_id, complement_id, produit_le, depose_le, complet, sha256, taille, pages, manifeste, accuse ON depot_fait BEGIN UPDATE depot_fait SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER essms_uid AFTER INSERT ON essms WHEN NEW.uid = '' BEGIN UPDATE essms SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER fichier_uid AFTER INSERT ON fichier WHEN NEW.uid = '' BEGIN UPDATE fichier SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER brique_uid AFTER INSERT ON brique WHEN NEW.uid = '' BEGIN UPDATE brique SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER brique_version AFTER UPDATE OF og_id, code, acquise, commentaire ON brique BEGIN UPDATE brique SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER autodiagnostic_uid AFTER INSERT ON autodiagnostic WHEN NEW.uid = '' BEGIN UPDATE autodiagnostic SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER autodiagnostic_version AFTER UPDATE OF og_id, genre, realise, date, resultat ON autodiagnostic BEGIN UPDATE autodiagnostic SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER contact_uid AFTER INSERT ON contact WHEN NEW.uid = '' BEGIN UPDATE contact SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER contact_version AFTER UPDATE OF dossier_id, og_id, essms_id, role, nom, fonction, telephone, courriel, part_temps_pour_cent ON contact BEGIN UPDATE contact SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER materiel_uid AFTER INSERT ON materiel WHEN NEW.uid = '' BEGIN UPDATE materiel SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER materiel_version AFTER UPDATE OF dossier_id, og_id, essms_id, libelle, usage, quantite, prix_unitaire_ht_cents, tva_pour_dix_mille ON materiel BEGIN UPDATE materiel SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER risque_uid AFTER INSERT ON risque WHEN NEW.uid = '' BEGIN UPDATE risque SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER risque_version AFTER UPDATE OF dossier_id, essms_id, rang, intitule, categorie, cause, consequence, probabilite, gravite, probabilite_residuelle, gravite_residuelle, origine, notes ON risque BEGIN UPDATE risque SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER evaluation_structure_uid AFTER INSERT ON evaluation_structure WHEN NEW.uid = '' BEGIN UPDATE evaluation_structure SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER evaluation_structure_version AFTER UPDATE OF dossier_id, essms_id, sans_risque ON evaluation_structure BEGIN UPDATE evaluation_structure SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER signature_uid AFTER INSERT ON signature WHEN NEW.uid = '' BEGIN UPDATE signature SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER signature_version AFTER UPDATE OF dossier_id, og_id, document, genere_le, imprime_le, envoye_le, signe_le, fichier_id, empreinte, donnees ON signature BEGIN UPDATE signature SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER action_risque_uid AFTER INSERT ON action_risque WHEN NEW.uid = '' BEGIN UPDATE action_risque SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER action_risque_version AFTER UPDATE OF dossier_id, risque_id, rang, intitule, nature, responsable, echeance, etat, cout_cents ON action_risque BEGIN UPDATE action_risque SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER tache_uid AFTER INSERT ON tache WHEN NEW.uid = '' BEGIN UPDATE tache SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER tache_version AFTER UPDATE OF dossier_id, rang, plan, phase, nom, jalon, duree, pas_avant, fixe, echeance, responsable, avancement, essms_id, vague_id, action_id, origine, reference_debut, reference_fin, notes ON tache BEGIN UPDATE tache SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER lien_tache_uid AFTER INSERT ON lien_tache WHEN NEW.uid = '' BEGIN UPDATE lien_tache SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))) WHERE id = NEW.id; END;
CREATE TRIGGER lien_tache_version AFTER UPDATE OF dossier_id, avant_id, apres_id, type, decalage ON lien_tache BEGIN UPDATE lien_tache SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER og_version AFTER UPDATE OF dossier_id, rang, est_porteur, nom, sigle, forme_juridique, association, siren, siret, finess_ej, adresse, code_postal, commune, telephone, courriel, representant_nom, representant_qualite, dpo_nom, dpo_courriel, nb_essms_total, etp_centiemes, part_libre_pour_dix_mille, commande_publique, marche_en_cours, representant_civilite, habilitation_organe, habilitation_date ON og BEGIN UPDATE og SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER essms_version AFTER UPDATE OF og_id, solution_id, vague_id, rang, finess, siret, nom, categorie, categorie_libelle, champ, adresse, code_postal, commune, departement, capacite, file_active, dui_actuel, financement_europeen, esms_numerique_anterieur, sons_autre_solution, rattache_entite_nationale, accord_entite_nationale, part_confort, nature_confirmee, plusieurs_structures, heures_eligibles, heures_totales, entite_nationale, diagnostic_si_id, diagnostic_cyber_id ON essms BEGIN UPDATE essms SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER fichier_version AFTER UPDATE OF dossier_id, og_id, numero, nom, extension, sha256, taille, pages, joint_le, entite ON fichier BEGIN UPDATE fichier SET version = OLD.version + 1 WHERE id = NEW.id; END;
CREATE TRIGGER og_est_porteur_insere BEFORE INSERT ON og WHEN NEW.est_porteur BEGIN UPDATE og SET est_porteur = 0 WHERE dossier_id = NEW.dossier_id AND est_porteur AND id != NEW.id; END;
CREATE TRIGGER og_est_porteur_change BEFORE UPDATE OF est_porteur, dossier_id ON og WHEN NEW.est_porteur BEGIN UPDATE og SET est_porteur = 0 WHERE dossier_id = NEW.dossier_id AND est_porteur AND id != NEW.id; END;
CREATE TRIGGER solution_retenue_insere BEFORE INSERT ON solution WHEN NEW.retenue BEGIN UPDATE solution SET retenue = 0 WHERE dossier_id = NEW.dossier_id AND retenue AND id != NEW.id; END;
CREATE TRIGGER solution_retenue_change BEFORE UPDATE OF retenue, dossier_id ON solution WHEN NEW.retenue BEGIN UPDATE solution SET retenue = 0 WHERE dossier_id = NEW.dossier_id AND retenue AND id != NEW.id; END;
CREATE TRIGGER dossier_nom_insere BEFORE INSERT ON dossier WHEN trim(NEW.nom) = '' BEGIN SELECT RAISE(ABORT, 'nom vide'); END;
CREATE TRIGGER dossier_nom_change BEFORE UPDATE OF nom ON dossier WHEN trim(NEW.nom) = '' BEGIN SELECT RAISE(ABORT, 'nom vide'); END;
CREATE TRIGGER dossier_version AFTER UPDATE OF nom, campagne_id, type_projet, etat, portee_nationale, sad, sad_exception, pilotage_demande, equipement_demande, mise_en_ordre_marche, date_mise_en_ordre_marche, amoa, amoa_nom, cle_repartition, date_depot_prevue, date_convention, date_debut_projet, date_debut_parametrage, date_fin_deploiement, contexte, objectifs, hebergement, reprise_donnees, points_attention, mutualisation, strategie_deploiement, strategie_formation, notes, role_donnees, annexer_cibles, annexer_risques, date_solde, galis_compte_le, galis_depot_le, galis_consulte_le, galis_complements_le ON dossier BEGIN UPDATE dossier SET version = OLD.version + 1 WHERE id = NEW.id; END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('dossier',1);
INSERT INTO "sqlite_sequence" VALUES('journal',1);
INSERT INTO "sqlite_sequence" VALUES('og',2);
INSERT INTO "sqlite_sequence" VALUES('fermeture',1);
INSERT INTO "sqlite_sequence" VALUES('reglage_planning',1);
INSERT INTO "sqlite_sequence" VALUES('niveau_echelle',1);
INSERT INTO "sqlite_sequence" VALUES('solution',1);
INSERT INTO "sqlite_sequence" VALUES('essms',2);
INSERT INTO "sqlite_sequence" VALUES('fichier',1);
INSERT INTO "sqlite_sequence" VALUES('contact',1);
INSERT INTO "sqlite_sequence" VALUES('risque',1);
INSERT INTO "sqlite_sequence" VALUES('evaluation_structure',1);
INSERT INTO "sqlite_sequence" VALUES('action_risque',1);
INSERT INTO "sqlite_sequence" VALUES('tache',2);
INSERT INTO "sqlite_sequence" VALUES('lien_tache',1);
COMMIT;
