/* jalon routes: the route table, as the golden test keeps it. */
#include <stdio.h>

#include "cli/cli.h"
#include "http/server.h"
#include "phases/routes.h"

int cmd_routes(int argc, char **argv)
{
	struct arena a;

	(void)argc;
	(void)argv;

	arena_init(&a, (size_t)1 << 20);
	printf("%.*s", STR_ARG(routes_print(&a, all_routes)));
	arena_release(&a);
	return CLI_OK;
}
