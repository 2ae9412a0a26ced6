#!/usr/bin/env bash
# FindLibTorch takes a CUDA-flavoured wheel on a machine without a CUDA toolkit, and links its libraries so that they stay.
set -eu
top=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*"; exit 1; }

make_wheel() {  # make_wheel FOLDER LIBRARY...
  local folder=$1 name; shift
  mkdir -p "$folder/lib" "$folder/include/torch/csrc/api/include/torch" "$folder/include/torch/headeronly"
  touch "$folder/include/torch/csrc/api/include/torch/torch.h"
  printf '#define TORCH_VERSION_MAJOR %s\n#define TORCH_VERSION_MINOR %s\n#define TORCH_VERSION_PATCH 0\n' \
    "${version%.*}" "${version#*.}" >"$folder/include/torch/headeronly/version.h"
  for name in "$@"; do
    echo "int ${name}_here() { return 1; }" | c++ -x c++ -shared -fPIC -Wl,-soname,lib$name.so -o "$folder/lib/lib$name.so" -
  done
}

mkdir "$work/project"
cat >"$work/project/CMakeLists.txt" <<EOF
cmake_minimum_required(VERSION 3.25)
project(probe LANGUAGES CXX)
list(APPEND CMAKE_MODULE_PATH $top/packaging/cmake)
find_package(LibTorch REQUIRED)
file(WRITE \${CMAKE_BINARY_DIR}/main.cpp "int main() { return 0; }")
add_executable(probe \${CMAKE_BINARY_DIR}/main.cpp)
target_link_libraries(probe PRIVATE LibTorch::LibTorch)
EOF

version=2.13
make_wheel "$work/cuda" torch torch_cpu c10 torch_cuda c10_cuda
cmake -S "$work/project" -B "$work/build-cuda" -DSPRITELOOM_TORCH="$work/cuda" >"$work/log" 2>&1 || { cat "$work/log"; fail "a CUDA wheel does not configure"; }
cmake --build "$work/build-cuda" >"$work/log" 2>&1 || { cat "$work/log"; fail "a CUDA wheel does not link"; }
needed=$(readelf -d "$work/build-cuda/probe")
for name in torch torch_cpu c10 torch_cuda c10_cuda; do
  grep -q "NEEDED.*lib$name.so" <<<"$needed" || fail "lib$name.so was dropped from the program"
done
"$work/build-cuda/probe" || fail "the program does not find the wheel's libraries when it starts"

make_wheel "$work/cpu" torch torch_cpu c10
cmake -S "$work/project" -B "$work/build-cpu" -DSPRITELOOM_TORCH="$work/cpu" >"$work/log" 2>&1 || { cat "$work/log"; fail "a CPU wheel does not configure"; }

version=2.3
make_wheel "$work/old" torch torch_cpu c10
! cmake -S "$work/project" -B "$work/build-old" -DSPRITELOOM_TORCH="$work/old" >"$work/log" 2>&1 || fail "LibTorch 2.3 was taken"
grep -q "too old" "$work/log" || fail "no word that LibTorch 2.3 is too old"

mkdir "$work/empty"
! cmake -S "$work/project" -B "$work/build-empty" -DSPRITELOOM_TORCH="$work/empty" >"$work/log" 2>&1 || fail "an empty folder was taken"
grep -q "no LibTorch in" "$work/log" || fail "no word that the folder holds no LibTorch"
echo passed
