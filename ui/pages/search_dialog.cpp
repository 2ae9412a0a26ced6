#include "ui/pages/search_dialog.h"

#include <QHeaderView>
#include <QLocale>
#include <QMessageBox>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "ui/models/duration_text.h"
#include "ui/pages/search_dialog_impl.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

QString count(std::int64_t number) {
  return QLocale(QLocale::English, QLocale::UnitedKingdom).toString(static_cast<qlonglong>(number));
}

/// Training steps that a search has behind it.
std::int64_t stepsDone(const Search& search, const TuningProgress& now) {
  std::int64_t steps = 0;
  for (const SearchTrial& trial : search.trials) {
    steps += trial.number == now.task.trial ? std::max(trial.steps(), now.training.step) : trial.steps();
  }
  return steps;
}

/// What a list of searches came to, read aside.
struct SearchList {
  std::vector<Search> searches;
  std::optional<ErrorText> error;
};

SearchList readSearches(const Project& project) {
  try {
    return {searches(project), {}};
  } catch (...) {
    return {{}, errorText(std::current_exception())};
  }
}

}  // namespace

SearchDialog::SearchDialog(Session& session, QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(this, session)) {
  m_impl->build();
  m_impl->connectParts();
  m_impl->connectSession();
  m_impl->projectChanged();
}

SearchDialog::~SearchDialog() {
  silence(*this, *this);
}

void SearchDialog::setBase(const TrainingRequest& base) {
  m_impl->form->setBase(base);
}

const Search* SearchDialog::Impl::find(int number) const {
  const auto found = std::ranges::find(searches, number, &Search::number);
  return found == searches.end() ? nullptr : &*found;
}

/// Whether the search under way, or just ended, is one of the project that is open.
bool SearchDialog::Impl::live() const {
  return session.hasProject() && liveFolder == session.project().folder();
}

const SearchTrial* SearchDialog::Impl::wanted() const {
  const Search* search = find(shown);
  if (search == nullptr) return nullptr;
  const auto selected = std::ranges::find(search->trials, plot->selected(), &SearchTrial::number);
  return selected != search->trials.end() ? &*selected : search->best();
}

void SearchDialog::Impl::connectParts() {
  connect(which, &QComboBox::activated, dialog, [this](int index) { show(which->itemData(index).toInt()); });
  connect(remove, &QToolButton::clicked, dialog, [this] { removeShown(); });
  connect(form, &SearchForm::changed, dialog, [this] { updateState(); });
  connect(start, &QPushButton::clicked, dialog, [this] { startOrContinue(); });
  connect(stop, &QPushButton::clicked, dialog, [this] {
    tuning().stop();
    updateState();
  });
  connect(plot, &ParallelPlot::pointed, dialog, [this](int trial) {
    trials->setLit(trial);
    const int row = trials->rowOf(trial);
    if (row >= 0) table->scrollTo(order->mapFromSource(trials->index(row, 0)));
  });
  connect(plot, &ParallelPlot::chosen, dialog, [this](int trial) { selectTrial(trial); });
  connect(plot, &ParallelPlot::marksChanged, dialog, [this] {
    const auto passing = plot->marked();
    order->showOnly(passing);
    marks->setText(passing ? tr("%1 of %2 trials lie in the marked ranges. Escape takes the marks away.")
                                 .arg(passing->size())
                                 .arg(trials->rowCount())
                           : tr("Drag along an axis to mark a range; point at a line to find its trial."));
  });
  connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, dialog, [this] {
    const QModelIndexList rows = table->selectionModel()->selectedRows();
    plot->setSelected(rows.isEmpty() ? 0 : trials->trialAt(order->mapToSource(rows.front()).row()));
    updateState();
  });
  connect(use, &QPushButton::clicked, dialog, [this] { useSettings(); });
  connect(open, &QPushButton::clicked, dialog, [this] { openRun(); });
  connect(removeLosers, &QPushButton::clicked, dialog, [this] { askToRemoveLosers(); });
}

