// What was done to sprites' pixels: originals, steps, and changes that can be taken back.
#include <algorithm>

#include "core/base/limits.h"
#include "core/image/codec.h"
#include "core/project/catalogue_impl.h"

namespace loom {
namespace {

Sprite unpacked(const Query& row, int packed, int width, int height, const std::filesystem::path& file) {
  const int w = row.number(width);
  const int h = row.number(height);
  if (w < 1 || h < 1 || std::max(w, h) > limits::kMaxOriginalSide) {
    throw damagedRecord("the size of a sprite is impossible", file);
  }
  return unpackPixels(row.blob(packed), w, h);
}

void checkSteps(const Json& steps) {
  if (!steps.is_array()) throw Error("the steps of a sprite are no list");
}

}  // namespace

ChangeId Catalogue::addChange(const std::string& what) {
  Connection& connection = m_impl->connection;
  WriteScope scope(connection);
  Query(connection, "INSERT INTO changes (what, created) VALUES (?, ?)", what, nowUtc()).run();
  const ChangeId id = connection.database().getLastInsertRowid();
  Query(connection, "DELETE FROM changes WHERE id <= ?", id - kKeptChanges).run();
  scope.commit();
  return id;
}

void Catalogue::changePixels(ChangeId change, const CleanedPixels& cleaned) {
  checkSteps(cleaned.steps);
  Connection& connection = m_impl->connection;
  WriteScope scope(connection);
  Query(connection,
        "INSERT OR IGNORE INTO originals SELECT id, width, height, colours, hash, packed FROM sprites "
        "JOIN pixels ON pixels.sprite = sprites.id WHERE id = ? AND steps = '[]'",
        cleaned.sprite)
      .run();
  Query(connection,
        "INSERT INTO changed SELECT ?, id, width, height, colours, hash, steps, packed FROM sprites "
        "JOIN pixels ON pixels.sprite = sprites.id WHERE id = ?",
        change, cleaned.sprite)
      .run();
  if (connection.database().getChanges() != 1) {
    throw Error("there is no sprite " + std::to_string(cleaned.sprite) + " in the project",
                "it may have been removed for good");
  }
  const PackedSprite& pixels = cleaned.pixels;
  Query(connection, "UPDATE sprites SET width = ?, height = ?, colours = ?, hash = ?, steps = ? WHERE id = ?",
        pixels.width, pixels.height, pixels.colours, pixels.hash, cleaned.steps, cleaned.sprite)
      .run();
  Query(connection, "UPDATE pixels SET packed = ? WHERE sprite = ?", pixels.bytes, cleaned.sprite).run();
  scope.commit();
}

void Catalogue::swapChange(ChangeId change) {
  Connection& connection = m_impl->connection;
  WriteScope scope(connection);
  const std::vector<SpriteId> ids = changedSprites(change);
  if (ids.empty() && !Query(connection, "SELECT 1 FROM changes WHERE id = ?", change).next()) {
    throw Error("that change lies too far back to be taken back",
                "each sprite's own steps, and what it came with, are still there: see its details");
  }
  Query(connection,
        "CREATE TEMP TABLE IF NOT EXISTS swapped (sprite INTEGER PRIMARY KEY, width, height, colours, hash, steps, "
        "packed)")
      .run();
  Query(connection,
        "INSERT INTO temp.swapped SELECT sprites.id, sprites.width, sprites.height, sprites.colours, sprites.hash, "
        "sprites.steps, pixels.packed FROM changed JOIN sprites ON sprites.id = changed.sprite "
        "JOIN pixels ON pixels.sprite = sprites.id WHERE change = ?",
        change)
      .run();
  Query(connection,
        "UPDATE sprites SET (width, height, colours, hash, steps) = "
        "(SELECT width, height, colours, hash, steps FROM changed WHERE change = ?1 AND sprite = sprites.id) "
        "WHERE id IN (SELECT sprite FROM changed WHERE change = ?1)",
        change)
      .run();
  Query(connection,
        "UPDATE pixels SET packed = (SELECT packed FROM changed WHERE change = ?1 AND sprite = pixels.sprite) "
        "WHERE sprite IN (SELECT sprite FROM changed WHERE change = ?1)",
        change)
      .run();
  Query(connection,
        "UPDATE changed SET (width, height, colours, hash, steps, packed) = "
        "(SELECT width, height, colours, hash, steps, packed FROM temp.swapped WHERE sprite = changed.sprite) "
        "WHERE change = ?",
        change)
      .run();
  Query(connection, "DELETE FROM temp.swapped").run();
  Query(connection, "UPDATE changes SET undone = 1 - undone WHERE id = ?", change).run();
  scope.commit();
}

void Catalogue::setChangeUndone(ChangeId change, bool undone) {
  WriteScope scope(m_impl->connection);
  if (!Query(m_impl->connection, "SELECT 1 FROM changes WHERE id = ? AND undone = ?", change, undone).next()) {
    swapChange(change);
  }
  scope.commit();
}

std::vector<SpriteId> Catalogue::changedSprites(ChangeId change) const {
  std::vector<SpriteId> ids;
  Query query(m_impl->connection, "SELECT sprite FROM changed WHERE change = ? ORDER BY sprite", change);
  while (query.next()) ids.push_back(query.integer(0));
  return ids;
}

Sprite Catalogue::originalPixels(SpriteId id) const {
  Query query(m_impl->connection, "SELECT width, height, packed FROM originals WHERE sprite = ?", id);
  return query.next() ? unpacked(query, 2, 0, 1, m_impl->connection.file()) : pixels(id);
}

void Catalogue::setOriginal(SpriteId id, const PackedSprite& original, const Json& steps) {
  checkSteps(steps);
  Connection& connection = m_impl->connection;
  WriteScope scope(connection);
  Query(connection, "INSERT OR REPLACE INTO originals VALUES (?, ?, ?, ?, ?, ?)", id, original.width, original.height,
        original.colours, original.hash, original.bytes)
      .run();
  Query(connection, "UPDATE sprites SET steps = ? WHERE id = ?", steps, id).run();
  scope.commit();
}

Json Catalogue::steps(SpriteId id) const {
  Query query(m_impl->connection, "SELECT steps FROM sprites WHERE id = ?", id);
  return query.next() ? query.json(0) : Json::array();
}

std::int64_t Catalogue::storePixels(const PackedSprite& pixels) {
  Connection& connection = m_impl->connection;
  Query(connection, "INSERT INTO stored_pixels (width, height, packed) VALUES (?, ?, ?)", pixels.width, pixels.height,
        pixels.bytes)
      .run();
  return connection.database().getLastInsertRowid();
}

Sprite Catalogue::storedPixels(std::int64_t number) const {
  Query query(m_impl->connection, "SELECT width, height, packed FROM stored_pixels WHERE number = ?", number);
  if (!query.next()) {
    throw Error("a step refers to pixels that are not in the project", "take that step out of the sprite's list");
  }
  return unpacked(query, 2, 0, 1, m_impl->connection.file());
}

}  // namespace loom
