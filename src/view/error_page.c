/* Error pages: see layout.h. */
#include "view/layout.h"
#include "view/pages.h"
#include "view/view_tpl.h"

struct explanation {
	int status;
	const char *title, *what, *next;
};

/* The first stands for every other mistake of the request, the last for every other fault of ours. */
static const struct explanation explanations[] = {
	{ 400, N_("We could not read this request"),
	  N_("The address or the form that reached us is not complete, or not as this page expects it."),
	  N_("Go back, check what you entered and try again. If you followed a link, ask for it again.") },
	{ 401, N_("You are not signed in"),
	  N_("Your session has ended, or was closed elsewhere, so nothing was recorded."),
	  N_("Sign in, then do it again.") },
	{ 403, N_("This action was refused"),
	  N_("The form does not seem to come from this site, so nothing was recorded."),
	  N_("Open the page again and send its form once more.") },
	{ 404, N_("This page cannot be found"),
	  N_("Nothing is at this address. The link may have been cut short or mistyped, or what it opened "
	     "may have been erased."),
	  N_("Copy the whole link again from the message you received, or ask the sender for it.") },
	{ 405, N_("This address does not work that way"),
	  N_("The page was asked to do something it does not do."),
	  N_("Start again from the home page or from the link you received.") },
	{ 410, N_("This link is closed"),
	  N_("It was used already, it has run out, or whoever shared it has closed it."),
	  N_("Ask the person who sent you the link for a new one.") },
	{ 413, N_("That is too much at once"),
	  N_("What was sent is larger than this page accepts, so nothing was recorded."),
	  N_("Go back, shorten your text and send it again.") },
	{ 421, N_("This site is not at this address"),
	  N_("The request was meant for another address than the one Jalon is set up for."),
	  N_("Check the address in your browser, or ask the administrator of this site for the right one.") },
	{ 422, N_("Some answers need a correction"),
	  N_("A value that was sent is missing or not accepted, so nothing was recorded."),
	  N_("Go back, correct that value and send the form again.") },
	{ 429, N_("Too many requests"),
	  N_("Many requests came from your connection in a short time."),
	  N_("Wait a minute, then load the page again.") },
	{ 503, N_("Jalon is busy"),
	  N_("Too many people are using it at this moment, or it is being restarted. "
	     "This request was not carried out."),
	  N_("Wait a moment, then load the page again.") },
	{ 500, N_("Something went wrong on our side"),
	  N_("An unexpected fault stopped this request. What you sent last was not recorded."),
	  N_("Try again in a moment. If it happens again, tell your administrator.") },
};

/* 403 of somebody who is known: `what` says who can, in the permission's words. */
static const struct explanation forbidden = {
	403, N_("Your role does not allow this"), "",
	N_("If you need it, ask one of them to do it, or an owner of the organisation to change your role.")
};

/* 401 of a form that is still there. */
static const char unsent_next[] = N_(
	"What you typed is kept on this page: sign in in another tab, come back here and send it again.");

/* The same where no organisation is asked for: nobody could change a role. */
static const char alone_next[] = N_("If you need it, ask that person.");

enum { N_EXPLANATIONS = sizeof explanations / sizeof *explanations };

static const struct explanation *explanation_of(int status)
{
	for (size_t i = 0; i < N_EXPLANATIONS; i++)
		if (explanations[i].status == status)
			return &explanations[i];
	return &explanations[status < 500 ? 0 : N_EXPLANATIONS - 1];
}

struct str view_error_page(struct req *rq, int status, struct str incident)
{
	bool is_forbidden = status == 403 && rq->is_forbidden;
	const struct explanation *e = is_forbidden ? &forbidden : explanation_of(status);
	struct error_page page = {
		.status = status,
		.title = tr(rq->language, e->title),
		.what = tr(rq->language, is_forbidden ? rq->route->permission->who : e->what),
		.next = tr(rq->language, rq->unsent                          ? unsent_next
					 : is_forbidden && !rq->actor.org_id ? alone_next
									     : e->next),
		.incident = incident,
		.asks_sign_in = status == 401,
		.unsent = rq->unsent,
		.is_signed_in = rq->actor.account_id != 0,
	};
	struct layout layout = { .title = page.title, .is_door = true };
	struct view v = view_make(rq);

	error_body(&v, &page);
	layout.body = view_html(&v);
	return layout_render(rq, &layout);
}
