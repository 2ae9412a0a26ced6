// The weights that the program comes with, on every page that offers them.
#include <gtest/gtest.h>

#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QTest>
#include <QToolButton>

#include "tests/base/temp_folder.h"
#include "tests/studio/own_starters.h"
#include "tests/ui/trained_project.h"
#include "ui/models/favourite_commands.h"
#include "ui/pages/create_page.h"
#include "ui/pages/create_stage.h"
#include "ui/pages/main_window.h"
#include "ui/pages/model_chooser.h"
#include "ui/widgets/export_source_panel.h"
#include "ui/widgets/preset_cards.h"
#include "ui/widgets/settings_form.h"
#include "ui/widgets/training_setup.h"

namespace loom {
namespace {

constexpr int kPatience = 60'000;  // ms, for a loaded machine

/// Starter weights of the preset conditional-dcgan, with four views.
class StarterWeightsUi : public testing::Test {
 protected:
  StarterWeightsUi() {
    const Project project = Project::open(m_trained.folder());
    m_own.add(project, findRun(project.catalogue(), "2"));
  }
  static CatalogueCounts counts(std::int64_t characters,
                                const std::vector<std::string>& views = {"back", "left", "front", "right"}) {
    return {.sprites = 4 * characters, .characters = characters, .views = views};
  }

  TempFolder m_folder;
  const TrainedProject m_trained;
  const test::OwnStarters m_own;
};

class CreateWithStarter : public StarterWeightsUi {
 protected:
  void open(const std::filesystem::path& folder) {
    m_page.resize(1200, 760);
    m_page.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_page));
    m_session.openProject(folder);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !stage().shown().empty(); }, kPatience));
  }
  void openEmpty() {
    Project::create(m_folder / "empty.loom");
    open(m_folder / "empty.loom");
  }
  template <class Widget>
  Widget& find(const char* name) {
    return *m_page.findChild<Widget*>(name);
  }
  CreateStage& stage() { return *m_page.findChild<CreateStage*>(); }

  Session m_session;
  CreatePage m_page{m_session};
};

TEST_F(CreateWithStarter, AnEmptyProjectShapesCharactersAtOnce) {
  openEmpty();
  EXPECT_EQ(find<QComboBox>("runBox").currentText(), "Starter: Tiny heroes");
  EXPECT_EQ(stage().shown().sprites.size(), 4U);
  EXPECT_EQ(stage().shown().starter, "conditional-dcgan");
  EXPECT_TRUE(find<QLabel>("caption").text().contains("starter weights"))
      << find<QLabel>("caption").text().toStdString();
}

TEST_F(CreateWithStarter, TheirCardIsAClickAway) {
  openEmpty();
  ASSERT_TRUE(find<QPushButton>("aboutWeights").isVisible());
  QTest::mouseClick(&find<QPushButton>("aboutWeights"), Qt::LeftButton);
  auto* text = m_page.findChild<QPlainTextEdit*>("starterCardText");
  ASSERT_NE(text, nullptr);
  EXPECT_TRUE(text->toPlainText().contains("Ada, Brom")) << text->toPlainText().toStdString();
}

TEST_F(CreateWithStarter, AFavouriteComesBackWithThem) {
  openEmpty();
  const CharacterLook first = stage().shown();
  QTest::mouseClick(&find<QPushButton>("keepButton"), Qt::LeftButton);
  const std::vector<Favourite> kept = m_session.catalogue().favourites();
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(lookOf(kept[0]).starter, "conditional-dcgan");
  EXPECT_EQ(lookOf(kept[0]).run, 0);
  const auto* chooser = m_page.findChild<ModelChooser*>();
  EXPECT_EQ(chooser->choiceThatDrew(lookOf(kept[0])), chooser->choice());
  CharacterLook older = first;
  ++older.step;
  EXPECT_FALSE(chooser->choiceThatDrew(older)) << "weights of another version draw something else";
}

TEST_F(CreateWithStarter, RunsOfTheProjectComeFirst) {
  open(m_trained.folder());
  auto& box = find<QComboBox>("runBox");
  EXPECT_EQ(m_page.findChild<ModelChooser*>()->choice().run, 2);
  EXPECT_FALSE(find<QPushButton>("aboutWeights").isVisible());
  ASSERT_EQ(box.count(), 3);
  box.setCurrentIndex(2);
  Q_EMIT box.activated(2);
  ASSERT_TRUE(QTest::qWaitFor([this] { return stage().shown().starter == "conditional-dcgan"; }, kPatience));
  EXPECT_TRUE(find<QPushButton>("aboutWeights").isVisible());
}

