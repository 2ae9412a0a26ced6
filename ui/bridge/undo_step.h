// A step of the session's undo stack, which can be kept with the project and made again after the program has ended.
#pragma once

#include <QUndoCommand>
#include <cstdint>
#include <string>

#include "core/base/json.h"

namespace loom {

class UndoStep : public QUndoCommand {
 public:
  /// Whether pushing the step does what it is about, or that has been done before.
  enum class Deed { kByPush, kDone };

  /// What makes the step again: UndoHistory has a maker of its kind.
  struct Record {
    std::string kind;
    Json data;
  };
  virtual Record record() const = 0;

  void undo() final;
  void redo() final;
  bool mergeWith(const QUndoCommand* newer) final;

 protected:
  explicit UndoStep(const QString& text, Deed deed = Deed::kByPush) : QUndoCommand(text), m_deed(deed) {}
  virtual void revert() = 0;
  virtual void apply() = 0;
  /// Takes a newer step of the same id() into itself; false where the two are not one.
  virtual bool absorb(const UndoStep& /*newer*/) { return false; }

 private:
  friend class UndoHistory;
  Deed m_deed;
  bool m_asleep = false;  ///< while the history is made again, nothing is done or undone

  // The history's own notes.
  mutable std::int64_t m_number = 0;  ///< in the catalogue; 0: not there yet
  mutable bool m_kept = false;        ///< as it is now
};

}  // namespace loom
