/* Organisations on both databases: members, invitations, settings, departments, claimed sheets. */
#include "http/visit.h"

#include "base/num.h"
#include "base/token.h"

/* How many rows a count finds. */
#define COUNT(v, ...) store_sql((v)->store, str_fmt((v)->a, __VA_ARGS__).data)

static const char *account_form(struct visit *v, const struct member *m, const char *more)
{
	return str_fmt(v->a, "account=%.*s%s", STR_ARG(id_text(v->a, m->account_id)), more).data;
}

/* ---- making one ---- */

static void whoever_makes_one_owns_it(void **state)
{
	struct visit *v = *state;
	struct member m = product_member(v->product, NULL, ROLE_NONE);
	struct response got =
		member_send(v->product, &m, "/orgs/new", "name=+&time-zone=Europe%2FParis");

	assert_status(&got, 422);
	got = member_send(v->product, &m, "/orgs/new", "name=Atelier&time-zone=Mars%2FBase");
	assert_status(&got, 422);
	assert_true(str_contains(got.body, S("value=\"Atelier\"")));
	got = member_send(v->product, &m, "/orgs/new", "name=Atelier&time-zone=Europe%2FParis");
	assert_status(&got, 303);
	m.org = answer_header(&got, "Location");
	got = member_get(v->product, &m, "/settings");
	assert_status(&got, 200);
	got = member_visit(v->product, &m, "/portfolio");
	assert_true(str_contains(got.body, S("Atelier")));
	assert_false(str_contains(got.body, S("Maison Belloy")));
}

/* ---- roles on the room's own routes ---- */

static void each_role_may_what_it_may(void **state)
{
	static const struct {
		const char *page, *form; /* no form: a page */
		enum role need;
	} rows[] = {
		{ "", NULL, ROLE_VIEWER },
		{ "/members", NULL, ROLE_VIEWER },
		{ "/departments", NULL, ROLE_VIEWER },
		{ "/scorecards", NULL, ROLE_VIEWER },
		{ "/leave", NULL, ROLE_VIEWER },
		{ "/departments", "name=New", ROLE_EDITOR },
		{ "/settings", NULL, ROLE_OWNER },
		{ "/audit", NULL, ROLE_OWNER },
		{ "/members/invite", "role=viewer&days=7", ROLE_OWNER },
		{ "/settings", "name=X&time-zone=Europe%2FParis", ROLE_OWNER },
	};
	struct visit *v = *state;

	for (int role = ROLE_VIEWER; role < ROLE_N; role++) {
		struct member m = product_colleague(v->product, v->owner.org_id, (enum role)role);

		for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
			struct response got =
				rows[i].form
					? member_post(v->product, &m, rows[i].page, rows[i].form)
					: member_get(v->product, &m, rows[i].page);
			bool may = role_allows((enum role)role, rows[i].need);

			if (may)
				assert_int_not_equal(got.status, 403);
			else
				assert_status(&got, 403);
		}
	}
}

static void only_owners_see_invitations(void **state)
{
	struct visit *v = *state;
	struct member editor = product_colleague(v->product, v->owner.org_id, ROLE_EDITOR);
	struct response got = member_get(v->product, &v->owner, "/members");

	assert_true(str_contains(got.body, S("/join/")));
	got = member_get(v->product, &editor, "/members");
	assert_false(str_contains(got.body, S("/join/")));
}

/* ---- members ---- */

static void the_last_owner_stays(void **state)
{
	struct visit *v = *state;
	struct member other = product_colleague(v->product, v->owner.org_id, ROLE_VIEWER);
	struct response got = member_post(v->product, &v->owner, "/leave", "");

	assert_status(&got, 422);
	got = member_post(v->product, &v->owner, "/members/role",
			  account_form(v, &v->owner, "&role=viewer"));
	assert_status(&got, 422);
	got = member_post(v->product, &v->owner, "/members/remove", account_form(v, &v->owner, ""));
	assert_status(&got, 422);
	got = member_post(v->product, &v->owner, "/members/role",
			  account_form(v, &other, "&role=owner"));
	assert_status(&got, 303);
	got = member_post(v->product, &v->owner, "/leave", "");
	assert_status(&got, 303);
	got = member_get(v->product, &v->owner, "");
	assert_status(&got, 404);
	got = member_post(v->product, &other, "/leave", "");
	assert_status(&got, 422);
}

