/*
 * Row-level security: the wall behind the queries' own. A table with an org_id shows the rows of the
 * organisation that the setting jalon.org names, all with "*", none when it is empty.
 *
 * Readers keep the setting in their session and change it when they work for somebody else; the writer sets
 * it inside its transaction, job by job. Neither asks the server anything while it stays the same.
 */
#include <inttypes.h>
#include <stdio.h>

#include "db/postgres_priv.h"

enum { SET_MAX = 64 };

/*
 * Which table is whose is read from the catalogue, so that no migration can forget one: every table with
 * an org_id, and org itself. The setting is read once per statement, in a subquery; comparing the numbers
 * leaves the indexes in use.
 */
static const char isolate_sql[] =
	"DO $$ DECLARE t record; BEGIN FOR t IN "
	"SELECT c.oid::regclass AS name, a.attname AS key FROM pg_catalog.pg_class c "
	"JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
	"WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') "
	"AND a.attname = CASE c.relname WHEN 'org' THEN 'id' ELSE 'org_id' END "
	"AND NOT (c.relrowsecurity AND c.relforcerowsecurity) "
	"LOOP EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t.name); "
	"EXECUTE format('CREATE POLICY jalon_org ON %s USING ("
	"(SELECT current_setting(''jalon.org'', true)) = ''*'' OR %I = "
	"(SELECT CAST(nullif(nullif(current_setting(''jalon.org'', true), ''*''), '''') AS BIGINT)))', "
	"t.name, t.key); END LOOP; END $$";

static const char role_sql[] = "SELECT 1 FROM pg_catalog.pg_roles "
			       "WHERE rolname = current_user AND (rolsuper OR rolbypassrls)";

int postgres_show(struct postgres_db *p, const struct db_query *q, struct err *err)
{
	int64_t org_id = q->reach == DB_REACH_ALL ? DB_ORG_ALL : p->base.org_id;
	char sql[SET_MAX], number[24] = "";
	int r;

	if (q->reach == DB_REACH_NONE || org_id == p->shown)
		return 0;
	if (org_id != DB_ORG_ALL && org_id != DB_ORG_NONE)
		(void)snprintf(number, sizeof number, "%" PRId64, org_id);
	(void)snprintf(sql, sizeof sql, "SET %s jalon.org TO '%s'",
		       p->base.is_writer ? "LOCAL" : "SESSION",
		       org_id == DB_ORG_ALL ? "*" : number);
	r = postgres_script(p, sql, "choosing the organisation", err);
	if (r == 0)
		p->shown = org_id;
	return r;
}

int postgres_isolate(struct postgres_db *p, struct err *err)
{
	return postgres_script(p, isolate_sql, "isolating the organisations", err);
}

int postgres_bypasses_isolation(struct db *db, bool *ret, struct err *err)
{
	struct postgres_db *p = (struct postgres_db *)db;
	PGresult *result = PQexec(p->conn, role_sql);
	int r = 0;

	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		r = postgres_fault(p, result, "reading the role", err);
	else
		*ret = PQntuples(result) > 0;
	PQclear(result);
	return r;
}
