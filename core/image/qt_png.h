// PNG by Qt. Private to the encoders.
#pragma once

#include <QImage>
#include <cstddef>
#include <vector>

namespace loom {

/// The same bytes each time. Throws Error.
std::vector<std::byte> pngOf(QImage image);

}  // namespace loom
