#include "ui/widgets/training_setup.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSettings>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "core/studio/run_length.h"
#include "core/studio/studio.h"
#include "ui/models/duration_text.h"
#include "ui/models/run_title.h"
#include "ui/widgets/network_dialog.h"
#include "ui/widgets/preset_cards.h"
#include "ui/widgets/settings_form.h"
#include "ui/widgets/silence.h"
#include "ui/widgets/starter_card_dialog.h"

namespace loom {
namespace {

enum LengthUnit { kEpochs, kSteps, kMinutes, kUnits };
constexpr double kFirstMinutes = 20;
constexpr int kNewWeights = 0, kStarter = -1;  // among the numbers of runs to start from

const QLocale kLocale(QLocale::English, QLocale::UnitedKingdom);

QString count(std::int64_t number) {
  return kLocale.toString(static_cast<qlonglong>(number));
}

/// The settings that decide how long a sprite takes.
QString speedKey(const std::string& preset, const Json& settings) {
  QString key = "speed/" + QString::fromStdString(preset);
  for (const char* name : {"size", "channels", "features"}) {
    if (settings.contains(name)) key += "-" + QString::fromStdString(settings[name].dump());
  }
  return key;
}

QString viewWords(const std::vector<std::string>& views) {
  QStringList words;
  for (const std::string& view : views) words += QString::fromStdString(view);
  return words.join(", ");
}

QLabel* labelFor(const QString& text, QWidget* buddy, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setBuddy(buddy);
  return label;
}

}  // namespace

void rememberSpeed(const RunInfo& run) {
  if (run.spritesPerSecond > 0) QSettings().setValue(speedKey(run.preset, run.settings), run.spritesPerSecond);
}

struct TrainingSetup::Impl {
  PresetCards* cards = nullptr;
  SettingsForm* form = nullptr;
  QDoubleSpinBox* length = nullptr;
  QComboBox* unit = nullptr;
  QComboBox* device = nullptr;
  QComboBox* precision = nullptr;
  QSpinBox* seed = nullptr;
  QComboBox* startFrom = nullptr;
  QLabel* estimate = nullptr;
  QWidget* originBar = nullptr;
  QLabel* originText = nullptr;

  std::optional<RunInfo> origin;  // the run whose settings were taken over
  CatalogueCounts counts;
  std::vector<RunInfo> runs;
  std::vector<StarterWeights> starters;
  bool chosenByHand = false;
  bool startByHand = false;  // the weights to start from
  bool lengthByHand = false;
  std::array<double, kUnits> lengths{};

  void buildOrigin(TrainingSetup& owner, QVBoxLayout& layout);
  void buildOptions(TrainingSetup& owner, QVBoxLayout& layout);
  void connectParts(TrainingSetup& owner);
  void showNetwork(TrainingSetup& owner);
  void adoptPreset();
  void showUnit();
  void updateEstimates();
  void updateOrigin();
  void forgetOrigin();
  void fillStartFrom();
  void offerStarter();
  const StarterWeights* starter() const;
  bool starterFits() const;
  QString starterSentence() const;
  QString changesSince(const RunInfo& run) const;
  double speed(const std::string& preset, const Json& settings) const;
  QString timeFor(const std::string& name, const Json& settings, std::int64_t steps) const;
  std::int64_t sprites() const { return counts.sprites - counts.excluded; }
  /// What one epoch of the preset goes through: sprites, or characters, of which each has about as many views.
  std::int64_t passOf(const Preset& each) const {
    return viewsNeeded(each) > 0 ? (sprites() + views() - 1) / views() : sprites();
  }
  std::int64_t views() const { return std::max<std::int64_t>(1, std::ssize(counts.views)); }
  LengthUnit lengthUnit() const { return static_cast<LengthUnit>(unit->currentIndex()); }
};

TrainingSetup::TrainingSetup(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("trainingSetup");
  m_impl->cards = new PresetCards(this);
  m_impl->cards->setPresets(presets());
  m_impl->form = new SettingsForm(this);
  m_impl->form->setMinimumHeight(150);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_impl->cards);
  m_impl->buildOrigin(*this, *layout);
  layout->addWidget(m_impl->form, 1);
  m_impl->buildOptions(*this, *layout);
  m_impl->connectParts(*this);
  m_impl->adoptPreset();
}

TrainingSetup::~TrainingSetup() {
  silence(*this, *this);
}

