"""The one PDF that binds them: cover, contents, bookmarks, numbers."""
