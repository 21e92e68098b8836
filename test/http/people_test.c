/* Accounts, sessions and links, on both databases: signing in and what must not be learnt from it. */
#include "http/visit.h"

#include "base/num.h"
#include "base/timing.h"
#include "base/token.h"
#include "people/link.h"
#include "people/password.h"
#include "people/totp.h"

#define GOOD "quatre+chevaux+bleus+dansent"
#define FORM "Sec-Fetch-Site: same-origin\n"

struct keyed {
	struct arena *a;
	struct str email;
	int64_t id;
};

static int add_keyed(struct db *db, void *arg, struct err *err)
{
	struct keyed *k = arg;
	struct new_account account = { .email = k->email,
				       .name = S("Claire"),
				       .language = LANG_FR,
				       .time_zone = S("Europe/Paris") };
	int r = password_encode(k->a, S("quatre chevaux bleus dansent"), &account.password, err);

	return r != 0 ? r : account_add(db, &account, time_now_ms(), &k->id, err);
}

/* An account with the password GOOD. */
static int64_t account(struct visit *v, const char *email)
{
	struct keyed k = { .a = v->a, .email = str_from(email) };
	struct err err;

	assert_ok(db_write(v->product->pool, add_keyed, &k, &err), &err);
	return k.id;
}

static struct response sign_in(struct visit *v, const char *form, const char *headers)
{
	return site_request(v->product->site, "POST", "/sign-in",
			    str_fmt(v->a, FORM "%s", headers ? headers : "").data, str_from(form));
}

#define NEW_PASSWORD "riviere+tortue+lampe"

/* Changes it from `current` to NEW_PASSWORD, as that session. */
static struct response change_password(struct visit *v, struct str session, const char *current)
{
	return site_request(v->product->site, "POST", "/account/password",
			    str_fmt(v->a, FORM "Cookie: %.*s\n", STR_ARG(session)).data,
			    str_fmt(v->a, "current=%s&password=" NEW_PASSWORD, current));
}

/* The page where an account's password is set anew. */
static const char *reset_page(struct visit *v, int64_t id)
{
	struct str token;
	struct err err;

	assert_ok(reset_link_make(v->product->pool, v->a, id, &token, &err), &err);
	return str_fmt(v->a, "/reset/%.*s", STR_ARG(token)).data;
}

/* "session=…" of the answer's cookies; empty when none is set. */
static struct str session_of(struct visit *v, const struct response *got)
{
	for (size_t i = 0; i < got->headers.n; i++) {
		struct str rest = got->headers.items[i].value;

		if (str_is(got->headers.items[i].name, "Set-Cookie") &&
		    str_starts(rest, S(SESSION_COOKIE "=")))
			return str_dup(v->a, str_cut(&rest, ';'));
	}
	return (struct str){ "", 0 };
}

static int visit_account(struct visit *v, struct str cookie)
{
	return site_request(v->product->site, "GET", "/account",
			    str_fmt(v->a, "Cookie: %.*s\n", STR_ARG(cookie)).data, S(""))
		.status;
}

static void signs_in_and_out(void **state)
{
	struct visit *v = *state;
	struct response got;
	struct str cookie;

	(void)account(v, "claire@example.org");
	got = sign_in(v, "email=+Claire%40Example.org&password=" GOOD "&next=%2Faccount", NULL);
	assert_status(&got, 303);
	assert_str(answer_header(&got, "Location"), "/account");
	cookie = session_of(v, &got);
	assert_int_equal(cookie.len,
			 strlen(SESSION_COOKIE "=") + 43 /* SESSION_BYTES in base64url */);
	assert_int_equal(visit_account(v, cookie), 200);
	got = site_request(v->product->site, "POST", "/sign-out",
			   str_fmt(v->a, FORM "Cookie: %.*s\n", STR_ARG(cookie)).data, S(""));
	assert_status(&got, 303);
	/* Whoever kept the cookie has nothing. */
	assert_int_equal(visit_account(v, cookie), 303);
}

static void wrong_ones_look_alike(void **state)
{
	static const char *const forms[] = {
		"email=claire%40example.org&password=not+this+one",
		"email=nobody%40example.org&password=not+this+one",
		"email=closed%40example.org&password=" GOOD,
		"email=&password=",
		"email=not+an+address&password=" GOOD,
	};
	struct visit *v = *state;
	struct str first = { "", 0 };

	(void)account(v, "claire@example.org");
	(void)account(v, "closed@example.org");
	(void)store_sql(v->store,
			"UPDATE account SET disabled_ms = 1 WHERE email = 'closed@example.org'");
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct response got = sign_in(v, forms[i], NULL);
		const char *errors = memmem(got.body.data, got.body.len, "class=\"note bad", 15);
		const char *end = errors ? strstr(errors, "</ul>") : NULL;

		assert_status(&got, 422);
		assert_int_equal(session_of(v, &got).len, 0);
		assert_non_null(end);
		if (i == 0)
			first = str_make(errors, (size_t)(end - errors));
		assert_true(str_eq(first, str_make(errors, (size_t)(end - errors))));
	}
}