static void a_removed_member_sees_nothing(void **state)
{
	struct visit *v = *state;
	struct member other = product_colleague(v->product, v->owner.org_id, ROLE_EDITOR);
	struct member stranger = product_member(v->product, "Another", ROLE_OWNER);
	struct response got =
		member_post(v->product, &v->owner, "/members/remove", account_form(v, &other, ""));

	assert_status(&got, 303);
	got = member_get(v->product, &other, "");
	assert_status(&got, 404);
	/* Nobody reaches a member of another organisation through their own. */
	got = member_post(v->product, &stranger, "/members/remove", account_form(v, &v->owner, ""));
	assert_status(&got, 404);
	got = member_post(v->product, &stranger, "/members/role",
			  account_form(v, &v->owner, "&role=viewer"));
	assert_status(&got, 404);
	assert_int_equal(
		COUNT(v,
		      "SELECT count(*) FROM membership WHERE account_id = %lld AND role = 'owner'",
		      (long long)v->owner.account_id),
		1);
}

/* ---- invitations ---- */

static void an_invitation_is_for_one(void **state)
{
	struct visit *v = *state;
	const char *path = str_fmt(v->a, "/join/%.*s", STR_ARG(v->invitation)).data;
	struct member first = product_member(v->product, NULL, ROLE_NONE);
	struct member second = product_member(v->product, NULL, ROLE_NONE);
	struct response got;

	/* A preview of the link, by whoever it may be, uses nothing up. */
	for (int i = 0; i < 3; i++) {
		got = site_request(v->product->site, i ? "GET" : "HEAD", path, NULL, S(""));
		assert_status(&got, 200);
	}
	/* Who belongs already loses neither their role nor the invitation. */
	got = member_send(v->product, &v->owner, path, "");
	assert_status(&got, 303);
	got = member_get(v->product, &v->owner, "/settings");
	assert_status(&got, 200);
	got = site_post(v->product->site, path, "");
	assert_status(&got, 401);
	got = member_send(v->product, &first, path, "");
	assert_status(&got, 303);
	first.org = answer_header(&got, "Location");
	got = member_get(v->product, &first, "");
	assert_status(&got, 200);
	got = member_get(v->product, &first, "/settings");
	assert_status(&got, 403);
	got = member_send(v->product, &second, path, "");
	assert_status(&got, 410);
}

static void joins_with_a_new_account(void **state)
{
	struct visit *v = *state;
	const char *path = str_fmt(v->a, "/join/%.*s/account", STR_ARG(v->invitation)).data;
	struct response got = site_post(v->product->site, path,
					"name=Marc&email=marc%40example.org&password=marc");

	assert_status(&got, 422);
	assert_true(str_contains(got.body, S("value=\"marc@example.org\"")));
	got = site_post(v->product->site, path,
			str_fmt(v->a, "name=Marc&email=%.*s&password=riviere+tortue+lampe",
				STR_ARG(v->owner.email))
				.data);
	assert_status(&got, 422);
	got = site_post(v->product->site, path,
			"name=Marc&email=marc%40example.org&password=riviere+tortue+lampe");
	assert_status(&got, 303);
	assert_true(str_eq(answer_header(&got, "Location"), v->owner.org));
	got = site_post(v->product->site, path,
			"name=Eve&email=eve%40example.org&password=riviere+tortue+lampe");
	assert_status(&got, 410);
	/* The account that was being made is undone with the rest. */
	assert_int_equal(COUNT(v, "SELECT count(*) FROM account WHERE email = 'eve@example.org'"),
			 0);
}

