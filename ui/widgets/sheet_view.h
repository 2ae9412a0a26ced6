// A sheet's preview with its zoom buttons and figures, or, where there is no sheet, words on what to do next.
#pragma once

#include <QImage>
#include <QList>
#include <QWidget>
#include <memory>
#include <vector>

#include "core/studio/characters.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace loom {

class SheetPreview;

class SheetView : public QWidget {
  Q_OBJECT
 public:
  explicit SheetView(QWidget* parent = nullptr);

  /// `pictures` are premultiplied, for the screen. Of several sheets the one of the same place stays in sight.
  void showSheets(std::shared_ptr<const std::vector<Sheet>> sheets, const QList<QImage>& pictures);
  /// With a button that says `action`, unless that is empty.
  void showText(const QString& text, const QString& action);
  void setInfo(const QString& text);
  int shown() const;  ///< which of the sheets; -1: none

 Q_SIGNALS:
  void dragWanted();  ///< the sheet shown is pulled out of the window
  void actionRequested();

 private:
  QWidget* buildTools();
  void buildLook();
  void takeLook();
  QWidget* buildWords();
  void showChosen();

  SheetPreview* m_preview = nullptr;
  QWidget* m_tools = nullptr;
  QComboBox* m_which = nullptr;  ///< of several sheets
  QComboBox* m_look = nullptr;   ///< the sheet, or what an engine makes of it
  QComboBox* m_scale = nullptr;  ///< at which the engine draws
  QStackedWidget* m_pages = nullptr;
  QLabel* m_words = nullptr;
  QPushButton* m_action = nullptr;
  QLabel* m_info = nullptr;
  std::shared_ptr<const std::vector<Sheet>> m_sheets;
  QList<QImage> m_pictures;
};

}  // namespace loom
