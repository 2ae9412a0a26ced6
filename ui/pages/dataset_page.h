// The project's sprites: import, look, choose what training sees.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "ui/bridge/session.h"
#include "ui/models/set_checks.h"
#include "ui/models/sprite_table.h"

namespace loom {

class DatasetPage : public QWidget {
  Q_OBJECT
 public:
  explicit DatasetPage(Session& session, QWidget* parent = nullptr);
  ~DatasetPage() override;

  std::vector<SpriteId> selection() const;  ///< in the order shown

 Q_SIGNALS:
  void selectionChanged(const std::vector<loom::SpriteId>& ids);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragMoveEvent(QDragMoveEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  void build();
  QWidget* buildTools();
  QWidget* buildDuplicatesStrip();
  QWidget* buildFooter();
  void buildActions();
  void connectSession();
  void connectParts();

  void followProject();
  void followSprites();
  void followSelection();
  void updateCounts();
  void updateSelectionButtons();

  void importFolder();
  void importFiles();
  void useStarterCharacters();
  void showReport(const ImportReport& report);
  void followUndo();
  void undoImport();

  std::vector<SpriteId> targets() const;  ///< what a key or button acts on
  void toggleExcluded();
  void binSelected();
  void excludeDuplicates();
  void setExcluded(std::vector<SpriteId> ids, bool excluded);

  // Cleaning and labels: dataset_page_editing.cpp; clipboard and other programs: dataset_page_outside.cpp
  void buildSide();
  void connectSide();
  void connectEditor();
  void followSide();
  void askPreview();
  void applySteps(bool onlySelected);
  void readPalette(int step, const QString& file);
  void writeCredits();
  void copySprite();
  void paste();
  void editOutside();
  void chooseEditor();
  void nameEditor();
  SpriteId currentSprite() const;              ///< 0: none
  std::vector<SpriteId> shownSprites() const;  ///< in the grid, in its order

  // The whole set: map, charts, checks: dataset_page_curation.cpp
  enum Look { kGridLook, kMapLook, kChartsLook };
  QWidget* buildLooks();
  QWidget* buildLookBar();
  QWidget* buildCheckButton();
  QWidget* buildFindings();
  void showLook(int look);
  void followLooks();
  template <class Work, class Done>
  void lookThrough(const QString& title, Work work, Done done);
  void makeMap();
  void makeCharts();
  void runCheck(const SetCheck& check);
  void setFindings(std::shared_ptr<const SpriteFindings> findings);
  void askModel();
  void excludeFindings();

  // Bringing sprites in: dataset_page_import.cpp
  void buildImportMenu();
  void bringFiles(const std::vector<std::filesystem::path>& sources);
  void cutSheet(const std::filesystem::path& file);
  void askForSheet();
  void importPage(const QString& address);
  void importAddresses(const std::vector<std::string>& addresses);
  void takePicture(const QImage& image, const QString& how);
  void composeCharacters();
  void showPixelGrid();
  void turnRound();
  void exportData();

  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
