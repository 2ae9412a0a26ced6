// The colours of a sprite as swatches, most frequent first; hovering names them, a click copies one.
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

  explicit PaletteSwatches(QWidget* parent = nullptr);

  /// Colours (straight alpha) and how many pixels each has.
  void setColours(std::vector<std::pair<QRgb, int>> colours);
  int count() const { return static_cast<int>(m_colours.size()); }  ///< swatches shown

  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;

 Q_SIGNALS:
  void copied(const QString& name);  ///< "#rrggbb" is on the clipboard

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  bool event(QEvent* event) override;

 private:
  QRect swatch(int index) const;
  int indexAt(QPoint point) const;
  std::vector<std::pair<QRgb, int>> m_colours;
};

/// "#rrggbb", or "#aarrggbb" for a colour one can see through.
QString colourName(QRgb colour);

}  // namespace loom
