/* Those invited to a campaign, on both databases: lists that are pasted or chosen, links that are closed. */
#include "http/campaign_scene.h"

#include "base/buf.h"
#include "base/token.h"
#include "rounds/invite.h"

static void a_list_is_taken_whole_or_not_at_all(void **state)
{
	static const struct {
		const char *people, *says;
	} rows[] = {
		{ "Ada%3Bada%40example.org%0ABob%3Bnot-an-address",
		  "Line 2, e-mail address: “not-an-address” is not an e-mail" },
		{ "Ada%3B%3BNowhere",
		  "Line 1, department: “Nowhere” is not one of the departments" },
		{ "%3B%3BVentes", "Line 1: neither a name nor an address" },
		{ "Ada%3Ba%40x.org%0A%0A%C3%89va%3Ba%40x.org",
		  "Line 3, e-mail address: “a@x.org” stands higher up already" },
		{ "Ada%3B%3B%3Bde", "Line 1, language: “de” is not a language" },
		{ "Ada%3B%3B%3B%3Bmore", "Line 1: more than name" },
		{ "%22Ada%3Bx%40x.org",
		  "Line 1, name (from character 1 on): a quote that is not closed" },
		{ "+%0A+", "Nothing was found" },
		{ "", "Nothing was found" },
		{ "alice%40%40x", "Line 1, e-mail address: “alice@@x” is not an e-mail" },
		{ "Ada%2Cada%40x.org%2CNowhere",
		  "Line 1, department: “Nowhere” is not one of the departments" },
		{ "Ada%01", "This holds characters that are not text." },
		{ "anne%40ex.fr%3B+bruno%40ex", "Line 1, e-mail address: “bruno@ex” is not" },
		{ "Courriel%3BNom%0Aa%40ex.fr%3BAda%3Bmore",
		  "Line 2: “more” stands under no column" },
	};
	struct scene s = scene_of(state);
	struct response got;

	make(&s, "mode=anonymous&access=personal");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		got = post(&s, "/participants?lang=en",
			   str_fmt(s.a, "people=%s", rows[i].people).data);
		assert_status(&got, 422);
		if (!str_contains(visit_unescape(s.a, got.body), str_from(rows[i].says)))
			fail_msg("row %zu does not say: %s", i, rows[i].says);
		assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM participant"), 0);
	}
	/* A heading, a byte order mark, quotes, tabs, carriage returns: as spreadsheets write. */
	got = post(
		&s, "/participants",
		"people=%EF%BB%BFNom%3BCourriel%0D%0A%22Love%22%22lace%3B+Ada%22%3BADA%40Example.org%3Bventes%0D%0ABob%09bob%40example.org%09Logistique");
	assert_status(&got, 303);
	assert_str(store_rows(s.v->store,
			      "SELECT name, email, department_id FROM participant ORDER BY name"),
		   "Bob|bob@example.org|32\nLove\"lace; Ada|ada@example.org|31\n");
	/* By commas, an address alone; without addresses, a comma is a name's. */
	got = post(
		&s, "/participants",
		"people=nom%2Ccourriel%2Cservice%0APaul%2Cpaul%40example.org%2CVentes%0Aeve%40example.org");
	assert_status(&got, 303);
	got = post(&s, "/participants", "people=Turing%2C+Alan");
	assert_status(&got, 303);
	assert_str(
		store_rows(s.v->store,
			   "SELECT coalesce(name, ''), coalesce(email, ''), department_id "
			   "FROM participant WHERE coalesce(email, '') NOT IN "
			   "('bob@example.org', 'ada@example.org') ORDER BY coalesce(email, '')"),
		"Turing, Alan||\n|eve@example.org|\nPaul|paul@example.org|31\n");
	got = post(&s, "/participants?lang=en", "people=Ada%3Bada%40example.org");
	assert_status(&got, 422);
	assert_true(str_contains(got.body, S("is invited already")));
	got = get(&s, "/cards");
	assert_status(&got, 200);
}

