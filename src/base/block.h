/* Sixteen bytes at once, as compilers know them on every machine: for scans of which most finds nothing. */
#ifndef JALON_BASE_BLOCK_H
#define JALON_BASE_BLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Comparing a block with a number compares each byte, and makes it 255 where that holds. */
typedef uint8_t block __attribute__((vector_size(16)));

static inline block block_at(const char *p)
{
	block ret;

	memcpy(&ret, p, sizeof ret);
	return ret;
}

/* Whether any byte of `found` is not 0. */
static inline bool block_any(block found)
{
	typedef uint64_t halves __attribute__((vector_size(16)));
	halves h = (halves)found;

	return (h[0] | h[1]) != 0;
}

#endif
