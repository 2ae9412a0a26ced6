// Every kind of step over the project is undone and done again after the program has ended.
#include <gtest/gtest.h>

#include <QTest>
#include <QUndoStack>

#include "core/image/cleaning.h"
#include "tests/ui/tiny_project.h"
#include "ui/models/cleaning_commands.h"
#include "ui/models/direction_commands.h"
#include "ui/models/favourite_commands.h"
#include "ui/models/run_commands.h"
#include "ui/models/split_commands.h"
#include "ui/models/sprite_commands.h"
#include "ui/models/turnaround_editor.h"
#include "ui/models/undo_kinds.h"

namespace loom {
namespace {

class UndoRestart : public ::testing::Test {
 protected:
  void SetUp() override {
    const Project project = makeTinyProject(m_folder / "p.loom", 3);
    Catalogue catalogue = project.catalogue();
    for (const SpriteInfo& sprite : catalogue.sprites()) m_sprites.push_back(sprite.id);
    m_run = catalogue.createRun("hero", {}, 10, {}).number;
    for (const char* name : {"Knight", "Mage", "Rogue"}) {
      m_favourites.push_back(catalogue.addFavourite(
          {.name = name, .run = m_run, .latent = {1, 2}, .views = {"front"}, .sprites = {sampleSprite(1)}}));
    }
    m_direction = catalogue.addDirection({.name = "hair", .run = m_run, .kind = "found", .vector = {1, 0}});
    start();
  }
  void start() {
    m_session.reset();
    m_session = std::make_unique<Session>();
    addUndoKinds(*m_session);
    m_session->openProject(m_folder / "p.loom");
  }
  void settle() {
    ASSERT_TRUE(QTest::qWaitFor([this] { return !m_session->jobs().busy(); }));
    QCoreApplication::processEvents();
  }
  QUndoStack& undo() { return m_session->undoStack(); }
  Favourite favourite(std::size_t index) { return m_session->catalogue().favourites().at(index); }

  /// All that the steps are about.
  Json everything() {
    const Catalogue& catalogue = m_session->catalogue();
    Json all;
    for (const Favourite& one : catalogue.favourites()) {
      all["favourites"].push_back({one.id, one.name, one.collection, one.note, one.tags});
    }
    for (const KeptDirection& one : catalogue.directions(m_run, "")) {
      all["directions"].push_back({one.id, one.name, one.pinned});
    }
    for (const RunInfo& one : catalogue.runs()) all["runs"].push_back({one.number, one.name});
    for (const SpriteInfo& one : catalogue.sprites()) {
      all["sprites"].push_back({one.id, one.character, one.tags, one.author, one.excluded, one.hash});
    }
    all["held out"] = loadSplit(catalogue).fraction;
    return all;
  }

  /// One step: undone after a restart, done again after another.
  void expectOutlives(const std::function<void()>& deed) {
    const Json before = everything();
    deed();
    ASSERT_TRUE(QTest::qWaitFor([this] { return undo().count() == 1; }));  // some look first, as a job
    settle();
    const Json after = everything();
    ASSERT_NE(after, before);
    const QString text = undo().undoText();
    EXPECT_FALSE(text.isEmpty());
    start();
    EXPECT_EQ(everything(), after);
    ASSERT_EQ(undo().undoText(), text);
    undo().undo();
    settle();
    EXPECT_EQ(everything(), before);
    start();
    EXPECT_EQ(everything(), before);
    ASSERT_EQ(undo().redoText(), text);
    undo().redo();
    settle();
    EXPECT_EQ(everything(), after);
    start();
    undo().undo();
    settle();
    EXPECT_EQ(everything(), before) << "also what was redone after a restart is undone after the next";
  }