void TrainingSetup::Impl::buildOrigin(TrainingSetup& owner, QVBoxLayout& layout) {
  originBar = new QWidget(&owner);
  originBar->setObjectName("train.origin");
  originText = new QLabel(originBar);
  originText->setObjectName("train.originText");
  originText->setWordWrap(true);
  originText->setTextInteractionFlags(Qt::TextBrowserInteraction);
  QObject::connect(originText, &QLabel::linkActivated, &owner, [this, &owner] {
    if (const StarterWeights* weights = starter()) showStarterCard(*weights, &owner);
  });
  auto* clear = new QToolButton(originBar);
  clear->setObjectName("train.originClear");
  clear->setText(QString::fromUtf8("✕"));
  clear->setAutoRaise(true);
  clear->setAccessibleName(tr("Forget the run this came from"));
  clear->setToolTip(tr("Forget the run this came from: new weights, and the settings stay as they are"));
  QObject::connect(clear, &QToolButton::clicked, &owner, [this] { forgetOrigin(); });
  auto* row = new QHBoxLayout(originBar);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(originText, 1);
  row->addWidget(clear, 0, Qt::AlignTop);
  originBar->hide();
  layout.addWidget(originBar);
}

/// "Batch 64 → 128, Latent size 84 → 100"
QString TrainingSetup::Impl::changesSince(const RunInfo& run) const {
  if (cards->current() != run.preset) return tr("but %1").arg(QString::fromStdString(preset(cards->current()).title));
  RunInfo now = run;
  now.settings = form->values();
  QStringList changes;
  for (const std::string& key : differingSettings({&run, &now})) {
    changes += QString("%1 %2 → %3").arg(settingTitle(key), settingText(run, key), settingText(now, key));
  }
  return changes.isEmpty() ? tr("nothing changed yet") : changes.join(", ");
}

void TrainingSetup::Impl::updateOrigin() {
  const int from = startFrom->currentData().toInt();
  QStringList parts;
  if (origin)
    parts += tr("<b>As %1</b>: %2").arg(runTitle(*origin).toHtmlEscaped(), changesSince(*origin).toHtmlEscaped());
  if (from > 0) parts += tr("<b>Starts from the weights</b> of %1").arg(startFrom->currentText().toHtmlEscaped());
  if (from == kStarter) parts += starterSentence();
  originText->setText(parts.join("<br>"));
  originBar->setVisible(!parts.isEmpty());
}

void TrainingSetup::Impl::forgetOrigin() {
  origin.reset();
  startByHand = true;
  startFrom->setCurrentIndex(0);
  updateOrigin();
}

/// Those of the preset that is chosen.
const StarterWeights* TrainingSetup::Impl::starter() const {
  const auto found = std::ranges::find(starters, cards->current(), &StarterWeights::preset);
  return found != starters.end() ? &*found : nullptr;
}

/// Settings that nobody changed are those of the weights then, as a run that starts from them takes them.
bool TrainingSetup::Impl::starterFits() const {
  const StarterWeights* weights = starter();
  if (weights == nullptr || sprites() <= 0) return false;
  const Preset& chosen = preset(cards->current());
  const Json settings = chosen.schema.complete(settingsLike(*weights, chosen, form->changes()));
  return !misfit(*weights, chosen, settings, counts.views);
}

QString TrainingSetup::Impl::starterSentence() const {
  const QString why =
      isSmallSet(counts)
          ? tr("with few characters of your own (%1) a model learns more from what it knows already than "
               "from nothing")
                .arg(count(counts.characters))
          : tr("what they know is kept as far as your sprites allow");
  return tr("<b>Starts from the starter weights</b>: %1. <a href=\"about\">About these weights…</a>").arg(why);
}

void TrainingSetup::Impl::fillStartFrom() {
  const QVariant kept = startFrom->currentData();
  const QSignalBlocker quiet(startFrom);
  startFrom->clear();
  startFrom->addItem(tr("new weights"), kNewWeights);
  if (starterFits()) {
    startFrom->addItem(tr("starter weights: %1").arg(QString::fromStdString(starter()->card.title)), kStarter);
  }
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    if (run->steps > 0) {
      startFrom->addItem(tr("%1, %2").arg(runTitle(*run), QString::fromStdString(run->preset)), run->number);
    }
  }
  startFrom->setCurrentIndex(std::max(0, startFrom->findData(kept)));
}

