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
};

struct error_page {
	int status;
	struct str title, what, next;
	struct str incident;
};

#endif
