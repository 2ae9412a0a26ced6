// The catalogue's tables, how they come to be, and what its failures mean.
#include <sqlite3.h>

#include <array>
#include <ctime>

#include "core/base/json.h"
#include "core/base/limits.h"
#include "core/project/catalogue_impl.h"

namespace loom {
namespace {

constexpr int kApplicationId = 0x4c6f6f6d;  // "Loom", in the header of the file

// Pixels lie in a table of their own, so that listing 100,000 sprites does not drag through them. Numbers are never
// given out twice (AUTOINCREMENT): a run's record of what it saw, and an undo, must not find another sprite under an
// old number.
constexpr const char* kFirstLayout = R"sql(
CREATE TABLE sprites (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  character TEXT NOT NULL,
  view TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  colours INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  source TEXT NOT NULL,
  licence TEXT NOT NULL,
  author TEXT NOT NULL,
  tags TEXT NOT NULL,
  excluded INTEGER NOT NULL DEFAULT 0,
  binned INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX sprites_by_hash ON sprites (hash) WHERE binned = 0;
CREATE INDEX sprites_by_character ON sprites (character, view) WHERE binned = 0;
CREATE TABLE pixels (
  sprite INTEGER PRIMARY KEY REFERENCES sprites (id) ON DELETE CASCADE,
  packed BLOB NOT NULL
);
CREATE TABLE runs (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  preset TEXT NOT NULL,
  settings TEXT NOT NULL,
  status TEXT NOT NULL,
  steps INTEGER NOT NULL DEFAULT 0,
  target_steps INTEGER NOT NULL,
  seconds REAL NOT NULL DEFAULT 0,
  sprites_per_second REAL NOT NULL DEFAULT 0,
  losses TEXT NOT NULL DEFAULT '{}',
  note TEXT NOT NULL DEFAULT '',
  created TEXT NOT NULL,
  folder TEXT NOT NULL DEFAULT '',
  environment TEXT NOT NULL,
  metric_names TEXT NOT NULL DEFAULT '[]'
);
CREATE TABLE metrics (
  run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  numbers BLOB NOT NULL,
  PRIMARY KEY (run, step)
) WITHOUT ROWID;
CREATE TABLE favourites (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  run INTEGER NOT NULL,
  step INTEGER NOT NULL,
  latent BLOB NOT NULL,
  settings TEXT NOT NULL,
  created TEXT NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE favourite_pictures (
  favourite INTEGER NOT NULL REFERENCES favourites (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  view TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  packed BLOB NOT NULL,
  PRIMARY KEY (favourite, position)
);
CREATE TABLE remembered (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
)sql";

/// For counting without reading the records.
constexpr const char* kCountingIndices = R"sql(
CREATE INDEX sprites_excluded ON sprites (id) WHERE binned = 0 AND excluded != 0;
CREATE INDEX sprites_binned ON sprites (id) WHERE binned != 0;
)sql";

/// Animations, and what cleaning did to whom. `changed` holds the other side of each change: what undo puts back.
constexpr const char* kCleaning = R"sql(
ALTER TABLE sprites ADD COLUMN animation TEXT NOT NULL DEFAULT '';
ALTER TABLE sprites ADD COLUMN frame INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sprites ADD COLUMN milliseconds INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sprites ADD COLUMN steps TEXT NOT NULL DEFAULT '[]';
CREATE TABLE originals (
  sprite INTEGER PRIMARY KEY REFERENCES sprites (id) ON DELETE CASCADE,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  colours INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  packed BLOB NOT NULL
);
CREATE TABLE changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  what TEXT NOT NULL,
  created TEXT NOT NULL
);
CREATE TABLE changed (
  change INTEGER NOT NULL REFERENCES changes (id) ON DELETE CASCADE,
  sprite INTEGER NOT NULL REFERENCES sprites (id) ON DELETE CASCADE,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  colours INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  steps TEXT NOT NULL,
  packed BLOB NOT NULL,
  PRIMARY KEY (change, sprite)
);
CREATE INDEX changed_by_sprite ON changed (sprite);
CREATE TABLE stored_pixels (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  packed BLOB NOT NULL
);
)sql";

/// Names of runs, a bin for them, and how good each has been.
constexpr const char* kRunNames = R"sql(
ALTER TABLE runs ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN binned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN best TEXT NOT NULL DEFAULT '{}';
)sql";

/// Directions in the latent space of a model, and what they are called.
constexpr const char* kDirections = R"sql(
CREATE TABLE directions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  run INTEGER NOT NULL,
  starter TEXT NOT NULL,
  kind TEXT NOT NULL,
  effect REAL NOT NULL,
  vector BLOB NOT NULL,
  pinned INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL DEFAULT 0
);
)sql";