static void invitations_end(void **state)
{
	struct visit *v = *state;
	const char *path = str_fmt(v->a, "/join/%.*s", STR_ARG(v->invitation)).data;
	struct member m = product_member(v->product, NULL, ROLE_NONE);
	struct member stranger = product_member(v->product, "Another", ROLE_OWNER);
	struct response got = member_get(v->product, &v->owner, "/members");
	const char *form = str_fmt(v->a, "invitation=%.*s",
				   STR_ARG(between(got.body, "name=\"invitation\" value=\"", '"')))
				   .data;

	got = member_post(v->product, &stranger, "/members/invite/revoke", form);
	assert_status(&got, 404);
	got = member_post(v->product, &v->owner, "/members/invite/revoke", form);
	assert_status(&got, 303);
	got = member_send(v->product, &m, path, "");
	assert_status(&got, 410);
	(void)store_sql(v->store, "UPDATE org_invitation SET revoked_ms = NULL, expires_ms = 5");
	got = member_send(v->product, &m, path, "");
	assert_status(&got, 410);
}

/* More than the page can show would shut it, and with it the way to withdraw one. */
static void open_invitations_are_bounded(void **state)
{
	static const char form[] = "role=viewer&days=7&label=Another";
	struct visit *v = *state;
	struct response got;

	(void)store_sql(
		v->store,
		str_fmt(v->a,
			"INSERT INTO org_invitation (org_id, id, token_hash, role, label, created_by,"
			" created_ms, expires_ms) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
			" SELECT i + 1 FROM n WHERE i < 499)"
			" SELECT o.org_id, i, CAST(CAST(i AS TEXT) AS %s), 'viewer', '', o.created_by, 0,"
			" o.expires_ms FROM n, org_invitation o",
			v->store->is_postgres ? "BYTEA" : "BLOB")
			.data);
	got = member_post(v->product, &v->owner, "/members/invite", form);
	assert_status(&got, 422);
	assert_non_null(strstr(str_c(v->a, got.body), "500"));
	got = member_get(v->product, &v->owner, "/members");
	assert_status(&got, 200);
	(void)store_sql(v->store, "UPDATE org_invitation SET revoked_ms = 1 WHERE id = 7");
	got = member_post(v->product, &v->owner, "/members/invite", form);
	assert_status(&got, 303);
}

/* ---- settings ---- */

static void settings_are_checked_and_shown_again(void **state)
{
	static const struct {
		const char *form;
		int status;
	} rows[] = {
		{ "name=Belloy&time-zone=Europe%2FParis&accent=%230b5563&contact=mailto%3Aa%40b.org",
		  303 },
		{ "name=Belloy&time-zone=Europe%2FParis&accent=%23777777",
		  422 }, /* read by nobody */
		{ "name=Belloy&time-zone=Europe%2FParis&accent=red", 422 },
		{ "name=Belloy&time-zone=Europe%2FParis&contact=javascript%3Aalert", 422 },
		{ "name=Belloy&time-zone=Nowhere", 422 },
		{ "name=&time-zone=Europe%2FParis", 422 },
		{ "name=Belloy&time-zone=Europe%2FParis&size=huge", 422 },
	};
	struct visit *v = *state;
	struct response got;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		got = member_post(v->product, &v->owner, "/settings", rows[i].form);

		assert_status(&got, rows[i].status);
		if (i > 0 && i != 5)
			assert_true(str_contains(got.body, S("value=\"Belloy\"")));
	}
	/* Everything that is wrong is told at once. */
	got = member_post(v->product, &v->owner, "/settings?lang=en",
			  "name=&time-zone=Nowhere&accent=red&contact=javascript%3Aalert");
	assert_true(str_contains(got.body, S("4 fields need a correction")));
	assert_str(store_rows(v->store, "SELECT name, accent, contact_url FROM org WHERE id <> 1"),
		   "Belloy|#0b5563|mailto:a@b.org\n");
}

