/* The pages of an organisation's whole data: taking it along, erasing it, and the certificate. */
#include "transfer/routes.h"

#include <assert.h>

#include "base/token.h"
#include "base/utf8.h"
#include "http/route_table.h"
#include "people/org_page.h"
#include "people/people.h"
#include "transfer/certificate.h"
#include "transfer/queries.h"
#include "transfer/transfer_tpl.h"

enum {
	NAME_MAX_CHARS = 80,
	DOWNLOAD_MAX =
		24 * 1024 * 1024, /* of a request's memory; larger ones are for the command line */
};

struct data_args {
	int64_t org;
};
struct erase_args {
	int64_t org;
	struct str name;
};
struct erased_args {
	int64_t erased; /* the organisation that was */
};

static_assert(offsetof(struct data_args, org) == 0 && offsetof(struct erase_args, org) == 0,
	      "arguments of a route of an organisation begin with its id");

static struct reply *data_reply(struct req *rq, int status, struct str typed, struct str fault)
{
	struct str org = id_text(rq->arena, rq->actor.org_id);
	struct data_page m = {
		.tabs = org_tabs_html(rq, TAB_SETTINGS),
		.org = org,
		.erase = form_make(rq, NULL, url(rq, "/o/%.*s/settings/erase", STR_ARG(org)),
				   N_("Erase everything"), false),
	};
	struct view v = view_make(rq);
	struct form_field *field = form_line(
		&m.erase, "name", N_("To confirm, write its name: {name}"), typed, NAME_MAX_CHARS);

	field->label = tr_fill(rq->arena, field->label,
			       &(const struct tr_arg){ "name", rq->actor.org_name }, 1);
	if (fault.len)
		form_fault(&m.erase, "name", fault);
	transfer_data_page(&v, &m);
	return org_reply_below(
		rq, status,
		&(struct layout){ .title = tr(rq->language, "Data"), .body = view_html(&v) },
		TAB_SETTINGS, NULL, 0);
}

static struct reply *data_show(struct req *rq)
{
	return data_reply(rq, 200, (struct str){ "", 0 }, (struct str){ "", 0 });
}

/* The file, made where it holds up no write. */
static struct reply *export_prepare(struct req *rq)
{
	struct str *zip = arena_new(rq->arena, struct str, 1);
	struct err err;
	int r = transfer_export(rq->db, rq->arena, rq->actor.org_id, TRANSFER_AS_SHOWN, rq->now_ms,
				DOWNLOAD_MAX, zip, &err);

	if (r < 0)
		return reply_fault(rq, &err);
	/* Too large for a page: whoever runs the site has `jalon org export`. */
	if (r != TRANSFER_OK)
		return reply_status(rq, r == TRANSFER_NOT_FOUND ? 404 : 413);
	rq->prepared = zip;
	return NULL;
}

/* Nobody takes everything along without its being noted: that is why it is a POST. */
static struct reply *export(struct req *rq)
{
	const struct str *zip = rq->prepared;
	struct err err;

	if (audit_add(rq,
		      &(struct audit_entry){ .action = N_("exported the organisation"),
					     .object_kind = "org",
					     .object_id = rq->actor.org_id },
		      &err) != 0)
		return reply_fault(rq, &err);
	return reply_download(rq, org_file_name(rq, N_("Export of the organisation"), "zip"), *zip);
}

/* ---- erasing ---- */

/* The fact stays in the log of the installation, since that of the organisation goes with it. */
static int erase_and_note(struct req *rq, struct err *err)
{
	struct transfer_counts counts;
	int64_t org_id = rq->actor.org_id;
	int r = transfer_erase(rq->db, org_id, &counts, err);

	if (r != 0)
		return r;
	db_scope(rq->db, ORG_PUBLIC);
	return audit_add(rq,
			 &(struct audit_entry){
				 .org_id = ORG_PUBLIC,
				 .action = N_("erased an organisation"),
				 .object_kind = "erasure",
				 .object_id = org_id,
				 .after = certificate_json(rq->arena, rq->actor.org_name, &counts),
			 },
			 err);
}

/* Whether it reads like the organisation's name, which may be older than what forms refuse. */
static bool is_its_name(struct req *rq, struct str typed)
{
	struct arena *a = rq->arena;

	return str_eq(utf8_visible(a, utf8_line(a, typed)),
		      utf8_visible(a, utf8_line(a, rq->actor.org_name)));
}

static struct reply *erase(struct req *rq)
{
	const struct erase_args *args = rq->args;
	struct str id = id_text(rq->arena, rq->actor.org_id);
	struct err err;
	int r;

