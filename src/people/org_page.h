/* What every page of an organisation shows around its own content. */
#ifndef JALON_PEOPLE_ORG_PAGE_H
#define JALON_PEOPLE_ORG_PAGE_H

#include "people/people.h"
#include "view/layout.h"

/* The tabs of an organisation's own pages. */
enum org_tab {
	TAB_HOME,
	TAB_CAMPAIGNS,
	TAB_PLAN,
	TAB_MEMBERS,
	TAB_DEPARTMENTS,
	TAB_SETTINGS, /* from here on, the owners' */
	TAB_AUDIT,
	TAB_NONE /* a page beside them */
};

/* The tabs, with `here` as the current one. */
struct html org_tabs_html(struct req *rq, enum org_tab here);

/* The logo of the actor's organisation: its media type and bytes; both empty when it has none. 0 or a fault. */
MUST_CHECK int org_logo(struct req *rq, struct str *ret_type, struct str *ret, struct err *err);

/* Where every way to an organisation begins. */
struct crumb portfolio_crumb(struct req *rq);
/* A page of an organisation: the way to it leads over the portfolio and the organisation's home. */
struct reply *org_reply(struct req *rq, int status, struct str title, const struct view *v);
/* A page below one of the tabs (TAB_HOME: below none): `l` but for its crumbs, to which that tab's page and `n`
 * more are added. */
enum { CRUMBS_BELOW_MAX = 3 };
struct reply *org_reply_below(struct req *rq, int status, const struct layout *l, enum org_tab tab,
			      const struct crumb *below, size_t n);

#endif
