// Characters that the artist kept, with their pictures.
#include <algorithm>
#include <cstring>
#include <utility>

#include "core/base/limits.h"
#include "core/image/codec.h"
#include "core/project/catalogue_impl.h"

namespace loom {
namespace {

constexpr std::size_t kMaxNoteLength = 64 << 10;  ///< bytes

void readPictures(Connection& connection, Favourite& favourite) {
  Query query(connection,
              "SELECT view, width, height, packed FROM favourite_pictures WHERE favourite = ? ORDER BY position",
              favourite.id);
  while (query.next()) {
    const int width = query.number(1);
    const int height = query.number(2);
    if (width < 1 || height < 1 || std::max(width, height) > limits::kMaxSpriteSide) {
      throw damagedRecord("the size of a picture of favourite '" + favourite.name + "' is impossible",
                          connection.file());
    }
    favourite.views.push_back(query.text(0));
    favourite.sprites.push_back(unpackPixels(query.blob(3), width, height));
  }
}

void checkNote(const std::string& note, const std::string& tags) {
  checkName(tags, "favourite's list of tags");
  if (note.size() <= kMaxNoteLength) return;
  throw Error("a note of " + std::to_string(note.size()) + " bytes is too long",
              "use at most " + std::to_string(kMaxNoteLength));
}

}  // namespace

std::int64_t Catalogue::addFavourite(const Favourite& favourite) {
  if (favourite.views.size() != favourite.sprites.size()) {
    throw Error("a favourite has " + std::to_string(favourite.sprites.size()) + " pictures but " +
                std::to_string(favourite.views.size()) + " views");
  }
  checkName(favourite.name, "favourite's name");
  checkName(favourite.collection, "collection's name");
  checkNote(favourite.note, favourite.tags);
  Connection& connection = m_impl->connection;
  WriteScope scope(connection);
  Query(connection,
        "INSERT INTO favourites (name, run, step, latent, settings, created, collection, note, tags, position) "
        "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(max(position), 0) + 1 FROM favourites",
        favourite.name, favourite.run, favourite.step, std::as_bytes(std::span(favourite.latent)), favourite.settings,
        favourite.created.empty() ? nowUtc() : favourite.created, favourite.collection, favourite.note, favourite.tags)
      .run();
  const std::int64_t id = connection.database().getLastInsertRowid();
  for (std::size_t i = 0; i < favourite.sprites.size(); ++i) {
    const PackedSprite packed = packSprite(favourite.sprites[i]);
    Query(connection, "INSERT INTO favourite_pictures VALUES (?, ?, ?, ?, ?, ?)", id, static_cast<std::int64_t>(i),
          favourite.views[i], packed.width, packed.height, packed.bytes)
        .run();
  }
  scope.commit();
  return id;
}

std::vector<Favourite> Catalogue::favourites() const {
  std::vector<Favourite> list;
  {
    Query query(m_impl->connection,
                "SELECT id, name, run, step, latent, settings, created, collection, note, tags FROM favourites "
                "WHERE removed = 0 ORDER BY position, id");
    while (query.next()) {
      Favourite favourite{.id = query.integer(0),
                          .name = query.text(1),
                          .run = query.number(2),
                          .step = query.integer(3),
                          .latent = {},
                          .settings = query.json(5),
                          .created = query.text(6),
                          .collection = query.text(7),
                          .note = query.text(8),
                          .tags = query.text(9),
                          .views = {},
                          .sprites = {}};
      const std::span<const std::byte> latent = query.blob(4);
      favourite.latent.resize(latent.size() / sizeof(float));
      if (!favourite.latent.empty()) {
        std::memcpy(favourite.latent.data(), latent.data(), favourite.latent.size() * sizeof(float));
      }
      list.push_back(std::move(favourite));
    }
  }
  for (Favourite& favourite : list) readPictures(m_impl->connection, favourite);
  return list;
}

void Catalogue::renameFavourite(std::int64_t id, const std::string& name) {
  checkName(name, "favourite's name");
  Query(m_impl->connection, "UPDATE favourites SET name = ? WHERE id = ?", name, id).run();
}

void Catalogue::setFavouriteCollection(std::int64_t id, const std::string& collection) {
  checkName(collection, "collection's name");
  Query(m_impl->connection, "UPDATE favourites SET collection = ? WHERE id = ?", collection, id).run();
}

void Catalogue::setFavouriteNote(std::int64_t id, const std::string& note, const std::string& tags) {
  checkNote(note, tags);
  Query(m_impl->connection, "UPDATE favourites SET note = ?, tags = ? WHERE id = ?", note, tags, id).run();
}

void Catalogue::orderFavourites(std::span<const std::int64_t> ids) {
  Connection& connection = m_impl->connection;
  WriteScope scope(connection);
  std::vector<std::int64_t> places;
  for (const std::int64_t id : ids) {
    Query place(connection, "SELECT position FROM favourites WHERE id = ?", id);
    if (!place.next()) throw Error("there is no favourite " + std::to_string(id) + " in the project");
    places.push_back(place.integer(0));
  }
  std::ranges::sort(places);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    Query(connection, "UPDATE favourites SET position = ? WHERE id = ?", places[i], ids[i]).run();
  }
  scope.commit();
}

void Catalogue::setFavouriteRemoved(std::int64_t id, bool removed) {
  Query(m_impl->connection, "UPDATE favourites SET removed = ? WHERE id = ?", removed, id).run();
}

}  // namespace loom
