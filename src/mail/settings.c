/* The settings of mail: see mail.h. */
#include "mail/mail.h"

#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"

enum { PORT_MAX = 65535, HOST_MAX = 253 };

bool mail_address_ok(struct str address)
{
	static const struct str special = STR("()<>[]:;@\\,\"");
	struct str host = address, local = str_cut(&host, '@');

	if (local.len == 0 || host.len == 0 || address.len > MAIL_ADDRESS_MAX)
		return false;
	for (size_t i = 0; i < local.len; i++)
		if (local.data[i] <= ' ' || local.data[i] > '~' ||
		    str_contains(special, str_make(local.data + i, 1)))
			return false;
	for (size_t i = 0; i < host.len; i++) {
		char c = host.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      c == '-' || (c == '.' && i > 0 && host.data[i - 1] != '.')))
			return false;
	}
	return host.data[host.len - 1] != '.';
}

bool mail_is_one_line(struct str s)
{
	return !utf8_has_control(s) && !str_contains(s, S("\n")) && !str_contains(s, S("\r")) &&
	       !str_contains(s, S("\t"));
}

/* "Name <address>" or "address". 0, or 1. */
static int read_from(struct str written, struct mail_address *ret)
{
	struct str rest = str_trim(written), name = str_cut(&rest, '<');
	struct mail_address from = { .name = str_trim(name) };

	if (!rest.data) {
		from = (struct mail_address){ .name = { "", 0 }, .address = from.name };
	} else {
		from.address = str_cut(&rest, '>');
		if (!rest.data || rest.len > 0)
			return 1;
		if (from.name.len >= 2 && from.name.data[0] == '"' && str_ends(from.name, S("\"")))
			from.name = str_slice(from.name, 1, from.name.len - 1);
	}
	if (!mail_address_ok(from.address) || from.name.len > MAIL_NAME_MAX ||
	    !mail_is_one_line(from.name))
		return 1;
	*ret = from;
	return 0;
}

static bool is_host(struct str host)
{
	if (host.len == 0 || host.len > HOST_MAX)
		return false;
	for (size_t i = 0; i < host.len; i++) {
		char c = host.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      c == '-' || c == '.'))
			return false;
	}
	return true;
}

/* "host", "host:port", "[::1]:port". 0, or 1. */
static int read_host(struct str written, struct str *ret_host, int64_t *ret_port)
{
	struct str rest = written, host;
	bool is_six = rest.len > 0 && rest.data[0] == '[';

	if (is_six) {
		host = str_cut(&rest, ']');
		if (!rest.data || (rest.len > 0 && rest.data[0] != ':'))
			return 1;
		for (size_t i = 1; i < host.len; i++)
			if (!str_contains(S("0123456789abcdefABCDEF:."),
					  str_make(host.data + i, 1)))
				return 1;
		host = str_make(written.data, host.len + 1);
		rest = rest.len ? str_slice(rest, 1, rest.len) : (struct str){ NULL, 0 };
	} else {
		host = str_cut(&rest, ':');
	}
	if ((!is_six && !is_host(host)) ||
	    (rest.data && num_parse(rest, 1, PORT_MAX, ret_port) != NUM_OK))
		return 1;
	*ret_host = host;
	return 0;
}

/* Nobody listens in between. */
static bool is_here(struct str host)
{
	return str_is(host, "localhost") || str_starts(host, S("127.")) || str_is(host, "[::1]");
}

/* Why settings are refused: which of them, and an N_() text. */
struct refusal {
	const char *setting, *why;
};

static int refuse(struct refusal *r, const char *setting, const char *why)
{
	*r = (struct refusal){ setting, why };
	return 1;
}

