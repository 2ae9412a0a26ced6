// Names that people gave to things, as names of files.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>

namespace loom {

/// What a name becomes in a file name: no separators, nothing hidden, nothing reserved on other systems, at most 200
/// bytes.
std::string safeFileName(const std::string& name);

/// Gives every file of one job a path of its own: NAME.png, NAME-2.png, … Names that differ in case alone are one, as
/// they are on other systems.
class FilePaths {
 public:
  /// `name` is made safe; `extension` has its dot.
  std::filesystem::path add(const std::filesystem::path& folder, const std::string& name, const std::string& extension);

 private:
  std::set<std::string> m_taken;
  std::map<std::string, int> m_last;  ///< the highest number tried, by path without number
};

}  // namespace loom
