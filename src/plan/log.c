/* What the plan writes into the audit log, in words. */
#include "base/timing.h"
#include "people/log_words.h"
#include "plan/action.h"

static struct str say_status(struct req *rq, struct str value)
{
	enum action_status status;

	return action_status_parse(value, &status) == 0 ? action_status_words(rq->language, status)
							: S("");
}

static struct str say_effort(struct req *rq, struct str value)
{
	enum action_effort effort;

	/* What is not estimated is nothing. */
	return value.len && action_effort_parse(value, &effort) == 0
		       ? action_effort_words(rq->language, effort)
		       : S("");
}

static struct str say_due(struct req *rq, struct str value)
{
	int64_t day;

	return day_parse(value, &day) == 0 ? due_words(rq, day) : S("");
}

static const struct told_kind kinds[] = {
	{ "action", N_("Action of the plan") },
	{ "calendar", N_("Calendar address") },
	{ NULL, NULL },
};

static const struct told_field fields[] = {
	{ "title", N_("Title"), NULL },
	{ "detail", N_("Detail"), NULL },
	{ "owner", N_("Person in charge"), NULL },
	{ "due", N_("Due date"), say_due },
	{ "status", N_("Status"), say_status },
	{ "effort", N_("Effort"), say_effort },
	{ "note", N_("Note"), NULL },
	{ "questions", NULL, NULL },
	{ "phase", NULL, NULL },
	{ NULL, NULL, NULL },
};

const struct log_words plan_log = { kinds, fields };
