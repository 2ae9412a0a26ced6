#!/usr/bin/env bash
# packaging/trust explains itself, refuses nonsense before it builds anything, passes on how many kills and which, and
# fails when a promise was broken.
set -eu
top=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*"; cat "$work/out" 2>/dev/null || true; exit 1; }

# A tree with the script, and commands that only write down that they were called.
tree=$work/tree
mkdir -p "$tree/packaging" "$work/bin" "$work/torch/include/torch/csrc/api/include/torch" "$work/torch/lib"
touch "$work/torch/include/torch/csrc/api/include/torch/torch.h" "$work/torch/lib/libtorch_cpu.so"
cp "$top/packaging/common.sh" "$top/packaging/trust" "$tree/packaging/"
calls=$work/calls
fake() { printf '#!/usr/bin/env bash\necho "%s $*" >>"%s"\n%s\n' "$1" "$calls" "$2" >"$work/bin/$1"; chmod +x "$work/bin/$1"; }
for name in $(. "$top/packaging/common.sh"; echo $packages); do echo "installed $name"; done >"$work/installed"
fake dpkg-query "cat '$work/installed'"
fake cmake 'while [ $# -gt 0 ]; do [ "$1" = -B ] && mkdir -p "$2/bin" && touch "$2/build.ninja"; shift; done'
fake ninja "cp '$work/bin/spriteloom-trust-kill' '$tree/build/bin/'"
fake spriteloom-trust-kill 'echo "every promise kept"'
export PATH="$work/bin:$PATH"
run() { : >"$calls"; "$tree/packaging/trust" "$@" --torch "$work/torch" >"$work/out" 2>&1; }

for word in --help -h; do
  run $word || fail "$word"
  grep -q "packaging/trust \[quick|full\]" "$work/out" || fail "$word does not show how to call it"
done
for words in "quickly" "--seed" "--seed x" "60"; do
  # shellcheck disable=SC2086
  ! run $words || fail "'$words' was taken"
  [ ! -s "$calls" ] || fail "'$words' was refused only after $(cat "$calls")"
done

run || fail "a good run"
grep -q "^spriteloom-trust-kill --kills 60$" "$calls" || fail "not the quick form: $(cat "$calls")"
run full --seed 12 || fail "the full form"
grep -q "^spriteloom-trust-kill --kills 500 --seed 12$" "$calls" || fail "not the full form: $(cat "$calls")"

fake spriteloom-trust-kill 'echo BROKEN; exit 1'
! run quick || fail "a broken promise did not fail the run"
grep -q BROKEN "$work/out" || fail "what was broken is not shown"
echo passed
