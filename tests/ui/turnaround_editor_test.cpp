#include "ui/models/turnaround_editor.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

#include "tests/project/sample_sprite.h"

namespace loom {
namespace {

constexpr Rgba kRed{200, 30, 30, 255};

class TurnaroundEditing : public ::testing::Test {
 protected:
  QUndoStack undo;
  TurnaroundEditor editor{undo};
};

TEST_F(TurnaroundEditing, EveryChangeIsAStepThatIsTakenBackAndMadeAgain) {
  const Sprite front = sampleSprite(1, 8, 8);
  std::vector<TurnaroundDraft> states{editor.draft()};
  const auto remember = [&] { states.push_back(editor.draft()); };
  editor.give("front", front);
  remember();
  editor.paint("left", {{1, 1}}, kRed);
  remember();
  editor.mirror("right", sampleSprite(2, 8, 8));
  remember();
  editor.accept("back", sampleSprite(3, 8, 8));
  remember();
  editor.recolour({front.at(0, 0), kRed});
  remember();
  editor.setLikeliest(true);
  remember();
  editor.rename("hero");
  remember();
  editor.release("back");
  remember();
  editor.startOver();
  remember();
  ASSERT_EQ(undo.count(), 9);
  EXPECT_EQ(states[3].given.at("right").sprite, mirrored(sampleSprite(2, 8, 8)));
  EXPECT_TRUE(states[4].given.at("back").accepted);
  for (int i = undo.count(); i-- > 0;) {
    undo.undo();
    EXPECT_EQ(editor.draft(), states[static_cast<std::size_t>(i)]);
  }
  for (int i = 1; i <= undo.count(); ++i) {
    undo.redo();
    EXPECT_EQ(editor.draft(), states[static_cast<std::size_t>(i)]);
  }
}

TEST_F(TurnaroundEditing, AStrokeIsOneStepAndTheNextOneAnother) {
  editor.give("front", sampleSprite(1, 8, 8));
  const TurnaroundDraft before = editor.draft();
  for (int stroke = 0; stroke < 2; ++stroke) {
    editor.hold(true);
    for (int x = 0; x < 5; ++x) editor.paint("left", {{x, stroke}}, kRed);
    editor.hold(false);
  }
  EXPECT_EQ(undo.count(), 3);
  undo.undo();
  EXPECT_EQ(editor.draft().decided.at("left").size(), 5U);
  undo.undo();
  EXPECT_EQ(editor.draft(), before);
}

TEST_F(TurnaroundEditing, WhatChangesNothingIsNoStep) {
  editor.give("front", sampleSprite(1, 8, 8));
  editor.give("front", sampleSprite(1, 8, 8));
  editor.release("left");
  editor.rename("");
  EXPECT_EQ(undo.count(), 1);
}

TEST_F(TurnaroundEditing, TakesNameAndOriginsOfTheFirstViewsAndAddsThoseOfLaterOnes) {
  editor.give({{"hero", "front", sampleSprite(1)}}, {4});
  editor.give({{"other", "left", sampleSprite(2)}, {"other", "back", sampleSprite(3)}}, {4, 9});
  EXPECT_EQ(editor.draft().name, "hero");
  EXPECT_EQ(editor.draft().origins, (std::vector<SpriteId>{4, 9}));
  EXPECT_EQ(editor.draft().given.size(), 3U);
  EXPECT_EQ(undo.count(), 2) << "several views are one step";
}

TEST_F(TurnaroundEditing, TellsOfUndoToo) {
  const QSignalSpy changed(&editor, &TurnaroundEditor::changed);
  editor.give("front", sampleSprite(1));
  undo.undo();
  undo.redo();
  EXPECT_EQ(changed.count(), 3);
}

TEST_F(TurnaroundEditing, StepsThatOutliveTheirEditorDoNothing) {
  auto shortLived = std::make_unique<TurnaroundEditor>(undo);
  shortLived->give("front", sampleSprite(1));
  shortLived.reset();
  undo.undo();
  EXPECT_EQ(undo.count(), 0) << "a step without an editor is dropped";
}

}  // namespace
}  // namespace loom
