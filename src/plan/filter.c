/* Which actions a page shows: see filter.h. */
#include "plan/filter.h"

static bool owner_fits(const struct req *rq, struct str owner, const struct action *x)
{
	if (str_is(owner, "me"))
		return x->has_owner_account && x->owner_account == rq->actor.account_id;
	if (str_is(owner, "nobody"))
		return x->owner_name.len == 0;
	return owner.len == 0 || str_eq(str_slice(owner, 1, owner.len), x->owner_name);
}

static bool passes(const struct req *rq, const struct plan_filter *f, const struct action *x)
{
	if (f->status.len && !str_eq(f->status, action_status_code(x->status)))
		return false;
	if (f->phase.len && !str_eq(f->phase, x->phase))
		return false;
	if (f->late && !action_is_late(x, plan_today(rq)))
		return false;
	return owner_fits(rq, f->owner, x);
}

static int by_day(const struct action *a, const struct action *b)
{
	if (a->has_due != b->has_due)
		return a->has_due ? -1 : 1;
	return a->has_due && a->due != b->due ? (a->due < b->due ? -1 : 1) : 0;
}

/* Nobody comes last. */
static int by_owner(const struct action *a, const struct action *b)
{
	if ((a->owner_name.len == 0) != (b->owner_name.len == 0))
		return a->owner_name.len ? -1 : 1;
	return str_cmp(a->owner_name, b->owner_name);
}

static bool comes_before(const struct plan_filter *f, const struct action *a,
			 const struct action *b)
{
	int order = (int)action_is_open(b) - (int)action_is_open(a);

	if (order == 0 && str_is(f->sort, "owner"))
		order = by_owner(a, b);
	if (order == 0 && str_is(f->sort, "added"))
		order = a->id > b->id ? -1 : 1;
	if (order == 0)
		order = by_day(a, b);
	return order < 0;
}

struct actions filter_actions(struct req *rq, const struct plan_filter *f,
			      const struct actions *all)
{
	struct actions out = { .items = arena_new(rq->arena, struct action, all->n) };

	for (size_t i = 0; i < all->n; i++) {
		size_t at = out.n;

		if (!passes(rq, f, &all->items[i]))
			continue;
		/* Insertion keeps the order of age between equals. */
		for (; at > 0 && comes_before(f, &all->items[i], &out.items[at - 1]); at--)
			out.items[at] = out.items[at - 1];
		out.items[at] = all->items[i];
		out.n++;
	}
	return out;
}

bool filter_is_set(const struct plan_filter *f)
{
	return f->status.len || f->owner.len || f->phase.len || f->late;
}

static void put(struct req *rq, struct buf *b, const char *name, struct str value)
{
	if (value.len == 0)
		return;
	buf_putc(b, str_contains(buf_str(b), S("?")) ? '&' : '?');
	buf_puts(b, name);
	buf_putc(b, '=');
	buf_put(b, percent_encode(rq->arena, value));
}

struct str filter_url(struct req *rq, struct str path, const struct plan_filter *f)
{
	enum { ADDRESS_MAX = 4096 };
	struct buf b = buf_make(rq->arena, ADDRESS_MAX);

	buf_put(&b, path);
	put(rq, &b, "view", f->view);
	put(rq, &b, "status", f->status);
	put(rq, &b, "owner", f->owner);
	put(rq, &b, "phase", f->phase);
	put(rq, &b, "sort", f->sort);
	put(rq, &b, "late", f->late ? S("1") : S(""));
	return buf_str(&b);
}
