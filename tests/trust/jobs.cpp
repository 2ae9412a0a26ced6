#include "tests/trust/jobs.h"

#include <atomic>
#include <thread>

#include "core/dataset/importer.h"
#include "core/studio/training_session.h"
#include "tests/trust/made.h"
#include "tests/trust/promises.h"
#include "tests/trust/worker.h"

namespace loom::trust {
namespace {

namespace fs = std::filesystem;

template <class Action>
void acknowledged(Json& state, const Json& operation, Action action) {
  say({{"will", operation}});
  action();
  promise(state, operation);
  say({{"done", true}});
}

/// Asks for checkpoints as the steps go by, and says which were written.
class Watch final : public TrainingListener {
 public:
  explicit Watch(int every) : m_every(every) {}
  void attach(TrainingSession* session) { m_session = session; }
  bool ended() const { return m_ended; }

  void onMetrics(std::span<const MetricRow> rows) override {
    while (m_session == nullptr) std::this_thread::yield();
    if (rows.back().step % m_every == 0) m_session.load()->checkpoint();
  }
  void onCheckpoint(const CheckpointInfo& checkpoint) override { say({{"checkpoint", checkpoint.step}}); }
  void onFinished(const TrainingResult&) override { m_ended = true; }
  void onFailed(std::exception_ptr) override { m_ended = true; }

 private:
  const int m_every;
  std::atomic<TrainingSession*> m_session = nullptr;
  std::atomic<bool> m_ended = false;
};

}  // namespace

void importBatches(Work& work) {
  const fs::path sources = work.project.folder().parent_path() / "sources";
  for (int batch = work.number;; ++batch) {
    const fs::path folder = batchFolder(sources, batch);
    acknowledged(work.state, {{"op", "import"}, {"batch", batch}}, [&] {
      JobMonitor monitor;
      ImportOptions options;
      options.as = ImportAs::kFolders;
      importSprites(work.project, {folder}, options, monitor);
    });
  }
}

void edit(Work& work) {
  Catalogue catalogue = work.project.catalogue();
  for (;;) {
    const Json operation = chooseEdit(work.random, work.state, true);
    acknowledged(work.state, operation, [&] { perform(work.project, catalogue, operation); });
  }
}

void exportFiles(Work& work) {
  const fs::path beside = work.project.folder().parent_path();
  const Project training = Project::open(beside / "reference.loom");
  for (;;) {
    const std::string kind = exportKinds()[work.random.below(static_cast<std::uint32_t>(exportKinds().size()))];
    const int version = work.state.at("exports").value(kind, 0) + 1;
    acknowledged(work.state, {{"op", "export"}, {"kind", kind}, {"version", version}},
                 [&] { writeExport(kind, version, beside / "exports" / kind, training); });
  }
}

void train(Work& work, int checkpointEvery) {
  JobMonitor monitor;
  Watch watch(checkpointEvery);
  say({{"training", work.number}});
  ResumeRequest onward;
  onward.run = work.number;
  const auto session = work.number == 0 ? TrainingSession::start(work.project, madeTraining(work.kind), watch, monitor)
                                        : TrainingSession::resume(work.project, onward, watch, monitor);
  say({{"run", session->run()}});
  watch.attach(session.get());
  Catalogue catalogue = work.project.catalogue();
  while (!watch.ended()) {
    const Json operation = chooseEdit(work.random, work.state, false);
    acknowledged(work.state, operation, [&] { perform(work.project, catalogue, operation); });
    std::this_thread::sleep_for(std::chrono::milliseconds(work.random.below(40)));
  }
  session->wait();
  say({{"finished", session->run()}});
}

}  // namespace loom::trust
