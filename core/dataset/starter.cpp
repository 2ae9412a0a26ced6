#include "core/dataset/starter.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "core/dataset/starter_scene.h"

namespace loom {
namespace {

using namespace starter;

constexpr int kMaxColours = 32;

void drawFrontOrBack(Scene& scene) {
  if (scene.back()) {
    drawShield(scene);
    drawBookOrLantern(scene);
    drawHeld(scene);
  }
  drawBowBehind(scene);
  drawCapeBehind(scene);
  drawHairBehind(scene);
  drawLegs(scene);
  drawLegwear(scene);
  drawTorso(scene);
  drawTopwear(scene);
  for (const Hand hand : {Hand::kRight, Hand::kLeft}) {
    drawArm(scene, hand);
    drawPauldron(scene, hand);
  }
  drawCapeInFront(scene);
  drawScarf(scene);
}

void drawSide(Scene& scene) {
  const Hand near = scene.view == View::kRight ? Hand::kRight : Hand::kLeft;
  const Hand far = near == Hand::kRight ? Hand::kLeft : Hand::kRight;
  drawBowBehind(scene);
  drawArm(scene, far);
  drawLegs(scene);
  drawLegwear(scene);
  drawTorso(scene);
  drawTopwear(scene);
  drawCapeBehind(scene);
  drawCapeInFront(scene);
  drawScarf(scene);
  drawHairBehind(scene);
  drawArm(scene, near);
  drawPauldron(scene, near);
}

void drawView(Scene& scene) {
  scene.side() ? drawSide(scene) : drawFrontOrBack(scene);
  drawHead(scene);
  if (!scene.side()) drawEars(scene);
  drawFace(scene);
  drawHair(scene);
  if (scene.side()) drawEars(scene);
  drawHairInFront(scene);
  drawHeadgear(scene);
  drawBowInFront(scene);
  scene.canvas.removeOrphans();
}

using ShadeCounts = std::array<int, kRamps * kShades>;

int coloursUsed(const ShadeCounts& counts, const Palette& palette) {
  std::vector<std::uint32_t> colours;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    const Rgba colour = palette.colour(static_cast<RampId>(i / kShades), static_cast<int>(i % kShades));
    colours.push_back(static_cast<std::uint32_t>(colour.r << 16 | colour.g << 8 | colour.b));
  }
  std::sort(colours.begin(), colours.end());
  return static_cast<int>(std::unique(colours.begin(), colours.end()) - colours.begin());
}

/// Gives rare shades their neighbour's colour until no view has more colours than a sprite's palette holds.
void limitColours(Palette& palette, std::span<const Scene> scenes) {
  ShadeCounts total{};
  std::array<ShadeCounts, 4> counts{};
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    scenes[i].canvas.countShades(counts[i]);
    scenes[i].canvas.countShades(total);
  }
  auto fits = [&](const ShadeCounts& used) { return coloursUsed(used, palette) <= kMaxColours; };
  while (!std::all_of(counts.begin(), counts.end(), fits)) {
    std::size_t rarest = 0;
    for (std::size_t i = 0; i < total.size(); ++i) {
      const auto ramp = static_cast<RampId>(i / kShades);
      // The first cloth tells numbers apart, and a face lives by the few pixels of its eyes.
      if (total[i] == 0 || ramp == RampId::kPrimary || ramp == RampId::kEye) continue;
      if (total[rarest] == 0 || total[i] < total[rarest]) rarest = i;
    }
    if (total[rarest] == 0) return;
    const auto ramp = static_cast<RampId>(rarest / kShades);
    const int shade = static_cast<int>(rarest % kShades);
    palette.setColour(ramp, shade, palette.colour(ramp, shade < 2 ? shade + 1 : shade - 1));
    total[rarest] = 0;
  }
}

}  // namespace

StarterCharacter starterCharacter(std::uint64_t seed, std::uint64_t number) {
  Design design = designCharacter(seed, number);
  std::vector<Scene> scenes;
  scenes.reserve(4);
  for (const View view : {View::kBack, View::kLeft, View::kFront, View::kRight}) {
    drawView(scenes.emplace_back(design, view));
  }
  limitColours(design.palette, scenes);
  StarterCharacter character;
  for (std::size_t i = 0; i < scenes.size(); ++i) character.views[i] = scenes[i].canvas.coloured(design.palette);
  character.tags = design.tags;
  return character;
}

}  // namespace loom
