/*
 * The command line: `jalon COMMAND …`. Each command is one file cmd_<name>.c with one function; main.c
 * holds the table. Commands write results on standard output and errors, one per line, on standard
 * error, in the reader's language (say.h).
 */
#ifndef JALON_CLI_CLI_H
#define JALON_CLI_CLI_H

#include "cli/say.h"

enum exit_code {
	CLI_OK = 0,
	CLI_FAILED = 1, /* a check failed, what was asked for is refused, the server cannot start */
	CLI_USAGE =
		2, /* bad arguments, bad configuration, a document that is not one or not there */
	CLI_DATA =
		3, /* the data is at fault: a file that cannot be written, newer schema, broken database */
};

enum command_takes {
	TAKES_SETTINGS, /* and answers --help by itself (config_run()) */
	TAKES_WORDS,
	TAKES_NOTHING,
};

/* A command. argv[0] is the command's own name. Returns an exit code. */
struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	enum command_takes takes;
	struct usage usage; /* one line, for `jalon help` */
};

int cmd_backup(int argc, char **argv); /* backup FILE */
int cmd_calc(int argc, char **argv);   /* calc score|consolidate|quadrant|rank FILE|- */
int cmd_demo(int argc, char **argv);
int cmd_doctor(int argc, char **argv); /* doctor [--json] */
int cmd_help(int argc, char **argv);
int cmd_mail(int argc, char **argv); /* mail test ADDRESS */
int cmd_migrate(int argc, char **argv);
int cmd_org(int argc, char **argv);     /* org list|export|import|erase */
int cmd_pack(int argc, char **argv);    /* pack check FILE */
int cmd_restore(int argc, char **argv); /* restore FILE */
int cmd_routes(int argc, char **argv);
int cmd_serve(int argc, char **argv);
int cmd_user(int argc, char **argv); /* user add|list|reset-password|disable|enable|make-admin */
int cmd_version(int argc, char **argv);

#endif
