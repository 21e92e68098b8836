/* SMTP by libcurl: see smtp.h. */
#include "mail/smtp.h"

#include <curl/curl.h>
#include <string.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/num.h"

enum {
	SECOND_MS = 1000,
	CONNECT_MS = 15 * 1000,
	CODE_DIGITS = 3, /* RFC 5321, 4.2 */
	SMTP_CODE_MIN = 200,
	SMTP_CODE_MAX = 599,
	REFUSALS_BEGIN = 400,
	FINAL_REFUSALS_BEGIN = 500,
};

/* One mail on its way. */
struct sending {
	struct smtp *smtp;
	struct str rest;             /* of the message */
	char line[SMTP_TEXT_MAX];    /* the server's last */
	char error[CURL_ERROR_SIZE]; /* libcurl's */
	bool has_begun;              /* past greeting and login: answers are about this mail */
};

static size_t on_read(char *to, size_t size, size_t n, void *arg)
{
	struct sending *s = arg;
	size_t take = size * n < s->rest.len ? size * n : s->rest.len;

	if (take)
		memcpy(to, s->rest.data, take);
	s->rest = str_slice(s->rest, take, s->rest.len);
	return take;
}

/* A line of the server's, without what would harm a log, a page or a terminal. */
static void keep_line(char to[SMTP_TEXT_MAX], struct str line)
{
	struct buf b = buf_fixed(to, SMTP_TEXT_MAX);

	while (line.len > 0) {
		char c = line.data[0];

		line = str_slice(line, 1, line.len);
		if (c >= ' ' && c <= '~')
			buf_putc(&b, c);
		else if (c != '\r' && c != '\n')
			buf_putc(&b, '?');
	}
}

/* The number that a line of the server's begins with; 0: none. */
static int64_t code_of(const char *line)
{
	int64_t code = 0;

	return num_parse(str_slice(str_from(line), 0, CODE_DIGITS), SMTP_CODE_MIN, SMTP_CODE_MAX,
			 &code) == NUM_OK
		       ? code
		       : 0;
}

static size_t on_line(char *line, size_t size, size_t n, void *arg)
{
	struct sending *s = arg;
	char now[SMTP_TEXT_MAX] = "";

	keep_line(now, str_make(line, size * n));
	if (s->smtp->said)
		s->smtp->said(str_from(now));
	/* What it says to our good-bye is not why it refused. */
	if (code_of(now) >= REFUSALS_BEGIN || code_of(s->line) < REFUSALS_BEGIN)
		memcpy(s->line, now, sizeof s->line);
	return size * n;
}

static int on_talk(CURL *curl, curl_infotype type, char *data, size_t n, void *arg)
{
	struct sending *s = arg;

	(void)curl;
	if (type == CURLINFO_HEADER_OUT && str_starts(str_make(data, n), S("MAIL ")))
		s->has_begun = true;
	return 0;
}

/* What libcurl says from now on gets no answer: it would wait two minutes for one. */
static void stop_listening(CURL *curl)
{
	curl_socket_t fd = CURL_SOCKET_BAD;

	if (curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &fd) == CURLE_OK &&
	    fd != CURL_SOCKET_BAD)
		(void)shutdown(fd, SHUT_RD);
}

static int on_progress(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	const struct sending *s = arg;

	(void)a, (void)b, (void)c, (void)d;
	if (!s->smtp->is_over || !atomic_load(s->smtp->is_over))
		return 0;
	/* Nor is an answer to the good-bye that follows waited for. */
	stop_listening(s->smtp->curl);
	return 1;
}

/* Our own mistakes only: an option that this libcurl does not have. */
static void set(bool *ok, CURLcode code)
{
	*ok = *ok && code == CURLE_OK;
}

