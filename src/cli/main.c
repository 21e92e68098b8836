/* The command line's table, and nothing else. */
#include <stdio.h>

#include "base/guess.h"
#include "base/utf8.h"
#include "cli/cli.h"

static const struct command commands[] = {
	{ "serve", cmd_serve, "serve [SETTING...]",
	  "serve the site; `jalon serve --help` lists the settings" },
	{ "demo", cmd_demo, "demo [SETTING...]", "serve a temporary folder of fictitious data" },
	{ "mail", cmd_mail, "mail test ADDRESS [SETTING...]",
	  "send a test mail and print what the server says" },
	{ "migrate", cmd_migrate, "migrate [--dry-run] [SETTING...]",
	  "bring the database up to date" },
	{ "doctor", cmd_doctor, "doctor [--json] [SETTING...]",
	  "check the database and count every answer again" },
	{ "calc", cmd_calc, "calc score|consolidate|quadrant|rank FILE|-",
	  "compute a JSON document; `-` reads standard input" },
	{ "pack", cmd_pack, "pack check FILE", "check a content pack" },
	{ "user", cmd_user, "user add|list|reset-password|disable|... [EMAIL]",
	  "manage accounts; `jalon user --help` says how" },
	{ "org", cmd_org, "org list|export|import|erase [...]",
	  "organisations whole; `jalon org --help` says how" },
	{ "routes", cmd_routes, "routes", "print every route with its permission" },
	{ "version", cmd_version, "version", "print the version" },
	{ "help", cmd_help, "help", "this text" },
};

enum { USAGE_WIDTH = 46 };
enum { COMMANDS = sizeof commands / sizeof *commands };

/* Spaces after a usage, so that the summaries stand in a column. */
static int padding(const char *usage)
{
	return USAGE_WIDTH - (int)utf8_count(str_from(usage));
}

int cmd_help(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	puts("Jalon takes an organisation from data maturity to AI in production.\n");
	for (int i = 0; i < COMMANDS; i++)
		printf("  jalon %s%*s %s\n", commands[i].usage, padding(commands[i].usage), "",
		       commands[i].summary);
	puts("\nExit codes: 0 done, 1 a check failed, 2 bad arguments or bad input, 3 the data is at fault.");
	return CLI_OK;
}

int cmd_version(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	puts("jalon " JALON_VERSION);
	return CLI_OK;
}

static int unknown_command(const char *name)
{
	struct guess g = { .word = str_from(name) };

	for (int i = 0; i < COMMANDS; i++)
		guess_offer(&g, str_from(commands[i].name));
	fprintf(stderr, "jalon: unknown command %s", name);
	if (g.best.len)
		fprintf(stderr, "; did you mean %.*s?", STR_ARG(g.best));
	fputs("\nTry: jalon help\n", stderr);
	return CLI_USAGE;
}

int main(int argc, char **argv)
{
	struct str name = str_from(argc > 1 ? argv[1] : "help");

	if (str_is(name, "--help") || str_is(name, "-h"))
		name = S("help");
	if (str_is(name, "--version"))
		name = S("version");
	for (int i = 0; i < COMMANDS; i++)
		if (str_is(name, commands[i].name))
			return commands[i].run(argc - 1, argv + 1);
	return unknown_command(argv[1]);
}
