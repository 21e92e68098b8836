/*
 * The sample site on a real socket, for wire_test.py and events_test.py: writes its address, ends when its
 * input ends.
 *
 *     sample_server [CONNECTIONS]      short limits of time, or those of the product with CONNECTIONS over 4000
 */
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "base/num.h"
#include "http/sample.h"

/* Short, so that the suite does not wait long for what has to be cut. */
enum {
	HEADER_MS = 600,
	BODY_MS = 800,
	IDLE_MS = 700,
	GRACE_MS = 2000,
	HEARTBEAT_MS = 300,
	LIFE_MS = 4000,
	CONNECTIONS = 100,
	CONNECTIONS_OF_TESTS = 4000,
	CONNECTIONS_MAX = 10000,
};

int main(int argc, char **argv)
{
	const struct logger log = { STDERR_FILENO, LOG_INFO, LOG_JSON };
	int64_t connections = CONNECTIONS;
	struct server_config config = {
		.listen = STR("127.0.0.1:0"),
		.loop_threads = 2,
		.header_timeout_ms = HEADER_MS,
		.body_timeout_ms = BODY_MS,
		.idle_timeout_ms = IDLE_MS,
		.hub = { .heartbeat_ms = HEARTBEAT_MS, .life_ms = LIFE_MS },
		.log = &log,
		.routes = sample_routes,
		.assets = sample_assets,
	};
	struct server *server;
	struct err err;
	char c;

	if (argc > 1 && num_parse(str_from(argv[1]), 1, CONNECTIONS_MAX, &connections) != NUM_OK)
		return 2;
	config.connections_max = (int)connections;
	if (connections > CONNECTIONS_OF_TESTS)
		config.hub = (struct hub_config){ 0 };
	if (server_start(&config, &server, &err) != 0) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	printf("%.*s\n", STR_ARG(server_url(server)));
	fflush(stdout);
	while (read(STDIN_FILENO, &c, 1) > 0)
		;
	server_stop(server, GRACE_MS);
	return 0;
}
