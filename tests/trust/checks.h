// Whether a project and the files beside it are what was promised. Every check throws Broken, or Error from the
// program.
#pragma once

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>

#include "core/base/json.h"
#include "core/project/project.h"

namespace loom::trust {

/// A promise that was not kept.
class Broken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The database is sound, and holds what `state` says, or that after the operation that was under way; which of the
/// two is what `state` says then. Returns whether the operation had happened.
bool checkCatalogue(const Project& project, Json& state, const std::optional<Json>& underWay);

/// Every file under a project that has a final name can be read to its end, and none has a name that nobody knows.
void checkWholeFiles(const std::filesystem::path& project);

/// The exports that were acknowledged are there byte for byte; those of the one under way are each the old or the new,
/// and no sheet has come before its data.
class ExportCheck {
 public:
  /// `expected` is a folder for what an undisturbed export writes, made as it is needed.
  ExportCheck(Project training, std::filesystem::path expected);
  /// Makes the export anew that was under way, as an artist would, and checks it again. Returns whether that one's
  /// files were some of them old and some new.
  bool check(const std::filesystem::path& exports, Json& state, const std::optional<Json>& underWay) const;

 private:
  std::filesystem::path expected(const std::string& kind, int version) const;
  bool checkOne(const std::string& kind, const std::filesystem::path& out, int oldVersion, int newVersion) const;

  Project m_training;
  std::filesystem::path m_expected;
};

/// Hidden files under a folder: what killed programs left aside.
struct Leftovers {
  std::int64_t files = 0;
  std::int64_t bytes = 0;
};
Leftovers leftovers(const std::filesystem::path& folder);

}  // namespace loom::trust
