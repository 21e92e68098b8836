/* The command line's table, and what all commands share: help, standard descriptors, output that was lost. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/guess.h"
#include "cli/cli.h"
#include "cli/words.h"

static const struct command commands[] = {
	{ "serve",
	  cmd_serve,
	  TAKES_SETTINGS,
	  { N_("serve [SETTING…]"),
	    N_("serve the site; `jalon serve --help` lists the settings") } },
	{ "demo",
	  cmd_demo,
	  TAKES_SETTINGS,
	  { N_("demo [SETTING…]"), N_("serve a temporary folder of fictitious data") } },
	{ "mail",
	  cmd_mail,
	  TAKES_SETTINGS,
	  { N_("mail test ADDRESS [SETTING…]"),
	    N_("send a test mail and print what the server says") } },
	{ "migrate",
	  cmd_migrate,
	  TAKES_SETTINGS,
	  { N_("migrate [--dry-run] [SETTING…]"), N_("bring the database up to date") } },
	{ "doctor",
	  cmd_doctor,
	  TAKES_SETTINGS,
	  { N_("doctor [--json] [SETTING…]"),
	    N_("check the database and count every answer again") } },
	{ "backup",
	  cmd_backup,
	  TAKES_SETTINGS,
	  { N_("backup FILE [SETTING…]"), N_("copy the database into a new file") } },
	{ "restore",
	  cmd_restore,
	  TAKES_SETTINGS,
	  { N_("restore FILE [SETTING…]"), N_("put a copy in the place of the database") } },
	{ "calc",
	  cmd_calc,
	  TAKES_WORDS,
	  { N_("calc score|consolidate|quadrant|rank FILE|-"),
	    N_("compute a JSON document; `-` reads standard input") } },
	{ "pack", cmd_pack, TAKES_WORDS, { N_("pack check FILE"), N_("check a content pack") } },
	{ "user",
	  cmd_user,
	  TAKES_SETTINGS,
	  { N_("user add|list|reset-password|disable|… [EMAIL]"),
	    N_("manage accounts; `jalon user --help` says how") } },
	{ "org",
	  cmd_org,
	  TAKES_SETTINGS,
	  { N_("org list|export|import|erase […]"),
	    N_("organisations whole; `jalon org --help` says how") } },
	{ "routes",
	  cmd_routes,
	  TAKES_NOTHING,
	  { "routes", N_("print every route with its permission") } },
	{ "version", cmd_version, TAKES_NOTHING, { "version", N_("print the version") } },
	{ "help", cmd_help, TAKES_WORDS, { "help", N_("this text") } },
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static const struct command *find_command(struct str name)
{
	for (size_t i = 0; i < COMMANDS; i++)
		if (str_is(name, commands[i].name))
			return &commands[i];
	return NULL;
}

static int unknown_command(struct str name)
{
	struct guess g = { .word = name };

	for (size_t i = 0; i < COMMANDS; i++)
		guess_offer(&g, str_from(commands[i].name));
	if (g.best.len)
		say_error("unknown command {name}; did you mean {nearest}?",
			  VALUES({ "name", name }, { "nearest", g.best }));
	else
		say_error("unknown command {name}", VALUES({ "name", name }));
	say_error("`jalon help` lists the commands", NULL);
	return CLI_USAGE;
}

static bool is_help(const char *word)
{
	return str_is(str_from(word), "--help") || str_is(str_from(word), "-h");
}

static bool asks_for_help(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (is_help(argv[i]))
			return true;
	return false;
}

static int run_command(struct str name, int argc, char **argv)
{
	const struct command *c = find_command(name);

	if (!c)
		return unknown_command(name);
	if (c->takes != TAKES_SETTINGS && asks_for_help(argc, argv)) {
		say_usage(stdout, (const struct usage[]){ c->usage, { NULL, NULL } });
		return CLI_OK;
	}
	if (c->takes == TAKES_NOTHING && argc > 1) {
		say_error("unexpected argument {word}", VALUES({ "word", str_from(argv[1]) }));
		return CLI_USAGE;
	}
	return c->run(argc, argv);
}

static void print_commands(void)
{
	struct usage lines[COMMANDS + 1] = {
		[COMMANDS] = { .what = N_(
				       "Exit codes: 0 done, 1 refused or failed, 2 bad arguments or bad input, 3 the data is at fault.") },
	};

	for (size_t i = 0; i < COMMANDS; i++)
		lines[i] = commands[i].usage;
	say_line("Jalon takes an organisation from data maturity to AI in production.", NULL);
	putchar('\n');
	say_usage(stdout, lines);
}

int cmd_help(int argc, char **argv)
{
	char help[] = "--help";

	if (argc > 2) {
		say_error("unexpected argument {word}", VALUES({ "word", str_from(argv[2]) }));
		return CLI_USAGE;
	}
	if (argc == 2)
		return run_command(str_from(argv[1]), 2, (char *[]){ argv[1], help, NULL });
	print_commands();
	return CLI_OK;
}

int cmd_version(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	puts("jalon " JALON_VERSION);
	return CLI_OK;
}

/*
 * Standard descriptors that whoever started us left closed are taken, or the next file or connection would get
 * their number and what is meant for a console be written into it. Using them fails all the same.
 */
static void take_standard_descriptors(void)
{
	static const int modes[] = { O_WRONLY, O_RDONLY, O_RDONLY };

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) != fd)
			_exit(CLI_FAILED);
}

/* A list cut short by a full disk must not pass for a whole one. */
static int deliver(int code)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	say_error("the result cannot be written: {problem}",
		  VALUES({ "problem", say_errno(errno) }));
	return code == CLI_OK ? CLI_DATA : code;
}

int main(int argc, char **argv)
{
	struct str name = str_from(argc > 1 ? argv[1] : "help");

	take_standard_descriptors();
	/* A limit on the size of files is told like a full disk, by what cannot be written. */
	(void)signal(SIGXFSZ, SIG_IGN);
	if (is_help(name.data))
		name = S("help");
	if (str_is(name, "--version"))
		name = S("version");
	return deliver(run_command(name, argc > 1 ? argc - 1 : 1, argc > 1 ? argv + 1 : argv));
}
