// A project folder, NAME.loom: project.db and runs/. Everything in it is relative, so that it opens wherever it lies.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/job_monitor.h"
#include "core/project/catalogue.h"

namespace loom {

class Project {
 public:
  /// Makes an empty project. Throws Error when something other than an empty folder is there already.
  static Project create(const std::filesystem::path& folder);
  /// Throws Error when `folder` is no project (the hint says what is there instead).
  static Project open(const std::filesystem::path& folder);
  /// Whether `folder` looks like a project, without opening it.
  static bool isProject(const std::filesystem::path& folder);

  const std::filesystem::path& folder() const { return m_folder; }  ///< absolute
  std::string name() const;                                         ///< the folder's name without ".loom"
  std::filesystem::path database() const { return m_folder / "project.db"; }
  std::filesystem::path runFolder(const RunInfo& run) const { return m_folder / run.folder; }

  /// A connection for the calling thread.
  Catalogue catalogue() const { return Catalogue(database()); }

  /// Copies the project to a new folder: consistent also while something writes to this one. Throws Error, Cancelled;
  /// nothing is left at `folder` then.
  Project saveAs(const std::filesystem::path& folder, JobMonitor& monitor) const;

 private:
  explicit Project(std::filesystem::path folder) : m_folder(std::move(folder)) {}
  std::filesystem::path m_folder;
};

}  // namespace loom
