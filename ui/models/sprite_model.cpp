#include "ui/models/sprite_model.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "core/studio/studio.h"

namespace loom {

struct SpriteModel::Answer {
  std::shared_ptr<const SpriteTable> table;
  SpriteArrangement arrangement;
  std::vector<char> excluded;
  std::exception_ptr error;
  bool loaded = false;
  int answers = 0;  ///< how many requests this settles
};

struct SpriteModel::Worker {
  struct Request {
    std::filesystem::path database;
    SpriteQuery query;
    bool load = false;
    int count = 0;
  };

  std::mutex mutex;
  std::condition_variable_any wake;
  std::optional<Request> request;
  std::vector<std::shared_ptr<const SpriteTable>> garbage;  // freeing 100,000 rows of text takes longer than a frame
  std::jthread thread;                                      // last: joined before the rest goes

  void loop(const std::stop_token& stop, const std::function<void(Answer)>& deliver);
  Answer answer(const Request& request, std::shared_ptr<const SpriteTable>& table);
};

SpriteModel::Answer SpriteModel::Worker::answer(const Request& request, std::shared_ptr<const SpriteTable>& table) {
  Answer answer;
  answer.answers = request.count;
  try {
    if (request.load || !table) {
      table = request.database.empty() ? std::make_shared<const SpriteTable>()
                                       : loadSpriteTable(Catalogue(request.database));
      answer.loaded = true;
    }
    answer.arrangement = arrangeSprites(*table, request.query);
    answer.excluded.reserve(table->sprites.size());
    for (const SpriteInfo& sprite : table->sprites) answer.excluded.push_back(sprite.excluded ? 1 : 0);
    answer.table = table;
  } catch (...) {
    answer.error = std::current_exception();
  }
  return answer;
}

void SpriteModel::Worker::loop(const std::stop_token& stop, const std::function<void(Answer)>& deliver) {
  std::shared_ptr<const SpriteTable> table;
  for (;;) {
    std::vector<std::shared_ptr<const SpriteTable>> dropped;
    std::optional<Request> next;
    {
      std::unique_lock lock(mutex);
      if (!wake.wait(lock, stop, [this] { return request || !garbage.empty(); })) return;
      next = std::exchange(request, {});
      dropped.swap(garbage);
    }
    dropped.clear();
    if (next) deliver(answer(*next, table));
  }
}

SpriteModel::SpriteModel(QObject* parent)
    : QAbstractListModel(parent), m_table(std::make_shared<const SpriteTable>()), m_worker(std::make_unique<Worker>()) {
  m_worker->thread = std::jthread([this](const std::stop_token& stop) {
    m_worker->loop(stop, [this](Answer answer) {
      auto shared = std::make_shared<Answer>(std::move(answer));
      QMetaObject::invokeMethod(
          this, [this, shared] { adopt(std::move(*shared)); }, Qt::QueuedConnection);
    });
  });
}

SpriteModel::~SpriteModel() {
  m_worker->thread.request_stop();
  m_worker->thread.join();
}

void SpriteModel::setDatabase(const std::filesystem::path& database) {
  m_database = database;
  ask(true);
}

void SpriteModel::reload() {
  ask(true);
}

void SpriteModel::setQuery(const SpriteQuery& query) {
  if (query == m_query) return;
  m_query = query;
  ask(false);
}

void SpriteModel::ask(bool load) {
  ++m_pending;
  {
    const std::lock_guard lock(m_worker->mutex);
    const bool loadStillDue = m_worker->request && m_worker->request->load;
    const int waiting = m_worker->request ? m_worker->request->count : 0;
    m_worker->request = {m_database, m_query, load || loadStillDue, waiting + 1};
  }
  m_worker->wake.notify_one();
}

void SpriteModel::adopt(Answer answer) {
  m_pending -= answer.answers;
  if (answer.error) {
    Q_EMIT failed(errorText(answer.error));
    return;
  }
  if (m_pending > 0 && !answer.loaded) return;  // a newer arrangement is on its way
  beginResetModel();
  m_resetByQuery = !answer.loaded;
  std::swap(m_table, answer.table);
  m_arrangement = std::move(answer.arrangement);
  if (answer.loaded) {
    m_excluded = std::move(answer.excluded);
    m_excludedCount = static_cast<int>(std::count(m_excluded.begin(), m_excluded.end(), char{1}));
  }
  endResetModel();
  {
    const std::lock_guard lock(m_worker->mutex);
    m_worker->garbage.push_back(std::move(answer.table));
  }
  m_worker->wake.notify_one();
  if (answer.loaded) Q_EMIT loaded();
}

int SpriteModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_arrangement.rows.size());
}

