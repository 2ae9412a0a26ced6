// The missing views of a character from those that there are, in the colours that they wear.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/image/sprite.h"
#include "core/training/model.h"

namespace loom {

/// Whether the model is one that this can be done with.
bool isTurnaround(const Model& model);

/// A pixel of a missing view that somebody has decided: drawn as given, and what the model makes of the rest follows.
struct SetPixel {
  int view = 0;      ///< index into the model's views
  int x = 0, y = 0;  ///< in the made sprite
  Rgba colour;
  friend bool operator==(const SetPixel&, const SetPixel&) = default;
};

struct TurnaroundOptions {
  /// The likeliest colour of each pixel: sharper, and a little further off on average than the colour whose expected
  /// difference from the true one is least.
  bool likeliest = false;
  /// Judges the mirror image as well and takes the mean of both judgements: nearer to the truth, and twice the work.
  /// Only where each of the model's views has its mirror image among them.
  bool mirrored = true;
  /// Those of seen views and those outside the made sprites count for nothing; of two for one pixel the last. A colour
  /// that no seen view wears joins the palette.
  std::vector<SetPixel> set = {};
};

struct LikelyColour {
  Rgba colour;
  float share = 0;  ///< how likely the model finds it, 0..1
};
inline constexpr std::size_t kLikelyColours = 4;

struct TurnedView {
  int view = 0;                   ///< index into the model's views
  Sprite sprite;                  ///< every pixel has a colour of the views seen, or is transparent where they are
  std::vector<float> confidence;  ///< how likely the model finds each pixel's colour, 0..1, rows top to bottom
  /// Of each pixel, rows top to bottom, the likeliest first; of share 0 where the palette has fewer.
  std::vector<std::array<LikelyColour, kLikelyColours>> likely;
};

class Turnaround {
 public:
  /// Builds the network, with `threads` intra-op threads for every later call on this thread. Throws Error when the
  /// model is no turnaround, or when weights and recipe do not fit each other.
  explicit Turnaround(std::shared_ptr<const Model> model, int threads = 1);
  ~Turnaround();
  Turnaround(Turnaround&&) noexcept;
  Turnaround& operator=(Turnaround&&) noexcept;

  const Model& model() const;

  /// `views` holds a sprite for each of model().views that is seen, nothing for the others, which come back in their
  /// order. The sprites may have any size (they are fitted to the model's side); made ones have that of the first seen,
  /// once fitted. More than 255 colours are reduced first (core/image/indexed_sprites.h). Nothing comes back when all
  /// are seen. Throws Error when none is, when there are not as many as the model has views, and for a sprite without
  /// pixels.
  std::vector<TurnedView> missingViews(std::span<const std::optional<Sprite>> views,
                                       const TurnaroundOptions& options = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
