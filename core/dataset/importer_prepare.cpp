#include "core/dataset/importer_prepare.h"

#include <xxhash.h>

#include <algorithm>
#include <exception>
#include <new>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/dataset/lpc_sheet.h"
#include "core/dataset/sheet_names.h"
#include "core/image/animation.h"
#include "core/image/cleaning_upscaling.h"
#include "core/image/codec.h"
#include "core/project/view.h"

namespace loom {
namespace {

std::string sizeText(int width, int height) {
  return std::to_string(width) + "x" + std::to_string(height);
}

/// Makes sprites of one picture.
class Preparation {
 public:
  explicit Preparation(const ImportOptions& options) : m_options(options) {
    if (options.channels < 4) m_steps.push_back(parseCleaningStep("channels=" + std::to_string(options.channels)));
    if (options.size > 0) m_steps.push_back(parseCleaningStep("fit=" + std::to_string(options.size)));
  }

  PreparedPicture result;

  /// Looks for the picture's grid, and notes what was found.
  PixelGrid gridOf(const Sprite& picture) {
    PixelGrid grid = m_options.upscaling.value_or(PixelGrid{});
    if (!m_options.upscaling && m_options.undoUpscaling) grid = findPixelGrid(picture);
    if (grid.found() && grid.confidence < kSureGrid && !m_options.upscaling) {
      result.notes.push_back("it may have been enlarged x" + numberText(std::max(grid.scaleX, grid.scaleY)) +
                             ": check its pixel grid");
      grid = {};
    }
    result.about.scale = grid.found() ? std::max(grid.scaleX, grid.scaleY) : 1;
    result.about.confidence = grid.confidence;
    return grid;
  }

  /// Takes one sprite over; `grid` is undone first, `labels` may be empty.
  void add(Sprite picture, const PixelGrid& grid, PartLabels labels) {
    PreparedSprite prepared{.pixels = {}, .labels = std::move(labels)};
    Sprite sprite = picture;
    if (grid.found()) {
      sprite = undoUpscaling(picture, grid);
      prepared.steps.push_back({{"name", "upscaling"}, {"settings", upscalingSettings(grid)}});
    }
    for (const CleaningStep& step : m_steps) {
      CleanedSprite cleaned = clean(sprite, step);
      if (!cleaned.changed) continue;
      sprite = std::move(cleaned.sprite);
      prepared.steps.push_back({{"name", step.name}, {"settings", completed(step).settings}});
    }
    prepared.pixels = packSprite(sprite);
    const bool keeps = std::max(picture.width(), picture.height()) <= limits::kMaxOriginalSide;
    if (!prepared.steps.empty() && keeps) prepared.original = packOriginal(picture);
    result.sprites.push_back(std::move(prepared));
  }

  void single(Sprite picture, const PixelGrid& grid) {
    const PixelSize size = nativeSize(grid, picture.width(), picture.height());
    if (std::max(size.width, size.height) > limits::kMaxSpriteSide && m_options.size == 0) {
      throw Error("it has " + sizeText(size.width, size.height) + " pixels, and a sprite at most " +
                  sizeText(limits::kMaxSpriteSide, limits::kMaxSpriteSide) +
                  ": it may be a sheet; import it as one");
    }
    about("sprite", size.width, size.height);
    add(std::move(picture), grid, {});
  }

  void about(const std::string& kind, int width, int height) {
    result.about.kind = kind;
    result.about.width = width;
    result.about.height = height;
  }

 private:
  const ImportOptions& m_options;
  std::vector<CleaningStep> m_steps;
};

/// A picture from which several sprites are cut. The cells lie on it as they are; with a grid found, on its native size.
class SheetPreparation {
 public:
  SheetPreparation(Preparation& preparation, const ImportOptions& options)
      : m_preparation(preparation), m_options(options) {}

  bool lpc(const Sprite& sheet) {
    const bool wanted = m_options.as == ImportAs::kLpcSheet;
    if (!wanted && !(m_options.as == ImportAs::kAuto && isLpcSheet(sheet))) return false;
    m_preparation.about("lpc-sheet", sheet.width(), sheet.height());
    const bool frames = m_options.lpcFrames == LpcFrames::kAll;
    for (const LpcSheetCell& cell : lpcCells(sheet, m_options.lpcFrames)) {
      m_preparation.add(cropped(sheet, cell.area), {},
                        {.view = cell.view, .animation = frames ? cell.animation : "", .frame = frames ? cell.frame : 0});
    }
    return true;
  }