/* Sends a list as browsers do: what is pasted, and a file. */
static struct response send_list(struct scene *s, struct str pasted, struct str file)
{
	struct str head = str_fmt(s->a, "%sContent-Type: multipart/form-data; boundary=xyz\n",
				  s->owner.headers);
	struct buf b = buf_make(s->a, 4 << 20);

	buf_puts(&b, "--xyz\r\nContent-Disposition: form-data; name=\"people\"\r\n\r\n");
	buf_put(&b, pasted);
	buf_puts(&b, "\r\n--xyz\r\nContent-Disposition: form-data; name=\"file\"; "
		     "filename=\"x.csv\"\r\nContent-Type: text/csv\r\n\r\n");
	buf_put(&b, file);
	buf_puts(&b, "\r\n--xyz--\r\n");
	return site_request(
		s->p->site, "POST",
		str_fmt(s->a, "%.*s%s/participants?lang=en", STR_ARG(s->owner.org), s->round).data,
		head.data, buf_str(&b));
}

/* As spreadsheets save it, in UTF-8 or not; what is wrong with it can be corrected in the page. */
static void a_list_may_be_a_file(void **state)
{
	struct scene s = scene_of(state);
	char *large = arena_new(s.a, char, INVITE_TEXT_MAX + 2);
	struct response got;

	make(&s, "mode=anonymous&access=personal");
	got = send_list(&s, S(""), S(""));
	assert_status(&got, 422);
	assert_true(str_contains(got.body, S("Nothing was found")));
	got = send_list(&s, S(""), S("\xFF\xFEN\0o\0m\0"));
	assert_status(&got, 422);
	assert_true(str_contains(got.body, S("characters that are not text")));
	memset(large, 'a', INVITE_TEXT_MAX + 1);
	got = send_list(&s, S(""), str_make(large, INVITE_TEXT_MAX + 1));
	assert_status(&got, 422);
	assert_true(str_contains(got.body, S("This is too long")));
	got = send_list(&s, S("Ada;ada@ex.fr"), S("Ren\xE9;rene@ex\r\n"));
	assert_status(&got, 422);
	assert_true(str_contains(visit_unescape(s.a, got.body),
				 S("Line 2, e-mail address: “rene@ex” is not")));
	assert_true(str_contains(got.body, S(">\nAda;ada@ex.fr\nRené;rene@ex\n</textarea>")));
	assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM participant"), 0);
	got = send_list(
		&s, S(""),
		S("Pr\xE9nom;Nom;Courriel\r\nRen\xE9;Roux;rene@ex.fr\r\nL\x9C;;lo@ex.fr\r\n"));
	assert_status(&got, 303);
	got = send_list(&s, S(""), S("\xEF\xBB\xBFNom;Courriel\nZoé;zoe@ex.fr"));
	assert_status(&got, 303);
	assert_str(store_rows(s.v->store, "SELECT name, email FROM participant ORDER BY email"),
		   "Lœ|lo@ex.fr\nRené Roux|rene@ex.fr\nZoé|zoe@ex.fr\n");
}

/* `n` characters. */
static struct str filled(struct arena *a, char c, size_t n)
{
	char *p = arena_new(a, char, n + 1);

	memset(p, c, n);
	return str_make(p, n);
}

/* With the longest list under as many people as there may be, the page would be larger than a page may be: it is
 * refused, and whoever asks next is answered. */
static void a_list_too_long_to_be_shown_again_is_refused(void **state)
{
	struct scene s = scene_of(state);
	struct response got;

	make(&s, "mode=anonymous&access=personal");
	(void)store_sql(
		s.v->store,
		str_fmt(s.a,
			"INSERT INTO participant (org_id, id, round_id, kind, token_hash, name, state, "
			"created_ms) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
			"WHERE i < %d) SELECT r.org_id, i, r.id, 'personal', CAST(CAST(i AS TEXT) AS %s), "
			"'%.*s', 'invited', 0 FROM n, round r",
			PARTICIPANTS_MAX - 1, s.v->store->is_postgres ? "BYTEA" : "BLOB",
			STR_ARG(filled(s.a, '&', PARTICIPANT_NAME_MAX)))
			.data);
	got = send_list(&s, filled(s.a, '"', INVITE_TEXT_MAX - 1), S(""));
	assert_status(&got, 413);
	got = get(&s, "/participants");
	assert_status(&got, 200);
	assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM participant"),
			 PARTICIPANTS_MAX - 1);
}

