// The line above the grid: what is shown, how it is grouped, how large.
#pragma once

#include <QWidget>
#include <memory>

#include "ui/models/sprite_table.h"

namespace loom {

class SpriteFilterBar : public QWidget {
  Q_OBJECT
 public:
  explicit SpriteFilterBar(QWidget* parent = nullptr);
  ~SpriteFilterBar() override;

  SpriteQuery query() const;
  void setShow(SpriteShow show);
  void setGrouping(SpriteGrouping grouping);
  void setZoom(int zoom);  ///< shows it; sends nothing
  /// All sprites, no text; the grouping stays.
  void reset();
  void focusText();
  void setText(const QString& text);

 Q_SIGNALS:
  void queryChanged(const loom::SpriteQuery& query);
  void zoomRequested(int zoom);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void build();
  void tell();
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
