// Opening, transactions, and the small things a project remembers.
#include "core/project/catalogue.h"

#include "core/project/catalogue_impl.h"

namespace loom {

struct Catalogue::Transaction::State {
  explicit State(Connection& connection) : scope(connection) {}
  WriteScope scope;
};

Catalogue::Catalogue(const std::filesystem::path& database) : m_impl(std::make_unique<Impl>(database)) {}
Catalogue::~Catalogue() = default;
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;

Catalogue::Transaction::Transaction(Catalogue& catalogue)
    : m_state(std::make_unique<State>(catalogue.m_impl->connection)) {}
Catalogue::Transaction::~Transaction() = default;
void Catalogue::Transaction::commit() {
  m_state->scope.commit();
}

std::string Catalogue::findDamage() const {
  for (const char* table : {"sprites", "runs", "favourites", "directions"}) {
    Query check(m_impl->connection, "SELECT quick_check FROM pragma_quick_check(?)", std::string(table));
    if (check.next() && check.text(0) != "ok") return check.text(0);
  }
  return {};
}

Json Catalogue::value(const std::string& key, const Json& fallback) const {
  Query query(m_impl->connection, "SELECT value FROM remembered WHERE key = ?", key);
  return query.next() ? query.json(0) : fallback;
}

void Catalogue::setValue(const std::string& key, const Json& value) {
  checkName(key, "key");
  Query(m_impl->connection,
        "INSERT INTO remembered VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
      .run();
}

}  // namespace loom
