#include "core/dataset/outliers.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "core/dataset/neighbours.h"
#include "core/dataset/sprite_content.h"
#include "core/dataset/sprite_features.h"
#include "core/image/edit.h"

namespace loom {
namespace {

constexpr std::size_t kNeighbours = 8;
// Distances of a set's own rare characters reach about twice the median.
constexpr double kUnlike = 2.2;
constexpr std::size_t kLeastOfAView = 12;

/// What counting shows of a sprite.
struct Facts {
  double filled = 0;   ///< share of the canvas with alpha > 0
  double boxed = 0;    ///< share of the content's bounds with alpha > 0
  double partial = 0;  ///< share of the content with alpha under 255
  int colours = 0;
  int side = 0;     ///< the longer side of the content, pixels
  int canvas = 0;   ///< the longer side of the canvas
  int borders = 0;  ///< how many of the four it touches along more than a few pixels
  int scale = 1;
};

int touchedBorders(const Sprite& sprite) {
  int left = 0, right = 0, top = 0, bottom = 0;
  for (int y = 0; y < sprite.height(); ++y) {
    left += sprite.at(0, y).a > 0;
    right += sprite.at(sprite.width() - 1, y).a > 0;
  }
  for (int x = 0; x < sprite.width(); ++x) {
    top += sprite.at(x, 0).a > 0;
    bottom += sprite.at(x, sprite.height() - 1).a > 0;
  }
  const auto along = [](int touched, int side) { return touched * 8 > side ? 1 : 0; };
  return along(left, sprite.height()) + along(right, sprite.height()) + along(top, sprite.width()) +
         along(bottom, sprite.width());
}

Facts factsOf(const Sprite& sprite) {
  Facts facts;
  facts.canvas = std::max(sprite.width(), sprite.height());
  const SpriteContent content = contentOf(sprite);
  if (content.empty()) return facts;
  const double filled = static_cast<double>(content.filled) * content.scale * content.scale;
  facts.filled = filled / static_cast<double>(sprite.pixels().size());
  facts.boxed = static_cast<double>(content.filled) / static_cast<double>(content.dots.size());
  facts.colours = static_cast<int>(content.colours.size());
  facts.side = std::max(content.width, content.height) * content.scale;
  facts.scale = content.scale;
  facts.borders = touchedBorders(sprite);
  const auto partial = std::ranges::count_if(
      content.dots, [&](std::uint32_t dot) { return dot != 0 && content.colours[dot - 1].a != 255; });
  facts.partial = static_cast<double>(partial) / content.filled;
  return facts;
}

template <typename Value>
Value middle(std::vector<Value> values) {
  if (values.empty()) return {};
  const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, half);
  return *half;
}

template <typename Value>
Value middleOf(const std::vector<Facts>& facts, Value Facts::*member) {
  std::vector<Value> values;
  for (const Facts& each : facts) values.push_back(each.*member);
  return middle(std::move(values));
}

/// Weighs a sprite's facts against the middle of the set's.
class Judge {
 public:
  explicit Judge(const std::vector<Facts>& facts)
      : m_filled(middleOf(facts, &Facts::filled)),
        m_boxed(middleOf(facts, &Facts::boxed)),
        m_colours(middleOf(facts, &Facts::colours)),
        m_side(middleOf(facts, &Facts::side)),
        m_canvas(middleOf(facts, &Facts::canvas)),
        m_scale(middleOf(facts, &Facts::scale)),
        m_borders(middleOf(facts, &Facts::borders)) {
    const auto soft = std::ranges::count_if(facts, [](const Facts& each) { return each.partial > 0; });
    m_softShare = facts.empty() ? 0 : static_cast<double>(soft) / static_cast<double>(facts.size());
  }

  void judge(const Facts& facts, Outlier& outlier) const {
    if (facts.colours == 0) return add(outlier, 6, "there is nothing to be seen");
    if (facts.filled < .1 * m_filled && facts.filled < .02) add(outlier, 3, "next to nothing is to be seen");
    if (facts.boxed > .97 && m_boxed < .9)
      add(outlier, 3, "it is a filled rectangle: the background may still be there");
    judgeSize(facts, outlier);
    if (facts.colours > 3 * std::max(m_colours, 8)) {
      add(outlier, 1.5 + std::log2(facts.colours / (3. * std::max(m_colours, 8))) / 2,
          std::to_string(facts.colours) + " colours, where others have about " + std::to_string(m_colours) +
              ": blurred, or from a JPEG");
    }
    if (facts.partial > .02 && m_softShare < .05) {
      add(outlier, 1 + facts.partial, "it is partly transparent, where others are not");
    }
    if (facts.borders >= 2 && m_borders == 0) {
      add(outlier, .5 * facts.borders, "it touches " + std::to_string(facts.borders) + " borders: it may be cut off");
    }
    if (facts.scale > m_scale)
      add(outlier, 1.5, "its pixels are blocks of " + std::to_string(facts.scale) + ": enlarged");
  }

