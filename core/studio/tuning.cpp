#include "core/studio/tuning.h"

#include "core/base/error.h"

namespace loom {
namespace {
[[noreturn]] void notYet() {
  throw Error("tuning is on its way");
}
}  // namespace
int beginSearch(const Project&, const TuningRequest&) {
  notYet();
}
std::optional<int> unfinishedSearch(const Project&, const TuningRequest&) {
  notYet();
}
Search runSearch(const Project&, int, TuningListener&, const std::stop_token&) {
  notYet();
}
std::vector<Search> searches(const Project&) {
  notYet();
}
Search findSearch(const Project&, int) {
  notYet();
}
bool isSearchRunning(const Project&) {
  notYet();
}
void removeSearch(const Project&, int) {
  notYet();
}
std::vector<int> losingRuns(const Project&, const Search&) {
  notYet();
}
}  // namespace loom
