#include "core/nets/palette_pointer.h"

#include <c10/core/impl/LocalDispatchKeySet.h>
#include <torch/torch.h>

#include "core/nets/blocks.h"
#include "core/nets/layer_trace.h"

namespace loom {
namespace {

constexpr std::int64_t kHidden = 128;
constexpr double kNever = 1e4;  // more than any logit or distance
constexpr double kTiny = 1e-8;

/// What is computed while it lives is not brought to half precision.
class WithoutAutocast {
  c10::impl::ExcludeDispatchKeyGuard m_guard{c10::autocast_dispatch_keyset};
};

at::Tensor unitLength(const at::Tensor& rows) {
  return rows * (rows.square().sum(-1, /*keepdim=*/true) + kTiny).rsqrt();
}

/// What the pixels that wear each colour have in common: the mean of their features, N x K x D. Only views of which
/// something is shown are gone through: most are not, and features are wide.
at::Tensor meanFeatures(const IndexedCharacters& characters, const at::Tensor& features, const at::Tensor& shown,
                        const at::Tensor& worn) {
  const std::int64_t views = shown.size(1), colours = worn.size(1), depth = features.size(2);
  const at::Tensor places = shown.flatten(2).amax(-1).flatten().nonzero().squeeze(1);
  const auto some = [&places](const at::Tensor& perView) { return perView.flatten(0, 1).index_select(0, places); };
  const at::Tensor weights = some(shown).flatten(1).unsqueeze(-1);
  const at::Tensor rows = some(features).to(at::kFloat).flatten(2).transpose(1, 2) * weights;
  const at::Tensor whose = places.div(views, "floor").unsqueeze(1) * colours;
  const at::Tensor wearers = (some(characters.indices).flatten(1) + whose).flatten().unsqueeze(-1);
  const at::Tensor sums = at::zeros({shown.size(0) * colours, depth}, rows.options())
                              .scatter_add(0, wearers.expand({-1, depth}), rows.flatten(0, 1));
  return sums.view({-1, colours, depth}) / worn.clamp_min(1).unsqueeze(-1);
}

/// N x V x D x S x S -> N x (V * S * S) x D.
at::Tensor pixelRows(const at::Tensor& maps) {
  return maps.permute({0, 1, 3, 4, 2}).flatten(1, 3);
}

/// Added to what speaks against a colour: nothing where it is worn.
at::Tensor neverUnworn(const at::Tensor& worn) {
  return worn.eq(0).to(at::kFloat) * kNever;
}

}  // namespace

CosineScore::CosineScore() {
  constexpr double kStart = 10;
  strength = register_parameter("strength", at::full({1}, kStart));
}

at::Tensor CosineScore::forward(const at::Tensor& queries, const PaletteKeys& keys) {
  constexpr double kMost = 40;
  const at::Tensor scaled = keys.keys * strength.clamp_max(kMost);
  at::Tensor logits = at::baddbmm(keys.bias.unsqueeze(1), unitLength(queries), scaled.transpose(1, 2));
  LayerTrace::ran(*this, queries, logits);
  return logits;
}

PalettePointer::PalettePointer(std::int64_t depth) : m_depth(depth) {
  constexpr std::int64_t kFacts = 5;  // red, green, blue, alpha, how often it is worn
  m_first = register_module("first", linear(kFacts + depth, kHidden, /*scaled=*/true));
  m_second = register_module("second", linear(kHidden, kHidden, /*scaled=*/true, gainAfterRelu(0)));
  m_last = register_module("last", linear(kHidden, depth + 1, /*scaled=*/true, gainAfterRelu(0)));
  m_score = register_module("score", std::make_shared<CosineScore>());
}

PaletteKeys PalettePointer::keys(const IndexedCharacters& characters, const at::Tensor& features,
                                 const at::Tensor& shown) {
  constexpr double kOftenIs = 5;  // a logarithm of counts up to about 1
  const WithoutAutocast whole;
  const at::Tensor& palettes = characters.palettes;
  const at::Tensor weights = shownPixels(shown, features.size(4));
  const at::Tensor worn = timesWorn(characters.indices, weights, palettes.size(1));
  const at::Tensor mean = at::layer_norm(meanFeatures(characters, features, weights, worn), {m_depth});
  at::Tensor x = at::cat({palettes, worn.log1p().unsqueeze(-1) / kOftenIs, mean}, -1);
  x = at::silu(run(m_first, x));
  x = at::silu(run(m_second, x));
  x = run(m_last, x);
  return {
      .keys = unitLength(x.narrow(-1, 0, m_depth)), .bias = x.select(-1, m_depth) - neverUnworn(worn), .worn = worn};
}

at::Tensor PalettePointer::logits(const at::Tensor& queries, const at::Tensor& targets, const PaletteKeys& keys) {
  const WithoutAutocast whole;
  const at::Tensor rows = pixelRows(ofTargets(queries, targets).to(at::kFloat));
  return m_score->forward(rows, keys).view({targets.size(0), targets.size(1), queries.size(3), queries.size(4), -1});
}

SamePlaces SamePlaces::of(const IndexedCharacters& characters, const at::Tensor& shown) {
  const auto withMirrored = [](const at::Tensor& maps) { return at::cat({maps, maps.flip(-1)}, 1); };
  return {.colours = withMirrored(characters.indices),
          .shown = withMirrored(shownPixels(shown, characters.indices.size(3)))};
}

at::Tensor SamePlaces::addedTo(const at::Tensor& logits, const at::Tensor& trust) const {
  const WithoutAutocast whole;
  const at::Tensor spoken = (trust.to(at::kFloat) * shown.unsqueeze(1)).permute({0, 1, 3, 4, 2});
  return logits.scatter_add(-1, colours.permute({0, 2, 3, 1}).unsqueeze(1).expand(spoken.sizes()), spoken);
}

at::Tensor ofTargets(const at::Tensor& perView, const at::Tensor& targets) {
  std::vector<std::int64_t> shape = perView.sizes().vec(), one(shape.size(), 1);
  one[0] = targets.size(0);
  one[1] = shape[1] = targets.size(1);
  return perView.gather(1, targets.view(one).expand(shape));
}

at::Tensor colourDistances(const at::Tensor& palettes) {
  return at::cdist(palettes, palettes, /*p=*/1);
}

at::Tensor nearestWorn(const at::Tensor& palettes, const at::Tensor& worn) {
  const at::Tensor near = (colourDistances(palettes) + neverUnworn(worn).unsqueeze(1)).argmin(-1);
  const at::Tensor itself = at::arange(palettes.size(1), near.options()).expand_as(near);
  return at::where(worn.gt(0), itself, near);  // of two rows of one colour each stays itself
}

at::Tensor rightColours(const IndexedCharacters& characters, const at::Tensor& targets, const at::Tensor& worn) {
  const at::Tensor truth = ofTargets(characters.indices, targets);
  return nearestWorn(characters.palettes, worn).gather(1, truth.flatten(1)).view(truth.sizes());
}

at::Tensor pointerLoss(const at::Tensor& logits, const at::Tensor& colours) {
  const WithoutAutocast whole;
  return at::cross_entropy_loss(logits.flatten(0, -2), colours.flatten());
}

at::Tensor chosenColours(const at::Tensor& logits, const at::Tensor& palettes, const at::Tensor& worn,
                         ColourChoice choice) {
  const at::Tensor rows = logits.flatten(1, 3);
  const at::Tensor never = neverUnworn(worn).unsqueeze(1);
  const at::Tensor chosen = choice == ColourChoice::kLikeliest
                                ? (rows - never).argmax(-1)
                                : (rows.softmax(-1).bmm(colourDistances(palettes)) + never).argmin(-1);
  return chosen.view({logits.size(0), logits.size(1), logits.size(2), logits.size(3)});
}

}  // namespace loom
