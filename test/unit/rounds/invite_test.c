/* Lists of people as they are pasted: from spreadsheets, CSV files and mail programs. */
#include "rounds/invite.h"

#include "base/buf.h"
#include "http/http.h"
#include "../test.h"

static const struct invite_department departments[] = { { 1, STR("Ventes") },
							{ 2, STR("Qualité") } };

/* "name|address|department|language" of each, or "line.column field wrong value" of what is wrong. */
static struct str told(struct arena *a, const char *text)
{
	static const char *const wrongs[] = {
		[INVITE_NOBODY] = "nobody",         [INVITE_EMAIL] = "email",
		[INVITE_DEPARTMENT] = "department", [INVITE_LANGUAGE] = "language",
		[INVITE_TWICE] = "twice",           [INVITE_KNOWN] = "known",
		[INVITE_TOO_LONG] = "long",         [INVITE_EXTRA] = "extra",
		[INVITE_UNNAMED] = "unnamed",       [INVITE_QUOTE] = "quote",
		[INVITE_TOO_MANY] = "many",
	};
	const struct invite_known known = { .departments = departments, .n_departments = 2 };
	struct invite_list list = invite_parse(a, str_from(text), &known);
	struct buf b = buf_make(a, 1 << 16);

	for (size_t i = 0; i < list.n_faults; i++) {
		const struct invite_fault *f = &list.faults[i];

		buf_fmt(&b, "%d.%d %s %.*s\n", f->line, f->column, wrongs[f->wrong],
			STR_ARG(f->value));
	}
	for (size_t i = 0; list.n_faults == 0 && i < list.n; i++) {
		const struct invitation *p = &list.people[i];

		buf_fmt(&b, "%.*s|%.*s|%d|%.*s\n", STR_ARG(p->name), STR_ARG(p->email),
			(int)p->department_id, STR_ARG(p->language));
	}
	return buf_str(&b);
}

struct list {
	const char *text, *told;
};

static void check(void **state, const struct list *lists, size_t n)
{
	for (size_t i = 0; i < n; i++)
		assert_str(told(*state, lists[i].text), lists[i].told);
}
#define CHECK(state, lists) check(state, lists, sizeof(lists) / sizeof *(lists))

static void one_a_line(void **state)
{
	static const struct list lists[] = {
		{ "Anne;anne@ex.fr;ventes;fr\n\nBruno", "Anne|anne@ex.fr|1|fr\nBruno||0|\n" },
		{ "anne@ex.fr", "|anne@ex.fr|0|\n" },
		{ "anne@ex.fr;;Ventes;en", "|anne@ex.fr|1|en\n" },
		{ "Anne\tanne@ex.fr\tQUALITE\u0301", "Anne|anne@ex.fr|2|\n" },
		{ "Le, Bruno\n\"Roux; Anne\";anne@ex.fr",
		  "Le, Bruno||0|\nRoux; Anne|anne@ex.fr|0|\n" },
		{ "Anne;anne@ex.fr;;;;", "Anne|anne@ex.fr|0|\n" },
		{ "\u200BAnne\u200B;\u00A0anne@ex.fr\u200B;Ventes", "Anne|anne@ex.fr|1|\n" },
		{ "Anne;anne@ex.fr;Nulle part", "1.17 department Nulle part\n" },
		{ "Anne;anne@ex.fr;;;x", "1.19 extra x\n" },
		{ "\n;;Ventes", "2.1 nobody \n" },
		{ "\u200B;\u00A0", "1.1 nobody \n" },
		{ "A;a@ex.fr\nB;A@ex.fr", "2.3 twice A@ex.fr\n" },
		{ "\"Anne;a@ex.fr", "1.1 quote \"Anne;a@ex.fr\n" },
	};

	CHECK(state, lists);
}

static void several_addresses_in_a_line(void **state)
{
	static const struct list lists[] = {
		{ "anne@ex.fr; bruno@ex.fr", "|anne@ex.fr|0|\n|bruno@ex.fr|0|\n" },
		{ "a@ex.fr, b@ex.fr, c@ex.fr,", "|a@ex.fr|0|\n|b@ex.fr|0|\n|c@ex.fr|0|\n" },
		{ "a@ex.fr\tb@ex.fr", "|a@ex.fr|0|\n|b@ex.fr|0|\n" },
		/* the one separator of a line is not that of another */
		{ "Anne;anne@ex.fr\nb@ex.fr,c@ex.fr",
		  "Anne|anne@ex.fr|0|\n|b@ex.fr|0|\n|c@ex.fr|0|\n" },
		{ "a@ex.fr; a@ex.fr", "1.9 twice a@ex.fr\n" },
		{ "a@ex.fr;b@ex.fr;Ventes", "1.17 email Ventes\n" },
		{ "a@ex.fr;b@ex", "1.9 email b@ex\n" },
		{ "a@ex;b@ex.fr", "1.1 email a@ex\n" },
		{ "a@ex.fr b@ex.fr", "1.1 email a@ex.fr b@ex.fr\n" },
		{ "a@ex.fr;Ventes", "1.1 email a@ex.fr\n1.9 email Ventes\n" },
	};

	CHECK(state, lists);
}

