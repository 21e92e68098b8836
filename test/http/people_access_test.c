/*
 * Who gets past each permission, on both databases: a table of routes of the test's own, one per
 * permission, asked by everybody.
 */
#include "http/visit.h"

#include <stddef.h>

#include "base/buf.h"
#include "base/timing.h"
#include "view/layout.h"

struct org_args {
	int64_t org;
};

static const struct args_spec org_args = {
	sizeof(struct org_args),
	(const struct arg_spec[]){
		{ "org", ARG_PATH, ARG_ID, .required = true,
		  .offset = offsetof(struct org_args, org) },
		{ .name = NULL },
	},
};

static struct reply *show(struct req *rq)
{
	return layout_reply(rq, 200, &(struct layout){ .title = S("Inside") });
}

/* Notes something, then fails when asked in French. */
static struct reply *change(struct req *rq)
{
	struct audit_entry entry = {
		.action = "tested",
		.object_kind = "test",
		.before = audit_value(rq->arena, "name", S("a \"quoted\" one")),
	};
	struct err err;

	if (audit_add(rq, &entry, &err) != 0)
		return reply_fault(rq, &err);
	return rq->language == LANG_FR ? reply_status(rq, 422) : reply_redirect(rq, S("/"));
}

#define GET_AS(p, perm)                                                                    \
	{                                                                                  \
		.method = METHOD_GET, .path = "/o/{org}/" p, .handler = show,              \
		.permission = &permission_org_##perm, .args = &org_args, .title = "a test" \
	}
static const struct route routes[] = {
	GET_AS("viewer", viewer),
	GET_AS("contributor", contributor),
	GET_AS("specialist", specialist),
	GET_AS("editor", editor),
	GET_AS("owner", owner),
	{ .method = METHOD_GET,
	  .path = "/mine",
	  .handler = show,
	  .permission = &permission_account,
	  .title = "a test" },
	{ .method = METHOD_GET,
	  .path = "/admin",
	  .handler = show,
	  .permission = &permission_admin,
	  .title = "a test" },
	{ .method = METHOD_POST,
	  .path = "/o/{org}/change",
	  .handler = change,
	  .permission = &permission_org_owner,
	  .class = ROUTE_WRITE,
	  .body = BODY_FORM,
	  .args = &org_args,
	  .title = "a test" },
	{ .handler = NULL },
};
static const struct route *const tables[] = { routes, NULL };

/* The product with these routes instead of its own. */
static struct product *product_of(struct visit *v)
{
	struct product *p = v->product;

	p->config.routes = tables;
	p->site = site_make(v->a, &p->config);
	return p;
}

static void each_role_gets_where_it_may(void **state)
{
	static const char *const pages[] = { "/viewer", "/contributor", "/specialist", "/editor",
					     "/owner" };
	static const struct {
		enum role role;
		int status[5];
	} rows[] = {
		{ ROLE_VIEWER, { 200, 403, 403, 403, 403 } },
		{ ROLE_CONTRIBUTOR, { 200, 200, 403, 403, 403 } },
		{ ROLE_SPECIALIST, { 200, 403, 200, 403, 403 } },
		{ ROLE_EDITOR, { 200, 200, 200, 200, 403 } },
		{ ROLE_OWNER, { 200, 200, 200, 200, 200 } },
	};
	struct visit *v = *state;
	struct product *p = product_of(v);
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct member m = product_colleague(p, owner.org_id, rows[i].role);

		for (int k = 0; k < 5; k++) {
			struct response got = member_get(p, &m, pages[k]);

			assert_status(&got, rows[i].status[k]);
		}
	}
}

static void others_do_not_learn_that_it_exists(void **state)
{
	struct visit *v = *state;
	struct product *p = product_of(v);
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	struct member stranger = product_member(p, "Another one", ROLE_OWNER);
	struct member admin = product_admin(p);
	const char *path = str_fmt(v->a, "%.*s/viewer", STR_ARG(owner.org)).data;
	struct response got = member_visit(p, &stranger, path);
	struct response none = member_visit(p, &stranger, "/o/0000000000zzz/viewer");

	assert_status(&got, 404);
	assert_status(&none, 404);
	assert_false(str_contains(got.body, S("Belloy")));
	got = member_visit(p, &admin, path);
	assert_status(&got, 404);
}

