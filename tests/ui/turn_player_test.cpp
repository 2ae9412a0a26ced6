#include "ui/widgets/turn_player.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

namespace loom {
namespace {

class Player : public testing::Test {
 protected:
  void SetUp() override {
    player.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&player));
    player.setViews(4);
    player.findChild<QSpinBox*>("turnSpeed")->setValue(TurnPlayer::kFastest);
  }
  QToolButton& button() { return *player.findChild<QToolButton*>("turnButton"); }
  TurnPlayer player;
  QSignalSpy turns{&player, &TurnPlayer::turned};
};

TEST_F(Player, TurnsUntilItIsStopped) {
  QTest::mouseClick(&button(), Qt::LeftButton);
  EXPECT_TRUE(player.playing());
  EXPECT_TRUE(QTest::qWaitFor([this] { return turns.count() >= 3; }));
  QTest::mouseClick(&button(), Qt::LeftButton);
  EXPECT_FALSE(player.playing());
  turns.clear();
  QTest::qWait(100);
  EXPECT_EQ(turns.count(), 0);
}

TEST_F(Player, StandsStillWhereThereIsNothingToTurnOrToSee) {
  player.toggle();
  player.setViews(1);
  EXPECT_FALSE(player.playing());
  player.toggle();
  EXPECT_FALSE(player.playing()) << "one view";
  player.setViews(4);
  player.toggle();
  EXPECT_TRUE(player.playing());
  player.hide();
  EXPECT_FALSE(player.playing());
}

TEST_F(Player, RemembersItsSpeed) {
  player.findChild<QSpinBox*>("turnSpeed")->setValue(7);
  TurnPlayer next;
  EXPECT_EQ(next.findChild<QSpinBox*>("turnSpeed")->value(), 7);
}

}  // namespace
}  // namespace loom