/// What is offered depends on preset, settings and sprites; until somebody chooses, small sets start from it.
void TrainingSetup::Impl::offerStarter() {
  fillStartFrom();
  if (!startByHand) {
    const QSignalBlocker quiet(startFrom);
    startFrom->setCurrentIndex(isSmallSet(counts) ? std::max(0, startFrom->findData(kStarter)) : 0);
  }
  updateOrigin();
}

void TrainingSetup::Impl::buildOptions(TrainingSetup& owner, QVBoxLayout& layout) {
  const auto named = [](QWidget* widget, const char* name, const QString& title, const QString& tip) {
    widget->setObjectName(name);
    widget->setAccessibleName(title);
    widget->setToolTip(tip);
  };
  length = new QDoubleSpinBox(&owner);
  length->setLocale(kLocale);
  length->setGroupSeparatorShown(true);
  length->setRange(1, 1e9);
  named(length, "train.length", tr("Length of the run"),
        tr("How long to train. It can be stopped and resumed any time."));
  unit = new QComboBox(&owner);
  unit->addItems({tr("epochs"), tr("steps"), tr("minutes")});
  named(unit, "train.lengthUnit", tr("Unit of the length"),
        tr("Epochs: how often each sprite is seen. Steps: batches. Minutes: training time on this machine."));
  startFrom = new QComboBox(&owner);
  startFrom->addItem(tr("new weights"), kNewWeights);
  named(startFrom, "train.startFrom", tr("Weights to start from"),
        tr("New weights, or those of an earlier run where they fit: it then begins with what that run has learned. "
           "Starter weights, which the program comes with, know thousands of characters."));
  device = new QComboBox(&owner);
  device->addItem(tr("Automatic"), "auto");
  device->addItem(tr("Processor"), "cpu");
  device->addItem(tr("Graphics card (CUDA)"), "cuda");
  named(device, "train.device", tr("Device"),
        tr("What computes. Automatic takes a CUDA graphics card where there is one."));
  precision = new QComboBox(&owner);
  precision->addItem(tr("Automatic"), "auto");
  precision->addItem(tr("32 bit"), "fp32");
  precision->addItem(tr("bfloat16"), "bf16");
  named(precision, "train.precision", tr("Precision"),
        tr("bfloat16 is faster where the device has it, 32 bit is exact. Automatic chooses."));
  seed = new QSpinBox(&owner);
  seed->setRange(0, std::numeric_limits<int>::max());
  named(seed, "train.seed", tr("Seed"), tr("The same seed and settings give the same run again, to the bit."));
  auto* dice = new QToolButton(&owner);
  dice->setText(QString::fromUtf8("⚄"));
  named(dice, "train.randomSeed", tr("Another seed"), tr("Another seed"));
  QObject::connect(dice, &QToolButton::clicked, &owner,
                   [this] { seed->setValue(static_cast<int>(QRandomGenerator::global()->bounded(1'000'000))); });
  auto* network = new QPushButton(tr("&Network…"), &owner);
  named(network, "train.network", tr("Network"),
        tr("The layers of the networks that these settings make: shapes, parameters, multiply-adds."));
  QObject::connect(network, &QPushButton::clicked, &owner, [this, &owner] { showNetwork(owner); });
  estimate = new QLabel(&owner);
  estimate->setObjectName("train.estimate");
  estimate->setForegroundRole(QPalette::PlaceholderText);
  estimate->setWordWrap(true);

  auto* lengthRow = new QHBoxLayout;
  lengthRow->addWidget(length, 1);
  lengthRow->addWidget(unit);
  auto* seedRow = new QHBoxLayout;
  seedRow->addWidget(seed, 1);
  seedRow->addWidget(dice);
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(10);
  grid->setColumnStretch(1, 1);
  grid->setColumnStretch(3, 1);
  grid->addWidget(labelFor(tr("&Train for"), length, &owner), 0, 0);
  grid->addLayout(lengthRow, 0, 1);
  grid->addWidget(labelFor(tr("Start from"), startFrom, &owner), 0, 2);
  grid->addWidget(startFrom, 0, 3);
  grid->addWidget(labelFor(tr("Device"), device, &owner), 1, 0);
  grid->addWidget(device, 1, 1);
  grid->addWidget(labelFor(tr("Precision"), precision, &owner), 1, 2);
  grid->addWidget(precision, 1, 3);
  grid->addWidget(labelFor(tr("Seed"), seed, &owner), 2, 0);
  grid->addLayout(seedRow, 2, 1);
  auto* estimateRow = new QHBoxLayout;
  estimateRow->addWidget(estimate, 1);
  estimateRow->addWidget(network);
  grid->addLayout(estimateRow, 2, 2, 1, 2);
  layout.addLayout(grid);
}

