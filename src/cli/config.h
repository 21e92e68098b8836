/*
 * The settings of the server. Each has one name everywhere: --base-url, JALON_BASE_URL, base-url in the
 * configuration file. A flag beats the environment, which beats the file, which beats the default.
 */
#ifndef JALON_CLI_CONFIG_H
#define JALON_CLI_CONFIG_H

#include <stdbool.h>

#include "base/err.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/say.h"
#include "http/network.h"
#include "mail/mail.h"

struct config {
	struct str listen;
	struct str data;     /* folder of the embedded database */
	struct str database; /* "postgresql://…"; empty: SQLite in `data` */
	struct str base_url;
	struct str contact;
	struct networks trusted_proxies;
	bool is_unlimited;
	bool is_closed;            /* public-scorecard = no */
	struct mail_settings mail; /* url empty: links are copied, nothing is sent */
	enum log_level log_level;
	enum log_format log_format;
};

/*
 * What a command with settings does: reads them and calls `run` with `arg`, whose exit code it returns. `usage` is
 * printed before the settings for --help. `a` is gone when it returns.
 *
 * Flags are read first, from argv[1..], then JALON_… variables, then the file named by --config or
 * JALON_CONFIG (or /etc/jalon/jalon.conf when it exists: lines of `name = value`, # comments). A
 * setting whose value is a secret may be read from a file instead: JALON_DATABASE_FILE=/path. Every
 * mistake is reported on standard error, naming the nearest setting, and nothing is run.
 */
MUST_CHECK int config_run(int argc, char **argv, const struct usage *usage,
			  int (*run)(struct arena *a, struct config *config, void *arg), void *arg);

#endif
