#include "ui/widgets/history_compare.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSlider>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "ui/widgets/history_panel.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

constexpr int kFrameMilliseconds = 100;
constexpr int kColumns = 2;

}  // namespace

struct HistoryCompare::Impl {
  explicit Impl(HistoryCompare* owner) : widget(owner) {}

  HistoryCompare* widget;
  std::vector<HistoryPanel*> panels;
  QGridLayout* grid = nullptr;
  QSlider* slider = nullptr;
  QToolButton* play = nullptr;
  QLabel* label = nullptr;
  QTimer frames;
  std::vector<std::int64_t> steps;
  std::int64_t step = -1;

  void build();
  HistoryPanel* find(int run) const;
  void historyChanged();
  void showAll(std::int64_t at);
  void updateControls();
  void nextFrame();
  bool atEnd() const { return steps.empty() || step < 0 || step == steps.back(); }
  int index() const { return static_cast<int>(std::ranges::lower_bound(steps, step) - steps.begin()); }
};

HistoryCompare::HistoryCompare(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>(this)) {
  setObjectName("historyCompare");
  m_impl->build();
  m_impl->updateControls();
}

HistoryCompare::~HistoryCompare() {
  silence(*this, *this);
  for (HistoryPanel* panel : m_impl->panels) delete panel;
}

void HistoryCompare::Impl::build() {
  slider = new QSlider(Qt::Horizontal, widget);
  slider->setObjectName("history.slider");
  slider->setAccessibleName(tr("Step of all pictures"));
  slider->setToolTip(tr("Go back through the trainings together. At the right end it follows the newest picture."));
  slider->setPageStep(10);
  play = new QToolButton(widget);
  play->setObjectName("history.play");
  play->setCheckable(true);
  play->setAutoRaise(true);
  play->setAccessibleName(tr("Play the trainings as a film"));
  label = new QLabel(widget);
  label->setObjectName("history.step");
  label->setMinimumWidth(label->fontMetrics().horizontalAdvance(tr("step %1").arg("1,000,000")));
  label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  grid = new QGridLayout;
  grid->setSpacing(8);
  for (int column = 0; column < kColumns; ++column) grid->setColumnStretch(column, 1);
  auto* controls = new QHBoxLayout;
  controls->addWidget(play);
  controls->addWidget(slider, 1);
  controls->addWidget(label);
  auto* layout = new QVBoxLayout(widget);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(grid, 1);
  layout->addLayout(controls);
  frames.setInterval(kFrameMilliseconds);
  QObject::connect(&frames, &QTimer::timeout, widget, [this] { nextFrame(); });
  QObject::connect(play, &QToolButton::toggled, widget, &HistoryCompare::setPlaying);
  QObject::connect(slider, &QSlider::valueChanged, widget,
                   [this](int at) { showAll(steps[static_cast<std::size_t>(at)]); });
  QObject::connect(slider, &QSlider::sliderPressed, widget, [this] { widget->setPlaying(false); });
}

HistoryPanel* HistoryCompare::Impl::find(int run) const {
  const auto found = std::ranges::find(panels, run, &HistoryPanel::run);
  return found == panels.end() ? nullptr : *found;
}

/// Whoever stood at the end goes along with it; elsewhere the slider stays at its step.
void HistoryCompare::Impl::historyChanged() {
  const bool followed = atEnd() && !widget->playing();
  std::vector<std::int64_t> all;
  for (const HistoryPanel* panel : panels) {
    std::vector<std::int64_t> joined;
    std::ranges::set_union(all, panel->history().steps(), std::back_inserter(joined));
    all = std::move(joined);
  }
  steps = std::move(all);
  if (steps.empty()) {
    step = -1;
  } else if (followed) {
    step = steps.back();
  } else if (!std::ranges::binary_search(steps, step)) {  // its picture has been thinned out
    step = steps[static_cast<std::size_t>(std::max(0, index() - 1))];
  }
  showAll(step);
}

void HistoryCompare::Impl::showAll(std::int64_t at) {
  const bool moved = at != step;
  step = at;
  for (HistoryPanel* panel : panels) panel->showAt(at);
  updateControls();
  if (moved) Q_EMIT widget->stepChanged(step);
}

