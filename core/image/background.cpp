#include "core/image/background.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/image/alpha_edges.h"
#include "core/image/background_model.h"

namespace loom {
namespace {

constexpr std::array<Place, 4> kSides{{{-1, 0}, {1, 0}, {0, -1}, {0, 1}}};

/// Which pixels are background.
class Mask {
 public:
  Mask(int width, int height)
      : m_width(width), m_height(height), m_set(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {}
  int width() const { return m_width; }
  int height() const { return m_height; }
  bool contains(int x, int y) const { return x >= 0 && y >= 0 && x < m_width && y < m_height; }
  bool at(int x, int y) const { return m_set[index(x, y)] != 0; }
  void set(int x, int y) { m_set[index(x, y)] = 1; }

 private:
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(x);
  }
  int m_width;
  int m_height;
  std::vector<unsigned char> m_set;
};

/// A picture beside its background's model.
class Remover {
 public:
  Remover(const LabPicture& picture, const BackgroundModel& model) : m_picture(picture), m_model(model) {
    m_far.reserve(picture.sprite().pixels().size());
    for (int y = 0; y < picture.height(); ++y) {
      for (int x = 0; x < picture.width(); ++x) {
        m_far.push_back(picture.isClear(x, y) ? 0.0f : model.distanceAt(x, y, picture.at(x, y)));
      }
    }
  }

  /// What is reached from the border over sides of pixels at most `tolerance` from the background.
  Mask flooded(float tolerance) const {
    Mask mask(m_picture.width(), m_picture.height());
    std::vector<Place> next;
    const auto visit = [&](int x, int y) {
      if (!mask.contains(x, y) || mask.at(x, y) || far(x, y) > tolerance) return;
      mask.set(x, y);
      next.push_back({x, y});
    };
    for (int x = 0; x < mask.width(); ++x) {
      visit(x, 0);
      visit(x, mask.height() - 1);
    }
    for (int y = 0; y < mask.height(); ++y) {
      visit(0, y);
      visit(mask.width() - 1, y);
    }
    while (!next.empty()) {
      const Place place = next.back();
      next.pop_back();
      for (const Place& side : kSides) visit(place.x + side.x, place.y + side.y);
    }
    return mask;
  }

  Mask everywhere(float tolerance) const {
    Mask mask(m_picture.width(), m_picture.height());
    for (int y = 0; y < mask.height(); ++y) {
      for (int x = 0; x < mask.width(); ++x) {
        if (far(x, y) <= tolerance) mask.set(x, y);
      }
    }
    return mask;
  }

  /// How far the background's own pixels are from it: what 95 in 100 of those reached with a wide tolerance keep to.
  float noise() const {
    const Mask wide = flooded(m_model.widestTolerance());
    std::vector<float> distances;
    for (int y = 0; y < wide.height(); ++y) {
      for (int x = 0; x < wide.width(); ++x) {
        if (wide.at(x, y) && !m_picture.isClear(x, y)) distances.push_back(far(x, y));
      }
    }
    if (distances.empty()) return 0;
    const auto place = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() * 95 / 100);
    std::nth_element(distances.begin(), place, distances.end());
    return *place;
  }

  float far(int x, int y) const {
    return m_far[static_cast<std::size_t>(y) * static_cast<std::size_t>(m_picture.width()) +
                 static_cast<std::size_t>(x)];
  }

  /// On a checkerboard, areas within the figure that show both colours where they belong are background too.
  void addEnclosedSquares(Mask& mask, float tolerance) const {
    const CheckerGrid& grid = *m_model.grid();
    const int least = std::max(4, grid.cell / 2);
    Mask seen = mask;
    for (int y = 0; y < mask.height(); ++y) {
      for (int x = 0; x < mask.width(); ++x) {
        if (seen.at(x, y) || far(x, y) > tolerance) continue;
        std::vector<Place> area{{x, y}};
        seen.set(x, y);
        std::array<int, 2> counts{};
        for (std::size_t i = 0; i < area.size(); ++i) {
          const Place place = area[i];
          ++counts[static_cast<std::size_t>(grid.colourAt(place.x, place.y))];
          for (const Place& side : kSides) {
            const int u = place.x + side.x;
            const int v = place.y + side.y;
            if (!mask.contains(u, v) || seen.at(u, v) || far(u, v) > tolerance) continue;
            seen.set(u, v);
            area.push_back({u, v});
          }
        }
        if (std::min(counts[0], counts[1]) < least) continue;
        for (const Place& place : area) mask.set(place.x, place.y);
      }
    }
  }

  /// Compression leaves crumbs around a figure: islands of a few pixels, not far from the background, and single pixels
  /// that background surrounds.
  void addCrumbs(Mask& mask, float tolerance) const {
    constexpr std::size_t kCrumb = 6;
    Mask seen = mask;
    for (int y = 0; y < mask.height(); ++y) {
      for (int x = 0; x < mask.width(); ++x) {
        if (seen.at(x, y)) continue;
        std::vector<Place> area{{x, y}};
        seen.set(x, y);
        double sum = 0;
        for (std::size_t i = 0; i < area.size(); ++i) {
          const Place place = area[i];
          sum += static_cast<double>(far(place.x, place.y));
          for (int v = place.y - 1; v <= place.y + 1; ++v) {
            for (int u = place.x - 1; u <= place.x + 1; ++u) {
              if (!mask.contains(u, v) || seen.at(u, v)) continue;
              seen.set(u, v);
              area.push_back({u, v});
            }
          }
        }
        if (area.size() > kCrumb || sum > 3.0 * static_cast<double>(tolerance) * static_cast<double>(area.size()))
          continue;
        for (const Place& place : area) mask.set(place.x, place.y);
      }
    }
  }

