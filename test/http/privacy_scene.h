/* What the tests of anonymous campaigns share: an organisation, a campaign, who answers it and what its owner sees. */
#ifndef JALON_TEST_HTTP_PRIVACY_SCENE_H
#define JALON_TEST_HTTP_PRIVACY_SCENE_H

#include "http/visit.h"

#include "base/buf.h"
#include "base/token.h"
#include "http/unzip.h"
#include "rounds/tally.h"
#include "transfer/transfer.h"

#define NOTICE "controller=Belloy&contact=Claire&purpose=To+know&retention=Two+years"

enum { DEPARTMENTS = 4, FIRST_DEPARTMENT = 31, PEOPLE_MAX = 12, TOKEN = 22 };
static const char *const department_names[DEPARTMENTS] = { "Ventes", "Logistique", "Finance",
							   "Recherche" };

struct scene {
	struct store *store;
	struct product *p;
	struct arena *a;
	struct member owner;
	const char *round;           /* "/rounds/…" */
	struct str link[PEOPLE_MAX]; /* "/p/…" of each who is invited, in their order */
};

static inline struct scene scene_of(void **state)
{
	struct visit *v = *state;
	struct scene s = { .store = v->store, .p = v->product, .a = v->a };

	s.owner = product_member(s.p, "Maison Belloy", ROLE_OWNER);
	visit_departments(v, &s.owner, FIRST_DEPARTMENT, department_names, DEPARTMENTS);
	return s;
}

static inline struct response post(struct scene *s, const char *page, const char *form)
{
	return member_post(s->p, &s->owner, str_fmt(s->a, "%s%s", s->round, page).data, form);
}

static inline struct response get(struct scene *s, const char *page)
{
	return member_get(s->p, &s->owner, str_fmt(s->a, "%s%s", s->round, page).data);
}

/* The links of a page that begin with `before`, into s->link; how many. */
static inline int find_links(struct scene *s, struct str page, const char *before)
{
	size_t len = strlen(before);
	int n = 0, k;
	const char *at;

	while (n < PEOPLE_MAX && (at = memmem(page.data, page.len, before, len))) {
		struct str link = str_make(at + len - strlen("/p/"), strlen("/p/") + TOKEN);

		page = str_slice(page, (size_t)(at - page.data) + len, page.len);
		for (k = 0; k < n && !str_eq(link, s->link[k]);)
			k++;
		if (k == n)
			s->link[n++] = str_dup(s->a, link);
	}
	return n;
}

/* An anonymous campaign, open, with `n` people invited, of departments in turn. */
static inline void launch(struct scene *s, int n)
{
	struct response got = member_post(
		s->p, &s->owner, "/rounds",
		"title=Printemps&mode=anonymous&threshold=5&access=both&asks_department=1&" NOTICE);
	struct str to = answer_header(&got, "Location");
	struct buf people = buf_make(s->a, 4096);

	assert_status(&got, 303);
	s->round = str_c(s->a, str_slice(to, s->owner.org.len, to.len));
	for (int i = 0; i < n; i++)
		buf_fmt(&people, "%sPerson+%c%%3Bperson%d%%40belloy.example%%3B%s",
			i ? "%0A" : "people=", 'A' + i, i, department_names[i % DEPARTMENTS]);
	if (n) {
		got = post(s, "/participants", people.data);
		assert_status(&got, 303);
	}
	got = post(s, "/open", "version=1");
	assert_status(&got, 303);
	got = get(s, "/participants");
	if (n)
		assert_int_equal(find_links(s, got.body, "http://test.local/p/"), n);
}

/* An anonymous campaign, open: its public link. */
static inline struct str launch_public(struct scene *s)
{
	struct response got;

	launch(s, 0);
	got = get(s, "");
	assert_int_equal(find_links(s, got.body, "http://test.local/r/"), 1);
	return s->link[0];
}

static inline void close_it(struct scene *s)
{
	struct response got = post(s, "/close", "version=2");

	assert_status(&got, 303);
}

