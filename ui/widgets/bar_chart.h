// A chart of named counts as horizontal bars, from which one can be chosen.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

namespace loom {

struct Bar {
  QString label;
  double count = 0;
  QString filter;  ///< what shows these sprites; empty: nothing does
};

/// Usable alone. A click chooses a bar; so do the arrow keys and Enter.
class BarChart : public QWidget {
  Q_OBJECT
 public:
  static constexpr std::size_t kMostBars = 16;  ///< the others are left out, and it says so

  BarChart(const QString& title, const QString& name, QWidget* parent = nullptr);
  ~BarChart() override;

  void setBars(std::vector<Bar> bars);
  const std::vector<Bar>& bars() const;  ///< shown
  QRect barArea(int bar) const;          ///< in this widget's coordinates

 Q_SIGNALS:
  void chosen(const QString& filter);

 protected:
  void changeEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void setCurrent(int bar);
  void choose(int bar);
  void paintLikeTheWindow();
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
