// What single chunks of an Aseprite file say. Private to its parser.
#pragma once

#include <cstddef>
#include <vector>

#include "core/image/aseprite.h"
#include "core/image/byte_cursor.h"

namespace loom::ase {

inline constexpr std::size_t kMostNames = 10'000;  ///< tags, slices' keys, tilesets: far beyond any drawing

/// Throws Error when `good` does not hold: the chunk is damaged.
void require(bool good);

// Each reads a chunk from behind its head; all throw Error when it is damaged.
/// `most` is a full channel: 255, or 63 in the oldest files.
void readOldPalette(ByteCursor& chunk, unsigned most, Palette& colours);
void readPalette(ByteCursor& chunk, Palette& colours);
/// From behind the cel's own fields; `kind` 0 raw, 2 packed, 3 tiles.
CelImage readCelImage(ByteCursor& chunk, unsigned kind);
void readTags(ByteCursor& chunk, std::vector<AnimationTag>& tags);
void readSlice(ByteCursor& chunk, std::vector<AnimationSlice>& slices);
Tileset readTileset(ByteCursor& chunk);

}  // namespace loom::ase
