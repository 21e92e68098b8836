#include "i18n/mo.h"

#include "../test.h"

#include <string.h>

extern const struct str catalogue_fr;

static struct mo sample(void)
{
	struct mo m;

	assert_int_equal(mo_open(catalogue_fr, &m), 0);
	return m;
}

static void finds_by_id_and_context(void **state)
{
	struct mo m = sample();

	(void)state;
	assert_str(mo_find(&m, S(""), S("Open")), "Ouvrir");
	assert_str(mo_find(&m, S("state"), S("Open")), "Ouvert");
	assert_str(mo_find(&m, S(""), S("Opening")), "Ouverture");
	assert_null(mo_find(&m, S(""), S("Openi")).data);
	assert_null(mo_find(&m, S("stat"), S("Open")).data);
	assert_null(mo_find(&m, S(""), S("state\4Ope")).data);
	assert_null(mo_find(&m, S(""), S("never said")).data);
}

static void gives_each_plural_form(void **state)
{
	struct mo m = sample();
	struct str forms = mo_find(&m, S(""), S("{n} sheet"));

	(void)state;
	assert_str(mo_form(forms, 0), "{n} fiche");
	assert_str(mo_form(forms, 1), "{n} fiches");
	assert_null(mo_form(forms, 2).data);
	assert_null(mo_find(&m, S(""), S("{n} sheets")).data);
}

static void refuses_what_is_no_catalogue(void **state)
{
	struct arena *a = *state;
	struct mo m;
	char *copy;

	assert_int_equal(mo_open(S(""), &m), 1);
	assert_int_equal(mo_open(str_slice(catalogue_fr, 0, 27), &m), 1);
	copy = arena_new(a, char, catalogue_fr.len);
	memcpy(copy, catalogue_fr.data, catalogue_fr.len);
	copy[3] = 0; /* the magic number */
	assert_int_equal(mo_open(str_make(copy, catalogue_fr.len), &m), 1);
}

/* Each byte of the tables set to 0xff in turn: a text may be missing, nothing is read outside. */
static void survives_damage(void **state)
{
	struct arena *a = *state;
	size_t len = catalogue_fr.len;
	char *copy = arena_new(a, char, len); /* ends at the arena's poison under ASan */
	int still_right = 0;

	for (size_t i = 0; i < len; i++) {
		struct mo m;

		memcpy(copy, catalogue_fr.data, len);
		copy[i] = (char)0xff;
		if (mo_open(str_make(copy, len), &m) == 0)
			still_right += str_is(mo_find(&m, S("state"), S("Open")), "Ouvert");
	}
	assert_in_range(still_right, 1, len - 1);
}

static void survives_truncation(void **state)
{
	struct mo m;

	(void)state;
	for (size_t len = 0; len < catalogue_fr.len; len++)
		if (mo_open(str_slice(catalogue_fr, 0, len), &m) == 0)
			(void)mo_find(&m, S(""), S("Opening"));
	/* The last text's NUL is the last byte. */
	assert_int_equal(mo_open(str_slice(catalogue_fr, 0, catalogue_fr.len - 1), &m), 0);
	assert_null(mo_form(mo_find(&m, S(""), S("{n} sheet")), 1).data);
}

TEST_MAIN(unit_test(finds_by_id_and_context), unit_test(gives_each_plural_form),
	  unit_test(refuses_what_is_no_catalogue), unit_test(survives_damage),
	  unit_test(survives_truncation))
