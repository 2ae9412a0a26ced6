#include "core/evaluate/turnaround_baselines.h"

#include <torch/torch.h>

#include <algorithm>
#include <limits>

#include "core/evaluate/evaluation_bench.h"
#include "core/evaluate/feature_space.h"
#include "core/evaluate/picture_score.h"
#include "core/image/edit.h"

namespace loom {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr std::size_t kMostForLikeness = 128;  // training characters
constexpr std::size_t kAtOnce = 256;           // pictures in memory as floats

std::vector<std::int64_t> withView(const std::vector<CharacterSprites>& characters, std::size_t view) {
  std::vector<std::int64_t> which;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (!characters[i][view].empty()) which.push_back(static_cast<std::int64_t>(i));
  }
  return which;
}

at::Tensor pictures(const std::vector<CharacterSprites>& characters, std::span<const std::int64_t> which,
                    std::size_t view) {
  std::vector<Sprite> sprites;
  for (const std::int64_t one : which) sprites.push_back(characters[static_cast<std::size_t>(one)][view]);
  return spritePictures(sprites, sprites.front().width()).flatten(1);
}

/// Of all held-out characters to all training ones, by one view.
at::Tensor distancesBy(const TurnaroundSets& sets, std::size_t view, JobMonitor& monitor) {
  at::Tensor all = at::full({std::ssize(sets.heldOut), std::ssize(sets.training)}, kNever, at::kDouble);
  const std::vector<std::int64_t> asked = withView(sets.heldOut, view), known = withView(sets.training, view);
  if (asked.empty() || known.empty()) return all;
  const at::Tensor first = pictures(sets.heldOut, asked, view), rows = at::tensor(asked).unsqueeze(1);
  for (std::size_t from = 0; from < known.size(); from += kAtOnce) {
    monitor.checkCancelled();
    const auto some = std::span(known).subspan(from, std::min(kAtOnce, known.size() - from));
    const at::Tensor second = pictures(sets.training, some, view);
    const at::Tensor columns = at::tensor(std::vector<std::int64_t>(some.begin(), some.end())).unsqueeze(0);
    all.index_put_({rows, columns}, at::cdist(first, second).pow(2).to(at::kDouble));
  }
  return all;
}

}  // namespace

TurnaroundBaselines::TurnaroundBaselines(const TurnaroundSets& sets, JobMonitor& monitor) : m_sets(sets) {
  const torch::NoGradGuard noGrad;
  monitor.begin("Looking characters up", std::ssize(sets.views));
  for (std::size_t view = 0; view < sets.views.size(); ++view) {
    m_distances.push_back(distancesBy(sets, view, monitor));
    monitor.advance(static_cast<std::int64_t>(view) + 1);
  }
  measureLikeness();
}

void TurnaroundBaselines::measureLikeness() {
  const std::size_t views = m_sets.views.size();
  for (auto& alike : m_alike) alike.assign(views, std::vector<double>(views, kNever));
  const WornColours none;
  for (std::size_t from = 0; from < views; ++from) {
    for (std::size_t to = 0; to < views; ++to) {
      double sums[2] = {0, 0};
      int count = 0;
      for (const std::size_t which : spread(m_sets.training.size(), kMostForLikeness)) {
        const Sprite &one = m_sets.training[which][from], &other = m_sets.training[which][to];
        if (from == to || one.empty() || other.empty()) continue;
        sums[0] += scoreOf(one, other, none).difference;
        sums[1] += scoreOf(loom::mirrored(one), other, none).difference;
        ++count;
      }
      if (count == 0) continue;
      for (std::size_t mirror = 0; mirror < 2; ++mirror) m_alike[mirror][from][to] = sums[mirror] / count;
    }
  }
}

int TurnaroundBaselines::mostAlike(std::span<const int> seen, int wanted, bool mirrors) const {
  return *std::ranges::min_element(seen, {}, [&](int view) {
    return m_alike[mirrors ? 1 : 0][static_cast<std::size_t>(view)][static_cast<std::size_t>(wanted)];
  });
}

Sprite TurnaroundBaselines::retrieved(std::size_t character, std::span<const int> seen, int wanted) const {
  const auto row = static_cast<std::int64_t>(character);
  at::Tensor sum = at::zeros({std::ssize(m_sets.training)}, at::kDouble);
  for (const int view : seen) sum += m_distances[static_cast<std::size_t>(view)][row];
  const double* distance = sum.const_data_ptr<double>();
  const Sprite* nearest = nullptr;
  double least = kNever;
  for (std::size_t i = 0; i < m_sets.training.size(); ++i) {
    const Sprite& sprite = m_sets.training[i][static_cast<std::size_t>(wanted)];
    if (sprite.empty() || distance[i] >= least) continue;
    nearest = &sprite;
    least = distance[i];
  }
  return nearest != nullptr ? *nearest : Sprite();
}

Sprite TurnaroundBaselines::copied(std::size_t character, std::span<const int> seen, int wanted) const {
  return m_sets.heldOut[character][static_cast<std::size_t>(mostAlike(seen, wanted, false))];
}

Sprite TurnaroundBaselines::mirrored(std::size_t character, std::span<const int> seen, int wanted) const {
  return loom::mirrored(m_sets.heldOut[character][static_cast<std::size_t>(mostAlike(seen, wanted, true))]);
}

}  // namespace loom