static void a_planted_session_is_not_the_one_signed_in(void **state)
{
	struct visit *v = *state;
	struct member planted = product_member(v->product, NULL, ROLE_NONE);
	struct response got;
	struct str cookie;

	(void)account(v, "claire@example.org");
	got = sign_in(v, "email=claire%40example.org&password=" GOOD,
		      str_fmt(v->a, "Cookie: %.*s\n", STR_ARG(planted.cookie)).data);
	cookie = session_of(v, &got);
	assert_true(cookie.len > 0);
	assert_false(str_eq(cookie, planted.cookie));
	assert_int_equal(visit_account(v, planted.cookie), 303);
}

static void goes_nowhere_else(void **state)
{
	static const char *const nexts[] = {
		"https%3A%2F%2Felsewhere.example%2F",
		"%2F%2Felsewhere.example",
		"%2F%5Celsewhere.example",
		"%2F%09%2Felsewhere.example",
		"javascript%3A1",
		"%2Fsign-out",
		"elsewhere",
		"%2F",
	};
	struct visit *v = *state;

	(void)account(v, "claire@example.org");
	for (size_t i = 0; i < sizeof nexts / sizeof *nexts; i++) {
		struct response got = sign_in(
			v,
			str_fmt(v->a, "email=claire%%40example.org&password=" GOOD "&next=%s",
				nexts[i])
				.data,
			str_fmt(v->a, "X-Forwarded-For: 192.0.%zu.1\n", i).data);

		/* A tab is refused as text; the rest leads home. */
		if (got.status == 400)
			continue;
		assert_status(&got, 303);
		assert_str(answer_header(&got, "Location"), "/portfolio");
	}
}

static void tries_are_slowed_down_not_stopped(void **state)
{
	struct visit *v = *state;
	struct server_config limited = v->product->config;
	struct response got;
	int status = 0;

	limited.is_unlimited = false;
	v->product->site = site_make(v->a, &limited);
	(void)account(v, "claire@example.org");
	(void)account(v, "marc@example.org");
	for (int i = 0; i < 20 && status != 429; i++) {
		got = sign_in(v, "email=claire%40example.org&password=wrong", NULL);
		status = got.status;
	}
	assert_int_equal(status, 429);
	assert_true(answer_header(&got, "Retry-After").len > 0);
	/* The right one waits too, or it would tell; another account does not. */
	got = sign_in(v, "email=claire%40example.org&password=" GOOD, NULL);
	assert_status(&got, 429);
	got = sign_in(v, "email=marc%40example.org&password=" GOOD, NULL);
	assert_status(&got, 303);
}

/* ---- passwords ---- */

static void a_changed_password_closes_the_rest(void **state)
{
	struct visit *v = *state;
	struct response got, changed;
	struct str first, second;

	(void)account(v, "claire@example.org");
	got = sign_in(v, "email=claire%40example.org&password=" GOOD, NULL);
	first = session_of(v, &got);
	got = sign_in(v, "email=claire%40example.org&password=" GOOD, NULL);
	second = session_of(v, &got);
	changed = change_password(v, second, "wrong");
	assert_status(&changed, 422);
	assert_int_equal(visit_account(v, first), 200);
	changed = change_password(v, second, GOOD);
	assert_status(&changed, 303);
	assert_int_equal(visit_account(v, first), 303);
	assert_int_equal(visit_account(v, second), 303);
	assert_int_equal(visit_account(v, session_of(v, &changed)), 200);
	got = sign_in(v, "email=claire%40example.org&password=" GOOD, NULL);
	assert_status(&got, 422);
	got = sign_in(v, "email=claire%40example.org&password=riviere+tortue+lampe", NULL);
	assert_status(&got, 303);
}

/* Somebody else may have asked for it, or read it. */
static void a_changed_password_closes_links(void **state)
{
	struct visit *v = *state;
	int64_t id = account(v, "claire@example.org");
	struct response got = sign_in(v, "email=claire%40example.org&password=" GOOD, NULL);
	const char *path = reset_page(v, id);

	assert_int_equal(site_get(v->product->site, path).status, 200);
	got = change_password(v, session_of(v, &got), GOOD);
	assert_status(&got, 303);
	got = site_get(v->product->site, path);
	assert_status(&got, 410);
	got = site_post(v->product->site, path, "password=riviere+tortue+lampe+2");
	assert_status(&got, 410);
}

