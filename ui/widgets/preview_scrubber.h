// The preview grids of a run, from the first to the newest, with a slider over them.
#pragma once

#include <QImage>
#include <QWidget>
#include <filesystem>
#include <memory>

#include "core/studio/studio.h"

namespace loom {

/// Shows the newest picture and follows new ones while the slider stands at its end; elsewhere it stays where it is.
/// Pictures are read from a run's samples folder (step-00000050.png, …) on a thread of its own.
class PreviewScrubber : public QWidget {
  Q_OBJECT
 public:
  explicit PreviewScrubber(QWidget* parent = nullptr);
  ~PreviewScrubber() override;

  /// The pictures of a run folder's samples/; the newest is shown as soon as it is read.
  void setHistory(const std::filesystem::path& samples);
  void clear();
  void addPreview(const Preview& preview);

  int count() const;
  std::int64_t shownStep() const;  ///< -1 while nothing is shown
  QImage shown() const;
  bool atEnd() const;
  void showStep(std::int64_t step);  ///< the picture nearest to it
  bool playing() const;
  void setPlaying(bool on);  ///< from the shown picture on; from the first when the last is shown

 Q_SIGNALS:
  void shownChanged(qint64 step);
  void filmRequested();  ///< the pictures as a film

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
