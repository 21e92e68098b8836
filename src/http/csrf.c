/* Same-origin checks: see csrf.h. */
#include "http/csrf.h"

#include "base/digest.h"
#include "base/token.h"

enum { NONCE_BYTES = 16 };

/* The site's own origin; or, over plain HTTP, the one this request was sent to: in a meeting room it is
 * an address in digits that no setting names. Hosts that others could make point to us never get here. */
static bool is_ours(const struct exchange *ex, struct str origin)
{
	const struct http_site *site = &ex->core->site;
	struct str scheme = S("http://");

	if (str_eq_nocase(origin, site->origin))
		return true;
	return !site->is_https && str_starts(origin, scheme) &&
	       str_eq_nocase(str_slice(origin, scheme.len, origin.len),
			     header_get(&ex->headers, "host"));
}

enum origin_check csrf_check_head(const struct exchange *ex)
{
	struct str site = header_get(&ex->headers, "sec-fetch-site");
	struct str origin = header_get(&ex->headers, "origin");

	if (site.len)
		return str_is(site, "same-origin") || str_is(site, "none") ? ORIGIN_OURS
									   : ORIGIN_FOREIGN;
	/* "null" is what a form of ours sends too, because our pages give no referrer. */
	if (origin.len == 0 || str_is(origin, "null"))
		return ORIGIN_UNKNOWN;
	return is_ours(ex, origin) ? ORIGIN_OURS : ORIGIN_FOREIGN;
}

static struct str token_for(struct exchange *ex, struct str cookie)
{
	struct sha256 mac = req_sign(&ex->rq, "csrf", cookie);

	return base64url(&ex->arena, mac.bytes, sizeof mac.bytes);
}

/* The browser's cookie, or empty when it has none that we could have made. */
static struct str own_cookie(struct exchange *ex)
{
	struct str cookie = req_cookie(&ex->rq, CSRF_FIELD);
	uint8_t nonce[NONCE_BYTES];

	if (base64url_decode(cookie, nonce, sizeof nonce) != 0)
		return (struct str){ "", 0 };
	return cookie;
}

struct str csrf_token(struct req *rq)
{
	struct exchange *ex = rq->priv;
	uint8_t nonce[NONCE_BYTES];

	if (ex->csrf_cookie.len == 0)
		ex->csrf_cookie = own_cookie(ex);
	if (ex->csrf_cookie.len == 0) {
		random_bytes(nonce, sizeof nonce);
		ex->csrf_cookie = base64url(&ex->arena, nonce, sizeof nonce);
		ex->sets_csrf_cookie = true;
	}
	return token_for(ex, ex->csrf_cookie);
}

bool csrf_check_token(struct exchange *ex, struct str value)
{
	struct str cookie = own_cookie(ex);
	struct str expected;

	if (cookie.len == 0)
		return false;
	expected = token_for(ex, cookie);
	return value.len == expected.len && bytes_equal(value.data, expected.data, value.len);
}
