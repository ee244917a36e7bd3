"""The first released schema: dossier, grappe, preparation, documents, costs, pieces, filings and journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Creates every table."""
    op.create_table(
        "contenu",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("octets", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_contenu"),
    )
    op.create_table(
        "dossier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.String(length=200), nullable=False),
        sa.Column("campagne_id", sa.String(length=80), nullable=False),
        sa.Column("type_projet", sa.String(length=32), nullable=False),
        sa.Column("etat", sa.String(length=32), nullable=False),
        sa.Column("portee_nationale", sa.Boolean(), nullable=True),
        sa.Column("sad", sa.Boolean(), nullable=True),
        sa.Column("sad_exception", sa.String(length=32), nullable=True),
        sa.Column("pilotage_demande", sa.Boolean(), nullable=True),
        sa.Column("equipement_demande", sa.Boolean(), nullable=True),
        sa.Column("mise_en_ordre_marche", sa.Boolean(), nullable=True),
        sa.Column("date_mise_en_ordre_marche", sa.Date(), nullable=True),
        sa.Column("amoa", sa.Boolean(), nullable=True),
        sa.Column("amoa_nom", sa.String(length=200), nullable=False),
        sa.Column("cle_repartition", sa.String(length=10), nullable=False),
        sa.Column("date_depot_prevue", sa.Date(), nullable=True),
        sa.Column("date_convention", sa.Date(), nullable=True),
        sa.Column("date_debut_projet", sa.Date(), nullable=True),
        sa.Column("date_debut_parametrage", sa.Date(), nullable=True),
        sa.Column("date_fin_deploiement", sa.Date(), nullable=True),
        sa.Column("contexte", sa.String(), nullable=False),
        sa.Column("objectifs", sa.String(), nullable=False),
        sa.Column("hebergement", sa.String(), nullable=False),
        sa.Column("reprise_donnees", sa.String(), nullable=False),
        sa.Column("points_attention", sa.String(), nullable=False),
        sa.Column("mutualisation", sa.String(), nullable=False),
        sa.Column("strategie_deploiement", sa.String(), nullable=False),
        sa.Column("strategie_formation", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.UniqueConstraint("nom", name="uq_dossier_nom"),
        sa.PrimaryKeyConstraint("id", name="pk_dossier"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quand", sa.DateTime(), nullable=False),
        sa.Column("qui", sa.String(length=120), nullable=False),
        sa.Column("geste", sa.Integer(), nullable=False),
        sa.Column("libelle", sa.String(length=300), nullable=False),
        sa.Column("sens", sa.String(length=10), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=True),
        sa.Column("table_", sa.String(length=40), nullable=False),
        sa.Column("cle", sa.String(length=64), nullable=False),
        sa.Column("avant", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("apres", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journal_dossier_id", "journal", ["dossier_id"], unique=False)
    op.create_index("ix_journal_geste", "journal", ["geste"], unique=False)
    op.create_table(
        "action_communication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("objet", sa.String(length=300), nullable=False),
        sa.Column("cible", sa.String(length=200), nullable=False),
        sa.Column("support", sa.String(length=200), nullable=False),
        sa.Column("responsable", sa.String(length=200), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["dossier.id"],
            name="fk_action_communication_dossier_id_dossier",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_action_communication"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_action_communication_dossier_id", "action_communication", ["dossier_id"], unique=False
    )
    op.create_table(
        "complement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Integer(), nullable=True),
        sa.Column("demande", sa.String(), nullable=False),
        sa.Column("demande_le", sa.Date(), nullable=True),
        sa.Column("echeance", sa.Date(), nullable=True),
        sa.Column("repondu_le", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_complement_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complement"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_complement_dossier_id", "complement", ["dossier_id"], unique=False)
    op.create_table(
        "instance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("nom", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("composition", sa.String(), nullable=False),
        sa.Column("frequence", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_instance_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_instance"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_instance_dossier_id", "instance", ["dossier_id"], unique=False)
    op.create_table(
        "og",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("est_porteur", sa.Boolean(), nullable=False),
        sa.Column("nom", sa.String(length=300), nullable=False),
        sa.Column("sigle", sa.String(length=80), nullable=False),
        sa.Column("forme_juridique", sa.String(length=200), nullable=False),
        sa.Column("association", sa.Boolean(), nullable=True),
        sa.Column("siren", sa.String(length=20), nullable=False),
        sa.Column("siret", sa.String(length=20), nullable=False),
        sa.Column("finess_ej", sa.String(length=20), nullable=False),
        sa.Column("adresse", sa.String(length=300), nullable=False),
        sa.Column("code_postal", sa.String(length=10), nullable=False),
        sa.Column("commune", sa.String(length=120), nullable=False),
        sa.Column("telephone", sa.String(length=40), nullable=False),
        sa.Column("courriel", sa.String(length=200), nullable=False),
        sa.Column("representant_nom", sa.String(length=200), nullable=False),
        sa.Column("representant_qualite", sa.String(length=200), nullable=False),
        sa.Column("dpo_nom", sa.String(length=200), nullable=False),
        sa.Column("dpo_courriel", sa.String(length=200), nullable=False),
        sa.Column("nb_essms_total", sa.Integer(), nullable=True),
        sa.Column("etp_centiemes", sa.Integer(), nullable=True),
        sa.Column("part_libre_pour_dix_mille", sa.Integer(), nullable=True),
        sa.Column("commande_publique", sa.Boolean(), nullable=True),
        sa.Column("marche_en_cours", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_og_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_og"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_og_dossier_id", "og", ["dossier_id"], unique=False)
    op.create_table(
        "point_preparation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("reponse", sa.Boolean(), nullable=True),
        sa.Column("commentaire", sa.String(), nullable=False),
        sa.UniqueConstraint("dossier_id", "code", name="uq_point_preparation_dossier_id"),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_point_preparation_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_point_preparation"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_point_preparation_dossier_id", "point_preparation", ["dossier_id"], unique=False)
    op.create_table(
        "solution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("retenue", sa.Boolean(), nullable=False),
        sa.Column("nom", sa.String(length=200), nullable=False),
        sa.Column("editeur", sa.String(length=200), nullable=False),
        sa.Column("statut", sa.String(length=32), nullable=True),
        sa.Column("date_referencement", sa.Date(), nullable=True),
        sa.Column("date_referencement_prevue", sa.Date(), nullable=True),
        sa.Column("dans_sad", sa.Boolean(), nullable=True),
        sa.Column("prix_cents", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_solution_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_solution"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_solution_dossier_id", "solution", ["dossier_id"], unique=False)
    op.create_table(
        "texte_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("texte", sa.String(), nullable=False),
        sa.UniqueConstraint("dossier_id", "document", "section", name="uq_texte_document_dossier_id"),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_texte_document_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_texte_document"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_texte_document_dossier_id", "texte_document", ["dossier_id"], unique=False)
    op.create_table(
        "vague",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("nom", sa.String(length=200), nullable=False),
        sa.Column("pilote", sa.Boolean(), nullable=False),
        sa.Column("debut", sa.Date(), nullable=True),
        sa.Column("fin", sa.Date(), nullable=True),
        sa.Column("prerequis", sa.String(), nullable=False),
        sa.Column("assistance", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_vague_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_vague"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_vague_dossier_id", "vague", ["dossier_id"], unique=False)
    op.create_table(
        "autodiagnostic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("og_id", sa.Integer(), nullable=False),
        sa.Column("genre", sa.String(length=10), nullable=False),
        sa.Column("realise", sa.Boolean(), nullable=True),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("resultat", sa.String(), nullable=False),
        sa.UniqueConstraint("og_id", "genre", name="uq_autodiagnostic_og_id"),
        sa.ForeignKeyConstraint(["og_id"], ["og.id"], name="fk_autodiagnostic_og_id_og", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_autodiagnostic"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_autodiagnostic_og_id", "autodiagnostic", ["og_id"], unique=False)
    op.create_table(
        "brique",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("og_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("acquise", sa.Boolean(), nullable=True),
        sa.Column("commentaire", sa.String(), nullable=False),
        sa.UniqueConstraint("og_id", "code", name="uq_brique_og_id"),
        sa.ForeignKeyConstraint(["og_id"], ["og.id"], name="fk_brique_og_id_og", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_brique"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_brique_og_id", "brique", ["og_id"], unique=False)
    op.create_table(
        "cout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("og_id", sa.Integer(), nullable=True),
        sa.Column("nature", sa.String(length=40), nullable=False),
        sa.Column("libelle", sa.String(length=300), nullable=False),
        sa.Column("annee", sa.Integer(), nullable=True),
        sa.Column("montant_ht_cents", sa.Integer(), nullable=True),
        sa.Column("tva_pour_dix_mille", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_cout_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["og_id"], ["og.id"], name="fk_cout_og_id_og", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_cout"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cout_dossier_id", "cout", ["dossier_id"], unique=False)
    op.create_table(
        "cout_rh",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("og_id", sa.Integer(), nullable=True),
        sa.Column("profil", sa.String(length=200), nullable=False),
        sa.Column("annee", sa.Integer(), nullable=True),
        sa.Column("etp_centiemes", sa.Integer(), nullable=True),
        sa.Column("cout_annuel_cents", sa.Integer(), nullable=True),
        sa.Column("part_projet_pour_cent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_cout_rh_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["og_id"], ["og.id"], name="fk_cout_rh_og_id_og", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_cout_rh"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cout_rh_dossier_id", "cout_rh", ["dossier_id"], unique=False)
    op.create_table(
        "depot_fait",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("complement_id", sa.Integer(), nullable=True),
        sa.Column("produit_le", sa.DateTime(), nullable=False),
        sa.Column("depose_le", sa.Date(), nullable=True),
        sa.Column("complet", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("taille", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("manifeste", sa.String(), nullable=False),
        sa.Column("accuse", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_depot_fait_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["complement_id"],
            ["complement.id"],
            name="fk_depot_fait_complement_id_complement",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["sha256"], ["contenu.sha256"], name="fk_depot_fait_sha256_contenu"),
        sa.PrimaryKeyConstraint("id", name="pk_depot_fait"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_depot_fait_dossier_id", "depot_fait", ["dossier_id"], unique=False)
    op.create_table(
        "essms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("og_id", sa.Integer(), nullable=False),
        sa.Column("solution_id", sa.Integer(), nullable=True),
        sa.Column("vague_id", sa.Integer(), nullable=True),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("finess", sa.String(length=20), nullable=False),
        sa.Column("siret", sa.String(length=20), nullable=False),
        sa.Column("nom", sa.String(length=300), nullable=False),
        sa.Column("categorie", sa.String(length=10), nullable=False),
        sa.Column("categorie_libelle", sa.String(length=300), nullable=False),
        sa.Column("champ", sa.String(length=32), nullable=True),
        sa.Column("adresse", sa.String(length=300), nullable=False),
        sa.Column("code_postal", sa.String(length=10), nullable=False),
        sa.Column("commune", sa.String(length=120), nullable=False),
        sa.Column("departement", sa.String(length=4), nullable=False),
        sa.Column("capacite", sa.Integer(), nullable=True),
        sa.Column("file_active", sa.Integer(), nullable=True),
        sa.Column("dui_actuel", sa.String(length=200), nullable=False),
        sa.Column("financement_europeen", sa.Boolean(), nullable=True),
        sa.Column("esms_numerique_anterieur", sa.Boolean(), nullable=True),
        sa.Column("sons_autre_solution", sa.Boolean(), nullable=True),
        sa.Column("rattache_entite_nationale", sa.Boolean(), nullable=True),
        sa.Column("accord_entite_nationale", sa.Boolean(), nullable=True),
        sa.Column("part_confort", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["og_id"], ["og.id"], name="fk_essms_og_id_og", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["solution_id"], ["solution.id"], name="fk_essms_solution_id_solution", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["vague_id"], ["vague.id"], name="fk_essms_vague_id_vague", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_essms"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_essms_og_id", "essms", ["og_id"], unique=False)
    op.create_table(
        "fichier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("og_id", sa.Integer(), nullable=True),
        sa.Column("numero", sa.Integer(), nullable=False),
        sa.Column("nom", sa.String(length=255), nullable=False),
        sa.Column("extension", sa.String(length=8), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("taille", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("joint_le", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_fichier_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["og_id"], ["og.id"], name="fk_fichier_og_id_og", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["sha256"], ["contenu.sha256"], name="fk_fichier_sha256_contenu"),
        sa.PrimaryKeyConstraint("id", name="pk_fichier"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_fichier_dossier_id", "fichier", ["dossier_id"], unique=False)
    op.create_table(
        "ressource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("og_id", sa.Integer(), nullable=True),
        sa.Column("genre", sa.String(length=20), nullable=False),
        sa.Column("libelle", sa.String(length=300), nullable=False),
        sa.Column("annee", sa.Integer(), nullable=True),
        sa.Column("montant_cents", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_ressource_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["og_id"], ["og.id"], name="fk_ressource_og_id_og", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_ressource"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ressource_dossier_id", "ressource", ["dossier_id"], unique=False)
    op.create_table(
        "session_formation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("vague_id", sa.Integer(), nullable=True),
        sa.Column("intitule", sa.String(length=200), nullable=False),
        sa.Column("public", sa.String(length=200), nullable=False),
        sa.Column("effectif", sa.Integer(), nullable=True),
        sa.Column("sessions", sa.Integer(), nullable=True),
        sa.Column("duree_heures", sa.Integer(), nullable=True),
        sa.Column("formateur", sa.String(length=200), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_session_formation_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["vague_id"], ["vague.id"], name="fk_session_formation_vague_id_vague", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_session_formation"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_session_formation_dossier_id", "session_formation", ["dossier_id"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("og_id", sa.Integer(), nullable=True),
        sa.Column("essms_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("nom", sa.String(length=200), nullable=False),
        sa.Column("fonction", sa.String(length=200), nullable=False),
        sa.Column("telephone", sa.String(length=40), nullable=False),
        sa.Column("courriel", sa.String(length=200), nullable=False),
        sa.Column("part_temps_pour_cent", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_contact_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["og_id"], ["og.id"], name="fk_contact_og_id_og", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["essms_id"], ["essms.id"], name="fk_contact_essms_id_essms", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_dossier_id", "contact", ["dossier_id"], unique=False)
    op.create_table(
        "materiel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("og_id", sa.Integer(), nullable=True),
        sa.Column("essms_id", sa.Integer(), nullable=True),
        sa.Column("libelle", sa.String(length=300), nullable=False),
        sa.Column("usage", sa.String(length=300), nullable=False),
        sa.Column("quantite", sa.Integer(), nullable=True),
        sa.Column("prix_unitaire_ht_cents", sa.Integer(), nullable=True),
        sa.Column("tva_pour_dix_mille", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_materiel_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["og_id"], ["og.id"], name="fk_materiel_og_id_og", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["essms_id"], ["essms.id"], name="fk_materiel_essms_id_essms", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_materiel"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_materiel_dossier_id", "materiel", ["dossier_id"], unique=False)
    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("og_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.Column("genere_le", sa.Date(), nullable=True),
        sa.Column("imprime_le", sa.Date(), nullable=True),
        sa.Column("envoye_le", sa.Date(), nullable=True),
        sa.Column("signe_le", sa.Date(), nullable=True),
        sa.Column("fichier_id", sa.Integer(), nullable=True),
        sa.Column("empreinte", sa.String(length=64), nullable=False),
        sa.Column("donnees", sa.JSON(none_as_null=True), nullable=True),
        sa.UniqueConstraint("og_id", "document", name="uq_signature_og_id"),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_signature_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["og_id"], ["og.id"], name="fk_signature_og_id_og", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["fichier_id"], ["fichier.id"], name="fk_signature_fichier_id_fichier", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_signature"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_signature_dossier_id", "signature", ["dossier_id"], unique=False)
