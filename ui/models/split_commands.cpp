#include "ui/models/split_commands.h"

#include <utility>

#include "ui/models/catalogue_change.h"

namespace loom {
namespace {

constexpr const char* kKind = "split";

Json toJson(const SplitSettings& settings) {
  return {{"fraction", settings.fraction}, {"seed", settings.seed}, {"pinned", Json(settings.pinned)}};
}

SplitSettings settingsFrom(const Json& json) {
  SplitSettings settings{.fraction = json.at("fraction").get<double>(), .seed = json.at("seed").get<std::uint64_t>()};
  settings.pinned = json.at("pinned").get<std::map<std::string, bool>>();
  return settings;
}

class SplitCommand : public UndoStep {
 public:
  SplitCommand(Session& session, SplitSettings before, SplitSettings after)
      : UndoStep(QObject::tr("training and held-out characters")),
        m_session(session),
        m_before(std::move(before)),
        m_after(std::move(after)) {}
  Record record() const override { return {kKind, {{"before", toJson(m_before)}, {"after", toJson(m_after)}}}; }

 private:
  void revert() override { save(m_before); }
  void apply() override { save(m_after); }
  void save(const SplitSettings& settings) {
    changeCatalogue(m_session, [&](Catalogue& catalogue) { saveSplit(catalogue, settings); });
    m_session.notifySpritesChanged();
  }
  Session& m_session;
  SplitSettings m_before, m_after;
};

}  // namespace

void changeSplit(Session& session, const SplitSettings& before, const SplitSettings& after) {
  session.undoStack().push(new SplitCommand(session, before, after));
}

void addSplitKinds(Session& session) {
  session.history().addKind(kKind, [&session](const Json& data) {
    return std::make_unique<SplitCommand>(session, settingsFrom(data.at("before")), settingsFrom(data.at("after")));
  });
}

}  // namespace loom
