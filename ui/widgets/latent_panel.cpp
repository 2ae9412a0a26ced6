#include "ui/widgets/latent_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/latent_row.h"

namespace loom {

LatentPanel::LatentPanel(QWidget* parent) : QWidget(parent) {
  const auto button = [this](const QString& text, const QString& name, const QString& tip) {
    auto* made = new QPushButton(text, this);
    made->setObjectName(name);
    made->setToolTip(tip);
    return made;
  };
  QPushButton* randomise = button(tr("Randomise"), "randomiseButton", tr("New values for all that is not locked (R)"));
  QPushButton* reset = button(tr("Reset"), "resetButton", tr("Back to 0, the middle, what is not locked (Ctrl+R)"));
  m_lockAll = button(tr("Lock all"), "lockAllButton", tr("Lock or unlock every slider; L locks the one in focus"));
  connect(randomise, &QPushButton::clicked, this, &LatentPanel::randomiseRequested);
  connect(reset, &QPushButton::clicked, this, &LatentPanel::resetRequested);
  connect(m_lockAll, &QPushButton::clicked, this,
          [this] { setAllLocked(!std::ranges::all_of(m_locks, [](bool locked) { return locked; })); });
  m_summary = new QLabel(this);
  m_summary->setObjectName("muted");

  auto* list = new QWidget;
  m_list = new QVBoxLayout(list);
  m_list->setContentsMargins(0, 0, 4, 0);
  m_list->setSpacing(0);
  m_list->setAlignment(Qt::AlignTop);
  m_scroll = new QScrollArea(this);
  m_scroll->setObjectName("latentScroll");
  m_scroll->setWidgetResizable(true);
  m_scroll->setFrameShape(QFrame::NoFrame);
  m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_scroll->setFocusPolicy(Qt::NoFocus);
  m_scroll->setWidget(list);

  auto* buttons = new QHBoxLayout;
  buttons->addWidget(randomise);
  buttons->addWidget(reset);
  buttons->addWidget(m_lockAll);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addLayout(buttons);
  layout->addWidget(m_summary);
  layout->addWidget(m_scroll, 1);
  updateSummary();
}

void LatentPanel::setOrder(const std::vector<int>& order) {
  m_order = order;
  if (order.size() != m_rows.size()) {
    makeRows(order.size());
  } else if (inHand()) {
    return;
  }
  applyOrder();
}

bool LatentPanel::inHand() const {
  return std::ranges::any_of(m_rows, [](const LatentRow* row) { return row->isSliderDown() || row->editing(); });
}

void LatentPanel::applyOrder() {
  std::vector<float> latent(m_order.size());
  int focused = -1;
  for (const LatentRow* row : m_rows) {
    latent[static_cast<std::size_t>(row->dimension())] = row->latent();
    if (row->hasFocus()) focused = row->dimension();
  }
  for (std::size_t rank = 0; rank < m_order.size(); ++rank) {
    const auto dimension = static_cast<std::size_t>(m_order[rank]);
    LatentRow* row = m_rows[rank];
    row->setIdentity(static_cast<int>(rank) + 1, m_order[rank]);
    row->setLatent(latent[dimension]);
    row->setLocked(m_locks[dimension]);
    if (m_order[rank] == focused) row->setFocus();
  }
  updateSummary();
}

void LatentPanel::makeRows(std::size_t count) {
  qDeleteAll(m_rows);
  m_rows.clear();
  m_locks.assign(count, false);
  for (std::size_t i = 0; i < count; ++i) {
    auto* row = new LatentRow(m_scroll->widget());
    row->setIdentity(static_cast<int>(i) + 1, static_cast<int>(i));
    m_list->addWidget(row);
    connect(row, &LatentRow::edited, this, &LatentPanel::edited);
    connect(row, &QAbstractSlider::sliderPressed, this, [this] { Q_EMIT dragChanged(true); });
    connect(row, &QAbstractSlider::sliderReleased, this, [this] { Q_EMIT dragChanged(false); });
    connect(row, &LatentRow::letGo, this, [this] {
      if (!inHand()) applyOrder();
    });
    connect(row, &LatentRow::lockToggled, this, [this](int dimension, bool locked) {
      m_locks[static_cast<std::size_t>(dimension)] = locked;
      updateSummary();
    });
    m_rows.push_back(row);
  }
}

void LatentPanel::setLatent(std::span<const float> latent) {
  if (latent.size() != m_rows.size()) return;
  for (LatentRow* row : m_rows) row->setLatent(latent[static_cast<std::size_t>(row->dimension())]);
}

void LatentPanel::setAllLocked(bool locked) {
  m_locks.assign(m_locks.size(), locked);
  for (LatentRow* row : m_rows) row->setLocked(locked);
  updateSummary();
}

void LatentPanel::updateSummary() {
  const auto locked = std::ranges::count(m_locks, true);
  m_summary->setText(m_rows.empty() ? tr("No model yet")
                     : locked == 0  ? tr("%1 values, most effect first").arg(rows())
                                    : tr("%1 of %2 locked").arg(locked).arg(rows()));
  m_lockAll->setText(!m_rows.empty() && locked == rows() ? tr("Unlock all") : tr("Lock all"));
  m_lockAll->setEnabled(!m_rows.empty());
}

}  // namespace loom
