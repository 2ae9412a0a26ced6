#include "ui/bridge/undo_history.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr int kPauseToSave = 250;  ///< milliseconds
constexpr const char* kSeveral = "several";

template <class Rows>
bool contains(const Rows& rows, std::int64_t number) {
  return std::ranges::any_of(rows, [number](const auto& row) { return row.number == number; });
}

}  // namespace

/// What was a macro of the stack.
class UndoHistory::Several : public UndoStep {
 public:
  explicit Several(std::vector<std::unique_ptr<UndoStep>> steps) : UndoStep(QString()), m_steps(std::move(steps)) {}
  Record record() const override {
    Json list = Json::array();
    for (const auto& step : m_steps) {
      Record record = step->record();
      list.push_back({{"kind", std::move(record.kind)}, {"data", std::move(record.data)}});
    }
    return {kSeveral, std::move(list)};
  }

 private:
  void revert() override {
    for (auto step = m_steps.rbegin(); step != m_steps.rend(); ++step) (*step)->undo();
  }
  void apply() override {
    for (const auto& step : m_steps) step->redo();
  }
  std::vector<std::unique_ptr<UndoStep>> m_steps;
};

UndoHistory::UndoHistory(QObject* parent) : QObject(parent) {
  m_stack.setUndoLimit(kMostSteps);
  m_pause.setSingleShot(true);
  m_pause.setInterval(kPauseToSave);
  connect(&m_stack, &QUndoStack::indexChanged, this, [this] {
    if (m_catalogue != nullptr) m_pause.start();
  });
  connect(&m_pause, &QTimer::timeout, this, [this] {
    // An import holds the catalogue's only pen, and the window must not wait for it.
    m_mayWrite && !m_mayWrite() ? m_pause.start() : saveOrSay();
  });
  addKind(kSeveral, [this](const Json& data) -> std::unique_ptr<UndoStep> {
    std::vector<std::unique_ptr<UndoStep>> steps;
    for (const Json& part : data) {
      auto step = make(part.at("kind").get<std::string>(), part.at("data"));
      if (step == nullptr) return nullptr;
      step->m_deed = UndoStep::Deed::kByPush;
      steps.push_back(std::move(step));
    }
    return std::make_unique<Several>(std::move(steps));
  });
}

UndoHistory::~UndoHistory() {
  m_stack.disconnect(this);  // it tells of its end after the rest has gone
}

void UndoHistory::addKind(const std::string& kind, Maker maker) {
  m_makers[kind] = std::move(maker);
}

std::unique_ptr<UndoStep> UndoHistory::make(const std::string& kind, const Json& data) const {
  const auto maker = m_makers.find(kind);
  if (maker == m_makers.end()) return nullptr;
  try {
    return maker->second(data);
  } catch (const Json::exception&) {
  } catch (const Error&) {
  }
  return nullptr;  // of another version, or damaged: the history begins after it
}

/// By number; null where one cannot be made. `done`: how many of them are not undone.
std::vector<std::unique_ptr<UndoStep>> UndoHistory::readSteps(std::size_t& done) {
  std::vector<std::unique_ptr<UndoStep>> steps;
  const std::vector<KeptStep> kept = m_catalogue->keptSteps();
  m_lastDone = m_catalogue->lastDoneStep();
  for (const KeptStep& row : kept) {
    m_rows.push_back({row.number, row.data.size()});
    m_lastNumber = row.number;
    const std::optional<Json> data = jsonFrom(row.data);
    auto step = data ? make(row.kind, *data) : nullptr;
    if (step != nullptr) {
      step->setText(QString::fromStdString(row.text));
      step->m_number = row.number;
      step->m_kept = true;
    }
    steps.push_back(std::move(step));
    if (row.number <= m_lastDone) done = steps.size();
  }
  return steps;
}

void UndoHistory::open(Catalogue& catalogue) {
  m_stack.clear();
  m_rows.clear();
  m_lastNumber = m_lastDone = 0;
  m_catalogue = &catalogue;
  std::vector<std::unique_ptr<UndoStep>> steps;
  std::size_t done = 0;
  try {
    steps = readSteps(done);
  } catch (const Error&) {
    steps.clear();  // a project opens also without its past
  }
  std::size_t first = done, end = done;
  while (first > 0 && steps[first - 1] != nullptr) --first;
  while (end < steps.size() && steps[end] != nullptr) ++end;
  first = std::max(first, end - std::min<std::size_t>(end, kMostSteps));
  if (first <= done) {
    std::vector<std::unique_ptr<UndoStep>> whole;
    for (std::size_t i = first; i < end && i < steps.size(); ++i) whole.push_back(std::move(steps[i]));
    restore(std::move(whole), static_cast<int>(done - first));
  }
  m_pause.stop();  // it is what the project has
}

