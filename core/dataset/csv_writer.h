// Pictures into a CSV file, one a row, written as a stream.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/atomic_file.h"
#include "core/image/channels.h"
#include "core/image/sprite.h"

namespace loom {

struct CsvFormat {
  int channels = 4;    ///< 1 grayscale, 2 grayscale with alpha, 3 RGB, 4 RGBA
  bool header = true;  ///< names the values r1x1, g1x1, … (row x column, from 1), from which CsvPictures reads the size
  std::string label = {};    ///< the name of the first column, for a label; empty: no such column
  Rgba background = kWhite;  ///< under what 1 and 3 channels cannot say
};

/// Values are whole numbers 0..255, interleaved (RGBRGB…), separated by commas; rows end with LF. The file is whole or
/// not there: it takes its place in commit(), and without one nothing is left.
class CsvWriter {
 public:
  /// For pictures of `width` x `height` pixels. Throws Error when nothing can be written there.
  CsvWriter(const std::filesystem::path& file, int width, int height, CsvFormat format);

  /// Throws Error for a picture of another size. Line ends within a label become spaces.
  void add(const Sprite& sprite, std::string_view label = {});
  void commit();

 private:
  void flush();

  AtomicFile m_file;
  int m_width;
  int m_height;
  CsvFormat m_format;
  std::string m_text;  ///< not written yet
};

/// A field as a CSV file holds it: quoted where it has to be.
std::string csvField(std::string_view text);

}  // namespace loom
