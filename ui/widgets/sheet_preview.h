// A sprite sheet to look at: whole zooms, checkerboard, cell outlines, and what each frame is.
#pragma once

#include <QCache>
#include <QImage>
#include <memory>
#include <optional>
#include <vector>

#include "core/studio/characters.h"
#include "ui/widgets/pixel_view.h"
#include "ui/widgets/texture.h"

namespace loom {

/// How an engine draws the frames of a sheet.
struct EngineLook {
  TextureFilter filter = TextureFilter::kLinear;
  double scale = 1;  ///< engine pixels for one of the sheet's
  friend bool operator==(const EngineLook&, const EngineLook&) = default;
};

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

  /// Instead of the sheet its frames, each as an engine draws it: apart from each other, so that what bleeds in from
  /// its neighbours on the sheet shows at its edges. Nothing: the sheet as it is. Zooms count engine pixels then.
  void setEngineLook(std::optional<EngineLook> look);

  void setOutlines(bool shown);
  bool outlines() const { return m_outlines; }

  /// The frame under a widget position, as an index into the sheet's frames.
  std::optional<std::size_t> frameAt(QPointF position) const;
  /// Where a frame is shown, in widget coordinates; an engine's last row and column may be parts of a pixel.
  QRectF frameArea(std::size_t frame) const;
  /// "knight/front: 64 × 64 px at 128, 0".
  QString frameText(std::size_t frame) const;

  QSize sizeHint() const override { return {560, 480}; }
  QSize minimumSizeHint() const override { return {160, 120}; }

 Q_SIGNALS:
  void hovered(const QString& text);  ///< frameText, or nothing
  void dragWanted();                  ///< the sheet is pulled out of the window (Shift held)

 protected:
  QSize pictureSize() const override;
  void pointAt(std::optional<QPointF> position) override;
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  void showFilter();
  double spread() const;                         ///< from places on the sheet to places of the picture shown
  QRectF shownFrame(std::size_t frame) const;    ///< in the picture shown
  const QImage& engineFrame(std::size_t frame);  ///< as the engine draws it
  void paintSheet(QPainter& painter, const QRectF& exposed) const;
  void paintEngine(QPainter& painter, const QRectF& exposed);
  void hover(std::optional<std::size_t> frame);
  void paintOutlines(QPainter& painter, const QRectF& exposed) const;

  std::shared_ptr<const Sheet> m_sheet;
  QImage m_picture;
  std::optional<EngineLook> m_engine;
  std::optional<Texture> m_texture;     ///< of the picture, once an engine draws it
  QCache<std::size_t, QImage> m_drawn;  ///< frames by index; costs are KiB
  std::optional<QPointF> m_pulledFrom;
  std::optional<std::size_t> m_hovered;
  bool m_outlines = true;
};

}  // namespace loom