static void a_reset_link_works_once(void **state)
{
	struct visit *v = *state;
	int64_t id = account(v, "claire@example.org");
	struct response got = sign_in(v, "email=claire%40example.org&password=" GOOD, NULL);
	struct str cookie = session_of(v, &got);
	const char *path = reset_page(v, id);

	/* Looking at it, as a mail program does, uses nothing up. */
	for (int i = 0; i < 3; i++) {
		got = site_request(v->product->site, i ? "GET" : "HEAD", path, NULL, S(""));
		assert_status(&got, 200);
	}
	got = site_post(v->product->site, path, "password=motdepasse12");
	assert_status(&got, 422);
	assert_int_equal(visit_account(v, cookie), 200);
	got = site_post(v->product->site, path, "password=riviere+tortue+lampe");
	assert_status(&got, 303);
	assert_int_equal(visit_account(v, cookie), 303);
	got = site_post(v->product->site, path, "password=riviere+tortue+lampe+2");
	assert_status(&got, 410);
	got = sign_in(v, "email=claire%40example.org&password=riviere+tortue+lampe", NULL);
	assert_status(&got, 303);
}

static void links_end(void **state)
{
	struct visit *v = *state;
	int64_t id = account(v, "claire@example.org");
	struct str old, token;
	struct response got;
	struct err err;

	assert_ok(reset_link_make(v->product->pool, v->a, id, &old, &err), &err);
	assert_ok(reset_link_make(v->product->pool, v->a, id, &token, &err), &err);
	got = site_get(v->product->site, str_fmt(v->a, "/reset/%.*s", STR_ARG(old)).data);
	assert_status(&got, 410);
	/* One kind of link is not another. */
	got = site_get(v->product->site, str_fmt(v->a, "/setup/%.*s", STR_ARG(token)).data);
	assert_status(&got, 404);
	(void)store_sql(v->store, "UPDATE account_link SET expires_ms = 5");
	got = site_post(v->product->site, str_fmt(v->a, "/reset/%.*s", STR_ARG(token)).data,
			"password=riviere+tortue+lampe");
	assert_status(&got, 410);
}

static void the_first_administrator_is_made_once(void **state)
{
	struct visit *v = *state;
	const char *path = str_fmt(v->a, "/setup/%.*s", STR_ARG(v->setup)).data;
	struct response got =
		site_post(v->product->site, path, "name=&email=nonsense&password=short");
	struct str none;
	struct err err;

	assert_status(&got, 422);
	assert_true(str_contains(got.body, S("value=\"nonsense\"")));
	assert_true(str_contains(got.body, S("3 champs sont à corriger")));
	got = site_post(v->product->site, path,
			"name=Claire&email=claire%40example.org&password=" GOOD);
	assert_status(&got, 303);
	assert_true(session_of(v, &got).len > 0);
	got = site_post(v->product->site, path, "name=Eve&email=eve%40example.org&password=" GOOD);
	assert_status(&got, 410);
	assert_int_equal(
		store_sql(v->store, "SELECT count(*) FROM account WHERE email = 'eve@example.org'"),
		0);
	/* And none is offered while somebody can administer. */
	assert_ok(setup_link_make(v->product->pool, v->a, &none, &err), &err);
	assert_int_equal(none.len, 0);
}

/* ---- the second factor ---- */

/* The key of the account's second factor. */
static struct str key_of(struct visit *v, int64_t id)
{
	struct str hex =
		store_rows(v->store, str_fmt(v->a, "SELECT %s FROM account WHERE id = %lld",
					     v->store->is_postgres ? "encode(totp_secret, 'hex')"
								   : "lower(hex(totp_secret))",
					     (long long)id)
					     .data);
	char *out = arena_new(v->a, char, TOTP_SECRET_BYTES);

	assert_int_equal(hex.len, 2 * TOTP_SECRET_BYTES + 1);
	for (size_t i = 0; i < 2 * TOTP_SECRET_BYTES; i++)
		out[i / 2] =
			(char)(out[i / 2] << 4 |
			       (hex.data[i] <= '9' ? hex.data[i] - '0' : hex.data[i] - 'a' + 10));
	return str_make(out, TOTP_SECRET_BYTES);
}

static struct response send_code(struct visit *v, const struct response *asked, struct str code)
{
	return site_post(v->product->site, "/sign-in/code?next=%2Faccount",
			 str_fmt(v->a, "ticket=%.*s&code=%.*s",
				 STR_ARG(between(asked->body, "name=\"ticket\" value=\"", '"')),
				 STR_ARG(code))
				 .data);
}

static struct str code_at(struct visit *v, struct str key, int64_t step)
{
	return str_fmt(v->a, "%06d", totp_code(key, step));
}

