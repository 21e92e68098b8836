/* What pack_load() refuses, and where it says the fault is: the cases of bad.txt over small.yaml. */
#include "../test.h"
#include "base/buf.h"
#include "check.h"
#include "pack/pack.h"

enum { FILE_MAX = 1024 * 1024 };

/* One case: see the head of bad.txt. */
struct bad_case {
	struct str name;
	struct buf out, in, faults;
};

static void put_line(struct buf *b, struct str line)
{
	buf_put(b, line);
	buf_putc(b, '\n');
}

/* Adds one line of a case to `c`. */
static void read_line(struct bad_case *c, struct str line)
{
	struct str rest = str_slice(line, 1, line.len);

	switch (line.data[0]) {
	case '#':
		c->name = str_trim(rest);
		break;
	case '-':
		put_line(&c->out, rest);
		break;
	case '+':
		put_line(&c->in, rest);
		break;
	case '=':
		put_line(&c->faults, rest);
		break;
	case '~':
		break;
	default:
		fail_msg("bad.txt: %.*s", STR_ARG(line));
	}
}

/* Takes the next case off *text; false at the end. */
static bool next_case(struct arena *a, struct str *text, struct bad_case *ret)
{
	*ret = (struct bad_case){
		.out = buf_make(a, FILE_MAX),
		.in = buf_make(a, FILE_MAX),
		.faults = buf_make(a, FILE_MAX),
	};
	while (text->len) {
		struct str line = str_cut(text, '\n');

		if (line.len == 0 && ret->name.len)
			return true;
		if (line.len)
			read_line(ret, line);
	}
	return ret->name.len > 0;
}

/* `text` with the lines `out` replaced by `in`. */
static struct str changed(struct arena *a, struct str text, struct str out, struct str in)
{
	struct buf b = buf_make(a, FILE_MAX);

	for (size_t i = 0; i < text.len; i++) {
		struct str rest = str_slice(text, i, text.len);

		if ((i > 0 && text.data[i - 1] != '\n') || !str_starts(rest, out))
			continue;
		buf_put(&b, str_slice(text, 0, i));
		buf_put(&b, in);
		buf_put(&b, str_slice(rest, out.len, rest.len));
		return buf_str(&b);
	}
	fail_msg("bad.txt: not in small.yaml: %.*s", STR_ARG(out));
	return text;
}

static struct str load(struct arena *a, struct str yaml, struct pack *pack)
{
	struct pack_faults faults = { 0 };
	int r = pack_load(a, LANG_EN, yaml, pack, &faults);

	assert_int_equal(r, faults.n ? PACK_INVALID : PACK_OK);
	return faults_text(a, &faults);
}

static void says_the_same_in_french(struct arena *a, struct str yaml)
{
	struct pack_faults fr = { 0 }, en = { 0 };
	struct pack pack;

	assert_int_equal(pack_load(a, LANG_FR, yaml, &pack, &fr), PACK_INVALID);
	assert_int_equal(pack_load(a, LANG_EN, yaml, &pack, &en), PACK_INVALID);
	assert_french(&fr, &en);
}

static void names_each_fault_and_its_place(void **state)
{
	struct arena *a = *state;
	struct str small = read_file(a, CASES "/small.yaml");
	struct str text = read_file(a, CASES "/bad.txt");
	struct bad_case c;
	size_t n_wrong = 0, n = 0;

	while (text.len && text.data[0] != '#')
		(void)str_cut(&text, '\n');
	while (next_case(a, &text, &c)) {
		struct str yaml = changed(a, small, buf_str(&c.out), buf_str(&c.in));
		struct pack pack;
		struct str got = load(a, yaml, &pack);

		n++;
		says_the_same_in_french(a, yaml);
		if (str_eq(got, buf_str(&c.faults)) && got.len)
			continue;
		n_wrong++;
		print_error("# %.*s\nwanted:\n%.*sgot:\n%.*s\n", STR_ARG(c.name),
			    STR_ARG(buf_str(&c.faults)), STR_ARG(got));
	}
	assert_true(n > 70);
	assert_int_equal(n_wrong, 0);
}

