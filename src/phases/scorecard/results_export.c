/* Downloads of a campaign's results. What the page does not show, none of them holds. */
#include "phases/scorecard/results_export.h"

#include "people/org_page.h"
#include "phases/scorecard/results_page.h"
#include "phases/scorecard/results_priv.h"

static int load_comments(struct req *rq, const struct results *r, struct export_comments *ret,
			 struct err *err)
{
	struct export_comments out = { .n = 0 };
	size_t bytes = 0;

	out.items = arena_new(rq->arena, struct export_comment, r->n_questions * COMMENTS_PER_PAGE);
	for (size_t i = 0; i < r->n_questions; i++) {
		struct round_comment *list;
		size_t n;
		int result = comment_list(rq->db, rq->arena, &r->round, r->n_sent,
					  r->questions[i].id, 0, 0, &list, &n, err);

		if (result != 0)
			return result;
		out.is_cut |= n > COMMENTS_PER_PAGE || comment_parts(r->n_sent) > 1;
		for (size_t k = 0; k < n && k < COMMENTS_PER_PAGE; k++) {
			bytes += list[k].text.len + list[k].author.len;
			if (bytes > EXPORT_COMMENT_BYTES) {
				out.is_cut = true;
				break;
			}
			out.items[out.n++] =
				(struct export_comment){ &r->questions[i], list[k].text,
							 list[k].author };
		}
	}
	*ret = out;
	return 0;
}

static int export_beside_load(struct req *rq, const struct results *r, struct export_beside *ret,
			      struct err *err)
{
	struct str type, logo;
	int result = load_comments(rq, r, &ret->comments, err);

	if (result == 0)
		result = results_plan(rq, r, &ret->plan, err);
	if (result == 0)
		result = results_place(rq, r->round.id, &ret->place, err);
	if (result == 0)
		result = org_logo(rq, &type, &logo, err);
	if (result == 0)
		ret->logo = document_logo(rq->arena, type, logo);
	return result;
}

enum download { DOWNLOAD_PDF, DOWNLOAD_DOCX, DOWNLOAD_XLSX, DOWNLOAD_CSV };

static int write_it(struct req *rq, const struct results *r, enum download form, struct str *ret,
		    struct err *err)
{
	struct export_beside beside;
	int result = export_beside_load(rq, r, &beside, err);

	if (result != 0)
		return result;
	switch (form) {
	case DOWNLOAD_PDF:
		return results_report_write(rq, r, &beside, DOCUMENT_PDF, ret, err);
	case DOWNLOAD_DOCX:
		return results_report_write(rq, r, &beside, DOCUMENT_DOCX, ret, err);
	case DOWNLOAD_XLSX:
		return results_book_write(rq, r, &beside, ret, err);
	case DOWNLOAD_CSV:
		return results_csv_write(rq, r, ret, err);
	}
	return 0;
}

static struct reply *download(struct req *rq, enum download form, struct str name)
{
	const struct results_args *args = rq->args;
	struct results_query q = { .round = args->round,
				   .with = args->with,
				   .by_pack = str_is(args->sort, "pack") };
	struct results r;
	struct str bytes;
	struct err err;
	struct reply *other = results_to_show(rq, &q, &r);
	int result;

	if (other)
		return other;
	result = write_it(rq, &r, form, &bytes, &err);
	if (result != 0)
		return campaign_failed(rq, result, &err);
	return reply_download(rq, name, bytes);
}

struct reply *results_pdf(struct req *rq)
{
	return download(rq, DOWNLOAD_PDF, org_file_name(rq, N_("Maturity results"), "pdf"));
}

struct reply *results_docx(struct req *rq)
{
	return download(rq, DOWNLOAD_DOCX, org_file_name(rq, N_("Maturity results"), "docx"));
}

struct reply *results_xlsx(struct req *rq)
{
	return download(rq, DOWNLOAD_XLSX, org_file_name(rq, N_("Maturity results"), "xlsx"));
}

struct reply *results_csv(struct req *rq)
{
	return download(rq, DOWNLOAD_CSV, org_file_name(rq, N_("Results by question"), "csv"));
}
