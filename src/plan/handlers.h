/* Inside the plan's room: its handlers and the arguments they see; what each answers is the title of its route, in
 * routes.c. */
#ifndef JALON_PLAN_HANDLERS_H
#define JALON_PLAN_HANDLERS_H

#include "http/http.h"

/* What the plan's page shows, of all there is; the same arguments come back with a move. */
struct plan_filter {
	struct str status; /* "todo" …; empty: any */
	struct str owner;  /* "me", "nobody", or "=" and a name; empty: any */
	struct str phase;  /* a milestone's id; empty: any */
	struct str sort;   /* "owner", "added"; empty: by day */
	struct str view;   /* "board"; empty: a list */
	bool late;
};

struct plan_args {
	int64_t org;
	struct plan_filter filter;
	struct str done; /* what has just been done: "added" … */
};
struct action_args {
	int64_t org, action;
	bool saved;
};
/* The fields of the form; of an action that is there, with the version that was seen. */
struct action_fields {
	struct str title, detail, owner, owner_name, due, status, effort, phase, note;
	int64_t version;
	struct arg_pairs questions; /* "serves-" and a question's id, each a box that was ticked */
};
struct add_args {
	int64_t org;
	struct action_fields fields;
};
struct change_args {
	int64_t org, action;
	struct action_fields fields;
};
struct move_args {
	int64_t org, action;
	struct plan_filter filter;
	struct str to;
};
struct calendar_args {
	struct str file;
};
struct org_args {
	int64_t org;
};

/* edit.c */
struct reply *action_new_page(struct req *rq);
struct reply *action_new(struct req *rq);
struct reply *action_page(struct req *rq);
struct reply *action_save(struct req *rq);
struct reply *action_move_to(struct req *rq);
struct reply *action_remove_page(struct req *rq);
struct reply *action_remove_now(struct req *rq);

/* export.c */
struct reply *plan_csv(struct req *rq);
struct reply *plan_xlsx(struct req *rq);

/* feed.c */
struct reply *calendar_open(struct req *rq);
struct reply *calendar_close(struct req *rq);
struct reply *calendar_show(struct req *rq);

#endif
