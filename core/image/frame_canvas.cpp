#include <algorithm>
#include <utility>

#include "core/image/frame_readers.h"

namespace loom {
namespace {

PixelRect clipped(const PixelRect& area, const Sprite& picture) {
  const auto within = [](std::int64_t value, int most) {
    return static_cast<int>(std::clamp<std::int64_t>(value, 0, most));
  };
  const int left = within(area.x, picture.width());
  const int top = within(area.y, picture.height());
  return {left, top, within(std::int64_t{area.x} + area.width, picture.width()) - left,
          within(std::int64_t{area.y} + area.height, picture.height()) - top};
}

Rgba over(const Rgba& top, const Rgba& bottom) {
  if (top.a == 255 || bottom.a == 0) return top;
  if (top.a == 0) return bottom;
  const int topShare = top.a * 255;
  const int bottomShare = (255 - top.a) * bottom.a;
  const int whole = topShare + bottomShare;
  const auto mixed = [&](int above, int below) {
    return static_cast<std::uint8_t>((above * topShare + below * bottomShare + whole / 2) / whole);
  };
  return {mixed(top.r, bottom.r), mixed(top.g, bottom.g), mixed(top.b, bottom.b),
          static_cast<std::uint8_t>((whole + 127) / 255)};
}

}  // namespace

FrameCanvas::FrameCanvas(PictureSize size, std::int64_t wanted, Animation& animation)
    : m_animation(animation),
      m_wanted(wanted),
      m_picture(static_cast<int>(size.width), static_cast<int>(size.height)) {}

void FrameCanvas::begin(const PixelRect& area, Disposal disposal) {
  m_area = clipped(area, m_picture);
  m_disposal = disposal;
  if (disposal == Disposal::kRestore) m_before = cropped(m_picture, m_area);
}

void FrameCanvas::blend(const Sprite& part, int x, int y) {
  const PixelRect area = clipped({x, y, part.width(), part.height()}, m_picture);
  for (int row = area.y; row < area.y + area.height; ++row) {
    for (int column = area.x; column < area.x + area.width; ++column) {
      Rgba& pixel = m_picture.at(column, row);
      pixel = over(part.at(column - x, row - y), pixel);
    }
  }
}

void FrameCanvas::show(int milliseconds) {
  constexpr int kTooShort = 10;
  constexpr int kInstead = 100;
  const int shown = milliseconds <= kTooShort ? kInstead : milliseconds;
  const bool last = static_cast<std::int64_t>(m_animation.frames.size()) + 1 >= m_wanted;
  m_animation.frames.push_back({last ? std::move(m_picture) : m_picture, shown});
  if (last) return;
  if (m_disposal == Disposal::kClear) paste(m_picture, Sprite(m_area.width, m_area.height), m_area.x, m_area.y);
  if (m_disposal == Disposal::kRestore) paste(m_picture, m_before, m_area.x, m_area.y);
  m_before = {};
}

}  // namespace loom
