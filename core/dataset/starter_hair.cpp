#include <array>

#include "core/dataset/starter_hair_art.h"
#include "core/dataset/starter_scene.h"

namespace loom::starter {
namespace {

const HairArt& artOf(const Design& design) {
  return hairArt(design.hair);
}

void stampHair(Scene& scene, const Art& art, int crown, int ring, Edge edge, bool below = false) {
  if (art.rows.empty()) return;
  Shape shape(art);
  shape.move(0, scene.drop());
  shape.shadeStrands(crown, ring, scene.light);
  if (below) {
    shape.darken();
    scene.canvas.stampBelow(shape, RampId::kHair);
  } else {
    scene.canvas.stamp(shape, RampId::kHair, edge);
  }
}

/// Hats that sit so high that hair above the brim would show beside them.
bool brimmed(const Design& design) {
  return design.headgear == Headgear::kWizardHat || design.headgear == Headgear::kStrawHat;
}

void drawTie(Scene& scene, int x, int y, int width) {
  for (int i = 0; i < width; ++i) {
    scene.canvas.dot(x + i, y + scene.drop(), scene.design.trim, i == width - 1 ? 1 : 3);
    scene.canvas.dot(x + i, y + 1 + scene.drop(), scene.design.trim, 1);
  }
}

}  // namespace

bool hairCoversEars(const Design& design) {
  return artOf(design).coversEars;
}

void drawHairBehind(Scene& scene) {
  const HairArt& art = artOf(scene.design);
  if (scene.design.headgear == Headgear::kGreatHelm || scene.design.headgear == Headgear::kHood) return;
  if (scene.front()) stampHair(scene, art.frontBehind, 32, 4, Edge::kFull);
  if (scene.side()) stampHair(scene, art.sideBehind, 28, 4, Edge::kFull);
}

void drawHair(Scene& scene) {
  const Design& design = scene.design;
  if (design.hair == Hair::kBald || hidesHair(design)) return;
  const HairArt& art = artOf(design);
  const Art& piece = scene.side() ? art.side : (scene.back() ? art.back : art.front);
  Shape shape(piece);
  shape.move(0, scene.drop());
  if (art.curls) {
    shape.shadeCurls(63, 42 + 2 * scene.drop(), scene.light);
  } else {
    shape.shadeStrands(scene.side() ? 30 : 32, art.ring, scene.light);
  }
  if (brimmed(design)) shape.keepRows(19 + scene.drop(), kSide);
  if (!scene.back()) scene.canvas.castShadow(shape, 1, RampId::kSkin);
  scene.canvas.stamp(shape, RampId::kHair, Edge::kFull);
}

void drawHairInFront(Scene& scene) {
  const Design& design = scene.design;
  if (design.headgear == Headgear::kGreatHelm || design.headgear == Headgear::kHood) return;
  const HairArt& art = artOf(design);
  if (scene.front()) stampHair(scene, art.frontOver, 32, 4, Edge::kFull);
  if (scene.back()) stampHair(scene, art.backOver, 32, 7, Edge::kFull);
  if (scene.side()) stampHair(scene, art.sideOver, 28, 7, Edge::kFull);
  if (hidesHair(design)) return;
  if (design.hair == Hair::kPonytail && scene.back()) drawTie(scene, 30, 21, 4);
  if (design.hair == Hair::kPonytail && scene.side()) drawTie(scene, 19, 20, 3);
  if (design.hair == Hair::kBun && !scene.side()) drawTie(scene, 29, 12, 6);
  if (design.hair == Hair::kTopknot && !scene.side()) drawTie(scene, 30, 12, 4);
  if (design.hair == Hair::kTopknot && scene.side()) drawTie(scene, 28, 12, 4);
}

}  // namespace loom::starter
