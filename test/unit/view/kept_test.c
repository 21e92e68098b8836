#include "view/kept.h"

#include <string.h>

#include "http/server.h"
#include "page.h"
#include "request.h"

/* What kept pages take from http/, without a server: a token for each request, and whether it was asked for. */
static struct str token;
static int n_asked;

struct str csrf_token(struct req *rq)
{
	(void)rq;
	n_asked++;
	return token;
}

struct str asset_url(struct req *rq, const char *name)
{
	(void)rq;
	return str_from(name);
}

static void use_token(char letter)
{
	static char bytes[CSRF_TOKEN_BYTES];

	memset(bytes, letter, sizeof bytes);
	token = str_make(bytes, sizeof bytes);
	n_asked = 0;
}

static void keeps_a_part_of_a_page(void **state)
{
	struct memo *memo = memo_make(*state);
	struct req rq = request_make(*state, LANG_EN);
	struct view v = view_make(&rq);
	size_t from;

	assert_false(view_recall(&v, NULL, S("key")));
	assert_false(view_recall(&v, memo, S("key")));
	view_literal(&v, "<p>before</p>");
	from = v.out.len;
	view_text(&v, S("a & b"));
	view_keep(&v, from, NULL, S("key"));
	view_keep(&v, from, memo, S("key"));
	view_literal(&v, "|");
	assert_true(view_recall(&v, memo, S("key")));
	assert_str(view_html(&v).markup, "<p>before</p>a &amp; b|a &amp; b");
}

/* ---- whole pages ---- */

/* A page with `n_forms`, which says `said`. */
static struct str page_of(struct req *rq, int n_forms, const char *said)
{
	struct view v = view_make(rq);

	view_literal(&v, "<p>");
	view_c_text(&v, said);
	for (int i = 0; i < n_forms; i++) {
		view_csrf(&v);
		view_literal(&v, "<hr>");
	}
	return view_html(&v).markup;
}

static bool recalls(struct req *rq, struct memo *m, const char *of, struct str *ret)
{
	struct buf key = page_key(rq);

	buf_puts(&key, of);
	return page_recall(rq, m, &key, ret);
}

static void keep(struct req *rq, struct memo *m, const char *of, struct str page)
{
	struct buf key = page_key(rq);

	buf_puts(&key, of);
	page_keep(rq, m, &key, page);
}

static void gives_each_browser_its_own_tokens(void **state)
{
	struct memo *m = memo_make(*state);
	struct req rq = request_make(*state, LANG_EN);

	for (int n_forms = 1; n_forms <= 3; n_forms++) {
		const char *of = str_fmt(*state, "%d", n_forms).data;
		struct str page, again, other;

		use_token('a');
		page = page_of(&rq, n_forms, "said");
		assert_false(recalls(&rq, m, of, &again));
		keep(&rq, m, of, page);
		assert_true(recalls(&rq, m, of, &again));
		assert_true(str_eq(page, again));
		use_token('b');
		assert_true(recalls(&rq, m, of, &other));
		assert_int_equal(n_asked, 1);
		assert_true(str_eq(other, page_of(&rq, n_forms, "said")));
		/* The first one's is as it was. */
		assert_true(str_eq(page, again));
	}
}

/* Asking for one would set a cookie. */
static void asks_for_no_token_where_no_form_is(void **state)
{
	struct memo *m = memo_make(*state);
	struct req rq = request_make(*state, LANG_EN);
	struct str page = page_of(&rq, 0, "said"), again;

	use_token('a');
	keep(&rq, m, "", page);
	assert_true(recalls(&rq, m, "", &again));
	assert_true(str_eq(page, again));
	assert_int_equal(n_asked, 0);
}

static void takes_no_text_for_a_form(void **state)
{
	struct memo *m = memo_make(*state);
	struct req rq = request_make(*state, LANG_EN);
	struct str page, again;

	use_token('a');
	page = page_of(&rq, 1, VIEW_TOKEN_FIELD "typed by somebody, long enough to be a token");
	keep(&rq, m, "", page);
	assert_true(recalls(&rq, m, "", &again));
	assert_true(str_eq(page, again));
}

static void tells_pages_apart(void **state)
{
	struct memo *m = memo_make(*state);
	struct req rq = request_make(*state, LANG_EN), other = rq;
	struct str page;

	rq.path = other.path = S("/a");
	keep(&rq, m, "body", S("one"));
	assert_true(recalls(&other, m, "body", &page));
	assert_false(recalls(&other, m, "bod", &page));
	other.language = LANG_FR;
	assert_false(recalls(&other, m, "body", &page));
	other = rq;
	other.path = S("/b");
	assert_false(recalls(&other, m, "body", &page));
	other = rq;
	other.query = S("lang=en");
	assert_false(recalls(&other, m, "body", &page));
	/* Where one part ends and the next begins. */
	other.query = S("body");
	assert_false(recalls(&other, m, "", &page));
}

/* Nothing is kept in no memo, under half a key, or of what is too large or has too many forms. */
static void keeps_only_what_it_can_give_whole(void **state)
{
	struct memo *m = memo_make(*state);
	struct req rq = request_make(*state, LANG_EN);
	struct buf key = page_key(&rq);
	char *large = arena_new(*state, char, MEMO_ENTRY_BYTES);
	struct str page;

	use_token('a');
	keep(&rq, NULL, "", S("page"));
	assert_false(recalls(&rq, NULL, "", &page));
	memset(large, 'x', MEMO_ENTRY_BYTES - 1);
	buf_puts(&key, large);
	assert_true(key.full);
	page_keep(&rq, m, &key, S("page"));
	assert_false(page_recall(&rq, m, &key, &page));
	assert_false(recalls(&rq, m, "", &page));
	keep(&rq, m, "large", str_from(large));
	assert_false(recalls(&rq, m, "large", &page));
	keep(&rq, m, "forms", page_of(&rq, 20, ""));
	assert_false(recalls(&rq, m, "forms", &page));
}

TEST_MAIN(unit_test(keeps_a_part_of_a_page), unit_test(gives_each_browser_its_own_tokens),
	  unit_test(asks_for_no_token_where_no_form_is), unit_test(takes_no_text_for_a_form),
	  unit_test(tells_pages_apart), unit_test(keeps_only_what_it_can_give_whole))
