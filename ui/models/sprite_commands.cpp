#include "ui/models/sprite_commands.h"

#include <QLocale>
#include <functional>

#include "core/base/error.h"
#include "ui/bridge/id_ranges.h"

namespace loom {
namespace {

constexpr const char* kExclude = "sprites-exclude";
constexpr const char* kBin = "sprites-bin";
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
    : UndoStep(numbered(excluded ? QObject::tr("exclude") : QObject::tr("include"), ids.size())),
      m_session(session),
      m_ids(std::move(ids)),
      m_excluded(excluded) {}

UndoStep::Record SetExcludedCommand::record() const {
  return {kExclude, {{"sprites", idRanges(m_ids)}, {"excluded", m_excluded}}};
}

void SetExcludedCommand::setExcluded(bool excluded) {
  write(m_session, excluded ? QObject::tr("Excluding sprites") : QObject::tr("Including sprites"), m_ids,
        [excluded](Catalogue& catalogue, const std::vector<SpriteId>& ids) { catalogue.setExcluded(ids, excluded); });
}

BinCommand::BinCommand(Session& session, std::vector<SpriteId> ids)
    : UndoStep(numbered(QObject::tr("delete"), ids.size())), m_session(session), m_ids(std::move(ids)) {}

UndoStep::Record BinCommand::record() const {
  return {kBin, {{"sprites", idRanges(m_ids)}}};
}

void BinCommand::setBinned(bool binned) {
  write(m_session, binned ? QObject::tr("Deleting sprites") : QObject::tr("Bringing sprites back"), m_ids,
        [binned](Catalogue& catalogue, const std::vector<SpriteId>& ids) { catalogue.setBinned(ids, binned); });
}

void addSpriteKinds(Session& session) {
  session.history().addKind(kExclude, [&session](const Json& data) {
    return std::make_unique<SetExcludedCommand>(session, idsFrom(data.at("sprites")), data.at("excluded").get<bool>());
  });
  session.history().addKind(kBin, [&session](const Json& data) {
    return std::make_unique<BinCommand>(session, idsFrom(data.at("sprites")));
  });
}

}  // namespace loom
