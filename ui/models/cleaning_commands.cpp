#include "ui/models/cleaning_commands.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <sstream>

#include "ui/bridge/id_ranges.h"
#include "ui/models/label_summary.h"
#include "ui/models/sprite_commands.h"

namespace loom {
namespace {

constexpr const char* kChange = "sprites-change";
constexpr const char* kField = "sprites-field";

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
class ChangeCommand : public UndoStep {
 public:
  ChangeCommand(Session& session, ChangeId change, const QString& text)
      : UndoStep(text, Deed::kDone), m_session(session), m_change(change) {}
  Record record() const override { return {kChange, {{"change", m_change}}}; }

 private:
  void revert() override { setUndone(true, QObject::tr("Undoing: %1").arg(text())); }
  void apply() override { setUndone(false, QObject::tr("Redoing: %1").arg(text())); }
  void setUndone(bool undone, const QString& title) {
    if (!m_session.hasProject()) return;
    m_session.jobs().run(
        title, &m_session,
        [project = m_session.project(), change = m_change, undone](JobMonitor&) {
          project.catalogue().setChangeUndone(change, undone);
          return true;
        },
        [&session = m_session](bool) { session.notifySpritesChanged(); },
        [&session = m_session, title](const std::exception_ptr& error) { tellFailure(session, title, error); });
  }
  Session& m_session;
  ChangeId m_change;
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

/// [[value, ids as ranges], …]: many sprites have few values.
Json toJson(const FieldValues& values) {
  std::map<std::string, std::vector<SpriteId>> groups;
  for (const auto& [id, value] : values) groups[value].push_back(id);
  Json list = Json::array();
  for (const auto& [value, ids] : groups) list.push_back({value, idRanges(ids)});
  return list;
}

FieldValues fieldValuesFrom(const Json& list) {
  FieldValues values;
  for (const Json& group : list) {
    for (const SpriteId id : idsFrom(group.at(1))) values.emplace_back(id, group.at(0).get<std::string>());
  }
  return values;
}

class FieldCommand : public UndoStep {
 public:
  FieldCommand(Session& session, SpriteField field, FieldValues before, FieldValues after)
      : UndoStep(QObject::tr("%1 of %2").arg(fieldTitle(field), sprites(static_cast<std::int64_t>(after.size())))),
        m_session(session),
        m_field(field),
        m_before(std::move(before)),
        m_after(std::move(after)) {}
  Record record() const override {
    return {kField, {{"field", m_field}, {"before", toJson(m_before)}, {"after", toJson(m_after)}}};
  }

 private:
  void revert() override { give(m_before); }
  void apply() override { give(m_after); }
  void give(const FieldValues& values) {
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

void addCleaningKinds(Session& session) {
  session.history().addKind(kChange, [&session](const Json& data) {
    return std::make_unique<ChangeCommand>(session, data.at("change").get<ChangeId>(), QString());
  });
  session.history().addKind(kField, [&session](const Json& data) -> std::unique_ptr<UndoStep> {
    const int field = data.at("field").get<int>();
    if (field < 0 || field > static_cast<int>(SpriteField::kAnimation)) return nullptr;
    return std::make_unique<FieldCommand>(session, static_cast<SpriteField>(field), fieldValuesFrom(data.at("before")),
                                          fieldValuesFrom(data.at("after")));
  });
}

}  // namespace loom