  TempFolder m_folder;
  std::vector<SpriteId> m_sprites;
  std::vector<std::int64_t> m_favourites;
  int m_run = 0;
  std::int64_t m_direction = 0;
  std::unique_ptr<Session> m_session;
};

TEST_F(UndoRestart, KeepingAFavourite) {
  CharacterLook look;
  look.state.latent = {1, 2};
  look.run = m_run;
  look.views = {"front"};
  look.sprites = {sampleSprite(2)};
  expectOutlives([&] { keepFavourite(*m_session, look, "Bard", "front", "Heroes"); });
}

TEST_F(UndoRestart, RenamingAFavourite) {
  expectOutlives([this] { renameFavourite(*m_session, m_favourites[1], "Mage", "Witch"); });
}

TEST_F(UndoRestart, RemovingFavourites) {
  expectOutlives([this] { removeFavourites(*m_session, {m_favourites[0], m_favourites[2]}); });
}

TEST_F(UndoRestart, NotesAndTags) {
  expectOutlives([this] { noteFavourite(*m_session, favourite(0), "two\nlines", "metal boss"); });
}

TEST_F(UndoRestart, Collecting) {
  expectOutlives([this] {
    collectFavourites(*m_session, {{m_favourites[0], ""}, {m_favourites[2], ""}}, "Heroes", "collect");
  });
}

TEST_F(UndoRestart, OrderOfFavourites) {
  expectOutlives([this] {
    orderFavourites(*m_session, m_favourites, {m_favourites[2], m_favourites[0], m_favourites[1]});
  });
}

TEST_F(UndoRestart, KeepingADirection) {
  expectOutlives([this] {
    keepDirection(*m_session, {.name = "hat", .run = m_run, .kind = "tag", .vector = {0, 1}}, "learn hat");
  });
}

TEST_F(UndoRestart, RenamingADirection) {
  expectOutlives([this] { renameDirection(*m_session, m_direction, "hair", "long hair"); });
}

TEST_F(UndoRestart, PinningADirection) {
  expectOutlives([this] { pinDirection(*m_session, m_direction, true); });
}

TEST_F(UndoRestart, RemovingADirection) {
  expectOutlives([this] { removeDirection(*m_session, m_direction, "hair"); });
}

TEST_F(UndoRestart, RenamingARun) {
  expectOutlives([this] { renameRun(*m_session, m_run, "first"); });
}

TEST_F(UndoRestart, DeletingARun) {
  expectOutlives([this] { deleteRuns(*m_session, {m_run}); });
}

TEST_F(UndoRestart, ExcludingSprites) {
  expectOutlives([this] { undo().push(new SetExcludedCommand(*m_session, {m_sprites[0], m_sprites[3]}, true)); });
}

TEST_F(UndoRestart, DeletingSprites) {
  expectOutlives([this] { undo().push(new BinCommand(*m_session, {m_sprites[1], m_sprites[2], m_sprites[5]})); });
}

TEST_F(UndoRestart, AFieldOfSprites) {
  expectOutlives([this] { setSpriteField(*m_session, m_sprites, SpriteField::kAuthor, "Ann"); });
}

TEST_F(UndoRestart, TagsOfSprites) {
  expectOutlives([this] { changeTags(*m_session, {m_sprites[0], m_sprites[1]}, "red green", ""); });
}

TEST_F(UndoRestart, CleaningSprites) {
  expectOutlives([this] { cleanSprites(*m_session, m_sprites, {{.name = "grayscale"}}); });
}

TEST_F(UndoRestart, AnImport) {
  expectOutlives([this] {
    m_session->addStarterSet(2, 1);
    settle();
  });
}

TEST_F(UndoRestart, HeldOutCharacters) {
  expectOutlives([this] {
    SplitSettings after = loadSplit(m_session->catalogue());
    after.fraction = .5;
    changeSplit(*m_session, loadSplit(m_session->catalogue()), after);
  });
}

TEST_F(UndoRestart, AChangeOfPixelsThatIsUndoneAlreadyIsNotDoneByUndo) {
  // As after a kill between the change of the catalogue and the note of where the history stands.
  const Json before = everything();
  cleanSprites(*m_session, m_sprites, {{.name = "grayscale"}});
  settle();
  m_session->history().save();
  const ChangeId change = Json::parse(m_session->catalogue().keptSteps().front().data).at("change").get<ChangeId>();
  m_session->catalogue().setChangeUndone(change, true);
  start();
  undo().undo();
  settle();
  EXPECT_EQ(everything(), before);
}

TEST_F(UndoRestart, AnotherProjectHasItsOwn) {
  makeTinyProject(m_folder / "other.loom", 1);
  renameRun(*m_session, m_run, "first");
  m_session->openProject(m_folder / "other.loom");
  EXPECT_EQ(undo().count(), 0);
  m_session->openProject(m_folder / "p.loom");
  EXPECT_EQ(undo().count(), 1);
  m_session->closeProject();
  EXPECT_EQ(undo().count(), 0);
}

TEST_F(UndoRestart, ATurnaround) {
  TurnaroundDraft given, painted;
  {
    TurnaroundEditor editor(undo());
    editor.give("front", sampleSprite(4, 8, 8));
    given = editor.draft();
    editor.paint("left", {{1, 2}}, {10, 20, 30, 255});
    painted = editor.draft();
  }
  m_session.reset();
  m_session = std::make_unique<Session>();
  TurnaroundEditor editor(undo());
  editor.addKinds(m_session->history());
  m_session->openProject(m_folder / "p.loom");
  editor.begin(painted);  // as its page keeps it
  ASSERT_EQ(undo().index(), 2);
  undo().undo();
  EXPECT_EQ(editor.draft(), given);
  undo().undo();
  EXPECT_EQ(editor.draft(), TurnaroundDraft());
  undo().redo();
  undo().redo();
  EXPECT_EQ(editor.draft(), painted);
}

TEST_F(UndoRestart, ACharacterWithItsWeights) {
  const CharacterState first{.latent = {1, 2}, .seed = 3};
  CharacterState second = first, third{.latent = {.5F, -1, 2}, .seed = 4, .truncation = .7, .crispAlpha = false};
  second.latent[1] = -2.25F;
  third.colours = {{.ramp = {.hue = 1}, .shift = {.hue = 2}}};
  {
    CharacterEditor editor(undo());
    editor.begin(first);
    editor.hold(true);
    editor.setValue(1, 1);
    editor.setValue(1, -2.25F);
    editor.hold(false);
    editor.load(third, "load favourite", ModelChoice{1, {}}, ModelChoice{0, {}, "hero"});
  }
  m_session.reset();
  m_session = std::make_unique<Session>();
  CharacterEditor editor(undo());
  editor.addKinds(m_session->history());
  std::vector<ModelChoice> wanted;
  QObject::connect(&editor, &CharacterEditor::modelWanted,
                   [&](const ModelChoice& choice) { wanted.push_back(choice); });
  m_session->openProject(m_folder / "p.loom");
  editor.begin(third);
  ASSERT_EQ(undo().undoText(), "load favourite");
  undo().undo();
  EXPECT_EQ(editor.state(), second);
  undo().undo();
  EXPECT_EQ(editor.state(), first);
  undo().redo();
  undo().redo();
  EXPECT_EQ(editor.state(), third);
  EXPECT_EQ(wanted, (std::vector<ModelChoice>{{1, {}}, {0, {}, "hero"}}));
}

TEST_F(UndoRestart, ANewGestureIsNotMergedWithOneFromBeforeTheRestart) {
  {
    CharacterEditor editor(undo());
    editor.begin({.latent = {0, 0}});
    editor.setValue(0, 1);
  }
  m_session.reset();
  m_session = std::make_unique<Session>();
  CharacterEditor editor(undo());
  editor.addKinds(m_session->history());
  m_session->openProject(m_folder / "p.loom");
  editor.begin({.latent = {1, 0}});
  editor.setValue(0, 2);
  EXPECT_EQ(undo().count(), 2);
  undo().undo();
  EXPECT_EQ(editor.state().latent, (Latent{1, 0}));
}

}  // namespace
}  // namespace loom