TEST_F(StarterWeightsUi, TryItNowLeadsToACharacterAtOnce) {
  QSettings().setValue("projectsFolder", QString::fromStdString(m_folder.path().string()));
  MainWindow window;
  window.show();
  ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
  QTest::mouseClick(window.findChild<QPushButton*>("tryButton"), Qt::LeftButton);
  const auto* stage = window.findChild<CreateStage*>();
  EXPECT_TRUE(QTest::qWaitFor([&] { return stage->isVisible() && !stage->shown().empty(); }, kPatience));
  QSettings().remove("projectsFolder");
}

TEST_F(StarterWeightsUi, AnEmptyProjectExportsTheirCharacters) {
  ExportSourcePanel panel;
  panel.setRuns({}, starterWeights());
  panel.setSpriteCount(0);
  panel.chooseForUser();
  EXPECT_FALSE(panel.lack());
  EXPECT_EQ(panel.source().kind, SheetSource::Kind::kGenerated);
  EXPECT_EQ(panel.source().starter, "conditional-dcgan");

  const Project project = Project::create(m_folder / "empty.loom");
  SheetMaker maker;
  int characters = 0;
  QObject::connect(&maker, &SheetMaker::made, &maker,
                   [&](quint64, const Sheets&, const QList<QImage>&, int count) { characters = count; });
  SheetSource source = panel.source();
  source.count = 3;
  maker.request({project, source, {}});
  EXPECT_TRUE(QTest::qWaitFor([&] { return characters == 3; }, kPatience));
}

TEST_F(StarterWeightsUi, OwnSpritesGoBeforeThemOnASheet) {
  ExportSourcePanel panel;
  panel.setRuns({}, starterWeights());
  panel.setSpriteCount(12);
  panel.chooseForUser();
  EXPECT_EQ(panel.source().kind, SheetSource::Kind::kEverything);
}

class SetupWithStarter : public StarterWeightsUi {
 protected:
  SetupWithStarter() {
    m_setup.startOver();
    m_setup.useSettings("conditional-dcgan", Json::object());
  }
  QComboBox& startFrom() { return *m_setup.findChild<QComboBox*>("train.startFrom"); }
  bool offered() { return startFrom().findText("starter", Qt::MatchContains) >= 0; }
  TrainingSetup m_setup;
};

TEST_F(SetupWithStarter, SmallSetsStartFromThemAndAreToldSo) {
  m_setup.setData(counts(12));
  EXPECT_EQ(m_setup.request().preset, "conditional-dcgan");
  EXPECT_EQ(m_setup.request().fromStarter, "conditional-dcgan");
  const auto* said = m_setup.findChild<QLabel*>("train.originText");
  EXPECT_TRUE(said->text().contains("starter weights") && said->text().contains("12")) << said->text().toStdString();
}

TEST_F(SetupWithStarter, LargeSetsStartAnewAndMayChooseThem) {
  m_setup.setData(counts(kFewCharacters));
  EXPECT_FALSE(m_setup.request().fromStarter);
  EXPECT_TRUE(offered());
}

TEST_F(SetupWithStarter, AreNotOfferedWhereTheyDoNotFit) {
  m_setup.setData(counts(12, {"back", "front"}));
  EXPECT_FALSE(offered());
  EXPECT_FALSE(m_setup.request().fromStarter);
  m_setup.setData(counts(12));
  EXPECT_TRUE(m_setup.request().fromStarter);
  m_setup.useSettings("conditional-dcgan", {{"size", 48}});
  EXPECT_FALSE(m_setup.request().fromStarter) << "other sprites than 32 px";
  m_setup.useSettings("dcgan", Json::object());
  EXPECT_FALSE(offered()) << "no starter weights of that preset";
}

TEST_F(SetupWithStarter, WhatTheUserChoosesStays) {
  m_setup.setData(counts(12));
  QTest::mouseClick(m_setup.findChild<QToolButton*>("train.originClear"), Qt::LeftButton);
  EXPECT_FALSE(m_setup.request().fromStarter);
  m_setup.setData(counts(13));
  EXPECT_FALSE(m_setup.request().fromStarter);
  m_setup.startOver();
  EXPECT_TRUE(m_setup.request().fromStarter) << "another project";
}

}  // namespace
}  // namespace loom
