/* jalon serve: the settings, then serve.c. */
#include "cli/cli.h"
#include "cli/serve.h"

static int run(struct arena *a, struct config *config, void *arg)
{
	(void)arg;
	return serve_site(a, config, false);
}

int cmd_serve(int argc, char **argv)
{
	static const struct usage usage[] = {
		{ N_("serve [SETTING…]"), N_("serve the site") },
		{ NULL, NULL },
	};

	return config_run(argc, argv, usage, run, NULL);
}
