#include "ui/models/label_summary.h"

#include <QObject>
#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace loom {
namespace {

constexpr std::size_t kMostKnown = 500;

using Counts = std::unordered_map<std::string_view, int>;

std::vector<std::pair<std::string, int>> byCount(const Counts& counts) {
  std::vector<std::pair<std::string, int>> sorted(counts.begin(), counts.end());
  std::ranges::sort(sorted, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  return sorted;
}

QStringList knownValues(const SpriteTable& table, SpriteField field) {
  Counts counts;
  for (const SpriteInfo& sprite : table.sprites) ++counts[fieldValue(sprite, field)];
  counts.erase(std::string_view());
  QStringList values;
  for (const auto& [value, count] : byCount(counts)) {
    if (static_cast<std::size_t>(values.size()) == kMostKnown) break;
    values.append(QString::fromStdString(value));
  }
  return values;
}

std::vector<std::pair<std::string, int>> countTags(const SpriteTable& table, std::span<const int> indices) {
  Counts lists;  // few sprites have a list of tags of their own
  for (const int index : indices) ++lists[table.sprites[static_cast<std::size_t>(index)].tags];
  Counts tags;
  for (const auto& [list, count] : lists) {
    for (std::size_t at = list.find_first_not_of(' '); at < list.size(); at = list.find_first_not_of(' ', at)) {
      const std::size_t end = std::min(list.find(' ', at), list.size());
      tags[list.substr(at, end - at)] += count;
      at = end;
    }
  }
  return byCount(tags);
}

}  // namespace

const std::string& fieldValue(const SpriteInfo& sprite, SpriteField field) {
  switch (field) {
    case SpriteField::kCharacter:
      return sprite.character;
    case SpriteField::kView:
      return sprite.view;
    case SpriteField::kSource:
      return sprite.source;
    case SpriteField::kLicence:
      return sprite.licence;
    case SpriteField::kAuthor:
      return sprite.author;
    case SpriteField::kTags:
      return sprite.tags;
    case SpriteField::kAnimation:
      break;
  }
  return sprite.animation;
}

QString fieldTitle(SpriteField field) {
  switch (field) {
    case SpriteField::kCharacter:
      return QObject::tr("character");
    case SpriteField::kView:
      return QObject::tr("view");
    case SpriteField::kSource:
      return QObject::tr("source");
    case SpriteField::kLicence:
      return QObject::tr("licence");
    case SpriteField::kAuthor:
      return QObject::tr("author");
    case SpriteField::kTags:
      return QObject::tr("tags");
    case SpriteField::kAnimation:
      break;
  }
  return QObject::tr("animation");
}

LabelSummary summariseLabels(const SpriteTable& table, std::span<const int> indices) {
  LabelSummary summary;
  summary.sprites.reserve(indices.size());
  for (const int index : indices) summary.sprites.push_back(table.ids[static_cast<std::size_t>(index)]);
  for (const SpriteField field : kSpriteFields) {
    if (indices.empty()) break;
    const auto valueAt = [&](int index) -> const std::string& {
      return fieldValue(table.sprites[static_cast<std::size_t>(index)], field);
    };
    const std::string& first = valueAt(indices.front());
    if (std::ranges::all_of(indices, [&](int index) { return valueAt(index) == first; })) summary.common[field] = first;
  }
  summary.tags = countTags(table, indices);
  for (const SpriteField field : {SpriteField::kCharacter, SpriteField::kView, SpriteField::kLicence,
                                  SpriteField::kAuthor, SpriteField::kAnimation}) {
    summary.known[field] = knownValues(table, field);
  }
  return summary;
}

}  // namespace loom
