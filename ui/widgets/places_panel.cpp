#include "ui/widgets/places_panel.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "ui/widgets/picture_map.h"

namespace loom {
namespace {

constexpr int kMapSide = 8, kGridSide = 4;
// Deviations from the middle of the map to its edge. Along what the model can change, as far as a slider goes; along
// random directions farther, for two typical characters of 96 numbers are 14 apart.
constexpr double kReach = 3, kFarReach = 6;
constexpr double kStep = .25;  // of the way to what is to be more like
constexpr std::uint64_t kAxesStream = 31, kOfferStream = 32;
const char* const kKeys = "create/places/";

QPushButton* button(const QString& text, const QString& name, const QString& tip) {
  auto* made = new QPushButton(text);
  made->setObjectName(name);
  made->setToolTip(tip);
  return made;
}

Latent randomDirection(std::size_t size, const LatentLocks& locks, RandomStream& random) {
  Latent direction(size);
  for (std::size_t i = 0; i < size; ++i) {
    const auto value = static_cast<float>(random.normal());
    if (i >= locks.size() || !locks[i]) direction[i] = value;
  }
  return direction;
}

}  // namespace

PlacesPanel::PlacesPanel(QWidget* parent) : QWidget(parent) {
  build();
  connect(m_kind, &QComboBox::currentIndexChanged, this, [this] { begin(); });
  connect(m_breeding, &QComboBox::currentIndexChanged, this, [this] { begin(); });
  connect(m_radius, &QDoubleSpinBox::valueChanged, this, [this] { begin(); });
  connect(m_here, &QPushButton::clicked, this, [this] { begin(); });
  connect(m_others, &QPushButton::clicked, this, [this] {
    ++m_seed;
    begin();
  });
  connect(m_map, &PictureMap::dragChanged, this, &PlacesPanel::dragChanged);
  connect(m_map, &PictureMap::pointMoved, this, [this](QPointF point) {
    if (m_plane) Q_EMIT edited(m_plane->moved(m_latent, {point.x(), point.y()}), true);
  });
  connect(m_map, &PictureMap::chosen, this, [this](int index) { take(index); });
  connect(m_map, &PictureMap::liked, this, [this](int index) { drawTo(index, true); });
  connect(m_map, &PictureMap::disliked, this, [this](int index) { drawTo(index, false); });
  say();
}

void PlacesPanel::build() {
  m_kind = new QComboBox;
  m_kind->setObjectName("placesKind");
  m_kind->setAccessibleName(tr("Places"));
  m_kind->addItems({tr("Map"), tr("Variations"), tr("Children of favourites")});
  m_breeding = new QComboBox;
  m_breeding->setObjectName("breedingKind");
  m_breeding->setAccessibleName(tr("How children are made"));
  m_breeding->addItems({tr("Each value of one parent"), tr("Between the parents")});
  m_breeding->setToolTip(tr("Each value of the latent from one parent or another, or all of them in between"));
  m_radius = new QDoubleSpinBox;
  m_radius->setObjectName("placesRadius");
  m_radius->setAccessibleName(tr("How far they stray"));
  m_radius->setRange(0, 1);
  m_radius->setSingleStep(.05);
  m_radius->setValue(.25);
  m_radius->setKeyboardTracking(false);
  m_radius->setToolTip(tr("0: as like as can be; 1: other characters altogether"));
  m_here = button(tr("Around this one"), "placesHere", tr("The present character becomes the middle"));
  m_others = button(tr("Others"), "placesOthers", tr("Other directions, other variations, other children"));
  m_help = new QLabel;
  m_help->setObjectName("muted");
  m_help->setWordWrap(true);
  m_map = new PictureMap;
  m_map->setObjectName("placesMap");
  m_map->setAccessibleName(tr("Characters nearby"));
  auto* row = new QHBoxLayout;
  row->addWidget(m_here, 1);
  row->addWidget(m_others, 1);
  auto* straying = new QHBoxLayout;
  straying->addWidget(m_breeding, 1);
  straying->addWidget(m_radius);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 6, 0, 0);
  layout->addWidget(m_kind);
  layout->addLayout(straying);
  layout->addLayout(row);
  layout->addWidget(m_map);
  layout->addWidget(m_help);
  layout->addStretch(1);
}

PlacesPanel::Kind PlacesPanel::kind() const {
  return static_cast<Kind>(m_kind->currentIndex());
}

void PlacesPanel::setLatent(const Latent& latent) {
  const bool other = latent.size() != m_latent.size();
  m_latent = latent;
  if (other) {
    m_plane.reset();
    m_stale = true;
    if (m_shown) begin();
  } else if (kind() == Kind::kMap && m_plane) {
    const PlanePoint place = m_plane->nearest(latent);
    m_map->setPoint(QPointF(place.x, place.y));
  }
}

void PlacesPanel::setDirections(std::vector<Direction> directions) {
  if (directions == m_directions) return;
  m_directions = std::move(directions);
  m_seed = 1;
  if (kind() == Kind::kMap) begin();
}

void PlacesPanel::setLocks(const LatentLocks& locks) {
  if (locks == m_locks) return;
  m_locks = locks;
  m_stale = true;
}