/* The hidden mark of what a form was filled from. */
static struct str mark_in(const struct response *got)
{
	return between(got->body, "name=\"was\" value=\"", '"');
}

static void who_saves_after_another_is_told(void **state)
{
	struct visit *v = *state;
	struct response got = member_get(v->product, &v->owner, "/settings");
	struct str first = mark_in(&got), second;
	const char *mine =
		str_fmt(v->a, "name=Mine&time-zone=Europe%%2FParis&was=%.*s", STR_ARG(first)).data;

	assert_int_equal(first.len, 16);
	got = member_post(
		v->product, &v->owner, "/settings",
		str_fmt(v->a,
			"name=Theirs&sector=Wood&benchmark=1&time-zone=Europe%%2FParis&was=%.*s",
			STR_ARG(first))
			.data);
	assert_status(&got, 303);
	got = member_post(v->product, &v->owner, "/settings?lang=en", mine);
	assert_status(&got, 409);
	assert_true(str_contains(got.body, S("This was changed meanwhile")));
	assert_true(str_contains(got.body, S("<li>Name: Theirs</li><li>Sector: Wood</li>")));
	assert_true(str_contains(got.body, S("are compared: Yes</li></ul>")));
	assert_true(str_contains(got.body, S("value=\"Mine\"")));
	assert_int_equal(COUNT(v, "SELECT count(*) FROM org WHERE name = 'Theirs'"), 1);
	/* Told, one may save all the same; the same again changes nothing. */
	second = mark_in(&got);
	assert_false(str_eq(first, second));
	mine = str_fmt(v->a, "name=Mine&time-zone=Europe%%2FParis&was=%.*s", STR_ARG(second)).data;
	for (int i = 0; i < 2; i++) {
		got = member_post(v->product, &v->owner, "/settings", mine);
		assert_status(&got, 303);
	}
	assert_int_equal(COUNT(v, "SELECT count(*) FROM org WHERE name = 'Mine'"), 1);
	/* A logo is not among them. */
	got = member_get(v->product, &v->owner, "/settings");
	first = mark_in(&got);
	(void)store_sql(v->store, "UPDATE org SET updated_ms = updated_ms + 5");
	got = member_get(v->product, &v->owner, "/settings");
	assert_true(str_eq(mark_in(&got), first));
}

static void who_renames_after_another_is_told(void **state)
{
	struct visit *v = *state;
	const char *page = str_fmt(v->a, "/departments/%.*s?lang=en", STR_ARG(v->department)).data;
	struct response got = member_get(v->product, &v->owner, "/departments");

	assert_true(str_contains(got.body, S("name=\"was\" value=\"Finance\"")));
	got = member_post(v->product, &v->owner, page, "act=rename&name=Comptes&was=Finance");
	assert_status(&got, 303);
	got = member_post(v->product, &v->owner, page, "act=rename&name=Budget&was=Finance");
	assert_status(&got, 409);
	assert_true(str_contains(got.body, S("it is now called “Comptes”")));
	assert_true(str_contains(got.body, S("value=\"Budget\"")));
	assert_true(str_contains(got.body, S("name=\"was\" value=\"Comptes\"")));
	got = member_post(v->product, &v->owner, page, "act=remove&name=Finance&was=Finance");
	assert_status(&got, 409);
	got = member_post(v->product, &v->owner, page, "act=rename&name=Comptes&was=Finance");
	assert_status(&got, 303);
	got = member_post(v->product, &v->owner, page, "act=rename&name=Budget&was=Comptes");
	assert_status(&got, 303);
	assert_str(store_rows(v->store, "SELECT name FROM department"), "Budget\n");
}

static const char *profile(struct visit *v, const char *name, struct str mark)
{
	return str_fmt(v->a, "name=%s&language=en&time-zone=Europe%%2FParis&was=%.*s", name,
		       STR_ARG(mark))
		.data;
}

