"""The page Documents, and the circuit of signatures."""

from ui.inscriptions import inscrire

inscrire("documents", "Documents", "Déposer", 10, "ui.pages.documents.page:PageDocuments")
