// What sprites say of themselves in words, taken together: what is the same for all, which tags they have, and what a
// project knows already. Plain values, for a worker to make.
#pragma once

#include <QStringList>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ui/models/sprite_table.h"

namespace loom {

inline constexpr std::array kSpriteFields = {SpriteField::kCharacter, SpriteField::kView,   SpriteField::kSource,
                                             SpriteField::kLicence,   SpriteField::kAuthor, SpriteField::kTags,
                                             SpriteField::kAnimation};

const std::string& fieldValue(const SpriteInfo& sprite, SpriteField field);
/// "licence", "author", … for people.
QString fieldTitle(SpriteField field);

struct LabelSummary {
  std::vector<SpriteId> sprites = {};
  std::map<SpriteField, std::string> common = {};      ///< fields that are the same for all
  std::vector<std::pair<std::string, int>> tags = {};  ///< and how many have it; the most frequent first
  std::map<SpriteField, QStringList> known = {};       ///< values of the whole project, to be offered
};

/// `indices` into the table. At most 500 known values a field, the most frequent; sources and tags are not offered.
LabelSummary summariseLabels(const SpriteTable& table, std::span<const int> indices);

}  // namespace loom
