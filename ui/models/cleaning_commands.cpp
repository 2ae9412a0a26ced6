#include "ui/models/cleaning_commands.h"

#include <QUndoCommand>
#include <algorithm>
#include <iterator>
#include <sstream>

#include "ui/models/label_summary.h"
#include "ui/models/sprite_commands.h"

namespace loom {
namespace {

QString sprites(std::int64_t number) {
  return counted(number, QObject::tr("sprite"), QObject::tr("sprites"));
}

void tellFailure(Session& session, const QString& title, const std::exception_ptr& error) {
  const ErrorText text = errorText(error);
  session.say(QObject::tr("%1: %2").arg(title, text.what), text.hint);
  session.notifySpritesChanged();  // what was shown as done was not
}

/// Whether the window still works on that project: a job may end after another one was opened.
bool isOpen(Session& session, const Project& project) {
  return session.hasProject() && session.project().folder() == project.folder();
}

/// A change of pixels: undo and redo exchange what it replaced with what is there.
class ChangeCommand : public QUndoCommand {
 public:
  ChangeCommand(Session& session, ChangeId change, const QString& text)
      : QUndoCommand(text), m_session(session), m_change(change) {}
  void undo() override { swap(QObject::tr("Undoing: %1").arg(text())); }
  void redo() override {
    if (m_done) swap(QObject::tr("Redoing: %1").arg(text()));
    m_done = true;  // the first redo is the push after the change itself
  }

 private:
  void swap(const QString& title) {
    if (!m_session.hasProject()) return;
    m_session.jobs().run(
        title, &m_session,
        [project = m_session.project(), change = m_change](JobMonitor&) {
          project.catalogue().swapChange(change);
          return true;
        },
        [&session = m_session](bool) { session.notifySpritesChanged(); },
        [&session = m_session, title](const std::exception_ptr& error) { tellFailure(session, title, error); });
  }
  Session& m_session;
  ChangeId m_change;
  bool m_done = false;
};

template <class Work>
void runChange(Session& session, const QString& title, const QString& text, Work work, CleaningDone done) {
  if (!session.hasProject()) return;
  session.jobs().run(
      title, &session,
      [project = session.project(), work = std::move(work)](JobMonitor& monitor) { return work(project, monitor); },
      [&session, text, project = session.project(), done = std::move(done)](const CleaningReport& report) {
        if (!isOpen(session, project)) return;
        if (report.change != 0) {
          session.undoStack().push(
              new ChangeCommand(session, report.change, QObject::tr("%1, %2").arg(text, sprites(report.changed))));
          session.notifySpritesChanged();
        }
        if (done) done(report);
      },
      [&session, title](const std::exception_ptr& error) { tellFailure(session, title, error); });
}

using FieldValues = std::vector<std::pair<SpriteId, std::string>>;

class FieldCommand : public QUndoCommand {
 public:
  FieldCommand(Session& session, SpriteField field, FieldValues before, FieldValues after)
      : QUndoCommand(QObject::tr("%1 of %2").arg(fieldTitle(field), sprites(static_cast<std::int64_t>(after.size())))),
        m_session(session),
        m_field(field),
        m_before(std::move(before)),
        m_after(std::move(after)) {}
  void undo() override { apply(m_before); }
  void redo() override { apply(m_after); }

 private:
  void apply(const FieldValues& values) {
    if (!m_session.hasProject()) return;
    const QString title = QObject::tr("Changing the %1").arg(fieldTitle(m_field));
    m_session.jobs().run(
        title, &m_session,
        [project = m_session.project(), field = m_field, values](JobMonitor&) {
          project.catalogue().setField(field, values);
          return true;
        },
        [&session = m_session](bool) { session.notifySpritesChanged(); },
        [&session = m_session, title](const std::exception_ptr& error) { tellFailure(session, title, error); });
  }
  Session& m_session;
  SpriteField m_field;
  FieldValues m_before, m_after;
};

/// Reads the present values as a job (many sprites take longer than a frame), then pushes what changes.
template <class NewValue>
void changeField(Session& session, std::vector<SpriteId> ids, SpriteField field, NewValue newValue) {
  if (!session.hasProject() || ids.empty()) return;
  struct Change {
    FieldValues before, after;
  };
  session.jobs().run(
      QObject::tr("Changing the %1").arg(fieldTitle(field)), &session,
      [project = session.project(), ids = std::move(ids), field, newValue](JobMonitor&) {
        Change change;
        for (const SpriteInfo& sprite : project.catalogue().sprites(ids)) {
          const std::string& before = fieldValue(sprite, field);
          std::string after = newValue(before);
          if (after == before) continue;
          change.before.emplace_back(sprite.id, before);
          change.after.emplace_back(sprite.id, std::move(after));
        }
        return change;
      },
      [&session, field, project = session.project()](Change change) {
        if (!isOpen(session, project) || change.after.empty()) return;
        session.undoStack().push(new FieldCommand(session, field, std::move(change.before), std::move(change.after)));
      });
}

std::vector<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

}  // namespace

void cleanSprites(Session& session, std::vector<SpriteId> ids, std::vector<CleaningStep> steps, CleaningDone done) {
  if (ids.empty() || steps.empty()) return;
  QStringList titles;
  for (const CleaningStep& step : steps) titles.append(QString::fromStdString(cleaningKind(step.name).title).toLower());
  runChange(
      session, QObject::tr("Cleaning %1").arg(sprites(static_cast<std::int64_t>(ids.size()))), titles.join(", "),
      [ids = std::move(ids), steps = std::move(steps)](const Project& project, JobMonitor& monitor) {
        return loom::cleanSprites(project, ids, steps, monitor);
      },
      std::move(done));
}

void replaySteps(Session& session, std::vector<SpriteId> ids, const QString& what, StepEdit edit, CleaningDone done) {
  if (ids.empty()) return;
  runChange(
      session, QObject::tr("Cleaning anew: %1").arg(what), what,
      [ids = std::move(ids), edit = std::move(edit)](const Project& project, JobMonitor& monitor) {
        return loom::replaySteps(project, ids, edit, monitor);
      },
      std::move(done));
}

void editSprite(Session& session, SpriteId id, const Sprite& pixels, const QString& what, CleaningDone done) {
  runChange(
      session, QObject::tr("Taking over %1").arg(what), what,
      [id, pixels, what = what.toStdString()](const Project& project, JobMonitor&) {
        return loom::editSprite(project, id, pixels, what);
      },
      std::move(done));
}

void setSpriteField(Session& session, const std::vector<SpriteId>& ids, SpriteField field, const std::string& value) {
  changeField(session, ids, field, [value](const std::string&) { return value; });
}

void changeTags(Session& session, const std::vector<SpriteId>& ids, const std::string& add, const std::string& remove) {
  changeField(session, ids, SpriteField::kTags, [add = words(add), remove = words(remove)](const std::string& before) {
    std::vector<std::string> tags = words(before);
    std::erase_if(tags, [&](const std::string& tag) { return std::ranges::find(remove, tag) != remove.end(); });
    for (const std::string& tag : add) {
      if (std::ranges::find(tags, tag) == tags.end()) tags.push_back(tag);
    }
    std::string text;
    for (const std::string& tag : tags) text += (text.empty() ? "" : " ") + tag;
    return text;
  });
}

}  // namespace loom
