/* How far an organisation is: see progress.h. */
#include "phases/overview/progress.h"

enum progress scorecard_progress(const struct scorecard_facts *f)
{
	for (size_t i = 0; i < f->n_rounds; i++)
		if (f->rounds[i].state == ROUND_CLOSED && f->rounds[i].n_sent > 0)
			return PROGRESS_DONE;
	return f->n_rounds || f->kept.n_finished ? PROGRESS_DOING : PROGRESS_NONE;
}

const struct round_line *round_to_show(const struct scorecard_facts *f)
{
	static const enum round_state order[] = { ROUND_OPEN, ROUND_WAITING, ROUND_DRAFT,
						  ROUND_CLOSED };

	for (size_t k = 0; k < sizeof order / sizeof *order; k++)
		for (size_t i = 0; i < f->n_rounds; i++)
			if (f->rounds[i].state == order[k])
				return &f->rounds[i];
	return NULL;
}
