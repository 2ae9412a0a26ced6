#include "core/project/project.h"

#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <vector>

#include "core/base/error.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDatabaseName = "project.db";
constexpr const char* kRunsName = "runs";
constexpr const char* kExtension = ".loom";

fs::path tidied(const fs::path& folder) {
  if (folder.empty()) throw Error("no project was named", "give the path of a folder, such as heroes.loom");
  fs::path path = fs::absolute(folder).lexically_normal();
  return path.has_filename() ? path : path.parent_path();  // "heroes.loom/" is "heroes.loom"
}

/// Like fs::create_directories, but says what to do.
void makeFolder(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) {
    throw Error("could not make the folder " + folder.string() + ": " + failure.message(),
                "choose a place where you may write", folder);
  }
}

std::string projectsIn(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
    if (Project::isProject(entry->path())) names.push_back(entry->path().filename().string());
  }
  std::ranges::sort(names);
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

[[noreturn]] void failMissing(const fs::path& folder) {
  fs::path longer = folder;
  longer += kExtension;
  throw Error("there is no project at " + folder.string(),
              Project::isProject(longer) ? "did you mean " + longer.string() + "?"
                                         : "it may have been moved or renamed, or its drive is not connected",
              folder);
}

[[noreturn]] void failFile(const fs::path& file) {
  const bool ownDatabase = file.filename() == kDatabaseName && Project::isProject(file.parent_path());
  throw Error(file.string() + " is a file, and a project is a folder",
              ownDatabase ? "open the folder it lies in: " + file.parent_path().string()
                          : "to use its pictures, make a new project and import it there",
              file);
}

[[noreturn]] void failNoDatabase(const fs::path& folder) {
  const std::string inside = projectsIn(folder);
  throw Error(folder.string() + " is no project: it holds no " + kDatabaseName,
              inside.empty() ? "to use the pictures in it, make a new project and import the folder there"
                             : "there is a project inside: open " + inside,
              folder);
}

void requireWritable(const fs::path& folder, const fs::path& database) {
  if (::access(folder.c_str(), W_OK) == 0 && ::access(database.c_str(), W_OK) == 0) return;
  throw Error("the project " + folder.string() + " may be read but not written",
              "copy it to a folder where you may write, and open the copy", folder);
}

}  // namespace

Project Project::create(const fs::path& folder) {
  const fs::path path = tidied(folder);
  if (isProject(path)) throw Error("there is a project at " + path.string() + " already", "open it instead", path);
  std::error_code ignored;
  const bool existed = fs::exists(path, ignored);
  if (existed && !fs::is_directory(path, ignored)) {
    throw Error("there is a file at " + path.string() + " already", "choose another name", path);
  }
  if (existed && !fs::is_empty(path, ignored)) {
    throw Error("the folder " + path.string() + " is not empty", "choose a new name: a project needs its own folder",
                path);
  }
  makeFolder(path);
  try {
    const Project project(path);
    makeFolder(path / kRunsName);
    project.catalogue();
    return project;
  } catch (...) {
    for (const char* made : {"runs", "project.db", "project.db-wal", "project.db-shm"}) {
      fs::remove_all(path / made, ignored);
    }
    if (!existed) fs::remove(path, ignored);
    throw;
  }
}

Project Project::open(const fs::path& folder) {
  const Project project(tidied(folder));
  const fs::path& path = project.folder();
  std::error_code ignored;
  if (!fs::exists(path, ignored)) failMissing(path);
  if (!fs::is_directory(path, ignored)) failFile(path);
  if (!isProject(path)) failNoDatabase(path);
  requireWritable(path, project.database());
  if (fs::file_size(project.database(), ignored) == 0) {
    throw Error("the project's database " + project.database().string() + " is empty",
                "nothing was changed; go back to a copy of the project, or make a new one", project.database());
  }
  if (const std::string damage = project.catalogue().findDamage(); !damage.empty()) {
    throw Error("the project's database " + project.database().string() + " is damaged (" + damage + ")",
                "nothing was changed; go back to a copy of the project, or copy the folder and try "
                "`sqlite3 project.db .recover` on the copy",
                project.database());
  }
  makeFolder(path / kRunsName);  // an empty folder is lost by many ways of copying
  return project;
}

bool Project::isProject(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / kDatabaseName, ignored);
}

std::string Project::name() const {
  return m_folder.extension() == kExtension ? m_folder.stem().string() : m_folder.filename().string();
}

}  // namespace loom
