#include "ui/widgets/history_compare.h"

#include <QGridLayout>
#include <QLocale>
#include <QVBoxLayout>
#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "ui/widgets/history_panel.h"
#include "ui/widgets/silence.h"
#include "ui/widgets/step_bar.h"

namespace loom {
namespace {

constexpr int kColumns = 2;

}  // namespace

struct HistoryCompare::Impl {
  explicit Impl(HistoryCompare* owner) : widget(owner) {}

  HistoryCompare* widget;
  std::vector<HistoryPanel*> panels;
  QGridLayout* grid = nullptr;
  StepBar* bar = nullptr;
  std::vector<std::int64_t> steps;
  std::int64_t step = -1;

  void build();
  HistoryPanel* find(int run) const;
  void historyChanged();
  void showAll(std::int64_t at);
  void updateControls();
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
  bar = new StepBar(
      {.name = "history",
       .slider = tr("Step of all pictures"),
       .sliderTip = tr("Go back through the trainings together. At the right end it follows the newest picture."),
       .play = tr("Play the trainings as a film"),
       .widestText = tr("step %1").arg("1,000,000")},
      widget);
  bar->setReady([this] { return std::ranges::none_of(panels, &HistoryPanel::waiting); });
  grid = new QGridLayout;
  grid->setSpacing(8);
  for (int column = 0; column < kColumns; ++column) grid->setColumnStretch(column, 1);
  auto* layout = new QVBoxLayout(widget);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(grid, 1);
  layout->addWidget(bar);
  QObject::connect(bar, &StepBar::wanted, widget, [this](int at) { showAll(steps[static_cast<std::size_t>(at)]); });
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
  const QLocale locale(QLocale::English, QLocale::UnitedKingdom);
  bar->setPosition(static_cast<int>(steps.size()), step < 0 ? -1 : index(),
                   step < 0 ? QString() : tr("step %1").arg(locale.toString(static_cast<qlonglong>(step))));
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
  return m_impl->bar->playing();
}

void HistoryCompare::setPlaying(bool on) {
  m_impl->bar->setPlaying(on);
}

}  // namespace loom
