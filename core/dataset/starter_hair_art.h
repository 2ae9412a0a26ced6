// The hand-drawn masks of the starter set's hair; strands and shine are added when they are shaded.
#pragma once

#include "core/dataset/starter_canvas.h"
#include "core/dataset/starter_design.h"

namespace loom::starter {

/// Pieces without rows are not drawn. "Over" is drawn after the body, "behind" before it.
struct HairArt {
  Art front = {}, side = {}, back = {};
  Art frontBehind = {}, sideBehind = {};
  Art frontOver = {}, sideOver = {}, backOver = {};
  bool coversEars = false;
  bool curls = false;  ///< shaded as curls, not as strands
  int ring = 4;        ///< rows from the top to the band of shine
};

extern const HairArt kBobHair, kLongHair, kWavyHair, kPonytailHair, kBraidsHair;

const HairArt& hairArt(Hair hair);

}  // namespace loom::starter
