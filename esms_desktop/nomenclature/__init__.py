"""How the field names and counts things: closed lists, numbers, territories, categories, lists of resources/. It knows no table."""