	if (rq->n_arg_errors || !is_its_name(rq, args->name))
		return data_reply(rq, 422, rq->n_arg_errors ? rq->arg_errors[0].value : args->name,
				  tr(rq->language, "This is not its name: nothing was erased."));
	r = erase_and_note(rq, &err);
	if (r < 0)
		return reply_fault(rq, &err);
	return r > 0 ? reply_status(rq, 404)
		     : reply_redirect(rq, url(rq, "/erased/%.*s", STR_ARG(id)));
}

/* ---- the certificate ---- */

/* For who erased it, and for administrators. 0, 1 when there is nothing for who asks, or a fault. */
static int load(struct req *rq, struct certificate *ret, struct err *err)
{
	const struct erased_args *args = rq->args;
	struct transfer_erasure_get_row row;
	int r = transfer_erasure_get(rq->db, rq->arena, ORG_PUBLIC, args->erased, &row, err);

	if (r < 0)
		return r;
	if (r == DB_NOT_FOUND || !row.has_after)
		return 1;
	if (!rq->actor.is_admin && (!row.has_account_id || row.account_id != rq->actor.account_id))
		return 1;
	*ret = (struct certificate){ .id = id_text(rq->arena, args->erased),
				     .who = row.who,
				     .at_ms = row.at_ms };
	return certificate_parse(rq->arena, row.after, ret);
}

static struct reply *erased_show(struct req *rq)
{
	struct certificate c;
	struct certificate_page m;
	struct view v = view_make(rq);
	struct err err;
	int r = load(rq, &c, &err);

	if (r != 0)
		return r < 0 ? reply_fault(rq, &err) : reply_status(rq, 404);
	m = certificate_words(rq->arena, rq->language, &c);
	transfer_certificate_page(&v, &m);
	return layout_reply(rq, 200,
			    &(struct layout){ .title = tr(rq->language, "Certificate of erasure"),
					      .body = view_html(&v),
					      .is_narrow = true });
}

static struct str certificate_name(struct req *rq, const struct certificate *c, const char *ending)
{
	return file_name(rq, &(struct file_label){ .whose = c->name,
						   .what = N_("Certificate of erasure"),
						   .zone = rq->actor.time_zone,
						   .at_ms = c->at_ms,
						   .ending = ending });
}

static struct reply *erased_text(struct req *rq)
{
	struct certificate c;
	struct err err;
	int r = load(rq, &c, &err);

	if (r != 0)
		return r < 0 ? reply_fault(rq, &err) : reply_status(rq, 404);
	return reply_download(rq, certificate_name(rq, &c, "txt"),
			      certificate_text(rq->arena, rq->language, &c));
}

static struct reply *erased_pdf(struct req *rq)
{
	struct certificate c;
	struct str pdf;
	struct err err;
	int r = load(rq, &c, &err);

	if (r > 0)
		return reply_status(rq, 404);
	if (r == 0)
		r = certificate_pdf(rq->arena, rq->language, &c, &pdf, &err);
	if (r != 0)
		return reply_fault(rq, &err);
	return reply_download(rq, certificate_name(rq, &c, "pdf"), pdf);
}

/* ---- routes ---- */

static const struct args_spec data_args = ARGS(data_args, PATH_ID(data_args, org));
static const struct args_spec erase_args =
	ARGS(erase_args, PATH_ID(erase_args, org),
	     TEXT(erase_args, name, "name", ARG_FORM, true, NAME_MAX_CHARS));
static const struct args_spec erased_args = ARGS(erased_args, PATH_ID(erased_args, erased));

/* Reads everything an organisation has. */
static const struct limit limit_export = { "export", .burst = 6, .per_minute = 2 };
static const struct limit limit_certificate = { "certificate", .burst = 20, .per_minute = 20 };

const struct route transfer_routes[] = {
	GET_PAGE("/o/{org}/settings/data", data_show, permission_org_owner, &data_args,
		 "take an organisation's data along, or erase it"),
	POST_FORM("/o/{org}/settings/export", export, permission_org_owner, &data_args,
		  "everything of an organisation, as a ZIP", .prepare = export_prepare,
		  .limit = &limit_export),
	POST_FORM("/o/{org}/settings/erase", erase, permission_org_owner, &erase_args,
		  "erase an organisation", .show_errors = true),
	GET_PAGE("/erased/{erased}", erased_show, permission_account, &erased_args,
		 "that an organisation was erased"),
	GET_PAGE("/erased/{erased}/certificate.txt", erased_text, permission_account, &erased_args,
		 "the certificate of an erasure, as text"),
	GET_SLOW("/erased/{erased}/certificate.pdf", erased_pdf, permission_account, &erased_args,
		 "the certificate of an erasure, as a PDF", .limit = &limit_certificate),
	{ .handler = NULL },
};
