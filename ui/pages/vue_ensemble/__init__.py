"""The overview of a dossier: the next step, the project, its people."""

from ui.inscriptions import inscrire

inscrire("vue-ensemble", "Vue d’ensemble", "", 1, "ui.pages.vue_ensemble.page:PageVueEnsemble")
