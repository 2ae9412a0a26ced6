#include "core/base/pending_files.h"

#include <string>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/error.h"

namespace loom {

namespace fs = std::filesystem;

PendingFiles::~PendingFiles() {
  std::error_code ignored;
  for (const auto& [waiting, target] : m_files) fs::remove(waiting, ignored);
}

fs::path PendingFiles::add(const fs::path& target) {
  const std::string name = "." + target.stem().string() + ".new" + target.extension().string();
  const fs::path waiting = freeName(target.parent_path() / name);
  m_files.emplace_back(waiting, target);
  return waiting;
}

void PendingFiles::commit() {
  for (const auto& [waiting, target] : m_files) {
    std::error_code error;
    fs::rename(waiting, target, error);
    if (error) throw Error("could not save " + target.string() + ": " + error.message(), "try another name", target);
  }
  m_files.clear();
}

}  // namespace loom
