// The pictures that show how training goes: fixed latents, drawn again and again.
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <functional>
#include <vector>

#include "core/training/pixels.h"
#include "core/training/telemetry.h"

namespace loom {

/// Which latent and view stands in which cell of the preview.
struct PreviewLayout {
  int columns = 8;
  int rows = 8;
  at::Tensor latents;  ///< columns * rows x latent, by rows
  at::Tensor views;    ///< columns * rows indices
};
/// 8 x 8 latents; with `views` > 0, 16 characters in two bands of 8 columns, a row a view in each (with four views 8 x
/// 8 as well). The same for the same seed, everywhere.
PreviewLayout previewLayout(std::uint64_t seed, int latent, int views);

Preview makePreview(const PreviewLayout& layout, const at::Tensor& pictures, std::int64_t step);
/// SAMPLES/step-00000050.png
void savePreview(const std::filesystem::path& samples, const Preview& preview);
/// Keeps at most `most` pictures: every other one of the older half goes. Returns how many stay.
int thinPreviews(const std::filesystem::path& samples, int most);

/// How far pictures lie from each other: the root mean square of pixels' deviation among those of one view.
double diversity(const at::Tensor& pictures, const at::Tensor& views);

}  // namespace loom
