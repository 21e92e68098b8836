/* Settings: see config.h. One table drives flags, environment, file and help. */
#include "cli/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/guess.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/file.h"
#include "http/server.h"

enum {
	FILE_BYTES_MAX = 64 * 1024,
	ARENA_BYTES = 16 * 1024 * 1024,
	HELP_WIDTH = 28 /* characters of a flag and its value */
};
static const char default_file[] = "/etc/jalon/jalon.conf";

enum setting_id {
	SETTING_LISTEN,
	SETTING_DATA,
	SETTING_DATABASE,
	SETTING_BASE_URL,
	SETTING_CONTACT,
	SETTING_TRUSTED_PROXIES,
	SETTING_RATE_LIMITS,
	SETTING_PUBLIC_SCORECARD,
	SETTING_SMTP,
	SETTING_SMTP_SECURITY,
	SETTING_SMTP_USER,
	SETTING_SMTP_PASSWORD,
	SETTING_SMTP_CA,
	SETTING_MAIL_FROM,
	SETTING_LOG_LEVEL,
	SETTING_LOG_FORMAT,
	SETTING_CONFIG,
	SETTING_N,
};

struct setting {
	const char *name;
	const char *value; /* as help shows it: an N_() text, or what is to be written so */
	const char *fallback;
	bool is_secret;   /* may be given as …_FILE */
	const char *help; /* an N_() text */
};

static const struct setting settings[SETTING_N] = {
	[SETTING_LISTEN] = { "listen", N_("ADDRESS:PORT"), "127.0.0.1:8080", false,
			     N_("where to listen") },
	[SETTING_DATA] = { "data", N_("DIR"), "data", false,
			   N_("folder of the embedded database, made when absent") },
	[SETTING_DATABASE] = { "database", "URL", "", true,
			       N_("postgresql://… instead of the embedded database") },
	[SETTING_BASE_URL] = { "base-url", "URL", "", false,
			       N_("address the site is seen at, sub-path included") },
	[SETTING_CONTACT] = { "contact", "URL", "", false,
			      N_("https:// or mailto: link of “Contact us”") },
	[SETTING_TRUSTED_PROXIES] = { "trusted-proxies", N_("NETWORKS"), "", false,
				      N_("whose X-Forwarded-For is believed: 127.0.0.1, 10.0.0.0/8") },
	[SETTING_RATE_LIMITS] = { "rate-limits", "on|off", "on", false,
				  N_("on, or off to measure how fast the machine is") },
	[SETTING_PUBLIC_SCORECARD] = { "public-scorecard", N_("WORD"), "yes", false,
				       N_("yes or no: may anybody begin a scorecard") },
	[SETTING_SMTP] = { "smtp", "URL", "", false,
			   N_("smtp://host:port or smtps://host:port; without it nothing is mailed") },
	[SETTING_SMTP_SECURITY] = { "smtp-security", N_("WORD"), "", false,
				    N_("starttls (required, the rule), tls or off") },
	[SETTING_SMTP_USER] = { "smtp-user", N_("NAME"), "", false,
				N_("who logs in at the mail server") },
	[SETTING_SMTP_PASSWORD] = { "smtp-password", N_("SECRET"), "", true,
				    N_("and by which password") },
	[SETTING_SMTP_CA] = { "smtp-ca", N_("FILE"), "", false,
			      N_("certificates to trust instead of the system’s") },
	[SETTING_MAIL_FROM] = { "mail-from", N_("ADDRESS"), "", false,
				N_("sender: jalon@example.org, or Jalon <jalon@example.org>") },
	[SETTING_LOG_LEVEL] = { "log-level", N_("LEVEL"), "info", false,
				N_("debug, info, warning or error") },
	[SETTING_LOG_FORMAT] = { "log-format", N_("FORMAT"), "text", false, N_("text or json") },
	[SETTING_CONFIG] = { "config", N_("FILE"), "", false, N_("configuration file") },
};

enum read_outcome {
	READ_OK = 0,
	READ_INVALID = 1, /* said on standard error */
	READ_HELP = 2,    /* --help was given */
};

/* Values found so far; data NULL means not given. */
struct reading {
	struct arena *a;
	struct str values[SETTING_N];
	bool is_invalid;
};

/* A mistake, and where: "jalon.conf:3", the name of a setting, or nowhere. */
static void complain(struct reading *rd, struct str place, const char *id,
		     const struct tr_arg *values)
{
	say_error_at(place, id, values);
	rd->is_invalid = true;
}

/* A mistake in the value of a setting. */
static void complain_of(struct reading *rd, enum setting_id s, const char *id,
			const struct tr_arg *values)
{
	complain(rd, str_from(settings[s].name), id, values);
}

