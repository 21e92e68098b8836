/* `jalon pack check`: exit codes, and what goes to which stream. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "../test.h"
#include "base/buf.h"
#include "check.h"
#include "cli/cli.h"

struct run {
	int code;
	struct str out, err;
};

/* Sends what is written on `fd` to the file at `path`; returns the descriptor to restore. */
static int divert(int fd, const char *path)
{
	int saved = dup(fd);
	int to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(saved >= 0 && to >= 0);
	assert_int_equal(dup2(to, fd), fd);
	close(to);
	return saved;
}

static void restore(int fd, int saved)
{
	assert_int_equal(dup2(saved, fd), fd);
	close(saved);
}

static struct run run(struct arena *a, int argc, const char *const *argv)
{
	char dir[] = "/tmp/jalon-cmd-pack-XXXXXX";
	const char *out, *err;
	int saved_out, saved_err;
	struct run r;

	assert_non_null(mkdtemp(dir));
	out = str_fmt(a, "%s/out", dir).data;
	err = str_fmt(a, "%s/err", dir).data;
	fflush(stdout);
	fflush(stderr);
	saved_out = divert(STDOUT_FILENO, out);
	saved_err = divert(STDERR_FILENO, err);
	r.code = cmd_pack(argc, (char **)(uintptr_t)argv);
	fflush(stdout);
	fflush(stderr);
	restore(STDOUT_FILENO, saved_out);
	restore(STDERR_FILENO, saved_err);
	r.out = read_file(a, out);
	r.err = read_file(a, err);
	unlink(out);
	unlink(err);
	rmdir(dir);
	return r;
}

static void says_what_a_valid_pack_holds(void **state)
{
	struct run r = run(*state, 3, (const char *const[]){ "pack", "check", PACK_FILE, NULL });

	assert_int_equal(r.code, CLI_OK);
	assert_str(r.err, "");
	assert_str(r.out,
		   PACK_FILE ": valid: carte-performance version 1, 15 questions, 3 categories, "
			     "3 bands, 34 points, languages fr and en\n");
}

static void prints_a_line_per_fault(void **state)
{
	struct run r = run(*state, 3,
			   (const char *const[]){ "pack", "check", CASES "/broken.yaml", NULL });

	assert_int_equal(r.code, CLI_FAILED);
	assert_str(r.out, "");
	assert_str(r.err,
		   CASES "/broken.yaml:2:1: the key \"id\" is given twice, first on line 1\n" CASES
			 "/broken.yaml:3:7: a tag; they are not allowed\n");
}

static void tells_unreadable_from_invalid(void **state)
{
	struct run r =
		run(*state, 3, (const char *const[]){ "pack", "check", "/nonexistent", NULL });

	assert_int_equal(r.code, CLI_USAGE);
	assert_str(r.err, "jalon: /nonexistent: No such file or directory\n");
	r = run(*state, 3, (const char *const[]){ "pack", "check", "/", NULL });
	assert_int_equal(r.code, CLI_USAGE);
}

static void refuses_other_arguments(void **state)
{
	static const struct {
		int argc;
		const char *argv[5];
		const char *why;
	} lines[] = {
		{ 1, { "pack" }, "an action is missing" },
		{ 2, { "pack", "check" }, "wrong number of arguments for check" },
		{ 3, { "pack", "show", "x" }, "unknown action show" },
		{ 4, { "pack", "check", "x", "y" }, "wrong number of arguments for check" },
	};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct run r = run(*state, lines[i].argc, lines[i].argv);

		assert_int_equal(r.code, CLI_USAGE);
		assert_str(
			r.err,
			str_c(*state,
			      str_fmt(*state,
				      "jalon: %s\nusage:\n  jalon pack check FILE  check a content pack\n",
				      lines[i].why)));
	}
}

/* The tests before speak English, whoever runs them. */
static void speaks_french_where_the_locale_does(void **state)
{
	struct run r;

	assert_int_equal(setenv("LC_ALL", "fr_FR.UTF-8", 1), 0);
	r = run(*state, 3, (const char *const[]){ "pack", "check", PACK_FILE, NULL });
	assert_str(
		r.out, PACK_FILE
		": valide\u00a0: carte-performance version 1, questions\u00a0: 15, catégories\u00a0: 3, "
		"tranches\u00a0: 3, points\u00a0: 34, langues\u00a0: fr et en\n");
	r = run(*state, 3, (const char *const[]){ "pack", "check", "/nonexistent", NULL });
	assert_str(r.err, "jalon: /nonexistent: aucun fichier ni dossier de ce nom\n");
	assert_int_equal(setenv("LC_ALL", "C", 1), 0);
}

TEST_MAIN(unit_test(says_what_a_valid_pack_holds), unit_test(prints_a_line_per_fault),
	  unit_test(tells_unreadable_from_invalid), unit_test(refuses_other_arguments),
	  unit_test(speaks_french_where_the_locale_does))
