// Every limit on what is read from outside, in one place. The manual quotes this file.
#pragma once

#include <cstddef>
#include <cstdint>

namespace loom::limits {

inline constexpr int kMaxImageSide = 16384;                          ///< pixels, width or height of a picture read
inline constexpr std::int64_t kMaxImagePixels = 64LL * 1024 * 1024;  ///< pixels of one picture read
inline constexpr std::int64_t kMaxFileBytes = 256LL << 20;           ///< bytes of one picture file
inline constexpr std::int64_t kMaxDecodeBytes = 480LL << 20;         ///< memory to decode a picture in, its file too
inline constexpr int kMaxAnimationFrames = 10'000;                   ///< frames of one animated file
inline constexpr std::int64_t kMaxAnimationPixels = 64LL * 1024 * 1024;  ///< pixels of all its frames together
inline constexpr std::int64_t kMaxArchiveBytes = 8LL << 30;              ///< bytes unpacked from one archive
inline constexpr std::int64_t kMaxArchiveEntries = 200'000;              ///< entries of one archive
inline constexpr int kMaxSpriteSide = 1024;                              ///< pixels, a sprite's width or height
inline constexpr int kMaxOriginalSide = 4096;                            ///< pixels, of the picture it was made from
inline constexpr std::int64_t kMaxSheetCells = 300'000;                  ///< sprites cut from one picture
inline constexpr int kMaxPaletteColours = 4096;                          ///< colours of one palette
inline constexpr int kMaxNameLength = 512;                          ///< bytes of a character, view, tag or file name
inline constexpr std::int64_t kMaxTensorFileBytes = 4LL << 30;      ///< bytes of one safetensors file
inline constexpr std::int64_t kMaxTensorHeaderBytes = 100LL << 20;  ///< bytes of its JSON header (the format's limit)
inline constexpr int kMaxModelViews = 64;                           ///< views of a model that is imported
inline constexpr int kMaxSheetSide = 16384;                         ///< pixels, width or height of a sheet written
inline constexpr int kMaxFilmFrames = 10'000;                       ///< frames of an animation written
inline constexpr int kMaxFilmSide = 8192;                           ///< pixels, width or height of its frames
inline constexpr std::int64_t kMaxFilmFramePixels = 32LL << 20;     ///< pixels of one of them
inline constexpr int kMaxFilmScale = 64;                        ///< how many times larger they are than their sprites
inline constexpr int kMinFrameMilliseconds = 20;                ///< viewers show a shorter frame for 100 ms
inline constexpr int kMaxFrameMilliseconds = 60'000;            ///< a frame is shown
inline constexpr std::int64_t kMaxJsonBytes = 16LL << 20;       ///< bytes of one JSON file
inline constexpr int kMaxJsonDepth = 64;                        ///< arrays and objects within each other
inline constexpr int kMaxLpcLayers = 50'000;                    ///< files of one set of LPC layers
inline constexpr int kMaxLpcAuthors = 2000;                     ///< people named by their AUTHORS.txt
inline constexpr std::int64_t kMaxLpcAuthorsBytes = 1LL << 20;  ///< bytes of it that are read
inline constexpr std::int64_t kMaxCsvRows = 1'000'000;          ///< pictures of one CSV file
inline constexpr std::int64_t kMaxCsvRowBytes = 64LL << 20;     ///< bytes of one of its rows
inline constexpr std::int64_t kMaxPageBytes = 8LL << 20;        ///< bytes of one web page
inline constexpr std::int64_t kMaxPageMemory = 384LL << 20;     ///< bytes its elements may take while they are read
inline constexpr std::int64_t kMaxPagePictures = 5000;          ///< pictures listed from one web page
inline constexpr std::int64_t kMaxFetchBytes = 2LL << 30;       ///< bytes fetched from the web at a time
inline constexpr std::int64_t kMaxRobotsBytes = 500LL << 10;    ///< bytes of a robots.txt that are read
inline constexpr int kMaxRedirects = 5;                         ///< from one web address to the next

}  // namespace loom::limits
