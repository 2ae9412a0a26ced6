#include <algorithm>

#include "core/dataset/starter_scene.h"

namespace loom::starter {
namespace {

constexpr int kShoulderRow = 36;
constexpr int kGroundRow = 60;  ///< the outline below it stands on the base line

int torsoHalf(const Figure& figure, int row) {
  static constexpr int kRows = 13;
  const int halves[kRows] = {figure.shoulder - 3,
                             figure.shoulder - 1,
                             figure.shoulder,
                             figure.chest,
                             figure.chest,
                             figure.chest,
                             (figure.chest + figure.waist + 1) / 2,
                             figure.waist,
                             figure.waist,
                             figure.waist,
                             (figure.waist + figure.hip + 1) / 2,
                             figure.hip,
                             figure.hip};
  return halves[std::clamp(row, 0, kRows - 1)];
}

void addTorsoSide(Shape& shape, const Figure& figure, int top) {
  const int back = 32 - figure.depth / 2;
  const int front = back + figure.depth - 1;
  const int waist = figure.chest - figure.waist > 0 ? 1 : 0;
  for (int i = 0; i < 13; ++i) {
    int left = back;
    int right = front;
    if (i == 0) left += 3, right -= 3;
    if (i == 1) left += 1, right -= 2;
    if (i == 2) right -= 1;
    if (figure.feminine && i >= 4 && i <= 5) ++right;
    if (i >= 7 && i <= 9) left += waist, right -= waist;
    if (i >= 11 && figure.feminine) --left;
    shape.row(top + i, left, right);
  }
}

void addArmFront(Shape& shape, const Figure& figure, int top, ArmPart part) {
  const int inner = 31 - figure.shoulder;
  const int arm = figure.arm;
  if (part == ArmPart::kUpper) {
    shape.row(top, inner - arm + 2, inner);
    shape.row(top + 1, inner - arm + 1, inner);
    for (int i = 2; i <= 6; ++i) shape.row(top + i, inner - arm, inner - 1);
  } else if (part == ArmPart::kFore) {
    for (int i = 6; i <= 10; ++i) shape.row(top + i, inner - arm, inner - (i > 7 && arm > 3 ? 2 : 1));
  } else {
    for (int i = 11; i <= 13; ++i) shape.row(top + i, inner - std::max(arm, 4), inner - 1);
    shape.row(top + 14, inner - std::max(arm, 4) + 1, inner - 2);
  }
}

void addArmHanging(Shape& shape, const Figure& figure, int top, ArmPart part) {
  const int left = 30 - figure.arm / 4;
  const int right = left + figure.arm - 1;
  if (part == ArmPart::kUpper) {
    shape.row(top, left + 1, right);
    for (int i = 1; i <= 6; ++i) shape.row(top + i, left, right + (figure.arm > 3 && i < 4 ? 1 : 0));
  } else if (part == ArmPart::kFore) {
    for (int i = 6; i <= 10; ++i) shape.row(top + i, left + (i > 8 ? 1 : 0), right + 1);
  } else {
    for (int i = 11; i <= 13; ++i) shape.row(top + i, left + 1, left + 4);
    shape.row(top + 14, left + 2, left + 4);
  }
}

void addArmBent(Shape& shape, const Figure& figure, int top, ArmPart part) {
  const int left = 30 - figure.arm / 4;
  const int right = left + figure.arm - 1;
  if (part == ArmPart::kUpper) {
    shape.row(top, left + 1, right);
    for (int i = 1; i <= 6; ++i) shape.row(top + i, left, right + (i > 4 ? 1 : 0));
    shape.row(top + 7, left + 1, right + 2);
  } else if (part == ArmPart::kFore) {
    shape.row(top + 7, right, 37);
    shape.row(top + 8, left + 1, 41);
    shape.row(top + 9, left + 2, 41);
    shape.row(top + 10, left + 4, 40);
  } else {
    shape.row(top + 7, 42, 44);
    for (int i = 8; i <= 10; ++i) shape.row(top + i, 41, 44);
    shape.row(top + 11, 42, 43);
  }
}

}  // namespace

bool isNear(const Scene& scene, Hand hand) {
  return (hand == Hand::kRight) == (scene.view == View::kRight);
}

bool isBent(const Scene& scene, Hand hand) {
  if (hand == Hand::kRight) return scene.design.held != Held::kNone;
  return scene.design.offHand == OffHand::kBook || scene.design.offHand == OffHand::kLantern;
}

Point gripOf(const Scene& scene, Hand hand) {
  const int y = kShoulderRow + scene.drop();
  if (scene.side()) {
    const int far = isNear(scene, hand) ? 0 : -7;
    return isBent(scene, hand) ? Point{43 + far, y + 9} : Point{32, y + 12};
  }
  const Figure& figure = scene.figure();
  const int x = 31 - figure.shoulder - std::max(figure.arm, 4) + 1;
  const bool atLeft = (hand == Hand::kRight) == scene.front();
  return {atLeft ? x : kSide - 1 - x, y + 12};
}

int hipRow(const Scene& scene) {
  return 47 + scene.drop();
}

Shape torsoShape(const Scene& scene) {
  Shape shape;
  const int top = kShoulderRow - 1 + scene.drop();
  if (scene.side()) {
    addTorsoSide(shape, scene.figure(), top);
  } else {
    for (int i = 0; i < 13; ++i) shape.centred(top + i, torsoHalf(scene.figure(), i));
  }
  return shape;
}

Shape armShape(const Scene& scene, Hand hand, ArmPart part) {
  Shape shape;
  const int top = kShoulderRow + scene.drop();
  if (scene.side()) {
    if (isBent(scene, hand)) {
      addArmBent(shape, scene.figure(), top, part);
    } else {
      addArmHanging(shape, scene.figure(), top, part);
    }
    if (isNear(scene, hand)) return shape;
    if (!isBent(scene, hand)) {
      shape.move(3, 0);
    } else if (part != ArmPart::kUpper) {
      shape.move(-7, 0);
      Shape behind;  // the elbow stays under the shoulder
      for (int y = shape.top(); y <= shape.bottom(); ++y) behind.row(y, 0, 30);
      shape.subtract(behind);
    }
    return shape;
  }
  addArmFront(shape, scene.figure(), top, part);
  if ((hand == Hand::kRight) != scene.front()) shape.mirror();
  return shape;
}

Shape legShape(const Scene& scene, bool nearOrLeft) {
  Shape shape;
  const int leg = scene.figure().leg;
  for (int y = hipRow(scene); y <= kGroundRow - 3; ++y) {
    const int calf = y > kGroundRow - 8 ? 1 : 0;
    if (scene.side()) {
      const int left = nearOrLeft ? 28 : 31;
      shape.row(y, left + calf / 2, left + leg - (nearOrLeft ? 0 : 1) - calf);
    } else {
      shape.row(y, 31 - leg + calf, 30);
    }
  }
  if (!scene.side() && !nearOrLeft) shape.mirror();
  return shape;
}

Shape footShape(const Scene& scene, bool nearOrLeft) {
  Shape shape;
  const int leg = scene.figure().leg;
  if (scene.side()) {
    const int left = nearOrLeft ? 28 : 31;
    const int ground = nearOrLeft ? kGroundRow : kGroundRow - 1;
    shape.row(ground - 3, left, left + leg - 1);
    shape.row(ground - 2, left, left + leg + 1);
    shape.row(ground - 1, left, left + leg + 2);
    shape.row(ground, left, left + leg + 2);
    return shape;
  }
  shape.row(kGroundRow - 3, 31 - leg, 30);
  shape.row(kGroundRow - 2, 30 - leg, 30);
  shape.row(kGroundRow - 1, 30 - leg, 30);
  shape.row(kGroundRow, scene.back() ? 31 - leg : 30 - leg, 29);
  if (!nearOrLeft) shape.mirror();
  return shape;
}

void drawLegs(Scene& scene) {
  for (const bool nearOrLeft : {false, true}) {
    for (Shape shape : {legShape(scene, nearOrLeft), footShape(scene, nearOrLeft)}) {
      shape.shadeAcross(scene.light);
      if (scene.side() && !nearOrLeft) shape.darken();
      scene.canvas.stamp(shape, RampId::kSkin);
    }
  }
}

void drawTorso(Scene& scene) {
  Shape neck;
  const int y = 33 + scene.drop();
  if (scene.side()) {
    for (int i = 0; i < 4; ++i) neck.row(y + i, 29, 33);
  } else {
    for (int i = 0; i < 4; ++i) neck.centred(y + i, 3);
  }
  neck.shadeFlat(1);
  Shape torso = torsoShape(scene);
  torso.shadeAcross(scene.light);
  scene.canvas.stamp(neck, RampId::kSkin);
  scene.canvas.stamp(torso, RampId::kSkin, Edge::kSoft);
  if (scene.design.top != Top::kBare && scene.design.top != Top::kVest) return;
  const int chest = 40 + scene.drop();
  if (scene.front()) {
    for (const int x : {27, 28, 29, 34, 35, 36}) scene.canvas.dotOn(x, chest + 1, RampId::kSkin, RampId::kSkin, 1);
    for (int i = 0; i < 4; ++i) scene.canvas.dotOn(32, chest - 1 + i, RampId::kSkin, RampId::kSkin, 1);
    scene.canvas.dotOn(31, chest + 5, RampId::kSkin, RampId::kSkin, 1);
  } else if (scene.back()) {
    for (int i = 0; i < 6; ++i) scene.canvas.dotOn(31, chest + i, RampId::kSkin, RampId::kSkin, 1);
  }
}

Shape shadedArm(const Scene& scene, Hand hand, bool fore, bool sheen) {
  Shape upper = armShape(scene, hand, ArmPart::kUpper);
  sheen ? upper.shadeSheen(scene.light) : upper.shadeAcross(scene.light);
  if (!fore) return upper;
  Shape lower = armShape(scene, hand, ArmPart::kFore);
  if (scene.side() && isBent(scene, hand)) {
    lower.shadeDown();
  } else {
    sheen ? lower.shadeSheen(scene.light) : lower.shadeAcross(scene.light);
  }
  lower.add(upper);
  return lower;
}

void drawArm(Scene& scene, Hand hand) {
  scene.canvas.stamp(shadedArm(scene, hand, true, false), RampId::kSkin);
  drawSleeve(scene, hand);
  const bool right = hand == Hand::kRight;
  if (!scene.back()) right ? drawHeld(scene) : drawBookOrLantern(scene);
  Shape fist = armShape(scene, hand, ArmPart::kHand);
  fist.shadeAcross(scene.light);
  const bool holds = right ? scene.design.held != Held::kNone : scene.design.offHand != OffHand::kNone;
  scene.canvas.stamp(fist, RampId::kSkin, holds ? Edge::kFull : Edge::kOuter);
  drawGlove(scene, hand);
  if (!right && !scene.back()) drawShield(scene);
}

}  // namespace loom::starter
