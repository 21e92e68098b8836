/*
 * Any text as a list of people to invite: faults lie inside it, whoever is taken has what may be stored, no address
 * twice; who is taken without a fault, and any name, is read again from fields put in quotes.
 */
#include "rounds/invite.h"

#include <assert.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "people/people.h"

enum { INPUT_MAX = 65536, DEPARTMENT = 7 };

static const struct invite_department departments[] = { { DEPARTMENT, STR("Ventes") } };
static const struct str invited[] = { STR("ada@example.org") };
static const struct invite_known known = { departments, 1, invited, 1, PARTICIPANTS_MAX - 50 };

static void check_faults(const struct invite_list *list, struct str text)
{
	assert(list->n_faults <= INVITE_FAULTS_MAX);
	for (size_t i = 0; i < list->n_faults; i++) {
		const struct invite_fault *f = &list->faults[i];
		struct str rest = text, line = { "", 0 };

		assert(f->line >= 1 && f->column >= 1);
		for (int k = 0; k < f->line; k++) {
			assert(rest.data);
			line = str_cut(&rest, '\n');
		}
		assert((size_t)f->column <= utf8_count(line) + 1);
	}
}

static void check_people(struct arena *a, const struct invite_list *list)
{
	assert(list->n + known.n_people <= PARTICIPANTS_MAX);
	for (size_t i = 0; i < list->n; i++) {
		const struct invitation *one = &list->people[i];
		struct str again;

		assert(utf8_valid(one->name) && utf8_valid(one->email));
		assert(one->department_id == 0 || one->department_id == DEPARTMENT);
		assert(one->language.len == 0 || one->language.len == 2);
		if (one->email.len == 0)
			continue;
		assert(email_normalise(a, one->email, &again) == 0 && str_eq(again, one->email));
		assert(!str_eq(one->email, invited[0]));
		for (size_t k = 0; k < i; k++)
			assert(!str_eq(list->people[k].email, one->email));
	}
}

static void put_field(struct buf *b, struct str s, const char *end)
{
	buf_putc(b, '"');
	for (size_t i = 0; i < s.len; i++) {
		if (s.data[i] == '"')
			buf_putc(b, '"');
		buf_putc(b, s.data[i]);
	}
	buf_puts(b, "\"");
	buf_puts(b, end);
}

/* The list in its plainest form gives the same people. */
static void check_again(struct arena *a, const struct invite_list *list)
{
	struct buf b = buf_make(a, 16 * INPUT_MAX);
	struct invite_list again;

	for (size_t i = 0; i < list->n; i++) {
		/* A name with a tab in quotes makes the tab the separator of its line. */
		const char *end = str_contains(list->people[i].name, S("\t")) ? "\t" : ";";

		put_field(&b, list->people[i].name, end);
		put_field(&b, list->people[i].email, end);
		put_field(&b, list->people[i].department_id ? departments[0].name : S(""), end);
		put_field(&b, list->people[i].language, "\n");
	}
	again = invite_parse(a, buf_str(&b), &known);
	assert(!b.full && again.n == list->n && again.n_faults == 0);
	for (size_t i = 0; i < list->n; i++)
		assert(str_eq(again.people[i].name, list->people[i].name) &&
		       str_eq(again.people[i].email, list->people[i].email) &&
		       again.people[i].department_id == list->people[i].department_id &&
		       str_eq(again.people[i].language, list->people[i].language));
}

/* Whatever somebody is called: in quotes it comes through. */
static void check_name(struct arena *a, struct str text)
{
	struct invitation one = { .name = utf8_line(a, str_cut(&text, '\n')) };
	struct invite_list list = { .people = &one, .n = 1 };

	/* With an @ it would be an address. */
	if (one.name.len > 0 && utf8_count(one.name) <= PARTICIPANT_NAME_MAX &&
	    !str_contains(one.name, S("@")))
		check_again(a, &list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_make((const char *)data, size);
	struct invite_list list;
	struct arena a;

	/* As a form's value: nothing else reaches the reader. */
	if (size > INPUT_MAX || !utf8_valid(s))
		return 0;
	arena_init(&a, (size_t)256 << 20);
	list = invite_parse(&a, s, &known);
	check_faults(&list, s);
	check_name(&a, s);
	if (list.n_faults == 0) {
		check_people(&a, &list);
		check_again(&a, &list);
	}
	arena_release(&a);
	return 0;
}