  bool sheet(const Sprite& native, const SheetCuts& cuts) {
    if (m_options.as != ImportAs::kSheet && !isSurelySheet(native, cuts)) return false;
    if (cuts.cells.empty()) throw Error("no sprites were found on it; give the size of its cells");
    m_preparation.about("sheet", native.width(), native.height());
    if (cuts.specks > 0) {
      m_preparation.result.notes.push_back(std::to_string(cuts.specks) + " specks on it were left out");
    }
    const std::vector<CellName> names = nameCells(cuts.cells, naming());
    int tooLarge = 0;
    for (std::size_t i = 0; i < cuts.cells.size(); ++i) {
      const PixelRect& area = cuts.cells[i].area;
      if (std::max(area.width, area.height) > limits::kMaxSpriteSide && m_options.size == 0) {
        ++tooLarge;
        continue;
      }
      m_preparation.add(cropped(native, area), {},
                        {.suffix = names[i].character,
                         .view = names[i].view == kAnyView ? "" : names[i].view,
                         .animation = names[i].animation,
                         .frame = names[i].frame});
    }
    if (tooLarge > 0) {
      m_preparation.result.notes.push_back(std::to_string(tooLarge) + " cells were larger than a sprite may be");
    }
    return true;
  }

 private:
  /// Without being asked, small pictures are taken for one sprite: a creature may well be in two parts.
  static bool isSurelySheet(const Sprite& picture, const SheetCuts& cuts) {
    constexpr int kSmallestSide = 96;
    return std::max(picture.width(), picture.height()) >= kSmallestSide && looksLikeSheet(cuts);
  }

  SheetNaming naming() const {
    if (m_options.rows.empty()) return sheetNamingPreset(m_options.rowPreset.empty() ? "none" : m_options.rowPreset);
    SheetNaming naming;
    for (const std::string& row : m_options.rows) naming.rows.push_back(parseRowLabel(row));
    return naming;
  }

