#include <algorithm>

#include "core/dataset/starter_scene.h"

namespace loom::starter {

void drawCapeBehind(Scene& scene) {
  if (!scene.design.cape || scene.back()) return;
  Shape cape;
  const int top = 36 + scene.drop();
  const int half = scene.figure().shoulder + 3;
  for (int y = top; y <= 57; ++y) {
    if (scene.front()) {
      cape.centred(y, half + (y - top) / 5);
    } else {
      cape.row(y, 27 - (y - top) / 3, 32);
    }
  }
  cape.shadeFolds(top, scene.light);
  scene.canvas.stamp(cape, RampId::kSecondary);
}

void drawCapeInFront(Scene& scene) {
  if (!scene.design.cape) return;
  const int top = 35 + scene.drop();
  Shape cape;
  if (scene.back()) {
    const int half = scene.figure().shoulder;
    for (int y = top; y <= 57; ++y) {
      cape.centred(y, std::min(half + 4, half - 1 + (y - top)) + (y - top) / 8);
    }
    cape.shadeFolds(top + 1, scene.light);
    scene.canvas.stamp(cape, RampId::kSecondary);
    if (scene.design.pattern > 1) drawHem(scene, cape, 2, RampId::kGold);
    return;
  }
  if (scene.front()) {
    cape.centred(top, 5);
    cape.centred(top + 1, scene.figure().shoulder + 1);
    cape.centred(top + 2, scene.figure().shoulder + 2);
    Shape opening;
    opening.centred(top + 1, 2);
    opening.centred(top + 2, 5);
    cape.subtract(opening);
    cape.shadeAcross(scene.light);
    scene.canvas.stamp(cape, RampId::kSecondary, Edge::kSoft);
    scene.canvas.stamp(Shape({31, top + 1, "\n43\n21"}), RampId::kGold, Edge::kSoft);
  } else {
    cape.row(top, 28, 34);
    cape.row(top + 1, 27, 36);
    cape.row(top + 2, 26, 34);
    cape.row(top + 3, 26, 30);
    cape.shadeAcross(scene.light);
    scene.canvas.stamp(cape, RampId::kSecondary, Edge::kSoft);
  }
}

void drawScarf(Scene& scene) {
  if (!scene.design.scarf) return;
  const int y = 33 + scene.drop();
  Shape scarf;
  if (scene.side()) {
    scarf.add({26, y, "\n..########.\n.##########\n.#########.\n####.......\n###........\n##........."});
  } else if (scene.front()) {
    scarf.add({25, y,
               "\n.############.\n##############\n.############.\n........####..\n........####..\n........###...\n....."
               "...##.#.."});
  } else {
    scarf.add({25, y, "\n.############.\n##############\n.############."});
  }
  scarf.shadeDown();
  scene.canvas.stamp(scarf, scene.design.trim);
}

}  // namespace loom::starter