void TrainingSetup::Impl::showNetwork(TrainingSetup& owner) {
  const int views = std::max(1, static_cast<int>(counts.views.size()));
  auto* dialog = new NetworkDialog(cards->current(), form->changes(), views, &owner);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->open();
}

void TrainingSetup::Impl::connectParts(TrainingSetup& owner) {
  QObject::connect(cards, &PresetCards::currentChanged, &owner, [this] { adoptPreset(); });
  QObject::connect(cards, &PresetCards::chosenByHand, &owner, [this] { chosenByHand = true; });
  QObject::connect(form, &SettingsForm::changed, &owner, [this] {
    updateEstimates();
    offerStarter();
  });
  QObject::connect(startFrom, &QComboBox::currentIndexChanged, &owner, [this] { updateOrigin(); });
  QObject::connect(startFrom, &QComboBox::activated, &owner, [this] { startByHand = true; });
  QObject::connect(unit, &QComboBox::currentIndexChanged, &owner, [this] { showUnit(); });
  QObject::connect(length, &QDoubleSpinBox::valueChanged, &owner, [this](double value) {
    lengths[lengthUnit()] = value;
    lengthByHand = true;
    updateEstimates();
  });
}

void TrainingSetup::Impl::adoptPreset() {
  const Preset& chosen = preset(cards->current());
  form->setSchema(chosen.schema);
  if (!lengthByHand) {
    const std::int64_t epochs = std::max<std::int64_t>(1, chosen.epochs);
    lengths = {static_cast<double>(epochs), static_cast<double>(chosen.steps), kFirstMinutes};
    const QSignalBlocker quiet(unit);
    unit->setCurrentIndex(chosen.steps > 0 ? kSteps : kEpochs);
    showUnit();
  }
  updateEstimates();
  offerStarter();
}

void TrainingSetup::Impl::showUnit() {
  const LengthUnit now = lengthUnit();
  if (now == kSteps && lengths[kSteps] < 1) {
    const auto epochs = static_cast<std::int64_t>(lengths[kEpochs]);
    lengths[kSteps] = static_cast<double>(
        std::max<std::int64_t>(1, stepsForEpochs(epochs, passOf(preset(cards->current())), form->values())));
  }
  const QSignalBlocker quiet(length);
  length->setDecimals(now == kMinutes ? 1 : 0);
  length->setMinimum(now == kMinutes ? .1 : 1);
  length->setSingleStep(now == kSteps ? 100 : 5);
  length->setValue(lengths[now]);
  updateEstimates();
}

/// Sprites a second of the newest run like this one, here or in another project; 0 when there was none.
double TrainingSetup::Impl::speed(const std::string& preset, const Json& settings) const {
  const QString key = speedKey(preset, settings);
  double found = QSettings().value(key, 0.).toDouble();
  for (const RunInfo& run : runs) {
    if (run.spritesPerSecond > 0 && speedKey(run.preset, run.settings) == key) found = run.spritesPerSecond;
  }
  return found;
}

QString TrainingSetup::Impl::timeFor(const std::string& name, const Json& settings, std::int64_t steps) const {
  const double rate = speed(name, settings);
  if (rate <= 0 || steps <= 0) return {};
  const std::int64_t each = viewsNeeded(preset(name)) > 0 ? views() : 1;  // of a character all views count
  return durationText(static_cast<double>(steps * spritesAStep(settings) * each) / rate);
}

void TrainingSetup::Impl::updateEstimates() {
  for (const Preset& each : presets()) {
    const Json settings = each.schema.defaults();
    const QString time = timeFor(each.name, settings, usualSteps(each, passOf(each), settings));
    const QString length =
        each.steps > 0 ? tr("%1 steps").arg(count(each.steps)) : tr("%1 epochs").arg(count(each.epochs));
    cards->setEstimate(each.name, time.isEmpty() ? length : tr("about %1").arg(time),
                       time.isEmpty() ? tr("%1; the first run here measures the time.").arg(length)
                                      : tr("%1: about %2 here.").arg(length, time));
  }
  if (lengthUnit() == kMinutes || sprites() <= 0) {
    estimate->clear();
    return;
  }
  const Json settings = form->values();
  const auto amount = static_cast<std::int64_t>(lengths[lengthUnit()]);
  const std::int64_t steps =
      lengthUnit() == kSteps ? amount : stepsForEpochs(amount, passOf(preset(cards->current())), settings);
  const QString time = timeFor(cards->current(), settings, steps);
  estimate->setText(time.isEmpty() ? tr("%1 steps").arg(count(steps))
                                   : tr("%1 steps, about %2 here").arg(count(steps), time));
}

