#include "core/studio/search_records.h"

#include <QLockFile>
#include <QString>
#include <chrono>
#include <ctime>

#include "core/base/error.h"

namespace loom {
namespace {

const std::string kLastNumber = "searches";

std::string keyOf(int number) {
  return "search " + std::to_string(number);
}

std::string utcNow() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

int lastNumber(const Catalogue& catalogue) {
  const Json number = catalogue.value(kLastNumber, 0);
  return number.is_number_integer() ? number.get<int>() : 0;
}

std::filesystem::path lockFile(const Project& project) {
  return project.folder() / "search.lock";
}

std::unique_ptr<QLockFile> makeLock(const Project& project) {
  auto lock = std::make_unique<QLockFile>(QString::fromStdString(lockFile(project).string()));
  lock->setStaleLockTime(0);  // never stale by age, since searches take days; only when their process is gone
  return lock;
}

}  // namespace

void addSearchRecord(Catalogue& catalogue, Search& search) {
  Catalogue::Transaction transaction(catalogue);
  search.number = lastNumber(catalogue) + 1;
  search.created = utcNow();
  catalogue.setValue(kLastNumber, search.number);
  updateSearchRecord(catalogue, search);
  transaction.commit();
}

void updateSearchRecord(Catalogue& catalogue, const Search& search) {
  catalogue.setValue(keyOf(search.number), search.toJson());
}

void dropSearchRecord(Catalogue& catalogue, int number) {
  catalogue.setValue(keyOf(number), {});
}

Search readSearchRecord(const Catalogue& catalogue, int number) {
  const Json record = catalogue.value(keyOf(number));
  if (record.is_null()) throw Error("there is no search " + std::to_string(number) + " in this project");
  return Search::fromJson(record);
}

std::vector<Search> readSearchRecords(const Catalogue& catalogue) {
  std::vector<Search> list;
  const int last = lastNumber(catalogue);
  for (int number = 1; number <= last; ++number) {
    const Json record = catalogue.value(keyOf(number));
    if (record.is_null()) continue;
    try {
      list.push_back(Search::fromJson(record));
    } catch (const Error&) {  // the others are whole
    }
  }
  return list;
}

struct SearchLock::Impl {
  std::unique_ptr<QLockFile> lock;
};

SearchLock::SearchLock(const Project& project) : m_impl(std::make_unique<Impl>()) {
  m_impl->lock = makeLock(project);
  if (m_impl->lock->tryLock(0)) return;
  if (m_impl->lock->error() == QLockFile::LockFailedError) {
    throw Error("a search of this project is under way already",
                "stop it where it runs; if there is none, delete " + lockFile(project).string(), lockFile(project));
  }
  throw Error("could not write " + lockFile(project).string(),
              "check that you may write in the project folder and that the disk is not full", lockFile(project));
}

SearchLock::~SearchLock() = default;

bool SearchLock::isHeld(const Project& project) {
  const auto lock = makeLock(project);
  return !lock->tryLock(0) && lock->error() == QLockFile::LockFailedError;
}

}  // namespace loom
