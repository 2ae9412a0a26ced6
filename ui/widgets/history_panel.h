// One run among those compared: its picture at a step, what it is called, and which step is shown.
#pragma once

#include <QLabel>
#include <QWidget>

#include "ui/widgets/history_compare.h"
#include "ui/widgets/preview_history.h"
#include "ui/widgets/sprite_canvas.h"

namespace loom {

class HistoryPanel : public QWidget {
  Q_OBJECT
 public:
  explicit HistoryPanel(const HistoryCompare::Entry& entry, QWidget* parent = nullptr);

  int run() const { return m_run; }
  PreviewHistory& history() { return *m_history; }
  const PreviewHistory& history() const { return *m_history; }
  void describe(const HistoryCompare::Entry& entry);

  void showAt(std::int64_t step);  ///< its newest picture that is no later
  std::int64_t shownStep() const { return m_shown; }
  bool waiting() const { return m_wanted != m_shown; }  ///< its picture is being read
  QImage image() const { return m_shown < 0 ? QImage() : m_canvas->image(); }

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void elide();
  int m_run;
  PreviewHistory* m_history;
  SpriteCanvas* m_canvas;
  QLabel* m_swatch;
  QLabel* m_title;
  QLabel* m_step;
  QLabel* m_detail;
  QString m_titleText, m_detailText;
  std::int64_t m_wanted = -1;
  std::int64_t m_shown = -1;
};

}  // namespace loom
