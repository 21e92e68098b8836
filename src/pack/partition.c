/* Pieces without gap or overlap: a scale's steps, the bands. See draft_priv.h. */
#include "base/buf.h"
#include "pack/draft_priv.h"

/* "4", or "4 to 6", for a message. */
static struct str from_to(struct decoder *d, int from, int to)
{
	if (from == to)
		return decode_number(d, from);
	return tr_with(d->a, d->report.language, "{from} to {to}",
		       VALUES({ "from", decode_number(d, from) }, { "to", decode_number(d, to) }));
}

/* One span, given where it should begin and the highest value there is. */
static void check_span(struct decoder *d, struct span s, int begin, int max)
{
	const char *why = NULL;

	if (s.from > s.to)
		why = N_("ends at {to}, before it begins at {from}");
	else if (s.from > begin)
		why = N_("begins at {from}, after a gap: {gap}");
	else if (s.from < begin)
		why = N_("begins at {from}, where it should begin at {begin}");
	else if (s.to > max)
		why = N_("ends at {to}, above the highest: {max}");
	if (why)
		decode_fault(d, s.node, why,
			     VALUES({ "from", decode_number(d, s.from) },
				    { "to", decode_number(d, s.to) },
				    { "gap", from_to(d, begin, s.from - 1) },
				    { "begin", decode_number(d, begin) },
				    { "max", decode_number(d, max) }));
}

void check_partition(struct decoder *d, const struct yaml_node *list, const struct span *spans,
		     size_t n, int min, int max)
{
	int begin = min;

	for (size_t i = 0; i < n; i++) {
		check_span(d, spans[i], begin, max);
		if (spans[i].to >= begin)
			begin = spans[i].to + 1;
	}
	if (begin <= max)
		decode_fault(d, list, N_("nothing holds {range}"),
			     VALUES({ "range", from_to(d, begin, max) }));
}
