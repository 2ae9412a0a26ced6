// What the dataset page is made of; for its own sources alone.
#pragma once

#include <QAction>
#include <QButtonGroup>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTimer>
#include <QToolButton>
#include <vector>

#include "ui/bridge/aside.h"
#include "ui/bridge/cleaning_preview.h"
#include "ui/bridge/external_editor.h"
#include "ui/models/sprite_model.h"
#include "ui/pages/dataset_page.h"
#include "ui/widgets/cleaning_panel.h"
#include "ui/widgets/drop_overlay.h"
#include "ui/widgets/empty_dataset.h"
#include "ui/widgets/import_report.h"
#include "ui/widgets/labels_panel.h"
#include "ui/widgets/set_charts.h"
#include "ui/widgets/sprite_details.h"
#include "ui/widgets/sprite_filter_bar.h"
#include "ui/widgets/sprite_map_view.h"
#include "ui/widgets/thumbnail_grid.h"
#include "ui/widgets/thumbnail_loader.h"

namespace loom {

struct DatasetPage::Impl {
  explicit Impl(Session& forPage) : session(forPage), editor(forPage.jobs()) {}

  Session& session;
  SpriteModel model;
  ThumbnailLoader loader;
  CleaningPreview preview;
  Aside labelling, palette;
  ExternalEditor editor;
  QTimer selectionTimer;  // a rubber band changes the selection more often than anyone can read
  std::vector<SpriteId> selected;

  QStackedWidget* stack = nullptr;
  EmptyDataset* empty = nullptr;
  SpriteFilterBar* filter = nullptr;
  QSplitter* splitter = nullptr;
  ThumbnailGrid* grid = nullptr;
  QTabWidget* side = nullptr;
  SpriteDetails* details = nullptr;
  CleaningPanel* cleaning = nullptr;
  LabelsPanel* labels = nullptr;
  QStackedWidget* looks = nullptr;
  QButtonGroup* lookButtons = nullptr;
  SpriteMapView* map = nullptr;
  SetCharts* charts = nullptr;
  bool mapCurrent = false, chartsCurrent = false;  ///< made since the sprites last changed
  int loads = 0;                                   ///< how often the sprites were read
  std::uint64_t content = 0;                       ///< of all sprites; another one when any has other pixels
  QWidget* findings = nullptr;
  QLabel* findingsText = nullptr;
  QWidget* excludeFindings = nullptr;
  std::shared_ptr<const SpriteFindings> shownFindings;
  QWidget* duplicates = nullptr;
  QLabel* duplicatesText = nullptr;
  QPushButton* excludeTwins = nullptr;
  ImportReportView* report = nullptr;
  QWidget* footer = nullptr;
  QToolButton* more = nullptr;
  QLabel *counts = nullptr, *selection = nullptr;
  QPushButton *exclude = nullptr, *remove = nullptr;
  DropOverlay* overlay = nullptr;
  QAction *excludeAction = nullptr, *removeAction = nullptr, *selectAllAction = nullptr;
  QToolButton* edit = nullptr;
  QAction *copyAction = nullptr, *pasteAction = nullptr, *editAction = nullptr, *editorAction = nullptr;
  QAction* turnAction = nullptr;

  // The reported import in the undo stack, to know when it has been taken back.
  const QUndoCommand* importCommand = nullptr;
};

}  // namespace loom
