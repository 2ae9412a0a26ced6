#include "ui/widgets/search_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

#include "core/base/error.h"
#include "core/studio/run_length.h"
#include "ui/models/parallel_data.h"
#include "ui/models/run_title.h"
#include "ui/widgets/silence.h"
#include "ui/widgets/space_editor.h"

namespace loom {
namespace {

constexpr int kFirstTrials = 12;
constexpr int kMostSteps = std::numeric_limits<int>::max();
constexpr int kBrackets = 27;  // the usual ratio of the longest to the shortest trial

const QLocale kLocale(QLocale::English, QLocale::UnitedKingdom);

QString count(std::int64_t number) {
  return kLocale.toString(static_cast<qlonglong>(number));
}

QSpinBox* spinBox(const char* name, const QString& title, int least, int most, const QString& tip, QWidget* parent) {
  auto* box = new QSpinBox(parent);
  box->setObjectName(name);
  box->setAccessibleName(title);
  box->setToolTip(tip);
  box->setLocale(kLocale);
  box->setGroupSeparatorShown(true);
  box->setRange(least, most);
  return box;
}

}  // namespace

struct SearchForm::Impl {
  QComboBox* preset = nullptr;
  QComboBox* method = nullptr;
  QSpinBox* trials = nullptr;
  QSpinBox* steps = nullptr;
  QSpinBox* shortest = nullptr;
  QSpinBox* seed = nullptr;
  QCheckBox* shared = nullptr;
  SpaceEditor* space = nullptr;
  QLabel* summary = nullptr;
  QFormLayout* rows = nullptr;

  CatalogueCounts counts;
  TrainingRequest base;
  std::optional<TuningRequest> draft;  // what the user was putting together, while a plan is shown
  bool stepsByHand = false;
  bool showsPlan = false;

