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

/* Markup known to be safe. Borrows: it lives as long as what it was made of, the request for what templates write. */
struct html {
	struct str markup;
	struct buf *
		room; /* where it stands, with room around it for what a page says before and after; or NULL */
};

enum { VIEW_PAGE_MAX = 4 * 1024 * 1024 };

/* What a template writes with. */
struct view {
	struct buf out;
	const char *begun; /* where `out` began, with room before it */
	struct req *rq;
	enum language language;
};

/* An empty page that answers `rq`, in its language. */
struct view view_make(struct req *rq);
/* The finished page, to which nothing is written any more. One that outgrew VIEW_PAGE_MAX is cut, and
 * rq->is_page_cut says so. */
struct html view_html(const struct view *v);

/* What chart/ drew, which escapes its own texts. The one way from a string to markup. */
struct html view_svg(struct str svg);

/* Called by compiled templates, by context. */
void view_text(struct view *v, struct str s); /* & < > escaped; also " and ' */
/* The same, in <bdi> when it may run from right to left: what stands beside it keeps its order. */
void view_isolated(struct view *v, struct str s);
void view_url(struct view *v,
	      struct str s); /* href, src, action: only relative, http, https, mailto; else "#" */
/* Its bytes stay as they are, so that it can be put again. */
void view_html_put(struct view *v, struct html h);
void view_int(struct view *v, int64_t n); /* plain digits, for attributes; fmt_int() for people */

/* {{url}}: the base path, then the template's own text and percent-encoded segments or values. */
void view_base_path(struct view *v);
/* {{asset}}: the address of an embedded file; ends the process when there is none of that name. */
void view_asset(struct view *v, const char *name);
/* {{csrf}}: the hidden field every form that posts carries. */
void view_csrf(struct view *v);
/* How it begins; the token follows, CSRF_TOKEN_BYTES of it. */
#define VIEW_TOKEN_FIELD "<input type=\"hidden\" name=\"" CSRF_FIELD "\" value=\""

/* The template's own text; the same in each language, translated and escaped when the page was
 * compiled. */
#define view_literal(v, text) buf_put(&(v)->out, S(text))
#define view_translated(v, french, english) \
	buf_put(&(v)->out, (v)->language == LANG_FR ? S(french) : S(english))

/*
 * Values by type. What is not listed does not compile: a bool or a pointer printed by mistake, a
 * struct html where text is wanted.
 */
#define VIEW_BY_TYPE(x, string, c_string, number, big) \
	_Generic((x),                                                                              \
		struct str: string, const char *: c_string, char *: c_string,                      \
		signed char: number, short: number, int: number, long: number, long long: number,  \
		unsigned char: number, unsigned short: number, unsigned: number,                   \
		unsigned long: big, unsigned long long: big)

/* {{x}} between tags: numbers as people of the page's language write them, and text that may run from right to left
 * in an element of its own. */
#define view_put(v, x) \
	VIEW_BY_TYPE(x, view_isolated, view_c_text, view_number, view_big_number)(v, x)
/* The same where no element can stand: in a title, an option, a drawing, and in an attribute that is translated. */
#define view_put_plain(v, x) \
	VIEW_BY_TYPE(x, view_text, view_c_text, view_number, view_big_number)(v, x)
/* {{x}} in an attribute: numbers in plain digits. */
#define view_put_attribute(v, x) \
	VIEW_BY_TYPE(x, view_text, view_c_text, view_int, view_big_int)(v, x)
/* {{x}} that is a whole address. */
#define view_put_url(v, x) \
	_Generic((x), struct str : view_url, const char * : view_c_url, char * : view_c_url)(v, x)
/* {{x}} that is a part of an address. */
#define view_component(v, x) \
	VIEW_BY_TYPE(x, view_percent, view_c_percent, view_int, view_big_int)(v, x)

/* Chosen by the macros above. */
void view_c_text(struct view *v, const char *s);
void view_number(struct view *v, int64_t n);
void view_big_number(struct view *v, uint64_t n);
void view_big_int(struct view *v, uint64_t n);
void view_c_url(struct view *v, const char *s);
void view_percent(struct view *v,
		  struct str s); /* all but letters, digits and -._~ percent-encoded */
void view_c_percent(struct view *v, const char *s);

#endif
