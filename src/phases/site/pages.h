/* The view models of the pages that belong to no phase. */
#ifndef JALON_PHASES_SITE_PAGES_H
#define JALON_PHASES_SITE_PAGES_H

#include "pack/pack.h"
#include "phases/app.h"
#include "view/view.h"

struct milestone_view {
	struct str id, title, summary;
	int number;
	bool is_open; /* it can be used today */
};

/* The bar of milestones under a page's top bar. */
struct steps_view {
	struct milestone_view *milestones;
	size_t n_milestones;
	size_t here;     /* index; n_milestones: none of them */
	int here_number; /* from 1 */
};

struct home_page {
	struct str summary;
	struct html route; /* the drawing */
	struct milestone_view *milestones;
	size_t n_milestones;
	int minutes, n_questions;
	bool has_contact;
	struct str contact;
	const struct example *examples; /* of a demonstration */
	size_t n_examples;
	bool is_signed_in;
	struct str to, to_label; /* signed in: where one's own work is */
};

struct band_row {
	struct str title, estimate;
	int min, max;
};

struct option_row {
	struct str title;
	int points;
};

struct question_row {
	int number;
	struct str label, condition; /* the condition in words; empty: always asked */
	struct option_row *options;
	size_t n_options;
};

struct method_page {
	struct band_row *bands;
	size_t n_bands;
	struct question_row *questions;
	size_t n_questions;
	struct str *leverage; /* labels, most influential first */
	size_t n_leverage;
	int max;
	struct str pack_id;
	int pack_version;
};

struct text_page {
	bool has_contact;
	struct str contact;
};

/* steps.c: the pack's milestones, in their order. */
struct milestone_view *site_milestones(struct req *rq);

#endif
