/*
 * Runs a fuzz target over every file of its corpus, so that what fuzzing once found stays found. Speaks
 * TAP. A target that does not like an input ends the process: no output for that file.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

enum { INPUT_MAX = 4 * 1024 * 1024 };

/* One file through the target. The copy has exactly the input's size, so that ASan sees reads past it. */
static int replay(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *big, *exact;
	size_t n;

	if (!f)
		return -1;
	big = malloc(INPUT_MAX);
	if (!big)
		abort();
	n = fread(big, 1, INPUT_MAX, f);
	fclose(f);
	exact = malloc(n ? n : 1);
	if (!exact)
		abort();
	memcpy(exact, big, n);
	free(big);
	(void)LLVMFuzzerTestOneInput(exact, n);
	free(exact);
	return 0;
}

static int is_input(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

int main(int argc, char **argv)
{
	struct dirent **entries;
	char path[4096];
	int n = argc == 2 ? scandir(argv[1], &entries, is_input, alphasort) : -1;

	if (n <= 0) {
		fprintf(stderr, "usage: replay CORPUS (a folder that holds inputs)\n");
		return 1;
	}
	printf("1..%d\n", n);
	for (int i = 0; i < n; i++) {
		int r;

		(void)snprintf(path, sizeof path, "%s/%s", argv[1], entries[i]->d_name);
		r = replay(path);
		printf("%sok %d - %s\n", r == 0 ? "" : "not ", i + 1, entries[i]->d_name);
		fflush(stdout);
		free(entries[i]);
	}
	free(entries);
	return 0;
}
