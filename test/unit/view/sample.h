/* The model of sample.html. */
#ifndef JALON_TEST_UNIT_VIEW_SAMPLE_H
#define JALON_TEST_UNIT_VIEW_SAMPLE_H

#include "view/view.h"

struct sample_item {
	struct str name;
};

struct sample {
	struct str text;
	const char *c_text;
	int64_t number;
	size_t count;
	int small;
	const struct sample_item *items;
	size_t n_items;
	bool is_on;
	struct html raw;
};

#endif
