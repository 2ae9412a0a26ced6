#include "ui/widgets/ramp_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "ui/widgets/ramp_row.h"

namespace loom {
namespace {

constexpr std::size_t kMostRamps = 16;  ///< of a picture with more, the smaller ones have no row

/// The ramp as the changes leave it.
Ramp changed(const Ramp& ramp, std::span<const ColourChange> changes) {
  Sprite strip(static_cast<int>(ramp.size()), 1);
  std::ranges::copy(ramp, strip.pixels().begin());
  const Sprite now = recoloured(strip, changes);
  return {now.pixels().begin(), now.pixels().end()};
}

}  // namespace

RampPanel::RampPanel(QWidget* parent) : QWidget(parent) {
  m_empty = new QLabel(tr("The colours of the character stand here once one is drawn."));
  m_empty->setWordWrap(true);
  m_reset = new QPushButton(tr("Colours as drawn"));
  m_reset->setObjectName("resetColoursButton");
  m_reset->setToolTip(tr("Takes back every change of the colours"));
  connect(m_reset, &QPushButton::clicked, this, [this] {
    setEdits({});
    Q_EMIT edited(m_edits);
  });
  auto* rows = new QWidget;
  m_list = new QVBoxLayout(rows);
  m_list->setContentsMargins(0, 0, 4, 0);
  m_list->addWidget(m_empty);
  m_list->addStretch();
  auto* scroll = new QScrollArea;
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidget(rows);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 6, 0, 0);
  layout->addWidget(scroll, 1);
  layout->addWidget(m_reset);
  showEdits();
}

void RampPanel::setCharacter(const std::vector<Sprite>& sprites) {
  std::vector<Ramp> ramps = rampsOf(sprites);
  if (ramps.size() > kMostRamps) ramps.resize(kMostRamps);
  m_ramps = std::move(ramps);
  rebuild();
  showEdits();
}

void RampPanel::setEdits(const std::vector<RampEdit>& edits) {
  m_edits = edits;
  showEdits();
}

/// As many rows as ramps. Rows are kept, so that one being dragged stays under the mouse.
void RampPanel::rebuild() {
  while (m_rows.size() > m_ramps.size()) {
    m_rows.back()->deleteLater();
    m_rows.back()->hide();
    m_rows.pop_back();
  }
  while (m_rows.size() < m_ramps.size()) {
    const std::size_t place = m_rows.size();
    auto* row = new RampRow(static_cast<int>(place) + 1);
    m_list->insertWidget(static_cast<int>(place) + 1, row);
    connect(row, &RampRow::hueChanged, this, [this, place](int degrees) {
      RampEdit edit = editOf(place);
      edit.shift.hue = static_cast<float>(degrees);
      change(place, edit);
    });
    connect(row, &RampRow::dragChanged, this, &RampPanel::dragChanged);
    connect(row, &RampRow::exchangeRequested, this,
            [this, place](int number) { swap(place, static_cast<std::size_t>(number - 1)); });
    m_rows.push_back(row);
  }
}

void RampPanel::showEdits() {
  m_empty->setVisible(m_ramps.empty());
  m_reset->setEnabled(!m_edits.empty());
  const std::vector<ColourChange> changes = changesOf(m_ramps, m_edits);
  std::vector<Ramp> shown;
  for (const Ramp& ramp : m_ramps) shown.push_back(changed(ramp, changes));
  for (std::size_t i = 0; i < m_rows.size(); ++i) {
    m_rows[i]->setColours(shown[i]);
    m_rows[i]->setOthers(shown);
    m_rows[i]->setHue(static_cast<int>(std::lround(editOf(i).shift.hue)));
  }
}

/// The edit that this ramp has now, or one that changes nothing.
RampEdit RampPanel::editOf(std::size_t ramp) const {
  for (const RampEdit& edit : m_edits) {
    if (findRamp(m_ramps, edit.ramp) == ramp) return edit;
  }
  return {.ramp = nameOf(m_ramps[ramp])};
}

void RampPanel::put(RampEdit edit) {
  const std::optional<std::size_t> place = findRamp(m_ramps, edit.ramp);
  std::erase_if(m_edits, [&](const RampEdit& old) { return findRamp(m_ramps, old.ramp) == place; });
  if (edit.like || edit.shift != RampShift{}) m_edits.push_back(edit);
}

void RampPanel::change(std::size_t ramp, RampEdit edit) {
  edit.ramp = nameOf(m_ramps[ramp]);
  put(edit);
  showEdits();
  Q_EMIT edited(m_edits);
}

/// What one shows the other shows from now on, whatever they were turned to before.
void RampPanel::swap(std::size_t one, std::size_t other) {
  const RampEdit first = editOf(one), second = editOf(other);
  const auto taking = [this](std::size_t ramp, const RampEdit& from, std::size_t source) {
    RampName like = from.like.value_or(nameOf(m_ramps[source]));
    const RampName own = nameOf(m_ramps[ramp]);
    return RampEdit{.ramp = own, .like = like == own ? std::nullopt : std::optional(like), .shift = from.shift};
  };
  put(taking(one, second, other));
  put(taking(other, first, one));
  showEdits();
  Q_EMIT edited(m_edits);
}

}  // namespace loom
