/* jalon mail: whether the mail server takes what we send. */
#include <stdio.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/config.h"

static const char usage[] =
	"jalon mail test ADDRESS [SETTING...]   send a test mail and print what the server says";

enum { WORDS_MAX = 2 };

struct request {
	struct str words[WORDS_MAX]; /* "test", then the address */
	int n_words;
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
	const struct request *rq = arg;
	struct mail_letter letter;
	struct str why;
	struct err err;

	if (rq->n_words != WORDS_MAX || !str_is(rq->words[0], "test")) {
		fprintf(stderr, "usage:\n%s\n", usage);
		return CLI_USAGE;
	}
	if (!mail_address_ok(rq->words[1])) {
		fprintf(stderr, "jalon: %.*s: this is not an address that can be written to\n",
			STR_ARG(rq->words[1]));
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
	letter = letter_to(a, rq->words[1]);
	printf("%.*s says:\n", STR_ARG(config->mail.url));
	if (mail_try(a, &config->mail, &letter, print_line, &why) != 0) {
		fprintf(stderr, "jalon: not sent: %.*s\n", STR_ARG(why));
		return CLI_FAILED;
	}
	printf("sent to %.*s\n", STR_ARG(rq->words[1]));
	return CLI_OK;
}

int cmd_mail(int argc, char **argv)
{
	struct request request = { .n_words = 0 };
	int n = 1;

	/* The command's own words go out of argv; the rest are settings. */
	for (int i = 1; i < argc; i++) {
		struct str word = str_from(argv[i]);

		if (!utf8_valid(word)) {
			fputs("jalon: an argument is not valid UTF-8\n", stderr);
			return CLI_USAGE;
		}
		if (!str_starts(word, S("-")) && n == 1 && request.n_words < WORDS_MAX)
			request.words[request.n_words++] = word;
		else
			argv[n++] = argv[i];
	}
	return config_run(n, argv, usage, run, &request);
}
