// The latent space as a place to walk about in: a map around the character or through three, variations of it, children
// of several, and a random walk.
#pragma once

#include <QImage>
#include <QString>
#include <QTimer>
#include <QWidget>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/studio/studio.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSettings;

namespace loom {

class PictureMap;

/// Says which pictures it wants and which latent was chosen; whoever owns the character decides. Usable alone.
class PlacesPanel : public QWidget {
  Q_OBJECT
 public:
  enum class Kind { kMap, kVariations, kChildren, kWalk };

  explicit PlacesPanel(QWidget* parent = nullptr);

  /// The character in hand. A latent of another size begins anew.
  void setLatent(const Latent& latent);
  /// What the model can change, most effect first: the first two are the map's first axes, the next two its next.
  void setDirections(std::vector<Direction> directions);
  /// What stays as it is in all that is offered.
  void setLocks(const LatentLocks& locks);
  /// At how many places the model takes its latent in (latentLayers()): with two, children may have the drawing of one
  /// parent and the colours of another.
  void setLayers(std::size_t layers);
  /// The latents to breed from, each one latent or one a place; fewer than two: there are no children yet. A map may go
  /// through three.
  void setParents(std::vector<Latent> parents);
  /// While this is false nothing is asked for.
  void setShown(bool shown);
  void setPicture(int index, const QImage& picture);

  /// The random walk; another latent than it goes to ends it.
  void toggleWalk();
  void stopWalk();
  bool walks() const { return m_walk.has_value(); }

  Kind kind() const;
  PictureMap& map() { return *m_map; }
  void save(QSettings& settings) const;  ///< below "create/places/"
  void restore(const QSettings& settings);

 Q_SIGNALS:
  void picturesWanted(const std::vector<loom::Latent>& latents);
  /// The character is to be this; `moving` on the map, or chosen.
  void edited(const loom::Latent& latent, bool moving);
  /// The character is to be this child: one latent, or one a place of the model.
  void bred(const loom::Latent& whole);
  void dragChanged(bool held);

 protected:
  void hideEvent(QHideEvent* event) override;  ///< nobody sees the walk any more

 private:
  void build();
  void buildWalk();
  void begin();  ///< new pictures for what is chosen
  void beginMap();
  void beginChildren(RandomStream& random);
  bool breedsByLayer() const;
  std::optional<LatentPlane> plane(RandomStream& random) const;
  void goOn();
  bool hasPair() const;  ///< of directions for the map, the seed's
  QString axisName(std::size_t which) const;
  Latent axis(std::size_t which, RandomStream& random) const;
  void beginGrid();
  void take(int index);
  void drawTo(int index, bool nearer);
  void say();

  Latent m_latent;
  LatentLocks m_locks;
  std::vector<Direction> m_directions;
  std::vector<Latent> m_parents;
  std::vector<Latent> m_offered;  ///< by picture
  std::optional<LatentPlane> m_plane;
  std::uint64_t m_seed = 1;
  std::size_t m_layers = 1;
  bool m_through = false;  ///< the map goes through the parents
  std::optional<RandomWalk> m_walk;
  Latent m_walked;  ///< where the walk is
  QTimer m_step;
  QWidget* m_walkTools = nullptr;
  QDoubleSpinBox* m_pace = nullptr;
  QPushButton* m_walkButton = nullptr;
  QPushButton* m_throughButton = nullptr;
  bool m_shown = false;
  bool m_stale = true;  ///< what is offered is of another character
  QComboBox* m_kind = nullptr;
  QComboBox* m_breeding = nullptr;
  QDoubleSpinBox* m_radius = nullptr;
  QLabel* m_help = nullptr;
  QPushButton* m_here = nullptr;
  QPushButton* m_others = nullptr;
  PictureMap* m_map = nullptr;
};

}  // namespace loom
