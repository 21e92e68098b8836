/* Serving the site: see serve.h. */
#include "cli/serve.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "cli/cli.h"
#include "cli/keeper.h"
#include "cli/open.h"
#include "http/server.h"
#include "mail/mail.h"
#include "people/demo.h"
#include "people/link.h"
#include "phases/app.h"
#include "phases/mails.h"
#include "phases/scorecard/demo.h"
#include "phases/routes.h"
#include "phases/site/site.h"
#include "view/layout.h"

enum { STOP_GRACE_MS = 10000 };

/* Signals that end are taken by the waiting thread alone; every thread started later inherits the mask.
 * That of a pipe that nobody reads any more is not wanted: the log's end is no reason to die. */
static void arrange_signals(sigset_t *set)
{
	struct sigaction hangup;

	(void)signal(SIGPIPE, SIG_IGN);
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	/* A terminal that is closed; unless nohup had it ignored. */
	(void)sigaction(SIGHUP, NULL, &hangup);
	if (hangup.sa_handler != SIG_IGN)
		sigaddset(set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, set, NULL);
}

static int wait_for_end(const sigset_t *set)
{
	int signal;

	while (sigwait(set, &signal) != 0)
		;
	return signal;
}

/* Now, since nothing is printed until the end. A site is served without a console too. */
static void end_lines(void)
{
	(void)fflush(stdout);
	clearerr(stdout);
}

/* Fills the demonstration's database; the pages say where its sheets are. */
static int add_examples(struct arena *a, struct db_pool *pool, const uint8_t *secret,
			struct app *app, struct err *err)
{
	const struct hmac_key key = hmac_key(secret);
	int r = demo_fill(&(const struct demo_site){ pool, &key, app }, a, app->examples, err);

	if (r == 0)
		app->n_examples = DEMO_SHEETS;
	return r;
}

/* Who may sign in at a demonstration. */
static void print_accounts(struct arena *a, struct str url)
{
	say_line("Sign in at {address} with the password {password}:",
		 VALUES({ "address", str_fmt(a, "%.*s" SIGN_IN_PATH, STR_ARG(url)) },
			{ "password", S(DEMO_PASSWORD) }));
	for (size_t i = 0; i < DEMO_ACCOUNTS; i++)
		printf("  %.*s (%.*s)\n", STR_ARG(demo_accounts[i].email),
		       STR_ARG(tr(say_language(), demo_accounts[i].what)));
}

static void print_address(struct arena *a, const struct server *server, struct str base_url,
			  const struct app *app)
{
	say_line("Jalon is at {address} (Ctrl-C stops it)",
		 VALUES({ "address", server_url(server) }));
	if (base_url.len)
		say_line("People open it at {address}", VALUES({ "address", base_url }));
	for (size_t i = 0; i < app->n_examples; i++)
		say_line("- {name}: {address}",
			 VALUES({ "name", app->examples[i].name },
				{ "address",
				  str_fmt(a, "%.*s/c/%.*s/result", STR_ARG(server_url(server)),
					  STR_ARG(app->examples[i].token)) }));
	if (app->n_examples)
		print_accounts(a, server_url(server));
	end_lines();
}

/* While nobody can administer: the address where the first administrator is made, to whoever reads the
 * console. */
static int print_setup(struct arena *a, struct db_pool *pool, struct str site, struct err *err)
{
	struct str token = { "", 0 };
	int r = setup_link_make(pool, a, &token, err);

	if (r != 0 || token.len == 0)
		return r;
	say_line(
		"Nobody administers it yet: open this address within 30 minutes to make the first account",
		NULL);
	printf("  %.*s/setup/%.*s\n", STR_ARG(site), STR_ARG(token));
	end_lines();
	return 0;
}

/* What became of a mail: never to whom, nor what it said. */
static void log_mail(void *log, const struct mail_report *report)
{
	if (report->is_sent)
		log_info(log, "mail sent", LOG_STR("kind", report->kind));
	else
		log_warning(log, report->will_retry ? "mail waits" : "mail given up",
			    LOG_STR("kind", report->kind), LOG_NUM("code", report->code),
			    LOG_STR("text", str_from(report->problem)));
}

