// The sprites of a project as the dataset page needs them: read once on a worker, then filtered and grouped without the
// database. Plain values; nothing here knows a widget.
#pragma once

#include <QString>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

enum class SpriteGrouping { kNone, kCharacter, kView };
enum class SpriteShow { kAll, kIncluded, kExcluded, kDuplicates };

/// What a check of the set found: sprites under headings, in an order of its own.
struct SpriteFindings {
  struct Group {
    QString title;
    std::vector<SpriteId> sprites;
  };
  QString title;
  std::vector<Group> groups;
  bool compact = false;  ///< small groups side by side
  bool copies = false;   ///< one of each group is enough
};

struct SpriteQuery {
  QString text;  ///< as SpriteFilter reads it; a term that is still being typed is a word, or nothing
  SpriteShow show = SpriteShow::kAll;
  SpriteGrouping grouping = SpriteGrouping::kCharacter;
  std::shared_ptr<const SpriteFindings> findings = {};  ///< then only these are shown, under their headings
  friend bool operator==(const SpriteQuery&, const SpriteQuery&) = default;
};

/// Immutable once loaded, so that the worker and the window share it. An index below is a position in `sprites`.
struct SpriteTable {
  std::vector<SpriteInfo> sprites;        ///< those not in the bin, by id
  std::vector<SpriteId> ids;              ///< their ids, ascending
  std::vector<std::string> texts;         ///< filterText of each
  std::vector<std::string> views;         ///< sortedViews
  std::vector<int> viewOf;                ///< index -> number in views
  std::vector<int> characterOf;           ///< index -> number of its character, in natural order ("2" before "10")
  std::vector<int> byCharacter;           ///< indices by character, then view, then id
  std::vector<int> characterFirst = {0};  ///< character -> its first place in byCharacter; one more at the end
  std::vector<int> twinsOf;               ///< index -> number of its group of equal pictures; -1: there is no other
  std::vector<std::vector<int>> twins;    ///< groups of indices with equal pixels, each by id
  int usualSide = 64;                     ///< px: the larger side that most sprites have, 16..256

  int characters() const { return static_cast<int>(characterFirst.size()) - 1; }
  /// Indices of one character's sprites, by view.
  std::span<const int> ofCharacter(int character) const;
  /// The index of a sprite; -1 when it is not here.
  int indexOf(SpriteId id) const;
};

/// Throws Error when the catalogue cannot be read.
std::shared_ptr<const SpriteTable> loadSpriteTable(const Catalogue& catalogue);

/// A run of rows under one heading.
struct SpriteSection {
  int first = 0;  ///< row
  int count = 0;
  int label = -1;  ///< number of the character, view, group of twins or finding
};

enum class SectionKind { kPlain, kCharacter, kView, kTwins, kFindings };

struct SpriteArrangement {
  SectionKind kind = SectionKind::kPlain;
  std::vector<int> rows;                ///< row -> index
  std::vector<int> rowOf;               ///< index -> row; -1: filtered out
  std::vector<SpriteSection> sections;  ///< in order, without gaps; kPlain has one, or none when nothing is shown
};

/// Duplicates without another grouping are grouped by equal pictures. A sprite of several findings stands in the first.
SpriteArrangement arrangeSprites(const SpriteTable& table, const SpriteQuery& query);

/// What some sprites have in common, for the panel beside the grid.
struct SpriteSummary {
  int sprites = 0;
  int excluded = 0;
  int characters = 0;
  std::vector<std::pair<std::string, int>> views;  ///< name and how many, in the table's order
  std::vector<std::pair<std::string, int>> sizes;  ///< "64 × 64" and how many, most frequent first
};
/// `excluded` is by index (the window may know more than the table).
SpriteSummary summariseSprites(const SpriteTable& table, std::span<const int> indices, std::span<const char> excluded);

}  // namespace loom
