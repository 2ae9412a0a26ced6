// WebP through libwebp: still ones whole, moving ones part by part.
#include <webp/decode.h>
#include <webp/demux.h>

#include <memory>

#include "core/image/decoders.h"
#include "core/image/frame_readers.h"

namespace loom {
namespace {

using Bytes = std::span<const std::byte>;
using Demuxer = std::unique_ptr<WebPDemuxer, decltype(&WebPDemuxDelete)>;

WebPData dataOf(Bytes bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

/// Also of a file that ends too early; then `whole` is false.
Demuxer openDemuxer(Bytes bytes, bool& whole) {
  const WebPData data = dataOf(bytes);
  WebPDemuxState state = WEBP_DEMUX_PARSING_HEADER;
  Demuxer demuxer(WebPDemuxPartial(&data, &state), &WebPDemuxDelete);
  whole = state == WEBP_DEMUX_DONE;
  return demuxer;
}

/// Decodes into pixels whose rows are `stride` pixels apart; false when the data are damaged.
bool decodeInto(Rgba* pixels, int width, int height, int stride, const WebPData& data) {
  if (width < 1 || height < 1) return false;
  WebPDecoderConfig config;
  if (WebPInitDecoderConfig(&config) == 0 || WebPGetFeatures(data.bytes, data.size, &config.input) != VP8_STATUS_OK ||
      config.input.width != width || config.input.height != height) {
    return false;
  }
  config.output.colorspace = MODE_RGBA;
  config.output.is_external_memory = 1;
  WebPRGBABuffer& target = config.output.u.RGBA;
  target.rgba = reinterpret_cast<std::uint8_t*>(pixels);
  target.stride = stride * static_cast<int>(sizeof(Rgba));
  const std::size_t lastRow = static_cast<std::size_t>(height - 1) * static_cast<std::size_t>(stride);
  target.size = (lastRow + static_cast<std::size_t>(width)) * sizeof(Rgba);
  const bool good = WebPDecode(data.bytes, data.size, &config) == VP8_STATUS_OK;
  WebPFreeDecBuffer(&config.output);
  return good;
}

bool draw(const WebPIterator& frame, bool first, FrameCanvas& canvas) {
  Sprite& picture = canvas.picture();
  const std::int64_t right = std::int64_t{frame.x_offset} + frame.width;
  const std::int64_t below = std::int64_t{frame.y_offset} + frame.height;
  if (frame.complete == 0 || frame.x_offset < 0 || frame.y_offset < 0 || right > picture.width() ||
      below > picture.height()) {
    return false;
  }
  if (first || frame.blend_method == WEBP_MUX_NO_BLEND) {
    return decodeInto(&picture.at(frame.x_offset, frame.y_offset), frame.width, frame.height, picture.width(),
                      frame.fragment);
  }
  Sprite part(frame.width, frame.height);
  if (!decodeInto(part.pixels().data(), frame.width, frame.height, frame.width, frame.fragment)) return false;
  canvas.blend(part, frame.x_offset, frame.y_offset);
  return true;
}

}  // namespace

Sprite decodeStillWebp(Bytes bytes, const std::string& name) {
  const PictureSize size = pictureSize(bytes).value_or(PictureSize{});
  checkPictureSize(size.width, size.height, name);
  Sprite sprite(static_cast<int>(size.width), static_cast<int>(size.height));
  if (!decodeInto(sprite.pixels().data(), sprite.width(), sprite.height(), sprite.width(), dataOf(bytes))) {
    throw damagedPicture(name, ImageFormat::kWebp);
  }
  return sprite;
}

AnimationHead webpAnimationHead(Bytes bytes) {
  AnimationHead head;
  head.canvas = pictureSize(bytes).value_or(PictureSize{});
  head.frames = 1;
  bool whole = false;
  const Demuxer demuxer = openDemuxer(bytes, whole);
  if (!demuxer || (WebPDemuxGetI(demuxer.get(), WEBP_FF_FORMAT_FLAGS) & ANIMATION_FLAG) == 0) return head;
  head.frames = WebPDemuxGetI(demuxer.get(), WEBP_FF_FRAME_COUNT);
  if (!whole) head.problem = "its end is missing after frame " + std::to_string(head.frames);
  return head;
}

void readWebpFrames(Bytes bytes, std::int64_t wanted, const std::string& name, Animation& animation) {
  FrameCanvas canvas(pictureSize(bytes).value_or(PictureSize{}), wanted, animation);
  bool whole = false;
  const Demuxer demuxer = openDemuxer(bytes, whole);
  WebPIterator frame;
  if (!demuxer || WebPDemuxGetFrame(demuxer.get(), 1, &frame) == 0) throw damagedPicture(name, ImageFormat::kWebp);
  const std::unique_ptr<WebPIterator, decltype(&WebPDemuxReleaseIterator)> release(&frame, &WebPDemuxReleaseIterator);
  do {
    canvas.begin({frame.x_offset, frame.y_offset, frame.width, frame.height},
                 frame.dispose_method == WEBP_MUX_DISPOSE_BACKGROUND ? Disposal::kClear : Disposal::kKeep);
    if (!draw(frame, animation.frames.empty(), canvas)) throw damagedPicture(name, ImageFormat::kWebp);
    canvas.show(frame.duration);
  } while (!canvas.isComplete() && WebPDemuxNextFrame(&frame) != 0);
}

}  // namespace loom