void UndoHistory::restore(std::vector<std::unique_ptr<UndoStep>> steps, int done) {
  std::vector<UndoStep*> asleep;
  for (auto& step : steps) {
    step->m_asleep = true;
    asleep.push_back(step.get());
    m_stack.push(step.release());
  }
  m_stack.setIndex(done);
  for (UndoStep* step : asleep) step->m_asleep = false;
}

/// Where the notes on a command stand: in itself, or in the first step of a macro. Null: it cannot be kept.
const UndoStep* UndoHistory::notesOf(const QUndoCommand& command) {
  const auto* step = dynamic_cast<const UndoStep*>(&command);
  if (step != nullptr || command.childCount() == 0) return step;
  for (int i = 0; i < command.childCount(); ++i) {
    if (notesOf(*command.child(i)) == nullptr) return nullptr;
  }
  return notesOf(*command.child(0));
}

UndoStep::Record UndoHistory::recordOf(const QUndoCommand& command) {
  if (const auto* step = dynamic_cast<const UndoStep*>(&command)) return step->record();
  Json list = Json::array();
  for (int i = 0; i < command.childCount(); ++i) {
    UndoStep::Record record = recordOf(*command.child(i));
    list.push_back({{"kind", std::move(record.kind)}, {"data", std::move(record.data)}});
  }
  return {kSeveral, std::move(list)};
}

int UndoHistory::firstKeepable() const {
  int first = m_stack.count();
  while (first > 0 && notesOf(*m_stack.command(first - 1)) != nullptr) --first;
  return first;
}

KeptStep UndoHistory::keptStep(const QUndoCommand& command) const {
  const UndoStep::Record record = recordOf(command);
  return {.number = notesOf(command)->m_number,
          .text = command.text().toStdString(),
          .kind = record.kind,
          .data = record.data.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

/// What the catalogue is to have when the new steps are written, without the oldest where there is too much.
std::vector<UndoHistory::Row> UndoHistory::wantedRows(const std::vector<KeptStep>& changed) const {
  std::vector<Row> rows;
  std::size_t bytes = 0;
  for (int i = firstKeepable(); i < m_stack.count(); ++i) {
    const std::int64_t number = notesOf(*m_stack.command(i))->m_number;
    const auto fresh = std::ranges::find(changed, number, &KeptStep::number);
    const auto row = std::ranges::find(m_rows, number, &Row::number);
    if (fresh != changed.end()) {
      rows.push_back({number, fresh->data.size()});
    } else if (row != m_rows.end()) {
      rows.push_back(*row);
    } else {
      continue;  // it was too old to be kept
    }
    bytes += rows.back().bytes;
  }
  auto first = rows.begin();
  while (first != rows.end() && bytes > kMostBytes) bytes -= (first++)->bytes;
  rows.erase(rows.begin(), first);
  return rows;
}

/// Whether redo would come to a step of the stack that is not among `rows`: then what lies beyond it is of no use.
bool UndoHistory::redoBreaks(const std::vector<Row>& rows) const {
  if (m_stack.index() < firstKeepable()) return true;
  for (int i = m_stack.index(); i < m_stack.count(); ++i) {
    if (!contains(rows, notesOf(*m_stack.command(i))->m_number)) return true;
  }
  return false;
}

void UndoHistory::save() {
  m_pause.stop();
  if (m_catalogue == nullptr) return;
  std::vector<KeptStep> changed;
  std::vector<const UndoStep*> all;
  std::int64_t lastDone = 0;
  for (int i = firstKeepable(); i < m_stack.count(); ++i) {
    const UndoStep* notes = notesOf(*m_stack.command(i));
    all.push_back(notes);
    if (notes->m_number == 0) notes->m_number = ++m_lastNumber;
    if (i < m_stack.index()) lastDone = notes->m_number;
    if (!notes->m_kept) changed.push_back(keptStep(*m_stack.command(i)));
  }
  std::vector<Row> rows = wantedRows(changed);
  const bool broken = redoBreaks(rows);
  if (broken) rows.clear();
  std::erase_if(changed, [&rows](const KeptStep& step) { return !contains(rows, step.number); });
  std::vector<std::int64_t> gone;
  for (const Row& row : m_rows) {
    if (!contains(rows, row.number)) gone.push_back(row.number);
  }
  if (!changed.empty() || !gone.empty() || lastDone != m_lastDone) m_catalogue->keepSteps(changed, gone, lastDone);
  m_rows = std::move(rows);
  m_lastDone = lastDone;
  for (const UndoStep* notes : all) notes->m_kept = !broken;  // a way back to where they can be kept writes them again
}

void UndoHistory::saveOrSay() {
  try {
    save();
  } catch (const Error& error) {
    Q_EMIT failed(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
  }
}

void UndoHistory::close() {
  saveOrSay();
  m_pause.stop();
  m_catalogue = nullptr;
  m_stack.clear();
}

}  // namespace loom
