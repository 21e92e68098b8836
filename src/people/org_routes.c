/* Routes of organisations, of invitations, and of the accounts of the installation. */
#include <assert.h>

#include "http/route_table.h"
#include "people/form.h"
#include "people/handlers_priv.h"
#include "people/people.h"
#include "people/portfolio.h"
#include "people/routes.h"
#include "people/stale.h"

static_assert(offsetof(struct org_args, org) == 0 && offsetof(struct settings_args, org) == 0 &&
		      offsetof(struct settings_save_args, org) == 0 &&
		      offsetof(struct logo_args, org) == 0 &&
		      offsetof(struct department_args, org) == 0 &&
		      offsetof(struct member_args, org) == 0 &&
		      offsetof(struct members_args, org) == 0 &&
		      offsetof(struct invite_args, org) == 0 &&
		      offsetof(struct invitation_args, org) == 0 &&
		      offsetof(struct audit_args, org) == 0,
	      "arguments of a route of an organisation begin with its id");
static_assert(offsetof(struct join_args, token) == 0,
	      "arguments of a route behind a link begin with its token");

enum {
	PASSWORD_CHARS = 128,
	LOGO_MAX = 256 * 1024,
	LOGO_BODY_MAX = LOGO_MAX + 16 * 1024, /* and what a form puts around it */
};

static const struct args_spec users_args =
	ARGS(users_args, TEXT(users_args, search, "search", ARG_QUERY, false, 100),
	     FLAG(users_args, changed, "changed", ARG_QUERY));
static const struct args_spec user_args =
	ARGS(user_args, ID(user_args, account, "account", ARG_FORM, true));
static const struct args_spec user_state_args =
	ARGS(user_state_args, ID(user_state_args, account, "account", ARG_FORM, true),
	     TEXT(user_state_args, state, "state", ARG_FORM, true, 20));
static const struct args_spec user_new_args =
	ARGS(user_new_args, TEXT(user_new_args, name, "name", ARG_FORM, true, LABEL_MAX),
	     TEXT(user_new_args, email, "email", ARG_FORM, true, EMAIL_MAX));
const struct args_spec portfolio_page_args =
	ARGS(portfolio_args, TEXT(portfolio_args, search, "search", ARG_QUERY, false, 100),
	     TEXT(portfolio_args, role, "role", ARG_QUERY, false, 20),
	     TEXT(portfolio_args, sort, "sort", ARG_QUERY, false, 10),
	     TEXT(portfolio_args, show, "show", ARG_QUERY, false, 10),
	     NUMBER(portfolio_args, page, "page", ARG_QUERY, false, 1, 10000),
	     FLAG(portfolio_args, left, "left", ARG_QUERY));
static const struct args_spec org_new_args =
	ARGS(org_new_args, TEXT(org_new_args, name, "name", ARG_FORM, true, LABEL_MAX),
	     TEXT(org_new_args, time_zone, "time-zone", ARG_FORM, true, ZONE_MAX));
static const struct args_spec org_page_args = ARGS(org_args, PATH_ID(org_args, org));
static const struct args_spec settings_args = ARGS(settings_args, PATH_ID(settings_args, org),
						   FLAG(settings_args, saved, "saved", ARG_QUERY));
static const struct args_spec settings_save_args =
	ARGS(settings_save_args, PATH_ID(settings_save_args, org),
	     TEXT(settings_save_args, name, "name", ARG_FORM, true, LABEL_MAX),
	     TEXT(settings_save_args, sector, "sector", ARG_FORM, false, LABEL_MAX),
	     TEXT(settings_save_args, size, "size", ARG_FORM, false, 10),
	     TEXT(settings_save_args, time_zone, "time-zone", ARG_FORM, true, ZONE_MAX),
	     TEXT(settings_save_args, accent, "accent", ARG_FORM, false, 7),
	     TEXT(settings_save_args, contact, "contact", ARG_FORM, false, CONTACT_MAX),
	     FLAG(settings_save_args, benchmark, "benchmark", ARG_FORM),
	     TEXT(settings_save_args, was, "was", ARG_FORM, false, STALE_MARK_MAX));
static const struct args_spec logo_args = ARGS(
	logo_args, PATH_ID(logo_args, org),
	{ "logo", ARG_FORM, ARG_FILE, .max = LOGO_MAX, .offset = offsetof(struct logo_args, logo) },
	FLAG(logo_args, remove, "remove", ARG_FORM));
static const struct args_spec department_new_args =
	ARGS(department_args, PATH_ID(department_args, org),
	     TEXT(department_args, name, "name", ARG_FORM, true, LABEL_MAX));
static const struct args_spec department_args =
	ARGS(department_args, PATH_ID(department_args, org), PATH_ID(department_args, department),
	     TEXT(department_args, name, "name", ARG_FORM, false, LABEL_MAX),
	     TEXT(department_args, act, "act", ARG_FORM, false, 10),
	     TEXT(department_args, was, "was", ARG_FORM, false, LABEL_MAX));
static const struct args_spec member_args = ARGS(
	member_args, PATH_ID(member_args, org), ID(member_args, account, "account", ARG_FORM, true),
	TEXT(member_args, role, "role", ARG_FORM, true, 20));
static const struct args_spec member_remove_args =
	ARGS(member_args, PATH_ID(member_args, org),
	     ID(member_args, account, "account", ARG_FORM, true));
