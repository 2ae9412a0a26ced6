#include "ui/models/run_commands.h"

#include <QUndoCommand>

#include "ui/models/catalogue_change.h"

namespace loom {
namespace {

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
class BinCommand : public QUndoCommand {
 public:
  BinCommand(Session& session, std::vector<int> runs, bool bins, const QString& text)
      : QUndoCommand(text), m_session(session), m_runs(std::move(runs)), m_bins(bins) {}
  void undo() override { setBinned(m_session, m_runs, !m_bins); }
  void redo() override {
    if (m_done) setBinned(m_session, m_runs, m_bins);  // the first redo is the push after the deed
    m_done = true;
  }

 private:
  Session& m_session;
  std::vector<int> m_runs;
  bool m_bins;
  bool m_done = false;
};

class RenameRunCommand : public QUndoCommand {
 public:
  RenameRunCommand(Session& session, int run, std::string before, std::string after)
      : QUndoCommand(QObject::tr("rename run %1").arg(run)),
        m_session(session),
        m_run(run),
        m_before(std::move(before)),
        m_after(std::move(after)) {}
  void undo() override { rename(m_before); }
  void redo() override {
    if (m_done) rename(m_after);
    m_done = true;
  }

 private:
  void rename(const std::string& name) {
    change(m_session, [&](Catalogue& catalogue) { catalogue.renameRun(m_run, name); });
  }
  Session& m_session;
  int m_run;
  std::string m_before, m_after;
  bool m_done = false;
};

}  // namespace

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
