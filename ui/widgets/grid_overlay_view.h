// A picture with the lines of its true pixel grid over it.
#pragma once

#include <QImage>
#include <vector>

#include "ui/widgets/pixel_view.h"

namespace loom {

/// Usable alone.
class GridOverlayView : public PixelView {
  Q_OBJECT
 public:
  explicit GridOverlayView(QWidget* parent = nullptr);

  void setPicture(const QImage& picture);
  /// Picture columns and rows at which true pixels begin, and where the last ends; empty: no lines.
  void setLines(std::vector<int> columns, std::vector<int> rows);
  void setShown(bool shown);
  const std::vector<int>& columns() const { return m_columns; }
  const std::vector<int>& rows() const { return m_rows; }

  QSize sizeHint() const override { return {420, 420}; }
  QSize minimumSizeHint() const override { return {160, 160}; }

 protected:
  QSize pictureSize() const override { return m_picture.size(); }
  void pointAt(std::optional<QPointF>) override {}
  void paintEvent(QPaintEvent* event) override;

 private:
  QImage m_picture;
  std::vector<int> m_columns, m_rows;
  bool m_shown = true;
};

}  // namespace loom
