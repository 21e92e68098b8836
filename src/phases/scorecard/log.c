/* What campaigns and workshops write into the audit log, in words. */
#include "people/log_words.h"
#include "phases/scorecard/scorecard.h"

static const struct told_kind kinds[] = {
	{ "round", N_("Campaign") },
	{ "participant", N_("Participant") },
	{ "sheet", N_("Scorecard") },
	{ NULL, NULL },
};

static const struct told_field fields[] = {
	{ "title", N_("Title"), NULL },
	{ "people", N_("People"), NULL },
	{ "mails", N_("Mails"), NULL },
	{ NULL, NULL, NULL },
};

const struct log_words scorecard_log = { kinds, fields };