static void revoked_links_are_gone(void **state)
{
	struct scene s = scene_of(state);
	struct response got;
	struct str link, id;

	make(&s, "mode=nominative&access=personal");
	got = post(&s, "/participants", "people=Ada");
	open_it(&s);
	link = link_on(&s, "/participants", "/p/");
	got = get(&s, "/participants");
	id = str_make(memmem(got.body.data, got.body.len, "/revoke", 7), 0);
	id = str_make(id.data - 13, 13);
	got = post(&s, str_fmt(s.a, "/participants/%.*s/revoke", STR_ARG(id)).data, "");
	assert_status(&got, 303);
	got = site_get(s.p->site, link.data);
	assert_status(&got, 410);
	got = ask(&s, "POST", link, S(""), "");
	assert_status(&got, 410);
	got = post(&s, str_fmt(s.a, "/participants/%.*s/restore", STR_ARG(id)).data, "");
	got = site_get(s.p->site, link.data);
	assert_status(&got, 200);
	/* Who is taken off the list has a closed link; what was begun goes too. */
	(void)begin(&s, link, "");
	got = post(&s, str_fmt(s.a, "/participants/%.*s/remove", STR_ARG(id)).data, "");
	assert_status(&got, 409);
	got = post(&s, str_fmt(s.a, "/participants/%.*s/revoke", STR_ARG(id)).data, "");
	got = get(&s, "/participants?lang=en");
	assert_true(str_contains(got.body, S("0 people invited")));
	assert_true(str_contains(got.body, S("Remove from the list")));
	got = post(&s, str_fmt(s.a, "/participants/%.*s/remove", STR_ARG(id)).data, "");
	assert_status(&got, 303);
	assert_int_equal(store_sql(s.v->store, "SELECT count(*) FROM participant"), 0);
	assert_int_equal(
		store_sql(s.v->store, "SELECT count(*) FROM sheet WHERE round_id IS NOT NULL"), 0);
	got = site_get(s.p->site, link.data);
	assert_status(&got, 404);
}

/* ---- who is invited, corrected ---- */

static const char *person_page(struct scene *s, const char *name)
{
	int64_t id =
		store_sql(s->v->store,
			  str_fmt(s->a, "SELECT id FROM participant WHERE name = '%s'", name).data);

	return str_fmt(s->a, "/participants/%.*s?lang=en", STR_ARG(id_text(s->a, id))).data;
}

static struct str noted(struct scene *s)
{
	return store_rows(s->v->store, "SELECT name, email, department_id, invited_ms, reminded_ms "
				       "FROM participant ORDER BY name");
}