static void a_profile_saved_in_another_window_is_told(void **state)
{
	struct visit *v = *state;
	struct response got = member_visit(v->product, &v->owner, "/account");
	struct str mark = mark_in(&got);

	got = member_send(v->product, &v->owner, "/account", profile(v, "First", mark));
	assert_status(&got, 303);
	got = member_send(v->product, &v->owner, "/account?lang=en", profile(v, "Second", mark));
	assert_status(&got, 409);
	assert_true(str_contains(got.body, S("<ul><li>Your name: First</li></ul>")));
	assert_true(str_contains(got.body, S("value=\"Second\"")));
	mark = mark_in(&got);
	got = member_send(v->product, &v->owner, "/account", profile(v, "Second", mark));
	assert_status(&got, 303);
	assert_int_equal(COUNT(v, "SELECT count(*) FROM account WHERE name = 'Second'"), 1);
}

/* Posts a picture as a browser does. */
static struct response send_logo(struct visit *v, struct str bytes)
{
	struct str head = str_fmt(v->a, "%sContent-Type: multipart/form-data; boundary=xyz\n",
				  v->owner.headers);
	struct buf b = buf_make(v->a, 1 << 20);

	buf_puts(&b,
		 "--xyz\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"x.png\"\r\n"
		 "Content-Type: image/png\r\n\r\n");
	buf_put(&b, bytes);
	buf_puts(&b, "\r\n--xyz--\r\n");
	return site_request(v->product->site, "POST",
			    str_fmt(v->a, "%.*s/settings/logo", STR_ARG(v->owner.org)).data,
			    head.data, buf_str(&b));
}

/* A few bytes can claim more than the browsers of all members could hold. */
static void a_logo_has_a_size_to_look_at(void **state)
{
#define PNG "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"
#define JPEG "\xff\xd8\xff\xe0\0\x04xx\xff\xc0\0\x11\x08"
	static const struct {
		struct str bytes;
		int status;
	} tries[] = {
		{ STR(PNG "\0\0\x10\0\0\0\x10\0"), 303 },
		{ STR(PNG "\0\0\x10\x01\0\0\0\x01"), 422 },
		{ STR(PNG "\0\0\0\x01\xff\xff\xff\xff"), 422 },
		{ STR(PNG "\0\0\0\0\0\0\0\x01"), 422 },
		{ STR(PNG "\0\0"), 422 },
		{ STR(JPEG "\x10\0\0\x02\x03"), 303 },
		{ STR(JPEG "\x10\x01\0\x02\x03"), 422 },
		{ STR(JPEG "\0\x02\xff\xff\x03"), 422 },
		{ STR("\xff\xd8\xff\xe0\0\0"), 422 },
		{ STR("GIF89a\x02\0\x03\0..."), 303 },
		{ STR("GIF87a\xff\xff\x03\0..."), 422 },
		{ STR("RIFFxxxxWEBPVP8X\0\0\0\0\0\0\0\0\x01\0\0\x01\0\0"), 303 },
		{ STR("RIFFxxxxWEBPVP8X\0\0\0\0\0\0\0\0\xff\xff\xff\x01\0\0"), 422 },
		{ STR("RIFFxxxxWEBPVP8 \0\0\0\0xxx\x9d\x01\x2a\x02\0\x03\0"), 303 },
		{ STR("RIFFxxxxWEBPVP8 \0\0\0\0xxx\x9d\x01\x2a\xff\x3f\x03\0"), 422 },
		{ STR("RIFFxxxxWEBPVP8L\0\0\0\0\x2f\x01\x40\0\0xx"), 303 },
		{ STR("RIFFxxxxWEBPVP8L\0\0\0\0\x2f\xff\xff\xff\xff"), 422 },
		{ STR("RIFFxxxxWEBPnone\0\0\0\0\x2f\x01\x40\0\0"), 422 },
		{ STR("RIFFxxxxAVI \0\0\0\0\0\0\0\0"), 422 },
	};
	struct visit *v = *state;

	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
		struct response got = send_logo(v, tries[i].bytes);

		if (got.status != tries[i].status)
			fail_msg("picture %zu: %d", i, got.status);
	}
}

