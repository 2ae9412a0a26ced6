#include "core/project/import_stage.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <array>
#include <chrono>
#include <system_error>

#include "core/project/catalogue_impl.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr auto kCommitEvery = std::chrono::seconds(1);
constexpr int kMostAtOnce = 8;  // imports into one project
constexpr int kLayout = 1;

constexpr const char* kTables = R"sql(
CREATE TABLE IF NOT EXISTS pictures (key INTEGER PRIMARY KEY, about TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS parts (
  ticket INTEGER PRIMARY KEY,
  picture INTEGER NOT NULL,
  labels TEXT NOT NULL,
  steps TEXT NOT NULL,
  width INTEGER NOT NULL, height INTEGER NOT NULL, colours INTEGER NOT NULL, hash INTEGER NOT NULL,
  packed BLOB NOT NULL,
  original_width INTEGER, original_height INTEGER, original_colours INTEGER, original_hash INTEGER,
  original_packed BLOB
);
CREATE INDEX IF NOT EXISTS parts_of ON parts (picture);
)sql";

Json toJson(const PartLabels& labels) {
  return {{"suffix", labels.suffix}, {"view", labels.view},       {"animation", labels.animation},
          {"frame", labels.frame},   {"ms", labels.milliseconds}, {"tags", labels.tags}};
}

PartLabels labelsFrom(const Json& json) {
  return {.suffix = json.at("suffix"),
          .view = json.at("view"),
          .animation = json.at("animation"),
          .frame = json.at("frame"),
          .milliseconds = json.at("ms"),
          .tags = json.at("tags")};
}

std::string text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// With its tables and a write under way. Throws SQLite::Exception.
SQLite::Database opened(const fs::path& file) {
  SQLite::Database db(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX);
  db.exec("PRAGMA locking_mode = EXCLUSIVE");
  db.exec("PRAGMA journal_mode = WAL");
  db.exec("PRAGMA synchronous = OFF");  // after a power cut it is only read again
  db.exec("PRAGMA trusted_schema = OFF");
  const int layout = db.execAndGet("PRAGMA user_version").getInt();
  if ((layout != 0 && layout != kLayout) || db.execAndGet("PRAGMA quick_check").getString() != "ok") {
    throw SQLite::Exception("not whole", SQLITE_CORRUPT);
  }
  db.exec("BEGIN IMMEDIATE");
  db.exec(kTables);
  db.exec("PRAGMA user_version = " + std::to_string(kLayout));
  return db;
}

void removeFile(const fs::path& file) {
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
    std::error_code ignored;
    fs::remove(file.string() + ending, ignored);
  }
}

}  // namespace

struct ImportStage::Impl {
  explicit Impl(const fs::path& path) : file(path), db(opened(path)) {}

  void keep() {
    if (Clock::now() - kept < kCommitEvery) return;
    db.exec("COMMIT; BEGIN IMMEDIATE");
    kept = Clock::now();
  }

