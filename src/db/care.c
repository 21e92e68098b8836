/* What keeps a database from harm: looking it through, copies of it. */
#include "db/sqlite_priv.h"

int db_check(struct db *db, struct arena *a, struct str *ret, struct err *err)
{
	*ret = S("");
	return db->driver->check ? db->driver->check(db, a, true, ret, err) : 0;
}

int db_watch(struct db_pool *pool, struct arena *a, struct str *ret, struct err *err)
{
	struct db *db;
	int r = db_read_begin(pool, &db, err);

	if (r != 0)
		return r;
	*ret = S("");
	if (db->driver->check)
		r = db->driver->check(db, a, false, ret, err);
	db_read_end(pool, db);
	if (r == 0)
		db_pool_set_damaged(pool, ret->len > 0);
	return r;
}

int db_copy(struct db_pool *pool, const char *to, struct err *err)
{
	struct db *db;
	int r = db_read_begin(pool, &db, err);

	if (r != 0)
		return r;
	r = db->driver->copy ? db->driver->copy(db, to, err) : DB_COPY_OWN_MEANS;
	db_read_end(pool, db);
	return r;
}

int db_restore(const char *path, const char *from, struct arena *a, struct db_restoration *ret,
	       struct err *err)
{
	return sqlite_restore(path, from, db_last_migration(), a, ret, err);
}
