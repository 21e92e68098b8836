/* A session with PostgreSQL: connecting, its settings, what the database says of itself. */
#include "db/postgres_priv.h"

#include <string.h>

#include "base/buf.h"
#include "base/num.h"

/* Nothing is left to the server's, the role's or the URL's defaults that could change what a
 * query means or how long it may take. */
static const char common_sql[] =
	"SET search_path TO public, pg_temp; SET TIME ZONE 'UTC'; "
	"SET client_min_messages TO warning; SET standard_conforming_strings TO on; "
	"SET statement_timeout TO '30s'; SET lock_timeout TO '10s'; SET jalon.org TO ''; "
	"SET idle_in_transaction_session_timeout TO '60s'; SET default_transaction_isolation TO "
	"'read committed'; SET synchronous_commit TO on; ";
static const char reader_sql[] = "SET default_transaction_read_only TO on";
static const char writer_sql[] = "SET default_transaction_read_only TO off";

/* "Jalo", as SQLite's application_id: the advisory lock that migrations take. What they change may be
 * anybody's. */
static const char lock_sql[] = "SET LOCAL statement_timeout TO 0; SET LOCAL lock_timeout TO 0; "
			       "SET LOCAL jalon.org TO '*'; "
			       "SELECT pg_advisory_xact_lock(1247898735)";
static const char version_table_sql[] =
	"CREATE TABLE IF NOT EXISTS jalon_schema "
	"(application TEXT NOT NULL PRIMARY KEY, version BIGINT NOT NULL); "
	"COMMENT ON TABLE jalon_schema IS 'Whose database this is; the last migration applied.'; "
	"COMMENT ON COLUMN jalon_schema.application IS 'jalon'; "
	"COMMENT ON COLUMN jalon_schema.version IS 'number of the last migration applied'";
/* What an extension brought is nobody's data. */
static const char objects_sql[] =
	"SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
	"ON n.oid = c.relnamespace WHERE n.nspname = 'public' "
	"AND c.relkind IN ('r', 'p', 'v', 'm', 'f') "
	"AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d "
	"WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')";

static void ignore_notice(void *arg, const char *message)
{
	(void)arg;
	(void)message;
}

static int begin_session(struct postgres_db *p, struct err *err)
{
	const char *encoding;
	int r;

	if (PQstatus(p->conn) != CONNECTION_OK)
		return err_set(err, FAULT_DB_GONE, "cannot connect to PostgreSQL: %s",
			       PQerrorMessage(p->conn));
	p->session++;
	encoding = PQparameterStatus(p->conn, "server_encoding");
	if (!encoding || strcmp(encoding, "UTF8") != 0)
		return err_set(err, FAULT_INPUT,
			       "the PostgreSQL database's encoding is %s, not UTF8",
			       encoding ? encoding : "unknown");
	p->shown = DB_ORG_NONE;
	r = postgres_script(p, common_sql, "preparing the session", err);
	if (r)
		return r;
	return postgres_script(p, p->base.is_writer ? writer_sql : reader_sql,
			       "preparing the session", err);
}

int postgres_connect(struct postgres_db *p, const char *url, struct err *err)
{
	/* What stands before the URL is a default, what stands after it is not for the URL to
	 * say. A server that vanished is noticed within half a minute. */
	static const char *const names[] = { "connect_timeout",           "tcp_user_timeout",
					     "fallback_application_name", "dbname",
					     "client_encoding",           NULL };
	const char *const values[] = { "10", "30000", "jalon", url, "UTF8", NULL };

	p->conn = PQconnectdbParams(names, values, 1);
	(void)PQsetNoticeProcessor(p->conn, ignore_notice, NULL);
	return begin_session(p, err);
}

int postgres_reconnect(struct postgres_db *p, struct err *err)
{
	PQreset(p->conn);
	return begin_session(p, err);
}

/* ---- the schema's version ---- */

/* The number a query answers with; -1 when it is no number or NULL. */
static int number(struct postgres_db *p, const char *sql, int64_t *ret, struct err *err)
{
	PGresult *result = PQexec(p->conn, sql);
	int r = 0;

	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		r = postgres_fault(p, result, "reading the schema", err);
	else if (PQntuples(result) != 1 ||
		 num_parse(str_from(PQgetvalue(result, 0, 0)), 0, INT32_MAX, ret))
		*ret = -1;
	PQclear(result);
	return r;
}

int postgres_schema(struct db *db, struct db_schema *ret, struct err *err)
{
	struct postgres_db *p = (struct postgres_db *)db;
	int64_t objects = 0, is_there = 0, version = -1;
	int r = number(p, objects_sql, &objects, err);

	if (r == 0)
		r = number(p,
			   "SELECT count(*) FROM pg_catalog.pg_class WHERE oid = "
			   "to_regclass('public.jalon_schema')",
			   &is_there, err);
	if (r == 0 && is_there)
		r = number(p, "SELECT version FROM public.jalon_schema WHERE application = 'jalon'",
			   &version, err);
	if (r)
		return r;
	*ret = (struct db_schema){
		/* The table alone, still empty, is a first migration under way. */
		.is_foreign = version < 0 && objects > is_there,
		.version = version > 0 ? (int)version : 0,
	};
	return 0;
}

int postgres_lock_schema(struct db *db, struct err *err)
{
	struct postgres_db *p = (struct postgres_db *)db;
	struct db_schema schema;
	int r = postgres_script(p, lock_sql, "waiting for another migration", err);

	/* A database that is not ours stays untouched. */
	if (r == 0)
		r = postgres_schema(db, &schema, err);
	if (r || schema.is_foreign)
		return r;
	return postgres_script(p, version_table_sql, "recording the version", err);
}

int postgres_run_script(struct db *db, const struct db_migration *m, struct err *err)
{
	struct postgres_db *p = (struct postgres_db *)db;
	int r = postgres_script(p, m->postgres, m->name, err);

	return r ? r : postgres_isolate(p, err);
}

int postgres_record(struct db *db, int version, struct err *err)
{
	struct arena a;
	const char *sql;
	int r;

	arena_init(&a, 4096);
	sql = str_fmt(&a,
		      "INSERT INTO jalon_schema (application, version) VALUES ('jalon', %d) "
		      "ON CONFLICT (application) DO UPDATE SET version = excluded.version",
		      version)
		      .data;
	r = postgres_script((struct postgres_db *)db, sql, "recording the version", err);
	arena_release(&a);
	return r;
}
