/* Routes of accounts: who may do what, with which arguments. Those of organisations are in org_routes.c. */
#include "people/routes.h"

#include <assert.h>

#include "http/route_table.h"
#include "people/form.h"
#include "people/handlers_priv.h"
#include "people/people.h"
#include "people/stale.h"

static_assert(offsetof(struct link_args, token) == 0 && offsetof(struct setup_args, token) == 0 &&
		      offsetof(struct reset_args, token) == 0,
	      "arguments of a route behind a link begin with its token");

enum { NEXT_MAX = 2000, PASSWORD_CHARS = 128 };

static const struct args_spec sign_in_args = ARGS(
	sign_in_args, TEXT(sign_in_args, next, "next", ARG_QUERY, false, NEXT_MAX),
	FLAG(sign_in_args, out, "out", ARG_QUERY), FLAG(sign_in_args, reset, "reset", ARG_QUERY));
static const struct args_spec credentials_args =
	ARGS(credentials_args, TEXT(credentials_args, email, "email", ARG_FORM, false, 1000),
	     SECRET(credentials_args, password, "password", ARG_FORM, false, 1000),
	     TEXT(credentials_args, next, "next", ARG_FORM, false, NEXT_MAX));
static const struct args_spec code_args =
	ARGS(code_args, TEXT(code_args, ticket, "ticket", ARG_FORM, true, 200),
	     TEXT(code_args, code, "code", ARG_FORM, false, CODE_MAX),
	     TEXT(code_args, next, "next", ARG_QUERY, false, NEXT_MAX));
static const struct args_spec forgotten_page_args =
	ARGS(forgotten_args, FLAG(forgotten_args, sent, "sent", ARG_QUERY));
static const struct args_spec forgotten_args =
	ARGS(forgotten_args, TEXT(forgotten_args, email, "email", ARG_FORM, false, 1000));
static const struct args_spec link_args = ARGS(link_args, TOKEN(link_args));
static const struct args_spec setup_args = ARGS(
	setup_args, TOKEN(setup_args), TEXT(setup_args, name, "name", ARG_FORM, true, LABEL_MAX),
	TEXT(setup_args, email, "email", ARG_FORM, true, EMAIL_MAX),
	SECRET(setup_args, password, "password", ARG_FORM, true, PASSWORD_CHARS));
static const struct args_spec reset_args =
	ARGS(reset_args, TOKEN(reset_args),
	     SECRET(reset_args, password, "password", ARG_FORM, true, PASSWORD_CHARS));
static const struct args_spec account_args =
	ARGS(account_args, FLAG(account_args, saved, "saved", ARG_QUERY),
	     FLAG(account_args, password_saved, "password", ARG_QUERY),
	     FLAG(account_args, closed, "closed", ARG_QUERY));
static const struct args_spec profile_args =
	ARGS(profile_args, TEXT(profile_args, name, "name", ARG_FORM, true, LABEL_MAX),
	     TEXT(profile_args, language, "language", ARG_FORM, true, 2),
	     TEXT(profile_args, time_zone, "time-zone", ARG_FORM, true, ZONE_MAX),
	     TEXT(profile_args, was, "was", ARG_FORM, false, STALE_MARK_MAX));
static const struct args_spec password_args = ARGS(
	password_args, SECRET(password_args, current, "current", ARG_FORM, true, PASSWORD_CHARS),
	SECRET(password_args, password, "password", ARG_FORM, true, PASSWORD_CHARS));
static const struct args_spec session_args =
	ARGS(session_args,
	     { "session", ARG_FORM, ARG_ID, .offset = offsetof(struct session_args, session) });
static const struct args_spec factor_args =
	ARGS(factor_args, TEXT(factor_args, code, "code", ARG_FORM, false, CODE_MAX));

/* Each may send a mail to somebody who did not ask for it. */
static const struct limit limit_forgotten = { "forgotten", .burst = 10, .per_minute = 4 };

const struct route people_routes[] = {
	GET_PAGE("/sign-in", sign_in_page, permission_public, &sign_in_args, "sign in"),
	POST_FORM("/sign-in", sign_in, permission_public, &credentials_args,
		  "sign in with a password", .prepare = sign_in_prepare),
	POST_FORM("/sign-in/code", sign_in_code, permission_public, &code_args,
		  "sign in with a code too"),
	GET_PAGE("/sign-in/forgotten", forgotten_page, permission_public, &forgotten_page_args,
		 "a forgotten password"),
	POST_FORM("/sign-in/forgotten", forgotten, permission_public, &forgotten_args,
		  "have a link to a new password mailed", .limit = &limit_forgotten),
	POST_FORM("/sign-out", sign_out, permission_public, NULL, "sign out"),
	GET_PAGE("/setup/{token}", setup_page, permission_setup_link, &link_args,
		 "the first administrator"),
	POST_FORM("/setup/{token}", setup, permission_setup_link, &setup_args,
		  "make the first administrator", .prepare = setup_prepare, .show_errors = true),
	GET_PAGE("/reset/{token}", reset_page, permission_reset_link, &link_args, "a new password"),
	POST_FORM("/reset/{token}", reset, permission_reset_link, &reset_args, "set a new password",
		  .prepare = reset_prepare, .show_errors = true),
	GET_PAGE("/account", account_page, permission_account, &account_args, "one's own account"),
	POST_FORM("/account", account_save, permission_account, &profile_args, "save one's profile",
		  .show_errors = true),
	POST_FORM("/account/password", account_password, permission_account, &password_args,
		  "change one's password", .prepare = account_password_prepare,
		  .show_errors = true),
	POST_FORM("/account/sessions/close", account_session_close, permission_account,
		  &session_args, "sign another browser out"),
	GET_PAGE("/account/second-factor", factor_page, permission_account, NULL,
		 "the second factor"),
	POST_FORM("/account/second-factor", factor_begin, permission_account, NULL,
		  "begin a second factor"),
	POST_FORM("/account/second-factor/confirm", factor_confirm, permission_account,
		  &factor_args, "prove the second factor"),
	POST_FORM("/account/second-factor/remove", factor_remove, permission_account, &factor_args,
		  "remove the second factor"),
	{ .handler = NULL },
};
