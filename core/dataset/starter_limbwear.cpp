#include "core/dataset/starter_scene.h"

namespace loom::starter {
namespace {

void drawShoe(Scene& scene, bool nearOrLeft) {
  const Design& design = scene.design;
  if (design.shoes == Shoes::kBare) return;
  const RampId ramp = design.shoes == Shoes::kSabatons ? RampId::kMetal : RampId::kLeather;
  const bool far = scene.side() && !nearOrLeft;
  Shape shoe = footShape(scene, nearOrLeft);
  if (design.shoes != Shoes::kShoes) {
    Shape shaft = legShape(scene, nearOrLeft);
    shaft.keepRows(54, 58);
    shoe.add(shaft);
  }
  shoe.shadeAcross(scene.light);
  if (far) shoe.darken();
  scene.canvas.stamp(shoe, ramp);
  if (design.shoes == Shoes::kBoots) {
    Shape cuff = legShape(scene, nearOrLeft);
    cuff.keepRows(53, 54);
    cuff.widen();
    cuff.shadeAcross(scene.light);
    if (far) cuff.darken();
    scene.canvas.stamp(cuff, ramp, Edge::kSoft);
  }
}

}  // namespace

RampId bottomRamp(const Design& design) {
  if (design.bottom == Bottom::kGreaves) return RampId::kMetal;
  const bool first = design.top == Top::kBare || design.top == Top::kBlouse;
  return first ? RampId::kPrimary : RampId::kSecondary;
}

RampId topRamp(const Design& design) {
  switch (design.top) {
    case Top::kPlate:
      return RampId::kMetal;
    case Top::kLeather:
      return RampId::kLeather;
    case Top::kBlouse:
      return RampId::kSecondary;
    default:
      return RampId::kPrimary;
  }
}

void drawHem(Scene& scene, const Shape& shape, int rows, RampId ramp) {
  Shape hem = shape;
  hem.keepRows(shape.bottom() - rows + 1, shape.bottom());
  Shape line;
  for (int y = hem.top(); y <= hem.bottom(); ++y) {
    for (int x = hem.left(); x <= hem.right(); ++x) {
      if (hem.has(x, y)) line.put(x, y);
    }
  }
  line.shadeAcross(scene.light);
  scene.canvas.stamp(line, ramp, Edge::kNone);
}

void drawLegwear(Scene& scene) {
  const Design& design = scene.design;
  const bool covered = design.top == Top::kDress || design.bottom == Bottom::kSkirt;
  const RampId ramp = covered ? RampId::kSecondary : bottomRamp(design);
  for (const bool nearOrLeft : {false, true}) {
    if (!covered || design.tights) {
      Shape leg = legShape(scene, nearOrLeft);
      if (design.bottom == Bottom::kShorts) leg.keepRows(0, 53);
      ramp == RampId::kMetal ? leg.shadeSheen(scene.light) : leg.shadeAcross(scene.light);
      if (scene.side() && !nearOrLeft) leg.darken();
      scene.canvas.stamp(leg, ramp);
    }
    drawShoe(scene, nearOrLeft);
  }
}

void drawSleeve(Scene& scene, Hand hand) {
  const Design& design = scene.design;
  if (design.sleeves == Sleeves::kNone) return;
  const bool metal = design.top == Top::kPlate;
  Shape sleeve = shadedArm(scene, hand, design.sleeves == Sleeves::kLong, metal);
  RampId ramp = topRamp(design);
  if (design.top == Top::kLeather) ramp = RampId::kPrimary;
  if (design.top == Top::kVest) ramp = RampId::kSecondary;
  if (design.top == Top::kRobe && !(scene.side() && isBent(scene, hand))) {
    Shape bell = armShape(scene, hand, ArmPart::kFore);
    bell.keepRows(bell.bottom() - 2, bell.bottom());
    bell.widen();
    bell.shadeAcross(scene.light);
    sleeve.add(bell);
  }
  scene.canvas.stamp(sleeve, ramp);
  if (design.pattern == 2 && !metal && design.sleeves == Sleeves::kLong && !(scene.side() && isBent(scene, hand))) {
    drawHem(scene, sleeve, 1, design.trim);
  }
}

void drawGlove(Scene& scene, Hand hand) {
  const Design& design = scene.design;
  if (!design.gloves) return;
  const RampId ramp = design.top == Top::kPlate ? RampId::kMetal : RampId::kLeather;
  const bool bent = scene.side() && isBent(scene, hand);
  Shape cuff = armShape(scene, hand, ArmPart::kFore);
  if (bent) {
    Shape rest;
    for (int y = cuff.top(); y <= cuff.bottom(); ++y) rest.row(y, 0, cuff.right() - 3);
    cuff.subtract(rest);
    cuff.shadeDown();
  } else {
    cuff.keepRows(cuff.bottom() - 2, cuff.bottom());
    cuff.shadeAcross(scene.light);
  }
  Shape fist = armShape(scene, hand, ArmPart::kHand);
  fist.shadeAcross(scene.light);
  scene.canvas.stamp(fist, ramp, Edge::kOuter);
  scene.canvas.stamp(cuff, ramp, Edge::kSoft);
}

void drawPauldron(Scene& scene, Hand hand) {
  if (scene.design.top != Top::kPlate) return;
  const Shape upper = armShape(scene, hand, ArmPart::kUpper);
  const int x2 = upper.left() + upper.right();
  const int y2 = 2 * upper.top() + 4;
  Shape guard;
  guard.ellipse(x2, y2, scene.figure().arm + 4, 7);
  guard.shadeBall(x2, y2, scene.figure().arm + 4, 7, scene.light, {80, 170, 280});
  scene.canvas.stamp(guard, RampId::kMetal);
}

}  // namespace loom::starter
