// What the dataset page shows while there is nothing to show: how to begin.
#pragma once

#include <QWidget>

class QLabel;

namespace loom {

class EmptyDataset : public QWidget {
  Q_OBJECT
 public:
  explicit EmptyDataset(QWidget* parent = nullptr);

  /// Without a project there is nothing to import into; `working`: a job runs that may bring sprites.
  void setState(bool project, bool working);

 Q_SIGNALS:
  void folderRequested();
  void filesRequested();
  void starterRequested();
  void sheetRequested();
  void pageRequested();  ///< a web page's pictures
  void composeRequested();
  void projectRequested();  ///< to the start page

 private:
  QWidget* buildImports();
  QLabel* m_title = nullptr;
  QLabel* m_text = nullptr;
  QWidget* m_importButtons = nullptr;
  QWidget* m_projectButton = nullptr;
};

}  // namespace loom