static void a_code_is_asked_too(void **state)
{
	struct visit *v = *state;
	int64_t id = account(v, "claire@example.org"), step = time_now_ms() / TOTP_STEP_MS;
	struct response got = sign_in(v, "email=claire%40example.org&password=" GOOD, NULL);
	struct member m = {
		.headers = str_fmt(v->a, FORM "Cookie: %.*s\n", STR_ARG(session_of(v, &got))).data
	};
	struct response codes;
	struct str key;

	got = member_send(v->product, &m, "/account/second-factor", "");
	assert_status(&got, 303);
	key = key_of(v, id);
	got = member_send(v->product, &m, "/account/second-factor/confirm", "code=000000");
	assert_status(&got, 422);
	codes = member_send(v->product, &m, "/account/second-factor/confirm",
			    str_fmt(v->a, "code=%.*s", STR_ARG(code_at(v, key, step))).data);
	assert_status(&codes, 200);

	got = sign_in(v, "email=claire%40example.org&password=" GOOD, NULL);
	assert_status(&got, 200);
	assert_int_equal(session_of(v, &got).len, 0);
	/* The code that confirmed is used up; the next one is good once. */
	codes = send_code(v, &got, code_at(v, key, step));
	assert_status(&codes, 422);
	codes = send_code(v, &got, code_at(v, key, step + 1));
	assert_status(&codes, 303);
	assert_int_equal(visit_account(v, session_of(v, &codes)), 200);
	codes = send_code(v, &got, code_at(v, key, step + 1));
	assert_status(&codes, 422);
}

static void a_recovery_code_stands_in_once(void **state)
{
	struct visit *v = *state;
	int64_t id = account(v, "claire@example.org"), step = time_now_ms() / TOTP_STEP_MS;
	struct response got = sign_in(v, "email=claire%40example.org&password=" GOOD, NULL);
	struct member m = {
		.headers = str_fmt(v->a, FORM "Cookie: %.*s\n", STR_ARG(session_of(v, &got))).data
	};
	struct response page;
	struct str code;

	(void)member_send(v->product, &m, "/account/second-factor", "");
	page = member_send(
		v->product, &m, "/account/second-factor/confirm",
		str_fmt(v->a, "code=%.*s", STR_ARG(code_at(v, key_of(v, id), step))).data);
	code = between(page.body, "translate=\"no\">\n<li>", '<');
	got = sign_in(v, "email=claire%40example.org&password=" GOOD, NULL);
	page = send_code(v, &got, code);
	assert_status(&page, 303);
	page = send_code(v, &got, code);
	assert_status(&page, 422);
}

static void a_ticket_is_for_nobody_else(void **state)
{
	struct visit *v = *state;
	static const char *const tickets[] = { "1.99999999999999.x", "x", "..", "1" };

	for (size_t i = 0; i < sizeof tickets / sizeof *tickets; i++) {
		struct response got =
			site_post(v->product->site, "/sign-in/code",
				  str_fmt(v->a, "ticket=%s&code=123456", tickets[i]).data);

		assert_status(&got, 303);
		assert_str(answer_header(&got, "Location"), "/sign-in");
	}
}

/* ---- sessions of one's own only ---- */

static void closes_own_sessions_only(void **state)
{
	struct visit *v = *state;
	struct member other = product_member(v->product, NULL, ROLE_NONE);
	struct str rows =
		store_rows(v->store, str_fmt(v->a, "SELECT id FROM session WHERE account_id = %lld",
					     (long long)other.account_id)
					     .data);
	struct response got;
	const char *form;
	int64_t id;

	assert_int_equal(num_parse(str_cut(&rows, '\n'), 1, INT64_MAX, &id), NUM_OK);
	form = str_fmt(v->a, "session=%.*s", STR_ARG(id_text(v->a, id))).data;
	got = member_send(v->product, &v->owner, "/account/sessions/close", form);
	assert_status(&got, 303);
	assert_int_equal(visit_account(v, other.cookie), 200);
	got = member_send(v->product, &other, "/account/sessions/close", form);
	assert_status(&got, 303);
	assert_int_equal(visit_account(v, other.cookie), 303);
}

TEST_MAIN(visit_test(signs_in_and_out), visit_test(wrong_ones_look_alike),
	  visit_test(a_planted_session_is_not_the_one_signed_in), visit_test(goes_nowhere_else),
	  visit_test(tries_are_slowed_down_not_stopped),
	  visit_test(a_changed_password_closes_the_rest),
	  visit_test(a_changed_password_closes_links), visit_test(a_reset_link_works_once),
	  visit_test(links_end), visit_test(the_first_administrator_is_made_once),
	  visit_test(a_code_is_asked_too), visit_test(a_recovery_code_stands_in_once),
	  visit_test(a_ticket_is_for_nobody_else), visit_test(closes_own_sessions_only))
