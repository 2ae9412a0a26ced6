#!/usr/bin/env bash
# packaging/fuzz explains itself, refuses nonsense before it builds anything, fetches a clang that will do where there is
# none, needs no LibTorch, and fails when one of the targets does.
set -eu
top=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*"; cat "$work/out" 2>/dev/null || true; exit 1; }

# A tree with the script and two targets, and commands that only write down that they were called.
tree=$work/tree
mkdir -p "$tree/packaging" "$tree/tests/fuzz" "$work/bin"
cp "$top/packaging/common.sh" "$top/packaging/fuzz" "$tree/packaging/"
touch "$tree/tests/fuzz/sheet.cpp" "$tree/tests/fuzz/csv.cpp"
calls=$work/calls
fake() { printf '#!/usr/bin/env bash\necho "%s $*" >>"%s"\n%s\n' "$1" "$calls" "$2" >"$work/bin/$1"; chmod +x "$work/bin/$1"; }
for name in $(. "$top/packaging/common.sh"; echo $packages); do echo "installed $name"; done >"$work/installed"
fake dpkg-query "cat '$work/installed'"
fake cmake 'while [ $# -gt 0 ]; do [ "$1" = -B ] && mkdir -p "$2/bin" && touch "$2/build.ninja"; shift; done'
fake ninja "cp '$work'/bin/fuzz_* '$tree/build-fuzz/bin/'"
fake sudo '"$@"'
fake apt-cache ''
fake fuzz_seeds 'mkdir -p "$1/sheet" "$1/csv"'
fake fuzz_sheet 'echo "stat::number_of_executed_units: 17"'
fake fuzz_csv 'echo "stat::number_of_executed_units: 19"'
for version in -21 -20 -19 -18 -17 -16 ''; do fake "clang++$version" 'exit 1'; done
fake apt-get "printf '#!/bin/sh\nexit 0\n' >'$work/bin/clang++-16'"
export PATH="$work/bin:$PATH"
run() { : >"$calls"; "$tree/packaging/fuzz" "$@" >"$work/out" 2>&1; }

for word in --help -h; do
  run $word || fail "$word"
  grep -q "packaging/fuzz SECONDS" "$work/out" || fail "$word does not show how to call it"
done
for words in "" "0" "-5" "ten" "5x" "5 nothing"; do
  # shellcheck disable=SC2086
  ! run $words || fail "'$words' was taken"
  [ ! -s "$calls" ] || fail "'$words' was refused only after $(cat "$calls")"
done
grep -q "there is no target nothing; there are: csv sheet" "$work/out" || fail "the targets are not named"

run 5 || fail "a good run"
grep -q "apt-get install.* clang-16 libclang-rt-16-dev llvm-16$" "$calls" || fail "no clang was fetched: $(cat "$calls")"
grep -q "cmake.*-DCMAKE_CXX_COMPILER=$work/bin/clang++-16 -DCMAKE_C_COMPILER=$work/bin/clang-16 -DSPRITELOOM_FUZZ=ON" \
  "$calls" || fail "cmake was not given the compiler: $(cat "$calls")"
! grep -q pip "$calls" || fail "LibTorch was fetched"
grep -q "fuzz_csv.*-max_total_time=5.* corpus/csv$" "$calls" || fail "the time is not passed on: $(cat "$calls")"
grep -q "sheet: 17 inputs" "$work/out" || fail "the inputs are not counted"

run 5 sheet || fail "one target alone"
! grep -q "^fuzz_csv" "$calls" || fail "a target that was not named ran"

fake fuzz_csv 'echo "it fell over"; exit 77'
! run 5 || fail "a failing target did not fail the run"
grep -q "csv: FAILED" "$work/out" && grep -q "it fell over" "$work/out" || fail "the failure is not shown"
grep -q "sheet: 17 inputs" "$work/out" || fail "the other target did not run"
echo passed
