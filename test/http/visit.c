/* See visit.h. */
#include "http/visit.h"

#include "base/buf.h"
#include "phases/routes.h"

int visit_setup(void **state)
{
	struct visit *v;
	void *store;
	int r = store_setup(&store);

	if (r != 0)
		return r;
	v = arena_new(&((struct store *)store)->arena, struct visit, 1);
	v->store = store;
	v->a = &v->store->arena;
	v->product = product_make(v->a, v->store->pool);
	v->sheet = product_begin(v->product);
	(void)product_answer(v->product, v->sheet, "lineage", "some&comment=" VISIT_COMMENT);
	(void)product_answer(v->product, v->sheet, "bi-practice", "yes");
	(void)product_answer(v->product, v->sheet, "bi-success", "7");
	(void)product_answer(v->product, v->sheet, "etl", "unknown");
	v->share = product_share(v->product, v->sheet);
	*state = v;
	return v->sheet.len && v->share.len ? 0 : -1;
}

int visit_teardown(void **state)
{
	struct visit *v = *state;
	void *store = v->store;

	return store_teardown(&store);
}

struct str visit_rows(struct visit *v)
{
	static const char *const queries[] = {
		"SELECT name FROM instance ORDER BY name",
		"SELECT id, name, created_ms, updated_ms FROM org ORDER BY id",
		("SELECT org_id, id, pack, pack_version, language, created_ms, updated_ms, finished_ms"
		 " FROM sheet ORDER BY id"),
		"SELECT sheet_id, question, value, comment, updated_ms FROM answer ORDER BY sheet_id, question",
		"SELECT id, sheet_id, created_ms, revoked_ms FROM share ORDER BY id",
		"SELECT id, email, name, password, is_admin, updated_ms FROM account ORDER BY id",
		"SELECT id, account_id, created_ms FROM session ORDER BY id",
		"SELECT id, used_ms FROM account_link ORDER BY id",
		"SELECT org_id, id, name, position FROM department ORDER BY id",
		"SELECT org_id, account_id, role FROM membership ORDER BY org_id, account_id",
		"SELECT org_id, id, used_ms, revoked_ms FROM org_invitation ORDER BY id",
		"SELECT org_id, id, action FROM audit ORDER BY id",
		"SELECT org_id, id, title, status, version FROM plan_action ORDER BY id",
		"SELECT org_id, id, revoked_ms FROM calendar_feed ORDER BY id",
	};
	struct buf b = buf_make(v->a, 1 << 20);

	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
		buf_put(&b, store_rows(v->store, queries[i]));
	return buf_str(&b);
}

/* What stands for {name} in a path. */
static struct str segment_of(const struct visit *v, const struct route *route, struct str name)
{
	struct str link =
		str_is(str_from(route->permission->name), "share-link") ? v->share : v->sheet;

	if (str_is(name, "token"))
		return str_slice(link, strlen("/c/"), link.len);
	/* Nobody's: a stranger learns as much of them as of those that are there. */
	if (str_is(name, "org") || str_is(name, "action") || str_is(name, "sheet"))
		return S("0000000000zzz");
	if (str_is(name, "file"))
		return S("AAAAAAAAAAAAAAAAAAAAAA.ics");
	return str_is(name, "question") ? S("lineage") : S("score-in");
}

const char *visit_path(struct visit *v, const struct route *route)
{
	struct str rest = str_from(route->path);
	struct buf b = buf_make(v->a, 1024);

	while (rest.data) {
		buf_put(&b, str_cut(&rest, '{'));
		if (rest.data)
			buf_put(&b, segment_of(v, route, str_cut(&rest, '}')));
	}
	return b.data;
}

void visit_each_route(struct visit *v, void (*each)(struct visit *v, const struct route *route))
{
	for (size_t t = 0; all_routes[t]; t++)
		for (const struct route *r = all_routes[t]; r->handler; r++)
			each(v, r);
}

struct str visit_unescape(struct arena *a, struct str html)
{
	static const struct {
		struct str entity;
		char is;
	} entities[] = {
		{ STR("&amp;"), '&' }, { STR("&lt;"), '<' },   { STR("&gt;"), '>' },
		{ STR("&#34;"), '"' }, { STR("&#39;"), '\'' },
	};
	struct buf b = buf_make(a, html.len + 1);

	while (html.len) {
		char c = html.data[0];
		size_t taken = 1;

		for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
			if (!str_starts(html, entities[i].entity))
				continue;
			c = entities[i].is;
			taken = entities[i].entity.len;
		}
		buf_putc(&b, c);
		html = str_slice(html, taken, html.len);
	}
	return buf_str(&b);
}

void assert_status(const struct response *got, int status)
{
	if (got->status != status)
		print_error("# %.*s\n", (int)(got->body.len < 2000 ? got->body.len : 2000),
			    got->body.data);
	assert_int_equal(got->status, status);
}
