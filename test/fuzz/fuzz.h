/* The one function that libFuzzer, AFL++ and our replay call. */
#ifndef JALON_TEST_FUZZ_FUZZ_H
#define JALON_TEST_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
