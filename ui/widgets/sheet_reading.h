// What a picture says about being a sheet: its true size, its cells, and whether it had better be cut.
#pragma once

#include <QImage>
#include <filesystem>

#include "core/studio/studio.h"

namespace loom {

struct SheetReading {
  Sprite picture;
  Sprite native;  ///< the picture before it was enlarged; empty when it is at its native size
  QImage pictureImage, nativeImage;
  PixelGrid grid;                ///< found() where there is a native one
  SheetCuts found, foundNative;  ///< on the picture, and on the native one
  bool lpc = false;              ///< a full LPC sheet, once native

  bool enlarged() const { return !native.empty(); }
  const Sprite& pixels(bool atNative) const { return atNative ? native : picture; }
  const QImage& image(bool atNative) const { return atNative ? nativeImage : pictureImage; }
  const SheetCuts& cuts(bool atNative) const { return atNative ? foundNative : found; }
};

/// Reads and looks through a file, for a second or two where it is large. Throws Error, Cancelled.
SheetReading readSheet(const std::filesystem::path& file, JobMonitor& monitor);

/// Whether somebody who brings this picture alone should see it cut first: it shows several sprites, or is larger than
/// a sprite may be. Not for full LPC sheets, which are known well enough.
bool asksForCutting(const SheetReading& reading);

/// Whether the file may be such a picture: one that is read, and no animation, archive or table.
bool isStillPicture(const std::filesystem::path& file);

}  // namespace loom