static const struct args_spec members_args =
	ARGS(members_args, PATH_ID(members_args, org),
	     ID(members_args, invited, "invited", ARG_QUERY, false),
	     FLAG(members_args, changed, "changed", ARG_QUERY),
	     FLAG(members_args, mailed, "mailed", ARG_QUERY));
static const struct args_spec invite_args = ARGS(
	invite_args, PATH_ID(invite_args, org), TEXT(invite_args, role, "role", ARG_FORM, true, 20),
	TEXT(invite_args, label, "label", ARG_FORM, false, LABEL_MAX),
	TEXT(invite_args, email, "email", ARG_FORM, false, EMAIL_MAX),
	NUMBER(invite_args, days, "days", ARG_FORM, true, 1, 30));
static const struct args_spec invitation_args =
	ARGS(invitation_args, PATH_ID(invitation_args, org),
	     ID(invitation_args, invitation, "invitation", ARG_FORM, true));
static const struct args_spec audit_args =
	ARGS(audit_args, PATH_ID(audit_args, org),
	     TEXT(audit_args, action, "action", ARG_QUERY, false, 200),
	     TEXT(audit_args, who, "who", ARG_QUERY, false, 200),
	     TEXT(audit_args, kind, "kind", ARG_QUERY, false, 40),
	     ID(audit_args, object, "object", ARG_QUERY, false),
	     TEXT(audit_args, from, "from", ARG_QUERY, false, 20),
	     TEXT(audit_args, to, "to", ARG_QUERY, false, 20),
	     ID(audit_args, before, "before", ARG_QUERY, false));
static const struct args_spec invited_args = ARGS(join_args, TOKEN(join_args));
static const struct args_spec join_args =
	ARGS(join_args, TOKEN(join_args), TEXT(join_args, name, "name", ARG_FORM, true, LABEL_MAX),
	     TEXT(join_args, email, "email", ARG_FORM, true, EMAIL_MAX),
	     SECRET(join_args, password, "password", ARG_FORM, true, PASSWORD_CHARS));

/* Each makes an account: a room may join at once. */
static const struct limit limit_join = { "join", .burst = 20, .per_minute = 6 };

const struct limit limit_documents = { "documents", .burst = 60, .per_minute = 30,
				       .per_org = true };

const struct route org_routes[] = {
	GET_PAGE("/orgs/new", org_new_page, permission_account, NULL, "a new organisation"),
	POST_FORM("/orgs/new", org_new, permission_account, &org_new_args, "create an organisation",
		  .show_errors = true),
	GET_PAGE("/o/{org}/settings", settings_page, permission_org_owner, &settings_args,
		 "settings of an organisation"),
	POST_FORM("/o/{org}/settings", settings_save, permission_org_owner, &settings_save_args,
		  "save the settings", .show_errors = true),
	POST_FORM("/o/{org}/settings/logo", logo_save, permission_org_owner, &logo_args,
		  "set the logo", .show_errors = true, .body_limit = LOGO_BODY_MAX),
	GET_PAGE("/o/{org}/logo", logo_show, permission_org_viewer, &org_page_args, "the logo"),
	GET_PAGE("/o/{org}/departments", departments_page, permission_org_viewer, &org_page_args,
		 "departments"),
	POST_FORM("/o/{org}/departments", department_add, permission_org_editor,
		  &department_new_args, "add a department", .show_errors = true),
	POST_FORM("/o/{org}/departments/{department}", department_change, permission_org_editor,
		  &department_args, "rename, move or remove a department", .show_errors = true),
	GET_PAGE("/o/{org}/members", members_page, permission_org_viewer, &members_args, "members"),
	POST_FORM("/o/{org}/members/role", member_role, permission_org_owner, &member_args,
		  "change a member's role"),
	POST_FORM("/o/{org}/members/remove", member_remove, permission_org_owner,
		  &member_remove_args, "remove a member"),
	POST_FORM("/o/{org}/members/invite", invite, permission_org_owner, &invite_args,
		  "invite somebody", .show_errors = true),
	POST_FORM("/o/{org}/members/invite/revoke", invitation_revoke, permission_org_owner,
		  &invitation_args, "withdraw an invitation"),
	GET_PAGE("/o/{org}/leave", leave_page, permission_org_viewer, &org_page_args,
		 "ask before leaving"),
	POST_FORM("/o/{org}/leave", leave, permission_org_viewer, &org_page_args,
		  "leave an organisation"),
	GET_PAGE("/o/{org}/audit", audit_page, permission_org_owner, &audit_args,
		 "the log of an organisation"),
	GET_SLOW("/o/{org}/audit.csv", audit_csv, permission_org_owner, &audit_args,
		 "the log as a table", .limit = &limit_documents),
	GET_PAGE("/join/{token}", join_page, permission_invitation, &invited_args, "an invitation"),
	POST_FORM("/join/{token}", join, permission_invitation, &invited_args,
		  "join an organisation"),
	POST_FORM("/join/{token}/account", join_new, permission_invitation, &join_args,
		  "create an account and join", .prepare = join_new_prepare, .show_errors = true,
		  .limit = &limit_join),
	GET_PAGE("/admin/users", users_page, permission_admin, &users_args,
		 "accounts of the installation"),
	POST_FORM("/admin/users/new", user_add, permission_admin, &user_new_args, "make an account",
		  .show_errors = true),
	POST_FORM("/admin/users/link", user_link, permission_admin, &user_args,
		  "make a link for a new password"),
	POST_FORM("/admin/users/state", user_state, permission_admin, &user_state_args,
		  "close or open an account, change who administers"),
	{ .handler = NULL },
};
