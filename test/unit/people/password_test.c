#include <sodium.h>

#include "people/opaque.h"
#include "people/password.h"
#include "people/people.h"

#include "base/digest.h"
#include "people/lists.h"
#include "../test.h"

static enum password_outcome check(void **state, const char *password)
{
	struct arena *a = *state;

	return password_check(*a, str_from(password), S("claire.renoux@example.org"),
			      S("Claire Renoux"));
}

static void counts_bytes(void **state)
{
	char longest[PASSWORD_MAX + 2];

	for (size_t i = 0; i < sizeof longest - 1; i++)
		longest[i] = (char)('!' + i * 7 % 90);
	longest[PASSWORD_MAX + 1] = '\0';
	assert_int_equal(check(state, "tortue-lamp"), PASSWORD_SHORT);
	assert_int_equal(check(state, "tortue-lampe"), PASSWORD_OK);
	assert_int_equal(check(state, longest), PASSWORD_LONG);
	longest[PASSWORD_MAX] = '\0';
	assert_int_equal(check(state, longest), PASSWORD_OK);
}

static void refuses_what_others_try_first(void **state)
{
	static const char *const common[] = {
		"motdepasse123",   "MotDePasse2024!",   "P@ssw0rd2024!!", "Azertyuiop123",
		"azerty123456789", "123456789012",      "aaaaaaaaaaaa",   "abababababab",
		"bonjour123456",   "soleil-soleil",     "azertyazerty1",  "iloveyou12345",
		"marseille13000",  "password-password", "Bienvenue2026!", "qwertyuiop[]1",
		"1q1q1q1q1q1q",    "987654321098",      "chatchatchat12", "abcdefghijkl",
		"doudou123456",    "Loulou123456",      "doudoudoudou1",  "loulou-doudou1",
	};

	for (size_t i = 0; i < sizeof common / sizeof *common; i++)
		if (check(state, common[i]) != PASSWORD_COMMON)
			fail_msg("%s passes", common[i]);
}

static bool is_common(struct arena *a, const char *password)
{
	return password_check(*a, str_from(password), S("x@example.org"), S("")) == PASSWORD_COMMON;
}

/* Whatever word is added to the list, as people make it long enough. */
static void refuses_every_word_of_the_list(void **state)
{
	struct arena *a = *state;
	struct str rest = common_passwords, before = S("");
	int n = 0;

	for (; rest.len; n++) {
		struct arena own = *a;
		struct str word = str_cut(&rest, '\n');
		int digits = word.len < PASSWORD_MIN ? PASSWORD_MIN - (int)word.len : 1;
		for (int by = 'a' - 'A'; by >= 0; by -= 'a' - 'A') {
			const char *typed =
				str_fmt(&own, "%c%.*s%.*s", word.data[0] - by,
					STR_ARG(str_slice(word, 1, word.len)), digits, "7294618350")
					.data;

			if (!is_common(&own, typed))
				fail_msg("%s passes", typed);
		}
		/* Sorted, each once: it is searched by halves. */
		assert_true(str_cmp(before, word) < 0);
		before = word;
	}
	assert_true(n >= 3000);
}

static void refuses_ones_own_name(void **state)
{
	assert_int_equal(check(state, "claire.renoux@example.org"), PASSWORD_OWN);
	assert_int_equal(check(state, "ClaireRenoux1975"), PASSWORD_OWN);
	assert_int_equal(check(state, "renoux-renoux-1"), PASSWORD_OWN);
}

/* No rule on signs or capitals: length and rarity are what counts. */
static void takes_what_nobody_else_thinks_of(void **state)
{
	static const char *const good[] = {
		"quatre chevaux bleus dansent",
		"rivière tortue lampe",
		"correct horse battery staple",
		"vnoqzrplwxkt",
		"7f3a9c1e5b2d",
		"j'habite au 3e et demi",
	};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (check(state, good[i]) != PASSWORD_OK)
			fail_msg("%s is refused as %d", good[i], check(state, good[i]));
}

static void fits_what_it_was_made_of(void **state)
{
	struct arena *a = *state;
	struct str encoded, again;
	struct err err;

	digest_init();
	assert_int_equal(password_encode(a, S("rivière tortue lampe"), &encoded, &err), 0);
	assert_int_equal(password_encode(a, S("rivière tortue lampe"), &again, &err), 0);
	assert_true(str_starts(encoded, S("$argon2id$v=19$m=19456,t=2,p=1$")));
	assert_false(str_eq(encoded, again));
	assert_true(password_fits(*a, encoded, S("rivière tortue lampe")));
	assert_false(password_fits(*a, encoded, S("rivière tortue lampE")));
	assert_false(password_fits(*a, S(""), S("")));
	assert_false(password_fits(*a, S("$argon2id$v=19$m=19456"), S("x")));
}

static void knows_what_was_made_with_less(void **state)
{
	struct arena *a = *state;
	char weak[crypto_pwhash_STRBYTES];
	struct str encoded;
	struct err err;

	digest_init();
	assert_int_equal(password_encode(a, S("rivière tortue lampe"), &encoded, &err), 0);
	assert_false(password_is_outdated(*a, encoded));
	assert_int_equal(crypto_pwhash_str(weak, "x", 1, 1, 8 << 20), 0);
	assert_true(password_is_outdated(*a, str_from(weak)));
}

/* A keyboard that sends "e" and an accent, or a space that does not break, types the same password. */
static void keyboards_do_not_matter(void **state)
{
	struct arena *a = *state;
	struct str encoded, email, again;
	struct err err;

	digest_init();
	assert_int_equal(password_encode(a, S("rivi\u00e8re tortue lampe"), &encoded, &err), 0);
	assert_true(password_fits(*a, encoded, S("rivie\u0300re\u00a0tortue\u202flampe")));
	assert_false(password_fits(*a, encoded, S("riviere tortue lampe")));
	assert_false(password_fits(*a, encoded, S("RIVI\u00c8RE TORTUE LAMPE")));
	/* Compatibility characters are others: "ﬁ" is not "fi". */
	assert_int_equal(password_encode(a, S("\ufb01n de la riviere"), &encoded, &err), 0);
	assert_false(password_fits(*a, encoded, S("fin de la riviere")));
	assert_str(opaque_text(a, S("\xff\xfe")), "\xff\xfe");
	assert_int_equal(email_normalise(a, S("\u00a0Ren\u00e9@Example.org "), &email), 0);
	assert_int_equal(email_normalise(a, S("Rene\u0301@example.org"), &again), 0);
	assert_true(str_eq(email, again));
	assert_str(email, "ren\u00e9@example.org");
}

static void knows_the_time_zones(void **state)
{
	(void)state;
	assert_true(is_time_zone(S("Europe/Paris")));
	assert_true(is_time_zone(S("UTC")));
	assert_false(is_time_zone(S("Europe/Pari")));
	assert_false(is_time_zone(S("")));
	assert_false(is_time_zone(S("../../etc/passwd")));
}

TEST_MAIN(unit_test(counts_bytes), unit_test(refuses_what_others_try_first),
	  unit_test(refuses_every_word_of_the_list), unit_test(refuses_ones_own_name),
	  unit_test(takes_what_nobody_else_thinks_of), unit_test(fits_what_it_was_made_of),
	  unit_test(knows_what_was_made_with_less), unit_test(keyboards_do_not_matter),
	  unit_test(knows_the_time_zones))
