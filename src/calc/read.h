/*
 * Reading a JSON document strictly: every value is asked for by name and type, everything else is an
 * error, and each error says where. Reading goes on after an error, so that all of them are found.
 */
#ifndef JALON_CALC_READ_H
#define JALON_CALC_READ_H

#include <jansson.h>

#include "calc/calc.h"

/* Where in the document: a chain on the stack, written out only when an error needs it. */
struct path {
	const struct path *parent; /* NULL for the document itself */
	const char *key;           /* a member; NULL for an element */
	size_t index;
};

struct reader {
	struct arena *a; /* errors live here */
	enum language language;
	struct calc_errors *errors;
};

/* Whether no further error is kept, so that describing one is lost work. */
bool reader_is_full(const struct reader *r);
/* Adds an error at `path`: a sentence of the catalogue with its VALUES(…) or NULL. Past CALC_ERRORS_MAX it is
 * dropped. */
void reader_error(struct reader *r, const struct path *path, const char *id,
		  const struct tr_arg *values);
/* Values for a sentence, in the reader's arena: a number; a text as JSON writes it. */
struct str reader_number(struct reader *r, int64_t n);
struct str reader_literal(struct reader *r, struct str text);

/*
 * Parses `json`. On CALC_OK *ret is the document, to be given back with json_decref(). Otherwise there
 * is one error, whose message ends with line and column.
 */
MUST_CHECK int reader_document(struct reader *r, struct str json, json_t **ret);

/* `path` in JSONPath's dotted form, in `a`; what is not a plain name is quoted and escaped. */
struct str path_text(struct arena *a, const struct path *path);
/* The path to the value that stands at byte `position` of `json`, in `a`, and how deep it is; `json`
 * may be broken from there on. */
struct str path_at(struct arena *a, struct str json, size_t position);
/* The byte where `json` first goes past `depth` levels or `values` values, with what is wrong, an N_() text,
 * in *ret_why; its length when it does not. */
size_t excess_at(struct str json, size_t depth, size_t values, const char **ret_why);

/* Whether `v` is an object; reports when not, and each member that is not in `known` (which ends with
 * NULL). */
bool reader_object(struct reader *r, const struct path *path, json_t *v, const char *const *known);
/* Whether `v` is an array of min to max elements; reports when not. */
bool reader_array(struct reader *r, const struct path *path, json_t *v, size_t min, size_t max);
/* Member `key` of `object`; reports when it is required and absent. NULL when absent. */
json_t *reader_member(struct reader *r, const struct path *path, json_t *object, const char *key,
		      bool required);
/* Text of 1 to CALC_NAME_MAX code points without control characters. Borrows from `v`. Whether it was
 * one; reports when not. */
bool reader_name(struct reader *r, const struct path *path, json_t *v, struct str *ret);
/* A whole number in min..max; 7.0 is one, as JSON Schema has it. */
bool reader_int(struct reader *r, const struct path *path, json_t *v, int64_t min, int64_t max,
		int64_t *ret);
/* A number from 1 to 5 in halves; *ret in half levels. */
bool reader_half_level(struct reader *r, const struct path *path, json_t *v, int *ret);

/* A string's text; empty when `v` is not a string. Borrows. */
struct str json_text(json_t *v);

#endif
