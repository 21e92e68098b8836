/*
 * What is promised to those who answer anonymously, attacked on both databases by whom they have to fear: the owner
 * of the organisation, who sees every page, downloads everything as often as they like and knows who was invited.
 */
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

static struct scene scene_of(void **state)
{
	struct visit *v = *state;
	struct scene s = { .store = v->store, .p = v->product, .a = v->a };

	s.owner = product_member(s.p, "Maison Belloy", ROLE_OWNER);
	visit_departments(v, &s.owner, FIRST_DEPARTMENT, department_names, DEPARTMENTS);
	return s;
}

static struct response post(struct scene *s, const char *page, const char *form)
{
	return member_post(s->p, &s->owner, str_fmt(s->a, "%s%s", s->round, page).data, form);
}

static struct response get(struct scene *s, const char *page)
{
	return member_get(s->p, &s->owner, str_fmt(s->a, "%s%s", s->round, page).data);
}

/* The links of a page that begin with `before`, into s->link; how many. */
static int find_links(struct scene *s, struct str page, const char *before)
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
static void launch(struct scene *s, int n)
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

static void close_it(struct scene *s)
{
	struct response got = post(s, "/close", "version=2");

	assert_status(&got, 303);
}

/* The sheet of a link, with what it answers; `department` -1: it is known. */
static struct str fill_in(struct scene *s, struct str link, int department, const char *form)
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

static void send_it(struct scene *s, struct str sheet)
{
	struct response got = product_post(s->p, sheet, "/send", "");

	assert_status(&got, 303);
}

static struct str export(struct scene *s)
{
	struct response got = member_post(s->p, &s->owner, "/settings/export", "");

	assert_status(&got, 200);
	return got.body;
}

static size_t lines_of(struct scene *s, struct str zip, const char *file)
{
	struct str text = unzip_file(s->a, zip, file);
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.data[i] == '\n';
	return n;
}

static void assert_lacks(struct str text, const char *what)
{
	if (str_contains(text, str_from(what)))
		fail_msg("\"%s\" is there", what);
}

/* ---- exports ---- */

/* Taken before and after each answer, exports of an open campaign differ by a name that has answered, and by nothing
 * that it answered. */
static void exports_of_an_open_campaign_hold_no_answer(void **state)
{
	static const char *const files[] = { "tables/sheet.jsonl", "tables/answer.jsonl",
					     "tables/tally.jsonl" };
	struct scene s = scene_of(state);
	struct str sheet, before, after;

	launch(&s, 2);
	before = export(&s);
	sheet = fill_in(&s, s.link[0], -1, "lineage=yes&lineage.comment=Whispered");
	assert_lacks(unzip_text(s.a, export(&s)), "Whispered");
	send_it(&s, sheet);
	after = export(&s);
	assert_lacks(unzip_text(s.a, after), "Whispered");
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		assert_true(str_eq(unzip_file(s.a, before, files[i]),
				   unzip_file(s.a, after, files[i])));
	/* That one has answered is known; when is not. */
	assert_true(str_contains(unzip_file(s.a, after, "tables/participant.jsonl"),
				 S("\"state\":\"answered\"")));
	assert_true(str_contains(unzip_file(s.a, after, "tables/participant.jsonl"),
				 S("\"answered_day\":null")));
	assert_lacks(unzip_file(s.a, after, "tables/participant.jsonl"), "\"answered_day\":1");
	/* A draft that was never sent does not go along later either. */
	(void)fill_in(&s, s.link[1], -1, "lineage=no&lineage.comment=Never-sent");
	close_it(&s);
	assert_lacks(unzip_text(s.a, export(&s)), "Never-sent");
	assert_true(str_contains(unzip_text(s.a, export(&s)), S("Whispered")));
}

/* How many sheets of an export still hold both answers of one and the same person. */
static int still_together(struct scene *s, struct str zip, int n)
{
	struct str answers = unzip_file(s->a, zip, "tables/answer.jsonl");
	int together = 0;

	for (int i = 0; i < n; i++) {
		struct str rest = answers, line, sheets[2] = { { NULL, 0 }, { NULL, 0 } };

		while (rest.len && (line = str_cut(&rest, '\n')).len) {
			const char *first = str_fmt(s->a, "\"first %d\"", i).data;
			const char *second = str_fmt(s->a, "\"second %d\"", i).data;
			const char *id = memmem(line.data, line.len, "\"sheet_id\":\"",
						strlen("\"sheet_id\":\""));

			assert_non_null(id);
			for (int k = 0; k < 2; k++)
				if (str_contains(line, str_from(k ? second : first)))
					sheets[k] = str_make(id, strlen("\"sheet_id\":\"") + 13);
		}
		assert_non_null(sheets[0].data);
		assert_non_null(sheets[1].data);
		together += str_eq(sheets[0], sheets[1]);
	}
	return together;
}