const SpriteInfo& SpriteModel::sprite(int row) const {
  return m_table->sprites[static_cast<std::size_t>(indexAt(row))];
}

int SpriteModel::rowOf(SpriteId id) const {
  const int index = m_table->indexOf(id);
  return index < 0 ? -1 : m_arrangement.rowOf[static_cast<std::size_t>(index)];
}

int SpriteModel::duplicateCount() const {
  std::size_t count = 0;
  for (const std::vector<int>& group : m_table->twins) count += group.size() - 1;
  return static_cast<int>(count);
}

QVariant SpriteModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const SpriteInfo& info = sprite(index.row());
  const bool isExcluded = excludedAt(indexAt(index.row()));
  switch (role) {
    case Qt::DisplayRole:
      return tr("%1, %2").arg(QString::fromStdString(info.character), viewTitle(info.view));
    case Qt::ToolTipRole: {
      QStringList lines{tr("%1, %2").arg(QString::fromStdString(info.character), viewTitle(info.view)),
                        tr("%1 × %2 px, %3 colours").arg(info.width).arg(info.height).arg(info.colours)};
      if (isExcluded) lines.append(tr("excluded from training (X includes it)"));
      if (m_table->twinsOf[static_cast<std::size_t>(indexAt(index.row()))] >= 0) {
        lines.append(tr("another sprite has the same picture"));
      }
      if (!info.source.empty()) lines.append(QString::fromStdString(info.source));
      return lines.join('\n');
    }
    case kIdRole:
      return QVariant::fromValue(qint64{info.id});
    case kExcludedRole:
      return isExcluded;
    default:
      return {};
  }
}

QString SpriteModel::sectionTitle(int section) const {
  const SpriteSection& part = m_arrangement.sections[static_cast<std::size_t>(section)];
  const SpriteInfo& first = sprite(part.first);
  switch (m_arrangement.kind) {
    case SectionKind::kCharacter:
      return QString::fromStdString(first.character);
    case SectionKind::kView:
      return viewTitle(first.view);
    case SectionKind::kTwins:
      return tr("%1 alike").arg(part.count);
    case SectionKind::kFindings: {
      // The arrangement may be one question older than the query.
      const bool known = m_query.findings && part.label < static_cast<int>(m_query.findings->groups.size());
      return known ? m_query.findings->groups[static_cast<std::size_t>(part.label)].title : QString();
    }
    case SectionKind::kPlain:
      break;
  }
  return {};
}

void SpriteModel::markExcluded(std::span<const SpriteId> ids, bool excluded) {
  const char mark = excluded ? 1 : 0;
  for (const SpriteId id : ids) {
    const int index = m_table->indexOf(id);
    if (index < 0 || m_excluded[static_cast<std::size_t>(index)] == mark) continue;
    m_excluded[static_cast<std::size_t>(index)] = mark;
    m_excludedCount += excluded ? 1 : -1;
  }
  if (rowCount() > 0) Q_EMIT dataChanged(index(0), index(rowCount() - 1), {kExcludedRole});
}

QString viewTitle(const std::string& view) {
  return view.empty() || view == kAnyView ? QObject::tr("unknown view") : QString::fromStdString(view);
}

}  // namespace loom
