#include "core/latent/directions.h"

#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr std::array<const char*, 3> kKinds{"found", "tag", "groups"};
constexpr int kMostSweeps = 30;     // of varimax; about ten suffice
constexpr double kNoChange = 1e-9;  // of the largest eigenvalue: along such a direction no picture changes
constexpr double kNoTurn = 1e-4;    // radians

void checkSizes(std::size_t latent, std::size_t direction) {
  if (latent == direction) return;
  throw Error("the direction has " + std::to_string(direction) + " numbers and the latent " + std::to_string(latent),
              "it belongs to another model");
}

/// The angle by which two columns of loadings are turned in their plane so that their squares vary most (Kaiser 1958).
double planeAngle(std::span<const double> x, std::span<const double> y) {
  double sumU = 0, sumV = 0, squares = 0, products = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double u = x[i] * x[i] - y[i] * y[i], v = 2 * x[i] * y[i];
    sumU += u;
    sumV += v;
    squares += u * u - v * v;
    products += 2 * u * v;
  }
  const auto count = static_cast<double>(x.size());
  return std::atan2(products - 2 * sumU * sumV / count, squares - (sumU * sumU - sumV * sumV) / count) / 4;
}

void turn(std::span<double> x, std::span<double> y, double angle) {
  const double cosine = std::cos(angle), sine = std::sin(angle);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double old = x[i];
    x[i] = cosine * old + sine * y[i];
    y[i] = cosine * y[i] - sine * old;
  }
}

std::span<double> rowOf(at::Tensor& rows, std::int64_t i) {
  return {rows.mutable_data_ptr<double>() + i * rows.size(1), static_cast<std::size_t>(rows.size(1))};
}

/// Rows of length 1 with their largest entry positive.
std::vector<Latent> toLatents(const at::Tensor& rows) {
  std::vector<Latent> latents;
  for (std::int64_t i = 0; i < rows.size(0); ++i) {
    const at::Tensor row = rows[i].contiguous();
    const double* values = row.const_data_ptr<double>();
    const double* largest =
        std::max_element(values, values + row.numel(), [](double a, double b) { return std::abs(a) < std::abs(b); });
    const double sign = *largest < 0 ? -1 : 1;
    Latent latent(static_cast<std::size_t>(row.numel()));
    std::transform(values, values + row.numel(), latent.begin(),
                   [sign](double value) { return static_cast<float>(sign * value); });
    latents.push_back(std::move(latent));
  }
  return latents;
}

}  // namespace

std::string directionKindName(DirectionKind kind) {
  return kKinds[static_cast<std::size_t>(kind)];
}

DirectionKind parseDirectionKind(const std::string& name) {
  const auto* const found = std::ranges::find(kKinds, name);
  if (found != kKinds.end()) return static_cast<DirectionKind>(found - kKinds.begin());
  throw Error("'" + name + "' is no kind of direction", "the kinds are found, tag and groups");
}

float positionOn(std::span<const float> latent, std::span<const float> direction) {
  checkSizes(latent.size(), direction.size());
  double sum = 0;
  for (std::size_t i = 0; i < latent.size(); ++i) {
    sum += static_cast<double>(latent[i]) * static_cast<double>(direction[i]);
  }
  return static_cast<float>(sum);
}

Latent movedTo(const Latent& latent, std::span<const float> direction, float position) {
  const float way = position - positionOn(latent, direction);
  Latent moved = latent;
  for (std::size_t i = 0; i < moved.size(); ++i) moved[i] += way * direction[i];
  return moved;
}

struct DirectionSearch::Impl {
  at::Tensor directions;  ///< k x latent; undefined where there are none
  at::Tensor loadings;    ///< k x columns: their slopes
  int sweeps = 0;
  bool finished = true;
};

DirectionSearch::DirectionSearch(const LatentSlopes& slopes, int count) : m_impl(std::make_unique<Impl>()) {
  if (slopes.latent < 1 || slopes.columns < 1 || count < 1) return;
  const c10::InferenceMode inference;
  const at::Tensor all =
      at::from_blob(const_cast<float*>(slopes.values.data()), {slopes.latent, slopes.columns}, at::kFloat)
          .to(at::kDouble);
  const auto [values, vectors] = at::linalg_eigh(all.mm(all.t()));  // ascending
  const double largest = values[slopes.latent - 1].item<double>();
  if (!(largest > 0)) return;
  const auto changing = values.gt(kNoChange * largest).sum().item<std::int64_t>();
  const std::int64_t kept = std::min<std::int64_t>(count, changing);
  m_impl->directions = vectors.narrow(1, slopes.latent - kept, kept).t().flip(0).contiguous();
  m_impl->loadings = m_impl->directions.mm(all);
  m_impl->finished = false;
}

DirectionSearch::~DirectionSearch() = default;
DirectionSearch::DirectionSearch(DirectionSearch&&) noexcept = default;
DirectionSearch& DirectionSearch::operator=(DirectionSearch&&) noexcept = default;

bool DirectionSearch::finished() const {
  return m_impl->finished;
}

void DirectionSearch::advance() {
  if (m_impl->finished) return;
  const c10::InferenceMode inference;
  at::Tensor &directions = m_impl->directions, &loadings = m_impl->loadings;
  double most = 0;
  for (std::int64_t i = 0; i < loadings.size(0); ++i) {
    for (std::int64_t j = i + 1; j < loadings.size(0); ++j) {
      const double angle = planeAngle(rowOf(loadings, i), rowOf(loadings, j));
      if (std::abs(angle) < kNoTurn) continue;
      turn(rowOf(loadings, i), rowOf(loadings, j), angle);
      turn(rowOf(directions, i), rowOf(directions, j), angle);
      most = std::max(most, std::abs(angle));
    }
  }
  m_impl->finished = most < kNoTurn || ++m_impl->sweeps >= kMostSweeps;
}

std::vector<Latent> DirectionSearch::directions() const {
  if (!m_impl->directions.defined()) return {};
  const c10::InferenceMode inference;
  const at::Tensor order = m_impl->loadings.square().sum(1).argsort(/*stable=*/true, 0, /*descending=*/true);
  return toLatents(m_impl->directions.index_select(0, order));
}

std::vector<Latent> principalDirections(const LatentSlopes& slopes, int count) {
  DirectionSearch search(slopes, count);
  while (!search.finished()) search.advance();
  return search.directions();
}

}  // namespace loom
