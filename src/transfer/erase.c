/* Away: see transfer.h. */
#include "transfer/queries.h"
#include "transfer/transfer_priv.h"

int transfer_erase(struct db *db, int64_t org_id, struct transfer_counts *ret, struct err *err)
{
	const struct db_value org = { .type = DB_I64, .i64 = org_id };
	int n = 0, r = 0;

	db_scope(db, org_id);
	*ret = (struct transfer_counts){ 0 };
	while (db_tables[n])
		n++;
	/* Children before their parents, so that each table's rows are counted and none goes with another's. */
	for (int t = n - 1; r == 0 && t >= 0; t--) {
		ret->items[t].table = db_tables[t]->name;
		r = db_exec(db, db_tables[t]->erase, &org, &ret->items[t].n, err);
	}
	if (r > 0)
		return err_set(err, FAULT_INTERNAL,
			       "a row that is not the organisation's holds on to it");
	return r == 0 && ret->items[0].n == 0 ? TRANSFER_NOT_FOUND : r;
}
