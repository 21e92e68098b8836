/*
 * Forms: fields with what was typed and what is wrong with it, so that every form is shown again the same
 * way, under a list that leads to each fault. A form that places its fields itself names them one by one
 * (view_field()); others are written whole (view_form()). What browsers would check is checked here: the
 * template compiler writes `novalidate` into every form.
 */
#ifndef JALON_VIEW_FORM_H
#define JALON_VIEW_FORM_H

#include "base/vec.h"
#include "http/http.h"
#include "view/view.h"

enum { FORM_FIELDS = 20, FORM_HIDDEN = 2 };

enum field_kind {
	FIELD_LINE,
	FIELD_TEXT,   /* several lines */
	FIELD_SELECT, /* one of a list */
	FIELD_CARDS,  /* one of a few, each with a detail */
	FIELD_LINES,  /* one of a few, a line each */
	FIELD_BOXES,  /* any of several, sent as "name-value" = "1" */
	FIELD_BOX,    /* yes or no, sent as "1" */
};

struct form_choice {
	struct str value, label, detail;
	const char *lang; /* of the label; NULL: the page's */
	bool is_chosen;
};
struct form_choices VEC(struct form_choice);

struct form_field {
	enum field_kind kind;
	const char *name;
	struct str id; /* "form-name": several forms of a page may have a field of one name */
	struct str label, note, hint, fault; /* note: in brackets after the label; empty: none */
	struct str value;
	const char *type;           /* "text", "email", "password", "number", "date" … */
	const char *autocomplete;   /* "off" when it is nobody's affair */
	const char *autocapitalize; /* NULL: as the browser likes */
	const char *look;           /* classes of the style sheet */
	struct str least, most;     /* of numbers and days; empty: none */
	int max;                    /* characters; 0: none is said */
	int rows;
	bool is_required;
	bool is_secret;   /* not shown again, and checked by whoever knows it */
	bool is_verbatim; /* no words of a language: not spelt */
	bool is_ticked;   /* a box */
	bool asks;        /* nothing is chosen beforehand; a list then begins with "Choose…" */
	bool hides_label; /* but from screen readers: a heading says it */
	bool is_beside;   /* stands beside another, which places it */
	struct form_field *beside;   /* stands at its right; NULL: none */
	struct form_choices choices; /* of lists, cards, lines and boxes */
	struct str *suggestions;     /* of a line */
	size_t n_suggestions;
};

struct form_hidden {
	const char *name;
	struct str value;
};

/* May be copied: copies share the fields. */
struct form {
	struct req *rq;
	const char *
		id; /* unique in the page; NULL for the only form: ids of fields are then their names */
	struct str action, submit;
	struct form_field *fields;
	size_t n, n_faults;
	struct form_hidden hidden[FORM_HIDDEN];
	size_t n_hidden;
	const char *button; /* its classes */
	bool leads_on;      /* an arrow after the button's words */
	bool is_guarded;    /* leaving with something typed asks first */
	struct str cancel;  /* where its other button leads; empty: none */
};

/* An empty form that posts to `action`; `is_main`: its button is the page's. Its fields live in the request's arena, and
 * hold the texts they are given, not copies. */
struct form form_make(struct req *rq, const char *id, struct str action, const char *submit,
		      bool is_main);
/* A hidden field, FORM_HIDDEN at most; `name` and `value` are borrowed. */
void form_hide(struct form *f, const char *name, struct str value);

/* ---- fields, at most FORM_FIELDS: each is added after those there are, and returned; `label` is a text of the
 * catalogue ---- */

/* Required, as is what form_text() and form_number() add. */
struct form_field *form_line(struct form *f, const char *name, const char *label, struct str value,
			     int max);
struct form_field *form_text(struct form *f, const char *name, const char *label, struct str value,
			     int max, int rows);
struct form_field *form_number(struct form *f, const char *name, const char *label,
			       struct str value, int64_t least, int64_t most);
/* `type`: "date" or "datetime-local". Not required. */
struct form_field *form_date(struct form *f, const char *name, const char *label, struct str value,
			     const char *type);
/* A list, cards, lines or boxes; form_offer() adds what can be chosen, `value` then chosen. */
struct form_field *form_choose(struct form *f, enum field_kind kind, const char *name,
			       const char *label, struct str value);
struct form_choice *form_offer(struct form *f, struct form_field *field, struct str value,
			       struct str label);
struct form_field *form_box(struct form *f, const char *name, const char *label, bool is_ticked);
/* Languages as a list. */
struct form_field *form_language(struct form *f, const char *label, struct str value);

/* Not required, and says so. */
struct form_field *form_optional(struct form *f, struct form_field *field);
/* `right` stands beside `left`, where there is room. */
void form_pair(struct form_field *left, struct form_field *right);

/* A choice added to a list that belongs to no field, a filter's; in `a`, and there until the next one is added. */
struct form_choice *choice_add(struct arena *a, struct form_choices *choices, struct str value,
			       struct str label, bool is_chosen);

/* ---- what is wrong ---- */

/* Says what is wrong with the field `name`, which the form has. `words` is translated already. What was said of a field
 * first stays, so that every check can be made, whatever others found. */
void form_fault(struct form *f, const char *name, struct str words);
/* Says what the dispatcher found wrong, which then is shown as it was typed; what is required and empty;
 * numbers out of their bounds; what was not among the choices. */
void form_check(struct form *f);

/* ---- templates ---- */

/* The whole form. */
void view_form(struct view *v, const struct form *m);
/* The list of faults, which gets the focus of the page; nothing when there are none. */
void view_errors(struct view *v, const struct form *m);
/* The parts of view_form(), for a form that places its fields among other things. */
void view_hidden(struct view *v, const struct form *m);
void view_field(struct view *v, const struct form_field *m);
void view_submit(struct view *v, const struct form *m);
/* The options of a list that belongs to no form, a filter's. */
void view_options(struct view *v, const struct form_choices *m);

#endif