static void without_a_session_one_is_asked_to_sign_in(void **state)
{
	struct visit *v = *state;
	struct product *p = product_of(v);
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	const char *path = str_fmt(v->a, "%.*s/viewer?a=1&b=%%C3%%A9", STR_ARG(owner.org)).data;
	struct response got = site_get(p->site, path);

	assert_status(&got, 303);
	assert_str(answer_header(&got, "Location"),
		   str_fmt(v->a,
			   "/sign-in?next=%%2Fo%%2F%.*s%%2Fviewer%%3Fa%%3D1%%26b%%3D%%25C3%%25A9",
			   STR_ARG(str_slice(owner.org, strlen("/o/"), owner.org.len)))
			   .data);
	got = site_post(p->site, str_fmt(v->a, "%.*s/change", STR_ARG(owner.org)).data, "");
	assert_status(&got, 401);
	assert_true(str_contains(got.body, S("href=\"/sign-in\"")));
}

static void the_bar_says_whose_data_it_is(void **state)
{
	struct visit *v = *state;
	struct product *p = product_of(v);
	struct member owner = product_member(p, "Maison <Belloy>", ROLE_OWNER);
	struct member low = product_colleague(p, owner.org_id, ROLE_VIEWER);
	struct response got = member_get(p, &owner, "/viewer");

	assert_true(str_contains(got.body, S("<b>Maison &lt;Belloy&gt;</b>")));
	assert_true(str_contains(got.body, S("action=\"/sign-out\"")));
	/* A refusal is still in that organisation, and says who may. */
	got = member_get(p, &low, "/owner?lang=en");
	assert_true(str_contains(got.body, S("<b>Maison &lt;Belloy&gt;</b>")));
	assert_true(str_contains(got.body, S("Owners of the organisation can do this.")));
	got = member_visit(p, &owner, "/mine");
	assert_status(&got, 200);
	assert_false(str_contains(got.body, S("Belloy")));
}

static void administrators_are_told_from_others(void **state)
{
	struct visit *v = *state;
	struct product *p = product_of(v);
	struct member admin = product_admin(p);
	struct member other = product_member(p, NULL, ROLE_NONE);
	struct response got = member_visit(p, &admin, "/admin");

	assert_status(&got, 200);
	got = member_visit(p, &other, "/admin");
	assert_status(&got, 403);
	got = site_get(p->site, "/admin");
	assert_status(&got, 303);
}

/* ---- the end of sessions ---- */

static const char *const ends[] = {
	"UPDATE session SET seen_ms = seen_ms - 28900000",
	"UPDATE session SET created_ms = created_ms - 604900000",
	"UPDATE session SET seen_ms = seen_ms + 28900000", /* the clock was ahead */
	"UPDATE session SET created_ms = created_ms + 604900000",
	"UPDATE account SET disabled_ms = 1",
	"DELETE FROM session",
};

static void a_session_that_is_over_opens_nothing(void **state)
{
	struct visit *v = *state;
	struct product *p = product_of(v);

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		struct member m = product_member(p, NULL, ROLE_NONE);
		struct response got = member_visit(p, &m, "/mine");

		assert_status(&got, 200);
		(void)store_sql(v->store, ends[i]);
		got = member_visit(p, &m, "/mine");
		assert_status(&got, 303);
	}
}

static void a_made_up_cookie_opens_nothing(void **state)
{
	static const char *const cookies[] = {
		"",
		"x",
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	};
	struct visit *v = *state;
	struct product *p = product_of(v);

	for (size_t i = 0; i < sizeof cookies / sizeof *cookies; i++) {
		struct str headers = str_fmt(v->a, "Cookie: session=%s\n", cookies[i]);
		struct response got = site_request(p->site, "GET", "/mine", headers.data, S(""));

		assert_status(&got, 303);
	}
}

static int nothing(struct db *db, void *arg, struct err *err)
{
	(void)db;
	(void)arg;
	(void)err;
	return 0;
}

static void use_is_noted_and_prolongs(void **state)
{
	struct visit *v = *state;
	struct product *p = product_of(v);
	struct member m = product_member(p, NULL, ROLE_NONE);
	struct response got;
	struct err err;

	/* Six hours ago, then used now: eight hours count from now. */
	(void)store_sql(v->store, "UPDATE session SET seen_ms = seen_ms - 21600000");
	got = member_visit(p, &m, "/mine");
	assert_status(&got, 200);
	/* The note is a write of its own; one more behind it waits for it. */
	assert_ok(db_write(p->pool, nothing, NULL, &err), &err);
	assert_int_equal(
		store_sql(
			v->store,
			str_fmt(v->a,
				"SELECT count(*) FROM session WHERE seen_ms > %lld AND account_id = %lld",
				(long long)time_now_ms() - 60000, (long long)m.account_id)
				.data),
		1);
}

