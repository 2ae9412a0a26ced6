// The latent space as a place to walk about in: a map around the character, variations of it, and children of several.
#pragma once

#include <QImage>
#include <QString>
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
  enum class Kind { kMap, kVariations, kChildren };

  explicit PlacesPanel(QWidget* parent = nullptr);

  /// The character in hand. A latent of another size begins anew.
  void setLatent(const Latent& latent);
  /// What the model can change, most effect first: the first two are the map's first axes, the next two its next.
  void setDirections(std::vector<Direction> directions);
  /// What stays as it is in all that is offered.
  void setLocks(const LatentLocks& locks);
  /// The latents to breed from; fewer than two: there are no children yet.
  void setParents(std::vector<Latent> parents);
  /// While this is false nothing is asked for.
  void setShown(bool shown);
  void setPicture(int index, const QImage& picture);

  Kind kind() const;
  PictureMap& map() { return *m_map; }
  void save(QSettings& settings) const;  ///< below "create/places/"
  void restore(const QSettings& settings);

 Q_SIGNALS:
  void picturesWanted(const std::vector<loom::Latent>& latents);
  /// The character is to be this; `moving` on the map, or chosen.
  void edited(const loom::Latent& latent, bool moving);
  void dragChanged(bool held);

 private:
  void build();
  void begin();  ///< new pictures for what is chosen
  void beginMap();
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