static bool set_up(struct smtp *smtp, struct arena *a, struct sending *s)
{
	const struct mail_settings *m = smtp->settings;
	CURL *c = smtp->curl;
	bool ok = true;

	/* What follows the address is the name of EHLO. */
	set(&ok, curl_easy_setopt(c, CURLOPT_URL,
				  str_c(a, str_fmt(a, "%.*s/%.*s", STR_ARG(m->url),
						   STR_ARG(smtp->greeting)))));
	set(&ok, curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps"));
	/* Not what the environment of the process says of proxies. */
	set(&ok, curl_easy_setopt(c, CURLOPT_PROXY, ""));
	set(&ok, curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L));
	/* STARTTLS or nothing: a server, or somebody in between, that does not offer it gets no mail. */
	set(&ok, curl_easy_setopt(c, CURLOPT_USE_SSL,
				  m->security == MAIL_CLEAR ? (long)CURLUSESSL_NONE
							    : (long)CURLUSESSL_ALL));
	set(&ok, curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2));
	if (m->authority.len)
		set(&ok, curl_easy_setopt(c, CURLOPT_CAINFO, str_c(a, m->authority)));
	if (m->user.len) {
		set(&ok, curl_easy_setopt(c, CURLOPT_USERNAME, str_c(a, m->user)));
		set(&ok, curl_easy_setopt(c, CURLOPT_PASSWORD, str_c(a, m->password)));
	}
	set(&ok, curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS));
	set(&ok, curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)smtp->timeout_ms));
	set(&ok, curl_easy_setopt(c, CURLOPT_SERVER_RESPONSE_TIMEOUT,
				  smtp->timeout_ms / SECOND_MS + 1L));
	set(&ok, curl_easy_setopt(c, CURLOPT_UPLOAD, 1L));
	set(&ok, curl_easy_setopt(c, CURLOPT_READFUNCTION, on_read));
	set(&ok, curl_easy_setopt(c, CURLOPT_READDATA, s));
	set(&ok, curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_line));
	set(&ok, curl_easy_setopt(c, CURLOPT_HEADERDATA, s));
	set(&ok, curl_easy_setopt(c, CURLOPT_ERRORBUFFER, s->error));
	set(&ok, curl_easy_setopt(c, CURLOPT_VERBOSE, 1L)); /* on_talk() is told what we say */
	set(&ok, curl_easy_setopt(c, CURLOPT_DEBUGFUNCTION, on_talk));
	set(&ok, curl_easy_setopt(c, CURLOPT_DEBUGDATA, s));
	set(&ok, curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L));
	set(&ok, curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress));
	set(&ok, curl_easy_setopt(c, CURLOPT_XFERINFODATA, s));
	return ok;
}

/* Answers about how we log in are about the settings, not about the mail: it can be sent once they are
 * right (RFC 4954, section 6). */
static bool is_about_login(int64_t code)
{
	return code == 530 || code == 534 || code == 535 || code == 538;
}

static struct smtp_answer judge(const struct sending *s, CURLcode result)
{
	struct smtp_answer answer = { .result = SMTP_LATER, .code = code_of(s->line) };

	memcpy(answer.text, s->line, sizeof answer.text);
	if (result == CURLE_OK) {
		answer.result = SMTP_SENT;
		return answer;
	}
	if (answer.code >= FINAL_REFUSALS_BEGIN && s->has_begun && !is_about_login(answer.code))
		answer.result = SMTP_REFUSED;
	/* It answered nothing that would explain it. */
	if (answer.code < REFUSALS_BEGIN) {
		answer.problem = curl_easy_strerror(result);
		keep_line(
			answer.text,
			result == CURLE_USE_SSL_FAILED
				? S("the server does not offer encryption (STARTTLS); nothing was sent")
				: str_from(s->error[0] ? s->error : answer.problem));
	}
	return answer;
}

static struct smtp_answer not_sent(const char *why)
{
	struct smtp_answer answer = { .result = SMTP_LATER, .problem = why };

	keep_line(answer.text, str_from(why));
	return answer;
}

struct smtp_answer smtp_send(struct smtp *smtp, struct arena *a, struct str to, struct str message)
{
	struct sending s = { .smtp = smtp, .rest = message };
	struct smtp_answer answer;
	struct curl_slist *list;
	CURLcode result;

	if (!smtp->curl)
		smtp->curl = curl_easy_init();
	list = curl_slist_append(NULL, str_c(a, str_fmt(a, "<%.*s>", STR_ARG(to))));
	if (!smtp->curl || !list || !set_up(smtp, a, &s) ||
	    curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, list) != CURLE_OK ||
	    curl_easy_setopt(
		    smtp->curl, CURLOPT_MAIL_FROM,
		    str_c(a, str_fmt(a, "<%.*s>", STR_ARG(smtp->settings->from.address)))) !=
		    CURLE_OK) {
		answer = not_sent("libcurl cannot do what is asked of it");
	} else {
		result = curl_easy_perform(smtp->curl);
		answer = judge(&s, result);
	}
	if (answer.result != SMTP_SENT)
		smtp_close(smtp);
	else
		(void)curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(list);
	return answer;
}

void smtp_close(struct smtp *smtp)
{
	if (!smtp->curl)
		return;
	/* Good-bye is said on the way out, by a handle of libcurl's own. */
	stop_listening(smtp->curl);
	curl_easy_cleanup(smtp->curl);
	smtp->curl = NULL;
}
