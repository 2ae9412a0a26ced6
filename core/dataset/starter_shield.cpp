#include "core/dataset/starter_scene.h"

namespace loom::starter {
namespace {

Shape disc(Point middle2, int size) {
  Shape shape;
  shape.ellipse(middle2.x, middle2.y, size, size);
  return shape;
}

/// Centre of a shield in half pixels.
Point shieldMiddle(const Scene& scene) {
  const Point grip = gripOf(scene, Hand::kLeft);
  if (scene.side()) return {isNear(scene, Hand::kLeft) ? 2 * grip.x + 1 : 2 * grip.x + 3, 2 * grip.y - 7};
  return {2 * grip.x + 1 + (scene.front() ? 1 : -1), 2 * grip.y - 5};
}

void drawEmblem(Scene& scene, Point middle, RampId ground) {
  const Point at = {middle.x / 2 - 2, middle.y / 2 - 3};
  static constexpr std::string_view kEmblems[] = {"\n..33..\n..32..\n333222\n333222\n..32..\n..32..\n..22..",
                                                  "\n3....2\n33..22\n333222\n.3322.\n..22..\n..22..",
                                                  "\n..33..\n.3332.\n333222\n.3322.\n..22.."};
  if (scene.design.emblem >= 3) {
    Shape boss;
    boss.ellipse(middle.x, middle.y, 5, 5);
    boss.shadeBall(middle.x, middle.y, 5, 5, scene.light, {90, 170, 280});
    scene.canvas.stamp(boss, RampId::kMetal, Edge::kSoft);
    return;
  }
  Shape sign({at.x, at.y, kEmblems[scene.design.emblem]});
  for (int y = sign.top(); y <= sign.bottom(); ++y) {
    for (int x = sign.left(); x <= sign.right(); ++x) {
      if (sign.has(x, y)) scene.canvas.dotOn(x, y, ground, RampId::kGold, sign.shade(x, y));
    }
  }
}

Shape kiteShape(Point middle2, int smaller) {
  static constexpr int kHalves[] = {6, 7, 7, 7, 7, 7, 7, 6, 6, 5, 5, 4, 3, 2, 1};
  const int x = (middle2.x + 1) / 2;
  const int y = middle2.y / 2 - 7;
  Shape shape;
  for (int i = smaller; i < 15 - 2 * smaller; ++i) {
    const int half = kHalves[i + (smaller > 0 ? smaller : 0)] - smaller;
    if (half > 0) shape.row(y + i, x - half, x + half - 1);
  }
  return shape;
}

}  // namespace

void drawShield(Scene& scene) {
  const OffHand kind = scene.design.offHand;
  if (kind != OffHand::kRoundShield && kind != OffHand::kKiteShield) return;
  const Point middle = shieldMiddle(scene);
  const bool round = kind == OffHand::kRoundShield;
  Shape rim = round ? disc(middle, 16) : kiteShape(middle, 0);
  Shape field = round ? disc(middle, 12) : kiteShape(middle, 1);
  rim.shadeBall(middle.x, middle.y, 16, 18, scene.light, {90, 170, 280});
  scene.canvas.stamp(rim, round ? RampId::kMetal : RampId::kGold);
  // From behind, and in the far hand, its wooden inside is seen.
  const bool inside = scene.back() || (scene.side() && !isNear(scene, Hand::kLeft));
  const RampId ground =
      inside ? RampId::kLeather : (scene.design.pattern % 2 == 0 ? RampId::kPrimary : RampId::kSecondary);
  field.shadeBall(middle.x, middle.y, 14, 16, scene.light, {0, 150, 280});
  scene.canvas.stamp(field, ground, Edge::kSoft);
  if (!inside) drawEmblem(scene, middle, ground);
}

void drawBowBehind(Scene& scene) {
  if (!scene.design.bow || scene.back()) return;
  const int y = scene.drop();
  Shape bow;
  Shape quiver;
  Shape feathers;
  if (scene.front()) {
    bow.limb({46, 54 + y / 2}, {44, 46 + y}, 2);
    bow.limb({44, 46 + y}, {40, 38 + y}, 2);
    bow.limb({40, 38 + y}, {30, 32 + y}, 2);
    quiver.limb({34, 50}, {22, 36 + y}, 5);
    feathers.add({17, 30 + y, "\n.33.3..\n3333.33\n.32.332\n..2.22."});
  } else {
    bow.limb({22, 33 + y}, {18, 40 + y}, 2);
    bow.limb({18, 40 + y}, {18, 48 + y}, 2);
    bow.limb({18, 48 + y}, {22, 56 + y / 2}, 2);
    quiver.limb({23, 36 + y}, {25, 50 + y}, 5);
    feathers.add({19, 30 + y, "\n.33.3..\n3333.33\n.33.332\n..2.22."});
  }
  quiver.shadeAcross(scene.light);
  bow.shadeAcross(scene.light);
  scene.canvas.stamp(bow, RampId::kLeather);
  scene.canvas.stamp(feathers, RampId::kSecondary);
  scene.canvas.stamp(quiver, RampId::kLeather);
}

void drawBowInFront(Scene& scene) {
  if (!scene.design.bow || !scene.back()) return;
  const int y = scene.drop();
  Shape quiver;
  quiver.limb({29, 50 + y}, {40, 37 + y}, 5);
  quiver.shadeAcross(scene.light);
  Shape feathers({39, 30 + y, "\n..3.33.\n33.3333\n322.32.\n.22.2.."});
  scene.canvas.stamp(feathers, RampId::kSecondary);
  scene.canvas.stamp(quiver, RampId::kLeather);
  Shape string;
  string.limb({17, 54 + y / 2}, {33, 32 + y}, 1);
  string.shadeFlat(3);
  scene.canvas.stamp(string, RampId::kMetal, Edge::kNone);
  Shape bow;
  bow.limb({17, 54 + y / 2}, {19, 46 + y}, 2);
  bow.limb({19, 46 + y}, {23, 38 + y}, 2);
  bow.limb({23, 38 + y}, {33, 32 + y}, 2);
  bow.shadeAcross(scene.light);
  scene.canvas.stamp(bow, RampId::kLeather);
}

}  // namespace loom::starter