static void loads_small_pack(void **state)
{
	struct arena *a = *state;
	struct pack pack;

	assert_str(load(a, read_file(a, CASES "/small.yaml"), &pack), "");
	assert_str(pack.id, "small");
	assert_int_equal(pack.scorecard.def.max, 6);
	assert_int_equal(pack.scorecard.def.leverage[0], 2);
	assert_int_equal(pack.scorecard.bands[0].n_actions, 2);
	assert_true(pack.scorecard.bands[0].actions[0].has_done);
	assert_false(pack.scorecard.bands[0].actions[1].has_done);
	assert_int_equal(pack.scorecard.bands[1].next_target, NEXT_IDENTIFY);
}

static void says_what_holds(void **state)
{
	enum { FR, EN };
	static const struct {
		struct answer answers[3];
		size_t language;
		const char *text;
	} cases[] = {
		{ { { ANSWER_OPTION, 0 } }, FR, "Toujours. Rien." },
		{ { { ANSWER_MISSING, 0 } }, EN, "Always. Nothing." },
		{ { { ANSWER_OPTION, 1 }, { ANSWER_LEVEL, 3 } }, EN, "Always. Better." },
		{ { { ANSWER_OPTION, 1 }, { ANSWER_LEVEL, 1 } }, EN, "Always. Better. If." },
		{ { { ANSWER_OPTION, 2 }, { ANSWER_LEVEL, 4 }, { ANSWER_UNKNOWN, 0 } },
		  FR,
		  "Toujours. Mieux. Si." },
		{ { { ANSWER_UNKNOWN, 0 }, { ANSWER_LEVEL, 4 }, { ANSWER_UNKNOWN, 0 } },
		  FR,
		  "Toujours. Mieux." },
	};
	struct arena *a = *state;
	struct pack pack;

	assert_str(load(a, read_file(a, CASES "/small.yaml"), &pack), "");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_str(passage_text(a, &pack.scorecard.bands[0].commentary.items[1],
					cases[i].language, cases[i].answers),
			   cases[i].text);
}

static void trims_block_texts(void **state)
{
	struct arena *a = *state;
	struct str small = read_file(a, CASES "/small.yaml");
	struct pack pack;

	small = changed(a, small, S("title: {fr: Titre, en: Title}\n"),
			S("title:\n  fr: |\n    Un\n    deux\n\n  en: >\n    One\n    two\n"));
	assert_str(load(a, small, &pack), "");
	assert_str(pack.title.in[0], "Un\ndeux");
	assert_str(pack.title.in[1], "One two");
}

static void tells_at_most_100_faults(void **state)
{
	struct arena *a = *state;
	struct buf b = buf_make(a, FILE_MAX);
	struct pack_faults faults = { 0 };
	struct pack pack;

	for (int i = 0; i < 5000; i++)
		buf_fmt(&b, "key%d: x\n", i);
	assert_int_equal(pack_load(a, LANG_EN, buf_str(&b), &pack, &faults), PACK_INVALID);
	assert_int_equal(faults.n, 100);
	assert_int_equal(faults.items[99].line, 100);
}

static void puts_french_in_its_own_order(void **state)
{
	struct arena *a = *state;
	struct str small = read_file(a, CASES "/small.yaml");
	struct pack_faults faults = { 0 };
	struct pack pack;

	small = changed(a, small, S("  minutes: 6\n"), S("  minuts: 6\n"));
	assert_int_equal(pack_load(a, LANG_FR, small, &pack, &faults), PACK_INVALID);
	assert_str(faults_text(a, &faults),
		   "17:3: scorecard: clé inconnue «\u00a0minuts\u00a0»\u202f; vouliez-vous dire "
		   "«\u00a0minutes\u00a0»\u202f?\n"
		   "17:3: scorecard: il manque «\u00a0minutes\u00a0»\n");
}

TEST_MAIN(unit_test(names_each_fault_and_its_place), unit_test(loads_small_pack),
	  unit_test(says_what_holds), unit_test(trims_block_texts),
	  unit_test(tells_at_most_100_faults), unit_test(puts_french_in_its_own_order))
