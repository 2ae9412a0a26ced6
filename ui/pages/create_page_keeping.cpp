// The character on the page is there tomorrow too: its state and the choice of its weights lie with the project.
#include "core/base/error.h"
#include "ui/models/character_state_json.h"
#include "ui/pages/create_page_impl.h"
#include "ui/pages/model_chooser.h"

namespace loom {
namespace {

constexpr const char* kKey = "character";  ///< of the project's small things
constexpr int kPauseToSave = 500;          ///< milliseconds

}  // namespace

CreatePage::Impl::~Impl() {
  if (saving.isActive()) saveCharacter();
}

void CreatePage::Impl::connectKeeping() {
  editor.addKinds(session.history());
  saving.setSingleShot(true);
  saving.setInterval(kPauseToSave);
  connect(&saving, &QTimer::timeout, &page, [this] {
    // An import holds the catalogue's only pen, and the window must not wait for it.
    session.jobs().busy() ? saving.start() : saveCharacter();
  });
  connect(&editor, &CharacterEditor::changed, &saving, qOverload<>(&QTimer::start));
  connect(chooser, &ModelChooser::changed, &saving, qOverload<>(&QTimer::start));
  connect(&session, &Session::projectClosing, &page, [this] {
    if (saving.isActive()) saveCharacter();
  });
}

/// The character that the project was left with, or `fresh`; with the weights that it was shaped on, where they are.
void CreatePage::Impl::beginCharacter(const CharacterState& fresh) {
  CharacterState state = fresh;
  try {
    const Json kept = session.hasProject() ? session.catalogue().value(kKey) : Json();
    if (kept.is_object() && kept.contains("state")) {
      state = characterStateFromJson(kept["state"]);
      if (kept.contains("model")) chooser->resume(modelChoiceFromJson(kept["model"]));
    }
  } catch (const Error& error) {
    session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
  }
  editor.begin(state);
  saving.stop();  // it is what the project has
}

void CreatePage::Impl::saveCharacter() {
  saving.stop();
  if (!session.hasProject() || editor.state().latent.empty()) return;
  try {
    session.catalogue().setValue(kKey, {{"state", toJson(editor.state())}, {"model", toJson(chooser->choice())}});
  } catch (const Error& error) {
    session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
  }
}

}  // namespace loom