static int read_security(const struct mail_words *w, bool is_smtps, struct mail_settings *ret,
			 struct refusal *refusal)
{
	if (w->security.len == 0)
		ret->security = is_smtps ? MAIL_TLS : MAIL_STARTTLS;
	else if (str_is(w->security, "starttls"))
		ret->security = MAIL_STARTTLS;
	else if (str_is(w->security, "tls"))
		ret->security = MAIL_TLS;
	else if (str_is(w->security, "off"))
		ret->security = MAIL_CLEAR;
	else
		return refuse(refusal, "smtp-security", N_("write starttls, tls or off"));
	if (is_smtps && ret->security != MAIL_TLS)
		return refuse(refusal, "smtp-security",
			      N_("smtps:// is tls; write smtp:// for starttls or off"));
	return 0;
}

/* Scheme, security and port go together. */
static int read_server(struct arena *a, const struct mail_words *w, struct mail_settings *ret,
		       struct refusal *refusal)
{
	static const char *const form = N_("write smtp://host:port, or smtps://host:port");
	bool is_smtps = str_starts(w->smtp, S("smtps://"));
	struct str rest = str_slice(w->smtp, is_smtps ? 8 : 7, w->smtp.len);
	int64_t port = 0;

	if (!is_smtps && !str_starts(w->smtp, S("smtp://")))
		return refuse(refusal, "smtp", form);
	if (str_ends(rest, S("/")))
		rest.len--;
	if (str_contains(rest, S("@")))
		return refuse(
			refusal, "smtp",
			N_("leave name and password out; they are smtp-user and smtp-password"));
	if (read_host(rest, &ret->host, &port) != 0)
		return refuse(refusal, "smtp", form);
	if (read_security(w, is_smtps, ret, refusal) != 0)
		return 1;
	/* RFC 8314 for submission, RFC 5321 for a relay next door. */
	if (port == 0)
		port = ret->security == MAIL_TLS ? 465 : ret->security == MAIL_CLEAR ? 25 : 587;
	ret->url = str_fmt(a, "%s://%.*s:%d", ret->security == MAIL_TLS ? "smtps" : "smtp",
			   STR_ARG(ret->host), (int)port);
	return 0;
}

static int check_login(const struct mail_settings *s, struct refusal *refusal)
{
	if ((s->user.len == 0) != (s->password.len == 0))
		return s->user.len ? refuse(refusal, "smtp-password", N_("smtp-user needs one"))
				   : refuse(refusal, "smtp-user", N_("smtp-password needs one"));
	if (!mail_is_one_line(s->user) || !mail_is_one_line(s->password))
		return refuse(refusal, "smtp-user, smtp-password", N_("no control characters"));
	if (s->user.len && s->security == MAIL_CLEAR && !is_here(s->host))
		return refuse(refusal, "smtp-security",
			      N_("off would send the password in clear over the network"));
	return 0;
}

static int read_all(struct arena *a, const struct mail_words *words, struct mail_settings *s,
		    struct refusal *refusal)
{
	if (words->smtp.len == 0) {
		if (words->security.len || words->user.len || words->password.len ||
		    words->authority.len || words->from.len)
			return refuse(refusal, "smtp",
				      N_("the settings of mail are there, but not the server’s"));
		return 0;
	}
	if (read_server(a, words, s, refusal) != 0 || check_login(s, refusal) != 0)
		return 1;
	if (words->from.len == 0)
		return refuse(refusal, "mail-from",
			      N_("smtp needs the address that mails come from"));
	if (read_from(words->from, &s->from) != 0)
		return refuse(
			refusal, "mail-from",
			N_("write name@example.org, or Jalon <name@example.org>, in ASCII but for the name"));
	return 0;
}

int mail_settings_read(struct arena *a, enum language l, const struct mail_words *words,
		       struct mail_settings *ret, struct str *ret_why)
{
	struct mail_settings s = { .user = words->user,
				   .password = words->password,
				   .authority = words->authority };
	struct refusal refusal;

	if (read_all(a, words, &s, &refusal) != 0) {
		*ret_why = str_fmt(a, "%s: %.*s", refusal.setting, STR_ARG(tr(l, refusal.why)));
		return 1;
	}
	*ret = s;
	return 0;
}
