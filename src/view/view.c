/* The runtime of compiled templates: see view.h. */
#include "view/view.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

#include "base/block.h"
#include "base/utf8.h"
#include "http/server.h"

static const char hex_digits[] = "0123456789ABCDEF";

enum {
	/* Room for most pages from the start, so that a growing page is not copied again and again. */
	FIRST_BYTES = 48 * 1024,
	/* Room before it for what its shell says first. */
	BEFORE_BYTES = 8 * 1024,
};

struct view view_make(struct req *rq)
{
	struct view v = {
		.out = buf_make(rq->arena, VIEW_PAGE_MAX),
		.rq = rq,
		.language = rq->language,
	};

	(void)buf_reserve(&v.out, BEFORE_BYTES + FIRST_BYTES);
	v.out.data += BEFORE_BYTES;
	v.out.cap -= BEFORE_BYTES;
	v.begun = v.out.data;
	return v;
}

struct html view_html(const struct view *v)
{
	struct html h = { .markup = buf_str(&v->out) };

	if (v->out.full)
		v->rq->is_page_cut = true;
	/* One that outgrew its room stands elsewhere. */
	if (v->out.data == v->begun) {
		h.room = arena_new(v->rq->arena, struct buf, 1);
		*h.room = v->out;
	}
	return h;
}

struct html view_svg(struct str svg)
{
	return (struct html){ .markup = svg };
}

/* What `v` has so far moves before `room`, and `v` goes on behind it. */
static void move_before(struct view *v, struct buf *room)
{
	size_t n = v->out.len;

	memcpy(room->data - n, v->out.data, n);
	v->out.data = room->data - n;
	v->out.cap = room->cap + n;
	v->out.len = room->len + n;
	room->data = NULL; /* taken */
}

void view_html_put(struct view *v, struct html h)
{
	size_t n = v->out.len;
	bool fits = n <= BEFORE_BYTES && n <= VIEW_PAGE_MAX - h.markup.len && !v->out.full;

	/* A page is longer than what its shell says before it: the shorter of both is copied. */
	if (fits && h.room && h.room->data && n < h.markup.len)
		move_before(v, h.room);
	else
		buf_put(&v->out, h.markup);
}

/* What a character must be written as; NULL for itself. */
static const char *const entities[UCHAR_MAX + 1] = {
	['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&#34;", ['\''] = "&#39;",
};

static bool is_plain_block(const char *p)
{
	block c = block_at(p);

	/* & and ' differ by one bit, < and > by another. */
	return !block_any((block)(((c | 1) == '\'') | ((c | 2) == '>') | (c == '"')));
}

/* Where the first character of `s` from `i` on that cannot stand for itself is; its length if none. */
static size_t next_special(struct str s, size_t i)
{
	while (s.len - i >= sizeof(block) && is_plain_block(s.data + i))
		i += sizeof(block);
	/* The rest with some of what was seen already. */
	if (i > 0 && s.len - i < sizeof(block) && s.len >= sizeof(block) &&
	    is_plain_block(s.data + s.len - sizeof(block)))
		return s.len;
	while (i < s.len && !entities[(unsigned char)s.data[i]])
		i++;
	return i;
}

void view_text(struct view *v, struct str s)
{
	size_t done = 0, i;

	/* Most text needs nothing: copy the stretches between what does. */
	while ((i = next_special(s, done)) < s.len) {
		buf_put(&v->out, str_slice(s, done, i));
		buf_puts(&v->out, entities[(unsigned char)s.data[i]]);
		done = i + 1;
	}
	buf_put(&v->out, str_slice(s, done, s.len));
}

void view_isolated(struct view *v, struct str s)
{
	bool may_turn = utf8_may_turn(s);

	if (may_turn)
		view_literal(v, "<bdi>");
	view_text(v, s);
	if (may_turn)
		view_literal(v, "</bdi>");
}

void view_c_text(struct view *v, const char *s)
{
	view_text(v, str_from(s));
}

/* ---- numbers ---- */

void view_int(struct view *v, int64_t n)
{
	buf_i64(&v->out, n);
}

/* Sizes and counts: past INT64_MAX they are our own mistake. */
static int64_t narrow(uint64_t n)
{
	assert(n <= INT64_MAX);
	return (int64_t)n;
}

void view_big_int(struct view *v, uint64_t n)
{
	view_int(v, narrow(n));
}

void view_number(struct view *v, int64_t n)
{
	if (n >= 0 && n < 1000) /* without a separator: the same in all languages */
		view_int(v, n);
	else
		view_text(v, fmt_int(v->rq->arena, v->language, n));
}

void view_big_number(struct view *v, uint64_t n)
{
	view_number(v, narrow(n));
}

/* ---- addresses ---- */

static bool is_letter_or_digit(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_one_of(struct str set, unsigned char c)
{
	return memchr(set.data, c, set.len) != NULL;
}

static void put_percent(struct view *v, unsigned char c)
{
	const char encoded[] = { '%', hex_digits[c >> 4], hex_digits[c & 15] };

	buf_put(&v->out, str_make(encoded, sizeof encoded));
}

/* The bytes of `s`, percent-encoded but for letters, digits and those in `kept`. */
static void put_encoded(struct view *v, struct str s, struct str kept)
{
	size_t done = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.data[i];

		if (is_letter_or_digit(c) || is_one_of(kept, c))
			continue;
		view_text(v, str_slice(s, done, i));
		put_percent(v, c);
		done = i + 1;
	}
	view_text(v, str_slice(s, done, s.len));
}

void view_percent(struct view *v, struct str s)
{
	/* The unreserved characters of RFC 3986, 2.3. Segments "." and ".." would climb; an encoded dot
	 * is the same segment to browsers, so they cannot be said at all. */
	if (str_is(s, ".") || str_is(s, ".."))
		s = S("-");
	put_encoded(v, s, S("-._~"));
}

void view_c_percent(struct view *v, const char *s)
{
	view_percent(v, str_from(s));
}

/* True when nothing in `s` can be taken for a scheme other than those allowed. */
static bool is_safe_address(struct str s)
{
	static const struct str schemes[] = { STR("http"), STR("https"), STR("mailto") };
	size_t i = 0;

	while (i < s.len && !is_one_of(S(":/?#"), (unsigned char)s.data[i]))
		i++;
	if (i == s.len || s.data[i] != ':')
		return true;
	for (size_t k = 0; k < sizeof schemes / sizeof *schemes; k++)
		if (str_eq_nocase(str_slice(s, 0, i), schemes[k]))
			return true;
	return false;
}

void view_url(struct view *v, struct str s)
{
	/* White space and controls, which browsers drop while they parse, go out percent-encoded, so what
	 * was judged is what they see; so do backslashes, which they take for slashes. */
	if (is_safe_address(s))
		put_encoded(v, s, S("-._~:/?#[]@!$&()*+,;=%"));
	else
		buf_putc(&v->out, '#');
}

void view_c_url(struct view *v, const char *s)
{
	view_url(v, str_from(s));
}

void view_base_path(struct view *v)
{
	view_text(v, v->rq->site->base_path);
}

void view_asset(struct view *v, const char *name)
{
	view_text(v, asset_url(v->rq, name));
}

/* ---- parts every page shares ---- */

void view_csrf(struct view *v)
{
	view_literal(v, VIEW_TOKEN_FIELD);
	view_text(v, csrf_token(v->rq));
	view_literal(v, "\">");
}