static void a_logo_is_what_its_bytes_are(void **state)
{
	struct visit *v = *state;
	struct member stranger = product_member(v->product, "Another", ROLE_OWNER);
	const char *path = str_fmt(v->a, "%.*s/logo", STR_ARG(v->owner.org)).data;
	char *large = arena_new(v->a, char, 256 * 1024 + 1);
	struct response got = send_logo(v, S("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"));

	assert_status(&got, 422);
	memcpy(large, PNG "\0\0\0\x20\0\0\0\x20", 24);
	got = send_logo(v, str_make(large, 256 * 1024 + 1));
	assert_status(&got, 422);
	got = send_logo(v, str_make(large, 64));
	assert_status(&got, 303);
	got = member_visit(v->product, &v->owner, path);
	assert_status(&got, 200);
	assert_str(answer_header(&got, "Content-Type"), "image/png");
	assert_int_equal(got.body.len, 64);
	got = member_visit(v->product, &stranger, path);
	assert_status(&got, 404);
	got = member_post(v->product, &v->owner, "/settings/logo", "remove=1");
	assert_status(&got, 303);
	got = member_visit(v->product, &v->owner, path);
	assert_status(&got, 404);
}

static void departments_keep_their_order(void **state)
{
	struct visit *v = *state;
	struct member stranger = product_member(v->product, "Another", ROLE_OWNER);
	const char *page = str_fmt(v->a, "/departments/%.*s", STR_ARG(v->department)).data;
	struct response got;

	(void)member_post(v->product, &v->owner, "/departments", "name=Ventes");
	got = member_post(v->product, &v->owner, "/departments", "name=Ventes");
	assert_status(&got, 422);
	/* Case makes no other name. */
	got = member_post(v->product, &v->owner, "/departments?lang=en", "name=ventes");
	assert_status(&got, 422);
	assert_true(str_contains(got.body, S("A department of this name exists already")));
	got = member_post(v->product, &v->owner, page, "act=rename&name=VENTES");
	assert_status(&got, 422);
	assert_str(store_rows(v->store, "SELECT name FROM department ORDER BY position"),
		   "Finance\nVentes\n");
	got = member_post(v->product, &v->owner, page, "act=down");
	assert_status(&got, 303);
	assert_str(store_rows(v->store, "SELECT name FROM department ORDER BY position"),
		   "Ventes\nFinance\n");
	got = member_post(v->product, &v->owner, page, "act=rename&name=Ventes");
	assert_status(&got, 422);
	got = member_post(v->product, &v->owner, page, "act=rename&name=Finances");
	assert_status(&got, 303);
	got = member_post(v->product, &stranger, page, "act=remove");
	assert_status(&got, 404);
	got = member_post(v->product, &v->owner, page, "act=remove");
	assert_status(&got, 303);
	assert_str(store_rows(v->store, "SELECT name FROM department"), "Ventes\n");
}

static void departments_differ_by_more_than_case(void **state)
{
	struct visit *v = *state;
	const char *page = str_fmt(v->a, "/departments/%.*s", STR_ARG(v->department)).data;
	struct response got;

	/* "Énergie", then "éNERGIE" with its accent apart. */
	got = member_post(v->product, &v->owner, "/departments", "name=%C3%89nergie");
	assert_status(&got, 303);
	got = member_post(v->product, &v->owner, "/departments", "name=e%CC%81NERGIE");
	assert_status(&got, 422);
	got = member_post(v->product, &v->owner, "/departments", "name=Energie");
	assert_status(&got, 303);
	/* Its own name may change case. */
	got = member_post(v->product, &v->owner, page, "act=rename&name=FINANCE");
	assert_status(&got, 303);
	assert_str(store_rows(v->store, "SELECT name FROM department ORDER BY position"),
		   "FINANCE\nÉnergie\nEnergie\n");
	/* What the database refuses twice, should two be added at the same moment. */
	assert_str(store_rows(v->store, "SELECT name_key FROM department ORDER BY position"),
		   "finance\nénergie\nenergie\n");
}

