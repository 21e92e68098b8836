/*
 * What signing in costs must not tell whether an address has an account: every refusal makes one Argon2
 * evaluation, counted where libsodium is called, and takes the same time.
 */
#include "http/visit.h"

#include <sodium.h>
#include <stdlib.h>
#include <time.h>

#include "base/timing.h"
#include "people/password.h"

enum { RUNS = 101 };

static int n_verified;

/* The linker sends the product's calls of crypto_pwhash_str_verify() here. */
int __real_crypto_pwhash_str_verify(const char *str, const char *password, unsigned long long len);
int __wrap_crypto_pwhash_str_verify(const char *str, const char *password, unsigned long long len);

int __wrap_crypto_pwhash_str_verify(const char *str, const char *password, unsigned long long len)
{
	n_verified++;
	return __real_crypto_pwhash_str_verify(str, password, len);
}

static int add_accounts(struct db *db, void *arg, struct err *err)
{
	struct arena *a = arg;
	struct new_account claire = { .email = S("claire@example.org"),
				      .name = S("Claire"),
				      .time_zone = S("Europe/Paris") };
	struct new_account invited = { .email = S("invited@example.org"),
				       .name = S("Marc"),
				       .time_zone = S("Europe/Paris") };
	int64_t id;
	int r = password_encode(a, S("quatre chevaux bleus dansent"), &claire.password, err);

	if (r == 0)
		r = account_add(db, &claire, time_now_ms(), &id, err);
	return r != 0 ? r : account_add(db, &invited, time_now_ms(), &id, err);
}

static void add(struct visit *v)
{
	struct err err;

	assert_ok(db_write(v->product->pool, add_accounts, v->a, &err), &err);
}

static struct response try(struct visit *v, const char *form)
{
	return site_request(v->product->site, "POST", "/sign-in", "Sec-Fetch-Site: same-origin\n",
			    str_from(form));
}

static void every_try_is_one_evaluation(void **state)
{
	static const struct {
		const char *form;
		int status;
	} rows[] = {
		{ "email=claire%40example.org&password=quatre+chevaux+bleus+dansent", 303 },
		/* A password is as it was typed, whatever is seen of it. */
		{ "email=claire%40example.org&password=quatre+chevaux+bleus+dansent%E2%80%8B",
		  422 },
		{ "email=claire%40example.org&password=another+one+altogether", 422 },
		{ "email=nobody%40example.org&password=another+one+altogether", 422 },
		{ "email=invited%40example.org&password=another+one+altogether", 422 },
		{ "email=not+an+address&password=another+one+altogether", 422 },
		{ "email=nobody%40example.org&password=", 422 },
	};
	struct visit *v = *state;

	add(v);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct response got;

		n_verified = 0;
		got = try(v, rows[i].form);
		assert_status(&got, rows[i].status);
		assert_int_equal(n_verified, 1);
	}
}

static struct str kept(struct visit *v)
{
	return store_rows(v->store,
			  "SELECT password FROM account WHERE email = 'claire@example.org'");
}

/* What was made with lower costs is kept with today's once its password is there again, and only then. */
static void old_costs_are_raised(void **state)
{
	static const char *const right =
		"email=claire%40example.org&password=quatre+chevaux+bleus+dansent";
	static const char *const wrong = "email=claire%40example.org&password=cinq+chevaux+bleus";
	struct visit *v = *state;
	char weak[crypto_pwhash_STRBYTES];
	struct response got;
	struct str before;

	add(v);
	before = kept(v);
	got = try(v, right);
	assert_status(&got, 303);
	assert_true(str_eq(kept(v), before));
	assert_int_equal(crypto_pwhash_str(weak, "quatre chevaux bleus dansent", 28, 1, 8 << 20),
			 0);
	(void)store_rows(v->store, str_fmt(v->a,
					   "UPDATE account SET password = '%s' WHERE email = "
					   "'claire@example.org' RETURNING 1",
					   weak)
					   .data);
	before = kept(v);
	got = try(v, wrong);
	assert_status(&got, 422);
	assert_true(str_eq(kept(v), before));
	got = try(v, right);
	assert_status(&got, 303);
	assert_true(str_starts(kept(v), S("$argon2id$v=19$m=19456,t=2,p=1$")));
	got = try(v, right);
	assert_status(&got, 303);
	got = try(v, wrong);
	assert_status(&got, 422);
}

/* The processor's time, which other programs do not lengthen. */
static int64_t cost_us(struct visit *v, const char *form)
{
	struct timespec from, to;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	(void)try(v, form);
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
	return (int64_t)(to.tv_sec - from.tv_sec) * 1000000 + (to.tv_nsec - from.tv_nsec) / 1000;
}

static int by_size(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void a_known_address_costs_no_more(void **state)
{
	static const char *const forms[] = {
		"email=claire%40example.org&password=another+one+altogether",
		"email=nobody%40example.org&password=another+one+altogether",
	};
	int64_t costs[2][RUNS], differences[RUNS];
	struct visit *v = *state;

	add(v);
	/* In pairs, each time the other first: whatever slows the machine down falls on both. */
	for (int i = 0; i < RUNS; i++) {
		costs[i % 2][i] = cost_us(v, forms[i % 2]);
		costs[1 - i % 2][i] = cost_us(v, forms[1 - i % 2]);
		differences[i] = costs[0][i] - costs[1][i];
	}
	qsort(costs[0], RUNS, sizeof **costs, by_size);
	qsort(costs[1], RUNS, sizeof **costs, by_size);
	qsort(differences, RUNS, sizeof *differences, by_size);
	print_message("# known %lld us, unknown %lld us, median difference %lld us\n",
		      (long long)costs[0][RUNS / 2], (long long)costs[1][RUNS / 2],
		      (long long)differences[RUNS / 2]);
	assert_true(llabs(differences[RUNS / 2]) * 20 <= costs[1][RUNS / 2]);
}

TEST_MAIN(visit_test(every_try_is_one_evaluation), visit_test(old_costs_are_raised),
	  visit_test(a_known_address_costs_no_more))
