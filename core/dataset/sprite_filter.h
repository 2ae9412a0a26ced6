// Which sprites somebody means: words and key:value terms, as typed into a search field or given to the command line.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/project/catalogue.h"

namespace loom {

/// The words of a sprite in one case, a field a line, for filters to search: made once, searched with every letter that
/// is typed.
std::string filterText(const SpriteInfo& sprite);

class SpriteFilter {
 public:
  /// Terms stand apart by spaces, and all must hold; upper and lower case are the same.
  /// - a word occurs in character, view, tags or source;
  /// - `character:`, `source:`, `licence:`, `author:` have the value in them;
  /// - `view:` (also by another name: `view:up`), `tag:`, `animation:` are the value;
  /// - `width:`, `height:`, `colours:`, `frame:` compare: 64, >64, >=64, <64, <=64, 16..64; `size:64x64` both;
  /// - `excluded:`, `cleaned:`, `duplicate:` take yes or no.
  /// "Quoted values" may have spaces; an empty one ("") means that the field is empty. `-term` or `not:term` is the
  /// opposite. Throws Error for an unknown key or a value that makes no sense.
  static SpriteFilter parse(const std::string& text);

  bool empty() const { return m_terms.empty(); }  ///< every sprite matches
  bool needsDuplicates() const { return m_needsDuplicates; }
  bool asksForExcluded() const { return m_asksForExcluded; }
  /// The sprites whose content another one has, which `duplicate:` asks for; without them it finds none.
  void setDuplicates(std::unordered_set<SpriteId> duplicates);

  bool matches(const SpriteInfo& sprite) const;
  /// The same with the sprite's filterText at hand.
  bool matches(const SpriteInfo& sprite, std::string_view text) const;

 private:
  struct Candidate {
    const SpriteInfo& sprite;
    std::string_view text;
    const std::unordered_set<SpriteId>& duplicates;
  };
  using Term = std::function<bool(const Candidate&)>;
  friend class SpriteFilterParser;

  std::vector<Term> m_terms;
  std::unordered_set<SpriteId> m_duplicates;
  bool m_needsDuplicates = false;
  bool m_asksForExcluded = false;
};

/// The sprites of a catalogue, none from the bin, that `filter` means; by id.
std::vector<SpriteInfo> spritesWhere(const Catalogue& catalogue, SpriteFilter filter);

}  // namespace loom
