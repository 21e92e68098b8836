/*
 * Forms: fields with what was typed and what is wrong with it, so that every form of the room is shown
 * again the same way, under a list that leads to each fault.
 */
#ifndef JALON_PEOPLE_FORM_H
#define JALON_PEOPLE_FORM_H

#include "http/http.h"
#include "people/people.h"
#include "view/view.h"

enum { FORM_FIELDS = 10 };

enum field_kind { FIELD_LINE, FIELD_SELECT, FIELD_CHOICES, FIELD_ZONE };

struct form_choice {
	struct str value, label, detail;
	bool is_chosen;
};

struct form_field {
	enum field_kind kind;
	const char *name;
	struct str id; /* "form-name": several forms of a page may have a field of one name */
	struct str label, hint, fault;
	struct str value;
	const char *type;         /* "text", "email", "password" */
	const char *autocomplete; /* "off" when it is nobody's affair */
	int max;                  /* characters */
	bool is_optional;
	struct form_choice *choices;
	size_t n_choices;
	struct str *zones;
	size_t n_zones;
};

struct form {
	struct req *rq;
	const char *id; /* unique in the page */
	struct str action, submit;
	struct form_field fields[FORM_FIELDS];
	size_t n, n_faults;
	const char *hidden_name; /* one hidden field; NULL: none */
	struct str hidden_value;
	bool is_main; /* its button is the page's */
};

/* An empty form that posts to `action`. */
struct form form_make(struct req *rq, const char *id, struct str action, const char *submit,
		      bool is_main);
/* Adds a field and returns it; `label` is a text of the catalogue. */
struct form_field *form_line(struct form *f, const char *name, const char *label, struct str value,
			     int max);
struct form_field *form_email(struct form *f, struct str value);
/* The present password, or a new one with the rules in words. */
struct form_field *form_password(struct form *f, const char *name, const char *label, bool is_new);
/* Name, address and new password of somebody who makes an account. */
void form_account(struct form *f, struct str name, struct str email);
struct form_field *form_zone(struct form *f, struct str value);
/* Languages as a list. */
struct form_field *form_language(struct form *f, struct str value);
/* Roles as cards, `value` chosen. */
struct form_field *form_role(struct form *f, struct str value);

/* Says what is wrong with the field `name`, which the form has. `words` is translated already. */
void form_fault(struct form *f, const char *name, struct str words);
/* The faults that the dispatcher found, with what was typed. */
void form_take_errors(struct form *f);
/* Checks a new password and says what is wrong with it. */
void form_check_password(struct form *f, const char *name, struct str password, struct str email,
			 struct str own_name);

/*
 * What was typed into form_account(), as an account in the request's arena and language. Encodes the password,
 * which takes long: for a route's `prepare`. 0, also where the form then has faults, or a fault of the machine.
 */
MUST_CHECK int form_take_account(struct form *f, struct str name, struct str email,
				 struct str password, struct new_account **ret, struct err *err);

#endif
