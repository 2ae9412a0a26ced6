#!/usr/bin/env bash
# The set-up names what is missing, installs only that, and touches no network when everything is there.
set -eu
top=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*"; exit 1; }

# A tree with the scripts alone, and commands that only write down that they were called.
mkdir -p "$work/tree/packaging" "$work/bin"
cp "$top/packaging/common.sh" "$top/packaging/build" "$top/packaging/run" "$work/tree/packaging/"
calls=$work/calls
fake() { printf '#!/usr/bin/env bash\necho "%s $*" >>"%s"\n%s\n' "$1" "$calls" "$2" >"$work/bin/$1"; chmod +x "$work/bin/$1"; }
all=$(. "$top/packaging/common.sh"; echo $packages)
installed() { for name in $1; do echo "installed $name"; done >"$work/installed"; }
fake dpkg-query "cat '$work/installed'"
fake cmake 'while [ $# -gt 0 ]; do [ "$1" = -B ] && mkdir -p "$2" && touch "$2/build.ninja"; shift; done'
fake ninja ''
fake apt-get ''
fake sudo '"$@"'
export PATH="$work/bin:$PATH"
unset DISPLAY WAYLAND_DISPLAY QT_QPA_PLATFORM
run() { : >"$calls"; "$@" >"$work/out" 2>&1; }
wheel=$work/tree/.venv/lib/python3.11/site-packages/torch
mkdir -p "$wheel/include/torch/csrc/api/include/torch" "$wheel/lib"
touch "$wheel/include/torch/csrc/api/include/torch/torch.h" "$wheel/lib/libtorch_cpu.so"

installed "$all"
run "$work/tree/packaging/build" || { cat "$work/out"; fail "a complete machine does not build"; }
! grep -q apt-get "$calls" || fail "apt-get was called although nothing is missing"
grep -q "ninja.*spriteloom spriteloom-cli" "$calls" || fail "the programs were not built"
run "$work/tree/packaging/build" || fail "the second build"
! grep -q "^cmake" "$calls" || fail "the second build configured again"

! run "$work/tree/packaging/run" || fail "run without a display succeeded"
grep -q "spriteloom-cli" "$work/out" || fail "run without a display does not point to the command line"

installed "${all/qt6-base-dev/}"
run "$work/tree/packaging/build" || fail "installing one package"
grep -q "apt-get install.* qt6-base-dev$" "$calls" || fail "not just the missing package was installed: $(cat "$calls")"

fake apt-get 'exit 100'
! run "$work/tree/packaging/build" || fail "a missing package did not stop the build"
grep -q "missing and could not be installed: qt6-base-dev" "$work/out" || fail "the missing package is not named"

installed "$all"
! run "$work/tree/packaging/build" --torch "$work/bin" || fail "a folder without LibTorch was taken"
grep -q "holds no LibTorch" "$work/out" || fail "no word on the folder without LibTorch"
run "$work/tree/packaging/build" --torch "$wheel" || fail "--torch DIR"

rm -rf "$work/tree/.venv"
fake python3 'mkdir -p "$3/bin" && cp "'"$work"'/bin/pip" "$3/bin/pip"'
fake pip 'exit 1'
! run "$work/tree/packaging/build" || fail "a failing pip did not stop the build"
grep -q "LibTorch is missing" "$work/out" || fail "the missing LibTorch is not named"
! run "$work/tree/packaging/build" --torch-index https://index.invalid/cpu || fail "a failing pip did not stop the build"
grep -q -- "--index-url https://index.invalid/cpu" "$calls" || fail "--torch-index does not reach pip"

asks() { run bash -c ". '$work/tree/packaging/common.sh'; install_safetensors"; }
rm -rf "$work/tree/.venv"
asks && ! grep -q pip "$calls" || fail "safetensors was asked for without a virtual environment"
mkdir -p "$work/tree/.venv/bin"
fake python3 'exit 1'
fake pip 'exit 1'
cp "$work/bin/python3" "$work/bin/pip" "$work/tree/.venv/bin/"
asks || fail "a missing safetensors stopped the tests"
grep -q "pip install.*safetensors" "$calls" || fail "safetensors was not asked for"
grep -q "are skipped" "$work/out" || fail "no word on the tests that are skipped"
fake python3 ''
cp "$work/bin/python3" "$work/tree/.venv/bin/"
asks && ! grep -q pip "$calls" || fail "safetensors was asked for although it is there"

! run "$work/tree/packaging/build" --wrong || fail "an unknown option was taken"
echo passed
