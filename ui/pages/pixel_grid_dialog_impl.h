// What the pixel grid dialog is made of; for its own sources alone.
#pragma once

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>

#include "ui/bridge/newest_work.h"
#include "ui/pages/pixel_grid_dialog.h"
#include "ui/widgets/grid_overlay_view.h"

namespace loom {

struct PixelGridDialog::Impl {
  Impl(Session& of, std::vector<SpriteId> sprites) : session(of), ids(std::move(sprites)) {}

  Session& session;
  std::vector<SpriteId> ids;
  std::shared_ptr<const Sprite> original = {};
  PixelGrid found = {};
  bool filling = false;

  GridOverlayView *overlay = nullptr, *result = nullptr;
  QLabel *state = nullptr, *size = nullptr;
  QDoubleSpinBox *scaleX = nullptr, *scaleY = nullptr, *offsetX = nullptr, *offsetY = nullptr;
  QCheckBox *square = nullptr, *each = nullptr;
  QWidget* form = nullptr;
  QPushButton *findButton = nullptr, *none = nullptr, *apply = nullptr;
  NewestWork work;  // last: ends before what it shows things on
};

}  // namespace loom
