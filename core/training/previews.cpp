#include "core/training/previews.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/base/random_stream.h"
#include "core/image/codec.h"
#include "core/image/edit.h"

namespace loom {
namespace {

constexpr int kSide = 8;   // cells in a row; without views, also rows
constexpr int kBands = 2;  // of kSide characters each, with views
constexpr std::uint64_t kStream = 3;

}  // namespace

PreviewLayout previewLayout(std::uint64_t seed, int latent, int views) {
  const int characters = views > 0 ? kBands * kSide : kSide * kSide;
  RandomStream random(seed, kStream);
  at::Tensor values = at::empty({characters, latent});
  float* value = values.mutable_data_ptr<float>();
  for (std::int64_t left = values.numel(); left > 0; --left) *value++ = static_cast<float>(random.normal());
  if (views == 0) return {kSide, kSide, values, at::zeros({characters}, at::kLong)};
  return {.columns = kSide,
          .rows = kBands * views,
          .latents = values.view({kBands, 1, kSide, latent}).expand({-1, views, -1, -1}).reshape({-1, latent}),
          .views = at::arange(views, at::kLong).view({1, views, 1}).expand({kBands, -1, kSide}).flatten()};
}

Preview makePreview(const PreviewLayout& layout, const at::Tensor& pictures, std::int64_t step) {
  const std::vector<Sprite> sprites = toSprites(pictures, /*crispAlpha=*/true);
  const int cell = sprites.front().width();
  Preview preview{.step = step,
                  .grid = Sprite(layout.columns * cell, layout.rows * cell),
                  .cell = cell,
                  .columns = layout.columns,
                  .rows = layout.rows};
  for (std::size_t index = 0; index < sprites.size(); ++index) {
    const int at = static_cast<int>(index);
    paste(preview.grid, sprites[index], at % layout.columns * cell, at / layout.columns * cell);
  }
  return preview;
}

void savePreview(const std::filesystem::path& samples, const Preview& preview) {
  char name[40];
  std::snprintf(name, sizeof name, "step-%08lld.png", static_cast<long long>(preview.step));
  writePng(samples / name, preview.grid);
}

int thinPreviews(const std::filesystem::path& samples, int most) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(samples)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("step-") && name.ends_with(".png")) files.push_back(entry.path());
  }
  int left = static_cast<int>(files.size());
  if (left <= most) return left;
  std::ranges::sort(files);  // the numbers have leading zeros
  for (std::size_t index = 1; index < files.size() / 2; index += 2) {
    std::error_code problem;
    if (std::filesystem::remove(files[index], problem)) --left;
  }
  return left;
}

double diversity(const at::Tensor& pictures, const at::Tensor& views) {
  const torch::NoGradGuard noGrad;
  double sum = 0;
  std::int64_t groups = 0;
  const at::Tensor seen = std::get<0>(at::_unique(views));
  for (std::int64_t index = 0; index < seen.numel(); ++index) {
    const at::Tensor members = pictures.index_select(0, views.eq(seen[index]).nonzero().flatten());
    if (members.size(0) < 2) continue;
    sum += members.to(at::kFloat).var(0).mean().item<double>();
    ++groups;
  }
  return groups == 0 ? 0 : std::sqrt(sum / static_cast<double>(groups));
}

}  // namespace loom
