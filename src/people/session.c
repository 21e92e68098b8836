/* Sessions: see people.h. The cookie is 256 random bits, of which only the hash is stored. */
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/token.h"
#include "people/people.h"
#include "people/queries.h"

static struct str hash_of(struct arena *a, const uint8_t bytes[SESSION_BYTES])
{
	return sha256_bytes(a, str_make((const char *)bytes, SESSION_BYTES));
}

/* The first of `names` that the header holds, or nothing. */
static struct str word_in(struct str header, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_contains(header, str_from(names[i])))
			return str_from(names[i]);
	return (struct str){ "", 0 };
}

/* "Firefox, Linux": enough to recognise a browser by, too little to follow one. */
static struct str agent_words(struct arena *a, struct str header)
{
	/* In this order: each of these also names those after it. */
	static const char *const browsers[] = {
		"Edg", "OPR", "Firefox", "Chrome", "Safari", "curl"
	};
	static const char *const systems[] = { "Android", "iPhone",    "iPad",
					       "Windows", "Macintosh", "Linux" };
	struct str browser = word_in(header, browsers, sizeof browsers / sizeof *browsers);
	struct str system = word_in(header, systems, sizeof systems / sizeof *systems);

	if (str_is(browser, "Edg"))
		browser = S("Edge");
	if (str_is(browser, "OPR"))
		browser = S("Opera");
	return str_fmt(a, "%.*s%s%.*s", STR_ARG(browser), browser.len && system.len ? ", " : "",
		       STR_ARG(system));
}

int session_begin(struct db *db, struct arena *a, int64_t account_id, struct str agent,
		  int64_t now_ms, struct str *ret_cookie, struct err *err)
{
	uint8_t bytes[SESSION_BYTES];
	struct people_session_add_params p = {
		.id = id_make(now_ms),
		.account_id = account_id,
		.agent = agent_words(a, agent),
		.now_ms = now_ms,
	};
	int r;

	random_bytes(bytes, sizeof bytes);
	p.token_hash = hash_of(a, bytes);
	r = people_session_prune(db, now_ms - SESSION_IDLE_MS, now_ms - SESSION_AGE_MS, err);
	if (r == 0)
		r = people_session_add(db, &p, err);
	if (r == 0)
		*ret_cookie = base64url(a, bytes, sizeof bytes);
	return r;
}

struct seen {
	int64_t session_id, now_ms;
};

static int note_seen(struct db *db, void *bytes, struct err *err)
{
	const struct seen *seen = bytes;

	return people_session_seen(db, seen->session_id, seen->now_ms, err);
}

/* One from as far in the future was begun while the clock was wrong, and would last until then and longer. */
static bool is_over(const struct people_session_get_row *row, int64_t now_ms)
{
	return llabs(now_ms - row->seen_ms) > SESSION_IDLE_MS ||
	       llabs(now_ms - row->created_ms) > SESSION_AGE_MS || row->has_disabled_ms;
}

int session_check(struct req *rq, struct actor *ret, struct err *err)
{
	struct str cookie = req_cookie(rq, SESSION_COOKIE);
	uint8_t bytes[SESSION_BYTES];
	struct people_session_get_row row;
	int r;

	if (base64url_decode(cookie, bytes, sizeof bytes) != 0)
		return PERMIT_SIGN_IN;
	r = people_session_get(rq->db, rq->arena, hash_of(rq->arena, bytes), &row, err);
	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND || is_over(&row, rq->now_ms))
		return PERMIT_SIGN_IN;
	if (rq->now_ms - row.seen_ms > SESSION_SEEN_EVERY_MS) {
		struct seen seen = { row.id, rq->now_ms };

		req_later(rq, note_seen, &seen, sizeof seen);
	}
	*ret = (struct actor){
		.account_id = row.account_id,
		.session_id = row.id,
		.is_admin = row.is_admin,
		.account_name = row.name,
		.time_zone = row.time_zone,
	};
	return PERMIT_OK;
}
