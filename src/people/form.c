/* Forms: see form.h. */
#include "people/form.h"

#include <assert.h>

#include "people/lists.h"
#include "people/password.h"

struct form form_make(struct req *rq, const char *id, struct str action, const char *submit,
		      bool is_main)
{
	return (struct form){
		.rq = rq,
		.id = id,
		.action = action,
		.submit = tr(rq->language, submit),
		.is_main = is_main,
	};
}

struct form_field *form_line(struct form *f, const char *name, const char *label, struct str value,
			     int max)
{
	struct form_field *field = &f->fields[f->n++];

	assert(f->n <= FORM_FIELDS);
	*field = (struct form_field){
		.name = name,
		.id = str_fmt(f->rq->arena, "%s-%s", f->id, name),
		.label = tr(f->rq->language, label),
		.value = value,
		.type = "text",
		.autocomplete = "off",
		.max = max,
	};
	return field;
}

struct form_field *form_email(struct form *f, struct str value)
{
	struct form_field *field = form_line(f, "email", N_("E-mail address"), value, 254);

	field->type = "email";
	field->autocomplete = "username";
	return field;
}

struct form_field *form_password(struct form *f, const char *name, const char *label, bool is_new)
{
	struct form_field *field = form_line(f, name, label, (struct str){ "", 0 }, PASSWORD_MAX);

	field->type = "password";
	field->autocomplete = is_new ? "new-password" : "current-password";
	if (is_new)
		field->hint =
			tr(f->rq->language,
			   "At least 12 characters. Four words that have nothing to do with each "
			   "other are easy to remember and hard to guess.");
	return field;
}

void form_account(struct form *f, struct str name, struct str email)
{
	form_line(f, "name", N_("Your name"), name, 80)->autocomplete = "name";
	(void)form_email(f, email);
	(void)form_password(f, "password", N_("Password"), true);
}

struct form_field *form_zone(struct form *f, struct str value)
{
	struct form_field *field = form_line(f, "time-zone", N_("Time zone"), value, 40);
	struct str rest = time_zones;
	size_t n = 0;

	for (size_t i = 0; i < time_zones.len; i++)
		n += time_zones.data[i] == '\n';
	field->kind = FIELD_ZONE;
	field->hint =
		tr(f->rq->language, "The nearest large city: Europe/Paris, America/Montreal…");
	field->zones = arena_new(f->rq->arena, struct str, n);
	for (field->n_zones = 0; field->n_zones < n; field->n_zones++)
		field->zones[field->n_zones] = str_cut(&rest, '\n');
	return field;
}

struct form_field *form_language(struct form *f, struct str value)
{
	static const struct str names[LANG_N] = {
		[LANG_FR] = STR("Français"), [LANG_EN] = STR("English")
	};
	struct form_field *field = form_line(f, "language", N_("Language"), value, 2);

	field->kind = FIELD_SELECT;
	field->n_choices = LANG_N;
	field->choices = arena_new(f->rq->arena, struct form_choice, LANG_N);
	for (int l = 0; l < LANG_N; l++)
		field->choices[l] = (struct form_choice){
			.value = language_code((enum language)l),
			.label = names[l],
			.is_chosen = str_eq(language_code((enum language)l), value),
		};
	return field;
}

struct form_field *form_role(struct form *f, struct str value)
{
	struct form_field *field = form_line(f, "role", N_("Role"), value, 16);

	field->kind = FIELD_CHOICES;
	field->choices = arena_new(f->rq->arena, struct form_choice, ROLE_N);
	for (int r = ROLE_VIEWER; r < ROLE_N; r++)
		field->choices[field->n_choices++] = (struct form_choice){
			.value = role_code((enum role)r),
			.label = role_name(f->rq->language, (enum role)r),
			.detail = role_summary(f->rq->language, (enum role)r),
			.is_chosen = str_eq(role_code((enum role)r), value),
		};
	return field;
}

static struct form_field *find(struct form *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(str_from(f->fields[i].name), str_from(name)))
			return &f->fields[i];
	return NULL;
}

void form_fault(struct form *f, const char *name, struct str words)
{
	struct form_field *field = find(f, name);

	assert(field);
	if (field->fault.len == 0)
		f->n_faults++;
	field->fault = words;
}

static struct str fault_words(struct req *rq, const struct form_field *field, enum arg_fault fault)
{
	switch (fault) {
	case ARG_MISSING:
		return tr(rq->language, "Fill this field in.");
	case ARG_TOO_LONG:
		return tr_fill(rq->arena,
			       tr(rq->language, "This is too long: {max} characters at most."),
			       &(const struct tr_arg){
				       "max", fmt_int(rq->arena, rq->language, field->max) },
			       1);
	case ARG_BAD_TEXT:
		return tr(rq->language, "This holds characters that are not text. Type it again.");
	case ARG_NOT_A_NUMBER:
	case ARG_OUT_OF_RANGE:
		break;
	}
	return tr(rq->language, "This value is not accepted: give another.");
}

void form_take_errors(struct form *f)
{
	for (size_t i = 0; i < f->rq->n_arg_errors; i++) {
		const struct arg_error *e = &f->rq->arg_errors[i];
		struct form_field *field = find(f, e->name);

		if (!field)
			continue;
		form_fault(f, e->name, fault_words(f->rq, field, e->fault));
		if (!str_is(str_from(field->type), "password"))
			field->value = e->value;
	}
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

int form_take_account(struct form *f, struct str name, struct str email, struct str password,
		      struct new_account **ret, struct err *err)
{
	struct req *rq = f->rq;
	struct new_account *account = arena_new(rq->arena, struct new_account, 1);

	form_take_errors(f);
	if (f->n_faults == 0 && email_normalise(rq->arena, email, &account->email) != 0)
		form_fault(f, "email", tr(rq->language, "This is not an e-mail address."));
	if (f->n_faults == 0)
		form_check_password(f, "password", password, account->email, name);
	if (f->n_faults)
		return 0;
	account->name = str_trim(name);
	account->language = rq->language;
	account->time_zone = S("Europe/Paris");
	*ret = account;
	return password_encode(rq->arena, password, &account->password, err);
}
