// Steps that can be undone after the program has ended.
#include "core/project/catalogue_impl.h"

namespace loom {
namespace {

constexpr const char* kLastDone = "last_done_step";  ///< of the project's small things

}  // namespace

std::vector<KeptStep> Catalogue::keptSteps() const {
  std::vector<KeptStep> list;
  Query query(m_impl->connection, "SELECT number, text, kind, data FROM undo_steps ORDER BY number");
  while (query.next()) {
    list.push_back({.number = query.integer(0), .text = query.text(1), .kind = query.text(2), .data = query.text(3)});
  }
  return list;
}

std::int64_t Catalogue::lastDoneStep() const {
  const Json number = value(kLastDone, 0);
  return number.is_number_integer() ? number.get<std::int64_t>() : 0;
}

void Catalogue::keepSteps(std::span<const KeptStep> steps, std::span<const std::int64_t> gone, std::int64_t lastDone) {
  Connection& connection = m_impl->connection;
  WriteScope scope(connection);
  for (const std::int64_t number : gone) {
    Query(connection, "DELETE FROM undo_steps WHERE number = ?", number).run();
  }
  for (const KeptStep& step : steps) {
    Query(connection, "INSERT OR REPLACE INTO undo_steps VALUES (?, ?, ?, ?)", step.number, step.text, step.kind,
          step.data)
        .run();
  }
  setValue(kLastDone, lastDone);
  scope.commit();
}

}  // namespace loom