/* The sheet of a link, with what it answers; `department` -1: it is known. */
static inline struct str fill_in(struct scene *s, struct str link, int department, const char *form)
{
	struct str id = department < 0 ? S("") : id_text(s->a, FIRST_DEPARTMENT + department);
	struct response got = site_post(s->p->site, link.data,
					str_fmt(s->a, "department=%.*s", STR_ARG(id)).data);
	struct str sheet =
		str_dup(s->a, str_slice(answer_header(&got, "Location"), 0, strlen("/c/") + TOKEN));

	assert_status(&got, 303);
	got = product_post(s->p, sheet, "/all", form);
	assert_status(&got, 303);
	return sheet;
}

static inline void send_it(struct scene *s, struct str sheet)
{
	struct response got = product_post(s->p, sheet, "/send", "");

	assert_status(&got, 303);
}

static inline struct str export(struct scene *s)
{
	struct response got = member_post(s->p, &s->owner, "/settings/export", "");

	assert_status(&got, 200);
	return got.body;
}

/* ---- a workshop's room ---- */

/* Starts a workshop on the campaign, which so closes: the room's address. */
static inline struct str open_room(struct scene *s)
{
	struct response got = post(s, "/workshop", "order=disputed");
	struct str code;

	assert_status(&got, 303);
	code = store_rows(s->store,
			  "SELECT w.code FROM workshop w JOIN round r ON r.id = w.round_id "
			  "WHERE r.title = 'Printemps'");
	return str_fmt(s->a, "/w/%.*s", STR_ARG(str_slice(code, 0, 6)));
}

/* What a facilitator does; `form` and the version that is shown. */
static inline void facilitate(struct scene *s, const char *page, const char *form)
{
	int64_t version = store_sql(s->store, "SELECT w.version FROM workshop w JOIN round r "
					      "ON r.id = w.round_id WHERE r.title = 'Printemps'");
	struct response got = post(
		s, page,
		str_fmt(s->a, "version=%lld%s%s", (long long)version, *form ? "&" : "", form).data);

	assert_status(&got, 303);
}

/* Somebody comes into the room: the headers of their phone. */
static inline const char *come_in(struct scene *s, struct str room)
{
	struct response got = site_request(s->p->site, "POST", room.data,
					   "Sec-Fetch-Site: same-origin\n", S("department=none"));
	struct str cookie = answer_header(&got, "Set-Cookie");

	assert_status(&got, 303);
	cookie = str_cut(&cookie, ';');
	return str_fmt(s->a, "Cookie: %.*s\nSec-Fetch-Site: same-origin\n", STR_ARG(cookie)).data;
}

static inline void vote(struct scene *s, struct str room, const char *phone, const char *form)
{
	struct response got =
		site_request(s->p->site, "POST", str_fmt(s->a, "%.*s/vote", STR_ARG(room)).data,
			     phone, str_from(form));

	assert_status(&got, 303);
}

/* ---- taken along ---- */

struct moving {
	struct arena *a;
	int64_t org_id;
	struct transfer *t;
	const uint8_t *secret;
};

static inline int move_work(struct db *db, void *arg, struct err *err)
{
	struct moving *m = arg;
	struct transfer_counts counts;
	int r = transfer_erase(db, m->org_id, &counts, err);

	return r == 0 ? transfer_import(db, m->a, m->t, m->secret, 1, err) : r;
}

/* The organisation goes, and comes in again from its export: its counts are right. */
static inline void move_in_again(struct scene *s, struct str zip)
{
	struct moving m = { s->a, s->owner.org_id, NULL, s->p->config.secret };
	struct tally_check check;
	struct str why;
	struct err err;
	struct db *db;

	assert_int_equal(transfer_read(s->a, LANG_EN, zip, &m.t, &why, &err), 0);
	assert_ok(db_write(s->store->pool, move_work, &m, &err), &err);
	assert_ok(db_read_begin(s->store->pool, &db, &err), &err);
	assert_ok(tally_recount(db, s->a, &check, &err), &err);
	db_read_end(s->store->pool, db);
	assert_int_equal(check.n_faults, 0);
}

/* ---- what the owner sees ---- */

