#include "ui/pages/model_chooser.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <algorithm>
#include <cstdlib>
#include <utility>

#include "core/base/error.h"
#include "ui/models/run_title.h"
#include "ui/widgets/starter_card_dialog.h"

namespace loom {
namespace {

/// Runs are numbers among the box's data, starter weights their preset.
ModelChoice choiceOf(const QVariant& data) {
  if (data.typeId() == QMetaType::QString) return {0, {}, data.toString().toStdString()};
  return {data.toInt(), {}};
}

QVariant dataOf(const ModelChoice& choice) {
  return choice.starter.empty() ? QVariant(choice.run) : QVariant(QString::fromStdString(choice.starter));
}

QString stepText(std::int64_t step) {
  return QLocale().toString(static_cast<qlonglong>(step));
}

}  // namespace

ModelChooser::ModelChooser(Session& session, Offers kind, Taker taker, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_offers(kind),
      m_taker(std::move(taker)),
      m_runBox(new QComboBox),
      m_stepBox(new QComboBox),
      m_state(new QLabel),
      m_about(new QPushButton(tr("About these weights…"))) {
  m_runBox->setObjectName("runBox");
  m_runBox->setAccessibleName(tr("Run"));
  m_runBox->setToolTip(tr("The training run whose model draws, or the weights that the program comes with"));
  m_stepBox->setObjectName("checkpointBox");
  m_stepBox->setAccessibleName(tr("Checkpoint"));
  m_stepBox->setToolTip(
      tr("How far that run had come; 'newest' follows a training live, 'best' is where its own "
         "measure was lowest"));
  for (QComboBox* box : {m_runBox, m_stepBox}) box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  m_state->setObjectName("muted");
  m_about->setObjectName("aboutWeights");
  m_about->setToolTip(tr("What they were trained on, by whom it was drawn, and under which licence"));
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(new QLabel(tr("Model")));
  layout->addWidget(m_runBox);
  layout->addWidget(m_stepBox);
  layout->addWidget(m_about);
  layout->addWidget(m_state);
  layout->addStretch();

  connect(m_runBox, &QComboBox::activated, this, [this](int row) { choose(choiceOf(m_runBox->itemData(row))); });
  connect(m_about, &QPushButton::clicked, this, [this] {
    if (const StarterWeights* starter = starterOfPreset(m_choice.starter)) showStarterCard(*starter, this);
  });
  connect(m_stepBox, &QComboBox::activated, this, [this](int row) {
    const QVariant step = m_stepBox->itemData(row);
    choose({m_choice.run, step.isValid() ? std::optional<std::int64_t>(step.toLongLong()) : std::nullopt,
            m_choice.starter});
  });
  connect(&session, &Session::projectChanged, this, &ModelChooser::restart);
  connect(&session, &Session::runsChanged, this, &ModelChooser::refresh);
  TrainingBridge& training = session.training();
  connect(&training, &TrainingBridge::checkpointWritten, this, &ModelChooser::refresh);
  connect(&training, &TrainingBridge::started, this, [this](int run) {
    m_liveRun = run;
    refresh();
  });
  connect(&training, &TrainingBridge::modelArrived, this, [this](int run, const std::shared_ptr<const Model>& model) {
    if (run != m_liveRun) return;  // of a project that has been closed
    if (!offers(model->preset)) return;
    if (mayTakeUp(run)) take({run, {}});
    if (m_choice == ModelChoice{run, {}}) m_taker(model);
  });
  connect(&training, &TrainingBridge::finished, this, [this](int run) {
    if (run != m_liveRun) return;
    refresh();
    if (find(run) == nullptr) return;  // one of the other kind
    if (m_choice == ModelChoice{run, {}} || mayTakeUp(run))
      take({run, {}});  // the last checkpoint is newer than the last preview
  });
  restart();
  if (training.active()) {
    m_liveRun = training.run();
    refresh();
  }
}

void ModelChooser::restart() {
  m_choice = {};
  m_loading = m_byHand = false;
  m_liveRun = 0;  // what still trains belongs to the project that was open
  m_taker(nullptr);
  m_starters.clear();
  if (m_session.hasProject()) m_starters = starterWeights();
  std::erase_if(m_starters, [this](const StarterWeights& starter) { return !offers(starter.preset); });
  refresh();
}

void ModelChooser::refresh() {
  m_runs.clear();
  if (m_session.hasProject()) {
    try {
      for (const RunInfo& info : m_session.catalogue().runs()) {
        if (!offers(info.preset)) continue;
        const std::filesystem::path folder = m_session.project().runFolder(info);
        Entry entry{info, checkpoints(folder), bestCheckpoint(folder)};
        if (!entry.checkpoints.empty() || live(info.number)) m_runs.push_back(std::move(entry));
      }
    } catch (const Error& error) {
      m_session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
    }
  }
  std::ranges::reverse(m_runs);
  if (!offers(m_choice)) m_choice = {};
  const auto withWeights = std::ranges::find_if(m_runs, [](const Entry& entry) { return !entry.checkpoints.empty(); });
  if (m_choice.none() && withWeights != m_runs.end()) return take({withWeights->info.number, {}});
  if (m_choice.none() && !m_starters.empty()) return take({0, {}, m_starters.front().preset});
  fillRuns();
  fillSteps();
  Q_EMIT changed();
}

void ModelChooser::fillRuns() {
  const QSignalBlocker quiet(m_runBox);
  m_runBox->clear();
  for (const Entry& entry : m_runs) {
    const bool training = live(entry.info.number);
    m_runBox->addItem(tr("%1 · %2%3")
                          .arg(runTitle(entry.info), QString::fromStdString(entry.info.preset),
                               training ? tr(" · in training") : QString()),
                      entry.info.number);
  }
  for (const StarterWeights& starter : m_starters) {
    m_runBox->addItem(tr("Starter: %1").arg(QString::fromStdString(starter.card.title)),
                      QString::fromStdString(starter.preset));
  }
  m_runBox->setCurrentIndex(m_choice.none() ? -1 : m_runBox->findData(dataOf(m_choice)));
  m_runBox->setEnabled(m_runBox->count() > 0);
  m_about->setVisible(!m_choice.starter.empty());
}

void ModelChooser::fillSteps() {
  const QSignalBlocker quiet(m_stepBox);
  m_stepBox->clear();
  if (const StarterWeights* starter = starterOfPreset(m_choice.starter)) {
    m_stepBox->addItem(tr("step %1").arg(stepText(starter->model.step)));
  } else if (const Entry* entry = find(m_choice.run)) {
    m_stepBox->addItem(live(m_choice.run) ? tr("newest, live") : tr("newest"));
    if (entry->best) {
      m_stepBox->addItem(tr("best · step %1").arg(stepText(entry->best->step)),
                         static_cast<qlonglong>(entry->best->step));
    }
    for (auto checkpoint = entry->checkpoints.rbegin(); checkpoint != entry->checkpoints.rend(); ++checkpoint) {
      m_stepBox->addItem(tr("step %1").arg(stepText(checkpoint->step)), static_cast<qlonglong>(checkpoint->step));
    }
  }
  m_stepBox->setCurrentIndex(m_choice.step            ? m_stepBox->findData(static_cast<qlonglong>(*m_choice.step))
                             : m_stepBox->count() > 0 ? 0
                                                      : -1);
  m_stepBox->setEnabled(m_stepBox->count() > 0);
}

bool ModelChooser::offers(const std::string& preset) const {
  return drawsNewSprites(preset) == (m_offers == Offers::kNewSprites);
}

bool ModelChooser::live(int run) const {
  return run != 0 && run == m_liveRun && m_session.training().active();
}

const ModelChooser::Entry* ModelChooser::find(int run) const {
  const auto found = std::ranges::find_if(m_runs, [run](const Entry& entry) { return entry.info.number == run; });
  return found != m_runs.end() ? &*found : nullptr;
}

const CheckpointInfo* ModelChooser::Entry::at(std::int64_t step) const {
  const auto found = std::ranges::find(checkpoints, step, &CheckpointInfo::step);
  if (found != checkpoints.end()) return &*found;
  return best && best->step == step ? &*best : nullptr;
}

const StarterWeights* ModelChooser::starterOfPreset(const std::string& preset) const {
  const auto found = std::ranges::find(m_starters, preset, &StarterWeights::preset);
  return found != m_starters.end() ? &*found : nullptr;
}

bool ModelChooser::offers(const ModelChoice& choice) const {
  return choice.starter.empty() ? find(choice.run) != nullptr : starterOfPreset(choice.starter) != nullptr;
}

std::optional<ModelChoice> ModelChooser::choiceThatDrew(const CharacterLook& look) const {
  if (const StarterWeights* starter = starterOfPreset(look.starter)) {
    if (starter->model.step != look.step) return {};  // of another version of the program
    return ModelChoice{0, {}, look.starter};
  }
  const Entry* entry = find(look.run);
  if (entry == nullptr || entry->at(look.step) == nullptr) return {};
  return ModelChoice{look.run, look.step};
}

std::optional<std::int64_t> ModelChooser::nearestCheckpoint(int run, std::int64_t step) const {
  const Entry* entry = find(run);
  if (entry == nullptr || entry->checkpoints.empty()) return {};
  return std::ranges::min_element(entry->checkpoints, {},
                                  [step](const CheckpointInfo& one) { return std::abs(one.step - step); })
      ->step;
}

void ModelChooser::choose(const ModelChoice& choice) {
  m_byHand = true;
  take(choice);
}

void ModelChooser::resume(const ModelChoice& choice) {
  const Entry* entry = find(choice.run);
  const bool gone = choice.step && entry != nullptr && entry->at(*choice.step) == nullptr;
  if (choice != m_choice && offers(choice) && !gone) take(choice);
}

bool ModelChooser::mayTakeUp(int run) const {
  return m_choice.none() || (m_choice.run != run && !m_byHand && !isVisible());
}

void ModelChooser::take(const ModelChoice& choice) {
  m_choice = choice;
  m_loading = false;
  m_state->clear();
  fillRuns();
  fillSteps();
  const auto newest = m_session.training().newestModel();
  if (const StarterWeights* starter = starterOfPreset(choice.starter)) {
    load(tr("Loading the starter weights"), [starter = *starter] { return loadStarter(starter); });
  } else if (!choice.step && live(choice.run) && newest != nullptr) {
    m_taker(newest);
  } else if (const Entry* entry = find(choice.run)) {
    loadCheckpoint(*entry, choice);
  }
  Q_EMIT changed();
}

void ModelChooser::loadCheckpoint(const Entry& entry, const ModelChoice& choice) {
  const CheckpointInfo* wanted = choice.step                 ? entry.at(*choice.step)
                                 : entry.checkpoints.empty() ? nullptr
                                                             : &entry.checkpoints.back();
  if (wanted != nullptr) {
    load(tr("Loading run %1").arg(choice.run), [file = wanted->file] { return loadModel(file); });
  } else if (choice.step) {
    m_session.say(tr("Run %1 keeps no weights of step %2 any more").arg(choice.run).arg(stepText(*choice.step)),
                  tr("Choose another checkpoint above the canvas."));
  }
}

void ModelChooser::load(const QString& title, std::function<std::shared_ptr<const Model>()> read) {
  m_loading = true;
  m_state->setText(tr("loading…"));
  const ModelChoice wanted = m_choice;
  const auto stillWanted = [this, wanted] { return m_loading && m_choice == wanted; };
  m_session.jobs().run(
      title, this, [read = std::move(read)](JobMonitor&) { return read(); },
      [this, stillWanted](const std::shared_ptr<const Model>& model) {
        if (!stillWanted()) return;
        m_loading = false;
        m_state->clear();
        m_taker(model);
        Q_EMIT changed();
      },
      [this, stillWanted](const std::exception_ptr& error) {
        if (!stillWanted()) return;
        m_loading = false;
        const ErrorText text = errorText(error);
        m_state->setText(tr("could not be loaded"));
        m_session.say(text.what, text.hint);
        Q_EMIT changed();
      });
}

}  // namespace loom