void SearchDialog::Impl::connectSession() {
  connect(&session, &Session::projectChanged, dialog, [this] { projectChanged(); });
  const TrainingBridge* training = &session.training();
  connect(training, &TrainingBridge::started, dialog, [this] { updateState(); });
  connect(training, &TrainingBridge::finished, dialog, [this] { updateState(); });
  connect(training, &TrainingBridge::failed, dialog, [this] { updateState(); });
  connect(&session, &Session::spritesChanged, dialog, [this] { reload(); });
  const TuningBridge* bridge = &tuning();
  connect(bridge, &TuningBridge::started, dialog, [this](int number) {
    if (!live()) return;
    shown = number;
    reload();
  });
  connect(bridge, &TuningBridge::searchChanged, dialog, [this](const Search& search) {
    if (live()) adopt(search);
  });
  connect(bridge, &TuningBridge::progressChanged, dialog, [this](const TuningProgress& now) {
    if (live()) showProgress(now);
  });
  connect(bridge, &TuningBridge::finished, dialog, [this](const Search& search) { ended(search); });
  connect(bridge, &TuningBridge::failed, dialog, [this](int, const ErrorText& error) {
    reload();
    updateState();
    say(error.hint.isEmpty() ? error.what : tr("%1: %2").arg(error.what, error.hint), true);
  });
}

void SearchDialog::Impl::projectChanged() {
  searches.clear();
  shown = 0;
  if (!session.hasProject()) {
    dialog->close();
    return;
  }
  listSearches();
  show(0);
  reload();
}

/// Reads the searches, and what there is to train on, beside the window.
void SearchDialog::Impl::reload() {
  if (!session.hasProject()) return;
  aside.ask(
      [project = session.project()] {
        std::pair<SearchList, CatalogueCounts> read{readSearches(project), {}};
        if (!read.first.error) read.second = project.catalogue().counts();
        return read;
      },
      [this, folder = session.project().folder()](std::pair<SearchList, CatalogueCounts> read) {
        if (!session.hasProject() || session.project().folder() != folder) return;
        searches = std::move(read.first.searches);
        form->setData(read.second);
        listSearches();
        show(find(shown) != nullptr ? shown : 0);
        if (read.first.error) say(read.first.error->what, true);
      });
}

/// The newest state of one search.
void SearchDialog::Impl::adopt(const Search& search) {
  const auto found = std::ranges::find(searches, search.number, &Search::number);
  if (found == searches.end()) {
    searches.push_back(search);
  } else {
    *found = search;
  }
  listSearches();
  if (shown == search.number) showResults();
  updateState();
}

void SearchDialog::Impl::listSearches() {
  which->clear();
  which->addItem(tr("New search"), 0);
  for (auto search = searches.rbegin(); search != searches.rend(); ++search) {
    const auto judged = std::ranges::count_if(search->trials, [](const SearchTrial& trial) {
      return trial.status != TrialStatus::kWaiting && trial.status != TrialStatus::kRunning;
    });
    which->addItem(tr("Search %1: %2, %3 of %4 trials")
                       .arg(search->number)
                       .arg(QString::fromStdString(search->plan.preset))
                       .arg(judged)
                       .arg(search->trials.size()),
                   search->number);
  }
  which->setCurrentIndex(std::max(0, which->findData(shown)));
}

void SearchDialog::Impl::show(int number) {
  shown = number;
  which->setCurrentIndex(std::max(0, which->findData(number)));
  if (const Search* search = find(number)) {
    form->showPlan(search->plan);
  } else {
    form->showNew();
  }
  showResults();
  say({});
  updateState();
}

