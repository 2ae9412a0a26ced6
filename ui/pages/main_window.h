// The one window: a rail of six pages, menus, and a status bar that always shows what runs.
#pragma once

#include <QMainWindow>
#include <memory>

#include "ui/bridge/session.h"

namespace loom {

class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  explicit MainWindow(QWidget* parent = nullptr);
  ~MainWindow() override;

  Session& session();
  void showPage(Page page);
  Page currentPage() const;
  /// Opens a project; what goes wrong is shown in the window.
  void openProject(const QString& folder);

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void buildRail();
  void buildMenus();
  void buildStatusBar();
  void connectSession();
  void newProject();
  void askForProject();
  void saveProjectAs();
  void tryNow();
  void updateForProject();
  void showMessage(const QString& text, const QString& hint);
  void showJob(const QString& title, const Progress& progress);
  void showTraining();
  void offerRecent();
  template <class Action>
  bool guarded(Action action);

  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