/* What nobody sees is no name, makes no other name, and turns nothing round. */
static void names_are_what_is_seen(void **state)
{
	struct visit *v = *state;
	struct member m = product_member(v->product, NULL, ROLE_NONE);
	struct response got = member_send(v->product, &m, "/orgs/new",
					  "name=%E2%80%8B%C2%A0&time-zone=Europe%2FParis");

	assert_status(&got, 422);
	got = member_send(
		v->product, &m, "/orgs/new",
		"name=%E2%80%AE%EF%BB%BFA%E2%80%8Btelier%E2%81%A9+&time-zone=Europe%2FParis");
	assert_status(&got, 303);
	assert_int_equal(COUNT(v, "SELECT count(*) FROM org WHERE name = 'A\u200Btelier'"), 1);
	got = member_post(v->product, &v->owner, "/departments", "name=%E2%80%8B");
	assert_status(&got, 422);
	got = member_post(v->product, &v->owner, "/departments", "name=Fi%E2%80%8Bnance");
	assert_status(&got, 422);
	got = member_post(v->product, &v->owner, "/departments",
			  "name=%D7%A9%D7%9C%D7%95%D7%9D+%28a%29");
	assert_status(&got, 303);
	got = member_get(v->product, &v->owner, "/departments");
	assert_true(str_contains(got.body, S("<bdi>שלום (a)</bdi>")));
}

/* A name that cannot be had stands in its field, which the list of faults leads to. */
static void a_refused_name_is_shown_again(void **state)
{
	static const struct {
		const char *name, *typed, *says;
	} rows[] = {
		{ "ventes", "ventes", "a name of its own" },
		{ "+", "", "a name of its own" },
		{ "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijk",
		  "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijk",
		  "of 80 characters at most" },
	};
	struct visit *v = *state;
	const char *page = str_fmt(v->a, "/departments/%.*s?lang=en", STR_ARG(v->department)).data;

	(void)member_post(v->product, &v->owner, "/departments", "name=Ventes");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct response got =
			member_post(v->product, &v->owner, page,
				    str_fmt(v->a, "act=rename&name=%s", rows[i].name).data);

		assert_status(&got, 422);
		assert_true(str_contains(got.body, str_from(rows[i].says)));
		assert_true(str_contains(
			got.body, str_fmt(v->a,
					  "value=\"%s\" maxlength=\"80\" autocomplete=\"off\" "
					  "required aria-invalid=\"true\"",
					  rows[i].typed)));
		assert_true(str_contains(
			got.body, str_fmt(v->a, "href=\"#d-%.*s\"", STR_ARG(v->department))));
	}
}

/* ---- claimed sheets ---- */

