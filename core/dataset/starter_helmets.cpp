#include "core/dataset/starter_headgear.h"

namespace loom::starter {
namespace {

constexpr Art kHoodRound = {20, 10, R"(
..........####..........
........########........
......############......
....################....
...##################...
..####################..
..####################..
.######################.
.######################.
.######################.
.######################.
.######################.
.######################.
.######################.
.######################.
.######################.
.######################.
.######################.
.######################.
.######################.
..####################..
..####################..
...##################...
....################....
...##################...
..####################..
..####################..)"};
constexpr Art kHoodSide = {17, 10, R"(
..........####.............
........###########........
......###############......
....###################....
...#####################...
.########################..
#########################..
.#########################.
..########################.
..########################.
...##################.####.
...################.....##.
...###############.......#.
...##############..........
...##############..........
...##############..........
...##############..........
...##############..........
...##############..........
...##############..........
....##############.........
....###############........
.....################......
.....################......
....#################......
...##################......
....################.......)"};

/// Creases of a hood, and the lit rim around the face.
void creaseHood(Scene& scene, const Shape& hood) {
  const int y = scene.drop();
  auto mark = [&](int x, int row, int shade) {
    if (hood.has(x, row + y)) scene.canvas.dot(x, row + y, RampId::kPrimary, shade);
  };
  if (scene.back()) {
    for (int i = 0; i < 15; ++i) mark(31, 12 + i, 1), mark(30, 12 + i, 3);
    for (int i = 0; i < 6; ++i) mark(26 - i / 2, 26 + i, 1), mark(37 + i / 2, 26 + i, 1);
  } else if (scene.side()) {
    for (int i = 0; i < 9; ++i) mark(22 + i / 2, 20 + i, 1);
    for (int i = 0; i < 6; ++i) mark(25 + i, 29 + i / 3, 1);
    for (int row = 18; row <= 32; ++row) {
      for (int x = 30; x <= 43; ++x) {
        if (hood.has(x, row + y) && (!hood.has(x + 1, row + y) || !hood.has(x, row + 1 + y)) && row < 31)
          mark(x, row, 3);
      }
    }
  } else {
    for (int i = 0; i < 5; ++i) mark(31, 11 + i, 1);
    for (int i = 0; i < 5; ++i) mark(23 + i, 30 + i / 2, 1), mark(40 - i, 30 + i / 2, 1);
  }
}

}  // namespace

void drawHood(Scene& scene) {
  Shape hood(scene.side() ? kHoodSide : kHoodRound);
  Shape rim;
  if (scene.front()) {
    Shape face;
    face.ellipse(63, 51, 17, 18);
    hood.subtract(face);
    rim.ellipse(63, 51, 19, 20);
    rim.subtract(face);
  }
  hood.move(0, scene.drop());
  hood.shadeBall(63, 46 + 2 * scene.drop(), 22, 26, scene.light, {0, 130, 270});
  scene.canvas.castShadow(hood, 2, RampId::kSkin);
  scene.canvas.stamp(hood, RampId::kPrimary);
  creaseHood(scene, hood);
  if (scene.front()) {
    rim.shadeBall(63, 51, 19, 19, scene.light, {0, 210, 330});
    putOnHead(scene, rim, scene.design.pattern > 1 ? scene.design.trim : RampId::kPrimary, Edge::kSoft);
  }
}

Shape helmetShape(const Scene& scene) {
  if (scene.front()) {
    return Shape({20, 11, R"(
.........######.........
......############......
....################....
...##################...
..####################..
..####################..
.######################.
.######################.
.######################.
.######################.
.######################.
.####..............####.
.####..............####.
.####..............####.
.####..............####.
.####..............####.
.####..............####.
.####..............####.
.####..............####.
..###..............###..
...#................#...)"});
  }
  if (scene.back()) {
    return Shape({20, 11, R"(
.........######.........
......############......
....################....
...##################...
..####################..
..####################..
.######################.
.######################.
.######################.
.######################.
.######################.
.######################.
.######################.
.######################.
.######################.
.######################.
.######################.
..####################..
..####################..
...##################...
....################....)"});
  }
  return Shape({18, 11, R"(
..........########........
.......##############.....
.....##################...
....####################..
...#####################..
...######################.
..#######################.
..#######################.
..#######################.
..#######################.
..#######################.
..###############.........
..##############..........
..##############..........
..##############..........
..##############..........
..##############..........
...#############..........
...##############.........
....#############.........
.....###.....####.........)"});
}

void drawHelmet(Scene& scene, bool horned) {
  Shape helmet = helmetShape(scene);
  helmet.move(0, scene.drop());
  shadeOnHead(helmet, scene, true);
  scene.canvas.castShadow(helmet, 1, RampId::kSkin);
  scene.canvas.stamp(helmet, RampId::kMetal);
  Shape rim = helmet;
  rim.keepRows(20 + scene.drop(), 21 + scene.drop());
  Shape strip;
  for (int x = rim.left(); x <= rim.right(); ++x) {
    if (rim.has(x, 20 + scene.drop())) strip.put(x, 20 + scene.drop()), strip.put(x, 21 + scene.drop());
  }
  strip.shadeAcross(scene.light);
  scene.canvas.stamp(strip, horned ? RampId::kLeather : RampId::kGold, Edge::kSoft);
  if (horned) {
    static constexpr Art kHorn = {
        12, 9, "\n.##.....\n.###....\n.###....\n..###...\n..####..\n..######\n...#####\n....####\n......##"};
    static constexpr Art kHornSide = {
        26, 7, "\n......##\n.....###\n....###.\n....###.\n...####.\n...###..\n..####..\n..####..\n.#####..\n.####..."};
    Shape horn(scene.side() ? kHornSide : kHorn);
    horn.shadeAcross(scene.light);
    putOnHead(scene, horn, RampId::kGold);
    if (!scene.side()) {
      Shape other(kHorn);
      other.mirror();
      other.shadeAcross(scene.light);
      putOnHead(scene, other, RampId::kGold);
    }
  } else if (scene.front()) {
    putOnHead(scene, Shape({31, 20, "\n43\n43\n32\n32\n32\n32\n21"}), RampId::kMetal, Edge::kSoft);
  }
}

void drawGreatHelm(Scene& scene) {
  Shape helm;
  const int top = 12 + scene.drop();
  static constexpr int kHalves[] = {5, 7, 8, 9, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 9, 9, 8, 6};
  int y = top;
  for (const int half : kHalves) {
    scene.side() ? helm.row(y, 31 - half, 31 + half) : helm.centred(y, half);
    ++y;
  }
  shadeOnHead(helm, scene, true);
  scene.canvas.stamp(helm, RampId::kMetal);
  auto mark = [&](int x, int row, RampId ramp, int shade) {
    scene.canvas.dotOn(x, top + row, RampId::kMetal, ramp, shade);
  };
  if (scene.front()) {
    for (int x = 24; x <= 39; ++x) {
      mark(x, 12, RampId::kMetal, 0), mark(x, 13, RampId::kMetal, 0), mark(x, 11, RampId::kGold, x < 30 ? 3 : 2),
          mark(x, 14, RampId::kGold, 1);
    }
    for (int row = 2; row <= 21; ++row) mark(31, row, RampId::kGold, 3), mark(32, row, RampId::kGold, 2);
    for (const int x : {26, 28, 35, 37}) mark(x, 17, RampId::kMetal, 0), mark(x, 19, RampId::kMetal, 0);
    scene.canvas.dot(28, top + 12, RampId::kEye, 3);
    scene.canvas.dot(35, top + 12, RampId::kEye, 3);
  } else if (scene.side()) {
    for (int x = 32; x <= 41; ++x) {
      mark(x, 12, RampId::kMetal, 0), mark(x, 13, RampId::kMetal, 0), mark(x, 11, RampId::kGold, 2);
      mark(x, 14, RampId::kGold, 1);
    }
    for (const int x : {35, 37, 39}) mark(x, 17, RampId::kMetal, 0), mark(x, 19, RampId::kMetal, 0);
    scene.canvas.dot(38, top + 12, RampId::kEye, 3);
  }
  Shape plume =
      scene.side() ? Shape({13, 4, R"(
........#######......
.....############....
....##############...
...################..
..#################..
..########....#####..
.#######........###..
.######..............
#######..............
######...............
######...............
#####................
.####................
.###.................
..#..................)"})
                   : Shape({28, 4, "\n..####..\n.######.\n########\n########\n########\n.######.\n.######.\n..####.."});
  if (scene.back()) plume.add({29, 11, "\n.####.\n######\n######\n######\n######\n.#####\n.####.\n..###.\n..##.."});
  plume.shadeStrands(scene.side() ? 24 : 31, 2, scene.light);
  putOnHead(scene, plume, RampId::kPrimary);
}

}  // namespace loom::starter
