// What is said to the desktop, on a bus of our own.
#include <gtest/gtest.h>

#include <QTest>

#include "tests/ui/private_bus.h"
#include "ui/bridge/desktop_notice.h"
#include "ui/bridge/sleep_inhibitor.h"

namespace loom {
namespace {

constexpr int kPatience = 20'000;  // ms

class DesktopBusTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!bus.runs()) GTEST_SKIP() << "there is no dbus-daemon here";
  }
  static bool wait(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, kPatience); }
  SleepInhibitor::Told keepIn(std::optional<QString>& told) {
    return [&told](const QString& trouble) { told = trouble; };
  }
  PrivateBus bus;
};

TEST_F(DesktopBusTest, TheLockOfTheLoginServiceIsHeldUntilItIsReleased) {
  FakeLogin login(bus.services());
  const auto inhibitor = desktopSleepInhibitor(bus.asSystem());
  std::optional<QString> told;
  inhibitor->hold("Training run 3", keepIn(told));
  ASSERT_TRUE(wait([&] { return told.has_value(); }));
  EXPECT_EQ(*told, "");
  EXPECT_EQ(login.asked, QStringList({"sleep:idle", "Spriteloom", "Training run 3", "block"}));
  EXPECT_TRUE(login.isHeld());
  QTest::qWait(100);
  EXPECT_TRUE(login.isHeld()) << "as long as nobody releases it";
  inhibitor->release();
  EXPECT_TRUE(wait([&] { return !login.isHeld(); }));
}

TEST_F(DesktopBusTest, GoingAwayReleasesTheLock) {
  FakeLogin login(bus.services());
  auto inhibitor = desktopSleepInhibitor(bus.asSystem());
  std::optional<QString> told;
  inhibitor->hold("Training run 3", keepIn(told));
  ASSERT_TRUE(wait([&] { return told.has_value(); }));
  ASSERT_TRUE(login.isHeld());
  inhibitor.reset();
  EXPECT_TRUE(wait([&] { return !login.isHeld(); }));
}

TEST_F(DesktopBusTest, WithoutALoginServiceTheSessionIsAsked) {
  FakeScreenSaver saver(bus.services());
  const auto inhibitor = desktopSleepInhibitor(bus.asSession());
  std::optional<QString> told;
  inhibitor->hold("Search", keepIn(told));
  ASSERT_TRUE(wait([&] { return told.has_value(); }));
  EXPECT_EQ(*told, "");
  inhibitor->release();
  ASSERT_TRUE(wait([&] { return saver.events.size() == 2; }));
  EXPECT_EQ(saver.events, QStringList({"inhibit Spriteloom: Search", "uninhibit 7"}));
}

TEST_F(DesktopBusTest, ABusWhereNobodyAnswersIsToldOf) {
  const auto inhibitor = desktopSleepInhibitor(bus.asSystem());
  std::optional<QString> told;
  inhibitor->hold("Search", keepIn(told));
  ASSERT_TRUE(wait([&] { return told.has_value(); }));
  EXPECT_FALSE(told->isEmpty());
}

TEST(DesktopWithoutABus, IsToldOfAndHarmless) {
  const auto none = [] { return QDBusConnection("a bus nobody connected to"); };
  const auto inhibitor = desktopSleepInhibitor({none, none});
  std::optional<QString> told;
  inhibitor->hold("Search", [&](const QString& trouble) { told = trouble; });
  ASSERT_TRUE(QTest::qWaitFor([&] { return told.has_value(); }, kPatience));
  EXPECT_TRUE(told->contains("D-Bus")) << told->toStdString();
  inhibitor->release();
  desktopNoticeBoard({none, none})->show({"Run 3 is finished", "100 steps"});
}

TEST_F(DesktopBusTest, ANoticeIsShownAsPlainText) {
  FakeNotifications desktop(bus.services());
  const auto board = desktopNoticeBoard(bus.asSession());
  board->show({"Run 3 failed", "loss < 0 & rising", true});
  ASSERT_TRUE(wait([&] { return desktop.shown.size() == 1; }));
  EXPECT_EQ(desktop.shown[0].title, "Run 3 failed");
  EXPECT_EQ(desktop.shown[0].text, "loss &lt; 0 &amp; rising") << "a notice's text may hold markup";
  EXPECT_EQ(desktop.shown[0].urgency, 2);
}

}  // namespace
}  // namespace loom
