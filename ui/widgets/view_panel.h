// One view of a character that is turned round: its picture, whether it was given or drawn, and what can be done to it.
#pragma once

#include <QFrame>
#include <QImage>
#include <filesystem>
#include <vector>

#include "core/studio/pixel_region.h"

class QLabel;
class QStackedWidget;
class QToolButton;

namespace loom {

class ViewCanvas;

/// What a panel shows.
struct ViewLook {
  enum class Kind { kEmpty, kGiven, kAccepted, kDrawn };
  Kind kind = Kind::kEmpty;
  Sprite sprite = {};                  ///< empty where there is none
  std::vector<float> confidence = {};  ///< of a drawn view, rows top to bottom; empty for the others
  std::vector<PixelPlace> decided = {};
  bool oppositeThere = false;  ///< it can be mirrored from
};

/// Takes pictures that are dropped on it. Usable alone.
class ViewPanel : public QFrame {
  Q_OBJECT
 public:
  enum class Deed { kOpen, kPaste, kDataSet, kDraw, kMirror, kAccept, kClear };

  /// `opposite` is the view that is its mirror picture; empty: there is none.
  ViewPanel(const std::string& view, const std::string& opposite, QWidget* parent = nullptr);

  const std::string& view() const { return m_view; }
  ViewCanvas& canvas() { return *m_canvas; }
  void setLook(const ViewLook& look);
  void setConfidenceShown(bool shown);

 Q_SIGNALS:
  void asked(loom::ViewPanel::Deed deed);
  void filesDropped(const std::vector<std::filesystem::path>& files);
  void pictureDropped(const QImage& picture);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  QWidget* buildEmpty();
  void buildButtons(const std::string& opposite);
  QToolButton* addButton(const QString& text, const char* name, const QString& tip, Deed deed);
  void showOverlay();
  QString stateText() const;
  void setDropping(bool dropping);

  std::string m_view;
  QLabel* m_state;
  QStackedWidget* m_pictures;
  ViewCanvas* m_canvas;
  QToolButton* m_give = nullptr;
  QToolButton* m_mirror = nullptr;  ///< none where the view has no opposite
  QToolButton* m_accept = nullptr;
  QToolButton* m_clear = nullptr;
  ViewLook m_look;
  bool m_confidence = false;
  bool m_dropping = false;
};

/// "93 % sure, 41 px under half".
QString confidenceText(const std::vector<float>& confidence);

}  // namespace loom
