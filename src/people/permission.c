/* Who may: see people.h. */
#include "people/people.h"
#include "people/queries.h"

static int check_account(struct req *rq, struct actor *ret, struct err *err)
{
	return session_check(rq, ret, err);
}

static int check_admin(struct req *rq, struct actor *ret, struct err *err)
{
	struct actor actor;
	int r = session_check(rq, &actor, err);

	if (r != PERMIT_OK)
		return r;
	/* The page of the refusal has the account's top bar. */
	*ret = actor;
	return actor.is_admin ? PERMIT_OK : PERMIT_FORBIDDEN;
}

int org_enter(struct req *rq, int64_t org_id, enum role need, struct actor *ret, struct err *err)
{
	struct people_member_get_row row;
	struct actor actor;
	enum role role;
	int64_t before;
	int r = session_check(rq, &actor, err);

	if (r != PERMIT_OK)
		return r;
	*ret = actor;
	before = db_scope(rq->db, org_id);
	r = people_member_get(rq->db, rq->arena, org_id, actor.account_id, &row, err);
	db_scope(rq->db, before);
	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND || role_parse(row.role, &role) != 0)
		return PERMIT_NOT_FOUND;
	ret->org_id = org_id;
	ret->role = role;
	ret->org_name = row.name;
	ret->org_accent = row.accent;
	return role_allows(role, need) ? PERMIT_OK : PERMIT_FORBIDDEN;
}

/* The organisation's id is where every struct of arguments begins. */
static int check_member(struct req *rq, enum role need, struct actor *ret, struct err *err)
{
	const int64_t *org = rq->args;

	return org_enter(rq, *org, need, ret, err);
}

#define ORG_PERMISSION(word, need, words)                                           \
	static int check_##word(struct req *rq, struct actor *ret, struct err *err) \
	{                                                                           \
		return check_member(rq, need, ret, err);                            \
	}                                                                           \
	const struct permission permission_org_##word = { "org-" #word, check_##word, words }

const struct permission permission_account = { "account", check_account, "" };
const struct permission permission_admin = {
	"admin", check_admin, N_("Only an administrator of this installation can do this.")
};

ORG_PERMISSION(viewer, ROLE_VIEWER, "");
ORG_PERMISSION(contributor, ROLE_CONTRIBUTOR,
	       N_("Contributors, editors and owners of the organisation can do this."));
ORG_PERMISSION(specialist, ROLE_SPECIALIST,
	       N_("Specialists, editors and owners of the organisation can do this."));
ORG_PERMISSION(editor, ROLE_EDITOR, N_("Editors and owners of the organisation can do this."));
ORG_PERMISSION(owner, ROLE_OWNER, N_("Owners of the organisation can do this."));