static void a_sheet_becomes_the_organisations(void **state)
{
	struct visit *v = *state;
	struct member viewer = product_colleague(v->product, v->owner.org_id, ROLE_VIEWER);
	const char *path = str_fmt(v->a, "%.*s/claim", STR_ARG(v->sheet)).data;
	const char *form = str_fmt(v->a, "org=%.*s", STR_ARG(id_text(v->a, v->owner.org_id))).data;
	struct response got = site_get(v->product->site, path);

	assert_status(&got, 200);
	assert_true(str_contains(got.body, S("/sign-in?next=")));
	got = site_post(v->product->site, path, form);
	assert_status(&got, 401);
	got = member_send(v->product, &viewer, path, form);
	assert_status(&got, 404);
	assert_int_equal(COUNT(v, "SELECT count(*) FROM sheet WHERE org_id = 1"), 1);
	got = member_send(v->product, &v->owner, path, form);
	assert_status(&got, 303);
	assert_int_equal(COUNT(v, "SELECT count(*) FROM sheet WHERE org_id = 1"), 0);
	assert_int_equal(COUNT(v, "SELECT count(*) FROM answer WHERE org_id = %lld",
			       (long long)v->owner.org_id),
			 4);
	assert_int_equal(COUNT(v, "SELECT count(*) FROM share WHERE org_id = %lld",
			       (long long)v->owner.org_id),
			 1);
	/* The respondent's link goes on, and members see the result. */
	got = product_get(v->product, v->sheet, "/result");
	assert_status(&got, 200);
	assert_false(str_contains(got.body, S("/claim\"")));
	got = member_get(v->product, &viewer, "/scorecards");
	got = member_get(
		v->product, &viewer,
		str_fmt(v->a, "/sheets/%.*s", STR_ARG(between(got.body, "/sheets/", '"'))).data);
	assert_status(&got, 200);
	got = member_send(v->product, &v->owner, path, form);
	assert_status(&got, 410);
}

static void the_public_may_be_left_out(void **state)
{
	struct visit *v = *state;
	struct response got;

	v->product->app.is_closed = true;
	got = site_get(v->product->site, "/scorecard");
	assert_status(&got, 200);
	assert_false(str_contains(got.body, S("<button class=\"btn go big\"")));
	got = site_post(v->product->site, "/scorecard", "");
	assert_status(&got, 404);
	/* What was begun goes on. */
	got = product_get(v->product, v->sheet, "/review");
	assert_status(&got, 200);
}

/* ---- administration ---- */

static void administrators_hand_out_links(void **state)
{
	struct visit *v = *state;
	struct response got = member_send(v->product, &v->admin, "/admin/users/new?lang=en",
					  "name=Nadia&email=nadia%40example.org");
	struct str token = between(got.body, "value=\"http://test.local/reset/", '"');

	assert_status(&got, 200);
	assert_int_equal(token.len, 22);
	got = site_get(v->product->site, str_fmt(v->a, "/reset/%.*s", STR_ARG(token)).data);
	assert_status(&got, 200);
	got = member_send(v->product, &v->owner, "/admin/users/link",
			  account_form(v, &v->admin, ""));
	assert_status(&got, 403);
	got = member_send(v->product, &v->admin, "/admin/users/state",
			  account_form(v, &v->owner, "&state=disable"));
	assert_status(&got, 303);
	got = member_get(v->product, &v->owner, "");
	assert_status(&got, 303);
	got = member_send(v->product, &v->admin, "/admin/users/state",
			  account_form(v, &v->admin, "&state=disable"));
	assert_status(&got, 400);
}

TEST_MAIN(visit_test(whoever_makes_one_owns_it), visit_test(each_role_may_what_it_may),
	  visit_test(only_owners_see_invitations), visit_test(the_last_owner_stays),
	  visit_test(a_removed_member_sees_nothing), visit_test(an_invitation_is_for_one),
	  visit_test(joins_with_a_new_account), visit_test(invitations_end),
	  visit_test(open_invitations_are_bounded),
	  visit_test(settings_are_checked_and_shown_again),
	  visit_test(a_logo_has_a_size_to_look_at), visit_test(a_logo_is_what_its_bytes_are),
	  visit_test(departments_keep_their_order),
	  visit_test(departments_differ_by_more_than_case), visit_test(names_are_what_is_seen),
	  visit_test(who_saves_after_another_is_told),
	  visit_test(who_renames_after_another_is_told),
	  visit_test(a_profile_saved_in_another_window_is_told),
	  visit_test(a_refused_name_is_shown_again), visit_test(a_sheet_becomes_the_organisations),
	  visit_test(the_public_may_be_left_out), visit_test(administrators_hand_out_links))