void SearchDialog::Impl::showResults() {
  const Search* search = find(shown);
  results->setVisible(search != nullptr);
  empty->setVisible(search == nullptr);
  if (search == nullptr) return;
  const bool another = trials->search().number != search->number || trials->search().created != search->created;
  trials->setSearch(*search);
  plot->setData(parallelData(*search));
  if (another) {
    plot->clearMarks();
    order->showOnly({});
    marks->setText(tr("Drag along an axis to mark a range; point at a line to find its trial."));
    table->resizeColumnsToContents();
    table->sortByColumn(trials->column(TrialModel::kObjective), Qt::AscendingOrder);
  }
  curve->setSearch(*search);
}

void SearchDialog::Impl::updateState() {
  const Search* search = find(shown);
  const bool active = tuning().active();
  const bool shownActive = active && tuning().search() == shown && shown != 0;
  const bool finished = search != nullptr && search->finished();
  const QString trouble = search == nullptr ? form->trouble() : QString();
  start->setText(search == nullptr ? tr("Start the search") : tr("Continue"));
  start->setVisible(!finished);
  start->setEnabled(session.hasProject() && !active && !session.training().active() && trouble.isEmpty());
  start->setToolTip(session.training().active() ? tr("A run is training. Stop it first.")
                    : active                    ? tr("A search is under way. Stop it first.")
                    : !trouble.isEmpty()        ? trouble
                                                : tr("Trials are trained one after the other"));
  stop->setVisible(active);
  stop->setEnabled(active && !tuning().stopping());
  remove->setEnabled(search != nullptr && !shownActive);
  const SearchTrial* trial = wanted();
  use->setEnabled(trial != nullptr);
  use->setText(trial == nullptr ? tr("Use these settings") : tr("Use settings of trial %1").arg(trial->number));
  use->setToolTip(tr("Fill the form of the Train page with the selected trial's settings, else the best one's"));
  open->setEnabled(trial != nullptr && trial->run > 0);
  const auto begun =
      search == nullptr ? 0 : std::ranges::count_if(search->trials, [](const SearchTrial& one) { return one.run > 0; });
  removeLosers->setEnabled(begun > 1 && !shownActive);
  bar->setVisible(active);
  if (active || state->property("bad").toBool()) return;
  state->setText(stateText());
}

/// Where the shown search stands while nothing is under way.
QString SearchDialog::Impl::stateText() const {
  if (session.training().active()) return tr("A run is training: stop it on the Train page before a search begins.");
  const Search* search = find(shown);
  if (search == nullptr) return form->trouble();
  const SearchTrial* best = search->best();
  const QString bestText =
      best == nullptr
          ? tr("nothing measured yet")
          : tr("best so far %1, trial %2").arg(QString::number(best->objective(), 'g', 4)).arg(best->number);
  return search->finished() ? tr("Finished in %1: %2").arg(durationText(search->seconds()), bestText)
                            : tr("Interrupted: %1. Continue takes it up where it was.").arg(bestText);
}

void SearchDialog::Impl::showProgress(const TuningProgress& now) {
  QString text = tr("Trial %1 of %2, run %3: step %4 of %5")
                     .arg(now.task.trial)
                     .arg(now.trials)
                     .arg(now.run)
                     .arg(count(now.training.step), count(now.task.steps));
  if (now.best) {
    text += tr("  ·  best %1 (trial %2)").arg(QString::number(now.best->objective(), 'g', 4)).arg(now.best->number);
  }
  if (tuning().stopping()) {
    text += tr("  ·  stopping");
  } else if (now.secondsLeft >= 0) {
    text += tr("  ·  %1 left").arg(durationText(now.secondsLeft));
  }
  say(text);
  if (const Search* search = find(now.search)) {
    const double all = static_cast<double>(std::max<std::int64_t>(expectedSteps(search->plan), 1));
    bar->setValue(static_cast<int>(std::min(1., static_cast<double>(stepsDone(*search, now)) / all) * 1000));
  }
}