struct moving {
	struct arena *a;
	int64_t org_id;
	struct transfer *t;
	const uint8_t *secret;
};

static int move_work(struct db *db, void *arg, struct err *err)
{
	struct moving *m = arg;
	struct transfer_counts counts;
	int r = transfer_erase(db, m->org_id, &counts, err);

	return r == 0 ? transfer_import(db, m->a, m->t, m->secret, 1, err) : r;
}

/* The figure that a page's main element carries. */
static struct str score_of(struct scene *s)
{
	struct response got = get(s, "/results?lang=en");
	const char *at = memmem(got.body.data, got.body.len, "data-score=\"", 12);

	assert_status(&got, 200);
	assert_non_null(at);
	return str_dup(s->a, str_make(at, 16));
}

/* Of a closed one the answers go along apart: no sheet of the file is anybody's, no department is told, and all the
 * same everything is counted as before where it comes in again. */
static void exports_of_a_closed_campaign_are_nobodys_sheets(void **state)
{
	enum { N = 10 };
	struct scene s = scene_of(state);
	struct moving m;
	struct tally_check check;
	struct str zip, why, score;
	struct err err;
	struct db *db;

	launch(&s, N);
	for (int i = 0; i < N; i++)
		send_it(&s,
			fill_in(&s, s.link[i], -1,
				str_fmt(s.a,
					"lineage=%s&lineage.comment=first+%d&etl=%s&etl.comment=second+%d",
					i % 2 ? "yes" : "no", i, i % 3 ? "yes" : "no", i)
					.data));
	close_it(&s);
	score = score_of(&s);
	zip = export(&s);
	assert_int_equal(lines_of(&s, zip, "tables/sheet.jsonl"), N);
	/* Once in three million times each stays where it was. */
	assert_in_range(still_together(&s, zip, N), 0, N - 1);
	for (int i = 0; i < DEPARTMENTS; i++) {
		const char *id = id_text(s.a, FIRST_DEPARTMENT + i).data;

		assert_lacks(unzip_file(s.a, zip, "tables/sheet.jsonl"), id);
		assert_lacks(unzip_file(s.a, zip, "tables/tally.jsonl"), id);
	}
	m = (struct moving){ s.a, s.owner.org_id, NULL, s.p->config.secret };
	assert_int_equal(transfer_read(s.a, LANG_EN, zip, &m.t, &why, &err), 0);
	assert_ok(db_write(s.store->pool, move_work, &m, &err), &err);
	assert_ok(db_read_begin(s.store->pool, &db, &err), &err);
	assert_ok(tally_recount(db, s.a, &check, &err), &err);
	db_read_end(s.store->pool, db);
	assert_int_equal(check.n_faults, 0);
	assert_str(score_of(&s), score.data);
}

/* ---- pages and files ---- */

/* Two departments that are hidden change places. */
static void swap_departments(struct scene *s, int one, int other)
{
	static const char *const tables[] = { "tally", "sheet" };
	static const char *const keys[] = { "department_id", "department_id" };

	for (size_t i = 0; i < 2; i++) {
		int from[] = { one, other, DEPARTMENTS - 1 },
		    to[] = { DEPARTMENTS - 1, one, other };

		for (int step = 0; step < 3; step++)
			(void)store_sql(s->store,
					str_fmt(s->a, "UPDATE %s SET %s = %d WHERE %s = %d",
						tables[i], keys[i], FIRST_DEPARTMENT + to[step],
						keys[i], FIRST_DEPARTMENT + from[step])
						.data);
	}
}

/* Everything that is told of the campaign, one after another. */
static struct str everything(struct scene *s)
{
	static const char *const pages[] = {
		"",
		"/results?lang=en",
		"/results?lang=fr&sort=pack",
		"/results?lang=en&department=000000000000X",
		"/results/comments?question=lineage",
		"/results/comments?question=etl",
		"/results/what-if?lineage=yes",
		"/results/peers",
		"/results.csv",
		"/participants",
		"/answers",
		"/screen",
		"/workshop",
	};
	static const struct {
		const char *page, *file;
	} files[] = {
		{ "/results.docx", "word/document.xml" },
		{ "/results.xlsx", "xl/sharedStrings.xml" },
		{ "/results.xlsx", "xl/worksheets/sheet1.xml" },
		{ "/results.xlsx", "xl/worksheets/sheet2.xml" },
		{ "/results.xlsx", "xl/worksheets/sheet3.xml" },
		{ "/results.xlsx", "xl/worksheets/sheet4.xml" },
		{ "/results.xlsx", "xl/worksheets/sheet5.xml" },
		{ "/results.xlsx", "xl/worksheets/sheet7.xml" },
		{ "/results.pdf", NULL },
	};
	struct buf b = buf_make(s->a, 4 << 20);

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct response got = get(s, pages[i]);

