#include "ui/widgets/places_panel.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QVBoxLayout>
#include <algorithm>
#include <span>

#include "core/base/error.h"
#include "ui/widgets/picture_map.h"

namespace loom {
namespace {

constexpr int kMapSide = 8, kGridSide = 4;
// Deviations from the middle of the map to its edge. Along what the model can change, as far as a slider goes; along
// random directions farther, for two typical characters of 96 numbers are 14 apart.
constexpr double kReach = 3, kFarReach = 6;
constexpr double kStep = .25;  // of the way to what is to be more like
constexpr std::uint64_t kAxesStream = 31, kOfferStream = 32, kWalkStream = 33;
constexpr int kByLayer = 2;  ///< of the ways to breed: the last one
constexpr int kFrame = 33;   ///< milliseconds from one picture of a walk to the next
const char* const kKeys = "create/places/";

QPushButton* button(const QString& text, const QString& name, const QString& tip) {
  auto* made = new QPushButton(text);
  made->setObjectName(name);
  made->setToolTip(tip);
  return made;
}

/// The first place's latent: what is drawn, of a latent that has one a place.
Latent drawingOf(const Latent& whole, const Latent& single) {
  return {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(std::min(whole.size(), single.size()))};
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
  connect(m_here, &QPushButton::clicked, this, [this] {
    m_through = false;
    begin();
  });
  connect(m_throughButton, &QPushButton::clicked, this, [this] {
    m_through = true;
    begin();
  });
  connect(m_others, &QPushButton::clicked, this, [this] {
    ++m_seed;
    m_through = false;
    begin();
  });
  connect(m_walkButton, &QPushButton::clicked, this, &PlacesPanel::toggleWalk);
  connect(&m_step, &QTimer::timeout, this, &PlacesPanel::goOn);
  connect(m_map, &PictureMap::dragChanged, this, &PlacesPanel::dragChanged);
  connect(m_map, &PictureMap::pointMoved, this, [this](QPointF point) {
    const PlanePoint to{point.x(), point.y()};
    if (m_plane) Q_EMIT edited(m_through ? m_plane->at(to) : m_plane->moved(m_latent, to), true);
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
  m_kind->addItems({tr("Map"), tr("Variations"), tr("Children of favourites"), tr("Random walk")});
  m_breeding = new QComboBox;
  m_breeding->setObjectName("breedingKind");
  m_breeding->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);  // the number stands beside it
  m_breeding->setMinimumContentsLength(12);
  m_breeding->setAccessibleName(tr("How children are made"));
  m_breeding->addItems(
      {tr("Each value of one parent"), tr("Between the parents"), tr("Drawing of one, colours of another")});
  m_breeding->setToolTip(
      tr("Each value of the latent from one parent or another, all of them in between, or by layer: "
         "what is drawn from one parent and its colours from another"));
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
  m_throughButton =
      button(tr("Through three"), "placesThrough", tr("A map with three chosen favourites in its corners"));
  buildWalk();
  auto* row = new QHBoxLayout;
  row->addWidget(m_here, 1);
  row->addWidget(m_throughButton, 1);
  row->addWidget(m_others, 1);
  auto* straying = new QHBoxLayout;
  straying->addWidget(m_breeding, 1);
  straying->addWidget(m_radius);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 6, 0, 0);
  layout->addWidget(m_kind);
  layout->addLayout(straying);
  layout->addLayout(row);
  layout->addWidget(m_walkTools);
  layout->addWidget(m_map);
  layout->addWidget(m_help);
  layout->addStretch(1);
}

void PlacesPanel::buildWalk() {
  m_pace = new QDoubleSpinBox;
  m_pace->setObjectName("walkPace");
  m_pace->setAccessibleName(tr("Seconds from one character to the next"));
  m_pace->setRange(.2, 60);
  m_pace->setValue(2);
  m_pace->setSingleStep(.5);
  m_pace->setDecimals(1);
  m_pace->setSuffix(tr(" s"));
  m_pace->setToolTip(tr("Seconds from one character to the next"));
  m_walkButton = button(tr("Walk"), "walkAboutButton", tr("The character changes by itself until it is stopped (W)"));
  m_walkButton->setCheckable(true);
  m_step.setInterval(kFrame);
  m_walkTools = new QWidget;
  auto* row = new QHBoxLayout(m_walkTools);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(m_walkButton, 1);
  row->addWidget(m_pace);
}

void PlacesPanel::toggleWalk() {
  if (m_walk) return stopWalk();
  m_walkButton->setChecked(false);
  if (m_latent.empty()) return;
  m_kind->setCurrentIndex(static_cast<int>(Kind::kWalk));
  m_walked = m_latent;
  m_walk.emplace(m_latent, m_radius->value(), m_locks, RandomStream(++m_seed, kWalkStream));
  m_walkButton->setChecked(true);
  Q_EMIT dragChanged(true);
  m_step.start();
}

void PlacesPanel::stopWalk() {
  if (!m_walk) return;
  m_step.stop();
  m_walk.reset();
  m_walkButton->setChecked(false);
  Q_EMIT dragChanged(false);
}

void PlacesPanel::hideEvent(QHideEvent* event) {
  stopWalk();
  QWidget::hideEvent(event);
}

void PlacesPanel::goOn() {
  m_walked = m_walk->advance(kFrame / (1000 * m_pace->value()));
  const Latent next = m_walked;
  Q_EMIT edited(next, true);
}

void PlacesPanel::setLayers(std::size_t layers) {
  m_layers = layers;
  auto* model = qobject_cast<QStandardItemModel*>(m_breeding->model());
  if (model != nullptr) model->item(static_cast<int>(kByLayer))->setEnabled(layers > 1);
  if (layers < 2 && m_breeding->currentIndex() == kByLayer) m_breeding->setCurrentIndex(0);
}

bool PlacesPanel::breedsByLayer() const {
  return kind() == Kind::kChildren && m_breeding->currentIndex() == kByLayer;
}

PlacesPanel::Kind PlacesPanel::kind() const {
  return static_cast<Kind>(m_kind->currentIndex());
}

void PlacesPanel::setLatent(const Latent& latent) {
  const bool other = latent.size() != m_latent.size();
  m_latent = latent;
  if (m_walk && latent != m_walked) stopWalk();  // somebody's hand
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
  if (kind() == Kind::kMap) return say();
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
  m_radius->setVisible(kind() != Kind::kMap && !breedsByLayer());
  m_here->setVisible(kind() == Kind::kMap || kind() == Kind::kVariations);
  m_throughButton->setVisible(kind() == Kind::kMap);
  m_throughButton->setEnabled(m_parents.size() == 3 && !m_latent.empty());
  m_others->setVisible(kind() != Kind::kWalk && !breedsByLayer());
  m_walkTools->setVisible(kind() == Kind::kWalk);
  m_map->setVisible(kind() != Kind::kWalk);
  m_others->setEnabled(!few && !m_latent.empty());
  m_here->setEnabled(!m_latent.empty());
  switch (kind()) {
    case Kind::kWalk:
      return m_help->setText(
          tr("The character goes its own way, from one to the next; locked values stay. The number "
             "above says how far each is from the last. W stops it, so does any slider; one undo "
             "step takes the whole walk back."));
    case Kind::kMap:
      if (m_through) {
        return m_help->setText(
            tr("The first of the three favourites is in the upper left, the second in the upper "
               "right, the third below. Drag the point, or use the arrow keys."));
      }
      return m_help->setText((hasPair() ? tr("→ %1, ↓ %2. ").arg(axisName(0), axisName(1)) : QString()) +
                             tr("Drag the point, or use the arrow keys: the character changes as it goes. + and − on a "
                                "picture: more like it, less like it."));
    case Kind::kVariations:
      return m_help->setText(tr("Click one to go on from it. Locked values stay as they are."));
    case Kind::kChildren:
      break;
  }
  m_help->setText(
      few ? tr("Choose two favourites or more of this model in the tray on the right.")
      : breedsByLayer()
          ? tr("Rows have the drawing of one parent, columns the colours of one. Click one to go on from it.")
          : tr("%1 parents. Click a child to go on from it.").arg(m_parents.size()));
}

void PlacesPanel::begin() {
  if (kind() != Kind::kWalk) stopWalk();
  m_through = m_through && kind() == Kind::kMap && m_parents.size() == 3;
  say();
  m_stale = true;
  if (!m_shown || m_latent.empty()) return;
  m_stale = false;
  if (kind() == Kind::kWalk) {
    m_offered.clear();
  } else if (kind() == Kind::kMap) {
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

/// Nothing where the map has nowhere to go: all values but one are locked, or the three favourites are in one line.
std::optional<LatentPlane> PlacesPanel::plane(RandomStream& random) const {
  try {
    if (m_through) {
      return LatentPlane::through(drawingOf(m_parents[0], m_latent), drawingOf(m_parents[1], m_latent),
                                  drawingOf(m_parents[2], m_latent));
    }
    const Latent right = axis(0, random), down = axis(1, random);
    return LatentPlane(m_latent, right, down, hasPair() ? kReach : kFarReach);
  } catch (const Error&) {
    return {};
  }
}

void PlacesPanel::beginMap() {
  RandomStream random(m_seed, kAxesStream);
  m_offered.clear();
  m_map->setCells(kMapSide);
  m_plane = plane(random);
  m_map->setPoint({});
  if (!m_plane) {
    return m_help->setText(m_through ? tr("These three are in one line: choose others.")
                                     : tr("Open some of the locks: the map has nowhere to go."));
  }
  const PlanePoint here = m_plane->nearest(m_latent);
  m_map->setPoint(QPointF(here.x, here.y));
  for (const PlanePoint& cell : LatentPlane::cells(kMapSide, kMapSide)) m_offered.push_back(m_plane->at(cell));
}

void PlacesPanel::beginChildren(RandomStream& random) {
  if (m_parents.size() < 2) return;
  if (breedsByLayer()) {
    const std::size_t side = std::min<std::size_t>(m_parents.size(), kGridSide);
    m_offered = mixedByLayer(std::span(m_parents).first(side), m_latent.size(), m_layers);
    return m_map->setCells(static_cast<int>(side));
  }
  const auto how = static_cast<Breeding>(m_breeding->currentIndex());
  // Where one parent has colours of another, every one is told place by place.
  std::vector<Latent> parents = m_parents;
  const std::size_t width = std::ranges::max(parents, {}, &Latent::size).size();
  for (Latent& parent : parents) {
    const Latent single = parent;
    while (parent.size() < width) parent.insert(parent.end(), single.begin(), single.end());
  }
  for (int i = 0; i < kGridSide * kGridSide; ++i) {
    m_offered.push_back(withLocked(child(parents, how, m_radius->value(), random), m_latent, m_locks));
  }
}

void PlacesPanel::beginGrid() {
  m_plane.reset();
  m_map->setPoint({});
  m_map->setCells(kGridSide);
  m_offered.clear();
  RandomStream random(m_seed, kOfferStream);
  if (kind() == Kind::kChildren) return beginChildren(random);
  for (int i = 0; i < kGridSide * kGridSide; ++i) {
    m_offered.push_back(variation(m_latent, m_radius->value(), m_locks, random));
  }
}

void PlacesPanel::take(int index) {
  if (std::cmp_greater_equal(index, m_offered.size())) return;
  const Latent chosen = m_offered[static_cast<std::size_t>(index)];
  kind() == Kind::kChildren ? Q_EMIT bred(chosen) : Q_EMIT edited(chosen, false);
}

void PlacesPanel::drawTo(int index, bool nearer) {
  if (std::cmp_greater_equal(index, m_offered.size())) return;
  const std::vector<Latent> one = {drawingOf(m_offered[static_cast<std::size_t>(index)], m_latent)}, none;
  Q_EMIT edited(drawnTo(m_latent, nearer ? one : none, nearer ? none : one, kStep, m_locks), false);
}

void PlacesPanel::save(QSettings& settings) const {
  settings.setValue(QString(kKeys) + "kind", m_kind->currentIndex());
  settings.setValue(QString(kKeys) + "breeding", m_breeding->currentIndex());
  settings.setValue(QString(kKeys) + "radius", m_radius->value());
  settings.setValue(QString(kKeys) + "pace", m_pace->value());
}

void PlacesPanel::restore(const QSettings& settings) {
  const QSignalBlocker kindQuiet(m_kind), breedingQuiet(m_breeding), radiusQuiet(m_radius);
  m_kind->setCurrentIndex(std::clamp(settings.value(QString(kKeys) + "kind", 0).toInt(), 0, m_kind->count() - 1));
  m_breeding->setCurrentIndex(
      std::clamp(settings.value(QString(kKeys) + "breeding", 0).toInt(), 0, m_breeding->count() - 1));
  m_radius->setValue(settings.value(QString(kKeys) + "radius", m_radius->value()).toDouble());
  m_pace->setValue(settings.value(QString(kKeys) + "pace", m_pace->value()).toDouble());
  begin();
}

}  // namespace loom
