#include "ui/bridge/undo_step.h"

#include <utility>

namespace loom {

void UndoStep::undo() {
  if (!m_asleep) revert();
}

void UndoStep::redo() {
  const bool done = std::exchange(m_deed, Deed::kByPush) == Deed::kDone;
  if (!done && !m_asleep) apply();
}

bool UndoStep::mergeWith(const QUndoCommand* newer) {
  const auto* step = dynamic_cast<const UndoStep*>(newer);
  if (step == nullptr || !absorb(*step)) return false;
  m_kept = false;
  return true;
}

}  // namespace loom