void PlacesPanel::setParents(std::vector<Latent> parents) {
  if (parents == m_parents) return;
  m_parents = std::move(parents);
  if (kind() != Kind::kChildren) return;
  m_stale = true;
  if (m_shown) begin();
}

void PlacesPanel::setShown(bool shown) {
  m_shown = shown;
  if (shown && m_stale) begin();
}

void PlacesPanel::setPicture(int index, const QImage& picture) {
  m_map->setPicture(index, picture);
}

void PlacesPanel::say() {
  const bool few = kind() == Kind::kChildren && m_parents.size() < 2;
  m_breeding->setVisible(kind() == Kind::kChildren);
  m_radius->setVisible(kind() != Kind::kMap);
  m_here->setVisible(kind() != Kind::kChildren);
  m_others->setEnabled(!few && !m_latent.empty());
  m_here->setEnabled(!m_latent.empty());
  switch (kind()) {
    case Kind::kMap:
      return m_help->setText((hasPair() ? tr("→ %1, ↓ %2. ").arg(axisName(0), axisName(1)) : QString()) +
                             tr("Drag the point, or use the arrow keys: the character changes as it goes. + and − on a "
                                "picture: more like it, less like it."));
    case Kind::kVariations:
      return m_help->setText(tr("Click one to go on from it. Locked values stay as they are."));
    case Kind::kChildren:
      break;
  }
  m_help->setText(few ? tr("Choose two favourites or more of this model in the tray on the right.")
                      : tr("%1 parents. Click a child to go on from it.").arg(m_parents.size()));
}

void PlacesPanel::begin() {
  say();
  m_stale = true;
  if (!m_shown || m_latent.empty()) return;
  m_stale = false;
  if (kind() == Kind::kMap) {
    beginMap();
  } else {
    beginGrid();
  }
  if (!m_offered.empty()) Q_EMIT picturesWanted(m_offered);
}

bool PlacesPanel::hasPair() const {
  return 2 * m_seed <= m_directions.size();
}

QString PlacesPanel::axisName(std::size_t which) const {
  return QString::fromStdString(m_directions[2 * (m_seed - 1) + which].name);
}

Latent PlacesPanel::axis(std::size_t which, RandomStream& random) const {
  if (!hasPair()) return randomDirection(m_latent.size(), m_locks, random);
  const Latent& direction = m_directions[2 * (m_seed - 1) + which].vector;
  return withLocked(direction, Latent(direction.size()), m_locks);
}

void PlacesPanel::beginMap() {
  RandomStream random(m_seed, kAxesStream);
  const Latent right = axis(0, random), down = axis(1, random);
  m_offered.clear();
  m_map->setCells(kMapSide);
  try {
    m_plane.emplace(m_latent, right, down, hasPair() ? kReach : kFarReach);
  } catch (const Error& error) {  // all values but one are locked
    m_plane.reset();
    m_map->setPoint({});
    return m_help->setText(tr("Open some of the locks: the map has nowhere to go."));
  }
  m_map->setPoint(QPointF(0, 0));
  for (const PlanePoint& cell : LatentPlane::cells(kMapSide, kMapSide)) m_offered.push_back(m_plane->at(cell));
}

void PlacesPanel::beginGrid() {
  m_plane.reset();
  m_map->setPoint({});
  m_map->setCells(kGridSide);
  m_offered.clear();
  if (kind() == Kind::kChildren && m_parents.size() < 2) return;
  RandomStream random(m_seed, kOfferStream);
  const auto how = static_cast<Breeding>(m_breeding->currentIndex());
  for (int i = 0; i < kGridSide * kGridSide; ++i) {
    m_offered.push_back(kind() == Kind::kVariations
                            ? variation(m_latent, m_radius->value(), m_locks, random)
                            : withLocked(child(m_parents, how, m_radius->value(), random), m_latent, m_locks));
  }
}

void PlacesPanel::take(int index) {
  if (std::cmp_less(index, m_offered.size())) Q_EMIT edited(m_offered[static_cast<std::size_t>(index)], false);
}

void PlacesPanel::drawTo(int index, bool nearer) {
  if (std::cmp_greater_equal(index, m_offered.size())) return;
  const std::vector<Latent> one = {m_offered[static_cast<std::size_t>(index)]}, none;
  Q_EMIT edited(drawnTo(m_latent, nearer ? one : none, nearer ? none : one, kStep, m_locks), false);
}

void PlacesPanel::save(QSettings& settings) const {
  settings.setValue(QString(kKeys) + "kind", m_kind->currentIndex());
  settings.setValue(QString(kKeys) + "breeding", m_breeding->currentIndex());
  settings.setValue(QString(kKeys) + "radius", m_radius->value());
}

void PlacesPanel::restore(const QSettings& settings) {
  const QSignalBlocker kindQuiet(m_kind), breedingQuiet(m_breeding), radiusQuiet(m_radius);
  m_kind->setCurrentIndex(std::clamp(settings.value(QString(kKeys) + "kind", 0).toInt(), 0, m_kind->count() - 1));
  m_breeding->setCurrentIndex(
      std::clamp(settings.value(QString(kKeys) + "breeding", 0).toInt(), 0, m_breeding->count() - 1));
  m_radius->setValue(settings.value(QString(kKeys) + "radius", m_radius->value()).toDouble());
  begin();
}

}  // namespace loom