void SearchDialog::Impl::startOrContinue() {
  if (!session.hasProject() || tuning().active()) return;
  say(tr("Preparing the sprites…"));
  bar->setValue(0);
  liveFolder = session.project().folder();
  try {
    if (shown > 0) {
      tuning().proceed(session.project(), shown);
    } else {
      tuning().start(session.project(), form->request());
    }
  } catch (const Error& error) {
    say(QString::fromUtf8(error.what()), true);
  }
  updateState();
}

void SearchDialog::Impl::ended(const Search& search) {
  if (!live()) return updateState();
  say({});
  adopt(search);
}

void SearchDialog::Impl::selectTrial(int trial) {
  const int row = trials->rowOf(trial);
  if (row < 0) return table->clearSelection();
  table->selectRow(order->mapFromSource(trials->index(row, 0)).row());
}

void SearchDialog::Impl::useSettings() {
  const Search* search = find(shown);
  const SearchTrial* trial = wanted();
  if (search == nullptr || trial == nullptr) return;
  RunInfo like;
  like.preset = search->plan.preset;
  like.settings = search->plan.settings;
  like.settings.erase("keep_checkpoints");  // a trial keeps one alone, so that many fit on the disk
  like.settings.update(trial->settings);
  say(tr("The form of the Train page has the settings of trial %1 now.").arg(trial->number));
  Q_EMIT dialog->settingsWanted(like);
}

void SearchDialog::Impl::openRun() {
  const SearchTrial* trial = wanted();
  if (trial == nullptr || trial->run <= 0) return;
  const auto runs = session.catalogue().runs();
  if (std::ranges::find(runs, trial->run, &RunInfo::number) == runs.end()) {
    return say(tr("Run %1 is in the project's bin, or gone.").arg(trial->run), true);
  }
  Q_EMIT dialog->runWanted(trial->run);
}

void SearchDialog::Impl::askToRemoveLosers() {
  const Search* search = find(shown);
  if (search == nullptr) return;
  session.jobs().run(
      tr("Looking for runs that lost"), dialog,
      [project = session.project(), search = *search](JobMonitor&) { return losingRuns(project, search); },
      [this](const std::vector<int>& runs) {
        if (runs.empty()) return say(tr("The runs of all losing trials are gone already."));
        QMessageBox box(QMessageBox::Question, tr("Remove losing trials"),
                        tr("Put %1 runs of trials that lost into the project's bin?").arg(runs.size()),
                        QMessageBox::Cancel, dialog);
        box.setObjectName("search.confirmRemove");
        box.setInformativeText(
            tr("The best trial's run stays, and so do all results shown here. Runs in the bin can be "
               "brought back until they are deleted for good."));
        const auto* yes = box.addButton(tr("Put into the bin"), QMessageBox::AcceptRole);
        box.exec();
        if (box.clickedButton() == yes) removeRuns(runs);
      });
}

void SearchDialog::Impl::removeRuns(const std::vector<int>& runs) {
  session.jobs().run(
      tr("Putting runs into the bin"), dialog,
      [project = session.project(), runs](JobMonitor&) {
        Catalogue catalogue = project.catalogue();
        binRuns(project, catalogue, runs);
        return runs.size();
      },
      [this](std::size_t removed) {
        session.notifyRunsChanged();
        say(tr("%1 runs are in the bin.").arg(removed));
      },
      [this](const std::exception_ptr& error) { say(errorText(error).what, true); });
}

void SearchDialog::Impl::removeShown() {
  if (find(shown) == nullptr) return;
  session.jobs().run(
      tr("Forgetting search %1").arg(shown), dialog,
      [project = session.project(), number = shown](JobMonitor&) {
        removeSearch(project, number);
        return true;
      },
      [this](bool) {
        shown = 0;
        reload();
      },
      [this](const std::exception_ptr& error) { say(errorText(error).what, true); });
}

void SearchDialog::Impl::say(const QString& text, bool bad) {
  state->setProperty("bad", bad);
  state->setText(bad ? "<font color='#e56b5f'>" + text.toHtmlEscaped() + "</font>" : text);
}

}  // namespace loom
