/* Roles: what they are called and what they may. */
#include "people/people.h"

static const struct {
	struct str code;
	const char *name, *summary;
} roles[ROLE_N] = {
	[ROLE_NONE] = { STR(""), "", "" },
	[ROLE_VIEWER] = { STR("viewer"), N_("Viewer"), N_("sees everything, changes nothing") },
	[ROLE_CONTRIBUTOR] = { STR("contributor"), N_("Contributor"),
			       N_("sees everything and keeps the action plan up to date") },
	[ROLE_SPECIALIST] = { STR("specialist"), N_("Specialist"),
			      N_("sees everything and gives an opinion where one is asked") },
	[ROLE_EDITOR] = { STR("editor"), N_("Editor"),
			  N_("runs the campaigns and changes what the organisation works on") },
	[ROLE_OWNER] = { STR("owner"), N_("Owner"),
			 N_("does everything, and manages the settings and the members") },
};

bool role_allows(enum role have, enum role need)
{
	switch (need) {
	case ROLE_CONTRIBUTOR:
	case ROLE_SPECIALIST:
		return have == need || have >= ROLE_EDITOR;
	case ROLE_VIEWER:
	case ROLE_EDITOR:
	case ROLE_OWNER:
		return have >= need;
	case ROLE_NONE:
	case ROLE_N:
		break;
	}
	return false;
}

struct str role_code(enum role role)
{
	return roles[role].code;
}

int role_parse(struct str code, enum role *ret)
{
	for (int r = ROLE_VIEWER; r < ROLE_N; r++) {
		if (!str_eq(code, roles[r].code))
			continue;
		*ret = (enum role)r;
		return 0;
	}
	return 1;
}

struct str role_name(enum language l, enum role role)
{
	return tr(l, roles[role].name);
}

struct str role_summary(enum language l, enum role role)
{
	return tr(l, roles[role].summary);
}
