/* Markup that is kept: see kept.h. */
#include "view/kept.h"

#include <assert.h>
#include <string.h>

/* ---- a part of a page ---- */

bool view_recall(struct view *v, struct memo *m, struct str key)
{
	return m && memo_get(m, key, &v->out);
}

void view_keep(const struct view *v, size_t from, struct memo *m, struct str key)
{
	if (m && !v->out.full)
		memo_put(m, key, str_slice(buf_str(&v->out), from, v->out.len));
}

/* ---- a whole page ---- */

/* Behind the page stand the places where its tokens go, and how many there are. */
enum { TOKENS_MAX = 8 };

struct places {
	uint32_t at[TOKENS_MAX];
	uint32_t n;
};

struct buf page_key(struct req *rq)
{
	struct buf key = buf_make(rq->arena, MEMO_ENTRY_BYTES);

	assert(rq->actor.account_id == 0 && !rq->unsent);
	buf_puts(&key, "page ");
	buf_put(&key, language_code(rq->language));
	buf_put(&key, rq->path);
	buf_putc(&key, '?');
	buf_put(&key, rq->query);
	buf_putc(&key, '\0');
	return key;
}

/* Where the tokens of `page` stand. False: there are too many. What people typed cannot be taken for a field, since
 * its < and " are escaped. */
static bool find_tokens(struct str page, struct places *ret)
{
	static const char field[] = VIEW_TOKEN_FIELD;
	const char *end = page.data + page.len, *p = page.data;

	ret->n = 0;
	while ((p = memmem(p, (size_t)(end - p), field, sizeof field - 1))) {
		p += sizeof field - 1;
		if (ret->n == TOKENS_MAX)
			return false;
		ret->at[ret->n++] = (uint32_t)(p - page.data);
	}
	return true;
}

/* What page_keep() put together, taken apart: the page in `b` with the tokens of `rq` in their places. */
static struct str fill_tokens(struct req *rq, struct buf *b)
{
	struct places places;
	struct str token = { NULL, 0 };

	b->len -= sizeof places;
	memcpy(&places, b->data + b->len, sizeof places);
	if (places.n) { /* asking may set a cookie */
		token = csrf_token(rq);
		assert(token.len == CSRF_TOKEN_BYTES);
	}
	for (uint32_t i = 0; i < places.n; i++)
		memcpy(b->data + places.at[i], token.data, CSRF_TOKEN_BYTES);
	return buf_str(b);
}

bool page_recall(struct req *rq, struct memo *m, const struct buf *key, struct str *ret)
{
	struct buf b = buf_make(rq->arena, MEMO_ENTRY_BYTES);

	if (!m || key->full)
		return false;
	(void)buf_reserve(&b, MEMO_ENTRY_BYTES - 1);
	if (!memo_get(m, buf_str(key), &b))
		return false;
	*ret = fill_tokens(rq, &b);
	return true;
}

void page_keep(struct req *rq, struct memo *m, const struct buf *key, struct str page)
{
	struct buf b = buf_make(rq->arena, MEMO_ENTRY_BYTES);
	struct places places;

	if (!m || key->full || !find_tokens(page, &places))
		return;
	buf_put(&b, page);
	buf_put(&b, str_make((const char *)&places, sizeof places));
	if (b.full)
		return;
	for (uint32_t i = 0; i < places.n; i++)
		memset(b.data + places.at[i], '-', CSRF_TOKEN_BYTES);
	memo_put(m, buf_str(key), buf_str(&b));
}
