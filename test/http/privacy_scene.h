/* What the tests of anonymous campaigns share besides: what is taken along, and everything that the owner sees. */
#ifndef JALON_TEST_HTTP_PRIVACY_SCENE_H
#define JALON_TEST_HTTP_PRIVACY_SCENE_H

#include "http/room_scene.h"

#include "base/buf.h"
#include "http/unzip.h"
#include "rounds/tally.h"
#include "transfer/transfer.h"

/* An anonymous campaign, open, with `n` people invited, of departments in turn. */
static inline void hold_anonymous(struct scene *s, int n)
{
	struct buf people = buf_make(s->a, 4096);

	for (int i = 0; i < n; i++)
		buf_fmt(&people, "%sPerson+%c%%3Bperson%d%%40belloy.example%%3B%s", i ? "%0A" : "",
			'A' + i, i, department_names[i % DEPARTMENTS]);
	launch(s, "title=Printemps&mode=anonymous&threshold=5&access=both&asks_department=1",
	       n ? people.data : NULL);
	assert_true(n == 0 || s->own[n - 1].len > 0);
}

static inline struct str export(struct scene *s)
{
	struct response got = member_post(s->p, &s->owner, "/settings/export", "");

	assert_status(&got, 200);
	return got.body;
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
	assert_ok(db_write(s->v->store->pool, move_work, &m, &err), &err);
	assert_ok(db_read_begin(s->v->store->pool, &db, &err), &err);
	assert_ok(tally_recount(db, s->a, &check, &err), &err);
	db_read_end(s->v->store->pool, db);
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
