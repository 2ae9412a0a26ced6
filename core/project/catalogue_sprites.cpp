// Sprites: their records, their pixels, their bin.
#include <algorithm>
#include <utility>

#include "core/base/limits.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "core/project/catalogue_impl.h"
#include "core/project/view.h"

namespace loom {
namespace {

#define LOOM_SPRITE_COLUMNS                                                                                            \
  "id, character, view, width, height, colours, hash, source, licence, author, tags, animation, frame, milliseconds, " \
  "excluded, steps != '[]'"

SpriteInfo readInfo(const Query& row) {
  return {.id = row.integer(0),
          .character = row.text(1),
          .view = row.text(2),
          .width = row.number(3),
          .height = row.number(4),
          .colours = row.number(5),
          .hash = static_cast<std::uint64_t>(row.integer(6)),
          .source = row.text(7),
          .licence = row.text(8),
          .author = row.text(9),
          .tags = row.text(10),
          .animation = row.text(11),
          .frame = row.number(12),
          .milliseconds = row.number(13),
          .excluded = row.number(14) != 0,
          .cleaned = row.number(15) != 0};
}

void checkLabels(const NewSprite& sprite) {
  if (sprite.character.empty()) throw Error("a sprite needs the name of a character");
  if (sprite.view.empty()) throw Error("a sprite needs a view", "use 'any' where it is not known");
  checkName(sprite.character, "character's name");
  checkName(sprite.view, "view");
  checkName(sprite.animation, "animation's name");
}

SpriteId addRecord(Connection& connection, const NewSprite& labels, const PackedSprite& pixels) {
  Query(connection,
        "INSERT INTO sprites (character, view, width, height, colours, hash, source, licence, author, tags, animation, "
        "frame, milliseconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        labels.character, labels.view, pixels.width, pixels.height, pixels.colours, pixels.hash, labels.source,
        labels.licence, labels.author, labels.tags, labels.animation, labels.frame, labels.milliseconds)
      .run();
  return connection.database().getLastInsertRowid();
}

/// Runs `sql`, which takes `values` and then a sprite's id, for each of `ids`: all or none.
template <class... Values>
void forEachId(Connection& connection, std::span<const SpriteId> ids, std::string_view sql, const Values&... values) {
  WriteScope scope(connection);
  for (const SpriteId id : ids) Query(connection, sql, values..., id).run();
  scope.commit();
}

std::string_view updateOf(SpriteField field) {
  switch (field) {
    case SpriteField::kCharacter:
      return "UPDATE sprites SET character = ? WHERE id = ?";
    case SpriteField::kView:
      return "UPDATE sprites SET view = ? WHERE id = ?";
    case SpriteField::kSource:
      return "UPDATE sprites SET source = ? WHERE id = ?";
    case SpriteField::kLicence:
      return "UPDATE sprites SET licence = ? WHERE id = ?";
    case SpriteField::kAuthor:
      return "UPDATE sprites SET author = ? WHERE id = ?";
    case SpriteField::kTags:
      return "UPDATE sprites SET tags = ? WHERE id = ?";
    case SpriteField::kAnimation:
      return "UPDATE sprites SET animation = ? WHERE id = ?";
  }
  throw Error("there is no such field of a sprite");
}

void checkField(SpriteField field, const std::string& value) {
  const bool character = field == SpriteField::kCharacter;
  if (value.empty() && character) throw Error("a sprite needs the name of a character");
  if (value.empty() && field == SpriteField::kView) {
    throw Error("a sprite needs a view", "use 'any' where it is not known");
  }
  if (character || field == SpriteField::kView || field == SpriteField::kAnimation) checkName(value, "name");
}

std::int64_t count(Connection& connection, std::string_view sql) {
  Query query(connection, sql);
  query.next();
  return query.integer(0);
}

}  // namespace

PackedSprite packSprite(const Sprite& sprite) {
  if (sprite.empty()) throw Error("a sprite without pixels cannot be kept");
  if (std::max(sprite.width(), sprite.height()) > limits::kMaxSpriteSide) {
    throw Error(
        "a picture of " + std::to_string(sprite.width()) + "x" + std::to_string(sprite.height()) +
            " pixels is too big for a sprite",
        "the limit is " + std::to_string(limits::kMaxSpriteSide) + " pixels a side; if it is a sheet, cut it first");
  }
  return {sprite.width(), sprite.height(), countColours(sprite), contentHash(sprite), packPixels(sprite)};
}

PackedSprite packOriginal(const Sprite& picture) {
  if (picture.empty() || std::max(picture.width(), picture.height()) > limits::kMaxOriginalSide) {
    throw Error("the picture cannot be kept",
                "the limit is " + std::to_string(limits::kMaxOriginalSide) + " pixels a side");
  }
  return {picture.width(), picture.height(), countColours(picture), contentHash(picture), packPixels(picture)};
}

SpriteId Catalogue::addSprite(const NewSprite& sprite) {
  return addPacked(packSprite(sprite.pixels), sprite);
}

SpriteId Catalogue::addPacked(const PackedSprite& pixels, const NewSprite& labels) {
  checkLabels(labels);
  Connection& connection = m_impl->connection;
  WriteScope scope(connection);
  const SpriteId id = addRecord(connection, labels, pixels);
  Query(connection, "INSERT INTO pixels VALUES (?, ?)", id, pixels.bytes).run();
  scope.commit();
  return id;
}

std::vector<SpriteInfo> Catalogue::sprites() const {
  std::vector<SpriteInfo> list;
  Query query(m_impl->connection, "SELECT " LOOM_SPRITE_COLUMNS " FROM sprites WHERE binned = 0 ORDER BY id");
  while (query.next()) list.push_back(readInfo(query));
  return list;
}

std::vector<SpriteInfo> Catalogue::sprites(std::span<const SpriteId> ids) const {
  std::vector<SpriteInfo> list;
  list.reserve(ids.size());
  for (const SpriteId id : ids) {
    Query query(m_impl->connection, "SELECT " LOOM_SPRITE_COLUMNS " FROM sprites WHERE id = ?", id);
    if (query.next()) list.push_back(readInfo(query));
  }
  return list;
}

Sprite Catalogue::pixels(SpriteId id) const {
  Query query(m_impl->connection,
              "SELECT packed, width, height FROM pixels JOIN sprites ON sprites.id = pixels.sprite WHERE sprite = ?",
              id);
  if (!query.next()) {
    throw Error("there is no sprite " + std::to_string(id) + " in the project", "it may have been removed for good");
  }
  const int width = query.number(1);
  const int height = query.number(2);
  if (width < 1 || height < 1 || std::max(width, height) > limits::kMaxSpriteSide) {
    throw damagedRecord("the size of sprite " + std::to_string(id) + " is impossible", m_impl->connection.file());
  }
  return unpackPixels(query.blob(0), width, height);
}

std::vector<Sprite> Catalogue::pixels(std::span<const SpriteId> ids) const {
  std::vector<Sprite> list;
  list.reserve(ids.size());
  for (const SpriteId id : ids) list.push_back(pixels(id));
  return list;
}

void Catalogue::setField(std::span<const SpriteId> ids, SpriteField field, const std::string& value) {
  checkField(field, value);
  forEachId(m_impl->connection, ids, updateOf(field), value);
}

void Catalogue::setField(SpriteField field, std::span<const std::pair<SpriteId, std::string>> values) {
  WriteScope scope(m_impl->connection);
  for (const auto& [id, value] : values) {
    checkField(field, value);
    Query(m_impl->connection, updateOf(field), value, id).run();
  }
  scope.commit();
}

void Catalogue::setExcluded(std::span<const SpriteId> ids, bool excluded) {
  forEachId(m_impl->connection, ids, "UPDATE sprites SET excluded = ? WHERE id = ?", excluded);
}

void Catalogue::setBinned(std::span<const SpriteId> ids, bool binned) {
  forEachId(m_impl->connection, ids, "UPDATE sprites SET binned = ? WHERE id = ?", binned);
}

void Catalogue::removeForGood(std::span<const SpriteId> ids) {
  forEachId(m_impl->connection, ids, "DELETE FROM sprites WHERE id = ?");
}

CatalogueCounts Catalogue::counts() const {
  Connection& connection = m_impl->connection;
  CatalogueCounts counts;
  // From the partial indices alone: SQLite left to itself jumps from index to record 100,000 times.
  counts.sprites = count(connection, "SELECT count(*) FROM sprites WHERE binned = 0");
  counts.excluded = count(connection, "SELECT count(*) FROM sprites WHERE binned = 0 AND excluded != 0");
  counts.binned = count(connection, "SELECT count(*) FROM sprites WHERE binned != 0");
  counts.duplicates = counts.sprites - count(connection,
                                             "SELECT count(*) FROM "
                                             "(SELECT DISTINCT hash FROM sprites WHERE binned = 0)");
  counts.characters = count(
      connection, "SELECT count(DISTINCT character) FROM sprites INDEXED BY sprites_by_character WHERE binned = 0");
  Query views(connection, "SELECT DISTINCT view FROM sprites INDEXED BY sprites_by_character WHERE binned = 0");
  while (views.next()) {
    if (views.text(0) != kAnyView) counts.views.push_back(views.text(0));
  }
  counts.views = sortedViews(std::move(counts.views));
  return counts;
}

std::int64_t Catalogue::usable() const {
  return count(m_impl->connection,
               "SELECT (SELECT count(*) FROM sprites WHERE binned = 0) - "
               "(SELECT count(*) FROM sprites WHERE binned = 0 AND excluded != 0)");
}

std::vector<std::vector<SpriteId>> Catalogue::duplicateGroups() const {
  Query query(m_impl->connection,
              "SELECT hash, id FROM sprites WHERE binned = 0 AND hash IN "
              "(SELECT hash FROM sprites WHERE binned = 0 GROUP BY hash HAVING count(*) > 1) ORDER BY hash, id");
  std::vector<std::vector<SpriteId>> groups;
  std::int64_t last = 0;
  while (query.next()) {
    if (groups.empty() || query.integer(0) != last) groups.emplace_back();
    last = query.integer(0);
    groups.back().push_back(query.integer(1));
  }
  std::ranges::sort(groups);
  return groups;
}

bool Catalogue::hasContent(std::uint64_t hash) const {
  return Query(m_impl->connection, "SELECT 1 FROM sprites WHERE binned = 0 AND hash = ? LIMIT 1", hash).next();
}

bool Catalogue::hasCharacter(const std::string& character) const {
  return Query(m_impl->connection, "SELECT 1 FROM sprites WHERE binned = 0 AND character = ? LIMIT 1", character)
      .next();
}

}  // namespace loom
