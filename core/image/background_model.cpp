#include "core/image/background_model.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "core/image/palette.h"

namespace loom {
namespace {

/// As far as noise and compression take a flat colour from itself.
constexpr float kAlike = 0.08f;

std::array<double, 3> parts(const OkLab& lab) {
  return {lab.L, lab.a, lab.b};
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Solves a 3 x 3 system by Cramer's rule; false when it has no single solution.
bool solve(const std::array<std::array<double, 3>, 3>& m, const std::array<double, 3>& right,
           std::array<double, 3>& solution) {
  const auto determinant = [](const std::array<std::array<double, 3>, 3>& a) {
    return a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1]) - a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0]) +
           a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0]);
  };
  const double whole = determinant(m);
  if (std::abs(whole) < 1e-9) return false;
  for (std::size_t column = 0; column < 3; ++column) {
    auto replaced = m;
    for (std::size_t row = 0; row < 3; ++row) replaced[row][column] = right[row];
    solution[column] = determinant(replaced) / whole;
  }
  return true;
}

/// The border pixel that most others resemble. Of a long border only some are asked.
OkLab prevailing(const LabPicture& picture, const std::vector<Place>& border) {
  constexpr std::size_t kAsked = 128;
  const std::size_t stride = std::max<std::size_t>(1, border.size() / kAsked);
  std::size_t most = 0;
  OkLab best{};
  for (std::size_t i = 0; i < border.size(); i += stride) {
    const OkLab& lab = picture.at(border[i].x, border[i].y);
    std::size_t alike = 0;
    for (std::size_t j = 0; j < border.size(); j += stride) {
      alike += squaredDistance(lab, picture.at(border[j].x, border[j].y)) < kAlike * kAlike / 4 ? 1 : 0;
    }
    if (alike <= most) continue;
    most = alike;
    best = lab;
  }
  return best;
}

/// The colour that most of the border pixels near `lab` have exactly, or their mean when none prevails.
Rgba exactColour(const LabPicture& picture, const std::vector<Place>& border, const OkLab& lab) {
  std::map<std::tuple<int, int, int>, std::size_t> counts;
  std::array<double, 3> sum{};
  std::size_t total = 0;
  for (const Place& place : border) {
    if (squaredDistance(lab, picture.at(place.x, place.y)) > kAlike * kAlike) continue;
    const Rgba& pixel = picture.sprite().at(place.x, place.y);
    ++counts[{pixel.r, pixel.g, pixel.b}];
    sum[0] += pixel.r;
    sum[1] += pixel.g;
    sum[2] += pixel.b;
    ++total;
  }
  if (total == 0) return fromOkLab(lab);
  const auto best = std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; });
  const auto byte = [](double value) { return static_cast<std::uint8_t>(std::lround(value)); };
  if (3 * best->second >= total) {
    const auto& [r, g, b] = best->first;
    return {byte(r), byte(g), byte(b), 255};
  }
  const auto count = static_cast<double>(total);
  return {byte(sum[0] / count), byte(sum[1] / count), byte(sum[2] / count), 255};
}

}  // namespace

LabPicture::LabPicture(const Sprite& sprite) : m_sprite(sprite) {
  m_labs.reserve(sprite.pixels().size());
  Rgba last;
  OkLab lab = toOkLab(last);
  for (const Rgba& pixel : sprite.pixels()) {
    if (pixel != last) lab = toOkLab(pixel);
    last = pixel;
    m_labs.push_back(lab);
  }
}

std::vector<Place> visibleBorder(const LabPicture& picture) {
  std::vector<Place> border;
  const int right = picture.width() - 1;
  const int bottom = picture.height() - 1;
  const auto add = [&](int x, int y) {
    if (!picture.isClear(x, y)) border.push_back({x, y});
  };
  for (int x = 0; x <= right; ++x) {
    add(x, 0);
    if (bottom > 0) add(x, bottom);
  }
  for (int y = 1; y < bottom; ++y) {
    add(0, y);
    if (right > 0) add(right, y);
  }
  return border;
}

bool CheckerGrid::atSeam(int px, int py) const {
  const int inX = (px + x) % cell;
  const int inY = (py + y) % cell;
  return inX == 0 || inY == 0 || inX == cell - 1 || inY == cell - 1;
}

OkLab BackgroundModel::Plane::at(int x, int y) const {
  const auto part = [&](std::size_t i) { return static_cast<float>(base[i] + across[i] * x + down[i] * y); };
  return {part(0), part(1), part(2)};
}

float BackgroundModel::distanceAt(int x, int y, const OkLab& lab) const {
  if (!m_grid) return m_isGradient ? distance(lab, m_plane.at(x, y)) : distance(lab, m_labs[0]);
  const float own = distance(lab, m_labs[static_cast<std::size_t>(m_grid->colourAt(x, y))]);
  if (!m_blursSeams || !m_grid->atSeam(x, y)) return own;
  // On a blurred seam lies any mixture of the two.
  const OkLab span{m_labs[1].L - m_labs[0].L, m_labs[1].a - m_labs[0].a, m_labs[1].b - m_labs[0].b};
  const OkLab from{lab.L - m_labs[0].L, lab.a - m_labs[0].a, lab.b - m_labs[0].b};
  const float along = (span.L * from.L + span.a * from.a + span.b * from.b) / squaredDistance(m_labs[0], m_labs[1]);
  const float part = std::clamp(along, 0.0f, 1.0f);
  return std::min(own, distance(from, {part * span.L, part * span.a, part * span.b}));
}

