// The project's sprites: import, look, choose what training sees.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "ui/bridge/session.h"

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

  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