void HistoryCompare::Impl::updateControls() {
  {
    const QSignalBlocker quiet(slider);
    slider->setRange(0, std::max(0, static_cast<int>(steps.size()) - 1));
    if (step >= 0) slider->setValue(index());
  }
  slider->setEnabled(steps.size() > 1);
  play->setEnabled(steps.size() > 1);
  play->setText(play->isChecked() ? QString::fromUtf8("⏸") : QString::fromUtf8("▶"));
  play->setToolTip(play->isChecked() ? tr("Stop here") : tr("Play the trainings as a film"));
  const QLocale locale(QLocale::English, QLocale::UnitedKingdom);
  label->setText(step < 0 ? QString() : tr("step %1").arg(locale.toString(static_cast<qlonglong>(step))));
}

void HistoryCompare::Impl::nextFrame() {
  if (std::ranges::any_of(panels, &HistoryPanel::waiting)) return;  // a picture is still being read
  const auto next = static_cast<std::size_t>(index()) + 1;
  if (next >= steps.size()) {
    widget->setPlaying(false);
  } else {
    showAll(steps[next]);
  }
}

void HistoryCompare::setRuns(const std::vector<Entry>& entries) {
  const std::size_t count = std::min<std::size_t>(entries.size(), kMostPanels);
  const std::vector<Entry> wanted(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(count));
  const bool same = std::ranges::equal(wanted, m_impl->panels, {}, &Entry::run, &HistoryPanel::run);
  for (std::size_t i = 0; same && i < count; ++i) m_impl->panels[i]->describe(wanted[i]);
  if (same) return;
  setPlaying(false);
  for (HistoryPanel* panel : m_impl->panels) delete panel;
  m_impl->panels.clear();
  m_impl->step = -1;
  for (const Entry& entry : wanted) {
    auto* panel = new HistoryPanel(entry, this);
    const auto place = static_cast<int>(m_impl->panels.size());
    m_impl->grid->addWidget(panel, place / kColumns, place % kColumns);
    connect(&panel->history(), &PreviewHistory::changed, this, [this] { m_impl->historyChanged(); });
    m_impl->panels.push_back(panel);
    panel->show();
  }
  for (int row = 0; row < kColumns; ++row) {
    m_impl->grid->setRowStretch(row, static_cast<int>(count) > row * kColumns ? 1 : 0);
  }
  m_impl->historyChanged();
}

void HistoryCompare::addPreview(int run, const Preview& preview) {
  if (HistoryPanel* panel = m_impl->find(run)) panel->history().add(preview);
}

std::vector<int> HistoryCompare::runs() const {
  std::vector<int> numbers;
  for (const HistoryPanel* panel : m_impl->panels) numbers.push_back(panel->run());
  return numbers;
}

const std::vector<std::int64_t>& HistoryCompare::steps() const {
  return m_impl->steps;
}

std::int64_t HistoryCompare::step() const {
  return m_impl->step;
}

void HistoryCompare::showStep(std::int64_t step) {
  if (m_impl->steps.empty()) return;
  const auto distance = [step](std::int64_t one) { return std::abs(one - step); };
  m_impl->showAll(*std::ranges::min_element(m_impl->steps, {}, distance));
}

std::int64_t HistoryCompare::shownStep(int run) const {
  const HistoryPanel* panel = m_impl->find(run);
  return panel == nullptr ? -1 : panel->shownStep();
}

QImage HistoryCompare::shown(int run) const {
  const HistoryPanel* panel = m_impl->find(run);
  return panel == nullptr ? QImage() : panel->image();
}

bool HistoryCompare::playing() const {
  return m_impl->frames.isActive();
}

void HistoryCompare::setPlaying(bool on) {
  if (on != playing()) {
    if (on && m_impl->atEnd() && !m_impl->steps.empty()) m_impl->showAll(m_impl->steps.front());
    if (on) {
      m_impl->frames.start();
    } else {
      m_impl->frames.stop();
    }
  }
  m_impl->play->setChecked(on);
  m_impl->updateControls();
}

}  // namespace loom