/* What somebody wrote, in quotes. */
static struct str quoted(struct reading *rd, struct str s)
{
	return fmt_quoted(rd->a, say_language(), s);
}

static int find_setting(struct str name)
{
	for (int i = 0; i < SETTING_N; i++)
		if (str_is(name, settings[i].name))
			return i;
	return -1;
}

/* Reports an unknown setting; `place` says where ("jalon.conf:3") when `shown`, how it was written, does not. */
static void complain_unknown(struct reading *rd, struct str place, struct str shown,
			     struct str name)
{
	struct guess g = { .word = name };

	for (int i = 0; i < SETTING_N; i++)
		guess_offer(&g, str_from(settings[i].name));
	if (g.best.len)
		complain(rd, place, N_("unknown setting {name}; did you mean {nearest}?"),
			 VALUES({ "name", shown }, { "nearest", g.best }));
	else
		complain(rd, place, N_("unknown setting {name}"), VALUES({ "name", shown }));
}

/* A value counts unless one of higher precedence is there already. */
static void offer(struct reading *rd, int i, struct str value)
{
	if (!utf8_valid(value))
		complain_of(rd, (enum setting_id)i, N_("the value is not valid UTF-8"), NULL);
	else if (!rd->values[i].data)
		rd->values[i] = value;
}

static int read_flags(struct reading *rd, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		struct str rest = str_from(argv[i]);
		struct str name;
		int s;

		if (str_is(rest, "--help") || str_is(rest, "-h"))
			return READ_HELP;
		if (!str_starts(rest, S("--"))) {
			complain(rd, S(""), N_("unexpected argument {word}"),
				 VALUES({ "word", rest }));
			continue;
		}
		rest = str_slice(rest, 2, rest.len);
		name = str_cut(&rest, '=');
		s = find_setting(name);
		if (s < 0) {
			complain_unknown(rd, S(""), str_from(argv[i]), name);
			/* What follows was meant as its value. */
			if (!rest.data && i + 1 < argc && argv[i + 1][0] != '-')
				i++;
			continue;
		}
		if (!rest.data && ++i < argc)
			rest = str_from(argv[i]);
		if (!rest.data)
			complain(rd, S(""), N_("{setting} needs a value"),
				 VALUES({ "setting", str_fmt(rd->a, "--%s", settings[s].name) }));
		else if (rd->values[s].data)
			complain(rd, S(""), N_("{setting} is given twice"),
				 VALUES({ "setting", str_fmt(rd->a, "--%s", settings[s].name) }));
		else
			offer(rd, s, rest);
	}
	return READ_OK;
}

/* "BASE_URL" → "base-url" */
static struct str setting_name(struct arena *a, struct str variable)
{
	char *p = arena_new(a, char, variable.len + 1);

