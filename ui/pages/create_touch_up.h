// Drawing by hand over the character that is shaped: a layer over each view that the model makes.
#pragma once

#include <QWidget>
#include <string>
#include <vector>

#include "ui/models/character_editor.h"

class QToolButton;

namespace loom {

class CreateStage;
class DrawingBar;

/// The tools; what they do on the stage's canvas while they are shown.
class CreateTouchUp : public QWidget {
  Q_OBJECT
 public:
  CreateTouchUp(CharacterEditor& editor, CreateStage& stage);

  void setActive(bool active);

 Q_SIGNALS:
  void said(const QString& text, const QString& hint);
  void editorRequested();  ///< the other program

 private:
  void build();
  void connectCanvas();
  /// The palette, the marks and the buttons, of what the stage shows.
  void refresh();
  std::string paintedView() const;  ///< the layer under the pointer: of a mirrored view the other one's
  /// A place in the picture shown as one in that layer, and the other way round: mirrored where the view is.
  PixelPlace acrossTheMirror(PixelPlace place) const;
  std::vector<PixelPlace> places(const std::vector<PixelPlace>& shown) const;  ///< in that layer
  void beginStroke(QPoint pixel, Qt::KeyboardModifiers modifiers);
  void goOn(const std::vector<PixelPlace>& pixels);
  void paint(const std::vector<PixelPlace>& pixels);
  void fill(QPoint pixel);
  void pick(QPoint pixel);
  void recolour(Rgba from, Rgba to);

  CharacterEditor& m_editor;
  CreateStage& m_stage;
  DrawingBar* m_tools;
  QToolButton* m_symmetry = nullptr;
  QToolButton* m_shown = nullptr;
  QToolButton* m_clear = nullptr;
  QToolButton* m_outside = nullptr;
  bool m_active = false;
  bool m_painting = false;
  int m_stroke = 0;
};

}  // namespace loom
