"""Data shipped with the application: campaigns, directory tables, fonts. Read through esms_desktop.assets only."""
