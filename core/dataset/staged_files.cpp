#include "core/dataset/staged_files.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <system_error>

#include "core/base/error.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, const std::string& reason) {
  throw Error("could not write " + path.string() + ": " + reason,
              "check that there is space on the disk and that you may write there", path);
}

void makeFolder(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) fail(folder, failure.message());
}

/// The outermost folder of `folder` that does not exist yet; empty when all do.
fs::path firstMissing(const fs::path& folder) {
  fs::path missing;
  std::error_code ignored;
  for (fs::path path = folder; !path.empty() && !fs::exists(path, ignored); path = path.parent_path()) missing = path;
  return missing;
}

}  // namespace

StagedFiles::StagedFiles(fs::path out) : m_made(firstMissing(out)), m_out(std::move(out)) {
  makeFolder(m_out);
  std::string pattern = (m_out / ".export-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    const int code = errno;
    std::error_code ignored;
    if (!m_made.empty()) fs::remove_all(m_made, ignored);
    fail(m_out, std::strerror(code));
  }
  m_waiting = pattern;
}

StagedFiles::~StagedFiles() {
  std::error_code ignored;
  fs::remove_all(m_waiting, ignored);
  if (m_done || m_made.empty()) return;
  // Only what is empty goes: something else may have been put there meanwhile.
  for (fs::path path = m_out; fs::remove(path, ignored) && path != m_made; path = path.parent_path()) {
  }
}

void StagedFiles::add(const fs::path& target, std::span<const std::byte> bytes) {
  const fs::path path = m_waiting / std::to_string(m_files.size());
  m_files.emplace_back(path, target);
  std::ofstream stream(path, std::ios::binary);
  stream.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream) fail(target, std::strerror(errno));
}

void StagedFiles::commit() {
  // One sync for all: a hundred thousand small files synced one by one would take minutes.
  const int folder = ::open(m_waiting.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    const int result = ::syncfs(folder);
    const int code = errno;
    ::close(folder);
    if (result != 0) fail(m_out, std::strerror(code));
  }
  for (const auto& [path, target] : m_files) {
    makeFolder(target.parent_path().empty() ? "." : target.parent_path());
    std::error_code failure;
    fs::rename(path, target, failure);
    if (failure) fail(target, failure.message());
  }
  m_done = true;
}

}  // namespace loom
