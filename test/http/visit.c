/* See visit.h. */
#include "http/visit.h"

#include "base/buf.h"
#include "base/timing.h"
#include "base/token.h"
#include "people/link.h"
#include "phases/routes.h"
#include "rounds/code.h"
#include "rounds/tally.h"
#include "rounds/workshop.h"

/* An open campaign, with somebody invited. */
static void add_campaign(struct visit *v)
{
	struct product *p = v->product;
	struct response got = member_post(
		p, &v->owner, "/rounds",
		"title=Spring&threshold=5&mode=nominative&access=both&controller=a&contact=b&purpose=c&retention=d");
	struct str to = answer_header(&got, "Location");
	size_t start = v->owner.org.len + strlen("/rounds/");
	struct str page = str_slice(to, v->owner.org.len, to.len);

	v->round = str_slice(to, start, to.len);
	(void)member_post(p, &v->owner, str_fmt(v->a, "%.*s/open", STR_ARG(page)).data,
			  "version=1");
	(void)member_post(p, &v->owner, str_fmt(v->a, "%.*s/participants", STR_ARG(page)).data,
			  "people=Ada+Lovelace");
	got = member_get(p, &v->owner, str_c(v->a, page));
	v->public = between(got.body, "value=\"http://test.local/r/", '"');
	got = member_get(p, &v->owner, str_fmt(v->a, "%.*s/participants", STR_ARG(page)).data);
	v->personal = between(got.body, "value=\"http://test.local/p/", '"');
	v->person = between(got.body, "id=\"link-", '"');
	v->person = str_slice(v->person, 0, v->round.len);
	(void)member_post(p, &v->owner, str_fmt(v->a, "%.*s/workshop", STR_ARG(page)).data, "");
	v->code = str_slice(store_rows(v->store, "SELECT code FROM workshop"), 0, ROOM_CODE_LENGTH);
}

void visit_fill(struct visit *v)
{
	struct str org = str_slice(v->owner.org, strlen("/o/"), v->owner.org.len);
	struct str sheet, sent;
	struct response got;

	if (v->action.len)
		return;
	(void)member_post(v->product, &v->owner, "/plan", "title=Call&status=todo");
	sheet = product_begin(v->product);
	v->action = id_text(v->a, store_sql(v->store, "SELECT max(id) FROM plan_action"));
	(void)member_send(v->product, &v->owner, str_fmt(v->a, "%.*s/claim", STR_ARG(sheet)).data,
			  str_fmt(v->a, "org=%.*s", STR_ARG(org)).data);
	v->kept = id_text(v->a, store_sql(v->store, "SELECT id FROM sheet WHERE org_id <> 1"));
	got = site_post(v->product->site, str_fmt(v->a, "/r/%.*s", STR_ARG(v->public)).data,
			"name=Grace");
	sent = answer_header(&got, "Location");
	(void)product_post(v->product, sent, "/all", "lineage=yes");
	(void)product_post(v->product, sent, "/send", "");
	v->sent = id_text(v->a,
			  store_sql(v->store, "SELECT id FROM sheet WHERE round_id IS NOT NULL"));
}

static int make_links(struct db *db, void *arg, struct err *err)
{
	struct visit *v = arg;
	struct token t;
	int r = link_make(db, v->a, 0, time_now_ms(), &t, err);

	v->setup = base64url(v->a, t.bytes, sizeof t.bytes);
	if (r == 0)
		r = link_make(db, v->a, v->owner.account_id, time_now_ms(), &t, err);
	v->reset = base64url(v->a, t.bytes, sizeof t.bytes);
	return r;
}

/* Somebody with an organisation, and links of every kind. */
static int add_people(struct visit *v)
{
	struct response got;
	struct err err;

	v->owner = product_member(v->product, "Maison Belloy", ROLE_OWNER);
	v->admin = product_admin(v->product);
	(void)member_post(v->product, &v->owner, "/departments", "name=Finance");
	got = member_get(v->product, &v->owner, "/departments");
	v->department = between(
		got.body, str_fmt(v->a, "action=\"%.*s/departments/", STR_ARG(v->owner.org)).data,
		'"');
	(void)member_post(v->product, &v->owner, "/members/invite", "role=editor&days=7&label=");
	got = member_get(v->product, &v->owner, "/members");
	v->invitation = between(got.body, "value=\"http://test.local/join/", '"');
	/* An organisation that she erased once. */
	(void)store_sql(
		v->store,
		str_fmt(v->a,
			"INSERT INTO audit (org_id, id, at_ms, account_id, who, action, object_kind, object_id, after) "
			"VALUES (1, 1, 1, %lld, 'Person 1', 'erased', 'erasure', 777, "
			"'{\"name\":\"Before\",\"rows\":{\"sheet\":3}}')",
			(long long)v->owner.account_id)
			.data);
	return db_write(v->product->pool, make_links, v, &err);
}

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
	if (add_people(v) != 0 || !v->department.len || !v->invitation.len)
		return -1;
	add_campaign(v);
	if (!v->public.len || !v->personal.len || !v->person.len || !v->code.len)
		return -1;
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
		("SELECT org_id, id, pack, pack_version, language, created_ms, updated_ms, finished_ms,"
		 " round_id, participant_id, department_id, sent_ms FROM sheet ORDER BY id"),
		("SELECT sheet_id, vote, question, value, comment, kind, updated_ms FROM answer"
		 " ORDER BY sheet_id, vote, question"),
		"SELECT id, title, state, mode, access, updated_ms, version FROM round ORDER BY id",
		"SELECT id, name, state, answered_day, revoked_ms FROM participant ORDER BY id",
		"SELECT * FROM tally ORDER BY round_id, vote, department_id, item, kind, value",
		"SELECT * FROM agreement ORDER BY round_id, item",
		"SELECT * FROM workshop ORDER BY round_id",
		"SELECT * FROM workshop_item ORDER BY round_id, position",
		"SELECT id, sheet_id, created_ms, revoked_ms FROM share ORDER BY id",
		"SELECT id, email, name, password, is_admin, updated_ms FROM account ORDER BY id",
		"SELECT id, account_id, created_ms FROM session ORDER BY id",
		"SELECT id, used_ms FROM account_link ORDER BY id",
		"SELECT org_id, id, name, position FROM department ORDER BY id",
		"SELECT org_id, account_id, role FROM membership ORDER BY org_id, account_id",
		"SELECT org_id, id, used_ms, revoked_ms FROM org_invitation ORDER BY id",
		"SELECT org_id, id, action FROM audit ORDER BY id",
		"SELECT org_id, id, kind, state, attempts FROM mail ORDER BY id",
		"SELECT org_id, id, title, status, version FROM plan_action ORDER BY id",
		"SELECT org_id, id, revoked_ms FROM calendar_feed ORDER BY id",
	};
	struct buf b = buf_make(v->a, 1 << 20);

	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
		buf_put(&b, store_rows(v->store, queries[i]));
	return buf_str(&b);
}

