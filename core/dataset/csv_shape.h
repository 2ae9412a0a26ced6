// Which pictures a row of numbers can be, and which of them it most likely is. Private to the reader of CSV pictures.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/dataset/csv_layout.h"

namespace loom {

struct CsvShape {
  int width = 0;
  int height = 0;
  int channels = 1;
  bool planar = false;
};

/// Every picture of `values` values that the options allow, the preferred ones first. Square unless width or height is
/// told; none larger than limits::kMaxSpriteSide.
std::vector<CsvShape> possibleShapes(std::size_t values, const CsvOptions& options);

/// The one of `shapes` (at least one) in which neighbouring pixels of `rows` are most alike; an earlier one unless a
/// later one is smoother by more than a tenth.
CsvShape smoothestShape(const std::vector<CsvShape>& shapes, std::span<const std::span<const float>> rows);

}  // namespace loom
