/*
 * Writing HTML. Templates (*.html beside their room) are compiled by tools/templates.py into C
 * functions that use this runtime. Escaping is chosen by the compiler from where a value stands
 * (text, attribute, URL), never by the author; raw output needs a `struct html`, which only this
 * layer and chart/ make. (doc/templates.md states the language.)
 */
#ifndef JALON_VIEW_VIEW_H
#define JALON_VIEW_VIEW_H

#include "base/buf.h"
#include "http/http.h"
#include "i18n/i18n.h"

/* Markup known to be safe. */
struct html {
	struct str markup;
};

enum { VIEW_PAGE_MAX = 4 * 1024 * 1024 };

/* What a template writes with. */
struct view {
	struct buf out;
	struct req *rq;
	enum language language;
};

struct view view_make(struct req *rq);
/* The finished page; ends the process when it outgrew VIEW_PAGE_MAX, which limits on input exclude. */
struct html view_html(const struct view *v);

/* Called by compiled templates, by context. */
void view_raw(struct view *v, const char *markup, size_t len); /* the template's own text */
void view_text(struct view *v, struct str s);  /* & < > escaped; also " and ' */
void view_url(struct view *v, struct str s);   /* href, src, action: only relative, http, https, mailto; else "#" */
void view_html_put(struct view *v, struct html h);
void view_int(struct view *v, int64_t n);      /* plain digits, for attributes; fmt_int() for people */

#endif
