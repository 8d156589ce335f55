"""Search of what readers have: live Versions, on SQLite and on PostgreSQL alike."""
