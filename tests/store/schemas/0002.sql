-- The schema with planning and risks, with one small dossier. Never edited: every later version must open it.
BEGIN;
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
	CONSTRAINT uq_dossier_nom UNIQUE (nom)
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
CREATE TABLE contenu (
	sha256 VARCHAR(64) NOT NULL, 
	octets BLOB NOT NULL, 
	CONSTRAINT pk_contenu PRIMARY KEY (sha256)
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
	CONSTRAINT fk_vague_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE action_communication (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	objet VARCHAR(300) NOT NULL, 
	cible VARCHAR(200) NOT NULL, 
	support VARCHAR(200) NOT NULL, 
	responsable VARCHAR(200) NOT NULL, 
	date DATE, 
	CONSTRAINT fk_action_communication_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE complement (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	numero INTEGER, 
	demande VARCHAR NOT NULL, 
	demande_le DATE, 
	echeance DATE, 
	repondu_le DATE, 
	CONSTRAINT fk_complement_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE instance (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	rang INTEGER NOT NULL, 
	nom VARCHAR(200) NOT NULL, 
	role VARCHAR NOT NULL, 
	composition VARCHAR NOT NULL, 
	frequence VARCHAR(200) NOT NULL, 
	CONSTRAINT fk_instance_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
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
	CONSTRAINT fk_og_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE point_preparation (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	code VARCHAR(60) NOT NULL, 
	reponse BOOLEAN, 
	commentaire VARCHAR NOT NULL, 
	CONSTRAINT uq_point_preparation_dossier_id UNIQUE (dossier_id, code), 
	CONSTRAINT fk_point_preparation_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
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
	CONSTRAINT fk_solution_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE texte_document (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	document VARCHAR(60) NOT NULL, 
	section VARCHAR(60) NOT NULL, 
	texte VARCHAR NOT NULL, 
	CONSTRAINT uq_texte_document_dossier_id UNIQUE (dossier_id, document, section), 
	CONSTRAINT fk_texte_document_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE cout (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	og_id INTEGER, 
	nature VARCHAR(40) NOT NULL, 
	libelle VARCHAR(300) NOT NULL, 
	annee INTEGER, 
	montant_ht_cents INTEGER, 
	tva_pour_dix_mille INTEGER NOT NULL, 
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
	CONSTRAINT fk_cout_rh_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_cout_rh_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE CASCADE
);
CREATE TABLE ressource (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	og_id INTEGER, 
	genre VARCHAR(20) NOT NULL, 
	libelle VARCHAR(300) NOT NULL, 
	annee INTEGER, 
	montant_cents INTEGER, 
	CONSTRAINT fk_ressource_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_ressource_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE CASCADE
);
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
	CONSTRAINT fk_session_formation_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_session_formation_vague_id_vague FOREIGN KEY(vague_id) REFERENCES vague (id) ON DELETE SET NULL
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
	CONSTRAINT fk_depot_fait_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_depot_fait_complement_id_complement FOREIGN KEY(complement_id) REFERENCES complement (id) ON DELETE SET NULL, 
	CONSTRAINT fk_depot_fait_sha256_contenu FOREIGN KEY(sha256) REFERENCES contenu (sha256)
);
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
	CONSTRAINT fk_essms_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE CASCADE, 
	CONSTRAINT fk_essms_solution_id_solution FOREIGN KEY(solution_id) REFERENCES solution (id) ON DELETE SET NULL, 
	CONSTRAINT fk_essms_vague_id_vague FOREIGN KEY(vague_id) REFERENCES vague (id) ON DELETE SET NULL
);
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
	CONSTRAINT fk_fichier_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_fichier_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE SET NULL, 
	CONSTRAINT fk_fichier_sha256_contenu FOREIGN KEY(sha256) REFERENCES contenu (sha256)
);
CREATE TABLE brique (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	og_id INTEGER NOT NULL, 
	code VARCHAR(60) NOT NULL, 
	acquise BOOLEAN, 
	commentaire VARCHAR NOT NULL, 
	CONSTRAINT uq_brique_og_id UNIQUE (og_id, code), 
	CONSTRAINT fk_brique_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE CASCADE
);
CREATE TABLE autodiagnostic (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	og_id INTEGER NOT NULL, 
	genre VARCHAR(10) NOT NULL, 
	realise BOOLEAN, 
	date DATE, 
	resultat VARCHAR NOT NULL, 
	CONSTRAINT uq_autodiagnostic_og_id UNIQUE (og_id, genre), 
	CONSTRAINT fk_autodiagnostic_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE CASCADE
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
	CONSTRAINT fk_contact_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_contact_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE SET NULL, 
	CONSTRAINT fk_contact_essms_id_essms FOREIGN KEY(essms_id) REFERENCES essms (id) ON DELETE SET NULL
);
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
	CONSTRAINT fk_materiel_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_materiel_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE CASCADE, 
	CONSTRAINT fk_materiel_essms_id_essms FOREIGN KEY(essms_id) REFERENCES essms (id) ON DELETE SET NULL
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
	CONSTRAINT uq_signature_og_id UNIQUE (og_id, document), 
	CONSTRAINT fk_signature_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_signature_og_id_og FOREIGN KEY(og_id) REFERENCES og (id) ON DELETE CASCADE, 
	CONSTRAINT fk_signature_fichier_id_fichier FOREIGN KEY(fichier_id) REFERENCES fichier (id) ON DELETE SET NULL
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE fermeture (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	motif VARCHAR(200) NOT NULL, 
	debut DATE NOT NULL, 
	fin DATE NOT NULL, 
	CONSTRAINT fk_fermeture_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE niveau_echelle (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	axe VARCHAR(20) NOT NULL, 
	niveau INTEGER NOT NULL, 
	libelle VARCHAR(60) NOT NULL, 
	definition VARCHAR NOT NULL, 
	CONSTRAINT fk_niveau_echelle_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE reglage_planning (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	territoire VARCHAR(10), 
	reference_le DATE, 
	CONSTRAINT fk_reglage_planning_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE
);
CREATE TABLE evaluation_structure (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	essms_id INTEGER NOT NULL, 
	sans_risque BOOLEAN, 
	CONSTRAINT fk_evaluation_structure_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_evaluation_structure_essms_id_essms FOREIGN KEY(essms_id) REFERENCES essms (id) ON DELETE CASCADE
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
	CONSTRAINT fk_risque_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_risque_essms_id_essms FOREIGN KEY(essms_id) REFERENCES essms (id) ON DELETE CASCADE
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
	CONSTRAINT fk_action_risque_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_action_risque_risque_id_risque FOREIGN KEY(risque_id) REFERENCES risque (id) ON DELETE CASCADE
);
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
	CONSTRAINT fk_tache_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_tache_essms_id_essms FOREIGN KEY(essms_id) REFERENCES essms (id) ON DELETE SET NULL, 
	CONSTRAINT fk_tache_vague_id_vague FOREIGN KEY(vague_id) REFERENCES vague (id) ON DELETE SET NULL, 
	CONSTRAINT fk_tache_action_id_action_risque FOREIGN KEY(action_id) REFERENCES action_risque (id) ON DELETE SET NULL
);
CREATE TABLE lien_tache (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	dossier_id INTEGER NOT NULL, 
	avant_id INTEGER NOT NULL, 
	apres_id INTEGER NOT NULL, 
	type VARCHAR(20) NOT NULL, 
	decalage INTEGER NOT NULL, 
	CONSTRAINT fk_lien_tache_dossier_id_dossier FOREIGN KEY(dossier_id) REFERENCES dossier (id) ON DELETE CASCADE, 
	CONSTRAINT fk_lien_tache_avant_id_tache FOREIGN KEY(avant_id) REFERENCES tache (id) ON DELETE CASCADE, 
	CONSTRAINT fk_lien_tache_apres_id_tache FOREIGN KEY(apres_id) REFERENCES tache (id) ON DELETE CASCADE
);
CREATE INDEX ix_journal_dossier_id ON journal (dossier_id);
CREATE INDEX ix_journal_geste ON journal (geste);
CREATE INDEX ix_vague_dossier_id ON vague (dossier_id);
CREATE INDEX ix_action_communication_dossier_id ON action_communication (dossier_id);
CREATE INDEX ix_complement_dossier_id ON complement (dossier_id);
CREATE INDEX ix_instance_dossier_id ON instance (dossier_id);
CREATE INDEX ix_og_dossier_id ON og (dossier_id);
CREATE INDEX ix_point_preparation_dossier_id ON point_preparation (dossier_id);
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
CREATE INDEX ix_signature_dossier_id ON signature (dossier_id);
CREATE INDEX ix_fermeture_dossier_id ON fermeture (dossier_id);
CREATE INDEX ix_niveau_echelle_dossier_id ON niveau_echelle (dossier_id);
CREATE INDEX ix_reglage_planning_dossier_id ON reglage_planning (dossier_id);
CREATE INDEX ix_evaluation_structure_dossier_id ON evaluation_structure (dossier_id);
CREATE INDEX ix_evaluation_structure_essms_id ON evaluation_structure (essms_id);
CREATE INDEX ix_risque_dossier_id ON risque (dossier_id);
CREATE INDEX ix_risque_essms_id ON risque (essms_id);
CREATE INDEX ix_action_risque_dossier_id ON action_risque (dossier_id);
CREATE INDEX ix_action_risque_risque_id ON action_risque (risque_id);
CREATE INDEX ix_tache_dossier_id ON tache (dossier_id);
CREATE INDEX ix_lien_tache_apres_id ON lien_tache (apres_id);
CREATE INDEX ix_lien_tache_avant_id ON lien_tache (avant_id);
CREATE INDEX ix_lien_tache_dossier_id ON lien_tache (dossier_id);
INSERT INTO dossier (id, nom, campagne_id, type_projet, etat, portee_nationale, sad, sad_exception, pilotage_demande, equipement_demande, mise_en_ordre_marche, date_mise_en_ordre_marche, amoa, amoa_nom, cle_repartition, date_depot_prevue, date_convention, date_debut_projet, date_debut_parametrage, date_fin_deploiement, contexte, objectifs, hebergement, reprise_donnees, points_attention, mutualisation, strategie_deploiement, strategie_formation, notes) VALUES (1, 'Grappe du Ségala', 'esms-2023', 'acquisition', 'preparation', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '', 'essms', NULL, NULL, NULL, NULL, NULL, '', '', '', '', '', '', '', '', '');
INSERT INTO contenu (sha256, octets) VALUES ('41c2ebaf031c4812f6d028decb6eeb82a4fa4ac2e74cc3d0c2c63a1caae9fa3b', X'255044462D312E3420726962');
INSERT INTO og (id, dossier_id, rang, est_porteur, nom, sigle, forme_juridique, association, siren, siret, finess_ej, adresse, code_postal, commune, telephone, courriel, representant_nom, representant_qualite, dpo_nom, dpo_courriel, nb_essms_total, etp_centiemes, part_libre_pour_dix_mille, commande_publique, marche_en_cours) VALUES (1, 1, 0, 1, 'Association Les Tilleuls 0', '', '', NULL, '', '', '', '', '', '', '', '', '', '', '', '', NULL, NULL, NULL, NULL, NULL);
INSERT INTO og (id, dossier_id, rang, est_porteur, nom, sigle, forme_juridique, association, siren, siret, finess_ej, adresse, code_postal, commune, telephone, courriel, representant_nom, representant_qualite, dpo_nom, dpo_courriel, nb_essms_total, etp_centiemes, part_libre_pour_dix_mille, commande_publique, marche_en_cours) VALUES (2, 1, 1, 0, 'Association Les Tilleuls 1', '', '', NULL, '', '', '', '', '', '', '', '', '', '', '', '', NULL, NULL, NULL, NULL, NULL);
INSERT INTO solution (id, dossier_id, retenue, nom, editeur, statut, date_referencement, date_referencement_prevue, dans_sad, prix_cents) VALUES (1, 1, 1, 'Logiciel Alpha', '', NULL, NULL, NULL, NULL, NULL);
INSERT INTO essms (id, og_id, solution_id, vague_id, rang, finess, siret, nom, categorie, categorie_libelle, champ, adresse, code_postal, commune, departement, capacite, file_active, dui_actuel, financement_europeen, esms_numerique_anterieur, sons_autre_solution, rattache_entite_nationale, accord_entite_nationale, part_confort) VALUES (1, 1, NULL, NULL, 0, '', '', 'EHPAD Bellevue 0-0', '', '', 'PA', '', '', '', '', NULL, NULL, '', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO essms (id, og_id, solution_id, vague_id, rang, finess, siret, nom, categorie, categorie_libelle, champ, adresse, code_postal, commune, departement, capacite, file_active, dui_actuel, financement_europeen, esms_numerique_anterieur, sons_autre_solution, rattache_entite_nationale, accord_entite_nationale, part_confort) VALUES (2, 2, NULL, NULL, 0, '', '', 'EHPAD Bellevue 1-0', '', '', 'PA', '', '', '', '', NULL, NULL, '', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO fichier (id, dossier_id, og_id, numero, nom, extension, sha256, taille, pages, joint_le) VALUES (1, 1, NULL, 9, 'rib.pdf', 'pdf', '41c2ebaf031c4812f6d028decb6eeb82a4fa4ac2e74cc3d0c2c63a1caae9fa3b', 12, 1, '2026-11-22 09:09:44.394917');
INSERT INTO contact (id, dossier_id, og_id, essms_id, role, nom, fonction, telephone, courriel, part_temps_pour_cent) VALUES (1, 1, NULL, NULL, 'chef-de-projet', 'Camille Durand', '', '', '', NULL);
INSERT INTO alembic_version (version_num) VALUES ('0002');
INSERT INTO fermeture (id, dossier_id, motif, debut, fin) VALUES (1, 1, 'Été', '2023-08-07', '2023-08-18');
INSERT INTO niveau_echelle (id, dossier_id, axe, niveau, libelle, definition) VALUES (1, 1, 'gravite', 4, 'Majeure', '');
INSERT INTO reglage_planning (id, dossier_id, territoire, reference_le) VALUES (1, 1, '971', NULL);
INSERT INTO evaluation_structure (id, dossier_id, essms_id, sans_risque) VALUES (1, 1, 1, 1);
INSERT INTO risque (id, dossier_id, essms_id, rang, intitule, categorie, cause, consequence, probabilite, gravite, probabilite_residuelle, gravite_residuelle, origine, notes) VALUES (1, 1, NULL, 0, 'Reprise incomplète', 'technique', '', '', 3, 4, NULL, NULL, '', '');
INSERT INTO action_risque (id, dossier_id, risque_id, rang, intitule, nature, responsable, echeance, etat, cout_cents) VALUES (1, 1, 1, 0, 'Reprise à blanc', 'preventive', '', NULL, 'a-faire', NULL);
INSERT INTO tache (id, dossier_id, rang, plan, phase, nom, jalon, duree, pas_avant, fixe, echeance, responsable, avancement, essms_id, vague_id, action_id, origine, reference_debut, reference_fin, notes) VALUES (1, 1, 0, 'projet', '', 'Cadrage', 0, 10, '2023-07-03', NULL, NULL, '', 0, NULL, NULL, NULL, '', NULL, NULL, '');
INSERT INTO tache (id, dossier_id, rang, plan, phase, nom, jalon, duree, pas_avant, fixe, echeance, responsable, avancement, essms_id, vague_id, action_id, origine, reference_debut, reference_fin, notes) VALUES (2, 1, 0, 'projet', '', 'VA', 1, 1, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '', NULL, NULL, '');
INSERT INTO lien_tache (id, dossier_id, avant_id, apres_id, type, decalage) VALUES (1, 1, 1, 2, 'fin-debut', 0);
COMMIT;
