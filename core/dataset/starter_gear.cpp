#include "core/dataset/starter_scene.h"

namespace loom::starter {
namespace {

constexpr Point kDrawnGrip = {20, 48};  ///< where things are drawn: in a hand at the left, pointing up and outwards

/// Brings a thing from where it is drawn to the hand; things in a hand at the right, and in all side views, are
/// mirrored.
Shape inHand(const Scene& scene, Hand hand, Shape shape) {
  const Point grip = gripOf(scene, hand);
  if (scene.side() || grip.x > kSide / 2) {
    shape.mirror();
    shape.move(grip.x - (kSide - 1 - kDrawnGrip.x), grip.y - kDrawnGrip.y);
  } else {
    shape.move(grip.x - kDrawnGrip.x, grip.y - kDrawnGrip.y);
  }
  return shape;
}

void putInHand(Scene& scene, Hand hand, const Shape& shape, RampId ramp, Edge edge = Edge::kFull) {
  scene.canvas.stamp(inHand(scene, hand, shape), ramp, edge);
}

void drawBlade(Scene& scene, int length, bool broad) {
  Shape hilt;
  for (int i = -1; i < 4; ++i) hilt.put(20 + (i + 1) / 2, 47 + i, 2);
  putInHand(scene, Hand::kRight, hilt, RampId::kLeather);
  putInHand(scene, Hand::kRight, Shape({21, 51, "\n32\n21"}), RampId::kGold);
  Shape blade;
  for (int i = 0; i < length; ++i) {
    const int x = 18 - i / 2;
    const int y = 45 - i;
    if (broad && i < length - 3) blade.put(x - 1, y, 4);
    blade.put(x, y, broad ? 3 : 4);
    if (i < length - 1) blade.put(x + 1, y, i % 7 == 3 ? 3 : 2);
    if (broad && i < length - 2) blade.put(x + 2, y, 1);
  }
  putInHand(scene, Hand::kRight, blade, RampId::kMetal);
  putInHand(scene, Hand::kRight, Shape({15, 44, "\n......32\n...3332.\n.3322...\n32......"}), RampId::kGold);
}

/// An upright shaft from `above` rows over the hand to the ground.
void drawShaft(Scene& scene, int above) {
  const Point grip = gripOf(scene, Hand::kRight);
  Shape shaft;
  for (int y = grip.y - above; y <= 59; ++y) {
    shaft.put(grip.x, y, 3);
    shaft.put(grip.x + 1, y, scene.light > 0 ? 1 : 2);
  }
  scene.canvas.stamp(shaft, RampId::kLeather);
}

/// A thing on a shaft: drawn with the shaft's left column at 20 and its top at 16.
void putOnShaft(Scene& scene, int above, const Art& art, RampId ramp, Edge edge = Edge::kFull) {
  const Point grip = gripOf(scene, Hand::kRight);
  Shape shape(art);
  const bool turned = scene.side() || grip.x > kSide / 2;
  if (turned) {
    shape.mirror();
    shape.move(grip.x - 42, grip.y - above - 16);
  } else {
    shape.move(grip.x - 20, grip.y - above - 16);
  }
  scene.canvas.stamp(shape, ramp, edge);
}

void drawStaff(Scene& scene) {
  constexpr int kAbove = 26;
  drawShaft(scene, kAbove);
  switch (scene.design.emblem) {
    case 0:
      putOnShaft(scene, kAbove, {17, 12, "\n.3....2.\n3......2\n3......2\n33....22\n.333222.\n..3322.."},
                 RampId::kGold);
      putOnShaft(scene, kAbove, {18, 9, "\n.332.\n34332\n33322\n33221\n.221."}, RampId::kPrimary);
      break;
    case 1:
      putOnShaft(
          scene, kAbove,
          {16, 9, "\n...333....\n..33......\n.33....2..\n.33....22.\n.33....22.\n..33..222.\n..3333222.\n....3322.."},
          RampId::kGold);
      break;
    case 2:
      putOnShaft(scene, kAbove, {17, 8, "\n...44..\n..4332.\n..4322.\n.443221\n.433221\n..3321.\n..3221.\n...21.."},
                 RampId::kMetal);
      break;
    default:
      putOnShaft(scene, kAbove,
                 {16, 10, "\n..333333..\n.33....22.\n.3......2.\n........2.\n.......22.\n....3322..\n....32...."},
                 RampId::kLeather);
      break;
  }
}

void drawSpear(Scene& scene) {
  constexpr int kAbove = 28;
  drawShaft(scene, kAbove);
  putOnShaft(scene, kAbove, {18, 8, "\n..42..\n..42..\n.4332.\n.4332.\n.4321.\n.4321.\n..31..\n..31.."},
             RampId::kMetal);
  putOnShaft(scene, kAbove, {19, 16, "\n.33.\n3322\n.22.\n2..1"}, scene.design.trim);
}

void drawAxe(Scene& scene) {
  constexpr int kAbove = 11;
  drawShaft(scene, kAbove);
  putOnShaft(
      scene, kAbove,
      {12, 16, "\n..4......\n.443.....\n.4433....\n44333322.\n44333322.\n44333322.\n.4433....\n.443.....\n..4......"},
      RampId::kMetal);
}

void drawMace(Scene& scene) {
  constexpr int kAbove = 10;
  drawShaft(scene, kAbove);
  putOnShaft(
      scene, kAbove,
      {16, 11, "\n...3322...\n..344322..\n.34443221.\n.34433221.\n.33332211.\n..332211..\n...2211...\n...3221..."},
      RampId::kMetal);
}

void drawWand(Scene& scene) {
  Shape stick;
  for (int i = 0; i < 8; ++i) stick.put(20 - i / 2, 51 - i, i % 2 == 0 ? 3 : 2);
  putInHand(scene, Hand::kRight, stick, RampId::kLeather);
  putInHand(scene, Hand::kRight, Shape({13, 38, "\n...3...\n..343..\n3344332\n.33332.\n.33.22.\n.3...2."}),
            RampId::kGold);
}

}  // namespace

void drawHeld(Scene& scene) {
  switch (scene.design.held) {
    case Held::kNone:
      break;
    case Held::kSword:
      drawBlade(scene, scene.design.emblem % 2 == 0 ? 19 : 17, scene.design.emblem > 1);
      break;
    case Held::kDagger:
      drawBlade(scene, 9, false);
      break;
    case Held::kStaff:
      drawStaff(scene);
      break;
    case Held::kSpear:
      drawSpear(scene);
      break;
    case Held::kAxe:
      drawAxe(scene);
      break;
    case Held::kMace:
      drawMace(scene);
      break;
    case Held::kWand:
      drawWand(scene);
      break;
  }
}

void drawBookOrLantern(Scene& scene) {
  if (scene.design.offHand == OffHand::kBook) {
    Shape pages({15, 42, "\n.......\n......3\n......3\n......3\n......3\n......3\n......3\n3333333"});
    Shape cover({14, 41, "\n3333331\n3222221\n3222221\n3222221\n3222221\n3222221\n3222221\n3222221\n2111111"});
    putInHand(scene, Hand::kLeft, cover, RampId::kSecondary);
    Shape block({21, 42, "\n3\n3\n3\n3\n3\n3\n3"});
    putInHand(scene, Hand::kLeft, block, RampId::kEye, Edge::kNone);
    putInHand(scene, Hand::kLeft, Shape({16, 44, "\n.3.\n343\n.2."}), RampId::kGold, Edge::kNone);
  } else if (scene.design.offHand == OffHand::kLantern) {
    const int top = scene.drop() > 0 ? 46 : 49;
    putInHand(scene, Hand::kLeft,
              Shape({17, top, "\n...22...\n..2..2..\n.332221.\n33222211\n.3....1.\n.3....1.\n.3....1.\n33222211"}),
              RampId::kLeather);
    putInHand(scene, Hand::kLeft, Shape({19, top + 4, "\n3443\n3443\n2332"}), RampId::kGold, Edge::kNone);
  }
}

}  // namespace loom::starter
