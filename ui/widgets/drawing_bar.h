// What one draws with: a tool and a colour out of the character's palette.
#pragma once

#include <QColor>
#include <QWidget>
#include <utility>
#include <vector>

#include "core/image/sprite.h"

class QButtonGroup;
class QToolButton;

namespace loom {

class PaletteSwatches;

enum class DrawingTool { kPencil, kEraser, kFill, kPick, kAlternatives, kRestore };

/// Usable alone. B, E, G, I and the last tool's key (A, or O) choose the tools while the window shows it.
class DrawingBar : public QWidget {
  Q_OBJECT
 public:
  enum class Over {
    kGivenViews,   ///< of a turnaround, whose other pixels follow: the last tool asks for alternatives
    kMadePicture,  ///< a layer over it: the last tool takes from the layer again
  };
  explicit DrawingBar(Over over = Over::kGivenViews, QWidget* parent = nullptr);

  DrawingTool tool() const;
  void setTool(DrawingTool tool);
  Rgba colour() const { return m_colour; }
  void setColour(Rgba colour);
  /// Colours and how many pixels each has. Those that were there keep their order, so that no swatch runs away from the
  /// pointer while one draws. Where none was there, it is another character, and its first becomes the drawing colour.
  void setColours(std::vector<std::pair<Rgba, int>> colours);

 Q_SIGNALS:
  void toolChanged();
  void recolourRequested(loom::Rgba from, loom::Rgba to);  ///< everywhere

 private:
  void addTurnaroundTools();
  void addLayerTools();
  void addTool(DrawingTool tool, const QString& text, const QString& name, Qt::Key key, const QString& tip);
  void askForColour();
  void askForChange(Rgba from);
  void showColour();

  QButtonGroup* m_tools;
  QToolButton* m_colourButton;
  PaletteSwatches* m_swatches;
  std::vector<Rgba> m_order;  ///< of the swatches
  Rgba m_colour = {};         ///< alpha 0: none yet
};

}  // namespace loom
