/* The view models of the room's own pages. */
#ifndef JALON_TRANSFER_PAGES_H
#define JALON_TRANSFER_PAGES_H

#include "view/form.h"
#include "view/layout.h"

/* Taking an organisation's data along, and erasing it. */
struct data_page {
	struct html tabs;
	struct str org;
	struct form erase; /* asks for the organisation's name */
};

struct certificate_row {
	struct str what;
	int64_t n;
};

/* That an organisation was erased. */
struct certificate_page {
	struct str id; /* the organisation's */
	struct str name, when, who;
	struct certificate_row *rows;
	size_t n;
	int64_t total;
};

#endif