  Preparation& m_preparation;
  const ImportOptions& m_options;
};

/// Cuts given by hand count the picture's pixels; with an upscaling given by hand as well, the native ones.
SheetCuts handMadeCuts(const Sprite& picture, const ImportOptions& options) {
  if (options.cells.empty()) return gridCuts(picture, *options.sheet);
  SheetCuts cuts;
  cuts.kind = CutsKind::kGrid;
  cuts.cells = options.cells;
  cuts.confidence = 1;
  return cuts;
}

void prepareStill(const Sprite& picture, const ImportOptions& options, Preparation& preparation) {
  SheetPreparation sheets(preparation, options);
  const bool byHand = options.as == ImportAs::kSheet && (options.sheet || !options.cells.empty());
  if (byHand && !options.upscaling) {
    sheets.sheet(picture, handMadeCuts(picture, options));
    return;
  }
  const PixelGrid grid = preparation.gridOf(picture);
  const bool cuts = options.as == ImportAs::kAuto || options.as == ImportAs::kSheet || options.as == ImportAs::kLpcSheet;
  if (cuts) {
    const Sprite native = grid.found() ? undoUpscaling(picture, grid) : picture;
    if (byHand) {
      sheets.sheet(native, handMadeCuts(native, options));
      return;
    }
    if (sheets.lpc(native)) return;
    if (sheets.sheet(native, findSheetCuts(native))) return;
  }
  preparation.single(picture, grid);
}

void prepareFrames(const Animation& animation, Preparation& preparation) {
  const PixelGrid grid = preparation.gridOf(animation.frames.front().sprite);
  const PixelSize size =
      nativeSize(grid, animation.frames.front().sprite.width(), animation.frames.front().sprite.height());
  preparation.about("animation", size.width, size.height);
  if (!animation.problem.empty()) preparation.result.notes.push_back(animation.problem);
  const auto labelsOf = [&animation](int frame) {
    PartLabels labels{.frame = frame};
    for (const AnimationTag& tag : animation.tags) {
      if (frame < tag.first || frame > tag.last) continue;
      const RowLabel name = parseRowLabel(tag.name);
      labels.view = name.view == kAnyView ? "" : name.view;
      labels.animation = name.animation;
      labels.frame = frame - tag.first;
    }
    return labels;
  };
  for (std::size_t i = 0; i < animation.frames.size(); ++i) {
    const AnimationFrame& frame = animation.frames[i];
    PartLabels labels = labelsOf(static_cast<int>(i));
    labels.milliseconds = frame.milliseconds;
    preparation.add(frame.sprite, grid, labels);
    for (const AnimationSlice& slice : animation.slices) {
      if (slice.frame > static_cast<int>(i)) continue;
      // The newest key of a slice is the one that counts.
      const bool newer = std::ranges::any_of(animation.slices, [&](const AnimationSlice& other) {
        return other.name == slice.name && other.frame > slice.frame && other.frame <= static_cast<int>(i);
      });
      if (newer) continue;
      PartLabels part = labels;
      part.suffix = slice.name;
      preparation.add(cropped(frame.sprite, slice.area), {}, part);
    }
  }
}

void prepareBytes(std::vector<std::byte> bytes, const ImportOptions& options, Preparation& preparation) {
  const std::string it = "it";  // "it is a damaged PNG file": the report names the file beside
  const bool frames = options.as == ImportAs::kAnimation || (options.as == ImportAs::kAuto && isAnimated(bytes));
  if (frames) {
    Animation animation = decodeAnimation(bytes, it);
    bytes = {};
    if (animation.frames.size() > 1 || !animation.slices.empty()) return prepareFrames(animation, preparation);
    if (!animation.problem.empty()) preparation.result.notes.push_back(animation.problem);
    return prepareStill(animation.frames.front().sprite, options, preparation);
  }
  const Sprite picture = decodeImage(bytes, it);
  bytes = {};
  prepareStill(picture, options, preparation);
}

template <class Work>
PreparedPicture guarded(const ImportOptions& options, Work work) {
  Preparation preparation(options);
  std::string reason;
  try {
    work(preparation);
  } catch (const std::bad_alloc&) {
    reason = "there is not enough memory to read it";
  } catch (const std::exception& failure) {
    reason = failure.what();
  }
  if (!reason.empty()) {
    preparation.result.sprites.clear();
    preparation.result.reason = reason;
  }
  preparation.result.about.sprites = static_cast<int>(preparation.result.sprites.size());
  return std::move(preparation.result);
}

}  // namespace

PreparedPicture preparePicture(std::vector<std::byte> bytes, const ImportOptions& options) {
  return guarded(options, [&](Preparation& preparation) { prepareBytes(std::move(bytes), options, preparation); });
}

PreparedPicture prepareSprite(Sprite sprite, const ImportOptions& options) {
  return guarded(options, [&](Preparation& preparation) {
    const PixelGrid grid = preparation.gridOf(sprite);
    preparation.single(std::move(sprite), grid);
  });
}

std::uint64_t preparationKey(const std::vector<std::byte>& bytes, const ImportOptions& options) {
  Json how = {static_cast<int>(options.as),
              options.size,
              options.channels,
              options.undoUpscaling,
              options.rows,
              options.rowPreset,
              static_cast<int>(options.lpcFrames)};
  if (const auto& grid = options.upscaling) {
    how.push_back({static_cast<int>(grid->kind), grid->scaleX, grid->scaleY, grid->offsetX, grid->offsetY});
  }
  if (const auto& sheet = options.sheet) {
    how.push_back({sheet->cellWidth, sheet->cellHeight, sheet->marginX, sheet->marginY, sheet->spacingX,
                   sheet->spacingY, sheet->firstRow, sheet->rows, sheet->firstColumn, sheet->columns});
  }
  for (const SheetCell& cell : options.cells) {
    how.push_back({cell.area.x, cell.area.y, cell.area.width, cell.area.height, cell.row, cell.column});
  }
  const std::string text = SPRITELOOM_VERSION + how.dump();
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), XXH3_64bits(text.data(), text.size()));
}

Json toJson(const PreparedPicture& picture) {
  return {{"reason", picture.reason},         {"notes", picture.notes},
          {"kind", picture.about.kind},       {"width", picture.about.width},
          {"height", picture.about.height},   {"scale", picture.about.scale},
          {"sprites", picture.about.sprites}, {"confidence", picture.about.confidence}};
}

PreparedPicture pictureFrom(const Json& json) {
  PreparedPicture picture;
  picture.reason = json.at("reason");
  picture.notes = json.at("notes");
  picture.about = {.file = {},
                   .kind = json.at("kind"),
                   .width = json.at("width"),
                   .height = json.at("height"),
                   .scale = json.at("scale"),
                   .confidence = json.at("confidence"),
                   .sprites = json.at("sprites")};
  return picture;
}

ImportAs parseImportAs(const std::string& text) {
  if (text == "auto") return ImportAs::kAuto;
  if (text == "folders") return ImportAs::kFolders;
  if (text == "sheet") return ImportAs::kSheet;
  if (text == "csv") return ImportAs::kCsv;
  if (text == "lpc-sheet") return ImportAs::kLpcSheet;
  if (text == "animation") return ImportAs::kAnimation;
  throw Error("'" + text + "' is no way to import", "use auto, folders, sheet, csv, lpc-sheet or animation");
}

}  // namespace loom
