/*
 * The YAML that packs are written in: a strict part of YAML 1.2, read into a tree that knows the line and
 * column of everything. One document of mappings, lists and scalars; every scalar is text, so that
 * `no`, `1.10` and `2026-01-01` mean what is written. Anchors, aliases, tags, tabs, keys given twice
 * and characters that cannot be seen are refused.
 */
#ifndef JALON_PACK_YAML_H
#define JALON_PACK_YAML_H

#include "base/map.h"
#include "pack/pack.h"

enum {
	YAML_DEPTH_MAX = 16,    /* mappings and lists inside one another */
	YAML_NODES_MAX = 50000, /* values, keys not counted */
};

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

struct yaml_node {
	enum yaml_kind kind;
	int line, column; /* from 1; columns count characters */
	struct str text;  /* YAML_SCALAR */
	struct yaml_node *parent;
	struct yaml_node *first, *last, *next; /* children, in the order of the file */
	size_t n;                              /* number of children */
	size_t index;                          /* place among its siblings, from 0 */
	struct map by_key;                     /* YAML_MAP: key to child */
	struct str key;                        /* child of a YAML_MAP: the key it stands under */
	int key_line, key_column;
};

enum yaml_outcome { YAML_OK = 0, YAML_INVALID = 1 };

struct reporter; /* faults_priv.h */

/* Reads `text` into a tree in the reporter's arena. YAML_INVALID: faults were reported; reading goes on past what
 * does not hide the rest. */
MUST_CHECK int yaml_parse(const struct reporter *report, struct str text,
			  const struct yaml_node **ret);

/* The child of mapping `n` under `key`, part of the tree, or NULL. */
const struct yaml_node *yaml_get(const struct yaml_node *n, struct str key);

#endif
