// A virtual grid of sprites: however many there are, only the visible cells exist.
#pragma once

#include <QAbstractScrollArea>
#include <QPoint>
#include <QTimer>
#include <optional>
#include <vector>

#include "ui/models/sprite_model.h"
#include "ui/widgets/grid_layout.h"
#include "ui/widgets/grid_selection.h"
#include "ui/widgets/thumbnail_loader.h"
#include "ui/widgets/thumbnail_painter.h"

namespace loom {

/// Mouse: click, Ctrl+click, Shift+click, drag for a rubber band, Ctrl+wheel zooms, a heading selects its group.
/// Keys: arrows, Home, End, Page Up/Down (with Shift: extend, with Ctrl: move without selecting), Space, Ctrl+A, Esc.
class ThumbnailGrid : public QAbstractScrollArea {
  Q_OBJECT
 public:
  static constexpr int kLargestZoom = 8;

  /// Both must outlive the grid.
  ThumbnailGrid(SpriteModel& model, ThumbnailLoader& loader, QWidget* parent = nullptr);

  int zoom() const { return m_zoom; }
  void setZoom(int zoom);  ///< 1..kLargestZoom
  /// About how many px a sprite takes: what the zoom of a project just opened follows, whatever its sprites' size.
  int comfortableCell() const { return m_comfortableCell; }
  void setComfortableCell(int px) { m_comfortableCell = px; }

  const GridSelection& selection() const { return m_selection; }
  int currentRow() const { return m_current; }  ///< -1: none
  void selectAll();
  void clearSelection();
  void selectOnly(int row);  ///< and scrolls there
  /// These and no others; scrolls to the first.
  void select(const std::vector<int>& rows);
  void ensureVisible(int row);
  /// The cell in viewport coordinates, wherever it has scrolled to.
  QRect cellInViewport(int row) const;

 Q_SIGNALS:
  void selectionChanged();
  void zoomChanged(int zoom);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  bool viewportEvent(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct RubberBand {
    QPoint start;  ///< content coordinates
    QPoint end;
    std::vector<char> before;  ///< what was selected when it began and is kept (Ctrl, Shift)
    bool moved = false;
  };
  /// What stays where it is on the screen while the layout changes.
  struct Anchor {
    SpriteId id = 0;
    int offset = 0;  ///< of the cell's top below the viewport's
  };

  void followModel();
  void relayout();
  void updateZoomFromSprites();
  std::optional<Anchor> anchorAt(int viewportY) const;
  void restore(const std::optional<Anchor>& anchor);
  int scrollTop() const;
  QPoint toContent(QPoint viewportPoint) const { return viewportPoint + QPoint(0, scrollTop()); }
  CellState cellState(int row) const;
  void paintHeading(QPainter& painter, const GridLayout::Block& block) const;
  void requestThumbnails();
  void showArrived(const std::vector<std::uint64_t>& hashes);
  std::vector<int> visibleRows() const;
  void setHovered(int row);
  void updateRow(int row);
  void press(int row, Qt::KeyboardModifiers modifiers);
  void dragBand(QPoint viewportPoint);
  void moveCurrent(int row, Qt::KeyboardModifiers modifiers);
  int rowForKey(int key) const;
  void setCurrent(int row);
  void changedSelection();
  void describeCurrent();

  SpriteModel& m_model;
  ThumbnailLoader& m_loader;
  GridSelection m_selection;
  GridLayout m_layout;
  ThumbnailPainter m_painter;
  QTimer m_requestTimer;
  QTimer m_bandScroll;
  std::optional<Anchor> m_anchor;  // taken before the model resets
  std::optional<RubberBand> m_band;
  SpriteId m_currentId = 0;
  int m_zoom = 1;
  int m_comfortableCell = 128;
  int m_current = -1;
  int m_rangeStart = -1;  // where Shift extends from
  int m_hovered = -1;
};

}  // namespace loom
