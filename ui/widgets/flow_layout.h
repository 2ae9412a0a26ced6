// Lays items out in rows from left to right, and starts a new row where one is full.
#pragma once

#include <QLayout>
#include <memory>
#include <vector>

namespace loom {

class FlowLayout : public QLayout {
 public:
  /// `spacing` px lie between neighbours and between rows.
  explicit FlowLayout(QWidget* parent = nullptr, int spacing = 4);
  ~FlowLayout() override;

  void addItem(QLayoutItem* item) override;
  int count() const override;
  QLayoutItem* itemAt(int index) const override;
  QLayoutItem* takeAt(int index) override;
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize minimumSize() const override;
  QSize sizeHint() const override;
  Qt::Orientations expandingDirections() const override { return {}; }
  void setGeometry(const QRect& rect) override;

 private:
  int arrange(const QRect& rect, bool apply) const;
  std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

}  // namespace loom