static void who_is_invited_is_corrected(void **state)
{
	struct scene s = scene_of(state);
	struct member viewer = product_member(s.p, NULL, ROLE_NONE);
	const char *page, *whole;
	struct response got;
	struct str link;

	make(&s, "mode=anonymous&access=personal");
	got = post(&s, "/participants", "people=Ada%3Bada%40ex.fr%3BVentes%0ABob%3Bbob%40ex.fr");
	assert_status(&got, 303);
	open_it(&s);
	(void)store_sql(s.v->store, "UPDATE participant SET invited_ms = 7, reminded_ms = 8");
	got = get(&s, "/participants?lang=en");
	page = person_page(&s, "Ada");
	assert_true(str_contains(got.body, str_fmt(s.a, "%.*s\">Correct", 13, page + 14)));
	got = get(&s, page);
	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("value=\"ada@ex.fr\"")));
	/* Refused, and shown again. */
	got = post(&s, page, "name=&email=&department=");
	assert_status(&got, 422);
	assert_true(str_contains(got.body, S("Give a name or an address.")));
	got = post(&s, page, "name=Ada&email=ada&department=");
	assert_status(&got, 422);
	assert_true(str_contains(got.body, S("value=\"ada\"")));
	got = post(&s, page, "name=Ada&email=BOB%40ex.fr&department=");
	assert_status(&got, 422);
	assert_true(str_contains(got.body, S("This address is invited already.")));
	got = post(&s, page, "name=Ada&email=ada%40ex.fr&department=0000000000099");
	assert_status(&got, 422);
	assert_str(noted(&s), "Ada|ada@ex.fr|31|7|8\nBob|bob@ex.fr||7|8\n");
	/* Another name and department: what was sent to that address was sent. */
	got = post(&s, page,
		   str_fmt(s.a, "name=Ada+D.&email=ADA%%40ex.fr&department=%.*s",
			   STR_ARG(id_text(s.a, 32)))
			   .data);
	assert_status(&got, 303);
	assert_str(noted(&s), "Ada D.|ada@ex.fr|32|7|8\nBob|bob@ex.fr||7|8\n");
	got = post(&s, page, "name=Ada&email=ada%40other.fr&department=");
	assert_status(&got, 303);
	assert_str(noted(&s), "Ada|ada@other.fr|||\nBob|bob@ex.fr||7|8\n");
	assert_str(store_rows(s.v->store, "SELECT count(*) FROM audit WHERE action = "
					  "'corrected who is invited'"),
		   "2\n");
	/* Those who may not, and other campaigns. */
	whole = str_fmt(s.a, "%.*s%s%s", STR_ARG(s.owner.org), s.round, page).data;
	got = member_send(s.p, &viewer, whole, "name=X&email=&department=");
	assert_status(&got, 404);
	/* The link stays. */
	link = link_on(&s, "/participants", "/p/");
	got = site_get(s.p->site, link.data);
	assert_status(&got, 200);
}

/* Nothing changes about who has answered without a name; and a department is theirs who have begun. */
static void who_has_answered_is_not_touched(void **state)
{
	struct scene s = scene_of(state);
	struct response got;
	const char *page;

	make(&s, "mode=anonymous&access=personal");
	got = post(&s, "/participants", "people=Ada%3Bada%40ex.fr%3BVentes");
	assert_status(&got, 303);
	open_it(&s);
	page = person_page(&s, "Ada");
	(void)store_sql(s.v->store, "UPDATE participant SET state = 'begun'");
	got = get(&s, page);
	assert_false(str_contains(got.body, S("name=\"department\"")));
	assert_false(str_contains(got.body, S("has begun")));
	got = post(&s, page, "name=Ada+B&email=ada%40ex.fr&department=");
	assert_status(&got, 303);
	assert_str(noted(&s), "Ada B|ada@ex.fr|31||\n");
	got = post(&s, page, "name=Ada+B&email=ada%40ex.fr&department=0000000000099");
	assert_status(&got, 404);
	(void)store_sql(s.v->store, "UPDATE participant SET state = 'answered'");
	got = post(&s, page, "name=Eve&email=eve%40ex.fr&department=");
	assert_status(&got, 303);
	got = get(&s, page);
	assert_status(&got, 303);
	assert_str(noted(&s), "Ada B|ada@ex.fr|31||\n");
	got = get(&s, "/participants?lang=en");
	assert_false(str_contains(got.body, S(">Correct<")));
	/* With names, a name that was misspelt is still put right. */
	(void)store_sql(s.v->store, "UPDATE round SET mode = 'nominative'");
	got = post(&s, page, "name=Eve&email=eve%40ex.fr&department=");
	assert_status(&got, 303);
	assert_str(noted(&s), "Eve|eve@ex.fr|31||\n");
}

TEST_MAIN(visit_test(a_list_is_taken_whole_or_not_at_all), visit_test(a_list_may_be_a_file),
	  visit_test(a_list_too_long_to_be_shown_again_is_refused),
	  visit_test(revoked_links_are_gone), visit_test(who_is_invited_is_corrected),
	  visit_test(who_has_answered_is_not_touched))
