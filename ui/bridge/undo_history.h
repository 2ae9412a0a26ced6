// The undo stack of a project, which outlives the program: steps are written to the catalogue and made again from it.
#pragma once

#include <QObject>
#include <QTimer>
#include <QUndoStack>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/studio/studio.h"
#include "ui/bridge/undo_step.h"

namespace loom {

/// What changes is written a moment after it has: the steps that are new, or have grown by a merge, and where in the
/// stack one stands. A step that is no UndoStep ends what can be kept: it and what lies below it last as long as the
/// program.
class UndoHistory : public QObject {
  Q_OBJECT
 public:
  static constexpr int kMostSteps = 500;
  static constexpr std::size_t kMostBytes = 16U << 20;  ///< of all records; the oldest go first

  explicit UndoHistory(QObject* parent = nullptr);
  ~UndoHistory() override;

  QUndoStack& stack() { return m_stack; }

  /// Makes a step, but for its text, from the data that its record() gave. Null, Error or a Json::exception where it
  /// cannot.
  using Maker = std::function<std::unique_ptr<UndoStep>(const Json& data)>;
  void addKind(const std::string& kind, Maker maker);
  /// Asked before writing by itself: false puts it off.
  void setMayWrite(std::function<bool()> mayWrite) { m_mayWrite = std::move(mayWrite); }

  /// Makes the stack that the project was left with. A step that cannot be read or is of no known kind is left out with
  /// all that lie beyond it, seen from where the project stands. Throws nothing.
  void open(Catalogue& catalogue);
  /// Writes what has not been written, if anything. Throws Error.
  void save();
  /// Saves, where that can be done, and empties the stack.
  void close();

 Q_SIGNALS:
  void failed(const QString& what, const QString& hint);  ///< writing, and not at the caller's wish

 private:
  class Several;
  struct Row {
    std::int64_t number;
    std::size_t bytes;
  };
  std::unique_ptr<UndoStep> make(const std::string& kind, const Json& data) const;
  std::vector<std::unique_ptr<UndoStep>> readSteps(std::size_t& done);
  void restore(std::vector<std::unique_ptr<UndoStep>> steps, int done);
  void saveOrSay();
  static const UndoStep* notesOf(const QUndoCommand& command);
  static UndoStep::Record recordOf(const QUndoCommand& command);
  int firstKeepable() const;
  KeptStep keptStep(const QUndoCommand& command) const;
  std::vector<Row> wantedRows(const std::vector<KeptStep>& changed) const;
  bool redoBreaks(const std::vector<Row>& rows) const;

  QUndoStack m_stack;
  std::map<std::string, Maker> m_makers;
  std::function<bool()> m_mayWrite;
  QTimer m_pause;
  Catalogue* m_catalogue = nullptr;  ///< of the project that is open
  std::vector<Row> m_rows;           ///< what stands in the catalogue, by number
  std::int64_t m_lastNumber = 0;
  std::int64_t m_lastDone = 0;  ///< as the catalogue has it
};

}  // namespace loom
