#include "tests/trust/checks.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <set>

#include "core/base/atomic_file.h"
#include "core/base/limits.h"
#include "core/base/tensor_file.h"
#include "core/image/codec.h"
#include "tests/trust/promises.h"

namespace loom::trust {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestDifference = 1500;  // bytes of it that are shown

void checkDatabase(const fs::path& file) {
  SQLite::Database db(file.string(), SQLite::OPEN_READWRITE);
  const std::string verdict = db.execAndGet("PRAGMA integrity_check").getString();
  if (verdict != "ok") throw Broken(file.string() + ": integrity_check says " + verdict);
  SQLite::Statement foreign(db, "PRAGMA foreign_key_check");
  if (foreign.executeStep())
    throw Broken(file.string() + ": a record of " + foreign.getColumn(0).getString() + " hangs");
}

bool fits(Json& state, const Json& seen) {
  adoptSprites(state, seen);
  return state.at("coming").empty() && visible(state) == seen;
}

void checkFile(const fs::path& file) {
  const std::string name = file.filename().string();
  const std::string ending = file.extension().string();
  if (name.starts_with("project.db") || name.starts_with("import")) return;  // SQLite's
  if (name == "log.txt" || name == "training.lock" || name == "credits.txt") return;
  if (ending == ".png") {
    readImage(file);
  } else if (ending == ".json") {
    if (!jsonFrom(readTextFile(file, limits::kMaxJsonBytes))) throw Broken(file.string() + " is no whole JSON");
  } else if (ending == ".safetensors") {
    if (loadTensorFile(file).tensors.empty()) throw Broken(file.string() + " holds no weights");
  } else {
    throw Broken(file.string() + " is a file that nobody knows");
  }
}

}  // namespace

bool checkCatalogue(const Project& project, Json& state, const std::optional<Json>& underWay) {
  checkDatabase(project.database());
  Project::open(project.folder());  // its own check, and all that an artist does to look
  const Catalogue catalogue = project.catalogue();
  if (const std::string damage = catalogue.findDamage(); !damage.empty()) throw Broken("damaged: " + damage);
  const Json seen = visible(catalogue);
  Json after = state;
  if (underWay) promise(after, *underWay);
  if (underWay && fits(after, seen)) {
    state = after;
    return true;
  }
  if (fits(state, seen)) return false;
  std::string difference = Json::diff(visible(state), seen).dump();
  if (difference.size() > kLongestDifference) difference = difference.substr(0, kLongestDifference) + " …";
  std::string text = "the project is not what was acknowledged; from there to what was found: " + difference;
  if (!state.at("coming").empty()) text += "; missing sprites: " + std::to_string(state.at("coming").size());
  if (underWay) text += "; under way was " + underWay->dump();
  throw Broken(text);
}

void checkWholeFiles(const fs::path& project) {
  for (fs::recursive_directory_iterator entry(project), end; entry != end; ++entry) {
    if (entry->path().filename().string().starts_with('.')) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file()) {
      checkFile(entry->path());
    }
  }
}

Leftovers leftovers(const fs::path& folder) {
  Leftovers left;
  if (!fs::exists(folder)) return left;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().string().find("/.") == std::string::npos) continue;
    ++left.files;
    left.bytes += static_cast<std::int64_t>(entry.file_size());
  }
  return left;
}

}  // namespace loom::trust
