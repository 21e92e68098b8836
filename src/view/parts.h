/* Parts of pages that several rooms place: their models and their templates. */
#ifndef JALON_VIEW_PARTS_H
#define JALON_VIEW_PARTS_H

#include "view/view.h"

/* A link to be copied. */
struct copy_link {
	struct str id; /* of its field */
	struct str label, hint, address;
};
void view_copy_link(struct view *v, const struct copy_link *m);

/* What whoever answers is told of their data: who is responsible for what, and their rights (GDPR, Article 13). Texts
 * are the campaign's; what follows from its mode is written out. */
struct data_notice {
	struct str purpose, controller, contact, retention;
	bool is_anonymous;
	bool is_room; /* of a live workshop, whose votes nobody reads one by one */
};
void view_data_notice(struct view *v, const struct data_notice *m);

/* Beside addresses that others are to open: says so when only this machine can. */
void view_local_hint(struct view *v, const struct http_site *m);

#endif
