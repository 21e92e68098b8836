/* jalon mail: whether the mail server takes what we send. */
#include <stdio.h>

#include "base/buf.h"
#include "cli/cli.h"
#include "cli/config.h"
#include "cli/words.h"

static const char usage[] =
	"jalon mail test ADDRESS [SETTING...]   send a test mail and print what the server says";

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
		return words_usage(usage);
	if (!mail_address_ok(address)) {
		fprintf(stderr, "jalon: %.*s: this is not an address that can be written to\n",
			STR_ARG(address));
		return CLI_USAGE;
	}
	if (config->mail.url.len == 0) {
		fputs("jalon: smtp is not set: no mail is sent, links are copied\n", stderr);
		return CLI_USAGE;
	}
	if (mail_init(&err) != 0) {
		fprintf(stderr, "jalon: %s\n", err.text);
		return CLI_FAILED;
	}
	letter = letter_to(a, address);
	printf("%.*s says:\n", STR_ARG(config->mail.url));
	if (mail_try(a, &config->mail, &letter, print_line, &why) != 0) {
		fprintf(stderr, "jalon: not sent: %.*s\n", STR_ARG(why));
		return CLI_FAILED;
	}
	printf("sent to %.*s\n", STR_ARG(address));
	return CLI_OK;
}

int cmd_mail(int argc, char **argv)
{
	struct words words = { .n = 0 };
	int r = words_take(&words, NULL, &argc, argv);

	return r == CLI_OK ? config_run(argc, argv, usage, run, &words) : r;
}
