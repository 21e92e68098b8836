/* Inside the plan's room: the form of one action. */
#ifndef JALON_PLAN_FORM_H
#define JALON_PLAN_FORM_H

#include "plan/pages.h"
#include "plan/queries.h"

/* The form filled with an action; `x` NULL: empty. */
struct action_form form_of_action(struct req *rq, const struct plan_member_list_rows *members,
				  const struct action *x);
/* The form filled with what was sent. */
struct action_form form_of_fields(struct req *rq, const struct plan_member_list_rows *members,
				  const struct action_fields *fields);
/* Reads what was sent into *x, whose other members stay; what is wrong goes into `f`. */
void form_read(struct req *rq, struct action_form *f, const struct plan_member_list_rows *members,
	       const struct action_fields *fields, struct action *x);
/* Says where `mine`, as sent, and `theirs`, as stored meanwhile, differ; `f` then saves over theirs. */
void form_beaten(struct req *rq, struct action_form *f, const struct action *mine,
		 const struct action *theirs);

#endif
