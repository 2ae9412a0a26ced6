// A folder or archive of LPC layers: what parts there are to compose a character from, and their pixels.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/dataset/importer.h"
#include "core/dataset/lpc_credits.h"
#include "core/dataset/lpc_layers_paths.h"
#include "core/image/sprite.h"

namespace loom {

/// A cell of a layer without the transparent border around its pixels.
struct LpcCell {
  Sprite pixels = {};  ///< empty when there are none
  int x = 0, y = 0;    ///< its corner within the 64x64 cell
};

struct LpcLayer {
  std::string path;                      ///< from the top folder on: "hair/female/long/raven.png"
  std::array<LpcCell, 4> standing = {};  ///< back, left, front, right
  bool seenStanding() const;             ///< has pixels in one of them (most attack-only weapons have none)
};

/// A layer of a part, and when it is drawn.
struct LpcDraw {
  int layer = 0;
  int order = 0;  ///< the smaller is drawn first
  LpcWhen when = LpcWhen::kAlways;
  std::string skin = {};  ///< drawn on bodies of this skin alone; empty: on all
};

/// What can be chosen: all layers of one thing in one colour for one kind of body.
struct LpcPart {
  LpcSlot slot = LpcSlot::kBody;
  std::string kind = {};     ///< as LpcPathMeaning
  std::string variant = {};  ///< as LpcPathMeaning
  unsigned bodies = 0;       ///< bits of lpc_bodies
  std::string skin = {};     ///< the body's own, or that of the only body it fits; empty: any
  bool twoHanded = false;
  bool seenStanding = false;
  std::vector<std::string> skinsWithTheirOwn = {};  ///< bodies for which the same is drawn apart
  int shape = 0;                                    ///< equal for parts that differ in colour alone
  std::vector<LpcDraw> draws = {};

  std::string name() const;  ///< "maroon longsleeve"
};

class LpcLibrary {
 public:
  static constexpr int kCell = 64;           ///< pixels
  static constexpr int kSheetWidth = 832;    ///< pixels
  static constexpr int kSheetHeight = 1344;  ///< pixels
  /// Where the standing views begin: column 0 of the walk rows, up, left, down, right.
  static constexpr int kStandingTop = 512;

  /// Reads the layers of a folder or of an archive with such a folder: PNGs of 832x1344 pixels in folders the
  /// generators have. Keeps the standing cells decoded (about 10 MB for 2,400 layers); whole sheets stay in the folder,
  /// or in a temporary file. Throws Error when there is no body to dress, Cancelled.
  static LpcLibrary open(const std::filesystem::path& source, JobMonitor& monitor);
  ~LpcLibrary();
  LpcLibrary(LpcLibrary&&) noexcept;
  LpcLibrary& operator=(LpcLibrary&&) noexcept;

  const std::string& name() const;  ///< the folder's or archive's
  std::span<const LpcLayer> layers() const;
  std::span<const LpcPart> parts() const;            ///< the same order for the same files, wherever they lie
  std::span<const int> partsOf(LpcSlot slot) const;  ///< indices into parts()
  const LpcCredit& credit(int layer) const;
  const std::vector<SkippedFile>& skipped() const;  ///< PNGs that are no part, with the reason

  /// True when hair, ears or the like of this part's shape come out of the hat where they should be covered.
  bool clips(int hat, int part) const;
  /// The whole 832x1344 picture of a layer; from any thread. Throws Error when it cannot be read any more.
  Sprite sheet(int layer) const;

 private:
  struct Data;
  explicit LpcLibrary(std::unique_ptr<Data> data);
  std::unique_ptr<Data> m_data;
};

}  // namespace loom