/// Favourites in collections, with notes, in an order made by hand; steps that can be undone after the program ended.
constexpr const char* kCollectionsAndSteps = R"sql(
ALTER TABLE favourites ADD COLUMN collection TEXT NOT NULL DEFAULT '';
ALTER TABLE favourites ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE favourites ADD COLUMN tags TEXT NOT NULL DEFAULT '';
ALTER TABLE favourites ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
UPDATE favourites SET position = id;
ALTER TABLE changes ADD COLUMN undone INTEGER NOT NULL DEFAULT 0;
CREATE TABLE undo_steps (
  number INTEGER PRIMARY KEY,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  data TEXT NOT NULL
);
)sql";

constexpr std::array<const char*, 6> kSteps{kFirstLayout, kCountingIndices, kCleaning,
                                            kRunNames,    kDirections,      kCollectionsAndSteps};

int layoutOf(SQLite::Database& db) {
  return db.execAndGet("PRAGMA user_version").getInt();
}

SQLite::Database openFile(const std::filesystem::path& file) {
  try {
    return SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX,
                            kBusyMilliseconds);
  } catch (const SQLite::Exception& failure) {
    throw databaseError(failure, file);
  }
}

}  // namespace

Error databaseError(const SQLite::Exception& failure, const std::filesystem::path& file) {
  const std::string name = file.string();
  const std::string words = failure.what();
  switch (failure.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Error("another program is writing to " + name, "wait until it has finished, then try again", file);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Error("the project's database " + name + " is damaged (" + words + ")",
                   "nothing was changed; go back to a copy of the project, or copy the folder and try "
                   "`sqlite3 project.db .recover` on the copy",
                   file);
    case SQLITE_FULL:
      return Error("the disk is full: " + name + " could not be written", "free some space and try again", file);
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return Error(name + " may not be written", "copy the project to a folder where you may write", file);
    case SQLITE_CANTOPEN:
      return Error(name + " could not be opened", "check that its folder is there and that you may write in it", file);
    case SQLITE_IOERR:
      return Error("reading or writing " + name + " failed (" + words + ")",
                   "check that the drive is still connected and has space left", file);
    default:
      return Error("the project's database " + name + " refused something: " + words, {}, file);
  }
}

Error damagedRecord(const std::string& what, const std::filesystem::path& file) {
  return Error("the project's database " + file.string() + " is damaged: " + what,
               "go back to a copy of the project, or remove what is named", file);
}

std::span<const char* const> layoutSteps() {
  return kSteps;
}

void checkLayout(SQLite::Database& db, const std::filesystem::path& file, std::span<const char* const> steps) {
  const int layout = layoutOf(db);
  const bool ours = db.execAndGet("PRAGMA application_id").getInt() == kApplicationId;
  const bool empty = db.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
  if (!ours && !(layout == 0 && empty)) {
    throw Error(file.string() + " is the database of another program", "nothing was changed; choose another folder",
                file);
  }
  if (layout > static_cast<int>(steps.size())) {
    throw Error("this project was made with a newer version of Spriteloom (its layout is number " +
                    std::to_string(layout) + ", this version knows up to " + std::to_string(steps.size()) + ")",
                "nothing was changed; update Spriteloom to open it", file);
  }
}

