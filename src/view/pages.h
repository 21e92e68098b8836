/* The models of this room's own templates. */
#ifndef JALON_VIEW_PAGES_H
#define JALON_VIEW_PAGES_H

#include "view/layout.h"

struct layout_page {
	const struct layout *layout;
	bool is_demo;
	struct str language;       /* "fr" */
	struct str other_language; /* "en" */
	struct str other_name;     /* "English" */
	struct str other_short;    /* "EN" */
	struct str other_address;  /* this page in that language */
	bool is_signed_in;
	struct str account_name;
	bool has_org;
	struct str org_id, org_name;
	struct str accent;      /* "#0b5563" */
	struct str on_accent;   /* the ink that is read on it */
	struct str org_letters; /* "MB" */
};

struct error_page {
	int status;
	struct str title, what, next;
	struct str incident;
	bool asks_sign_in;           /* the way out is to sign in */
	const struct unsent *unsent; /* and to send this again; or NULL */
	bool is_signed_in;           /* the way out is the portfolio */
};

#endif