  fs::path file;
  SQLite::Database db;
  Clock::time_point kept = Clock::now();
  SQLite::Statement findPicture{db, "SELECT about FROM pictures WHERE key = ?"};
  SQLite::Statement findParts{
      db, "SELECT ticket, width, height, hash, labels FROM parts WHERE picture = ? ORDER BY ticket"};
  SQLite::Statement addPicture{db, "INSERT OR REPLACE INTO pictures VALUES (?, ?)"};
  SQLite::Statement addPart{db,
                            "INSERT INTO parts (picture, labels, steps, width, height, colours, hash, packed, "
                            "original_width, original_height, original_colours, original_hash, original_packed) "
                            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
  SQLite::Statement takePart{db,
                             "SELECT labels, steps, width, height, colours, hash, packed, original_width, "
                             "original_height, original_colours, original_hash, original_packed FROM parts "
                             "WHERE ticket = ?"};
};

namespace {

void bindPixels(SQLite::Statement& statement, int at, const PackedSprite& pixels) {
  statement.bind(at, pixels.width);
  statement.bind(at + 1, pixels.height);
  statement.bind(at + 2, pixels.colours);
  statement.bind(at + 3, static_cast<std::int64_t>(pixels.hash));
  statement.bindNoCopy(at + 4, static_cast<const void*>(pixels.bytes.data()), static_cast<int>(pixels.bytes.size()));
}

PackedSprite pixelsAt(SQLite::Statement& row, int at) {
  const SQLite::Column blob = row.getColumn(at + 4);
  const auto* bytes = static_cast<const std::byte*>(blob.getBlob());
  return {.width = row.getColumn(at).getInt(),
          .height = row.getColumn(at + 1).getInt(),
          .colours = row.getColumn(at + 2).getInt(),
          .hash = static_cast<std::uint64_t>(row.getColumn(at + 3).getInt64()),
          .bytes = {bytes, bytes + blob.getBytes()}};
}

/// Resets a statement at the end of its use.
struct Use {
  explicit Use(SQLite::Statement& of) : statement(of) {}
  ~Use() {
    statement.tryReset();
    try {
      statement.clearBindings();
    } catch (const SQLite::Exception&) {  // it only lets go of memory
    }
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  SQLite::Statement& statement;
};

}  // namespace

ImportStage::ImportStage(const Project& project) {
  for (int number = 1;; ++number) {
    const fs::path file =
        project.folder() / (number == 1 ? std::string("import.part") : "import-" + std::to_string(number) + ".part");
    for (const bool again : {false, true}) {
      try {
        m_impl = std::make_unique<Impl>(file);
        return;
      } catch (const SQLite::Exception& failure) {
        const int code = failure.getErrorCode();
        const bool busy = code == SQLITE_BUSY || code == SQLITE_LOCKED;
        if (busy && number < kMostAtOnce) break;
        const bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR;
        if (!damaged || again) throw databaseError(failure, file);
        removeFile(file);
      }
    }
  }
}

ImportStage::~ImportStage() {
  if (!m_impl) return;
  m_impl->db.tryExec("COMMIT");
}

std::optional<StagedPicture> ImportStage::find(std::uint64_t key) {
  try {
    const Use picture(m_impl->findPicture);
    picture.statement.bind(1, static_cast<std::int64_t>(key));
    if (!picture.statement.executeStep()) return {};
    StagedPicture staged;
    staged.about = Json::parse(picture.statement.getColumn(0).getString(), nullptr, false);
    const Use parts(m_impl->findParts);
    parts.statement.bind(1, static_cast<std::int64_t>(key));
    while (parts.statement.executeStep()) {
      staged.sprites.push_back({.ticket = parts.statement.getColumn(0).getInt64(),
                                .width = parts.statement.getColumn(1).getInt(),
                                .height = parts.statement.getColumn(2).getInt(),
                                .hash = static_cast<std::uint64_t>(parts.statement.getColumn(3).getInt64()),
                                .labels = labelsFrom(Json::parse(parts.statement.getColumn(4).getString()))});
    }
    return staged;
  } catch (const SQLite::Exception& failure) {
    throw databaseError(failure, m_impl->file);
  }
}

StagedPicture ImportStage::put(std::uint64_t key, const std::vector<PreparedSprite>& sprites, const Json& about) {
  try {
    StagedPicture staged{.sprites = {}, .about = about};
    for (const PreparedSprite& sprite : sprites) {
      const Use part(m_impl->addPart);
      part.statement.bind(1, static_cast<std::int64_t>(key));
      part.statement.bind(2, text(toJson(sprite.labels)));
      part.statement.bind(3, text(sprite.steps));
      bindPixels(part.statement, 4, sprite.pixels);
      if (sprite.original) bindPixels(part.statement, 9, *sprite.original);
      part.statement.exec();
      staged.sprites.push_back({.ticket = m_impl->db.getLastInsertRowid(),
                                .width = sprite.pixels.width,
                                .height = sprite.pixels.height,
                                .hash = sprite.pixels.hash,
                                .labels = sprite.labels});
    }
    const Use picture(m_impl->addPicture);
    picture.statement.bind(1, static_cast<std::int64_t>(key));
    picture.statement.bind(2, text(about));
    picture.statement.exec();
    m_impl->keep();
    return staged;
  } catch (const SQLite::Exception& failure) {
    throw databaseError(failure, m_impl->file);
  }
}

PreparedSprite ImportStage::take(std::int64_t ticket) {
  try {
    const Use part(m_impl->takePart);
    part.statement.bind(1, ticket);
    if (!part.statement.executeStep()) throw Error("a picture that was put aside is gone", "import it again");
    PreparedSprite sprite;
    sprite.labels = labelsFrom(Json::parse(part.statement.getColumn(0).getString()));
    sprite.steps = Json::parse(part.statement.getColumn(1).getString());
    sprite.pixels = pixelsAt(part.statement, 2);
    if (!part.statement.getColumn(7).isNull()) sprite.original = pixelsAt(part.statement, 7);
    return sprite;
  } catch (const SQLite::Exception& failure) {
    throw databaseError(failure, m_impl->file);
  }
}

void ImportStage::clear() {
  if (!m_impl) return;
  const fs::path file = m_impl->file;
  m_impl->db.tryExec("ROLLBACK");
  m_impl.reset();
  removeFile(file);
}

}  // namespace loom
