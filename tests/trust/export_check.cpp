// Exports beside those of a program that nobody killed.
#include <map>

#include "core/base/atomic_file.h"
#include "tests/trust/checks.h"
#include "tests/trust/made.h"

namespace loom::trust {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMaxBytes = 64LL << 20;

using Contents = std::map<fs::path, std::string>;

/// Every file under a folder that is not hidden.
Contents contents(const fs::path& folder) {
  Contents files;
  if (!fs::exists(folder)) return files;
  for (fs::recursive_directory_iterator entry(folder), end; entry != end; ++entry) {
    if (entry->path().filename().string().starts_with('.')) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file()) {
      files[entry->path().lexically_relative(folder)] = readTextFile(entry->path(), kMaxBytes);
    }
  }
  return files;
}

std::string valueOr(const Contents& files, const fs::path& path) {
  const auto found = files.find(path);
  return found == files.end() ? std::string() : found->second;
}

/// Who finds the new picture of a sheet finds its new data beside it.
void checkDataFirst(const Contents& found, const Contents& before, const Contents& after) {
  for (const auto& [path, bytes] : found) {
    const bool isNew = path.extension() == ".png" && bytes == valueOr(after, path) && bytes != valueOr(before, path);
    if (!isNew) continue;
    for (const auto& [other, expected] : after) {
      const bool isItsData = other.extension() != ".png" && other.string().starts_with(path.stem().string() + ".");
      if (isItsData && valueOr(found, other) != expected) {
        throw Broken(path.string() + " is the new picture, but " + other.string() + " is not its data");
      }
    }
  }
}

}  // namespace

ExportCheck::ExportCheck(Project training, fs::path expected)
    : m_training(std::move(training)), m_expected(std::move(expected)) {}

fs::path ExportCheck::expected(const std::string& kind, int version) const {
  const fs::path folder = m_expected / (kind + "-" + std::to_string(version % 3));
  if (version > 0 && !fs::exists(folder)) writeExport(kind, version, folder, m_training);
  return version > 0 ? folder : m_expected / "nothing";
}

bool ExportCheck::checkOne(const std::string& kind, const fs::path& out, int oldVersion, int newVersion) const {
  const Contents before = contents(expected(kind, oldVersion));
  const Contents after = contents(expected(kind, newVersion));
  const Contents found = contents(out);
  for (const auto& [path, bytes] : found) {
    if (bytes == valueOr(before, path) || bytes == valueOr(after, path)) continue;
    const bool known = before.contains(path) || after.contains(path);
    throw Broken((out / path).string() +
                 (known ? " is neither the old file nor the new one, whole" : " is a file that no export writes"));
  }
  for (const auto& [path, bytes] : before) {
    if (!found.contains(path)) throw Broken((out / path).string() + " was there and is gone");
  }
  if (kind == "sheet" || kind == "sheets") checkDataFirst(found, before, after);
  return found != before && found != after;
}

bool ExportCheck::check(const fs::path& exports, Json& state, const std::optional<Json>& underWay) const {
  const std::string disturbed = underWay ? underWay->value("kind", "") : "";
  bool mixed = false;
  for (const std::string& kind : exportKinds()) {
    const int version = state.at("exports").value(kind, 0);
    const bool some = checkOne(kind, exports / kind, version, kind == disturbed ? version + 1 : version);
    if (kind != disturbed) continue;
    mixed = some;
    writeExport(kind, version + 1, exports / kind, m_training);
    checkOne(kind, exports / kind, version + 1, version + 1);
    state["exports"][kind] = version + 1;
  }
  return mixed;
}

}  // namespace loom::trust
