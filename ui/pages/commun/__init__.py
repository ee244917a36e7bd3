"""What several pages share: the page itself, lists and cards one types in, what was pasted, what is gone."""