	for (size_t i = 0; i < variable.len; i++) {
		char c = variable.data[i];

		p[i] = c == '_' ? '-' : (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	return str_make(p, variable.len);
}

static bool read_text(struct reading *rd, struct str path, struct str *ret)
{
	struct str why;

	if (file_read(rd->a, path, FILE_BYTES_MAX, ret, &why) == 0)
		return true;
	say_problem(path, why);
	rd->is_invalid = true;
	return false;
}

static void read_secret_file(struct reading *rd, int s, struct str path)
{
	struct str content;

	if (!read_text(rd, path, &content))
		return;
	while (content.len &&
	       (content.data[content.len - 1] == '\n' || content.data[content.len - 1] == '\r'))
		content.len--;
	offer(rd, s, content);
}

static void read_environment(struct reading *rd)
{
	static const struct str prefix = STR("JALON_");
	static const struct str file_suffix = STR("-file");

	for (char **e = environ; *e; e++) {
		struct str value = str_from(*e);
		struct str variable = str_cut(&value, '=');
		struct str name;
		int s;

		if (!str_starts(variable, prefix))
			continue;
		name = setting_name(rd->a, str_slice(variable, prefix.len, variable.len));
		s = find_setting(name);
		if (s >= 0) {
			offer(rd, s, value);
			continue;
		}
		if (str_ends(name, file_suffix))
			s = find_setting(str_slice(name, 0, name.len - file_suffix.len));
		if (s >= 0 && settings[s].is_secret)
			read_secret_file(rd, s, value);
		else
			complain_unknown(rd, S(""), variable, name);
	}
}

static void read_line(struct reading *rd, struct str place, struct str line, bool *seen)
{
	struct str value = str_trim(line);
	struct str name;
	int s;

	if (value.len == 0 || value.data[0] == '#')
		return;
	name = str_trim(str_cut(&value, '='));
	s = find_setting(name);
	if (s < 0)
		complain_unknown(rd, place, name, name);
	else if (s == SETTING_CONFIG)
		complain(rd, place, N_("unknown setting config: a file names no other file"), NULL);
	else if (!value.data)
		complain(rd, place, N_("{setting} has no value; write {setting} = value"),
			 VALUES({ "setting", name }));
	else if (seen[s])
		complain(rd, place, N_("{setting} is given twice"), VALUES({ "setting", name }));
	else
		offer(rd, s, str_trim(value));
	if (s >= 0)
		seen[s] = true;
}

static void read_file(struct reading *rd)
{
	bool is_named = rd->values[SETTING_CONFIG].len > 0;
	struct str path = is_named ? rd->values[SETTING_CONFIG] : str_from(default_file);
	bool seen[SETTING_N] = { false };
	struct str rest;

	if ((!is_named && access(default_file, F_OK) != 0) || !read_text(rd, path, &rest))
		return;
	for (int line = 1; rest.data; line++)
		read_line(rd, str_fmt(rd->a, "%.*s:%d", STR_ARG(path), line), str_cut(&rest, '\n'),
			  seen);
}

/* "on, off" */
static struct str list_words(struct arena *a, const char *const *words)
{
	struct buf b = buf_make(a, 256);

	for (int i = 0; words[i]; i++)
		buf_fmt(&b, "%s%s", i == 0 ? "" : ", ", words[i]);
	return buf_str(&b);
}

/* Index of the value among `words` (NULL-terminated), or 0 after a complaint. */
static int choose(struct reading *rd, enum setting_id s, const char *const *words)
{
	for (int i = 0; words[i]; i++)
		if (str_is(rd->values[s], words[i]))
			return i;
	complain_of(rd, s, N_("{value} is none of: {words}"),
		    VALUES({ "value", quoted(rd, rd->values[s]) },
			   { "words", list_words(rd->a, words) }));
	return 0;
}

/* Whether the value is empty, or an address of one of the schemes; reports it when not. */
static bool check_url(struct reading *rd, enum setting_id s, const struct str *schemes, size_t n)
{
	struct str value = rd->values[s];
	struct buf all = buf_make(rd->a, 256);

	for (size_t i = 0; i < n; i++)
		if (value.len == 0 || (str_starts(value, schemes[i]) && value.len > schemes[i].len))
			return true;
	for (size_t i = 0; i < n; i++)
		buf_fmt(&all, "%s%.*s", i == 0 ? "" : ", ", STR_ARG(schemes[i]));
	complain_of(rd, s, N_("{value} is no address that begins with one of: {beginnings}"),
		    VALUES({ "value", quoted(rd, value) }, { "beginnings", buf_str(&all) }));
	return false;
}

/* A list of networks, between commas. */
static struct networks read_networks(struct reading *rd, enum setting_id s)
{
	struct network *items = arena_new(rd->a, struct network, NETWORKS_MAX);
	struct str rest = rd->values[s];
	size_t n = 0;

	if (rest.len == 0)
		rest.data = NULL;
	while (rest.data) {
		struct str one = str_trim(str_cut(&rest, ','));

		if (n == NETWORKS_MAX) {
			complain_of(rd, s, N_("more than {n} networks"),
				    VALUES({ "n", str_i64(rd->a, NETWORKS_MAX) }));
			break;
		}
		if (network_parse(one, &items[n]) == 0)
			n++;
		else
			complain_of(
				rd, s,
				N_("{value} is no network: write 10.0.0.0/8, with zeros after the bits that count, or one address"),
				VALUES({ "value", quoted(rd, one) }));
	}
	return (struct networks){ items, n };
}

static void check_mail(struct reading *rd, struct mail_settings *ret)
{
	const struct mail_words words = {
		.smtp = rd->values[SETTING_SMTP],
		.security = rd->values[SETTING_SMTP_SECURITY],
		.user = rd->values[SETTING_SMTP_USER],
		.password = rd->values[SETTING_SMTP_PASSWORD],
		.authority = rd->values[SETTING_SMTP_CA],
		.from = rd->values[SETTING_MAIL_FROM],
	};
	struct str why, path = words.authority;

	*ret = (struct mail_settings){ .url = { "", 0 } };
	if (mail_settings_read(rd->a, say_language(), &words, ret, &why) != 0) {
		say_problem(S(""), why);
		rd->is_invalid = true;
	} else if (ret->url.len && rd->values[SETTING_BASE_URL].len == 0) {
		complain_of(rd, SETTING_BASE_URL, N_("smtp needs it, for the links in mails"),
			    NULL);
	} else if (path.len && access(str_c(rd->a, path), R_OK) != 0) {
		complain_of(rd, SETTING_SMTP_CA, N_("{path} cannot be read: {problem}"),
			    VALUES({ "path", path }, { "problem", say_errno(errno) }));
	}
}

/* What the server would not start with, said before anything is opened. */
static void check_addresses(struct reading *rd)
{
	static const struct str web[] = { STR("https://"), STR("http://") };
	struct str base_url = rd->values[SETTING_BASE_URL];
	struct str listen = rd->values[SETTING_LISTEN];

	if (!server_takes_listen(rd->a, listen))
		complain_of(
			rd, SETTING_LISTEN,
			N_("{value} is no address to listen on: write ADDRESS:PORT, as in 127.0.0.1:8080"),
			VALUES({ "value", quoted(rd, listen) }));
	if (!check_url(rd, SETTING_BASE_URL, web, 2) || base_url.len == 0)
		return;
	if (str_ends(base_url, S("/")))
		complain_of(rd, SETTING_BASE_URL, N_("leave the final / out"), NULL);
	else if (!server_takes_base_url(rd->a, base_url))
		complain_of(
			rd, SETTING_BASE_URL,
			N_("{value} is no address of a site: write https://host or https://host/path"),
			VALUES({ "value", quoted(rd, base_url) }));
}

static void check_values(struct reading *rd, struct config *ret)
{
	static const char *const levels[] = { "debug", "info", "warning", "error", NULL };
	static const char *const switches[] = { "on", "off", NULL };
	static const char *const formats[] = { "text", "json", NULL };
	static const char *const yes_or_no[] = { "yes", "no", NULL };
	static const struct str links[] = { STR("https://"), STR("http://"), STR("mailto:") };
	static const struct str databases[] = { STR("postgresql://"), STR("postgres://") };

	(void)check_url(rd, SETTING_CONTACT, links, 3);
	(void)check_url(rd, SETTING_DATABASE, databases, 2);
	check_addresses(rd);
	*ret = (struct config){
		.listen = rd->values[SETTING_LISTEN],
		.data = rd->values[SETTING_DATA],
		.database = rd->values[SETTING_DATABASE],
		.base_url = rd->values[SETTING_BASE_URL],
		.contact = rd->values[SETTING_CONTACT],
		.trusted_proxies = read_networks(rd, SETTING_TRUSTED_PROXIES),
		.is_unlimited = choose(rd, SETTING_RATE_LIMITS, switches) == 1,
		.is_closed = choose(rd, SETTING_PUBLIC_SCORECARD, yes_or_no) == 1,
		.log_level = (enum log_level)choose(rd, SETTING_LOG_LEVEL, levels),
		.log_format = (enum log_format)choose(rd, SETTING_LOG_FORMAT, formats),
	};
	check_mail(rd, &ret->mail);
}

static int read_all(struct arena *a, int argc, char **argv, struct config *ret)
{
	struct reading rd = { .a = a };
	struct config config;

	if (read_flags(&rd, argc, argv) == READ_HELP)
		return READ_HELP;
	read_environment(&rd);
	read_file(&rd);
	for (int i = 0; i < SETTING_N; i++)
		if (!rd.values[i].data)
			rd.values[i] = str_from(settings[i].fallback);
	check_values(&rd, &config);
	if (rd.is_invalid)
		return READ_INVALID;
	*ret = config;
	return READ_OK;
}

/* The settings with their defaults, one per line. */
static void print_help(struct arena *a)
{
	enum language l = say_language();

	say_line(
		"Settings: as a flag, as JALON_NAME in the environment, or as name = value in the file.",
		NULL);
	for (int i = 0; i < SETTING_N; i++) {
		const struct setting *s = &settings[i];
		struct str flag = str_fmt(a, "--%s %.*s", s->name, STR_ARG(tr(l, s->value)));

		printf("  %.*s%*s %.*s%s%s%s\n", STR_ARG(flag), HELP_WIDTH - (int)utf8_count(flag),
		       "", STR_ARG(tr(l, s->help)), *s->fallback ? " (" : "", s->fallback,
		       *s->fallback ? ")" : "");
	}
}

int config_run(int argc, char **argv, const struct usage *usage,
	       int (*run)(struct arena *a, struct config *config, void *arg), void *arg)
{
	struct config config;
	struct arena a;
	int r;

	arena_init(&a, ARENA_BYTES);
	r = read_all(&a, argc, argv, &config);
	if (r == READ_HELP) {
		say_usage(stdout, usage);
		putchar('\n');
		print_help(&a);
		r = CLI_OK;
	} else {
		r = r == READ_OK ? run(&a, &config, arg) : CLI_USAGE;
	}
	arena_release(&a);
	return r;
}
