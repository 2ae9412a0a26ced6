// A pointer into each character's own palette: which of the colours that it wears does a pixel take?
//
// The way of pointer networks (Vinyals 2015) with attention to colours rather than places. What belongs to the pointer
// is float32, also inside autocast: with logits of half precision the loss rises again after some thousand steps.
#pragma once

#include <torch/nn/modules/linear.h>

#include "core/nets/indexed_characters.h"

namespace loom {

/// What the colours of N characters are found by.
struct PaletteKeys {
  at::Tensor keys;  ///< N x K x depth, each of length 1
  at::Tensor bias;  ///< N x K: what speaks for a colour in every pixel; far below all others where nobody wears it
  at::Tensor worn;  ///< N x K: pixels in that colour of those that are shown
};

/// The logit of each colour for each pixel: strength * cosine of query and key + bias.
class CosineScore : public torch::nn::Module {
 public:
  CosineScore();
  /// `queries` N x P x depth -> N x P x K.
  at::Tensor forward(const at::Tensor& queries, const PaletteKeys& keys);

  at::Tensor strength;  ///< learned, at most 40
};

/// What N characters wear where a pixel stands: in each of V views, then in each of these mirrored. A side is nearly
/// the mirror image of the other; pointed at, that comes out pixel by pixel, which no pointer at colours can promise.
struct SamePlaces {
  at::Tensor colours;  ///< N x 2V x S x S whole numbers
  at::Tensor shown;    ///< the same shape, of 0 and 1: only what is shown speaks

  /// `shown` N x V or N x V x S x S of 0 and 1.
  static SamePlaces of(const IndexedCharacters& characters, const at::Tensor& shown);
  /// Logits N x T x S x S x K with what `trust` (N x T x 2V x S x S) says for the colours at the pixels' own places.
  at::Tensor addedTo(const at::Tensor& logits, const at::Tensor& trust) const;
};

class PalettePointer : public torch::nn::Module {
 public:
  /// `depth` is that of queries, keys and features.
  explicit PalettePointer(std::int64_t depth);

  /// A colour's key comes of its RGBA, of how many pixels wear it, and of the mean feature of those. `features` N x V x
  /// depth x S x S; `shown` N x V or N x V x S x S of 0 and 1, with one 1 at least for each character.
  PaletteKeys keys(const IndexedCharacters& characters, const at::Tensor& features, const at::Tensor& shown);
  /// `queries` N x V x depth x S x S, `targets` N x T views among them -> N x T x S x S x K.
  at::Tensor logits(const at::Tensor& queries, const at::Tensor& targets, const PaletteKeys& keys);

 private:
  std::int64_t m_depth;
  torch::nn::Linear m_first{nullptr}, m_second{nullptr}, m_last{nullptr};
  std::shared_ptr<CosineScore> m_score;
};

/// The rows of `perView` (N x V x ...) that `targets` (N x T) names: N x T x ...
at::Tensor ofTargets(const at::Tensor& perView, const at::Tensor& targets);
/// Differences between the colours of a palette: N x K x 4 -> N x K x K sums of absolute differences.
at::Tensor colourDistances(const at::Tensor& palettes);
/// The worn colour nearest to each colour, itself where it is worn: N x K whole numbers.
at::Tensor nearestWorn(const at::Tensor& palettes, const at::Tensor& worn);
/// What the pointer should say of the views `targets` (N x T): N x T x S x S whole numbers, the worn colour nearest to
/// the true one.
at::Tensor rightColours(const IndexedCharacters& characters, const at::Tensor& targets, const at::Tensor& worn);
/// Mean cross-entropy of logits N x T x S x S x K against colours N x T x S x S.
at::Tensor pointerLoss(const at::Tensor& logits, const at::Tensor& colours);

/// How a pixel is decided.
enum class ColourChoice {
  kLeastDifference,  ///< the colour whose expected absolute difference from the true one is least
  kLikeliest,        ///< sharper, and a little further off on average
};
/// logits N x T x S x S x K -> N x T x S x S whole numbers, each a worn colour.
at::Tensor chosenColours(const at::Tensor& logits, const at::Tensor& palettes, const at::Tensor& worn,
                         ColourChoice choice);

}  // namespace loom
