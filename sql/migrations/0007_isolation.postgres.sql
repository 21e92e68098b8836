-- Row-level security, on PostgreSQL: every table with an org_id shows the rows of one organisation, even to
-- its owner (FORCE). Which tables these are is read from the catalogue after each migration, this one
-- included (src/db/postgres_scope.c): later tables are isolated without saying so.
COMMENT ON TABLE org IS 'An organisation. Row 1 is the public space: it holds the sheets that nobody has claimed. Row-level security shows the one that the setting jalon.org names.';
