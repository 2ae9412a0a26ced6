// What the compose dialog is made of; for its own sources alone.
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QUndoStack>
#include <array>

#include "ui/bridge/newest_work.h"
#include "ui/pages/compose_dialog.h"
#include "ui/widgets/sprite_canvas.h"
#include "ui/widgets/wardrobe.h"

namespace loom {

struct ComposeDialog::Impl {
  explicit Impl(Session& of) : session(of) {}

  Session& session;
  std::shared_ptr<const LpcLibrary> library = {};
  LpcCharacter character = {};
  std::uint64_t number = 0;  ///< of the random characters shown so far
  QUndoStack undo;

  QLabel *state = nullptr, *words = nullptr;
  QWidget* content = nullptr;
  std::array<SpriteCanvas*, 4> views = {};
  Wardrobe* wardrobe = nullptr;
  QLineEdit *name = nullptr, *sheets = nullptr;
  QSpinBox *count = nullptr, *seed = nullptr;
  NewestWork work;  ///< last: ends before what it shows things on
};

}  // namespace loom
