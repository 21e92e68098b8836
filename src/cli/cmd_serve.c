/* jalon serve: open the database, migrate, listen, wait for the end. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "cli/cli.h"
#include "cli/open.h"
#include "http/server.h"
#include "phases/app.h"
#include "phases/routes.h"
#include "phases/site/site.h"
#include "view/layout.h"

enum { STOP_GRACE_MS = 10000 };

/* Signals are taken by the waiting thread alone; every thread started later inherits the mask. */
static void block_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	pthread_sigmask(SIG_BLOCK, set, NULL);
}

static int wait_for_end(const sigset_t *set)
{
	int signal;

	while (sigwait(set, &signal) != 0)
		;
	return signal;
}

static int serve(const struct config *config, const struct logger *log, struct db_pool *pool,
		 const sigset_t *signals)
{
	struct app app = { .pack = pack_builtin(), .contact_url = config->contact };
	struct server_config sc = {
		.listen = config->listen,
		.base_url = config->base_url,
		.log = log,
		.pool = pool,
		.routes = all_routes,
		.assets = site_assets,
		.app = &app,
		.error_page = view_error_page,
	};
	struct server *server;
	struct err err;

	if (site_secret(pool, app.secret, &err) != 0) {
		fprintf(stderr, "jalon: %s\n", err.text);
		return CLI_DATA;
	}
	memcpy(sc.secret, app.secret, sizeof sc.secret);
	if (server_start(&sc, &server, &err) != 0) {
		fprintf(stderr, "jalon: %s\n", err.text);
		return CLI_FAILED;
	}
	printf("Jalon is at %.*s (Ctrl-C stops it)\n", STR_ARG(server_url(server)));
	fflush(stdout);
	log_info(log, "stopping", LOG_NUM("signal", wait_for_end(signals)));
	server_stop(server, STOP_GRACE_MS);
	return CLI_OK;
}

static int serve_with(struct arena *a, const struct config *config)
{
	struct logger log = { STDERR_FILENO, config->log_level, config->log_format };
	struct db_pool *pool = NULL;
	sigset_t signals;
	int r;

	block_signals(&signals);
	r = open_pool(a, config, &pool);
	if (r == CLI_OK)
		r = migrate_pool(a, pool, false);
	if (r == CLI_OK)
		r = serve(config, &log, pool, &signals);
	db_pool_close(pool);
	return r;
}

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
		r = serve_with(&a, &config);
	}
	arena_release(&a);
	return r;
}
