"""The file of a dossier (.esms): what it holds, how it is sealed, how two copies that diverged come together."""
