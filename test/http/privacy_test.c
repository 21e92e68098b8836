/*
 * What is promised to those who answer anonymously, attacked on both databases by whom they have to fear: the owner
 * of the organisation, who sees every page, downloads everything as often as they like and knows who was invited.
 */
#include "http/privacy_scene.h"

#include "base/token.h"

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

/* What of an export holds answers. */
static const char *const parts[] = { "tables/sheet.jsonl", "tables/answer.jsonl",
				     "tables/tally.jsonl" };
enum { PARTS = sizeof parts / sizeof *parts };

static void assert_alike(struct scene *s, struct str one, struct str other)
{
	for (size_t i = 0; i < PARTS; i++)
		assert_same(unzip_file(s->a, one, parts[i]), unzip_file(s->a, other, parts[i]));
}

/* Taken before and after each answer, exports of an open campaign differ by a name that has answered, and by nothing
 * that it answered. */
static void exports_of_an_open_campaign_hold_no_answer(void **state)
{
	struct scene s = scene_of(state);
	struct str sheet, before, after;

	hold_anonymous(&s, 2);
	before = export(&s);
	sheet = fill_in(&s, s.own[0], "", "lineage=yes&lineage.comment=Whispered");
	assert_lacks(unzip_text(s.a, export(&s)), "Whispered");
	send_it(&s, sheet);
	after = export(&s);
	assert_lacks(unzip_text(s.a, after), "Whispered");
	assert_alike(&s, before, after);
	/* That one has answered is known; when is not. */
	assert_true(str_contains(unzip_file(s.a, after, "tables/participant.jsonl"),
				 S("\"state\":\"answered\"")));
	assert_true(str_contains(unzip_file(s.a, after, "tables/participant.jsonl"),
				 S("\"answered_day\":null")));
	assert_lacks(unzip_file(s.a, after, "tables/participant.jsonl"), "\"answered_day\":1");
	/* A draft that was never sent does not go along later either. */
	(void)fill_in(&s, s.own[1], "", "lineage=no&lineage.comment=Never-sent");
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
	struct str zip, score;

	hold_anonymous(&s, N);
	for (int i = 0; i < N; i++)
		send_it(&s,
			fill_in(&s, s.own[i], "",
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
	move_in_again(&s, zip);
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
			(void)store_sql(s->v->store,
					str_fmt(s->a, "UPDATE %s SET %s = %d WHERE %s = %d",
						tables[i], keys[i], FIRST_DEPARTMENT + to[step],
						keys[i], FIRST_DEPARTMENT + from[step])
						.data);
	}
}

/* Whatever people of hidden departments answered, everything that is told is the same to the last byte: lengths,
 * titles of charts, orders and error texts with it. */
static void what_is_hidden_changes_not_a_byte(void **state)
{
	struct scene s = scene_of(state);
	struct str before, after;

	hold_anonymous(&s, 0);
	for (int i = 0; i < 6; i++)
		respond(&s, 0, "lineage=some&etl=yes");
	for (int i = 0; i < 4; i++)
		respond(&s, 1, "lineage=yes&lineage.comment=Aye&etl=no");
	for (int i = 0; i < 4; i++)
		respond(&s, 2, "lineage=no&etl=yes&etl.comment=Nay");
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

		hold_anonymous(&s, 0);
		for (int n = 0; n < 8; n++)
			respond(&s, n % 2, "lineage=some");
		respond(&s, 0, said[i]);
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
	struct str sheet;
	struct response got;

	hold_anonymous(&s, 0);
	for (int i = 0; i < 5; i++)
		respond(&s, 0, "lineage=some");
	sheet = fill_in(&s, s.link, of_department(&s, 0), "lineage=yes");
	got = get(&s, "/workshop?lang=en");
	assert_true(str_contains(got.body, S("closes the campaign for good")));
	got = post(&s, "/workshop", "");
	assert_status(&got, 303);
	/* Who was still filling in cannot change what the room looks at. */
	(void)product_post(s.p, sheet, "/send", "");
	assert_int_equal(store_sql(s.v->store, "SELECT sum(n) FROM tally WHERE item = ''"), 5);
	assert_str(store_rows(s.v->store, "SELECT state FROM round WHERE title = 'Printemps'"),
		   "closed\n");
}

/* A closed campaign that nobody answered is voted on in the room: its results wait for the reveal, too, and so does what
 * is exported. */
static void a_closed_campaign_waits_for_its_room(void **state)
{
	enum { N = 6 };
	struct scene s = scene_of(state);
	struct response got;
	struct str before;

	hold_anonymous(&s, 0);
	start(&s, "order=disputed");
	join(&s, N, "department=none");
	open_vote(&s, "lineage");
	before = export(&s);
	for (int i = 0; i < N; i++)
		votes(&s, i, "lineage", 1, "yes");
	got = get(&s, "/results?lang=en");
	assert_true(str_contains(got.body, S("A workshop is voting on this campaign.")));
	assert_lacks(got.body, "data-score");
	got = get(&s, "/results.csv");
	assert_status(&got, 303);
	assert_alike(&s, before, export(&s));
	assert_int_equal(lines_of(&s, export(&s), "tables/sheet.jsonl"), 0);
	do_it(&s, "/reveal", "item=lineage");
	do_it(&s, "/end", "");
	assert_true(str_contains(unzip_file(s.a, export(&s), "tables/tally.jsonl"),
				 S("\"item\":\"lineage\",\"kind\":3,\"value\":\"yes\",\"n\":6")));
}

/* What the room parts again is not exported while a workshop is under way: two exports would differ by a vote. */
static void a_second_vote_is_not_exported_meanwhile(void **state)
{
	enum { N = 5 };
	struct scene s = scene_of(state);
	struct str before;

	hold_anonymous(&s, 0);
	for (int i = 0; i < N; i++)
		respond(&s, 0, "lineage=some");
	start(&s, "order=disputed");
	join(&s, N, "department=none");
	open_vote(&s, "lineage");
	before = export(&s);
	assert_int_equal(lines_of(&s, before, "tables/sheet.jsonl"), 2 * N);
	for (int i = 0; i < N; i++) {
		votes(&s, i, "lineage", 2, "yes");
		assert_alike(&s, before, export(&s));
	}
	do_it(&s, "/reveal", "item=lineage");
	assert_alike(&s, before, export(&s));
	do_it(&s, "/end", "");
	assert_true(str_contains(
		unzip_file(s.a, export(&s), "tables/tally.jsonl"),
		S("\"vote\":2,\"department_id\":\"0000000000000\",\"item\":\"lineage\"")));
}

/* ---- thresholds ---- */

/* Four who answer nothing hide nobody: they are no respondents, and the fifth is not shown. */
static void blank_sheets_do_not_fill_a_threshold(void **state)
{
	static const char *const blank[] = { "", "lineage.comment=Hm", "bi-success=7", "" };
	struct scene s = scene_of(state);
	struct response got;
	struct str sheet;

	hold_anonymous(&s, 0);
	for (size_t i = 0; i < sizeof blank / sizeof *blank; i++) {
		sheet = fill_in(&s, s.link, of_department(&s, 0), blank[i]);
		got = product_get(s.p, sheet, "/review?lang=en");
		assert_true(str_contains(got.body, S("Nothing can be sent yet")));
		assert_lacks(got.body, "/send\"");
		got = product_post(s.p, sheet, "/send", "");
		assert_status(&got, 422);
		assert_true(
			str_contains(got.body, str_fmt(s.a, "%.*s/q/lineage\"", STR_ARG(sheet))));
	}
	respond(&s, 0, "lineage=yes&lineage.comment=Alone");
	got = get(&s, "?lang=en");
	assert_true(str_contains(got.body, S("1 answer")));
	close_it(&s);
	got = get(&s, "/results?lang=en");
	assert_lacks(got.body, "data-score");
	assert_lacks(everything(&s), "Alone");
	assert_int_equal(store_sql(s.v->store, "SELECT sum(n) FROM tally WHERE item = ''"), 1);
}

/* Four who answer one other question do, and the fifth's answers are too few to be told. */
static void sheets_of_one_answer_hide_the_others(void **state)
{
	static const char *const said[] = { "no", "yes" };
	struct str seen[2];

	for (int i = 0; i < 2; i++) {
		struct scene s = scene_of(state);
		struct response got;

		hold_anonymous(&s, 0);
		for (int n = 0; n < 4; n++)
			respond(&s, 0, "lineage=unknown");
		respond(&s, 0, str_fmt(s.a, "etl=%s", said[i]).data);
		close_it(&s);
		got = get(&s, "/results.csv?lang=en&sort=pack");
		assert_status(&got, 200);
		seen[i] = got.body;
	}
	assert_true(str_contains(seen[0], S("too few answers to this question")));
	assert_same(seen[0], seen[1]);
}

TEST_MAIN(visit_test(exports_of_an_open_campaign_hold_no_answer),
	  visit_test(exports_of_a_closed_campaign_are_nobodys_sheets),
	  visit_test(what_is_hidden_changes_not_a_byte), visit_test(who_comes_next_is_not_told),
	  visit_test(blank_sheets_do_not_fill_a_threshold),
	  visit_test(sheets_of_one_answer_hide_the_others),
	  visit_test(an_anonymous_workshop_closes_the_campaign),
	  visit_test(a_closed_campaign_waits_for_its_room),
	  visit_test(a_second_vote_is_not_exported_meanwhile))