 private:
  void judgeSize(const Facts& facts, Outlier& outlier) const {
    const double canvas = std::abs(std::log2(static_cast<double>(facts.canvas) / std::max(m_canvas, 1)));
    const double side = std::abs(std::log2(static_cast<double>(facts.side) / std::max(m_side, 1)));
    if (canvas > .9) {
      add(outlier, canvas,
          "its canvas is " + std::to_string(facts.canvas) + " pixels, where others have " + std::to_string(m_canvas));
    } else if (side > .8) {
      const char* size = facts.side > m_side ? "large" : "small";
      add(outlier, side,
          "it is " + std::string(size) + ": " + std::to_string(facts.side) + " pixels, where others have " +
              std::to_string(m_side));
    }
  }

  static void add(Outlier& outlier, double weight, const std::string& reason) {
    outlier.score += weight;
    outlier.reasons += (outlier.reasons.empty() ? "" : "; ") + reason;
  }

  double m_filled, m_boxed;
  int m_colours, m_side, m_canvas, m_scale, m_borders;
  double m_softShare = 0;
};

/// Mean distance of each sprite to its nearest ones of the same view, as a multiple of that view's median. Views with
/// few sprites are looked at together.
std::vector<double> relativeDistances(std::span<const SpriteInfo> sprites, const std::vector<SpriteFeatures>& features,
                                      JobMonitor& monitor) {
  std::map<std::string, std::vector<std::size_t>> byView;
  for (std::size_t i = 0; i < sprites.size(); ++i) byView[sprites[i].view].push_back(i);
  std::vector<std::size_t> rare;
  std::erase_if(byView, [&](const auto& view) {
    if (view.second.size() >= kLeastOfAView) return false;
    rare.insert(rare.end(), view.second.begin(), view.second.end());
    return true;
  });
  if (!rare.empty()) byView[""].insert(byView[""].end(), rare.begin(), rare.end());
  std::vector<double> relative(sprites.size(), 1);
  for (const auto& [view, members] : byView) {
    FeatureTable table{.columns = SpriteFeatures::kLook};
    for (const std::size_t i : members) {
      table.values.insert(table.values.end(), features[i].look().begin(), features[i].look().end());
    }
    const auto lists = nearestRows(table, kNeighbours, monitor);
    std::vector<double> means;
    for (const auto& list : lists) {
      double sum = 0;
      for (const Neighbour& neighbour : list) sum += static_cast<double>(neighbour.distance);
      means.push_back(list.empty() ? 0 : sum / static_cast<double>(list.size()));
    }
    const double median = middle(means);
    for (std::size_t i = 0; i < members.size(); ++i) relative[members[i]] = median > 0 ? means[i] / median : 1;
  }
  return relative;
}

}  // namespace

std::vector<Outlier> findOutliers(std::span<const SpriteInfo> sprites, const PixelSource& pixels, JobMonitor& monitor) {
  std::vector<Facts> facts(sprites.size());
  std::vector<SpriteFeatures> features(sprites.size());
  const auto look = [&](std::size_t index, const Sprite& sprite) {
    facts[index] = factsOf(sprite);
    features[index] = spriteFeatures(sprite);
  };
  lookAtSprites(sprites, pixels, "Looking at the sprites", look, monitor);
  const std::vector<double> distances = relativeDistances(sprites, features, monitor);
  const Judge judge(facts);
  std::vector<Outlier> outliers;
  for (std::size_t i = 0; i < sprites.size(); ++i) {
    Outlier outlier{.sprite = sprites[i].id, .distance = distances[i]};
    outlier.score = std::clamp((distances[i] - 1) / (kUnlike - 1), 0., 4.);
    if (distances[i] >= kUnlike) outlier.reasons = "it is unlike the others";
    judge.judge(facts[i], outlier);
    outliers.push_back(std::move(outlier));
  }
  std::ranges::stable_sort(outliers, std::greater(), &Outlier::score);
  return outliers;
}

}  // namespace loom
