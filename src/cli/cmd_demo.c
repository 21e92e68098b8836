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
		fprintf(stderr, "jalon: %s: %s\n", folder, strerror(errno));
		return CLI_DATA;
	}
	config->data = str_from(folder);
	config->database = S("");
	fputs("jalon: a demonstration: the data is fictitious and goes when it stops\n", stderr);
	r = serve_site(a, config, true);
	if (nftw(folder, remove_one, OPEN_FOLDERS_MAX, FTW_DEPTH | FTW_PHYS) != 0)
		fprintf(stderr, "jalon: %s could not be removed: %s\n", folder, strerror(errno));
	return r;
}

int cmd_demo(int argc, char **argv)
{
	return config_run(
		argc, argv,
		"jalon demo [SETTING...]\n\nAny setting of jalon serve but data and database.",
		serve_from_temporary, NULL);
}
