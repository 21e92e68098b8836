/* The fields that forms of people have in common: see form.h. */
#include "people/form.h"

#include "people/lists.h"
#include "people/password.h"

struct form_field *form_email(struct form *f, struct str value)
{
	struct form_field *field = form_line(f, "email", N_("E-mail address"), value, EMAIL_MAX);

	field->type = "email";
	field->autocomplete = "username";
	return field;
}

struct form_field *form_password(struct form *f, const char *name, const char *label, bool is_new)
{
	struct form_field *field = form_line(f, name, label, (struct str){ "", 0 }, PASSWORD_MAX);

	field->type = "password";
	field->is_secret = true;
	field->autocomplete = is_new ? "new-password" : "current-password";
	if (is_new)
		field->hint =
			tr(f->rq->language,
			   "At least 12 characters. Four words that have nothing to do with each "
			   "other are easy to remember and hard to guess.");
	return field;
}

struct form_field *form_code(struct form *f)
{
	struct form_field *field =
		form_line(f, "code", N_("Code"), (struct str){ "", 0 }, CODE_MAX);

	field->autocomplete = "one-time-code";
	field->is_secret = true;
	return field;
}

void form_account(struct form *f, struct str name, struct str email)
{
	form_line(f, "name", N_("Your name"), name, LABEL_MAX)->autocomplete = "name";
	(void)form_email(f, email);
	(void)form_password(f, "password", N_("Password"), true);
}

struct form_field *form_zone(struct form *f, struct str value)
{
	struct form_field *field = form_line(f, "time-zone", N_("Time zone"), value, ZONE_MAX);
	struct str rest = time_zones;
	size_t n = 0;

	for (size_t i = 0; i < time_zones.len; i++)
		n += time_zones.data[i] == '\n';
	field->is_verbatim = true;
	field->hint =
		tr(f->rq->language, "The nearest large city: Europe/Paris, America/Montreal…");
	field->suggestions = arena_new(f->rq->arena, struct str, n);
	for (field->n_suggestions = 0; field->n_suggestions < n; field->n_suggestions++)
		field->suggestions[field->n_suggestions] = str_cut(&rest, '\n');
	return field;
}

struct form_field *form_role(struct form *f, struct str value)
{
	struct form_field *field = form_choose(f, FIELD_CARDS, "role", N_("Role"), value);

	for (int r = ROLE_VIEWER; r < ROLE_N; r++)
		form_offer(f, field, role_code((enum role)r),
			   role_name(f->rq->language, (enum role)r))
			->detail = role_summary(f->rq->language, (enum role)r);
	return field;
}

void form_check_zone(struct form *f, struct str zone)
{
	form_check(f);
	if (!is_time_zone(zone))
		form_fault(f, "time-zone",
			   tr(f->rq->language, "Choose a time zone from the list."));
}

void form_check_password(struct form *f, const char *name, struct str password, struct str email,
			 struct str own_name)
{
	static const char *const words[] = {
		[PASSWORD_OK] = "",
		[PASSWORD_SHORT] = N_("This password is too short: 12 characters at least."),
		[PASSWORD_LONG] = N_("This password is too long: choose a shorter one."),
		[PASSWORD_COMMON] =
			N_("This password is among the first that others would try. Choose one "
			   "that nobody else would think of."),
		[PASSWORD_OWN] = N_("This password is your own name or address. Choose another."),
	};
	enum password_outcome r = password_check(f->rq->scratch, password, email, own_name);

	if (r != PASSWORD_OK)
		form_fault(f, name, tr(f->rq->language, words[r]));
}

struct reply *form_take_account(struct form *f, struct str name, struct str email,
				struct str password, bool is_admin, form_show *show)
{
	struct req *rq = f->rq;
	struct new_account *account = arena_new(rq->arena, struct new_account, 1);
	struct err err;

	form_check(f);
	if (email_normalise(rq->arena, email, &account->email) != 0)
		form_fault(f, "email", tr(rq->language, "This is not an e-mail address."));
	form_check_password(f, "password", password, account->email, name);
	if (f->n_faults)
		return show(rq, 422, f);
	account->name = str_trim(name);
	account->language = rq->language;
	account->time_zone = S("Europe/Paris");
	account->is_admin = is_admin;
	rq->prepared = account;
	return password_encode(rq->arena, password, &account->password, &err) == 0
		       ? NULL
		       : reply_fault(rq, &err);
}