  void build(SearchForm& form);
  void connectParts(SearchForm& form);
  const Preset& chosen() const { return loom::preset(preset->currentData().toString().toStdString()); }
  bool hyperband() const { return method->currentIndex() == 1; }
  std::int64_t sprites() const { return counts.sprites - counts.excluded; }
  void adoptPreset();
  void suggestSteps();
  void showMethod();
  void describe();
  void describeShared();
  void fill(const TuningRequest& request);
  void setReadOnly(bool on);
  Json sharedSettings() const;
};

SearchForm::SearchForm(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  setObjectName("searchForm");
  m_impl->build(*this);
  m_impl->connectParts(*this);
  m_impl->adoptPreset();
  m_impl->showMethod();
}

SearchForm::~SearchForm() {
  silence(*this, *this);
}

void SearchForm::Impl::build(SearchForm& form) {
  const auto combo = [&form](const char* name, const QString& title, const QString& tip) {
    auto* box = new QComboBox(&form);
    box->setObjectName(name);
    box->setAccessibleName(title);
    box->setToolTip(tip);
    return box;
  };
  preset = combo("search.preset", tr("Preset"), tr("What the trials train"));
  for (const Preset& each : presets()) {
    preset->addItem(QString::fromStdString(each.title), QString::fromStdString(each.name));
  }
  method = combo("search.method", tr("Method"),
                 tr("Random: every trial is trained to its end. Hyperband: many are begun, and only the best third of "
                    "those compared goes on, so that more are tried in the same time."));
  method->addItems({tr("Random"), tr("Hyperband")});
  trials = spinBox("search.trials", tr("Trials"), 1, kMostTrials, tr("How many combinations are tried"), &form);
  trials->setValue(kFirstTrials);
  steps = spinBox("search.steps", tr("Steps a trial"), 1, kMostSteps,
                  tr("How long a whole trial trains. Shorter than a real run is enough to compare."), &form);
  steps->setSingleStep(100);
  shortest = spinBox("search.shortest", tr("First judged after"), 1, kMostSteps,
                     tr("Hyperband: no trial is let go before so many steps"), &form);
  shortest->setSingleStep(10);
  seed = spinBox("search.seed", tr("Seed"), 0, kMostSteps, tr("The same seed draws the same trials"), &form);
  shared = new QCheckBox(&form);
  shared->setObjectName("search.shared");
  shared->setChecked(true);
  space = new SpaceEditor(&form);
  summary = new QLabel(&form);
  summary->setObjectName("search.summary");
  summary->setWordWrap(true);
  summary->setForegroundRole(QPalette::PlaceholderText);

  rows = new QFormLayout;
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setVerticalSpacing(4);
  rows->addRow(tr("Preset"), preset);
  rows->addRow(tr("Method"), method);
  rows->addRow(tr("Trials"), trials);
  rows->addRow(tr("Steps a trial"), steps);
  rows->addRow(tr("First judged after"), shortest);
  rows->addRow(tr("Seed"), seed);
  auto* layout = new QVBoxLayout(&form);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addLayout(rows);
  layout->addWidget(shared);
  layout->addWidget(new QLabel("<b>" + tr("Settings to search") + "</b>", &form));
  layout->addWidget(space, 1);
  layout->addWidget(summary);
}

void SearchForm::Impl::connectParts(SearchForm& form) {
  const auto tell = [this, &form] {
    describe();
    if (!showsPlan) Q_EMIT form.changed();
  };
  QObject::connect(preset, &QComboBox::currentIndexChanged, &form, [this, tell] {
    adoptPreset();
    tell();
  });
  QObject::connect(method, &QComboBox::currentIndexChanged, &form, [this, tell] {
    showMethod();
    tell();
  });
  QObject::connect(steps, &QSpinBox::valueChanged, &form, [this, tell] {
    stepsByHand = true;
    const QSignalBlocker quiet(shortest);
    shortest->setMaximum(steps->value());
    shortest->setValue(std::max(1, steps->value() / kBrackets));
    tell();
  });
  for (QSpinBox* box : {trials, shortest, seed}) QObject::connect(box, &QSpinBox::valueChanged, &form, tell);
  QObject::connect(shared, &QCheckBox::toggled, &form, tell);
  QObject::connect(space, &SpaceEditor::changed, &form, tell);
}

void SearchForm::Impl::adoptPreset() {
  space->setPreset(chosen());
  suggestSteps();
  describeShared();
  describe();
}

/// As long as an ordinary run of the preset.
void SearchForm::Impl::suggestSteps() {
  if (stepsByHand) return;
  const Preset& now = chosen();
  const std::int64_t length = usualSteps(now, std::max<std::int64_t>(sprites(), 1), now.schema.defaults());
  steps->setValue(static_cast<int>(std::clamp<std::int64_t>(length, 1, kMostSteps)));
  stepsByHand = false;
}

void SearchForm::Impl::showMethod() {
  rows->labelForField(shortest)->setVisible(hyperband());
  shortest->setVisible(hyperband());
}

/// What the trials have in common: the training form's changes, but for what is searched.
Json SearchForm::Impl::sharedSettings() const {
  Json settings = Json::object();
  if (!shared->isChecked() || base.preset != chosen().name) return settings;
  settings = base.settings;
  const SearchSpace searched = space->space();
  for (const SearchRange& range : searched.ranges()) settings.erase(range.setting);
  return settings;
}

void SearchForm::Impl::describeShared() {
  const bool same = base.preset == chosen().name && !base.settings.empty();
  shared->setVisible(same);
  if (!same) return;
  shared->setText(tr("With the %1 settings changed on the Train page").arg(base.settings.size()));
  QStringList lines;
  for (const auto& [name, value] : base.settings.items()) {
    lines += QString("%1: %2").arg(settingTitle(name), shortValue(value));
  }
  shared->setToolTip(lines.join('\n'));
}

void SearchForm::Impl::describe() {
  if (!space->trouble().isEmpty()) {
    summary->setText(space->trouble());
    return;
  }
  const SearchSpace what = space->space();
  SearchPlan plan;
  plan.space = what;
  plan.method = hyperband() ? SearchMethod::kHyperband : SearchMethod::kRandom;
  plan.trials = trials->value();
  plan.steps = steps->value();
  plan.shortest = shortest->value();
  QString text = tr("By %1, lower is better. About %2 steps in all.")
                     .arg(metricTitle(chosen().objective), count(expectedSteps(plan)));
  if (const auto combinations = what.count(); combinations && *combinations < plan.trials) {
    text += " " + tr("There are only %1 combinations: some are tried again with another seed.").arg(*combinations);
  }
  summary->setText(text);
}

void SearchForm::Impl::fill(const TuningRequest& request) {
  preset->setCurrentIndex(std::max(0, preset->findData(QString::fromStdString(request.preset))));
  method->setCurrentIndex(request.method == SearchMethod::kHyperband ? 1 : 0);
  trials->setValue(request.trials);
  if (request.steps) steps->setValue(static_cast<int>(std::min<std::int64_t>(*request.steps, kMostSteps)));
  if (request.shortest) shortest->setValue(static_cast<int>(std::min<std::int64_t>(*request.shortest, kMostSteps)));
  seed->setValue(static_cast<int>(request.seed));
  space->setSpace(request.space);
  showMethod();
}

void SearchForm::Impl::setReadOnly(bool on) {
  for (QWidget* widget : {static_cast<QWidget*>(preset), static_cast<QWidget*>(method), static_cast<QWidget*>(trials),
                          static_cast<QWidget*>(steps), static_cast<QWidget*>(shortest), static_cast<QWidget*>(seed),
                          static_cast<QWidget*>(shared), static_cast<QWidget*>(space)}) {
    widget->setEnabled(!on);
  }
}

void SearchForm::setData(const CatalogueCounts& counts) {
  m_impl->counts = counts;
  if (m_impl->showsPlan) return;
  m_impl->suggestSteps();
  Q_EMIT changed();
}

void SearchForm::setBase(const TrainingRequest& base) {
  const bool another = base.preset != m_impl->base.preset;
  m_impl->base = base;
  if (m_impl->showsPlan) {
    if (m_impl->draft && another) m_impl->draft.reset();  // begin anew with that preset
    return;
  }
  if (another) m_impl->preset->setCurrentIndex(m_impl->preset->findData(QString::fromStdString(base.preset)));
  m_impl->describeShared();
  m_impl->describe();
  Q_EMIT changed();
}

void SearchForm::showPlan(const SearchPlan& plan) {
  if (!m_impl->showsPlan && trouble().isEmpty()) m_impl->draft = request();
  m_impl->showsPlan = true;
  const bool byHand = m_impl->stepsByHand;
  TuningRequest shown;
  shown.preset = plan.preset;
  shown.method = plan.method;
  shown.trials = plan.trials;
  shown.space = plan.space;
  shown.steps = plan.steps;
  shown.shortest = plan.shortest;
  shown.seed = plan.seed;
  m_impl->fill(shown);
  m_impl->stepsByHand = byHand;
  m_impl->shared->hide();
  m_impl->setReadOnly(true);
}

void SearchForm::showNew() {
  if (!m_impl->showsPlan) return;
  m_impl->showsPlan = false;
  const bool byHand = m_impl->stepsByHand;
  if (m_impl->draft) {
    m_impl->fill(*m_impl->draft);
  } else {
    m_impl->preset->setCurrentIndex(std::max(0, m_impl->preset->findData(QString::fromStdString(m_impl->base.preset))));
    m_impl->adoptPreset();
  }
  m_impl->stepsByHand = byHand;
  m_impl->draft.reset();
  m_impl->describeShared();
  m_impl->setReadOnly(false);
  Q_EMIT changed();
}

TuningRequest SearchForm::request() const {
  TuningRequest request;
  request.preset = m_impl->chosen().name;
  request.method = m_impl->hyperband() ? SearchMethod::kHyperband : SearchMethod::kRandom;
  request.trials = m_impl->trials->value();
  request.settings = m_impl->sharedSettings();
  request.space = m_impl->space->space();
  request.steps = m_impl->steps->value();
  if (m_impl->hyperband()) request.shortest = m_impl->shortest->value();
  request.seed = static_cast<std::uint64_t>(m_impl->seed->value());
  request.device = m_impl->base.device;
  request.precision = m_impl->base.precision;
  return request;
}

QString SearchForm::trouble() const {
  if (m_impl->sprites() <= 0) return tr("There are no sprites to learn from yet.");
  return m_impl->space->trouble();
}

}  // namespace loom
