// Directions in latent space that the artist named, pinned or had learned.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "core/project/catalogue_impl.h"

namespace loom {

std::int64_t Catalogue::addDirection(const KeptDirection& direction) {
  checkName(direction.name, "direction's name");
  const bool numbers = std::ranges::all_of(direction.vector, [](float value) { return std::isfinite(value); });
  if (direction.vector.empty() || !numbers) {
    throw Error("the direction '" + direction.name + "' leads nowhere", "have it found or learned again");
  }
  Connection& connection = m_impl->connection;
  WriteScope scope(connection);
  Query(connection,
        "INSERT INTO directions (name, run, starter, kind, effect, vector, pinned) VALUES (?, ?, ?, ?, ?, ?, ?)",
        direction.name, direction.run, direction.starter, direction.kind, direction.effect,
        std::as_bytes(std::span(direction.vector)), direction.pinned)
      .run();
  const std::int64_t id = connection.database().getLastInsertRowid();
  scope.commit();
  return id;
}

std::vector<KeptDirection> Catalogue::directions(int run, const std::string& starter) const {
  std::vector<KeptDirection> list;
  Query query(m_impl->connection,
              "SELECT id, name, run, starter, kind, effect, vector, pinned FROM directions "
              "WHERE removed = 0 AND run = ? AND starter = ? ORDER BY id",
              run, starter);
  while (query.next()) {
    KeptDirection direction{.id = query.integer(0),
                            .name = query.text(1),
                            .run = query.number(2),
                            .starter = query.text(3),
                            .kind = query.text(4),
                            .effect = query.real(5),
                            .vector = {},
                            .pinned = query.number(7) != 0};
    const std::span<const std::byte> bytes = query.blob(6);
    direction.vector.resize(bytes.size() / sizeof(float));
    if (!direction.vector.empty()) {
      std::memcpy(direction.vector.data(), bytes.data(), direction.vector.size() * sizeof(float));
    }
    list.push_back(std::move(direction));
  }
  return list;
}

void Catalogue::renameDirection(std::int64_t id, const std::string& name) {
  checkName(name, "direction's name");
  Query(m_impl->connection, "UPDATE directions SET name = ? WHERE id = ?", name, id).run();
}

void Catalogue::setDirectionPinned(std::int64_t id, bool pinned) {
  Query(m_impl->connection, "UPDATE directions SET pinned = ? WHERE id = ?", pinned, id).run();
}

void Catalogue::setDirectionRemoved(std::int64_t id, bool removed) {
  Query(m_impl->connection, "UPDATE directions SET removed = ? WHERE id = ?", removed, id).run();
}

}  // namespace loom
