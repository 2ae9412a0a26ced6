// The sprites that come out of one picture, while they are made. Private to the importer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/dataset/importer_prepare.h"
#include "core/image/animation.h"
#include "core/image/cleaning.h"
#include "core/image/edit.h"
#include "core/image/pixel_grid.h"

namespace loom {

/// "32x48", as reports write sizes.
std::string sizeText(int width, int height);

/// Collects what comes out of a picture. A picture may be as large as all the memory that an import has, so nothing
/// here copies one.
class Preparation {
 public:
  explicit Preparation(const ImportOptions& options);

  const ImportOptions& options() const { return m_options; }
  PreparedPicture result;

  /// The grid to undo: the one given by hand, or the one found if it is sure. Notes what was found.
  PixelGrid gridOf(const Sprite& picture);
  /// The same for a grid found already.
  PixelGrid settled(const PixelGrid& found);
  void about(const std::string& kind, int width, int height);
  void note(const std::string& text) { result.notes.push_back(text); }

  /// The whole picture as one sprite. Throws Error when it is too large for one.
  void addWhole(Sprite picture, const PixelGrid& grid);
  /// A sprite and the grid to undo on it.
  void add(Sprite picture, const PixelGrid& grid, PartLabels labels);
  /// Cuts `area` out of `native`, which is `picture` with `grid` undone (or the picture itself without a grid); keeps
  /// the picture's part as the original where the cut from it comes to the same.
  void addCell(const Sprite& picture, const PixelGrid& grid, const Sprite& native, const PixelRect& area,
               PartLabels labels);

  /// Whether pixels of that size may be a sprite once they are fitted as the options say.
  bool fits(int width, int height) const;

 private:
  /// `picture` is what the sprite was made from by `steps`; not needed when there are none.
  void keep(Sprite sprite, const Sprite* picture, Json steps, PartLabels labels);

  const ImportOptions& m_options;
  std::vector<CleaningStep> m_steps;
};

/// `grid` as it lies on a part of the picture that begins at x, y.
PixelGrid gridWithin(const PixelGrid& grid, int x, int y);
/// What undoUpscaling makes of the picture; throws Error where there is no memory for it.
Sprite withoutUpscaling(const Sprite& picture, const PixelGrid& grid);

/// A picture that stands still: cut if it is a sheet, else one sprite.
void prepareStill(Sprite picture, Preparation& preparation);
/// Every frame, and the parts of it that have names.
void prepareFrames(Animation animation, Preparation& preparation);

}  // namespace loom
