// What the sheet dialog is made of; for its own sources alone.
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QUndoStack>

#include "ui/pages/sheet_dialog.h"
#include "ui/widgets/sheet_cutter.h"
#include "ui/widgets/sheet_grid_form.h"
#include "ui/widgets/sheet_rows.h"

namespace loom {

struct SheetDialog::Impl {
  Impl(Session& of, std::filesystem::path path) : session(of), file(std::move(path)) {}

  Session& session;
  std::filesystem::path file;
  SheetReading reading = {};
  SheetPlan plan = {};
  QUndoStack undo;

  SheetCutter* cutter = nullptr;
  QLabel *state = nullptr, *hover = nullptr, *count = nullptr;
  QCheckBox* native = nullptr;
  QComboBox* frames = nullptr;
  QWidget* side = nullptr;
  SheetGridForm* grid = nullptr;
  SheetRows* rows = nullptr;
  QPushButton *found = nullptr, *undoButton = nullptr, *redoButton = nullptr, *import = nullptr, *whole = nullptr;
};

}  // namespace loom