float BackgroundModel::widestTolerance() const {
  constexpr float kWide = 0.12f;
  return m_grid ? std::min(kWide, 0.45f * distance(m_labs[0], m_labs[1])) : kWide;
}

Rgba BackgroundModel::colourAt(int x, int y) const {
  if (m_grid) return m_colours[static_cast<std::size_t>(m_grid->colourAt(x, y))];
  return m_isGradient ? fromOkLab(m_plane.at(x, y)) : m_colours[0];
}

BackgroundModel BackgroundModel::ofColour(Rgba colour) {
  BackgroundModel model;
  model.m_colours[0] = {colour.r, colour.g, colour.b, 255};
  model.m_labs[0] = toOkLab(colour);
  model.m_name = "a " + colourText(model.m_colours[0]) + " background";
  return model;
}

double BackgroundModel::agreementWith(const LabPicture& picture, const std::vector<Place>& border) const {
  std::size_t agreeing = 0;
  for (const Place& place : border) {
    agreeing += distanceAt(place.x, place.y, picture.at(place.x, place.y)) < kAlike ? 1 : 0;
  }
  return border.empty() ? 0 : static_cast<double>(agreeing) / static_cast<double>(border.size());
}

/// A first guess at a gradient: the medians of the four sides.
BackgroundModel::Plane BackgroundModel::fromSides(const LabPicture& picture) {
  const int right = picture.width() - 1;
  const int bottom = picture.height() - 1;
  Plane plane;
  for (std::size_t i = 0; i < 3; ++i) {
    std::array<std::vector<double>, 4> sides;  // left, right, top, bottom
    for (int y = 0; y <= bottom; ++y) {
      sides[0].push_back(parts(picture.at(0, y))[i]);
      sides[1].push_back(parts(picture.at(right, y))[i]);
    }
    for (int x = 0; x <= right; ++x) {
      sides[2].push_back(parts(picture.at(x, 0))[i]);
      sides[3].push_back(parts(picture.at(x, bottom))[i]);
    }
    std::array<double, 4> middle{};
    for (std::size_t side = 0; side < 4; ++side) middle[side] = median(sides[side]);
    plane.across[i] = (middle[1] - middle[0]) / std::max(right, 1);
    plane.down[i] = (middle[3] - middle[2]) / std::max(bottom, 1);
    const double centre = (middle[0] + middle[1] + middle[2] + middle[3]) / 4;
    plane.base[i] = centre - plane.across[i] * right / 2.0 - plane.down[i] * bottom / 2.0;
  }
  return plane;
}

/// Least squares over the border pixels that agree with `start`, again and again with what comes out.
BackgroundModel::Plane BackgroundModel::fitted(const LabPicture& picture, const std::vector<Place>& border,
                                               const Plane& start) {
  constexpr int kRounds = 6;
  Plane plane = start;
  for (int round = 0; round < kRounds; ++round) {
    const float reach = round < kRounds / 2 ? 2 * kAlike : kAlike;
    std::array<std::array<double, 3>, 3> normal{};
    std::array<std::array<double, 3>, 3> right{};
    for (const Place& place : border) {
      const OkLab& lab = picture.at(place.x, place.y);
      if (distance(lab, plane.at(place.x, place.y)) > reach) continue;
      const std::array<double, 3> row{1.0, static_cast<double>(place.x), static_cast<double>(place.y)};
      const std::array<double, 3> values = parts(lab);
      for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 3; ++j) {
          normal[i][j] += row[i] * row[j];
          right[j][i] += row[i] * values[j];
        }
      }
    }
    for (std::size_t part = 0; part < 3; ++part) {
      std::array<double, 3> solution{};
      if (!solve(normal, right[part], solution)) return plane;
      plane.base[part] = solution[0];
      plane.across[part] = solution[1];
      plane.down[part] = solution[2];
    }
  }
  return plane;
}

std::optional<BackgroundModel> BackgroundModel::plain(const LabPicture& picture) {
  const std::vector<Place> border = visibleBorder(picture);
  if (border.empty()) return std::nullopt;
  BackgroundModel flat = ofColour(exactColour(picture, border, prevailing(picture, border)));
  flat.m_agreement = flat.agreementWith(picture, border);
  // Two parameters more always fit a little better: a gradient has to be plainly the better account.
  constexpr double kPlain = 0.9;
  constexpr double kBetter = 0.15;
  if (flat.m_agreement > kPlain) return flat;
  BackgroundModel gradient;
  gradient.m_isGradient = true;
  gradient.m_plane = fitted(picture, border, fromSides(picture));
  gradient.m_agreement = gradient.agreementWith(picture, border);
  if (gradient.m_agreement < flat.m_agreement + kBetter) return flat;
  gradient.m_name = "a gradient from " + colourText(gradient.colourAt(0, 0)) + " to " +
                    colourText(gradient.colourAt(picture.width() - 1, picture.height() - 1));
  return gradient;
}

}  // namespace loom
