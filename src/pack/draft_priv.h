/*
 * A scorecard as its tables fill it, element by element, before load.c lays it out as parallel arrays of
 * numbers and texts; and the readers of its larger parts, which are in files of their own.
 */
#ifndef JALON_PACK_DRAFT_PRIV_H
#define JALON_PACK_DRAFT_PRIV_H

#include "pack/decode_priv.h"

enum { ELEMENTS_MAX = 32 }; /* paragraphs, actions */

struct option_draft {
	struct option def;
	struct option_text text;
};
struct option_drafts VEC(struct option_draft);
struct scale_steps VEC(struct scale_step);

struct scale_draft {
	int min, max;
	struct text low, high;
	struct scale_steps steps;
	const struct yaml_node *steps_node;
};

struct question_draft {
	struct question def;
	struct question_text text;
	const struct yaml_node *category;
	struct option_drafts options;
	struct scale_draft scale;
};
struct question_drafts VEC(struct question_draft);

struct category_draft {
	struct category def;
	struct category_text text;
};
struct category_drafts VEC(struct category_draft);

struct actions VEC(struct pack_action);

struct band_draft {
	struct band def;
	struct band_text text;
	struct actions actions;
};
struct band_drafts VEC(struct band_draft);

struct scorecard_draft {
	struct scorecard_pack pack;
	struct category_drafts categories;
	struct question_drafts questions;
	struct band_drafts bands;
	const struct yaml_node *bands_node;
};

/* question.c: into a struct category_drafts, then a struct question_drafts. Both also put what
 * conditions refer to into the decoder's scorecard. */
void read_categories(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to);
void read_questions(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to);

/* band.c: the order of leverage, into the decoder's scorecard; the bands, into a struct band_drafts. */
void read_leverage(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to);
void read_bands(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to);

/* A piece of a range of numbers, both ends included, and where it is written. */
struct span {
	int from, to;
	const struct yaml_node *node;
};

/* partition.c: checks that `spans`, in their order, cover min..max without gap or overlap. `list` is where
 * they stand. */
void check_partition(struct decoder *d, const struct yaml_node *list, const struct span *spans,
		     size_t n, int min, int max);

#endif
