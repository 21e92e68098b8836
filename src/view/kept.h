/*
 * Markup that is kept (base/memo.h) under a key of all that it was made of, so that whoever looks again gets the
 * same bytes without their being made anew (decision 0013). Rights are judged, and what the key is made of is read,
 * on each request all the same. A memo of NULL keeps nothing.
 */
#ifndef JALON_VIEW_KEPT_H
#define JALON_VIEW_KEPT_H

#include "base/memo.h"
#include "view/view.h"

/* ---- a part of a page ---- */

/* Puts what view_keep() kept under `key`. False: nothing is. */
bool view_recall(struct view *v, struct memo *m, struct str key);
/* Keeps what `v` holds from its byte `from` on under `key`. */
void view_keep(const struct view *v, size_t from, struct memo *m, struct str key);

/* ---- a whole page, as layout_render() gives it ---- */

/*
 * A key in the request's arena, begun with what the shell of the page that answers `rq` is made of; the caller adds
 * what its body is. The tokens of its forms are no part of it: they are each browser's own, and put in when the page
 * is recalled. Only for pages of those who are not signed in.
 */
struct buf page_key(struct req *rq);
/* Gives the page that page_keep() kept under `key`, in the request's arena. False: none is. A key that is not whole,
 * because it outgrew its buffer, has no page. */
bool page_recall(struct req *rq, struct memo *m, const struct buf *key, struct str *ret);
/* Keeps `page`, which answers `rq`, under `key`, without the tokens of its forms. */
void page_keep(struct req *rq, struct memo *m, const struct buf *key, struct str page);

#endif
