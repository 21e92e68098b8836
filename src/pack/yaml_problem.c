/* What libyaml 0.2 says (its scanner.c and parser.c), in our words: see yaml_priv.h. */
#include "pack/yaml_priv.h"

static const struct {
	const char *theirs, *ours;
} problems[] = {
	{ "did not find expected ',' or ']'", N_("a comma or “]” is missing") },
	{ "did not find expected ',' or '}'", N_("a comma or “}” is missing") },
	{ "could not find expected ':'", N_("a colon is missing after the key") },
	{ "did not find expected key", N_("a key should begin here") },
	{ "did not find expected '-' indicator",
	  N_("an element of the list, after “-”, should begin here") },
	{ "did not find expected node content", N_("a value is missing") },
	{ "did not find expected <document start>",
	  N_("the document has ended; nothing can follow it") },
	{ "mapping values are not allowed in this context",
	  N_("no key can stand here: look at the indentation, or put the text into quotation marks") },
	{ "mapping keys are not allowed in this context",
	  N_("no key can stand here: look at the indentation, or put the text into quotation marks") },
	{ "block sequence entries are not allowed in this context",
	  N_("no list can begin here: look at the indentation") },
	{ "found character that cannot start any token",
	  N_("no value begins with this character: put it into quotation marks") },
	{ "found unexpected end of stream",
	  N_("the file ends before the quotation marks are closed") },
	{ "found unexpected document indicator",
	  N_("the document ends before the quotation marks are closed") },
	{ "found unknown escape character", N_("there is no such escape after “\\”") },
	{ "did not find expected hexdecimal number",
	  N_("hexadecimal digits are missing in an escape") },
	{ "found invalid Unicode character escape code", N_("an escape gives no character") },
	{ "did not find expected alphabetic or numeric character",
	  N_("“&” and “*” have a meaning of their own: put the text into quotation marks") },
	{ "did not find expected comment or line break",
	  N_("after “|” or “>” the text begins on the next line") },
};

struct str yaml_problem(struct arena *a, enum language l, const char *problem)
{
	struct str theirs = str_from(problem ? problem : "");

	for (size_t i = 0; i < sizeof problems / sizeof *problems; i++)
		if (str_is(theirs, problems[i].theirs))
			return tr(l, problems[i].ours);
	return tr_with(a, l, "not YAML: {problem}", VALUES({ "problem", theirs }));
}
