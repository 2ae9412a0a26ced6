// Runs a search for settings on a thread of its own and turns its callbacks into signals on the GUI thread.
#pragma once

#include <QObject>
#include <functional>
#include <memory>
#include <optional>

#include "core/studio/studio.h"
#include "ui/bridge/job_runner.h"

namespace loom {

class TuningBridge : public QObject {
  Q_OBJECT
 public:
  explicit TuningBridge(QObject* parent = nullptr);
  ~TuningBridge() override;  ///< stops; a checkpoint is written first

  /// Asked before each start: what speaks against it, if anything does.
  void setHindrance(std::function<std::optional<ErrorText>()> hindrance);

  void start(const Project& project, const TuningRequest& request);  ///< a new search
  void proceed(const Project& project, int search);                  ///< goes on with one that was interrupted
  void stop();  ///< returns at once; the trial under way writes a checkpoint first

  bool active() const;  ///< from start() or proceed() until finished() or failed()
  bool stopping() const;
  int search() const;               ///< 0 when none is active or it has no number yet
  TuningProgress progress() const;  ///< the newest, of the active search

 Q_SIGNALS:
  void started(int search);
  void progressChanged(const loom::TuningProgress& progress);
  void searchChanged(const loom::Search& search);         ///< a trial was begun, judged or given up
  void finished(const loom::Search& search);              ///< to its end, or stopped: Search::finished() says which
  void failed(int search, const loom::ErrorText& error);  ///< search 0: it could not be begun

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
