#include "core/latent/breeding.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/error.h"
#include "core/latent/walk.h"

namespace loom {
namespace {

void checkSizes(std::span<const Latent> latents, const LatentLocks& locks) {
  const std::size_t size = latents.front().size();
  for (const Latent& latent : latents) {
    if (latent.size() == size) continue;
    throw Error("one latent has " + std::to_string(size) + " numbers and another " + std::to_string(latent.size()),
                "breed characters of one model");
  }
  if (!locks.empty() && locks.size() != size) {
    throw Error("there are " + std::to_string(locks.size()) + " locks for a latent of " + std::to_string(size) +
                " numbers");
  }
}

double lengthOf(const Latent& latent) {
  double sum = 0;
  for (const float value : latent) sum += static_cast<double>(value) * static_cast<double>(value);
  return std::sqrt(sum);
}

/// As long as `length`; the zero vector stays.
Latent withLength(Latent latent, double length) {
  const double own = lengthOf(latent);
  if (own > 0) {
    for (float& value : latent) value = static_cast<float>(static_cast<double>(value) * length / own);
  }
  return latent;
}

Latent randomLatent(std::size_t size, RandomStream& random) {
  Latent latent(size);
  for (float& value : latent) value = static_cast<float>(random.normal());
  return latent;
}

Latent meanOf(std::span<const Latent> latents, std::span<const double> weights) {
  Latent mean(latents.front().size());
  double length = 0, sum = 0;
  for (std::size_t k = 0; k < latents.size(); ++k) {
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += static_cast<float>(weights[k]) * latents[k][i];
    length += weights[k] * lengthOf(latents[k]);
    sum += weights[k];
  }
  return withLength(std::move(mean), length / sum);
}

Latent mixed(std::span<const Latent> parents, RandomStream& random) {
  Latent latent(parents.front().size());
  for (std::size_t i = 0; i < latent.size(); ++i) {
    latent[i] = parents[random.below(static_cast<std::uint32_t>(parents.size()))][i];
  }
  return latent;
}

Latent blended(std::span<const Latent> parents, RandomStream& random) {
  // Exponential numbers over their sum are spread evenly over all ways to share.
  std::vector<double> weights;
  for (std::size_t k = 0; k < parents.size(); ++k) weights.push_back(-std::log(1 - random.uniform()));
  return meanOf(parents, weights);
}

Latent plainMean(std::span<const Latent> latents) {
  return meanOf(latents, std::vector<double>(latents.size(), 1.0));
}

}  // namespace

Latent withLocked(Latent latent, const Latent& origin, const LatentLocks& locks) {
  const std::size_t known = std::min({latent.size(), origin.size(), locks.size()});
  for (std::size_t i = 0; i < known; ++i) {
    if (locks[i]) latent[i] = origin[i];
  }
  return latent;
}

Latent variation(const Latent& origin, double radius, const LatentLocks& locks, RandomStream& random) {
  checkSizes({&origin, 1}, locks);
  const Latent other = randomLatent(origin.size(), random);
  return withLocked(slerp(origin, other, std::clamp(radius, 0.0, 1.0)), origin, locks);
}

Latent child(std::span<const Latent> parents, Breeding how, double mutation, RandomStream& random) {
  if (parents.size() < 2) throw Error("a child has two parents or more", "choose two favourites at least");
  checkSizes(parents, {});
  const Latent heir = how == Breeding::kMix ? mixed(parents, random) : blended(parents, random);
  return variation(heir, mutation, {}, random);
}

std::vector<Latent> mixedByLayer(std::span<const Latent> parents, std::size_t latentSize, std::size_t places) {
  constexpr std::size_t kMost = 256;
  std::size_t count = 1;
  for (std::size_t place = 0; place < places && count <= kMost; ++place) count *= parents.size();
  if (parents.empty() || count > kMost) {
    throw Error(std::to_string(parents.size()) + " parents cannot be mixed in every way", "choose two to four");
  }
  for (const Latent& parent : parents) {
    if (parent.size() == latentSize || parent.size() == places * latentSize) continue;
    throw Error("one parent's latent has " + std::to_string(parent.size()) + " numbers",
                "breed characters of one model");
  }
  std::vector<Latent> children(count);
  for (std::size_t number = 0; number < count; ++number) {
    std::size_t group = count, rest = number;
    for (std::size_t place = 0; place < places; ++place) {
      group /= parents.size();
      const Latent& parent = parents[rest / group];
      rest %= group;
      const std::size_t first = parent.size() == latentSize ? 0 : place * latentSize;
      const auto begin = parent.begin() + static_cast<std::ptrdiff_t>(first);
      children[number].insert(children[number].end(), begin, begin + static_cast<std::ptrdiff_t>(latentSize));
    }
  }
  return children;
}

Latent drawnTo(const Latent& origin, std::span<const Latent> liked, std::span<const Latent> disliked, double step,
               const LatentLocks& locks) {
  if (liked.empty() && disliked.empty()) throw Error("there is nothing to be like or unlike", "choose a picture");
  Latent moved = origin;
  const double length = lengthOf(origin);
  if (!liked.empty()) {
    checkSizes(liked, locks);
    moved = slerp(moved, plainMean(liked), std::clamp(step, 0.0, 1.0));
  }
  if (!disliked.empty()) {
    checkSizes(disliked, locks);
    const Latent away = plainMean(disliked);
    if (away.size() != moved.size()) throw Error("the latents are of several sizes", "stay with one model");
    const double reach = std::clamp(step, 0.0, 1.0);
    for (std::size_t i = 0; i < moved.size(); ++i) moved[i] += static_cast<float>(reach) * (moved[i] - away[i]);
    moved = withLength(std::move(moved), length);
  }
  checkSizes({&origin, 1}, locks);
  return withLocked(std::move(moved), origin, locks);
}

}  // namespace loom
