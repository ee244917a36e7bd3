"""The first released schema: dossier, grappe, solutions, contacts, files and journal."""

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
        sa.Column("notes", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dossier"),
        sa.UniqueConstraint("nom", name="uq_dossier_nom"),
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
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("og_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("nom", sa.String(length=200), nullable=False),
        sa.Column("fonction", sa.String(length=200), nullable=False),
        sa.Column("telephone", sa.String(length=40), nullable=False),
        sa.Column("courriel", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name="fk_contact_dossier_id_dossier", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["og_id"], ["og.id"], name="fk_contact_og_id_og", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_dossier_id", "contact", ["dossier_id"], unique=False)
    op.create_table(
        "essms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("og_id", sa.Integer(), nullable=False),
        sa.Column("solution_id", sa.Integer(), nullable=True),
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
