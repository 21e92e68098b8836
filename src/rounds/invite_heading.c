/* The first line of a list, where it says what the columns are: see invite_priv.h. */
#include "people/opaque.h"
#include "rounds/invite_priv.h"

struct word {
	const char *text; /* as name_key() gives it */
	enum invite_column is;
};

/* `has_email`: another column is known to hold the e-mail address. */
static enum invite_column column_of(struct arena *a, struct str said, bool has_email)
{
	static const struct word words[] = {
		{ "nom", COLUMN_NAME },
		{ "name", COLUMN_NAME },
		{ "nom complet", COLUMN_NAME },
		{ "prénom et nom", COLUMN_NAME },
		{ "nom et prénom", COLUMN_NAME },
		{ "full name", COLUMN_NAME },
		{ "prénom", COLUMN_FIRST_NAME },
		{ "prenom", COLUMN_FIRST_NAME },
		{ "first name", COLUMN_FIRST_NAME },
		{ "firstname", COLUMN_FIRST_NAME },
		{ "given name", COLUMN_FIRST_NAME },
		{ "nom de famille", COLUMN_LAST_NAME },
		{ "last name", COLUMN_LAST_NAME },
		{ "lastname", COLUMN_LAST_NAME },
		{ "surname", COLUMN_LAST_NAME },
		{ "family name", COLUMN_LAST_NAME },
		{ "email", COLUMN_EMAIL },
		{ "e-mail", COLUMN_EMAIL },
		{ "mail", COLUMN_EMAIL },
		{ "courriel", COLUMN_EMAIL },
		{ "adresse e-mail", COLUMN_EMAIL },
		{ "adresse mail", COLUMN_EMAIL },
		{ "adresse courriel", COLUMN_EMAIL },
		{ "adresse électronique", COLUMN_EMAIL },
		{ "e-mail address", COLUMN_EMAIL },
		{ "email address", COLUMN_EMAIL },
		{ "service", COLUMN_DEPARTMENT },
		{ "département", COLUMN_DEPARTMENT },
		{ "departement", COLUMN_DEPARTMENT },
		{ "department", COLUMN_DEPARTMENT },
		{ "langue", COLUMN_LANGUAGE },
		{ "language", COLUMN_LANGUAGE },
	};
	struct str key = name_key(a, said);

	/* Where one lives, beside the other. */
	if (!has_email && (str_is(key, "adresse") || str_is(key, "address")))
		return COLUMN_EMAIL;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(key, words[i].text))
			return words[i].is;
	return COLUMN_OTHER;
}

/* One that begins as lists without a heading do goes on like them. */
static void complete(struct invite_heading *h)
{
	static const enum invite_column places[] = { COLUMN_NAME, COLUMN_EMAIL, COLUMN_DEPARTMENT,
						     COLUMN_LANGUAGE };
	const size_t n = sizeof places / sizeof *places;

	if (h->n < 2 || h->n >= n)
		return;
	for (size_t i = 0; i < h->n; i++)
		if (h->columns[i] != places[i])
			return;
	for (; h->n < n; h->n++)
		h->columns[h->n] = places[h->n];
}

bool invite_heading_read(struct arena *a, const struct str *fields, size_t n,
			 struct invite_heading *ret)
{
	bool has[COLUMN_LANGUAGE + 1] = { false }, has_email = false;
	size_t n_known = 0;

	for (size_t i = 0; i < n; i++)
		has_email = has_email || column_of(a, fields[i], true) == COLUMN_EMAIL;
	*ret = (struct invite_heading){ .n = n };
	for (size_t i = 0; i < n; i++) {
		enum invite_column is = column_of(a, fields[i], has_email);

		/* The same twice: no heading. */
		if (is != COLUMN_OTHER && has[is])
			return false;
		has[is] = true;
		ret->columns[i] = is;
		n_known += is != COLUMN_OTHER;
	}
	complete(ret);
	/* One word alone may be what somebody is called, and so may one beside what is not known. */
	return n_known > 0 && (has[COLUMN_EMAIL] || has[COLUMN_NAME] || has[COLUMN_LAST_NAME]) &&
	       (n_known > 1 || (n == 1 && has[COLUMN_EMAIL]));
}
