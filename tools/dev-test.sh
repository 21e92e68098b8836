# ./dev test, sourced by ./dev: builds, then passes every suite, and ends with "N passed, N failed".
#
# The release build passes all suites; the build with address and undefined-behaviour sanitizers passes
# those that run our C in process; clang compiles everything too, so that both compilers stay clean.
# With names of suites as arguments, only those are passed, by the release build.

# shellcheck disable=SC2154,SC2086 # variables and lists of words come from ./dev
install $test_packages $lint_packages
failed=0

# pass BUILD-DIR SUITE…: runs the suites; their results are counted at the end.
pass() {
	dir=$1
	shift
	set -- $(printf -- '--suite %s ' "$@")
	rm -f "$dir"/meson-logs/testlog*
	meson test -C "$dir" --no-rebuild --print-errorlogs --timeout-multiplier 3 "$@" >&2 || failed=1
	cp "$dir/meson-logs/testlog.junit.xml" "$results/$dir.xml" 2>/dev/null || failed=1
}

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

build release
if [ $# -gt 0 ]; then
	pass build "$@"
else
	pass build unit http mutation store fuzz fault lint browser
	build asan || failed=1
	pass build-asan unit http store fuzz fault
	build clang || failed=1
fi
python3 tools/count-tests.py "$results"/*.xml || failed=1
exit $failed