/* ---- the audit log ---- */

static void what_is_undone_was_not_done(void **state)
{
	struct visit *v = *state;
	struct product *p = product_of(v);
	struct member owner = product_member(p, "Maison Belloy", ROLE_OWNER);
	struct response got = member_post(p, &owner, "/change?lang=fr", "");

	assert_status(&got, 422);
	assert_int_equal(store_sql(v->store, "SELECT count(*) FROM audit WHERE action = 'tested'"),
			 0);
	got = member_post(p, &owner, "/change?lang=en", "");
	assert_status(&got, 303);
	assert_str(
		store_rows(
			v->store,
			"SELECT who, action, object_kind, object_id, before, after FROM audit WHERE action = 'tested'"),
		"Person 3|tested|test||{\"name\":\"a \\\"quoted\\\" one\"}|\n");
}

/* What follows `before` in a text, up to `end`. */
static struct str part(struct str text, const char *before, char end)
{
	while (text.len && !str_starts(text, str_from(before)))
		text = str_slice(text, 1, text.len);
	text = str_slice(text, strlen(before), text.len);
	return str_cut(&text, end);
}

/* Sends the form of the page `got` to `path` with the owner's session, from a browser that says nothing of itself. */
static struct response send_back(struct visit *v, const char *path, const struct response *got)
{
	struct str set = answer_header(got, "Set-Cookie"), cookie = str_cut(&set, ';');
	struct str token = part(got->body, "name=\"csrf\" value=\"", '"');
	struct str headers =
		str_fmt(v->a, "Cookie: %.*s; %.*s\n", STR_ARG(v->owner.cookie), STR_ARG(cookie));

	return site_request(v->product->site, "POST", path, str_c(v->a, headers),
			    str_fmt(v->a, "csrf=%.*s&name=Kept+%%26+%%3Ckept%%3E", STR_ARG(token)));
}

/* A session that ends while a form is filled in costs nothing: the page holds what was sent, to be sent again. */
static void what_was_typed_outlives_the_session(void **state)
{
	struct visit *v = *state;
	const char *path = str_fmt(v->a, "%.*s/departments", STR_ARG(v->owner.org)).data;
	struct response got = site_request(v->product->site, "POST", path,
					   "Sec-Fetch-Site: same-origin\nAccept-Language: en\n",
					   S("name=Kept+%26+%3Ckept%3E"));

	assert_status(&got, 401);
	assert_true(
		str_contains(got.body, str_fmt(v->a, "<form method=\"post\" action=\"%s\"", path)));
	assert_true(str_contains(
		got.body,
		S("<input type=\"hidden\" name=\"name\" value=\"Kept &amp; &lt;kept&gt;\">")));
	assert_false(str_contains(got.body, S("hreflang=")));
	/* Signed in again, it is sent as it stands there. */
	got = send_back(v, path, &got);
	assert_status(&got, 303);
	assert_int_equal(store_sql(v->store, "SELECT count(*) FROM department WHERE name = "
					     "'Kept & <kept>'"),
			 1);
	/* Never a password. */
	got = site_request(v->product->site, "POST", "/account/password",
			   "Sec-Fetch-Site: same-origin\nAccept-Language: en\n",
			   S("current=secret-one&password=secret-two"));
	assert_status(&got, 401);
	assert_false(str_contains(got.body, S("secret-")));
	assert_false(str_contains(got.body, S("type=\"hidden\"")));
}

TEST_MAIN(visit_test(what_was_typed_outlives_the_session), visit_test(each_role_gets_where_it_may),
	  visit_test(others_do_not_learn_that_it_exists),
	  visit_test(without_a_session_one_is_asked_to_sign_in),
	  visit_test(the_bar_says_whose_data_it_is),
	  visit_test(administrators_are_told_from_others),
	  visit_test(a_session_that_is_over_opens_nothing),
	  visit_test(a_made_up_cookie_opens_nothing), visit_test(use_is_noted_and_prolongs),
	  visit_test(what_is_undone_was_not_done))
