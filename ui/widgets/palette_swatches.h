// The colours of a sprite as swatches, most frequent first; hovering names them, a click copies or chooses one.
#pragma once

#include <QRgb>
#include <QWidget>
#include <utility>
#include <vector>

namespace loom {

class PaletteSwatches : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kMost = 128;  ///< further colours are left out (a photograph has tens of thousands)

  /// What a click does: copies the colour's name, or chooses the colour. Then a double click asks to change it, and the
  /// arrow keys and Return do the same as the mouse.
  enum class Click { kCopies, kChooses };
  explicit PaletteSwatches(QWidget* parent = nullptr, Click click = Click::kCopies);

  /// Colours (straight alpha) and how many pixels each has.
  void setColours(std::vector<std::pair<QRgb, int>> colours);
  /// Outlines this colour, where it is there.
  void setCurrent(QRgb colour);
  QRect swatch(int index) const;
  int count() const { return static_cast<int>(m_colours.size()); }  ///< swatches shown

  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;

 Q_SIGNALS:
  void copied(const QString& name);  ///< "#rrggbb" is on the clipboard
  void chosen(QRgb colour);
  void changeRequested(QRgb colour);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool event(QEvent* event) override;

 private:
  int indexAt(QPoint point) const;
  int currentIndex() const;  ///< -1: the current colour is not here
  QRgb colourAt(int index) const { return m_colours[static_cast<std::size_t>(index)].first; }

  Click m_click;
  QRgb m_current = 0;
  std::vector<std::pair<QRgb, int>> m_colours;
};

/// "#rrggbb", or "#aarrggbb" for a colour one can see through.
QString colourName(QRgb colour);

}  // namespace loom
