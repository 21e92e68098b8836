/* The command line's table, and nothing else. */
#include <stdio.h>

#include "base/guess.h"
#include "cli/cli.h"
#include "cli/words.h"

static const struct command commands[] = {
	{ "serve",
	  cmd_serve,
	  { N_("serve [SETTING…]"),
	    N_("serve the site; `jalon serve --help` lists the settings") } },
	{ "demo",
	  cmd_demo,
	  { N_("demo [SETTING…]"), N_("serve a temporary folder of fictitious data") } },
	{ "mail",
	  cmd_mail,
	  { N_("mail test ADDRESS [SETTING…]"),
	    N_("send a test mail and print what the server says") } },
	{ "migrate",
	  cmd_migrate,
	  { N_("migrate [--dry-run] [SETTING…]"), N_("bring the database up to date") } },
	{ "doctor",
	  cmd_doctor,
	  { N_("doctor [--json] [SETTING…]"),
	    N_("check the database and count every answer again") } },
	{ "calc",
	  cmd_calc,
	  { N_("calc score|consolidate|quadrant|rank FILE|-"),
	    N_("compute a JSON document; `-` reads standard input") } },
	{ "pack", cmd_pack, { N_("pack check FILE"), N_("check a content pack") } },
	{ "user",
	  cmd_user,
	  { N_("user add|list|reset-password|disable|… [EMAIL]"),
	    N_("manage accounts; `jalon user --help` says how") } },
	{ "org",
	  cmd_org,
	  { N_("org list|export|import|erase […]"),
	    N_("organisations whole; `jalon org --help` says how") } },
	{ "routes", cmd_routes, { "routes", N_("print every route with its permission") } },
	{ "version", cmd_version, { "version", N_("print the version") } },
	{ "help", cmd_help, { "help", N_("this text") } },
};

enum { COMMANDS = sizeof commands / sizeof *commands };

int cmd_help(int argc, char **argv)
{
	struct usage lines[COMMANDS + 1] = {
		[COMMANDS] = { .what = N_(
				       "Exit codes: 0 done, 1 refused or failed, 2 bad arguments or bad input, 3 the data is at fault.") },
	};

	(void)argc;
	(void)argv;
	for (size_t i = 0; i < COMMANDS; i++)
		lines[i] = commands[i].usage;
	say_line("Jalon takes an organisation from data maturity to AI in production.", NULL);
	putchar('\n');
	say_usage(stdout, lines);
	return CLI_OK;
}

int cmd_version(int argc, char **argv)
{
	static const struct usage usage[] = {
		{ "version", N_("print the version") },
		{ NULL, NULL },
	};

	if (words_ask_help(argc, argv, usage))
		return CLI_OK;
	puts("jalon " JALON_VERSION);
	return CLI_OK;
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

int main(int argc, char **argv)
{
	struct str name = str_from(argc > 1 ? argv[1] : "help");

	if (str_is(name, "--help") || str_is(name, "-h"))
		name = S("help");
	if (str_is(name, "--version"))
		name = S("version");
	for (size_t i = 0; i < COMMANDS; i++)
		if (str_is(name, commands[i].name))
			return commands[i].run(argc - 1, argv + 1);
	return unknown_command(name);
}
