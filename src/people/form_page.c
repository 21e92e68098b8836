/* The page of one form. */
#include "people/pages.h"
#include "people/people_tpl.h"

struct reply *form_page_reply(struct req *rq, int status, const struct form_page *m)
{
	struct view v = view_make(rq);

	people_form_page(&v, m);
	return layout_reply(rq, status,
			    &(struct layout){
				    .title = m->title,
				    .body = view_html(&v),
				    .is_narrow = true,
				    .crumbs = m->crumbs,
				    .n_crumbs = m->n_crumbs,
			    });
}
