#include "core/dataset/importer_prepare.h"

#include <exception>
#include <new>
#include <utility>

#include "core/dataset/importer_prepare_parts.h"
#include "core/image/codec.h"
#include "core/image/picture_head.h"

namespace loom {
namespace {

void prepareBytes(std::vector<std::byte> bytes, Preparation& preparation) {
  const std::string it = "it";  // "it is a damaged PNG file": the report names the file beside
  const ImportAs as = preparation.options().as;
  if (as == ImportAs::kAnimation || (as == ImportAs::kAuto && isAnimated(bytes))) {
    Animation animation = decodeAnimation(bytes, it);
    bytes = {};
    if (animation.frames.size() > 1 || !animation.slices.empty()) {
      return prepareFrames(std::move(animation), preparation);
    }
    if (!animation.problem.empty()) preparation.note(animation.problem);
    return prepareStill(std::move(animation.frames.front().sprite), preparation);
  }
  Sprite picture = decodeImage(bytes, it);
  bytes = {};
  prepareStill(std::move(picture), preparation);
}

template <class Work>
PreparedPicture guarded(const ImportOptions& options, Work work) {
  Preparation preparation(options);
  std::string reason;
  try {
    work(preparation);
  } catch (const std::bad_alloc&) {
    reason = "there is not enough memory to read it";
  } catch (const std::exception& failure) {
    reason = failure.what();
  }
  if (!reason.empty()) {
    preparation.result.sprites.clear();
    preparation.result.reason = reason;
  }
  preparation.result.about.sprites = static_cast<int>(preparation.result.sprites.size());
  return std::move(preparation.result);
}

}  // namespace

PreparedPicture preparePicture(std::vector<std::byte> bytes, const ImportOptions& options) {
  return guarded(options, [&](Preparation& preparation) { prepareBytes(std::move(bytes), preparation); });
}

PreparedPicture prepareSprite(Sprite sprite, const ImportOptions& options) {
  return guarded(options, [&](Preparation& preparation) {
    const PixelGrid grid = preparation.gridOf(sprite);
    preparation.addWhole(std::move(sprite), grid);
  });
}

std::int64_t memoryToPrepare(std::span<const std::byte> bytes, const ImportOptions& options) {
  const bool frames = options.as == ImportAs::kAnimation || options.as == ImportAs::kAuto;
  return frames && isAnimated(bytes) ? animationBytes(bytes) : decodedBytes(bytes);
}

Json toJson(const PreparedPicture& picture) {
  return {{"reason", picture.reason},         {"notes", picture.notes},
          {"kind", picture.about.kind},       {"width", picture.about.width},
          {"height", picture.about.height},   {"scale", picture.about.scale},
          {"sprites", picture.about.sprites}, {"confidence", picture.about.confidence}};
}

PreparedPicture pictureFrom(const Json& json) {
  PreparedPicture picture;
  picture.reason = json.at("reason");
  picture.notes = json.at("notes");
  picture.about = {.file = {},
                   .kind = json.at("kind"),
                   .width = json.at("width"),
                   .height = json.at("height"),
                   .scale = json.at("scale"),
                   .confidence = json.at("confidence"),
                   .sprites = json.at("sprites")};
  return picture;
}

}  // namespace loom
