/* Inviting people to a campaign, from a list that is pasted or a file. */
#include "base/utf8.h"
#include "mail/mail.h"
#include "phases/scorecard/campaign_mail.h"

static struct str wrong_words(struct req *rq, const struct invite_fault *f)
{
	static const char *const words[] = {
		[INVITE_NOBODY] = N_("neither a name nor an address"),
		[INVITE_EMAIL] = N_("“{value}” is not an e-mail address"),
		[INVITE_DEPARTMENT] = N_("“{value}” is not one of the departments"),
		[INVITE_LANGUAGE] = N_("“{value}” is not a language spoken here: fr or en"),
		[INVITE_TWICE] = N_("“{value}” stands higher up already"),
		[INVITE_KNOWN] = N_("“{value}” is invited already"),
		[INVITE_TOO_LONG] = N_("this name is too long"),
		[INVITE_EXTRA] = N_("more than name, address, department and language"),
		[INVITE_UNNAMED] = N_("“{value}” stands under no column"),
		[INVITE_QUOTE] = N_("a quote that is not closed"),
		[INVITE_TOO_MANY] = N_("too many people for one campaign"),
	};

	static const char *const fields[] = {
		[INVITE_FIELD_NAME] = N_("name"),
		[INVITE_FIELD_EMAIL] = N_("e-mail address"),
		[INVITE_FIELD_DEPARTMENT] = N_("department"),
		[INVITE_FIELD_LANGUAGE] = N_("language"),
	};
	const char *where =
		f->field == INVITE_FIELDS ? N_("Line {line}: {what}.")
		: f->wrong == INVITE_QUOTE
			? N_("Line {line}, {field} (from character {column} on): {what}.")
			: N_("Line {line}, {field}: {what}.");
	struct str field = f->field == INVITE_FIELDS ? S("") : tr(rq->language, fields[f->field]);

	return tr_fill(
		rq->arena, tr(rq->language, where),
		(const struct tr_arg[]){
			{ "line", fmt_int(rq->arena, rq->language, f->line) },
			{ "field", field },
			{ "column", fmt_int(rq->arena, rq->language, f->column) },
			{ "what", tr_fill(rq->arena, tr(rq->language, words[f->wrong]),
					  &(const struct tr_arg){ "value", f->value }, 1) } },
		4);
}

/* What was sent: pasted, out of a file, or both; as it was typed when it cannot be read. */
struct sent_list {
	struct str text;
	bool is_too_long, is_no_text;
};

static struct sent_list sent_list(struct req *rq)
{
	const struct people_args *args = rq->args;
	struct str file = str_line_ends(rq->arena, utf8_from_file(rq->arena, args->file), '\n');
	struct sent_list ret = { .text = args->people };

	for (size_t i = 0; i < rq->n_arg_errors; i++) {
		ret.is_too_long |= rq->arg_errors[i].fault == ARG_TOO_LONG;
		ret.is_no_text |= rq->arg_errors[i].fault != ARG_TOO_LONG;
		if (rq->arg_errors[i].value.len)
			ret.text = rq->arg_errors[i].value;
	}
	if (utf8_has_control(file)) {
		ret.is_no_text = true;
		return ret;
	}
	if (file.len)
		ret.text = ret.text.len ? str_fmt(rq->arena, "%.*s\n%.*s", STR_ARG(ret.text),
						  STR_ARG(file))
					: file;
	ret.is_too_long |= utf8_count(ret.text) > INVITE_TEXT_MAX;
	return ret;
}

/* Why no list was read at all. */
static struct str no_list_words(struct req *rq, const struct sent_list *sent)
{
	if (sent->is_too_long)
		return tr(rq->language, "This is too long: paste the list in parts.");
	if (sent->is_no_text)
		return tr(
			rq->language,
			"This holds characters that are not text. Save the list as CSV, or paste it again.");
	return tr(rq->language, "Nothing was found: paste one person per line, or choose a file.");
}

static struct reply *refuse_people(struct req *rq, const struct people *all,
				   const struct sent_list *sent, const struct invite_list *list)
{
	struct people_page m = people_page(rq, all, 1);

	/* What a file holds too: it is corrected here. */
	m.add.fields[0].value = sent->text;
	m.faults = arena_new(rq->arena, struct str, list->n_faults + 1);
	for (size_t i = 0; i < list->n_faults; i++)
		m.faults[m.n_faults++] = wrong_words(rq, &list->faults[i]);
	if (m.n_faults == 0)
		m.faults[m.n_faults++] = no_list_words(rq, sent);
	form_fault(&m.add, "people", m.faults[0]);
	return people_reply(rq, 422, &all->round, &m);
}

static int read_people(struct req *rq, const struct people *all, struct str text,
		       struct invite_list *ret, struct err *err)
{
	struct invite_known known = { .n_departments = all->departments.n, .n_people = all->n };
	struct invite_department *departments =
		arena_new(rq->arena, struct invite_department, all->departments.n);
	struct str *emails;
	int r = invite_known_emails(rq->db, rq->arena, &all->round, &emails, &known.n_emails, err);

	if (r != 0)
		return r;
	for (size_t i = 0; i < known.n_departments; i++)
		departments[i] = (struct invite_department){ all->departments.items[i].id,
							     all->departments.items[i].name };
	known.departments = departments;
	known.emails = emails;
	*ret = invite_parse(rq->arena, text, &known);
	return 0;
}

int campaign_invite_all(struct req *rq, const struct round *round, const struct invitation *people,
			size_t n, struct err *err)
{
	int r = participants_invite(rq, round, people, n, err);

	if (r != 0)
		return r;
	return audit_add(
		rq,
		&(struct audit_entry){
			.action = N_("invited people to a campaign"),
			.object_kind = "round",
			.object_id = round->id,
			.after = audit_value(rq->arena, "people", str_fmt(rq->arena, "%zu", n)),
		},
		err);
}

struct reply *campaign_invite(struct req *rq)
{
	const struct people_args *args = rq->args;
	struct sent_list sent = sent_list(rq);
	struct invite_list list = { .n = 0 };
	struct people all;
	struct err err;
	int r = people_load(rq, args->round, &all, &err);

	if (r == 0 && !sent.is_too_long && !sent.is_no_text)
		r = read_people(rq, &all, sent.text, &list, &err);
	if (r != 0)
		return campaign_failed(rq, r, &err);
	if (all.round.state == ROUND_CLOSED || all.round.terms.access == ROUND_PUBLIC)
		return reply_redirect(rq, campaign_url(rq, all.round.id, ""));
	if (list.n_faults > 0 || list.n == 0)
		return refuse_people(rq, &all, &sent, &list);
	r = campaign_invite_all(rq, &all.round, list.people, list.n, &err);
	if (r != 0)
		return campaign_failed(rq, r, &err);
	return reply_redirect(
		rq, campaign_url(rq, all.round.id,
				 str_fmt(rq->arena, "/participants?added=%zu", list.n).data));
}