static void as_mail_programs_write(void **state)
{
	static const struct list lists[] = {
		{ "Huit <huit@ex.fr>", "Huit|huit@ex.fr|0|\n" },
		{ "<huit@ex.fr>", "|huit@ex.fr|0|\n" },
		{ "Anne Roux <anne@ex.fr>, Bruno Le <bruno@ex.fr>;",
		  "Anne Roux|anne@ex.fr|0|\nBruno Le|bruno@ex.fr|0|\n" },
		{ "Roux, Anne <anne@ex.fr>; \"Le, \"\"B\"\"\" <bruno@ex.fr>",
		  "Roux, Anne|anne@ex.fr|0|\nLe, \"B\"|bruno@ex.fr|0|\n" },
		{ "Anne <a@ex.fr> Bruno <b@ex.fr>", "Anne|a@ex.fr|0|\nBruno|b@ex.fr|0|\n" },
		{ "a@ex.fr, Bruno <b@ex.fr>, c@ex.fr",
		  "|a@ex.fr|0|\nBruno|b@ex.fr|0|\n|c@ex.fr|0|\n" },
		{ "'A@ex.fr' <a@ex.fr>; b@ex.fr <b@ex.fr>", "|a@ex.fr|0|\n|b@ex.fr|0|\n" },
		{ "Anne <a@ex.fr>;Ventes;fr", "Anne|a@ex.fr|1|fr\n" },
		{ "Anne;<a@ex.fr>;Ventes", "Anne|a@ex.fr|1|\n" },
		{ "Anne\t<a@ex.fr>\tVentes", "Anne|a@ex.fr|1|\n" },
		{ "Anne <a@ex.fr>;Nulle part", "1.16 department Nulle part\n" },
		{ "Anne <a@ex.fr>;Ventes;fr;x", "1.26 extra x\n" },
		{ "Anne <a@ex.fr> x", "1.15 extra x\n" },
		{ "A <a@ex.fr>, B <b@ex.fr>;Ventes", "1.26 email Ventes\n" },
		{ "a@ex.fr Bruno <b@ex.fr>", "1.1 email a@ex.fr Bruno\n" },
		{ "Anne <a@ex>", "1.7 email a@ex\n" },
		{ "Anne <anne>", "1.7 email anne\n" },
		{ "Roux, Anne <anne>; B <b@ex.fr>", "1.13 email anne\n" },
		{ "Anne;a@ex.fr;<Ventes>", "1.14 department <Ventes>\n" },
		{ "\"Anne <a@ex.fr>", "1.1 quote \"Anne\n" },
		{ "Anne <a@ex.fr>\nAnne <a@ex.fr>", "2.7 twice a@ex.fr\n" },
	};

	CHECK(state, lists);
}

