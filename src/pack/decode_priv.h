/*
 * From a YAML tree to structs, by tables. A mapping is described by a `struct record`: one `struct field`
 * per key, saying where in the struct its value goes and which function reads it. Fields are read in the
 * order of their table, whatever the order of the file, so that what refers to something comes after it
 * in the table. Readers report what is wrong and go on; a pack is valid when nothing was reported.
 */
#ifndef JALON_PACK_DECODE_PRIV_H
#define JALON_PACK_DECODE_PRIV_H

#include "base/guess.h"
#include "pack/faults_priv.h"
#include "pack/yaml.h"

struct decoder {
	struct arena *a;
	struct reporter report;
	const struct pack *pack; /* its languages are filled before any text is read */
	/* What conditions may refer to: the questions read so far, and all there are, by id. */
	struct scorecard *sc;
	struct map question_nodes;
};

struct field {
	const char *key;
	/* Reads `n` into `to`, which is the struct's start plus `offset`. */
	void (*read)(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to);
	size_t offset;
	bool is_optional;
	const void *more; /* what the reader needs to know: a struct range, list or record */
};

struct record {
	const struct field *fields;
	size_t n;
};
#define RECORD(table)                                    \
	{                                                \
		(table), sizeof(table) / sizeof *(table) \
	}

struct range {
	int min, max;
};

/* A list goes into a VEC of elements of `size` bytes, each read by `item` (whose key is not used). */
struct list {
	struct field item;
	size_t size;
	size_t min, max; /* number of elements */
	bool has_ids;    /* elements are mappings whose `id` differs from the others' */
};

/* ---- readers: what is wrong is reported, and `to` then left as it was, or as far as it was read ---- */

/* A mapping into a struct, f->more being its struct record; a list into a VEC, f->more being its struct list. */
void read_record(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to);
void read_list(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to);
/* A whole number in f->more, a struct range, into an int. */
void read_int(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to);
/* An identifier, into a struct str: 1 to 40 of a-z, 0-9 and "-". */
void read_id(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to);
/* A text in each of the pack's languages, into a struct text. */
void read_text(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to);
/* The node itself, into a const struct yaml_node *: for what is read later. */
void read_node(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to);

/* Reads all of `record` from mapping `n` into `to`. */
void decode_record(struct decoder *d, const struct yaml_node *n, const struct record *record,
		   void *to);

/* Conditions and passages (condition.c): into a struct condition, a struct passage. */
void read_condition(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to);
void read_passage(struct decoder *d, const struct yaml_node *n, const struct field *f, void *to);

/* ---- help for readers ---- */

/* Reports what is wrong with `n`, as fault_add() does; the message begins with the path to it. */
void decode_fault(struct decoder *d, const struct yaml_node *n, const char *id,
		  const struct tr_arg *values);

/* True when `n` is of `kind`; reports it otherwise. */
bool decode_expect(struct decoder *d, const struct yaml_node *n, enum yaml_kind kind);

/* The same about the key that `n` stands under. */
void decode_fault_key(struct decoder *d, const struct yaml_node *n, const char *id,
		      const struct tr_arg *values);

/* True when as many faults are known as are told: what is costly to find need not be looked for. */
bool decode_is_full(const struct decoder *d);

/* The question named by `n`, by its key in a mapping and by its text in a list, into *ret; false, and
 * reported, when there is none. */
bool decode_question(struct decoder *d, const struct yaml_node *n, size_t *ret);

/* Values for a message, in the decoder's arena: what the file holds, in quotes; a number. */
struct str decode_quoted(struct decoder *d, struct str s);
struct str decode_number(struct decoder *d, int64_t n);

#endif
