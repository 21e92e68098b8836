/*
 * Content packs: everything a person reads in a phase (questions, options, bands, commentary, actions)
 * with the numbers that go with it. A pack is one YAML file, described by pack.schema.json.
 * Once loaded a pack never changes and is shared by all threads.
 */
#ifndef JALON_PACK_PACK_H
#define JALON_PACK_PACK_H

#include "base/err.h"
#include "domain/scorecard.h"
#include "i18n/i18n.h"

enum {
	PACK_LANGUAGES_MAX = 8,
	PACK_BYTES_MAX = 2 * 1024 * 1024,
	PACK_ARENA_BYTES =
		256 * 1024 * 1024, /* address space in which any pack loads, or is refused */
};

/* A text in each of the pack's languages, in their order. */
struct text {
	struct str in[PACK_LANGUAGES_MAX];
};

/* A text made of fragments, some said only under a condition; joined by spaces. */
struct fragment {
	struct condition when;
	struct text text;
	struct text otherwise; /* empty strings when there is none */
};
struct passage VEC(struct fragment);
struct passages VEC(struct passage);
struct texts VEC(struct text);

struct milestone {
	struct str id;
	struct text title; /* one word, for the path */
	struct text name;
	struct text summary;
};

struct option_text {
	struct text title, detail;
};

struct question_text {
	struct text label; /* short noun phrase */
	struct text text;  /* as asked */
	struct text help;  /* empty when none */
	struct text step, strong, weak, ask;
	struct option_text *options; /* parallel to question.options */
	struct text low, high;       /* ends of a scale */
};

struct option_texts VEC(struct option_text);

struct category_text {
	struct text title, meaning;
};

struct pack_action {
	struct str id;
	struct passage title, detail;
	size_t *questions; /* the questions it serves */
	size_t n_questions;
	bool has_done;
	struct condition done; /* under which it is already in place */
};

enum next_target { NEXT_ACTION_PLAN, NEXT_IDENTIFY };

struct band_text {
	struct text estimate, title;
	struct passage headline;
	struct passages commentary;
	struct text actions_title;
	struct pack_action *actions;
	size_t n_actions;
	struct text next_title, next_text;
	enum next_target next_target;
};

/* Phase 1. The texts are parallel to the definition's arrays. */
struct scorecard_pack {
	struct scorecard def;
	int minutes;
	struct texts purpose;
	struct text caveat;
	struct option_texts profiles; /* whom to involve, and what they bring; none when not said */
	struct category_text *categories;
	struct question_text *questions;
	struct option_text unknown;
	struct band_text *bands;
};

struct pack {
	struct str id;
	int version;
	struct str languages[PACK_LANGUAGES_MAX];
	size_t n_languages;
	struct text title, summary;
	struct milestone *milestones;
	size_t n_milestones;
	struct scorecard_pack scorecard;
};

/* One thing wrong with a pack. Lines and columns start at 1; 0 when the file as a whole is meant. */
struct pack_fault {
	int line, column;
	struct str message; /* names what is wrong, in the language that was asked for */
};
struct pack_faults VEC(struct pack_fault);

enum pack_outcome { PACK_OK = 0, PACK_INVALID = 1 };

/*
 * Loads and checks the pack in `yaml`; faults are told in language `l`. Everything lives in `a`, which
 * needs PACK_ARENA_BYTES of address space; a real pack touches under 2 MiB of it. PACK_OK fills *ret; PACK_INVALID fills
 * *ret_faults, in the order of the file, at most 100.
 */
MUST_CHECK int pack_load(struct arena *a, enum language l, struct str yaml, struct pack *ret,
			 struct pack_faults *ret_faults);

/* The pack that ships inside the program, carte-performance. Loaded on first call into memory of the
 * process; ends the process when it is not valid (a test makes sure it is). Safe from any thread. */
const struct pack *pack_builtin(void);

/* Index of `language` ("fr") in the pack's languages; 0, the reference, when it has no such language. */
size_t pack_language(const struct pack *p, struct str language);

/* The fragments of `p` that hold for `answers`, joined by spaces, in `a`. */
struct str passage_text(struct arena *a, const struct passage *p, size_t language,
			const struct answer *answers);

#endif
