/* jalon mail: whether the mail server takes what we send. */
#include <stdio.h>

#include "base/buf.h"
#include "cli/cli.h"
#include "cli/config.h"
#include "cli/words.h"

static const struct usage usage[] = {
	{ N_("mail test ADDRESS [SETTING…]"),
	  N_("send a test mail and print what the server says") },
	{ NULL, NULL },
};

static void print_line(struct str line)
{
	printf("  %.*s\n", STR_ARG(line));
	fflush(stdout);
}

static struct mail_letter letter_to(struct arena *a, struct str address)
{
	const char *const text = N_(
		"Hello,\n\nThis is a test: Jalon can send e-mail.\n\nThere is nothing you need to do.\n");

	return (struct mail_letter){
		.to = { .name = { "", 0 }, .address = address },
		.language = LANG_FR,
		.subject = tr(LANG_FR, "Jalon: a test e-mail"),
		/* Nobody knows what the administrator reads. */
		.body = str_fmt(a, "%.*s\n-- \n%.*s", STR_ARG(tr(LANG_FR, text)),
				STR_ARG(tr(LANG_EN, text))),
	};
}

static int run(struct arena *a, struct config *config, void *arg)
{
	const struct words *words = arg; /* "test", then the address */
	struct str address = words->items[1];
	struct mail_letter letter;
	struct str why;
	struct err err;

	if (!words_are(words, "test", 2))
		return words_refuse(words->items[0], usage);
	if (!mail_address_ok(address)) {
		say_error_at(address, "this is not an address that can be written to", NULL);
		return CLI_USAGE;
	}
	if (config->mail.url.len == 0) {
		say_error("smtp is not set: no mail is sent, links are copied", NULL);
		return CLI_USAGE;
	}
	if (mail_init(&err) != 0) {
		say_error("mail cannot be made ready: {problem}",
			  VALUES({ "problem", str_from(err.text) }));
		return CLI_FAILED;
	}
	letter = letter_to(a, address);
	say_line("{server} says:", VALUES({ "server", config->mail.url }));
	if (mail_try(a, &config->mail, &letter, print_line, &why) != 0) {
		say_error("not sent: {problem}", VALUES({ "problem", why }));
		return CLI_FAILED;
	}
	say_line("sent to {address}", VALUES({ "address", address }));
	return CLI_OK;
}

int cmd_mail(int argc, char **argv)
{
	struct words words = { .n = 0 };
	int r = words_take(&words, NULL, &argc, argv);

	return r == CLI_OK ? config_run(argc, argv, usage, run, &words) : r;
}
