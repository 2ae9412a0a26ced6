#include <algorithm>

#include "core/dataset/starter_scene.h"

namespace loom::starter {
namespace {

/// The trunk and what hangs from it down to row `hem`; every 8 rows it gets `flare` pixels wider on each side.
Shape garment(const Scene& scene, int hem, int flare) {
  Shape shape = torsoShape(scene);
  const int hip = hipRow(scene);
  const Figure& figure = scene.figure();
  for (int y = hip; y <= hem; ++y) {
    const int wider = (y - hip + 1) * flare / 8;
    if (scene.side()) {
      const int left = 32 - figure.depth / 2;
      shape.row(y, left - wider * 2 / 3, left + figure.depth - 1 + wider * 2 / 3);
    } else {
      shape.centred(y, figure.hip + wider);
    }
  }
  shape.keepRows(1, 60);
  return shape;
}

void drawBelt(Scene& scene) {
  if (!scene.design.belt) return;
  Shape belt = torsoShape(scene);
  const int y = hipRow(scene) - 3;
  belt.keepRows(y, y + 1);
  if (scene.design.top != Top::kBare) belt.widen();
  belt.shadeAcross(scene.light);
  scene.canvas.stamp(belt, RampId::kLeather, Edge::kSoft);
  if (scene.front()) {
    for (int x = 30; x <= 33; ++x) {
      scene.canvas.dot(x, y, RampId::kGold, x == 33 ? 2 : 3);
      scene.canvas.dot(x, y + 1, RampId::kGold, x == 30 ? 2 : 1);
    }
  } else if (scene.side() && scene.view == View::kLeft) {
    Shape pouch({32, y + 1, "\n####\n####\n####\n.##."});
    pouch.shadeAcross(scene.light);
    scene.canvas.stamp(pouch, RampId::kLeather);
  }
}

void drawNeckline(Scene& scene) {
  const int y = 35 + scene.drop();
  if (!scene.front()) return;
  const RampId cloth = topRamp(scene.design);
  static constexpr std::string_view kCuts[] = {"\n.111111.\n..1111..\n...11...", "\n.111111.\n...11...",
                                               "\n.111111.\n..1221..\n..1221..\n...11..."};
  const std::size_t cut = scene.design.pattern % 3 == 2 && !scene.figure().feminine ? 0 : scene.design.pattern % 3;
  Shape skin({28, y, kCuts[cut]});
  scene.canvas.stamp(skin, RampId::kSkin, Edge::kNone);
  for (int i = 0; i < 8; ++i) {
    for (int row = 0; row < 5; ++row) {
      if (skin.has(28 + i, y + row) && !skin.has(28 + i, y + row + 1)) {
        scene.canvas.dotOn(28 + i, y + row + 1, cloth, cloth, 1);
      }
    }
  }
}

/// Marks in the first column, mirrored: chest, wrinkles at the waist.
void drawWrinkles(Scene& scene, RampId ramp) {
  const int y = 38 + scene.drop();
  auto mark = [&](int x, int row, int shade) { scene.canvas.dotOn(x, y + row, ramp, ramp, shade); };
  if (scene.front()) {
    for (const int x : {27, 28, 29}) mark(x, 4, 1), mark(kSide - 1 - x, 4, 1);
    mark(26, 3, 1), mark(37, 3, 1);
    mark(30, 6, 1), mark(31, 7, 1), mark(29, 6, 1);
    for (const int x : {27, 28, 29}) mark(x, 1, 3), mark(x + 7, 1, 3);
  } else if (scene.back()) {
    for (int i = 0; i < 5; ++i) mark(31, 1 + i, 1), mark(32, 2 + i, 1);
    mark(28, 0, 3), mark(29, 0, 3), mark(34, 0, 3), mark(35, 0, 3);
  } else {
    mark(34, 5, 1), mark(33, 6, 1), mark(32, 6, 1);
  }
}

void drawPlain(Scene& scene, int hem, int flare, bool folds) {
  const Design& design = scene.design;
  const RampId ramp = topRamp(design);
  Shape cloth = garment(scene, hem, flare);
  if (folds) {
    cloth.shadeFolds(hipRow(scene) - 3, scene.light);
  } else {
    cloth.shadeAcross(scene.light);
  }
  scene.canvas.stamp(cloth, ramp);
  drawWrinkles(scene, ramp);
  if (design.pattern > 0 && hem > hipRow(scene)) drawHem(scene, cloth, design.pattern == 3 ? 2 : 1, design.trim);
  drawNeckline(scene);
}

void drawRobe(Scene& scene) {
  drawPlain(scene, 59, 3, true);
  const int top = 37 + scene.drop();
  if (!scene.front()) return;
  for (int y = top; y <= 58; ++y) {
    const int shade = y < 46 + scene.drop() ? 3 : 2;
    scene.canvas.dotOn(31, y, RampId::kPrimary, scene.design.trim, shade);
    scene.canvas.dotOn(32, y, RampId::kPrimary, scene.design.trim, shade - 1);
    scene.canvas.dotOn(30, y, RampId::kPrimary, RampId::kPrimary, 1);
    scene.canvas.dotOn(33, y, RampId::kPrimary, RampId::kPrimary, 1);
  }
}

void drawTabard(Scene& scene) {
  Shape tabard;
  const int top = 37 + scene.drop();
  const int hem = hipRow(scene) + 4;
  if (scene.side()) {
    for (int y = hipRow(scene) - 1; y <= hem; ++y) tabard.row(y, 34, 37);
  } else {
    for (int y = top; y <= hem; ++y) tabard.centred(y, y < top + 2 ? 2 : 4);
  }
  tabard.shadeFolds(top + 4, scene.light);
  scene.canvas.stamp(tabard, RampId::kPrimary, Edge::kSoft);
  if (scene.front() && scene.design.pattern > 1) {
    scene.canvas.stamp(Shape({30, top + 2, "\n.33.\n3333\n.22.\n.22."}), scene.design.trim, Edge::kNone);
  }
}

void drawPlate(Scene& scene) {
  Shape skirt = garment(scene, hipRow(scene) + 3, 4);
  skirt.keepRows(hipRow(scene) - 2, hipRow(scene) + 3);
  skirt.shadeFolds(hipRow(scene) - 8, scene.light);
  scene.canvas.stamp(skirt, RampId::kMetal);
  Shape plate = torsoShape(scene);
  plate.keepRows(0, hipRow(scene) - 2);
  plate.shadeBall(63, 80 + 2 * scene.drop(), 2 * scene.figure().chest + 2, 16, scene.light, {70, 150, 260});
  scene.canvas.stamp(plate, RampId::kMetal);
  if (!scene.side()) {
    const int y = 42 + scene.drop();
    for (int x = 24; x <= 39; ++x)
      scene.canvas.dotOn(x, y + (x < 28 || x > 35 ? 0 : 1), RampId::kMetal, RampId::kMetal, 1);
  }
  drawTabard(scene);
}

void drawLeatherArmour(Scene& scene) {
  Shape shirt = garment(scene, hipRow(scene) + 3, 5);
  shirt.shadeFolds(hipRow(scene) - 3, scene.light);
  scene.canvas.stamp(shirt, RampId::kPrimary);
  Shape jerkin = torsoShape(scene);
  jerkin.keepRows(37 + scene.drop(), hipRow(scene));
  jerkin.shadeAcross(scene.light);
  scene.canvas.stamp(jerkin, RampId::kLeather, Edge::kSoft);
  const int y = 38 + scene.drop();
  if (scene.front()) {
    for (int i = 0; i < 8; ++i) {
      scene.canvas.dotOn(31, y + i, RampId::kLeather, RampId::kLeather, 0);
      if (i % 2 == 0) {
        scene.canvas.dotOn(30, y + i, RampId::kLeather, RampId::kLeather, 3);
        scene.canvas.dotOn(32, y + i, RampId::kLeather, RampId::kLeather, 3);
      }
    }
  }
  drawNeckline(scene);
}

void drawVest(Scene& scene) {
  if (scene.design.sleeves != Sleeves::kNone) {
    Shape shirt = torsoShape(scene);
    shirt.shadeAcross(scene.light);
    scene.canvas.stamp(shirt, RampId::kSecondary);
    drawNeckline(scene);
  }
  Shape vest = garment(scene, hipRow(scene) + 1, 3);
  vest.keepRows(35 + scene.drop(), 60);
  if (scene.front()) {
    Shape gap;
    for (int y = 35 + scene.drop(); y <= hipRow(scene) + 1; ++y) gap.centred(y, y < 38 + scene.drop() ? 3 : 2);
    vest.subtract(gap);
  }
  vest.shadeAcross(scene.light);
  scene.canvas.stamp(vest, RampId::kPrimary, Edge::kSoft);
}

void drawSkirt(Scene& scene) {
  Shape skirt = garment(scene, std::min(56, hipRow(scene) + (scene.design.pattern % 2 == 0 ? 5 : 9)), 6);
  skirt.keepRows(hipRow(scene) - 3, 60);
  skirt.shadeFolds(hipRow(scene) - 4, scene.light);
  scene.canvas.stamp(skirt, RampId::kPrimary);
  if (scene.design.pattern > 1) drawHem(scene, skirt, 1, RampId::kSecondary);
}

}  // namespace

void drawTopwear(Scene& scene) {
  const Design& design = scene.design;
  if (!(design.top == Top::kDress || design.bottom == Bottom::kSkirt)) {
    Shape hips = torsoShape(scene);
    hips.keepRows(hipRow(scene) - 3, hipRow(scene) + 1);
    hips.shadeAcross(scene.light);
    scene.canvas.stamp(hips, bottomRamp(design), Edge::kOuter);
  }
  const int hip = hipRow(scene);
  switch (design.top) {
    case Top::kBare:
      break;
    case Top::kTunic:
      drawPlain(scene, hip + 4, 5, true);
      break;
    case Top::kShirt:
      drawPlain(scene, hip - 2, 0, false);
      break;
    case Top::kDress:
      drawPlain(scene, 56, 6, true);
      break;
    case Top::kRobe:
      drawRobe(scene);
      break;
    case Top::kPlate:
      drawPlate(scene);
      break;
    case Top::kLeather:
      drawLeatherArmour(scene);
      break;
    case Top::kVest:
      drawVest(scene);
      break;
    case Top::kBlouse:
      drawPlain(scene, hip - 1, 0, false);
      break;
  }
  if (design.bottom == Bottom::kSkirt) drawSkirt(scene);
  drawBelt(scene);
}

}  // namespace loom::starter
