// The rows of the dataset page: a project's sprites, loaded, filtered and grouped on a worker of its own.
#pragma once

#include <QAbstractListModel>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "ui/bridge/job_runner.h"
#include "ui/models/sprite_table.h"

namespace loom {

/// Row = place in the arrangement. The window never waits: a change is asked for, and the model resets when it is ready
/// (the newest request wins).
class SpriteModel : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role { kIdRole = Qt::UserRole, kExcludedRole };

  explicit SpriteModel(QObject* parent = nullptr);
  ~SpriteModel() override;

  /// Shows the sprites of this database; an empty path shows none.
  void setDatabase(const std::filesystem::path& database);
  void reload();  ///< after sprites came, went or changed
  void setQuery(const SpriteQuery& query);
  const SpriteQuery& query() const { return m_query; }
  bool loading() const { return m_pending > 0; }  ///< something was asked for that has not arrived

  const SpriteTable& table() const { return *m_table; }
  /// For a worker that looks at it longer than until the next reset.
  std::shared_ptr<const SpriteTable> sharedTable() const { return m_table; }
  const SpriteArrangement& arrangement() const { return m_arrangement; }
  bool resetByQuery() const { return m_resetByQuery; }  ///< the last reset came from setQuery alone

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

  int indexAt(int row) const { return m_arrangement.rows[static_cast<std::size_t>(row)]; }
  const SpriteInfo& sprite(int row) const;
  int rowOf(SpriteId id) const;  ///< -1: not there or filtered out
  bool excludedAt(int index) const { return m_excluded[static_cast<std::size_t>(index)] != 0; }
  std::span<const char> excluded() const { return m_excluded; }  ///< by index
  int excludedCount() const { return m_excludedCount; }
  int duplicateCount() const;  ///< sprites whose picture an earlier one has
  QString sectionTitle(int section) const;

  /// Shows the new state at once; the catalogue is the caller's business, reload() follows.
  void markExcluded(std::span<const SpriteId> ids, bool excluded);

 Q_SIGNALS:
  void loaded();  ///< after a reset that brought another table
  void failed(const loom::ErrorText& error);

 private:
  struct Worker;
  struct Answer;
  void ask(bool load);
  void adopt(Answer answer);

  SpriteQuery m_query;
  std::shared_ptr<const SpriteTable> m_table;
  SpriteArrangement m_arrangement;
  std::vector<char> m_excluded;
  int m_excludedCount = 0;
  int m_pending = 0;
  bool m_resetByQuery = false;
  std::filesystem::path m_database;
  std::unique_ptr<Worker> m_worker;
};

/// A view's name for people: "front", "unknown view".
QString viewTitle(const std::string& view);

}  // namespace loom
