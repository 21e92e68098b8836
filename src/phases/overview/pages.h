/* The view models of an organisation's home. */
#ifndef JALON_PHASES_OVERVIEW_PAGES_H
#define JALON_PHASES_OVERVIEW_PAGES_H

#include "people/people.h"
#include "view/view.h"

/* How far an organisation is with a milestone. */
enum progress { PROGRESS_NONE, PROGRESS_DOING, PROGRESS_DONE };

struct stone_view {
	struct str title, words; /* words: how far, or what is missing */
	struct str summary;      /* what one that is not there yet will bring */
	int number;
	enum progress progress;
	bool is_here;
	struct str path; /* empty: no page yet */
};

enum todo_kind { TODO_CAMPAIGN, TODO_DEPARTMENTS, TODO_PEOPLE };

/* What would bring the organisation further. */
struct todo_view {
	enum todo_kind kind;
	struct str title, detail, path, label;
	bool is_main;
};

struct campaign_view {
	struct str path, title, state, answers, detail;
	bool is_open, is_draft, is_closed;
};

enum { TODOS_MAX = 4, CAMPAIGNS_SHOWN = 4, PEOPLE_SHOWN = 6, ACTIVITY_SHOWN = 6 };

struct overview_page {
	struct html tabs, news, route;
	struct str org, name, sector, lead;
	bool has_logo;
	struct stone_view *stones;
	size_t n_stones;
	struct todo_view todos[TODOS_MAX];
	size_t n_todos;
	struct campaign_view campaigns[CAMPAIGNS_SHOWN];
	size_t n_campaigns, n_all_campaigns;
	const struct org_person *people;
	size_t n_people, n_more;
	int64_t n_members, n_departments, n_kept, n_rounds;
	const struct audit_line *activity;
	size_t n_activity;
	struct str role, role_summary;
	bool is_owner, may_edit;
};

#endif
