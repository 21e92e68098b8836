/* The audit log: see people.h. */
#include "base/token.h"
#include "people/people.h"
#include "people/queries.h"

enum { AUDIT_VALUE_MAX = 8192 };

static int add(struct db *db, int64_t now_ms, struct people_audit_add_params *p,
	       const struct audit_entry *entry, struct err *err)
{
	p->id = id_make(now_ms);
	p->at_ms = now_ms;
	p->action = str_from(entry->action);
	p->object_kind = str_from(entry->object_kind);
	p->has_object_id = entry->object_id != 0;
	p->object_id = entry->object_id;
	p->has_before = entry->before.len > 0;
	p->before = entry->before;
	p->has_after = entry->after.len > 0;
	p->after = entry->after;
	return people_audit_add(db, p, err);
}

int audit_add(struct req *rq, const struct audit_entry *entry, struct err *err)
{
	struct people_audit_add_params p = {
		.org_id = entry->org_id ? entry->org_id : rq->actor.org_id,
		.has_account_id = rq->actor.account_id != 0,
		.account_id = rq->actor.account_id,
		.who = rq->actor.account_name,
	};

	return add(rq->db, rq->now_ms, &p, entry, err);
}

int audit_add_as(struct db *db, int64_t now_ms, struct str who, const struct audit_entry *entry,
		 struct err *err)
{
	struct people_audit_add_params p = { .org_id = entry->org_id, .who = who };

	return add(db, now_ms, &p, entry, err);
}

struct str audit_value(struct arena *a, const char *key, struct str value)
{
	struct buf b = buf_make(a, AUDIT_VALUE_MAX);

	buf_putc(&b, '{');
	buf_quoted(&b, str_from(key));
	buf_putc(&b, ':');
	buf_quoted(&b, value);
	buf_putc(&b, '}');
	return buf_str(&b);
}
