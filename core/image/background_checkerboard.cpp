// Finding a painted checkerboard by what the border of a picture shows.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/image/background_model.h"
#include "core/image/palette.h"

namespace loom {
namespace {

constexpr int kLeastCell = 2;
constexpr int kLargestCell = 64;
constexpr float kGrey = 0.045f;  ///< chroma of what is grey still, also after JPEG

struct TwoColours {
  std::array<OkLab, 2> labs;
  std::array<float, 2> shares;  ///< of the border
};

/// Mean of the border pixels within `reach` of `centre`, and their share.
OkLab meanNear(const LabPicture& picture, const std::vector<Place>& border, const OkLab& centre, float reach,
               float& share) {
  std::array<double, 3> sum{};
  double count = 0;
  for (const Place& place : border) {
    const OkLab& lab = picture.at(place.x, place.y);
    if (squaredDistance(lab, centre) > reach * reach) continue;
    sum[0] += static_cast<double>(lab.L);
    sum[1] += static_cast<double>(lab.a);
    sum[2] += static_cast<double>(lab.b);
    count += 1;
  }
  share = static_cast<float>(count / static_cast<double>(border.size()));
  if (count == 0) return centre;
  return {static_cast<float>(sum[0] / count), static_cast<float>(sum[1] / count), static_cast<float>(sum[2] / count)};
}

/// The two near-grey colours that share most of the border, by k-means in lightness.
std::optional<TwoColours> twoGreys(const LabPicture& picture, const std::vector<Place>& border) {
  std::vector<float> levels;
  for (const Place& place : border) {
    const OkLab& lab = picture.at(place.x, place.y);
    if (chroma(lab) < kGrey) levels.push_back(lab.L);
  }
  constexpr double kMost = 0.5;
  if (static_cast<double>(levels.size()) < kMost * static_cast<double>(border.size())) return std::nullopt;
  std::ranges::sort(levels);
  // Quarters of the way through the sorted lightness lie within either colour where both take a good part.
  float low = levels[levels.size() / 4];
  float high = levels[levels.size() * 3 / 4];
  for (int round = 0; round < 4; ++round) {
    const float middle = (low + high) / 2;
    const auto split = std::ranges::lower_bound(levels, middle);
    const auto count = static_cast<std::size_t>(split - levels.begin());
    if (count == 0 || count == levels.size()) return std::nullopt;
    low = levels[count / 2];
    high = levels[count + (levels.size() - count) / 2];
  }
  constexpr float kLeastApart = 0.02f;
  constexpr float kLeastShare = 0.12f;
  if (high - low < kLeastApart) return std::nullopt;
  TwoColours two{};
  const float reach = std::clamp((high - low) / 2, 0.02f, 0.06f);
  two.labs[0] = meanNear(picture, border, {low, 0, 0}, reach, two.shares[0]);
  two.labs[1] = meanNear(picture, border, {high, 0, 0}, reach, two.shares[1]);
  if (std::min(two.shares[0], two.shares[1]) < kLeastShare || two.shares[0] + two.shares[1] < kMost)
    return std::nullopt;
  return two;
}

/// Which of the colours a pixel has: -1, +1, or 0 for neither.
class Labels {
 public:
  Labels(const LabPicture& picture, const TwoColours& two) : m_picture(picture), m_two(two) {
    m_reach = std::max(0.6f * distance(two.labs[0], two.labs[1]), 0.02f);
  }
  int at(int x, int y) const {
    if (m_picture.isClear(x, y)) return 0;
    const OkLab& lab = m_picture.at(x, y);
    const float first = distance(lab, m_two.labs[0]);
    const float second = distance(lab, m_two.labs[1]);
    if (std::min(first, second) > m_reach) return 0;
    return first < second ? -1 : 1;
  }

