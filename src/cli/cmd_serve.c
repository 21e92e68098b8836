/* jalon serve: the settings, then serve.c. */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/serve.h"

int cmd_serve(int argc, char **argv)
{
	struct config config;
	struct arena a;
	int r;

	arena_init(&a, (size_t)16 << 20);
	r = config_read(&a, argc, argv, &config);
	if (r == CONFIG_HELP) {
		puts("jalon serve [SETTING…]\n");
		config_print_help();
		r = CLI_OK;
	} else if (r == CONFIG_INVALID) {
		r = CLI_USAGE;
	} else {
		r = serve_site(&a, &config, false);
	}
	arena_release(&a);
	return r;
}
