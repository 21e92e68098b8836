/* The shell of every page: head, top bar, footer. */
#ifndef JALON_VIEW_LAYOUT_H
#define JALON_VIEW_LAYOUT_H

#include "view/view.h"

/* A page above this one. */
struct crumb {
	struct str path, label; /* the path by url() */
};

/* A page before its shell. */
struct layout {
	struct str title; /* what the page is about; the product's name is added. Escaped here */
	struct html body; /* inside <main>; of a question page: div.rbar, main and nav.rnav */
	bool is_question; /* body.resp: one thing to do */
	bool is_door;     /* body.door: an error, in the middle of the page */
	bool is_narrow;   /* main.narrow, for pages of text */
	bool has_events;  /* loads htmx's hx-sse: doc/templates.md, "A page that is told" */
	struct str
		band; /* of a result, for programs: main's data-band and data-score; empty for none */
	int score;
	struct str exact_score; /* "20.5": in its place, when it is not a whole number of points */
	const struct crumb *crumbs; /* the way here, without this page */
	size_t n_crumbs;
	struct str here;     /* what this page is called at their end; empty: the title */
	bool offers_sign_in; /* to those who are not signed in: not on the pages of respondents */
	struct html steps;   /* nav.pathnav under the top bar; empty for none */
};

/* The whole document, in the request's arena and language. */
struct str layout_render(struct req *rq, const struct layout *l);

/* reply_page() with layout_render(): how nearly every handler ends. */
struct reply *layout_reply(struct req *rq, int status, const struct layout *l);

/*
 * The page for an error: what happened and what to do next. Any status; those without a text of their
 * own get the general one. `incident` is shown for the administrator, when not empty. It has the type
 * of server_config.error_page.
 */
struct str view_error_page(struct req *rq, int status, struct str incident);

#endif
