# Shared by build, fuzz, run and test: finds and installs what is missing. Sourced, not run.
# After set_up: $torch_folder holds include/ and lib/ of LibTorch.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
torch_version=2.13.0
torch_folder=
torch_index=

# Every Debian / Ubuntu package that building, testing and running need.
packages="cmake g++ ninja-build ccache pkg-config python3-venv
  qt6-base-dev qt6-svg-dev libqcustomplot-dev nlohmann-json3-dev libcli11-dev
  libsqlitecpp-dev libsqlite3-dev libarchive-dev libwebp-dev libstb-dev libxxhash-dev
  libpng-dev zlib1g-dev libjpeg-dev libgif-dev libzstd-dev libimagequant-dev libhnswlib-dev libcurl4-openssl-dev libgumbo-dev
  libgtest-dev libbenchmark-dev fonts-dejavu-core"

say() { printf '%s\n' "$*" >&2; }
die() { say "$@"; exit 1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null 2>&1; then sudo "$@"
  else return 126
  fi
}

install_packages() {
  command -v dpkg-query >/dev/null 2>&1 || {
    say "This is no Debian or Ubuntu: please see to it that these are installed: $(echo $packages)"
    return 0
  }
  local missing= name
  local installed
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p')
  for name in $packages; do
    printf '%s\n' "$installed" | grep -qx -- "$name" || missing="$missing $name"
  done
  [ -n "$missing" ] || return 0
  say "Installing:$missing"
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -qq >&2 || say "apt-get update did not work; trying with the package lists that are here"
  # shellcheck disable=SC2086
  as_root apt-get install -y -qq --no-install-recommends $missing >&2 ||
    die "These Debian packages are missing and could not be installed:$missing" \
        "Install them by hand (apt-get install$missing), then run this again."
}

has_torch() { [ -e "$1/include/torch/csrc/api/include/torch/torch.h" ] && [ -e "$1/lib/libtorch_cpu.so" ]; }

install_torch() {
  if [ -n "$torch_folder" ]; then
    torch_folder=$(cd "$torch_folder" 2>/dev/null && pwd) || die "--torch: there is no such folder"
    has_torch "$torch_folder" || die "--torch: $torch_folder holds no LibTorch (include/ and lib/libtorch_cpu.so)"
    return
  fi
  local folder
  for folder in "$top"/.venv/lib/python3*/site-packages/torch; do
    if has_torch "$folder"; then torch_folder=$folder; return; fi
  done
  [ -x "$top/.venv/bin/pip" ] || python3 -m venv "$top/.venv" || die "python3 could not make $top/.venv (python3-venv)"
  local pip=("$top/.venv/bin/pip" install --disable-pip-version-check)
  if [ -n "$torch_index" ]; then
    say "Installing LibTorch $torch_version from $torch_index"
    "${pip[@]}" --index-url "$torch_index" "torch==$torch_version" >&2
  else
    say "Installing LibTorch $torch_version with pip"
    if [ ! -e /proc/driver/nvidia/version ]; then
      say "(The usual Linux wheel carries CUDA: some 3 GB to download, 7 GB on disk. This machine shows no NVIDIA driver:"
      say " to take the CPU build of about 200 MB, stop this and give --torch-index URL, an index of CPU builds.)"
    fi
    "${pip[@]}" "torch==$torch_version" >&2
  fi || die "LibTorch is missing: pip could not install torch==$torch_version." \
            "Give --torch DIR (an unpacked LibTorch 2.4 or newer) or --torch-index URL."
  for folder in "$top"/.venv/lib/python3*/site-packages/torch; do
    if has_torch "$folder"; then torch_folder=$folder; return; fi
  done
  die "pip installed torch, but it holds no LibTorch headers and libraries"
}

# Python's own safetensors, which one test reads and writes our files with; that test is skipped where it is missing.
install_safetensors() {
  local bin=$top/.venv/bin
  [ -x "$bin/python3" ] && [ -x "$bin/pip" ] || return 0
  "$bin/python3" -c 'import safetensors, numpy' 2>/dev/null ||
    "$bin/pip" install --disable-pip-version-check -q safetensors numpy >&2 ||
    say "Python's safetensors could not be installed: the tests that compare with it are skipped"
}

set_up() {
  install_packages
  install_torch
}

# configure FOLDER [-Doption…]: only when the folder is new or was configured otherwise.
configure() {
  local folder=$1; shift
  local wish="$torch_folder $*"
  if [ ! -e "$folder/build.ninja" ] || [ "$(cat "$folder/.configured" 2>/dev/null)" != "$wish" ]; then
    cmake -S "$top" -B "$folder" -G Ninja -Wno-dev -DSPRITELOOM_TORCH="$torch_folder" "$@" >&2 ||
      die "cmake could not configure the build; what is missing stands above"
    printf '%s' "$wish" >"$folder/.configured"
  fi
}

# One torch file takes 1.3 GB to compile: no more jobs than memory allows.
jobs_for_memory() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/MemAvailable/ {print int($2 / 1500000)}' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  [ "$memory" -lt "$cores" ] && echo "$memory" || echo "$cores"
}
