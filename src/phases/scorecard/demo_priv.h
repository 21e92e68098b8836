/* Inside the demonstration: what it is filled with, and the steps it is filled by. */
#ifndef JALON_PHASES_SCORECARD_DEMO_PRIV_H
#define JALON_PHASES_SCORECARD_DEMO_PRIV_H

#include "people/demo.h"
#include "phases/scorecard/campaign.h"
#include "phases/scorecard/demo.h"
#include "plan/action.h"

/* ---- content (demo_content.c); lists end with a NULL first member, indexes count from 0 ---- */

/* A sheet answered alone. */
struct demo_answer {
	const char *question, *value, *comment;
};
extern const struct demo_answer demo_beginner[], demo_growing[], demo_advanced[];

/* People who answer alike: how far along they see the organisation, from 0 to 100. */
struct demo_group {
	const char *department;
	int n, level;
};
/* Where one group sees a question otherwise than the rest. */
struct demo_lean {
	const char *question;
	int group, shift;
	int unknown; /* how many in a hundred do not know */
};
/* What one of a group writes. */
struct demo_comment {
	const char *question;
	int group, who;
	const char *text;
};
/* What a workshop agreed on, after the room voted a second time: seven values with a space between. */
struct demo_agreement {
	const char *question, *value, *reason, *votes;
};

/* Days are counted from now: -21 was three weeks ago. */
struct demo_campaign {
	const char *title;
	enum round_mode mode;
	enum round_access access;
	int made, opened, closes;
	bool is_draft;
	uint32_t seed;
	const struct demo_group *groups;
	const struct demo_lean *leans;
	const struct demo_comment *comments;
	const struct demo_agreement *agreements; /* noted `agreed` days from now */
	int agreed;
	/* Personal links: names, group after group; of each group so many answered, then so many began. */
	const char *const *names;
	int n_answered, n_begun;
};

/* What became of a recommended action, in the order of the recommendations; then actions of their own. */
struct demo_task {
	const char *title, *detail; /* NULL: the recommended one */
	const char *questions;      /* of one of their own: ids with a space between */
	const char *owner;          /* NULL: the consultant */
	int due;
	enum action_status status;
	enum action_effort effort;
	const char *note;
};
struct demo_plan {
	int made;
	const struct demo_task *tasks;
	size_t n;
};

struct demo_org {
	const char *name, *sector, *size, *accent;
	const struct str *logo;
	int made;
	const char *const *departments;
	const struct demo_answer *kept; /* a sheet kept there; NULL: none */
	int kept_day;
	const struct demo_plan *kept_plan; /* adopted from it; NULL: nothing */
	const struct demo_campaign *campaigns[2];
	const struct demo_plan *plans[2]; /* adopted from their results */
};
extern const struct str demo_logo_brindille, demo_logo_belloy, demo_logo_orival; /* PNG */
enum { DEMO_ORGS = 3 };
extern const struct demo_org demo_orgs[DEMO_ORGS];

/* ---- steps; what returns int gives 0, or a fault in d->err ---- */

/* What they share: a request of nobody's, whose clock and actor the steps set. */
struct demo {
	struct req rq;
	int64_t now_ms; /* when the demonstration begins */
	int64_t accounts[DEMO_ACCOUNTS];
	struct err *err;
};

/* `hour` o'clock UTC of the day `day` from today; never later than now unless that day is to come. */
int64_t demo_time(const struct demo *d, int day, int hour);

/* demo_campaign.c: a campaign of the actor's organisation from its making to what was agreed on; its id. */
MUST_CHECK int demo_campaign(struct demo *d, const struct demo_campaign *c, int64_t *ret);

/* demo_workshop.c: a workshop on a closed campaign, from the code to its end. */
MUST_CHECK int demo_workshop(struct demo *d, const struct round *round,
			     const struct demo_agreement *list);

/* demo_plan.c: adopts what the result of a sheet or of a campaign recommends, and works on it. */
MUST_CHECK int demo_plan_of_sheet(struct demo *d, int64_t sheet_id, const struct demo_plan *plan);
MUST_CHECK int demo_plan_of_campaign(struct demo *d, int64_t round_id,
				     const struct demo_plan *plan);

#endif
