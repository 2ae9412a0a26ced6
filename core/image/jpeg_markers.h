// The walk over a JPEG's markers, as libjpeg goes. Private to what looks at a JPEG without decoding it.
#pragma once

#include "core/image/byte_cursor.h"

namespace loom {

inline constexpr unsigned kJpegStartOfScan = 0xDA;  ///< the picture's data follow its segment

/// The marker at or after the cursor that has a segment (ITU-T T.81, B.1.1). Bytes that belong to nothing are passed
/// over, as are markers that stand alone; 0 when the bytes end.
inline unsigned nextJpegMarker(ByteCursor& cursor) {
  const auto standsAlone = [](unsigned marker) { return marker <= 1 || (marker >= 0xD0 && marker <= 0xD7); };
  unsigned marker = 0;
  while (standsAlone(marker) && !cursor.ranOut()) {
    while (cursor.byte() != 0xFF && !cursor.ranOut()) continue;
    do marker = cursor.byte();
    while (marker == 0xFF);
  }
  return cursor.ranOut() ? 0 : marker;
}

}  // namespace loom