void migrate(SQLite::Database& db, std::span<const char* const> steps) {
  if (layoutOf(db) == static_cast<int>(steps.size())) return;
  SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
  // Asked again under the lock: another program may have done it meanwhile.
  for (auto layout = static_cast<std::size_t>(layoutOf(db)); layout < steps.size(); ++layout) {
    db.exec(steps[layout]);
    db.exec("PRAGMA user_version = " + std::to_string(layout + 1));
  }
  db.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
  transaction.commit();
}

Connection::Connection(const std::filesystem::path& file) : m_file(file), m_database(openFile(file)) {
  try {
    checkLayout(m_database, file, kSteps);
    m_database.exec("PRAGMA journal_mode = WAL");
    m_database.exec("PRAGMA synchronous = FULL");
    m_database.exec("PRAGMA foreign_keys = ON");
    m_database.exec("PRAGMA trusted_schema = OFF");  // a project may come from a stranger
    migrate(m_database, kSteps);
  } catch (const SQLite::Exception& failure) {
    throw databaseError(failure, file);
  }
}

SQLite::Statement& Connection::statement(std::string_view sql) {
  const auto cached = m_statements.find(sql);
  if (cached != m_statements.end()) return *cached->second;
  std::string text(sql);
  try {
    auto prepared = std::make_unique<SQLite::Statement>(m_database, text);
    return *m_statements.emplace(std::move(text), std::move(prepared)).first->second;
  } catch (const SQLite::Exception& failure) {
    throw databaseError(failure, m_file);
  }
}

void Connection::execute(const std::string& sql) {
  try {
    m_database.exec(sql);
  } catch (const SQLite::Exception& failure) {
    throw databaseError(failure, m_file);
  }
}

bool Query::next() {
  try {
    return m_statement.executeStep();
  } catch (const SQLite::Exception& failure) {
    throw databaseError(failure, m_file);
  }
}

void Query::run() {
  while (next()) {
  }
}

std::span<const std::byte> Query::blob(int column) const {
  const SQLite::Column value = m_statement.getColumn(column);
  return {static_cast<const std::byte*>(value.getBlob()), static_cast<std::size_t>(value.getBytes())};
}

Json Query::json(int column) const {
  auto value = jsonFrom(text(column));
  if (!value) throw damagedRecord("a text in it is no JSON", m_file);
  return *std::move(value);
}

void Query::bind(int index, std::span<const std::byte> value) {
  // An empty span may have no address, which SQLite would take for NULL.
  const void* bytes = value.empty() ? static_cast<const void*>("") : value.data();
  m_statement.bindNoCopy(index, bytes, static_cast<int>(value.size()));
}

void Query::finish() noexcept {
  m_statement.tryReset();
  try {
    m_statement.clearBindings();
  } catch (const SQLite::Exception&) {  // it only lets go of memory
  }
}

WriteScope::WriteScope(Connection& connection) : m_connection(connection), m_level(connection.m_depth) {
  // IMMEDIATE: waits its turn now. A reading transaction that turns into a writing one could only be refused.
  m_connection.execute(m_level == 0 ? "BEGIN IMMEDIATE" : "SAVEPOINT " + name());
  ++m_connection.m_depth;
}

WriteScope::~WriteScope() {
  if (!m_open) return;
  --m_connection.m_depth;
  SQLite::Database& db = m_connection.m_database;
  // After a full disk SQLite has rolled back already; then this fails and nothing is lost.
  db.tryExec(m_level == 0 ? "ROLLBACK" : "ROLLBACK TO " + name() + "; RELEASE " + name());
}

void WriteScope::commit() {
  m_connection.execute(m_level == 0 ? "COMMIT" : "RELEASE " + name());
  m_open = false;
  --m_connection.m_depth;
}

void checkName(const std::string& text, const char* what) {
  if (text.size() <= static_cast<std::size_t>(limits::kMaxNameLength)) return;
  throw Error(std::string("a ") + what + " of " + std::to_string(text.size()) + " bytes is too long",
              "use at most " + std::to_string(limits::kMaxNameLength));
}

std::string nowUtc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

}  // namespace loom