static int start_mail(struct arena *a, const struct config *config, const struct server_config *sc,
		      struct mailer **ret, struct err *err)
{
	return mailer_start(a,
			    &(struct mailer_config){
				    .settings = &config->mail,
				    .site = { config->base_url, hmac_key(sc->secret) },
				    .pool = sc->pool,
				    .kinds = all_mails,
				    .report = log_mail,
				    .report_arg = (void *)(uintptr_t)sc->log,
			    },
			    ret, err);
}

/* Returns an exit code. */
static int start(const struct server_config *config, struct server **ret)
{
	struct err err;
	int r = server_start(config, ret, &err);

	if (r == 0)
		return CLI_OK;
	if (r == SERVER_ADDRESS_TAKEN)
		say_error(
			"cannot listen on {address}: it is in use already (try another port, as in --listen 127.0.0.1:8081)",
			VALUES({ "address", config->listen }));
	else
		say_error("the server cannot start: {problem}",
			  VALUES({ "problem", str_from(err.text) }));
	return r == FAULT_INPUT ? CLI_USAGE : CLI_FAILED;
}

static int serve(struct arena *a, const struct config *config, const struct logger *log,
		 struct db_pool *pool, bool is_demo, const sigset_t *signals)
{
	struct app app = { .contact_url = config->contact,
			   .is_closed = config->is_closed,
			   .kept = memo_make(a) };
	struct server_config sc = {
		.listen = config->listen,
		.base_url = config->base_url,
		.trusted_proxies = config->trusted_proxies,
		.is_unlimited = config->is_unlimited,
		.log = log,
		.pool = pool,
		.routes = all_routes,
		.assets = site_assets,
		.app = &app,
		.is_demo = is_demo,
		/* A demonstration's people do not exist. */
		.has_mail = config->mail.url.len > 0 && !is_demo,
		.error_page = view_error_page,
	};
	struct mailer *mailer = NULL;
	struct keeper *keeper = NULL;
	struct server *server;
	struct err err;
	int r;

	app_set_pack(&app, pack_builtin());
	if (mail_init(&err) != 0) {
		say_error("mail cannot be made ready: {problem}",
			  VALUES({ "problem", str_from(err.text) }));
		return CLI_FAILED;
	}
	if (site_secret(pool, sc.secret, &err) != 0 ||
	    (is_demo && add_examples(a, pool, sc.secret, &app, &err) != 0))
		return say_data_fault(&err);
	r = start(&sc, &server);
	if (r != CLI_OK)
		return r;
	if (sc.has_mail && start_mail(a, config, &sc, &mailer, &err) != 0)
		say_error("no mail is sent: {problem}", VALUES({ "problem", str_from(err.text) }));
	if (keeper_start(a, pool, app.kept, log, &keeper, &err) != 0)
		say_error("answers are not erased on their day: {problem}",
			  VALUES({ "problem", str_from(err.text) }));
	print_address(a, server, config->base_url, &app);
	if (!is_demo &&
	    print_setup(a, pool, config->base_url.len ? config->base_url : server_url(server),
			&err) != 0)
		(void)say_data_fault(&err);
	log_info(log, "stopping", LOG_NUM("signal", wait_for_end(signals)));
	keeper_stop(keeper);
	mailer_stop(mailer);
	server_stop(server, STOP_GRACE_MS);
	return CLI_OK;
}

int serve_site(struct arena *a, const struct config *config, bool is_demo)
{
	struct logger log = { STDERR_FILENO, config->log_level, config->log_format };
	struct db_pool *pool = NULL;
	sigset_t signals;
	int r;

	arrange_signals(&signals);
	r = open_pool(a, config, OPEN_OR_MAKE, &pool);
	if (r == CLI_OK)
		r = migrate_pool(a, pool, false);
	if (r == CLI_OK)
		warn_isolation(pool);
	if (r == CLI_OK)
		r = serve(a, config, &log, pool, is_demo, &signals);
	db_pool_close(pool);
	return r;
}