/* Where something is told of a campaign. */
struct look {
	enum { OF_ROUND, OF_ORG, OF_SITE } where;
	const char *page;
	const char *file; /* of an archive; NULL: all of it */
	bool is_computed; /* from all answers: score, median or what follows from them */
};
static const struct look looks[] = {
	{ OF_ROUND, "", NULL, false },
	{ OF_ROUND, "/results?lang=en", NULL, true },
	{ OF_ROUND, "/results?lang=fr&sort=pack", NULL, true },
	{ OF_ROUND, "/results?lang=en&department=000000000000X", NULL, true },
	{ OF_ROUND, "/results/comments?question=lineage", NULL, false },
	{ OF_ROUND, "/results/comments?question=etl", NULL, false },
	{ OF_ROUND, "/results/what-if?lineage=yes", NULL, true },
	{ OF_ROUND, "/results/agree?question=etl", NULL, false },
	{ OF_ROUND, "/results/peers", NULL, false },
	{ OF_ROUND, "/results.csv", NULL, true },
	{ OF_ROUND, "/participants", NULL, false },
	{ OF_ROUND, "/answers", NULL, false },
	{ OF_ROUND, "/screen", NULL, false },
	{ OF_ROUND, "/workshop", NULL, false },
	{ OF_ROUND, "/workshop/minutes", NULL, false },
	{ OF_ROUND, "/results.docx", "word/document.xml", true },
	{ OF_ROUND, "/results.xlsx", "xl/sharedStrings.xml", true },
	{ OF_ROUND, "/results.xlsx", "xl/worksheets/sheet1.xml", true },
	{ OF_ROUND, "/results.xlsx", "xl/worksheets/sheet2.xml", true },
	{ OF_ROUND, "/results.xlsx", "xl/worksheets/sheet3.xml", false },
	{ OF_ROUND, "/results.xlsx", "xl/worksheets/sheet4.xml", true },
	{ OF_ROUND, "/results.xlsx", "xl/worksheets/sheet5.xml", true },
	{ OF_ROUND, "/results.xlsx", "xl/worksheets/sheet6.xml", false },
	{ OF_ROUND, "/results.xlsx", "xl/worksheets/sheet7.xml", false },
	{ OF_ROUND, "/results.xlsx", "xl/worksheets/sheet8.xml", false },
	{ OF_ROUND, "/results.xlsx", "xl/worksheets/sheet9.xml", false },
	{ OF_ROUND, "/results.pdf", NULL, true },
	{ OF_ORG, "?lang=en", NULL, true },
	{ OF_ORG, "/rounds", NULL, false },
	{ OF_ORG, "/plan", NULL, true },
	{ OF_ORG, "/plan.csv", NULL, false },
	{ OF_SITE, "/portfolio", NULL, true },
};
enum { LOOKS = sizeof looks / sizeof *looks };

static inline struct str look_at(struct scene *s, const struct look *at)
{
	struct response got = at->where == OF_ROUND ? get(s, at->page)
			      : at->where == OF_ORG ? member_get(s->p, &s->owner, at->page)
						    : member_visit(s->p, &s->owner, at->page);
	struct buf b = buf_make(s->a, 4 << 20);

	assert_in_range(got.status, 200, 404);
	buf_fmt(&b, "\n== %s %s %d\n", at->page, at->file ? at->file : "", got.status);
	buf_put(&b, answer_header(&got, "ETag"));
	buf_put(&b, answer_header(&got, "Last-Modified"));
	if (at->file)
		buf_put(&b, unzip_file(s->a, got.body, at->file));
	else
		visit_put_page(&b, got.body);
	assert_false(b.full);
	return buf_str(&b);
}

/* Everything that is told of the campaign, one after another. */
static inline struct str everything(struct scene *s)
{
	struct buf b = buf_make(s->a, 8 << 20);

	for (size_t i = 0; i < LOOKS; i++)
		buf_put(&b, look_at(s, &looks[i]));
	assert_false(b.full);
	return buf_str(&b);
}

static inline void assert_same(struct str a, struct str b)
{
	size_t at = 0;

	while (at < a.len && at < b.len && a.data[at] == b.data[at])
		at++;
	if (!str_eq(a, b))
		fail_msg("they differ here: %.200s\nand %.200s", a.data + (at > 50 ? at - 50 : 0),
			 b.data + (at > 50 ? at - 50 : 0));
}

#endif
