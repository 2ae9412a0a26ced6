#include "core/image/background.h"

#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/image/alpha_edges.h"
#include "core/image/background_mask.h"

namespace loom {
namespace {

Sprite without(const Sprite& sprite, const Mask& mask) {
  Sprite result = sprite;
  for (int y = 0; y < mask.height(); ++y) {
    for (int x = 0; x < mask.width(); ++x) {
      if (mask.at(x, y)) result.at(x, y) = {};
    }
  }
  return result;
}

constexpr float kLeastTolerance = 0.012f;
constexpr float kNoisy = 0.004f;

struct Cut {
  Sprite sprite;
  bool noisy = false;
};

Cut removed(const LabPicture& picture, const BackgroundModel& model, const BackgroundOptions& options) {
  const BackgroundFinder finder(picture, model);
  const float noise = finder.noise();
  const float measured = std::min(std::max(1.5f * noise, kLeastTolerance), 0.8f * model.widestTolerance());
  const float tolerance = options.tolerance > 0 ? static_cast<float>(options.tolerance) : measured;
  const bool all = options.mode == BackgroundMode::kSolid || options.mode == BackgroundMode::kColour;
  Mask mask = all ? finder.everywhere(tolerance) : finder.flooded(tolerance);
  if (!all && model.grid()) finder.addEnclosedSquares(mask, tolerance);
  if (noise > kNoisy && options.mode != BackgroundMode::kColour) finder.addCrumbs(mask, tolerance);
  return {without(picture.sprite(), mask), noise > kNoisy};
}

Sprite withCleanRim(const Cut& cut, const BackgroundModel& model, BackgroundEdges edges) {
  if (edges == BackgroundEdges::kKeep) return cut.sprite;
  const RimEdges kind = edges == BackgroundEdges::kHard ? RimEdges::kHard : RimEdges::kSoft;
  // JPEG keeps colour at half the size, so that it bleeds over two pixels, and adds noise to it; a figure drawn large
  // can spare one more.
  constexpr int kLarge = 128;
  const bool large = std::min(cut.sprite.width(), cut.sprite.height()) >= kLarge;
  const int width = !cut.noisy ? 1 : large ? 3 : 2;
  const double tolerance = cut.noisy ? 40 : 18;
  const MatteAt matte = [&model](int x, int y) { return model.colourAt(x, y); };
  const Unmatted result = unmatted(cut.sprite, matte, width, kind, tolerance);
  // Pixel art has no blends, but a shade of it now and then looks like one.
  constexpr double kMany = 0.2;
  if (edges == BackgroundEdges::kAuto && result.blends < kMany * result.rim) return cut.sprite;
  return result.sprite;
}

/// The model of the background, or why there is none.
std::optional<BackgroundModel> modelFor(const LabPicture& picture, const BackgroundOptions& options,
                                        std::string& whyNot) {
  if (options.mode == BackgroundMode::kColour) return BackgroundModel::ofColour(options.colour);
  const auto border = static_cast<double>(visibleBorder(picture).size());
  const double whole = 2.0 * (picture.width() + picture.height()) - 4;
  const bool isAuto = options.mode == BackgroundMode::kAuto;
  if (border == 0 || (isAuto && border < 0.5 * whole)) {
    whyNot = "the border is transparent already";
    return std::nullopt;
  }
  if (isAuto || options.mode == BackgroundMode::kCheckerboard) {
    if (auto model = BackgroundModel::checkerboard(picture)) return model;
  }
  if (options.mode == BackgroundMode::kCheckerboard) {
    whyNot = "no checkerboard found";
    return std::nullopt;
  }
  auto model = BackgroundModel::plain(picture);
  constexpr double kHalf = 0.5;
  if (isAuto && model && model->agreement() < kHalf) {
    whyNot = "no background found: no colour prevails at the border";
    return std::nullopt;
  }
  return model;
}

}  // namespace

BackgroundMode backgroundModeNamed(const std::string& name) {
  if (name == "auto") return BackgroundMode::kAuto;
  if (name == "flood") return BackgroundMode::kFlood;
  if (name == "solid") return BackgroundMode::kSolid;
  if (name == "checkerboard") return BackgroundMode::kCheckerboard;
  if (name == "colour") return BackgroundMode::kColour;
  throw Error("there is no background '" + name + "'", "use auto, flood, solid, checkerboard or colour");
}

BackgroundEdges backgroundEdgesNamed(const std::string& name) {
  if (name == "auto") return BackgroundEdges::kAuto;
  if (name == "soft") return BackgroundEdges::kSoft;
  if (name == "hard") return BackgroundEdges::kHard;
  if (name == "keep") return BackgroundEdges::kKeep;
  throw Error("there are no edges '" + name + "'", "use auto, soft, hard or keep");
}

WithoutBackground withoutBackground(const Sprite& sprite, const BackgroundOptions& options) {
  if (sprite.empty()) return {sprite, "it has no pixels"};
  const LabPicture picture(sprite);
  std::string whyNot;
  const auto model = modelFor(picture, options, whyNot);
  if (!model) return {sprite, whyNot};
  const Cut cut = removed(picture, *model, options);
  if (cut.sprite == sprite) return {sprite, "nothing of " + model->name() + " left"};
  if (std::ranges::all_of(cut.sprite.pixels(), [](const Rgba& pixel) { return pixel.a == 0; })) {
    return {sprite, "left alone: nothing but " + model->name()};
  }
  return {withCleanRim(cut, *model, options.edges), "removed " + model->name()};
}

}  // namespace loom