		assert_in_range(got.status, 200, 404);
		buf_fmt(&b, "\n== %s %d %zu\n", pages[i], got.status, got.body.len);
		buf_put(&b, answer_header(&got, "ETag"));
		buf_put(&b, answer_header(&got, "Last-Modified"));
		visit_put_page(&b, got.body);
	}
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct response got = get(s, files[i].page);

		assert_status(&got, 200);
		buf_fmt(&b, "\n== %s %zu\n", files[i].page, i);
		buf_put(&b, files[i].file ? unzip_file(s->a, got.body, files[i].file) : got.body);
	}
	assert_false(b.full);
	return buf_str(&b);
}

static void assert_same(struct str a, struct str b)
{
	size_t at = 0;

	while (at < a.len && at < b.len && a.data[at] == b.data[at])
		at++;
	if (!str_eq(a, b))
		fail_msg("they differ here: %.200s\nand %.200s", a.data + (at > 50 ? at - 50 : 0),
			 b.data + (at > 50 ? at - 50 : 0));
}

/* Whatever people of hidden departments answered, everything that is told is the same to the last byte: lengths,
 * titles of charts, orders and error texts with it. */
static void what_is_hidden_changes_not_a_byte(void **state)
{
	struct scene s = scene_of(state);
	struct str link, before, after;
	struct response got;

	launch(&s, 0);
	got = get(&s, "");
	assert_int_equal(find_links(&s, got.body, "http://test.local/r/"), 1);
	link = s.link[0];
	for (int i = 0; i < 6; i++)
		send_it(&s, fill_in(&s, link, 0, "lineage=some&etl=yes"));
	for (int i = 0; i < 4; i++)
		send_it(&s, fill_in(&s, link, 1, "lineage=yes&lineage.comment=Aye&etl=no"));
	for (int i = 0; i < 4; i++)
		send_it(&s, fill_in(&s, link, 2, "lineage=no&etl=yes&etl.comment=Nay"));
	close_it(&s);
	before = everything(&s);
	assert_true(str_contains(before, S("Aye")));
	assert_true(str_contains(before, S("Hidden to protect the respondents")));
	swap_departments(&s, 1, 2);
	after = everything(&s);
	assert_same(before, after);
	/* The same look sees what is not hidden. */
	swap_departments(&s, 0, 2);
	assert_false(str_eq(before, everything(&s)));
}

/* Six answer, but only two the question on success: one `low`, one 7. Closed, and what is told of it. */
static struct str told_of_two(struct scene *s, const char *low)
{
	struct response got;
	struct str link;

	launch(s, 0);
	got = get(s, "");
	(void)find_links(s, got.body, "http://test.local/r/");
	link = s->link[0];
	for (int i = 0; i < 4; i++)
		send_it(s, fill_in(s, link, 0, "lineage=some&bi-practice=no"));
	send_it(s, fill_in(s, link, 0,
			   str_fmt(s->a, "lineage=some&bi-practice=yes&bi-success=%s", low).data));
	send_it(s, fill_in(s, link, 0, "lineage=some&bi-practice=yes&bi-success=7"));
	close_it(s);
	return everything(s);
}

/* Whoever is one of two knows the other: what two answered, and whether they agree, is told nowhere. That 7 and 8 give the
 * same points leaves the score out of it. */
static void what_two_answered_changes_not_a_byte(void **state)
{
	struct scene s = scene_of(state);
	struct str before = told_of_two(&s, "7");
	struct response got;

	assert_true(str_contains(before, S("Too few answers to this question")));
	(void)store_sql(s.store,
			"UPDATE tally SET n = n - 1 WHERE item = 'bi-success' AND kind = 3");
	(void)store_sql(s.store,
			"INSERT INTO tally SELECT org_id, round_id, vote, department_id, item, "
			"kind, '8', 1 FROM tally WHERE item = 'bi-success' AND kind = 3");
	assert_same(before, everything(&s));
	/* Nor is it found out by trying. */
	got = get(&s, "/results/what-if?bi-success=7");
	assert_status(&got, 400);
	got = get(&s, "/results.csv?lang=en&sort=pack");
	assert_true(str_contains(
		got.body, S("\nbi-success,BI success,Data,,4,too few answers to this question,,,,,,"
			    "Too few answers,")));
	/* A third answer, and the same look sees them. */
	(void)store_sql(s.store,
			"UPDATE tally SET n = 2 WHERE item = 'bi-success' AND value = '8'");
	assert_true(str_contains(everything(&s), S("“8 out of 10” (67%)")));
}

/* ---- who comes next ---- */

