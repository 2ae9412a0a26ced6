#include "ui/models/character_editor.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

namespace loom {
namespace {

constexpr int kSize = 6;

struct Editing {
  Editing() : editor(undo) {
    editor.begin({.latent = sampleLatent(7, 0, kSize), .seed = 7});
    start = editor.state();
  }
  QUndoStack undo;
  CharacterEditor editor;
  CharacterState start;
};

TEST(CharacterEditor, ADragIsOneUndoStep) {
  Editing at;
  at.editor.hold(true);
  for (int i = 0; i < 30; ++i) at.editor.setValue(2, 0.1F * static_cast<float>(i));
  at.editor.hold(false);
  EXPECT_EQ(at.undo.count(), 1);
  EXPECT_FLOAT_EQ(at.editor.state().latent[2], 2.9F);
  at.undo.undo();
  EXPECT_EQ(at.editor.state(), at.start);
  at.undo.redo();
  EXPECT_FLOAT_EQ(at.editor.state().latent[2], 2.9F);
}

TEST(CharacterEditor, AnotherSliderIsAnotherStep) {
  Editing at;
  at.editor.setValue(0, 1);
  at.editor.setValue(1, 1);
  at.editor.setValue(0, 2);
  EXPECT_EQ(at.undo.count(), 3);
}

TEST(CharacterEditor, TheSameSliderAfterAPauseIsAnotherStep) {
  Editing at;
  at.editor.hold(true);
  at.editor.setValue(0, 1);
  at.editor.hold(false);
  QTest::qWait(800);
  at.editor.hold(true);
  at.editor.setValue(0, 2);
  at.editor.setValue(0, 2.5F);
  at.editor.hold(false);
  EXPECT_EQ(at.undo.count(), 2);
  at.undo.undo();
  EXPECT_FLOAT_EQ(at.editor.state().latent[0], 1);
}

TEST(CharacterEditor, ALongHeldDragStaysOneStep) {
  Editing at;
  at.editor.hold(true);
  at.editor.setValue(0, 1);
  QTest::qWait(800);
  at.editor.setValue(0, 2);
  at.editor.hold(false);
  EXPECT_EQ(at.undo.count(), 1);
}

TEST(CharacterEditor, RandomiseDrawsTheSeedAndKeepsLocks) {
  Editing at;
  std::vector<bool> locks(kSize, false);
  locks[3] = true;
  at.editor.randomise(99, locks);
  Latent expected = sampleLatent(99, 0, kSize);
  expected[3] = at.start.latent[3];
  EXPECT_EQ(at.editor.state().latent, expected);
  EXPECT_EQ(at.editor.state().seed, 99U);
  at.undo.undo();
  EXPECT_EQ(at.editor.state(), at.start);
}

TEST(CharacterEditor, ResetKeepsLocks) {
  Editing at;
  std::vector<bool> locks(kSize, false);
  locks[0] = true;
  at.editor.reset(locks);
  EXPECT_EQ(at.editor.state().latent[0], at.start.latent[0]);
  for (int i = 1; i < kSize; ++i) EXPECT_EQ(at.editor.state().latent[static_cast<std::size_t>(i)], 0);
}

TEST(CharacterEditor, EveryKindOfChangeCanBeUndone) {
  Editing at;
  at.editor.setTruncation(0.5);
  at.editor.setCrispAlpha(false);
  at.editor.load({.latent = Latent(kSize, 1.F), .seed = 3, .truncation = 1.2}, "load");
  EXPECT_EQ(at.undo.count(), 3);
  while (at.undo.canUndo()) at.undo.undo();
  EXPECT_EQ(at.editor.state(), at.start);
}

TEST(CharacterEditor, NoChangeNoStep) {
  Editing at;
  at.editor.setTruncation(at.start.truncation);
  at.editor.setValue(1, at.start.latent[1]);
  at.editor.setValue(77, 1);
  at.editor.load(at.start, "load");
  EXPECT_EQ(at.undo.count(), 0);
}

TEST(CharacterEditor, LoadingWithWeightsAsksForThemBothWays) {
  Editing at;
  QSignalSpy wanted(&at.editor, &CharacterEditor::modelWanted);
  const ModelChoice before{1, {}};
  const ModelChoice after{2, 500};
  at.editor.load({.latent = Latent(4, 0.5F)}, "load", before, after);
  at.undo.undo();
  ASSERT_EQ(wanted.count(), 2);
  EXPECT_EQ(wanted[0][0].value<ModelChoice>(), after);
  EXPECT_EQ(wanted[1][0].value<ModelChoice>(), before);
  EXPECT_EQ(at.editor.state(), at.start);
}

TEST(CharacterEditor, StepsOfAnotherModelsLatentFallAway) {
  Editing at;
  at.editor.setValue(0, 1);
  at.editor.fitTo(9);
  const CharacterState fitted = at.editor.state();
  EXPECT_EQ(fitted.latent.size(), 9U);
  at.undo.undo();
  EXPECT_EQ(at.editor.state(), fitted);
  EXPECT_EQ(at.undo.count(), 0);
}

TEST(CharacterEditor, StepsOutliveTheEditorHarmlessly) {
  QUndoStack undo;
  {
    CharacterEditor editor(undo);
    editor.begin({.latent = Latent(3, 0.F)});
    editor.setValue(0, 1);
  }
  undo.undo();
  EXPECT_FALSE(undo.canRedo());
}

TEST(CharacterEditor, EveryStrokeIsOneUndoStepHoweverFastTheNextOneComes) {
  Editing at;
  const std::vector<PixelPlace> first = {{1, 1}, {2, 1}}, second = {{5, 5}};
  for (const auto& [places, stroke] : {std::pair{first, 1}, std::pair{second, 2}}) {
    at.editor.hold(true);
    for (const PixelPlace& place : places) at.editor.paint("front", {&place, 1}, {9, 9, 9, 255}, stroke);
    at.editor.hold(false);
  }
  EXPECT_EQ(at.undo.count(), 2);
  EXPECT_EQ(at.editor.state().touchUp.layers.at("front").size(), 3U);
  at.undo.undo();
  EXPECT_EQ(at.editor.state().touchUp.layers.at("front").size(), 2U);
  at.editor.restore("front", first, 3);
  EXPECT_TRUE(at.editor.state().touchUp.empty());
}

TEST(CharacterEditor, AnotherCharacterHasNothingDrawnOverIt) {
  Editing at;
  const PixelPlace place{1, 1};
  at.editor.paint("front", {&place, 1}, {9, 9, 9, 255}, 1);
  at.editor.setValue(0, 1.5F);
  EXPECT_FALSE(at.editor.state().touchUp.empty()) << "a slider shapes the same one";
  at.editor.randomise(8, {});
  EXPECT_TRUE(at.editor.state().touchUp.empty());
  at.undo.undo();
  EXPECT_FALSE(at.editor.state().touchUp.empty());
}

TEST(CharacterEditor, TakesAChildPlaceByPlace) {
  Editing at;
  Latent whole = sampleLatent(1, 1, kSize);
  const Latent drawing = whole, colours = sampleLatent(1, 2, kSize);
  whole.insert(whole.end(), colours.begin(), colours.end());
  at.editor.takeLayers(whole, "child");
  EXPECT_EQ(at.editor.state().latent, drawing);
  EXPECT_EQ(at.editor.state().colourLatent, colours);
  EXPECT_EQ(wholeLatent(at.editor.state()), whole);
  at.editor.dropColourLatent();
  EXPECT_EQ(wholeLatent(at.editor.state()), drawing);
  at.undo.undo();
  EXPECT_EQ(at.editor.state().colourLatent, colours);
}

TEST(CharacterEditor, FinishesWhatTheModelDrew) {
  CharacterState state;
  const PixelPlace place{0, 0};
  state.touchUp.paint("left", {&place, 1}, {9, 9, 9, 255});
  const std::vector<std::string> views = {"left", "right"};
  const std::vector<Sprite> drawn(2, Sprite(3, 1));
  EXPECT_EQ(finished(drawn, views, state)[1], drawn[1]);
  state.mirrorSides = true;
  EXPECT_EQ(finished(drawn, views, state)[1].at(2, 0), (Rgba{9, 9, 9, 255})) << "drawn on the left, mirrored with it";
}

}  // namespace
}  // namespace loom
