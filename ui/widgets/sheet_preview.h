// A sprite sheet to look at: whole zooms, checkerboard, cell outlines, and what each frame is.
#pragma once

#include <QImage>
#include <memory>
#include <optional>
#include <vector>

#include "core/studio/characters.h"
#include "ui/widgets/pixel_view.h"

namespace loom {

/// Usable alone.
class SheetPreview : public PixelView {
  Q_OBJECT
 public:
  explicit SheetPreview(QWidget* parent = nullptr);

  /// Shows `picture` (of sheet->image); zoom and place stay when the size does, and when they were chosen by hand.
  void setSheet(std::shared_ptr<const Sheet> sheet, const QImage& picture);
  void clear();
  const QImage& picture() const { return m_picture; }

  QString zoomText() const;  ///< "3×", "1:2"

  void setOutlines(bool shown);
  bool outlines() const { return m_outlines; }

  /// The frame under a widget position, as an index into the sheet's frames.
  std::optional<std::size_t> frameAt(QPointF position) const;
  /// Where a frame is shown, in widget coordinates.
  QRectF frameArea(std::size_t frame) const;
  /// "knight/front: 64 × 64 px at 128, 0".
  QString frameText(std::size_t frame) const;

  QSize sizeHint() const override { return {560, 480}; }
  QSize minimumSizeHint() const override { return {160, 120}; }

 Q_SIGNALS:
  void hovered(const QString& text);  ///< frameText, or nothing

 protected:
  QSize pictureSize() const override { return m_picture.size(); }
  void pointAt(std::optional<QPointF> position) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void hover(std::optional<std::size_t> frame);
  void paintOutlines(QPainter& painter, const QRectF& exposed) const;

  std::shared_ptr<const Sheet> m_sheet;
  QImage m_picture;
  std::optional<std::size_t> m_hovered;
  bool m_outlines = true;
};

}  // namespace loom
