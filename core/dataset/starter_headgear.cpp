#include "core/dataset/starter_headgear.h"

namespace loom::starter {
namespace {

void band(Scene& scene, int top, int bottom, RampId ramp) {
  Shape strip = headShape(scene);
  strip.widen();
  strip.keepRows(top + scene.drop(), bottom + scene.drop());
  strip.shadeAcross(scene.light);
  scene.canvas.stamp(strip, ramp, Edge::kSoft);
}

void drawHeadband(Scene& scene) {
  band(scene, 19, 20, scene.design.trim);
  if (scene.front()) return;
  Shape tails = scene.side() ? Shape({17, 19, "\n.###\n####\n##.#\n#..#\n#..#\n#..#"})
                             : Shape({30, 19, "\n#####.\n######\n.##.##\n.#...#\n##...#\n#....."});
  tails.shadeDown();
  putOnHead(scene, tails, scene.design.trim);
}

void drawCrown(Scene& scene) {
  static constexpr Art kRound = {22, 11, R"(
..3......33......2..
.333....3333....221.
.333.33.3333.22.221.
.334333333332222221.
.34433333333222222 1
.3333333222222221111
..1111111111111111..)"};
  static constexpr Art kSide = {22, 11, R"(
..3......33.....2...
.333....3333...221..
.333.33.3333.2.221..
.33433333333222221..
.34433333333222221..
.33333332222222111..
..11111111111111....)"};
  putOnHead(scene, Shape(scene.side() ? kSide : kRound), RampId::kGold);
  const int y = 15 + scene.drop();
  for (const int x : {26, 31, 32, 37}) scene.canvas.dotOn(x, y, RampId::kGold, RampId::kPrimary, x == 26 ? 3 : 2);
}

void drawTiara(Scene& scene) {
  band(scene, 18, 18, RampId::kGold);
  if (scene.front()) {
    putOnHead(scene, Shape({30, 15, "\n.33.\n3..3\n3..2\n.22."}), RampId::kGold, Edge::kNone);
    putOnHead(scene, Shape({31, 16, "\n43\n21"}), RampId::kPrimary, Edge::kNone);
  } else if (scene.side()) {
    putOnHead(scene, Shape({38, 15, "\n.3\n33\n32"}), RampId::kGold, Edge::kNone);
  }
}

void drawBrim(Scene& scene, RampId ramp, int width, int y2) {
  Shape brim;
  brim.ellipse(scene.side() ? 62 : 63, y2 + 2 * scene.drop(), width, 7);
  brim.shadeDown();
  scene.canvas.castShadow(brim, 2, RampId::kSkin);
  scene.canvas.castShadow(brim, 1, RampId::kHair);
  scene.canvas.stamp(brim, ramp);
}

void drawWizardHat(Scene& scene) {
  drawBrim(scene, RampId::kPrimary, 31, 39);
  static constexpr Art kCone = {22, 2, R"(
............###.....
..........#######...
.........#########..
.........####..###..
........#####....#..
........######......
.......#######......
.......########.....
......#########.....
......##########....
.....###########....
.....############...
....#############...
....##############..
...###############..
..################..
..#################.)"};
  Shape cone(kCone);
  if (scene.back()) cone.mirror();
  cone.shadeFolds(-10, scene.light);
  putOnHead(scene, cone, RampId::kPrimary);
  Shape ribbon = cone;
  ribbon.keepRows(16, 17);
  Shape strip;
  for (int x = ribbon.left(); x <= ribbon.right(); ++x) {
    for (int y = 16; y <= 17; ++y) {
      if (ribbon.has(x, y)) strip.put(x, y);
    }
  }
  strip.shadeAcross(scene.light);
  putOnHead(scene, strip, scene.design.trim, Edge::kSoft);
  if (scene.front()) putOnHead(scene, Shape({30, 15, "\n3333\n3..2\n2..2\n2221"}), RampId::kGold, Edge::kNone);
}

void drawStrawHat(Scene& scene) {
  drawBrim(scene, RampId::kGold, 33, 38);
  Shape crown;
  crown.ellipse(63, 30 + 0, 19, 15);
  crown.keepRows(0, 18);
  crown.shadeBall(63, 30, 19, 15, scene.light, {0, 160, 290});
  putOnHead(scene, crown, RampId::kGold);
  Shape strip = crown;
  strip.keepRows(16, 17);
  Shape ribbon;
  for (int x = strip.left(); x <= strip.right(); ++x) {
    for (int y = 16; y <= 17; ++y) {
      if (strip.has(x, y)) ribbon.put(x, y);
    }
  }
  ribbon.shadeAcross(scene.light);
  putOnHead(scene, ribbon, scene.design.trim, Edge::kNone);
}

void drawFeatherCap(Scene& scene) {
  Shape cap;
  if (scene.side()) {
    cap.add({17, 10, R"(
.........######.............
......###########...........
....################........
...###################......
..######################....
..#######################...
.##########################.
############################
..###.................######)"});
  } else {
    cap.add({19, 10, R"(
.........########.........
......##############......
....##################....
...####################...
..######################..
..######################..
.########################.
.########################.
.###..................###.)"});
  }
  shadeOnHead(cap, scene, false);
  putOnHead(scene, cap, RampId::kPrimary);
  Shape feather =
      scene.side() ? Shape({14, 6, "\n##......\n.###....\n.####...\n..####..\n...####.\n....####\n.....###\n......##"})
                   : Shape({38, 4, "\n....##\n...###\n..###.\n..###.\n.###..\n.###..\n###...\n##....\n#....."});
  if (scene.back()) feather.mirror();
  feather.shadeDown();
  putOnHead(scene, feather, scene.design.trim == RampId::kGold ? RampId::kSecondary : scene.design.trim);
}

void drawBandana(Scene& scene) {
  Shape cloth = helmetShape(scene);
  cloth.keepRows(0, 20);
  cloth.move(0, scene.drop());
  shadeOnHead(cloth, scene, false);
  scene.canvas.stamp(cloth, RampId::kPrimary);
  const int y = 20 + scene.drop();
  for (int x = cloth.left(); x <= cloth.right(); ++x) scene.canvas.dotOn(x, y, RampId::kPrimary, RampId::kPrimary, 1);
  if (scene.front()) return;
  Shape knot = scene.side() ? Shape({15, 19, "\n.####\n#####\n###.#\n##.##\n..##.\n..#.."})
                            : Shape({29, 19, "\n.####.\n######\n.####.\n##..##\n##...#\n#....."});
  knot.shadeDown();
  putOnHead(scene, knot, RampId::kPrimary);
}

void drawFlower(Scene& scene) {
  if (scene.back() || scene.view == View::kLeft) return;
  const int x = scene.side() ? 29 : 23;
  putOnHead(scene, Shape({x, 16, "\n.33.\n3332\n3322\n.21."}), RampId::kPrimary);
  scene.canvas.dot(x + 1, 17 + scene.drop(), RampId::kGold, 3);
  scene.canvas.dot(x + 2, 18 + scene.drop(), RampId::kGold, 2);
}

}  // namespace

void shadeOnHead(Shape& shape, const Scene& scene, bool metal) {
  shape.shadeBall(63, 44 + 2 * scene.drop(), 21, 22, scene.light, metal ? Bands{75, 165, 300} : Bands{0, 160, 310});
}

void putOnHead(Scene& scene, Shape shape, RampId ramp, Edge edge) {
  shape.move(0, scene.drop());
  scene.canvas.stamp(shape, ramp, edge);
}

bool hidesHair(const Design& design) {
  return design.headgear == Headgear::kGreatHelm;
}

bool hidesFace(const Design& design) {
  return design.headgear == Headgear::kGreatHelm;
}

void drawHeadgear(Scene& scene) {
  switch (scene.design.headgear) {
    case Headgear::kNone:
      break;
    case Headgear::kHeadband:
      drawHeadband(scene);
      break;
    case Headgear::kCrown:
      drawCrown(scene);
      break;
    case Headgear::kTiara:
      drawTiara(scene);
      break;
    case Headgear::kHood:
      drawHood(scene);
      break;
    case Headgear::kHelmet:
      drawHelmet(scene, false);
      break;
    case Headgear::kHorned:
      drawHelmet(scene, true);
      break;
    case Headgear::kGreatHelm:
      drawGreatHelm(scene);
      break;
    case Headgear::kWizardHat:
      drawWizardHat(scene);
      break;
    case Headgear::kStrawHat:
      drawStrawHat(scene);
      break;
    case Headgear::kFeatherCap:
      drawFeatherCap(scene);
      break;
    case Headgear::kBandana:
      drawBandana(scene);
      break;
    case Headgear::kFlower:
      drawFlower(scene);
      break;
  }
}

}  // namespace loom::starter
