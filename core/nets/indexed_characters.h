// Characters as the turnaround sees them: every pixel a place in the character's own palette.
#pragma once

#include <ATen/core/Tensor.h>

namespace loom {

/// N characters with V views of S x S pixels. Colours are multiplied by alpha, on [-1, 1], alpha last; the first row of
/// a palette is the transparent one. Palettes are padded to the K rows of the longest; what no pixel wears counts for
/// nothing, so it does not matter what stands there.
struct IndexedCharacters {
  at::Tensor indices;   ///< N x V x S x S whole numbers (int64), 0..K-1; 0 all over a view that is not there
  at::Tensor palettes;  ///< N x K x 4
  at::Tensor present;   ///< N x V: 1 for a view that is there, else 0
};

/// The pictures: N x V x 4 x S x S in [-1, 1].
at::Tensor painted(const at::Tensor& indices, const at::Tensor& palettes);
/// What is shown of some characters, pixel by pixel: `shown` N x V, whole views, or N x V x S x S already, of 0 and 1
/// -> N x V x S x S, float32.
at::Tensor shownPixels(const at::Tensor& shown, std::int64_t size);
/// How many of the pixels that are shown wear each colour: `shown` as above -> N x K.
at::Tensor timesWorn(const at::Tensor& indices, const at::Tensor& shown, std::int64_t colours);

}  // namespace loom