static void headings_name_the_columns(void **state)
{
	static const struct list lists[] = {
		{ "Prénom;Nom;Courriel\nAnne;Roux;a@ex.fr\n;Le;b@ex.fr",
		  "Anne Roux|a@ex.fr|0|\nLe|b@ex.fr|0|\n" },
		{ "E-mail;Nom\na@ex.fr;Anne\nb@ex.fr", "Anne|a@ex.fr|0|\n|b@ex.fr|0|\n" },
		{ "SERVICE\tADRESSE E\u0301LECTRONIQUE\tNOM\nVentes\ta@ex.fr\tAnne",
		  "Anne|a@ex.fr|1|\n" },
		{ "Email,First name,Last name,Department,Language\na@ex.fr,Ann,Red,ventes,en",
		  "Ann Red|a@ex.fr|1|en\n" },
		/* a column that nobody asked for */
		{ "Matricule;Nom;Mail;Adresse\n7;Anne;a@ex.fr;Rue", "Anne|a@ex.fr|0|\n" },
		{ "Nom;Adresse\nAnne;a@ex.fr", "Anne|a@ex.fr|0|\n" },
		/* the usual columns go on */
		{ "Nom;Courriel\nAnne;a@ex.fr;Ventes;fr", "Anne|a@ex.fr|1|fr\n" },
		{ "mail\na@ex.fr", "|a@ex.fr|0|\n" },
		/* where no name is known */
		{ "Nom;Courriel\na@ex.fr\nb@ex.fr;", "|a@ex.fr|0|\n|b@ex.fr|0|\n" },
		{ "Nom;Courriel\na@ex.fr;A@ex.fr", "|a@ex.fr|0|\n" },
		{ "Courriel;Nom\na@ex.fr;Anne;x", "2.14 unnamed x\n" },
		{ "Prénom;Nom;Courriel\nAnne;Roux;nulle part", "2.11 email nulle part\n" },
		{ "Nom;Courriel\nb@ex.fr;a@ex.fr", "2.1 email b@ex.fr\n" },
		/* no headings: people, who are called so */
		{ "Nom", "Nom||0|\n" },
		{ "Service", "Service||0|\n" },
		{ "Anne;a@ex.fr\nNom;Courriel", "2.5 email Courriel\n" },
		{ "Nom;Nom;Courriel\nA;B;a@ex.fr",
		  "1.5 email Nom\n1.9 department Courriel\n2.3 email B\n2.5 department a@ex.fr\n" },
	};

	CHECK(state, lists);
}

/* ---- as large as a list may be ---- */

enum { LARGE = 400 * 1000 };

/* `head`, then `piece` again and again up to `size` bytes, then `tail`. */
static struct str large(struct arena *a, const char *head, const char *piece, size_t size,
			const char *tail)
{
	struct buf b = buf_make(a, 4 * LARGE);

	buf_puts(&b, head);
	while (b.len + strlen(piece) + strlen(tail) <= size)
		buf_puts(&b, piece);
	buf_puts(&b, tail);
	return buf_str(&b);
}

/* Time and memory grow with the list, never with its square: each is read in a request's arena, long before the
 * test's time is over. */
static void large_lists_are_read_in_a_requests_means(void **state)
{
	static const char quoted[] = "\"a\";\"a\";\"a\";\"a\";\"a\";\"a\";\"a\";\"a\";\"a\";\"a\";"
				     "\"a\";\"a\";\"a\";\"a\";\"a\";\"a\";\"a\";\"a\";\"a\";\"a\";"
				     "\"a\";\"a\";\"a\";\"a\";\"a\";\"a\";\"a\";\"a\";\"a\";\"a\";";
	static const struct {
		const char *head, *piece, *tail;
		size_t size;
	} lists[] = {
		{ "", "\n", "", LARGE },
		{ "", "a\n", "", LARGE },
		{ "", ",", "x <a@b.cc>", LARGE },
		{ "x <a@b.cc>", ",", "", LARGE },
		{ "", "x <a@b.cc>,", "", LARGE },
		{ "", "a;b@c.dd;Vente\n", "", LARGE },
		{ "", "\u00E9 ", "", LARGE },
		{ "a", "\u0301\u0323", "", LARGE },
		{ quoted, "\U0001F600", "", 4 * LARGE - 1 },
		{ quoted, "\u202E", "", 3 * LARGE },
	};
	struct arena *text = *state;

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const struct invite_known known = { .departments = departments,
						    .n_departments = 2 };
		struct str list =
			large(text, lists[i].head, lists[i].piece, lists[i].size, lists[i].tail);
		struct arena a;

		arena_init(&a, REQUEST_ARENA_BYTES / 2);
		assert_true(invite_parse(&a, list, &known).n_faults <= INVITE_FAULTS_MAX);
		arena_release(&a);
	}
}

static void what_is_wrong_is_shown_by_its_beginning(void **state)
{
	struct str list = large(*state, "", "\u00E9", 1000, "@");
	const struct invite_list read = invite_parse(*state, list, &(struct invite_known){ 0 });

	assert_int_equal(read.n_faults, 1);
	assert_int_equal(read.faults[0].value.len, 2 * INVITE_VALUE_MAX + 3);
	assert_true(str_ends(read.faults[0].value, S("\u00E9\u2026")));
}

TEST_MAIN(unit_test(one_a_line), unit_test(several_addresses_in_a_line),
	  unit_test(as_mail_programs_write), unit_test(headings_name_the_columns),
	  unit_test(large_lists_are_read_in_a_requests_means),
	  unit_test(what_is_wrong_is_shown_by_its_beginning))
