/* Arguments: the strings of a request checked against a route's specs, into its struct. */
#ifndef JALON_HTTP_ARGS_H
#define JALON_HTTP_ARGS_H

#include "http/http.h"

/* Where arguments come from. */
struct args_input {
	struct arg_pairs path, query, form;
};

struct args_output {
	void *args; /* `spec`'s struct */
	struct arg_error *errors;
	size_t n_errors;
};

/*
 * 0; 404 when a path argument does not parse; 400 for a name sent twice, a field of the form that no spec names, or
 * a wrong value in the query, whose other names are ignored; 422 when form fields are wrong: they are in ret->errors,
 * the rest in ret->args. `spec` may be NULL: no field is allowed then but CSRF_FIELD.
 */
MUST_CHECK int args_fill(struct arena *a, const struct args_spec *spec, const struct args_input *in,
			 struct args_output *ret);

#endif