void TrainingSetup::setData(const CatalogueCounts& counts) {
  m_impl->counts = counts;
  const std::string suggested = presets().front().name;  // the best there is comes first
  if (m_impl->sprites() <= 0) {
    m_impl->cards->setSuggested({}, {});
  } else if (counts.views.size() >= 2) {
    m_impl->cards->setSuggested(
        suggested, tr("Suggested: your sprites show %1 views (%2), and it draws a character in all of them at once.")
                       .arg(counts.views.size())
                       .arg(viewWords(counts.views)));
  } else {
    m_impl->cards->setSuggested(suggested, tr("Suggested: crisp sprites, each in a palette of its own."));
  }
  if (!m_impl->chosenByHand) m_impl->cards->setCurrent(suggested);
  m_impl->updateEstimates();
  m_impl->offerStarter();
}

void TrainingSetup::setRuns(const std::vector<RunInfo>& runs) {
  m_impl->runs = runs;
  m_impl->fillStartFrom();
  m_impl->updateOrigin();
  m_impl->updateEstimates();
}

void TrainingSetup::startOver() {
  m_impl->chosenByHand = false;
  m_impl->lengthByHand = false;
  m_impl->starters = starterWeights();
  m_impl->forgetOrigin();
  m_impl->startByHand = false;
  m_impl->form->resetAll();
  m_impl->adoptPreset();
}

void TrainingSetup::copyFrom(const RunInfo& run, bool withWeights) {
  preset(run.preset);  // throws for one that is not known
  m_impl->chosenByHand = true;
  m_impl->cards->setCurrent(run.preset);
  const SettingsSchema& schema = preset(run.preset).schema;
  Json known = Json::object();  // a run of an older version may have settings that are gone
  for (const auto& [name, value] : run.settings.items()) {
    if (schema.find(name) != nullptr) known[name] = value;
  }
  m_impl->form->setValues(known);
  if (run.targetSteps > 0) {
    m_impl->lengths[kSteps] = static_cast<double>(run.targetSteps);
    m_impl->lengthByHand = true;
    m_impl->unit->setCurrentIndex(kSteps);
    m_impl->showUnit();
  }
  if (const auto seed = run.environment.find("seed"); seed != run.environment.end() && seed->is_number_integer()) {
    m_impl->seed->setValue(static_cast<int>(std::clamp<std::int64_t>(*seed, 0, m_impl->seed->maximum())));
  }
  m_impl->startByHand = true;
  m_impl->startFrom->setCurrentIndex(withWeights ? std::max(0, m_impl->startFrom->findData(run.number)) : 0);
  m_impl->origin = run;
  m_impl->updateOrigin();
}

void TrainingSetup::useSettings(const std::string& presetName, const Json& settings) {
  m_impl->chosenByHand = true;
  m_impl->cards->setCurrent(presetName);
  m_impl->form->setValues(settings);
}

TrainingRequest TrainingSetup::request() const {
  TrainingRequest request;
  request.preset = m_impl->cards->current();
  request.settings = m_impl->form->changes();
  const double length = m_impl->length->value();
  switch (m_impl->lengthUnit()) {
    case kEpochs:
      request.epochs = static_cast<std::int64_t>(length);
      break;
    case kSteps:
      request.steps = static_cast<std::int64_t>(length);
      break;
    default:
      request.minutes = length;
      break;
  }
  request.seed = static_cast<std::uint64_t>(m_impl->seed->value());
  request.device = m_impl->device->currentData().toString().toStdString();
  request.precision = m_impl->precision->currentData().toString().toStdString();
  const int from = m_impl->startFrom->currentData().toInt();
  if (from > 0) request.fromRun = from;
  if (from == kStarter) request.fromStarter = request.preset;
  return request;
}

}  // namespace loom
