#!/bin/sh
# Fuzzes every parser in turn, starting from its stored corpus; what is found is left in .cache/fuzz.
# Usage: fuzz.sh [SECONDS-EACH]
set -eu
seconds=${1:-60}
for program in build-clang/test/fuzz/*_fuzz; do
	name=$(basename "$program" _fuzz)
	found=.cache/fuzz/$name
	mkdir -p "$found"
	echo "fuzz: $name for $seconds s"
	"$program" -max_total_time="$seconds" -max_len=65536 -timeout=10 -print_final_stats=1 \
		-artifact_prefix="$found/crash-" "$found" "test/fuzz/corpus/$name" 2>&1 |
		grep -E 'BINGO|ERROR|SUMMARY|stat::number_of_executed_units|crash-' || true
	if ls "$found"/crash-* >/dev/null 2>&1; then
		echo "fuzz: $name failed; inputs are in $found"
		exit 1
	fi
done