/* Everything an owner sees of an open anonymous campaign, before and after somebody answers this or that. */
static void who_comes_next_is_not_told(void **state)
{
	static const char *const said[] = { "lineage=yes&etl=no&etl.comment=Murmur",
					    "lineage=no&lineage.comment=Murmur&etl=yes" };
	struct str seen[2] = { { "", 0 }, { "", 0 } };

	for (int i = 0; i < 2; i++) {
		struct scene s = scene_of(state);
		struct response got;
		struct str link;

		launch(&s, 0);
		got = get(&s, "");
		(void)find_links(&s, got.body, "http://test.local/r/");
		link = s.link[0];
		for (int n = 0; n < 8; n++)
			send_it(&s, fill_in(&s, link, n % 2, "lineage=some"));
		send_it(&s, fill_in(&s, link, 0, said[i]));
		got = get(&s, "/results?lang=en");
		assert_lacks(got.body, "data-score");
		got = get(&s, "/results/comments?question=etl&lang=en");
		assert_lacks(got.body, "Murmur");
		got = member_get(s.p, &s.owner, "/audit.csv");
		assert_status(&got, 200);
		assert_lacks(got.body, "Murmur");
		/* The numbers of answers, and nothing else that could differ. */
		got = member_get(s.p, &s.owner, "?lang=en");
		assert_status(&got, 200);
		seen[i] = str_fmt(s.a, "%zu", got.body.len);
	}
	assert_str(seen[0], seen[1].data);
}

static void an_anonymous_workshop_closes_the_campaign(void **state)
{
	struct scene s = scene_of(state);
	struct str sheet, link;
	struct response got;

	launch(&s, 0);
	got = get(&s, "");
	(void)find_links(&s, got.body, "http://test.local/r/");
	link = s.link[0];
	for (int i = 0; i < 5; i++)
		send_it(&s, fill_in(&s, link, 0, "lineage=some"));
	sheet = fill_in(&s, link, 0, "lineage=yes");
	got = get(&s, "/workshop?lang=en");
	assert_true(str_contains(got.body, S("closes the campaign for good")));
	got = post(&s, "/workshop", "");
	assert_status(&got, 303);
	/* Who was still filling in cannot change what the room looks at. */
	(void)product_post(s.p, sheet, "/send", "");
	assert_int_equal(store_sql(s.store, "SELECT sum(n) FROM tally WHERE item = ''"), 5);
	assert_str(store_rows(s.store, "SELECT state FROM round WHERE title = 'Printemps'"),
		   "closed\n");
}

/* A closed campaign that nobody answered is voted on in the room: its results wait for the reveal, too. */
static void a_closed_campaign_waits_for_its_room(void **state)
{
	struct scene s = scene_of(state);
	struct response got;
	struct str room;

	launch(&s, 0);
	got = post(&s, "/workshop", "");
	assert_status(&got, 303);
	room = store_rows(s.store,
			  "SELECT w.code FROM workshop w JOIN round r ON r.id = w.round_id "
			  "WHERE r.title = 'Printemps'");
	room = str_fmt(s.a, "/w/%.*s", STR_ARG(str_slice(room, 0, 6)));
	for (int page = 0; page < 2; page++) {
		got = post(&s, page ? "/workshop/open" : "/workshop/go",
			   str_fmt(s.a, "version=%d&item=lineage", page + 1).data);
		assert_status(&got, 303);
	}
	for (int i = 0; i < 6; i++) {
		struct str cookie, headers;

		got = site_request(s.p->site, "POST", room.data, "Sec-Fetch-Site: same-origin\n",
				   S("department=none"));
		assert_status(&got, 303);
		cookie = answer_header(&got, "Set-Cookie");
		cookie = str_cut(&cookie, ';');
		headers = str_fmt(s.a, "Cookie: %.*s\nSec-Fetch-Site: same-origin\n",
				  STR_ARG(cookie));
		got = site_request(s.p->site, "POST", str_fmt(s.a, "%s/vote", room.data).data,
				   headers.data, S("item=lineage&vote=1&answer=yes"));
		assert_status(&got, 303);
	}
	got = get(&s, "/results?lang=en");
	assert_true(str_contains(got.body, S("A workshop is voting on this campaign.")));
	assert_lacks(got.body, "data-score");
	got = get(&s, "/results.csv");
	assert_status(&got, 303);
}

TEST_MAIN(visit_test(exports_of_an_open_campaign_hold_no_answer),
	  visit_test(exports_of_a_closed_campaign_are_nobodys_sheets),
	  visit_test(what_is_hidden_changes_not_a_byte),
	  visit_test(what_two_answered_changes_not_a_byte), visit_test(who_comes_next_is_not_told),
	  visit_test(an_anonymous_workshop_closes_the_campaign),
	  visit_test(a_closed_campaign_waits_for_its_room))
