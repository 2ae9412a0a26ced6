#include "ui/models/sprite_commands.h"

#include <QLocale>
#include <functional>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr std::size_t kMostAtOnce = 500;  // more would hold the window up for longer than 4 ms

/// Writes through `change`: at once where that is quick, else as a job. While any job is queued or running this waits
/// its turn too: an import holds the catalogue's only pen, and steps must reach it in the order they were made.
void write(Session& session, const QString& title, std::vector<SpriteId> ids,
           std::function<void(Catalogue&, const std::vector<SpriteId>&)> change) {
  if (!session.hasProject()) return;
  if (ids.size() > kMostAtOnce || session.jobs().busy()) {
    session.jobs().run(
        title, &session,
        [project = session.project(), ids = std::move(ids), change = std::move(change)](JobMonitor&) {
          Catalogue catalogue = project.catalogue();
          change(catalogue, ids);
          return true;
        },
        [&session](bool) { session.notifySpritesChanged(); },
        [&session, title](const std::exception_ptr& error) {
          session.say(QObject::tr("%1: %2").arg(title, errorText(error).what), errorText(error).hint);
          session.notifySpritesChanged();  // what was shown as done was not
        });
    return;
  }
  try {
    change(session.catalogue(), ids);
  } catch (const Error& error) {
    session.say(QObject::tr("%1: %2").arg(title, QString::fromUtf8(error.what())),
                QString::fromStdString(error.hint()));
  }
  session.notifySpritesChanged();
}

QString numbered(const QString& verb, std::size_t sprites) {
  return QObject::tr("%1 %2").arg(verb,
                                  counted(static_cast<qint64>(sprites), QObject::tr("sprite"), QObject::tr("sprites")));
}

}  // namespace

QString counted(qint64 number, const QString& one, const QString& many) {
  return QLocale().toString(number) + ' ' + (number == 1 ? one : many);
}

SetExcludedCommand::SetExcludedCommand(Session& session, std::vector<SpriteId> ids, bool excluded)
    : QUndoCommand(numbered(excluded ? QObject::tr("exclude") : QObject::tr("include"), ids.size())),
      m_session(session),
      m_ids(std::move(ids)),
      m_excluded(excluded) {}

void SetExcludedCommand::apply(bool excluded) {
  write(m_session, excluded ? QObject::tr("Excluding sprites") : QObject::tr("Including sprites"), m_ids,
        [excluded](Catalogue& catalogue, const std::vector<SpriteId>& ids) { catalogue.setExcluded(ids, excluded); });
}

BinCommand::BinCommand(Session& session, std::vector<SpriteId> ids)
    : QUndoCommand(numbered(QObject::tr("delete"), ids.size())), m_session(session), m_ids(std::move(ids)) {}

void BinCommand::apply(bool binned) {
  write(m_session, binned ? QObject::tr("Deleting sprites") : QObject::tr("Bringing sprites back"), m_ids,
        [binned](Catalogue& catalogue, const std::vector<SpriteId>& ids) { catalogue.setBinned(ids, binned); });
}

}  // namespace loom
