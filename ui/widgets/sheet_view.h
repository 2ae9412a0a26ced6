// A sheet's preview with its zoom buttons and figures, or, where there is no sheet, words on what to do next.
#pragma once

#include <QWidget>
#include <memory>

#include "core/studio/characters.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace loom {

class SheetPreview;

class SheetView : public QWidget {
  Q_OBJECT
 public:
  explicit SheetView(QWidget* parent = nullptr);

  /// `picture` is premultiplied, for the screen.
  void showSheet(std::shared_ptr<const Sheet> sheet, const QImage& picture);
  /// With a button that says `action`, unless that is empty.
  void showText(const QString& text, const QString& action);
  void setInfo(const QString& text);

 Q_SIGNALS:
  void actionRequested();

 private:
  QWidget* buildTools();
  QWidget* buildWords();

  SheetPreview* m_preview = nullptr;
  QWidget* m_tools = nullptr;
  QStackedWidget* m_pages = nullptr;
  QLabel* m_words = nullptr;
  QPushButton* m_action = nullptr;
  QLabel* m_info = nullptr;
};

}  // namespace loom
