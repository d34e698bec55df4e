"""The archive: one SQLite file, `archive.db`, in the platform's data folder, opened by `_database.py`.

Each public file owns the tables that its migration made (`migrations/`), and no other file writes to them.
"""