/* What stands for {name} in a path. */
static struct str segment_of(struct visit *v, const struct route *route, struct str name)
{
	struct str link =
		str_is(str_from(route->permission->name), "share-link") ? v->share : v->sheet;

	if (str_is(name, "org"))
		return str_slice(v->owner.org, strlen("/o/"), v->owner.org.len);
	if (str_is(name, "department"))
		return v->department;
	if (str_is(name, "erased"))
		return id_text(v->a, 777);
	if (str_is(name, "round"))
		return v->round;
	if (str_is(name, "code"))
		return v->code;
	if (str_is(name, "person"))
		return v->person;
	if (str_is(str_from(route->permission->name), "round-link"))
		return v->public;
	if (str_is(str_from(route->permission->name), "personal-link"))
		return v->personal;
	if (str_is(str_from(route->permission->name), "setup-link"))
		return v->setup;
	if (str_is(str_from(route->permission->name), "reset-link"))
		return v->reset;
	if (str_is(str_from(route->permission->name), "invitation"))
		return v->invitation;
	if (str_is(name, "token"))
		return str_slice(link, strlen("/c/"), link.len);
	if (str_is(name, "action") || str_is(name, "sheet"))
		visit_fill(v);
	if (str_is(name, "action"))
		return v->action;
	if (str_is(name, "sheet"))
		return str_contains(str_from(route->path), S("/answers/")) ? v->sent : v->kept;
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

const char *visit_headers(struct visit *v, const struct route *route)
{
	struct str permission = str_from(route->permission->name);

	if (str_is(permission, "admin"))
		return v->admin.headers;
	if (str_is(permission, "account") || str_starts(permission, S("org-")))
		return v->owner.headers;
	return NULL;
}

void visit_each_route(struct visit *v, void (*each)(struct visit *v, const struct route *route))
{
	for (size_t t = 0; all_routes[t]; t++)
		for (const struct route *r = all_routes[t]; r->handler; r++)
			each(v, r);
}

void visit_departments(struct visit *v, const struct member *owner, int64_t first,
		       const char *const names[], int n)
{
	for (int i = 0; i < n; i++)
		(void)store_sql(
			v->store,
			str_fmt(v->a,
				"INSERT INTO department (org_id, id, name, name_key, position) "
				"VALUES (%lld, %lld, '%s', lower('%s'), %d)",
				(long long)owner->org_id, (long long)first + i, names[i], names[i],
				i)
				.data);
}

const char *visit_many(struct visit *v, const char *before, const char *c, int n, const char *after)
{
	struct buf b = buf_make(v->a, 4 << 20);

	buf_puts(&b, before);
	for (int i = 0; i < n; i++)
		buf_puts(&b, c);
	buf_puts(&b, after);
	return b.data;
}

struct response visit_refused(struct visit *v, const char *page, const char *form, int status)
{
	struct str rows = visit_rows(v);
	struct response got = product_post(v->product, v->sheet, page, form);

	assert_status(&got, status);
	assert_true(str_eq(rows, visit_rows(v)));
	return got;
}

void visit_put_page(struct buf *b, struct str page)
{
	static const struct str token = STR("name=\"csrf\" value=\"");
	const char *at;

	while ((at = memmem(page.data, page.len, token.data, token.len))) {
		size_t n = (size_t)(at - page.data) + token.len;

		buf_put(b, str_slice(page, 0, n));
		page = str_slice(page, n, page.len);
		(void)str_cut(&page, '"');
	}
	buf_put(b, page);
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

void visit_assert_exact(struct visit *v)
{
	struct tally_check check;
	struct err err;
	struct db *db;

	assert_ok(db_read_begin(v->store->pool, &db, &err), &err);
	assert_ok(tally_recount(db, v->a, &check, &err), &err);
	db_read_end(v->store->pool, db);
	assert_int_equal(check.n_faults, 0);
}
