#include "ui/bridge/end_notices.h"

#include <gtest/gtest.h>

#include <QSettings>
#include <QTest>
#include <QTime>
#include <memory>
#include <vector>

#include "tests/ui/tiny_project.h"

namespace loom {
namespace {

constexpr int kPatience = 120'000;  // ms, for a loaded machine

class Pinned final : public NoticeBoard {
 public:
  explicit Pinned(std::vector<Notice>& notices) : m_notices(notices) {}
  void show(const Notice& notice) override { m_notices.push_back(notice); }

 private:
  std::vector<Notice>& m_notices;
};

class EndNoticesTest : public testing::Test {
 protected:
  void SetUp() override {
    QSettings().remove("endNotices");
    makeTinyProject(folder / "tiny.loom");
    session.openProject(folder / "tiny.loom");
    pin();
  }
  void pin() {
    notices = std::make_unique<EndNotices>(session, std::make_unique<Pinned>(shown), [this] { return looking; });
  }
  bool train(const TrainingRequest& request) {
    session.training().start(session.project(), request);
    return QTest::qWaitFor([this] { return !session.training().active(); }, kPatience);
  }
  TempFolder folder;
  std::vector<Notice> shown;
  bool looking = false;
  Session session;
  std::unique_ptr<EndNotices> notices;
};

TEST_F(EndNoticesTest, AFinishedTrainingIsToldOnceWithTheTime) {
  ASSERT_TRUE(train(tinyRequest(3)));
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(shown[0].title, "Run 1 is finished");
  EXPECT_TRUE(shown[0].text.endsWith("3 steps")) << shown[0].text.toStdString();
  EXPECT_TRUE(shown[0].text.contains(':')) << "the time of day: " << shown[0].text.toStdString();
  EXPECT_FALSE(shown[0].urgent);
}

TEST_F(EndNoticesTest, WhoLooksAtTheWindowIsToldNothing) {
  looking = true;
  ASSERT_TRUE(train(tinyRequest(3)));
  EXPECT_TRUE(shown.empty());
}

TEST_F(EndNoticesTest, ATrainingThatCannotStartSaysWhy) {
  TrainingRequest request = tinyRequest(3);
  request.settings["size"] = 50;
  ASSERT_TRUE(train(request));
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_TRUE(shown[0].text.contains("size")) << shown[0].text.toStdString();
  EXPECT_TRUE(shown[0].urgent);
}

TEST_F(EndNoticesTest, AnAlarmIsToldOnceARun) {
  const Health bad{HealthLevel::kBad, "The samples look alike. Try a lower learning rate."};
  Q_EMIT session.training().healthChanged({HealthLevel::kGood, "All is well."});
  EXPECT_TRUE(shown.empty());
  Q_EMIT session.training().healthChanged(bad);
  Q_EMIT session.training().healthChanged(bad);
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_TRUE(shown[0].text.contains("lower learning rate"));
  EXPECT_TRUE(shown[0].urgent);
}

TEST_F(EndNoticesTest, AStoppedTrainingIsNoNews) {
  session.training().start(session.project(), tinyRequest(1'000'000));
  ASSERT_TRUE(QTest::qWaitFor([this] { return session.training().run() > 0; }, kPatience));
  session.training().stop();
  ASSERT_TRUE(QTest::qWaitFor([this] { return !session.training().active(); }, kPatience));
  EXPECT_TRUE(shown.empty());
}

TEST_F(EndNoticesTest, SwitchedOffNothingIsShownAndThatIsRemembered) {
  notices->setOn(false);
  pin();
  EXPECT_FALSE(notices->isOn());
  ASSERT_TRUE(train(tinyRequest(3)));
  EXPECT_TRUE(shown.empty());
}

}  // namespace
}  // namespace loom
