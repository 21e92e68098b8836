/* jalon routes: the route table, as the golden test keeps it. */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/words.h"
#include "http/server.h"
#include "phases/routes.h"

int cmd_routes(int argc, char **argv)
{
	static const struct usage usage[] = {
		{ "routes", N_("print every route with its permission") },
		{ NULL, NULL },
	};
	struct arena a;

	if (words_ask_help(argc, argv, usage))
		return CLI_OK;
	arena_init(&a, (size_t)1 << 20);
	printf("%.*s", STR_ARG(routes_print(&a, all_routes)));
	arena_release(&a);
	return CLI_OK;
}
