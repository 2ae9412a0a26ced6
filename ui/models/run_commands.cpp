#include "ui/models/run_commands.h"

#include "ui/models/catalogue_change.h"

namespace loom {
namespace {

constexpr const char* kBin = "run-bin";
constexpr const char* kRename = "run-rename";

/// Does something to the catalogue and tells everybody. False when it failed; that has then been said.
template <class Action>
bool change(Session& session, const Action& action) {
  if (!session.hasProject()) return false;
  const bool done = changeCatalogue(session, action);
  session.notifyRunsChanged();  // also after a failure: what a table shows already is taken back
  return done;
}

bool setBinned(Session& session, const std::vector<int>& runs, bool binned) {
  return change(session, [&](Catalogue& catalogue) {
    if (binned) {
      binRuns(session.project(), catalogue, runs);
    } else {
      catalogue.setRunsBinned(runs, false);
    }
  });
}

QString numbered(const QString& one, const QString& many, const std::vector<int>& runs) {
  return runs.size() == 1 ? one.arg(runs.front()) : many.arg(runs.size());
}

/// Between being listed and lying in the bin, either way round.
class BinCommand : public UndoStep {
 public:
  BinCommand(Session& session, std::vector<int> runs, bool bins, const QString& text)
      : UndoStep(text, Deed::kDone), m_session(session), m_runs(std::move(runs)), m_bins(bins) {}
  Record record() const override { return {kBin, {{"runs", m_runs}, {"bins", m_bins}}}; }

 private:
  void revert() override { setBinned(m_session, m_runs, !m_bins); }
  void apply() override { setBinned(m_session, m_runs, m_bins); }
  Session& m_session;
  std::vector<int> m_runs;
  bool m_bins;
};

class RenameRunCommand : public UndoStep {
 public:
  RenameRunCommand(Session& session, int run, std::string before, std::string after)
      : UndoStep(QObject::tr("rename run %1").arg(run), Deed::kDone),
        m_session(session),
        m_run(run),
        m_before(std::move(before)),
        m_after(std::move(after)) {}
  Record record() const override { return {kRename, {{"run", m_run}, {"before", m_before}, {"after", m_after}}}; }

 private:
  void revert() override { rename(m_before); }
  void apply() override { rename(m_after); }
  void rename(const std::string& name) {
    change(m_session, [&](Catalogue& catalogue) { catalogue.renameRun(m_run, name); });
  }
  Session& m_session;
  int m_run;
  std::string m_before, m_after;
};

}  // namespace

void addRunKinds(Session& session) {
  session.history().addKind(kBin, [&session](const Json& data) {
    return std::make_unique<BinCommand>(session, data.at("runs").get<std::vector<int>>(), data.at("bins").get<bool>(),
                                        QString());
  });
  session.history().addKind(kRename, [&session](const Json& data) {
    return std::make_unique<RenameRunCommand>(session, data.at("run").get<int>(), data.at("before").get<std::string>(),
                                              data.at("after").get<std::string>());
  });
}

void renameRun(Session& session, int run, const QString& name) {
  std::string before;
  const std::string after = name.toStdString();
  const bool done = change(session, [&](Catalogue& catalogue) {
    before = catalogue.run(run).name;
    catalogue.renameRun(run, after);
  });
  if (done && before != after) session.undoStack().push(new RenameRunCommand(session, run, before, after));
}

void deleteRuns(Session& session, const std::vector<int>& runs) {
  if (runs.empty() || !setBinned(session, runs, true)) return;
  const QString text = numbered(QObject::tr("delete run %1"), QObject::tr("delete %1 runs"), runs);
  session.undoStack().push(new BinCommand(session, runs, true, text));
}

void restoreRuns(Session& session, const std::vector<int>& runs) {
  if (runs.empty() || !setBinned(session, runs, false)) return;
  const QString text = numbered(QObject::tr("restore run %1"), QObject::tr("restore %1 runs"), runs);
  session.undoStack().push(new BinCommand(session, runs, false, text));
}

}  // namespace loom
