/* jalon demo: the site on a temporary folder of fictitious data, gone when it stops. */
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "cli/cli.h"
#include "cli/serve.h"

enum { OPEN_FOLDERS_MAX = 8 };

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

/* Serves from a new folder and removes it. Returns an exit code. */
static int serve_from_temporary(struct arena *a, struct config *config, void *arg)
{
	const char *base = getenv("TMPDIR");
	struct str pattern = str_fmt(a, "%s/jalon-demo-XXXXXX", base && *base ? base : "/tmp");
	char *folder = arena_new(a, char, pattern.len + 1);
	int r;

	(void)arg;
	memcpy(folder, pattern.data, pattern.len);
	if (!mkdtemp(folder)) {
		say_problem(str_from(folder), say_errno(errno));
		return CLI_DATA;
	}
	config->data = str_from(folder);
	config->database = S("");
	say_error("a demonstration: the data is fictitious and goes when it stops", NULL);
	r = serve_site(a, config, true);
	if (nftw(folder, remove_one, OPEN_FOLDERS_MAX, FTW_DEPTH | FTW_PHYS) != 0)
		say_error("the folder {path} could not be removed: {problem}",
			  VALUES({ "path", str_from(folder) }, { "problem", say_errno(errno) }));
	return r;
}

/* Whether a flag says where the data is. What the environment or a file says of it is for `jalon serve`. */
static bool names_data(const char *word)
{
	struct str rest = str_from(word), name = str_cut(&rest, '=');

	return str_is(name, "--data") || str_is(name, "--database");
}

int cmd_demo(int argc, char **argv)
{
	static const struct usage usage[] = {
		{ N_("demo [SETTING…]"), N_("serve a temporary folder of fictitious data") },
		{ NULL, N_("The settings of `jalon serve`; data and database are not looked at.") },
	};

	for (int i = 1; i < argc; i++)
		if (names_data(argv[i])) {
			say_error(
				"a demonstration has a folder of its own, which goes when it stops: leave {setting} out",
				VALUES({ "setting", str_from(argv[i]) }));
			return CLI_USAGE;
		}
	return config_run(argc, argv, usage, serve_from_temporary, NULL);
}
