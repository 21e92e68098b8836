/* Making accounts, organisations and members: see people.h. */
#include "base/token.h"
#include "people/opaque.h"
#include "people/people.h"
#include "people/queries.h"

enum { EMAIL_MAX = 254 /* bytes, RFC 5321 */ };

int email_normalise(struct arena *a, struct str typed, struct str *ret)
{
	struct str s = str_trim(opaque_text(a, typed)), rest = s, local;
	char *out = arena_new(a, char, s.len + 1);

	local = str_cut(&rest, '@');
	if (local.len == 0 || rest.len < 3 || s.len > EMAIL_MAX || str_contains(rest, S("@")) ||
	    !str_contains(str_slice(rest, 1, rest.len - 1), S(".")))
		return 1;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.data[i];

		if (c <= ' ' || c == 0x7F || c == '<' || c == '>' || c == ',')
			return 1;
		out[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	*ret = str_make(out, s.len);
	return 0;
}

int account_add(struct db *db, const struct new_account *account, int64_t now_ms, int64_t *ret_id,
		struct err *err)
{
	struct people_account_add_params p = {
		.id = id_make(now_ms),
		.email = account->email,
		.name = account->name,
		.language = language_code(account->language),
		.time_zone = account->time_zone,
		.has_password = account->password.len > 0,
		.password = account->password,
		.is_admin = account->is_admin,
		.now_ms = now_ms,
	};
	int64_t changed;
	int r = people_account_add(db, &p, &changed, err);

	if (r != 0)
		return r;
	if (changed == 0)
		return ACCOUNT_EXISTS;
	*ret_id = p.id;
	return ACCOUNT_OK;
}

int org_add(struct db *db, struct str name, struct str time_zone, int64_t now_ms, int64_t *ret_id,
	    struct err *err)
{
	int64_t id = id_make(now_ms);
	int r;

	db_scope(db, id);
	r = people_org_add(db, id, name, time_zone, now_ms, err);
	if (r == 0)
		*ret_id = id;
	return r;
}

int member_set(struct db *db, int64_t org_id, int64_t account_id, enum role role, int64_t now_ms,
	       struct err *err)
{
	return people_member_set(db, org_id, account_id, role_code(role), now_ms, err);
}
