#include "core/dataset/starter_scene.h"

namespace loom::starter {
namespace {

constexpr int kFrontHalves[] = {4, 6, 7, 8, 8, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 8, 8, 7, 5};  // from row 15

struct Run {
  int left, right;
};
constexpr Run kSideRuns[] = {{27, 35}, {25, 37}, {24, 38}, {23, 39}, {23, 39}, {22, 40}, {22, 40},
                             {22, 40}, {22, 40}, {22, 40}, {22, 40}, {22, 40}, {22, 41}, {23, 41},
                             {23, 41}, {24, 40}, {26, 40}, {28, 40}, {31, 38}};

// K lash, I dark iris, i light iris, W white, s shaded skin; the viewer's left eye, its outer corner at the left.
constexpr std::string_view kFrontEyes[] = {"\n.KKK\n.WII\n.Wii\n....", "\nKKKK\n.WIK\n.Wii\n....",
                                           "\n.KKK\n.WIK\n.WIK\n.Wii", "\nKK..\n.KKK\n.WiI\n....",
                                           "\n....\nKKKK\n.Wii\n....", "\n.ss.\nsiis\nsiWs\n.ss."};

// From the side, looking to the right.
constexpr std::string_view kSideEyes[] = {"\n.KKK\n..WI\n..Wi\n....", "\n.KKK\n..WK\n..Wi\n....",
                                          "\n.KKK\n..WK\n..WK\n..Wi", "\n.K..\n.KKK\n..Wi\n....",
                                          "\n....\n.KKK\n..Wi\n....", "\n.ss.\n.sii\n.siW\n..s."};

void drawMarks(Scene& scene, std::string_view rows, int left, int top, bool mirrored) {
  rows.remove_prefix(1);
  int x = 0;
  int y = top;
  for (const char mark : rows) {
    if (mark == '\n') {
      x = 0;
      ++y;
      continue;
    }
    const int at = mirrored ? kSide - 1 - left - x : left + x;
    if (mark == 'K') scene.canvas.dot(at, y, RampId::kEye, 0);
    if (mark == 'I') scene.canvas.dot(at, y, RampId::kEye, 1);
    if (mark == 'i') scene.canvas.dot(at, y, RampId::kEye, 2);
    if (mark == 'W') scene.canvas.dot(at, y, RampId::kEye, 3);
    if (mark == 's') scene.canvas.dot(at, y, RampId::kSkin, 1);
    if (mark == 'o') scene.canvas.dot(at, y, RampId::kSkin, 0);
    if (mark == 'h') scene.canvas.dot(at, y, RampId::kSkin, 3);
    if (mark == 'B') scene.canvas.dot(at, y, RampId::kEye, 4);
    if (mark == 'b') scene.canvas.dot(at, y, RampId::kHair, 1);
    ++x;
  }
}

void drawBrows(Scene& scene) {
  static constexpr std::string_view kFront[] = {"\n....\n.bbb", "\n.bbb\nb...", "\nbb..\n..bb", ""};
  static constexpr std::string_view kSide[] = {"\n....\n.bbb", "\n..bb\n.b..", "\n.b..\n..bb", ""};
  const auto style = static_cast<std::size_t>(scene.design.brows);
  if (kFront[style].empty() || scene.design.eyes == Eyes::kGlowing) return;
  const int y = 21 + scene.drop();
  if (scene.side()) {
    drawMarks(scene, kSide[style], 36, y, false);
  } else {
    drawMarks(scene, kFront[style], 25, y, false);
    drawMarks(scene, kFront[style], 25, y, true);
  }
}

void drawMouth(Scene& scene) {
  static constexpr std::string_view kFront[] = {"\n......\n.soos.", "\n.s..s.\n..oo..", "\n.oooo.\n..oo..",
                                                "\n..oo..\n.s..s.", "\nW....W\noooooo"};
  static constexpr std::string_view kSide[] = {"\n....\n.oos", "\n.s..\n..oo", "\n.ooo\n..oo", "\n..oo\n.s..",
                                               "\n.W..\n.ooo"};
  const auto style = static_cast<std::size_t>(scene.design.mouth);
  if (scene.side()) {
    drawMarks(scene, kSide[style], 37, 30 + scene.drop(), false);
  } else {
    drawMarks(scene, kFront[style], 29, 30 + scene.drop(), false);
  }
}

constexpr Art kStubble = {24, 29, R"(
1..............1
11............11
.11..........11.
..111......111..
...1111111111...)"};
constexpr Art kMoustache = {27, 29, R"(
..######..
.########.
.##....##.)"};
constexpr Art kGoatee = {29, 32, R"(
.####.
######
.####.
..##..)"};
constexpr Art kFullBeard = {22, 27, R"(
##................##
##................##
###...######.....###
####.########...####
.#######....#######.
.##################.
..################..
...##############...
.....##########.....
.......######.......)"};
constexpr Art kLongBeard = {22, 27, R"(
##................##
##................##
###....######....###
####.##########.####
.#######....#######.
.##################.
..################..
...##############...
....############....
.....##########.....
.....##########.....
......########......
......########......
.......######.......
........####........)"};
constexpr Art kMoustacheSide = {36, 29, R"(
..###
.####
.##..)"};
constexpr Art kGoateeSide = {36, 32, R"(
.####
..####
..###
...#.)"};
constexpr Art kFullBeardSide = {29, 26, R"(
##..........
##..........
##..........
###......###
####...#####
.#####....##
.###########
..###########
...##########
....########
......####..)"};
constexpr Art kLongBeardSide = {29, 26, R"(
##..........
##..........
##..........
###......###
####...#####
.#####....##
.###########
..###########
...##########
....#########
.....########
.....#######.
......######.
......#####..
.......###...)"};

void drawBeard(Scene& scene) {
  const Beard beard = scene.design.beard;
  if (beard == Beard::kNone) return;
  if (beard == Beard::kStubble) {
    Shape shape(kStubble);
    shape.move(0, scene.drop());
    for (int y = shape.top(); y <= shape.bottom(); ++y) {
      for (int x = shape.left(); x <= shape.right(); ++x) {
        if (shape.has(x, y)) scene.canvas.dotOn(x, y, RampId::kSkin, RampId::kSkin, 1);
      }
    }
    return;
  }
  static constexpr Art kFront[] = {kMoustache, kGoatee, kFullBeard, kLongBeard};
  static constexpr Art kSide[] = {kMoustacheSide, kGoateeSide, kFullBeardSide, kLongBeardSide};
  const auto style = static_cast<std::size_t>(beard) - static_cast<std::size_t>(Beard::kMoustache);
  Shape shape(scene.side() ? kSide[style] : kFront[style]);
  shape.move(0, scene.drop());
  shape.shadeStrands(scene.side() ? 35 : 32, 3, scene.light);
  scene.canvas.stamp(shape, RampId::kHair, Edge::kFull);
}

}  // namespace

Shape headShape(const Scene& scene) {
  Shape shape;
  int y = 15 + scene.drop();
  if (scene.side()) {
    for (const Run& run : kSideRuns) shape.row(y++, run.left, run.right);
  } else {
    for (const int half : kFrontHalves) shape.centred(y++, half);
  }
  return shape;
}

void drawHead(Scene& scene) {
  Shape head = headShape(scene);
  const bool bald = scene.design.hair == Hair::kBald;
  head.shadeBall(63, 48 + 2 * scene.drop(), 18, 19, scene.light, {bald ? 50 : 0, 165, scene.side() ? 430 : 345});
  scene.canvas.castShadow(head, 2, RampId::kSkin);
  scene.canvas.castShadow(head, 2, RampId::kPrimary);
  scene.canvas.castShadow(head, 2, RampId::kSecondary);
  scene.canvas.stamp(head, RampId::kSkin);
}

void drawEars(Scene& scene) {
  static constexpr Art kRound = {20, 24, "\n.##\n###\n##1\n.##\n..#"};
  static constexpr Art kPointed = {17, 21, "\n#.....\n##....\n###...\n.####.\n..###1\n..###.\n...##."};
  static constexpr Art kBig = {19, 23, "\n##..\n###.\n###1\n###1\n.##.\n..#."};
  static constexpr Art kRoundSide = {27, 24, "\n.##.\n####\n#11#\n.#1#\n.##."};
  static constexpr Art kPointedSide = {
      23, 20, "\n#.......\n##......\n.##.....\n.#####..\n..#1###.\n...#11#.\n....###.\n....##.."};
  static constexpr Art kBigSide = {26, 23, "\n.###.\n#####\n##11#\n.#11#\n.##1.\n..##."};
  if (hidesFace(scene.design) || scene.design.headgear == Headgear::kHood) return;
  if (hairCoversEars(scene.design) && scene.design.ears != Ears::kPointed) return;
  const auto kind = static_cast<std::size_t>(scene.design.ears);
  static constexpr Art kFront[] = {kRound, kPointed, kBig};
  static constexpr Art kSide[] = {kRoundSide, kPointedSide, kBigSide};
  Shape ear(scene.side() ? kSide[kind] : kFront[kind]);
  ear.move(0, scene.drop());
  ear.shadeFlat(scene.side() ? 3 : 2);
  scene.canvas.stamp(ear, RampId::kSkin, scene.side() ? Edge::kSoft : Edge::kFull);
  if (!scene.side()) {
    ear.mirror();
    scene.canvas.stamp(ear, RampId::kSkin, Edge::kFull);
  }
  if (scene.design.earring && !scene.back()) {
    const int y = 29 + scene.drop();
    if (scene.side()) {
      scene.canvas.dot(29, y, RampId::kGold, 3);
      scene.canvas.dot(29, y + 1, RampId::kGold, 2);
    } else {
      scene.canvas.dot(22, y, RampId::kGold, 3);
      scene.canvas.dot(41, y, RampId::kGold, 2);
    }
  }
}

void drawFace(Scene& scene) {
  if (scene.back() || hidesFace(scene.design)) return;
  const int y = scene.drop();
  const auto eyes = static_cast<std::size_t>(scene.design.eyes);
  if (scene.side()) {
    drawMarks(scene, kSideEyes[eyes], 36, 24 + y, false);
    drawMarks(scene, "\ns", 40, 29 + y, false);
    if (scene.design.blush) drawMarks(scene, "\nBB", 35, 29 + y, false);
  } else {
    drawMarks(scene, kFrontEyes[eyes], 25, 24 + y, false);
    drawMarks(scene, kFrontEyes[eyes], 25, 24 + y, true);
    drawMarks(scene, "\nhs", 31, 28 + y, false);
    if (scene.design.blush) {
      drawMarks(scene, "\nBB", 25, 29 + y, false);
      drawMarks(scene, "\nBB", 25, 29 + y, true);
    }
  }
  drawBrows(scene);
  drawMouth(scene);
  drawBeard(scene);
}

}  // namespace loom::starter
