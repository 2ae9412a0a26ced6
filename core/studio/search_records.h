// How a project remembers its searches: each as one value of the catalogue, replaced whole after every change.
#pragma once

#include <memory>
#include <vector>

#include "core/project/project.h"
#include "core/search/search.h"

namespace loom {

/// Gives a new search its number and date, and records it.
void addSearchRecord(Catalogue& catalogue, Search& search);
void updateSearchRecord(Catalogue& catalogue, const Search& search);
void dropSearchRecord(Catalogue& catalogue, int number);
/// Throws Error when there is none of that number, or when it is damaged.
Search readSearchRecord(const Catalogue& catalogue, int number);
/// Oldest first, without those that are damaged.
std::vector<Search> readSearchRecords(const Catalogue& catalogue);

/// Held by the one program that searches in a project; let go by the system when it dies.
class SearchLock {
 public:
  /// Throws Error when another search of the project is under way.
  explicit SearchLock(const Project& project);
  ~SearchLock();
  SearchLock(const SearchLock&) = delete;
  SearchLock& operator=(const SearchLock&) = delete;

  static bool isHeld(const Project& project);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