 private:
  const LabPicture& m_picture;
  const TwoColours& m_two;
  float m_reach = 0;
};

using Strip = std::vector<int>;

/// How well two opposite sides alternate every `cell` pixels, and with which shift (0 <= shift < 2 cell).
int alternation(const Strip& first, const Strip& second, int cell, int& shift) {
  const auto agreement = [cell](const Strip& strip, int by) {
    int sum = 0;
    int place = by % cell;
    int sign = by / cell % 2 == 0 ? -1 : 1;
    for (const int label : strip) {
      sum += sign * label;
      if (++place == cell) {
        place = 0;
        sign = -sign;
      }
    }
    return std::abs(sum);
  };
  int best = -1;
  for (int by = 0; by < cell; ++by) {
    const int sum = agreement(first, by) + agreement(second, by);
    if (sum <= best) continue;
    best = sum;
    shift = by;
  }
  return best;
}

int labelled(const Strip& strip) {
  return static_cast<int>(strip.size() - static_cast<std::size_t>(std::ranges::count(strip, 0)));
}

struct FoundGrid {
  CheckerGrid grid;
  double score = 0;  ///< -1 to 1
};

FoundGrid bestGrid(const LabPicture& picture, const Labels& labels, const std::vector<Place>& border) {
  const int right = picture.width() - 1;
  const int bottom = picture.height() - 1;
  std::array<Strip, 4> sides;  // top, bottom, left, right
  for (int x = 0; x <= right; ++x) {
    sides[0].push_back(labels.at(x, 0));
    sides[1].push_back(labels.at(x, bottom));
  }
  for (int y = 0; y <= bottom; ++y) {
    sides[2].push_back(labels.at(0, y));
    sides[3].push_back(labels.at(right, y));
  }
  FoundGrid found;
  int best = 0;
  for (int cell = kLeastCell; cell <= std::min(kLargestCell, std::max(right, bottom)); ++cell) {
    CheckerGrid grid{cell, 0, 0};
    const int sum = alternation(sides[0], sides[1], cell, grid.x) + alternation(sides[2], sides[3], cell, grid.y);
    if (sum <= best) continue;
    best = sum;
    found.grid = grid;
  }
  if (best == 0) return {};
  // The sides were taken one by one; now they have to agree on one pattern.
  int together = 0;
  int total = 0;
  for (const Place& place : border) {
    const int label = labels.at(place.x, place.y);
    together += label * (found.grid.colourAt(place.x, place.y) == 0 ? -1 : 1);
    total += std::abs(label);
  }
  if (together < 0) found.grid.x += found.grid.cell;
  found.score = total == 0 ? 0 : std::abs(together) / static_cast<double>(total);
  const int sidesTotal = labelled(sides[0]) + labelled(sides[1]) + labelled(sides[2]) + labelled(sides[3]);
  found.score = std::min(found.score, best / static_cast<double>(std::max(sidesTotal, 1)));
  return found;
}

}  // namespace

std::optional<BackgroundModel> BackgroundModel::checkerboard(const LabPicture& picture) {
  const std::vector<Place> border = visibleBorder(picture);
  constexpr std::size_t kLeastBorder = 12;
  if (border.size() < kLeastBorder) return std::nullopt;
  const auto two = twoGreys(picture, border);
  if (!two) return std::nullopt;
  const FoundGrid found = bestGrid(picture, Labels(picture, *two), border);
  constexpr double kConvincing = 0.8;
  if (found.score < kConvincing) return std::nullopt;
  BackgroundModel model;
  model.m_grid = found.grid;
  for (std::size_t colour = 0; colour < 2; ++colour) {
    std::vector<Place> own;
    for (const Place& place : border) {
      const bool inside = found.grid.cell <= 3 || !found.grid.atSeam(place.x, place.y);
      if (inside && static_cast<std::size_t>(found.grid.colourAt(place.x, place.y)) == colour) own.push_back(place);
    }
    model.m_labs[colour] = two->labs[colour];
    float share = 0;
    if (!own.empty()) model.m_labs[colour] = meanNear(picture, own, two->labs[colour], 0.03f, share);
    model.m_colours[colour] = fromOkLab(model.m_labs[colour]);
    model.m_labs[colour] = toOkLab(model.m_colours[colour]);
  }
  std::size_t off = 0;
  std::size_t seams = 0;
  for (const Place& place : border) {
    if (!found.grid.atSeam(place.x, place.y)) continue;
    const float far = model.distanceAt(place.x, place.y, picture.at(place.x, place.y));
    // Only what lies between the two colours can be a blurred seam; the figure may cross the border anywhere.
    const bool near = far < distance(model.m_labs[0], model.m_labs[1]);
    seams += near ? 1 : 0;
    off += near && far > 0.01f ? 1 : 0;
  }
  model.m_blursSeams = 4 * off > seams;
  model.m_agreement = model.agreementWith(picture, border);
  model.m_name = "a checkerboard of " + colourText(model.m_colours[0]) + " and " + colourText(model.m_colours[1]) +
                 ", " + std::to_string(found.grid.cell) + " px";
  return model;
}

}  // namespace loom
