// What the sources of the catalogue share: the connection, a cached statement, nested write scopes. Private to them.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/project/catalogue.h"

namespace loom {

inline constexpr int kBusyMilliseconds = 10'000;

/// What `failure` means to the person whose project it is.
Error databaseError(const SQLite::Exception& failure, const std::filesystem::path& file);
/// A record that cannot have been written by us.
Error damagedRecord(const std::string& what, const std::filesystem::path& file);

/// The history of the tables: step N brings a database from layout N to N + 1. Steps are added, never changed.
std::span<const char* const> layoutSteps();
/// Throws Error unless `db` is empty or ours and not newer than `steps`. Changes nothing.
void checkLayout(SQLite::Database& db, const std::filesystem::path& file, std::span<const char* const> steps);
/// Brings `db` up to date in one transaction.
void migrate(SQLite::Database& db, std::span<const char* const> steps);

/// An open database with its prepared statements.
class Connection {
 public:
  explicit Connection(const std::filesystem::path& file);
  const std::filesystem::path& file() const { return m_file; }
  SQLite::Database& database() { return m_database; }
  /// Prepared once a connection, by its text.
  SQLite::Statement& statement(std::string_view sql);
  void execute(const std::string& sql);

 private:
  friend class WriteScope;
  std::filesystem::path m_file;
  SQLite::Database m_database;
  std::map<std::string, std::unique_ptr<SQLite::Statement>, std::less<>> m_statements;
  int m_depth = 0;  ///< of write scopes
};

/// One use of a cached statement: bound, stepped, and reset at the end, so that no read transaction stays open.
class Query {
 public:
  template <class... Values>
  Query(Connection& connection, std::string_view sql, const Values&... values)
      : m_file(connection.file()), m_statement(connection.statement(sql)) {
    try {
      [[maybe_unused]] int index = 0;
      (bind(++index, values), ...);
    } catch (const SQLite::Exception& failure) {
      finish();
      throw databaseError(failure, m_file);
    }
  }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query() { finish(); }

  bool next();  ///< to the next row; false after the last
  void run();   ///< to the end
  std::int64_t integer(int column) const { return m_statement.getColumn(column).getInt64(); }
  int number(int column) const { return m_statement.getColumn(column).getInt(); }
  double real(int column) const { return m_statement.getColumn(column).getDouble(); }
  std::string text(int column) const { return m_statement.getColumn(column).getString(); }
  std::span<const std::byte> blob(int column) const;  ///< valid until the next step
  Json json(int column) const;

 private:
  void bind(int index, int value) { m_statement.bind(index, value); }
  void bind(int index, bool value) { m_statement.bind(index, value ? 1 : 0); }
  void bind(int index, std::int64_t value) { m_statement.bind(index, value); }
  void bind(int index, std::uint64_t value) { m_statement.bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, double value) { m_statement.bind(index, std::isnan(value) ? 0.0 : value); }  // NaN would be NULL
  void bind(int index, const std::string& value) { m_statement.bind(index, value); }
  void bind(int index, const Json& value) {
    m_statement.bind(index, value.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
  void bind(int index, std::span<const std::byte> value);
  void bind(int index, const std::vector<std::byte>& value) { bind(index, std::span(value)); }
  void finish() noexcept;

  const std::filesystem::path& m_file;
  SQLite::Statement& m_statement;
};

/// What is written between here and commit() is written together; rolled back without it. May be nested.
class WriteScope {
 public:
  explicit WriteScope(Connection& connection);
  WriteScope(const WriteScope&) = delete;
  WriteScope& operator=(const WriteScope&) = delete;
  ~WriteScope();
  void commit();

 private:
  std::string name() const { return "loom_" + std::to_string(m_level); }
  Connection& m_connection;
  int m_level;
  bool m_open = true;
};

struct Catalogue::Impl {
  explicit Impl(const std::filesystem::path& file) : connection(file) {}
  Connection connection;
};

/// Throws Error unless `text` is of a length that a name may have.
void checkName(const std::string& text, const char* what);
std::string nowUtc();  ///< ISO 8601: "2030-01-31T12:00:00Z"

}  // namespace loom