  Sprite without(const Mask& mask) const {
    Sprite result = m_picture.sprite();
    for (int y = 0; y < mask.height(); ++y) {
      for (int x = 0; x < mask.width(); ++x) {
        if (mask.at(x, y)) result.at(x, y) = {};
      }
    }
    return result;
  }

 private:
  const LabPicture& m_picture;
  const BackgroundModel& m_model;
  std::vector<float> m_far;
};

constexpr float kLeastTolerance = 0.012f;
constexpr float kNoisy = 0.004f;

struct Cut {
  Sprite sprite;
  bool noisy = false;
};

Cut removed(const LabPicture& picture, const BackgroundModel& model, const BackgroundOptions& options) {
  const Remover remover(picture, model);
  const float noise = remover.noise();
  const float measured = std::min(std::max(1.5f * noise, kLeastTolerance), 0.8f * model.widestTolerance());
  const float tolerance = options.tolerance > 0 ? static_cast<float>(options.tolerance) : measured;
  const bool all = options.mode == BackgroundMode::kSolid || options.mode == BackgroundMode::kColour;
  Mask mask = all ? remover.everywhere(tolerance) : remover.flooded(tolerance);
  if (!all && model.grid()) remover.addEnclosedSquares(mask, tolerance);
  if (noise > kNoisy && options.mode != BackgroundMode::kColour) remover.addCrumbs(mask, tolerance);
  return {remover.without(mask), noise > kNoisy};
}

Sprite withCleanRim(const Cut& cut, const BackgroundModel& model, BackgroundEdges edges) {
  if (edges == BackgroundEdges::kKeep) return cut.sprite;
  const RimEdges kind = edges == BackgroundEdges::kHard ? RimEdges::kHard : RimEdges::kSoft;
  // JPEG keeps colour at half the size, so that it bleeds over two pixels, and adds noise to it; a figure drawn large
  // can spare one more.
  constexpr int kLarge = 128;
  const bool large = std::min(cut.sprite.width(), cut.sprite.height()) >= kLarge;
  const int width = !cut.noisy ? 1 : large ? 3 : 2;
  const double tolerance = cut.noisy ? 40 : 18;
  const MatteAt matte = [&model](int x, int y) { return model.colourAt(x, y); };
  const Unmatted result = unmatted(cut.sprite, matte, width, kind, tolerance);
  // Pixel art has no blends, but a shade of it now and then looks like one.
  constexpr double kMany = 0.2;
  if (edges == BackgroundEdges::kAuto && result.blends < kMany * result.rim) return cut.sprite;
  return result.sprite;
}

/// The model of the background, or why there is none.
std::optional<BackgroundModel> modelFor(const LabPicture& picture, const BackgroundOptions& options,
                                        std::string& whyNot) {
  if (options.mode == BackgroundMode::kColour) return BackgroundModel::ofColour(options.colour);
  const auto border = static_cast<double>(visibleBorder(picture).size());
  const double whole = 2.0 * (picture.width() + picture.height()) - 4;
  const bool isAuto = options.mode == BackgroundMode::kAuto;
  if (border == 0 || (isAuto && border < 0.5 * whole)) {
    whyNot = "the border is transparent already";
    return std::nullopt;
  }
  if (isAuto || options.mode == BackgroundMode::kCheckerboard) {
    if (auto model = BackgroundModel::checkerboard(picture)) return model;
  }
  if (options.mode == BackgroundMode::kCheckerboard) {
    whyNot = "no checkerboard found";
    return std::nullopt;
  }
  auto model = BackgroundModel::plain(picture);
  constexpr double kHalf = 0.5;
  if (isAuto && model && model->agreement() < kHalf) {
    whyNot = "no background found: no colour prevails at the border";
    return std::nullopt;
  }
  return model;
}

}  // namespace

BackgroundMode backgroundModeNamed(const std::string& name) {
  if (name == "auto") return BackgroundMode::kAuto;
  if (name == "flood") return BackgroundMode::kFlood;
  if (name == "solid") return BackgroundMode::kSolid;
  if (name == "checkerboard") return BackgroundMode::kCheckerboard;
  if (name == "colour") return BackgroundMode::kColour;
  throw Error("there is no background '" + name + "'", "use auto, flood, solid, checkerboard or colour");
}

BackgroundEdges backgroundEdgesNamed(const std::string& name) {
  if (name == "auto") return BackgroundEdges::kAuto;
  if (name == "soft") return BackgroundEdges::kSoft;
  if (name == "hard") return BackgroundEdges::kHard;
  if (name == "keep") return BackgroundEdges::kKeep;
  throw Error("there are no edges '" + name + "'", "use auto, soft, hard or keep");
}

WithoutBackground withoutBackground(const Sprite& sprite, const BackgroundOptions& options) {
  if (sprite.empty()) return {sprite, "it has no pixels"};
  const LabPicture picture(sprite);
  std::string whyNot;
  const auto model = modelFor(picture, options, whyNot);
  if (!model) return {sprite, whyNot};
  const Cut cut = removed(picture, *model, options);
  if (cut.sprite == sprite) return {sprite, "nothing of " + model->name() + " left"};
  if (std::ranges::all_of(cut.sprite.pixels(), [](const Rgba& pixel) { return pixel.a == 0; })) {
    return {sprite, "left alone: nothing but " + model->name()};
  }
  return {withCleanRim(cut, *model, options.edges), "removed " + model->name()};
}

}  // namespace loom
