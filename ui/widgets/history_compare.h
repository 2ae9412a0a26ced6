// The preview histories of two to four runs side by side, on one slider of steps.
#pragma once

#include <QColor>
#include <QImage>
#include <QString>
#include <QWidget>
#include <filesystem>
#include <memory>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

/// A panel shows its run's newest picture that is no later than the slider's step, and says which that is. New steps
/// move the slider only where it stands at its end.
class HistoryCompare : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kMostPanels = 4;

  struct Entry {
    int run = 0;
    QString title;   ///< "Run 3 · wide latent"
    QString detail;  ///< how it differs from the others, and its note
    QColor colour;   ///< that of its curve
    std::filesystem::path samples;
  };

  explicit HistoryCompare(QWidget* parent = nullptr);
  ~HistoryCompare() override;

  /// Shows the first kMostPanels of these. The same runs again keep pictures and slider.
  void setRuns(const std::vector<Entry>& entries);
  void addPreview(int run, const Preview& preview);

  std::vector<int> runs() const;                   ///< those that have a panel
  const std::vector<std::int64_t>& steps() const;  ///< of all panels together, ascending
  std::int64_t step() const;                       ///< of the slider; -1: no picture yet
  void showStep(std::int64_t step);                ///< the one nearest to it
  std::int64_t shownStep(int run) const;           ///< of the picture in its panel; -1: none
  QImage shown(int run) const;
  bool playing() const;
  void setPlaying(bool on);

 Q_SIGNALS:
  void stepChanged(qint64 step);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
