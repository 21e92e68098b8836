/*
 * Lists of people to invite, as they are pasted from a spreadsheet or a CSV file: "name;email;department",
 * one person a line, by tabs, semicolons or commas, quotes as in RFC 4180; an address alone does. A first
 * line that names the columns says in which order they come; others are passed over. As mail programs write,
 * "Name <address>" is one person, and a line of several such, or of addresses alone, several. All or nothing:
 * what is wrong is told by line and field, and nobody is invited until nothing is.
 */
#ifndef JALON_ROUNDS_INVITE_H
#define JALON_ROUNDS_INVITE_H

#include "rounds/participant.h"

enum {
	INVITE_TEXT_MAX = 400 * 1000, /* characters */
	INVITE_FAULTS_MAX = 50,       /* what follows them is not read */
	INVITE_VALUE_MAX = 80, /* characters of what is wrong that are shown; then there is "…" */
};

enum invite_wrong {
	INVITE_NOBODY,     /* neither a name nor an address */
	INVITE_EMAIL,      /* not an address */
	INVITE_DEPARTMENT, /* not one of the organisation's */
	INVITE_LANGUAGE,   /* not one that is spoken here */
	INVITE_TWICE,      /* the address stands higher up already */
	INVITE_KNOWN,      /* the address is invited already */
	INVITE_TOO_LONG,   /* a field */
	INVITE_EXTRA,      /* a field after the last */
	INVITE_UNNAMED,    /* a field after the last that the heading names */
	INVITE_QUOTE,      /* a quote that is not closed, or text after one */
	INVITE_TOO_MANY,   /* more people than PARTICIPANTS_MAX */
};

/* The fields of a line, in their order where no heading says another. */
enum invite_field {
	INVITE_FIELD_NAME,
	INVITE_FIELD_EMAIL,
	INVITE_FIELD_DEPARTMENT,
	INVITE_FIELD_LANGUAGE,
	INVITE_FIELDS,
};

struct invite_fault {
	int line;                /* from 1 */
	enum invite_field field; /* INVITE_FIELDS: the line as a whole */
	int column;              /* where it begins in its line, from 1; of characters */
	enum invite_wrong wrong;
	struct str value; /* as written, or its beginning */
};

struct invite_department {
	int64_t id;
	struct str name;
};

/* What the list is read against. */
struct invite_known {
	const struct invite_department *departments;
	size_t n_departments;
	const struct str *emails; /* invited already, as email_normalise() gives them */
	size_t n_emails;
	size_t n_people; /* invited already */
};

struct invite_list {
	struct invitation *people;
	size_t n;
	struct invite_fault *faults; /* at most INVITE_FAULTS_MAX */
	size_t n_faults;
};

/* Reads `text`, in `a`. Empty lines are passed over. */
struct invite_list invite_parse(struct arena *a, struct str text, const struct invite_known *known);

/* The addresses of those invited already, in `a`. */
MUST_CHECK int invite_known_emails(struct db *db, struct arena *a, const struct round *round,
				   struct str **ret, size_t *ret_n, struct err *err);

#endif
