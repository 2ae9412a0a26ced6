// Several runs beside each other on the Train page: one measure of all as curves, and their pictures at the same step.
#pragma once

#include <QObject>
#include <QWidget>
#include <vector>

#include "ui/bridge/session.h"
#include "ui/widgets/history_compare.h"
#include "ui/widgets/run_overlay.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace loom {

/// The page lays out bar, overlay and histories where it shows a single run otherwise.
class RunComparison : public QObject {
  Q_OBJECT
 public:
  RunComparison(Session& session, QWidget* page);

  QWidget* bar() const { return m_bar; }
  RunOverlay* overlay() const { return m_overlay; }
  HistoryCompare* histories() const { return m_histories; }

  /// Shows these; `back` is the run that Escape leads to, 0 for none. Runs shown already keep their curves and
  /// pictures.
  void show(const std::vector<RunInfo>& runs, int back);
  void clear();
  const std::vector<int>& runs() const { return m_runs; }  ///< empty: nothing is compared
  bool shows(int run) const;

  /// What a run in training has done: `rows` may go back to before the curves were read.
  void append(int run, const std::vector<MetricRow>& rows);
  void addPreview(int run, const Preview& preview) { m_histories->addPreview(run, preview); }

 Q_SIGNALS:
  void backRequested();
  void reportRequested(int run);
  /// Curves have been read from the catalogue: rows since then are missing.
  void curvesLoaded();

 private:
  void offerReports(const std::vector<RunInfo>& runs);
  void say(const std::vector<RunInfo>& runs, int back);
  void load(const std::vector<RunInfo>& runs, const std::vector<QString>& details);
  Session& m_session;
  QWidget* m_bar;
  QLabel* m_text;
  QToolButton* m_report;  ///< with a menu of the runs
  QPushButton* m_back;
  RunOverlay* m_overlay;
  HistoryCompare* m_histories;
  std::vector<int> m_runs;
  bool m_loading = false;
};

}  // namespace loom
